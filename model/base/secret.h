// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace base {

/// A write key or API key as it may be shown: the last four characters at most, never more than a
/// third of the key ("…a1b2").
[[nodiscard]] QString masked(const QString &secret);

} // namespace base
