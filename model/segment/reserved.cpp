// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/reserved.h"

#include "segment/isotime.h"

#include <algorithm>
#include <array>
#include <span>

namespace segment {

namespace {

using event::CallType;
using event::RuleId;

enum class Kind : std::uint8_t { Text, Number, Bool, Object, List, Date, Currency };

struct Reserved
{
    std::string_view key;
    Kind kind;
};

using enum Kind;

constexpr std::array personTraits{
    Reserved{"address", Object},   Reserved{"age", Number},     Reserved{"avatar", Text},
    Reserved{"birthday", Date},    Reserved{"company", Object}, Reserved{"createdAt", Date},
    Reserved{"description", Text}, Reserved{"email", Text},     Reserved{"firstName", Text},
    Reserved{"gender", Text},      Reserved{"id", Text},        Reserved{"lastName", Text},
    Reserved{"name", Text},        Reserved{"phone", Text},     Reserved{"title", Text},
    Reserved{"username", Text},    Reserved{"website", Text},
};
constexpr std::array groupTraits{
    Reserved{"address", Object},   Reserved{"avatar", Text},  Reserved{"createdAt", Date},
    Reserved{"description", Text}, Reserved{"email", Text},   Reserved{"id", Text},
    Reserved{"industry", Text},    Reserved{"name", Text},    Reserved{"phone", Text},
    Reserved{"plan", Text},        Reserved{"website", Text},
};
constexpr std::array trackProperties{
    Reserved{"currency", Currency},
    Reserved{"products", List},
    Reserved{"revenue", Number},
    Reserved{"value", Number},
};
constexpr std::array pageProperties{
    Reserved{"category", Text}, Reserved{"keywords", List}, Reserved{"name", Text},  Reserved{"path", Text},
    Reserved{"referrer", Text}, Reserved{"search", Text},   Reserved{"title", Text}, Reserved{"url", Text},
};
constexpr std::array contextFields{
    Reserved{"active", Bool},   Reserved{"app", Object},      Reserved{"campaign", Object},
    Reserved{"channel", Text},  Reserved{"device", Object},   Reserved{"direct", Bool},
    Reserved{"groupId", Text},  Reserved{"ip", Text},         Reserved{"library", Object},
    Reserved{"locale", Text},   Reserved{"network", Object},  Reserved{"os", Object},
    Reserved{"page", Object},   Reserved{"referrer", Object}, Reserved{"screen", Object},
    Reserved{"timezone", Text}, Reserved{"traits", Object},   Reserved{"userAgent", Text},
};

const char *wordOf(Kind kind)
{
    switch (kind) {
    case Text:
        return "string";
    case Number:
        return "number";
    case Bool:
        return "boolean";
    case Object:
        return "object";
    case List:
        return "array";
    case Date:
        return "date";
    case Currency:
        return "currency";
    }
    return "";
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isOfKind(Kind kind, json::Value value)
{
    switch (kind) {
    case Text:
        return value.isString();
    case Number:
        return value.isNumber();
    case Bool:
        return value.isBool();
    case Object:
        // PHP writes an empty object so.
        return value.isObject() || (value.isArray() && value.size() == 0);
    case List:
        return value.isArray();
    case Date:
        // Numbers are seconds or milliseconds since 1970, which destinations read as well.
        return value.isNumber() || parseIsoTimeUs(value.text()).has_value();
    case Currency:
        return value.text().size() == 3 && std::ranges::all_of(value.text(), isLetter);
    }
    return true;
}

bool isChecked(Kind kind, Values values)
{
    return values == Values::Json || kind == Text || kind == Object || kind == Currency;
}

void check(std::span<const Reserved> reserved, const char *field, json::Value object, Values values,
           std::vector<event::Finding> &findings)
{
    if (!object.isObject()) {
        return;
    }
    for (auto child = object.firstChild(); child; child = child.next()) {
        const std::string_view key = child.key();
        const auto found = std::ranges::find(reserved, key, &Reserved::key);
        if (found == reserved.end() || child.value().isNull() || !isChecked(found->kind, values) ||
            isOfKind(found->kind, child.value())) {
            continue;
        }
        const auto text = [](std::string_view bytes) {
            return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
        };
        const json::Value value = child.value();
        findings.push_back({RuleId::ProtocolReservedType,
                            event::defaultSeverity(RuleId::ProtocolReservedType),
                            json::Pointer{}.child(field).child(key),
                            {QString::fromLatin1(wordOf(found->kind)), text(typeWord(value)),
                             text(value.isString() ? value.text() : value.raw().substr(0, 200))}});
    }
}

} // namespace

void checkReserved(CallType type, const Fields &fields, Values values, std::vector<event::Finding> &findings)
{
    check(contextFields, "context", fields.context, values, findings);
    switch (type) {
    case CallType::Track:
        check(trackProperties, "properties", fields.properties, values, findings);
        break;
    case CallType::Page:
    case CallType::Screen:
        check(pageProperties, "properties", fields.properties, values, findings);
        break;
    case CallType::Identify:
        check(personTraits, "traits", fields.traits, values, findings);
        break;
    case CallType::Group:
        check(groupTraits, "traits", fields.traits, values, findings);
        break;
    case CallType::Alias:
    case CallType::None:
        break;
    }
}

} // namespace segment
