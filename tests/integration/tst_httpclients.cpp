// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;
using support::Finished;

/// Debian's own HTTP clients doing what Segment's Python, Ruby and PHP SDKs do, and curl: on the port, in TLS
/// on the same port, and with Segment's own hosts through the proxy.
class TstHttpClients : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCallArrives_data();
    void everyCallArrives();
    void refusedBatchIsSentOnce();
    void numbersThatAreNoJson_data();
    void numbersThatAreNoJson();
    void oddObjectsAreKeptByteForByte_data();
    void oddObjectsAreKeptByteForByte();
    void curlThroughTheProxy_data();
    void curlThroughTheProxy();

private:
    [[nodiscard]] QStringList captureOptions() const { return {u"--ca"_s, m_folder.filePath(u"ca"_s)}; }

    QTemporaryDir m_folder;
    QString m_authority;
};

namespace {

/// What a client's script says it did.
struct Said
{
    QList<QByteArray> payloads; ///< as sent, before any gzip
    QList<int> statuses;
    QByteArray errors;
};

enum class Way : std::uint8_t {
    Port,  ///< http, or TLS where the SDK knows nothing else
    Proxy, ///< https://api.segment.io
};

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

Finished runScript(const QString &language, const QString &what, Way way, quint16 port,
                   const QString &authority)
{
    const QString scripts = QStringLiteral(TRACKSIDE_SCRIPTS) + u"/clients/"_s;
    const QString proxy = u"http://127.0.0.1:%1"_s.arg(port);
    const bool isProxied = way == Way::Proxy;
    if (language == u"python"_s) {
        return support::runProgram(
            u"/usr/bin/python3"_s,
            {scripts + u"python.py"_s, isProxied ? u"https://api.segment.io"_s : proxy, what},
            isProxied
                ? QMap<QString, QString>{{u"HTTPS_PROXY"_s, proxy}, {u"REQUESTS_CA_BUNDLE"_s, authority}}
                : QMap<QString, QString>{});
    }
    if (language == u"ruby"_s) {
        QMap<QString, QString> more{{u"SSL_CERT_FILE"_s, authority}};
        if (isProxied) {
            more.insert(u"http_proxy"_s, proxy);
        }
        return support::runProgram(u"ruby"_s,
                                   {scripts + u"ruby.rb"_s, isProxied ? u"api.segment.io"_s : u"127.0.0.1"_s,
                                    isProxied ? u"443"_s : QString::number(port), what},
                                   more);
    }
    return support::runProgram(u"php"_s,
                               {u"-d"_s, u"curl.cainfo="_s + authority, scripts + u"php.php"_s,
                                isProxied ? u"api.segment.io"_s : u"127.0.0.1:%1"_s.arg(port), what},
                               isProxied ? QMap<QString, QString>{{u"https_proxy"_s, proxy}}
                                         : QMap<QString, QString>{});
}

std::optional<Said> saidBy(const Finished &run)
{
    json::Parser parser;
    const auto parsed = parser.parse(run.out);
    if (run.exitCode != 0 || !parsed) {
        qWarning("%s%s", run.out.constData(), run.err.constData());
        return std::nullopt;
    }
    Said said;
    const json::Value root = (*parsed)->root();
    for (auto one = root.find("payloads").firstChild(); one; one = one.next()) {
        said.payloads.append(bytes(one.value().text()));
    }
    for (auto one = root.find("statuses").firstChild(); one; one = one.next()) {
        said.statuses.append(bytes(one.value().raw()).toInt());
    }
    said.errors = bytes(root.find("errors").raw());
    return said;
}

/// The elements of its batch, as sent.
QList<QByteArray> eventsOf(const QByteArray &payload)
{
    QList<QByteArray> events;
    json::Parser parser;
    if (const auto parsed = parser.parse(payload)) {
        for (auto one = (*parsed)->root().find("batch").firstChild(); one; one = one.next()) {
            events.append(bytes(one.value().raw()));
        }
    }
    return events;
}

QList<QByteArray> storedBy(const CliProcess &server)
{
    const Finished raw = support::runCli({u"export"_s, u"--store"_s, server.storePath(), u"--raw"_s});
    QList<QByteArray> stored = raw.out.split('\n');
    stored.removeAll(QByteArray());
    return stored;
}

} // namespace

void TstHttpClients::initTestCase()
{
    m_authority = support::makeAuthority(m_folder.filePath(u"ca"_s));
    QVERIFY(QFile::exists(m_authority));
}

void TstHttpClients::everyCallArrives_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("what");
    QTest::addColumn<Way>("way");
    QTest::newRow("python") << u"python"_s << u"plain"_s << Way::Port;
    QTest::newRow("python, gzip") << u"python"_s << u"gzip"_s << Way::Port;
    QTest::newRow("ruby, TLS on the port") << u"ruby"_s << u"plain"_s << Way::Port;
    QTest::newRow("php, TLS on the port") << u"php"_s << u"plain"_s << Way::Port;
    QTest::newRow("php, gzip in TLS on the port") << u"php"_s << u"gzip"_s << Way::Port;
    QTest::newRow("python through the proxy") << u"python"_s << u"plain"_s << Way::Proxy;
    QTest::newRow("ruby through the proxy") << u"ruby"_s << u"plain"_s << Way::Proxy;
    QTest::newRow("php through the proxy") << u"php"_s << u"plain"_s << Way::Proxy;
}

void TstHttpClients::everyCallArrives()
{
    QFETCH(QString, language);
    QFETCH(QString, what);
    QFETCH(Way, way);
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const auto said = saidBy(runScript(language, what, way, server.port(), m_authority));
    QVERIFY(said);
    QVERIFY2(said->statuses == QList<int>{200}, said->errors.constData()); // one POST: 200 and JSON
    QCOMPARE(storedBy(server), eventsOf(said->payloads.first()));
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 7U);
    for (const ExportedEvent &event : events) {
        QVERIFY(!event.hasFinding("protocol/no-write-key"));
        QVERIFY2(event.text("source").startsWith(u"analytics-"_s + language),
                 qPrintable(event.text("source")));
    }
}

void TstHttpClients::refusedBatchIsSentOnce()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const auto said = saidBy(runScript(u"python"_s, u"invalid"_s, Way::Port, server.port(), m_authority));
    QVERIFY(said);
    QVERIFY2(said->statuses == QList<int>{400}, said->errors.constData());
    QVERIFY2(said->errors.contains("invalid_json"), said->errors.constData());
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 1U);
    QCOMPARE(events.front().text("status"), u"rejected"_s);
}

void TstHttpClients::numbersThatAreNoJson_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::newRow("as captured") << QStringList{} << 200;
    QTest::newRow("as Segment") << QStringList{u"--strict-json"_s} << 400;
}

void TstHttpClients::numbersThatAreNoJson()
{
    QFETCH(QStringList, options);
    QFETCH(int, status);
    CliProcess server(options);
    QVERIFY(server.isListening());
    const auto said = saidBy(runScript(u"python"_s, u"nan"_s, Way::Port, server.port(), m_authority));
    QVERIFY(said);
    QCOMPARE(said->statuses, QList<int>{status});
    const std::vector<ExportedEvent> events = server.events();
    QCOMPARE(events.size(), 7U);
    QCOMPARE(storedBy(server), eventsOf(said->payloads.first()));
    for (std::size_t i = 0; i < events.size(); ++i) {
        QCOMPARE(events[i].hasFinding("protocol/not-json"), i == 1);
    }
    const std::string_view findings = events[1].at("findings").raw();
    QVERIFY2(findings.find("\"at\":\"/properties/nan\"") != std::string_view::npos,
             std::string(findings).c_str());
}

void TstHttpClients::oddObjectsAreKeptByteForByte_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("php's empty arrays")
        << u"php"_s << u"arrays"_s << QByteArray(R"("properties":[],"context":[],"integrations":[])")
        << QByteArray("protocol/empty-array");
    QTest::newRow("ruby's duplicate keys")
        << u"ruby"_s << u"duplicates"_s << QByteArray(R"("properties":{"a":1,"a":2})")
        << QByteArray("protocol/duplicate-key");
}

void TstHttpClients::oddObjectsAreKeptByteForByte()
{
    QFETCH(QString, language);
    QFETCH(QString, what);
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, rule);
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const auto said = saidBy(runScript(language, what, Way::Port, server.port(), m_authority));
    QVERIFY(said);
    QVERIFY2(said->statuses == QList<int>{200}, said->errors.constData());
    const QList<QByteArray> stored = storedBy(server);
    QCOMPARE(stored, eventsOf(said->payloads.first()));
    QVERIFY2(stored.front().contains(part), stored.front().constData());
    const std::vector<ExportedEvent> events = server.events();
    QVERIFY(events.front().hasFinding(rule.toStdString()));
}

void TstHttpClients::curlThroughTheProxy_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("options");
    const auto api = u"https://api.segment.io/v1/track"_s;
    QTest::newRow("HTTP/1.1") << api << QStringList{u"--http1.1"_s};
    QTest::newRow("HTTP/2 offered") << api << QStringList{u"--http2"_s};
    QTest::newRow("EU host") << u"https://events.eu1.segmentapis.com/v1/track"_s << QStringList{};
    QTest::newRow("http to Segment's host") << u"http://api.segment.io/v1/track"_s << QStringList{};
    QTest::newRow("Go, rebuilt") << api << QStringList{u"-A"_s,     u"analytics-go (version: 3.0.0)"_s,
                                                       u"-H"_s,     u"Content-Type: application/json"_s,
                                                       u"-H"_s,     u"Accept-Encoding: gzip"_s,
                                                       u"--http2"_s};
    QTest::newRow("to a proxy with a password")
        << api << QStringList{u"--proxy-user"_s, u"someone:secret-of-theirs"_s};
}

void TstHttpClients::curlThroughTheProxy()
{
    QFETCH(QString, url);
    QFETCH(QStringList, options);
    CliProcess server(captureOptions());
    QVERIFY(server.isListening());
    const QByteArray event = R"({"event":"Order Paid","userId":"u1"})";
    const Finished curl = support::runProgram(
        u"curl"_s,
        QStringList{u"-sS"_s, u"-m"_s, u"30"_s, u"-x"_s, u"http://127.0.0.1:%1"_s.arg(server.port()),
                    u"--cacert"_s, m_authority, u"-w"_s, u"\n%{http_code} %{http_version}"_s, u"-u"_s,
                    u"FAKE_KEY_0001:"_s, u"--data-binary"_s, u"@-"_s, url} +
            options,
        {}, event);
    QVERIFY2(curl.exitCode == 0, curl.err.constData());
    QCOMPARE(curl.out, QByteArray("{\"success\":true}\n200 1.1"));
    QCOMPARE(storedBy(server), QList<QByteArray>{event});
    const Finished ended = server.stop();
    QVERIFY(!ended.err.contains("secret-of-theirs"));
}

QTEST_GUILESS_MAIN(TstHttpClients)
#include "tst_httpclients.moc"
