// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connections.h"

#include "base/log.h"
#include "capture/connection.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include <unistd.h>

#include <QTcpServer>
#include <QTimer>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t readBufferBytes = std::size_t{128} * 1024;
constexpr int listenBacklog = 512;
/// How often a full pipeline is asked whether it has room again.
constexpr int resumeMs = 20;
/// Connections over the limit that are told so; those beyond are just closed.
constexpr int maxRefusedAtOnce = 128;
constexpr int maxPortTries = 50;

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Hands over the descriptors as they are: Qt's own socket class can't keep a half-closed connection.
class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(int)> accepted)
        : m_accepted(std::move(accepted))
    {
        setListenBacklogSize(listenBacklog);
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_accepted(static_cast<int>(descriptor)); }

private:
    std::function<void(int)> m_accepted;
};

base::Failure listenFailure(const Listener &listener, const Address &address)
{
    const QString what = u"Can't listen on %1."_s.arg(toText(address));
    switch (listener.serverError()) {
    case QAbstractSocket::AddressInUseError: {
        const QString holder = portHolder(address.port);
        return base::failure(base::ErrorCode::InUse, what,
                             holder.isEmpty() ? u"Another program listens on port %1."_s.arg(address.port)
                                              : u"%1 listens on port %2."_s.arg(holder).arg(address.port),
                             u"Stop it, or choose another port."_s);
    }
    case QAbstractSocket::SocketAccessError:
        return base::failure(base::ErrorCode::Permission, what,
                             address.port < 1024 ? u"Ports below 1024 are for the administrator."_s
                                                 : u"This user may not listen there."_s,
                             u"Choose a port from 1024 up, such as 8765."_s);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return base::failure(base::ErrorCode::NotFound, what, u"This machine has no such address."_s,
                             u"Use 127.0.0.1, or an address of one of its network cards."_s);
    default:
        return base::failure(base::ErrorCode::Network, what, listener.errorString() + u'.',
                             u"Choose another address or port."_s);
    }
}

bool isMissingIpv6(const Listener &listener, const Address &address)
{
    return address.host == QHostAddress(QHostAddress::LocalHostIPv6) &&
           (listener.serverError() == QAbstractSocket::SocketAddressNotAvailableError ||
            listener.serverError() == QAbstractSocket::UnsupportedSocketOperationError);
}

} // namespace

class Connections::Impl
{
public:
    Impl(Connections &self, RequestHandler &handler, const ServerOptions &options);

    base::Result<void> listen(const std::vector<Address> &addresses);
    base::Result<void> listenOnce(std::vector<Address> addresses);
    [[nodiscard]] bool holdsPortOf(const std::vector<Address> &addresses) const;
    void close();
    void adopt(int socket);
    void takeReady(std::span<const Poller::Ready> ready);
    void tick();
    void resumePaused();
    void flush();
    void sweep();
    [[nodiscard]] Connection *find(std::uint64_t id) const;

    Connections &m_self;
    ConnectionContext m_context;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<Address> m_addresses;
    std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> m_connections;
    std::uint64_t m_lastId = 0;
    QTimer m_walk;
    QTimer m_resume;
    bool m_isDrainedTold = false;
};

Connections::Impl::Impl(Connections &self, RequestHandler &handler, const ServerOptions &options)
    : m_self(self)
    , m_context{handler, options, nullptr, {}, 0, false, {}, {}, {}}
    , m_walk(&self)
    , m_resume(&self)
{
    const int shortest = std::min({options.headTimeoutMs, options.bodyTimeoutMs, options.idleTimeoutMs});
    m_walk.setInterval(std::clamp(shortest / 4, 5, 1000));
    m_resume.setInterval(resumeMs);
    m_resume.setSingleShot(true);
    QObject::connect(&m_walk, &QTimer::timeout, &self, [this] { tick(); });
    QObject::connect(&m_resume, &QTimer::timeout, &self, [this] {
        m_context.nowMs = steadyMs();
        flush();
    });
}

base::Result<void> Connections::Impl::listen(const std::vector<Address> &addresses)
{
    if (m_context.poller == nullptr) {
        m_context.poller =
            std::make_unique<Poller>([this](std::span<const Poller::Ready> ready) { takeReady(ready); });
        m_context.readBuffer.resize(readBufferBytes);
    }
    if (!m_context.poller->isOpen()) {
        return base::failure(base::ErrorCode::Internal, u"Can't watch sockets."_s,
                             u"This process has too many files open."_s, u"Close some windows or stores."_s);
    }
    const bool isAnyPort = std::all_of(addresses.begin(), addresses.end(),
                                       [](const Address &address) { return address.port == 0; });
    base::Result<void> result = listenOnce(addresses);
    // The port that one address got may be taken on the other.
    for (int tries = 1;
         isAnyPort && !result && result.error().code == base::ErrorCode::InUse && tries < maxPortTries;
         ++tries) {
        result = listenOnce(addresses);
    }
    if (!result && result.error().code == base::ErrorCode::InUse && holdsPortOf(addresses)) {
        // From 127.0.0.1 to all addresses on the same port: it is ourselves who are in the way.
        const std::vector<Address> before = std::exchange(m_addresses, {});
        m_listeners.clear();
        result = listenOnce(addresses);
        if (!result) {
            if (const auto restored = listenOnce(before); !restored) {
                qCWarning(logCapture) << restored.error().oneLine();
            }
        }
    }
    if (result) {
        m_walk.start();
    }
    return result;
}

bool Connections::Impl::holdsPortOf(const std::vector<Address> &addresses) const
{
    return std::any_of(addresses.begin(), addresses.end(), [this](const Address &wanted) {
        return std::any_of(m_addresses.begin(), m_addresses.end(),
                           [&wanted](const Address &held) { return held.port == wanted.port; });
    });
}

base::Result<void> Connections::Impl::listenOnce(std::vector<Address> addresses)
{
    std::vector<std::unique_ptr<Listener>> fresh;
    std::vector<Listener *> wanted; // the old ones among them stay, all others go once it has worked
    std::vector<Address> listening;
    std::optional<base::Failure> left;
    for (Address &address : addresses) {
        if (address.port == 0 && !listening.empty()) {
            address.port = listening.front().port;
        }
        const auto same = std::find_if(m_listeners.begin(), m_listeners.end(), [&address](const auto &each) {
            return each->serverPort() == address.port && each->serverAddress() == address.host;
        });
        if (same != m_listeners.end()) {
            wanted.push_back(same->get());
            listening.push_back(address);
            continue;
        }
        auto listener = std::make_unique<Listener>([this](int socket) { adopt(socket); });
        if (!listener->listen(address.host, address.port)) {
            base::Failure failed = listenFailure(*listener, address);
            if (!isMissingIpv6(*listener, address)) {
                return failed;
            }
            left = std::move(failed);
            continue;
        }
        listening.push_back({address.host, listener->serverPort()});
        wanted.push_back(listener.get());
        fresh.push_back(std::move(listener));
    }
    if (listening.empty()) {
        return left ? *left
                    : base::failure(base::ErrorCode::BadInput, u"There is no address to listen on."_s, {},
                                    u"Name one, such as 127.0.0.1:8765."_s);
    }
    std::erase_if(m_listeners, [&wanted](const auto &each) {
        return std::find(wanted.begin(), wanted.end(), each.get()) == wanted.end();
    });
    std::move(fresh.begin(), fresh.end(), std::back_inserter(m_listeners));
    m_addresses = std::move(listening);
    return {};
}

void Connections::Impl::close()
{
    m_listeners.clear();
    m_context.isClosing = true;
    m_context.nowMs = steadyMs();
    for (const auto &[id, connection] : m_connections) {
        connection->windDown();
    }
    flush();
}

void Connections::Impl::adopt(int socket)
{
    m_context.nowMs = steadyMs();
    const auto open = static_cast<int>(m_connections.size());
    if (open >= m_context.options.maxConnections + maxRefusedAtOnce || m_context.isClosing) {
        ::close(socket);
        return;
    }
    const std::uint64_t id = ++m_lastId;
    auto connection = std::make_unique<Connection>(m_context, id, socket);
    if (open >= m_context.options.maxConnections) {
        qCWarning(logCapture, "More than %d connections: another one is refused.",
                  m_context.options.maxConnections);
        connection->refuse(m_context.handler.tooManyConnections());
    } else {
        connection->start();
    }
    m_connections.emplace(id, std::move(connection));
    sweep();
}

Connection *Connections::Impl::find(std::uint64_t id) const
{
    const auto found = m_connections.find(id);
    return found != m_connections.end() && found->second->isOpen() ? found->second.get() : nullptr;
}

void Connections::Impl::takeReady(std::span<const Poller::Ready> ready)
{
    m_context.nowMs = steadyMs();
    for (const Poller::Ready &each : ready) {
        Connection *const connection = find(each.key);
        if (connection == nullptr) {
            continue;
        }
        if (each.isWritable) {
            connection->flush();
        }
        if (each.isReadable && connection->isOpen()) {
            connection->read();
        }
    }
    flush();
}

void Connections::Impl::tick()
{
    m_context.nowMs = steadyMs();
    for (const auto &[id, connection] : m_connections) {
        connection->checkTimeouts();
    }
    for (const auto &listener : m_listeners) {
        listener->resumeAccepting(); // Qt stops accepting for good once descriptors have run out
    }
    flush();
}

void Connections::Impl::resumePaused()
{
    const std::vector<std::uint64_t> paused = std::exchange(m_context.paused, {});
    for (const std::uint64_t id : paused) {
        if (Connection *const connection = find(id)) {
            connection->resume();
        }
    }
    if (m_context.paused.empty()) {
        m_resume.stop();
    } else if (!m_resume.isActive()) {
        m_resume.start();
    }
}

void Connections::Impl::flush()
{
    const std::vector<std::uint64_t> unflushed = std::exchange(m_context.unflushed, {});
    for (const std::uint64_t id : unflushed) {
        if (Connection *const connection = find(id)) {
            connection->flush();
        }
    }
    if (!m_context.paused.empty()) {
        resumePaused();
    }
    sweep();
}

void Connections::Impl::sweep()
{
    for (const std::uint64_t id : std::exchange(m_context.closed, {})) {
        m_connections.erase(id);
    }
    if (m_context.isClosing && m_connections.empty() && !m_isDrainedTold) {
        m_isDrainedTold = true;
        m_walk.stop();
        // Later: whoever listens may well destroy us.
        QMetaObject::invokeMethod(&m_self, &Connections::drained, Qt::QueuedConnection);
    }
}

Connections::Connections(RequestHandler &handler, const ServerOptions &options, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this, handler, options))
{
}

Connections::~Connections() = default;

base::Result<void> Connections::listen(const std::vector<Address> &addresses)
{
    return m_impl->listen(addresses);
}

void Connections::close()
{
    m_impl->close();
}

std::vector<Address> Connections::addresses() const
{
    return m_impl->m_addresses;
}

int Connections::count() const
{
    return static_cast<int>(m_impl->m_connections.size());
}

void Connections::answer(event::ReplyToken token, const http::Response &response)
{
    if (Connection *const connection = m_impl->find(token.connection)) {
        connection->answer(token.request, response);
    }
}

void Connections::flush()
{
    m_impl->m_context.nowMs = steadyMs();
    m_impl->flush();
}

} // namespace capture
