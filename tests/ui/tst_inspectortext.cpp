// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspectedevent.h"
#include "ui/inspector/requesttext.h"
#include "ui/widgets/jsonformat.h"
#include "json/parser.h"

#include <QLocale>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class TstInspectorText : public QObject
{
    Q_OBJECT
private slots:
    void formattingKeepsTheBytesOfValues_data();
    void formattingKeepsTheBytesOfValues();
    void longStringsAreCutForDisplay();
    void nestingDoesNotExplode();
    void headersComeInOrder();
    void credentialsAreMasked_data();
    void credentialsAreMasked();
    void writeKeysInBodiesAreMasked_data();
    void writeKeysInBodiesAreMasked();
    void keysInTargetsAreMasked();
    void curlIsAShellCommand();
    void curlSendsTheBody_data();
    void curlSendsTheBody();
    void offsetOfAReason_data();
    void offsetOfAReason();
    void hexShowsBytes();
    void aBodyThatIsNoJsonIsShownAsItCame();
};

namespace {

store::EventDetail detailOf(const QByteArray &body)
{
    store::EventDetail detail;
    detail.method = "POST";
    detail.target = "/v1/track";
    detail.head = "POST /v1/track HTTP/1.1\r\nHost: localhost:8765\r\nauthorization: Basic c2VjcmV0OjE=\r\n"
                  "Content-Type: application/json\r\nContent-Length: 9\r\nX-Test: it's\r\n\r\n";
    detail.requestBody = body;
    detail.event.body = body;
    return detail;
}

QString formatted(const QByteArray &json)
{
    json::Parser parser;
    const auto parsed = parser.parse(json);
    return parsed ? ui::formatJson((*parsed)->root()) : u"no JSON"_s;
}

} // namespace

void TstInspectorText::formattingKeepsTheBytesOfValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("laidOut");
    QTest::newRow("order and numbers")
        << R"({"b":1.0,"a":12345678901234567890,"c":1e3,"d":-0.10})"_ba
        << u"{\n  \"b\": 1.0,\n  \"a\": 12345678901234567890,\n  \"c\": 1e3,\n  \"d\": -0.10\n}"_s;
    QTest::newRow("escapes") << R"(["\u00e9\/","\ud83d\ude00"])"_ba
                             << u"[\n  \"\\u00e9\\/\",\n  \"\\ud83d\\ude00\"\n]"_s;
    QTest::newRow("empty") << R"({"a":{},"b":[]})"_ba << u"{\n  \"a\": {},\n  \"b\": []\n}"_s;
    QTest::newRow("duplicate keys") << R"({"a":1,"a":2})"_ba << u"{\n  \"a\": 1,\n  \"a\": 2\n}"_s;
    QTest::newRow("a word") << "true"_ba << u"true"_s;
}

void TstInspectorText::formattingKeepsTheBytesOfValues()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, laidOut);
    QCOMPARE(formatted(json), laidOut);
}

void TstInspectorText::longStringsAreCutForDisplay()
{
    json::Parser parser;
    const auto parsed = parser.parse("[\"" + QByteArray(5'000, 'x') + "\"]");
    QVERIFY(parsed);
    const QString cut = ui::formatJson((*parsed)->root(), {.maxStringChars = 100});
    QVERIFY(cut.size() < 200);
    QVERIFY2(cut.contains(QLocale().toString(4902)), qPrintable(cut)); // 5,000 and two quotes, less a hundred
    QVERIFY(ui::formatJson((*parsed)->root()).size() > 5'000);
}

void TstInspectorText::nestingDoesNotExplode()
{
    constexpr int levels = 5'000;
    json::Parser parser;
    const auto parsed = parser.parse(QByteArray(levels, '[') + QByteArray(levels, ']'));
    QVERIFY(parsed);
    QVERIFY(ui::formatJson((*parsed)->root()).size() < 2'000'000);
}

void TstInspectorText::headersComeInOrder()
{
    const auto headers =
        ui::headersOf("POST / HTTP/1.1\r\nB: 1\r\na:  two words \r\nnonsense\r\nB: 2\r\n\r\n");
    QCOMPARE(headers.size(), std::size_t(3));
    QCOMPARE(headers[0].name, "B"_ba);
    QCOMPARE(headers[1].value, "two words"_ba);
    QCOMPARE(headers[2].value, "2"_ba);
}

void TstInspectorText::credentialsAreMasked_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("shown");
    const QByteArray basic = "Basic " + QByteArray("abcdefghijkl1234:").toBase64();
    QTest::newRow("basic") << "Authorization"_ba << basic << u"Basic …1234"_s;
    QTest::newRow("bearer") << "AUTHORIZATION"_ba
                            << "Bearer abcdefghijkl9876"_ba << u"Bearer …9876"_s;
    QTest::newRow("cookie") << "Cookie"_ba
                            << "sessionidsecret"_ba << u"…cret"_s;
    QTest::newRow("harmless") << "User-Agent"_ba
                              << "axios/1.7"_ba << u"axios/1.7"_s;
}

void TstInspectorText::credentialsAreMasked()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const QString, shown);
    QCOMPARE(ui::shownHeaderValue({name, value}), shown);
}

void TstInspectorText::writeKeysInBodiesAreMasked_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("top") << R"({"writeKey":"abcdefghijkl1234","a":1})"_ba
                         << R"({"writeKey":"************1234","a":1})"_ba;
    QTest::newRow("spaced") << R"({ "writeKey" : "abcdefghi" })"_ba
                            << R"({ "writeKey" : "******ghi" })"_ba;
    QTest::newRow("short") << R"({"writeKey":"ab"})"_ba
                           << R"({"writeKey":"**"})"_ba;
    QTest::newRow("null") << R"({"writeKey":null})"_ba
                          << R"({"writeKey":null})"_ba;
    QTest::newRow("cut off") << R"({"writeKey":"abcdefghijkl)"_ba
                             << R"({"writeKey":"********ijkl)"_ba;
    QTest::newRow("none") << R"({"event":"x"})"_ba
                          << R"({"event":"x"})"_ba;
}

void TstInspectorText::writeKeysInBodiesAreMasked()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, shown);
    QCOMPARE(ui::withMaskedWriteKeys(body), shown);
}

void TstInspectorText::keysInTargetsAreMasked()
{
    QCOMPARE(ui::shownTarget("/v1/projects/abcdefghijkl1234/settings"), u"/v1/projects/…1234/settings"_s);
    QCOMPARE(ui::shownTarget("/v1/pixel/track?data=e30"), u"/v1/pixel/track?data=e30"_s);
}

void TstInspectorText::curlIsAShellCommand()
{
    const QString command = ui::curlCommand(detailOf(R"({"writeKey":"abcdefghijkl1234","event":"it's"})"_ba));
    QVERIFY(command.startsWith(u"curl -X POST 'http://localhost:8765/v1/track'"_s));
    QVERIFY(command.contains(u"-u \"$WRITE_KEY:\""_s));
    QVERIFY(command.contains(u"-H 'Content-Type: application/json'"_s));
    QVERIFY(!command.contains(u"Content-Length"_s));
    QVERIFY(!command.contains(u"abcdefghijkl1234"_s));
    QVERIFY(!command.contains(u"c2VjcmV0OjE"_s));
}

void TstInspectorText::curlSendsTheBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("quotes") << R"({"event":"it's \"so\" $HOME `id`"})"_ba
                            << R"({"event":"it's \"so\" $HOME `id`"})"_ba;
    QTest::newRow("write key") << R"({"writeKey":"abcdefghijkl1234","a":'})"_ba
                               << R"({"writeKey":"KEY","a":'})"_ba;
    QTest::newRow("bytes") << "\x1f\x8b\x00\xff"_ba + QByteArray("\0\xfe", 2)
                           << "\x1f\x8b\x00\xff"_ba + QByteArray("\0\xfe", 2);
}

void TstInspectorText::curlSendsTheBody()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, sent);
    // A shell function stands in for curl and prints what follows --data-binary.
    QString command = ui::curlCommand(detailOf(body));
    const QString curl = u"curl() { while [ $# -gt 0 ]; do if [ \"$1\" = --data-binary ]; then "
                         u"if [ \"$2\" = @- ]; then cat; else printf %s \"$2\"; fi; fi; shift; done; }\n"_s;
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"WRITE_KEY"_s, u"KEY"_s);
    shell.setProcessEnvironment(environment);
    shell.start(u"/bin/sh"_s, {u"-c"_s, curl + command});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    QCOMPARE(shell.readAllStandardOutput(), sent);
}

void TstInspectorText::offsetOfAReason_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("offset");
    QTest::newRow("byte") << "Unexpected character at byte 3"_ba << 3;
    QTest::newRow("line and column") << "A comma is missing (line 2, column 2)."_ba << 5;
    QTest::newRow("beyond") << "at byte 300"_ba << -1;
    QTest::newRow("no place") << "The body is empty."_ba << -1;
}

void TstInspectorText::offsetOfAReason()
{
    QFETCH(const QByteArray, reason);
    QFETCH(const int, offset);
    QCOMPARE(static_cast<int>(ui::offsetNamedIn(reason, "abc\nxyz").value_or(-1)), offset);
}

void TstInspectorText::hexShowsBytes()
{
    const QString dump = ui::hexDump("\x1f\x8b"
                                     "abc",
                                     100);
    QVERIFY2(dump.startsWith(u"000000  1f 8b 61 62 63"_s), qPrintable(dump));
    QVERIFY(dump.contains(u"··abc"_s));
}

void TstInspectorText::aBodyThatIsNoJsonIsShownAsItCame()
{
    const auto inspected = ui::inspect(detailOf("{\"a\": "));
    QVERIFY(!inspected->document);
    QCOMPARE(inspected->pretty, u"{\"a\": "_s);
}

QTEST_GUILESS_MAIN(TstInspectorText)
#include "tst_inspectortext.moc"
