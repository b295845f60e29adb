// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The store's tables as SQL sees them: what conditions on `event` (alias e) may name. Numbers in
/// columns are those of the enums in event/kinds.h and event/event.h.
///
///     event     e   id            event::EventId; grows in commit order
///                   received_us   UTC, microseconds
///                   type          event::CallType
///                   status        event::Status
///                   name          -> name.id, 0 when it has none
///                   source        -> source.id
///                   user          -> user.id (userId, else anonymousId), 0 when it has none
///                   session       -> session.id
///                   findings      how many
///                   flags         event::Flag bits
///                   worst         event::Severity of the most severe finding
///                   top_rule      -> rule.id of that finding, 0 when there is none
///                   delivery      event::DeliveryState, the worst
///                   request       -> request.id
///                   body_begin, body_end   byte range in the request's decoded body
///                   found         event::encodeFindings(), NULL when there are none
///     name          id, text      event and page names, codes of rejected requests
///     user          id, text      userIds and anonymousIds
///     source        id, key_hash, masked_key, name, library, ..
///     session       id, name, test_id, started_us, ..
///     delivery      event -> event.id, dispatch -> dispatch.id, position
///     dispatch      id, destination (text), state (event::DeliveryState), ..
///
/// Indexed: id, name, type, status, received_us (each of them then gives its rows in the order of id),
/// id where findings > 0 (say exactly `e.findings > 0` to get it), delivery.event. Everything else is a
/// scan, newest first: a million narrow rows take a tenth of a second.
///
/// Functions beside SQLite's own (all deterministic; NULL counts as an empty text):
///     text_matches(text, pattern)  the whole text, whatever the case, `*` standing for any run of characters
///                                  (nothing escapes it)
///     text_equals(text, value)     the whole text, whatever the case, no wildcards
///     has_rule(found, pattern)     one of the findings' rule words matches, as text_matches does
///
/// The full-text index has one row per event of: its name, userId, anonymousId, messageId, previousId and
/// groupId, and every string, number and boolean below `properties` and `traits` (values, not keys).
/// Rejected requests: the reason's code alone. Its tokens are the runs of letters, marks and
/// digits (QChar::isLetterOrNumber, QChar::isMark) of the text after QString::toCaseFolded();
/// everything else parts them. So "del_123" is the two tokens del and 123. Phrases do not exist in it: a
/// MATCH expression names single tokens, quoted, joined by AND, OR, NOT and parentheses, `"ord" *` being a
/// prefix; the bodies say the rest.
namespace store::schema {

inline constexpr int applicationId = 0x54524B53; ///< "TRKS", in the file's header
inline constexpr int version = 1;                ///< number of the newest migration, in PRAGMA user_version

} // namespace store::schema
