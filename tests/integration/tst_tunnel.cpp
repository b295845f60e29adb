// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/rawsocket.h"
#include "tests/support/cliprocess.h"

#include <atomic>
#include <thread>

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;

/// Tunnels to hosts that are none of Segment's: every byte as it was sent, and no more memory than that.
class TstTunnel : public QObject
{
    Q_OBJECT

private slots:
    void twoHundredAtOnce();
    void memoryStaysFlat_data();
    void memoryStaysFlat();
    void halfCloseIsKept();
    void slowReaderIsWaitedFor();
};

namespace {

constexpr qsizetype blockBytes = qsizetype{256} * 1024;

/// A stream that tells every place in it from every other within 8 MB.
QByteArray blockAt(qint64 position)
{
    QByteArray block(blockBytes, Qt::Uninitialized);
    for (qsizetype i = 0; i < blockBytes; i += 8) {
        const auto word = static_cast<quint64>(position + i) * 0x9E37'79B9'7F4A'7C15ULL;
        std::memcpy(block.data() + i, &word, sizeof word);
    }
    return block;
}

/// Empty with a failed test when the tunnel was not opened.
RawSocket tunnel(quint16 proxy, quint16 host)
{
    RawSocket socket = RawSocket::connectTo(proxy);
    const QByteArray target = "127.0.0.1:" + QByteArray::number(host);
    socket.send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
    const QByteArray answer = socket.receiveUntil("\r\n\r\n");
    if (support::statusOf(answer) != 200) {
        qWarning("no tunnel: %s", answer.constData());
        return {};
    }
    return socket;
}

} // namespace

void TstTunnel::twoHundredAtOnce()
{
    constexpr int tunnels = 200;
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket host = RawSocket::listen();
    // Each end sends its own bytes while it reads the other's.
    QRandomGenerator random(3);
    const auto bytes = [&random] {
        QByteArray block(64 * 1024, Qt::Uninitialized);
        random.fillRange(reinterpret_cast<quint32 *>(block.data()), block.size() / 4);
        return block;
    };
    std::vector<std::pair<RawSocket, RawSocket>> ends;
    for (int i = 0; i < tunnels; ++i) {
        RawSocket client = tunnel(server.port(), host.port());
        QVERIFY(client.isOpen());
        QVERIFY(host.hasConnection(10'000));
        ends.emplace_back(std::move(client), host.accept());
    }
    std::vector<std::pair<QByteArray, QByteArray>> sent;
    for (const auto &[client, hostEnd] : ends) {
        sent.emplace_back(bytes(), bytes());
        QVERIFY(client.send(sent.back().first));
        QVERIFY(hostEnd.send(sent.back().second));
        client.endWriting();
        hostEnd.endWriting();
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
        QVERIFY(ends[i].second.receiveAll() == sent[i].first);
        QVERIFY(ends[i].first.receiveAll() == sent[i].second);
    }
}

void TstTunnel::memoryStaysFlat_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("64 MB") << qint64{64} * 1024 * 1024;
    QTest::newRow("1 GB") << qint64{1024} * 1024 * 1024;
}

void TstTunnel::memoryStaysFlat()
{
    QFETCH(qint64, bytes);
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket host = RawSocket::listen();
    const RawSocket client = tunnel(server.port(), host.port());
    QVERIFY(client.isOpen());
    const RawSocket hostEnd = host.accept();
    const qint64 before = server.residentKib();
    std::atomic<bool> hasSent = false;
    std::jthread sending([&] {
        for (qint64 at = 0; at < bytes; at += blockBytes) {
            if (!hostEnd.send(blockAt(at))) {
                return;
            }
        }
        hostEnd.endWriting();
        hasSent = true;
    });
    qint64 most = 0;
    for (qint64 at = 0; at < bytes; at += blockBytes) {
        QByteArray block;
        while (block.size() < blockBytes) {
            const QByteArray some = client.receive(blockBytes - block.size());
            QVERIFY2(!some.isEmpty(), "the tunnel ended early");
            block += some;
        }
        QVERIFY2(block == blockAt(at), "other bytes came than were sent");
        if (at % (16 * 1024 * 1024) == 0) {
            most = std::max(most, server.residentKib());
        }
    }
    QVERIFY(client.receive().isEmpty());
    sending.join();
    QVERIFY(hasSent);
    QVERIFY2(most - before < 16 * 1024, qPrintable(u"%1 KiB more"_s.arg(most - before)));
}

void TstTunnel::halfCloseIsKept()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket host = RawSocket::listen();
    const RawSocket client = tunnel(server.port(), host.port());
    QVERIFY(client.isOpen());
    const RawSocket hostEnd = host.accept();
    QVERIFY(client.send("all I have to say"));
    client.endWriting();
    QCOMPARE(hostEnd.receiveAll(), QByteArray("all I have to say"));
    // The client still listens.
    const QByteArray answer = blockAt(0);
    QVERIFY(hostEnd.send(answer));
    hostEnd.endWriting();
    QVERIFY(client.receiveAll() == answer);
}

void TstTunnel::slowReaderIsWaitedFor()
{
    CliProcess server;
    QVERIFY(server.isListening());
    const RawSocket host = RawSocket::listen();
    const RawSocket client = tunnel(server.port(), host.port());
    QVERIFY(client.isOpen());
    const RawSocket hostEnd = host.accept();
    const qint64 before = server.residentKib();
    constexpr qint64 wouldBe = qint64{512} * 1024 * 1024;
    constexpr int fullMs = 1'000; // nobody has taken anything for so long
    qint64 sent = 0;
    while (sent < wouldBe && hostEnd.isWritable(fullMs)) {
        const QByteArray block = blockAt(sent / blockBytes * blockBytes);
        const qsizetype some = hostEnd.sendSome(block.sliced(sent % blockBytes));
        QVERIFY(some > 0);
        sent += some;
    }
    QVERIFY2(sent < wouldBe, "the host was never made to wait");
    QVERIFY(server.residentKib() - before < 16 * 1024);
    // Others are served meanwhile, and nothing is lost in the end.
    QCOMPARE(support::statusOf(support::converse(server.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1)),
             200);
    hostEnd.endWriting();
    const QByteArray received = client.receiveAll();
    QCOMPARE(received.size(), sent);
    for (qsizetype at = 0; at < received.size(); at += blockBytes) {
        const QByteArray block = received.sliced(at, std::min(blockBytes, received.size() - at));
        QVERIFY(block == blockAt(at).first(block.size()));
    }
}

QTEST_GUILESS_MAIN(TstTunnel)
#include "tst_tunnel.moc"
