// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/texts.h"

namespace stream {

Texts::Texts(std::size_t maxEntries)
    : m_maxEntries(maxEntries)
{
}

Texts::Put Texts::put(std::uint32_t id, const QString &text)
{
    const auto [found, isNew] = m_texts.try_emplace(id, text);
    if (!isNew) {
        if (found->second == text) {
            return Put::Known;
        }
        found->second = text;
        return Put::Changed;
    }
    m_arrived.push_back(id);
    if (m_arrived.size() > m_maxEntries) {
        m_texts.erase(m_arrived.front());
        m_arrived.pop_front();
    }
    return Put::New;
}

const QString *Texts::find(std::uint32_t id) const
{
    const auto found = m_texts.find(id);
    return found == m_texts.end() ? nullptr : &found->second;
}

QHash<std::uint32_t, QString> Texts::all() const
{
    QHash<std::uint32_t, QString> all;
    all.reserve(static_cast<qsizetype>(m_texts.size()));
    for (const auto &[id, text] : m_texts) {
        all.insert(id, text);
    }
    return all;
}

} // namespace stream
