// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"

#include "api/access.h"
#include "api/answers.h"
#include "api/clients.h"
#include "api/coverage.h"
#include "api/faults.h"
#include "api/jsonwriter.h"
#include "api/problem.h"
#include "api/readpool.h"
#include "base/mailbox.h"
#include "capture/connections.h"
#include "segment/querystring.h"

#include <chrono>
#include <mutex>

namespace api {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView root = "/api/v1";
constexpr QByteArrayView eventPrefix = "/events/";
constexpr QByteArrayView faultPrefix = "/faults/";

capture::ServerOptions options()
{
    capture::ServerOptions values;
    values.limits.bodyBytes = std::size_t{1024} * 1024;
    values.maxConnections = 200;
    values.maxUnanswered = 16;
    return values;
}

http::Response methodNotAllowed(const QByteArray &allowed)
{
    http::Response response = problem(405, {base::ErrorCode::BadInput,
                                            u"That method is not for this path."_s,
                                            u"It takes %1."_s.arg(QString::fromLatin1(allowed)),
                                            {}});
    response.headers.push_back({"Allow", allowed});
    return response;
}

http::Response unknownPath(QByteArrayView path)
{
    return problem(
        404,
        {base::ErrorCode::NotFound,
         u"There is nothing at %1."_s.arg(
             QString::fromUtf8(path.first(std::min<qsizetype>(path.size(), 200)))),
         u"The paths are GET /api/v1/status, /api/v1/summary, /api/v1/events, "
         "/api/v1/events/{id}, /api/v1/coverage, /api/v1/clients and /api/v1/faults, POST /api/v1/reset and "
         "/api/v1/faults, and DELETE /api/v1/faults/{id}."_s,
         {}});
}

/// A new session's name and testId, from the body of POST /reset; an empty body names nothing.
std::optional<http::Response> readResetBody(const QByteArray &body, store::Session &session)
{
    if (body.trimmed().isEmpty()) {
        return std::nullopt;
    }
    json::Parser parser;
    const auto parsed = parser.parse(body, json::Leniency::Strict);
    const bool isObject = parsed && (*parsed)->root().isObject();
    const auto isText = [&](std::string_view key) {
        const json::Value value = (*parsed)->root().find(key);
        return value.isMissing() || value.isNull() || value.isString();
    };
    if (!isObject || !isText("name") || !isText("testId")) {
        return problem(400, {base::ErrorCode::BadInput,
                             u"The body can't be understood."_s,
                             parsed ? u"It is an object with the texts `name` and `testId`, or empty."_s
                                    : u"It is no JSON: %1"_s.arg(parsed.error().reason),
                             {}});
    }
    const auto textOf = [&](std::string_view key) {
        const std::string_view text = (*parsed)->root().find(key).text();
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    session.name = textOf("name");
    session.testId = textOf("testId");
    return std::nullopt;
}

/// The way back for answers from other threads; outlives the server for tasks that still wait in a queue.
class ReturnPath
{
public:
    explicit ReturnPath(std::function<void(event::ReplyToken, http::Response)> deliver)
        : m_deliver(std::move(deliver))
    {
    }
    void post(event::ReplyToken token, http::Response response)
    {
        const std::lock_guard lock(m_mutex);
        if (m_deliver) {
            m_deliver(token, std::move(response));
        }
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_deliver = nullptr;
    }

private:
    std::mutex m_mutex;
    std::function<void(event::ReplyToken, http::Response)> m_deliver; ///< only puts it in a mailbox
};

} // namespace

class Server::Impl final : public capture::RequestHandler
{
public:
    Impl(Server &self, Services services);
    ~Impl() override;

    capture::Handling handle(event::ReplyToken token, const capture::Arrival &arrival,
                             http::Request &&request) override;
    std::optional<http::Response> handleRejected(event::ReplyToken token, const capture::Arrival &arrival,
                                                 http::RequestRejected &&rejected) override;
    http::Response tooManyConnections() const override
    {
        return problem(503, {base::ErrorCode::Limit,
                             u"There are too many connections."_s,
                             {},
                             u"Close some, and try again."_s});
    }

    base::Result<void> listen(const std::vector<capture::Address> &addresses);
    /// Nothing: it comes later.
    std::optional<http::Response> answer(event::ReplyToken token, const http::Request &request);
    std::optional<http::Response> answerGet(event::ReplyToken token, QByteArrayView path,
                                            QByteArrayView query);
    std::optional<http::Response> reset(event::ReplyToken token, const QByteArray &body);
    std::optional<http::Response> answerFaultCall(event::ReplyToken token, const http::Request &request,
                                                  QByteArrayView path);
    StatusFacts facts() const;
    void read(event::ReplyToken token, ReadPool::Job job);
    void takeAnswers();

    Server &m_self;
    const Services m_services;
    const std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
    base::Mailbox<event::Reply> m_answers;
    std::shared_ptr<ReturnPath> m_returnPath;
    capture::Connections m_connections;
    std::unique_ptr<ReadPool> m_readers;
};

Server::Impl::Impl(Server &self, Services services)
    : m_self(self)
    , m_services(std::move(services))
    , m_returnPath(std::make_shared<ReturnPath>([this](event::ReplyToken token, http::Response response) {
        if (m_answers.post({token, std::move(response), 0, {}, {}})) {
            QMetaObject::invokeMethod(
                &m_self, [this] { takeAnswers(); }, Qt::QueuedConnection);
        }
    }))
    , m_connections(*this, options(), &self)
{
}

Server::Impl::~Impl()
{
    m_readers.reset();
    m_returnPath->close();
}

base::Result<void> Server::Impl::listen(const std::vector<capture::Address> &addresses)
{
    for (const capture::Address &address : addresses) {
        if (!address.host.isLoopback() && m_services.token.isEmpty()) {
            return base::failure(
                base::ErrorCode::Permission, u"The API can't listen on %1."_s.arg(capture::toText(address)),
                u"Others on the network could read every event there, and no token is set."_s,
                u"Set a token, or listen on 127.0.0.1."_s);
        }
    }
    return m_connections.listen(addresses);
}

void Server::Impl::read(event::ReplyToken token, ReadPool::Job job)
{
    if (m_readers == nullptr) {
        m_readers = std::make_unique<ReadPool>(
            m_services.storePath, [path = m_returnPath](event::ReplyToken to, http::Response response) {
                path->post(to, std::move(response));
            });
    }
    m_readers->post(token, std::move(job));
}

void Server::Impl::takeAnswers()
{
    for (const event::Reply &answer : m_answers.takeAll()) {
        m_connections.answer(answer.token, answer.response);
    }
    m_connections.flush();
}

capture::Handling Server::Impl::handle(event::ReplyToken token, const capture::Arrival &,
                                       http::Request &&request)
{
    auto response = answer(token, request);
    return response ? capture::Handling::now(*std::move(response)) : capture::Handling::later();
}

std::optional<http::Response> Server::Impl::answer(event::ReplyToken token, const http::Request &request)
{
    if (auto refused = refusedAccess(request, m_connections.addresses(), m_services.token)) {
        return refused;
    }
    const QByteArrayView target = request.target;
    const qsizetype question = target.indexOf('?');
    QByteArrayView path = question < 0 ? target : target.first(question);
    const QByteArrayView query = question < 0 ? QByteArrayView() : target.sliced(question + 1);
    if (path.size() > 1 && path.endsWith('/')) {
        path.chop(1);
    }
    if (!path.startsWith(root)) {
        return unknownPath(path);
    }
    const QByteArrayView rest = path.sliced(root.size());
    if (rest == QByteArrayView("/reset")) {
        return request.method == "POST" ? reset(token, request.body) : methodNotAllowed("POST");
    }
    if (rest == QByteArrayView("/faults") || rest.startsWith(faultPrefix)) {
        return answerFaultCall(token, request, rest);
    }
    const bool isRead = rest == QByteArrayView("/status") || rest == QByteArrayView("/summary") ||
                        rest == QByteArrayView("/events") || rest == QByteArrayView("/clients") ||
                        rest == QByteArrayView("/coverage") ||
                        (rest.startsWith(eventPrefix) && rest.size() > eventPrefix.size());
    if (!isRead) {
        return unknownPath(path);
    }
    if (request.method != "GET" && request.method != "HEAD") {
        return methodNotAllowed("GET, HEAD");
    }
    return answerGet(token, rest, query);
}

std::optional<http::Response> Server::Impl::answerGet(event::ReplyToken token, QByteArrayView path,
                                                      QByteArrayView query)
{
    if (path == QByteArrayView("/status")) {
        read(token, [facts = facts()](const ReadContext &context) { return answerStatus(context, facts); });
    } else if (path == QByteArrayView("/summary")) {
        read(token, [](const ReadContext &context) { return answerSummary(context); });
    } else if (path == QByteArrayView("/clients")) {
        return answerClients(m_services);
    } else if (path == QByteArrayView("/coverage")) {
        CoverageRequest wanted;
        if (auto refused = readCoverageRequest(query, wanted)) {
            return refused;
        }
        read(token,
             [wanted = std::move(wanted), checker = m_services.checker ? m_services.checker() : nullptr](
                 const ReadContext &context) { return answerCoverage(context, wanted, checker); });
    } else if (path == QByteArrayView("/events")) {
        EventsRequest wanted;
        if (auto refused = readEventsRequest(query, wanted)) {
            return refused;
        }
        read(token, [wanted = std::move(wanted), words = m_services.words](const ReadContext &context) {
            return answerEvents(context, wanted, words);
        });
    } else {
        const QByteArray key =
            segment::percentDecoded(path.sliced(eventPrefix.size()), segment::PlusSign::Itself);
        read(token, [key = QString::fromUtf8(key), words = m_services.words](const ReadContext &context) {
            return answerEvent(context, key, words);
        });
    }
    return std::nullopt;
}

std::optional<http::Response> Server::Impl::reset(event::ReplyToken token, const QByteArray &body)
{
    store::Session session;
    if (auto refused = readResetBody(body, session)) {
        return refused;
    }
    m_services.writes->post(
        [path = m_returnPath, token, session](store::Writer &writer, event::CommitNotice &notice) mutable {
            const auto begun = writer.beginSession(session.name, session.testId);
            if (!begun) {
                path->post(token, problem(begun.error()));
                return;
            }
            notice.newSession = *begun;
            session.id = *begun;
            ObjectWriter answer;
            answer.raw("session", sessionJson(session));
            path->post(token, jsonResponse(200, answer.take()));
        });
    return std::nullopt;
}

std::optional<http::Response> Server::Impl::answerFaultCall(event::ReplyToken token,
                                                            const http::Request &request, QByteArrayView path)
{
    if (!m_services.startFault || !m_services.stopFault || !m_services.faults) {
        return problem({base::ErrorCode::Unsupported, u"This program plays no faults."_s, {}, {}});
    }
    if (path.startsWith(faultPrefix)) {
        bool isNumber = false;
        const auto id = path.sliced(faultPrefix.size()).toByteArray().toUInt(&isNumber);
        if (!isNumber) {
            return unknownPath(root.toByteArray() + path.toByteArray());
        }
        if (request.method != "DELETE") {
            return methodNotAllowed("DELETE");
        }
        read(token, [this, id](const ReadContext &context) { return stopFault(context, m_services, id); });
        return std::nullopt;
    }
    if (request.method == "GET" || request.method == "HEAD") {
        read(token, [this](const ReadContext &context) { return answerFaults(context, m_services); });
        return std::nullopt;
    }
    if (request.method != "POST") {
        return methodNotAllowed("GET, HEAD, POST");
    }
    FaultRequest wanted;
    if (auto refused = readFaultRequest(request.body, wanted)) {
        return refused;
    }
    read(token,
         [this, wanted](const ReadContext &context) { return startFault(context, m_services, wanted); });
    return std::nullopt;
}

StatusFacts Server::Impl::facts() const
{
    StatusFacts facts;
    facts.version = m_services.version;
    facts.storePath = m_services.storePath;
    if (m_services.captureAddresses) {
        for (const capture::Address &address : m_services.captureAddresses()) {
            facts.captureAddresses << capture::toText(address);
        }
    }
    if (m_services.planNames) {
        facts.planNames = m_services.planNames();
    }
    facts.uptimeSeconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - m_started)
            .count());
    return facts;
}

std::optional<http::Response> Server::Impl::handleRejected(event::ReplyToken, const capture::Arrival &,
                                                           http::RequestRejected &&rejected)
{
    return problem(rejected.status, {base::ErrorCode::BadInput,
                                     u"The request can't be understood."_s,
                                     QString::fromUtf8(rejected.reason) + u'.',
                                     {}});
}

Server::Server(Services services, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(*this, std::move(services)))
{
}

Server::~Server() = default;

base::Result<void> Server::listen(const std::vector<capture::Address> &addresses)
{
    return m_impl->listen(addresses);
}

std::vector<capture::Address> Server::addresses() const
{
    return m_impl->m_connections.addresses();
}

} // namespace api
