// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/placecomparison.h"

#include "plan/jsonedit.h"
#include "plan/schemafacts.h"

#include <algorithm>
#include <array>

#include <QSet>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr qsizetype shownCharacters = 200;

/// What the comparison knows the meaning of. Any other keyword may change anything.
constexpr std::array<std::string_view, 26> knownKeywords{"$schema",
                                                         "type",
                                                         "enum",
                                                         "const",
                                                         "required",
                                                         "properties",
                                                         "additionalProperties",
                                                         "unevaluatedProperties",
                                                         "pattern",
                                                         "format",
                                                         "minimum",
                                                         "maximum",
                                                         "exclusiveMinimum",
                                                         "exclusiveMaximum",
                                                         "minLength",
                                                         "maxLength",
                                                         "minItems",
                                                         "maxItems",
                                                         "minProperties",
                                                         "maxProperties",
                                                         "multipleOf",
                                                         "uniqueItems",
                                                         "items",
                                                         "$id",
                                                         "definitions",
                                                         "$defs"};

bool isKnown(std::string_view keyword)
{
    return std::ranges::find(knownKeywords, keyword) != knownKeywords.end();
}

/// Of a demand that is there or not, and means something else with each value.
Impact demandImpact(const Json *before, const Json *after)
{
    return before == nullptr ? Impact::Tightens : after == nullptr ? Impact::Loosens : Impact::Both;
}

/// `multipleOf`: what is a multiple of 10 is one of 5.
Impact multipleImpact(const Json *before, const Json *after)
{
    if (before != nullptr && after != nullptr && before->is_number_integer() && after->is_number_integer()) {
        const auto from = before->get<std::int64_t>();
        const auto to = after->get<std::int64_t>();
        if (from > 0 && to > 0 && (from % to == 0 || to % from == 0)) {
            return tightensIf(to > from);
        }
    }
    return demandImpact(before, after);
}

/// A value as JSON on one line: a text in quotes.
QString asJson(const Json &value)
{
    return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Allowed values; nothing when any is.
std::optional<std::vector<Json>> choicesOf(const Json &schema)
{
    const Json *constant = memberOf(schema, "const");
    const Json *list = memberOf(schema, "enum");
    std::optional<std::vector<Json>> choices;
    if (list != nullptr && list->is_array()) {
        choices.emplace(list->begin(), list->end());
    }
    if (constant == nullptr) {
        return choices;
    }
    const auto isConstant = [constant](const Json &value) { return isSame(value, *constant); };
    const bool isRuledOut = choices && std::ranges::none_of(*choices, isConstant);
    return isRuledOut ? std::vector<Json>() : std::vector<Json>{*constant};
}

QString shownValues(const std::vector<Json> &values)
{
    QStringList shown;
    for (const Json &value : values) {
        shown += asJson(value);
    }
    return cut(shown.join(u", "_s));
}

/// Values of one list that another lacks.
std::vector<Json> without(const std::vector<Json> &values, const std::vector<Json> &others)
{
    std::vector<Json> missing;
    std::ranges::copy_if(values, std::back_inserter(missing), [&others](const Json &value) {
        return std::ranges::none_of(others, [&value](const Json &other) { return isSame(value, other); });
    });
    return missing;
}

/// One end of a range.
struct Bound
{
    Json limit; ///< null: none
    bool isExclusive = false;
};

enum class End : std::uint8_t { Lower, Upper };

/// Below zero when `one` lets more in than `other`, above when less.
int compareBounds(const Bound &one, const Bound &other, End end)
{
    if (one.limit.is_null() || other.limit.is_null()) {
        return static_cast<int>(other.limit.is_null()) - static_cast<int>(one.limit.is_null());
    }
    if (one.limit == other.limit) {
        return static_cast<int>(one.isExclusive) - static_cast<int>(other.isExclusive);
    }
    return (one.limit < other.limit) == (end == End::Lower) ? -1 : 1;
}

Bound boundOf(const Json &schema, std::string_view keyword, std::string_view exclusive, End end)
{
    Bound bound;
    if (const Json *limit = memberOf(schema, keyword); limit != nullptr && limit->is_number()) {
        bound.limit = *limit;
    }
    const Json *open = exclusive.empty() ? nullptr : memberOf(schema, exclusive);
    if (open != nullptr && open->is_boolean()) {
        bound.isExclusive = open->get<bool>() && !bound.limit.is_null(); // draft-04
    } else if (open != nullptr && open->is_number()) {
        if (const Bound other{*open, true}; compareBounds(other, bound, end) > 0) {
            bound = other;
        }
    }
    return bound;
}

QString shownRange(const Bound &lower, const Bound &upper)
{
    if (!lower.limit.is_null() && !upper.limit.is_null() && !lower.isExclusive && !upper.isExclusive) {
        return lower.limit == upper.limit ? asJson(lower.limit)
                                          : asJson(lower.limit) + u".."_s + asJson(upper.limit);
    }
    QStringList parts;
    if (!lower.limit.is_null()) {
        parts += (lower.isExclusive ? u"> "_s : u">= "_s) + asJson(lower.limit);
    }
    if (!upper.limit.is_null()) {
        parts += (upper.isExclusive ? u"< "_s : u"<= "_s) + asJson(upper.limit);
    }
    return parts.join(u", "_s);
}

/// A keyword with two ends and how it is called.
struct Range
{
    QStringView what;
    std::string_view lower, upper;
    std::string_view openLower = {}, openUpper = {};
};
constexpr std::array<Range, 4> ranges{
    {{u"range", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
     {u"length", "minLength", "maxLength"},
     {u"items", "minItems", "maxItems"},
     {u"properties", "minProperties", "maxProperties"}}};

QString shownLabels(const Json *labels)
{
    if (labels == nullptr || !labels->is_object()) {
        return textOrNothing(labels);
    }
    QStringList shown;
    for (const auto &[name, value] : labels->get_ref<const Json::object_t &>()) {
        shown += QString::fromStdString(name) + u": "_s + shownJson(value);
    }
    return cut(shown.join(u", "_s));
}

/// Compares what two schemas of one place say of its values.
class PlaceComparison
{
public:
    PlaceComparison(const Json &before, const Json &after, const Change &stem, std::vector<Change> &changes)
        : m_before(before)
        , m_after(after)
        , m_stem(stem)
        , m_changes(changes)
    {
    }

    void run()
    {
        types();
        choices();
        for (const std::string_view keyword : {"format", "pattern", "multipleOf"}) {
            demand(keyword);
        }
        unique();
        for (const Range &range : ranges) {
            bounds(range);
        }
        unknown();
        words();
    }

private:
    void add(ChangeKind kind, Impact impact, const QString &what, const QString &before, const QString &after)
    {
        Change &change = m_changes.emplace_back(m_stem);
        change.kind = kind;
        change.impact = impact;
        change.what = what;
        change.before = before;
        change.after = after;
    }

    void types()
    {
        const QStringList from = typeNames(m_before);
        const QStringList to = typeNames(m_after);
        if (QSet<QString>(from.begin(), from.end()) == QSet<QString>(to.begin(), to.end())) {
            return;
        }
        const TypeMask had = typeMask(m_before);
        const TypeMask has = typeMask(m_after);
        const bool isWider = (had & has) == had;
        const bool isNarrower = (had & has) == has;
        const Impact impact = isWider && isNarrower ? Impact::None
                              : isWider             ? Impact::Loosens
                              : isNarrower          ? Impact::Tightens
                                                    : Impact::Both;
        add(ChangeKind::Changed, impact, u"type"_s, shownTypeNames(from), shownTypeNames(to));
    }

    void choices()
    {
        const auto from = choicesOf(m_before);
        const auto to = choicesOf(m_after);
        if (!from && !to) {
            return;
        }
        if (!from || !to) {
            add(ChangeKind::Changed, tightensIf(to.has_value()), u"enum"_s,
                from ? shownValues(*from) : QString(), to ? shownValues(*to) : QString());
            return;
        }
        if (const auto gone = without(*from, *to); !gone.empty()) {
            add(ChangeKind::Removed, Impact::Tightens, u"enum"_s, shownValues(gone), {});
        }
        if (const auto come = without(*to, *from); !come.empty()) {
            add(ChangeKind::Added, Impact::Loosens, u"enum"_s, {}, shownValues(come));
        }
    }

    void demand(std::string_view keyword)
    {
        const Json *from = memberOf(m_before, keyword);
        const Json *to = memberOf(m_after, keyword);
        if ((from == nullptr) == (to == nullptr) && (from == nullptr || isSame(*from, *to))) {
            return;
        }
        const Impact impact = keyword == "multipleOf" ? multipleImpact(from, to) : demandImpact(from, to);
        add(ChangeKind::Changed, impact, shownName(keyword), textOrNothing(from), textOrNothing(to));
    }

    void unique()
    {
        const auto isUnique = [](const Json &schema) {
            const Json *unique = memberOf(schema, "uniqueItems");
            return unique != nullptr && unique->is_boolean() && unique->get<bool>();
        };
        if (isUnique(m_before) != isUnique(m_after)) {
            add(ChangeKind::Changed, tightensIf(isUnique(m_after)), u"uniqueItems"_s,
                isUnique(m_before) ? u"true"_s : QString(), isUnique(m_after) ? u"true"_s : QString());
        }
    }

    void bounds(const Range &range)
    {
        const auto lower = [&range](const Json &schema) {
            return boundOf(schema, range.lower, range.openLower, End::Lower);
        };
        const auto upper = [&range](const Json &schema) {
            return boundOf(schema, range.upper, range.openUpper, End::Upper);
        };
        const int below = compareBounds(lower(m_after), lower(m_before), End::Lower);
        const int above = compareBounds(upper(m_after), upper(m_before), End::Upper);
        if (below == 0 && above == 0) {
            return;
        }
        const Impact impact = below <= 0 && above <= 0   ? Impact::Loosens
                              : below >= 0 && above >= 0 ? Impact::Tightens
                                                         : Impact::Both;
        add(ChangeKind::Changed, impact, range.what.toString(), shownRange(lower(m_before), upper(m_before)),
            shownRange(lower(m_after), upper(m_after)));
    }

    /// Conditions, references, and what a later draft may bring.
    void unknown()
    {
        const auto each = [&](const Json &schema, const Json &other, bool isBefore) {
            for (const auto &[keyword, value] : schema.get_ref<const Json::object_t &>()) {
                const Json *counterpart = memberOf(other, keyword);
                const bool isSecond = !isBefore && counterpart != nullptr;
                if (isKnown(keyword) || isWording(keyword) || isSecond ||
                    (counterpart != nullptr && isSame(value, *counterpart))) {
                    continue;
                }
                const auto shown = [&name = keyword](const Json &held) {
                    return shownSchema(Json{{name, held}});
                };
                const QString mine = shown(value);
                const QString theirs = counterpart != nullptr ? shown(*counterpart) : QString();
                add(ChangeKind::Changed, Impact::Both, u"schema"_s, isBefore ? mine : theirs,
                    isBefore ? theirs : mine);
            }
        };
        each(m_before, m_after, true);
        each(m_after, m_before, false);
    }

    void words()
    {
        const auto each = [&](const Json &schema, const Json &other, bool isBefore) {
            for (const auto &[keyword, value] : schema.get_ref<const Json::object_t &>()) {
                const Json *counterpart = memberOf(other, keyword);
                if ((!isWording(keyword) && keyword != "$id") || (!isBefore && counterpart != nullptr) ||
                    (counterpart != nullptr && isSame(value, *counterpart))) {
                    continue;
                }
                const Json *from = isBefore ? &value : counterpart;
                const Json *to = isBefore ? counterpart : &value;
                const bool isLabels = keyword == "labels";
                const QString had = isLabels ? shownLabels(from) : textOrNothing(from);
                const QString has = isLabels ? shownLabels(to) : textOrNothing(to);
                if (had != has) { // "" and {} say as little as nothing
                    add(ChangeKind::Changed, Impact::None, shownName(keyword), had, has);
                }
            }
        };
        each(m_before, m_after, true);
        each(m_after, m_before, false);
    }

    const Json &m_before;
    const Json &m_after;
    const Change &m_stem;
    std::vector<Change> &m_changes;
};

} // namespace

Impact tightensIf(bool isTighter)
{
    return isTighter ? Impact::Tightens : Impact::Loosens;
}

QString cut(const QString &text)
{
    return text.size() > shownCharacters ? text.left(shownCharacters - 1) + u'…' : text;
}

QString textOrNothing(const Json *value)
{
    return value == nullptr ? QString() : cut(shownJson(*value));
}

QString shownSchema(const Json &schema)
{
    return cut(asJson(schema));
}

QString shownName(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

void addPlaceChanges(const Json &before, const Json &after, const Change &stem, std::vector<Change> &changes)
{
    PlaceComparison(before, after, stem, changes).run();
}

} // namespace plan
