// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/decode.h"

#include <QCryptographicHash>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <zlib.h>

using namespace Qt::StringLiterals;
using event::CallType;
using event::RuleId;

namespace {

constexpr std::int64_t receivedUs = 1'795'483'045'000'000; // 2026-11-24T01:17:25Z
const QByteArray longKey = "FAKE_WRITE_KEY_0001";

event::CapturedRequest post(const QByteArray &target, const QByteArray &body,
                            std::vector<http::Header> headers = {})
{
    event::CapturedRequest captured;
    captured.token = {7, 9};
    captured.receivedUs = receivedUs;
    captured.peer = "127.0.0.1:40822";
    captured.request.method = "POST";
    captured.request.target = target;
    captured.request.headers = std::move(headers);
    captured.request.head = "POST " + target + " HTTP/1.1\r\n\r\n";
    captured.request.body = body;
    return captured;
}

event::CapturedRequest get(const QByteArray &target)
{
    event::CapturedRequest captured = post(target, {});
    captured.request.method = "GET";
    return captured;
}

http::Header basic(const QByteArray &user)
{
    return {"Authorization", "Basic " + user.toBase64()};
}

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 32,
                   '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// "word pointer arg|arg" of every finding, one a line.
QByteArray textOf(const std::vector<event::Finding> &findings)
{
    QByteArray text;
    for (const event::Finding &finding : findings) {
        const std::string_view word = event::word(finding.rule);
        text += QByteArray(word.data(), static_cast<qsizetype>(word.size())) + ' ' +
                finding.at.toString().toUtf8() + ' ' + finding.args.join(u'|').toUtf8() + '\n';
    }
    return text;
}

QByteArray rangeOf(const segment::Decoded &decoded, std::size_t index)
{
    const event::EventDraft &draft = decoded.events[index].draft;
    return decoded.request.body.mid(draft.begin, draft.end - draft.begin);
}

QByteArray keyHash(const QByteArray &key)
{
    return QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().first(16);
}

/// Knows one key's source, whatever the event.
class WebShop final : public segment::SourceResolver
{
public:
    [[nodiscard]] segment::KnownSource source(const segment::SourceFacts &facts) const override
    {
        const bool isOurs = facts.writeKey == longKey.toStdString() && facts.keyHash == keyHash(longKey);
        return {{}, isOurs ? u"Web shop"_s : QString()};
    }
    [[nodiscard]] Reads reads() const override { return Reads::Key; }
};

std::string raw(json::Value value)
{
    return std::string(value.raw());
}

} // namespace

class TstDecode : public QObject
{
    Q_OBJECT

private slots:
    void rejects_data();
    void rejects();
    void keepsWhatHttpRejected();
    void finds_data();
    void finds();
    void findsSizes();
    void oneBadEventHidesNoOther();
    void takesTypes_data();
    void takesTypes();
    void takesNames_data();
    void takesNames();
    void findsWriteKeys_data();
    void findsWriteKeys();
    void namesSources_data();
    void namesSources();
    void undoesCodings();
    void mergesTheEnvelope_data();
    void mergesTheEnvelope();
    void keepsNumbersAndOrder();
    void strictRefusesButKeeps();
    void notJsonPointsAtItsEvent();
    void readsForms_data();
    void readsForms();
    void readsLines();
    void storedEventsHaveTheirOwnEnvelope();
    void brokenPixelsGetTheirGif();
    void jsonpIsAnswered();
    void carriesTheRequest();
    void envelopes_data();
    void envelopes();
    void storedEventsMergeAgain();
    void readsManyEvents();

private:
    json::Parser m_parser;
    segment::DecodeOptions m_options;
};

void TstDecode::rejects_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("reason"); ///< a part of it
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &body, int status,
                        const char *code, const QString &reason, const QByteArray &encoding = {}) {
        QTest::newRow(name) << target << body << encoding << status << QByteArray(code) << reason;
    };
    row("no body", "/v1/t", "", 400, "empty_body", u"no body"_s);
    row("white space", "/v1/t", " \n", 400, "invalid_json", u"no value"_s);
    row("not JSON", "/v1/batch", "{\"batch\":[\n{\"a\":x}]}", 400, "invalid_json", u"(line 2, column 6)"_s);
    row("hole in the batch", "/v1/import", "{\"batch\":[, ,]}", 400, "invalid_json",
        u"Expected a value but found ','. (line 1, column 11)"_s);
    row("unescaped backslash", "/v1/track", "{\"event\":\"C:\\path\"}", 400, "invalid_json",
        u"no JSON escape"_s);
    row("invalid UTF-8", "/v1/track", "{\"event\":\"\xFF\"}", 400, "invalid_json", u"0xFF"_s);
    row("UTF-16", "/v1/track", QByteArray("\xFF\xFE{\0}\0", 6), 400, "invalid_json", u"UTF-16"_s);
    row("form without JSON", "/v1/track", "data=hello%20world", 400, "invalid_json", u"found data"_s);
    row("cut gzip", "/v1/batch", gzipped("{\"batch\":[]}").chopped(6), 400, "bad_gzip", {}, "gzip");
    row("gzip bomb", "/v1/batch", gzipped(QByteArray(3'000'000, ' ')), 413, "too_large", {}, "gzip");
    row("unknown coding", "/v1/batch", "\x0B\x02\x80hello\x03", 415, "unsupported_encoding", u"br"_s, "br");
    row("batch missing", "/v1/batch", "{\"sentAt\":null}", 400, "no_batch", u"no `batch`"_s);
    row("empty object on the batch path", "/v1/b", "{}", 400, "no_batch", u"no `batch`"_s);
    row("empty object on the import path", "/v1/import/", "{}", 400, "no_batch", u"no `batch`"_s);
    row("batch is an object", "/v1/batch", "{\"batch\":{}}", 400, "no_batch", u"object"_s);
    row("batch is null", "/v1/batch", "{\"batch\":null}", 400, "no_batch", u"null"_s);
    row("array", "/v1/batch", "[{\"type\":\"track\"}]", 400, "no_batch", u"no `batch`"_s);
    row("array on a typed path", "/v1/track", "[]", 400, "not_an_event", u"neither"_s);
    row("number", "/v1/track", "42", 400, "not_an_event", u"neither"_s);
    row("other JSON on any path", "/graphql", "{\"query\":\"{ me }\"}", 400, "not_an_event", u"neither"_s);
    row("empty batch", "/v1/batch", "{\"batch\":[]}", 200, "empty_batch", u"no events"_s);
    row("too many events", "/v1/batch", "{\"batch\":[1,2,3,4,5,6,7,8,9,10,11]}", 413, "too_large",
        u"11 events"_s);
}

void TstDecode::rejects()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, encoding);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    QFETCH(QString, reason);
    segment::DecodeOptions options;
    options.maxInflatedBytes = 1'000'000;
    options.maxBatchEvents = 10;
    std::vector<http::Header> headers{basic(longKey + ':')};
    if (!encoding.isEmpty()) {
        headers.push_back({"Content-Encoding", encoding});
    }
    const segment::Decoded decoded = segment::decode(post(target, body, headers), m_parser, options);
    QCOMPARE(decoded.request.rejectCode, code);
    QVERIFY2(QString::fromUtf8(decoded.request.rejectReason).contains(reason),
             decoded.request.rejectReason.constData());
    QVERIFY(!decoded.request.rejectReason.isEmpty());
    QCOMPARE(decoded.request.reply.status, status);
    QVERIFY(decoded.document == nullptr);
    QVERIFY(decoded.events.empty());
    QCOMPARE(decoded.request.wireBody, body);
    QCOMPARE(decoded.request.events.size(), std::size_t{1});
    const event::EventDraft &draft = decoded.request.events.front();
    QCOMPARE(draft.type, CallType::None);
    QCOMPARE(draft.status, event::Status::Rejected);
    QCOMPARE(draft.name, QString::fromLatin1(code));
    QCOMPARE(draft.source.keyHash, keyHash(longKey));
    const auto reply = nlohmann::json::parse(decoded.request.reply.body.toStdString());
    QCOMPARE(reply["success"].get<bool>(), status == 200);
    if (status != 200) {
        QCOMPARE(QByteArray::fromStdString(reply["code"].get<std::string>()), code);
        QCOMPARE(QByteArray::fromStdString(reply["message"].get<std::string>()),
                 decoded.request.rejectReason);
    }
}

void TstDecode::keepsWhatHttpRejected()
{
    event::CapturedRequest captured = post("/v1/t", "half a bo");
    captured.rejectCode = "body_cut";
    captured.rejectReason = "The connection ended in the middle of the body.";
    captured.rejectStatus = 400;
    const segment::Decoded decoded = segment::decode(captured, m_parser, m_options);
    QCOMPARE(decoded.request.rejectCode, "body_cut"_ba);
    QCOMPARE(decoded.request.rejectReason, captured.rejectReason);
    QCOMPARE(decoded.request.reply.status, 400);
    QCOMPARE(decoded.request.body, "half a bo"_ba);
    QCOMPARE(decoded.request.events.size(), std::size_t{1});
    QCOMPARE(decoded.request.events.front().source.keyHash, "none"_ba);
}

void TstDecode::finds_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body"); ///< writeKey and identity are added unless the row says KEEP
    QTest::addColumn<QByteArray>("findings");
    const auto row = [](const char *name, const QByteArray &members, const QByteArray &findings,
                        const QByteArray &target = "/v1/batch") {
        const QByteArray id = members.contains("messageId") ? QByteArray() : R"("messageId":"m",)"_ba;
        const QByteArray own = members.isEmpty() ? members : members + ',' + id;
        QTest::newRow(name) << target
                            << QByteArray("{" + own + "\"anonymousId\":\"a\",\"writeKey\":\"" + longKey +
                                          "\"}")
                            << findings;
    };
    const auto whole = [](const char *name, const QByteArray &body, const QByteArray &findings,
                          const QByteArray &target = "/v1/batch") {
        QTest::newRow(name) << target << body << findings;
    };
    row("fine", R"("type":"track","event":"E","properties":{},"context":{},"integrations":{"All":true})", "");
    row("no type", R"("event":"E")", "protocol/unknown-type /type \n");
    row("unknown type", R"("type":"Track","event":"E")", "protocol/unknown-type /type Track\n");
    row("type is a number", R"("type":5,"event":"E")", "protocol/unknown-type /type 5\n");
    row("type of the path", R"("event":"E")", "", "/v1/t");
    row("another type than the path", R"("type":"page","event":"E")",
        "protocol/type-mismatch /type page|track\n", "/v1/track");
    row("odd type on a path", R"("type":null,"event":"E")", "", "/v1/track");
    row("track without event", R"("type":"track")", "protocol/no-event-name /event \n");
    row("track with an empty event", R"("type":"track","event":" ")", "protocol/no-event-name /event \n");
    row("track with a number", R"("type":"track","event":5)", "protocol/no-event-name /event \n");
    row("group without groupId", R"("type":"group")", "protocol/no-group-id /groupId \n");
    row("group with a number", R"("type":"group","groupId":5)",
        "protocol/identity-type /groupId groupId|integer\n");
    row("alias of nobody", R"("type":"alias")",
        "protocol/alias-incomplete /previousId previousId\nprotocol/alias-incomplete /userId userId\n");
    row("alias", R"("type":"alias","userId":"u","previousId":"p")", "");
    row("page without a name", R"("type":"page")", "");
    whole("no identity", "{\"messageId\":\"m\",\"type\":\"page\",\"writeKey\":\"" + longKey + "\"}",
          "protocol/no-identity /userId \n");
    whole("null identities",
          "{\"messageId\":\"m\",\"type\":\"page\",\"userId\":null,\"anonymousId\":null,\"writeKey\":\"" +
              longKey + "\"}",
          "protocol/no-identity /userId \n");
    whole("empty identity alone",
          "{\"messageId\":\"m\",\"type\":\"page\",\"userId\":\" \",\"writeKey\":\"" + longKey + "\"}",
          "protocol/no-identity /userId \nprotocol/empty-identity /userId userId\n");
    row("empty identity beside another", R"("type":"page","userId":"")",
        "protocol/empty-identity /userId userId\n");
    row("userId is a number", R"("type":"page","userId":42)",
        "protocol/identity-type /userId userId|integer\n");
    row("userId is a decimal", R"("type":"page","userId":4.5)",
        "protocol/identity-type /userId userId|number\n");
    row("userId is an object", R"("type":"page","userId":{})",
        "protocol/identity-type /userId userId|object\n");
    row("context null", R"("type":"page","context":null)", "protocol/not-object /context context|null\n");
    row("context a string", R"("type":"page","context":"x")",
        "protocol/not-object /context context|string\n");
    row("properties an array", R"("type":"page","properties":[1])",
        "protocol/not-object /properties properties|array\n");
    row("PHP's empty arrays",
        R"("type":"identify","context":[],"integrations":[],"traits":[],"properties":[])",
        "protocol/empty-array /context context\nprotocol/empty-array /integrations integrations\n"
        "protocol/empty-array /properties properties\nprotocol/empty-array /traits traits\n");
    row("Go's all", R"("type":"page","integrations":{"all":false,"Mixpanel":true})",
        "protocol/integrations-all /integrations/all all\n");
    row("timestamp no time", R"("type":"page","timestamp":"yesterday")",
        "protocol/timestamp /timestamp timestamp|yesterday\n");
    row("timestamp a number", R"("type":"page","timestamp":1795483045)",
        "protocol/timestamp /timestamp timestamp|1795483045\n");
    row("timestamp null", R"("type":"page","timestamp":null)", "");
    row("sentAt no time", R"("type":"page","sentAt":"now")", "protocol/timestamp /sentAt sentAt|now\n");
    row("clock a minute off", R"("type":"page","sentAt":"2026-11-24T01:18:25Z")", "");
    row("clock ahead", R"("type":"page","sentAt":"2026-11-24T01:18:26.400Z")",
        "protocol/clock-skew /sentAt 61|\n");
    row("clock behind", R"("type":"page","sentAt":"2026-11-24T00:17:25Z")",
        "protocol/clock-skew /sentAt 3600|\n");
    row("messageId of 100 characters",
        "\"type\":\"page\",\"messageId\":\"" + QByteArray("é").repeated(100) + '"', "");
    row("messageId of 101 characters",
        "\"type\":\"page\",\"messageId\":\"" + QByteArray("é").repeated(101) + '"',
        "protocol/message-id-long /messageId 101\n");
    whole("no write key", R"({"messageId":"m","type":"page","userId":"u"})",
          "protocol/no-write-key /writeKey \n");
    whole("empty write key", R"({"messageId":"m","type":"page","userId":"u","writeKey":""})",
          "protocol/no-write-key /writeKey \n");
    whole("short write key", R"({"messageId":"m","type":"page","userId":"u","writeKey":"abc"})",
          "protocol/write-key-short /writeKey \n");
    row("integer over 64 bits", R"("type":"page","properties":{"n":[1,18446744073709551616]})",
        "protocol/big-integer /properties/n/1 18446744073709551616\n");
    row("1e400", R"("type":"page","properties":{"n":1e400})", "protocol/big-integer /properties/n 1e400\n");
    row("lone surrogate", R"("type":"page","properties":{"a/b":"x\ud800"})",
        "protocol/lone-surrogate /properties/a~1b \n");
    row("lone surrogate in a key", R"("type":"page","properties":{"\ud800":1})",
        "protocol/lone-surrogate /properties/\xEF\xBF\xBD \n");
    row("duplicate key", R"("type":"page","properties":{"a":1,"a":2})",
        "protocol/duplicate-key /properties/a a\n");
    whole("byte order mark",
          "\xEF\xBB\xBF{\"messageId\":\"m\",\"type\":\"page\",\"userId\":\"u\",\"writeKey\":\"" + longKey +
              "\"}",
          "protocol/byte-order-mark  \n");
    row("NaN", R"("type":"page","properties":{"n":NaN})", "protocol/not-json /properties/n NaN|1|34\n");
    row("deep nesting",
        R"("type":"page","properties":)" + QByteArray("[").repeated(150) + QByteArray("]").repeated(150),
        "protocol/not-object /properties properties|array\nprotocol/deep-nesting  151\n");
}

void TstDecode::finds()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, findings);
    const segment::Decoded decoded = segment::decode(post(target, body), m_parser, m_options);
    QCOMPARE(decoded.request.rejectCode, QByteArray());
    QCOMPARE(decoded.request.reply.status, 200);
    QCOMPARE(decoded.events.size(), std::size_t{1});
    QCOMPARE(textOf(decoded.events.front().draft.findings), findings);
    for (const event::Finding &finding : decoded.events.front().draft.findings) {
        QCOMPARE(finding.severity, event::defaultSeverity(finding.rule));
    }
    if (target != "/v1/batch") {
        return;
    }
    // In a batch the same event finds the same, with pointers of its own.
    const bool hasMark = body.startsWith("\xEF\xBB\xBF");
    const QByteArray batch = "{\"batch\":[{\"type\":\"page\"}," + body.mid(hasMark ? 3 : 0) + "]}";
    const segment::Decoded again = segment::decode(post("/v1/batch", batch), m_parser, m_options);
    QCOMPARE(again.events.size(), std::size_t{2});
    const auto isAboutText = [](const event::Finding &finding) {
        return finding.rule == RuleId::ProtocolNotJson || finding.rule == RuleId::ProtocolByteOrderMark;
    };
    std::vector<event::Finding> own = decoded.events.front().draft.findings;
    std::vector<event::Finding> batched = again.events.back().draft.findings;
    std::erase_if(own, isAboutText);
    std::erase_if(batched, isAboutText);
    QCOMPARE(textOf(batched), textOf(own));
}

void TstDecode::findsSizes()
{
    const QByteArray small =
        "{\"messageId\":\"m\",\"type\":\"page\",\"userId\":\"u\",\"writeKey\":\"" + longKey + "\"}";
    const auto findingsOf = [&](const QByteArray &body, std::size_t index) {
        return textOf(
            segment::decode(post("/v1/batch", body), m_parser, m_options).events.at(index).draft.findings);
    };
    QByteArray large = small;
    large.replace("\"u\"", '"' + QByteArray(33'000, 'u') + '"');
    QCOMPARE(findingsOf(large, 0), "protocol/event-too-large  " + QByteArray::number(large.size()) + '\n');
    QCOMPARE(findingsOf("{\"batch\":[" + small + ',' + large + "]}", 0), QByteArray());

    QByteArray batch = "{\"batch\":[";
    for (int i = 0; i < 2500; ++i) {
        batch += small + ',';
    }
    batch.back() = ']';
    QCOMPARE(findingsOf(batch + '}', 2499), QByteArray());
    const QByteArray many = batch.chopped(1) + ',' + small + "]}";
    QCOMPARE(findingsOf(many, 0), "protocol/batch-too-many  2501\n"_ba);
    const QByteArray heavy = "{\"batch\":[" + small + "],\"padding\":\"" + QByteArray(512'000, 'x') + "\"}";
    QCOMPARE(findingsOf(heavy, 0), "protocol/batch-too-large  " + QByteArray::number(heavy.size()) + '\n');

    QByteArray wide = small.chopped(1) + ",\"properties\":{";
    for (int i = 0; i < 10'001; ++i) {
        wide += '"' + QByteArray::number(i) + "\":1,";
    }
    wide.back() = '}';
    wide += '}';
    QVERIFY(findingsOf(wide, 0).contains("protocol/too-many-properties /properties 10001\n"));
}

void TstDecode::oneBadEventHidesNoOther()
{
    const QByteArray body =
        R"({"batch":[{"messageId":"m","type":"track","event":"A","userId":"u"},42,null,"x",[],{"messageId":"n","type":"nonsense","userId":"u"},)"
        R"({},{"type":"identify","userId":7}],"writeKey":"FAKE_WRITE_KEY_0001"})";
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body), m_parser, m_options);
    QCOMPARE(decoded.request.reply.status, 200);
    QCOMPARE(decoded.request.rejectCode, QByteArray());
    QCOMPARE(decoded.events.size(), std::size_t{8});
    QCOMPARE(decoded.events[0].draft.name, u"A"_s);
    QCOMPARE(textOf(decoded.events[0].draft.findings), QByteArray());
    QCOMPARE(textOf(decoded.events[1].draft.findings), "protocol/not-object  batch[1]|integer\n"_ba);
    QCOMPARE(rangeOf(decoded, 1), "42"_ba);
    QCOMPARE(textOf(decoded.events[2].draft.findings), "protocol/not-object  batch[2]|null\n"_ba);
    QCOMPARE(textOf(decoded.events[3].draft.findings), "protocol/not-object  batch[3]|string\n"_ba);
    QCOMPARE(textOf(decoded.events[4].draft.findings), "protocol/not-object  batch[4]|array\n"_ba);
    QCOMPARE(textOf(decoded.events[5].draft.findings), "protocol/unknown-type /type nonsense\n"_ba);
    QVERIFY(textOf(decoded.events[6].draft.findings).contains("protocol/unknown-type /type \n"));
    QCOMPARE(decoded.events[7].draft.type, CallType::Identify);
    QCOMPARE(decoded.events[7].draft.userId, u"7"_s);
    QCOMPARE(rangeOf(decoded, 7), R"({"type":"identify","userId":7})"_ba);
    for (const segment::DecodedEvent &one : decoded.events) {
        QCOMPARE(one.draft.source.keyHash, keyHash(longKey));
        QCOMPARE(one.draft.status, event::Status::Unchecked);
    }
}

void TstDecode::takesTypes_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<CallType>("type");
    QTest::newRow("path letter") << "/v1/i"_ba
                                 << "{\"userId\":\"u\"}"_ba << CallType::Identify;
    QTest::newRow("path word") << "/v1/screen"_ba
                               << "{}"_ba << CallType::Screen;
    QTest::newRow("path over body") << "/v1/t"_ba
                                    << "{\"type\":\"page\"}"_ba << CallType::Track;
    QTest::newRow("body on the batch path") << "/v1/batch"_ba
                                            << "{\"type\":\"page\"}"_ba << CallType::Page;
    QTest::newRow("body on any path") << "/custom"_ba
                                      << "{\"type\":\"group\"}"_ba << CallType::Group;
    QTest::newRow("batch on a typed path") << "/v1/track"_ba
                                           << "{\"batch\":[{\"type\":\"alias\"}]}"_ba << CallType::Alias;
    QTest::newRow("batch on any path") << "/"_ba
                                       << "{\"batch\":[{\"type\":\"page\"}]}"_ba << CallType::Page;
    QTest::newRow("batch without type on a typed path")
        << "/v1/track"_ba
        << "{\"batch\":[{\"event\":\"E\"}]}"_ba << CallType::None;
    QTest::newRow("import") << "/v1/import/"_ba
                            << "{\"batch\":[{\"type\":\"track\"}]}"_ba << CallType::Track;
}

void TstDecode::takesTypes()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(CallType, type);
    const segment::Decoded decoded = segment::decode(post(target, body), m_parser, m_options);
    QCOMPARE(decoded.events.size(), std::size_t{1});
    QCOMPARE(decoded.events.front().draft.type, type);
}

void TstDecode::takesNames_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("name");
    QTest::newRow("track") << R"({"type":"track","event":"Order Completed","name":"x"})"_ba
                           << u"Order Completed"_s;
    QTest::newRow("page") << R"({"type":"page","name":"Home","category":"Docs","event":"x"})"_ba << u"Home"_s;
    QTest::newRow("page of a category") << R"({"type":"page","category":"Docs"})"_ba << u"Docs"_s;
    QTest::newRow("screen, empty category")
        << R"({"type":"screen","name":"Cart","category":""})"_ba << u"Cart"_s;
    QTest::newRow("identify") << R"({"type":"identify","name":"x","event":"y"})"_ba << QString();
    QTest::newRow("group") << R"({"type":"group","groupId":"g","name":"x"})"_ba << QString();
    QTest::newRow("unknown type") << R"({"type":"order","event":"Bought"})"_ba << u"Bought"_s;
    QTest::newRow("escapes") << R"({"type":"track","event":"Gr\u00fc\u00dfe \ud83d\ude00"})"_ba
                             << u"Grüße 😀"_s;
    QTest::newRow("NUL") << R"({"type":"track","event":"a\u0000b"})"_ba << QString::fromUtf8("a\0b", 3);
}

void TstDecode::takesNames()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, name);
    QCOMPARE(segment::decode(post("/v1/batch", body), m_parser, m_options).events.front().draft.name, name);
}

void TstDecode::findsWriteKeys_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("differ");
    const QByteArray with = R"({"batch":[{"type":"page"}],"writeKey":"KEY_IN_ENVELOPE"})";
    const QByteArray without = R"({"batch":[{"type":"page"}]})";
    const QByteArray own =
        R"({"batch":[{"type":"page","writeKey":"KEY_OF_EVENT"}],"writeKey":"KEY_IN_ENVELOPE"})";
    const auto coded = [](const char *text) { return QByteArray(text).toBase64(); };
    QTest::newRow("envelope") << "/v1/b"_ba << with << QByteArray() << "KEY_IN_ENVELOPE"_ba << false;
    QTest::newRow("event over envelope") << "/v1/b"_ba << own << QByteArray() << "KEY_OF_EVENT"_ba << false;
    QTest::newRow("header") << "/v1/b"_ba << without << QByteArray("Basic " + coded("KEY_IN_HEADER:"))
                            << "KEY_IN_HEADER"_ba << false;
    QTest::newRow("header, no colon")
        << "/v1/b"_ba << without << QByteArray("Basic " + coded("KEY_IN_HEADER")) << "KEY_IN_HEADER"_ba
        << false;
    QTest::newRow("header, with a password")
        << "/v1/b"_ba << without << QByteArray("basic  " + coded("KEY_IN_HEADER:pw")) << "KEY_IN_HEADER"_ba
        << false;
    QTest::newRow("body over header") << "/v1/b"_ba << with << QByteArray("BASIC " + coded("KEY_IN_HEADER:"))
                                      << "KEY_IN_ENVELOPE"_ba << true;
    QTest::newRow("body and header agree")
        << "/v1/b"_ba << with << QByteArray("Basic " + coded("KEY_IN_ENVELOPE:")) << "KEY_IN_ENVELOPE"_ba
        << false;
    QTest::newRow("bearer") << "/v1/b"_ba << with << "Bearer TOKEN_TOKEN"_ba
                            << "KEY_IN_ENVELOPE"_ba << false;
    QTest::newRow("bearer alone") << "/v1/b"_ba << without << "Bearer TOKEN_TOKEN"_ba << QByteArray()
                                  << false;
    QTest::newRow("query") << "/v1/b?writeKey=KEY%20IN_QUERY"_ba << without << QByteArray()
                           << "KEY IN_QUERY"_ba << false;
    QTest::newRow("header over query")
        << "/v1/b?writeKey=KEY_IN_QUERY"_ba << without << QByteArray("Basic " + coded("KEY_IN_HEADER:"))
        << "KEY_IN_HEADER"_ba << false;
    QTest::newRow("null in the body")
        << "/v1/b"_ba
        << R"({"batch":[{"type":"page"}],"writeKey":null})"_ba
        << QByteArray("Basic " + coded("KEY_IN_HEADER:")) << "KEY_IN_HEADER"_ba << false;
    QTest::newRow("none") << "/v1/b"_ba << without << QByteArray() << QByteArray() << false;
}

void TstDecode::findsWriteKeys()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, key);
    QFETCH(bool, differ);
    std::vector<http::Header> headers;
    if (!authorization.isEmpty()) {
        headers.push_back({"authorization", authorization});
    }
    const segment::Decoded decoded = segment::decode(post(target, body, headers), m_parser, m_options);
    const event::EventDraft &draft = decoded.events.front().draft;
    QCOMPARE(draft.source.keyHash, key.isEmpty() ? "none"_ba : keyHash(key));
    QVERIFY(!draft.source.maskedKey.contains(QString::fromLatin1(key)) || key.isEmpty());
    const QByteArray findings = textOf(draft.findings);
    QCOMPARE(findings.contains("write-key-mismatch"), differ);
    QCOMPARE(findings.contains("no-write-key"), key.isEmpty());
}

void TstDecode::namesSources_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("userAgent");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("library");
    QTest::newRow("app's own name")
        << R"({"app":{"name":"Shop"},"library":{"name":"analytics-swift","version":"1.9.4"}})"_ba
        << QByteArray() << u"Shop"_s << u"analytics-swift 1.9.4"_s;
    QTest::newRow("library") << R"({"library":{"name":"@segment/analytics-node","version":"3.1.0"}})"_ba
                             << "node"_ba << u"analytics-node …0001"_s << u"analytics-node 3.1.0"_s;
    QTest::newRow("browser build") << R"({"library":{"name":"analytics.js","version":"npm:next-1.84.3"}})"_ba
                                   << "Mozilla/5.0 (X11)"_ba << u"analytics.js …0001"_s
                                   << u"analytics.js 1.84.3"_s;
    QTest::newRow("no version") << R"({"library":{"name":"amp"}})"_ba << QByteArray() << u"amp …0001"_s
                                << u"amp"_s;
    QTest::newRow("user agent") << "{}"_ba
                                << "curl/7.88.1"_ba << u"curl …0001"_s << u"curl 7.88.1"_s;
    QTest::newRow("user agent of Go")
        << "{}"_ba
        << "analytics-go (version: 3.0.0)"_ba << u"analytics-go …0001"_s << u"analytics-go 3.0.0"_s;
    QTest::newRow("user agent of a browser")
        << "{}"_ba
        << "Mozilla/5.0 (X11; Linux)"_ba << u"browser …0001"_s << u"browser"_s;
    QTest::newRow("page of a browser")
        << R"({"page":{"url":"https://me@shop.example.com:8080/cart?x"},"library":{"name":"analytics.js"}})"_ba
        << "Mozilla/5.0"_ba << u"shop.example.com:8080"_s << u"analytics.js"_s;
    QTest::newRow("file of a browser")
        << R"({"page":{"url":"file:///home/x.html"},"library":{"name":"analytics.js"}})"_ba
        << "Mozilla/5.0"_ba << u"analytics.js …0001"_s << u"analytics.js"_s;
    QTest::newRow("page that a server speaks of")
        << R"({"page":{"url":"https://shop.example.com/"},"library":{"name":"analytics-go"}})"_ba
        << QByteArray() << u"analytics-go …0001"_s << u"analytics-go"_s;
    QTest::newRow("nothing") << "null"_ba << QByteArray() << u"source …0001"_s << QString();
}

void TstDecode::namesSources()
{
    QFETCH(QByteArray, context);
    QFETCH(QByteArray, userAgent);
    QFETCH(QString, name);
    QFETCH(QString, library);
    const QByteArray body =
        "{\"type\":\"page\",\"writeKey\":\"" + longKey + "\",\"context\":" + context + '}';
    const event::CapturedRequest captured = post("/v1/p", body, {{"User-Agent", userAgent}});
    const event::SourceKey source =
        segment::decode(captured, m_parser, m_options).events.front().draft.source;
    QCOMPARE(source.suggestedName, name);
    QCOMPARE(source.library, library);
    QCOMPARE(source.maskedKey, u"…0001"_s);

    segment::DecodeOptions named;
    named.sources = std::make_shared<const WebShop>();
    QCOMPARE(segment::decode(captured, m_parser, named).events.front().draft.source.suggestedName,
             u"Web shop"_s);
    const event::SourceKey none =
        segment::decode(post("/v1/p", "{}"), m_parser, named).events.front().draft.source;
    QCOMPARE(none.suggestedName, u"No write key"_s);
    QCOMPARE(none.keyHash, "none"_ba);
}

void TstDecode::undoesCodings()
{
    const QByteArray body = R"({"batch":[{"type":"page","userId":"u"}]})";
    const QByteArray packed = gzipped(body);
    const segment::Decoded withHeader =
        segment::decode(post("/v1/b", packed, {{"Content-Encoding", "gzip"}}), m_parser, m_options);
    QCOMPARE(withHeader.request.body, body);
    QCOMPARE(withHeader.request.wireBody, packed);
    QCOMPARE(withHeader.request.coding, http::Coding::Gzip);
    QCOMPARE(rangeOf(withHeader, 0), R"({"type":"page","userId":"u"})"_ba);
    QCOMPARE(segment::decode(post("/v1/b", packed), m_parser, m_options).request.body, body);
    const segment::Decoded plain =
        segment::decode(post("/v1/b", body, {{"Content-Encoding", "gzip"}}), m_parser, m_options);
    QCOMPARE(plain.request.body, body);
    QCOMPARE(plain.request.coding, http::Coding::Identity);
}

void TstDecode::mergesTheEnvelope_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<QByteArray>("merged"); ///< null: nothing to merge
    const QByteArray go = R"("context":{"library":{"name":"analytics-go"}})";
    QTest::newRow("nothing to add") << R"({"type":"page","context":{"a":1}})"_ba
                                    << "\"sentAt\":null"_ba << QByteArray();
    QTest::newRow("no context of its own")
        << R"({"type":"page"})"_ba << go
        << R"({"type":"page","context":{"library":{"name":"analytics-go"}}})"_ba;
    QTest::newRow("empty event") << "{ }"_ba << go
                                 << R"({ "context":{"library":{"name":"analytics-go"}}})"_ba;
    QTest::newRow("the event's own wins")
        << R"({"context":{"ip":"1","library":{"name":"own"}},"type":"page"})"_ba << go << QByteArray();
    QTest::newRow("keys are joined")
        << R"({"context":{"ip":"1"},"type":"page"})"_ba << go
        << R"({"context":{"ip":"1","library":{"name":"analytics-go"}},"type":"page"})"_ba;
    QTest::newRow("empty context") << R"({"context":{},"type":"page"})"_ba << go
                                   << R"({"context":{"library":{"name":"analytics-go"}},"type":"page"})"_ba;
    QTest::newRow("integrations too")
        << R"({"integrations":{"All":true}})"_ba
        << R"("integrations":{"All":false,"B":1.50},)" + go
        << R"({"integrations":{"All":true,"B":1.50},"context":{"library":{"name":"analytics-go"}}})"_ba;
    QTest::newRow("context null is left") << R"({"context":null})"_ba << go << QByteArray();
    QTest::newRow("context text is left") << R"({"context":"x"})"_ba << go << QByteArray();
    QTest::newRow("empty array")
        << R"({"context":[],"properties":[ ],"traits":[]})"_ba << go
        << R"({"context":{"library":{"name":"analytics-go"}},"properties":{},"traits":{}})"_ba;
    QTest::newRow("envelope's context null") << R"({"type":"page"})"_ba
                                             << "\"context\":null"_ba << QByteArray();
    QTest::newRow("escaped keys stay escaped") << R"({"context":{"a":1}})"_ba
                                               << R"("context":{"\u0061":2,"b\n":3})"_ba
                                               << R"({"context":{"a":1,"b\n":3}})"_ba;
}

void TstDecode::mergesTheEnvelope()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, envelope);
    QFETCH(QByteArray, merged);
    const QByteArray body = "{" + envelope + ",\"batch\":[{}," + event + "]}";
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body), m_parser, m_options);
    QCOMPARE(decoded.events.size(), std::size_t{2});
    QCOMPARE(rangeOf(decoded, 1), event);
    QCOMPARE(decoded.events[1].mergedDocument == nullptr, merged.isNull());
    QCOMPARE(raw(decoded.events[1].merged), (merged.isNull() ? event : merged).toStdString());

    // The same again from what the store keeps.
    const event::EventDraft &draft = decoded.events[1].draft;
    const segment::MergedEvent stored = segment::mergedEvent(body, draft.begin, draft.end, m_parser);
    QVERIFY(stored.document != nullptr);
    QCOMPARE(raw(stored.value), raw(decoded.events[1].merged));
}

void TstDecode::keepsNumbersAndOrder()
{
    const QByteArray event =
        R"({"z":1.50,"a":-0,"n":18446744073709551615,"type":"track","event":"E","big":1e400})";
    const segment::Decoded decoded = segment::decode(post("/v1/track", event), m_parser, m_options);
    QCOMPARE(rangeOf(decoded, 0), event);
    QCOMPARE(raw(decoded.events.front().merged.find("n")), "18446744073709551615");
    QCOMPARE(raw(decoded.events.front().merged.find("a")), "-0");
}

void TstDecode::strictRefusesButKeeps()
{
    const QByteArray body =
        R"({"batch":[{"type":"page","userId":"u"},{"type":"page","userId":"v","properties":{"x":Infinity}}]})";
    segment::DecodeOptions strict;
    strict.isStrict = true;
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body), m_parser, strict);
    QCOMPARE(decoded.request.reply.status, 400);
    QVERIFY(decoded.request.reply.body.contains("invalid_json"));
    QCOMPARE(decoded.request.rejectCode, QByteArray());
    QCOMPARE(decoded.events.size(), std::size_t{2});
    QCOMPARE(segment::decode(post("/v1/batch", body), m_parser, m_options).request.reply.status, 200);
    const QByteArray fine = R"({"batch":[{"type":"page","userId":"u"}]})";
    QCOMPARE(segment::decode(post("/v1/batch", fine), m_parser, strict).request.reply.status, 200);
}

void TstDecode::notJsonPointsAtItsEvent()
{
    const QByteArray body = "{\"batch\":[{\"type\":\"page\"},\n {\"type\":\"page\",\"p\":{\"x\":[1,NaN]}}]}";
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body), m_parser, m_options);
    QVERIFY(!textOf(decoded.events[0].draft.findings).contains("not-json"));
    QVERIFY(textOf(decoded.events[1].draft.findings).contains("protocol/not-json /p/x/1 NaN|2|29\n"));
    // Outside of the events it spoils them all.
    const QByteArray outside =
        "{\"batch\":[{\"type\":\"page\"},{\"type\":\"page\"}],\"sequence\":NaN,\"sentAt\":1,\"sentAt\":null}";
    const segment::Decoded spoiled = segment::decode(post("/v1/batch", outside), m_parser, m_options);
    for (const segment::DecodedEvent &one : spoiled.events) {
        QVERIFY(textOf(one.draft.findings).contains("protocol/not-json  NaN|1|55\n"));
        QVERIFY(textOf(one.draft.findings).contains("protocol/duplicate-key  sentAt\n"));
    }
}

void TstDecode::readsForms_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = R"({"type":"track","event":"A b","userId":"u"})";
    QTest::newRow("json=") << QByteArray("json=" + json.toPercentEncoding());
    QTest::newRow("data= with plus") << QByteArray("data=" + json.toPercentEncoding().replace("%20", "+"));
    QTest::newRow("data= in base64") << QByteArray("data=" + json.toBase64());
}

void TstDecode::readsForms()
{
    QFETCH(QByteArray, body);
    const segment::Decoded decoded = segment::decode(post("/v1/track", body), m_parser, m_options);
    QCOMPARE(decoded.events.size(), std::size_t{1});
    QCOMPARE(decoded.events.front().draft.name, u"A b"_s);
    QCOMPARE(rangeOf(decoded, 0), R"({"type":"track","event":"A b","userId":"u"})"_ba);
    QCOMPARE(decoded.request.wireBody, body);
}

void TstDecode::storedEventsHaveTheirOwnEnvelope()
{
    const QByteArray first =
        R"({"context":{"ip":"1"},"batch":[{"type":"page","userId":"a"},{"type":"page","userId":"b"}]})";
    const QByteArray second = QByteArray(first).replace(R"("1")", R"("2")");
    const QByteArray single = R"({"type":"page","userId":"a"})";
    const auto range = [](const QByteArray &body, const QByteArray &event) {
        const auto begin = static_cast<std::uint32_t>(body.indexOf(event));
        return std::pair(begin, begin + static_cast<std::uint32_t>(event.size()));
    };
    segment::StoredEvents events;
    const auto ip = [&](const QByteArray &body, const QByteArray &event) {
        const auto [begin, end] = range(body, event);
        const segment::MergedEvent merged = events.merged(body, begin, end, m_parser);
        return QByteArray::fromStdString(std::string(merged.value.find("context").find("ip").text()));
    };
    QCOMPARE(ip(first, R"({"type":"page","userId":"a"})"), "1"_ba);
    QCOMPARE(ip(first, R"({"type":"page","userId":"b"})"), "1"_ba);
    QCOMPARE(ip(second, R"({"type":"page","userId":"b"})"), "2"_ba);
    QCOMPARE(ip(single, single), ""_ba);
    QCOMPARE(ip(first, R"({"type":"page","userId":"a"})"), "1"_ba);
}

void TstDecode::readsLines()
{
    const std::vector<http::Header> ndjson{{"Content-Type", "application/x-ndjson; charset=utf-8"}};
    const QByteArray body =
        "{\"type\":\"page\",\"userId\":\"u\"}\n\n{\"type\":\"track\",\"event\":\"E\",\"properties\":[]}\r\n";
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body, ndjson), m_parser, m_options);
    QCOMPARE(decoded.request.rejectCode, QByteArray());
    QCOMPARE(decoded.events.size(), std::size_t{2});
    QCOMPARE(rangeOf(decoded, 0), "{\"type\":\"page\",\"userId\":\"u\"}"_ba);
    QCOMPARE(raw(decoded.events[0].merged), "{\"type\":\"page\",\"userId\":\"u\"}");
    QCOMPARE(rangeOf(decoded, 1), "{\"type\":\"track\",\"event\":\"E\",\"properties\":[]}"_ba);
    QCOMPARE(raw(decoded.events[1].merged.find("properties")), "{}");
    const event::EventDraft &draft = decoded.events[1].draft;
    QCOMPARE(raw(segment::mergedEvent(body, draft.begin, draft.end, m_parser).value.find("event")), "\"E\"");
    // Without the content type it is two values where one belongs.
    QCOMPARE(segment::decode(post("/v1/batch", body), m_parser, m_options).request.rejectCode,
             "invalid_json"_ba);
    const segment::Decoded bad =
        segment::decode(post("/v1/batch", body + "oops", ndjson), m_parser, m_options);
    QCOMPARE(bad.request.rejectCode, "invalid_json"_ba);
    QVERIFY(bad.request.rejectReason.contains("Line 4"));
    QVERIFY(bad.events.empty());
}

void TstDecode::brokenPixelsGetTheirGif()
{
    for (const char *target : {"/v1/pixel/track", "/v1/pixel/track?data=***", "/v1/pixel/track?data=e30x",
                               "/v1/pixel/track?data=W10="}) {
        const segment::Decoded decoded = segment::decode(get(target), m_parser, m_options);
        QCOMPARE(decoded.request.rejectCode, "bad_pixel"_ba);
        QCOMPARE(decoded.request.reply.status, 200);
        QCOMPARE(http::header(decoded.request.reply.headers, "Content-Type"), "image/gif"_ba);
        QCOMPARE(decoded.request.events.size(), std::size_t{1});
        QCOMPARE(decoded.request.events.front().status, event::Status::Rejected);
    }
    const segment::Decoded good =
        segment::decode(get("/v1/pixel/page?name=Home&userId=u&writeKey=" + longKey), m_parser, m_options);
    QCOMPARE(good.request.rejectCode, QByteArray());
    QCOMPARE(good.events.front().draft.type, CallType::Page);
    QCOMPARE(good.events.front().draft.name, u"Home"_s);
    QCOMPARE(good.events.front().draft.source.keyHash, keyHash(longKey));
    QCOMPARE(textOf(good.events.front().draft.findings), QByteArray());
    QVERIFY(good.request.wireBody.isEmpty());
}

void TstDecode::jsonpIsAnswered()
{
    const QByteArray event = "{\"event\":\"E\",\"userId\":\"u\",\"writeKey\":\"" + longKey + "\"}";
    const segment::Decoded decoded = segment::decode(
        get("/v1/t?callback=cb&data=" + event.toBase64(QByteArray::Base64UrlEncoding)), m_parser, m_options);
    QCOMPARE(decoded.request.reply.body, "cb({\"success\":true});"_ba);
    QCOMPARE(decoded.events.front().draft.type, CallType::Track);
    QCOMPARE(decoded.request.body, event);
}

void TstDecode::carriesTheRequest()
{
    const event::CapturedRequest captured = post(
        "/v1/t?x=1",
        R"({"event":"E","userId":"u","anonymousId":"a","messageId":"m","timestamp":"2026-11-24T01:17:25Z"})");
    const segment::Decoded decoded = segment::decode(captured, m_parser, m_options);
    QCOMPARE(decoded.request.token.connection, 7U);
    QCOMPARE(decoded.request.token.request, 9U);
    QCOMPARE(decoded.request.receivedUs, receivedUs);
    QCOMPARE(decoded.request.peer, "127.0.0.1:40822"_ba);
    QCOMPARE(decoded.request.method, "POST"_ba);
    QCOMPARE(decoded.request.target, "/v1/t?x=1"_ba);
    QCOMPARE(decoded.request.head, captured.request.head);
    QVERIFY(decoded.request.events.empty());
    // Without a coding nothing is copied.
    QVERIFY(decoded.request.body.constData() == decoded.request.wireBody.constData());
    const event::EventDraft &draft = decoded.events.front().draft;
    QCOMPARE(draft.userId, u"u"_s);
    QCOMPARE(draft.anonymousId, u"a"_s);
    QCOMPARE(draft.messageId, u"m"_s);
    QCOMPARE(draft.timestamp, "2026-11-24T01:17:25Z"_ba);
}

void TstDecode::envelopes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("envelope");
    QTest::newRow("single event") << R"({"type":"page"})"_ba << QByteArray();
    QTest::newRow("no JSON") << "x"_ba << QByteArray();
    QTest::newRow("batch only") << R"({"batch":[]})"_ba
                                << "{}"_ba;
    QTest::newRow("everything but the batch")
        << R"({"sentAt":"t","batch":[{"a":1}],"context":{"b":1.50},"writeKey":"FAKE_WRITE_KEY_0001"})"_ba
        << R"({"sentAt":"t","context":{"b":1.50},"writeKey":"…0001"})"_ba;
}

void TstDecode::envelopes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, envelope);
    QCOMPARE(segment::envelopeOf(body), envelope);
}

void TstDecode::storedEventsMergeAgain()
{
    QVERIFY(segment::mergedEvent("{}", 0, 9, m_parser).document == nullptr);
    QVERIFY(segment::mergedEvent("{}", 1, 1, m_parser).document == nullptr);
    QVERIFY(segment::mergedEvent("[1]", 1, 2, m_parser).document == nullptr);
    const segment::MergedEvent single =
        segment::mergedEvent(R"({"type":"page","traits":[]})", 0, 27, m_parser);
    QCOMPARE(raw(single.value), R"({"type":"page","traits":{}})");
}

void TstDecode::readsManyEvents()
{
    // Large batches, each event with a flaw of its own: work must stay in proportion.
    QByteArray body = "{\"batch\":[";
    for (int i = 0; i < 50'000; ++i) {
        body += "{\"type\":\"page\",\"userId\":\"\\ud800\",\"n\":18446744073709551617,\"n\":NaN},";
    }
    body.back() = ']';
    body += ",\"context\":{\"library\":{\"name\":\"x\"}}}";
    const segment::Decoded decoded = segment::decode(post("/v1/batch", body), m_parser, m_options);
    QCOMPARE(decoded.events.size(), std::size_t{50'000});
    const QByteArray findings = textOf(decoded.events.back().draft.findings);
    QVERIFY(findings.contains("protocol/not-json /n NaN"));
    QVERIFY(findings.contains("protocol/big-integer /n 18446744073709551617"));
    QVERIFY(findings.contains("protocol/duplicate-key /n n"));
    QVERIFY(findings.contains("protocol/lone-surrogate /userId"));
}

QTEST_GUILESS_MAIN(TstDecode)
#include "tst_decode.moc"
