// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include <QHash>
#include <QString>

namespace stream {

/// Texts of dictionary ids as far as the stream has seen them; bounded, the first in leave first, because
/// names and users can be without number. Stream thread.
class Texts
{
public:
    explicit Texts(std::size_t maxEntries);

    enum class Put : std::uint8_t { Known, New, Changed };
    Put put(std::uint32_t id, const QString &text);
    /// Null: not seen, or gone again.
    [[nodiscard]] const QString *find(std::uint32_t id) const;
    [[nodiscard]] QHash<std::uint32_t, QString> all() const;

private:
    std::size_t m_maxEntries;
    std::unordered_map<std::uint32_t, QString> m_texts;
    std::deque<std::uint32_t> m_arrived;
};

} // namespace stream
