// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/parser.h"

#include <QString>

namespace store {

/// What the full-text index holds of an event (see schema.h), as folded tokens with a space after each, in
/// UTF-8. `body` may be no JSON at all: then only the name is left.
[[nodiscard]] QByteArray searchText(const QString &name, const QByteArray &body, json::Parser &parser);

} // namespace store
