// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

namespace schema {

/// What the evaluator asks of a value, answered for json::Value. Another kind of value needs a class like
/// this one and nothing else. Of repeated keys only the last is a member, as for everyone who reads the
/// event.
struct JsonValues
{
    using Value = json::Value;

    static json::Type type(Value value) { return value.type(); }
    static bool isTrue(Value value) { return value.toBool(); }
    static std::string_view text(Value value) { return value.text(); }
    /// Of a number its digits as sent; of anything else its JSON.
    static std::string_view raw(Value value) { return value.raw(); }
    /// No fraction and no exponent, for draft-04.
    static bool isWrittenAsInteger(Value value)
    {
        return value.raw().find_first_of(".eE") == std::string_view::npos;
    }
    static std::uint32_t itemCount(Value value) { return value.size(); }

    static std::uint32_t memberCount(Value value)
    {
        if (!hasRepeatedKeys(value)) {
            return value.size();
        }
        std::uint32_t count = 0;
        eachMember(value, [&count](std::string_view, Value, Value) {
            ++count;
            return true;
        });
        return count;
    }

    /// Missing when there is none.
    static Value member(Value value, std::string_view key) { return value.find(key); }
    static bool isMissing(Value value) { return value.isMissing(); }

    /// visit(index, item) until it answers false.
    template <typename Visit>
    static void eachItem(Value value, Visit &&visit)
    {
        std::uint32_t index = 0;
        for (auto child = value.firstChild(); child && visit(index, child.value()); child = child.next()) {
            ++index;
        }
    }

    /// visit(key, key as a value, member) until it answers false.
    template <typename Visit>
    static void eachMember(Value value, Visit &&visit)
    {
        const bool isCareful = hasRepeatedKeys(value);
        for (auto child = value.firstChild(); child; child = child.next()) {
            const Value member = child.value();
            if (isCareful && value.find(child.key()).begin() != member.begin()) {
                continue;
            }
            if (!visit(child.key(), child.keyValue(), member)) {
                return;
            }
        }
    }

private:
    static bool hasRepeatedKeys(Value value) { return value.document()->has(json::Flaw::DuplicateKey); }
};

} // namespace schema
