// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include <QString>

namespace json {

/// A JSON Pointer (RFC 6901), kept as its text: "/properties/order~1id". The empty one is the whole document.
class Pointer
{
public:
    Pointer() = default;
    explicit Pointer(std::string text)
        : m_text(std::move(text))
    {
    }

    [[nodiscard]] const std::string &text() const { return m_text; }
    [[nodiscard]] QString toString() const { return QString::fromStdString(m_text); }
    [[nodiscard]] bool isRoot() const { return m_text.empty(); }
    [[nodiscard]] Pointer child(std::string_view key) const;
    [[nodiscard]] Pointer child(std::uint32_t index) const;
    [[nodiscard]] Pointer parent() const;
    /// Decoded tokens, root first.
    [[nodiscard]] std::vector<std::string> tokens() const;
    /// Decoded last token; empty at the root.
    [[nodiscard]] std::string lastToken() const;
    /// The value it leads to; missing when there is none.
    [[nodiscard]] Value resolve(Value root) const;
    /// The way from `root` to the innermost value around a byte of the source; a key leads to its member.
    [[nodiscard]] static Pointer toOffset(Value root, std::uint32_t offset);

    friend bool operator==(const Pointer &, const Pointer &) = default;

private:
    std::string m_text;
};

} // namespace json
