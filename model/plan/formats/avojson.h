// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// Avo's export as JSON Schema (docs.avo.app, "Export tracking plan"). `nameMapping` is Avo's word for
/// people, yet stands among what is `required`: it is taken out there while the plan is ours. Sources of an
/// event are the rule's; ids, tags, categories, triggers and what Avo says of personal data are kept beside
/// it.
[[nodiscard]] bool looksLikeAvoJson(const Json &root);
[[nodiscard]] base::Result<Document> readAvoJson(Json root, const QString &path);
[[nodiscard]] base::Result<std::vector<WrittenFile>> writeAvoJson(const Document &document);
/// Whether the format has a place for each of the rules.
[[nodiscard]] std::vector<bool> avoJsonHolds(const Document &document);

} // namespace plan::formats
