// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>

namespace fuzz {

namespace {

constexpr std::array allTargets{
    Target{"requestparser", requestParser},
    Target{"responseframe", responseFrame},
    Target{"contentcoding", contentCoding},
    Target{"decode", decode},
    Target{"pixel", pixel},
    Target{"import", importText},
    Target{"curlcommand", curlCommand},
};

} // namespace

void require(bool holds, const char *property)
{
    if (!holds) {
        qFatal("Does not hold: %s", property);
    }
}

void inPieces(QByteArrayView input, std::uint32_t seed, const std::function<bool(QByteArrayView piece)> &feed)
{
    constexpr std::uint32_t longest = 40;
    std::uint32_t random = seed | 1U;
    while (!input.isEmpty()) {
        // Xorshift (Marsaglia 2003).
        random ^= random << 13U;
        random ^= random >> 17U;
        random ^= random << 5U;
        const qsizetype size = std::min<qsizetype>(input.size(), 1 + random % (seed % longest + 1));
        // A copy of the piece alone, so that reading past its end is seen.
        const QByteArray piece = input.first(size).toByteArray();
        if (!feed(piece)) {
            return;
        }
        input = input.sliced(size);
    }
}

std::uint8_t takeByte(QByteArrayView &input)
{
    if (input.isEmpty()) {
        return 0;
    }
    const auto byte = static_cast<std::uint8_t>(input.front());
    input = input.sliced(1);
    return byte;
}

std::span<const Target> targets()
{
    return allTargets;
}

} // namespace fuzz
