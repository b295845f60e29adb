// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/diagnosis.h"

namespace engine {

using DiagnosisText = capture::DiagnosisText;

/// The doctor's wording table: a diagnosis as plain sentences with the next action, for what the client is
/// made with, in the language of the installed translators. Any thread.
[[nodiscard]] DiagnosisText diagnosisText(const capture::Diagnosis &diagnosis, const capture::Client &client);

/// "analytics-node 6.2.0 on this machine", "Safari on an iPhone, 192.168.1.23".
[[nodiscard]] QString clientName(const capture::Client &client);

/// "by its host setting, over TLS".
[[nodiscard]] QString modeText(capture::Mode mode);

} // namespace engine
