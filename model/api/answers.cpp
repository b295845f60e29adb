// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/answers.h"

#include "api/jsonwriter.h"
#include "api/problem.h"
#include "segment/querystring.h"

namespace api {

using namespace Qt::StringLiterals;

namespace {

constexpr qulonglong maxLimit = 1'000;

http::Response badParameter(const QString &name, const QString &value, const QString &expected)
{
    return problem(400,
                   {base::ErrorCode::BadInput, u"`%1` can't be \"%2\"."_s.arg(name, value), expected, {}});
}

std::optional<qulonglong> numberFrom(const QString &text)
{
    bool isNumber = false;
    const qulonglong number = text.toULongLong(&isNumber);
    return isNumber && !text.startsWith(u'+') ? std::optional(number) : std::nullopt;
}

/// The session that runs: the one begun last.
base::Result<store::Session> runningSession(store::Reader &reader)
{
    auto sessions = reader.sessions();
    if (!sessions) {
        return base::Failure(std::move(sessions.error()));
    }
    return sessions->empty() ? store::Session{} : sessions->back();
}

} // namespace

std::optional<http::Response> readEventsRequest(QByteArrayView query, EventsRequest &request)
{
    for (const segment::Parameter &parameter : segment::parameters(query)) {
        const QString name = QString::fromUtf8(parameter.name);
        const QString value =
            QString::fromUtf8(segment::percentDecoded(parameter.rawValue, segment::PlusSign::Space));
        if (name == u"where"_s) {
            auto parsed = filter::parse(value);
            if (!parsed) {
                return problem(parsed.error());
            }
            request.where = *std::move(parsed);
        } else if (name == u"limit"_s) {
            const auto number = numberFrom(value);
            if (!number || *number < 1 || *number > maxLimit) {
                return badParameter(name, value, u"It is a number from 1 to 1000."_s);
            }
            request.limit = static_cast<std::size_t>(*number);
        } else if (name == u"after"_s) {
            const auto number = numberFrom(value);
            if (!number) {
                return badParameter(name, value, u"It is the `next` of the page before."_s);
            }
            request.after = static_cast<event::EventId>(*number);
        } else if (name == u"order"_s) {
            if (value != u"oldest"_s && value != u"newest"_s) {
                return badParameter(name, value, u"It is oldest or newest."_s);
            }
            request.order =
                value == u"newest"_s ? store::Reader::Order::NewestFirst : store::Reader::Order::OldestFirst;
        } else {
            return problem(400, {base::ErrorCode::BadInput,
                                 u"There is no parameter `%1` here."_s.arg(name),
                                 u"Those known are where, limit, after and order."_s,
                                 {}});
        }
    }
    return std::nullopt;
}

http::Response answerEvents(ReadContext context, const EventsRequest &request,
                            const event::FindingWords &words)
{
    const auto page =
        context.reader.find(request.where, request.order, request.after, request.limit, context.stop, {});
    if (!page) {
        return problem(page.error());
    }
    QByteArray body = "{\"events\":[";
    const char *separator = "";
    for (const event::EventId id : page->ids) {
        const auto detail = context.reader.detail(id);
        if (!detail) {
            return problem(detail.error());
        }
        body += separator + eventLine(*detail, words, context.parser);
        separator = ",\n";
    }
    body += "],\"next\":";
    const bool isMore = !page->isComplete && !page->ids.empty();
    body += isMore ? '"' + QByteArray::number(qulonglong{event::raw(page->ids.back())}) + '"' : "null"_ba;
    return jsonResponse(200, body + '}');
}

http::Response answerEvent(ReadContext context, const QString &key, const event::FindingWords &words)
{
    if (const auto id = numberFrom(key)) {
        const auto detail = context.reader.detail(static_cast<event::EventId>(*id));
        if (detail) {
            return jsonResponse(200, eventLine(*detail, words, context.parser));
        }
        if (detail.error().code != base::ErrorCode::NotFound) {
            return problem(detail.error());
        }
    }
    const auto detail = context.reader.detailByMessageId(key);
    if (detail) {
        return jsonResponse(200, eventLine(*detail, words, context.parser));
    }
    if (detail.error().code != base::ErrorCode::NotFound) {
        return problem(detail.error());
    }
    return problem(404, {base::ErrorCode::NotFound, u"There is no event \"%1\"."_s.arg(key),
                         u"No event of this store has that id or messageId."_s,
                         u"List what is there with /api/v1/events?order=newest."_s});
}

http::Response answerSummary(ReadContext context)
{
    const auto session = runningSession(context.reader);
    if (!session) {
        return problem(session.error());
    }
    store::Counts counts;
    if (event::raw(session->id) != 0) { // 0 would count the whole store
        auto counted = context.reader.counts(session->id);
        if (!counted) {
            return problem(counted.error());
        }
        counts = *counted;
    }
    ObjectWriter body;
    body.number("session", event::raw(session->id));
    body.number("total", counts.total);
    body.number("valid", counts.valid);
    body.number("violations", counts.violations);
    body.number("unplanned", counts.unplanned);
    body.number("unchecked", counts.unchecked);
    body.number("lint", counts.lint);
    body.number("protocol", counts.protocol);
    body.number("privacy", counts.privacy);
    body.number("rejected", counts.rejected);
    return jsonResponse(200, body.take());
}

http::Response answerStatus(ReadContext context, const StatusFacts &facts)
{
    const auto session = runningSession(context.reader);
    if (!session) {
        return problem(session.error());
    }
    ObjectWriter body;
    body.text("version", facts.version);
    body.raw("capture", textArray(facts.captureAddresses));
    body.raw("session", sessionJson(*session));
    body.text("store", facts.storePath);
    body.raw("plans", textArray(facts.planNames));
    body.number("uptimeSeconds", facts.uptimeSeconds);
    return jsonResponse(200, body.take());
}

QByteArray sessionJson(const store::Session &session)
{
    ObjectWriter one;
    one.number("id", event::raw(session.id));
    one.textIfAny("name", session.name);
    one.textIfAny("testId", session.testId);
    if (session.startedUs != 0) {
        one.text("startedAt", isoTime(session.startedUs));
    }
    return one.take();
}

} // namespace api
