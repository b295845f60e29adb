// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/doctorwords.h"

#include <set>

#include <QTest>

using namespace Qt::StringLiterals;
using capture::Ailment;
using capture::AilmentLevel;
using capture::Client;
using capture::Diagnosis;

class TstDoctorWords : public QObject
{
    Q_OBJECT

private slots:
    void everyAilment_data();
    void everyAilment();
    void sentences_data();
    void sentences();
    void adviceFitsTheProgram_data();
    void adviceFitsTheProgram();
    void clientNames_data();
    void clientNames();
    void modesDiffer();
};

namespace {

Client client(const QByteArray &agent, const QByteArray &address = "127.0.0.1")
{
    Client made;
    made.agent = agent;
    made.address = address;
    return made;
}

} // namespace

/// Whatever arguments come, there is a sentence, nothing is left unfilled, and a problem has a next action.
void TstDoctorWords::everyAilment_data()
{
    QTest::addColumn<int>("ailment");
    for (int i = 0; i <= static_cast<int>(Ailment::Connected); ++i) {
        QTest::newRow(qPrintable(capture::word(static_cast<Ailment>(i)))) << i;
    }
}

void TstDoctorWords::everyAilment()
{
    QFETCH(int, ailment);
    for (const QStringList &args : {QStringList(), QStringList{u"7"_s}, QStringList{u"7"_s, u"%1 %2"_s},
                                    QStringList{u"a"_s, u"b"_s, u"c"_s}}) {
        for (const char *agent : {"", "node", "okhttp/4", "Mozilla/5.0 (X11; Linux) Chrome/156.0"}) {
            const Diagnosis diagnosis{static_cast<Ailment>(ailment), AilmentLevel::Problem, args, 0};
            const engine::DiagnosisText text = engine::diagnosisText(diagnosis, client(agent));
            QVERIFY(text.what.size() > 10);
            QVERIFY2(text.next.size() > 10 || ailment == static_cast<int>(Ailment::Well),
                     qPrintable(text.what));
            if (!args.contains(u"%1 %2"_s)) {
                QVERIFY2(!text.what.contains(u'%') && !text.next.contains(u'%'),
                         qPrintable(text.what + text.next));
            }
        }
    }
}

void TstDoctorWords::sentences_data()
{
    QTest::addColumn<int>("ailment");
    QTest::addColumn<QStringList>("args");
    QTest::addColumn<QString>("what");

    const auto row = [](const char *name, Ailment ailment, const QStringList &args, const QString &what) {
        QTest::newRow(name) << static_cast<int>(ailment) << args << what;
    };
    row("well", Ailment::Well, {u"12"_s, u"3"_s}, u"Captured: 12 events, the last 3 s ago."_s);
    row("one event", Ailment::Well, {u"1"_s, u"600"_s}, u"Captured: 1 event, the last 10 min ago."_s);
    row("not trusted", Ailment::NotTrusted, {u"api.segment.io"_s, u"unknown_ca"_s},
        u"It does not trust Trackside's certificate yet, so nothing for api.segment.io was sent."_s);
    row("only settings", Ailment::OnlySettings, {u"30"_s},
        u"The SDK fetched its settings 30 s ago and has sent nothing since."_s);
    row("only a token", Ailment::OnlySettings, {u"7300"_s, u"token"_s},
        u"It fetched a token 2 h ago and has sent nothing since."_s);
    row("silent", Ailment::Silent, {u"90"_s, u"7"_s}, u"7 events came, and none for 90 s."_s);
    row("elsewhere", Ailment::OnlyTunnels, {u"a.com"_s, u"b.com"_s},
        u"It uses the proxy, but nothing of it was for Segment: a.com, b.com."_s);
    row("wrong path", Ailment::WrongPath, {u"/v2/track"_s},
        u"It called /v2/track, which is no path of Segment's."_s);
    row("fault", Ailment::AnsweredErrors, {u"429"_s, u"3"_s, u"fault"_s},
        u"Its last call was answered with a fault you asked for (429)."_s);
    row("upstream", Ailment::AnsweredErrors, {u"400"_s, u"3"_s, u"upstream"_s},
        u"The real host answered its last call with status 400."_s);
    row("one broken body", Ailment::BadJson, {u"1"_s, u"invalid_json"_s},
        u"A request was no JSON, so none of its events could be read."_s);
}

void TstDoctorWords::sentences()
{
    QFETCH(int, ailment);
    QFETCH(QStringList, args);
    QFETCH(QString, what);
    const Diagnosis diagnosis{static_cast<Ailment>(ailment), AilmentLevel::Problem, args, 0};
    QCOMPARE(engine::diagnosisText(diagnosis, client({})).what, what);
}

void TstDoctorWords::adviceFitsTheProgram_data()
{
    QTest::addColumn<int>("ailment");
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QString>("named");

    const auto row = [](const char *name, Ailment ailment, const char *agent, const char *address,
                        const QString &named) {
        QTest::newRow(name) << static_cast<int>(ailment) << QByteArray(agent) << QByteArray(address) << named;
    };
    const char *const here = "127.0.0.1";
    const char *const there = "192.168.1.23";
    row("node", Ailment::NotTrusted, "analytics-node/6.2.0", here, u"NODE_EXTRA_CA_CERTS"_s);
    row("java", Ailment::NotTrusted, "analytics-java/3.5.5", here, u"truststore"_s);
    row("python", Ailment::NotTrusted, "analytics-python/2.3.4", here, u"REQUESTS_CA_BUNDLE"_s);
    row("go", Ailment::NotTrusted, "Go-http-client/1.1", here, u"SSL_CERT_FILE"_s);
    row("ruby", Ailment::NotTrusted, "analytics-ruby/2.5.0", here, u"SSL_CERT_FILE"_s);
    row("php", Ailment::NotTrusted, "analytics-php/3.8.2", here, u"curl.cainfo"_s);
    row(".net", Ailment::NotTrusted, "Analytics.NET/3.8.1", here, u"system's store"_s);
    row("curl", Ailment::NotTrusted, "curl/7.88.1", here, u"--cacert"_s);
    row("firefox", Ailment::NotTrusted,
        "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", here,
        u"store of its own"_s);
    row("chrome on linux", Ailment::NotTrusted, "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0", here,
        u"chrome://certificate-manager"_s);
    row("chrome on windows", Ailment::NotTrusted, "Mozilla/5.0 (Windows NT 10.0) Chrome/156.0.0.0", here,
        u"system's store"_s);
    row("chrome on android", Ailment::NotTrusted,
        "Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0.0.0 Mobile", there, u"CA certificate"_s);
    row("safari on an iPhone", Ailment::NotTrusted, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5",
        there, u"Certificate Trust Settings"_s);
    row("android app", Ailment::NotTrusted, "okhttp/4.12.0", there, u"network_security_config"_s);
    row("ios app", Ailment::NotTrusted, "Shop/12 CFNetwork/1496.0.7 Darwin/23.5.0", there,
        u"Certificate Trust Settings"_s);
    row("flutter", Ailment::NotTrusted, "Dart/3.4 (dart:io)", there, u"SecurityContext"_s);
    row("unknown here", Ailment::NotTrusted, "", here, u"Setup shows how"_s);
    row("unknown phone", Ailment::NotTrusted, "", there, u"open the setup page on it"_s);
    row("left by an unknown", Ailment::LeftHandshake, "", there, u"open the setup page on it"_s);
    row("pinned android", Ailment::Pinned, "okhttp/4.12.0", there, u"network_security_config"_s);
    row("pinned ios", Ailment::Pinned, "analytics-ios/1.9.4", there, u"NSPinnedDomains"_s);
    row("pinned unknown", Ailment::Pinned, "", there, u"pinning"_s);
    row("silent react native", Ailment::OnlySettings, "okhttp/4.12.0", there, u"allowInsecureProxy"_s);
    row("silent flutter", Ailment::OnlySettings, "analytics-flutter/1.1.10", there, u"HttpOverrides"_s);
    row("silent browser", Ailment::OnlySettings, "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0", here,
        u"console"_s);
    row("silent node", Ailment::OnlySettings, "analytics-node/6.2.0", here, u"flush()"_s);
}

void TstDoctorWords::adviceFitsTheProgram()
{
    QFETCH(int, ailment);
    QFETCH(QByteArray, agent);
    QFETCH(QByteArray, address);
    QFETCH(QString, named);
    const Diagnosis diagnosis{static_cast<Ailment>(ailment), AilmentLevel::Problem, {u"api.segment.io"_s}, 0};
    const QString next = engine::diagnosisText(diagnosis, client(agent, address)).next;
    QVERIFY2(next.contains(named), qPrintable(next));
}

void TstDoctorWords::clientNames_data()
{
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QString>("name");

    const auto row = [](const char *name, const char *agent, const char *address, const QString &expected) {
        QTest::newRow(name) << QByteArray(agent) << QByteArray(address) << expected;
    };
    row("node", "analytics-node/6.2.0", "127.0.0.1", u"analytics-node 6.2.0 on this machine"_s);
    row("node 3", "analytics-node-next/latest", "::1", u"analytics-node on this machine"_s);
    row("safari", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5", "192.168.1.23",
        u"Safari 17.5 on an iPhone, 192.168.1.23"_s);
    row("chrome", "Mozilla/5.0 (Linux; Android 14; Pixel 7) Chrome/126.0.0.0", "192.168.1.24",
        u"Chrome 126 on Android, Pixel 7, 192.168.1.24"_s);
    row("android app", "okhttp/4.12.0", "192.168.1.24", u"An Android app at 192.168.1.24"_s);
    row("ios app", "Shop/12 CFNetwork/1496.0.7 Darwin/23.5.0", "192.168.1.23", u"Shop 12 at 192.168.1.23"_s);
    row("no agent", "", "127.0.0.1", u"A program on this machine"_s);
    row("no agent on a phone", "", "fd00::7", u"A program at fd00::7"_s);
}

void TstDoctorWords::clientNames()
{
    QFETCH(QByteArray, agent);
    QFETCH(QByteArray, address);
    QFETCH(QString, name);
    QCOMPARE(engine::clientName(client(agent, address)), name);
}

void TstDoctorWords::modesDiffer()
{
    using enum capture::Mode;
    std::set<QString> texts;
    for (const capture::Mode mode : {Endpoint, EndpointTls, ProxyHttp, ProxyTls}) {
        QVERIFY(!engine::modeText(mode).isEmpty());
        QVERIFY(texts.insert(engine::modeText(mode)).second);
    }
}

QTEST_GUILESS_MAIN(TstDoctorWords)
#include "tst_doctorwords.moc"
