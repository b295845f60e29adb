// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/eventinput.h"

#include "segment/decode.h"
#include "segment/route.h"
#include "store/reader.h"

#include <QDateTime>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

using Take = std::function<void(InputEvent)>;

QByteArray bytesOf(json::Value value)
{
    const std::string_view raw = value.raw();
    return {raw.data(), static_cast<qsizetype>(raw.size())};
}

QString textOf(json::Value value)
{
    const std::string_view text = value.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool looksLikeEvent(json::Value value)
{
    return value.isObject() && (value.find("type").isString() || value.find("event").isString() ||
                                value.find("messageId").isString() || value.find("userId").isString() ||
                                value.find("anonymousId").isString());
}

class EventReader
{
public:
    explicit EventReader(const Take &take)
        : m_take(take)
    {
    }

    [[nodiscard]] InputReport &report() { return m_report; }

    void problem(const QString &place, const QString &message)
    {
        m_report.problems.push_back({place, message});
    }

    /// An event, one of our own lines, or a batch body.
    void value(json::Value value, const QString &place)
    {
        if (value.find("batch").isArray()) {
            batch(value, place);
        } else if (value.find("id").isNumber() && value.find("receivedAt").isString()) {
            ownLine(value, place);
        } else if (looksLikeEvent(value)) {
            give({place, bytesOf(value), {}, {}, 0});
        } else {
            problem(place, u"This JSON is no Segment event: it has no type, event, userId or anonymousId."_s);
        }
    }

    void text(const QByteArray &text, const QString &place)
    {
        const auto parsed = m_parser.parse(text);
        if (!parsed) {
            problem(place, u"%1 (column %2)"_s.arg(parsed.error().reason).arg(parsed.error().column));
            return;
        }
        value((*parsed)->root(), place);
    }

    void har(json::Value entries)
    {
        int number = 0;
        for (auto entry = entries.firstChild(); entry; entry = entry.next()) {
            ++number;
            const json::Value request = entry.value().find("request");
            const std::string_view url = request.find("url").text();
            const std::string_view method = request.find("method").text();
            const auto route =
                segment::route(QByteArrayView(method.data(), static_cast<qsizetype>(method.size())),
                               QByteArrayView(url.data(), static_cast<qsizetype>(url.size())));
            const json::Value body = request.find("postData").find("text");
            // A HAR holds the whole of a browser's traffic: what is no Segment call is passed over.
            if (route.kind != segment::RouteKind::Ingest || !body.isString() ||
                body.text().find('{') == std::string_view::npos) {
                continue;
            }
            const std::string_view bytes = body.text();
            json::Parser inner;
            const auto parsed = inner.parse(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
            if (parsed && ((*parsed)->root().find("batch").isArray() || looksLikeEvent((*parsed)->root()))) {
                value((*parsed)->root(), u"entry %1"_s.arg(number));
            }
        }
    }

private:
    void give(InputEvent event)
    {
        ++m_report.events;
        m_take(std::move(event));
    }

    void batch(json::Value body, const QString &place)
    {
        const QByteArray envelope = segment::envelopeOf(bytesOf(body));
        int number = 0;
        for (auto child = body.find("batch").firstChild(); child; child = child.next()) {
            ++number;
            give({u"%1, event %2"_s.arg(place).arg(number), bytesOf(child.value()), envelope, {}, 0});
        }
    }

    void ownLine(json::Value line, const QString &place)
    {
        InputEvent event;
        event.place = place;
        event.source = textOf(line.find("source"));
        event.receivedUs =
            QDateTime::fromString(textOf(line.find("receivedAt")), Qt::ISODateWithMs).toMSecsSinceEpoch() *
            1000;
        event.envelope = bytesOf(line.find("envelope"));
        if (const json::Value body = line.find("body"); body.isObject()) {
            event.body = bytesOf(body);
        } else if (const json::Value text = line.find("bodyText"); text.isString()) {
            event.body = textOf(text).toUtf8();
        } else if (const json::Value coded = line.find("bodyBase64"); coded.isString()) {
            event.body = QByteArray::fromBase64(textOf(coded).toLatin1());
        }
        if (event.body.isEmpty() || textOf(line.find("status")) == u"rejected"_s) {
            problem(place, u"A rejected request: it holds no event to check."_s);
            return;
        }
        give(std::move(event));
    }

    const Take &m_take;
    InputReport m_report;
    json::Parser m_parser;
};

base::Result<InputReport> readStore(const QString &path, const Take &take)
{
    auto reader = store::Reader::open(path);
    if (!reader) {
        return base::Failure(reader.error());
    }
    InputReport report;
    event::EventId after{};
    while (true) {
        const auto rows = reader->rows(after, 1'000);
        if (!rows) {
            return base::Failure(rows.error());
        }
        for (const store::Reader::Row &row : *rows) {
            const auto place = u"event %1"_s.arg(event::raw(row.summary.id));
            if (row.summary.type == event::CallType::None) {
                report.problems.push_back({place, u"A rejected request: it holds no event to check."_s});
                continue;
            }
            const auto stored = reader->event(row.summary.id);
            if (!stored) {
                return base::Failure(stored.error());
            }
            ++report.events;
            take({place, stored->event.body, segment::envelopeOf(stored->requestBody), stored->event.source,
                  row.summary.receivedUs});
        }
        if (rows->empty()) {
            return report;
        }
        after = rows->back().summary.id;
    }
}

base::Result<InputReport> readLines(QIODevice &device, QByteArray first, EventReader &events)
{
    int number = 1;
    for (QByteArray line = std::move(first); !line.isNull();
         line = device.atEnd() ? QByteArray() : device.readLine()) {
        if (const QByteArray trimmed = line.trimmed(); !trimmed.isEmpty()) {
            events.text(trimmed, u"line %1"_s.arg(number));
        }
        ++number;
    }
    return std::move(events.report());
}

base::Failure noEvents(const QString &path, const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"%1 holds no events that can be read."_s.arg(path), why,
                         u"Give NDJSON, a JSON array, a Segment batch body, a HAR, or a Trackside store."_s);
}

} // namespace

base::Result<InputReport> readEvents(const QString &path, const Take &take)
{
    QFile file(path);
    const bool isStandardInput = path == u"-"_s;
    const bool isOpen =
        isStandardInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return base::failure(base::ErrorCode::NotFound, u"%1 can't be read."_s.arg(path),
                             file.errorString() + u'.',
                             u"Name a file that is there, or - for standard input."_s);
    }
    if (!isStandardInput && file.peek(15) == "SQLite format 3") {
        return readStore(path, take);
    }
    EventReader events(take);
    QByteArray first = file.readLine();
    if (first.trimmed().isEmpty() && file.atEnd()) {
        return noEvents(path, u"It is empty."_s);
    }
    json::Parser parser;
    // A first line that is a whole value and is followed by more lines: NDJSON, read as a stream.
    const auto firstLine = parser.parse(first.trimmed());
    const bool isOneLine = file.atEnd();
    if (firstLine && (*firstLine)->root().isObject() && !isOneLine) {
        return readLines(file, std::move(first), events);
    }
    const QByteArray whole = first + file.readAll();
    const auto parsed = parser.parse(whole);
    if (!parsed) {
        const json::ParseError &error = parsed.error();
        return noEvents(
            path,
            u"It is no JSON: %1 (line %2, column %3)."_s.arg(error.reason).arg(error.line).arg(error.column));
    }
    const json::Value root = (*parsed)->root();
    if (const json::Value entries = root.find("log").find("entries"); entries.isArray()) {
        events.har(entries);
    } else if (root.isArray()) {
        int number = 0;
        for (auto child = root.firstChild(); child; child = child.next()) {
            events.value(child.value(), u"event %1"_s.arg(++number));
        }
    } else {
        events.value(root, u"line 1"_s);
    }
    if (events.report().events == 0 && !events.report().problems.empty() && !root.isArray()) {
        return noEvents(path, events.report().problems.front().message);
    }
    return std::move(events.report());
}

} // namespace cli
