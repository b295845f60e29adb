// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"

#include <memory>

namespace http {

/// Where an answer ends, and nothing more: the bytes are passed on as they are. Over llhttp; interim answers
/// (1xx but 101) are part of the stream.
class ResponseFrame
{
public:
    /// `method` of the request it answers: HEAD has no body. The head may have 128 KB.
    explicit ResponseFrame(QByteArrayView method);
    ~ResponseFrame();
    ResponseFrame(ResponseFrame &&) noexcept;
    ResponseFrame &operator=(ResponseFrame &&) noexcept;

    enum class State : std::uint8_t {
        Head, ///< not whole yet
        Body,
        Complete, ///< bytes behind belong to the next
        Upgraded, ///< 101, or CONNECT was granted: what follows is no HTTP
        Broken,   ///< no HTTP response
    };
    /// How many of the bytes belong to this answer.
    [[nodiscard]] std::size_t feed(QByteArrayView bytes);
    /// The connection's end: completes an answer whose length was not told, breaks any other.
    void finish();
    [[nodiscard]] State state() const;
    [[nodiscard]] int status() const; ///< of the final head; 0 before
    [[nodiscard]] bool isKeepAlive() const;
    [[nodiscard]] QByteArray reason() const; ///< of Broken: a sentence without its full stop

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace http
