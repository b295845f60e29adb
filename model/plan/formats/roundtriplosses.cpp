// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/roundtriplosses.h"

#include "plan/formats/rulejson.h"
#include "plan/schematree.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

using RuleKey = std::tuple<event::CallType, QString, int>;

/// Keywords that tell people or tools something, and events nothing.
bool isAnnotation(const std::string &key)
{
    return key == "id" || key == "$id" || key == "$schema" || key == "$comment";
}

QString shownText(const Json &value)
{
    constexpr qsizetype shownCharacters = 60;
    const QString text = textOf(value);
    return text.size() <= shownCharacters ? text : text.first(shownCharacters) + u'\u2026';
}

QString sentence(const std::string &key, const Json &value)
{
    const QString name = QString::fromStdString(key);
    if (key == "description" || key == "title") {
        return u"The %1 is left out."_s.arg(name);
    }
    if (key == "type") {
        return u"The type (%1) is left out or widened."_s.arg(shownText(value));
    }
    if (key == "enum" || key == "const") {
        return u"The allowed values (%1) are left out."_s.arg(shownText(value));
    }
    if (key == "pattern") {
        return u"The pattern %1 is left out."_s.arg(shownText(value));
    }
    if (key == "format") {
        return u"The format \"%1\" is left out."_s.arg(shownText(value));
    }
    if (key == "required") {
        return u"What is required (%1) is left out."_s.arg(shownText(value));
    }
    if (key == "additionalProperties") {
        return u"Whether other properties may come is left out."_s;
    }
    if (key == "labels") {
        return u"The labels (%1) are left out."_s.arg(shownText(value));
    }
    if (value.is_primitive()) {
        return u"\"%1\": %2 is left out."_s.arg(name, shownText(value));
    }
    return u"\"%1\" is left out."_s.arg(name);
}

bool holdsSame(const Json &one, const Json &other)
{
    if (one.is_array() && other.is_array() && one.size() == other.size()) {
        return std::ranges::all_of(
            one, [&other](const Json &item) { return std::ranges::find(other, item) != other.end(); });
    }
    return one == other;
}

class SchemaLosses
{
public:
    SchemaLosses(QString title, std::vector<Loss> &losses)
        : m_title(std::move(title))
        , m_losses(losses)
    {
    }

    void compare(const Json &before, const Json &after, const QStringList &path, int depth)
    {
        constexpr int maxDepth = 40;
        if (!before.is_object() || depth > maxDepth) {
            return;
        }
        for (const auto &[key, value] : before.items()) {
            const auto found = after.is_object() ? after.find(key) : after.end();
            const bool isThere = after.is_object() && found != after.end();
            if (isAnnotation(key) || (isThere && holdsSame(value, *found))) {
                continue;
            }
            if (isThere && key == "properties" && value.is_object()) {
                properties(value, *found, path, depth);
            } else if (isThere && key == "items" && value.is_object()) {
                compare(value, *found, path + QStringList{u"$"_s}, depth + 1);
            } else if (!saysNothing(key, value)) {
                lost(path, sentence(key, value));
            }
        }
    }

private:
    void properties(const Json &before, const Json &after, const QStringList &path, int depth)
    {
        for (const auto &[name, schema] : before.items()) {
            const QStringList child = path + QStringList{QString::fromStdString(name)};
            const auto found = after.find(name);
            if (found != after.end()) {
                compare(schema, *found, child, depth + 1);
            } else if (!(schema.is_object() && schema.empty()) && !(path.isEmpty() && isPlain(schema))) {
                lost(child, u"It is left out."_s);
            }
        }
    }

    /// Properties, traits and context are objects in every event.
    static bool isPlain(const Json &schema) { return schema == Json{{"type", "object"}}; }

    /// What is the same as leaving it out.
    static bool saysNothing(const std::string &key, const Json &value)
    {
        return (key == "required" && value.empty()) || (key == "labels" && value.empty()) ||
               (key == "description" && value == "") || (key == "additionalProperties" && value == true) ||
               (key == "properties" && value.empty());
    }

    void lost(QStringList path, const QString &what)
    {
        // The event's own properties are named without the way there.
        if (!path.isEmpty() && (path.constFirst() == u"properties"_s || path.constFirst() == u"traits"_s) &&
            path.size() > 1) {
            path.removeFirst();
        }
        m_losses.push_back({path.isEmpty() ? m_title : m_title + u", "_s + dotted(path), what});
    }

    QString m_title;
    std::vector<Loss> &m_losses;
};

} // namespace

std::vector<Loss> roundTripLosses(const Document &document, const Document &readAgain)
{
    std::vector<Loss> losses;
    std::map<RuleKey, const RuleSource *> after;
    std::map<std::pair<event::CallType, QString>, const RuleSource *> anyVersion;
    for (const RulePointer &rule : readAgain.rules) {
        after.emplace(RuleKey(rule->type, rule->name, rule->version), rule.get());
        anyVersion.emplace(std::pair(rule->type, rule->name), rule.get());
    }
    if (!document.sources.isEmpty() && readAgain.sources != document.sources) {
        losses.push_back({u"plan"_s, u"The sources it covers are left out."_s});
    }
    if (!document.description.isEmpty() && readAgain.description != document.description) {
        losses.push_back({u"plan"_s, u"Its description is left out."_s});
    }
    for (const RulePointer &rule : document.rules) {
        const QString title = titleOf(*rule);
        auto found = after.find(RuleKey(rule->type, rule->name, rule->version));
        const RuleSource *again = found == after.end() ? nullptr : found->second;
        if (again == nullptr) {
            const auto other = anyVersion.find(std::pair(rule->type, rule->name));
            if (other == anyVersion.end() || document.rules.size() != readAgain.rules.size()) {
                losses.push_back({title, u"The rule is left out."_s});
                continue;
            }
            again = other->second;
            losses.push_back({title, u"Its version is left out."_s});
        }
        if (rule->isDeprecated && !again->isDeprecated) {
            losses.push_back({title, u"That it is deprecated is left out."_s});
        }
        if (!rule->sources.isEmpty() && again->sources != rule->sources) {
            losses.push_back(
                {title, u"The sources it belongs to (%1) are left out."_s.arg(rule->sources.join(u", "_s))});
        }
        SchemaLosses(title, losses).compare(wholeEventSchema(*rule), wholeEventSchema(*again), {}, 0);
    }
    if (!document.shared.empty() && readAgain.shared != document.shared) {
        losses.push_back({u"plan"_s, u"The definitions that rules share are left out."_s});
    }
    return losses;
}

} // namespace plan::formats
