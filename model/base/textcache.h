// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include <QString>

namespace base {

/// Texts of dictionary ids (event names, sources, users), bounded: the least recently read leaves
/// first, because names and users can be without number. Any thread.
class TextCache
{
public:
    explicit TextCache(std::size_t maxEntries);

    void put(std::uint32_t id, const QString &text);
    /// Nothing: not in the cache (any more); the store's dictionary has it.
    [[nodiscard]] std::optional<QString> get(std::uint32_t id) const;

private:
    using Entry = std::pair<std::uint32_t, QString>;

    const std::size_t m_maxEntries;
    mutable std::mutex m_mutex;
    mutable std::list<Entry> m_recent;
    std::unordered_map<std::uint32_t, std::list<Entry>::iterator> m_byId;
};

} // namespace base
