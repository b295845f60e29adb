// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connectioncontext.h"
#include "capture/exchange.h"
#include "tests/model/capture/scriptedhost.h"
#include "tests/model/tls/tlstest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using capture::Channel;
using capture::ConnectionContext;
using capture::Dialer;
using capture::DialTarget;
using capture::Exchange;
using capture::UpstreamRoute;
using tests::deadPort;
using tests::ScriptedHost;
using tlstest::Place;
using Visitor = ScriptedHost::Visitor;

namespace {

class NoHandler final : public capture::RequestHandler
{
public:
    [[nodiscard]] capture::Handling handle(event::ReplyToken, const capture::Arrival &,
                                           http::Request &&) override
    {
        return {};
    }
    [[nodiscard]] std::optional<http::Response> handleRejected(event::ReplyToken, const capture::Arrival &,
                                                               http::RequestRejected &&) override
    {
        return std::nullopt;
    }
    [[nodiscard]] http::Response tooManyConnections() const override { return {}; }
};

Dialer::Options options(const UpstreamRoute &route = {}, const QString &trusted = {})
{
    Dialer::Options made;
    made.route = route;
    made.moreTrustedPem = trusted;
    return made;
}

/// What the exchange's client is told, and a loop that drives the exchange.
class Desk final : public Exchange::Client
{
public:
    explicit Desk(Dialer::Options given = options())
        : context(m_handler, capture::ServerOptions{})
        , dialer(std::move(given))
    {
        context.readBuffer.resize(64 * 1024);
        context.poller = std::make_unique<capture::Poller>([this](auto ready) {
            for (const capture::Poller::Ready &each : ready) {
                const auto found = context.watchers.find(each.key);
                if (found != context.watchers.end()) {
                    found->second->ready(each.isReadable, each.isWritable);
                }
            }
        });
        exchange = std::make_unique<Exchange>(context, dialer, Dialer::Guard{}, *this);
    }

    void answerBytes(QByteArrayView bytes) override
    {
        answer += bytes;
        if (onBytes) {
            onBytes();
        }
    }
    void answerDone(bool isKeepAlive) override
    {
        ++done;
        keepsAlive = isKeepAlive;
        if (onDone) {
            onDone();
        }
    }
    void upgraded(std::unique_ptr<Channel> given, QByteArray received) override
    {
        channel = std::move(given);
        behind = std::move(received);
    }
    void answerFailed(const base::Error &told, bool isBegun) override
    {
        error = told;
        hadBegun = isBegun;
        if (onFailed) {
            onFailed();
        }
    }

    /// The answer that came since the last time.
    QByteArray take() { return std::exchange(answer, {}); }
    void pass(std::int64_t ms)
    {
        context.nowMs += ms;
        if (exchange != nullptr) {
            exchange->checkTimeouts();
        }
    }

private:
    NoHandler m_handler;

public:
    ConnectionContext context;
    Dialer dialer;
    std::unique_ptr<Exchange> exchange;
    QByteArray answer, behind;
    int done = 0;
    bool keepsAlive = false;
    bool hadBegun = false;
    std::unique_ptr<Channel> channel;
    std::optional<base::Error> error;
    std::function<void()> onBytes, onDone, onFailed;
};

http::Request request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {})
{
    http::Request made;
    made.method = method;
    made.target = target;
    made.body = body;
    made.head = method + ' ' + target + " HTTP/1.1\r\nHost: api.segment.io\r\n";
    if (!body.isEmpty()) {
        made.head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    }
    made.head += "\r\n";
    return made;
}

DialTarget plainTo(quint16 port)
{
    return {DialTarget::Kind::Http, "127.0.0.1", port};
}

/// Answers each request that is whole by its head alone.
ScriptedHost::Script answering(const QByteArray &answer)
{
    return [answer](Visitor &visitor) {
        if (visitor.received.endsWith("\r\n\r\n")) {
            visitor.received.clear();
            visitor.send(answer);
        }
    };
}

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

class TstExchange : public QObject
{
    Q_OBJECT

private slots:
    void handsBytesThrough_data();
    void handsBytesThrough();
    void keepsTheConnection();
    void dialsAnotherTarget();
    void dialsAgainWhenTheHostClosedMeanwhile();
    void triesOnceMoreOnAFreshConnection_data();
    void triesOnceMoreOnAFreshConnection();
    void failsOnAFreshConnectionThatCloses();
    void failsInTheMiddleOfAnAnswer_data();
    void failsInTheMiddleOfAnAnswer();
    void failsWhenNobodyListens();
    void failsAfterSilence();
    void silenceOfAClientIsNotTheHosts();
    void dropsAConnectionLongUnused();
    void sendsLargeBodies_data();
    void sendsLargeBodies();
    void waitsForItsClient();
    void takesAnAnswerBeforeTheBodyIsSent();
    void becomesATunnel();
    void goesThroughAProxy();
    void speaksTls();
    void sendsTheNextOneFromTheLast();
    void survivesItsEndWithinACall_data();
    void survivesItsEndWithinACall();
    void leavesNothingBehind();
};

void TstExchange::handsBytesThrough_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("keepsAlive");

    const auto row = [](const char *name, const QByteArray &method, const QByteArray &answer, bool closes,
                        bool keepsAlive) { QTest::newRow(name) << method << answer << closes << keepsAlive; };
    row("length", "POST", "HTTP/1.1 200  Oh-Kay\r\nx-ODD:y\r\nContent-Length: 2\r\n\r\nok", false, true);
    row("chunks", "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nT: u\r\n\r\n", false, true);
    row("until it closes", "GET", "HTTP/1.1 200 OK\r\n\r\nall of it", true, false);
    row("closes all the same", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", true, true);
    row("says that it closes", "GET", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        true, false);
    row("HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n", false, true);
    row("204", "POST", "HTTP/1.1 204 No Content\r\n\r\n", false, true);
    row("304", "GET", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n", false, true);
    row("interim answers", "POST",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false,
        true);
    row("an error of the host", "POST",
        "HTTP/1.1 429 Too Many\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n", false, true);
    row("HTTP/1.0", "GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", true, false);
}

void TstExchange::handsBytesThrough()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    QFETCH(bool, closes);
    const http::Request sent = request(method, "/v1/x?y=z");
    for (const qsizetype piece : {answer.size(), qsizetype{1}}) {
        ScriptedHost host([&](Visitor &visitor) {
            if (!visitor.received.endsWith("\r\n\r\n")) {
                return;
            }
            for (qsizetype at = 0; at < answer.size(); at += piece) {
                visitor.send(answer.mid(at, piece));
                visitor.socket().flush();
            }
            if (closes) {
                visitor.end();
            }
        });
        Desk desk;
        desk.exchange->send(plainTo(host.port()), sent);
        QVERIFY(desk.exchange->isBusy());
        QTRY_COMPARE(desk.done, 1);
        QCOMPARE(desk.answer, answer);
        QTEST(desk.keepsAlive, "keepsAlive");
        QVERIFY(!desk.exchange->isBusy());
        QCOMPARE(host.visitor().received, sent.head);
        QVERIFY(!desk.error);
    }
}

void TstExchange::keepsTheConnection()
{
    ScriptedHost host(answering(ok));
    Desk desk;
    for (int count = 1; count <= 5; ++count) {
        desk.exchange->send(plainTo(host.port()), request("GET", "/"));
        QTRY_COMPARE(desk.done, count);
        QCOMPARE(desk.take(), ok);
    }
    QCOMPARE(host.count(), std::size_t{1});

    http::Request last = request("GET", "/");
    last.isKeepAlive = false;
    desk.exchange->send(plainTo(host.port()), last);
    QTRY_COMPARE(desk.done, 6);
    QTRY_VERIFY(host.visitor().isGone()); // whose own answer may say nothing of it
}

void TstExchange::dialsAnotherTarget()
{
    ScriptedHost one(answering(ok)), two(answering(ok));
    Desk desk;
    desk.exchange->send(plainTo(one.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 1);
    desk.exchange->send(plainTo(two.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 2);
    QCOMPARE(two.count(), std::size_t{1});
    QTRY_VERIFY(one.visitor().isGone());
}

void TstExchange::dialsAgainWhenTheHostClosedMeanwhile()
{
    ScriptedHost host(answering(ok));
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 1);
    host.visitor().end();
    QTRY_VERIFY(host.visitor().isGone()); // both have closed
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 2);
    QCOMPARE(host.count(), std::size_t{2});

    // What nobody asked for ends a connection too: it would be taken for the next answer.
    host.visitor(1).send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    QTRY_VERIFY(host.visitor(1).isGone());
    desk.take();
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 3);
    QCOMPARE(desk.answer, ok);
}

void TstExchange::triesOnceMoreOnAFreshConnection_data()
{
    QTest::addColumn<bool>("aborts");
    QTest::addColumn<bool>("again");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("closes") << false << false << QByteArray();
    QTest::newRow("resets") << true << false << QByteArray();
    QTest::newRow("closes, with a body") << false << false << QByteArray(3'000'000, 'x');
    QTest::newRow("closes twice") << false << true << QByteArray();
}

void TstExchange::triesOnceMoreOnAFreshConnection()
{
    QFETCH(bool, aborts);
    QFETCH(bool, again);
    QFETCH(QByteArray, body);
    const http::Request second = request("POST", "/second", body);
    ScriptedHost host;
    int seen = 0;
    host.setScript([&](Visitor &visitor) {
        if (visitor.received.startsWith("GET") && visitor.received.endsWith("\r\n\r\n")) {
            visitor.received.clear();
            visitor.send(ok);
            return;
        }
        if (visitor.received.startsWith("POST") && (seen == 0 || again)) {
            ++seen;
            visitor.received.clear();
            aborts ? visitor.abort() : visitor.end();
        } else if (visitor.received == second.head + second.body) {
            visitor.send(ok);
        }
    });
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/first"));
    QTRY_COMPARE(desk.done, 1);
    desk.take();
    desk.exchange->send(plainTo(host.port()), second);
    if (again) {
        QTRY_VERIFY(desk.error);
        QVERIFY(!desk.hadBegun);
        QCOMPARE(seen, 2);
    } else {
        QTRY_COMPARE(desk.done, 2);
        QCOMPARE(desk.answer, ok);
        QCOMPARE(host.visitor(1).received, second.head + second.body);
    }
    QCOMPARE(host.count(), std::size_t{2});
}

void TstExchange::failsOnAFreshConnectionThatCloses()
{
    ScriptedHost host([](Visitor &visitor) { visitor.end(); });
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("POST", "/v1/batch", "{}"));
    QTRY_VERIFY(desk.error);
    QVERIFY(!desk.hadBegun);
    QVERIFY(!desk.exchange->isBusy());
    QCOMPARE(host.count(), std::size_t{1});
    QCOMPARE(desk.error->code, base::ErrorCode::Network);
    QCOMPARE(desk.error->what, u"127.0.0.1 gave no answer."_s);
    QVERIFY(!desk.error->why.isEmpty());
    QVERIFY(!desk.error->fix.isEmpty());
}

void TstExchange::failsInTheMiddleOfAnAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel") << true;
    QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")
                            << true;
    QTest::newRow("head") << QByteArray("HTTP/1.1 200 OK\r\nCont") << true;
    QTest::newRow("behind an interim answer") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << true;
    QTest::newRow("no HTTP") << QByteArray("220 smtp.example.com ESMTP\r\n") << false;
    QTest::newRow("no HTTP, TLS") << QByteArray("\x15\x03\x01\0\x02\x02\x46", 7) << false;
}

void TstExchange::failsInTheMiddleOfAnAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, hasBegun);
    ScriptedHost host;
    host.setScript([&](Visitor &visitor) {
        if (visitor.received.contains("/first")) {
            visitor.received.clear();
            visitor.send(ok);
            return;
        }
        visitor.send(answer);
        visitor.end();
    });
    Desk desk;
    // On a kept connection, where nothing at all would have been tried again.
    desk.exchange->send(plainTo(host.port()), request("GET", "/first"));
    QTRY_COMPARE(desk.done, 1);
    desk.take();
    desk.exchange->send(plainTo(host.port()), request("GET", "/second"));
    QTRY_VERIFY(desk.error);
    QCOMPARE(desk.hadBegun, hasBegun);
    QCOMPARE(desk.answer, hasBegun ? answer : QByteArray());
    QCOMPARE(desk.error->what,
             hasBegun ? u"The answer of 127.0.0.1 broke off."_s : u"127.0.0.1 gave no answer."_s);
    QCOMPARE(host.count(), std::size_t{1});
}

void TstExchange::failsWhenNobodyListens()
{
    Desk desk;
    desk.exchange->send(plainTo(deadPort()), request("GET", "/"));
    QVERIFY(!desk.error);
    QTRY_VERIFY(desk.error);
    QVERIFY(!desk.hadBegun);
    QCOMPARE(desk.error->what, u"127.0.0.1 can't be reached."_s);

    // And is good for the next.
    ScriptedHost host(answering(ok));
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 1);
}

void TstExchange::failsAfterSilence()
{
    ScriptedHost host;
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_VERIFY(host.count() == 1 && !host.visitor().received.isEmpty());
    desk.pass(29'000);
    QVERIFY(!desk.error);
    host.visitor().send("HTTP/1.1 200 OK\r\n");
    QTRY_VERIFY(!desk.answer.isEmpty());
    desk.pass(29'000);
    QVERIFY(!desk.error); // a byte came
    desk.pass(1'001);
    QVERIFY(desk.error);
    QVERIFY(desk.hadBegun);
    QVERIFY(desk.error->why.contains(u"30 seconds"));
    QTRY_VERIFY(host.visitor().isGone());
}

void TstExchange::silenceOfAClientIsNotTheHosts()
{
    ScriptedHost host;
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_VERIFY(host.count() == 1 && !host.visitor().received.isEmpty());
    desk.exchange->pause();
    desk.pass(60'000);
    QVERIFY(!desk.error);
    desk.exchange->resume();
    desk.pass(29'000);
    QVERIFY(!desk.error);
    host.visitor().send(ok);
    QTRY_COMPARE(desk.done, 1);
}

void TstExchange::dropsAConnectionLongUnused()
{
    ScriptedHost host(answering(ok));
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 1);
    desk.pass(30'001);
    QTRY_VERIFY(host.visitor().isGone());
    QVERIFY(!desk.error);
}

void TstExchange::sendsLargeBodies_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TstExchange::sendsLargeBodies()
{
    QFETCH(bool, isTls);
    Place place;
    QByteArray body;
    for (int number = 0; body.size() < 20'000'000; ++number) {
        body += QByteArray::number(number);
    }
    const http::Request sent = request("POST", "/v1/import", body);
    const qsizetype whole = sent.head.size() + body.size();
    ScriptedHost host(
        [whole](Visitor &visitor) {
            if (visitor.received.size() == whole) {
                visitor.send(ok);
            }
        },
        isTls ? &place.contexts : nullptr);
    Desk desk(options({}, place.authority->info().certificatePath));
    desk.exchange->send({isTls ? DialTarget::Kind::Tls : DialTarget::Kind::Http, "localhost", host.port()},
                        sent);
    QTRY_COMPARE_WITH_TIMEOUT(desk.done, 1, 30'000);
    QVERIFY(host.visitor().received == sent.head + body);
    QCOMPARE(desk.answer, ok);
}

void TstExchange::waitsForItsClient()
{
    constexpr qsizetype size = 64'000'000;
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n";
    ScriptedHost host([&](Visitor &visitor) {
        visitor.send(head);
        visitor.send(QByteArray(size, 'x'));
    });
    Desk desk;
    desk.onBytes = [&desk] { desk.exchange->pause(); };
    desk.exchange->send(plainTo(host.port()), request("GET", "/large"));
    QTRY_VERIFY(!desk.answer.isEmpty());
    const qsizetype first = desk.answer.size();
    QVERIFY(first <= 64 * 1024);
    // The host fills what the system takes, and then has to wait.
    QTcpSocket &socket = host.visitor().socket();
    qint64 before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, socket.bytesToWrite()) == socket.bytesToWrite(), 5'000);
    QVERIFY(socket.bytesToWrite() > 0);
    QCOMPARE(desk.answer.size(), first);
    desk.exchange->resume(); // for one more read
    QTRY_VERIFY(desk.answer.size() > first);
    QVERIFY(desk.answer.size() <= first + 64 * 1024);
    desk.onBytes = {};
    desk.exchange->resume();
    QTRY_COMPARE_WITH_TIMEOUT(desk.done, 1, 30'000);
    QCOMPARE(desk.answer.size(), head.size() + size);
}

void TstExchange::takesAnAnswerBeforeTheBodyIsSent()
{
    const QByteArray early = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
    ScriptedHost host;
    host.setScript([&](Visitor &visitor) {
        if (visitor.received.contains("\r\n\r\n")) {
            host.stopReading(visitor);
            visitor.send(early);
        }
    });
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("POST", "/", QByteArray(30'000'000, 'x')));
    QTRY_COMPARE(desk.done, 1);
    QCOMPARE(desk.answer, early);
    // The rest of the body would be read as the next request.
    host.setScript(answering(ok));
    host.readOn(host.visitor());
    desk.take();
    desk.exchange->send(plainTo(host.port()), request("GET", "/next"));
    QTRY_COMPARE(desk.done, 2);
    QCOMPARE(desk.answer, ok);
    QCOMPARE(host.count(), std::size_t{2});
}

void TstExchange::becomesATunnel()
{
    const QByteArray head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\n\r\n";
    ScriptedHost host([&head](Visitor &visitor) {
        if (visitor.received.endsWith("\r\n\r\n")) {
            visitor.received.clear();
            visitor.send(head + QByteArray("\x81\x02hi", 4));
        } else {
            visitor.send("echo " + visitor.received);
        }
    });
    Desk desk;
    http::Request asked = request("GET", "/ws");
    asked.head.insert(asked.head.size() - 2, "Connection: Upgrade\r\nUpgrade: websocket\r\n");
    desk.exchange->send(plainTo(host.port()), asked);
    QTRY_VERIFY(desk.channel != nullptr);
    QCOMPARE(desk.answer, head);
    QCOMPARE(desk.behind, QByteArray("\x81\x02hi", 4));
    QCOMPARE(desk.done, 0);
    QVERIFY(!desk.exchange->isBusy());
    desk.channel->write(QByteArrayView("frame"));
    QCOMPARE(desk.channel->flush(), Channel::Flush::Done);
    std::vector<char> scratch(4096);
    QByteArray received;
    QTRY_VERIFY(desk.channel->read(scratch, received) == Channel::Read::Data || !received.isEmpty());
    QCOMPARE(received, QByteArray("echo frame"));
    desk.exchange.reset(); // the channel is not its own any more
    QVERIFY(!host.visitor().isGone());
}

void TstExchange::goesThroughAProxy()
{
    ScriptedHost proxy(answering(ok));
    Desk desk(
        options(tlstest::require(UpstreamRoute::read(u"http://jo:secret@127.0.0.1:%1"_s.arg(proxy.port())))));
    QByteArray asked;
    proxy.setScript([&asked](Visitor &visitor) {
        if (visitor.received.endsWith("\r\n\r\n")) {
            asked = std::exchange(visitor.received, {});
            visitor.send(ok);
        }
    });
    for (int count = 1; count <= 2; ++count) {
        desk.exchange->send({DialTarget::Kind::Http, "api.segment.io", 80}, request("GET", "/v1/x"));
        QTRY_COMPARE(desk.done, count);
        QCOMPARE(asked, QByteArray("GET http://api.segment.io/v1/x HTTP/1.1\r\nHost: api.segment.io\r\n"
                                   "Proxy-Authorization: Basic am86c2VjcmV0\r\n\r\n"));
    }
    QCOMPARE(proxy.count(), std::size_t{1});
}

void TstExchange::speaksTls()
{
    Place place;
    const QByteArray page = "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1'000'000, 'p');
    ScriptedHost host(answering(ok), &place.contexts);
    Desk desk(options({}, place.authority->info().certificatePath));
    const DialTarget target{DialTarget::Kind::Tls, "localhost", host.port()};
    for (int count = 1; count <= 3; ++count) {
        desk.exchange->send(target, request("GET", "/"));
        QTRY_COMPARE(desk.done, count);
        QCOMPARE(desk.take(), ok);
    }
    QCOMPARE(host.count(), std::size_t{1});
    host.setScript([&page](Visitor &visitor) {
        visitor.send(page);
        visitor.end();
    });
    desk.exchange->send(target, request("GET", "/"));
    QTRY_COMPARE(desk.done, 4);
    QVERIFY(desk.answer == page);
    QVERIFY(!desk.keepsAlive);
}

void TstExchange::sendsTheNextOneFromTheLast()
{
    ScriptedHost host;
    int answered = 0;
    host.setScript([&answered](Visitor &visitor) {
        if (visitor.received.endsWith("\r\n\r\n")) {
            visitor.received.clear();
            visitor.send(ok);
            if (++answered % 3 == 0) {
                visitor.end(); // right behind an answer that said nothing of it
            }
        }
    });
    Desk desk;
    desk.onDone = [&] {
        if (desk.done < 10) {
            desk.exchange->send(plainTo(host.port()), request("GET", "/"));
        }
    };
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_COMPARE(desk.done, 10);
    QVERIFY(!desk.error);
    QCOMPARE(desk.answer, ok.repeated(10));
    QCOMPARE(host.count(), std::size_t{4});
}

void TstExchange::survivesItsEndWithinACall_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("bytes") << ok;
    QTest::newRow("done") << ok;
    QTest::newRow("failed") << QByteArray();
    QTest::newRow("not reached") << QByteArray();
}

void TstExchange::survivesItsEndWithinACall()
{
    QFETCH(QByteArray, answer);
    const QByteArrayView tag = QTest::currentDataTag();
    ScriptedHost host([&answer](Visitor &visitor) {
        visitor.send(answer);
        visitor.end();
    });
    Desk desk;
    int ended = 0;
    const auto end = [&desk, &ended] {
        ++ended;
        desk.exchange.reset();
    };
    if (tag == QByteArrayView("bytes")) {
        desk.onBytes = end;
    } else if (tag == QByteArrayView("done")) {
        desk.onDone = end;
    } else {
        desk.onFailed = end;
    }
    desk.exchange->send(plainTo(tag == QByteArrayView("not reached") ? deadPort() : host.port()),
                        request("GET", "/"));
    QTRY_COMPARE(ended, 1);
    QVERIFY(desk.context.watchers.empty());
    QCOMPARE(desk.done, tag == QByteArrayView("done") ? 1 : 0);
}

void TstExchange::leavesNothingBehind()
{
    ScriptedHost host;
    Desk desk;
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    desk.exchange.reset(); // while it dials
    QVERIFY(desk.context.watchers.empty());
    desk.exchange = std::make_unique<Exchange>(desk.context, desk.dialer, Dialer::Guard{}, desk);
    desk.exchange->send(plainTo(host.port()), request("GET", "/"));
    QTRY_VERIFY(host.count() == 1 && !host.visitor().received.isEmpty());
    desk.exchange.reset(); // while it waits
    QTRY_VERIFY(host.visitor().isGone());
    QVERIFY(!desk.error);
    QCOMPARE(desk.done, 0);
}

QTEST_GUILESS_MAIN(TstExchange)
#include "tst_exchange.moc"
