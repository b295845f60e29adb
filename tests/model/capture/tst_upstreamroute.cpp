// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/upstreamroute.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using capture::UpstreamRoute;
using Scheme = capture::UpstreamRoute::Scheme;
using Variables = QList<std::pair<QByteArray, QByteArray>>;

class TstUpstreamRoute : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void takesTheSetting_data();
    void takesTheSetting();
    void refusesASetting_data();
    void refusesASetting();
    void takesTheEnvironment_data();
    void takesTheEnvironment();
    void goesAround_data();
    void goesAround();
    void settingComesBeforeTheEnvironment();
    void logsNoSecrets();

private:
    QMap<QByteArray, QByteArray> m_before;
};

namespace {

const QByteArrayList names{"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
                           "all_proxy",  "ALL_PROXY",  "no_proxy",    "NO_PROXY"};

QByteArray via(const UpstreamRoute &route, Scheme scheme, const QByteArray &host, std::uint16_t port = 443)
{
    const auto proxy = route.proxyFor(scheme, host, port);
    return proxy ? proxy->text() : QByteArray("direct");
}

} // namespace

void TstUpstreamRoute::init()
{
    for (const QByteArray &name : names) {
        if (qEnvironmentVariableIsSet(name)) {
            m_before[name] = qgetenv(name);
        }
        qunsetenv(name);
    }
}

void TstUpstreamRoute::cleanup()
{
    for (const QByteArray &name : names) {
        qunsetenv(name);
        if (m_before.contains(name)) {
            qputenv(name, m_before[name]);
        }
    }
}

void TstUpstreamRoute::takesTheSetting_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QByteArray>("proxy");
    QTest::addColumn<QByteArray>("login");

    QTest::newRow("nothing") << QString() << QByteArray("direct") << QByteArray();
    QTest::newRow("blank") << u"  "_s << QByteArray("direct") << QByteArray();
    QTest::newRow("none") << u"none"_s << QByteArray("direct") << QByteArray();
    QTest::newRow("host and port") << u"http://proxy.example.com:3128"_s
                                   << QByteArray("proxy.example.com:3128") << QByteArray();
    QTest::newRow("with a slash") << u"http://proxy.example.com:3128/"_s
                                  << QByteArray("proxy.example.com:3128") << QByteArray();
    QTest::newRow("upper case") << u"HTTP://Proxy.Example.COM:3128"_s << QByteArray("proxy.example.com:3128")
                                << QByteArray();
    QTest::newRow("no scheme") << u"proxy:3128"_s << QByteArray("proxy:3128") << QByteArray();
    QTest::newRow("no port") << u"http://proxy"_s << QByteArray("proxy:1080") << QByteArray();
    QTest::newRow("IPv6") << u"http://[fd00::1]:8080"_s << QByteArray("[fd00::1]:8080") << QByteArray();
    QTest::newRow("IPv6 without port")
        << u"http://[fd00::1]"_s << QByteArray("[fd00::1]:1080") << QByteArray();
    QTest::newRow("user and password")
        << u"http://jo:secret@proxy:3128"_s << QByteArray("proxy:3128") << QByteArray("jo:secret");
    QTest::newRow("user alone") << u"http://jo@proxy:3128"_s << QByteArray("proxy:3128") << QByteArray("jo:");
    QTest::newRow("percent-encoded") << u"http://j%40o:a%3Ab%2Fc@proxy:3128"_s << QByteArray("proxy:3128")
                                     << QByteArray("j@o:a:b/c");
    QTest::newRow("a password of odd characters")
        << u"http://jo:p@s/s:w@proxy:3128"_s << QByteArray("proxy:3128") << QByteArray("jo:p@s/s:w");
}

void TstUpstreamRoute::takesTheSetting()
{
    QFETCH(QString, setting);
    QFETCH(QByteArray, login);
    const auto route = UpstreamRoute::read(setting);
    QVERIFY(route);
    QTEST(via(*route, Scheme::Https, "api.segment.io"), "proxy");
    QTEST(via(*route, Scheme::Http, "api.segment.io"), "proxy");
    QCOMPARE(via(*route, Scheme::Https, "127.0.0.1"), "direct");
    if (const auto proxy = route->proxyFor(Scheme::Https, "api.segment.io", 443)) {
        QCOMPARE(proxy->authorization, login.isEmpty() ? QByteArray() : "Basic " + login.toBase64());
    }
}

void TstUpstreamRoute::refusesASetting_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("why");

    QTest::newRow("SOCKS 5") << u"socks5://jo:secret@proxy:1080"_s << u"SOCKS"_s;
    QTest::newRow("SOCKS 5 with names") << u"socks5h://jo:secret@proxy:1080"_s << u"SOCKS"_s;
    QTest::newRow("SOCKS 4") << u"SOCKS4://jo:secret@proxy:1080"_s << u"SOCKS"_s;
    QTest::newRow("TLS to the proxy") << u"https://jo:secret@proxy:3128"_s << u"https"_s;
    QTest::newRow("another scheme") << u"ftp://jo:secret@proxy:3128"_s << u"http://"_s;
    QTest::newRow("no host") << u"http://jo:secret@:3128"_s << u"host and port"_s;
    QTest::newRow("port 0") << u"http://jo:secret@proxy:0"_s << u"host and port"_s;
    QTest::newRow("port too high") << u"http://jo:secret@proxy:70000"_s << u"host and port"_s;
    QTest::newRow("port no number") << u"http://jo:secret@proxy:http"_s << u"host and port"_s;
    QTest::newRow("IPv6 without brackets") << u"http://jo:secret@fd00::1:8080"_s << u"host and port"_s;
    QTest::newRow("spaces") << u"http://jo:secret@my proxy:3128"_s << u"host and port"_s;
}

void TstUpstreamRoute::refusesASetting()
{
    QFETCH(QString, setting);
    QFETCH(QString, why);
    const auto route = UpstreamRoute::read(setting);
    QVERIFY(!route);
    QCOMPARE(route.error().code, base::ErrorCode::BadInput);
    QVERIFY2(route.error().why.contains(why), qPrintable(route.error().why));
    QVERIFY(!route.error().oneLine().contains(u"secret"));
}

void TstUpstreamRoute::takesTheEnvironment_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<QByteArray>("https");

    const QByteArray direct = "direct";
    QTest::newRow("https_proxy") << Variables{{"https_proxy", "http://a:1"}} << direct << QByteArray("a:1");
    QTest::newRow("HTTPS_PROXY") << Variables{{"HTTPS_PROXY", "http://a:1"}} << direct << QByteArray("a:1");
    QTest::newRow("https_proxy before HTTPS_PROXY")
        << Variables{{"HTTPS_PROXY", "http://a:1"}, {"https_proxy", "http://b:2"}} << direct
        << QByteArray("b:2");
    QTest::newRow("http_proxy") << Variables{{"http_proxy", "http://a:1"}} << QByteArray("a:1") << direct;
    QTest::newRow("HTTP_PROXY is not read") << Variables{{"HTTP_PROXY", "http://a:1"}} << direct << direct;
    QTest::newRow("all_proxy") << Variables{{"all_proxy", "http://a:1"}} << QByteArray("a:1")
                               << QByteArray("a:1");
    QTest::newRow("ALL_PROXY") << Variables{{"ALL_PROXY", "a:1"}} << QByteArray("a:1") << QByteArray("a:1");
    QTest::newRow("all_proxy after the scheme's own")
        << Variables{{"all_proxy", "http://a:1"}, {"https_proxy", "http://b:2"}} << QByteArray("a:1")
        << QByteArray("b:2");
    QTest::newRow("an empty one counts for nothing")
        << Variables{{"https_proxy", ""}, {"HTTPS_PROXY", "http://a:1"}} << direct << QByteArray("a:1");
    QTest::newRow("SOCKS is left out")
        << Variables{{"http_proxy", "http://a:1"}, {"https_proxy", "socks5://b:2"}} << QByteArray("a:1")
        << direct;
}

void TstUpstreamRoute::takesTheEnvironment()
{
    QFETCH(Variables, variables);
    for (const auto &[name, value] : variables) {
        qputenv(name.constData(), value);
        if (value.startsWith("socks")) {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"https_proxy is ignored"_s));
        }
    }
    const auto route = UpstreamRoute::read({});
    QVERIFY(route);
    QTEST(via(*route, Scheme::Http, "api.segment.io"), "http");
    QTEST(via(*route, Scheme::Https, "api.segment.io"), "https");
}

void TstUpstreamRoute::goesAround_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isDirect");

    const auto row = [](const char *name, const QByteArray &list, const QByteArray &host, bool isDirect,
                        int port = 443) { QTest::newRow(name) << list << host << port << isDirect; };
    row("no list", "", "api.segment.io", false);
    row("the host itself", "api.segment.io", "api.segment.io", true);
    row("any case", "API.Segment.IO", "api.SEGMENT.io", true);
    row("a final dot in the host", "api.segment.io", "api.segment.io.", true);
    row("a final dot in the list", "api.segment.io.", "api.segment.io", true);
    row("a suffix", "segment.io", "api.segment.io", true);
    row("a suffix with its dot", ".segment.io", "api.segment.io", true);
    row("with its dot, the domain itself", ".segment.io", "segment.io", true);
    row("not in the middle of a label", "segment.io", "mysegment.io", false);
    row("not a prefix", "api.segment.io", "api.segment.io.example.com", false);
    row("star", "*", "api.segment.io", true);
    row("star among others", "a.example, *", "api.segment.io", true);
    row("second of a list", "example.com,segment.io", "api.segment.io", true);
    row("list with spaces", " example.com , segment.io ", "api.segment.io", true);
    row("list of spaces alone", "example.com segment.io", "api.segment.io", true);
    row("with the port", "api.segment.io:443", "api.segment.io", true);
    row("with another port", "api.segment.io:8443", "api.segment.io", false);
    row("a suffix with the port", ".segment.io:8443", "api.segment.io", true, 8443);
    row("an address", "10.0.0.5", "10.0.0.5", true);
    row("another address", "10.0.0.5", "10.0.0.6", false);
    row("an address is no suffix", "0.0.5", "10.0.0.5", false);
    row("a range", "10.0.0.0/8", "10.1.2.3", true);
    row("outside the range", "10.0.0.0/8", "11.1.2.3", false);
    row("a range says nothing of names", "10.0.0.0/8", "api.segment.io", false);
    row("IPv6", "fd00::1", "fd00::1", true);
    row("IPv6 in brackets", "[fd00::1]", "fd00::1", true);
    row("IPv6 written otherwise", "fd00:0:0::1", "fd00::1", true);
    row("IPv6 in brackets with the port", "[fd00::1]:443", "fd00::1", true);
    row("IPv6 in brackets with another port", "[fd00::1]:80", "fd00::1", false);
    row("an IPv6 range", "fd00::/8", "fd12::1", true);
    row("localhost always", "", "localhost", true);
    row("below localhost always", "", "app.localhost", true);
    row("127.0.0.1 always", "", "127.0.0.1", true);
    row("all of 127 always", "", "127.8.9.1", true);
    row("::1 always", "", "::1", true);
}

void TstUpstreamRoute::goesAround()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    QFETCH(bool, isDirect);
    for (const char *name : {"no_proxy", "NO_PROXY"}) {
        qputenv("all_proxy", "http://a:1");
        qputenv(name, list);
        const auto route = UpstreamRoute::read({});
        qunsetenv(name);
        QVERIFY(route);
        QCOMPARE(via(*route, Scheme::Https, host, static_cast<std::uint16_t>(port)),
                 isDirect ? QByteArray("direct") : QByteArray("a:1"));
    }
}

void TstUpstreamRoute::settingComesBeforeTheEnvironment()
{
    qputenv("all_proxy", "http://a:1");
    qputenv("no_proxy", "*");
    QCOMPARE(via(*UpstreamRoute::read(u"http://b:2"_s), Scheme::Https, "api.segment.io"), "b:2");
    qunsetenv("no_proxy");
    QCOMPARE(via(*UpstreamRoute::read(u"none"_s), Scheme::Https, "api.segment.io"), "direct");
    QCOMPARE(via(*UpstreamRoute::read({}), Scheme::Https, "api.segment.io"), "a:1");
}

void TstUpstreamRoute::logsNoSecrets()
{
    qputenv("https_proxy", "socks5://jo:secret@proxy:1080");
    qputenv("http_proxy", "http://jo:secret@:3128");
    QTest::ignoreMessage(QtWarningMsg,
                         "The proxy of the variable https_proxy is ignored: It is a SOCKS proxy, "
                         "and Trackside speaks to HTTP proxies only.");
    QTest::ignoreMessage(QtWarningMsg, "The proxy of the variable http_proxy is ignored: Its address is no "
                                       "host and port.");
    const auto route = UpstreamRoute::read({});
    QVERIFY(route);
    QCOMPARE(via(*route, Scheme::Https, "api.segment.io"), "direct");
}

QTEST_GUILESS_MAIN(TstUpstreamRoute)
#include "tst_upstreamroute.moc"
