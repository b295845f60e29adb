// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/schemawalk.h"

#include "plan/jsonedit.h"
#include "schema/pattern.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace plan {

namespace {

constexpr std::size_t maxPlaces = 200;

class Walk
{
public:
    explicit Walk(const Json &root)
        : m_root(root)
    {
    }

    std::vector<SchemaPlace> run(const json::Pointer &at)
    {
        std::vector<SchemaPlace> places = expanded({{json::Pointer(), false}});
        for (const std::string &token : at.tokens()) {
            std::vector<SchemaPlace> below;
            for (const SchemaPlace &place : places) {
                step(place, token, below);
            }
            places = expanded(std::move(below));
        }
        return places;
    }

    [[nodiscard]] bool hasForeign() const { return m_hasForeign; }

private:
    /// With everything that is said of the same value: references, allOf, and then what may be said of it.
    std::vector<SchemaPlace> expanded(std::vector<SchemaPlace> places)
    {
        std::vector<SchemaPlace> sure;
        std::vector<SchemaPlace> perhaps;
        std::set<std::string> known;
        const auto add = [&](std::vector<SchemaPlace> &list, const SchemaPlace &place) {
            if (list.size() < maxPlaces && known.insert(place.at.text()).second) {
                list.push_back(place);
            }
        };
        for (const SchemaPlace &place : places) {
            add(sure, place);
        }
        const auto expand = [&](std::vector<SchemaPlace> &list) {
            for (std::size_t i = 0; i < list.size(); ++i) {
                const SchemaPlace place = list[i]; // the list grows
                const Json *schema = resolved(m_root, place.at);
                if (schema == nullptr || !schema->is_object()) {
                    continue;
                }
                if (memberOf(*schema, "$ref") != nullptr) {
                    const auto target = pointerOfReference(*schema);
                    if (target && resolved(m_root, *target) != nullptr) {
                        add(list, {*target, true});
                    } else {
                        m_hasForeign = true;
                    }
                }
                eachBranch(*schema, place, "allOf", [&](const SchemaPlace &branch) { add(list, branch); });
                for (const std::string_view keyword : {"anyOf", "oneOf"}) {
                    eachBranch(*schema, place, keyword,
                               [&](const SchemaPlace &branch) { add(perhaps, branch); });
                }
                for (const std::string_view keyword : {"then", "else"}) {
                    if (memberOf(*schema, keyword) != nullptr) {
                        add(perhaps, {place.at.child(keyword), place.isShared});
                    }
                }
                for (const std::string_view keyword : {"dependencies", "dependentSchemas"}) {
                    eachMember(*schema, place, keyword,
                               [&](const SchemaPlace &member) { add(perhaps, member); });
                }
            }
        };
        expand(sure);
        expand(perhaps);
        sure.insert(sure.end(), perhaps.begin(), perhaps.end());
        return sure;
    }

    template <typename Visit>
    static void eachBranch(const Json &schema, const SchemaPlace &place, std::string_view keyword,
                           Visit visit)
    {
        const Json *list = memberOf(schema, keyword);
        for (std::uint32_t i = 0; list != nullptr && list->is_array() && i < list->size(); ++i) {
            visit(SchemaPlace{place.at.child(keyword).child(i), place.isShared});
        }
    }

    template <typename Visit>
    static void eachMember(const Json &schema, const SchemaPlace &place, std::string_view keyword,
                           Visit visit)
    {
        const Json *members = memberOf(schema, keyword);
        if (members == nullptr || !members->is_object()) {
            return;
        }
        for (const auto &[key, value] : members->get_ref<const Json::object_t &>()) {
            if (value.is_object()) {
                visit(SchemaPlace{place.at.child(keyword).child(key), place.isShared});
            }
        }
    }

    void step(const SchemaPlace &place, const std::string &token, std::vector<SchemaPlace> &below) const
    {
        const Json *schema = resolved(m_root, place.at);
        if (schema == nullptr || !schema->is_object()) {
            return;
        }
        const auto add = [&](const json::Pointer &at) { below.push_back({at, place.isShared}); };
        const Json *properties = memberOf(*schema, "properties");
        bool isPlanned = properties != nullptr && memberOf(*properties, token) != nullptr;
        if (isPlanned) {
            add(place.at.child("properties").child(token));
        }
        eachMember(*schema, place, "patternProperties", [&](const SchemaPlace &member) {
            const auto pattern = schema::Pattern::compile(member.at.lastToken());
            if (pattern && (*pattern)->search(token) == schema::Match::Yes) {
                add(member.at);
                isPlanned = true;
            }
        });
        if (!isPlanned && memberOf(*schema, "additionalProperties") != nullptr) {
            add(place.at.child("additionalProperties"));
        }
        stepIntoList(*schema, place, token, below);
    }

    static void stepIntoList(const Json &schema, const SchemaPlace &place, const std::string &token,
                             std::vector<SchemaPlace> &below)
    {
        std::uint32_t index = 0;
        const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
        if (error != std::errc() || end != token.data() + token.size()) {
            return;
        }
        const auto add = [&](const json::Pointer &at) { below.push_back({at, place.isShared}); };
        const Json *items = memberOf(schema, "items");
        const bool hasTuple = items != nullptr && items->is_array();
        const std::string_view tupleKeyword = hasTuple ? "items" : "prefixItems";
        const Json *tuple = memberOf(schema, tupleKeyword);
        if (tuple != nullptr && tuple->is_array() && index < tuple->size()) {
            add(place.at.child(tupleKeyword).child(index));
        } else if (const std::string_view rest = hasTuple ? "additionalItems" : "items";
                   memberOf(schema, rest) != nullptr) {
            add(place.at.child(rest));
        }
    }

    const Json &m_root;
    bool m_hasForeign = false;
};

} // namespace

std::vector<SchemaPlace> placesFor(const Json &schema, const json::Pointer &at)
{
    return Walk(schema).run(at);
}

bool isDescribedElsewhere(const Json &schema, const json::Pointer &at)
{
    Walk walk(schema);
    const auto places = walk.run(at);
    return walk.hasForeign();
}

} // namespace plan
