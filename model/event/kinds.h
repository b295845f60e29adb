// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace event {

/// Segment's call types. None: a rejected request, which is no call.
enum class CallType : std::uint8_t { None, Track, Page, Screen, Identify, Group, Alias };

/// The verdict on an event; Rejected is a request that could not be understood.
enum class Status : std::uint8_t { Valid, Violation, Unplanned, Unchecked, Rejected };

enum class Severity : std::uint8_t { Info, Warning, Error };

enum class FindingKind : std::uint8_t { Violation, Lint, Privacy, Protocol, Identity };

/// Worst delivery of an event.
enum class DeliveryState : std::uint8_t { None, Pending, Delivered, Failed };

/// The words of the filter language, the API and the exports.
[[nodiscard]] std::string_view word(CallType type); ///< "track"; "" for None
[[nodiscard]] std::string_view word(Status status);
[[nodiscard]] std::string_view word(Severity severity);
[[nodiscard]] std::string_view word(FindingKind kind);
[[nodiscard]] std::string_view word(DeliveryState state);
[[nodiscard]] std::optional<CallType> callTypeFromWord(std::string_view word);
[[nodiscard]] std::optional<Status> statusFromWord(std::string_view word);
[[nodiscard]] std::optional<Severity> severityFromWord(std::string_view word);

} // namespace event
