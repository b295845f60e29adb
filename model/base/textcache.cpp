// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/textcache.h"

namespace base {

TextCache::TextCache(std::size_t maxEntries)
    : m_maxEntries(maxEntries)
{
}

void TextCache::put(std::uint32_t id, const QString &text)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_byId.find(id); found != m_byId.end()) {
        found->second->second = text;
        m_recent.splice(m_recent.begin(), m_recent, found->second);
        return;
    }
    m_recent.emplace_front(id, text);
    m_byId.emplace(id, m_recent.begin());
    if (m_byId.size() > m_maxEntries) {
        m_byId.erase(m_recent.back().first);
        m_recent.pop_back();
    }
}

std::optional<QString> TextCache::get(std::uint32_t id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_byId.find(id);
    if (found == m_byId.end()) {
        return std::nullopt;
    }
    m_recent.splice(m_recent.begin(), m_recent, found->second);
    return found->second->second;
}

} // namespace base
