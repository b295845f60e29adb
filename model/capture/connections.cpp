// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connections.h"

#include "base/log.h"
#include "capture/connection.h"
#include "capture/listener.h"

#include <algorithm>
#include <chrono>

#include <sys/resource.h>
#include <unistd.h>

#include <QTimer>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t readBufferBytes = std::size_t{128} * 1024;
/// How often a full pipeline is asked whether it has room again.
constexpr int resumeMs = 20;
/// Connections over the limit that are told so; those beyond are just closed.
constexpr int maxRefusedAtOnce = 128;
constexpr int maxPortTries = 50;
/// At the limit, those go first that have been silent this long.
constexpr std::int64_t evictableMs = 2'000;
constexpr std::size_t maxEvictedAtOnce = 64;
/// How often it is worth looking for them.
constexpr std::int64_t evictPauseMs = 250;
/// Refusals are logged no more often than this.
constexpr std::int64_t refusalPauseMs = 10'000;
/// Descriptors that are not connections: the store, the window, what the libraries open.
constexpr std::uint64_t otherDescriptors = 256;
constexpr int leastConnections = 64;

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// As many connections as there are descriptors for, each with one to its real host; the limit of the process
/// is raised as far as it may be.
int connectionsFor(int wanted)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return wanted;
    }
    const std::uint64_t needed = 2 * static_cast<std::uint64_t>(wanted) + otherDescriptors;
    if (limit.rlim_cur < needed) {
        const rlimit raised{std::min<rlim_t>(needed, limit.rlim_max), limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) {
            limit = raised;
        }
    }
    if (limit.rlim_cur >= needed) {
        return wanted;
    }
    const std::uint64_t left = limit.rlim_cur > otherDescriptors ? limit.rlim_cur - otherDescriptors : 0;
    return std::clamp(static_cast<int>(left / 2), std::min(wanted, leastConnections), wanted);
}

} // namespace

std::uint64_t ConnectionContext::enroll(Watcher &watcher)
{
    watchers.emplace(++lastKey, &watcher);
    return lastKey;
}

void ConnectionContext::dismiss(std::uint64_t key)
{
    watchers.erase(key);
}

void ConnectionContext::settleSoon()
{
    if (!std::exchange(isSettling, true)) {
        settle();
    }
}

void ConnectionContext::flushLater(std::uint64_t connection)
{
    unflushed.push_back(connection);
    settleSoon();
}

void ConnectionContext::resumeLater(std::uint64_t connection)
{
    paused.push_back(connection);
    settleSoon();
}

void ConnectionContext::removeLater(std::uint64_t key)
{
    removed.push_back(key);
    settleSoon();
}

void ConnectionContext::wakeAt(std::int64_t dueMs, std::uint64_t connection)
{
    due.emplace(dueMs, connection);
    settleSoon();
}

Relay &ConnectionContext::adopt(std::unique_ptr<Relay> relay)
{
    const std::uint64_t key = relay->key();
    return *relays.emplace(key, std::move(relay)).first->second;
}

class Connections::Impl
{
public:
    Impl(Connections &self, RequestHandler &handler, const ServerOptions &options);
    ~Impl();

    base::Result<void> listen(const std::vector<Address> &addresses);
    base::Result<void> listenOnce(std::vector<Address> addresses);
    [[nodiscard]] bool holdsPortOf(const std::vector<Address> &addresses) const;
    void close();
    void adopt(int socket);
    void takeReady(std::span<const Poller::Ready> ready);
    void tick();
    void resumePaused();
    void wakeDue();
    void settle();
    void sweep();
    void makeRoom();
    [[nodiscard]] int count() const;
    [[nodiscard]] Connection *find(std::uint64_t id) const;

    Connections &m_self;
    ConnectionContext m_context;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<Address> m_addresses;
    std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> m_connections;
    int m_maxConnections;
    std::int64_t m_lastEvictionMs = 0;
    std::int64_t m_lastRefusalMs = 0; ///< that was logged
    QTimer m_walk;
    QTimer m_resume;
    QTimer m_due;
    QTimer m_settle;
    bool m_isDrainedTold = false;
};

Connections::Impl::Impl(Connections &self, RequestHandler &handler, const ServerOptions &options)
    : m_self(self)
    , m_context(handler, options)
    , m_maxConnections(options.maxConnections)
    , m_walk(&self)
    , m_resume(&self)
    , m_due(&self)
    , m_settle(&self)
{
    const int shortest = std::min({options.headTimeoutMs, options.bodyTimeoutMs, options.idleTimeoutMs});
    m_walk.setInterval(std::clamp(shortest / 4, 5, 1000));
    m_resume.setInterval(resumeMs);
    m_settle.setInterval(0);
    for (QTimer *timer : {&m_resume, &m_due, &m_settle}) {
        timer->setSingleShot(true);
    }
    m_due.setTimerType(Qt::PreciseTimer);
    m_context.settle = [this] { m_settle.start(); };
    QObject::connect(&m_walk, &QTimer::timeout, &self, [this] { tick(); });
    for (QTimer *timer : {&m_resume, &m_due, &m_settle}) {
        QObject::connect(timer, &QTimer::timeout, &self, [this] {
            m_context.nowMs = steadyMs();
            settle();
        });
    }
}

Connections::Impl::~Impl()
{
    // They take themselves out of the table and the poller, which must still be there.
    m_context.isSettling = true;
    m_connections.clear();
    m_context.relays.clear();
}

base::Result<void> Connections::Impl::listen(const std::vector<Address> &addresses)
{
    if (m_context.poller == nullptr) {
        m_context.poller =
            std::make_unique<Poller>([this](std::span<const Poller::Ready> ready) { takeReady(ready); });
        m_context.readBuffer.resize(readBufferBytes);
        m_maxConnections = connectionsFor(m_context.options.maxConnections);
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
            base::Failure failed = listener->failure(address);
            if (!listener->isMissingIpv6(address)) {
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
    m_context.isSettling = true;
    for (const auto &[id, connection] : m_connections) {
        if (connection->isOpen()) {
            connection->windDown();
        }
    }
    for (const auto &[key, relay] : m_context.relays) {
        relay->close();
    }
    settle();
}

int Connections::Impl::count() const
{
    return static_cast<int>(m_connections.size() + m_context.relays.size());
}

void Connections::Impl::adopt(int socket)
{
    m_context.nowMs = steadyMs();
    m_context.isSettling = true;
    if (count() >= m_maxConnections) {
        makeRoom();
    }
    const int open = count();
    if (open >= m_maxConnections + maxRefusedAtOnce || m_context.isClosing) {
        ::close(socket);
        return;
    }
    auto owned = std::make_unique<Connection>(m_context, socket);
    Connection &connection = *owned;
    m_connections.emplace(connection.id(), std::move(owned));
    if (open >= m_maxConnections) {
        if (m_context.nowMs - m_lastRefusalMs > refusalPauseMs) {
            m_lastRefusalMs = m_context.nowMs;
            qCWarning(logCapture, "More than %d connections: another one is refused.", m_maxConnections);
        }
        connection.refuse(m_context.handler.tooManyConnections());
    } else {
        connection.start();
    }
    settle();
}

/// Thousands of silent connections must not keep out those that have something to say.
void Connections::Impl::makeRoom()
{
    if (m_context.nowMs - m_lastEvictionMs < evictPauseMs) {
        return;
    }
    m_lastEvictionMs = m_context.nowMs;
    std::vector<std::pair<std::int64_t, Connection *>> silent;
    for (const auto &[id, connection] : m_connections) {
        if (const auto since = connection->idleSinceMs(); since && m_context.nowMs - *since >= evictableMs) {
            silent.emplace_back(*since, connection.get());
        }
    }
    const std::size_t count = std::min(silent.size(), maxEvictedAtOnce);
    std::partial_sort(silent.begin(), silent.begin() + static_cast<std::ptrdiff_t>(count), silent.end());
    for (std::size_t i = 0; i < count; ++i) {
        silent[i].second->close();
    }
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
    m_context.isSettling = true;
    for (const Poller::Ready &each : ready) {
        const auto found = m_context.watchers.find(each.key);
        if (found != m_context.watchers.end()) {
            found->second->ready(each.isReadable, each.isWritable);
        }
    }
    settle();
}

void Connections::Impl::tick()
{
    m_context.nowMs = steadyMs();
    m_context.isSettling = true;
    std::vector<std::uint64_t> keys; // one may take others out of the table
    keys.reserve(m_context.watchers.size());
    for (const auto &[key, watcher] : m_context.watchers) {
        keys.push_back(key);
    }
    for (const std::uint64_t key : keys) {
        if (const auto found = m_context.watchers.find(key); found != m_context.watchers.end()) {
            found->second->checkTimeouts();
        }
    }
    for (const auto &listener : m_listeners) {
        listener->resumeAccepting(); // Qt stops accepting for good once descriptors have run out
    }
    settle();
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

void Connections::Impl::wakeDue()
{
    while (!m_context.due.empty() && m_context.due.begin()->first <= m_context.nowMs) {
        const std::uint64_t id = m_context.due.begin()->second;
        m_context.due.erase(m_context.due.begin());
        if (Connection *const connection = find(id)) {
            connection->dueNow();
        }
    }
    if (!m_context.due.empty()) {
        m_due.start(static_cast<int>(m_context.due.begin()->first - m_context.nowMs));
    }
}

/// What was put off in the calls before: answers go out, each connection's at once, and what is over goes.
void Connections::Impl::settle()
{
    m_context.isSettling = true;
    if (!m_context.due.empty()) {
        wakeDue();
    }
    while (!m_context.unflushed.empty()) {
        const std::vector<std::uint64_t> unflushed = std::exchange(m_context.unflushed, {});
        for (const std::uint64_t id : unflushed) {
            if (Connection *const connection = find(id)) {
                connection->flush();
            }
        }
    }
    if (!m_context.paused.empty()) {
        resumePaused();
    }
    sweep();
    m_context.isSettling = false;
}

void Connections::Impl::sweep()
{
    for (const std::uint64_t key : std::exchange(m_context.removed, {})) {
        if (m_connections.erase(key) == 0) {
            m_context.relays.erase(key);
        }
    }
    if (m_context.isClosing && count() == 0 && !m_isDrainedTold) {
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
    return m_impl->count();
}

void Connections::answer(event::ReplyToken token, const http::Response &response)
{
    m_impl->m_context.isSettling = true; // by flush(), behind the last of the batch
    if (Connection *const connection = m_impl->find(token.connection)) {
        connection->answer(token.request, response);
    }
}

std::optional<Connections::Asked> Connections::asked(event::ReplyToken token) const
{
    const Connection *const connection = m_impl->find(token.connection);
    return connection != nullptr ? connection->asked(token.request) : std::nullopt;
}

void Connections::flush()
{
    m_impl->m_context.nowMs = steadyMs();
    m_impl->settle();
}

} // namespace capture
