// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// RudderStack's tracking plans as YAML (rudder-iac): the plan, its events, properties, custom types and
/// categories, as documents of one file or of a folder; `rudder/v1` and the older `rudder/v0.1`. Ids are kept
/// in "x-rudder-id", variants in "x-rudder-variants" beside the if/then they mean; custom types are filled in
/// where they are used
/// ("x-rudder-custom-type").
[[nodiscard]] bool looksLikeRudderStack(const QByteArray &bytes);
/// All files of a plan; `path` is the file or the folder.
[[nodiscard]] base::Result<Document> readRudderStack(const std::vector<WrittenFile> &files,
                                                     const QString &path);
[[nodiscard]] base::Result<Document> readRudderStack(const QByteArray &bytes, const QString &path);

/// A plan that was read from one file is one file again, any other a folder's files.
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeRudderStack(const Document &document);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeRudderLegacy(const Document &document);
[[nodiscard]] std::vector<Loss> rudderStackLosses(const Document &document);
[[nodiscard]] std::vector<Loss> rudderLegacyLosses(const Document &document);

} // namespace plan::formats
