// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/server.h"

#include "base/mailbox.h"
#include "capture/segmentcalls.h"
#include "capture/servergateway.h"
#include "segment/replies.h"
#include "segment/route.h"
#include "segment/writekeys.h"

namespace capture {

using namespace Qt::StringLiterals;

namespace {

/// A token request carries credentials, whole or damaged: all that is kept of it is its first line.
void dropCredentials(http::Request &request)
{
    const qsizetype lineEnd = request.head.indexOf('\n');
    request.head.truncate(lineEnd >= 0 ? lineEnd + 1 : 0);
    request.headers.clear();
    request.body = {};
}

/// A path without its query, which may hold whole events and write keys.
QByteArray pathOf(QByteArrayView target)
{
    const qsizetype question = target.indexOf('?');
    return (question < 0 ? target : target.first(question)).toByteArray();
}

/// The request as its host would see it, when it came in absolute-form.
http::Request originForm(const http::Request &request)
{
    http::Request same = request;
    if (const auto target = readAbsoluteTarget(request.target)) {
        same.target = target->origin;
    }
    return same;
}

int statusOf(Fault::Kind kind)
{
    switch (kind) {
    case Fault::Kind::Status429:
        return 429;
    case Fault::Kind::Status500:
        return 500;
    case Fault::Kind::Status503:
    case Fault::Kind::Close: // never seen by the client
        return 503;
    case Fault::Kind::Stall:
    case Fault::Kind::Slow:
        break;
    }
    return 200;
}

} // namespace

class Server::Impl final : public RequestHandler
{
public:
    Impl(Server &self, event::RequestSink &sink, const base::Clock &clock, const ServerOptions &options)
        : m_self(self)
        , m_sink(sink)
        , m_clock(clock)
        , m_gateway(
              clock, [this] { return m_connections.addresses(); },
              [this](const QByteArray &address) { sight(Sighting::Kind::TlsOnPlainPort, address); })
        , m_connections(*this, options, &self)
    {
    }

    Handling handle(event::ReplyToken token, const Arrival &arrival, http::Request &&request) override;
    std::optional<http::Response> handleRejected(event::ReplyToken token, const Arrival &arrival,
                                                 http::RequestRejected &&rejected) override;
    bool isFull() const override { return m_sink.isFull(); }
    http::Response tooManyConnections() const override
    {
        return segment::refused({}, 503, "too_many_connections", u"There are too many connections."_s);
    }
    Gateway *gateway() override { return &m_gateway; }

    std::optional<http::Response> answerSetup(const Arrival &arrival, const http::Request &request);
    std::optional<http::Response> answerHere(const Arrival &arrival, const http::Request &request,
                                             const segment::Route &route);
    Handling handleEvents(event::ReplyToken token, const Arrival &arrival, http::Request &&request);
    std::optional<Handling> playFault(event::ReplyToken token, const Arrival &arrival, http::Request &request,
                                      Handling &normal);
    void note(const Arrival &arrival, const http::Request &request, const segment::Route &route);
    void sight(Sighting::Kind kind, const QByteArray &detail, const QString &writeKey = {})
    {
        emit m_self.sighted({kind, writeKey, QString::fromUtf8(detail)});
    }
    void takeReplies();
    void observe(const event::Reply &reply);
    /// To the real host: nothing of it is answered by us unless it must be.
    [[nodiscard]] bool isForRealHost(const Arrival &arrival) const
    {
        return (arrival.mode == Mode::ProxyHttp || arrival.mode == Mode::ProxyTls) &&
               !arrival.host.isEmpty() && arrival.host != testHost;
    }

    Server &m_self;
    event::RequestSink &m_sink;
    const base::Clock &m_clock;
    base::Mailbox<std::vector<event::Reply>> m_replies;
    ServerGateway m_gateway; ///< outlives the connections
    Connections m_connections;
};

Handling Server::Impl::handle(event::ReplyToken token, const Arrival &arrival, http::Request &&request)
{
    if (auto answer = answerSetup(arrival, request)) {
        return Handling::now(*std::move(answer));
    }
    const segment::Route route = segment::route(request.method, request.target);
    note(arrival, request, route);
    const bool isEvents = holdsEvents(route);
    if (isForRealHost(arrival)) {
        const bool isOurs = isSegmentCall(m_gateway.kindOf(arrival.host), route, request);
        if (!isOurs || (m_gateway.answer() == ProxyAnswer::PassOn && !isEvents)) {
            Handling handling;
            handling.kind = Handling::Kind::PassOn;
            if (route.kind == segment::RouteKind::Settings) {
                handling.answer = segment::settings(request, route.writeKey, segment::Redirect::None);
            }
            return handling;
        }
    }
    if (isEvents) {
        return handleEvents(token, arrival, std::move(request));
    }
    return Handling::now(answerHere(arrival, request, route).value_or(segment::unknownPath(request, route)));
}

/// What the setup page answers, and what a device gets that may do nothing else.
std::optional<http::Response> Server::Impl::answerSetup(const Arrival &arrival, const http::Request &request)
{
    SetupSite *const site = m_gateway.parts().setupSite;
    const bool isTest = arrival.host == testHost;
    if (site != nullptr && !isForRealHost(arrival)) {
        const http::Request origin = request.target.startsWith('/') ? http::Request{} : originForm(request);
        const http::Request &asked = request.target.startsWith('/') ? request : origin;
        if (isTest || asked.target.startsWith("/trackside")) {
            if (auto answer = site->answer(asked, arrival, m_clock.nowUs())) {
                const QByteArray path = pathOf(asked.target);
                if (answer->status == 200 && path.endsWith('/')) {
                    m_gateway.observe(Observation::Kind::SetupPage, arrival, request.header("User-Agent"),
                                      path);
                }
                return answer;
            }
        }
    }
    return m_gateway.deviceRefusal(arrival, request);
}

std::optional<http::Response> Server::Impl::answerHere(const Arrival &arrival, const http::Request &request,
                                                       const segment::Route &route)
{
    switch (route.kind) {
    case segment::RouteKind::Preflight:
        return segment::preflight(request);
    case segment::RouteKind::Settings:
        return segment::settings(request, route.writeKey,
                                 arrival.mode == Mode::EndpointTls ? segment::Redirect::Https
                                 : arrival.mode == Mode::Endpoint  ? segment::Redirect::Http
                                                                   : segment::Redirect::None);
    case segment::RouteKind::Metrics:
        return segment::accepted(request);
    case segment::RouteKind::Token:
        return segment::token(request);
    case segment::RouteKind::Health:
        return segment::health(request);
    case segment::RouteKind::Ingest:
    case segment::RouteKind::Pixel:
    case segment::RouteKind::Jsonp:
    case segment::RouteKind::Script:
    case segment::RouteKind::Unknown:
        break;
    }
    return std::nullopt;
}

Handling Server::Impl::handleEvents(event::ReplyToken token, const Arrival &arrival, http::Request &&request)
{
    Handling handling = Handling::later();
    const bool isPassedOn = isForRealHost(arrival) && m_gateway.answer() == ProxyAnswer::PassOn;
    if (isPassedOn) {
        handling.kind = Handling::Kind::PassOnLater;
    }
    if (auto faulty = playFault(token, arrival, request, handling)) {
        return *std::move(faulty);
    }
    http::Request stored = isPassedOn ? request : std::move(request);
    m_sink.post({token, m_clock.nowUs(), arrival.peer, std::move(stored), {}, {}, 0});
    return handling;
}

/// A fault that leaves the request unheard: it is kept as a rejected one. One that only delays is added to
/// what happens normally.
std::optional<Handling> Server::Impl::playFault(event::ReplyToken token, const Arrival &arrival,
                                                http::Request &request, Handling &normal)
{
    Faults *const faults = m_gateway.parts().faults;
    if (faults == nullptr || !faults->isWatching()) {
        return std::nullopt;
    }
    const std::optional<Faults::Action> action = faults->see(request);
    if (!action) {
        return std::nullopt;
    }
    const Fault &fault = action->fault;
    if (fault.kind == Fault::Kind::Slow || fault.kind == Fault::Kind::Stall) {
        normal.delayMs = fault.delayMs;
        normal.then = fault.kind == Fault::Kind::Stall ? Handling::Then::Close : Handling::Then::Answer;
        return std::nullopt;
    }
    const bool isClose = fault.kind == Fault::Kind::Close;
    const int status = statusOf(fault.kind);
    Handling handling = Handling::later();
    handling.then = isClose ? Handling::Then::Close : Handling::Then::Answer;
    if (fault.kind == Fault::Kind::Status429 ||
        (fault.kind == Fault::Kind::Status503 && fault.retryAfterSeconds > 0)) {
        handling.moreHeaders.push_back({"Retry-After", QByteArray::number(fault.retryAfterSeconds)});
    }
    const QByteArray reason =
        isClose ? "Trackside closed the connection without an answer: a fault was asked for."_ba
                : "Trackside answered " + QByteArray::number(status) + ": a fault was asked for.";
    m_sink.post({token, m_clock.nowUs(), arrival.peer, std::move(request), "fault", reason, status});
    return handling;
}

/// What a request tells of its client beside events, whoever answers it.
void Server::Impl::note(const Arrival &arrival, const http::Request &request, const segment::Route &route)
{
    using Seen = Observation::Kind;
    const auto tell = [&](Seen kind) {
        m_gateway.observe(kind, arrival, request.header("User-Agent"), route.path);
    };
    switch (route.kind) {
    case segment::RouteKind::Preflight:
        sight(Sighting::Kind::Preflight, route.path);
        tell(Seen::Preflight);
        break;
    case segment::RouteKind::Settings:
        sight(Sighting::Kind::SettingsFetched, request.header("User-Agent"), route.writeKey);
        m_gateway.observe(Seen::Settings, arrival, request.header("User-Agent"), {}, [&](Observation &noted) {
            noted.writeKeyHash = segment::keyHash(route.writeKey.toStdString());
        });
        break;
    case segment::RouteKind::Metrics:
        sight(Sighting::Kind::MetricsPosted, route.path);
        tell(Seen::Metrics);
        break;
    case segment::RouteKind::Token:
        sight(Sighting::Kind::TokenAsked, route.path);
        tell(Seen::Token);
        break;
    case segment::RouteKind::Script:
    case segment::RouteKind::Unknown:
        if (!isForRealHost(arrival)) {
            sight(Sighting::Kind::UnknownPath, route.path);
            tell(route.kind == segment::RouteKind::Script ? Seen::Script : Seen::UnknownPath);
        }
        break;
    case segment::RouteKind::Ingest:
    case segment::RouteKind::Pixel:
    case segment::RouteKind::Jsonp:
    case segment::RouteKind::Health:
        break;
    }
}

std::optional<http::Response> Server::Impl::handleRejected(event::ReplyToken token, const Arrival &arrival,
                                                           http::RequestRejected &&rejected)
{
    http::Request &partial = rejected.partial;
    if (auto refused = m_gateway.deviceRefusal(arrival, partial)) {
        return refused;
    }
    if (rejected.code == "tls") {
        sight(Sighting::Kind::TlsOnPlainPort, arrival.peer);
    } else if (rejected.code == "http2") {
        sight(Sighting::Kind::Http2, arrival.peer);
        m_gateway.observe(Observation::Kind::Http2, arrival, {}, {});
    }
    if (segment::route(partial.method, partial.target).kind == segment::RouteKind::Token) {
        dropCredentials(partial);
    }
    m_sink.post({token, m_clock.nowUs(), arrival.peer, std::move(partial), rejected.code, rejected.reason,
                 rejected.status});
    return std::nullopt;
}

void Server::Impl::observe(const event::Reply &reply)
{
    const auto asked = m_connections.asked(reply.token);
    if (!asked) {
        return; // it has left; what it sent counts, but nobody waits for an answer
    }
    using Seen = Observation::Kind;
    const Seen kind = reply.rejectCode.isEmpty()                                   ? Seen::Events
                      : reply.rejectCode == "store" || reply.rejectCode == "fault" ? Seen::AnsweredError
                                                                                   : Seen::Rejected;
    m_gateway.observe(kind, *asked->arrival, asked->agent, pathOf(asked->path), [&](Observation &noted) {
        noted.detail = reply.rejectCode;
        noted.status = reply.response.status;
        noted.writeKeyHash = reply.keyHash;
        noted.count = kind == Seen::Events ? reply.events : 1;
    });
}

void Server::Impl::takeReplies()
{
    for (const std::vector<event::Reply> &batch : m_replies.takeAll()) {
        for (const event::Reply &reply : batch) {
            if (m_gateway.isObserved()) {
                observe(reply);
            }
            m_connections.answer(reply.token, reply.response);
        }
    }
    m_connections.flush();
}

Server::Server(event::RequestSink &sink, const base::Clock &clock, ServerOptions options, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this, sink, clock, options))
{
    connect(&m_impl->m_connections, &Connections::drained, this, &Server::drained);
}

Server::~Server() = default;

base::Result<void> Server::listen(const std::vector<Address> &addresses)
{
    return m_impl->m_connections.listen(addresses);
}

void Server::close()
{
    m_impl->m_connections.close();
}

std::vector<Address> Server::addresses() const
{
    return m_impl->m_connections.addresses();
}

int Server::connectionCount() const
{
    return m_impl->m_connections.count();
}

void Server::setParts(ServerParts parts)
{
    m_impl->m_gateway.setParts(parts);
}

base::Result<void> Server::setProxy(const ProxyOptions &options)
{
    return m_impl->m_gateway.setProxy(options);
}

void Server::authorityChanged()
{
    m_impl->m_gateway.authorityChanged();
}

void Server::post(std::vector<event::Reply> replies)
{
    if (m_impl->m_replies.post(std::move(replies))) {
        QMetaObject::invokeMethod(
            this, [this] { m_impl->takeReplies(); }, Qt::QueuedConnection);
    }
}

} // namespace capture
