// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "store/reader.h"

namespace store {

/// A statement that gives the ids of a condition over `event e` in the order asked for, led by an index of
/// the event table: parameters of the condition, then first id, last id, limit. Empty when no index helps.
[[nodiscard]] base::Result<QByteArray> idsByIndex(Database &database, const QString &condition,
                                                  Reader::Order order);

} // namespace store
