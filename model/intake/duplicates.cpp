// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/duplicates.h"

#include <QHash>

namespace intake {

Duplicates::Duplicates(std::size_t window)
    : m_window(window)
{
}

namespace {

std::uint64_t hashOf(const QString &messageId)
{
    return qHash(messageId, 0x5eed);
}

} // namespace

bool Duplicates::note(const QString &messageId)
{
    if (messageId.isEmpty()) {
        return false;
    }
    const std::uint64_t hash = hashOf(messageId);
    if (!m_seen.insert(hash).second) {
        return true;
    }
    m_order.push_back(hash);
    if (m_order.size() > m_window) {
        m_seen.erase(m_order.front());
        m_order.pop_front();
    }
    return false;
}

void Duplicates::forget(const QString &messageId)
{
    m_seen.erase(hashOf(messageId));
}

} // namespace intake
