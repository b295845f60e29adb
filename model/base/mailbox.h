// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace base {

/// Hands values from any thread to one reader with at most one wake-up outstanding.
/// Any thread posts; only the reader takes. Nothing blocks beyond a short lock.
template <typename T>
class Mailbox
{
public:
    /// True when the mailbox was empty: only then the poster needs to wake the reader.
    [[nodiscard]] bool post(T value)
    {
        const std::lock_guard lock(m_mutex);
        m_values.push_back(std::move(value));
        return m_values.size() == 1;
    }

    /// Everything posted so far, in order; the mailbox is empty afterwards.
    [[nodiscard]] std::vector<T> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_values, {});
    }

private:
    std::mutex m_mutex;
    std::vector<T> m_values;
};

} // namespace base
