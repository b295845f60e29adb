// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "event/kinds.h"

#include <array>

namespace event {

namespace {

constexpr std::array<std::string_view, 7> callTypes{"",         "track", "page", "screen",
                                                    "identify", "group", "alias"};
constexpr std::array<std::string_view, 5> statuses{"valid", "violation", "unplanned", "unchecked",
                                                   "rejected"};
constexpr std::array<std::string_view, 3> severities{"info", "warning", "error"};
constexpr std::array<std::string_view, 5> kinds{"violation", "lint", "privacy", "protocol", "identity"};
constexpr std::array<std::string_view, 4> deliveries{"none", "pending", "delivered", "failed"};

template <typename Enum, std::size_t size>
std::optional<Enum> fromWord(const std::array<std::string_view, size> &words, std::string_view word)
{
    for (std::size_t i = 0; i < size; ++i) {
        if (!word.empty() && words.at(i) == word) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view word(CallType type)
{
    return callTypes.at(static_cast<std::size_t>(type));
}
std::string_view word(Status status)
{
    return statuses.at(static_cast<std::size_t>(status));
}
std::string_view word(Severity severity)
{
    return severities.at(static_cast<std::size_t>(severity));
}
std::string_view word(FindingKind kind)
{
    return kinds.at(static_cast<std::size_t>(kind));
}
std::string_view word(DeliveryState state)
{
    return deliveries.at(static_cast<std::size_t>(state));
}

std::optional<CallType> callTypeFromWord(std::string_view word)
{
    return fromWord<CallType>(callTypes, word);
}
std::optional<Status> statusFromWord(std::string_view word)
{
    return fromWord<Status>(statuses, word);
}
std::optional<Severity> severityFromWord(std::string_view word)
{
    return fromWord<Severity>(severities, word);
}

} // namespace event
