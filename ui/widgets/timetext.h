// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QString>

namespace ui {

/// Times on screen are local; hovering gives UTC and age. All in microseconds UTC since the epoch.
[[nodiscard]] std::int64_t nowUs();
/// "10:30:05.123".
[[nodiscard]] QString localClock(std::int64_t us);
/// "4 min ago".
[[nodiscard]] QString ageText(std::int64_t us, std::int64_t nowUs);
/// "2026-11-25 10:30:05.123 UTC, 4 min ago".
[[nodiscard]] QString utcAndAge(std::int64_t us, std::int64_t nowUs);

} // namespace ui
