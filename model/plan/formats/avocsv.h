// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// Avo's CSV: a row for each property of an event. Also reads the templates Avo offers for plans of Amplitude
/// and Mixpanel (Avo docs, "Importing"). Category and tags become labels; a property of the user or the
/// system says so in "x-avo-property-type"; a pinned value is `const`; rows of a variant are left to its
/// event.
[[nodiscard]] bool looksLikeAvoCsv(const QByteArray &bytes);
[[nodiscard]] base::Result<Document> readAvoCsv(const QByteArray &bytes, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeAvoCsv(const Document &document);
[[nodiscard]] std::vector<Loss> avoCsvLosses(const Document &document);

} // namespace plan::formats
