// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/responseframe.h"

#include <llhttp.h>
#include <QByteArrayView>

namespace http {

namespace {

constexpr std::size_t maxHeadBytes = std::size_t{128} * 1024;
constexpr int switchingProtocols = 101;

} // namespace

struct ResponseFrame::Impl
{
    explicit Impl(QByteArrayView method);

    static Impl &self(llhttp_t *of) { return *static_cast<Impl *>(of->data); }
    static const llhttp_settings_t &callbacks();

    void beginMessage();
    std::size_t feed(QByteArrayView bytes);
    void endHead();
    void fail(const QByteArray &why);

    const bool isHead;
    const bool isConnect;
    llhttp_t parser{};
    State state = State::Head;
    std::size_t headBytes = 0;
    bool isHeadComplete = false;
    bool isMessageComplete = false;
    int status = 0;
    bool isKeepAlive = false;
    bool isUntilClose = false;
    QByteArray reason;
};

const llhttp_settings_t &ResponseFrame::Impl::callbacks()
{
    static const llhttp_settings_t settings = [] {
        llhttp_settings_t table;
        llhttp_settings_init(&table);
        // Pauses tell how far llhttp read.
        table.on_headers_complete = [](llhttp_t *p) {
            p->upgrade = 0; // said by "Upgrade" alone; what leaves HTTP is seen to by endHead()
            self(p).isHeadComplete = true;
            return static_cast<int>(HPE_PAUSED);
        };
        table.on_message_complete = [](llhttp_t *p) {
            self(p).isMessageComplete = true;
            return static_cast<int>(HPE_PAUSED);
        };
        return table;
    }();
    return settings;
}

ResponseFrame::Impl::Impl(QByteArrayView method)
    : isHead(method == QByteArrayView("HEAD"))
    , isConnect(method == QByteArrayView("CONNECT"))
{
    beginMessage();
}

void ResponseFrame::Impl::beginMessage()
{
    llhttp_init(&parser, HTTP_RESPONSE, &callbacks());
    parser.data = this;
    state = State::Head;
    headBytes = 0;
    isHeadComplete = false;
    isMessageComplete = false;
}

void ResponseFrame::Impl::fail(const QByteArray &why)
{
    state = State::Broken;
    reason = why;
    isKeepAlive = false;
}

/// What follows the head (RFC 9112 6.3).
void ResponseFrame::Impl::endHead()
{
    const int code = parser.status_code;
    if (code / 100 == 1 && code != switchingProtocols) {
        beginMessage();
        return;
    }
    status = code;
    if (code == switchingProtocols || (isConnect && code / 100 == 2)) {
        state = State::Upgraded;
        return;
    }
    if (isHead) {
        parser.flags |= F_SKIPBODY;
    }
    isKeepAlive = llhttp_should_keep_alive(&parser) != 0;
    isUntilClose = llhttp_message_needs_eof(&parser) != 0;
    const bool isChunked = (parser.flags & F_CHUNKED) != 0;
    const bool hasBody = isUntilClose || isChunked || parser.content_length > 0;
    const bool isBodyless = isHead || code == 204 || code == 304;
    state = isBodyless || !hasBody ? State::Complete : State::Body;
}

std::size_t ResponseFrame::Impl::feed(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end && (state == State::Head || state == State::Body)) {
        const llhttp_errno_t error = llhttp_execute(&parser, at, static_cast<std::size_t>(end - at));
        if (error != HPE_OK && error != HPE_PAUSED) {
            const char *why = llhttp_get_error_reason(&parser);
            fail(why != nullptr && *why != '\0' ? QByteArray(why) : QByteArray(llhttp_errno_name(error)));
            break;
        }
        const char *const stopped = error == HPE_OK ? end : llhttp_get_error_pos(&parser);
        if (state == State::Head) {
            headBytes += static_cast<std::size_t>(stopped - at);
            if (headBytes > maxHeadBytes) {
                fail("The head is longer than " + QByteArray::number(static_cast<qulonglong>(maxHeadBytes)) +
                     " bytes");
                break;
            }
        }
        at = stopped;
        if (error == HPE_OK) {
            break;
        }
        llhttp_resume(&parser);
        if (isMessageComplete) {
            state = State::Complete;
        } else if (state == State::Head && isHeadComplete) {
            endHead();
        }
    }
    return static_cast<std::size_t>(at - bytes.data());
}

ResponseFrame::ResponseFrame(QByteArrayView method)
    : m_impl(std::make_unique<Impl>(method))
{
}

ResponseFrame::~ResponseFrame() = default;
ResponseFrame::ResponseFrame(ResponseFrame &&) noexcept = default;
ResponseFrame &ResponseFrame::operator=(ResponseFrame &&) noexcept = default;

std::size_t ResponseFrame::feed(QByteArrayView bytes)
{
    return m_impl->feed(bytes);
}

void ResponseFrame::finish()
{
    if (m_impl->state == State::Body && m_impl->isUntilClose) {
        m_impl->state = State::Complete;
    } else if (m_impl->state == State::Head || m_impl->state == State::Body) {
        m_impl->fail("The connection closed before the answer was whole");
    }
}

ResponseFrame::State ResponseFrame::state() const
{
    return m_impl->state;
}

int ResponseFrame::status() const
{
    return m_impl->status;
}

bool ResponseFrame::isKeepAlive() const
{
    return m_impl->isKeepAlive;
}

QByteArray ResponseFrame::reason() const
{
    return m_impl->reason;
}

} // namespace http
