// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/server.h"

#include "base/mailbox.h"
#include "segment/replies.h"
#include "segment/route.h"

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

} // namespace

class Server::Impl final : public RequestHandler
{
public:
    Impl(Server &self, event::RequestSink &sink, const base::Clock &clock, const ServerOptions &options)
        : m_self(self)
        , m_sink(sink)
        , m_clock(clock)
        , m_connections(*this, options, &self)
    {
    }

    std::optional<http::Response> handle(event::ReplyToken token, const QByteArray &peer,
                                         http::Request &&request) override;
    std::optional<http::Response> handleRejected(event::ReplyToken token, const QByteArray &peer,
                                                 http::RequestRejected &&rejected) override;
    bool isFull() const override { return m_sink.isFull(); }
    http::Response tooManyConnections() const override
    {
        return segment::refused({}, 503, "too_many_connections", u"There are too many connections."_s);
    }

    void sight(Sighting::Kind kind, const QByteArray &detail, const QString &writeKey = {})
    {
        emit m_self.sighted({kind, writeKey, QString::fromUtf8(detail)});
    }
    void takeReplies();

    Server &m_self;
    event::RequestSink &m_sink;
    const base::Clock &m_clock;
    base::Mailbox<std::vector<event::Reply>> m_replies;
    Connections m_connections;
};

std::optional<http::Response> Server::Impl::handle(event::ReplyToken token, const QByteArray &peer,
                                                   http::Request &&request)
{
    const segment::Route route = segment::route(request.method, request.target);
    switch (route.kind) {
    case segment::RouteKind::Ingest:
    case segment::RouteKind::Pixel:
    case segment::RouteKind::Jsonp:
        break;
    case segment::RouteKind::Preflight:
        sight(Sighting::Kind::Preflight, route.path);
        return segment::preflight(request);
    case segment::RouteKind::Settings:
        sight(Sighting::Kind::SettingsFetched, request.header("User-Agent"), route.writeKey);
        return segment::settings(request, route.writeKey);
    case segment::RouteKind::Metrics:
        sight(Sighting::Kind::MetricsPosted, route.path);
        return segment::accepted(request);
    case segment::RouteKind::Token:
        sight(Sighting::Kind::TokenAsked, route.path);
        return segment::token(request);
    case segment::RouteKind::Health:
        return segment::health(request);
    case segment::RouteKind::Script:
    case segment::RouteKind::Unknown:
        sight(Sighting::Kind::UnknownPath, route.path);
        return segment::unknownPath(request, route);
    }
    m_sink.post({token, m_clock.nowUs(), peer, std::move(request), {}, {}, 0});
    return std::nullopt;
}

std::optional<http::Response> Server::Impl::handleRejected(event::ReplyToken token, const QByteArray &peer,
                                                           http::RequestRejected &&rejected)
{
    if (rejected.code == "tls") {
        sight(Sighting::Kind::TlsOnPlainPort, peer);
    } else if (rejected.code == "http2") {
        sight(Sighting::Kind::Http2, peer);
    }
    http::Request &partial = rejected.partial;
    if (segment::route(partial.method, partial.target).kind == segment::RouteKind::Token) {
        dropCredentials(partial);
    }
    m_sink.post(
        {token, m_clock.nowUs(), peer, std::move(partial), rejected.code, rejected.reason, rejected.status});
    return std::nullopt;
}

void Server::Impl::takeReplies()
{
    for (const std::vector<event::Reply> &batch : m_replies.takeAll()) {
        for (const event::Reply &reply : batch) {
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

void Server::post(std::vector<event::Reply> replies)
{
    if (m_impl->m_replies.post(std::move(replies))) {
        QMetaObject::invokeMethod(
            this, [this] { m_impl->takeReplies(); }, Qt::QueuedConnection);
    }
}

} // namespace capture
