// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>

#include <QHash>

namespace store {

/// A bounded map for what the store could tell as well, only slower: what was not asked for while
/// `maxEntries` others came leaves. Two hash tables in turn: no list to keep, unlike strict LRU.
template <typename Key, typename Value>
class GenerationCache
{
public:
    explicit GenerationCache(qsizetype maxEntries)
        : m_maxEntries(maxEntries)
    {
    }

    /// Null when it is not there (any more); valid until the next put() or find().
    [[nodiscard]] Value *find(const Key &key)
    {
        if (const auto young = m_young.find(key); young != m_young.end()) {
            return &*young;
        }
        const auto old = m_old.find(key);
        return old == m_old.end() ? nullptr : put(key, Value(*old));
    }

    Value *put(const Key &key, Value value)
    {
        if (m_young.size() >= m_maxEntries) {
            m_old = std::exchange(m_young, {});
        }
        return &*m_young.insert(key, std::move(value));
    }

    void clear()
    {
        m_young.clear();
        m_old.clear();
    }

private:
    qsizetype m_maxEntries;
    QHash<Key, Value> m_young, m_old;
};

} // namespace store
