// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/passedhead.h"

#include "http/requestparser.h"

#include <QTest>

using capture::DialTarget;
using capture::passedHead;
using capture::UpstreamProxy;

namespace {

const DialTarget plain{DialTarget::Kind::Http, "api.segment.io", 80};
const DialTarget secured{DialTarget::Kind::Tls, "api.segment.io", 443};

http::Request parsed(const QByteArray &bytes)
{
    http::RequestParser parser;
    for (http::Action &action : parser.feed(bytes)) {
        if (auto *complete = std::get_if<http::RequestComplete>(&action)) {
            return std::move(complete->request);
        }
    }
    return {};
}

} // namespace

class TstPassedHead : public QObject
{
    Q_OBJECT

private slots:
    void passes_data();
    void passes();
    void namesTheAddressToAProxy_data();
    void namesTheAddressToAProxy();
    void goesWithoutAHeadAsSent();
};

void TstPassedHead::passes_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("head");

    const QByteArray same =
        "POST /v1/batch?a=%20b HTTP/1.1\r\nHost: api.segment.io\r\nX-ODD-case:  two  \r\n"
        "Cookie: a=1\r\ncookie: b=2\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n";
    QTest::newRow("as it came") << same + "{}" << same;
    QTest::newRow("HTTP/1.0 without Host") << QByteArray("POST /v1/t HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}")
                                           << QByteArray("POST /v1/t HTTP/1.0\r\nContent-Length: 2\r\n\r\n");
    QTest::newRow("absolute-form")
        << QByteArray("POST https://api.segment.io/v1/batch?x=1 HTTP/1.1\r\nContent-Length: 2\r\n"
                      "Host: api.segment.io\r\n\r\n{}")
        << QByteArray("POST /v1/batch?x=1 HTTP/1.1\r\nContent-Length: 2\r\nHost: api.segment.io\r\n\r\n");
    QTest::newRow("absolute-form with another Host")
        << QByteArray("GET http://cdn.segment.com HTTP/1.1\r\nhost: 127.0.0.1:8765\r\nA: b\r\n\r\n")
        << QByteArray("GET / HTTP/1.1\r\nhost: cdn.segment.com\r\nA: b\r\n\r\n");
    QTest::newRow("absolute-form without Host")
        << QByteArray("GET http://jo:secret@cdn.segment.com:8080?q HTTP/1.0\r\nA: b\r\n\r\n")
        << QByteArray("GET /?q HTTP/1.0\r\nHost: cdn.segment.com:8080\r\nA: b\r\n\r\n");
    QTest::newRow("what is for a proxy")
        << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: keep-alive\r\n"
                      "PROXY-AUTHORIZATION: Basic am86c2VjcmV0\r\nAccept: */*\r\n\r\n")
        << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
    QTest::newRow("Expect")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n{}")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
    QTest::newRow("chunks") << QByteArray(
                                   "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
                                   "3\r\nabc\r\n4\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n")
                            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nX: y\r\n\r\n");
    QTest::newRow("no chunk at all")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    const QByteArray socket = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                              "Sec-WebSocket-Key: x\r\n\r\n";
    QTest::newRow("WebSocket") << socket << socket;
    QTest::newRow("HTTP/2 offered")
        << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nA: b\r\n\r\n")
        << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n");
    QTest::newRow("OPTIONS of the server") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
                                           << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
}

void TstPassedHead::passes()
{
    QFETCH(QByteArray, request);
    const http::Request read = parsed(request);
    QVERIFY(!read.method.isEmpty());
    QTEST(passedHead(read, secured, {}), "head");
    // Through a proxy's CONNECT there is TLS to the host itself.
    QTEST(passedHead(read, secured, UpstreamProxy{"proxy", 3128, "Basic x"}), "head");
}

void TstPassedHead::namesTheAddressToAProxy_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("passed");

    QTest::newRow("origin-form") << QByteArray("GET /a?b HTTP/1.1") << 80
                                 << QByteArray("GET http://api.segment.io/a?b HTTP/1.1");
    QTest::newRow("origin-form with a port")
        << QByteArray("GET /a HTTP/1.1") << 8080 << QByteArray("GET http://api.segment.io:8080/a HTTP/1.1");
    QTest::newRow("absolute-form") << QByteArray("GET http://API.segment.io/a HTTP/1.1") << 80
                                   << QByteArray("GET http://API.segment.io/a HTTP/1.1");
    QTest::newRow("server-wide") << QByteArray("OPTIONS * HTTP/1.1") << 80
                                 << QByteArray("OPTIONS http://api.segment.io HTTP/1.1");
}

void TstPassedHead::namesTheAddressToAProxy()
{
    QFETCH(QByteArray, line);
    QFETCH(int, port);
    QFETCH(QByteArray, passed);
    DialTarget target = plain;
    target.port = static_cast<std::uint16_t>(port);
    const http::Request request =
        parsed(line + "\r\nHost: API.segment.io\r\nProxy-Authorization: Basic client\r\n\r\n");
    QCOMPARE(passedHead(request, target, UpstreamProxy{"proxy", 3128, {}}),
             passed + "\r\nHost: API.segment.io\r\n\r\n");
    QCOMPARE(passedHead(request, target, UpstreamProxy{"proxy", 3128, "Basic ours"}),
             passed + "\r\nHost: API.segment.io\r\nProxy-Authorization: Basic ours\r\n\r\n");
}

void TstPassedHead::goesWithoutAHeadAsSent()
{
    http::Request request;
    request.method = "GET";
    request.target = "/v1/projects/x/settings";
    request.headers = {{"Host", "cdn.segment.com"}, {"Proxy-Connection", "close"}};
    QCOMPARE(passedHead(request, secured, {}),
             QByteArray("GET /v1/projects/x/settings HTTP/1.1\r\nHost: cdn.segment.com\r\n\r\n"));
}

QTEST_GUILESS_MAIN(TstPassedHead)
#include "tst_passedhead.moc"
