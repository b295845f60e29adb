// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/carried.h"

#include "plan/formats/envelope.h"
#include "plan/formats/rulejson.h"
#include "plan/jsonedit.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

/// Formats of Segment's shape share their members.
bool isSegments(Format format)
{
    return format == Format::SegmentApi || format == Format::Typewriter;
}

std::string carriedKey(Format format)
{
    return "x-" + std::string(word(format));
}

bool isCarriedKey(const std::string &key)
{
    return std::ranges::any_of(allFormats(), [&key](Format format) { return carriedKey(format) == key; });
}

/// Notes of how the file spells things say nothing in another file.
Json withoutSpelling(Json extra)
{
    if (Json *notes = memberOf(extra, notesKey)) {
        for (const char *key : {orderNote, liftedNote, typeNote, sourcesKey}) {
            eraseMember(*notes, key);
        }
        if (notes->empty()) {
            eraseMember(extra, notesKey);
        }
    }
    return extra;
}

/// What of a rule's extra another format will find: those members alone that formats carry.
Json carriedOnly(const Json &extra)
{
    Json made = Json::object();
    for (const auto &[key, value] : extra.items()) {
        if (isCarriedKey(key)) {
            setMember(made, key, value);
        }
    }
    return made;
}

Json ruleExtra(const Json &extra, Format format, Format target)
{
    if (isSegments(format) && isSegments(target)) {
        return extra;
    }
    if (isSegments(target)) {
        Json made = carriedOnly(extra);
        if (Json own = withoutSpelling(extra); !own.empty()) {
            setMember(made, carriedKey(format), std::move(own));
        }
        return made;
    }
    const Json *carried = memberOf(extra, carriedKey(target));
    return carried != nullptr && carried->is_object() ? *carried : Json::object();
}

Json documentExtra(const Document &document, Format target)
{
    if (target == Format::SegmentApi) {
        return document.extra.empty() ? Json::object() : Json{{carriedKey(document.format), document.extra}};
    }
    const Json *carried = keptMember(document, carriedKey(target));
    carried = carried == nullptr ? memberOf(document.extra, carriedKey(target)) : carried;
    return carried != nullptr && carried->is_object() ? *carried : Json::object();
}

} // namespace

Document asFormat(const Document &document, Format target)
{
    if (document.format == target) {
        return document;
    }
    Document made = document;
    made.extra = documentExtra(document, target);
    for (RulePointer &rule : made.rules) {
        Json extra = ruleExtra(rule->extra, document.format, target);
        if (extra != rule->extra) {
            auto changed = std::make_shared<RuleSource>(*rule);
            changed->extra = std::move(extra);
            rule = std::move(changed);
        }
    }
    return made;
}

std::vector<Loss> extraLosses(const Document &document, Format target)
{
    std::vector<Loss> losses;
    if (document.format == target || target == Format::SegmentApi) {
        return losses;
    }
    const bool hasKept = keptMember(document, "data") != nullptr || keptMember(document, "id") != nullptr;
    if (hasKept && keptMember(document, carriedKey(target)) == nullptr) {
        losses.push_back({u"plan"_s, u"What its file says beside the rules (ids, dates) is left out."_s});
    }
    if (isSegments(document.format) && isSegments(target)) {
        return losses;
    }
    std::map<QString, std::size_t> counts;
    QStringList order;
    for (const RulePointer &rule : document.rules) {
        for (const auto &[key, value] : rule->extra.items()) {
            const bool saysNothing = value.is_null() || value.empty() || value == "";
            if (key != notesKey && key != carriedKey(target) && !saysNothing) {
                const QString name = QString::fromStdString(key);
                if (++counts[name] == 1) {
                    order.append(name);
                }
            }
        }
    }
    for (const QString &name : order) {
        const std::size_t count = counts[name];
        losses.push_back({u"plan"_s, count == 1 ? u"\"%1\" of one rule is left out."_s.arg(name)
                                                : u"\"%1\" of %2 rules is left out."_s.arg(name).arg(count)});
    }
    return losses;
}

void takeCarried(RuleSource &rule)
{
    if (!rule.schema.is_object()) {
        return;
    }
    for (const Format format : allFormats()) {
        const std::string key = carriedKey(format);
        Json *value = memberOf(rule.schema, key);
        if (value != nullptr && value->is_object()) {
            setMember(rule.extra, key, std::move(*value));
            eraseMember(rule.schema, key);
        }
    }
}

void putCarried(Json &schema, const RuleSource &rule)
{
    if (schema.is_object()) {
        for (const auto &[key, value] : rule.extra.items()) {
            if (isCarriedKey(key)) {
                setMember(schema, key, value);
            }
        }
    }
}

RuleSource withoutCarried(const RuleSource &rule)
{
    RuleSource made = rule;
    for (const auto &[key, value] : rule.extra.items()) {
        if (isCarriedKey(key)) {
            eraseMember(made.extra, key);
        }
    }
    return made;
}

} // namespace plan::formats
