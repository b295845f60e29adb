// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/relay.h"

#include "capture/connectioncontext.h"

namespace capture {

namespace {

constexpr qsizetype maxWaitingBytes = qsizetype{256} * 1024;
constexpr std::int64_t silenceMs = std::int64_t{10} * 60 * 1000;
/// Reads in one wake-up before other sockets get their turn.
constexpr int maxReadsAtOnce = 8;

} // namespace

struct Relay::Impl
{
    /// One of the two sockets.
    struct Side final : Watcher
    {
        Side(Impl &owner, std::unique_ptr<Channel> of);
        ~Side() override;

        void ready(bool isReadable, bool isWritable) override;
        void checkTimeouts() override;
        /// Reads, and hands it to the other side.
        void pump();
        void flush();
        void updateInterest();

        Impl &relay;
        std::unique_ptr<Channel> channel;
        Side *other = nullptr;
        std::uint64_t key = 0;
        std::uint64_t received = 0; ///< bytes
        Poller::Interest interest = Poller::Interest::None;
        bool hasEnded = false; ///< nothing more comes from it
        bool isBroken = false; ///< nor can anything be sent to it
        bool isDone = false;   ///< all was sent to it, and our half has ended
    };

    Impl(ConnectionContext &shared, std::unique_ptr<Channel> clientChannel,
         std::unique_ptr<Channel> hostChannel, std::function<void(Totals)> told)
        : context(shared)
        , client(*this, std::move(clientChannel))
        , host(*this, std::move(hostChannel))
        , closed(std::move(told))
        , lastByteMs(shared.nowMs)
    {
        client.other = &host;
        host.other = &client;
    }

    void settle();
    void close();

    ConnectionContext &context;
    Side client, host;
    std::function<void(Totals)> closed;
    std::int64_t lastByteMs;
    bool isClosed = false;
};

Relay::Impl::Side::Side(Impl &owner, std::unique_ptr<Channel> of)
    : relay(owner)
    , channel(std::move(of))
    , key(owner.context.enroll(*this))
{
}

Relay::Impl::Side::~Side()
{
    relay.context.poller->change(channel->socket(), key, interest, Poller::Interest::None);
    relay.context.dismiss(key);
}

void Relay::Impl::Side::ready(bool isReadable, bool isWritable)
{
    if (relay.isClosed) {
        return;
    }
    if (isWritable) {
        flush();
    }
    if (isReadable) {
        pump();
    }
    relay.settle();
}

void Relay::Impl::Side::pump()
{
    std::vector<char> &scratch = relay.context.readBuffer;
    const qsizetype room = maxWaitingBytes - static_cast<qsizetype>(scratch.size());
    for (int reads = 0; reads < maxReadsAtOnce && !hasEnded && !isBroken; ++reads) {
        if (!other->isBroken && other->channel->unsent() > room) {
            break;
        }
        QByteArrayView came;
        const Channel::Read read = channel->readInPlace(scratch, came);
        if (!came.isEmpty()) {
            received += static_cast<std::uint64_t>(came.size());
            relay.lastByteMs = relay.context.nowMs;
            if (!other->isBroken) {
                other->channel->write(came);
            }
        }
        if (read == Channel::Read::Ended || read == Channel::Read::Broken) {
            hasEnded = true;
            isBroken = read == Channel::Read::Broken;
            other->channel->endWriting();
        }
        other->flush();
        if (read == Channel::Read::Nothing || channel->isDrained()) {
            break;
        }
    }
    if (channel->unsent() > 0) {
        flush(); // TLS has something of its own to say
    }
}

void Relay::Impl::Side::flush()
{
    if (isBroken) {
        return;
    }
    switch (channel->flush()) {
    case Channel::Flush::Broken:
        isBroken = true;
        hasEnded = true;
        break;
    case Channel::Flush::Done:
        isDone = other->hasEnded;
        break;
    case Channel::Flush::Waiting:
        break;
    }
}

void Relay::Impl::Side::updateInterest()
{
    const qsizetype room = maxWaitingBytes - static_cast<qsizetype>(relay.context.readBuffer.size());
    const bool isRead = !relay.isClosed && !hasEnded && other->channel->unsent() <= room;
    const bool isWrite = !relay.isClosed && !isBroken && channel->unsent() > 0;
    const Poller::Interest now = isRead && isWrite ? Poller::Interest::ReadAndWrite
                                 : isRead          ? Poller::Interest::Read
                                 : isWrite         ? Poller::Interest::Write
                                                   : Poller::Interest::None;
    relay.context.poller->change(channel->socket(), key, interest, now);
    interest = now;
}

void Relay::Impl::Side::checkTimeouts()
{
    // Once for both.
    if (this == &relay.client && !relay.isClosed && relay.context.nowMs - relay.lastByteMs > silenceMs) {
        relay.close();
    }
}

void Relay::Impl::settle()
{
    // What a broken side had sent before still goes to the other; nothing else is worth waiting for.
    const auto isOver = [](const Side &side) {
        return side.isBroken && (side.other->isBroken || side.other->channel->unsent() == 0);
    };
    if (isOver(client) || isOver(host) || (client.isDone && host.isDone)) {
        close();
        return;
    }
    client.updateInterest();
    host.updateInterest();
}

void Relay::Impl::close()
{
    if (isClosed) {
        return;
    }
    isClosed = true;
    client.updateInterest();
    host.updateInterest();
    context.removeLater(client.key);
    if (closed) {
        closed({client.received, host.received});
    }
}

Relay::Relay(ConnectionContext &context, std::unique_ptr<Channel> client, QByteArray clientReceived,
             std::unique_ptr<Channel> host, QByteArray hostReceived, std::function<void(Totals)> closed)
    : m_impl(std::make_unique<Impl>(context, std::move(client), std::move(host), std::move(closed)))
{
    m_impl->client.received = static_cast<std::uint64_t>(clientReceived.size());
    m_impl->host.received = static_cast<std::uint64_t>(hostReceived.size());
    m_impl->host.channel->write(std::move(clientReceived));
    m_impl->client.channel->write(std::move(hostReceived));
}

Relay::~Relay() = default;

std::uint64_t Relay::key() const
{
    return m_impl->client.key;
}

void Relay::start()
{
    m_impl->client.flush();
    m_impl->host.flush();
    m_impl->settle();
}

void Relay::close()
{
    m_impl->close();
}

} // namespace capture
