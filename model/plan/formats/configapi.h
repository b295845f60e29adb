// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/formats/envelope.h"

namespace plan::formats {

/// Segment's older Config API v1 (Typewriter before version 8 kept its plans so): events with name,
/// description and rules; one schema each for every event, for identify and for group.
[[nodiscard]] base::Result<Document> readConfigApi(Envelope envelope, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeConfigApi(const Document &document);
/// Whether the format has a place for each of the rules.
[[nodiscard]] std::vector<bool> configApiHolds(const Document &document);

} // namespace plan::formats
