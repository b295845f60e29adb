// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

namespace store {

/// What stands at a path, found out without changing anything.
struct Probe
{
    enum class Kind : std::uint8_t {
        Nothing, ///< no file, or an empty one: a store can be made there
        Store,
    };
    Kind kind = Kind::Nothing;
    int version = 0;
};

/// Fails as Corrupt for a file that is no store, as Newer for one of a newer Trackside.
[[nodiscard]] base::Result<Probe> probe(const QString &path);

/// Brings a store (or an empty file) to schema::version, one transaction for each step.
[[nodiscard]] base::Result<void> migrate(Database &database);

} // namespace store
