// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

/// `trackside-cli doctor` against an API that answers what the test says.
class TstDoctor : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void help();
    void clientsInWords();
    void nothingCameYet();
    void jsonAsItIs();
    void failOn_data();
    void failOn();
    void nobodyAnswers();
    void answersThatAreNone_data();
    void answersThatAreNone();
    void strangersTextIsPlain();
    void badUsage_data();
    void badUsage();

private:
    struct Finished
    {
        int status = -1;
        QByteArray out, err;
    };
    [[nodiscard]] Finished run(QStringList arguments = {});

    std::unique_ptr<QTcpServer> m_server;
    QByteArray m_answer, m_asked;
};

namespace {

QByteArray json(const QByteArray &body, const QByteArray &status = "200 OK")
{
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

constexpr char clients[] = R"({"clients":[
{"name":"Safari on an iPhone, 192.168.1.23","address":"192.168.1.23","modes":["endpoint","proxy-tls"],"counts":{"tlsRefused":2},
 "diagnoses":[{"code":"not_trusted","level":"problem","what":"It does not trust it.","next":"Install it.","at":"x"},
              {"code":"broken_http","level":"note","what":"It went away.","at":"x"}]},
{"name":"curl 7.88.1 on this machine","address":"127.0.0.1","modes":["endpoint"],"counts":{"events":3},
 "diagnoses":[{"code":"well","level":"good","what":"Captured: 3 events, the last 4 s ago.","at":"x"}]}]}
)";

} // namespace

void TstDoctor::init()
{
    m_asked.clear();
    m_answer = json(clients);
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    connect(m_server.get(), &QTcpServer::newConnection, this, [this] {
        QTcpSocket *const socket = m_server->nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            m_asked += socket->readAll();
            if (m_asked.endsWith("\r\n\r\n")) {
                socket->write(m_answer);
                socket->disconnectFromHost();
            }
        });
    });
}

TstDoctor::Finished TstDoctor::run(QStringList arguments)
{
    if (!arguments.contains(u"--api"_s)) {
        arguments << u"--api"_s << u"127.0.0.1:%1"_s.arg(m_server->serverPort());
    }
    QProcess process;
    process.start(QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s,
                  QStringList{u"doctor"_s} + arguments);
    // The test's own server answers meanwhile.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30'000)) {
        process.kill();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TstDoctor::help()
{
    const Finished finished = run({u"--help"_s});
    QCOMPARE(finished.status, 0);
    for (const char *named :
         {"Usage: trackside-cli doctor [options]", "--api <ADDR:PORT>", "--json", "--fail-on <LEVEL>"}) {
        QVERIFY2(finished.out.contains(named), finished.out.constData());
    }
}

void TstDoctor::clientsInWords()
{
    const Finished finished = run();
    QCOMPARE(finished.status, 0);
    QCOMPARE(finished.err, QByteArray());
    QVERIFY2(m_asked.startsWith("GET /api/v1/clients HTTP/1.1\r\n"), m_asked.constData());
    QCOMPARE(finished.out, QByteArray("Safari on an iPhone, 192.168.1.23\n"
                                      "  by its host setting; through the proxy, decrypted\n"
                                      "  problem  It does not trust it.\n"
                                      "           Install it.\n"
                                      "  note     It went away.\n"
                                      "\n"
                                      "curl 7.88.1 on this machine\n"
                                      "  by its host setting\n"
                                      "  ok       Captured: 3 events, the last 4 s ago.\n"));
}

void TstDoctor::nothingCameYet()
{
    m_answer = json(R"({"clients":[]})");
    const Finished finished = run({u"--fail-on"_s, u"error"_s});
    QCOMPARE(finished.status, 0);
    QVERIFY2(finished.out.startsWith("Nothing has reached Trackside yet."), finished.out.constData());
}

void TstDoctor::jsonAsItIs()
{
    const Finished finished = run({u"--json"_s});
    QCOMPARE(finished.status, 0);
    QCOMPARE(finished.out, QByteArray(clients));
}

void TstDoctor::failOn_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<int>("status");

    QTest::newRow("problem by default") << QStringList() << QByteArray("problem") << 0;
    QTest::newRow("problem, none") << QStringList{u"--fail-on"_s, u"none"_s} << QByteArray("problem") << 0;
    QTest::newRow("problem, error") << QStringList{u"--fail-on"_s, u"error"_s} << QByteArray("problem") << 1;
    QTest::newRow("note, error") << QStringList{u"--fail-on"_s, u"error"_s} << QByteArray("note") << 0;
    QTest::newRow("good, error") << QStringList{u"--fail-on"_s, u"error"_s} << QByteArray("good") << 0;
    QTest::newRow("problem, error, JSON")
        << QStringList{u"--json"_s, u"--fail-on"_s, u"error"_s} << QByteArray("problem") << 1;
}

void TstDoctor::failOn()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, level);
    QFETCH(int, status);
    m_answer = json(R"({"clients":[{"name":"x","modes":[],"diagnoses":[{"level":")" + level +
                    R"(","what":"y"}]}]})");
    QCOMPARE(run(arguments).status, status);
}

void TstDoctor::nobodyAnswers()
{
    const quint16 port = m_server->serverPort();
    m_server->close();
    const QString address = u"127.0.0.1:%1"_s.arg(port);
    const Finished finished = run({u"--api"_s, address});
    QCOMPARE(finished.status, 2);
    QCOMPARE(finished.out, QByteArray());
    QVERIFY2(finished.err.contains("No Trackside answers at " + address.toLatin1()),
             finished.err.constData());
    QVERIFY2(finished.err.contains("HTTP API on"), finished.err.constData());
    QVERIFY2(finished.err.contains("serve --api"), finished.err.constData());
    QCOMPARE(finished.err.count('\n'), 1);
}

void TstDoctor::answersThatAreNone_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("said");

    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QByteArray("No Trackside answers");
    QTest::newRow("nothing") << QByteArray() << QByteArray("No Trackside answers");
    QTest::newRow("problem") << json(R"({"detail":"The token is missing or wrong."})", "401 Unauthorized")
                             << QByteArray("The token is missing or wrong.");
    QTest::newRow("another server") << json("<html>", "404 Not Found") << QByteArray("status 404");
    QTest::newRow("other JSON") << json("{}") << QByteArray("does not tell of its clients");
    QTest::newRow("broken JSON") << json(R"({"clients":[)") << QByteArray("does not tell of its clients");
}

void TstDoctor::answersThatAreNone()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, said);
    m_answer = answer;
    const Finished finished = run();
    QCOMPARE(finished.status, 2);
    QCOMPARE(finished.out, QByteArray());
    QVERIFY2(finished.err.contains(said), finished.err.constData());
}

void TstDoctor::strangersTextIsPlain()
{
    m_answer = json(R"({"clients":[{"name":"\u001b[31mred\nname","modes":[],"diagnoses":[]}]})");
    QCOMPARE(run().out, QByteArray(" [31mred name\n"));
}

void TstDoctor::badUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("level") << QStringList{u"--fail-on"_s, u"warning"_s};
    QTest::newRow("address") << QStringList{u"--api"_s, u"nowhere"_s};
    QTest::newRow("argument") << QStringList{u"phone"_s};
    QTest::newRow("option") << QStringList{u"--verbose"_s};
}

void TstDoctor::badUsage()
{
    QFETCH(QStringList, arguments);
    const Finished finished = run(arguments);
    QCOMPARE(finished.status, 2);
    QCOMPARE(finished.err.count('\n'), 1);
    QVERIFY(m_asked.isEmpty());
}

QTEST_GUILESS_MAIN(TstDoctor)
#include "tst_doctor.moc"
