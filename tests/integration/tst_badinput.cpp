// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>
#include <zlib.h>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::converse;
using support::ExportedEvent;
using support::statusOf;

/// Bad input gets a clear answer, is kept where it can be, and the rest of the capture goes on.
class TstBadInput : public QObject
{
    Q_OBJECT

private slots:
    void requestIsAnsweredAndKept_data();
    void requestIsAnsweredAndKept();
    void halfARequestIsKept();
    void deepNestingIsKept();
    void sizesAreAcceptedAndExplained();
    void strictModeAnswersAsSegment();
    void planThatIsNone_data();
    void planThatIsNone();
    void storeThatIsNone();
    void readOnlyFolder();
    void takenPort();
    void twoWriters();
    void wrongUsage_data();
    void wrongUsage();
};

namespace {

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 64,
                   '\0');
    QByteArray in = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray post(const QByteArray &body, const QByteArray &headers = {}, const QByteArray &path = "/v1/track")
{
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Basic " +
           QByteArray("FAKE_KEY_0001:").toBase64() + "\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

const QByteArray good = R"({"event":"Order Paid","userId":"u1"})";

void captureGoesOn(const CliProcess &server)
{
    QCOMPARE(statusOf(converse(server.port(), post(good), 1)), 200);
    const std::vector<ExportedEvent> events = server.events();
    QVERIFY(!events.empty());
    QCOMPARE(events.back().text("event"), u"Order Paid"_s);
}

} // namespace

void TstBadInput::requestIsAnsweredAndKept_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("kept"); ///< status word of the row that stands for it
    QTest::addColumn<QByteArray>("rule");
    const auto rejected = u"rejected"_s;
    const auto unchecked = u"unchecked"_s;
    QTest::newRow("two lengths")
        << QByteArray(
               "POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")
        << 400 << rejected << QByteArray();
    QTest::newRow("length and chunked") << QByteArray("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                                      "2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                        << 400 << rejected << QByteArray();
    QTest::newRow("bad gzip") << post("\x1f\x8b\x08rubbish", "Content-Encoding: gzip\r\n") << 400 << rejected
                              << QByteArray();
    QTest::newRow("gzip cut short") << post(gzipped(good).chopped(6), "Content-Encoding: gzip\r\n") << 400
                                    << rejected << QByteArray();
    QTest::newRow("gzip bomb") << post(gzipped(QByteArray(200 * 1024 * 1024, ' ')),
                                       "Content-Encoding: gzip\r\n")
                               << 413 << rejected << QByteArray();
    QTest::newRow("unknown coding") << post("whatever", "Content-Encoding: br\r\n") << 415 << rejected
                                    << QByteArray();
    QTest::newRow("no body") << post("") << 400 << rejected << QByteArray();
    QTest::newRow("not JSON") << post("hello") << 400 << rejected << QByteArray();
    QTest::newRow("invalid UTF-8") << post("{\"event\":\"a\xff\",\"userId\":\"u\"}") << 400 << rejected
                                   << QByteArray();
    QTest::newRow("holes in the batch")
        << post("{\"batch\":[, ,]}", {}, "/v1/batch") << 400 << rejected << QByteArray();
    QTest::newRow("batch is no array")
        << post("{\"batch\":{}}", {}, "/v1/batch") << 400 << rejected << QByteArray();
    QTest::newRow("empty batch") << post("{\"batch\":[]}", {}, "/v1/batch") << 200 << rejected
                                 << QByteArray();
    QTest::newRow("lone surrogate") << post(R"({"event":"a","userId":"u","properties":{"x":"\ud800"}})")
                                    << 200 << unchecked << QByteArray("protocol/lone-surrogate");
    QTest::newRow("duplicate keys") << post(R"({"event":"a","userId":"u","properties":{"x":1,"x":2}})") << 200
                                    << unchecked << QByteArray("protocol/duplicate-key");
    QTest::newRow("64-bit number")
        << post(R"({"event":"a","userId":"u","properties":{"x":18446744073709551616}})") << 200 << unchecked
        << QByteArray("protocol/big-integer");
    QTest::newRow("NaN") << post(R"({"event":"a","userId":"u","properties":{"x":NaN}})") << 200 << unchecked
                         << QByteArray("protocol/not-json");
    QTest::newRow("byte order mark") << post("\xef\xbb\xbf" + good) << 200 << unchecked
                                     << QByteArray("protocol/byte-order-mark");
    QTest::newRow("unknown method") << QByteArray("BREW /v1/track HTTP/1.1\r\nHost: a\r\n\r\n") << 400
                                    << rejected << QByteArray();
}

void TstBadInput::requestIsAnsweredAndKept()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QString, kept);
    QFETCH(QByteArray, rule);
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray answer = converse(server.port(), request, 1);
    QCOMPARE(statusOf(answer), status);
    if (status >= 400) {
        // Ruby reads `error`, Python dies without `code` and `message`.
        for (const char *key : {"\"error\"", "\"code\"", "\"message\""}) {
            QVERIFY2(answer.contains(key), answer.constData());
        }
    }
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("status"), kept);
    if (!rule.isEmpty()) {
        QVERIFY(events.front().hasFinding(rule.toStdString()));
    }
    captureGoesOn(server);
}

void TstBadInput::halfARequestIsKept()
{
    CliProcess server;
    QVERIFY(server.isListening());
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, server.port());
        QVERIFY(socket.waitForConnected(10'000));
        socket.write("POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"event\":\"Half");
        QVERIFY(socket.waitForBytesWritten(10'000));
        socket.disconnectFromHost();
        if (socket.state() != QAbstractSocket::UnconnectedState) {
            QVERIFY(socket.waitForDisconnected(10'000));
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(server.events().size(), 1U, 10'000);
    QCOMPARE(server.events().front().text("status"), u"rejected"_s);
    captureGoesOn(server);
}

void TstBadInput::deepNestingIsKept()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray deep = R"({"event":"Deep","userId":"u","properties":{"x":)" + QByteArray(5'000, '[') +
                            QByteArray(5'000, ']') + "}}";
    QCOMPARE(statusOf(converse(server.port(), post(deep), 1)), 200);
    QCOMPARE(server.events().size(), 1U);
    QVERIFY(server.events().front().hasFinding("protocol/deep-nesting"));
    // 1 MB of them is over what any reader holds: refused with a reason, and kept.
    const QByteArray bottomless =
        R"({"event":"Deep","userId":"u","properties":{"x":)" + QByteArray(1'000'000, '[');
    QCOMPARE(statusOf(converse(server.port(), post(bottomless), 1)), 400);
    QCOMPARE(server.events().back().text("status"), u"rejected"_s);
    captureGoesOn(server);
}

void TstBadInput::sizesAreAcceptedAndExplained()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const QByteArray large =
        R"({"event":"Large","userId":"u","properties":{"t":")" + QByteArray(40 * 1024, 'x') + "\"}}";
    QCOMPARE(statusOf(converse(server.port(), post(large), 1)), 200);
    QVERIFY(server.events().back().hasFinding("protocol/event-too-large"));

    QByteArray batch = "{\"batch\":[";
    for (int i = 0; i < 600; ++i) {
        batch += (i == 0 ? "" : ",") +
                 (R"({"type":"track","event":"One of Many","userId":"u","properties":{"t":")" +
                  QByteArray(950, 'y') + "\"}}");
    }
    batch += "]}";
    QCOMPARE(statusOf(converse(server.port(), post(batch, {}, "/v1/batch"), 1)), 200);
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 601U);
    QVERIFY(events.back().hasFinding("protocol/batch-too-large"));
    captureGoesOn(server);
}

void TstBadInput::strictModeAnswersAsSegment()
{
    CliProcess server({u"--strict-json"_s});
    QVERIFY(server.isListening());
    QCOMPARE(
        statusOf(converse(server.port(), post(R"({"event":"a","userId":"u","properties":{"x":NaN}})"), 1)),
        400);
    QCOMPARE(server.events().size(), 1U);
    QVERIFY(server.events().front().hasFinding("protocol/not-json"));
}

void TstBadInput::planThatIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("binary") << QByteArray("\x00\x01\x02\xff", 4);
    QTest::newRow("HTML") << QByteArray("<!doctype html><title>404</title>");
    QTest::newRow("an event") << QByteArray(R"({"type":"track","event":"A","userId":"u"})");
    QTest::newRow("an array") << QByteArray("[1,2]");
}

void TstBadInput::planThatIsNone()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"plan.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const support::Finished checked =
        support::runCli({u"check"_s, u"--plan"_s, file.fileName(), u"-"_s}, good);
    QCOMPARE(checked.exitCode, 2);
    QVERIFY2(checked.err.contains("plan.json"), checked.err.constData());
    QCOMPARE(checked.err.trimmed().count('\n'), 0);
    const support::Finished served = support::runCli(
        {u"serve"_s, u"--listen"_s, u":0"_s, u"--api"_s, u"off"_s, u"--plan"_s, file.fileName()});
    QCOMPARE(served.exitCode, 2);
}

void TstBadInput::storeThatIsNone()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"notes.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray notes(5'000, 'n');
    file.write(notes);
    file.close();
    for (const QStringList &command : {QStringList{u"query"_s, u"--store"_s, file.fileName()},
                                       QStringList{u"serve"_s, u"--listen"_s, u":0"_s, u"--api"_s, u"off"_s,
                                                   u"--store"_s, file.fileName()}}) {
        const support::Finished ended = support::runCli(command);
        QCOMPARE(ended.exitCode, 2);
        QVERIFY2(ended.err.contains("notes.txt"), ended.err.constData());
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), notes);
    const support::Finished missing =
        support::runCli({u"query"_s, u"--store"_s, folder.filePath(u"absent"_s)});
    QCOMPARE(missing.exitCode, 2);
    QVERIFY(!QFile::exists(folder.filePath(u"absent"_s)));
}

void TstBadInput::readOnlyFolder()
{
    if (::geteuid() == 0) {
        QFAIL("run as an unprivileged user (packaging/test does): permissions can't refuse root");
    }
    QTemporaryDir folder;
    QVERIFY(QFile::setPermissions(folder.path(), QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const support::Finished ended = support::runCli({u"serve"_s, u"--listen"_s, u":0"_s, u"--api"_s, u"off"_s,
                                                     u"--store"_s, folder.filePath(u"events.trackside"_s)});
    QFile::setPermissions(folder.path(),
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QCOMPARE(ended.exitCode, 2);
    QVERIFY2(ended.err.contains(folder.path().toUtf8()), ended.err.constData());
}

void TstBadInput::takenPort()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const support::Finished ended = support::runCli(
        {u"serve"_s, u"--api"_s, u"off"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(server.port())});
    QCOMPARE(ended.exitCode, 2);
    QVERIFY2(ended.err.contains("trackside-cli (pid " + QByteArray::number(server.pid())),
             ended.err.constData());
}

void TstBadInput::twoWriters()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const support::Finished ended = support::runCli(
        {u"serve"_s, u"--listen"_s, u":0"_s, u"--api"_s, u"off"_s, u"--store"_s, server.storePath()});
    QCOMPARE(ended.exitCode, 2);
    QVERIFY2(ended.err.contains(QByteArray::number(server.pid())), ended.err.constData());
    captureGoesOn(server);
}

void TstBadInput::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no command") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"capture"_s};
    QTest::newRow("unknown option") << QStringList{u"serve"_s, u"--prot"_s, u"1"_s};
    QTest::newRow("bad level") << QStringList{u"check"_s, u"--fail-on"_s, u"fatal"_s, u"-"_s};
    QTest::newRow("bad format") << QStringList{u"check"_s, u"--format"_s, u"xml"_s, u"-"_s};
    QTest::newRow("no events") << QStringList{u"check"_s};
    QTest::newRow("events that are not there") << QStringList{u"check"_s, u"/nowhere/events.ndjson"_s};
    QTest::newRow("bad duration") << QStringList{u"serve"_s, u"--duration"_s, u"soon"_s};
    QTest::newRow("bad address") << QStringList{u"serve"_s, u"--listen"_s, u"127.0.0.1:99999"_s};
    QTest::newRow("no store") << QStringList{u"query"_s, u"type:track"_s};
    QTest::newRow("unknown destination")
        << QStringList{u"serve"_s, u"--listen"_s, u":0"_s, u"--forward"_s, u"Nowhere"_s};
    QTest::newRow("bad conventions") << QStringList{u"serve"_s, u"--listen"_s, u":0"_s, u"--conventions"_s,
                                                    u"camel"_s};
}

void TstBadInput::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const support::Finished ended = support::runCli(arguments);
    QCOMPARE(ended.exitCode, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(!ended.err.trimmed().isEmpty());
    if (!arguments.isEmpty()) {
        QVERIFY2(ended.err.trimmed().count('\n') == 0, ended.err.constData());
    }
}

QTEST_GUILESS_MAIN(TstBadInput)
#include "tst_badinput.moc"
