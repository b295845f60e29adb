// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// Coverage for programs: JSON, and CSV for spreadsheets.
#include "report/coverage.h"

#include "plan/formats/csvtable.h"
#include "plan/sheet.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace report {

namespace {

using Json = nlohmann::ordered_json;

std::string utf8(const QString &text)
{
    return text.toStdString();
}

std::string isoTime(std::int64_t us)
{
    return utf8(QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs));
}

QString callWord(event::CallType type)
{
    const std::string_view word = event::word(type);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

void addTimes(Json &object, std::int64_t firstUs, std::int64_t lastUs)
{
    if (lastUs != 0) {
        object["firstSeen"] = isoTime(firstUs);
        object["lastSeen"] = isoTime(lastUs);
    }
}

Json countsOf(const std::vector<std::pair<QString, std::uint64_t>> &pairs, const char *name)
{
    Json list = Json::array();
    for (const auto &[text, count] : pairs) {
        list.push_back(Json{{name, utf8(text)}, {"count", count}});
    }
    return list;
}

Json textsOf(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts) {
        list.push_back(utf8(text));
    }
    return list;
}

Json jsonOf(const PropertyCoverage &property)
{
    Json made{{"path", utf8(plan::shownPath(property.path))},
              {"planned", property.isPlanned},
              {"required", property.isRequired},
              {"filled", property.filled},
              {"of", property.of},
              {"violations", property.violations},
              {"types", countsOf(property.types, "type")},
              {"values", countsOf(property.values, "value")},
              {"valuesExact", property.areValuesExact}};
    if (!property.neverSeen.isEmpty()) {
        made["valuesNeverSeen"] = textsOf(property.neverSeen);
    }
    return made;
}

Json jsonOf(const EventCoverage &row)
{
    Json made{{"type", utf8(callWord(row.type))}};
    if (!row.name.isEmpty()) {
        made["event"] = utf8(row.name);
    }
    made["state"] = utf8(stateWord(row));
    if (row.isPlanned) {
        made["plan"] = utf8(row.plan);
    }
    if (row.isDeprecated) {
        made["deprecated"] = true;
    }
    made["count"] = row.count;
    made["violations"] = row.violations;
    addTimes(made, row.firstUs, row.lastUs);
    Json sources = Json::object();
    for (const auto &[source, count] : row.sources) {
        sources[utf8(source)] = count;
    }
    made["sources"] = std::move(sources);
    if (!row.plannedSources.isEmpty()) {
        made["plannedSources"] = textsOf(row.plannedSources);
    }
    Json rules = Json::object();
    for (const auto &[rule, count] : row.rules) {
        rules[std::string(event::word(rule))] = count;
    }
    made["rules"] = std::move(rules);
    Json properties = Json::array();
    for (const PropertyCoverage &property : row.properties) {
        properties.push_back(jsonOf(property));
    }
    made["properties"] = std::move(properties);
    return made;
}

QString percent(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
               ? QString()
               : QString::number(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 1);
}

QString listed(const std::vector<std::pair<QString, std::uint64_t>> &pairs)
{
    QStringList texts;
    for (const auto &[text, count] : pairs) {
        texts.append(u"%1 (%2)"_s.arg(text).arg(count));
    }
    return texts.join(u"; "_s);
}

} // namespace

QByteArray coverageJson(const Coverage &coverage)
{
    Json made{{"events", coverage.events},
              {"violations", coverage.violations},
              {"unplanned", coverage.unplannedCount},
              {"unchecked", coverage.unchecked},
              {"rejected", coverage.rejected},
              {"plannedEvents", coverage.plannedEvents},
              {"plannedSeen", coverage.plannedSeen},
              {"unplannedEvents", coverage.unplannedEvents}};
    if (const auto share = coverage.share()) {
        made["coverage"] = *share;
    }
    addTimes(made, coverage.firstUs, coverage.lastUs);
    if (coverage.isCut) {
        made["cut"] = true;
    }
    Json sources = Json::array();
    for (const SourceCoverage &source : coverage.sources) {
        Json one{{"source", utf8(source.source)},         {"events", source.events},
                 {"violations", source.violations},       {"unplanned", source.unplanned},
                 {"plannedEvents", source.plannedEvents}, {"plannedSeen", source.seenEvents}};
        addTimes(one, source.firstUs, source.lastUs);
        sources.push_back(std::move(one));
    }
    made["sources"] = std::move(sources);
    Json rows = Json::array();
    for (const EventCoverage &row : coverage.rows) {
        rows.push_back(jsonOf(row));
    }
    made["rows"] = std::move(rows);
    return QByteArray::fromStdString(made.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QByteArray coverageCsv(const Coverage &coverage)
{
    const QStringList header{u"Call Type"_s,
                             u"Event"_s,
                             u"State"_s,
                             u"Plan"_s,
                             u"Count"_s,
                             u"Violations"_s,
                             u"First Seen"_s,
                             u"Last Seen"_s,
                             u"Sources"_s,
                             u"Property"_s,
                             u"Planned"_s,
                             u"Required"_s,
                             u"Filled"_s,
                             u"Of"_s,
                             u"Fill Rate %"_s,
                             u"Types"_s,
                             u"Most Common Values"_s,
                             u"Planned Values Never Seen"_s,
                             u"Property Violations"_s};
    std::vector<QStringList> rows;
    for (const EventCoverage &row : coverage.rows) {
        std::vector<std::pair<QString, std::uint64_t>> sources(row.sources.begin(), row.sources.end());
        const QStringList head{callWord(row.type),
                               row.name,
                               stateWord(row),
                               row.plan,
                               QString::number(row.count),
                               QString::number(row.violations),
                               row.lastUs == 0 ? QString() : QString::fromStdString(isoTime(row.firstUs)),
                               row.lastUs == 0 ? QString() : QString::fromStdString(isoTime(row.lastUs)),
                               listed(sources)};
        if (row.properties.empty()) {
            rows.push_back(head + QStringList(10));
        }
        for (const PropertyCoverage &property : row.properties) {
            rows.push_back(
                head + QStringList{plan::shownPath(property.path), property.isPlanned ? u"yes"_s : u"no"_s,
                                   property.isRequired ? u"yes"_s : u"no"_s, QString::number(property.filled),
                                   QString::number(property.of), percent(property.filled, property.of),
                                   listed(property.types), listed(property.values),
                                   property.neverSeen.join(u"; "_s), QString::number(property.violations)});
        }
    }
    return plan::formats::csvText(header, rows);
}

} // namespace report
