// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>

/// What the events are checked against.
[[nodiscard]] QString planPath();
[[nodiscard]] QString conventions();

/// A store of at least so many events at the path, spread over the last day, with its text index complete.
/// One that is there already is kept.
[[nodiscard]] base::Result<void> makeStore(const QString &path, std::size_t events);
