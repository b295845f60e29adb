// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/exchange.h"

#include "capture/connectioncontext.h"
#include "capture/passedhead.h"
#include "http/responseframe.h"

using namespace Qt::StringLiterals;

namespace capture {

namespace {

constexpr std::int64_t silenceMs = 30'000;
/// A connection kept longer without a request is likely closed by the host just when the next one comes.
constexpr std::int64_t keptMs = 30'000;
/// Of a body, encrypted and queued at a time.
constexpr qsizetype sliceBytes = qsizetype{256} * 1024;
/// Reads in one wake-up before other sockets get their turn.
constexpr int maxReadsAtOnce = 8;

} // namespace

struct Exchange::Impl
{
    Impl(ConnectionContext &shared, Dialer &dials, Dialer::Guard guard, Client &told)
        : context(shared)
        , dialer(dials)
        , isAllowed(std::move(guard))
        , client(told)
    {
    }

    void send(const std::shared_ptr<Impl> &self, const DialTarget &target, const http::Request &what);
    void dial(const std::shared_ptr<Impl> &self);
    void dialed(base::Result<Dialed> result);
    void begin();
    void write();
    void read(const std::shared_ptr<Impl> &self);
    void take(QByteArrayView bytes);
    void finish(bool isReusable);
    void handOver(QByteArray behind);
    /// The host ended its half, or the socket broke.
    void ended(const std::shared_ptr<Impl> &self, Channel::Read how);
    void fail(const QString &why);
    void fail(const base::Error &error);
    void updateInterest();
    std::unique_ptr<Channel> takeChannel();
    [[nodiscard]] QString tlsReason() const;

    ConnectionContext &context;
    Dialer &dialer;
    const Dialer::Guard isAllowed;
    Client &client;
    std::uint64_t key = 0;
    bool isGone = false; ///< the exchange was destroyed: nobody is to be told, the context may be no more

    std::unique_ptr<Channel> channel;
    DialTarget reached; ///< by the channel
    std::optional<UpstreamProxy> proxy;
    Poller::Interest interest = Poller::Interest::None;
    std::uint64_t dialId = 0;
    std::int64_t lastByteMs = 0;

    // The request under way.
    bool isBusy = false;
    DialTarget wanted;
    http::Request request;
    qsizetype bodySent = 0; ///< to the channel
    http::ResponseFrame frame{"GET"};
    bool isKept = false;   ///< sent on a connection that had served before
    bool hasBegun = false; ///< bytes of the answer were handed back
    bool isDeaf = false;   ///< the host takes no more of the request
    bool isPaused = false;
};

std::unique_ptr<Channel> Exchange::Impl::takeChannel()
{
    if (channel != nullptr) {
        context.poller->change(channel->socket(), key, interest, Poller::Interest::None);
        interest = Poller::Interest::None;
    }
    return std::move(channel);
}

void Exchange::Impl::updateInterest()
{
    if (channel == nullptr) {
        return;
    }
    const bool isRead = !isPaused || !isBusy; // a kept one tells when it closes
    const bool isWrite = !isDeaf && channel->unsent() > 0;
    const Poller::Interest now = isRead && isWrite ? Poller::Interest::ReadAndWrite
                                 : isRead          ? Poller::Interest::Read
                                 : isWrite         ? Poller::Interest::Write
                                                   : Poller::Interest::None;
    context.poller->change(channel->socket(), key, interest, now);
    interest = now;
}

void Exchange::Impl::send(const std::shared_ptr<Impl> &self, const DialTarget &target,
                          const http::Request &what)
{
    Q_ASSERT(!isBusy);
    isBusy = true;
    isPaused = false;
    wanted = target;
    request = what;
    lastByteMs = context.nowMs;
    isKept = channel != nullptr && reached == target;
    if (!isKept) {
        dial(self);
        return;
    }
    begin();
    if (isDeaf) {
        dial(self); // closed meanwhile, and nothing of this request was answered
    }
}

void Exchange::Impl::dial(const std::shared_ptr<Impl> &self)
{
    takeChannel().reset();
    isKept = false;
    dialId = dialer.dial(wanted, isAllowed, [weak = std::weak_ptr<Impl>(self)](base::Result<Dialed> result) {
        if (const std::shared_ptr<Impl> impl = weak.lock(); impl && !impl->isGone) {
            impl->dialed(std::move(result));
        }
    });
}

void Exchange::Impl::dialed(base::Result<Dialed> result)
{
    dialId = 0;
    if (!result) {
        fail(result.error());
        return;
    }
    channel = std::move(result->channel);
    reached = wanted;
    proxy = std::move(result->proxy);
    lastByteMs = context.nowMs;
    begin();
    if (!result->received.isEmpty()) {
        take(result->received);
    }
}

void Exchange::Impl::begin()
{
    frame = http::ResponseFrame(request.method);
    bodySent = 0;
    hasBegun = false;
    isDeaf = false;
    channel->write(passedHead(request, reached, proxy));
    write();
    updateInterest();
}

void Exchange::Impl::write()
{
    while (!isDeaf) {
        const qsizetype before = channel->unsent();
        if (before == 0) {
            const qsizetype left = request.body.size() - bodySent;
            if (left == 0) {
                return;
            }
            const qsizetype size = std::min(left, sliceBytes);
            channel->write(QByteArrayView(request.body).sliced(bodySent, size));
            bodySent += size;
            continue;
        }
        const Channel::Flush flushed = channel->flush();
        if (channel->unsent() < before) {
            lastByteMs = context.nowMs;
        }
        if (flushed == Channel::Flush::Waiting) {
            return;
        }
        // Broken: the host may have answered before it stopped listening, which reading tells.
        isDeaf = flushed == Channel::Flush::Broken;
    }
}

void Exchange::Impl::read(const std::shared_ptr<Impl> &self)
{
    for (int reads = 0; reads < maxReadsAtOnce && isBusy && !isPaused; ++reads) {
        QByteArrayView came;
        const Channel::Read read = channel->readInPlace(context.readBuffer, came);
        if (!came.isEmpty()) {
            lastByteMs = context.nowMs;
            take(came);
            if (isGone || !isBusy || channel == nullptr) {
                return; // over; maybe the next request is under way already
            }
        }
        if (read == Channel::Read::Ended || read == Channel::Read::Broken) {
            ended(self, read);
            return;
        }
        if (read == Channel::Read::Nothing || channel->isDrained()) {
            break;
        }
    }
    if (channel->unsent() > 0) {
        write(); // TLS has something of its own to say
    }
}

void Exchange::Impl::take(QByteArrayView bytes)
{
    const auto taken = static_cast<qsizetype>(frame.feed(bytes));
    const http::ResponseFrame::State state = frame.state();
    if (state == http::ResponseFrame::State::Broken) {
        fail(u"What it sent is no HTTP answer: %1."_s.arg(QString::fromLatin1(frame.reason())));
        return;
    }
    const bool isMore = taken < bytes.size();
    const QByteArray behind =
        state == http::ResponseFrame::State::Upgraded ? bytes.sliced(taken).toByteArray() : QByteArray();
    if (taken > 0) {
        hasBegun = true;
        client.answerBytes(bytes.first(taken));
        if (isGone) {
            return;
        }
    }
    if (state == http::ResponseFrame::State::Complete) {
        finish(!isMore);
    } else if (state == http::ResponseFrame::State::Upgraded) {
        handOver(behind);
    }
}

void Exchange::Impl::finish(bool isReusable)
{
    const bool isKeepAlive = frame.isKeepAlive();
    const bool isSent = !isDeaf && bodySent == request.body.size() && channel->unsent() == 0;
    isBusy = false;
    if (isKeepAlive && isReusable && isSent && request.isKeepAlive) {
        lastByteMs = context.nowMs;
        updateInterest();
    } else {
        takeChannel().reset();
    }
    request = {};
    client.answerDone(isKeepAlive);
}

void Exchange::Impl::handOver(QByteArray behind)
{
    isBusy = false;
    request = {};
    client.upgraded(takeChannel(), std::move(behind));
}

void Exchange::Impl::ended(const std::shared_ptr<Impl> &self, Channel::Read how)
{
    if (how == Channel::Read::Ended) {
        frame.finish();
        if (frame.state() == http::ResponseFrame::State::Complete) {
            finish(false);
            return;
        }
    }
    if (isKept && !hasBegun) {
        dial(self);
        return;
    }
    const QString reason = tlsReason();
    if (!reason.isEmpty()) {
        fail(u"It ended the TLS connection: %1"_s.arg(reason));
    } else if (how == Channel::Read::Ended) {
        fail(u"It closed the connection before the answer was whole."_s);
    } else {
        fail(u"The connection broke before the answer was whole."_s);
    }
}

QString Exchange::Impl::tlsReason() const
{
    const tls::Session *session = channel->session();
    return session != nullptr && session->failure() ? session->failure()->why : QString();
}

void Exchange::Impl::fail(const QString &why)
{
    const QString host = QString::fromLatin1(wanted.host);
    fail(
        base::Error{base::ErrorCode::Network,
                    hasBegun ? u"The answer of %1 broke off."_s.arg(host) : u"%1 gave no answer."_s.arg(host),
                    why, u"Try again, and see whether the host answers without Trackside."_s});
}

void Exchange::Impl::fail(const base::Error &error)
{
    isBusy = false;
    takeChannel().reset();
    request = {};
    client.answerFailed(error, std::exchange(hasBegun, false));
}

Exchange::Exchange(ConnectionContext &context, Dialer &dialer, Dialer::Guard isAllowed, Client &client)
    : m_impl(std::make_shared<Impl>(context, dialer, std::move(isAllowed), client))
{
    m_impl->key = context.enroll(*this);
}

Exchange::~Exchange()
{
    m_impl->isGone = true;
    m_impl->isBusy = false;
    if (m_impl->dialId != 0) {
        m_impl->dialer.cancel(m_impl->dialId);
    }
    m_impl->takeChannel().reset();
    m_impl->context.dismiss(m_impl->key);
}

void Exchange::send(const DialTarget &target, const http::Request &request)
{
    m_impl->send(m_impl, target, request);
}

bool Exchange::isBusy() const
{
    return m_impl->isBusy;
}

void Exchange::pause()
{
    m_impl->isPaused = true;
    m_impl->updateInterest();
}

void Exchange::resume()
{
    m_impl->isPaused = false;
    m_impl->lastByteMs = m_impl->context.nowMs; // the host was not to blame for the time between
    m_impl->updateInterest();
}

void Exchange::ready(bool isReadable, bool isWritable)
{
    const std::shared_ptr<Impl> impl = m_impl;
    if (impl->channel == nullptr) {
        return;
    }
    if (!impl->isBusy) {
        impl->takeChannel().reset(); // the host closes it, or says what nobody asked for
        return;
    }
    if (isWritable) {
        impl->write();
    }
    if (isReadable || impl->isDeaf) {
        impl->read(impl);
    }
    if (!impl->isGone) {
        impl->updateInterest();
    }
}

void Exchange::checkTimeouts()
{
    const std::shared_ptr<Impl> impl = m_impl;
    if (impl->channel == nullptr || impl->isPaused) {
        return;
    }
    const std::int64_t silentMs = impl->context.nowMs - impl->lastByteMs;
    if (impl->isBusy && silentMs > silenceMs) {
        impl->fail(u"Not a byte came for %1 seconds."_s.arg(silenceMs / 1000));
    } else if (!impl->isBusy && silentMs > keptMs) {
        impl->takeChannel().reset();
    }
}

} // namespace capture
