// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace schema {

/// The formats of all drafts: plans use `uuid` everywhere, which draft 2019-09 added with `duration`.
enum class Format : std::uint8_t {
    DateTime,
    Date,
    Time,
    Email,
    IdnEmail,
    Hostname,
    IdnHostname,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Iri,
    IriReference,
    UriTemplate,
    JsonPointer,
    RelativeJsonPointer,
    Regex,
    Uuid,
    Duration,
};

/// Nothing for a format nobody defined: an annotation then.
[[nodiscard]] std::optional<Format> formatFromWord(std::string_view word);
[[nodiscard]] std::string_view word(Format format);
[[nodiscard]] bool matchesFormat(Format format, std::string_view text);

} // namespace schema
