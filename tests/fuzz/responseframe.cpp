// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "http/responseframe.h"

namespace fuzz {

namespace {

struct End
{
    std::size_t consumed = 0;
    http::ResponseFrame::State state{};
    int status = 0;
    bool isKeepAlive = false;

    friend bool operator==(const End &, const End &) = default;
};

End endOf(QByteArrayView input, QByteArrayView method, std::uint32_t seed)
{
    using State = http::ResponseFrame::State;
    http::ResponseFrame frame(method);
    End end;
    const auto feed = [&](QByteArrayView piece) {
        const std::size_t consumed = frame.feed(piece);
        require(consumed <= static_cast<std::size_t>(piece.size()), "no more is read than is there");
        end.consumed += consumed;
        const bool isOpen = frame.state() == State::Head || frame.state() == State::Body;
        require(!isOpen || consumed == static_cast<std::size_t>(piece.size()),
                "an answer that goes on has taken everything");
        return isOpen;
    };
    if (seed == 0) {
        feed(input);
    } else {
        inPieces(input, seed, feed);
    }
    frame.finish();
    end.state = frame.state();
    end.status = frame.status();
    end.isKeepAlive = end.state == State::Complete && frame.isKeepAlive();
    if (end.state == State::Broken) {
        require(!frame.reason().isEmpty(), "a broken answer says why");
        end.consumed = 0; // how far is the parser's business
    }
    return end;
}

} // namespace

/// The end of an answer: the same, however it is cut into pieces.
void responseFrame(QByteArrayView input)
{
    const std::uint8_t choice = takeByte(input);
    constexpr const char *methods[] = {"GET", "POST", "HEAD", "CONNECT"};
    const QByteArrayView method(methods[choice % 4]);
    require(endOf(input, method, 0) == endOf(input, method, choice / 4U + 1U),
            "the same end, however the input is split");
}

} // namespace fuzz
