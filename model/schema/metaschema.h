// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

namespace schema {

inline constexpr std::string_view metaschemaUri = "http://json-schema.org/draft-07/schema";

/// The metaschema of draft-07, as json-schema.org publishes it; never null.
[[nodiscard]] std::shared_ptr<const json::Document> metaschemaDocument();

} // namespace schema
