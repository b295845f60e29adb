// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include "base/result.h"

namespace json {

/// Why a text is not JSON, even read leniently; `reason` is a sentence for people.
struct ParseError
{
    std::uint32_t offset = 0; ///< bytes
    std::uint32_t line = 1;
    std::uint32_t column = 1; ///< in characters
    QString reason;
};

enum class Leniency : std::uint8_t {
    Strict, ///< RFC 8259 and nothing else: what Segment's door would take
    Real,   ///< also what real SDKs send: NaN, Infinity, -Infinity, a byte order mark
};

/// Which of the two readers may work; tests and benchmarks compare them.
enum class ReaderChoice : std::uint8_t { Fastest, TolerantOnly };

/// Reads JSON over simdjson's index of a text; what simdjson refuses (non-finite numbers, a byte order
/// mark, and whatever is no JSON) goes through a slower tolerant reader that gives the same values and
/// knows where a text went wrong. Linear in the text's length, without recursion. Keeps its buffers:
/// one per thread, reused.
class Parser
{
public:
    Parser();
    ~Parser();
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;

    /// The document holds `source` (shared, not copied). At most 4 GB and 10,000 levels.
    [[nodiscard]] tl::expected<std::shared_ptr<const Document>, ParseError>
    parse(const QByteArray &source, Leniency leniency = Leniency::Real,
          ReaderChoice choice = ReaderChoice::Fastest);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace json
