// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/sheet.h"

#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "plan/sheetplaces.h"

#include <algorithm>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// Walks a rule's schema, following references inside it.
class SheetReader
{
public:
    explicit SheetReader(const Json &root)
        : m_root(root)
    {
    }

    enum class Access : std::uint8_t { Edited, Shared };

    void members(const Json &own, const PropertyPath &path, int depth, Access access)
    {
        const Json &schema = followed(own);
        access = &schema == &own ? access : Access::Shared;
        const Json *properties = memberOf(schema, "properties");
        if (properties != nullptr && properties->is_object()) {
            const auto required = requiredOf(schema);
            for (const auto &[name, property] : properties->get_ref<const Json::object_t &>()) {
                const bool isRequired = required.contains(name);
                add(property, path + QStringList(QString::fromStdString(name)), isRequired, depth, access);
            }
        }
        const Json *items = path.isEmpty() ? nullptr : memberOf(schema, "items");
        if (items != nullptr && (items->is_object() || items->is_boolean())) {
            add(*items, path + QStringList(u"$"_s), false, depth, access);
        }
    }

    std::vector<SheetRow> take() { return std::move(m_rows); }

private:
    static std::unordered_set<std::string_view> requiredOf(const Json &schema)
    {
        std::unordered_set<std::string_view> names;
        const Json *list = memberOf(schema, "required");
        if (list != nullptr && list->is_array()) {
            for (const Json &name : *list) {
                if (name.is_string()) {
                    names.insert(name.get_ref<const std::string &>());
                }
            }
        }
        return names;
    }

    [[nodiscard]] const Json &followed(const Json &schema) const
    {
        const Json *target = &schema;
        for (int hops = 0; hops < maxSheetDepth; ++hops) {
            const auto pointer = pointerOfReference(*target);
            const Json *next = pointer ? resolved(m_root, *pointer) : nullptr;
            if (next == nullptr) {
                break;
            }
            target = next;
        }
        return *target;
    }

    void add(const Json &own, const PropertyPath &path, bool isRequired, int depth, Access access)
    {
        if (depth > maxSheetDepth || m_rows.size() >= maxSheetRows) {
            return;
        }
        SheetRow row = rowOf(own, followed(own), path);
        row.isRequired = isRequired;
        row.isReadOnly = row.isReadOnly || access == Access::Shared;
        m_rows.push_back(std::move(row));
        members(own, path, depth + 1, access);
    }

    const Json &m_root;
    std::vector<SheetRow> m_rows;
};

bool isYes(const QString &text)
{
    static const QStringList words{u"required"_s, u"yes"_s, u"y"_s, u"true"_s,
                                   u"x"_s,        u"1"_s,   u"✓"_s, u"✔"_s};
    return words.contains(text, Qt::CaseInsensitive);
}

bool isNo(const QString &text)
{
    static const QStringList words{u""_s, u"optional"_s, u"no"_s, u"n"_s, u"false"_s, u"0"_s, u"-"_s};
    return words.contains(text, Qt::CaseInsensitive);
}

/// An event without any properties would pass its required ones, were they not required themselves.
void requireHolder(Json &schema, const RuleSource &rule)
{
    const auto tokens = holderOf(rule).tokens();
    if (tokens.empty() || listHas(schema, "required", tokens.back())) {
        return;
    }
    Json *required = memberOf(schema, "required");
    if (required == nullptr) {
        setMember(schema, "required", Json::array({tokens.back()}));
    } else if (required->is_array()) {
        required->push_back(tokens.back());
    }
}

base::Result<void> setRequired(Json &schema, const RuleSource &rule, const Place &place,
                               const PropertyPath &path, const QString &text)
{
    const std::string name = path.last().toStdString();
    const bool isWanted = isYes(text);
    if (!isWanted && !isNo(text)) {
        return base::failure(base::ErrorCode::BadInput,
                             u"\"%1\" does not say whether it is required."_s.arg(text),
                             u"A property is required or not."_s, u"Write \"required\" or nothing."_s);
    }
    const bool isOfItems = memberOf(*place.parent, "properties") == nullptr ||
                           memberOf(*memberOf(*place.parent, "properties"), name) != place.schema;
    if (isOfItems) {
        return isWanted
                   ? base::Result<void>(base::failure(
                         base::ErrorCode::BadInput, u"The items of a list can't be required one by one."_s,
                         u"A list may have any number of them."_s, u"Give the list a range: >= 1."_s))
                   : base::Result<void>();
    }
    if (!isWanted) {
        eraseFromList(*place.parent, "required", name);
        return {};
    }
    Json *required = memberOf(*place.parent, "required");
    if (required != nullptr && !required->is_array()) {
        return editedAsJson(path, u"The schema says what is required in an unusual way."_s);
    }
    if (required == nullptr) {
        setMember(*place.parent, "required", Json::array({name}));
    } else if (!listHas(*place.parent, "required", name)) {
        required->push_back(name);
    }
    if (path.size() == 1) {
        requireHolder(schema, rule);
    }
    return {};
}

void renameInList(Json &object, std::string_view key, std::string_view from, const std::string &to)
{
    Json *list = memberOf(object, key);
    if (list == nullptr || !list->is_array()) {
        return;
    }
    for (Json &item : *list) {
        if (item.is_string() && item.get_ref<const std::string &>() == from) {
            item = to;
        }
    }
}

base::Result<void> renameProperty(const Place &place, const PropertyPath &path, const QString &text)
{
    const QString name = text.trimmed();
    const std::string from = path.last().toStdString();
    const std::string to = name.toStdString();
    Json *properties = memberOf(*place.parent, "properties");
    if (properties == nullptr || memberOf(*properties, from) != place.schema) {
        return base::failure(base::ErrorCode::BadInput, u"The items of a list have no name."_s,
                             u"$ stands for each of them."_s, u"Rename the list."_s);
    }
    if (name.isEmpty() || isItems(name)) {
        return base::failure(base::ErrorCode::BadInput, u"A property needs a name."_s,
                             name.isEmpty() ? u"Nothing was typed."_s
                                            : u"$ stands for the items of a list."_s,
                             u"Write the name as the app sends it: orderId."_s);
    }
    if (memberOf(*properties, to) != nullptr) {
        return base::failure(base::ErrorCode::InUse, u"There is a property \"%1\" already."_s.arg(name),
                             u"Names are unique among the properties of one object."_s,
                             u"Choose another name."_s);
    }
    Json schema = std::move(*place.schema);
    replaceMember(*properties, from, to, std::move(schema));
    renameInList(*place.parent, "required", from, to);
    for (const std::string_view keyword : {"dependencies", "dependentRequired", "dependentSchemas"}) {
        Json *dependencies = memberOf(*place.parent, keyword);
        if (dependencies == nullptr || !dependencies->is_object()) {
            continue;
        }
        for (auto &[key, needed] : dependencies->get_ref<Json::object_t &>()) {
            renameInList(*dependencies, key, from, to);
        }
        if (Json *own = memberOf(*dependencies, from)) {
            Json kept = std::move(*own);
            replaceMember(*dependencies, from, to, std::move(kept));
        }
    }
    return {};
}

base::Result<void> setCell(Json &schema, Field field, const QString &text, Wording wording)
{
    switch (field) {
    case Field::Type:
        return setTypes(schema, text);
    case Field::Description:
        if (text.isEmpty()) {
            eraseMember(schema, "description");
        } else {
            setMember(schema, "description", text.toStdString());
        }
        return {};
    case Field::Allowed:
        return setAllowed(schema, text);
    case Field::Pattern:
        return setPattern(schema, text);
    case Field::Format:
        return setFormat(schema, text);
    case Field::Range:
        return setRange(schema, text, wording);
    case Field::Labels:
        return setLabels(schema, text);
    case Field::Name:
    case Field::Required:
        break;
    }
    return {};
}

} // namespace

QString SheetRow::text(Field field) const
{
    switch (field) {
    case Field::Name:
        return path.value(path.size() - 1);
    case Field::Type:
        return shownTypes(types);
    case Field::Required:
        return isRequired ? u"required"_s : QString();
    case Field::Description:
        return description;
    case Field::Allowed:
        return allowed.join(u", "_s);
    case Field::Pattern:
        return pattern;
    case Field::Format:
        return format;
    case Field::Range:
        return range;
    case Field::Labels:
        return labels;
    }
    return {};
}

std::vector<SheetRow> sheetOf(const RuleSource &rule)
{
    SheetReader reader(rule.schema);
    const json::Pointer holder = holderOf(rule);
    if (const Json *schema = resolved(rule.schema, holder)) {
        reader.members(*schema, {}, 0, SheetReader::Access::Edited);
    }
    return reader.take();
}

base::Result<RuleSource> withField(const RuleSource &rule, const PropertyPath &path, Field field,
                                   const QString &text)
{
    RuleSource changed = rule;
    const auto place = placeOf(changed.schema, rule, path);
    if (!place) {
        return tl::make_unexpected(place.error());
    }
    SheetRow row = rowOf(*place->schema, *place->schema, path);
    row.isRequired = listHas(*place->parent, "required", path.last().toStdString());
    if (row.text(field) == text) {
        return changed;
    }
    base::Result<void> result;
    if (field == Field::Required) {
        result = setRequired(changed.schema, rule, *place, path, text.trimmed());
    } else if (field == Field::Name) {
        result = renameProperty(*place, path, text);
    } else if (const QString why = oddity(*place->schema); !why.isEmpty()) {
        result = editedAsJson(path, why);
    } else {
        Json &schema = *place->schema;
        schema = schema.is_boolean() ? Json::object() : std::move(schema);
        result = setCell(schema, field, text, wordingOf(rule.schema));
    }
    return result ? base::Result<RuleSource>(std::move(changed)) : tl::make_unexpected(result.error());
}

} // namespace plan
