// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/event.h"

#include <array>
#include <optional>

#include <QString>

namespace cli {

/// What a run found: counts by verdict, and the worst of it for the exit status.
struct Totals
{
    std::array<std::uint64_t, 5> statuses{}; ///< by event::Status
    std::uint64_t lint = 0;                  ///< events with a lint finding
    std::optional<event::Severity> worst;

    void add(const event::EventState &state);
    [[nodiscard]] std::uint64_t of(event::Status status) const;
    /// Events, without what was rejected.
    [[nodiscard]] std::uint64_t total() const;
    /// As the HTTP API's summary has it.
    [[nodiscard]] QByteArray json() const;
    /// "3 events: 2 valid, 1 violation, ...; 0 with lint", without an end.
    [[nodiscard]] QString line() const;
    /// exitFindings when something is at or above the level; no level: never.
    [[nodiscard]] int exitStatus(std::optional<event::Severity> level) const;
};

} // namespace cli
