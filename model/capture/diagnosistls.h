// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/diagnosis.h"

namespace capture {

/// What is wrong between a client and Trackside's certificate; empty when nothing is. Part of diagnose().
[[nodiscard]] std::vector<Diagnosis> tlsDiagnoses(const Client &client, const std::vector<Client> &all,
                                                  const DiagnosisFacts &facts);

} // namespace capture
