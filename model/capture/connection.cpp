// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connection.h"

#include "capture/address.h"

#include <algorithm>

#include <netinet/in.h>
#include <sys/socket.h>

namespace capture {

using State = http::RequestParser::State;

namespace {

/// Reads in one wake-up before others get their turn.
constexpr int maxReadsAtOnce = 8;
/// Answers a client does not fetch; then nothing more is read from it.
constexpr qsizetype maxUnwrittenBytes = qsizetype{1024} * 1024;
/// Bodies of requests that wait for their turn with the real host; the last may pass it.
constexpr qsizetype maxHeldBytes = qsizetype{1024} * 1024;
constexpr std::int64_t lingerMs = 2'000;

Address addressOf(int socket, int (*ask)(int, sockaddr *, socklen_t *))
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (ask(socket, reinterpret_cast<sockaddr *>(&storage), &length) != 0) {
        return {};
    }
    QHostAddress host(reinterpret_cast<const sockaddr *>(&storage));
    bool isFour = false;
    if (const quint32 four = host.toIPv4Address(&isFour); isFour) {
        host.setAddress(four); // "::ffff:127.0.0.1" of a socket that takes both
    }
    const quint16 port =
        ntohs(storage.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_port
                                            : reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    return {host, port};
}

Arrival arrivalOf(int socket)
{
    const Address peer = addressOf(socket, &getpeername);
    Arrival arrival;
    arrival.peer = toText(peer).toLatin1();
    const bool isOurs = peer.host.isLoopback() || peer.host == addressOf(socket, &getsockname).host ||
                        isOfThisMachine(peer.host);
    arrival.origin = isOurs ? Arrival::Origin::ThisMachine : Arrival::Origin::Network;
    return arrival;
}

} // namespace

Connection::Connection(ConnectionContext &context, int socket)
    : m_context(context)
    , m_gateway(context.handler.gateway())
    , m_id(context.enroll(*this))
    , m_channel(std::make_unique<Channel>(socket))
    , m_arrival(capture::arrivalOf(socket))
    , m_parser(context.options.limits)
    , m_stateSinceMs(context.nowMs)
    , m_writeSinceMs(context.nowMs)
{
    if (m_gateway == nullptr) {
        m_protocol = Protocol::Http;
    } else {
        m_parser.setStop([this](const http::Request &head) { return isForElsewhere(head); });
    }
}

Connection::~Connection()
{
    if (m_handover != nullptr && m_handover->dial != 0) {
        m_gateway->dialer().cancel(m_handover->dial);
    }
    m_exchange.reset();
    if (m_channel != nullptr) {
        m_context.poller->change(m_channel->socket(), m_id, m_interest, Poller::Interest::None);
    }
    m_context.dismiss(m_id);
}

void Connection::start()
{
    updateInterest();
}

void Connection::refuse(const http::Response &response)
{
    m_channel->write(http::serialize(response, "GET", false));
    m_phase = Phase::Ending;
    flush();
}

void Connection::ready(bool isReadable, bool isWritable)
{
    if (isWritable && isOpen()) {
        flush();
    }
    if (isReadable && isOpen()) {
        read();
    }
}

void Connection::read()
{
    for (int reads = 0; reads < maxReadsAtOnce && isReading(); ++reads) {
        std::vector<char> &buffer = m_context.readBuffer;
        QByteArrayView bytes;
        const bool isDiscarding = m_phase != Phase::Open;
        const Channel::Read read =
            isDiscarding ? m_channel->discard(buffer) : m_channel->readInPlace(buffer, bytes);
        if (m_channel->session() != nullptr && !isDiscarding) {
            noteTls();
        }
        if (!bytes.isEmpty() && m_phase == Phase::Open) {
            if (m_parser.state() == State::ReadingBody) {
                m_stateSinceMs = m_context.nowMs;
            }
            receive(bytes);
        }
        if (!isOpen()) {
            return;
        }
        if (m_channel->session() != nullptr && m_channel->unsent() > 0) {
            flushSoon(); // of the handshake
        }
        const bool isTlsBroken = m_channel->session() != nullptr && m_channel->session()->failure();
        if (read == Channel::Read::Broken || (isTlsBroken && m_phase == Phase::Open)) {
            broken();
            break;
        }
        if (read == Channel::Read::Ended) {
            inputEnded();
            break;
        }
        updateInterest();
        if (read == Channel::Read::Nothing || m_channel->isDrained()) {
            break; // all there was; what comes now wakes the loop again
        }
    }
    noteState();
}

void Connection::receive(QByteArrayView bytes)
{
    if (m_protocol == Protocol::Fresh) {
        constexpr char tlsHandshakeByte = 0x16;
        if (bytes.front() == tlsHandshakeByte && m_channel->session() == nullptr) {
            if (auto contexts = m_gateway->tlsContexts()) {
                beginTls(std::move(contexts), bytes);
                return;
            }
        }
        m_protocol = m_isTunnel ? Protocol::Sniffing : Protocol::Http;
    }
    switch (m_protocol) {
    case Protocol::Sniffing:
        sniff(bytes);
        break;
    case Protocol::Http:
        feed(bytes);
        break;
    case Protocol::HandingOver:
        m_handover->received += bytes; // of the read that was under way; no other follows
        break;
    case Protocol::Fresh:
    case Protocol::Handshaking:
        break; // no plain bytes
    }
}

void Connection::feed(QByteArrayView bytes)
{
    std::vector<http::Action> actions = m_parser.feed(bytes);
    handle(std::move(actions), bytes.sliced(static_cast<qsizetype>(m_parser.consumed())));
}

void Connection::handle(std::vector<http::Action> actions, QByteArrayView rest)
{
    for (http::Action &action : actions) {
        if (auto *complete = std::get_if<http::RequestComplete>(&action)) {
            handleComplete(std::move(*complete));
        } else if (auto *rejected = std::get_if<http::RequestRejected>(&action)) {
            handleRejected(std::move(*rejected));
        } else if (auto *tunnel = std::get_if<http::TunnelRequested>(&action)) {
            stopAt(std::move(tunnel->request), rest);
        } else {
            // It goes out in its turn, behind the answers to what was asked before.
            Slot &slot = m_slots.emplace_back();
            slot.bytes = "HTTP/1.1 100 Continue\r\n\r\n";
            slot.state = Slot::State::Ready;
        }
    }
    moveReadySlots();
}

event::ReplyToken Connection::openSlot(const http::Request &request)
{
    const event::ReplyToken token{m_id, m_firstSlot + m_slots.size()};
    Slot &slot = m_slots.emplace_back();
    slot.isHead = request.method == "HEAD";
    slot.isKeepAlive = request.isKeepAlive;
    if (m_gateway != nullptr) {
        slot.agent = request.header("User-Agent");
        slot.path = request.target;
    }
    return token;
}

Connection::Rest &Connection::restOf(Slot &slot)
{
    if (slot.rest == nullptr) {
        slot.rest = std::make_unique<Rest>();
    }
    return *slot.rest;
}

const Arrival &Connection::arrivalOf(const Slot &slot) const
{
    return slot.rest != nullptr && slot.rest->arrival ? *slot.rest->arrival : m_arrival;
}

void Connection::handleComplete(http::RequestComplete &&complete)
{
    m_stateSinceMs = m_context.nowMs;
    m_hasAsked = true;
    http::Request &request = complete.request;
    const event::ReplyToken token = openSlot(request);
    if (m_gateway != nullptr && !m_isTunnel) {
        if (auto arrival = absoluteArrival(request)) {
            restOf(m_slots.back()).arrival = std::move(arrival);
        }
    }
    Handling handling =
        m_context.handler.handle(token, arrivalOf(m_slots.back()), std::move(complete.request));
    Slot &slot = m_slots.back();
    switch (handling.kind) {
    case Handling::Kind::Answer:
        fill(slot, handling.answer.value_or(http::Response{}));
        return;
    case Handling::Kind::AnswerLater:
        break;
    case Handling::Kind::PassOn:
    case Handling::Kind::PassOnLater: {
        Rest &rest = restOf(slot);
        m_heldBytes += request.body.size();
        m_isUpgrading = m_isUpgrading || !request.header("Upgrade").isEmpty();
        rest.request = std::move(request);
        rest.fallback = std::move(handling.answer);
        rest.isPassedOnLater = handling.kind == Handling::Kind::PassOnLater;
        slot.state = rest.isPassedOnLater ? Slot::State::Waiting : Slot::State::ToPassOn;
        break;
    }
    }
    if (handling.delayMs > 0 || handling.then != Handling::Then::Answer || !handling.moreHeaders.empty()) {
        Rest &rest = restOf(slot);
        rest.moreHeaders = std::move(handling.moreHeaders);
        rest.then = handling.then;
        rest.dueMs = m_context.nowMs + handling.delayMs;
    }
}

void Connection::handleRejected(http::RequestRejected &&rejected)
{
    const event::ReplyToken token = openSlot(rejected.partial);
    m_slots.back().isKeepAlive = false;
    m_slots.back().isSilent = rejected.code == "tls";
    if (const auto response = m_context.handler.handleRejected(token, m_arrival, std::move(rejected))) {
        fill(m_slots.back(), *response);
    }
}

void Connection::inputEnded()
{
    m_isInputEnded = true;
    if (m_phase == Phase::Lingering) {
        close();
        return;
    }
    if (!m_sniffed.isEmpty()) {
        m_protocol = Protocol::Http;
        feed(std::exchange(m_sniffed, {}));
    }
    if (m_isTunnel && m_protocol == Protocol::Fresh) {
        // A browser opens spare tunnels; so does a client that gave up before its hello.
        observe(Observation::Kind::TlsRefused, m_arrival, [](Observation &noted) { noted.detail = "left"; });
    }
    // A client may end its half and still wait for its answers.
    handle(m_parser.finish(), {});
    if (m_slots.empty() && m_channel->unsent() == 0 && m_handover == nullptr) {
        close();
    } else {
        updateInterest();
    }
}

void Connection::broken()
{
    const tls::Session *const session = m_channel->session();
    if (m_phase == Phase::Open && session != nullptr && session->failure()) {
        // The alert that says so goes out first.
        m_isInputEnded = session->failure()->leftSilently;
        m_phase = Phase::Ending;
        m_slots.clear();
        flush();
        return;
    }
    if (m_protocol == Protocol::Handshaking && !m_isTlsTold) {
        observe(Observation::Kind::TlsRefused, m_arrival, [this](Observation &noted) {
            noted.host = tlsName();
            noted.detail = "left";
        });
    }
    inputEnded();
    close();
}

void Connection::timeOut(const QByteArray &reason)
{
    if (m_protocol == Protocol::Handshaking) {
        observe(Observation::Kind::TlsBroken, m_arrival, [this, &reason](Observation &noted) {
            noted.host = tlsName();
            noted.detail = reason;
        });
        close();
        return;
    }
    if (!m_sniffed.isEmpty()) {
        m_protocol = Protocol::Http;
        feed(std::exchange(m_sniffed, {}));
    }
    std::vector<http::Action> actions = m_parser.finish();
    for (http::Action &action : actions) {
        if (auto *rejected = std::get_if<http::RequestRejected>(&action)) {
            rejected->status = 408;
            rejected->code = "timeout";
            rejected->reason = reason;
        }
    }
    handle(std::move(actions), {});
    noteState();
    updateInterest();
}

void Connection::flushSoon()
{
    if (!m_isUnflushed) {
        m_isUnflushed = true;
        m_context.flushLater(m_id);
    }
}

void Connection::flush()
{
    m_isUnflushed = false;
    if (m_phase == Phase::Closed) {
        return;
    }
    const qsizetype before = m_channel->unsent();
    const Channel::Flush flushed = m_channel->flush();
    if (flushed == Channel::Flush::Broken) {
        close(); // the client is gone; what it sent is kept all the same
        return;
    }
    if (m_channel->unsent() < before) {
        m_writeSinceMs = m_context.nowMs;
    }
    m_isWaitingToWrite = flushed == Channel::Flush::Waiting;
    if (m_isExchangePaused && m_channel->unsent() < maxUnwrittenBytes / 2) {
        m_isExchangePaused = false;
        m_exchange->resume();
        if (!isOpen()) {
            return;
        }
    }
    if (!m_isWaitingToWrite && m_channel->unsent() == 0) {
        m_stateSinceMs = state() == State::Idle ? m_context.nowMs : m_stateSinceMs;
        if (m_phase == Phase::Ending) {
            linger();
            return;
        }
    }
    updateInterest();
}

void Connection::windDown()
{
    const bool isQuiet = m_slots.empty() && m_channel->unsent() == 0;
    if (m_phase == Phase::Lingering || m_handover != nullptr || (m_phase == Phase::Open && isQuiet)) {
        close();
        return;
    }
    m_isInputEnded = true; // reads no more, and ends behind the last answer
    moveReadySlots();
    updateInterest();
}

void Connection::linger()
{
    m_channel->endWriting();
    if (m_isInputEnded || m_context.isClosing) {
        if (m_channel->session() != nullptr) {
            (void)m_channel->flush();
        }
        close();
        return;
    }
    if (m_channel->flush() == Channel::Flush::Broken) {
        close();
        return;
    }
    m_isWaitingToWrite = m_channel->unsent() > 0;
    m_phase = Phase::Lingering;
    m_writeSinceMs = m_context.nowMs;
    updateInterest();
}

void Connection::close()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    m_phase = Phase::Closed;
    updateInterest();
    if (m_handover != nullptr && m_handover->dial != 0) {
        m_gateway->dialer().cancel(std::exchange(m_handover->dial, 0));
    }
    m_context.removeLater(m_id);
}

bool Connection::isReading() const
{
    return m_interest == Poller::Interest::Read || m_interest == Poller::Interest::ReadAndWrite;
}

bool Connection::hasRoom() const
{
    return m_slots.size() < m_context.options.maxUnanswered && m_channel->unsent() < maxUnwrittenBytes &&
           m_heldBytes < maxHeldBytes && !m_context.handler.isFull();
}

void Connection::resume()
{
    m_isListedAsPaused = false;
    updateInterest();
}

State Connection::state() const
{
    switch (m_protocol) {
    case Protocol::Handshaking:
        return State::ReadingHead;
    case Protocol::Sniffing:
        return m_sniffed.isEmpty() ? State::Idle : State::ReadingHead;
    case Protocol::HandingOver:
        return State::Stopped;
    case Protocol::Fresh:
    case Protocol::Http:
        break;
    }
    return m_parser.state();
}

void Connection::updateInterest()
{
    if (m_channel == nullptr) {
        return;
    }
    const bool isLingering = m_phase == Phase::Lingering;
    const bool canRead = isLingering || (m_phase == Phase::Open && !m_isInputEnded && !m_isUpgrading &&
                                         state() != State::Stopped);
    const bool isRead = isLingering || (canRead && hasRoom());
    const bool wasPaused = std::exchange(m_isPaused, canRead && !isRead);
    if (m_isPaused && !m_isListedAsPaused) {
        m_isListedAsPaused = true;
        m_context.resumeLater(m_id);
    }
    if (wasPaused && !m_isPaused) {
        m_stateSinceMs = m_context.nowMs; // the pause was ours, not the client's
    }

    const bool isWrite = m_phase != Phase::Closed && m_isWaitingToWrite;
    const Poller::Interest now = isRead && isWrite ? Poller::Interest::ReadAndWrite
                                 : isRead          ? Poller::Interest::Read
                                 : isWrite         ? Poller::Interest::Write
                                                   : Poller::Interest::None;
    m_context.poller->change(m_channel->socket(), m_id, m_interest, now);
    m_interest = now;
}

void Connection::noteState()
{
    const State now = state();
    if (now != m_lastState) {
        m_lastState = now;
        m_stateSinceMs = m_context.nowMs;
    }
}

std::optional<std::int64_t> Connection::idleSinceMs() const
{
    const bool isIdle = m_phase == Phase::Open && !m_isPaused && state() == State::Idle && m_slots.empty() &&
                        m_channel->unsent() == 0;
    return isIdle ? std::optional(m_stateSinceMs) : std::nullopt;
}

void Connection::checkTimeouts()
{
    const std::int64_t now = m_context.nowMs;
    const ServerOptions &options = m_context.options;
    if (m_phase == Phase::Closed) {
        return;
    }
    if (m_phase == Phase::Lingering) {
        if (now - m_writeSinceMs > lingerMs) {
            close();
        }
        return;
    }
    if (m_channel->unsent() > 0 && now - m_writeSinceMs > options.bodyTimeoutMs) {
        close(); // it does not fetch its answers
        return;
    }
    if (m_phase != Phase::Open || m_isPaused || m_isInputEnded) {
        return;
    }
    const std::int64_t waited = now - m_stateSinceMs;
    switch (state()) {
    case State::ReadingHead:
        if (waited > options.headTimeoutMs) {
            timeOut((m_protocol == Protocol::Handshaking ? "The TLS handshake was not done after "
                                                         : "The headers were not complete after ") +
                    QByteArray::number(options.headTimeoutMs / 1000) + " s");
        }
        break;
    case State::ReadingBody:
        if (waited > options.bodyTimeoutMs) {
            timeOut("No more of the body came for " + QByteArray::number(options.bodyTimeoutMs / 1000) +
                    " s");
        }
        break;
    case State::Idle:
        if (waited > options.idleTimeoutMs && m_slots.empty() && m_channel->unsent() == 0) {
            close();
        }
        break;
    case State::Stopped:
        break;
    }
}

} // namespace capture
