// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <type_traits>

namespace event {

/// Row of the event table (AUTOINCREMENT): grows in commit order, never reused. 0 is none.
enum class EventId : std::uint64_t {};
/// Row of the request table. 0 is none.
enum class RequestId : std::uint64_t {};
/// Rows of the store's dictionary: an event or page name, a user's id. 0 is none.
enum class NameId : std::uint32_t {};
enum class UserKey : std::uint32_t {};
/// One write key seen; row of the source table. 0 is none.
enum class SourceId : std::uint32_t {};
/// One stretch of capture.
enum class SessionId : std::uint32_t {};
/// One outgoing request, retries included.
enum class DispatchId : std::uint64_t {};

template <typename Id>
[[nodiscard]] constexpr auto raw(Id id)
{
    return static_cast<std::underlying_type_t<Id>>(id);
}

} // namespace event
