// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "http/contentcoding.h"
#include "http/requestparser.h"

namespace fuzz {

namespace {

/// What the parser makes of a chunked body; which fault it tells first may hang on the pieces.
QByteArray unchunked(QByteArrayView body, std::uint32_t seed)
{
    http::RequestParser parser(http::Limits{64, 256, 8, 4096});
    QByteArray result;
    const auto feed = [&](QByteArrayView piece) {
        for (const http::Action &action : parser.feed(piece)) {
            if (const auto *complete = std::get_if<http::RequestComplete>(&action)) {
                result += "[" + complete->request.body + ']';
            } else if (std::holds_alternative<http::RequestRejected>(action)) {
                result += "rejected";
            }
        }
        return parser.state() != http::RequestParser::State::Stopped;
    };
    if (feed("POST /v1/b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")) {
        seed == 0 ? static_cast<void>(feed(body)) : inPieces(body, seed, feed);
    }
    return result;
}

} // namespace

/// Chunked framing and content codings: nothing grows over its limit, and the pieces do not matter.
void contentCoding(QByteArrayView input)
{
    constexpr std::size_t mostBytes = std::size_t{64} * 1024;
    constexpr const char *codings[] = {"", "gzip", "deflate", "identity", "br", "gzip, gzip"};
    const std::uint8_t choice = takeByte(input);
    const auto decoded = http::decodeBody(input.toByteArray(), codings[choice % 6], mostBytes);
    if (decoded) {
        const auto size = static_cast<std::size_t>(decoded->bytes.size());
        require(decoded->coding == http::Coding::Identity || size <= mostBytes,
                "an inflated body is within its limit");
        require(decoded->coding != http::Coding::Identity || decoded->bytes == input,
                "what is not coded stays as it is");
    } else {
        require(!decoded.error().what.isEmpty(), "a body that can't be decoded says why");
    }
    require(unchunked(input, 0) == unchunked(input, choice / 6U + 1U),
            "the same body, however its chunks are split");
}

} // namespace fuzz
