// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <QByteArray>

namespace json {

/// A text as a JSON string with its quotes, always valid JSON (RFC 8259): quotes, backslashes and control
/// characters escaped, bytes that are no UTF-8 replaced by U+FFFD.
[[nodiscard]] QByteArray quoted(std::string_view text);

} // namespace json
