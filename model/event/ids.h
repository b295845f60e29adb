// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <type_traits>

#include <QtGlobal>

namespace event {

/// 64-bit ids are quint64, not std::uint64_t: Qt's metatypes can stream only Qt's own type.

/// Row of the event table (AUTOINCREMENT): grows in commit order, never reused. 0 is none.
enum class EventId : quint64 {};
/// Row of the request table. 0 is none.
enum class RequestId : quint64 {};
/// Rows of the store's dictionary: an event or page name, a user's id. 0 is none.
enum class NameId : std::uint32_t {};
enum class UserKey : std::uint32_t {};
/// One write key seen; row of the source table. 0 is none.
enum class SourceId : std::uint32_t {};
/// One stretch of capture.
enum class SessionId : std::uint32_t {};
/// One outgoing request, retries included.
enum class DispatchId : quint64 {};

template <typename Id>
[[nodiscard]] constexpr auto raw(Id id)
{
    return static_cast<std::underlying_type_t<Id>>(id);
}

} // namespace event
