// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/relay.h"

#include "capture/connectioncontext.h"

#include <array>
#include <cerrno>
#include <random>

#include <sys/socket.h>
#include <unistd.h>

#include <QTest>

using capture::Channel;
using capture::ConnectionContext;
using capture::Poller;
using capture::Relay;

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

QByteArray noise(qsizetype size)
{
    std::mt19937 random(11);
    QByteArray bytes(size, '\0');
    for (char &byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

/// The far end of one side: what a client or a host does.
class End
{
public:
    explicit End(int socket)
        : m_socket(socket)
    {
    }
    ~End() { close(); }
    End(const End &) = delete;
    End &operator=(const End &) = delete;

    /// As much as goes; how much did.
    qsizetype send(QByteArrayView bytes) const
    {
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const ssize_t count =
                ::send(m_socket, bytes.data() + sent, static_cast<std::size_t>(bytes.size() - sent),
                       MSG_DONTWAIT | MSG_NOSIGNAL);
            if (count <= 0) {
                break;
            }
            sent += count;
        }
        return sent;
    }
    /// What has come so far.
    const QByteArray &received()
    {
        std::array<char, 65536> buffer{};
        for (;;) {
            const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (count > 0) {
                m_received.append(buffer.data(), count);
                continue;
            }
            m_hasEnded = m_hasEnded || count == 0 || errno == ECONNRESET;
            return m_received;
        }
    }
    bool hasEnded()
    {
        (void)received();
        return m_hasEnded;
    }
    void endOutput() const { shutdown(m_socket, SHUT_WR); }
    void close()
    {
        if (m_socket >= 0) {
            ::close(std::exchange(m_socket, -1));
        }
    }

private:
    int m_socket;
    QByteArray m_received;
    bool m_hasEnded = false;
};

} // namespace

class TstRelay : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void bytesGoBothWays();
    void whatWasReadBeforeGoesFirst();
    void oneByteAtATime();
    void largeBothWaysAtOnce();
    void slowReaderIsWaitedFor();
    void halfCloseIsKept_data();
    void halfCloseIsKept();
    void brokenSideClosesTheOther();
    void hostsLastWordsArrive();
    void silentTunnelIsClosed();
    void manyRelays();
    void closedFromOutside();

private:
    void start(const QByteArray &clientReceived = {}, const QByteArray &hostReceived = {});
    [[nodiscard]] bool isGone() const { return m_context->relays.empty(); }

    NoHandler m_handler;
    std::unique_ptr<ConnectionContext> m_context;
    std::unique_ptr<End> m_client, m_host;
    std::vector<Relay::Totals> m_closed;
};

void TstRelay::init()
{
    m_closed.clear();
    m_context = std::make_unique<ConnectionContext>(m_handler, capture::ServerOptions{});
    m_context->readBuffer.resize(std::size_t{128} * 1024);
    m_context->isSettling = true;
    m_context->poller = std::make_unique<Poller>([this](std::span<const Poller::Ready> ready) {
        for (const Poller::Ready &each : ready) {
            if (const auto found = m_context->watchers.find(each.key); found != m_context->watchers.end()) {
                found->second->ready(each.isReadable, each.isWritable);
            }
        }
        for (const std::uint64_t key : std::exchange(m_context->removed, {})) {
            m_context->relays.erase(key);
        }
    });
}

void TstRelay::cleanup()
{
    m_context->relays.clear();
    m_context.reset();
    m_client.reset();
    m_host.reset();
}

void TstRelay::start(const QByteArray &clientReceived, const QByteArray &hostReceived)
{
    std::array<int, 2> client{}, host{};
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM, 0, client.data()), 0);
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM, 0, host.data()), 0);
    m_client = std::make_unique<End>(client[0]);
    m_host = std::make_unique<End>(host[0]);
    m_context
        ->adopt(std::make_unique<Relay>(*m_context, std::make_unique<Channel>(client[1]), clientReceived,
                                        std::make_unique<Channel>(host[1]), hostReceived,
                                        [this](Relay::Totals totals) { m_closed.push_back(totals); }))
        .start();
}

void TstRelay::bytesGoBothWays()
{
    start();
    m_client->send("to the host");
    QTRY_COMPARE(m_host->received(), QByteArray("to the host"));
    m_host->send("to the client");
    QTRY_COMPARE(m_client->received(), QByteArray("to the client"));
    m_client->endOutput();
    m_host->endOutput();
    QTRY_VERIFY(isGone());
    QCOMPARE(m_closed.size(), std::size_t(1));
    QCOMPARE(m_closed.front().toHost, std::uint64_t(11));
    QCOMPARE(m_closed.front().toClient, std::uint64_t(13));
}

void TstRelay::whatWasReadBeforeGoesFirst()
{
    start("first", "FIRST");
    m_client->send(", then this");
    m_host->send(", THEN THIS");
    QTRY_COMPARE(m_host->received(), QByteArray("first, then this"));
    QTRY_COMPARE(m_client->received(), QByteArray("FIRST, THEN THIS"));
}

void TstRelay::oneByteAtATime()
{
    start();
    const QByteArray bytes = noise(2000);
    for (const char byte : bytes) {
        m_client->send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_host->received(), bytes);
}

void TstRelay::largeBothWaysAtOnce()
{
    start();
    const QByteArray bytes = noise(20 * 1024 * 1024);
    qsizetype toHost = 0, toClient = 0;
    while (toHost < bytes.size() || toClient < bytes.size()) {
        toHost += m_client->send(QByteArrayView(bytes).sliced(toHost));
        toClient += m_host->send(QByteArrayView(bytes).sliced(toClient));
        QCoreApplication::processEvents();
        (void)m_client->received();
        (void)m_host->received();
    }
    QTRY_COMPARE(m_host->received().size(), bytes.size());
    QTRY_COMPARE(m_client->received().size(), bytes.size());
    QVERIFY(m_host->received() == bytes);
    QVERIFY(m_client->received() == bytes);
}

void TstRelay::slowReaderIsWaitedFor()
{
    start();
    const QByteArray bytes = noise(8 * 1024 * 1024);
    qsizetype sent = 0;
    // Until nothing more goes in for many turns of the loop: the host reads nothing.
    for (int stuck = 0; stuck < 100;) {
        const qsizetype went = m_client->send(QByteArrayView(bytes).sliced(sent));
        sent += went;
        stuck = went > 0 ? 0 : stuck + 1;
        QCoreApplication::processEvents();
    }
    // 256 KB in the relay, the rest in the kernel's buffers of both sockets.
    int kernelBytes = 0;
    socklen_t length = sizeof kernelBytes;
    std::array<int, 2> probe{};
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM, 0, probe.data()), 0);
    getsockopt(probe[0], SOL_SOCKET, SO_SNDBUF, &kernelBytes, &length);
    ::close(probe[0]);
    ::close(probe[1]);
    QVERIFY2(sent <= qsizetype{256} * 1024 + 2 * kernelBytes, qPrintable(QString::number(sent)));
    while (sent < bytes.size()) {
        (void)m_host->received();
        QCoreApplication::processEvents();
        sent += m_client->send(QByteArrayView(bytes).sliced(sent));
    }
    QTRY_COMPARE(m_host->received().size(), bytes.size());
    QVERIFY(m_host->received() == bytes);
}

void TstRelay::halfCloseIsKept_data()
{
    QTest::addColumn<bool>("isClientFirst");
    QTest::newRow("client first") << true;
    QTest::newRow("host first") << false;
}

void TstRelay::halfCloseIsKept()
{
    QFETCH(bool, isClientFirst);
    start();
    End &first = isClientFirst ? *m_client : *m_host;
    End &second = isClientFirst ? *m_host : *m_client;
    first.send("question");
    first.endOutput();
    QTRY_VERIFY(second.hasEnded());
    QCOMPARE(second.received(), QByteArray("question"));
    QVERIFY(!isGone());
    second.send("answer");
    QTRY_COMPARE(first.received(), QByteArray("answer"));
    QVERIFY(!first.hasEnded());
    second.endOutput();
    QTRY_VERIFY(first.hasEnded());
    QTRY_VERIFY(isGone());
}

void TstRelay::brokenSideClosesTheOther()
{
    start();
    m_client->close();
    QTRY_VERIFY(m_host->hasEnded());
    m_host->send("nobody hears");
    m_host->endOutput();
    QTRY_VERIFY(isGone());
    QCOMPARE(m_closed.size(), std::size_t(1));
}

void TstRelay::hostsLastWordsArrive()
{
    start();
    const QByteArray bytes = noise(1024 * 1024);
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        sent += m_host->send(QByteArrayView(bytes).sliced(sent));
        QCoreApplication::processEvents();
        (void)m_client->received();
    }
    m_host->close();
    QTRY_VERIFY(m_client->hasEnded());
    QVERIFY(m_client->received() == bytes);
    m_client->close();
    QTRY_VERIFY(isGone());
}

void TstRelay::silentTunnelIsClosed()
{
    start();
    m_client->send("a");
    QTRY_COMPARE(m_host->received(), QByteArray("a"));
    const auto checkAll = [this] {
        const auto watchers = m_context->watchers;
        for (const auto &[key, watcher] : watchers) {
            watcher->checkTimeouts();
        }
    };
    m_context->nowMs += 9 * 60 * 1000;
    checkAll();
    m_client->send("b");
    QTRY_COMPARE(m_host->received(), QByteArray("ab"));
    m_context->nowMs += 9 * 60 * 1000;
    checkAll();
    QVERIFY(m_closed.empty());
    m_context->nowMs += 2 * 60 * 1000;
    checkAll();
    QCOMPARE(m_closed.size(), std::size_t(1));
}

void TstRelay::manyRelays()
{
    std::vector<std::pair<std::unique_ptr<End>, std::unique_ptr<End>>> ends;
    for (int i = 0; i < 200; ++i) {
        start();
        ends.emplace_back(std::move(m_client), std::move(m_host));
    }
    QCOMPARE(m_context->relays.size(), std::size_t(200));
    for (std::size_t i = 0; i < ends.size(); ++i) {
        ends[i].first->send("for " + QByteArray::number(i));
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
        QTRY_COMPARE(ends[i].second->received(), "for " + QByteArray::number(i));
    }
    ends.clear();
    QTRY_VERIFY(isGone());
    QVERIFY(m_context->watchers.empty());
}

void TstRelay::closedFromOutside()
{
    start();
    m_context->relays.begin()->second->close();
    m_context->relays.begin()->second->close();
    QCOMPARE(m_closed.size(), std::size_t(1));
    QCOMPARE(m_context->removed.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TstRelay)
#include "tst_relay.moc"
