// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/dial.h"

#include "capture/hostport.h"

#include <algorithm>

#include <QHostInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace capture {

namespace {

constexpr std::size_t scratchBytes = std::size_t{16} * 1024;

QString shown(const QByteArray &text)
{
    return QString::fromLatin1(text);
}

const QString &networkFix()
{
    static const QString fix = u"Check this machine's network connection; behind a proxy, set the upstream "
                               "proxy (proxy.upstream)."_s;
    return fix;
}

const QString &proxyFix()
{
    static const QString fix =
        u"Check the upstream proxy (proxy.upstream, else the variables https_proxy and http_proxy)."_s;
    return fix;
}

bool isOfProtocol(const tls::SessionFailure &failure)
{
    return failure.alertName == "protocol_version" || failure.alertName == "handshake_failure" ||
           failure.alertName == "insufficient_security";
}

} // namespace

Dial::Dial(Plan plan, Dialer::Done done, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_done(std::move(done))
    , m_proxyAnswer("CONNECT")
    , m_deadline(this)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_plan.timeoutMs);
    connect(&m_deadline, &QTimer::timeout, this, &Dial::timedOut);
}

Dial::~Dial() = default;

void Dial::start()
{
    m_deadline.start();
    if (m_plan.proxy) {
        const QHostAddress literal(shown(m_plan.target.host));
        if (!literal.isNull() && !m_plan.isAllowed(literal, m_plan.target.port)) {
            refuse(u"Nobody may be connected to the address %1 through Trackside."_s.arg(literal.toString()));
            return;
        }
    }
    lookUp(m_plan.proxy ? m_plan.proxy->host : m_plan.target.host);
}

void Dial::lookUp(const QByteArray &host)
{
    m_step = Step::Name;
    const QString name = shown(host);
    if (const QHostAddress literal(name); !literal.isNull()) {
        race({literal});
        return;
    }
    // Neither with a context nor aborted: Qt 6.4 would leak the function when this goes first.
    QHostInfo::lookupHost(name, [dial = QPointer<Dial>(this)](const QHostInfo &found) {
        if (dial != nullptr) {
            dial->lookedUp(found);
        }
    });
}

void Dial::lookedUp(const QHostInfo &found)
{
    if (m_step != Step::Name) {
        return;
    }
    if (found.error() == QHostInfo::NoError && !found.addresses().isEmpty()) {
        race(found.addresses());
    } else if (m_plan.proxy) {
        fail(u"No address is known for the upstream proxy's name, %1."_s.arg(shown(m_plan.proxy->host)),
             proxyFix());
    } else {
        fail(u"No address is known for its name."_s, networkFix());
    }
}

void Dial::race(const QList<QHostAddress> &addresses)
{
    const std::uint16_t port = m_plan.proxy ? m_plan.proxy->port : m_plan.target.port;
    const auto isOwn = [this, port](const QHostAddress &address) { return m_plan.isOwn(address, port); };
    if (m_plan.proxy && std::ranges::any_of(addresses, isOwn)) {
        // The environment sends every program to us. We are not to be sent to ourselves.
        m_plan.proxy.reset();
        lookUp(m_plan.target.host);
        return;
    }
    QList<QHostAddress> open;
    bool isLoop = false;
    for (const QHostAddress &address : addresses) {
        if (isOwn(address)) {
            isLoop = true;
        } else if (m_plan.proxy || m_plan.isAllowed(address, port)) {
            open.push_back(address);
        }
    }
    if (open.isEmpty()) {
        refuse(isLoop ? u"Its address, %1, leads back to Trackside itself."_s.arg(
                            shown(HostPort{addresses.front().toString().toLatin1(), port}.text()))
                      : u"Nobody may be connected to its address, %1, through Trackside."_s.arg(
                            addresses.front().toString()));
        return;
    }
    m_step = Step::Address;
    m_race = std::make_unique<ConnectRace>(
        open, port, [this](int socket, const QString &why) { connected(socket, why); });
    m_race->start();
}

void Dial::connected(int socket, const QString &why)
{
    m_race.release()->deleteLater(); // it is on the stack
    if (socket < 0) {
        if (m_plan.proxy) {
            fail(u"The upstream proxy can't be reached. %1"_s.arg(why), proxyFix());
        } else {
            fail(why, networkFix());
        }
        return;
    }
    m_channel = std::make_unique<Channel>(socket);
    if (m_plan.proxy && m_plan.target.kind != DialTarget::Kind::Http) {
        askProxy();
    } else if (m_plan.target.kind == DialTarget::Kind::Tls) {
        secure();
    } else {
        finish(Dialed{std::move(m_channel), {}, m_plan.proxy});
    }
}

void Dial::askProxy()
{
    m_step = Step::Proxy;
    const QByteArray authority = HostPort{m_plan.target.host, m_plan.target.port}.text();
    QByteArray request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (!m_plan.proxy->authorization.isEmpty()) {
        request += "Proxy-Authorization: " + m_plan.proxy->authorization + "\r\n";
    }
    m_channel->write(request + "\r\n");
    watch();
    flush();
}

void Dial::readProxyAnswer()
{
    QByteArray bytes;
    const Channel::Read read = m_channel->read(m_scratch, bytes);
    if (bytes.isEmpty() && read == Channel::Read::Nothing) {
        return;
    }
    const auto taken = static_cast<qsizetype>(m_proxyAnswer.feed(bytes));
    const auto state = m_proxyAnswer.state();
    if (state == http::ResponseFrame::State::Upgraded) {
        m_received = bytes.sliced(taken);
        if (m_plan.target.kind == DialTarget::Kind::Tls) {
            secure();
        } else {
            finish(Dialed{std::move(m_channel), std::move(m_received), m_plan.proxy});
        }
    } else if (m_proxyAnswer.status() != 0) {
        proxyRefused(m_proxyAnswer.status());
    } else if (state == http::ResponseFrame::State::Broken) {
        fail(u"What listens at the upstream proxy's address, %1, is no HTTP proxy: %2."_s.arg(
                 shown(m_plan.proxy->text()), shown(m_proxyAnswer.reason())),
             proxyFix());
    } else if (read == Channel::Read::Ended || read == Channel::Read::Broken) {
        fail(u"The upstream proxy %1 closed the connection without an answer."_s.arg(
                 shown(m_plan.proxy->text())),
             proxyFix());
    }
}

void Dial::proxyRefused(int status)
{
    const QString proxy = shown(m_plan.proxy->text());
    if (status != 407) {
        fail(u"The upstream proxy %1 refused the connection with status %2."_s.arg(proxy).arg(status),
             u"Ask who runs the proxy whether it lets %1 through, or set another (proxy.upstream)."_s.arg(
                 shown(m_plan.target.host)));
    } else if (m_plan.proxy->authorization.isEmpty()) {
        fail(u"The upstream proxy %1 asks for a user and password (status 407)."_s.arg(proxy),
             u"Write them into the upstream proxy setting: http://user:password@host:port."_s);
    } else {
        fail(u"The upstream proxy %1 does not take the user and password it got (status 407)."_s.arg(proxy),
             u"Correct them in the upstream proxy setting: http://user:password@host:port."_s);
    }
}

void Dial::secure()
{
    m_step = Step::Tls;
    auto trust = m_plan.trust();
    if (!trust) {
        finish(base::Failure(trust.error()));
        return;
    }
    const QByteArray cipher = std::exchange(m_received, {});
    m_channel->secure(tls::Session::connect(**trust, m_plan.target.host), cipher, m_received, *trust);
    watch();
    flush();
    if (m_step == Step::Tls) {
        advanceTls();
    }
}

void Dial::advanceTls()
{
    switch (m_channel->session()->state()) {
    case tls::Session::State::Handshaking:
        return;
    case tls::Session::State::Open:
    case tls::Session::State::PeerEnded:
        finish(Dialed{std::move(m_channel), std::move(m_received), m_plan.proxy});
        return;
    case tls::Session::State::Failed:
        finish(tlsFailure());
        return;
    }
}

base::Failure Dial::tlsFailure() const
{
    const tls::SessionFailure failure = m_channel->session()->failure().value_or(tls::SessionFailure{});
    const QString what = u"%1 can't be reached."_s.arg(shown(m_plan.target.host));
    const QString trustFix =
        u"If a proxy of your company signs it, trust it through the proxy.trusted setting: name the file "
        "with its certificate."_s;
    switch (failure.side) {
    case tls::SessionFailure::Side::Us:
        if (isOfProtocol(failure)) {
            return base::failure(base::ErrorCode::Network, what,
                                 u"It speaks no TLS that is safe today. %1"_s.arg(failure.why),
                                 u"Ask who runs it for TLS 1.2 or 1.3."_s);
        }
        return base::failure(base::ErrorCode::Network, what,
                             u"Its certificate is not trusted: %1"_s.arg(failure.why), trustFix);
    case tls::SessionFailure::Side::Peer:
        return base::failure(base::ErrorCode::Network, what,
                             failure.alert < 0 ? u"It closed the connection during the TLS handshake."_s
                                               : u"It ended the TLS handshake with the alert %1."_s.arg(
                                                     shown(failure.alertName)),
                             networkFix());
    case tls::SessionFailure::Side::Protocol:
        break;
    }
    return base::failure(
        base::ErrorCode::Network, what,
        u"What answers on port %1 does not speak TLS. %2"_s.arg(m_plan.target.port).arg(failure.why),
        networkFix());
}

void Dial::watch()
{
    if (m_reader != nullptr) {
        return;
    }
    m_scratch.resize(scratchBytes);
    m_reader = std::make_unique<QSocketNotifier>(m_channel->socket(), QSocketNotifier::Read);
    m_writer = std::make_unique<QSocketNotifier>(m_channel->socket(), QSocketNotifier::Write);
    m_writer->setEnabled(false);
    connect(m_reader.get(), &QSocketNotifier::activated, this, &Dial::readable);
    connect(m_writer.get(), &QSocketNotifier::activated, this, &Dial::writable);
}

void Dial::readable()
{
    if (m_step == Step::Proxy) {
        readProxyAnswer();
        return;
    }
    if (m_step != Step::Tls) {
        return;
    }
    const Channel::Read read = m_channel->read(m_scratch, m_received);
    // An alert of ours, or the last word of the handshake; what can't be sent now is the next owner's.
    flush();
    if (m_step != Step::Tls) {
        return;
    }
    if (read == Channel::Read::Broken && m_channel->session()->state() == tls::Session::State::Handshaking) {
        ended(u"The connection broke during the TLS handshake."_s);
    } else {
        advanceTls();
    }
}

void Dial::writable()
{
    flush();
}

void Dial::flush()
{
    const Channel::Flush flushed = m_channel->flush();
    m_writer->setEnabled(flushed == Channel::Flush::Waiting);
    // A broken socket is readable too: reading tells what was said before it broke.
}

void Dial::timedOut()
{
    const QString seconds = QString::number(static_cast<double>(m_plan.timeoutMs) / 1000);
    switch (m_step) {
    case Step::Name:
        fail(u"The look-up of its name gave no answer within %1 seconds."_s.arg(seconds), networkFix());
        break;
    case Step::Address:
        if (m_plan.proxy) {
            fail(u"The upstream proxy %1 did not take the connection within %2 seconds."_s.arg(
                     shown(m_plan.proxy->text()), seconds),
                 proxyFix());
        } else {
            fail(u"It did not take the connection within %1 seconds."_s.arg(seconds), networkFix());
        }
        break;
    case Step::Proxy:
        fail(u"The upstream proxy %1 took the connection, but gave no answer within %2 seconds."_s.arg(
                 shown(m_plan.proxy->text()), seconds),
             proxyFix());
        break;
    case Step::Tls:
        fail(
            u"It took the connection, but did not finish the TLS handshake within %1 seconds."_s.arg(seconds),
            networkFix());
        break;
    case Step::Done:
        break;
    }
}

void Dial::ended(const QString &why)
{
    fail(why, m_plan.proxy ? proxyFix() : networkFix());
}

void Dial::refuse(const QString &why)
{
    finish(base::failure(base::ErrorCode::Permission,
                         u"%1 can't be reached."_s.arg(shown(m_plan.target.host)), why,
                         u"Use an address of the host that others can reach too."_s));
}

void Dial::fail(const QString &why, const QString &fix)
{
    finish(base::failure(base::ErrorCode::Network, u"%1 can't be reached."_s.arg(shown(m_plan.target.host)),
                         why, fix));
}

void Dial::finish(base::Result<Dialed> result)
{
    m_step = Step::Done;
    m_deadline.stop();
    for (std::unique_ptr<QSocketNotifier> *each : {&m_reader, &m_writer}) {
        if (*each != nullptr) {
            (*each)->setEnabled(false);
            each->release()->deleteLater(); // it may be on the stack
        }
    }
    m_race.reset();
    m_channel.reset();
    const Dialer::Done done = std::exchange(m_done, {});
    done(std::move(result));
}

} // namespace capture
