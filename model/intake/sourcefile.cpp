// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/sourcebook.h"

#include <array>

#include <QFile>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace intake {

namespace {

using Json = nlohmann::ordered_json;

struct TextList
{
    const char *key;
    QStringList SourceMatch::*member;
};
constexpr std::array matchLists{
    TextList{"keyHashes", &SourceMatch::keyHashes}, TextList{"libraries", &SourceMatch::libraries},
    TextList{"apps", &SourceMatch::apps},           TextList{"userAgents", &SourceMatch::userAgents},
    TextList{"hosts", &SourceMatch::hosts},
};
constexpr int mostColors = 8;

Json toList(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts) {
        list.push_back(text.toStdString());
    }
    return list;
}

void put(Json &object, const char *key, const QStringList &texts)
{
    if (!texts.isEmpty()) {
        object[key] = toList(texts);
    }
}

void put(Json &object, const char *key, const QString &text)
{
    if (!text.isEmpty()) {
        object[key] = text.toStdString();
    }
}

base::Failure notSources(const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput, u"The sources can't be read."_s, why, fix);
}

/// Reads one source; the first problem is kept.
class ConfigReader
{
public:
    ConfigReader(const Json &object, QString place)
        : m_object(object)
        , m_place(std::move(place))
    {
    }

    base::Result<SourceConfig> read()
    {
        SourceConfig config;
        if (!m_object.is_object()) {
            fail(m_place, u"an object"_s);
        } else {
            readMembers(config);
        }
        if (m_problem) {
            return *m_problem;
        }
        return config;
    }

private:
    void readMembers(SourceConfig &config)
    {
        for (const auto &[key, value] : m_object.items()) {
            const QString place = m_place + u'.' + QString::fromStdString(key);
            if (key == "id") {
                text(value, place, config.id);
            } else if (key == "name") {
                text(value, place, config.name);
            } else if (key == "match") {
                readMatch(value, place, config.match);
            } else if (key == "color") {
                readColor(value, place, config.color);
            } else if (key == "muted") {
                if (!value.is_boolean()) {
                    fail(place, u"true or false"_s);
                } else {
                    config.isMuted = value.get<bool>();
                }
            } else if (key == "plans") {
                texts(value, place, config.plans);
            } else if (key == "conventions") {
                text(value, place, config.conventions);
            } else if (key == "destinations") {
                texts(value, place, config.destinations);
            } else if (key == "maskedKeys") {
                texts(value, place, config.maskedKeys);
            } else {
                unknown(place);
            }
        }
    }

    void readMatch(const Json &value, const QString &place, SourceMatch &match)
    {
        if (!value.is_object()) {
            fail(place, u"an object such as {\"apps\": [\"Tracker*\"]}"_s);
            return;
        }
        for (const auto &[key, member] : value.items()) {
            const QString memberPlace = place + u'.' + QString::fromStdString(key);
            const auto list = std::ranges::find_if(
                matchLists, [&key = key](const TextList &each) { return key == each.key; });
            if (list != matchLists.end()) {
                texts(member, memberPlace, match.*(list->member));
            } else if (key == "filter") {
                text(member, memberPlace, match.filter);
            } else {
                unknown(memberPlace);
            }
        }
    }

    void readColor(const Json &value, const QString &place, int &color)
    {
        if (!value.is_number_integer() || value < 0 || value > mostColors) {
            fail(place, u"a number from 0 to %1"_s.arg(mostColors));
        } else {
            color = value.get<int>();
        }
    }

    void text(const Json &value, const QString &place, QString &into)
    {
        if (!value.is_string()) {
            fail(place, u"a text"_s);
        } else {
            into = QString::fromStdString(value.get<std::string>());
        }
    }

    void texts(const Json &value, const QString &place, QStringList &into)
    {
        if (!value.is_array()) {
            fail(place, u"a list of texts"_s);
            return;
        }
        for (const Json &one : value) {
            text(one, place, into.emplaceBack());
        }
    }

    void unknown(const QString &place)
    {
        if (!m_problem) {
            m_problem = notSources(u"\"%1\" is not known."_s.arg(place),
                                   u"Take it out, or correct its name; a newer Trackside may know it."_s);
        }
    }

    void fail(const QString &place, const QString &expected)
    {
        if (!m_problem) {
            m_problem = notSources(u"\"%1\" should be %2."_s.arg(place, expected), u"Correct it."_s);
        }
    }

    const Json &m_object;
    QString m_place;
    std::optional<base::Failure> m_problem;
};

} // namespace

QByteArray toJson(const std::vector<SourceConfig> &configs)
{
    Json sources = Json::array();
    for (const SourceConfig &config : configs) {
        Json one = Json::object();
        one["id"] = config.id.toStdString();
        one["name"] = config.name.toStdString();
        Json match = Json::object();
        for (const TextList &list : matchLists) {
            put(match, list.key, config.match.*list.member);
        }
        put(match, "filter", config.match.filter);
        one["match"] = std::move(match);
        if (config.color != 0) {
            one["color"] = config.color;
        }
        if (config.isMuted) {
            one["muted"] = true;
        }
        put(one, "plans", config.plans);
        put(one, "conventions", config.conventions);
        put(one, "destinations", config.destinations);
        put(one, "maskedKeys", config.maskedKeys);
        sources.push_back(std::move(one));
    }
    const Json file{{"sources", std::move(sources)}};
    return QByteArray::fromStdString(file.dump(2, ' ', false, Json::error_handler_t::replace));
}

base::Result<std::vector<SourceConfig>> sourcesFromJson(const QByteArray &json)
{
    Json file;
    try {
        file = Json::parse(json.begin(), json.end());
    } catch (const Json::exception &exception) {
        const QString text = QString::fromUtf8(exception.what());
        return notSources(u"It is not valid JSON: %1."_s.arg(text.mid(text.indexOf(u"] "_s) + 2)),
                          u"Mend the JSON at that place."_s);
    }
    if (!file.is_object() || !file.contains("sources") || !file["sources"].is_array()) {
        return notSources(u"It holds no list \"sources\"."_s,
                          u"Write {\"sources\": [..]}, as Trackside exports them."_s);
    }
    for (const auto &[key, value] : file.items()) {
        if (key != "sources" && key != "description") {
            return notSources(u"\"%1\" is not known."_s.arg(QString::fromStdString(key)),
                              u"Take it out, or correct its name; a newer Trackside may know it."_s);
        }
    }
    std::vector<SourceConfig> configs;
    int index = 0;
    for (const Json &one : file["sources"]) {
        auto config = ConfigReader(one, u"sources[%1]"_s.arg(index++)).read();
        if (!config) {
            return base::Failure(std::move(config.error()));
        }
        configs.push_back(*std::move(config));
    }
    return configs;
}

QStringList sourcePresets()
{
    return {u"delivery-platform"_s};
}

base::Result<std::vector<SourceConfig>> sourcePreset(const QString &name)
{
    QFile file(u":/presets/%1.sources.json"_s.arg(name));
    if (!sourcePresets().contains(name) || !file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::NotFound, u"There is no preset of sources \"%1\"."_s.arg(name),
                             u"No preset has this name."_s,
                             u"Use one of these: %1."_s.arg(sourcePresets().join(u", "_s)));
    }
    return sourcesFromJson(file.readAll());
}

} // namespace intake
