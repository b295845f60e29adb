// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// Segment's download of a plan: a row for each event and one for each property (Segment's docs, "Tracking
/// plan: import and export"; the columns as Avo's importer of such a file lists them). `Status` says required
/// or optional; where the column is missing, a type with ",null" is optional, any other required. `Allowed
/// Property Values` is Segment's `pattern` of alternatives.
[[nodiscard]] bool looksLikeSegmentCsv(const QByteArray &bytes);
[[nodiscard]] base::Result<Document> readSegmentCsv(const QByteArray &bytes, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeSegmentCsv(const Document &document);
[[nodiscard]] std::vector<Loss> segmentCsvLosses(const Document &document);

} // namespace plan::formats
