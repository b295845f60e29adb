// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "proxyfixture.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using capture::Fault;
using capture::Observation;
using tests::Client;
using tests::getFrom;
using tests::Port;
using tests::postTo;

/// Faults as the port plays them.
class TstPortFaults : public QObject
{
    Q_OBJECT

private slots:
    void statuses_data();
    void statuses();
    void onlyEventsAreHit();
    void closes();
    void closesBehindAnAnswer();
    void stalls();
    void slow();
    void slowKeepsTheOrder();
    void countEnds();

private:
    static Fault fault(Fault::Kind kind, int delayMs = 5'000);
};

Fault TstPortFaults::fault(Fault::Kind kind, int delayMs)
{
    Fault wanted;
    wanted.kind = kind;
    wanted.times = 1;
    wanted.delayMs = delayMs;
    return wanted;
}

namespace {

/// The loop has turned often enough for what is ready to be sent.
void letOthersBeServed(Port &port)
{
    Client other(port.port());
    for (int i = 0; i < 5; ++i) {
        other.send(getFrom("a", "/"));
        QVERIFY(QTest::qWaitFor([&] { return other.hasResponse(); }));
        (void)other.take();
    }
}

} // namespace

void TstPortFaults::statuses_data()
{
    QTest::addColumn<Fault::Kind>("kind");
    QTest::addColumn<int>("retryAfterSeconds");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("429") << Fault::Kind::Status429 << 3 << 429 << "3"_ba;
    QTest::newRow("429, at once") << Fault::Kind::Status429 << 0 << 429 << "0"_ba;
    QTest::newRow("500") << Fault::Kind::Status500 << 3 << 500 << QByteArray();
    QTest::newRow("503") << Fault::Kind::Status503 << 0 << 503 << QByteArray();
    QTest::newRow("503 with Retry-After") << Fault::Kind::Status503 << 9 << 503 << "9"_ba;
}

void TstPortFaults::statuses()
{
    QFETCH(Fault::Kind, kind);
    QFETCH(int, retryAfterSeconds);
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    Fault wanted = fault(kind);
    wanted.retryAfterSeconds = retryAfterSeconds;
    QVERIFY(faults.start(wanted));
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    const event::CapturedRequest &kept = port.sink.requests.front();
    QCOMPARE(kept.rejectCode, QByteArray("fault"));
    QCOMPARE(kept.rejectStatus, status);
    QVERIFY(!kept.rejectReason.isEmpty());
    QCOMPARE(kept.request.body, tests::trackBody);
    port.answerAll();
    TAKE(response, client);
    QCOMPARE(response.status, status);
    QCOMPARE(http::header(response.headers, "Retry-After"), retryAfter);
    const Observation error = port.observer.of(Observation::Kind::AnsweredError).front();
    QCOMPARE(error.status, status);
    QCOMPARE(error.detail, QByteArray("fault"));

    // Sent again it is stored.
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(2));
    QVERIFY(port.sink.requests.at(1).rejectCode.isEmpty());
    port.answerAll();
    TAKE(again, client);
    QCOMPARE(again.status, 200);
    QCOMPARE(faults.reports().front().sentAgain, std::uint64_t(1));
}

void TstPortFaults::onlyEventsAreHit()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    QVERIFY(faults.start(fault(Fault::Kind::Status500)));
    Client client(port.port());
    client.send(getFrom("a", "/v1/projects/K/settings") + postTo("a", "/v1/m", {}, "{}") + getFrom("a", "/"));
    for (int i = 0; i < 3; ++i) {
        TAKE(response, client);
        QCOMPARE(response.status, 200);
    }
    client.send(getFrom("a", "/v1/pixel/track?data=eyJldmVudCI6IngiLCJtZXNzYWdlSWQiOiJwIn0="));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("fault"));
}

void TstPortFaults::closes()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    QVERIFY(faults.start(fault(Fault::Kind::Close)));
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QCOMPARE(port.sink.requests.front().rejectCode, QByteArray("fault"));
    QVERIFY(!client.isClosed()); // kept first
    port.answerAll();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.pending().isEmpty());
}

void TstPortFaults::closesBehindAnAnswer()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QVERIFY(faults.start(fault(Fault::Kind::Close)));
    client.send(postTo("a", "/v1/t") + postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(3));
    port.answerAll();
    TAKE(first, client);
    QCOMPARE(first.status, 200);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.pending().isEmpty());
}

void TstPortFaults::stalls()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    QVERIFY(faults.start(fault(Fault::Kind::Stall, 300)));
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QVERIFY(port.sink.requests.front().rejectCode.isEmpty()); // stored
    port.answerAll();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.pending().isEmpty());
}

void TstPortFaults::slow()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    QVERIFY(faults.start(fault(Fault::Kind::Slow, 2'000)));
    Client client(port.port());
    client.send(postTo("a", "/v1/t"));
    QTRY_COMPARE(port.captured(), std::size_t(1));
    QVERIFY(port.sink.requests.front().rejectCode.isEmpty());
    port.answerAll();
    letOthersBeServed(port);
    QVERIFY(client.pending().isEmpty());
    TAKE(response, client);
    QCOMPARE(response.status, 200);
}

void TstPortFaults::slowKeepsTheOrder()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    QVERIFY(faults.start(fault(Fault::Kind::Slow, 500)));
    Client client(port.port());
    client.send(postTo("a", "/v1/t", {}, "1") + getFrom("a", "/") + postTo("a", "/v1/t", {}, "2"));
    QTRY_COMPARE(port.captured(), std::size_t(2));
    port.answerAll();
    TAKE(first, client);
    QCOMPARE(first.body, QByteArray("{\"success\":true}"));
    TAKE(health, client);
    QVERIFY(health.body.contains("Trackside"));
    TAKE(second, client);
    QCOMPARE(second.body, QByteArray("{\"success\":true}"));
}

void TstPortFaults::countEnds()
{
    Port port;
    capture::Faults faults(port.clock);
    port.parts.faults = &faults;
    port.listen();
    Fault wanted = fault(Fault::Kind::Status500);
    wanted.times = 2;
    QVERIFY(faults.start(wanted));
    Client client(port.port());
    QList<int> statuses;
    for (std::size_t i = 1; i <= 3; ++i) {
        client.send(postTo("a", "/v1/t"));
        QTRY_COMPARE(port.captured(), i);
        port.answerAll();
        TAKE(response, client);
        statuses << response.status;
    }
    QCOMPARE(statuses, (QList<int>{500, 500, 200}));
}

QTEST_GUILESS_MAIN(TstPortFaults)
#include "tst_portfaults.moc"
