// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/diagnosis.h"

namespace engine {

/// How a program of this kind is made to trust Trackside's certificate (wire contract 2.3).
[[nodiscard]] QString trustAdvice(const capture::Client &client);
/// The same when its device trusts it already.
[[nodiscard]] QString pinningAdvice(const capture::Client &client);
/// Why an SDK of this kind fetches its settings and then sends nothing, the commonest first (wire contract
/// 0.4, 0.12, 1.2, 2.2).
[[nodiscard]] QString silenceAdvice(const capture::Client &client);

} // namespace engine
