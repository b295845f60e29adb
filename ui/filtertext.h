// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/kinds.h"

#include <QString>

namespace ui {

/// The filter language's text for the events of one name: "type:track event:\"Order Loaded\"".
[[nodiscard]] QString filterForEvent(event::CallType type, const QString &name);
/// A text as a value of the filter language, in quotes.
[[nodiscard]] QString quotedForFilter(QString text);

} // namespace ui
