// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/conventions.h"

#include "check/casing.h"
#include "schema/nearest.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace check {

namespace {

using namespace Qt::StringLiterals;
using nlohmann::json;

constexpr qint64 largestFileBytes = 4'194'304;
constexpr qsizetype longestNameLimit = 10'000;

QString presetPath(const QString &name)
{
    return u":/presets/"_s + name + u".conventions.json"_s;
}

QString quotedList(const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words) {
        quoted += u'"' + word + u'"';
    }
    return quoted.join(u", "_s);
}

QString nearest(const QString &word, const QStringList &known)
{
    std::vector<std::string> names;
    std::ranges::transform(known, std::back_inserter(names), &QString::toStdString);
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const auto index = schema::nearestName(word.toStdString(), candidates);
    return index ? known[static_cast<qsizetype>(*index)] : QString();
}

QString kindOf(const json &value)
{
    switch (value.type()) {
    case json::value_t::null:
        return u"null"_s;
    case json::value_t::boolean:
        return value.get<bool>() ? u"true"_s : u"false"_s;
    case json::value_t::string:
        return u'"' + QString::fromStdString(value.get<std::string>()).left(40) + u'"';
    case json::value_t::array:
        return u"a list"_s;
    case json::value_t::object:
        return u"an object"_s;
    default:
        return QString::fromStdString(value.dump());
    }
}

/// Reads a conventions file key by key; the first mistake stands in `problem`.
class FileReader
{
public:
    FileReader(QString path, Conventions &conventions)
        : m_path(std::move(path))
        , m_conventions(conventions)
    {
    }

    void read(const json &root)
    {
        if (!root.is_object()) {
            fail(u"The file holds %1."_s.arg(kindOf(root)),
                 u"Write one object with the keys %1."_s.arg(topKeys().join(u", "_s)));
            return;
        }
        checkKeys(root, QString(), topKeys());
        readText(root, u"name"_s, m_conventions.name);
        readFlag(root, u"enabled"_s, QString(), m_conventions.isOn);
        if (const json *events = section(root, u"events"_s, eventKeys())) {
            readEvents(*events);
        }
        if (const json *properties = section(root, u"properties"_s, {u"casing"_s})) {
            readCasing(*properties, u"properties"_s, m_conventions.propertyCasing);
        }
        if (const json *traits = section(root, u"traits"_s, {u"casing"_s})) {
            readCasing(*traits, u"traits"_s, m_conventions.traitCasing);
        }
        readTexts(root, u"exceptions"_s, QString(), m_conventions.exceptions);
        readRules(root);
    }

    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }

private:
    static QStringList topKeys()
    {
        return {u"name"_s,       u"description"_s, u"enabled"_s,    u"events"_s,
                u"properties"_s, u"traits"_s,      u"exceptions"_s, u"rules"_s};
    }

    static QStringList eventKeys()
    {
        return {u"casing"_s,   u"structure"_s,     u"tense"_s,    u"gerundFirst"_s,
                u"prefixes"_s, u"requirePrefix"_s, u"maxLength"_s};
    }

    void fail(const QString &why, const QString &fix)
    {
        if (!m_problem) {
            m_problem = base::Error{base::ErrorCode::BadInput,
                                    u"The naming conventions in %1 can't be used."_s.arg(m_path), why, fix};
        }
    }

    /// `where` is the section, empty at the top: "events.casing".
    static QString full(const QString &where, const QString &key)
    {
        return where.isEmpty() ? key : where + u'.' + key;
    }

    void checkKeys(const json &object, const QString &where, const QStringList &known)
    {
        for (const auto &[rawKey, value] : object.items()) {
            const QString key = QString::fromStdString(rawKey);
            if (known.contains(key) || (where.isEmpty() && key == u"$schema"_s)) {
                continue;
            }
            const QString near = nearest(key, known);
            fail(u"It holds the key \"%1\", which is not known."_s.arg(full(where, key)),
                 near.isEmpty() ? u"Use one of %1."_s.arg(quotedList(known))
                                : u"Did you mean \"%1\"?"_s.arg(full(where, near)));
        }
    }

    const json *member(const json &object, const QString &key) const
    {
        const auto found = object.find(key.toStdString());
        return found == object.end() ? nullptr : &*found;
    }

    const json *section(const json &root, const QString &key, const QStringList &known)
    {
        const json *value = member(root, key);
        if (value == nullptr) {
            return nullptr;
        }
        if (!value->is_object()) {
            wrong(key, *value, u"an object with the keys %1"_s.arg(known.join(u", "_s)));
            return nullptr;
        }
        checkKeys(*value, key, known);
        return value;
    }

    void wrong(const QString &fullKey, const json &value, const QString &allowed)
    {
        fail(u"\"%1\" is %2."_s.arg(fullKey, kindOf(value)), u"Make it %1."_s.arg(allowed));
    }

    void readText(const json &object, const QString &key, QString &text)
    {
        if (const json *value = member(object, key)) {
            if (value->is_string()) {
                text = QString::fromStdString(value->get<std::string>());
            } else {
                wrong(key, *value, u"a text in quotes"_s);
            }
        }
    }

    void readFlag(const json &object, const QString &key, const QString &where, bool &flag)
    {
        if (const json *value = member(object, key)) {
            if (value->is_boolean()) {
                flag = value->get<bool>();
            } else {
                wrong(full(where, key), *value, u"true or false"_s);
            }
        }
    }

    void readTexts(const json &object, const QString &key, const QString &where, QStringList &texts)
    {
        const json *value = member(object, key);
        if (value == nullptr) {
            return;
        }
        if (!value->is_array()) {
            wrong(full(where, key), *value, u"a list of texts"_s);
            return;
        }
        texts.clear();
        for (std::size_t i = 0; i < value->size(); ++i) {
            const json &item = (*value)[i];
            if (!item.is_string() || item.get<std::string>().empty()) {
                wrong(u"%1[%2]"_s.arg(full(where, key)).arg(i), item, u"a text in quotes, not empty"_s);
                return;
            }
            texts += QString::fromStdString(item.get<std::string>());
        }
    }

    /// One of a few words; nothing when absent or wrong.
    std::optional<QString> readWord(const json &object, const QString &key, const QString &where,
                                    const QStringList &allowed)
    {
        const json *value = member(object, key);
        if (value == nullptr) {
            return std::nullopt;
        }
        const QString word =
            value->is_string() ? QString::fromStdString(value->get<std::string>()) : QString();
        if (!allowed.contains(word)) {
            wrong(full(where, key), *value, u"one of "_s + quotedList(allowed));
            return std::nullopt;
        }
        return word;
    }

    void readCasing(const json &object, const QString &where, Casing &casing)
    {
        if (const auto word = readWord(object, u"casing"_s, where, casingWords())) {
            casing = casingFromWord(*word).value_or(casing);
        }
    }

    void readEvents(const json &events)
    {
        const QString where = u"events"_s;
        readCasing(events, where, m_conventions.eventCasing);
        if (const auto word = readWord(events, u"structure"_s, where, {u"object-action"_s, u"any"_s})) {
            m_conventions.wantsObjectAction = *word == u"object-action"_s;
        }
        if (const auto word = readWord(events, u"tense"_s, where, {u"past"_s, u"any"_s})) {
            m_conventions.wantsPastTense = *word == u"past"_s;
        }
        readFlag(events, u"gerundFirst"_s, where, m_conventions.allowsGerundFirst);
        readTexts(events, u"prefixes"_s, where, m_conventions.prefixes);
        readFlag(events, u"requirePrefix"_s, where, m_conventions.requiresPrefix);
        if (const json *length = member(events, u"maxLength"_s)) {
            const bool isInRange = length->is_number_integer() && *length >= 1 && *length <= longestNameLimit;
            if (isInRange) {
                m_conventions.maxNameLength = length->get<qsizetype>();
            } else {
                wrong(u"events.maxLength"_s, *length, u"a whole number from 1 to %1"_s.arg(longestNameLimit));
            }
        }
        if (m_conventions.requiresPrefix && m_conventions.prefixes.isEmpty()) {
            fail(u"\"events.requirePrefix\" is true, but there are no \"events.prefixes\"."_s,
                 u"List the prefixes, or take \"requirePrefix\" out."_s);
        }
    }

    void readRules(const json &root)
    {
        const json *rules = member(root, u"rules"_s);
        if (rules == nullptr) {
            return;
        }
        QStringList known;
        for (std::uint16_t number = 1; number < event::ruleCount(); ++number) {
            const auto rule = static_cast<event::RuleId>(number);
            const bool isOurs = event::kindOf(rule) == event::FindingKind::Lint ||
                                event::kindOf(rule) == event::FindingKind::Violation;
            if (isOurs) {
                const std::string_view text = event::word(rule);
                known += QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
            }
        }
        if (!rules->is_object()) {
            wrong(u"rules"_s, *rules, u"an object such as {\"name/tense\": \"info\"}"_s);
            return;
        }
        checkKeys(*rules, u"rules"_s, known);
        for (const auto &[rawKey, value] : rules->items()) {
            readRule(*rules, rawKey);
        }
    }

    void readRule(const json &rules, const std::string &key)
    {
        const event::RuleId rule = event::ruleFromWord(key);
        if (rule == event::RuleId::Unknown) {
            return;
        }
        // Without its plan's rules an event would be called valid that is not: those can't be off.
        QStringList allowed{u"error"_s, u"warning"_s, u"info"_s};
        if (event::kindOf(rule) == event::FindingKind::Lint) {
            allowed += u"off"_s;
        }
        const auto word = readWord(rules, QString::fromStdString(key), u"rules"_s, allowed);
        if (!word) {
            return;
        }
        if (*word == u"off"_s) {
            m_conventions.off += rule;
        } else if (const auto severity = event::severityFromWord(word->toStdString())) {
            m_conventions.severities.insert(rule, *severity);
        }
    }

    QString m_path;
    Conventions &m_conventions;
    std::optional<base::Error> m_problem;
};

} // namespace

QStringList Conventions::presetNames()
{
    return {u"segment"_s, u"delivery-platform"_s, u"snake-case"_s};
}

base::Result<Conventions> Conventions::load(const QString &presetOrPath)
{
    const bool isPreset = presetNames().contains(presetOrPath);
    const QString path = isPreset ? presetPath(presetOrPath) : presetOrPath;
    const QString shown = QDir::toNativeSeparators(presetOrPath);
    const QString what = u"The naming conventions in %1 can't be used."_s.arg(shown);

    QFile file(path);
    if (!isPreset && !file.exists()) {
        const QString near = nearest(presetOrPath, presetNames());
        const QString presets = u"Give a file, or one of the presets %1."_s.arg(quotedList(presetNames()));
        return base::failure(base::ErrorCode::NotFound, u"There are no naming conventions %1."_s.arg(shown),
                             u"It is no file, and no preset has this name."_s,
                             near.isEmpty() ? presets : u"Did you mean the preset \"%1\"?"_s.arg(near));
    }
    if (QFileInfo(path).isDir()) {
        return base::failure(base::ErrorCode::BadInput, what, u"It is a folder."_s,
                             u"Give a file in JSON."_s);
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::Permission, what, file.errorString() + u'.',
                             u"Make the file readable."_s);
    }
    if (file.size() > largestFileBytes) {
        return base::failure(base::ErrorCode::Limit, what, u"The file is larger than 4 MB."_s,
                             u"Check that it is a conventions file."_s);
    }
    const QByteArray bytes = file.readAll();
    json root;
    try {
        root = json::parse(bytes.begin(), bytes.end());
    } catch (const json::exception &exception) {
        const QString text = QString::fromUtf8(exception.what());
        return base::failure(base::ErrorCode::BadInput, what,
                             u"It is not valid JSON: %1."_s.arg(text.mid(text.indexOf(u"] "_s) + 2)),
                             u"Mend the JSON at that place."_s);
    }
    Conventions conventions;
    conventions.name = isPreset ? presetOrPath : QFileInfo(path).completeBaseName();
    FileReader reader(shown, conventions);
    reader.read(root);
    if (reader.problem()) {
        return tl::unexpected(*reader.problem());
    }
    return conventions;
}

} // namespace check
