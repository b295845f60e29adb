// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/faults.h"

#include "api/jsonwriter.h"
#include "api/problem.h"

#include <algorithm>
#include <array>
#include <utility>

namespace api {

using namespace Qt::StringLiterals;

namespace {

using capture::Fault;
using capture::FaultReport;

constexpr std::array numberMembers{
    std::pair{"times", &Fault::times},
    std::pair{"seconds", &Fault::seconds},
    std::pair{"retryAfter", &Fault::retryAfterSeconds},
    std::pair{"delayMs", &Fault::delayMs},
};

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

http::Response badMember(const QString &name, const QString &expected)
{
    return problem(
        400, {base::ErrorCode::BadInput, u"`%1` can't be understood."_s.arg(name.left(100)), expected, {}});
}

/// What the store calls a key; itself when the store does not know it.
QString nameOf(const QByteArray &key, const std::vector<store::Source> &sources)
{
    const auto known = std::find_if(sources.begin(), sources.end(),
                                    [&key](const store::Source &each) { return each.keyHash == key; });
    return known == sources.end() || known->name.isEmpty() ? QString::fromLatin1(key) : known->name;
}

/// A key may stand for a source that has not sent anything yet.
bool isKey(const QString &text)
{
    constexpr qsizetype hashLetters = 16;
    const bool isHash = text.size() == hashLetters && std::all_of(text.begin(), text.end(), [](QChar letter) {
                            return (letter >= u'0' && letter <= u'9') || (letter >= u'a' && letter <= u'f');
                        });
    return isHash || text == u"none"_s || text.startsWith(u"rule:"_s);
}

std::optional<QByteArray> keyOf(const QString &nameOrKey, const std::vector<store::Source> &sources)
{
    const auto known = std::find_if(sources.begin(), sources.end(), [&nameOrKey](const store::Source &each) {
        return each.name == nameOrKey || QString::fromLatin1(each.keyHash) == nameOrKey;
    });
    if (known != sources.end()) {
        return known->keyHash;
    }
    return isKey(nameOrKey) ? std::optional(nameOrKey.toLatin1()) : std::nullopt;
}

QByteArray reportJson(const FaultReport &report, const std::vector<store::Source> &sources)
{
    const Fault &fault = report.fault;
    ObjectWriter one;
    one.number("id", report.id);
    one.text("kind", capture::word(fault.kind));
    if (!fault.source.isEmpty()) {
        one.text("source", nameOf(fault.source, sources));
        one.text("sourceKey", fault.source);
    }
    for (const auto &[name, member] : numberMembers) {
        one.number(name, static_cast<std::uint64_t>(std::max(0, fault.*member)));
    }
    one.text("startedAt", isoTime(report.startedUs));
    if (report.endedUs != 0) {
        one.text("endedAt", isoTime(report.endedUs));
    }
    one.number("requests", report.requests);
    one.number("events", report.events);
    one.number("sentAgain", report.sentAgain);
    one.number("missing", report.missing);
    one.number("doubled", report.doubled);
    one.number("attempts", report.attempts);
    one.number("withoutId", report.withoutId);
    return one.take();
}

std::optional<FaultReport> reportOf(std::uint32_t id, const Services &services)
{
    const QList<FaultReport> reports = services.faults();
    const auto found =
        std::find_if(reports.begin(), reports.end(), [id](const FaultReport &each) { return each.id == id; });
    return found == reports.end() ? std::nullopt : std::optional(*found);
}

} // namespace

std::optional<http::Response> readFaultRequest(const QByteArray &body, FaultRequest &request)
{
    json::Parser parser;
    const auto parsed = parser.parse(body, json::Leniency::Strict);
    if (!parsed || !(*parsed)->root().isObject()) {
        return problem(
            400, {base::ErrorCode::BadInput, u"The body can't be understood."_s,
                  parsed ? u"It is a JSON object."_s : u"It is no JSON: %1"_s.arg(parsed.error().reason),
                  u"For example {\"kind\":\"503\",\"times\":3}."_s});
    }
    bool hasKind = false;
    for (auto child = (*parsed)->root().firstChild(); child; child = child.next()) {
        const QString name = textOf(child.key());
        const json::Value value = child.value();
        if (name == u"kind"_s) {
            // A status is a number to some.
            const QString word = textOf(value.isNumber() ? value.raw() : value.text());
            const auto kind = capture::faultKindFromWord(word);
            if (!kind) {
                return badMember(name, u"It is 429, 500, 503, close, stall or slow."_s);
            }
            request.fault.kind = *kind;
            hasKind = true;
        } else if (name == u"source"_s) {
            if (!value.isString() && !value.isNull()) {
                return badMember(name, u"It is the name or the key of a source, or left out for all."_s);
            }
            request.source = textOf(value.text());
        } else {
            const auto member =
                std::find_if(numberMembers.begin(), numberMembers.end(),
                             [&name](const auto &each) { return name == QLatin1StringView(each.first); });
            if (member == numberMembers.end()) {
                return problem(400,
                               {base::ErrorCode::BadInput,
                                u"There is no `%1` in a fault."_s.arg(name.left(100)),
                                u"Those known are kind, source, times, seconds, retryAfter and delayMs."_s,
                                {}});
            }
            bool isNumber = false;
            const int number = value.isNumber() ? textOf(value.raw()).toInt(&isNumber) : 0;
            if (!isNumber || number < 0) {
                return badMember(name, u"It is a whole number."_s);
            }
            request.fault.*member->second = number;
        }
    }
    if (!hasKind) {
        return badMember(u"kind"_s, u"It is missing: 429, 500, 503, close, stall or slow."_s);
    }
    return std::nullopt;
}

http::Response answerFaults(ReadContext context, const Services &services)
{
    const auto sources = context.reader.sources();
    if (!sources) {
        return problem(sources.error());
    }
    QByteArray body = "{\"faults\":[";
    const char *separator = "";
    const QList<FaultReport> reports = services.faults();
    for (const FaultReport &report : reports) {
        body += separator + reportJson(report, *sources);
        separator = ",\n";
    }
    return jsonResponse(200, body + "]}");
}

http::Response startFault(ReadContext context, const Services &services, FaultRequest request)
{
    const auto sources = context.reader.sources();
    if (!sources) {
        return problem(sources.error());
    }
    if (!request.source.isEmpty()) {
        const auto key = keyOf(request.source, *sources);
        if (!key) {
            return problem(404, {base::ErrorCode::NotFound,
                                 u"There is no source \"%1\"."_s.arg(request.source.left(100)),
                                 u"No source of this store has that name or key."_s,
                                 u"Leave `source` out for all of them."_s});
        }
        request.fault.source = *key;
    }
    const auto started = services.startFault(request.fault);
    if (!started) {
        return started.error().code == base::ErrorCode::Limit ? problem(409, started.error())
                                                              : problem(started.error());
    }
    FaultReport report;
    report.id = *started;
    report.fault = request.fault;
    return jsonResponse(201, reportJson(reportOf(*started, services).value_or(report), *sources));
}

http::Response stopFault(ReadContext context, const Services &services, std::uint32_t id)
{
    const auto sources = context.reader.sources();
    if (!sources) {
        return problem(sources.error());
    }
    if (reportOf(id, services)) {
        services.stopFault(id);
        if (const auto report = reportOf(id, services)) {
            return jsonResponse(200, reportJson(*report, *sources));
        }
    }
    return problem(404, {base::ErrorCode::NotFound,
                         u"There is no fault %1."_s.arg(id),
                         {},
                         u"List them with GET /api/v1/faults."_s});
}

} // namespace api
