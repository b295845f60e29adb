// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/faults.h"

#include <QString>

namespace ui {

/// "500 Internal Server Error", "No answer".
[[nodiscard]] QString faultKindText(capture::Fault::Kind kind);
/// "429 Too Many Requests on Tracker UI, for 3 requests"; `source` empty: every source.
[[nodiscard]] QString faultText(const capture::Fault &fault, const QString &source);
/// How far it is: "2 of 3 requests so far", "ended after 3 requests".
[[nodiscard]] QString faultProgress(const capture::FaultReport &report);
/// What it showed of the SDK, in a sentence: "The SDK kept all 12 events; 1 came twice."
[[nodiscard]] QString faultVerdict(const capture::FaultReport &report);

/// Does the SDK keep what it is given?
enum class FaultOutcome : std::uint8_t { Open, Kept, Doubled, Missing };
[[nodiscard]] FaultOutcome faultOutcome(const capture::FaultReport &report);

} // namespace ui
