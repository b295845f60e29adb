// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "http/requestparser.h"

#include <QByteArrayList>

namespace fuzz {

namespace {

using http::Action;

QByteArray describe(const http::Request &request)
{
    QByteArray text = request.method + ' ' + request.target + " 1." +
                      QByteArray::number(request.versionMinor) +
                      (request.isKeepAlive ? " keep\n" : " close\n") + request.head + '\n';
    for (const http::Header &header : request.headers) {
        text += header.name + '=' + header.value + '\n';
    }
    return text + request.body;
}

/// Which of two faults is told first may hang on the pieces where one of them is a limit.
enum class Reasons : std::uint8_t { Compared, Ignored };

QByteArray describe(const Action &action, Reasons reasons)
{
    if (std::holds_alternative<http::SendContinue>(action)) {
        return "continue";
    }
    if (const auto *complete = std::get_if<http::RequestComplete>(&action)) {
        return "request " + describe(complete->request);
    }
    if (const auto *rejected = std::get_if<http::RequestRejected>(&action)) {
        return reasons == Reasons::Ignored
                   ? QByteArray("rejected")
                   : "rejected " + QByteArray::number(rejected->status) + ' ' + rejected->code;
    }
    return "tunnel " + describe(std::get<http::TunnelRequested>(action).request);
}

struct Conversation
{
    QByteArrayList actions;
    std::size_t consumed = 0;
};

Conversation converse(QByteArrayView input, const http::Limits &limits, Reasons reasons, std::uint32_t seed)
{
    http::RequestParser parser(limits);
    Conversation all;
    const auto feed = [&](QByteArrayView piece) {
        for (const Action &action : parser.feed(piece)) {
            all.actions << describe(action, reasons);
        }
        require(parser.consumed() <= static_cast<std::size_t>(piece.size()), "no more is read than is there");
        all.consumed += parser.consumed();
        const bool isStopped = parser.state() == http::RequestParser::State::Stopped;
        require(isStopped || parser.consumed() == static_cast<std::size_t>(piece.size()),
                "a parser that goes on has read everything");
        return !isStopped;
    };
    if (seed == 0) {
        feed(input);
    } else {
        inPieces(input, seed, feed);
    }
    for (const Action &action : parser.finish()) {
        all.actions << describe(action, reasons);
    }
    return all;
}

} // namespace

/// Requests off a socket: however they are cut into pieces, the same comes out.
void requestParser(QByteArrayView input)
{
    const std::uint8_t choice = takeByte(input);
    const bool isTight = choice % 2 == 1;
    const http::Limits limits = isTight ? http::Limits{64, 256, 4, 128} : http::Limits{};
    const Reasons reasons = isTight ? Reasons::Ignored : Reasons::Compared;
    const Conversation whole = converse(input, limits, reasons, 0);
    const Conversation pieces = converse(input, limits, reasons, choice / 2U + 1U);
    require(whole.actions == pieces.actions, "the same actions, however the input is split");
}

} // namespace fuzz
