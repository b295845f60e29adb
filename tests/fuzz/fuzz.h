// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include <QByteArray>

namespace fuzz {

/// Ends the program with the broken property: libFuzzer keeps the input then, a test run fails.
void require(bool holds, const char *property);

/// Hands out the input in the pieces that `seed` says, until `feed` says no.
void inPieces(QByteArrayView input, std::uint32_t seed,
              const std::function<bool(QByteArrayView piece)> &feed);

/// Takes a byte off the front of an input, to choose by; 0 of an empty one.
[[nodiscard]] std::uint8_t takeByte(QByteArrayView &input);

// Each runs one part of the program over any bytes and checks what must hold of every input. Nothing may
// throw.
void requestParser(QByteArrayView input);
void responseFrame(QByteArrayView input);
void contentCoding(QByteArrayView input);
void decode(QByteArrayView input);
void pixel(QByteArrayView input);
void importText(QByteArrayView input);
void curlCommand(QByteArrayView input);

struct Target
{
    const char *name; ///< of its file
    void (*run)(QByteArrayView input);
};
[[nodiscard]] std::span<const Target> targets();

} // namespace fuzz
