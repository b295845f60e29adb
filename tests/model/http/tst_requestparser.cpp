// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/requestparser.h"

#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using http::Action;
using http::RequestParser;

namespace {

QByteArray describe(const Action &action)
{
    if (std::holds_alternative<http::SendContinue>(action)) {
        return "continue";
    }
    if (const auto *complete = std::get_if<http::RequestComplete>(&action)) {
        const http::Request &request = complete->request;
        return request.method + ' ' + request.target + " 1." + QByteArray::number(request.versionMinor) +
               (request.isKeepAlive ? " keep [" : " close [") + request.body + ']';
    }
    if (const auto *rejected = std::get_if<http::RequestRejected>(&action)) {
        return QByteArray::number(rejected->status) + ' ' + rejected->code;
    }
    return "tunnel " + std::get<http::TunnelRequested>(action).request.target;
}

QByteArrayList describe(const std::vector<Action> &actions)
{
    QByteArrayList all;
    for (const Action &action : actions) {
        all << describe(action);
    }
    return all;
}

/// Bytes in, in pieces that end at `cuts`; actions out, the end of the connection included when asked for.
std::vector<Action> converse(RequestParser &parser, const QByteArray &bytes,
                             const std::vector<qsizetype> &cuts)
{
    std::vector<Action> all;
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        // A copy of the piece alone, so that reading past its end is seen by the address sanitizer.
        const QByteArray piece(bytes.constData() + from, cut - from);
        for (Action &action : parser.feed(piece)) {
            all.push_back(std::move(action));
        }
        from = cut;
    }
    return all;
}

std::vector<qsizetype> everyByte(qsizetype size)
{
    std::vector<qsizetype> cuts;
    for (qsizetype at = 1; at <= size; ++at) {
        cuts.push_back(at);
    }
    return cuts;
}

std::vector<qsizetype> randomCuts(qsizetype size, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::vector<qsizetype> cuts;
    qsizetype at = 0;
    while (at < size) {
        at = std::min<qsizetype>(size, at + 1 + static_cast<qsizetype>(random() % 40));
        cuts.push_back(at);
    }
    return cuts;
}

QByteArray post(const QByteArray &body)
{
    return "POST /v1/t HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace

class TstRequestParser : public QObject
{
    Q_OBJECT

private slots:
    void conversation_data();
    void conversation();
    void keepsTheHeadByteForByte();
    void keepsHeadersInOrderAndCase();
    void tidiesValues();
    void trailersAreNoHeaders();
    void sayLlhttpsReason_data();
    void sayLlhttpsReason();
    void tunnelLeavesWhatFollows();
    void stopsAtTheHeadsItIsToldTo_data();
    void stopsAtTheHeadsItIsToldTo();
    void limits_data();
    void limits();
    void limitsHoldInPieces();
    void rejectedKeepsWhatWasRead();
    void finishInTheMiddle_data();
    void finishInTheMiddle();
    void tellsItsState();
    void nothingAfterStopped();
    void damagedInputReadsTheSameInPieces();
    void slowBodyCostsLinearTime();
    void largeBody();
};

void TstRequestParser::conversation_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArrayList>("out");

    const auto row = [](const char *name, const QByteArray &in, const QByteArrayList &out) {
        QTest::newRow(name) << in << out;
    };
    const QByteArray host = "Host: a\r\n";
    const QByteArray chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    // The plain ones.
    row("get", "GET / HTTP/1.1\r\n" + host + "\r\n", {"GET / 1.1 keep []"});
    row("post", post("{\"a\":1}"), {"POST /v1/t 1.1 keep [{\"a\":1}]"});
    row("post of length 0", post({}), {"POST /v1/t 1.1 keep []"});
    row("post without a length", "POST / HTTP/1.1\r\n" + host + "\r\n", {"POST / 1.1 keep []"});
    row("no header at all", "GET / HTTP/1.1\r\n\r\n", {"GET / 1.1 keep []"});
    row("empty header value", "GET / HTTP/1.1\r\nA:\r\nB: \r\nHost: a\r\n\r\n", {"GET / 1.1 keep []"});
    row("chunked", chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", {"POST / 1.1 keep [abcde]"});
    row("chunked, extension and trailer",
        chunked + "5;flag;name=\"x y\"\r\nhello\r\n0\r\nDigest: abc\r\n\r\n", {"POST / 1.1 keep [hello]"});
    row("chunked, no chunk", chunked + "0\r\n\r\n", {"POST / 1.1 keep []"});
    row("absolute form",
        "POST https://api.segment.io/v1/batch HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{}",
        {"POST https://api.segment.io/v1/batch 1.1 keep [{}]"});
    row("pipelined",
        post("1") + "GET /x HTTP/1.1\r\n" + host + "\r\n" + post("22") + chunked + "1\r\nz\r\n0\r\n\r\n",
        {"POST /v1/t 1.1 keep [1]", "GET /x 1.1 keep []", "POST /v1/t 1.1 keep [22]", "POST / 1.1 keep [z]"});
    row("leading line ends", "\r\n\r\nGET / HTTP/1.1\r\n" + host + "\r\n\r\n" + post("1"),
        {"GET / 1.1 keep []", "POST /v1/t 1.1 keep [1]"});
    row("folded header", "GET / HTTP/1.1\r\n" + host + "X: one\r\n two\r\n\r\n", {"GET / 1.1 keep []"});
    row("gzip, then chunked",
        "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        {"POST / 1.1 keep [a]"});

    // Keep-alive.
    row("1.1 close", "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", {"GET / 1.1 close []"});
    row("1.1 close, then more", "GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
        {"GET / 1.1 close []"});
    row("1.0", "GET / HTTP/1.0\r\n\r\n", {"GET / 1.0 close []"});
    row("1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n",
        {"GET / 1.0 keep []", "GET /2 1.0 close []"});

    // Expect.
    row("expect", "POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
        {"continue", "POST / 1.1 keep [{}]"});
    row("expect, chunked",
        "POST / HTTP/1.1\r\nEXPECT: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        {"continue", "POST / 1.1 keep []"});
    row("expect without a body", "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
        {"POST / 1.1 keep []"});
    row("expect of 1.0", "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
        {"POST / 1.0 close [a]"});
    row("expect over the limit",
        "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 999999999\r\n\r\n",
        {"413 body_too_large"});

    // Upgrades.
    row("h2c is ignored",
        "GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
        "AAMA\r\n\r\n" +
            post("1"),
        {"GET / 1.1 keep []", "POST /v1/t 1.1 keep [1]"});
    row("h2c with a body",
        "POST / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 1\r\n\r\na" + post("1"),
        {"POST / 1.1 keep [a]", "POST /v1/t 1.1 keep [1]"});
    row("http/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {"505 http2"});
    row("tls hello", QByteArray::fromHex("16030100c8010000c40303"), {"400 tls"});
    row("connect", "CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\n\r\n",
        {"tunnel api.segment.io:443"});
    row("connect of 1.0", "CONNECT api.segment.io:443 HTTP/1.0\r\n\r\n", {"tunnel api.segment.io:443"});
    row("connect to a path", "CONNECT /foo HTTP/1.1\r\n\r\n", {"400 bad_request"});
    row("connect without a port", "CONNECT host HTTP/1.1\r\n\r\n", {"400 bad_request"});

    // The hostile ones.
    row("length and chunked",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        {"400 bad_request"});
    row("chunked and length",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        {"400 bad_request"});
    row("two lengths", "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        {"400 bad_request"});
    row("length with a sign", "POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\nhello", {"400 bad_request"});
    row("length overflow", "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        {"400 bad_request"});
    row("chunk size overflow", chunked + "fffffffffffffffff\r\n", {"400 bad_request"});
    row("chunk over the limit", chunked + "ffffffff\r\n", {"413 body_too_large"});
    row("space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", {"400 bad_request"});
    row("bare LF", "GET / HTTP/1.1\nHost: a\n\n", {"400 bad_request"});
    row("bare CR in a value", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", {"400 bad_request"});
    row("NUL in a value", QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 30), {"400 bad_request"});
    row("junk after the chunk size", chunked + "5 x\r\nhello\r\n0\r\n\r\n", {"400 bad_request"});
    row("chunk longer than its size", chunked + "3\r\nabcd\r\n0\r\n\r\n", {"400 bad_request"});
    row("version 1.2", "GET / HTTP/1.2\r\n\r\n", {"505 http_version"});
    row("version 2.0", "GET / HTTP/2.0\r\n\r\n", {"505 http_version"});
    row("version 0.9", "GET /\r\n\r\n", {"505 http_version"});
    row("chunked, then gzip", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
        {"400 bad_request"});
    row("unknown method", "FETCH / HTTP/1.1\r\n\r\n", {"400 bad_request"});
    row("garbage", "hello there\r\n\r\n", {"400 bad_request"});
    row("wrong length, then a request", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nhello" + post("1"),
        {"POST / 1.1 keep [hel]", "400 bad_request"});
}

void TstRequestParser::conversation()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArrayList, out);

    RequestParser whole;
    QCOMPARE(describe(converse(whole, in, {in.size()})), out);

    RequestParser bytewise;
    QCOMPARE(describe(converse(bytewise, in, everyByte(in.size()))), out);

    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
        RequestParser split;
        QCOMPARE(describe(converse(split, in, randomCuts(in.size(), seed))), out);
    }
}

void TstRequestParser::keepsTheHeadByteForByte()
{
    const QByteArray head =
        "POST /v1/t?x=%7e  HTTP/1.1\r\nhOsT:  a \r\nX-Fold: one\r\n\ttwo\r\nContent-length:4\r\n\r\n";
    const QByteArray plain = QByteArray(head).replace("  HTTP", " HTTP");
    const QByteArray in = "\r\n" + plain + "body" + plain + "next";
    for (const auto &cuts :
         {std::vector<qsizetype>{in.size()}, everyByte(in.size()), randomCuts(in.size(), 7)}) {
        RequestParser parser;
        const auto actions = converse(parser, in, cuts);
        QCOMPARE(actions.size(), std::size_t(2));
        for (const Action &action : actions) {
            QCOMPARE(std::get<http::RequestComplete>(action).request.head, plain);
        }
    }
}

void TstRequestParser::keepsHeadersInOrderAndCase()
{
    const QByteArray in = "GET / HTTP/1.1\r\nB: 1\r\na: 2\r\nb: 3\r\nEmpty:\r\n\r\n";
    for (const auto &cuts : {std::vector<qsizetype>{in.size()}, everyByte(in.size())}) {
        RequestParser parser;
        const auto actions = converse(parser, in, cuts);
        const http::Request &request = std::get<http::RequestComplete>(actions.at(0)).request;
        QByteArrayList seen;
        for (const http::Header &header : request.headers) {
            seen << header.name + '=' + header.value;
        }
        QCOMPARE(seen, (QByteArrayList{"B=1", "a=2", "b=3", "Empty="}));
        QCOMPARE(request.header("b"), QByteArray("1"));
        QVERIFY(!request.header("empty").isNull());
        QVERIFY(request.header("empty").isEmpty());
        QVERIFY(request.header("absent").isNull());
    }
}

void TstRequestParser::tidiesValues()
{
    const QByteArray in = "GET / HTTP/1.1\r\nA:  x y \t \r\nFold: one\r\n two\r\n\r\n";
    for (const auto &cuts : {std::vector<qsizetype>{in.size()}, everyByte(in.size())}) {
        RequestParser parser;
        const auto actions = converse(parser, in, cuts);
        const http::Request &request = std::get<http::RequestComplete>(actions.at(0)).request;
        QCOMPARE(request.header("A"), QByteArray("x y"));
        QCOMPARE(request.header("Fold").simplified(), QByteArray("one two"));
        QVERIFY(!request.header("Fold").contains('\n'));
    }
}

void TstRequestParser::trailersAreNoHeaders()
{
    RequestParser parser;
    const auto actions = parser.feed("POST / HTTP/1.1\r\nTransfer-Encoding: "
                                     "chunked\r\n\r\n1\r\na\r\n0\r\nAuthorization: Basic eDo=\r\n\r\n");
    const http::Request &request = std::get<http::RequestComplete>(actions.at(0)).request;
    QCOMPARE(request.headers.size(), std::size_t(1));
    QVERIFY(request.header("Authorization").isNull());
}

void TstRequestParser::sayLlhttpsReason_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("length and chunked")
        << QByteArray("POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")
        << QByteArray("Content-Length can't be present with Transfer-Encoding");
    QTest::newRow("method") << QByteArray("FETCH / HTTP/1.1\r\n\r\n")
                            << QByteArray("Invalid method encountered");
    QTest::newRow("connect") << QByteArray("CONNECT /foo HTTP/1.1\r\n\r\n")
                             << QByteArray("CONNECT needs host:port, not \"/foo\"");
}

void TstRequestParser::sayLlhttpsReason()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, reason);
    RequestParser parser;
    const auto actions = parser.feed(in);
    QCOMPARE(actions.size(), std::size_t(1));
    QCOMPARE(std::get<http::RequestRejected>(actions.at(0)).reason, reason);
}

void TstRequestParser::tunnelLeavesWhatFollows()
{
    const QByteArray head = "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n";
    const QByteArray hello = QByteArray::fromHex("160301000501");

    RequestParser whole;
    const auto actions = whole.feed(head + hello);
    QCOMPARE(describe(actions), QByteArrayList{"tunnel h:443"});
    QCOMPARE(whole.consumed(), static_cast<std::size_t>(head.size()));
    QCOMPARE(std::get<http::TunnelRequested>(actions.at(0)).request.head, head);

    RequestParser split;
    QVERIFY(split.feed(head.first(20)).empty());
    QCOMPARE(split.consumed(), std::size_t(20));
    QCOMPARE(describe(split.feed(head.sliced(20) + hello)), QByteArrayList{"tunnel h:443"});
    QCOMPARE(split.consumed(), static_cast<std::size_t>(head.size() - 20));
    QVERIFY(split.feed(hello).empty());
    QCOMPARE(split.consumed(), std::size_t(0));
}

void TstRequestParser::stopsAtTheHeadsItIsToldTo_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("no body") << QByteArray() << QByteArray();
    QTest::newRow("body") << "Content-Length: 5\r\n"_ba
                          << "hello"_ba;
    QTest::newRow("body over the limit") << "Content-Length: 99999999999\r\n"_ba
                                         << "hello"_ba;
    QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n"_ba
                             << "5\r\nhello\r\n0\r\n\r\n"_ba;
    QTest::newRow("waits for 100") << "Expect: 100-continue\r\nContent-Length: 5\r\n"_ba << QByteArray();
}

void TstRequestParser::stopsAtTheHeadsItIsToldTo()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, rest);
    const QByteArray before = post("1");
    const QByteArray head = "POST http://other/x HTTP/1.1\r\nHost: other\r\n" + headers + "\r\n";
    const QByteArray all = before + head + rest;
    for (const auto &cuts : {std::vector<qsizetype>{all.size()}, everyByte(all.size())}) {
        RequestParser parser;
        QByteArrayList asked;
        parser.setStop([&asked](const http::Request &request) {
            asked << request.target;
            return request.target.startsWith("http:") && request.header("Host") == "other";
        });
        std::vector<Action> actions;
        qsizetype from = 0;
        qsizetype used = 0;
        for (const qsizetype cut : cuts) {
            for (Action &action : parser.feed(QByteArrayView(all).sliced(from, cut - from))) {
                actions.push_back(std::move(action));
            }
            used += static_cast<qsizetype>(parser.consumed());
            from = cut;
        }
        QCOMPARE(describe(actions), (QByteArrayList{"POST /v1/t 1.1 keep [1]", "tunnel http://other/x"}));
        QCOMPARE(asked, (QByteArrayList{"/v1/t", "http://other/x"}));
        QCOMPARE(all.sliced(used), rest);
        QCOMPARE(std::get<http::TunnelRequested>(actions.at(1)).request.head, head);
        QCOMPARE(parser.state(), RequestParser::State::Stopped);
        QVERIFY(parser.finish().empty());
    }
}

void TstRequestParser::limits_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArrayList>("out");

    const QByteArray get = "GET / HTTP/1.1\r\n";
    // The limits of the test: request line 64, head 256, 4 headers, body 16.
    QTest::newRow("longest target") << "GET /" + QByteArray(63, 'a') + " HTTP/1.1\r\n\r\n"
                                    << QByteArrayList{"GET /" + QByteArray(63, 'a') + " 1.1 keep []"};
    QTest::newRow("target too long") << "GET /" + QByteArray(64, 'a') + " HTTP/1.1\r\n\r\n"
                                     << QByteArrayList{"414 request_line_too_long"};
    QTest::newRow("target that never ends")
        << "GET /" + QByteArray(100'000, 'a') << QByteArrayList{"414 request_line_too_long"};
    QTest::newRow("largest head") << get + "A: " + QByteArray(256 - 16 - 3 - 4, 'x') + "\r\n\r\n"
                                  << QByteArrayList{"GET / 1.1 keep []"};
    QTest::newRow("head too large") << get + "A: " + QByteArray(256 - 16 - 3 - 3, 'x') + "\r\n\r\n"
                                    << QByteArrayList{"431 head_too_large"};
    QTest::newRow("name that never ends")
        << get + QByteArray(100'000, 'n') << QByteArrayList{"431 head_too_large"};
    QTest::newRow("value that never ends")
        << get + "A: " + QByteArray(100'000, 'v') << QByteArrayList{"431 head_too_large"};
    QTest::newRow("value of spaces that never ends")
        << get + "A: " + QByteArray(100'000, ' ') << QByteArrayList{"431 head_too_large"};
    QTest::newRow("most headers") << get + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n"
                                  << QByteArrayList{"GET / 1.1 keep []"};
    QTest::newRow("too many headers") << get + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n"
                                      << QByteArrayList{"431 too_many_headers"};
    QTest::newRow("largest body") << post(QByteArray(16, 'b'))
                                  << QByteArrayList{"POST /v1/t 1.1 keep [" + QByteArray(16, 'b') + ']'};
    QTest::newRow("body too large") << post(QByteArray(17, 'b')) << QByteArrayList{"413 body_too_large"};
    const QByteArray chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("largest chunked body") << chunked + "8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n"
                                          << QByteArrayList{"POST / 1.1 keep [1234567812345678]"};
    QTest::newRow("chunked body too large") << chunked + "8\r\n12345678\r\n9\r\n123456789\r\n0\r\n\r\n"
                                            << QByteArrayList{"413 body_too_large"};
    QTest::newRow("chunk extension too long") << chunked + "1;" + QByteArray(300, 'e') + "\r\na\r\n0\r\n\r\n"
                                              << QByteArrayList{"431 head_too_large"};
    QTest::newRow("chunk size of zeros")
        << chunked + QByteArray(1'000, '0') << QByteArrayList{"413 body_too_large"};
    QTest::newRow("trailers too long") << chunked + "0\r\nT: " + QByteArray(300, 't') + "\r\n\r\n"
                                       << QByteArrayList{"431 head_too_large"};
    QTest::newRow("too many trailers") << chunked + "0\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n"
                                       << QByteArrayList{"431 too_many_headers"};
}

void TstRequestParser::limits()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArrayList, out);
    const http::Limits limits{64, 256, 4, 16};

    RequestParser whole(limits);
    QCOMPARE(describe(converse(whole, in, {in.size()})), out);
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        RequestParser split(limits);
        QCOMPARE(describe(converse(split, in, randomCuts(in.size(), seed))), out);
    }
}

void TstRequestParser::limitsHoldInPieces()
{
    // The default head limit, against a client that sends one header after the other without end.
    RequestParser parser({64 * 1024, 128 * 1024, 1'000'000, 1024});
    QVERIFY(parser.feed("GET / HTTP/1.1\r\n").empty());
    std::size_t sent = 0;
    std::vector<Action> actions;
    while (actions.empty() && sent < 1024 * 1024) {
        actions = parser.feed("X: 1\r\n");
        sent += 6;
    }
    QCOMPARE(describe(actions), QByteArrayList{"431 head_too_large"});
    QVERIFY(sent <= 128 * 1024 + 6);
}

void TstRequestParser::rejectedKeepsWhatWasRead()
{
    RequestParser parser;
    const QByteArray in = "POST /v1/t HTTP/1.1\r\nHost : a\r\n\r\n{}";
    const auto actions = parser.feed(in);
    const auto &rejected = std::get<http::RequestRejected>(actions.at(0));
    QCOMPARE(rejected.partial.method, QByteArray("POST"));
    QCOMPARE(rejected.partial.target, QByteArray("/v1/t"));
    QCOMPARE(rejected.partial.head, in);
    QVERIFY(!rejected.partial.isKeepAlive);

    RequestParser inBody;
    const QByteArray head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto bodyActions = inBody.feed(head + "3\r\nabc\r\nzz\r\n");
    const auto &bodyRejected = std::get<http::RequestRejected>(bodyActions.at(0));
    QCOMPARE(bodyRejected.partial.head, head);
    QCOMPARE(bodyRejected.partial.body, QByteArray("abc"));
    QCOMPARE(bodyRejected.partial.headers.size(), std::size_t(1));
}

void TstRequestParser::finishInTheMiddle_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("reason"); // empty: nothing was begun
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("line ends only") << QByteArray("\r\n\r\n") << QByteArray();
    QTest::newRow("a whole request") << post("{}") << QByteArray();
    QTest::newRow("one byte") << QByteArray("P")
                              << QByteArray("The connection ended in the middle of the headers");
    QTest::newRow("half a head") << QByteArray("POST / HTTP/1.1\r\nHo")
                                 << QByteArray("The connection ended in the middle of the headers");
    QTest::newRow("half a body") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
                                 << QByteArray("The connection ended after 3 of 10 bytes of the body");
    QTest::newRow("no body at all") << QByteArray("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n")
                                    << QByteArray("The connection ended after 0 of 10 bytes of the body");
    QTest::newRow("half a chunked body")
        << QByteArray("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
        << QByteArray("The connection ended after 3 bytes of a chunked body");
    QTest::newRow("a request and a half")
        << post("{}") + "GET /" << QByteArray("The connection ended in the middle of the headers");
}

void TstRequestParser::finishInTheMiddle()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, reason);
    for (const auto &cuts : {std::vector<qsizetype>{in.size()}, everyByte(in.size())}) {
        RequestParser parser;
        converse(parser, in, cuts);
        const auto actions = parser.finish();
        QCOMPARE(parser.state(), RequestParser::State::Stopped);
        if (reason.isEmpty()) {
            QVERIFY(actions.empty());
        } else {
            QCOMPARE(actions.size(), std::size_t(1));
            const auto &rejected = std::get<http::RequestRejected>(actions.at(0));
            QCOMPARE(rejected.code, QByteArray("incomplete"));
            QCOMPARE(rejected.status, 400);
            QCOMPARE(rejected.reason, reason);
            QVERIFY(!rejected.partial.head.isEmpty());
        }
        QVERIFY(parser.finish().empty());
    }
}

void TstRequestParser::tellsItsState()
{
    RequestParser parser;
    QCOMPARE(parser.state(), RequestParser::State::Idle);
    static_cast<void>(parser.feed("\r\n"));
    QCOMPARE(parser.state(), RequestParser::State::Idle);
    static_cast<void>(parser.feed("POST / HTTP/1.1\r\nContent-Le"));
    QCOMPARE(parser.state(), RequestParser::State::ReadingHead);
    static_cast<void>(parser.feed("ngth: 2\r\n\r\n"));
    QCOMPARE(parser.state(), RequestParser::State::ReadingBody);
    static_cast<void>(parser.feed("{"));
    QCOMPARE(parser.state(), RequestParser::State::ReadingBody);
    QCOMPARE(parser.feed("}").size(), std::size_t(1));
    QCOMPARE(parser.state(), RequestParser::State::Idle);
    QCOMPARE(parser.feed("GET / HTTP/1.0\r\n\r\n").size(), std::size_t(1));
    QCOMPARE(parser.state(), RequestParser::State::Stopped);
}

void TstRequestParser::nothingAfterStopped()
{
    RequestParser parser;
    QCOMPARE(parser.feed("bad\r\n").size(), std::size_t(1));
    QVERIFY(parser.feed(post("{}")).empty());
    QCOMPARE(parser.consumed(), std::size_t(0));
    QVERIFY(parser.finish().empty());
}

void TstRequestParser::damagedInputReadsTheSameInPieces()
{
    const QByteArray chunked = "POST /v1/b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                               "chunked\r\n\r\n5;x=y\r\nhello\r\n3\r\n{}!\r\n0\r\nT: v\r\n\r\n";
    const QByteArrayList seeds{
        post("{\"event\":\"Order Placed\"}") + "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        chunked + post("1"),
        "CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\n\r\n\x16\x03",
        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nConnection: keep-alive\r\nContent-Length: "
        "3\r\n\r\nabcPRI * HTTP/2.0",
    };
    const QByteArray bytes = QByteArrayLiteral("\r\n :;,=\t\0\x16\x7f\xff"
                                               "019afPGH/*+-\"");
    std::mt19937 random(20261124);
    const auto below = [&random](qsizetype bound) {
        return static_cast<qsizetype>(random() % static_cast<std::uint32_t>(bound));
    };
    for (int round = 0; round < 4000; ++round) {
        QByteArray in = seeds.at(below(seeds.size()));
        for (qsizetype changes = 1 + below(3); changes > 0; --changes) {
            const qsizetype at = below(in.size());
            switch (below(4)) {
            case 0:
                in[at] = bytes.at(below(bytes.size()));
                break;
            case 1:
                in.insert(at, bytes.at(below(bytes.size())));
                break;
            case 2:
                in.remove(at, 1 + below(4));
                break;
            default:
                in.insert(at, in.mid(below(in.size()), 1 + below(20)));
                break;
            }
            in += in.isEmpty() ? "x" : "";
        }
        RequestParser whole;
        std::vector<Action> atOnce = converse(whole, in, {in.size()});
        RequestParser split;
        std::vector<Action> inPieces =
            converse(split, in, randomCuts(in.size(), static_cast<std::uint32_t>(random())));
        for (Action &action : whole.finish()) {
            atOnce.push_back(std::move(action));
        }
        for (Action &action : split.finish()) {
            inPieces.push_back(std::move(action));
        }
        QVERIFY2(describe(atOnce) == describe(inPieces),
                 (in.toPercentEncoding() + "\nat once: " + describe(atOnce).join(" | ") +
                  "\nin pieces: " + describe(inPieces).join(" | "))
                     .constData());
    }
}

void TstRequestParser::slowBodyCostsLinearTime()
{
    // A quadratic parser would need hours for this: 4 MB, one byte at a time, in a chunked body as well.
    constexpr qsizetype size = 4 * 1024 * 1024;
    RequestParser parser;
    QVERIFY(
        parser.feed("POST / HTTP/1.1\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n").empty());
    for (qsizetype at = 0; at + 1 < size; ++at) {
        QVERIFY(parser.feed("x").empty());
    }
    const auto actions = parser.feed("y");
    QCOMPARE(actions.size(), std::size_t(1));
    const QByteArray &body = std::get<http::RequestComplete>(actions.at(0)).request.body;
    QCOMPARE(body.size(), size);
    QVERIFY(body.startsWith("xxx"));
    QVERIFY(body.endsWith("xy"));
}

void TstRequestParser::largeBody()
{
    QByteArray body(3 * 1024 * 1024, Qt::Uninitialized);
    std::mt19937 random(1);
    for (char &c : body) {
        c = static_cast<char>(random());
    }
    RequestParser parser;
    std::vector<qsizetype> cuts;
    const QByteArray in = post(body);
    for (qsizetype at = 65536; at < in.size(); at += 65536) {
        cuts.push_back(at);
    }
    cuts.push_back(in.size());
    const auto actions = converse(parser, in, cuts);
    QCOMPARE(actions.size(), std::size_t(1));
    QCOMPARE(std::get<http::RequestComplete>(actions.at(0)).request.body, body);
}

QTEST_GUILESS_MAIN(TstRequestParser)
#include "tst_requestparser.moc"
