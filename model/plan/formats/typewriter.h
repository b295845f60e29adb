// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/formats/envelope.h"

namespace plan::formats {

/// Typewriter's plan.json (segmentio/typewriter, src/api): rules as the Public API has them, but their
/// schemas are over the properties (or traits) alone and name their event in `eventMetadata`.
[[nodiscard]] bool looksLikeTypewriter(const std::vector<std::pair<json::Pointer, Json>> &rules);
[[nodiscard]] base::Result<Document> readTypewriter(Envelope envelope, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeTypewriter(const Document &document);

} // namespace plan::formats
