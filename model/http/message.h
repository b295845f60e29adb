// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QByteArray>

namespace http {

struct Header
{
    QByteArray name; ///< as sent
    QByteArray value;
};

/// Value of the first header of that name (case-insensitive); null when absent.
[[nodiscard]] QByteArray header(const std::vector<Header> &headers, QByteArrayView name);

struct Request
{
    QByteArray method;
    QByteArray target; ///< as sent: origin-form, absolute-form or authority-form
    std::uint8_t versionMajor = 1;
    std::uint8_t versionMinor = 1;
    std::vector<Header> headers; ///< in the order sent, duplicates kept
    QByteArray head;             ///< request line and headers, byte for byte, with the closing empty line
    QByteArray body;             ///< without the chunked framing; still with its Content-Encoding
    bool isKeepAlive = true;

    [[nodiscard]] QByteArray header(QByteArrayView name) const { return http::header(headers, name); }
};

struct Response
{
    int status = 200;
    std::vector<Header> headers;
    QByteArray body;
};

/// RFC 9110 reason phrase; never empty.
[[nodiscard]] QByteArray reasonPhrase(int status);

/// The bytes of a response: status line, headers, Content-Length and Connection added.
/// `HEAD` gets no body. One write, because PHP's socket client reads once.
[[nodiscard]] QByteArray serialize(const Response &response, QByteArrayView method, bool isKeepAlive);

} // namespace http
