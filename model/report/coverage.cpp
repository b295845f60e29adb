// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "report/coverage.h"

namespace report {

std::optional<double> Coverage::share() const
{
    return plannedEvents == 0
               ? std::nullopt
               : std::optional(static_cast<double>(plannedSeen) / static_cast<double>(plannedEvents));
}

} // namespace report
