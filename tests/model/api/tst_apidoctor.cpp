// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"
#include "base/clock.h"
#include "fixture.h"
#include "tests/model/capture/client.h"
#include "tests/model/capture/observations.h"

#include <memory>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using tests::ApiStore;
using tests::Client;
using Kind = capture::Observation::Kind;

/// The calls about clients and faults.
class TstApiDoctor : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void noClients();
    void clients();
    void clientsAreOnlyRead();
    void noFaults();
    void faultIsPlayedOnASource_data();
    void faultIsPlayedOnASource();
    void faultOnEverySource();
    void statusAsANumber();
    void faultIsStopped();
    void faultThatIsNot_data();
    void faultThatIsNot();
    void badFaults_data();
    void badFaults();
    void sourceThatIsNot();
    void tooManyFaults();
    void wrongMethods_data();
    void wrongMethods();
    void withoutDoctorAndFaults_data();
    void withoutDoctorAndFaults();
    void pagesAreRefused();

private:
    void start(api::Services services);
    void start();
    [[nodiscard]] http::Response ask(const QByteArray &method, const QByteArray &path,
                                     const QByteArray &body = {}, const QByteArray &headers = {});
    [[nodiscard]] nlohmann::json asked(const QByteArray &method, const QByteArray &path, int status,
                                       const QByteArray &body = {});

    base::SystemClock m_clock;
    capture::ClientLog m_clients;
    std::unique_ptr<capture::Faults> m_faults;
    std::unique_ptr<ApiStore> m_store;
    std::unique_ptr<api::Server> m_server;
};

void TstApiDoctor::init()
{
    m_store = std::make_unique<ApiStore>();
    QVERIFY(m_store->isOpen());
    m_clients.clear();
    m_faults = std::make_unique<capture::Faults>(m_clock);
}

void TstApiDoctor::cleanup()
{
    m_server.reset();
    m_store.reset();
}

void TstApiDoctor::start(api::Services services)
{
    services.storePath = m_store->path();
    services.writes = m_store.get();
    m_server = std::make_unique<api::Server>(std::move(services));
    const auto listening = m_server->listen({{QHostAddress(QHostAddress::LocalHost), 0}});
    QVERIFY2(listening.has_value(), listening ? "" : qPrintable(listening.error().oneLine()));
}

void TstApiDoctor::start()
{
    api::Services services;
    services.clients = [this] {
        std::vector<capture::ClientReport> reports;
        const auto all = m_clients.clients();
        for (const capture::Client &each : all) {
            capture::DiagnosisFacts facts;
            facts.nowUs = 10 * tests::secondUs;
            reports.push_back({each, capture::diagnose(each, all, facts)});
        }
        return reports;
    };
    services.diagnosisText = [](const capture::Diagnosis &diagnosis, const capture::Client &client) {
        const bool isWell = diagnosis.ailment == capture::Ailment::Well;
        return capture::DiagnosisText{u"what of %1"_s.arg(QString::fromLatin1(client.agent)),
                                      isWell ? QString() : u"next"_s};
    };
    services.clientName = [](const capture::Client &client) {
        return u"the "_s + QString::fromLatin1(client.agent);
    };
    services.startFault = [this](const capture::Fault &fault) { return m_faults->start(fault); };
    services.stopFault = [this](std::uint32_t id) { m_faults->stop(id); };
    services.faults = [this] { return m_faults->reports(); };
    start(std::move(services));
}

http::Response TstApiDoctor::ask(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                                 const QByteArray &headers)
{
    Client client(m_server->addresses().front().port);
    client.send(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return QTest::qWaitFor([&client] { return client.hasResponse(); }) ? client.take()
                                                                       : http::Response{0, {}, {}};
}

nlohmann::json TstApiDoctor::asked(const QByteArray &method, const QByteArray &path, int status,
                                   const QByteArray &body)
{
    const http::Response response = ask(method, path, body);
    if (response.status != status) {
        qWarning("%d %s", response.status, response.body.constData());
        return {};
    }
    return nlohmann::json::parse(response.body.toStdString(), nullptr, false);
}

void TstApiDoctor::noClients()
{
    start();
    COMPARE_JSON(asked("GET", "/api/v1/clients", 200), nlohmann::json::parse(R"({"clients":[]})"));
}

void TstApiDoctor::clients()
{
    m_clients.observe(tests::observation({.kind = Kind::Events, .second = 1, .agent = "node", .count = 3}));
    m_clients.observe(tests::observation({.kind = Kind::TlsRefused,
                                          .second = 2,
                                          .mode = capture::Mode::ProxyTls,
                                          .host = "api.segment.io",
                                          .detail = "unknown_ca",
                                          .alert = 48,
                                          .agent = "phone",
                                          .address = "192.168.1.23"}));
    start();
    COMPARE_JSON(asked("GET", "/api/v1/clients", 200), nlohmann::json::parse(R"({"clients":[
        {"name":"the phone","address":"192.168.1.23","agent":"phone","firstSeen":"1970-01-01T00:00:03.000000Z",
         "lastSeen":"1970-01-01T00:00:03.000000Z","modes":["proxy-tls"],"counts":{"tlsRefused":1},
         "diagnoses":[{"code":"not_trusted","level":"problem","what":"what of phone","next":"next",
                       "at":"1970-01-01T00:00:03.000000Z"}]},
        {"name":"the node","address":"127.0.0.1","agent":"node","firstSeen":"1970-01-01T00:00:02.000000Z",
         "lastSeen":"1970-01-01T00:00:02.000000Z","modes":["endpoint"],"counts":{"events":3},
         "diagnoses":[{"code":"well","level":"good","what":"what of node","at":"1970-01-01T00:00:02.000000Z"}]}]})"));
}

void TstApiDoctor::clientsAreOnlyRead()
{
    start();
    const http::Response response = ask("POST", "/api/v1/clients");
    QCOMPARE(response.status, 405);
    QCOMPARE(http::header(response.headers, "Allow"), QByteArray("GET, HEAD"));
}

void TstApiDoctor::noFaults()
{
    start();
    COMPARE_JSON(asked("GET", "/api/v1/faults", 200), nlohmann::json::parse(R"({"faults":[]})"));
}

void TstApiDoctor::faultIsPlayedOnASource_data()
{
    QTest::addColumn<bool>("isByName");
    QTest::newRow("by name") << true;
    QTest::newRow("by key") << false;
}

void TstApiDoctor::faultIsPlayedOnASource()
{
    QFETCH(bool, isByName);
    m_store->add(
        "/v1/track",
        R"({"event":"A","userId":"u","writeKey":"FAKEKEY0000000000000","context":{"app":{"name":"Shop"}}})");
    auto reader = store::Reader::open(m_store->path());
    QVERIFY(reader.has_value());
    const auto sources = reader->sources();
    QVERIFY(sources.has_value() && sources->size() == 1);
    const store::Source source = sources->front();
    start();
    const QByteArray named = isByName ? source.name.toUtf8() : source.keyHash;
    const nlohmann::json started =
        asked("POST", "/api/v1/faults", 201,
              R"({"kind":"503","source":")" + named + R"(","times":3,"seconds":60,"retryAfter":2})");
    QCOMPARE(QByteArray::fromStdString(started.at("sourceKey").get<std::string>()), source.keyHash);
    QCOMPARE(QString::fromStdString(started.at("source").get<std::string>()), source.name);
    COMPARE_JSON(started.at("kind"), "503");
    COMPARE_JSON(started.at("times"), 3);
    COMPARE_JSON(started.at("seconds"), 60);
    COMPARE_JSON(started.at("retryAfter"), 2);
    COMPARE_JSON(started.at("requests"), 0);
    COMPARE_JSON(started.at("missing"), 0);
    QVERIFY(!started.contains("endedAt"));
    const auto reports = m_faults->reports();
    QCOMPARE(reports.size(), 1);
    QCOMPARE(reports.front().fault.source, source.keyHash);
    QCOMPARE(reports.front().fault.kind, capture::Fault::Kind::Status503);
    QCOMPARE(reports.front().fault.retryAfterSeconds, 2);
    COMPARE_JSON(asked("GET", "/api/v1/faults", 200).at("faults").at(0), started);
}

void TstApiDoctor::faultOnEverySource()
{
    start();
    for (const char *body :
         {R"({"kind":"stall","times":1})", R"({"kind":"stall","times":1,"source":null})"}) {
        const nlohmann::json started = asked("POST", "/api/v1/faults", 201, body);
        QVERIFY(!started.contains("source"));
        QVERIFY(!started.contains("sourceKey"));
    }
    QVERIFY(m_faults->reports().front().fault.source.isEmpty());
}

void TstApiDoctor::statusAsANumber()
{
    start();
    COMPARE_JSON(asked("POST", "/api/v1/faults", 201, R"({"kind":429,"times":1})").at("kind"), "429");
}

void TstApiDoctor::faultIsStopped()
{
    start();
    const auto id =
        asked("POST", "/api/v1/faults", 201, R"({"kind":"close","seconds":600})").at("id").get<unsigned>();
    const QByteArray path = "/api/v1/faults/" + QByteArray::number(id);
    QVERIFY(asked("DELETE", path, 200).contains("endedAt"));
    QVERIFY(m_faults->reports().front().endedUs != 0);
    QVERIFY(asked("DELETE", path, 200).contains("endedAt")); // again: it stays as it is
}

void TstApiDoctor::faultThatIsNot_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("unknown id") << QByteArray("/api/v1/faults/7777");
    QTest::newRow("no id") << QByteArray("/api/v1/faults/x");
    QTest::newRow("too large") << QByteArray("/api/v1/faults/99999999999999");
    QTest::newRow("deeper") << QByteArray("/api/v1/faults/1/2");
}

void TstApiDoctor::faultThatIsNot()
{
    QFETCH(QByteArray, path);
    start();
    QCOMPARE(ask("DELETE", path).status, 404);
}

void TstApiDoctor::badFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("named");

    QTest::newRow("nothing") << QByteArray() << QByteArray("no JSON");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("no JSON");
    QTest::newRow("no object") << QByteArray("[]") << QByteArray("JSON object");
    QTest::newRow("no kind") << QByteArray(R"({"times":1})") << QByteArray("kind");
    QTest::newRow("wrong kind") << QByteArray(R"({"kind":"418","times":1})") << QByteArray("kind");
    QTest::newRow("kind of another type") << QByteArray(R"({"kind":[],"times":1})") << QByteArray("kind");
    QTest::newRow("neither count nor time") << QByteArray(R"({"kind":"500"})") << QByteArray("what");
    QTest::newRow("a text for a number")
        << QByteArray(R"({"kind":"500","times":"3"})") << QByteArray("times");
    QTest::newRow("a fraction") << QByteArray(R"({"kind":"500","times":1.5})") << QByteArray("times");
    QTest::newRow("below zero") << QByteArray(R"({"kind":"500","times":-1})") << QByteArray("times");
    QTest::newRow("beyond all") << QByteArray(R"({"kind":"500","times":99999999999})") << QByteArray("times");
    QTest::newRow("beyond its limit")
        << QByteArray(R"({"kind":"500","seconds":1000000})") << QByteArray("what");
    QTest::newRow("unknown member") << QByteArray(R"({"kind":"500","times":1,"color":"red"})")
                                    << QByteArray("color");
    QTest::newRow("source of another type")
        << QByteArray(R"({"kind":"500","times":1,"source":1})") << QByteArray("source");
}

void TstApiDoctor::badFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, named);
    start();
    const http::Response response = ask("POST", "/api/v1/faults", body);
    QCOMPARE(response.status, 400);
    QCOMPARE(http::header(response.headers, "Content-Type"), QByteArray("application/problem+json"));
    QVERIFY2(response.body.contains(named), response.body.constData());
    QVERIFY(m_faults->reports().isEmpty());
}

void TstApiDoctor::sourceThatIsNot()
{
    start();
    QVERIFY(
        asked("POST", "/api/v1/faults", 404, R"({"kind":"500","times":1,"source":"Shop"})").contains("fix"));
    // A key may be of a source that has not come yet.
    for (const char *key : {"0123456789abcdef", "none", "rule:abc"}) {
        QVERIFY(asked("POST", "/api/v1/faults", 201,
                      R"({"kind":"500","times":1,"source":")" + QByteArray(key) + "\"}")
                    .contains("id"));
    }
}

void TstApiDoctor::tooManyFaults()
{
    start();
    int status = 0;
    for (int i = 0; i < 17; ++i) {
        status = ask("POST", "/api/v1/faults", R"({"kind":"500","seconds":600})").status;
        QCOMPARE(status, i < 16 ? 201 : 409);
    }
}

void TstApiDoctor::wrongMethods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allowed");
    QTest::newRow("delete all") << QByteArray("DELETE") << QByteArray("/api/v1/faults")
                                << QByteArray("GET, HEAD, POST");
    QTest::newRow("get one") << QByteArray("GET") << QByteArray("/api/v1/faults/1") << QByteArray("DELETE");
    QTest::newRow("post to one") << QByteArray("POST") << QByteArray("/api/v1/faults/1")
                                 << QByteArray("DELETE");
}

void TstApiDoctor::wrongMethods()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, allowed);
    start();
    const http::Response response = ask(method, path);
    QCOMPARE(response.status, 405);
    QCOMPARE(http::header(response.headers, "Allow"), allowed);
}

void TstApiDoctor::withoutDoctorAndFaults_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("clients") << QByteArray("GET") << QByteArray("/api/v1/clients");
    QTest::newRow("faults") << QByteArray("GET") << QByteArray("/api/v1/faults");
    QTest::newRow("start") << QByteArray("POST") << QByteArray("/api/v1/faults");
    QTest::newRow("stop") << QByteArray("DELETE") << QByteArray("/api/v1/faults/1");
}

void TstApiDoctor::withoutDoctorAndFaults()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    start({});
    QCOMPARE(ask(method, path).status, 501);
}

void TstApiDoctor::pagesAreRefused()
{
    start();
    for (const char *path : {"/api/v1/clients", "/api/v1/faults"}) {
        QCOMPARE(ask("GET", path, {}, "Origin: https://evil.example\r\n").status, 403);
    }
    QCOMPARE(ask("POST", "/api/v1/faults", R"({"kind":"500","times":1})", "Origin: null\r\n").status, 403);
    QVERIFY(m_faults->reports().isEmpty());
}

QTEST_GUILESS_MAIN(TstApiDoctor)
#include "tst_apidoctor.moc"
