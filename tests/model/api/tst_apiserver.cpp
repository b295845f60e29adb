// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"
#include "fixture.h"
#include "tests/model/capture/client.h"

#include <memory>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using tests::ApiStore;
using tests::Client;

namespace {

nlohmann::json parsed(const http::Response &response)
{
    return nlohmann::json::parse(response.body.toStdString(), nullptr, false);
}

QByteArray track(const QByteArray &name, const QByteArray &messageId)
{
    return R"({"type":"track","event":")" + name + R"(","userId":"u1","messageId":")" + messageId + R"("})";
}

} // namespace

#define ASK(response, bytes)                                                                                 \
    Client client_##response(port());                                                                        \
    client_##response.send(bytes);                                                                           \
    QTRY_VERIFY(client_##response.hasResponse());                                                            \
    const http::Response response = client_##response.take()

class TstApiServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void status();
    void summaryOfAnEmptyStore();
    void summaryCountsTheRunningSession();
    void events();
    void eventsInPages();
    void eventsNewestFirst();
    void eventsByFilter();
    void badParameters_data();
    void badParameters();
    void mistakeInTheFilterHasItsPlace();
    void coverage();
    void eventById();
    void eventByMessageId();
    void noSuchEvent();
    void resetBeginsASession();
    void resetAnswersWhenItStands();
    void resetWithABadBody_data();
    void resetWithABadBody();
    void unknownPath_data();
    void unknownPath();
    void wrongMethod();
    void headHasNoBody();
    void hostIsChecked_data();
    void hostIsChecked();
    void pagesAreRefused();
    void tokenIsAsked_data();
    void tokenIsAsked();
    void networkNeedsAToken();
    void portTaken();
    void malformedRequest();
    void pipelinedAnswersComeInOrder();
    void storeThatIsGone();
    void serverGoesBeforeItsTask();

private:
    void start(const QString &token = {});
    quint16 port() const { return m_server->addresses().front().port; }
    static QByteArray get(const QByteArray &path, const QByteArray &headers = {})
    {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }
    static QByteArray post(const QByteArray &path, const QByteArray &body = {})
    {
        return "POST " + path +
               " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\n\r\n" + body;
    }

    std::shared_ptr<const check::Checker> m_checker;
    std::unique_ptr<ApiStore> m_store;
    std::unique_ptr<api::Server> m_server;
};

void TstApiServer::init()
{
    m_store = std::make_unique<ApiStore>();
    QVERIFY(m_store->isOpen());
}

void TstApiServer::cleanup()
{
    m_server.reset();
    m_store.reset();
    m_checker.reset();
}

void TstApiServer::start(const QString &token)
{
    api::Services services;
    services.storePath = m_store->path();
    services.writes = m_store.get();
    services.words = [](const event::Finding &) {
        return event::FindingText{u"message"_s, u"fix"_s, {}, {}};
    };
    services.version = u"1.2.3"_s;
    services.captureAddresses = [] {
        return std::vector<capture::Address>{{QHostAddress(QHostAddress::LocalHost), 8765},
                                             {QHostAddress(QHostAddress::LocalHostIPv6), 8765}};
    };
    services.planNames = [] { return QStringList{u"Delivery"_s}; };
    services.checker = [this] { return m_checker; };
    services.token = token;
    m_server = std::make_unique<api::Server>(std::move(services));
    const auto listening = m_server->listen({{QHostAddress(QHostAddress::LocalHost), 0}});
    QVERIFY2(listening.has_value(), listening ? "" : qPrintable(listening.error().oneLine()));
}

void TstApiServer::status()
{
    start();
    QVERIFY(m_store->writer().beginSession(u"Morning"_s, u"T-1"_s));
    ASK(response, get("/api/v1/status"));
    QCOMPARE(response.status, 200);
    QCOMPARE(http::header(response.headers, "Content-Type"), QByteArray("application/json"));
    const nlohmann::json status = parsed(response);
    COMPARE_JSON(status.at("version"), "1.2.3");
    COMPARE_JSON(status.at("capture"), nlohmann::json::parse(R"(["127.0.0.1:8765","[::1]:8765"])"));
    COMPARE_JSON(status.at("session").at("name"), "Morning");
    COMPARE_JSON(status.at("session").at("testId"), "T-1");
    QCOMPARE(QString::fromStdString(status.at("store").get<std::string>()), m_store->path());
    COMPARE_JSON(status.at("plans"), nlohmann::json::parse(R"(["Delivery"])"));
    QVERIFY(status.at("uptimeSeconds").is_number_unsigned());
}

void TstApiServer::summaryOfAnEmptyStore()
{
    start();
    ASK(response, get("/api/v1/summary"));
    QCOMPARE(response.status, 200);
    const nlohmann::json summary = parsed(response);
    for (const char *name : {"total", "valid", "violations", "unplanned", "unchecked", "lint", "rejected"}) {
        COMPARE_JSON(summary.at(name), 0);
    }
}

void TstApiServer::summaryCountsTheRunningSession()
{
    start();
    m_store->add("/v1/t", track("Before", "m0"));
    const auto session = m_store->writer().beginSession(u"Second"_s, {});
    QVERIFY(session);
    const auto with = [](event::Status status) {
        return [status](event::EventDraft &draft) { draft.status = status; };
    };
    m_store->add("/v1/t", track("A", "m1"), with(event::Status::Valid));
    m_store->add("/v1/t", track("B", "m2"), with(event::Status::Violation));
    m_store->add("/v1/t", track("C", "m3"), with(event::Status::Unplanned));
    m_store->add("/v1/t", track("D", "m4"), with(event::Status::Unchecked));
    m_store->add("/v1/t", track("E", "m5"), with(event::Status::Valid));
    m_store->add("/v1/t", "this is no JSON");
    ASK(response, get("/api/v1/summary"));
    const nlohmann::json summary = parsed(response);
    COMPARE_JSON(summary.at("session"), event::raw(*session));
    COMPARE_JSON(summary.at("total"), 5);
    COMPARE_JSON(summary.at("valid"), 2);
    COMPARE_JSON(summary.at("violations"), 1);
    COMPARE_JSON(summary.at("unplanned"), 1);
    COMPARE_JSON(summary.at("unchecked"), 1);
    COMPARE_JSON(summary.at("rejected"), 1);
}

void TstApiServer::events()
{
    start();
    const QByteArray body =
        R"({"type":"track","event":"Order Placed","userId":"u1","messageId":"m1","properties":{"t":1.0}})";
    m_store->add("/v1/t", body);
    ASK(response, get("/api/v1/events"));
    QCOMPARE(response.status, 200);
    QVERIFY2(response.body.contains("\"body\":" + body + "}"), response.body.constData());
    const nlohmann::json all = parsed(response);
    QCOMPARE(all.at("events").size(), std::size_t(1));
    COMPARE_JSON(all.at("events").at(0).at("event"), "Order Placed");
    COMPARE_JSON(all.at("events").at(0).at("userId"), "u1");
    COMPARE_JSON(all.at("events").at(0).at("messageId"), "m1");
    QVERIFY(all.at("next").is_null());
}

void TstApiServer::eventsInPages()
{
    start();
    for (int i = 0; i < 7; ++i) {
        m_store->add("/v1/t", track("E" + QByteArray::number(i), "m" + QByteArray::number(i)));
    }
    QStringList names;
    QByteArray after;
    int pages = 0;
    do {
        ASK(response, get("/api/v1/events?limit=3" + (after.isEmpty() ? QByteArray() : "&after=" + after)));
        const nlohmann::json page = parsed(response);
        QVERIFY(page.at("events").size() <= 3);
        for (const nlohmann::json &event : page.at("events")) {
            names << QString::fromStdString(event.at("event").get<std::string>());
        }
        after = page.at("next").is_null() ? QByteArray()
                                          : QByteArray::fromStdString(page.at("next").get<std::string>());
        ++pages;
    } while (!after.isEmpty() && pages < 10);
    QCOMPARE(pages, 3);
    QCOMPARE(names, (QStringList{u"E0"_s, u"E1"_s, u"E2"_s, u"E3"_s, u"E4"_s, u"E5"_s, u"E6"_s}));
}

void TstApiServer::eventsNewestFirst()
{
    start();
    for (int i = 0; i < 4; ++i) {
        m_store->add("/v1/t", track("E" + QByteArray::number(i), "m" + QByteArray::number(i)));
    }
    ASK(first, get("/api/v1/events?order=newest&limit=3"));
    const nlohmann::json page = parsed(first);
    COMPARE_JSON(page.at("events").at(0).at("event"), "E3");
    COMPARE_JSON(page.at("events").at(2).at("event"), "E1");
    ASK(second, get("/api/v1/events?order=newest&after=" +
                    QByteArray::fromStdString(page.at("next").get<std::string>())));
    QCOMPARE(parsed(second).at("events").size(), std::size_t(1));
    COMPARE_JSON(parsed(second).at("events").at(0).at("event"), "E0");
    QVERIFY(parsed(second).at("next").is_null());
}

void TstApiServer::eventsByFilter()
{
    start();
    m_store->add("/v1/t", track("Order Placed", "m1"));
    m_store->add("/v1/t", track("Order Shipped", "m2"));
    m_store->add("/v1/t", track("Robot Moved", "m3"));
    ASK(response, get("/api/v1/events?where=event%3A%22Order+Sh*%22+type:track"));
    QCOMPARE(response.status, 200);
    QCOMPARE(parsed(response).at("events").size(), std::size_t(1));
    COMPARE_JSON(parsed(response).at("events").at(0).at("messageId"), "m2");
}

void TstApiServer::badParameters_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("limit 0") << QByteArray("limit=0") << QByteArray("from 1 to 1000");
    QTest::newRow("limit 1001") << QByteArray("limit=1001") << QByteArray("from 1 to 1000");
    QTest::newRow("limit of words") << QByteArray("limit=many") << QByteArray("from 1 to 1000");
    QTest::newRow("cursor") << QByteArray("after=x") << QByteArray("`next`");
    QTest::newRow("order") << QByteArray("order=up") << QByteArray("oldest or newest");
    QTest::newRow("unknown") << QByteArray("limt=5") << QByteArray("where, limit, after and order");
}

void TstApiServer::badParameters()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, said);
    start();
    ASK(response, get("/api/v1/events?" + query));
    QCOMPARE(response.status, 400);
    QCOMPARE(http::header(response.headers, "Content-Type"), QByteArray("application/problem+json"));
    const nlohmann::json problem = parsed(response);
    COMPARE_JSON(problem.at("status"), 400);
    COMPARE_JSON(problem.at("title"), "Bad Request");
    QVERIFY2(QByteArray::fromStdString(problem.at("detail").get<std::string>()).contains(said),
             response.body.constData());
}

void TstApiServer::mistakeInTheFilterHasItsPlace()
{
    start();
    ASK(response, get("/api/v1/events?where=type:track+colour:red"));
    QCOMPARE(response.status, 400);
    const nlohmann::json problem = parsed(response);
    COMPARE_JSON(problem.at("position"), 11);
    QVERIFY(problem.at("length").get<int>() > 0);
    QVERIFY(!problem.at("why").get<std::string>().empty());
}

void TstApiServer::coverage()
{
    const auto plan = plan::parse(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"type":"object"}},
                     {"type":"TRACK","key":"Never","jsonSchema":{"type":"object"}}]})"_ba,
        u"plan.json"_s);
    QVERIFY(plan);
    m_checker = std::make_shared<const check::Checker>(std::vector{*plan}, check::Conventions{});
    start();
    const auto with = [](event::Status status) {
        return [status](event::EventDraft &draft) { draft.status = status; };
    };
    m_store->add("/v1/t", track("A", "m1"), with(event::Status::Valid));
    m_store->add("/v1/t", track("A", "m2"), with(event::Status::Violation));
    m_store->add("/v1/t", track("B", "m3"), with(event::Status::Unplanned));
    m_store->add("/v1/t", "this is no JSON");
    ASK(all, get("/api/v1/coverage"));
    QCOMPARE(all.status, 200);
    const nlohmann::json coverage = parsed(all);
    COMPARE_JSON(coverage.at("events"), 3);
    COMPARE_JSON(coverage.at("rejected"), 1);
    COMPARE_JSON(coverage.at("plannedSeen"), 1);
    COMPARE_JSON(coverage.at("plannedEvents"), 2);
    COMPARE_JSON(coverage.at("rows").at(0).at("violations"), 1);
    COMPARE_JSON(coverage.at("rows").at(2).at("event"), "B");
    ASK(some, get("/api/v1/coverage?where=event:B&format=csv"));
    QVERIFY(some.body.contains("track,B,unplanned,,1,0,"));
    QVERIFY(some.body.contains("track,A,never seen,"));
    ASK(html, get("/api/v1/coverage?format=html"));
    QVERIFY(html.body.startsWith("<!DOCTYPE html>"));
    ASK(bad, get("/api/v1/coverage?format=pdf"));
    QCOMPARE(bad.status, 400);
    ASK(mistake, get("/api/v1/coverage?where=event:"));
    QCOMPARE(mistake.status, 400);
}

void TstApiServer::eventById()
{
    start();
    const auto ids = m_store->add(
        "/v1/batch", R"({"writeKey":"abcdefghijklmnop","batch":[{"type":"track","event":"A","userId":"u"},)"
                     R"({"type":"page","name":"Home","userId":"u"}],"sentAt":"2026-11-24T00:00:00Z"})");
    QCOMPARE(ids.size(), std::size_t(2));
    ASK(response, get("/api/v1/events/" + QByteArray::number(qulonglong{event::raw(ids.at(1))})));
    QCOMPARE(response.status, 200);
    const nlohmann::json event = parsed(response);
    COMPARE_JSON(event.at("id"), event::raw(ids.at(1)));
    COMPARE_JSON(event.at("type"), "page");
    COMPARE_JSON(event.at("event"), "Home");
    COMPARE_JSON(event.at("envelope").at("sentAt"), "2026-11-24T00:00:00Z");
    QVERIFY(!response.body.contains("abcdefghijklmnop"));
}

void TstApiServer::eventByMessageId()
{
    start();
    m_store->add("/v1/t", track("Spaced", "my id/1"));
    m_store->add("/v1/t", track("Numbered", "987654321"));
    ASK(spaced, get("/api/v1/events/my%20id%2F1"));
    QCOMPARE(spaced.status, 200);
    COMPARE_JSON(parsed(spaced).at("event"), "Spaced");
    ASK(numbered, get("/api/v1/events/987654321"));
    QCOMPARE(numbered.status, 200);
    COMPARE_JSON(parsed(numbered).at("event"), "Numbered");
}

void TstApiServer::noSuchEvent()
{
    start();
    for (const QByteArray &key : {"12345"_ba, "nothing"_ba, "*"_ba, "%22"_ba}) {
        ASK(response, get("/api/v1/events/" + key));
        QCOMPARE(response.status, 404);
        QVERIFY(parsed(response).at("fix").get<std::string>().find("/api/v1/events") != std::string::npos);
    }
}

void TstApiServer::resetBeginsASession()
{
    start();
    m_store->add("/v1/t", track("Before", "m0"));
    ASK(response, post("/api/v1/reset", R"({"name":"Checkout","testId":"T-42"})"));
    QCOMPARE(response.status, 200);
    const nlohmann::json session = parsed(response).at("session");
    COMPARE_JSON(session.at("name"), "Checkout");
    COMPARE_JSON(session.at("testId"), "T-42");
    COMPARE_JSON(session.at("id"), event::raw(m_store->writer().session()));
    QCOMPARE(event::raw(m_store->lastSession), event::raw(m_store->writer().session()));
    ASK(summary, get("/api/v1/summary"));
    COMPARE_JSON(parsed(summary).at("total"), 0);
    ASK(empty, post("/api/v1/reset"));
    QCOMPARE(empty.status, 200);
    COMPARE_JSON(parsed(empty).at("session").at("id"), session.at("id").get<int>() + 1);
}

void TstApiServer::resetAnswersWhenItStands()
{
    start();
    m_store->isHolding = true;
    Client client(port());
    client.send(post("/api/v1/reset"));
    QTRY_COMPARE(m_store->waitingTasks(), std::size_t(1));
    ASK(status, get("/api/v1/status")); // others are answered meanwhile
    QCOMPARE(status.status, 200);
    QVERIFY(client.pending().isEmpty());
    m_store->runTasks();
    QTRY_VERIFY(client.hasResponse());
    QCOMPARE(client.take().status, 200);
}

void TstApiServer::resetWithABadBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no JSON") << QByteArray("name=x");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("a number as name") << QByteArray("{\"name\":1}");
}

void TstApiServer::resetWithABadBody()
{
    QFETCH(QByteArray, body);
    start();
    const auto before = m_store->writer().session();
    ASK(response, post("/api/v1/reset", body));
    QCOMPARE(response.status, 400);
    QCOMPARE(event::raw(m_store->writer().session()), event::raw(before));
}

void TstApiServer::unknownPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("root") << QByteArray("/");
    QTest::newRow("other version") << QByteArray("/api/v2/status");
    QTest::newRow("unknown") << QByteArray("/api/v1/nothing");
    QTest::newRow("event without an id") << QByteArray("/api/v1/events//");
    QTest::newRow("prefix only") << QByteArray("/api/v1");
    QTest::newRow("longer") << QByteArray("/api/v1/statuses");
}

void TstApiServer::unknownPath()
{
    QFETCH(QByteArray, path);
    start();
    ASK(response, get(path));
    QCOMPARE(response.status, 404);
    const std::string detail = parsed(response).at("detail").get<std::string>();
    for (const char *known : {"/api/v1/status", "/api/v1/summary", "/api/v1/events", "/api/v1/reset"}) {
        QVERIFY2(detail.find(known) != std::string::npos, known);
    }
}

void TstApiServer::wrongMethod()
{
    start();
    ASK(getReset, get("/api/v1/reset"));
    QCOMPARE(getReset.status, 405);
    QCOMPARE(http::header(getReset.headers, "Allow"), QByteArray("POST"));
    ASK(postStatus, post("/api/v1/status"));
    QCOMPARE(postStatus.status, 405);
    QCOMPARE(http::header(postStatus.headers, "Allow"), QByteArray("GET, HEAD"));
}

void TstApiServer::headHasNoBody()
{
    start();
    Client client(port());
    client.send("HEAD /api/v1/summary HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/api/v1/summary"));
    QTRY_VERIFY(client.hasResponse(true));
    const http::Response head = client.take(true);
    QTRY_VERIFY(client.hasResponse());
    QCOMPARE(client.take().body.size(), http::header(head.headers, "Content-Length").toInt());
}

void TstApiServer::hostIsChecked_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("localhost") << QByteArray("localhost:8766") << 200;
    QTest::newRow("localhost, other case") << QByteArray("LocalHost") << 200;
    QTest::newRow("IPv4") << QByteArray("127.0.0.1:8766") << 200;
    QTest::newRow("IPv6") << QByteArray("[::1]:8766") << 200;
    QTest::newRow("a name pointed here") << QByteArray("evil.example:8766") << 421;
    QTest::newRow("a name that begins like one of ours") << QByteArray("localhost.evil.example") << 421;
    QTest::newRow("another address") << QByteArray("192.168.1.5:8766") << 421;
    QTest::newRow("empty") << QByteArray("") << 421;
    QTest::newRow("half a bracket") << QByteArray("[::1") << 421;
}

void TstApiServer::hostIsChecked()
{
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    start();
    ASK(response, "GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    QCOMPARE(response.status, status);
    ASK(without, QByteArray("GET /api/v1/status HTTP/1.1\r\n\r\n"));
    QCOMPARE(without.status, 421);
}

void TstApiServer::pagesAreRefused()
{
    start();
    const auto before = m_store->writer().session();
    ASK(response, "POST /api/v1/reset HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\n"
                  "Content-Length: 0\r\n\r\n"_ba);
    QCOMPARE(response.status, 403);
    QVERIFY(http::header(response.headers, "Access-Control-Allow-Origin").isNull());
    QCOMPARE(event::raw(m_store->writer().session()), event::raw(before));
}

void TstApiServer::tokenIsAsked_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    QTest::newRow("right") << QByteArray("Authorization: Bearer s3cret\r\n") << 200;
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("wrong") << QByteArray("Authorization: Bearer s3creT\r\n") << 401;
    QTest::newRow("longer") << QByteArray("Authorization: Bearer s3cret1\r\n") << 401;
    QTest::newRow("shorter") << QByteArray("Authorization: Bearer s3cre\r\n") << 401;
    QTest::newRow("other scheme") << QByteArray("Authorization: Basic s3cret\r\n") << 401;
}

void TstApiServer::tokenIsAsked()
{
    QFETCH(QByteArray, header);
    QFETCH(int, status);
    start(u"s3cret"_s);
    ASK(response, get("/api/v1/status", header));
    QCOMPARE(response.status, status);
    QCOMPARE(http::header(response.headers, "WWW-Authenticate"), status == 401 ? "Bearer"_ba : QByteArray());
}

void TstApiServer::networkNeedsAToken()
{
    api::Services open;
    open.storePath = m_store->path();
    open.writes = m_store.get();
    api::Server refused(open);
    const auto result = refused.listen({{QHostAddress(QHostAddress::AnyIPv4), 0}});
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::Permission);
    QVERIFY(refused.addresses().empty());

    open.token = u"t"_s;
    api::Server allowed(open);
    QVERIFY(allowed.listen({{QHostAddress(QHostAddress::AnyIPv4), 0}}));
}

void TstApiServer::portTaken()
{
    start();
    api::Services services;
    services.storePath = m_store->path();
    services.writes = m_store.get();
    api::Server second(services);
    const auto result = second.listen({{QHostAddress(QHostAddress::LocalHost), port()}});
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::InUse);
}

void TstApiServer::malformedRequest()
{
    start();
    ASK(response, "NONSENSE\r\n\r\n"_ba);
    QCOMPARE(response.status, 400);
    QCOMPARE(http::header(response.headers, "Content-Type"), QByteArray("application/problem+json"));
    QCOMPARE(http::header(response.headers, "Connection"), QByteArray("close"));
}

void TstApiServer::pipelinedAnswersComeInOrder()
{
    start();
    Client client(port());
    QByteArray all;
    for (int i = 0; i < 12; ++i) {
        all += get(i % 3 == 0 ? "/api/v1/summary" : i % 3 == 1 ? "/nothing" : "/api/v1/events?limit=1");
    }
    client.send(all);
    for (int i = 0; i < 12; ++i) {
        QTRY_VERIFY(client.hasResponse());
        const http::Response response = client.take();
        QCOMPARE(response.status, i % 3 == 1 ? 404 : 200);
        QCOMPARE(response.body.contains("\"total\""), i % 3 == 0);
        QCOMPARE(response.body.contains("\"next\""), i % 3 == 2);
    }
}

void TstApiServer::storeThatIsGone()
{
    api::Services services;
    services.storePath = u"/nowhere/events.trackside"_s;
    services.writes = m_store.get();
    m_server = std::make_unique<api::Server>(std::move(services));
    QVERIFY(m_server->listen({{QHostAddress(QHostAddress::LocalHost), 0}}));
    ASK(response, get("/api/v1/summary"));
    QCOMPARE(response.status, 500);
    QVERIFY(response.body.contains("/nowhere/events.trackside"));
}

void TstApiServer::serverGoesBeforeItsTask()
{
    start();
    m_store->isHolding = true;
    Client client(port());
    client.send(post("/api/v1/reset"));
    QTRY_COMPARE(m_store->waitingTasks(), std::size_t(1));
    m_server.reset();
    const auto before = m_store->writer().session();
    m_store->runTasks(); // its answer has nowhere to go
    QVERIFY(event::raw(m_store->writer().session()) > event::raw(before));
    QTRY_VERIFY(client.isClosed());
}

QTEST_GUILESS_MAIN(TstApiServer)
#include "tst_apiserver.moc"
