// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/preferences.h"

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace engine {

namespace {

QString secretName(const QString &destination)
{
    return u"destination/"_s + destination;
}

QString textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

Json parsed(const QByteArray &text)
{
    return Json::parse(text.begin(), text.end(), nullptr, false);
}

} // namespace

Preferences::Preferences(std::unique_ptr<base::Settings> settings)
    : m_settings(std::move(settings))
{
}

base::Result<std::unique_ptr<Preferences>> Preferences::open(const QString &directory)
{
    auto settings = base::Settings::open(directory);
    if (!settings) {
        return base::Failure(settings.error());
    }
    return std::unique_ptr<Preferences>(new Preferences(std::move(*settings)));
}

std::vector<deliver::DestinationConfig> Preferences::destinations() const
{
    std::vector<deliver::DestinationConfig> configs;
    const Json stored = parsed(m_settings->json(base::keys::destinations));
    if (!stored.is_array()) {
        return configs;
    }
    for (const Json &one : stored) {
        if (!one.is_object()) {
            continue;
        }
        deliver::DestinationConfig config;
        config.name = textOf(one, "name");
        config.kind = textOf(one, "kind");
        config.baseUrl = QUrl(textOf(one, "baseUrl"));
        config.isLive = one.value("isLive", false);
        config.writeKey = m_settings->secret(secretName(config.name));
        configs.push_back(std::move(config));
    }
    return configs;
}

base::Result<void> Preferences::setDestinations(const std::vector<deliver::DestinationConfig> &configs)
{
    for (const deliver::DestinationConfig &old : destinations()) {
        if (std::ranges::find(configs, old.name, &deliver::DestinationConfig::name) == configs.end()) {
            if (auto removed = m_settings->setSecret(secretName(old.name), {}); !removed) {
                return removed;
            }
        }
    }
    Json stored = Json::array();
    for (const deliver::DestinationConfig &config : configs) {
        stored.push_back({{"name", config.name.toStdString()},
                          {"kind", config.kind.toStdString()},
                          {"baseUrl", config.baseUrl.toString().toStdString()},
                          {"isLive", config.isLive}});
        if (auto kept = m_settings->setSecret(secretName(config.name), config.writeKey); !kept) {
            return kept;
        }
    }
    return m_settings->setJson(base::keys::destinations, QByteArray::fromStdString(stored.dump()));
}

QHash<QString, QString> Preferences::sourceNames() const
{
    QHash<QString, QString> names;
    const Json stored = parsed(m_settings->json(base::keys::sourceNames));
    if (stored.is_object()) {
        for (const auto &[hash, name] : stored.items()) {
            if (name.is_string()) {
                names.insert(QString::fromStdString(hash), QString::fromStdString(name.get<std::string>()));
            }
        }
    }
    return names;
}

base::Result<void> Preferences::setSourceName(const QString &keyHash, const QString &name)
{
    Json stored = parsed(m_settings->json(base::keys::sourceNames));
    if (!stored.is_object()) {
        stored = Json::object();
    }
    stored[keyHash.toStdString()] = name.toStdString();
    return m_settings->setJson(base::keys::sourceNames, QByteArray::fromStdString(stored.dump()));
}

} // namespace engine
