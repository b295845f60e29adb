// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// A YAML text (several documents) as JSON values: scalars by YAML 1.2's core schema ("yes" is a text, 1.0 a
/// number), aliases expanded. Refused with what and where: what yaml-cpp refuses, more than 500,000 values
/// once aliases are expanded ("billion laughs"), nesting beyond 100 levels, repeated keys. Comments are lost.
[[nodiscard]] base::Result<std::vector<Json>> readYaml(const QByteArray &utf8);

/// Block style, two spaces, members in their order; texts that would be read as something else are quoted.
[[nodiscard]] QByteArray yamlText(const std::vector<Json> &documents);

} // namespace plan::formats
