// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QSocketNotifier>

namespace cli {

/// Turns SIGINT and SIGTERM into a call on the main thread's loop; the handler only writes to a pipe. One at
/// a time, made on the main thread.
class Signals
{
public:
    explicit Signals(std::function<void()> ended);
    ~Signals();
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace cli
