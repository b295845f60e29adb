// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/jsonedit.h"
#include "plan/sheetcells.h"
#include "schema/nearest.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

struct Word
{
    std::string_view typed;
    std::string_view type; ///< empty: any
    std::string_view format = {};
};

/// What people call types; JSON Schema's own words first, for the error's proposal.
constexpr std::array words{
    Word{"string", "string"},
    Word{"integer", "integer"},
    Word{"number", "number"},
    Word{"boolean", "boolean"},
    Word{"object", "object"},
    Word{"array", "array"},
    Word{"null", "null"},
    Word{"any", ""},
    Word{"date-time", "string", "date-time"},
    Word{"date", "string", "date"},
    Word{"time", "string", "time"},
    Word{"email", "string", "email"},
    Word{"uri", "string", "uri"},
    Word{"uuid", "string", "uuid"},
    Word{"hostname", "string", "hostname"},
    Word{"ipv4", "string", "ipv4"},
    Word{"ipv6", "string", "ipv6"},
    Word{"text", "string"},
    Word{"str", "string"},
    Word{"varchar", "string"},
    Word{"char", "string"},
    Word{"int", "integer"},
    Word{"int32", "integer"},
    Word{"int64", "integer"},
    Word{"long", "integer"},
    Word{"bigint", "integer"},
    Word{"whole number", "integer"},
    Word{"num", "number"},
    Word{"numeric", "number"},
    Word{"float", "number"},
    Word{"double", "number"},
    Word{"decimal", "number"},
    Word{"real", "number"},
    Word{"bool", "boolean"},
    Word{"flag", "boolean"},
    Word{"yes/no", "boolean"},
    Word{"true/false", "boolean"},
    Word{"obj", "object"},
    Word{"map", "object"},
    Word{"dict", "object"},
    Word{"dictionary", "object"},
    Word{"record", "object"},
    Word{"struct", "object"},
    Word{"list", "array"},
    Word{"arr", "array"},
    Word{"nil", "null"},
    Word{"none", "null"},
    Word{"nullable", "null"},
    Word{"anything", ""},
    Word{"unknown", ""},
    Word{"mixed", ""},
    Word{"*", ""},
    Word{"datetime", "string", "date-time"},
    Word{"date time", "string", "date-time"},
    Word{"timestamp", "string", "date-time"},
    Word{"e-mail", "string", "email"},
    Word{"url", "string", "uri"},
    Word{"guid", "string", "uuid"},
};

const Word *wordFor(const QString &text)
{
    const std::string typed = text.toStdString();
    const auto *found = std::ranges::find(words, typed, &Word::typed);
    if (found == words.end() && typed.ends_with('s')) {
        found = std::ranges::find(words, std::string_view(typed).substr(0, typed.size() - 1), &Word::typed);
    }
    return found == words.end() ? nullptr : found;
}

base::Failure noType(const QString &text)
{
    std::vector<std::string_view> known;
    std::ranges::transform(words, std::back_inserter(known), &Word::typed);
    const auto nearest = schema::nearestName(text.toStdString(), known);
    const std::string_view meant = nearest ? known[*nearest] : std::string_view{};
    const QString proposal = QString::fromLatin1(meant.data(), static_cast<qsizetype>(meant.size()));
    return base::failure(base::ErrorCode::BadInput,
                         nearest ? u"\"%1\" is no type. Is \"%2\" meant?"_s.arg(text, proposal)
                                 : u"\"%1\" is no type."_s.arg(text),
                         u"The types are string, integer, number, boolean, object, array and null."_s,
                         u"Write one of them, several with commas (string, null), \"list of strings\", "
                         "\"date-time\", or nothing for any type."_s);
}

/// What a cell says of a value: its types, and of its texts and items.
struct Typed
{
    QStringList types;
    QStringList formats;        ///< one for each text type that has one
    bool allowsAnyText = false; ///< beside which a format demands nothing
    std::shared_ptr<Typed> items;
    bool isAny = false;
};

void addType(Typed &typed, const QString &type)
{
    if (!typed.types.contains(type)) {
        typed.types.append(type);
    }
}

void add(Typed &typed, const Word &word)
{
    const auto text = [](std::string_view one) {
        return QString::fromLatin1(one.data(), static_cast<qsizetype>(one.size()));
    };
    if (word.type.empty()) {
        typed.isAny = true;
        return;
    }
    addType(typed, text(word.type));
    if (!word.format.empty()) {
        typed.formats.append(text(word.format));
    } else if (word.type == "string") {
        typed.allowsAnyText = true;
    }
}

base::Result<Typed> read(const QString &text, int depth);

/// One alternative of a cell.
base::Result<void> readOne(QString text, Typed &typed, int depth)
{
    static const QRegularExpression listOf(u"^(?:list|array)s?\\s+of\\s+(.+)$"_s);
    static const QRegularExpression bracketed(u"^(?:list|array)\\s*[<(\\[]\\s*(.+?)\\s*[>)\\]]$"_s);
    bool isNullable = false;
    if (text.endsWith(u'?')) {
        isNullable = true;
        text = text.chopped(1).trimmed();
    }
    QString items;
    if (const auto match = listOf.match(text); match.hasMatch()) {
        items = match.captured(1);
    } else if (const auto inBrackets = bracketed.match(text); inBrackets.hasMatch()) {
        items = inBrackets.captured(1);
    } else if (text.endsWith("[]"_L1)) {
        items = text.chopped(2).trimmed();
    }
    constexpr int maxDepth = 4;
    if (!items.isEmpty() && depth < maxDepth) {
        auto below = read(items.replace(u" and "_s, u","_s), depth + 1);
        if (!below) {
            return tl::make_unexpected(below.error());
        }
        addType(typed, u"array"_s);
        typed.items = std::make_shared<Typed>(std::move(*below));
    } else if (const Word *word = wordFor(text)) {
        add(typed, *word);
    } else {
        return noType(text);
    }
    if (isNullable) {
        addType(typed, u"null"_s);
    }
    return {};
}

base::Result<Typed> read(const QString &text, int depth)
{
    static const QRegularExpression between(u"\\s*(?:,|;|\\||\\bor\\b|\\n)\\s*"_s);
    static const QRegularExpression slash(u"\\s*/\\s*"_s);
    Typed typed;
    QStringList alternatives;
    for (const QString &one : text.trimmed().toLower().split(between, Qt::SkipEmptyParts)) {
        if (wordFor(one) != nullptr || !one.contains(u'/')) {
            alternatives.append(one);
        } else {
            alternatives.append(one.split(slash, Qt::SkipEmptyParts));
        }
    }
    for (const QString &one : std::as_const(alternatives)) {
        if (auto result = readOne(one.simplified(), typed, depth); !result) {
            return tl::make_unexpected(result.error());
        }
    }
    if (typed.isAny) {
        typed = Typed{};
    }
    return typed;
}

base::Result<void> applyTypes(Json &schema, const Typed &typed)
{
    const Json *before = memberOf(schema, "type");
    if (typed.types.isEmpty()) {
        eraseMember(schema, "type");
    } else if (typesIn(schema) != typed.types || before == nullptr) {
        setMember(schema, "type", typeMember(typed.types, before));
    }
    if (typed.formats.size() == 1 && !typed.allowsAnyText) {
        setMember(schema, "format", typed.formats.front().toStdString());
    }
    if (!typed.items) {
        return {};
    }
    Json *items = memberOf(schema, "items");
    if (items == nullptr || (items->is_boolean() && items->get<bool>())) {
        setMember(schema, "items", Json::object());
        items = memberOf(schema, "items");
    }
    if (!items->is_object() || memberOf(*items, "$ref") != nullptr) {
        return base::failure(base::ErrorCode::Unsupported, u"The list's items can't be edited here."_s,
                             u"The schema says them in a way of its own."_s, u"Edit the rule's JSON."_s);
    }
    return applyTypes(*items, *typed.items);
}

} // namespace

QStringList typesIn(const Json &schema)
{
    const auto words = [](const Json &type) {
        QStringList types;
        if (type.is_string()) {
            types.append(stringOf(type));
        } else if (type.is_array()) {
            for (const Json &one : type) {
                types.append(one.is_string() ? stringOf(one) : shownJson(one));
            }
        }
        types.removeDuplicates();
        return types;
    };
    if (const Json *type = memberOf(schema, "type")) {
        return words(*type);
    }
    for (const std::string_view keyword : {"anyOf", "oneOf"}) {
        const Json *branches = memberOf(schema, keyword);
        QStringList types;
        const auto isType = [&](const Json &branch) {
            const Json *type = memberOf(branch, "type");
            if (type != nullptr) {
                types.append(words(*type));
            }
            return type != nullptr;
        };
        if (branches != nullptr && branches->is_array() && std::ranges::all_of(*branches, isType)) {
            types.removeDuplicates();
            return types;
        }
    }
    return {};
}

QString shownTypes(const QStringList &types)
{
    if (types.size() < 2) {
        return types.value(0);
    }
    return types.mid(0, types.size() - 1).join(u", "_s) + u" or "_s + types.last();
}

Json typeMember(const QStringList &types, const Json *before)
{
    const bool isListOfOne = before != nullptr && before->is_array() && before->size() == 1;
    if (types.size() == 1 && !isListOfOne) {
        return types.front().toStdString();
    }
    Json list = Json::array();
    for (const QString &type : types) {
        list.push_back(type.toStdString());
    }
    return list;
}

base::Result<void> setTypes(Json &schema, const QString &text)
{
    const auto typed = read(text, 0);
    return typed ? applyTypes(schema, *typed) : base::Result<void>(tl::make_unexpected(typed.error()));
}

} // namespace plan
