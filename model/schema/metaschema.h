// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

namespace schema {

/// The metaschemas of all drafts and of their vocabularies as json-schema.org publishes them (metaschemas/),
/// by URI without fragment. Null for any other URI.
[[nodiscard]] std::shared_ptr<const json::Document> metaschemaDocument(std::string_view uri);

} // namespace schema
