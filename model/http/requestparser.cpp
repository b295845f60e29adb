// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/requestparser.h"

#include <algorithm>
#include <cstring>

#include <llhttp.h>
#include <QByteArrayView>

namespace http {

namespace {

constexpr char tlsHandshakeByte = 0x16;
/// A client may announce a body and never send it: no more than this is set aside on its word.
constexpr std::size_t maxReservedBytes = std::size_t{1024} * 1024;

bool isLineEnd(char c)
{
    return c == '\r' || c == '\n';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || isLineEnd(c);
}

/// llhttp leaves the white space behind a value, and the line ends of a folded one, in place.
void tidyValue(QByteArray &value)
{
    qsizetype end = value.size();
    while (end > 0 && isBlank(value.at(end - 1))) {
        --end;
    }
    value.truncate(end);
    if (value.contains('\r') || value.contains('\n')) {
        std::replace_if(value.begin(), value.end(), isLineEnd, ' ');
    }
}

/// "host:port", the only target CONNECT may have (RFC 9110 9.3.6).
bool isAuthority(QByteArrayView target)
{
    const qsizetype colon = target.lastIndexOf(':');
    if (colon <= 0 || colon + 1 == target.size() || target.contains('/') || target.contains('@')) {
        return false;
    }
    bool isNumber = false;
    const int port = target.sliced(colon + 1).toInt(&isNumber);
    return isNumber && port > 0 && port <= 65535;
}

QByteArray numbered(const char *text, std::size_t limit)
{
    return QByteArray(text).replace("%1", QByteArray::number(static_cast<qulonglong>(limit)));
}

} // namespace

struct RequestParser::Impl
{
    explicit Impl(const Limits &given);

    std::vector<Action> feed(QByteArrayView bytes);
    std::vector<Action> finish();

    void beginMessage();
    void keepHead(QByteArrayView bytes);
    void endHead(std::vector<Action> &actions);
    void endMessage(std::vector<Action> &actions);
    void reject(std::vector<Action> &actions, int status, const char *code, const QByteArray &reason);
    void rejectByParser(std::vector<Action> &actions, QByteArrayView rest);

    // What the callbacks found wrong; they can only tell llhttp to stop.
    int refuse(int status, const char *code, const QByteArray &reason);
    bool countHead(std::size_t bytes);

    static Impl &self(llhttp_t *parser) { return *static_cast<Impl *>(parser->data); }
    static const llhttp_settings_t &callbacks();

    int onMethod(QByteArrayView text);
    int onUrl(QByteArrayView text);
    int onField(QByteArrayView text);
    int onValue(QByteArrayView text);
    int onValueComplete();
    int onBody(QByteArrayView text);
    int onChunkHeader();
    int onChunkExtension(std::size_t bytes);

    Limits limits;
    Stop stop;
    llhttp_t parser{};
    State state = State::Idle;
    std::size_t consumed = 0;

    Request request;
    Header header; ///< being read
    QByteArray head;
    std::size_t headBytes = 0; ///< of the parts counted in callbacks, trailers and chunk extensions included
    std::size_t headerCount = 0;
    std::size_t framingBytes = 0; ///< of a chunked body, beside the body itself
    bool isHeadComplete = false;
    bool isMessageComplete = false;

    int refusedStatus = 0;
    const char *refusedCode = nullptr;
    QByteArray refusedReason;
};

const llhttp_settings_t &RequestParser::Impl::callbacks()
{
    static const llhttp_settings_t settings = [] {
        llhttp_settings_t table;
        llhttp_settings_init(&table);
        table.on_method = [](llhttp_t *p, const char *at, std::size_t length) {
            return self(p).onMethod(QByteArrayView(at, static_cast<qsizetype>(length)));
        };
        table.on_url = [](llhttp_t *p, const char *at, std::size_t length) {
            return self(p).onUrl(QByteArrayView(at, static_cast<qsizetype>(length)));
        };
        table.on_header_field = [](llhttp_t *p, const char *at, std::size_t length) {
            return self(p).onField(QByteArrayView(at, static_cast<qsizetype>(length)));
        };
        table.on_header_value = [](llhttp_t *p, const char *at, std::size_t length) {
            return self(p).onValue(QByteArrayView(at, static_cast<qsizetype>(length)));
        };
        table.on_header_value_complete = [](llhttp_t *p) { return self(p).onValueComplete(); };
        table.on_headers_complete = [](llhttp_t *p) {
            // We answer as HTTP/1.1 whatever the client would rather speak; only CONNECT leaves HTTP.
            p->upgrade = p->method == HTTP_CONNECT ? 1 : 0;
            self(p).isHeadComplete = true;
            return static_cast<int>(HPE_PAUSED);
        };
        table.on_body = [](llhttp_t *p, const char *at, std::size_t length) {
            return self(p).onBody(QByteArrayView(at, static_cast<qsizetype>(length)));
        };
        table.on_chunk_header = [](llhttp_t *p) { return self(p).onChunkHeader(); };
        table.on_chunk_extension_name = [](llhttp_t *p, const char *, std::size_t length) {
            return self(p).onChunkExtension(length);
        };
        table.on_chunk_extension_value = [](llhttp_t *p, const char *, std::size_t length) {
            return self(p).onChunkExtension(length);
        };
        table.on_message_complete = [](llhttp_t *p) {
            self(p).isMessageComplete = true;
            return static_cast<int>(HPE_PAUSED);
        };
        return table;
    }();
    return settings;
}

RequestParser::Impl::Impl(const Limits &given)
    : limits(given)
{
    llhttp_init(&parser, HTTP_REQUEST, &callbacks());
    parser.data = this;
}

void RequestParser::Impl::beginMessage()
{
    request = {};
    header = {};
    head.clear();
    headBytes = 0;
    headerCount = 0;
    framingBytes = 0;
    isHeadComplete = false;
    isMessageComplete = false;
    state = State::ReadingHead;
}

int RequestParser::Impl::refuse(int status, const char *code, const QByteArray &reason)
{
    refusedStatus = status;
    refusedCode = code;
    refusedReason = reason;
    return -1;
}

bool RequestParser::Impl::countHead(std::size_t bytes)
{
    headBytes += bytes;
    return headBytes <= limits.headBytes;
}

int RequestParser::Impl::onMethod(QByteArrayView text)
{
    request.method += text;
    return 0;
}

int RequestParser::Impl::onUrl(QByteArrayView text)
{
    if (static_cast<std::size_t>(request.target.size() + text.size()) > limits.requestLineBytes) {
        return refuse(414, "request_line_too_long",
                      numbered("The request line is longer than %1 bytes", limits.requestLineBytes));
    }
    request.target += text;
    return 0;
}

int RequestParser::Impl::onField(QByteArrayView text)
{
    if (!countHead(static_cast<std::size_t>(text.size()))) {
        return refuse(431, "head_too_large",
                      numbered("The headers are longer than %1 bytes", limits.headBytes));
    }
    header.name += text;
    return 0;
}

int RequestParser::Impl::onValue(QByteArrayView text)
{
    if (!countHead(static_cast<std::size_t>(text.size()))) {
        return refuse(431, "head_too_large",
                      numbered("The headers are longer than %1 bytes", limits.headBytes));
    }
    header.value += text;
    return 0;
}

int RequestParser::Impl::onValueComplete()
{
    // Debian's llhttp takes spaces in names. They hide a header from whoever reads on (RFC 9112 5.1).
    if (header.name.contains(' ')) {
        return refuse(400, "bad_request", "Space before the colon of a header, or in its name");
    }
    ++headerCount;
    if (headerCount > limits.headerCount) {
        return refuse(431, "too_many_headers",
                      numbered("There are more than %1 headers", limits.headerCount));
    }
    countHead(4);
    if (state == State::ReadingHead) {
        tidyValue(header.value);
        request.headers.push_back(std::move(header));
    }
    // Trailers are counted and dropped: none of Segment's clients sends one, and merging them into the
    // headers would let a body change what was already decided (RFC 9110 6.5.1).
    header = {};
    return 0;
}

int RequestParser::Impl::onBody(QByteArrayView text)
{
    if (static_cast<std::size_t>(request.body.size() + text.size()) > limits.bodyBytes) {
        return refuse(413, "body_too_large", numbered("The body is longer than %1 bytes", limits.bodyBytes));
    }
    request.body += text;
    return 0;
}

int RequestParser::Impl::onChunkHeader()
{
    if (parser.content_length > limits.bodyBytes - static_cast<std::size_t>(request.body.size())) {
        return refuse(413, "body_too_large", numbered("The body is longer than %1 bytes", limits.bodyBytes));
    }
    return 0;
}

int RequestParser::Impl::onChunkExtension(std::size_t bytes)
{
    if (!countHead(bytes)) {
        return refuse(431, "head_too_large",
                      numbered("Headers and chunk extensions are longer than %1 bytes", limits.headBytes));
    }
    return 0;
}

void RequestParser::Impl::keepHead(QByteArrayView bytes)
{
    head += bytes;
}

void RequestParser::Impl::reject(std::vector<Action> &actions, int status, const char *code,
                                 const QByteArray &reason)
{
    if (state == State::ReadingHead) {
        request.head = std::exchange(head, {});
    }
    request.versionMajor = parser.http_major;
    request.versionMinor = parser.http_minor;
    request.isKeepAlive = false;
    actions.emplace_back(RequestRejected{status, code, reason, std::move(request)});
    request = {};
    state = State::Stopped;
}

void RequestParser::Impl::rejectByParser(std::vector<Action> &actions, QByteArrayView rest)
{
    // The bytes that could not be understood are what a person wants to see, so they stay with the head.
    if (state == State::ReadingHead) {
        const auto room = static_cast<qsizetype>(limits.headBytes) - head.size();
        keepHead(rest.first(std::clamp<qsizetype>(room, 0, rest.size())));
    }
    const llhttp_errno_t error = llhttp_get_errno(&parser);
    if (refusedCode != nullptr) {
        reject(actions, refusedStatus, refusedCode, refusedReason);
    } else if (error == HPE_PAUSED_H2_UPGRADE) {
        reject(actions, 505, "http2", "The client speaks HTTP/2 without asking first (prior knowledge)");
    } else {
        const char *reason = llhttp_get_error_reason(&parser);
        const QByteArray sentence =
            reason != nullptr && *reason != '\0' ? QByteArray(reason) : QByteArray(llhttp_errno_name(error));
        if (error == HPE_INVALID_VERSION) {
            reject(actions, 505, "http_version", sentence);
        } else {
            reject(actions, 400, "bad_request", sentence);
        }
    }
}

void RequestParser::Impl::endHead(std::vector<Action> &actions)
{
    request.versionMajor = parser.http_major;
    request.versionMinor = parser.http_minor;
    if (parser.http_major != 1) {
        reject(actions, 505, "http_version",
               "Only HTTP/1.0 and HTTP/1.1 are spoken here, not HTTP/" +
                   QByteArray::number(parser.http_major) + '.' + QByteArray::number(parser.http_minor));
        return;
    }
    request.isKeepAlive = llhttp_should_keep_alive(&parser) != 0;
    const bool isConnect = parser.method == HTTP_CONNECT;
    if (isConnect && !isAuthority(request.target)) {
        reject(actions, 400, "bad_request",
               "CONNECT needs host:port, not \"" + request.target.left(200) + '"');
        return;
    }
    if (isConnect || (stop && stop(request))) {
        request.head = std::exchange(head, {});
        actions.emplace_back(TunnelRequested{std::move(request)});
        request = {};
        state = State::Stopped;
        return;
    }
    const bool isChunked = (parser.flags & F_CHUNKED) != 0;
    if (!isChunked && parser.content_length > limits.bodyBytes) {
        reject(actions, 413, "body_too_large",
               numbered("The body is longer than %1 bytes", limits.bodyBytes));
        return;
    }
    const bool hasBody = isChunked || parser.content_length > 0;
    if (hasBody && parser.http_minor >= 1 &&
        request.header("Expect").compare("100-continue", Qt::CaseInsensitive) == 0) {
        actions.emplace_back(SendContinue{});
    }
    if (!isChunked && parser.content_length > 0) {
        const std::size_t reserved = std::min<std::size_t>(parser.content_length, maxReservedBytes);
        request.body.reserve(static_cast<qsizetype>(reserved));
    }
    request.head = std::exchange(head, {});
    state = State::ReadingBody;
}

void RequestParser::Impl::endMessage(std::vector<Action> &actions)
{
    state = request.isKeepAlive ? State::Idle : State::Stopped;
    actions.emplace_back(RequestComplete{std::move(request)});
    request = {};
}

std::vector<Action> RequestParser::Impl::feed(QByteArrayView bytes)
{
    std::vector<Action> actions;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end && state != State::Stopped) {
        if (state == State::Idle) {
            at = std::find_if_not(at, end,
                                  isLineEnd); // RFC 9112 2.2: empty lines before a request are ignored
            if (at == end) {
                break;
            }
            beginMessage();
            if (*at == tlsHandshakeByte) {
                keepHead(QByteArrayView(at, end));
                at = end;
                reject(actions, 400, "tls", "A TLS handshake arrived where plain HTTP was expected");
                break;
            }
        }
        // llhttp pauses at the end of the head and of the message: only then is it known how far it read.
        const qsizetype bodyBefore = state == State::ReadingBody ? request.body.size() : -1;
        const llhttp_errno_t error = llhttp_execute(&parser, at, static_cast<std::size_t>(end - at));
        const char *const stopped = error == HPE_OK ? end : llhttp_get_error_pos(&parser);
        if (error != HPE_OK && error != HPE_PAUSED) {
            rejectByParser(actions, QByteArrayView(at, end));
            at = end;
            break;
        }
        if (state == State::ReadingHead) {
            keepHead(QByteArrayView(at, stopped));
            if (static_cast<std::size_t>(head.size()) > limits.headBytes) {
                reject(actions, 431, "head_too_large",
                       numbered("The headers are longer than %1 bytes", limits.headBytes));
                at = end;
                break;
            }
        }
        if (bodyBefore >= 0) {
            framingBytes += static_cast<std::size_t>((stopped - at) - (request.body.size() - bodyBefore));
            // A chunk's size may have zeros before it without end, and llhttp reads on.
            if (framingBytes > limits.bodyBytes + limits.headBytes) {
                reject(actions, 413, "body_too_large",
                       numbered("Chunk sizes take more than %1 bytes", limits.bodyBytes + limits.headBytes));
                at = end;
                break;
            }
        }
        at = stopped;
        if (error == HPE_OK) {
            break;
        }
        llhttp_resume(&parser);
        if (isHeadComplete && state == State::ReadingHead) {
            endHead(actions);
            if (state == State::ReadingBody && at == end) {
                // Nothing may follow: llhttp ends a message without a body when it is asked once more.
                if (llhttp_execute(&parser, at, 0) == HPE_PAUSED) {
                    llhttp_resume(&parser);
                } else if (llhttp_get_errno(&parser) != HPE_OK) {
                    rejectByParser(actions, {});
                }
            }
        }
        if (isMessageComplete && state == State::ReadingBody) {
            endMessage(actions);
        }
    }
    consumed = static_cast<std::size_t>(at - bytes.data());
    return actions;
}

std::vector<Action> RequestParser::Impl::finish()
{
    std::vector<Action> actions;
    if (state == State::ReadingHead) {
        reject(actions, 400, "incomplete", "The connection ended in the middle of the headers");
    } else if (state == State::ReadingBody) {
        const auto read = QByteArray::number(request.body.size());
        const QByteArray reason =
            (parser.flags & F_CHUNKED) != 0
                ? "The connection ended after " + read + " bytes of a chunked body"
                : "The connection ended after " + read + " of " +
                      QByteArray::number(static_cast<qulonglong>(parser.content_length) +
                                         static_cast<qulonglong>(request.body.size())) +
                      " bytes of the body";
        reject(actions, 400, "incomplete", reason);
    }
    state = State::Stopped;
    return actions;
}

RequestParser::RequestParser(const Limits &limits)
    : m_impl(std::make_unique<Impl>(limits))
{
}

RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser &&) noexcept = default;
RequestParser &RequestParser::operator=(RequestParser &&) noexcept = default;

void RequestParser::setStop(Stop stop)
{
    m_impl->stop = std::move(stop);
}

std::vector<Action> RequestParser::feed(QByteArrayView bytes)
{
    return m_impl->feed(bytes);
}

std::size_t RequestParser::consumed() const
{
    return m_impl->consumed;
}

std::vector<Action> RequestParser::finish()
{
    return m_impl->finish();
}

RequestParser::State RequestParser::state() const
{
    return m_impl->state;
}

} // namespace http
