// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/segmentdestination.h"

#include "deliver/forwardhead.h"
#include "deliver/keyswap.h"
#include "deliver/rebuild.h"
#include "segment/fields.h"
#include "segment/isotime.h"
#include "segment/protocol.h"
#include "segment/route.h"
#include "segment/writekeys.h"
#include "json/parser.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

/// Of a request the events may take: the envelope around them needs a little.
constexpr qsizetype maxReplayBytes = static_cast<qsizetype>(segment::maxBatchBytes) - 1024;
constexpr std::int64_t longestWaitMs = 24LL * 60 * 60 * 1000;

void removeHeader(std::vector<http::Header> &headers, const QByteArray &name)
{
    std::erase_if(headers, [&](const http::Header &header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

void setHeader(std::vector<http::Header> &headers, const QByteArray &name, const QByteArray &value)
{
    removeHeader(headers, name);
    headers.push_back({name, value});
}

/// The path at the destination: what follows the app's own prefix; paths that are none of Segment's are
/// told by the body. Empty: it can't be told.
QByteArray destinationPath(const segment::Route &route, const QByteArray &body)
{
    const qsizetype known = route.path.lastIndexOf("/v1/");
    if (known >= 0) {
        return route.path.sliced(known);
    }
    json::Parser parser;
    const auto parsed = parser.parse(body);
    if (!parsed) {
        return {};
    }
    const segment::Fields fields = segment::fieldsOf((*parsed)->root());
    if (fields.batch.isArray()) {
        return "/v1/batch";
    }
    const std::string_view type = fields.type.text();
    return event::callTypeFromWord(type)
               ? "/v1/" + QByteArray(type.data(), static_cast<qsizetype>(type.size()))
               : QByteArray();
}

/// Seconds, or a date (RFC 9110, 10.2.3). -1: neither.
std::int64_t retryAfterMs(const std::vector<http::Header> &headers)
{
    QByteArray value = http::header(headers, "Retry-After").trimmed();
    if (value.isEmpty()) {
        value = http::header(headers, "X-RateLimit-Reset").trimmed();
    }
    if (value.isEmpty()) {
        return -1;
    }
    bool isNumber = false;
    const double seconds = value.toDouble(&isNumber);
    if (isNumber && seconds >= 0) {
        return static_cast<std::int64_t>(std::min(seconds * 1000.0, static_cast<double>(longestWaitMs)));
    }
    const auto parseDate = [](const QByteArray &text) {
        QDateTime date =
            QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        date.setTimeSpec(Qt::UTC);
        return date;
    };
    const QDateTime until = parseDate(value);
    if (!until.isValid()) {
        return -1;
    }
    // The answer's own date, where there is one: the clocks need not agree.
    QDateTime now = parseDate(http::header(headers, "Date").trimmed());
    if (!now.isValid()) {
        now = QDateTime::currentDateTimeUtc();
    }
    return std::clamp<std::int64_t>(now.msecsTo(until), 0, longestWaitMs);
}

/// What the answer says of itself, in one line.
QString reasonOf(int status, const QByteArray &body)
{
    QString reason = u"%1 %2"_s.arg(status).arg(QString::fromLatin1(http::reasonPhrase(status)));
    json::Parser parser;
    if (const auto parsed = parser.parse(body)) {
        for (const std::string_view key : {"message", "error"}) {
            const std::string_view text = (*parsed)->root().find(key).text();
            if (!text.empty()) {
                constexpr std::size_t shownBytes = 300;
                const std::string_view shown = text.substr(0, shownBytes);
                return reason + u": "_s +
                       QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
            }
        }
    }
    return reason;
}

} // namespace

SegmentDestination::SegmentDestination(DestinationConfig config)
    : m_config(std::move(config))
    , m_writeKey(m_config.writeKey.toUtf8())
{
}

QUrl SegmentDestination::address(const QByteArray &path, const QByteArray &query) const
{
    QByteArray base = m_config.baseUrl.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (base.endsWith('/')) {
        base.chop(1);
    }
    if (base.endsWith("/v1")) {
        base.chop(3);
    }
    return QUrl::fromEncoded(base + path + (query.isEmpty() ? QByteArray() : '?' + query));
}

base::Result<Outgoing> SegmentDestination::forward(const QByteArray &method, const QByteArray &target,
                                                   const QByteArray &head, const QByteArray &wireBody,
                                                   const QByteArray &body, http::Coding coding) const
{
    const segment::Route route = segment::route(method, target);
    const QByteArray path = destinationPath(route, body);
    if (path.isEmpty()) {
        return base::failure(base::ErrorCode::Unsupported,
                             u"The request to %1 can't be forwarded."_s.arg(QString::fromUtf8(route.path)),
                             u"Neither its path nor its body says which of Segment's paths it is for."_s,
                             u"Replay its events instead."_s);
    }
    Outgoing outgoing;
    outgoing.method = method;
    outgoing.headers = forwardable(headersOf(head));
    const std::optional<QByteArray> query = queryWithWriteKey(route.query, body, m_writeKey);
    outgoing.url = address(path, query.value_or(route.query));
    bool hasKey = query.has_value();

    if (method == "POST") {
        const std::optional<QByteArray> swapped = withWriteKey(body, m_writeKey);
        hasKey = hasKey || swapped.has_value();
        // Where nothing is to be swapped the bytes stay as they came, gzip included.
        const bool isChanged = swapped.has_value() && *swapped != body;
        outgoing.body = isChanged ? *swapped : wireBody;
        if (isChanged || coding == http::Coding::Identity) {
            removeHeader(outgoing.headers, "Content-Encoding");
        } else {
            setHeader(outgoing.headers, "Content-Encoding",
                      coding == http::Coding::Gzip ? "gzip" : "deflate");
        }
        if (http::header(outgoing.headers, "Content-Type").isEmpty()) {
            setHeader(outgoing.headers, "Content-Type", "application/json");
        }
    }
    // A Bearer token belongs to the app's own workspace: it must not leave with another key's events.
    if (!hasKey || !http::header(outgoing.headers, "Authorization").isNull()) {
        setHeader(outgoing.headers, "Authorization", basicAuthorization(m_writeKey));
    }
    return outgoing;
}

Outgoing SegmentDestination::batchOf(const QByteArray &events, std::int64_t nowUs) const
{
    Outgoing outgoing;
    outgoing.url = address("/v1/batch", {});
    outgoing.headers = {{"Content-Type", "application/json"},
                        {"User-Agent", "Trackside/" TRACKSIDE_VERSION},
                        {"Authorization", basicAuthorization(m_writeKey)}};
    // sentAt of now makes Segment keep the timestamps as they are.
    outgoing.body = "{\"batch\":[" + events + "],\"sentAt\":\"" + segment::isoTime(nowUs) + "\"}";
    return outgoing;
}

base::Result<std::vector<Outgoing>> SegmentDestination::replay(const std::vector<ReplayItem> &items,
                                                               std::int64_t nowUs) const
{
    std::vector<Outgoing> requests;
    QByteArray events;
    std::uint32_t count = 0;
    const auto flush = [&] {
        if (count != 0) {
            requests.push_back(batchOf(events, nowUs));
        }
        events.clear();
        count = 0;
    };
    for (const ReplayItem &item : items) {
        const QByteArray event = rebuiltEvent(item);
        if (event.isEmpty()) {
            continue;
        }
        const bool isLarge = event.size() > static_cast<qsizetype>(segment::maxEventBytes);
        if (isLarge || count == segment::maxBatchCount || events.size() + event.size() + 1 > maxReplayBytes) {
            flush();
        }
        events += (count == 0 ? QByteArray() : QByteArray(",")) + event;
        ++count;
        if (isLarge) {
            flush();
        }
    }
    flush();
    if (requests.empty()) {
        return base::failure(base::ErrorCode::BadInput, u"There is nothing to replay."_s,
                             u"The chosen rows are rejected requests: they hold no events."_s,
                             u"Choose events instead."_s);
    }
    return requests;
}

Classified SegmentDestination::classify(int status, const std::vector<http::Header> &headers,
                                        const QByteArray &body) const
{
    if (status >= 200 && status < 300) {
        return {Outcome::Delivered, -1, {}};
    }
    const QString reason = status == 0 ? u"There was no answer."_s : reasonOf(status, body);
    // What Segment's own libraries try again; 501, 505 and 511 do not change by waiting.
    const bool isTransient = status == 0 || status == 408 || status == 425 || status == 429 ||
                             status == 460 ||
                             (status >= 500 && status != 501 && status != 505 && status != 511);
    if (isTransient) {
        return {Outcome::Retry, retryAfterMs(headers), reason};
    }
    return {Outcome::Failed, -1, reason};
}

} // namespace deliver
