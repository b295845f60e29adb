// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/rules/namepropertycasing.h"

#include <algorithm>

namespace check {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepestLevel = 32;         ///< deeper structures have a finding of their own
constexpr std::size_t mostFindings = 50; ///< of one event: keys made of data would go on for ever

struct Walk
{
    Casing casing;
    const QStringList &exceptions;
    FindingSink &sink;
    std::vector<std::string_view> reported; ///< each wrong key once
};

/// "$set", "_metadata": names that tools gave, not the house.
bool isForeign(std::string_view key)
{
    return key.empty() || key.front() == '$' || key.front() == '_';
}

void checkKey(std::string_view key, const json::Pointer &parent, Walk &walk)
{
    if (isForeign(key) || keyFollows(walk.casing, key) || walk.reported.size() >= mostFindings ||
        std::ranges::find(walk.reported, key) != walk.reported.end()) {
        return;
    }
    const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    if (walk.exceptions.contains(name)) {
        return;
    }
    walk.reported.push_back(key);
    const QString proposal = inCasing(walk.casing, wordsOf(name));
    const bool isMended = !proposal.isEmpty() && follows(walk.casing, proposal);
    walk.sink.add({event::RuleId::NamePropertyCasing,
                   event::defaultSeverity(event::RuleId::NamePropertyCasing),
                   parent.child(key),
                   {name, word(walk.casing), isMended ? proposal : QString()}});
}

void walkInto(json::Value value, const json::Pointer &at, int level, Walk &walk)
{
    if (level > deepestLevel) {
        return;
    }
    std::uint32_t index = 0;
    for (auto child = value.firstChild(); child; child = child.next(), ++index) {
        const json::Value below = child.value();
        if (value.isObject()) {
            checkKey(child.key(), at, walk);
        }
        if ((below.isObject() || below.isArray()) && below.size() > 0) {
            walkInto(below, value.isObject() ? at.child(child.key()) : at.child(index), level + 1, walk);
        }
    }
}

} // namespace

NamePropertyCasing::NamePropertyCasing(const Conventions &conventions)
    : m_propertyCasing(conventions.propertyCasing)
    , m_traitCasing(conventions.traitCasing)
    , m_exceptions(conventions.exceptions)
{
}

RuleInfo NamePropertyCasing::info() const
{
    return {event::RuleId::NamePropertyCasing, u"Property and trait names are written in one casing."_s,
            u"Rename the property in the app; the finding proposes how."_s};
}

void NamePropertyCasing::check(const EventView &event, FindingSink &sink) const
{
    const bool hasTraits = event.type == event::CallType::Identify || event.type == event::CallType::Group;
    const Casing casing = hasTraits ? m_traitCasing : m_propertyCasing;
    if (casing == Casing::Any || !event.merged.isObject()) {
        return;
    }
    const std::string_view holder = hasTraits ? "traits" : "properties";
    Walk walk{casing, m_exceptions, sink, {}};
    walkInto(event.merged.find(holder), json::Pointer().child(holder), 0, walk);
}

} // namespace check
