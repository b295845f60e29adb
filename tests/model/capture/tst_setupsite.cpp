// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/setupsite.h"
#include "observations.h"

#include <nlohmann/json.hpp>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using capture::Arrival;
using capture::ClientLog;
using capture::Devices;
using capture::Mode;
using capture::SetupSite;
using Kind = capture::Observation::Kind;
using tests::observation;
using tests::Seen;

class TstSetupSite : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void paths_data();
    void paths();
    void otherPaths_data();
    void otherPaths();
    void testHostShowsThePage();
    void onlyReading_data();
    void onlyReading();
    void withoutTheSlash();
    void nothingFromElsewhere();
    void pageHoldsNoCodeOfItsOwn();
    void certificateIsNoKey();
    void withoutAnAuthority();
    void codeAccepts();
    void wrongCodeWaits();
    void thisMachineNeedsNoCode();
    void statusOfANewDevice();
    void statusCountsTheDevice();
    void statusOfTheProxy_data();
    void statusOfTheProxy();
    void notAcceptedForAnSdk();
    void notAcceptedForABrowser();

private:
    [[nodiscard]] std::optional<http::Response> ask(const QByteArray &target, const Arrival &arrival,
                                                    const QByteArray &method = "GET");
    [[nodiscard]] nlohmann::json status(const Arrival &arrival);

    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    std::shared_ptr<const tls::Authority> m_authority;
    std::unique_ptr<Devices> m_devices;
    std::unique_ptr<ClientLog> m_clients;
    std::unique_ptr<SetupSite> m_site;
};

namespace {

constexpr char phoneAddress[] = "192.168.1.23";

Arrival phone()
{
    Arrival arrival;
    arrival.peer = "192.168.1.23:40822";
    return arrival;
}

Arrival thisMachine()
{
    Arrival arrival;
    arrival.peer = "127.0.0.1:40822";
    return arrival;
}

QByteArray resource(const QString &name)
{
    QFile file(u":/setuppage/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TstSetupSite::init()
{
    if (m_authority == nullptr) {
        auto made = tls::Authority::create(m_folder.filePath(u"ca"_s), {}, m_clock);
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().oneLine()));
        m_authority = *made;
    }
    m_devices = std::make_unique<Devices>();
    m_clients = std::make_unique<ClientLog>();
    m_site = std::make_unique<SetupSite>(*m_devices, *m_clients, [this] {
        return base::Result<std::shared_ptr<const tls::Authority>>(m_authority);
    });
}

std::optional<http::Response> TstSetupSite::ask(const QByteArray &target, const Arrival &arrival,
                                                const QByteArray &method)
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers = {{"User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"}};
    request.head = method + ' ' + target + " HTTP/1.1\r\n\r\n";
    return m_site->answer(request, arrival, 1);
}

nlohmann::json TstSetupSite::status(const Arrival &arrival)
{
    const auto response = ask("/trackside/status", arrival);
    return response ? nlohmann::json::parse(response->body.toStdString(), nullptr, false) : nlohmann::json();
}

void TstSetupSite::paths_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("begin");

    QTest::newRow("page") << QByteArray("/trackside/") << QByteArray("text/html; charset=utf-8")
                          << QByteArray("<!doctype html>");
    QTest::newRow("page with a query")
        << QByteArray("/trackside/?a=b") << QByteArray("text/html; charset=utf-8") << QByteArray("<!doctype");
    QTest::newRow("style") << QByteArray("/trackside/setup.css") << QByteArray("text/css; charset=utf-8")
                           << QByteArray("/* SPDX");
    QTest::newRow("script") << QByteArray("/trackside/setup.js")
                            << QByteArray("text/javascript; charset=utf-8") << QByteArray("// SPDX");
    QTest::newRow("PEM") << QByteArray("/trackside/ca.pem") << QByteArray("application/x-pem-file")
                         << QByteArray("-----BEGIN CERTIFICATE-----");
    QTest::newRow("DER") << QByteArray("/trackside/ca.crt") << QByteArray("application/x-x509-ca-cert")
                         << QByteArray("\x30");
    QTest::newRow("profile") << QByteArray("/trackside/trackside.mobileconfig")
                             << QByteArray("application/x-apple-aspen-config") << QByteArray("<?xml");
    QTest::newRow("status") << QByteArray("/trackside/status") << QByteArray("application/json")
                            << QByteArray("{");
}

void TstSetupSite::paths()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, begin);
    for (const char *method : {"GET", "HEAD"}) {
        const auto response = ask(target, phone(), method);
        QVERIFY(response.has_value());
        QCOMPARE(response->status, 200);
        QCOMPARE(http::header(response->headers, "Content-Type"), type);
        QCOMPARE(http::header(response->headers, "Cache-Control"), QByteArray("no-store"));
        QCOMPARE(http::header(response->headers, "X-Content-Type-Options"), QByteArray("nosniff"));
        QVERIFY(http::header(response->headers, "Content-Security-Policy").startsWith("default-src 'none'"));
        QVERIFY(http::header(response->headers, "Access-Control-Allow-Origin").isNull());
        QVERIFY2(response->body.startsWith(begin), response->body.left(40).constData());
    }
}

void TstSetupSite::otherPaths_data()
{
    QTest::addColumn<QByteArray>("target");

    for (const char *target : {"/",
                               "/trackside/..",
                               "/trackside/../",
                               "/trackside/../etc/passwd",
                               "/trackside/%2e%2e/",
                               "/trackside//",
                               "//trackside/",
                               "/trackside/./",
                               "/trackside/.",
                               "/trackside/ca.key",
                               "/trackside/ca.pem/",
                               "/trackside/CA.PEM",
                               "/Trackside/",
                               "/trackside/ca%2epem",
                               "/trackside\\ca.pem",
                               "/trackside/..\\ca.pem",
                               "/trackside/setup.js%00",
                               "/trackside/index.html",
                               "/trackside/:/setuppage/index.html",
                               "/tracksideX/",
                               "/x/trackside/",
                               "/v1/track",
                               "/trackside/status/",
                               "",
                               "?"}) {
        QTest::newRow(*target == '\0' ? "empty" : target) << QByteArray(target);
    }
    QTest::newRow("NUL") << QByteArray("/trackside/ca.pem\0", 18);
}

void TstSetupSite::otherPaths()
{
    QFETCH(QByteArray, target);
    QVERIFY(!ask(target, phone()).has_value());
    QVERIFY(!ask(target, thisMachine(), "POST").has_value());
}

void TstSetupSite::testHostShowsThePage()
{
    Arrival arrival = phone();
    arrival.mode = Mode::ProxyHttp;
    arrival.host = capture::testHost;
    const auto response = ask("/", arrival);
    QVERIFY(response.has_value());
    QVERIFY(response->body.startsWith("<!doctype html>"));
    QVERIFY(!ask("/v1/track", arrival, "POST").has_value()); // an event as any other
}

void TstSetupSite::onlyReading_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
        QTest::newRow(method) << QByteArray(method);
    }
}

void TstSetupSite::onlyReading()
{
    QFETCH(QByteArray, method);
    for (const char *target : {"/trackside/", "/trackside/status", "/trackside/ca.pem"}) {
        const auto response = ask(target, phone(), method);
        QVERIFY(response.has_value());
        QCOMPARE(response->status, 405);
        QCOMPARE(http::header(response->headers, "Allow"), QByteArray("GET, HEAD"));
        QVERIFY(http::header(response->headers, "Access-Control-Allow-Origin").isNull());
    }
}

void TstSetupSite::withoutTheSlash()
{
    const auto response = ask("/trackside?code=x", phone());
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 302);
    QCOMPARE(http::header(response->headers, "Location"), QByteArray("/trackside/?code=x"));
}

/// The page's own files name no other place but the test's host.
void TstSetupSite::nothingFromElsewhere()
{
    const QRegularExpression address(u"https?://[^'\"\\s<)]*"_s);
    for (const QString &name : {u"index.html"_s, u"setup.css"_s, u"setup.js"_s}) {
        const QString text = QString::fromUtf8(resource(name));
        QVERIFY2(!text.isEmpty(), qPrintable(name));
        auto matches = address.globalMatch(text);
        while (matches.hasNext()) {
            const QString found = matches.next().captured();
            QVERIFY2(found == u"https://"_s || found == u"http://www.w3.org/2000/svg"_s,
                     qPrintable(name + found));
        }
    }
}

/// The policy forbids what stands in the page itself.
void TstSetupSite::pageHoldsNoCodeOfItsOwn()
{
    const QByteArray page = resource(u"index.html"_s);
    QVERIFY(!page.contains("<style"));
    QVERIFY(!page.contains(" style="));
    QVERIFY(!page.contains(" onclick="));
    QCOMPARE(page.count("<script"), 1);
    QVERIFY(page.contains("<script src=\"/trackside/setup.js\" defer></script>"));
    const QByteArray policy = http::header(ask("/trackside/", phone())->headers, "Content-Security-Policy");
    QVERIFY(!policy.contains("unsafe"));
    QVERIFY(!policy.contains('*'));
    QVERIFY(policy.contains("connect-src 'self' https://" + QByteArray(capture::testHost) + ';'));
    QVERIFY(policy.contains("frame-ancestors 'none'"));
}

void TstSetupSite::certificateIsNoKey()
{
    for (const char *target : {"/trackside/ca.pem", "/trackside/trackside.mobileconfig"}) {
        QVERIFY(!ask(target, phone())->body.contains("PRIVATE"));
    }
    QCOMPARE(ask("/trackside/ca.crt", phone())->body, m_authority->certificateDer());
    QCOMPARE(ask("/trackside/ca.pem", phone())->body, m_authority->exported(tls::ExportFormat::Pem));
}

void TstSetupSite::withoutAnAuthority()
{
    SetupSite site(*m_devices, *m_clients, [] {
        return base::Result<std::shared_ptr<const tls::Authority>>(
            base::failure(base::ErrorCode::Permission, u"The folder can't be written."_s));
    });
    http::Request request;
    request.method = "GET";
    request.target = "/trackside/ca.pem";
    const auto response = site.answer(request, phone(), 1);
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 500);
    QVERIFY(response->body.contains("The folder can't be written."));
}

void TstSetupSite::codeAccepts()
{
    QVERIFY(ask("/trackside/?code=" + m_devices->pairingCode(), phone()).has_value());
    QVERIFY(m_devices->isAccepted(phoneAddress, {}, 2));
    QCOMPARE(m_devices->list().front().name, u"iPhone"_s);
}

void TstSetupSite::wrongCodeWaits()
{
    const auto response = ask("/trackside/?code=wrong", phone());
    QCOMPARE(response->status, 200); // the page says that it waits
    QVERIFY(!m_devices->isAccepted(phoneAddress, {}, 2));
    QCOMPARE(m_devices->list().front().state, capture::Device::State::Waiting);
    // The code is for the page alone.
    QVERIFY(ask("/trackside/status?code=" + m_devices->pairingCode(), phone()).has_value());
    QVERIFY(!m_devices->isAccepted(phoneAddress, {}, 3));
}

void TstSetupSite::thisMachineNeedsNoCode()
{
    QVERIFY(ask("/trackside/?code=" + m_devices->pairingCode(), thisMachine()).has_value());
    QVERIFY(m_devices->list().empty());
    QVERIFY(status(thisMachine()).at("accepted").get<bool>());
}

void TstSetupSite::statusOfANewDevice()
{
    const nlohmann::json seen = status(phone());
    QCOMPARE(seen.at("address").get<std::string>(), std::string(phoneAddress));
    QVERIFY(!seen.at("accepted").get<bool>());
    QCOMPARE(seen.at("proxy").get<std::string>(), std::string("none"));
    QCOMPARE(seen.at("refusals").get<int>(), 0);
    QCOMPARE(seen.at("captured").get<int>(), 0);
    m_devices->accept(phoneAddress);
    QVERIFY(status(phone()).at("accepted").get<bool>());
}

void TstSetupSite::statusCountsTheDevice()
{
    const auto log = [this](const Seen &seen) { m_clients->observe(observation(seen)); };
    log({.kind = Kind::Events, .agent = "app", .address = phoneAddress, .count = 3});
    log({.kind = Kind::Events, .agent = "other app", .address = phoneAddress, .count = 2});
    log({.kind = Kind::Events, .agent = "app", .address = "192.168.1.99", .count = 9});
    log({.kind = Kind::TlsRefused,
         .mode = Mode::ProxyTls,
         .host = capture::testHost,
         .agent = {},
         .address = phoneAddress});
    const nlohmann::json seen = status(phone());
    QCOMPARE(seen.at("captured").get<int>(), 5);
    QCOMPARE(seen.at("refusals").get<int>(), 1);
    QCOMPARE(seen.at("proxy").get<std::string>(), std::string("device"));
}

void TstSetupSite::statusOfTheProxy_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("proxy");

    QTest::newRow("straight") << int(Mode::Endpoint) << QByteArray("/trackside/status") << QByteArray("none");
    QTest::newRow("through the proxy, by address")
        << int(Mode::Endpoint) << QByteArray("http://192.168.1.5:8765/trackside/status")
        << QByteArray("this");
    QTest::newRow("through the proxy, by the test's name")
        << int(Mode::ProxyHttp) << QByteArray("/trackside/status") << QByteArray("this");
    QTest::newRow("inside TLS") << int(Mode::ProxyTls) << QByteArray("/trackside/status")
                                << QByteArray("this");
    QTest::newRow("straight, over TLS")
        << int(Mode::EndpointTls) << QByteArray("/trackside/status") << QByteArray("none");
}

void TstSetupSite::statusOfTheProxy()
{
    QFETCH(int, mode);
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, proxy);
    Arrival arrival = phone();
    arrival.mode = static_cast<Mode>(mode);
    http::Request request;
    request.method = "GET";
    request.target = "/trackside/status";
    request.head = "GET " + asked + " HTTP/1.1\r\nHost: x\r\n\r\n";
    const auto response = m_site->answer(request, arrival, 1);
    QVERIFY(response.has_value());
    const auto seen = nlohmann::json::parse(response->body.toStdString(), nullptr, false);
    QCOMPARE(QByteArray::fromStdString(seen.at("proxy").get<std::string>()), proxy);
}

void TstSetupSite::notAcceptedForAnSdk()
{
    http::Request request;
    request.headers = {{"Origin", "http://192.168.1.5:8765"}};
    const http::Response response = m_site->notAccepted(request);
    QCOMPARE(response.status, 403);
    const auto body = nlohmann::json::parse(response.body.toStdString(), nullptr, false);
    QCOMPARE(body.at("code").get<std::string>(), std::string("device_not_accepted"));
    // The page's test must be able to read it.
    QCOMPARE(http::header(response.headers, "Access-Control-Allow-Origin"),
             QByteArray("http://192.168.1.5:8765"));
}

void TstSetupSite::notAcceptedForABrowser()
{
    http::Request request;
    request.headers = {{"Accept", "text/html,application/xhtml+xml"}};
    const http::Response response = m_site->notAccepted(request);
    QCOMPARE(response.status, 403);
    QCOMPARE(http::header(response.headers, "Content-Type"), QByteArray("text/plain; charset=utf-8"));
    QVERIFY(response.body.startsWith("This device is not accepted yet."));
}

QTEST_GUILESS_MAIN(TstSetupSite)
#include "tst_setupsite.moc"
