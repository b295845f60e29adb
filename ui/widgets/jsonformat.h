// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include <stop_token>

#include <QString>

namespace ui {

struct JsonFormatOptions
{
    int indent = 2;
    /// Longer strings are cut and say how much is left out; 0: never. For display, not for copying.
    qsizetype maxStringChars = 0;
};

/// JSON laid out for reading: keys in the order sent, numbers and strings as the bytes they came in.
/// A stop gives what was laid out so far. Any thread.
[[nodiscard]] QString formatJson(json::Value root, const JsonFormatOptions &options = {},
                                 const std::stop_token &stop = {});

} // namespace ui
