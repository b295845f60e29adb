// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

namespace segment {

/// The members of an event or envelope that mean something to Segment; missing where not sent. Of
/// duplicate keys the last one.
struct Fields
{
    json::Value type, event, name, category, userId, anonymousId, groupId, previousId, messageId, timestamp,
        sentAt, writeKey, context, integrations, properties, traits, batch;
};

/// One walk over an object's members.
[[nodiscard]] Fields fieldsOf(json::Value object);

/// "integer", "number", "string", "boolean", "array", "object", "null".
[[nodiscard]] std::string_view typeWord(json::Value value);

/// A null counts as not sent (Python sends both ids always).
[[nodiscard]] inline bool isSent(json::Value value)
{
    return !value.isMissing() && !value.isNull();
}

} // namespace segment
