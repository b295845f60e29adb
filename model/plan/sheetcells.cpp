// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/sheetcells.h"

#include "plan/jsonedit.h"
#include "schema/format.h"
#include "schema/nearest.h"
#include "schema/pattern.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// A cell's item that looks like no text: 12, true, null, a list, an object.
std::optional<Json> literal(const QString &piece)
{
    const std::string text = piece.toStdString();
    const bool isWord = text == "true" || text == "false" || text == "null";
    if (isWord || text.starts_with('[') || text.starts_with('{')) {
        Json value = Json::parse(text, nullptr, false);
        return value.is_discarded() ? std::nullopt : std::optional(std::move(value));
    }
    return numberFromDigits(text);
}

bool fits(const Json &value, const QStringList &types)
{
    if (types.isEmpty()) {
        return true;
    }
    if (value.is_number()) {
        const bool isWhole =
            value.is_number_integer() || std::trunc(value.get<double>()) == value.get<double>();
        return types.contains(u"number"_s) || (isWhole && types.contains(u"integer"_s));
    }
    return types.contains(QString::fromLatin1(value.type_name()));
}

base::Failure wrong(const QString &what, const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput, what, why, fix);
}

/// Only texts have patterns and formats.
base::Result<void> wantsText(const Json &schema, const QString &demand)
{
    const QStringList types = typesIn(schema);
    if (types.isEmpty() || types.contains(u"string"_s)) {
        return {};
    }
    return wrong(u"%1 says something of texts only."_s.arg(demand),
                 u"The property's type is %1."_s.arg(shownTypes(types)), u"Make the type string first."_s);
}

/// Formats that are checked, as they are proposed.
std::vector<std::string_view> knownFormats()
{
    static constexpr std::array<std::string_view, 19> common{"date-time",
                                                             "date",
                                                             "time",
                                                             "duration",
                                                             "email",
                                                             "idn-email",
                                                             "uuid",
                                                             "uri",
                                                             "hostname",
                                                             "ipv4",
                                                             "ipv6",
                                                             "iri",
                                                             "uri-reference",
                                                             "iri-reference",
                                                             "regex",
                                                             "idn-hostname",
                                                             "uri-template",
                                                             "json-pointer",
                                                             "relative-json-pointer"};
    std::vector<std::string_view> known;
    std::ranges::copy_if(common, std::back_inserter(known),
                         [](std::string_view word) { return schema::formatFromWord(word).has_value(); });
    return known;
}

/// Where a piece's quotes end: behind the closing one.
qsizetype quoteEnd(const QString &text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == u'\\') {
            ++i;
        } else if (text[i] == u'"') {
            if (i + 1 < text.size() && text[i + 1] == u'"') {
                ++i;
            } else {
                return i + 1;
            }
        }
    }
    return text.size();
}

QString shownValue(const Json &value, const QStringList &types)
{
    if (!value.is_string()) {
        return shownJson(value);
    }
    const QString text = stringOf(value);
    const auto other = literal(text);
    return piece(text, other && fits(*other, types) ? Quoting::Always : Quoting::WhereNeeded);
}

std::vector<Json> allowedValues(const Json &schema)
{
    if (const Json *constant = memberOf(schema, "const")) {
        return {*constant};
    }
    const Json *list = memberOf(schema, "enum");
    return list != nullptr && list->is_array() ? list->get_ref<const Json::array_t &>() : std::vector<Json>();
}

base::Result<Json> valueOfPiece(const QString &piece, const QStringList &types)
{
    const bool allowsText = types.isEmpty() || types.contains(u"string"_s);
    const auto text = unquoted(piece);
    if (!text) {
        if (auto value = literal(piece); value && fits(*value, types)) {
            return std::move(*value);
        }
    }
    if (allowsText) {
        return Json(text.value_or(piece).toStdString());
    }
    return wrong(u"%1 can't be a value here."_s.arg(piece),
                 u"The property's type is %1."_s.arg(shownTypes(types)),
                 u"Write values of that type with commas between them, or change the type first."_s);
}

} // namespace

base::Result<QStringList> cellPieces(const QString &text)
{
    QStringList pieces;
    QString piece;
    int brackets = 0;
    bool isQuoted = false;
    const auto close = [&] {
        if (const QString trimmed = piece.trimmed(); !trimmed.isEmpty()) {
            pieces.append(trimmed);
        }
        piece.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool hasNext = i + 1 < text.size();
        if (isQuoted) {
            const bool isEscaped =
                c == u'\\' || (c == u'"' && brackets == 0 && hasNext && text[i + 1] == u'"');
            if (isEscaped && hasNext) {
                piece += c;
                piece += text[++i];
                continue;
            }
            isQuoted = c != u'"';
        } else if (c == u'"') {
            // A quote inside a word is part of it: 5" display.
            const QString before = piece.trimmed();
            isQuoted = brackets > 0 || before.isEmpty() || before.endsWith(u':');
        } else if ((c == u'[' || c == u'{') && (brackets > 0 || piece.trimmed().isEmpty())) {
            ++brackets;
        } else if (brackets > 0 && (c == u']' || c == u'}')) {
            --brackets;
        } else if (brackets == 0 && (c == u',' || c == u'\n')) {
            close();
            continue;
        }
        piece += c;
    }
    if (isQuoted) {
        return wrong(u"A quote is not closed."_s, u"What begins with \" must end with it."_s,
                     u"Write texts that hold a comma in quotes: a, \"b, c\"."_s);
    }
    close();
    return pieces;
}

std::optional<QString> unquoted(const QString &piece)
{
    if (!piece.startsWith(u'"') || piece.size() < 2 || quoteEnd(piece) != piece.size()) {
        return std::nullopt;
    }
    QString text;
    const qsizetype end = piece.size() - 1;
    for (qsizetype i = 1; i < end; ++i) {
        const QChar c = piece[i];
        if (c == u'"') {
            ++i; // doubled
        } else if (c == u'\\' && i + 1 < end) {
            const QChar next = piece[i + 1];
            const qsizetype known = u"\"\\nrt"_s.indexOf(next);
            if (known >= 0) {
                text += u"\"\\\n\r\t"_s[known];
                ++i;
                continue;
            }
        }
        text += c;
    }
    return text;
}

QString piece(const QString &text, Quoting quoting)
{
    const auto isSpecial = [](QChar c) {
        return c == u',' || c == u'"' || c == u'\n' || c == u'\r' || c == u'\t';
    };
    const bool isPlain = !text.isEmpty() && text.trimmed() == text && text[0] != u'[' && text[0] != u'{' &&
                         std::none_of(text.begin(), text.end(), isSpecial);
    if (isPlain && quoting == Quoting::WhereNeeded) {
        return text;
    }
    QString quoted = u"\""_s;
    for (const QChar c : text) {
        const qsizetype escaped = u"\"\\\n\r\t"_s.indexOf(c);
        if (escaped >= 0) {
            quoted += u'\\';
            quoted += u"\"\\nrt"_s[escaped];
        } else {
            quoted += c;
        }
    }
    return quoted + u'"';
}

QStringList allowedOf(const Json &schema)
{
    const QStringList types = typesIn(schema);
    QStringList shown;
    for (const Json &value : allowedValues(schema)) {
        shown.append(shownValue(value, types));
    }
    return shown;
}

base::Result<void> setAllowed(Json &schema, const QString &text)
{
    auto pieces = cellPieces(text);
    if (!pieces) {
        return tl::make_unexpected(pieces.error());
    }
    pieces->removeDuplicates();
    const QStringList types = typesIn(schema);
    // What stays as it is shown stays what it is: 1.0, or an object.
    std::unordered_map<QString, Json> known;
    for (Json &value : allowedValues(schema)) {
        known.emplace(shownValue(value, types), std::move(value));
    }
    Json list = Json::array();
    for (const QString &one : std::as_const(*pieces)) {
        if (const auto found = known.find(one); found != known.end()) {
            list.push_back(found->second);
            continue;
        }
        auto value = valueOfPiece(one, types);
        if (!value) {
            return tl::make_unexpected(value.error());
        }
        list.push_back(std::move(*value));
    }
    const bool isConstant = memberOf(schema, "const") != nullptr && memberOf(schema, "enum") == nullptr;
    if (list.empty()) {
        eraseMember(schema, "const");
        eraseMember(schema, "enum");
    } else if (isConstant && list.size() == 1) {
        setMember(schema, "const", std::move(list[0]));
    } else if (isConstant) {
        replaceMember(schema, "const", "enum", std::move(list));
    } else {
        eraseMember(schema, "const");
        setMember(schema, "enum", std::move(list));
    }
    return {};
}

base::Result<void> setPattern(Json &schema, const QString &text)
{
    if (text.isEmpty()) {
        eraseMember(schema, "pattern");
        return {};
    }
    if (auto wanted = wantsText(schema, u"A pattern"_s); !wanted) {
        return wanted;
    }
    std::string pattern = text.toStdString();
    if (const auto compiled = schema::Pattern::compile(pattern); !compiled) {
        return tl::make_unexpected(compiled.error());
    }
    setMember(schema, "pattern", std::move(pattern));
    return {};
}

base::Result<void> setFormat(Json &schema, const QString &text)
{
    const QString word = text.trimmed();
    if (word.isEmpty()) {
        eraseMember(schema, "format");
        return {};
    }
    if (auto wanted = wantsText(schema, u"A format"_s); !wanted) {
        return wanted;
    }
    std::string format = word.toLower().toStdString();
    if (!schema::formatFromWord(format)) {
        const auto known = knownFormats();
        const auto nearest = schema::nearestName(format, known);
        QStringList words;
        for (const std::string_view one : known) {
            words.append(QString::fromLatin1(one.data(), static_cast<qsizetype>(one.size())));
        }
        return wrong(nearest ? u"\"%1\" is no format. Is \"%2\" meant?"_s.arg(
                                   word, words[static_cast<qsizetype>(*nearest)])
                             : u"\"%1\" is no format."_s.arg(word),
                     u"A format that nobody knows is not checked."_s,
                     u"Write one of %1; or a pattern."_s.arg(words.join(u", "_s)));
    }
    setMember(schema, "format", std::move(format));
    return {};
}

std::vector<std::pair<QString, QString>> labelPairs(const Json &schema)
{
    std::vector<std::pair<QString, QString>> labels;
    const Json *members = memberOf(schema, "labels");
    if (members == nullptr || !members->is_object()) {
        return labels;
    }
    for (const auto &[key, value] : members->get_ref<const Json::object_t &>()) {
        labels.emplace_back(QString::fromStdString(key), shownJson(value));
    }
    return labels;
}

QString shownLabels(const std::vector<std::pair<QString, QString>> &labels)
{
    QStringList shown;
    for (const auto &[name, value] : labels) {
        const QString quotedName = piece(name, name.contains(u':') ? Quoting::Always : Quoting::WhereNeeded);
        shown.append(quotedName + u": "_s + piece(value));
    }
    return shown.join(u", "_s);
}

base::Result<void> setLabels(Json &schema, const QString &text)
{
    const Json *before = memberOf(schema, "labels");
    if (before != nullptr && !before->is_object()) {
        return wrong(u"These labels can't be edited here."_s, u"They are no pairs of a name and a value."_s,
                     u"Edit them in the rule's JSON."_s);
    }
    const auto pieces = cellPieces(text);
    if (!pieces) {
        return tl::make_unexpected(pieces.error());
    }
    std::vector<std::pair<QString, QString>> labels;
    for (const QString &one : *pieces) {
        const qsizetype from = one.startsWith(u'"') ? quoteEnd(one) : 0;
        const qsizetype colon = one.indexOf(u':', from);
        const QString name = one.left(std::max<qsizetype>(colon, 0)).trimmed();
        if (name.isEmpty()) {
            return wrong(u"\"%1\" is no label."_s.arg(one), u"A label is a name and a value."_s,
                         u"Write labels like this: owner: growth, pii: yes."_s);
        }
        const QString value = one.mid(colon + 1).trimmed();
        labels.emplace_back(unquoted(name).value_or(name), unquoted(value).value_or(value));
    }
    setLabelPairs(schema, labels);
    return {};
}

void setLabelPairs(Json &schema, const std::vector<std::pair<QString, QString>> &labels)
{
    if (labels.empty()) {
        eraseMember(schema, "labels");
        return;
    }
    const Json *before = memberOf(schema, "labels");
    Json after = Json::object();
    for (const auto &[name, value] : labels) {
        const std::string key = name.toStdString();
        const Json *known = before != nullptr ? memberOf(*before, key) : nullptr;
        setMember(after, key,
                  known != nullptr && shownJson(*known) == value ? *known : Json(value.toStdString()));
    }
    setMember(schema, "labels", std::move(after));
}

} // namespace plan
