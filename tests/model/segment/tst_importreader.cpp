// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/decode.h"
#include "segment/importreader.h"
#include "segment/isotime.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using segment::ImportedRequest;
using segment::ImportFormat;
using segment::ImportReport;

namespace {

struct Read
{
    base::Result<ImportReport> report;
    std::vector<ImportedRequest> requests;
};

Read read(const QByteArray &text)
{
    std::vector<ImportedRequest> requests;
    auto report =
        segment::readImport(text, [&requests](ImportedRequest one) { requests.push_back(std::move(one)); });
    return {std::move(report), std::move(requests)};
}

QByteArray contents(const char *name)
{
    QFile file(QStringLiteral(TRACKSIDE_TEST_DATA "/import/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

segment::Decoded decoded(const ImportedRequest &imported)
{
    json::Parser parser;
    event::CapturedRequest captured = imported.request;
    if (captured.receivedUs == 0) {
        captured.receivedUs = 1'795'483'045'000'000;
    }
    return segment::decode(captured, parser, {});
}

/// "track Order Completed, identify": the events of everything that was read.
QByteArray eventsOf(const std::vector<ImportedRequest> &requests)
{
    QByteArrayList all;
    for (const ImportedRequest &request : requests) {
        const segment::Decoded result = decoded(request);
        for (const segment::DecodedEvent &one : result.events) {
            const std::string_view type = event::word(one.draft.type);
            all << (QByteArray(type.data(), static_cast<qsizetype>(type.size())) + ' ' +
                    one.draft.name.toUtf8())
                       .trimmed();
        }
        if (result.events.empty()) {
            all << "rejected " + result.request.rejectCode;
        }
    }
    return all.join(", ");
}

QByteArray problemsOf(const ImportReport &report)
{
    QByteArrayList all;
    for (const segment::ImportProblem &problem : report.problems) {
        all << (problem.place + u": "_s + problem.message).toUtf8();
    }
    return all.join('\n');
}

std::int64_t timeUs(const char *text)
{
    return segment::parseIsoTimeUs(text).value_or(0);
}

const char *const track = R"({"type":"track","event":"A","userId":"u","messageId":"m"})";

} // namespace

/// What people paste, drop and keep in files, as requests.
class TstImportReader : public QObject
{
    Q_OBJECT

private slots:
    void formats_data();
    void formats();
    void refusals_data();
    void refusals();
    void aBadLineIsNotTheEnd();
    void problemsAreBounded();
    void pathOfABareBody_data();
    void pathOfABareBody();
    void arrivalOfABareBody_data();
    void arrivalOfABareBody();
    void bareBodiesShowNothingOfTheSending();
    void ownLineIsAsItWas();
    void ownLineWithoutPlainBody_data();
    void ownLineWithoutPlainBody();
    void ownRejectedLineStaysRejected();
    void sourcesOfBareBodies_data();
    void sourcesOfBareBodies();
    void ownLineNamesItsSource();
    void har_data();
    void har();
    void harKeepsHeadAndTime();
    void harOfOthersIsRefused();
    void curlKeepsHead();
    void curlProblemsHaveTheirPlace();
    void headersCannotAddLines();
    void stops();
};

void TstImportReader::formats_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ImportFormat>("format");
    QTest::addColumn<QByteArray>("events");
    const QByteArray one = track;
    const auto row = [](const char *name, const QByteArray &text, ImportFormat format, const char *events) {
        QTest::newRow(name) << text << format << QByteArray(events);
    };
    row("one event", one, ImportFormat::Json, "track A");
    row("one event over many lines",
        "\n{\n \"type\": \"page\",\n \"name\": \"Cart\",\n \"userId\": \"u\"\n}\n", ImportFormat::Json,
        "page Cart");
    row("with a byte order mark", "\xef\xbb\xbf" + one, ImportFormat::Json, "track A");
    row("as UTF-16", QByteArray("\xff\xfe{\0\"\0e\0v\0e\0n\0t\0\"\0:\0\"\0B\0\"\0}\0\n\0", 30),
        ImportFormat::Json, "track B");
    row("an array", '[' + one + ",\n" + one + ']', ImportFormat::Json, "track A, track A");
    row("an empty array", "[]", ImportFormat::Json, "");
    row("an array of batches", "[{\"batch\":[" + one + "]}]", ImportFormat::Json, "track A");
    row("a batch body", "{\"batch\":[" + one + ',' + one + "]}", ImportFormat::Batch, "track A, track A");
    row("an empty batch", "{\"batch\":[]}", ImportFormat::Batch, "rejected empty_batch");
    row("lines", one + '\n' + one + '\n', ImportFormat::NdJson, "track A, track A");
    row("lines with blank ones and DOS ends", "\r\n" + one + "\r\n\r\n" + one, ImportFormat::NdJson,
        "track A, track A");
    row("lines of batches", "{\"batch\":[" + one + "]}\n{\"batch\":[" + one + "]}", ImportFormat::NdJson,
        "track A, track A");
    row("lines whose first is cut", "{\"type\":\"tra\n" + one + '\n' + one, ImportFormat::NdJson,
        "track A, track A");
    row("an answer of the API",
        R"({"events":[{"id":1,"receivedAt":"2026-11-24T01:37:25.672Z","status":"valid","body":)" + one +
            R"(}],"next":null})",
        ImportFormat::Json, "track A");
    row("curl", "curl https://api.segment.io/v1/track -d '" + one + "'", ImportFormat::Curl, "track A");
    row("numbers JSON does not have", R"({"event":"A","userId":"u","properties":{"a":NaN}})",
        ImportFormat::Json, "track A");
}

void TstImportReader::formats()
{
    QFETCH(QByteArray, text);
    QFETCH(ImportFormat, format);
    QFETCH(QByteArray, events);
    const Read result = read(text);
    QVERIFY2(result.report.has_value(),
             result.report ? "" : result.report.error().oneLine().toUtf8().constData());
    QCOMPARE(result.report->format, format);
    QCOMPARE(result.report->requests, static_cast<std::uint64_t>(result.requests.size()));
    QCOMPARE(eventsOf(result.requests), events);
}

void TstImportReader::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QByteArray &text, const char *says) {
        QTest::newRow(name) << text << QByteArray(says);
    };
    row("nothing", "", "It is empty.");
    row("blanks", " \n\t\n", "It is empty.");
    row("HTML", "<!doctype html><p>curl", "It looks like HTML or XML.");
    row("a store", QByteArray("SQLite format 3\0", 16), "It is a database.");
    row("gzip", "\x1f\x8b\x08", "It is compressed with gzip");
    row("ZIP", "PK\x03\x04", "It is a ZIP archive");
    row("bytes", QByteArray("a\0b", 3), "It is no text.");
    row("PowerShell", "Invoke-WebRequest -Uri \"https://h.io\"", "It is a PowerShell command");
    row("fetch", "fetch(\"https://h.io\", {})", "It is JavaScript");
    row("a request", "POST /v1/t HTTP/1.1\r\nHost: h\r\n\r\n{}", "It is a request as it goes over the wire");
    row("prose", "Dear all, the event is missing.", "It looks like plain text.");
    row("damaged JSON", "{\"type\":\"track\"", "It is no JSON: ");
    row("damaged JSON over lines", "{\n\"type\":\n}", "It is no JSON: ");
    row("no event", "{\"a\":1}", "line 1: This JSON is no Segment event");
    row("an array of numbers", "[1,2]", "event 1: This JSON is no Segment event");
    row("a curl command of another kind", "curl https://example.com/",
        "command 1 (GET https://example.com/): ");
    row("a HAR without a call", R"({"log":{"entries":[{"request":{"method":"GET","url":"https://a.io/"}}]}})",
        "It is a HAR of 1 requests, of which none carries Segment events.");
}

void TstImportReader::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const Read result = read(text);
    QVERIFY(!result.report);
    QCOMPARE(result.report.error().code, base::ErrorCode::BadInput);
    const QByteArray why = result.report.error().why.toUtf8();
    QVERIFY2(why.startsWith(says), why.constData());
    QVERIFY(!result.report.error().fix.isEmpty());
}

void TstImportReader::aBadLineIsNotTheEnd()
{
    const Read result = read(QByteArray(track) + "\n{\"type\":\n[1]\n" + track + "\n{}\n");
    QVERIFY(result.report);
    QCOMPARE(result.report->requests, std::uint64_t{2});
    QCOMPARE(result.report->unreadable, std::uint64_t{3});
    QCOMPARE(
        problemsOf(*result.report),
        QByteArray("line 2: The text ends too early: expected a value. (column 9)\n"
                   "line 3: This JSON is no Segment event: it has no type, event, userId or anonymousId.\n"
                   "line 5: This JSON is no Segment event: it has no type, event, userId or anonymousId."));
    QCOMPARE(result.requests.at(1).place, u"line 4"_s);
}

void TstImportReader::problemsAreBounded()
{
    QByteArray text = QByteArray(track) + '\n' + track + '\n';
    text += QByteArray("{}\n").repeated(5'000);
    const Read result = read(text);
    QVERIFY(result.report);
    QCOMPARE(result.report->unreadable, std::uint64_t{5'000});
    QCOMPARE(result.report->problems.size(), segment::maxImportProblems);
}

void TstImportReader::pathOfABareBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *name, const char *body, const char *target) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(target);
    };
    row("its type", R"({"type":"screen","userId":"u"})", "/v1/screen");
    row("a type that is none", R"({"type":"Track","event":"A"})", "/v1/batch");
    row("an event name", R"({"event":"A","userId":"u"})", "/v1/track");
    row("traits", R"({"userId":"u","traits":{}})", "/v1/identify");
    row("traits of a group", R"({"userId":"u","groupId":"g","traits":{}})", "/v1/group");
    row("a previous id", R"({"userId":"u","previousId":"p"})", "/v1/alias");
    row("nothing that tells", R"({"userId":"u"})", "/v1/batch");
    row("a batch", R"({"batch":[{"type":"track"}]})", "/v1/batch");
}

void TstImportReader::pathOfABareBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, target);
    const Read result = read(body);
    QVERIFY(result.report);
    const http::Request &request = result.requests.front().request.request;
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.target, target);
    QCOMPARE(request.body, body);
    QCOMPARE(request.head, "POST " + target + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n");
}

void TstImportReader::arrivalOfABareBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("arrival"); // empty: not known
    const auto row = [](const char *name, const char *body, const char *arrival) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(arrival);
    };
    row("sentAt", R"({"event":"A","sentAt":"2026-11-24T02:00:00Z","timestamp":"2026-11-24T01:00:00Z"})",
        "2026-11-24T02:00:00Z");
    row("timestamp", R"({"event":"A","timestamp":"2026-11-24T01:00:00Z"})", "2026-11-24T01:00:00Z");
    row("of the batch", R"({"batch":[{"timestamp":"2026-11-24T01:00:00Z"}],"sentAt":"2026-11-24T02:00:00Z"})",
        "2026-11-24T02:00:00Z");
    row("of the batch's first event", R"({"batch":[{"timestamp":"2026-11-24T01:00:00Z"}]})",
        "2026-11-24T01:00:00Z");
    row("none", R"({"event":"A","timestamp":"yesterday"})", "");
}

void TstImportReader::arrivalOfABareBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, arrival);
    const Read result = read(body);
    QVERIFY(result.report);
    QCOMPARE(result.requests.front().request.receivedUs, timeUs(arrival.constData()));
}

void TstImportReader::bareBodiesShowNothingOfTheSending()
{
    const Read bare = read(R"({"type":"track","event":"A","userId":"u","timestamp":"2026-11-24T01:00:00Z"})");
    QVERIFY(bare.report);
    QCOMPARE(decoded(bare.requests.front()).events.front().draft.findings.size(), std::size_t{0});
    // A command shows all of it.
    const Read curl = read("curl https://api.segment.io/v1/track -d '{\"event\":\"A\",\"userId\":\"u\"}'");
    QVERIFY(curl.report);
    const auto findings = decoded(curl.requests.front()).events.front().draft.findings;
    QVERIFY(std::ranges::any_of(findings, [](const event::Finding &finding) {
        return finding.rule == event::RuleId::ProtocolNoWriteKey;
    }));
}

void TstImportReader::ownLineIsAsItWas()
{
    const QByteArray body =
        R"({"type":"track", "event":"A","userId":"u","properties":{"n":1.50,"big":12345678901234567890}})";
    const QByteArray line =
        R"({"id":7,"receivedAt":"2026-11-24T01:37:25.672Z","session":1,"source":"Tracker UI","type":"track",)"
        R"("event":"A","status":"valid","findings":[],"deliveries":[],"body":)" +
        body +
        R"(,"envelope":{"context":{"app":{"name":"X"}},"sentAt":"2026-11-24T01:37:25Z","writeKey":"…a1b2"}})";
    const Read result = read(line);
    QVERIFY(result.report);
    const event::CapturedRequest &request = result.requests.front().request;
    QCOMPARE(request.receivedUs, timeUs("2026-11-24T01:37:25.672Z"));
    QCOMPARE(request.source, u"Tracker UI"_s);
    QCOMPARE(request.request.body,
             "{\"batch\":[" + body + R"(],"context":{"app":{"name":"X"}},"sentAt":"2026-11-24T01:37:25Z"})");
    const segment::Decoded result2 = decoded(result.requests.front());
    QCOMPARE(result2.events.size(), std::size_t{1});
    const segment::DecodedEvent &one = result2.events.front();
    QCOMPARE(result2.request.body.sliced(one.draft.begin, one.draft.end - one.draft.begin), body);
    QCOMPARE(one.merged.find("context").find("app").find("name").text(), std::string_view("X"));
    QCOMPARE(one.draft.source.suggestedName, u"Tracker UI"_s);
}

void TstImportReader::ownLineWithoutPlainBody_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("body") << QByteArray(R"("body":{"a":1})") << QByteArray(R"({"a":1})");
    QTest::newRow("bodyText") << QByteArray(R"("bodyText":"{\"a\":NaN}")") << QByteArray(R"({"a":NaN})");
    QTest::newRow("bodyBase64") << QByteArray(R"("bodyBase64":"eyJhIjoi/yJ9")")
                                << QByteArray("{\"a\":\"\xff\"}");
}

void TstImportReader::ownLineWithoutPlainBody()
{
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, body);
    const Read result =
        read(R"({"id":7,"receivedAt":"2026-11-24T01:37:25Z","type":"page","status":"valid",)" + member + '}');
    QVERIFY(result.report);
    QCOMPARE(result.requests.front().request.request.target, QByteArray("/v1/page"));
    QCOMPARE(result.requests.front().request.request.body, body);
}

void TstImportReader::ownRejectedLineStaysRejected()
{
    const Read result =
        read(R"({"id":7,"receivedAt":"2026-11-24T01:37:25Z","status":"rejected","rejected":)"
             R"({"code":"bad_gzip","reason":"The stream is cut.","status":400},"bodyBase64":"H4s="})");
    QVERIFY(result.report);
    const segment::Decoded back = decoded(result.requests.front());
    QVERIFY(back.events.empty());
    QCOMPARE(back.request.rejectCode, QByteArray("bad_gzip"));
    QCOMPARE(back.request.rejectReason, QByteArray("The stream is cut."));
    QCOMPARE(back.request.body, QByteArray("\x1f\x8b"));
    QCOMPARE(back.request.reply.status, 400);
}

void TstImportReader::sourcesOfBareBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isByKey");
    QTest::newRow("by app") << QByteArray(R"({"event":"A","context":{"app":{"name":"Shop"}}})") << u"Shop"_s
                            << false;
    QTest::newRow("by page")
        << QByteArray(
               R"({"event":"A","context":{"library":{"name":"analytics.js"},"page":{"url":"https://a.io/x"}}})")
        << u"a.io"_s << false;
    QTest::newRow("by library")
        << QByteArray(R"({"event":"A","context":{"library":{"name":"analytics-go","version":"3.0"}}})")
        << u"analytics-go"_s << false;
    QTest::newRow("by nothing") << QByteArray(R"({"event":"A"})") << u"Imported"_s << false;
    QTest::newRow("by its write key")
        << QByteArray(R"({"event":"A","writeKey":"FAKE_WRITE_KEY_a","context":{"app":{"name":"Shop"}}})")
        << u"Shop"_s << true;
}

void TstImportReader::sourcesOfBareBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, name);
    QFETCH(bool, isByKey);
    const Read result = read(body);
    QVERIFY(result.report);
    const event::SourceKey source = decoded(result.requests.front()).events.front().draft.source;
    QCOMPARE(source.suggestedName, name);
    QCOMPARE(source.keyHash.startsWith("name:"), !isByKey);
    QVERIFY(source.keyHash != "none");
}

void TstImportReader::ownLineNamesItsSource()
{
    const Read result =
        read(R"({"id":7,"receivedAt":"2026-11-24T01:37:25Z","status":"valid","source":"Shop",)"
             R"("body":{"event":"A","writeKey":"FAKE_WRITE_KEY_a"}})");
    QVERIFY(result.report);
    const event::SourceKey source = decoded(result.requests.front()).events.front().draft.source;
    QCOMPARE(source.suggestedName, u"Shop"_s);
    QVERIFY(!source.keyHash.startsWith("name:"));
}

void TstImportReader::har_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("places");
    QTest::addColumn<int>("skipped");
    QTest::addColumn<QByteArray>("problems");
    QTest::newRow("devtools") << contents("devtools.har")
                              << QByteArray(
                                     "track Order Completed, track Email Opened, track Order Completed")
                              << QByteArray("entry 2 (POST https://api.segment.io/v1/t)\n"
                                            "entry 6 (GET https://api.segment.io/v1/pixel/track)\n"
                                            "entry 7 (POST https://shop.example.com/events/v1/t)")
                              << 4 << QByteArray();
    const QByteArray batch = "track Robot Dispatched, identify";
    QTest::newRow("charles") << contents("charles.har") << batch
                             << QByteArray("entry 1 (POST https://api.segment.io/v1/import)") << 0
                             << QByteArray();
    QTest::newRow("mitmproxy") << contents("mitmproxy.har") << batch + ", " + batch
                               << QByteArray("entry 1 (POST https://api.segment.io/v1/batch)\n"
                                             "entry 2 (POST https://api.segment.io/v1/batch)")
                               << 0
                               << QByteArray("entry 3 (POST https://api.segment.io/v1/batch): Its compressed "
                                             "body was exported as text and is damaged beyond repair.");
    QTest::newRow("httptoolkit") << contents("httptoolkit.har") << batch + ", track A"
                                 << QByteArray("entry 1 (POST https://api.segment.io/v1/batch)\n"
                                               "entry 3 (POST https://api.segment.io/v1/t)")
                                 << 0
                                 << QByteArray("entry 2 (POST https://api.segment.io/v1/batch): Its body was "
                                               "left out of the export (discarded:too-large).");
}

void TstImportReader::har()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, places);
    QFETCH(int, skipped);
    QFETCH(QByteArray, problems);
    const Read result = read(text);
    QVERIFY2(result.report.has_value(),
             result.report ? "" : result.report.error().oneLine().toUtf8().constData());
    QCOMPARE(result.report->format, ImportFormat::Har);
    QCOMPARE(eventsOf(result.requests), events);
    QByteArrayList read;
    for (const ImportedRequest &request : result.requests) {
        read << request.place.toUtf8();
    }
    QCOMPARE(read.join('\n'), places);
    QCOMPARE(result.report->skipped, static_cast<std::uint64_t>(skipped));
    QCOMPARE(problemsOf(*result.report), problems);
}

void TstImportReader::harKeepsHeadAndTime()
{
    const Read result = read(contents("devtools.har"));
    QVERIFY(result.report);
    const event::CapturedRequest &captured = result.requests.front().request;
    QCOMPARE(captured.receivedUs, timeUs("2026-11-24T01:37:25.690Z"));
    QCOMPARE(captured.known, event::Known::Request);
    QCOMPARE(captured.request.head,
             QByteArray("POST /v1/t HTTP/1.1\r\nHost: api.segment.io\r\ncontent-type: text/plain\r\n"
                        "origin: https://shop.example.com\r\nuser-agent: Mozilla/5.0\r\n\r\n"));
}

void TstImportReader::harOfOthersIsRefused()
{
    // JSON with a type, but no call of Segment's.
    const Read result = read(R"({"log":{"entries":[
        {"request":{"method":"POST","url":"https://a.io/rpc","postData":{"text":"{\"type\":\"login\",\"userId\":\"u\"}"}}},
        {"request":{"method":"POST","url":"https://a.io/v1/t","postData":{"text":"no JSON"}}},
        {"request":{"method":"POST","url":"nowhere"}},
        {"request":{}},
        7]}})");
    QVERIFY(!result.report);
    QVERIFY(result.requests.empty());
    QCOMPARE(result.report.error().why,
             u"It is a HAR of 5 requests, of which none carries Segment events."_s);
}

void TstImportReader::curlKeepsHead()
{
    const Read result = read("curl 'https://KEY@eu.example.com:8443/seg/v1/track?a b' -H 'X-A: 1' -d '" +
                             QByteArray(track) + "'");
    QVERIFY2(result.report.has_value(),
             result.report ? "" : result.report.error().oneLine().toUtf8().constData());
    QCOMPARE(result.requests.front().request.request.head,
             QByteArray("POST /seg/v1/track?a%20b HTTP/1.1\r\nHost: eu.example.com:8443\r\nX-A: 1\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n"
                        "Authorization: Basic S0VZOg==\r\n\r\n"));
    QCOMPARE(result.requests.front().request.receivedUs, std::int64_t{0});
}

void TstImportReader::curlProblemsHaveTheirPlace()
{
    const Read result = read("curl https://api.segment.io/v1/t -d '" + QByteArray(track) +
                             "'\ncurl https://api.segment.io/v1/t -d @body.json\n"
                             "curl 'https://cdn.segment.com/v1/projects/KEY/settings?writeKey=KEY'\n");
    QVERIFY(result.report);
    QCOMPARE(result.report->requests, std::uint64_t{1});
    QCOMPARE(problemsOf(*result.report),
             QByteArray("command 2: Its body is in the file body.json, which is not read: put it into the "
                        "command.\n"
                        "command 3 (GET https://cdn.segment.com): This request "
                        "carries no Segment events."));
}

void TstImportReader::headersCannotAddLines()
{
    const Read result =
        read(R"({"log":{"entries":[{"request":{"method":"POST","url":"https://api.segment.io/v1/t\r\nX: 1",
        "headers":[{"name":"A\r\nB","value":"1\r\nC: 2"}],"postData":{"text":"{}"}}}]}})");
    QVERIFY(result.report);
    QCOMPARE(result.requests.front().request.request.head,
             QByteArray("POST /v1/t%0D%0AX:%201 HTTP/1.1\r\nHost: api.segment.io\r\nA  B: 1  C: 2\r\n\r\n"));
}

void TstImportReader::stops()
{
    const auto source = std::make_unique<std::stop_source>();
    int taken = 0;
    const auto report = segment::readImport(
        QByteArray(track) + '\n' + track + '\n' + track,
        [&taken, &source](const ImportedRequest &) {
            ++taken;
            source->request_stop();
        },
        source->get_token());
    QVERIFY(!report);
    QCOMPARE(report.error().code, base::ErrorCode::Cancelled);
    QCOMPARE(taken, 1);
}

QTEST_GUILESS_MAIN(TstImportReader)
#include "tst_importreader.moc"
