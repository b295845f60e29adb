// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "schema/numbers.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// The keywords a range is written with, by what it is a range of.
struct Keywords
{
    QString type; ///< the JSON type they are about
    std::string_view least, most;
    bool isCount;
};

const std::array<Keywords, 3> &allKeywords()
{
    static const std::array<Keywords, 3> keywords{
        Keywords{u"number"_s, "minimum", "maximum", false},
        Keywords{u"string"_s, "minLength", "maxLength", true},
        Keywords{u"array"_s, "minItems", "maxItems", true},
    };
    return keywords;
}

std::string exclusive(std::string_view keyword)
{
    return keyword == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
}

bool isUsed(const Json &schema, const Keywords &keywords)
{
    const auto has = [&schema](std::string_view key) { return memberOf(schema, key) != nullptr; };
    return has(keywords.least) || has(keywords.most) ||
           (!keywords.isCount && (has("exclusiveMinimum") || has("exclusiveMaximum")));
}

/// What the range of a property is about: of several types the one that has a range already, else the first
/// that can have one. Null: none of its types.
const Keywords *keywordsFor(const Json &schema)
{
    const QStringList types = typesIn(schema);
    const auto isAllowed = [&types](const Keywords &keywords) {
        return types.isEmpty() || types.contains(keywords.type) ||
               (!keywords.isCount && types.contains(u"integer"_s));
    };
    const Keywords *first = nullptr;
    for (const Keywords &keywords : allKeywords()) {
        if (!isAllowed(keywords)) {
            continue;
        }
        if (isUsed(schema, keywords)) {
            return &keywords;
        }
        first = first != nullptr ? first : &keywords;
    }
    return first;
}

struct Bound
{
    std::string digits;
    bool isExclusive = false;
};

struct Range
{
    std::optional<Bound> least, most;
};

std::strong_ordering compared(const std::string &one, const std::string &other)
{
    const auto first = schema::Decimal::parse(one);
    const auto second = schema::Decimal::parse(other);
    return first && second ? *first <=> *second : std::strong_ordering::equal;
}

std::optional<Bound> boundOf(const Json &schema, std::string_view keyword, bool isCount)
{
    std::optional<Bound> bound;
    if (const Json *limit = memberOf(schema, keyword); limit != nullptr && limit->is_number()) {
        bound = Bound{limit->dump(), false};
    }
    const Json *other = isCount ? nullptr : memberOf(schema, exclusive(keyword));
    if (other != nullptr && other->is_boolean() && bound) {
        bound->isExclusive = other->get<bool>();
    } else if (other != nullptr && other->is_number()) {
        const std::string digits = other->dump();
        // Of two limits the narrower one is the range.
        const bool isNarrower = !bound || (keyword == "minimum" ? compared(digits, bound->digits) >= 0
                                                                : compared(digits, bound->digits) <= 0);
        bound = isNarrower ? Bound{digits, true} : bound;
    }
    return bound;
}

Range rangeIn(const Json &schema, const Keywords &keywords)
{
    return {boundOf(schema, keywords.least, keywords.isCount),
            boundOf(schema, keywords.most, keywords.isCount)};
}

base::Failure noRange(const QString &text, const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"\"%1\" is no range."_s.arg(text), why,
                         u"Write >= 0, 0..100, > 0, < 10, or one number for exactly that."_s);
}

/// Nothing for what is no comparison.
std::optional<Range> readComparison(const QString &text)
{
    static const QRegularExpression comparison(
        u"^(>=|=>|≥|>|<=|=<|≤|<|at least|at most|min(?:imum)?|max(?:imum)?|from|up to|over|above|more than|"
        "under|below|less than|exactly|=)\\s*:?\\s*(\\S+)$"_s);
    static const QStringList least{u">="_s,  u"=>"_s,      u"≥"_s,   u"at least"_s,
                                   u"min"_s, u"minimum"_s, u"from"_s};
    static const QStringList above{u">"_s, u"over"_s, u"above"_s, u"more than"_s};
    static const QStringList below{u"<"_s, u"under"_s, u"below"_s, u"less than"_s};
    static const QStringList exactly{u"exactly"_s, u"="_s};
    const auto match = comparison.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString word = match.captured(1);
    const Bound bound{match.captured(2).toStdString(), above.contains(word) || below.contains(word)};
    if (exactly.contains(word)) {
        return Range{bound, bound};
    }
    return least.contains(word) || above.contains(word) ? Range{bound, {}} : Range{{}, bound};
}

base::Result<Range> readRange(const QString &typed)
{
    static const QRegularExpression number(u"^[-+]?[0-9.]+(?:e[-+]?[0-9]+)?$"_s);
    static const QRegularExpression span(
        u"^(?:from |between )?\\s*([-+]?[0-9]*\\.?[0-9]+(?:e[-+]?[0-9]+)?)\\s*"
        "(?:\\.\\.+|…|–|-|to|and|until|through)\\s*([-+]?[0-9]*\\.?[0-9]+(?:e[-+]?[0-9]+)?)$"_s);
    static const QRegularExpression open(u"^([-+]?[0-9]*\\.?[0-9]+)\\s*(?:\\+|\\.\\.+|…)$"_s);
    static const QRegularExpression until(u"^(?:\\.\\.+|…)\\s*([-+]?[0-9]*\\.?[0-9]+)$"_s);
    static const QRegularExpression between(u"\\s*(?:,|;|&|\\band\\b)\\s*"_s);

    QString text = typed.simplified().toLower();
    text.replace(u'−', u'-');
    if (const auto match = span.match(text); match.hasMatch()) {
        return Range{Bound{match.captured(1).toStdString()}, Bound{match.captured(2).toStdString()}};
    }
    if (const auto match = open.match(text); match.hasMatch()) {
        return Range{Bound{match.captured(1).toStdString()}, {}};
    }
    if (const auto match = until.match(text); match.hasMatch()) {
        return Range{{}, Bound{match.captured(1).toStdString()}};
    }
    if (number.match(text).hasMatch()) {
        return Range{Bound{text.toStdString()}, Bound{text.toStdString()}};
    }
    Range range;
    for (const QString &part : text.split(between, Qt::SkipEmptyParts)) {
        const auto one = readComparison(part);
        if (!one) {
            return noRange(typed, u"\"%1\" is neither a number nor a comparison with one."_s.arg(part));
        }
        if ((one->least && range.least) || (one->most && range.most)) {
            return noRange(typed, u"It has two limits on one side."_s);
        }
        range.least = one->least ? one->least : range.least;
        range.most = one->most ? one->most : range.most;
    }
    return range;
}

/// Digits as JSON has them: "+5", ".5" and "5." are what people type.
base::Result<void> normalise(std::optional<Bound> &bound, const QString &typed)
{
    if (!bound) {
        return {};
    }
    std::string &digits = bound->digits;
    digits = digits.starts_with('+') ? digits.substr(1) : digits;
    const std::size_t start = digits.starts_with('-') ? 1 : 0;
    if (digits.size() > start && digits[start] == '.') {
        digits.insert(start, "0");
    }
    if (digits.ends_with('.')) {
        digits.pop_back();
    }
    // JSON has no leading zeros.
    while (digits.size() > start + 1 && digits[start] == '0' && digits[start + 1] >= '0' &&
           digits[start + 1] <= '9') {
        digits.erase(start, 1);
    }
    if (!schema::Decimal::parse(digits)) {
        return noRange(typed, u"\"%1\" is no number."_s.arg(QString::fromStdString(digits)));
    }
    if (!numberFromDigits(digits)) {
        return noRange(typed,
                       u"%1 has more digits than a plan can hold."_s.arg(QString::fromStdString(digits)));
    }
    return {};
}

/// Counts are whole and have no exclusive limits: above 2 is at least 3.
base::Result<void> makeCount(std::optional<Bound> &bound, int step, const QString &typed)
{
    if (!bound) {
        return {};
    }
    const auto number = schema::Decimal::parse(bound->digits);
    auto count = number ? number->toCount() : std::nullopt;
    if (!count || *count > std::numeric_limits<std::uint32_t>::max() ||
        (bound->isExclusive && step < 0 && *count == 0)) {
        return noRange(typed, u"Lengths and numbers of items are whole numbers from 0."_s);
    }
    if (bound->isExclusive) {
        *count = step < 0 ? *count - 1 : *count + 1;
    }
    bound = Bound{std::to_string(*count), false};
    return {};
}

void write(Json &schema, std::string_view keyword, const std::optional<Bound> &bound,
           const std::optional<Bound> &before, Wording wording, bool isCount)
{
    const bool isSame = bound && before && bound->isExclusive == before->isExclusive &&
                        compared(bound->digits, before->digits) == 0;
    const std::string other = exclusive(keyword);
    if (isSame) {
        return;
    }
    if (!bound) {
        eraseMember(schema, keyword);
        if (!isCount) {
            eraseMember(schema, other);
        }
        return;
    }
    Json number = *numberFromDigits(bound->digits);
    if (isCount) {
        setMember(schema, keyword, std::move(number));
    } else if (wording == Wording::Draft4) {
        const Json *flag = memberOf(schema, other);
        if (flag != nullptr && !flag->is_boolean()) {
            replaceMember(schema, other, keyword, std::move(number)); // of a later draft
        } else {
            setMember(schema, keyword, std::move(number));
        }
        if (bound->isExclusive) {
            setMember(schema, other, true);
        } else {
            eraseMember(schema, other);
        }
    } else {
        const std::string wanted = bound->isExclusive ? other : std::string(keyword);
        const std::string unwanted = bound->isExclusive ? std::string(keyword) : other;
        if (memberOf(schema, wanted) != nullptr) {
            setMember(schema, wanted, std::move(number));
            eraseMember(schema, unwanted);
        } else {
            replaceMember(schema, unwanted, wanted, std::move(number));
        }
    }
}

} // namespace

Wording wordingOf(const Json &ruleSchema)
{
    return stringMember(ruleSchema, "$schema").contains("json-schema.org/draft-04/"_L1) ? Wording::Draft4
                                                                                        : Wording::Later;
}

QString rangeOf(const Json &schema)
{
    const Keywords *keywords = keywordsFor(schema);
    if (keywords == nullptr) {
        return {};
    }
    const auto [least, most] = rangeIn(schema, *keywords);
    const auto text = [](const Bound &bound) { return QString::fromStdString(bound.digits); };
    if (least && most && !least->isExclusive && !most->isExclusive) {
        return least->digits == most->digits ? text(*least) : text(*least) + u".."_s + text(*most);
    }
    QStringList parts;
    if (least) {
        parts.append((least->isExclusive ? u"> "_s : u">= "_s) + text(*least));
    }
    if (most) {
        parts.append((most->isExclusive ? u"< "_s : u"<= "_s) + text(*most));
    }
    return parts.join(u", "_s);
}

base::Result<void> setRange(Json &schema, const QString &text, Wording wording)
{
    const Keywords *keywords = keywordsFor(schema);
    if (keywords == nullptr) {
        if (text.trimmed().isEmpty()) {
            return {};
        }
        return base::failure(base::ErrorCode::BadInput, u"A range is of numbers, texts or lists."_s,
                             u"The property's type is %1."_s.arg(shownTypes(typesIn(schema))),
                             u"Change the type first."_s);
    }
    auto range = readRange(text);
    if (!range) {
        return tl::make_unexpected(range.error());
    }
    const auto check = [&](std::optional<Bound> &bound, int step) {
        auto result = normalise(bound, text);
        return result && keywords->isCount ? makeCount(bound, step, text) : result;
    };
    if (auto least = check(range->least, 1); !least) {
        return least;
    }
    if (auto most = check(range->most, -1); !most) {
        return most;
    }
    if (range->least && range->most) {
        const auto order = compared(range->least->digits, range->most->digits);
        if (order > 0 || (order == 0 && (range->least->isExclusive || range->most->isExclusive))) {
            return noRange(text, u"Nothing lies between its limits."_s);
        }
    }
    const Range before = rangeIn(schema, *keywords);
    write(schema, keywords->least, range->least, before.least, wording, keywords->isCount);
    write(schema, keywords->most, range->most, before.most, wording, keywords->isCount);
    return {};
}

} // namespace plan
