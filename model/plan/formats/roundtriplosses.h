// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan::formats {

/// What of a plan is not there any more after it was written in a format and read again: what that format
/// can't hold, exactly. Words only (annotations without meaning as `id`, the order of members, spellings of
/// the same demand) don't count.
[[nodiscard]] std::vector<Loss> roundTripLosses(const Document &document, const Document &readAgain);

} // namespace plan::formats
