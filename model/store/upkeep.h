// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>

#include <QString>

namespace store {

/// A thread of its own that keeps the full-text index (a file beside the store, lagging) and runs WAL
/// checkpoints in idle moments. Never writes the store itself. Started with the engine; stops when destroyed.
class Upkeep
{
public:
    explicit Upkeep(const QString &storePath);
    ~Upkeep();

    /// After a commit; cheap.
    void wake();
    /// Events not yet in the index.
    [[nodiscard]] std::uint64_t lag() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace store
