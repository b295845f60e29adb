// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/formats/envelope.h"

namespace plan::formats {

/// Segment's Public API (api.segmentapis.com, "List Rules from Tracking Plan"): rules with type, key, version
/// and jsonSchema. Our own format, too: what other formats say beside a rule is kept in its schema as
/// "x-avo" and the like.
[[nodiscard]] base::Result<Document> readSegmentApi(Envelope envelope, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeSegmentApi(const Document &document);

/// The rules of a file in Segment's shape, with what could not be read of them: for formats that build on it.
void readRules(Envelope envelope, Document &document);

} // namespace plan::formats
