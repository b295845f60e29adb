// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/settings.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace base {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Result<Json> readObject(const QString &path, QString &damagedCopy)
{
    QFile file(path);
    if (!file.exists()) {
        return Json::object();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Permission, u"The settings in %1 can't be read."_s.arg(path),
                       file.errorString() + u'.', u"Give yourself the right to read the file."_s);
    }
    const QByteArray bytes = file.readAll();
    Json value = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!value.is_object()) {
        // Kept for its owner to mend; the program starts with what it has by default.
        const QString aside = path + u".damaged"_s;
        QFile::remove(aside);
        QFile::rename(path, aside);
        damagedCopy = aside;
        return Json::object();
    }
    return value;
}

Result<void> writeObject(const QString &path, const Json &value)
{
    const std::string text = value.dump(2) + '\n';
    QSaveFile file(path);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnly) &&
        file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size()) &&
        file.commit();
    if (!isWritten) {
        return failure(ErrorCode::Io, u"The settings could not be saved to %1."_s.arg(path),
                       file.errorString() + u'.', u"Free some space, or make the folder writable."_s);
    }
    return {};
}

QString fromJson(const Json &value)
{
    return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
}

} // namespace

struct Settings::Impl
{
    QString directory;
    QString damagedCopy;
    Json values = Json::object();
    Json secrets = Json::object();

    [[nodiscard]] QString settingsPath() const { return directory + u"/settings.json"_s; }
    [[nodiscard]] QString secretsPath() const { return directory + u"/secrets.json"_s; }

    [[nodiscard]] const Json *find(const char *key) const
    {
        const auto found = values.find(key);
        return found == values.end() ? nullptr : &*found;
    }

    Result<void> set(const char *key, Json value)
    {
        if (const Json *old = find(key); old != nullptr && *old == value) {
            return {};
        }
        values[key] = std::move(value);
        return writeObject(settingsPath(), values);
    }
};

Settings::Settings()
    : m_impl(std::make_unique<Impl>())
{
}

Settings::~Settings() = default;

Result<std::unique_ptr<Settings>> Settings::open(const QString &directory)
{
    std::unique_ptr<Settings> settings(new Settings);
    settings->m_impl->directory =
        directory.isEmpty()
            ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/trackside"_s
            : directory;
    const QDir folder(settings->m_impl->directory);
    if (!folder.exists()) {
        if (!QDir().mkpath(folder.path())) {
            return failure(ErrorCode::Permission,
                           u"The settings folder %1 can't be made."_s.arg(folder.path()), {},
                           u"Make the folder above it writable, or set XDG_CONFIG_HOME to one that is."_s);
        }
        QFile::setPermissions(folder.path(), ownerOnly | QFileDevice::ExeOwner);
    }
    auto values = readObject(settings->m_impl->settingsPath(), settings->m_impl->damagedCopy);
    if (!values) {
        return Failure(values.error());
    }
    auto secrets = readObject(settings->m_impl->secretsPath(), settings->m_impl->damagedCopy);
    if (!secrets) {
        return Failure(secrets.error());
    }
    settings->m_impl->values = std::move(*values);
    settings->m_impl->secrets = std::move(*secrets);
    return settings;
}

QString Settings::text(const char *key, const QString &fallback) const
{
    const Json *value = m_impl->find(key);
    return value != nullptr && value->is_string() ? fromJson(*value) : fallback;
}

int Settings::number(const char *key, int fallback) const
{
    const Json *value = m_impl->find(key);
    return value != nullptr && value->is_number_integer() ? value->get<int>() : fallback;
}

bool Settings::flag(const char *key, bool fallback) const
{
    const Json *value = m_impl->find(key);
    return value != nullptr && value->is_boolean() ? value->get<bool>() : fallback;
}

QStringList Settings::list(const char *key) const
{
    QStringList texts;
    if (const Json *value = m_impl->find(key); value != nullptr && value->is_array()) {
        for (const Json &item : *value) {
            texts.append(fromJson(item));
        }
    }
    return texts;
}

Result<void> Settings::setText(const char *key, const QString &value)
{
    return m_impl->set(key, value.toStdString());
}

Result<void> Settings::setNumber(const char *key, int value)
{
    return m_impl->set(key, value);
}

Result<void> Settings::setFlag(const char *key, bool value)
{
    return m_impl->set(key, value);
}

Result<void> Settings::setList(const char *key, const QStringList &values)
{
    Json array = Json::array();
    for (const QString &value : values) {
        array.push_back(value.toStdString());
    }
    return m_impl->set(key, std::move(array));
}

Result<void> Settings::remove(const char *key)
{
    if (m_impl->values.erase(key) == 0) {
        return {};
    }
    return writeObject(m_impl->settingsPath(), m_impl->values);
}

QByteArray Settings::json(const char *key) const
{
    const Json *value = m_impl->find(key);
    return value == nullptr ? QByteArray() : QByteArray::fromStdString(value->dump());
}

Result<void> Settings::setJson(const char *key, const QByteArray &text)
{
    Json value = Json::parse(text.begin(), text.end(), nullptr, false);
    Q_ASSERT(!value.is_discarded());
    return m_impl->set(key, std::move(value));
}

QString Settings::secret(const QString &name) const
{
    const auto found = m_impl->secrets.find(name.toStdString());
    return found == m_impl->secrets.end() ? QString() : fromJson(*found);
}

Result<void> Settings::setSecret(const QString &name, const QString &value)
{
    if (value.isEmpty()) {
        m_impl->secrets.erase(name.toStdString());
    } else {
        m_impl->secrets[name.toStdString()] = value.toStdString();
    }
    return writeObject(m_impl->secretsPath(), m_impl->secrets);
}

QString Settings::damagedCopy() const
{
    return m_impl->damagedCopy;
}

QString Settings::directory() const
{
    return m_impl->directory;
}

} // namespace base
