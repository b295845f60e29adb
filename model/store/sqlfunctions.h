// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"

namespace store {

/// Adds the functions that schema.h promises to a connection.
[[nodiscard]] base::Result<void> addFunctions(Database &database);

} // namespace store
