// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/compare.h"
#include "filter/fields.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <typename T>
bool isInside(Compare compare, const T &value, const T &limit, const T &upper)
{
    switch (compare) {
    case Compare::Equal:
        return value == limit;
    case Compare::Greater:
        return value > limit;
    case Compare::GreaterEqual:
        return value >= limit;
    case Compare::Less:
        return value < limit;
    case Compare::LessEqual:
        return value <= limit;
    case Compare::Range:
        return value >= limit && value <= upper;
    }
    return false;
}

/// Whole numbers are compared as such: a double would take neighbours beyond 2^53 for equal.
bool isSameNumber(const Term &term, const QString &digits, double number)
{
    bool isWhole = false;
    bool isTermWhole = false;
    const qint64 left = digits.toLongLong(&isWhole);
    const qint64 right = term.pattern.plain().toLongLong(&isTermWhole);
    if (isWhole && isTermWhole) {
        return left == right;
    }
    return number == *term.number;
}

bool matchesScalar(const Term &term, const QString &text, bool isNumberValue)
{
    if (term.compare == Compare::Equal) {
        if (text.isEmpty() || term.pattern.hasWildcard()) {
            return !text.isEmpty() && term.pattern.matchesWhole(text);
        }
        if (isNumberValue && term.number) {
            return term.pattern.matchesWhole(text) || isSameNumber(term, text, text.toDouble());
        }
        if (term.pattern.matchesWhole(text)) {
            return true;
        }
        // A day means all its moments; a text that only looks like a time is compared as one.
        const std::optional<Span> moment = term.span ? dateFromText(text) : std::nullopt;
        return moment && !isNumberValue && isWithin(term, moment->fromUs);
    }
    if (term.number && (term.compare != Compare::Range || term.upperNumber)) {
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        return isNumber && compareNumbers(term, number);
    }
    if (term.span && (term.compare != Compare::Range || term.upperSpan)) {
        const std::optional<Span> moment = dateFromText(text);
        return moment && isWithin(term, moment->fromUs);
    }
    const QString upper = Pattern(term.upper).plain();
    return !text.isEmpty() && isInside(term.compare, text.toCaseFolded(), term.pattern.plain().toCaseFolded(),
                                       upper.toCaseFolded());
}

std::optional<std::uint32_t> indexFrom(const std::string &key)
{
    if (key.empty() || key.size() > 9 ||
        !std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(std::stoul(key));
}

} // namespace

bool isAsked(std::uint32_t choices, std::size_t choice)
{
    return (choices >> choice & 1U) != 0;
}

bool hasAsked(std::uint32_t choices, event::EventState state)
{
    using event::Flag;
    constexpr std::array flags{
        std::pair{Has::Lint, Flag::Lint},         std::pair{Has::Pii, Flag::Privacy},
        std::pair{Has::Privacy, Flag::Privacy},   std::pair{Has::Protocol, Flag::Protocol},
        std::pair{Has::Identity, Flag::Identity}, std::pair{Has::Note, Flag::Note},
        std::pair{Has::Bookmark, Flag::Bookmark},
    };
    const auto asks = [choices](Has has) { return isAsked(choices, static_cast<std::size_t>(has)); };
    return (asks(Has::Violation) && state.status == event::Status::Violation) ||
           (asks(Has::DeliveryError) && state.delivery == event::DeliveryState::Failed) ||
           std::ranges::any_of(flags,
                               [&](const auto &pair) { return asks(pair.first) && state.has(pair.second); });
}

bool textMatches(const Term &term, const QString &text)
{
    return !text.isEmpty() && term.pattern.matchesWhole(text);
}

bool isWithin(const Term &term, std::int64_t us)
{
    const Span span = term.span.value_or(Span{});
    // "After the 24th" begins when the day is over, "after 10:30" at once.
    const std::int64_t after = span.isDay ? span.untilUs - 1 : span.fromUs;
    switch (term.compare) {
    case Compare::Equal:
        return us >= span.fromUs && us < span.untilUs;
    case Compare::Greater:
        return us > after;
    case Compare::GreaterEqual:
        return us >= span.fromUs;
    case Compare::Less:
        return us < span.fromUs;
    case Compare::LessEqual:
        return us <= after;
    case Compare::Range: {
        const Span upper = term.upperSpan.value_or(Span{});
        return us >= span.fromUs && us <= (upper.isDay ? upper.untilUs - 1 : upper.fromUs);
    }
    }
    return false;
}

bool compareNumbers(const Term &term, double number)
{
    return term.number && isInside(term.compare, number, *term.number, term.upperNumber.value_or(0));
}

bool matchesValue(const Term &term, json::Value value)
{
    if (value.isMissing()) {
        return false;
    }
    if (term.compare == Compare::Equal && term.pattern.isAnything()) {
        return true;
    }
    if (value.isArray()) {
        for (auto child = value.firstChild(); child; child = child.next()) {
            if (!child.value().isArray() && matchesValue(term, child.value())) {
                return true;
            }
        }
        return false;
    }
    if (value.isObject()) {
        return false;
    }
    if (value.isString()) {
        const QString text = toText(value.text());
        // The empty text is a value like any other, only not one that can be written here.
        return matchesScalar(term, text, false);
    }
    const bool isOrdered = term.compare != Compare::Equal;
    return (value.isNumber() || !isOrdered) && matchesScalar(term, toText(value.raw()), value.isNumber());
}

QString rulePatternText(const Term &term)
{
    return term.value.contains(u'/') || term.pattern.isAnything() ? term.value : u"*/"_s + term.value;
}

Pattern rulePattern(const Term &term)
{
    return Pattern(rulePatternText(term));
}

bool anyAt(json::Value root, const std::vector<std::string> &keys, std::size_t at,
           const std::function<bool(json::Value)> &check)
{
    if (at == keys.size()) {
        return check(root);
    }
    if (root.isObject()) {
        std::string key;
        for (std::size_t end = at; end < keys.size(); ++end) {
            key += (end == at ? "" : ".") + keys[end];
            const json::Value member = root.find(key);
            if (!member.isMissing() && anyAt(member, keys, end + 1, check)) {
                return true;
            }
        }
        return false;
    }
    if (!root.isArray()) {
        return false;
    }
    const std::optional<std::uint32_t> index = indexFrom(keys[at]);
    if (index) {
        const json::Value element = root.at(*index);
        return !element.isMissing() && anyAt(element, keys, at + 1, check);
    }
    const std::size_t next = keys[at] == "$" || keys[at] == "*" ? at + 1 : at;
    for (auto child = root.firstChild(); child; child = child.next()) {
        const json::Value element = child.value();
        if ((next > at || element.isObject()) && anyAt(element, keys, next, check)) {
            return true;
        }
    }
    return false;
}

} // namespace filter
