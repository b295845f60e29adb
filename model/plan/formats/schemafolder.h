// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// JSON Schemas as files: one, or a folder with one for each event and others that they refer to. Event and
/// call type are named as plan.h says; what plan.h has no place for stands as "x-version", "x-sources" and
/// JSON Schema's own "deprecated".
struct SchemaFile
{
    QString name; ///< within the folder; empty: the file by itself
    Json schema;
};
[[nodiscard]] bool looksLikeSchema(const Json &root);
[[nodiscard]] base::Result<Document> readSchemaFolder(std::vector<SchemaFile> files, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeSchemaFolder(const Document &document);
/// Whether the format has a place for each of the rules.
[[nodiscard]] std::vector<bool> schemaFolderHolds(const Document &document);
/// Names of the files that a document was read from, for those that are not written any more.
[[nodiscard]] QStringList schemaFileNames(const Document &document);

} // namespace plan::formats
