// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QByteArray>

namespace bench {

enum class Shape : std::uint8_t {
    Uniform, ///< the same keys in the same order
    Mixed,   ///< keys shuffled, optional ones missing at random: what many clients look like
};

/// A Segment "Order Completed" call of about 1.4 KB, one to a line, all valid against schema().
[[nodiscard]] QByteArray events(Shape shape, int count);
/// Fifteen properties, a nested object, an array of products; enums, patterns, formats.
[[nodiscard]] QByteArray schema();

} // namespace bench
