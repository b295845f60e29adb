// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace schema {

struct Node;

/// The properties an object schema knows by name: open addressing, and a key of up to 16 bytes is compared as
/// two words. Keys are views; what they point into outlives the table.
class PropertyTable
{
public:
    static constexpr std::int16_t notRequired = -1;

    struct Entry
    {
        std::string_view key;
        std::uint64_t head = 0;     ///< first 8 bytes of the key
        std::uint64_t tail = 0;     ///< last 8 bytes; 0 for keys up to 8
        const Node *node = nullptr; ///< null: named in `required` only
        std::int16_t requiredBit = notRequired;
        bool isRequired = false;
        bool isUsed = false;
    };

    /// The entry of a key, made when it is new.
    Entry &insert(std::string_view key)
    {
        if ((m_count + 1) * slotsPerKey > m_entries.size()) {
            grow();
        }
        Entry &entry = *slot(key);
        if (!entry.isUsed) {
            entry.key = key;
            entry.head = headOf(key);
            entry.tail = tailOf(key);
            entry.isUsed = true;
            ++m_count;
        }
        return entry;
    }

    [[nodiscard]] const Entry *find(std::string_view key) const
    {
        if (m_entries.empty()) {
            return nullptr;
        }
        const Entry *entry = const_cast<PropertyTable *>(this)->slot(key);
        return entry->isUsed ? entry : nullptr;
    }

private:
    template <typename Word>
    static std::uint64_t load(const char *bytes)
    {
        Word word = 0;
        std::memcpy(&word, bytes, sizeof(word));
        return word;
    }
    /// All bytes of a short key in one word, by loads of fixed size: keys of one length differ when it does.
    static std::uint64_t headOf(std::string_view key)
    {
        const char *bytes = key.data();
        const std::size_t size = key.size();
        if (size >= 8) {
            return load<std::uint64_t>(bytes);
        }
        if (size >= 4) {
            return load<std::uint32_t>(bytes) | load<std::uint32_t>(bytes + size - 4) << 32U;
        }
        return size == 0 ? 0
                         : load<std::uint8_t>(bytes) | load<std::uint8_t>(bytes + size / 2) << 8U |
                               load<std::uint8_t>(bytes + size - 1) << 16U;
    }
    static std::uint64_t tailOf(std::string_view key)
    {
        return key.size() > 8 ? load<std::uint64_t>(key.data() + key.size() - 8) : 0;
    }

    Entry *slot(std::string_view key)
    {
        const std::uint64_t head = headOf(key);
        const std::uint64_t tail = tailOf(key);
        const std::uint64_t mixed =
            (head ^ std::rotl(tail, 29) ^ (key.size() * 0x9e3779b97f4a7c15U)) * 0xff51afd7ed558ccdU;
        for (auto at = static_cast<std::size_t>(mixed >> 32U) & m_mask;; at = (at + 1) & m_mask) {
            Entry &entry = m_entries[at];
            const bool isSame =
                entry.isUsed && entry.key.size() == key.size() && entry.head == head && entry.tail == tail &&
                (key.size() <= 16 || std::memcmp(entry.key.data(), key.data(), key.size()) == 0);
            if (isSame || !entry.isUsed) {
                return &entry;
            }
        }
    }

    void grow()
    {
        std::vector<Entry> old = std::move(m_entries);
        m_entries.assign(old.empty() ? 2 * slotsPerKey : old.size() * 2, Entry{});
        m_mask = m_entries.size() - 1;
        for (const Entry &entry : old) {
            if (entry.isUsed) {
                *slot(entry.key) = entry;
            }
        }
    }

    /// Sparse: a second look costs more than the memory.
    static constexpr std::size_t slotsPerKey = 4;

    std::vector<Entry> m_entries; ///< a power of two
    std::size_t m_mask = 0;
    std::size_t m_count = 0;
};

} // namespace schema
