// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/envelope.h"

#include "plan/jsonedit.h"
#include "plan/plantext.h"
#include "plan/references.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plan::formats {

namespace {

constexpr int maxEnvelopeDepth = 4; ///< {"data":{"trackingPlan":{"rules":..}}} in a list
constexpr const char *rootKey = "envelope";

bool isRule(const Json &value)
{
    return memberOf(value, "jsonSchema") != nullptr;
}

QStringList sourceNames(const Json &list)
{
    QStringList names;
    for (const Json &source : list) {
        const QString name = source.is_object() ? stringMember(source, "name") : stringOf(source);
        if (!name.isEmpty()) {
            names.append(name);
        }
    }
    return names;
}

json::Pointer pointerMember(const Json &object, const char *key)
{
    return json::Pointer(stringMember(object, key).toStdString());
}

std::size_t numberMember(const Json &object, const char *key)
{
    const Json *value = memberOf(object, key);
    return value != nullptr && value->is_number_unsigned() ? value->get<std::size_t>() : 0;
}

Json listOf(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts) {
        list.push_back(text.toStdString());
    }
    return list;
}

/// The lists of sources as they were, when they still say the same; else the first one is changed.
void putSources(Json &root, const Json &places, const QStringList &sources)
{
    QStringList before;
    for (const Json &place : places) {
        if (const Json *list = resolved(root, json::Pointer(place.get<std::string>()))) {
            before += sourceNames(*list);
        }
    }
    before.removeDuplicates();
    if (before == sources) {
        return;
    }
    Json kept = Json::array();
    for (const QString &source : sources) {
        Json value = source.toStdString();
        for (const Json &place : places) {
            const Json *list = resolved(root, json::Pointer(place.get<std::string>()));
            for (const Json &known : list == nullptr ? Json::array() : *list) {
                value = known.is_object() && stringMember(known, "name") == source ? known : value;
            }
        }
        kept.push_back(std::move(value));
    }
    for (const Json &place : places) {
        if (Json *list = resolved(root, json::Pointer(place.get<std::string>()))) {
            *list = std::exchange(kept, Json::array());
        }
    }
    if (places.empty() && root.is_object()) {
        setMember(root, "sources", std::move(kept));
    }
}

/// The document's name and description where the file has them; a name that came from elsewhere gets a place.
void putNames(Json &root, const Document &document, const json::Pointer &holder)
{
    const auto put = [&](const char *key, const char *member, const QString &text, bool isNew) {
        const Json *at = memberOf(document.extra, key);
        if (at != nullptr) {
            if (Json *value = resolved(root, json::Pointer(at->get<std::string>())); value != nullptr) {
                if (stringOf(*value) != text) {
                    *value = text.toStdString();
                }
                return;
            }
        }
        Json *object = resolved(root, holder);
        if (isNew && object != nullptr && object->is_object()) {
            setMember(*object, member, text.toStdString());
        }
    };
    const bool isOfFile = document.name == nameFromFile(document.path) ||
                          document.name == stringMember(document.extra, "fileName");
    put("name", "name", document.name, !isOfFile && !document.name.isEmpty());
    put("description", "description", document.description, !document.description.isEmpty());
}

Json ownEnvelope(const Document &document, std::vector<Json> rules, OwnShape shape)
{
    Json plan{{"name", document.name.toStdString()}};
    setMember(plan, "description", document.description.toStdString());
    setMember(plan, "type", "LIVE");
    Json root = Json::object();
    if (!document.sources.isEmpty()) {
        setMember(root, "sources", listOf(document.sources));
    }
    if (shape == OwnShape::Answer) {
        Json data{{"trackingPlan", std::move(plan)}};
        setMember(data, "rules", Json(std::move(rules)));
        setMember(root, "data", std::move(data));
    } else {
        root.update(plan);
        setMember(root, "rules", Json(std::move(rules)));
    }
    for (const auto &[key, value] : document.extra.items()) {
        if (key.starts_with("x-")) { // what other formats find again
            setMember(root, key, value);
        }
    }
    putShared(root, document.shared);
    return root;
}

void putTotals(Json &root, const Json &extra, std::size_t before, std::size_t now)
{
    const Json *places = memberOf(extra, "totals");
    for (const Json &place : places == nullptr ? Json::array() : *places) {
        Json *total = resolved(root, json::Pointer(place.get<std::string>()));
        if (total != nullptr && total->is_number_integer() && before != now) {
            *total = total->get<std::int64_t>() + static_cast<std::int64_t>(now) -
                     static_cast<std::int64_t>(before);
        }
    }
}

} // namespace

Envelope::Envelope(Json root)
    : m_root(std::move(root))
{
    collect(m_root, {}, 0);
    m_sources.removeDuplicates();
}

void Envelope::collectSources(const Json &value, const json::Pointer &at)
{
    const Json *sources = memberOf(value, "sources");
    if (sources != nullptr && sources->is_array()) {
        m_sources += sourceNames(*sources);
        m_sourcesAt.push_back(at.child("sources"));
    }
}

void Envelope::collectList(Json &list, const json::Pointer &at, int depth)
{
    const std::size_t before = m_rules.size();
    Json::array_t others;
    std::uint32_t index = 0;
    for (Json &item : list) {
        if (isRule(item)) {
            m_rules.emplace_back(at.child(index), std::move(item));
        } else {
            others.push_back(std::move(item));
        }
        ++index;
    }
    list = std::move(others);
    if (m_rules.size() > before) {
        m_lists.push_back({at, m_rules.size() - before, true});
    }
    index = 0;
    for (Json &item : list) {
        collect(item, at.child(index++), depth + 1);
    }
}

void Envelope::collect(Json &value, const json::Pointer &at, int depth)
{
    if (depth > maxEnvelopeDepth) {
        return;
    }
    if (value.is_array()) {
        collectList(value, at, depth);
        return;
    }
    if (!value.is_object()) {
        return;
    }
    collectSources(value, at);
    if (Json *rules = memberOf(value, "rules")) {
        const Json *events = memberOf(*rules, "events");
        if (rules->is_array()) {
            std::uint32_t index = 0;
            for (Json &rule : *rules) {
                m_rules.emplace_back(at.child("rules").child(index++), std::move(rule));
            }
            m_lists.push_back({at.child("rules"), rules->size(), false});
            *rules = Json::array();
            if (!m_nameAt && memberOf(value, "name") != nullptr) {
                m_nameAt = at.child("name");
                m_descriptionAt = at.child("description");
            }
        } else if (events != nullptr && events->is_array() && !m_configAt) {
            m_configAt = at.child("rules");
            m_nameAt = at.child("display_name");
        } else {
            collect(*rules, at.child("rules"), depth + 1);
        }
    }
    if (const Json *plan = memberOf(value, "trackingPlan"); plan != nullptr && plan->is_object()) {
        m_hasTrackingPlan = true;
        if (!stringMember(*plan, "name").isEmpty()) {
            m_nameAt = at.child("trackingPlan").child("name");
            m_descriptionAt = at.child("trackingPlan").child("description");
        }
    }
    for (const char *key : {"data", "trackingPlan", "trackingPlans", "plan"}) {
        if (Json *inner = memberOf(value, key)) {
            collect(*inner, at.child(key), depth + 1);
        }
    }
    if (const Json *pagination = memberOf(value, "pagination");
        pagination != nullptr && memberOf(*pagination, "totalEntries") != nullptr) {
        m_totalsAt.push_back(at.child("pagination").child("totalEntries"));
    }
}

QString Envelope::name() const
{
    const Json *name = m_nameAt ? resolved(m_root, *m_nameAt) : nullptr;
    return name == nullptr ? QString() : stringOf(*name);
}

QString Envelope::description() const
{
    const Json *description = m_descriptionAt ? resolved(m_root, *m_descriptionAt) : nullptr;
    return description == nullptr ? QString() : stringOf(*description);
}

Json &Envelope::config()
{
    return *resolved(m_root, *m_configAt);
}

std::optional<std::pair<std::int64_t, std::int64_t>> Envelope::missingPages() const
{
    std::int64_t total = 0;
    for (const json::Pointer &at : m_totalsAt) {
        const Json *value = resolved(m_root, at);
        total = std::max(total, value->is_number_integer() ? value->get<std::int64_t>() : 0);
    }
    std::size_t count = 0;
    for (const List &list : m_lists) {
        count += list.count;
    }
    const auto held = static_cast<std::int64_t>(count);
    return total > held ? std::optional(std::pair(held, total)) : std::nullopt;
}

void Envelope::keep(Document &document, const std::vector<std::pair<std::size_t, Json>> &unread) const
{
    Json &extra = document.extra;
    extra[rootKey] = m_root;
    if (m_nameAt && resolved(m_root, *m_nameAt) != nullptr) {
        extra["name"] = m_nameAt->text();
    }
    if (m_descriptionAt && resolved(m_root, *m_descriptionAt) != nullptr) {
        extra["description"] = m_descriptionAt->text();
    }
    extra["fileName"] = nameFromFile(document.path).toStdString();
    if (m_configAt) {
        extra["config"] = m_configAt->text();
    }
    Json lists = Json::array();
    for (const List &list : m_lists) {
        lists.push_back(Json{{"at", list.at.text()}, {"count", list.count}, {"isBare", list.isBare}});
    }
    extra["lists"] = std::move(lists);
    const auto pointers = [](const std::vector<json::Pointer> &places) {
        Json list = Json::array();
        for (const json::Pointer &place : places) {
            list.push_back(place.text());
        }
        return list;
    };
    extra["sources"] = pointers(m_sourcesAt);
    extra["totals"] = pointers(m_totalsAt);
    if (!unread.empty()) {
        Json left = Json::array();
        for (const auto &[position, rule] : unread) {
            left.push_back(Json{{"position", position}, {"rule", rule}});
        }
        extra["unread"] = std::move(left);
    }
}

void putUnread(const Document &document, std::vector<Json> &rules)
{
    const Json *unread = memberOf(document.extra, "unread");
    for (const Json &one : unread == nullptr ? Json::array() : *unread) {
        const auto position = std::min(numberMember(one, "position"), rules.size());
        rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(position), *memberOf(one, "rule"));
    }
}

Json keptConfig(const Document &document)
{
    const Json *kept = memberOf(document.extra, rootKey);
    const Json *at = memberOf(document.extra, "config");
    const Json *config =
        kept == nullptr || at == nullptr ? nullptr : resolved(*kept, json::Pointer(at->get<std::string>()));
    return config == nullptr ? Json::object() : *config;
}

Json enclosed(const Document &document, std::vector<Json> rules, OwnShape shape)
{
    const Json *kept = memberOf(document.extra, rootKey);
    const Json *lists = memberOf(document.extra, "lists");
    if (kept == nullptr || lists == nullptr || lists->empty()) {
        return ownEnvelope(document, std::move(rules), shape);
    }
    Json root = *kept;
    putUnread(document, rules);
    std::size_t before = 0;
    for (const Json &list : *lists) {
        before += numberMember(list, "count");
    }
    putTotals(root, document.extra, before, rules.size());
    std::size_t next = 0;
    for (std::size_t number = 0; number < lists->size(); ++number) {
        Json *place = resolved(root, pointerMember((*lists)[number], "at"));
        const std::size_t count =
            number + 1 == lists->size()
                ? rules.size() - next
                : std::min(numberMember((*lists)[number], "count"), rules.size() - next);
        for (std::size_t taken = 0; place != nullptr && taken < count; ++taken) {
            place->push_back(std::move(rules[next++]));
        }
    }
    const json::Pointer first = pointerMember(lists->front(), "at");
    putNames(root, document, first.isRoot() ? first : first.parent());
    const Json *sources = memberOf(document.extra, "sources");
    putSources(root, sources == nullptr ? Json::array() : *sources, document.sources);
    if (root.is_object()) {
        putShared(root, document.shared);
    }
    return root;
}

Json enclosedConfig(const Document &document, Json rules)
{
    const Json *kept = memberOf(document.extra, rootKey);
    const Json *at = memberOf(document.extra, "config");
    if (kept == nullptr || at == nullptr) {
        Json root{{"display_name", document.name.toStdString()}, {"rules", std::move(rules)}};
        if (!document.sources.isEmpty()) {
            setMember(root, "sources", listOf(document.sources));
        }
        putShared(root, document.shared);
        return root;
    }
    Json root = *kept;
    const json::Pointer place(at->get<std::string>());
    if (Json *config = resolved(root, place)) {
        *config = std::move(rules);
    }
    if (Json *holder = resolved(root, place.parent());
        holder != nullptr && stringMember(*holder, "display_name") != document.name &&
        (memberOf(*holder, "display_name") != nullptr ||
         document.name != stringMember(document.extra, "fileName"))) {
        setMember(*holder, "display_name", document.name.toStdString());
    }
    const Json *sources = memberOf(document.extra, "sources");
    putSources(root, sources == nullptr ? Json::array() : *sources, document.sources);
    if (root.is_object()) {
        putShared(root, document.shared);
    }
    return root;
}

const Json *keptMember(const Document &document, std::string_view key)
{
    const Json *kept = memberOf(document.extra, rootKey);
    return kept == nullptr ? nullptr : memberOf(*kept, key);
}

} // namespace plan::formats
