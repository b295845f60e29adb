// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/fields.h"

#include <QByteArray>

namespace segment {

/// The event's text with the envelope's context and integrations merged in, key by key at their top level
/// (the event's own wins), and with {} for the [] that PHP sends for an empty object. Null when the
/// event as sent is already that.
[[nodiscard]] QByteArray mergedText(json::Value event, const Fields &fields, const Fields &envelope);

} // namespace segment
