// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/checkloading.h"
#include "intake/sourcebook.h"

#include <mutex>

namespace engine {

/// The user's sources and names, changed by the owner and asked from other threads.
class SourceNames
{
public:
    void set(QHash<QString, QString> names)
    {
        const std::lock_guard lock(m_mutex);
        m_names = std::move(names);
    }

    void setBook(std::shared_ptr<const intake::SourceBook> book)
    {
        const std::lock_guard lock(m_mutex);
        m_book = std::move(book);
    }

    [[nodiscard]] std::shared_ptr<const intake::SourceBook> book() const
    {
        const std::lock_guard lock(m_mutex);
        return m_book;
    }

    void insert(const QString &hash, const QString &name)
    {
        const std::lock_guard lock(m_mutex);
        m_names.insert(hash, name);
    }

    [[nodiscard]] QString nameOf(const QString &writeKey) const
    {
        const std::lock_guard lock(m_mutex);
        return m_names.isEmpty() ? QString() : m_names.value(keyHash(writeKey));
    }

    [[nodiscard]] std::shared_ptr<const intake::NamedSources> resolver() const
    {
        const std::lock_guard lock(m_mutex);
        return std::make_shared<intake::NamedSources>(m_book, m_names);
    }

private:
    mutable std::mutex m_mutex;
    QHash<QString, QString> m_names;
    std::shared_ptr<const intake::SourceBook> m_book; ///< may be null
};

} // namespace engine
