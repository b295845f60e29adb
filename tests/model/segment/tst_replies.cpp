// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/replies.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace {

http::Request request(const std::vector<http::Header> &headers)
{
    http::Request request;
    request.method = "POST";
    request.headers = headers;
    return request;
}

nlohmann::json bodyOf(const http::Response &response)
{
    return nlohmann::json::parse(response.body.toStdString());
}

QByteArray valueOf(const http::Response &response, QByteArrayView name)
{
    return http::header(response.headers, name);
}

} // namespace

class TstReplies : public QObject
{
    Q_OBJECT

private slots:
    void acceptsAsEverySdkWants();
    void everyReplyHasCors_data();
    void everyReplyHasCors();
    void preflightEchoes();
    void settingsNameThisPortToBrowsersOnly();
    void settingsEscapeTheKey();
    void refusedHasWhatSdksRead();
    void pixelIsAGif();
    void jsonpCallsTheName_data();
    void jsonpCallsTheName();
    void unknownPathsNameTheKnown();
};

void TstReplies::acceptsAsEverySdkWants()
{
    const http::Response response = segment::accepted(request({}));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, "{\"success\":true}"_ba);
    QCOMPARE(valueOf(response, "content-type"), "application/json"_ba);
}

void TstReplies::everyReplyHasCors_data()
{
    QTest::addColumn<int>("which");
    const char *names[] = {"accepted", "pixel",  "refused",     "preflight", "settings",
                           "token",    "health", "unknownPath", "jsonp"};
    for (int i = 0; i < 9; ++i) {
        QTest::newRow(names[i]) << i;
    }
}

void TstReplies::everyReplyHasCors()
{
    QFETCH(int, which);
    const auto make = [which](const http::Request &request) {
        switch (which) {
        case 0:
            return segment::accepted(request);
        case 1:
            return segment::pixel(request);
        case 2:
            return segment::refused(request, 400, "invalid_json", u"why"_s);
        case 3:
            return segment::preflight(request);
        case 4:
            return segment::settings(request, u"key"_s);
        case 5:
            return segment::token(request);
        case 6:
            return segment::health(request);
        case 7:
            return segment::unknownPath(request, segment::route("GET", "/x"));
        default:
            return segment::jsonp(request, "callback=a");
        }
    };
    const http::Response plain = make(request({}));
    QCOMPARE(valueOf(plain, "Access-Control-Allow-Origin"), "*"_ba);
    QVERIFY(valueOf(plain, "Access-Control-Allow-Credentials").isNull());
    for (const QByteArray &origin : {"https://shop.example"_ba, "null"_ba, "capacitor://localhost"_ba}) {
        const http::Response browser = make(request({{"origin", origin}}));
        QCOMPARE(valueOf(browser, "Access-Control-Allow-Origin"), origin);
        QCOMPARE(valueOf(browser, "Access-Control-Allow-Credentials"), "true"_ba);
        QCOMPARE(valueOf(browser, "Access-Control-Expose-Headers"), "Retry-After, X-RateLimit-Reset"_ba);
        QCOMPARE(valueOf(browser, "Vary"), "Origin"_ba);
    }
}

void TstReplies::preflightEchoes()
{
    const http::Response plain = segment::preflight(request({{"Origin", "https://a.example"}}));
    QCOMPARE(plain.status, 204);
    QVERIFY(plain.body.isEmpty());
    QCOMPARE(valueOf(plain, "Access-Control-Allow-Headers"), "authorization, content-type, x-retry-count"_ba);
    QCOMPARE(valueOf(plain, "Access-Control-Allow-Methods"), "GET, POST, OPTIONS"_ba);
    QCOMPARE(valueOf(plain, "Access-Control-Max-Age"), "600"_ba);
    QVERIFY(valueOf(plain, "Access-Control-Allow-Private-Network").isNull());
    const http::Response asked =
        segment::preflight(request({{"Origin", "https://a.example"},
                                    {"Access-Control-Request-Headers", "authorization,x-mine"},
                                    {"Access-Control-Request-Private-Network", "true"}}));
    QCOMPARE(valueOf(asked, "Access-Control-Allow-Headers"), "authorization,x-mine"_ba);
    QCOMPARE(valueOf(asked, "Access-Control-Allow-Private-Network"), "true"_ba);
}

void TstReplies::settingsNameThisPortToBrowsersOnly()
{
    const http::Response mobile = segment::settings(request({{"Host", "10.0.2.2:8765"}}), u"KEY"_s);
    const nlohmann::json own = bodyOf(mobile);
    QCOMPARE(own["integrations"].size(), std::size_t{1});
    QCOMPARE(own["integrations"]["Segment.io"]["apiKey"].get<std::string>(), "KEY");
    QVERIFY(!own["integrations"]["Segment.io"].contains("apiHost"));
    QVERIFY(!own["integrations"]["Segment.io"].contains("protocol"));
    QCOMPARE(own["metrics"]["sampleRate"].get<int>(), 0);
    QVERIFY(own["plan"]["track"]["__default"]["enabled"].get<bool>());
    QCOMPARE(valueOf(mobile, "Cache-Control"), "no-cache"_ba);

    for (const http::Header &sign :
         {http::Header{"Origin", "https://shop.example"}, http::Header{"Sec-Fetch-Mode", "cors"}}) {
        const nlohmann::json browser =
            bodyOf(segment::settings(request({{"Host", "127.0.0.1:8765"}, sign}), u"KEY"_s));
        QCOMPARE(browser["integrations"]["Segment.io"]["apiHost"].get<std::string>(), "127.0.0.1:8765/v1");
        QCOMPARE(browser["integrations"]["Segment.io"]["protocol"].get<std::string>(), "http");
    }
    QVERIFY(!bodyOf(segment::settings(request({{"Origin", "null"}}), u"KEY"_s))["integrations"]["Segment.io"]
                 .contains("apiHost"));
}

void TstReplies::settingsEscapeTheKey()
{
    const QString odd = u"a\"b\\c\nü</script>"_s;
    const http::Response response = segment::settings(request({{"Host", "h\"x"}, {"Origin", "null"}}), odd);
    const nlohmann::json body = bodyOf(response);
    QCOMPARE(QString::fromStdString(body["integrations"]["Segment.io"]["apiKey"].get<std::string>()), odd);
    QCOMPARE(body["integrations"]["Segment.io"]["apiHost"].get<std::string>(), "h\"x/v1");
}

void TstReplies::refusedHasWhatSdksRead()
{
    const http::Response response =
        segment::refused(request({}), 413, "too_large", u"The \"body\" is too large."_s);
    QCOMPARE(response.status, 413);
    const nlohmann::json body = bodyOf(response);
    QCOMPARE(body["success"].get<bool>(), false);
    QCOMPARE(body["code"].get<std::string>(), "too_large");
    QCOMPARE(body["error"].get<std::string>(), "The \"body\" is too large.");
    QCOMPARE(body["message"].get<std::string>(), "The \"body\" is too large.");
}

void TstReplies::pixelIsAGif()
{
    const http::Response response = segment::pixel(request({}));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body.size(), 43);
    QVERIFY(response.body.startsWith("GIF89a"));
    QVERIFY(response.body.endsWith(';'));
    QCOMPARE(valueOf(response, "Content-Type"), "image/gif"_ba);
    QCOMPARE(valueOf(response, "Cache-Control"), "no-store"_ba);
}

void TstReplies::jsonpCallsTheName_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("name") << "data=e30&callback=analytics.cb_1"_ba
                          << "analytics.cb_1({\"success\":true});"_ba;
    QTest::newRow("no name") << "data=e30"_ba
                             << "{\"success\":true}"_ba;
    QTest::newRow("script") << "callback=alert(1)//"_ba
                            << "{\"success\":true}"_ba;
}

void TstReplies::jsonpCallsTheName()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, body);
    QCOMPARE(segment::jsonp(request({}), query).body, body);
}

void TstReplies::unknownPathsNameTheKnown()
{
    const http::Response unknown = segment::unknownPath(request({}), segment::route("GET", "/nothing"));
    QCOMPARE(unknown.status, 404);
    QVERIFY(bodyOf(unknown)["message"].get<std::string>().find("/v1/batch") != std::string::npos);
    const http::Response script =
        segment::unknownPath(request({}), segment::route("GET", "/analytics.js/v1/k/analytics.min.js"));
    QCOMPARE(script.status, 404);
    QVERIFY(bodyOf(script)["message"].get<std::string>().find("does not ship") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstReplies)
#include "tst_replies.moc"
