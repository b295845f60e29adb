// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "demo/script.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include <QFile>
#include <QUuid>

namespace demo {

namespace {

using namespace Qt::StringLiterals;

base::Result<Json> readResource(const QString &name)
{
    const QString path = u":/demo/"_s + name;
    const QString what = u"The demo's data in %1 can't be used."_s.arg(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::Internal, what, file.errorString());
    }
    const QByteArray bytes = file.readAll();
    try {
        return Json::parse(bytes.begin(), bytes.end());
    } catch (const Json::exception &exception) {
        return base::failure(base::ErrorCode::Internal, what, QString::fromUtf8(exception.what()));
    }
}

/// What stands for a placeholder's inside ("int:1:5"); nothing leaves the placeholder as it is.
using Lookup = std::function<std::optional<Json>(const std::string &inside)>;

void fillText(Json &value, const Lookup &lookup)
{
    const std::string text = value.get<std::string>();
    std::string filled;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t begin = text.find("${", from);
        const std::size_t end = begin == std::string::npos ? begin : text.find('}', begin);
        if (end == std::string::npos) {
            break;
        }
        const std::optional<Json> found = lookup(text.substr(begin + 2, end - begin - 2));
        const bool isWhole = begin == 0 && end + 1 == text.size();
        if (isWhole && found) {
            value = *found; // keeps a number a number
            return;
        }
        filled += text.substr(from, begin - from);
        if (!found) {
            filled += text.substr(begin, end + 1 - begin);
        } else {
            filled += found->is_string() ? found->get<std::string>() : found->dump();
        }
        from = end + 1;
    }
    value = filled + text.substr(from);
}

void fill(Json &value, const Lookup &lookup)
{
    if (value.is_string()) {
        fillText(value, lookup);
    } else if (value.is_structured()) {
        for (Json &child : value) {
            fill(child, lookup);
        }
    }
}

std::vector<std::string> parts(const std::string &text, char separator)
{
    std::vector<std::string> all;
    std::size_t from = 0;
    while (true) {
        const std::size_t end = text.find(separator, from);
        all.push_back(text.substr(from, end - from));
        if (end == std::string::npos) {
            return all;
        }
        from = end + 1;
    }
}

/// Builds the steps of all journeys with their times, people and values.
class Builder
{
public:
    Builder(quint32 seed, std::vector<Source> sources, Json people, Json clients, Json journeys)
        : m_random(seed)
        , m_sources(std::move(sources))
        , m_people(std::move(people))
        , m_clients(std::move(clients))
        , m_journeys(std::move(journeys))
    {
    }

    /// `run` is the run's whole object, null for journeys that happen once.
    void play(const Json &entry, const Json &run)
    {
        std::string person = entry.at("as").get<std::string>();
        if (run.is_object() && run.contains(person)) {
            person = run.at(person).get<std::string>();
        }
        const std::size_t actor = actorFor(entry.at("source").get<std::string>(), person);
        const std::string journey = entry.at("journey").get<std::string>();
        const std::string runName = run.is_object() ? run.at("run").get<std::string>() : std::string();
        double atSeconds =
            entry.at("at").get<double>() + (run.is_object() ? run.at("start").get<double>() : 0);
        const Json values = run.is_object() ? run.at("values") : entry.value("values", Json::object());

        for (const Json &call : m_journeys.at(journey)) {
            if (!isIn(call, runName)) {
                continue;
            }
            atSeconds += call.at("after").get<double>() * jitter();
            Step step{static_cast<qint64>(atSeconds * 1000), actor, journey, call};
            fill(step.call,
                 [&](const std::string &inside) { return look(inside, values, m_script.actors[actor]); });
            m_script.steps.push_back(std::move(step));
        }
    }

    Script finished()
    {
        std::ranges::stable_sort(m_script.steps, {}, &Step::atMs);
        return std::move(m_script);
    }

private:
    static bool isIn(const Json &call, const std::string &run)
    {
        const auto lists = [&](const char *key) {
            return call.contains(key) && std::ranges::find(call.at(key), Json(run)) != call.at(key).end();
        };
        return !lists("except") && (!call.contains("only") || lists("only"));
    }

    double jitter() { return std::uniform_real_distribution(0.75, 1.25)(m_random); }

    std::size_t actorFor(const std::string &sourceName, const std::string &personName)
    {
        const auto key = std::pair(sourceName, personName);
        if (const auto known = m_actors.find(key); known != m_actors.end()) {
            return known->second;
        }
        Actor actor;
        actor.source = *std::ranges::find(m_sources, sourceName, &Source::name);
        actor.person = m_people.at(personName);
        if (actor.source.sdk == Sdk::Browser) {
            actor.client = m_clients.at("browsers").at(actor.person.at("browser").get<std::string>());
        } else if (actor.source.sdk == Sdk::Mobile) {
            actor.client = m_clients.at("devices").at(actor.person.at("device").get<std::string>());
        }
        m_script.actors.push_back(std::move(actor));
        m_actors.emplace(key, m_script.actors.size() - 1);
        return m_script.actors.size() - 1;
    }

    std::optional<Json> look(const std::string &inside, const Json &values, const Actor &actor)
    {
        if (values.contains(inside)) {
            return values.at(inside);
        }
        if (actor.person.contains(inside)) {
            return actor.person.at(inside);
        }
        if (inside == "writeKey") {
            return actor.source.writeKey;
        }
        const std::vector<std::string> words = parts(inside, ':');
        if (words[0] == "int" && words.size() == 3) {
            return std::uniform_int_distribution(std::stoi(words[1]), std::stoi(words[2]))(m_random);
        }
        if (words[0] == "number" && words.size() == 3) {
            const int tenths =
                std::uniform_int_distribution(std::stoi(words[1]) * 10, std::stoi(words[2]) * 10)(m_random);
            return tenths / 10.0;
        }
        if (words[0] == "pick" && words.size() == 2) {
            const std::vector<std::string> choices = parts(words[1], '|');
            return choices[std::uniform_int_distribution<std::size_t>(0, choices.size() - 1)(m_random)];
        }
        return std::nullopt; // a moment: filled when it is played
    }

    std::mt19937 m_random;
    std::vector<Source> m_sources;
    Json m_people;
    Json m_clients;
    Json m_journeys;
    std::map<std::pair<std::string, std::string>, std::size_t> m_actors;
    Script m_script;
};

Sdk sdkFromWord(const std::string &word)
{
    return word == "browser" ? Sdk::Browser : word == "mobile" ? Sdk::Mobile : Sdk::Node;
}

} // namespace

base::Result<std::vector<Source>> loadSources()
{
    const auto json = readResource(u"sources.json"_s);
    if (!json) {
        return base::Failure(json.error());
    }
    std::vector<Source> sources;
    try {
        for (const auto &[name, source] : json->items()) {
            sources.push_back({name, source.at("writeKey").get<std::string>(),
                               sdkFromWord(source.at("sdk").get<std::string>()), source.value("origin", ""),
                               source.value("flushAt", std::size_t(1))});
        }
    } catch (const Json::exception &exception) {
        return base::failure(base::ErrorCode::Internal, u"The demo's sources can't be used."_s,
                             QString::fromUtf8(exception.what()));
    }
    return sources;
}

base::Result<Script> loadScript(quint32 seed)
{
    auto sources = loadSources();
    if (!sources) {
        return base::Failure(sources.error());
    }
    std::map<QString, Json> files;
    for (const QString &name : {u"people"_s, u"clients"_s, u"journeys"_s, u"script"_s}) {
        auto json = readResource(name + u".json"_s);
        if (!json) {
            return base::Failure(json.error());
        }
        files[name] = std::move(*json);
    }
    try {
        Builder builder(seed, std::move(*sources), files[u"people"_s], files[u"clients"_s],
                        files[u"journeys"_s]);
        const Json &script = files[u"script"_s];
        for (const Json &run : script.at("runs")) {
            for (const Json &entry : script.at("perRun")) {
                builder.play(entry, run);
            }
        }
        for (const Json &entry : script.at("once")) {
            builder.play(entry, Json());
        }
        return builder.finished();
    } catch (const std::exception &exception) {
        return base::failure(base::ErrorCode::Internal, u"The demo's script can't be used."_s,
                             QString::fromUtf8(exception.what()));
    }
}

void fillMoments(Json &value, const QDateTime &now)
{
    fill(value, [&](const std::string &inside) -> std::optional<Json> {
        if (inside == "uuid") {
            return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        }
        const std::vector<std::string> words = parts(inside, ':');
        if (words[0] != "now") {
            return std::nullopt;
        }
        const qint64 seconds = words.size() == 2 ? QByteArray::fromStdString(words[1]).toLongLong() : 0;
        return isoTime(now.addSecs(seconds));
    });
}

std::string isoTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs).toStdString();
}

} // namespace demo
