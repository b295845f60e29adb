// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/importreader.h"

#include "segment/curlcommand.h"
#include "segment/harreader.h"
#include "segment/importedrequest.h"
#include "segment/isotime.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QString textOf(json::Value value)
{
    return QString::fromUtf8(bytesOf(value.text()));
}

base::Failure nothingIn(const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"There are no events in it that can be read."_s, why,
                         u"Give Segment events as JSON or NDJSON, a batch body, a HAR, or a curl command."_s);
}

/// Text as UTF-8 without its mark; Windows PowerShell writes UTF-16 into files.
QByteArray asUtf8(const QByteArray &text)
{
    constexpr char mark[] = "\xef\xbb\xbf";
    if (text.startsWith(mark)) {
        return text.sliced(3);
    }
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff")) {
        return QString(QStringDecoder(QStringDecoder::Utf16).decode(text)).toUtf8();
    }
    return text;
}

/// What a text looks like that nobody could read.
QString likeness(const QByteArray &text)
{
    const QByteArray start = text.first(std::min<qsizetype>(text.size(), 1'024)).trimmed();
    if (text.startsWith("SQLite format 3")) {
        return u"It is a database. A Trackside store is read from its file."_s;
    }
    if (text.startsWith("\x1f\x8b")) {
        return u"It is compressed with gzip: unpack it first."_s;
    }
    if (text.startsWith("PK\x03\x04")) {
        return u"It is a ZIP archive: unpack it first."_s;
    }
    if (start.contains('\0')) {
        return u"It is no text."_s;
    }
    if (start.startsWith('<')) {
        return u"It looks like HTML or XML."_s;
    }
    if (start.startsWith("Invoke-WebRequest") || start.startsWith("$session = New-Object")) {
        return u"It is a PowerShell command: copy the request as cURL."_s;
    }
    if (start.startsWith("fetch(")) {
        return u"It is JavaScript: copy the request as cURL."_s;
    }
    const QByteArray line = start.first(start.indexOf('\n') < 0 ? start.size() : start.indexOf('\n'));
    if (line.trimmed().endsWith("HTTP/1.1") || line.trimmed().endsWith("HTTP/2")) {
        return u"It is a request as it goes over the wire: copy it as cURL, or give its body alone."_s;
    }
    return u"It looks like plain text."_s;
}

class Reader
{
public:
    Reader(const TakeRequest &take, const std::stop_token &stop)
        : m_take([this, &take](ImportedRequest request) {
            ++m_report.requests;
            take(std::move(request));
        })
        , m_stop(stop)
    {
    }

    base::Result<ImportReport> read(const QByteArray &text)
    {
        const QByteArrayView inner = QByteArrayView(text).trimmed();
        if (inner.isEmpty()) {
            return nothingIn(u"It is empty."_s);
        }
        const bool isJson = inner.front() == '{' || inner.front() == '[';
        if (!isJson && looksLikeCurl(text)) {
            curl(text);
        } else if (!isJson) {
            return nothingIn(likeness(text));
        } else if (inner.contains('\n') && isLines(text)) {
            lines(text);
        } else if (const auto parsed = m_parser.parse(text)) {
            document((*parsed)->root());
        } else {
            const json::ParseError &error = parsed.error();
            return nothingIn(u"It is no JSON: %1 (line %2, column %3)."_s.arg(error.reason)
                                 .arg(error.line)
                                 .arg(error.column));
        }
        return result();
    }

private:
    base::Result<ImportReport> result()
    {
        if (m_stop.stop_requested()) {
            return base::failure(base::ErrorCode::Cancelled, u"Reading was stopped."_s);
        }
        if (m_report.requests == 0 && m_report.skipped > 0) {
            return nothingIn(u"It is a HAR of %1 requests, of which none carries Segment events."_s.arg(
                m_report.skipped + m_report.unreadable));
        }
        if (m_report.requests == 0 && !m_report.problems.empty()) {
            const ImportProblem &problem = m_report.problems.front();
            return nothingIn(problem.place + u": "_s + problem.message);
        }
        return std::move(m_report);
    }

    /// NDJSON: the first line is a whole object and more follow; or it is damaged, but most of the next are.
    bool isLines(const QByteArray &text)
    {
        constexpr int mostLines = 10;
        int seen = 0;
        int whole = 0;
        eachLine(text, [&](const QByteArray &line, std::uint64_t) {
            const auto parsed = m_parser.parse(line);
            const bool isObject = parsed.has_value() && (*parsed)->root().isObject();
            ++seen;
            whole += isObject ? 1 : 0;
            return seen < mostLines && !(seen == 2 && whole == 2);
        });
        return seen > 1 && whole * 2 > seen;
    }

    /// Every line that is not blank, until `each` says no.
    template <typename Each>
    void eachLine(const QByteArray &text, Each each)
    {
        qsizetype begin = 0;
        std::uint64_t number = 0;
        while (begin < text.size() && !m_stop.stop_requested()) {
            const qsizetype lineBreak = text.indexOf('\n', begin);
            const qsizetype end = lineBreak < 0 ? text.size() : lineBreak;
            ++number;
            const QByteArray line = text.sliced(begin, end - begin).trimmed();
            begin = end + 1;
            if (!line.isEmpty() && !each(line, number)) {
                return;
            }
        }
    }

    void lines(const QByteArray &text)
    {
        m_report.format = ImportFormat::NdJson;
        eachLine(text, [this](const QByteArray &line, std::uint64_t number) {
            const QString place = u"line %1"_s.arg(number);
            if (const auto parsed = m_parser.parse(line)) {
                value((*parsed)->root(), place);
            } else {
                m_report.addProblem(
                    place, u"%1 (column %2)"_s.arg(parsed.error().reason).arg(parsed.error().column));
            }
            return true;
        });
    }

    void document(json::Value root)
    {
        m_report.format = ImportFormat::Json;
        if (const json::Value entries = root.find("log").find("entries"); entries.isArray()) {
            m_report.format = ImportFormat::Har;
            readHar(entries, m_take, m_report, m_stop);
        } else if (root.isArray()) {
            list(root);
        } else if (const json::Value events = root.find("events"); isOwnLine(events.at(0))) {
            list(events); // an answer of the HTTP API
        } else {
            m_report.format = root.find("batch").isArray() ? ImportFormat::Batch : ImportFormat::Json;
            value(root, u"line 1"_s);
        }
    }

    void list(json::Value values)
    {
        std::uint64_t number = 0;
        for (auto child = values.firstChild(); child && !m_stop.stop_requested(); child = child.next()) {
            value(child.value(), u"event %1"_s.arg(++number));
        }
    }

    /// An event, one of our own lines, or a batch body.
    void value(json::Value value, const QString &place)
    {
        if (isOwnLine(value)) {
            ownLine(value, place);
        } else if (value.find("batch").isArray() || looksLikeEvent(value)) {
            m_take({place, requestOfBody(value)});
        } else {
            m_report.addProblem(
                place, u"This JSON is no Segment event: it has no type, event, userId or anonymousId."_s);
        }
    }

    [[nodiscard]] static bool isOwnLine(json::Value value)
    {
        return value.find("id").isNumber() && value.find("receivedAt").isString() &&
               value.find("status").isString();
    }

    void ownLine(json::Value line, const QString &place)
    {
        StoredEventText stored;
        if (const json::Value body = line.find("body"); !body.isMissing()) {
            stored.body = bytesOf(body.raw());
        } else if (const json::Value text = line.find("bodyText"); text.isString()) {
            stored.body = bytesOf(text.text());
        } else {
            stored.body = QByteArray::fromBase64(bytesOf(line.find("bodyBase64").text()));
        }
        const json::Value envelope = line.find("envelope");
        stored.envelope = bytesOf(envelope.isMissing() ? line.find("envelopeText").text() : envelope.raw());
        stored.type = event::callTypeFromWord(line.find("type").text()).value_or(event::CallType::None);
        stored.source = textOf(line.find("source"));
        stored.receivedUs = parseIsoTimeUs(line.find("receivedAt").text()).value_or(0);
        if (event::statusFromWord(line.find("status").text()) == event::Status::Rejected) {
            const json::Value rejected = line.find("rejected");
            stored.rejectCode = bytesOf(rejected.find("code").text());
            stored.rejectReason = bytesOf(rejected.find("reason").text());
            stored.rejectStatus = bytesOf(rejected.find("status").raw()).toInt();
            if (stored.rejectCode.isEmpty()) {
                m_report.addProblem(place, u"A rejected request of which it is not said why."_s);
                return;
            }
        } else if (stored.body.isEmpty()) {
            m_report.addProblem(place, u"The line has no body."_s);
            return;
        }
        m_take({place, requestOfStored(stored, m_parser)});
    }

    void curl(const QByteArray &text)
    {
        m_report.format = ImportFormat::Curl;
        int number = 0;
        for (const ShellCommand &command : shellCommands(text)) {
            if (m_stop.stop_requested()) {
                return;
            }
            if (isCurl(command)) {
                curlCommand(command, u"command %1"_s.arg(++number));
            }
        }
    }

    void curlCommand(const ShellCommand &command, const QString &place)
    {
        auto written = curlRequests(command);
        if (!written) {
            m_report.addProblem(place, written.error().what);
            return;
        }
        for (WrittenRequest &one : *written) {
            const QString call = u"%1 (%2)"_s.arg(place, shownCall(one.method, one.url));
            auto captured = asCaptured(std::move(one));
            if (!captured) {
                m_report.addProblem(place, captured.error().what);
                continue;
            }
            if (!carriesEvents(*captured, m_parser)) {
                m_report.addProblem(call, u"This request carries no Segment events."_s);
                continue;
            }
            m_take({call, std::move(*captured)});
        }
    }

    ImportReport m_report;
    TakeRequest m_take;
    const std::stop_token &m_stop;
    json::Parser m_parser;
};

} // namespace

void ImportReport::addProblem(const QString &place, const QString &message)
{
    ++unreadable;
    if (problems.size() < maxImportProblems) {
        problems.push_back({place, message});
    }
}

base::Result<ImportReport> readImport(const QByteArray &text, const TakeRequest &take,
                                      const std::stop_token &stop)
{
    return Reader(take, stop).read(asUtf8(text));
}

} // namespace segment
