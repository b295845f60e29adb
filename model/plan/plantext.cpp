// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plantext.h"

#include "plan/jsonedit.h"
#include "json/parser.h"
#include "json/utf8.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include <QFileInfo>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace plan {

namespace {

constexpr std::ptrdiff_t maxValues = 5'000'000;
constexpr qsizetype sniffedBytes = 1024;

/// The first byte that begins no UTF-8 sequence; the text's size when there is none.
std::size_t firstNoUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (at + sizeof(eight) <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof(eight));
            if ((eight & 0x8080808080808080U) == 0) {
                at += sizeof(eight);
                continue;
            }
        }
        const std::size_t length = json::utf8SequenceLength(text.substr(at));
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return at;
}

QString placeOf(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.left(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return u"line %1, column %2"_s.arg(before.count('\n') + 1)
        .arg(QString::fromUtf8(before.mid(lineStart)).size() + 1);
}

base::Failure unreadable(const QString &path, const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput,
                         u"%1 cannot be read as a tracking plan."_s.arg(QFileInfo(path).fileName()), why,
                         fix);
}

base::Failure tooLarge(const QString &path, const QString &why)
{
    return base::failure(base::ErrorCode::Limit,
                         u"%1 is too large for a tracking plan."_s.arg(QFileInfo(path).fileName()), why,
                         u"Check that this is the plan."_s);
}

/// What a text is that is no JSON.
QString describedText(const QByteArray &text, const json::ParseError &error)
{
    const QByteArray head = text.left(sniffedBytes).trimmed();
    if (head.startsWith('<')) {
        return u"The file is HTML or XML, perhaps a saved web page."_s;
    }
    json::Parser parser;
    const qsizetype lineEnd = text.indexOf('\n');
    if (lineEnd > 0 && head.startsWith('{') && parser.parse(text.left(lineEnd)).has_value()) {
        return u"The file holds one JSON text a line (NDJSON), as events are exported."_s;
    }
    return u"Line %1, column %2: %3"_s.arg(error.line).arg(error.column).arg(error.reason);
}

bool isEvent(const Json &value)
{
    const Json *type = memberOf(value, "type");
    const Json *event = memberOf(value, "event");
    return memberOf(value, "messageId") != nullptr || (event != nullptr && event->is_string()) ||
           (type != nullptr && type->is_string() &&
            event::callTypeFromWord(type->get_ref<const std::string &>()).has_value());
}

/// Makes Json of parsed values; objects without looking each name up, so in linear time.
class Conversion
{
public:
    explicit Conversion(const json::Document &document)
        : m_hasRepeatedKeys(document.has(json::Flaw::DuplicateKey))
    {
    }

    bool convert(json::Value value, Json &result, int depth)
    {
        switch (value.type()) {
        case json::Type::Null:
            result = nullptr;
            return true;
        case json::Type::Bool:
            result = value.toBool();
            return true;
        case json::Type::String:
            result = std::string(value.text());
            return true;
        case json::Type::Number:
            return number(value, result);
        case json::Type::Array:
        case json::Type::Object:
            if (depth >= maxSchemaDepth) {
                failed = value;
                isTooDeep = true;
                return false;
            }
            return value.isArray() ? array(value, result, depth) : object(value, result, depth);
        }
        return false;
    }

    json::Value failed; ///< the number that can't be kept, or the value that is too deep
    bool isTooDeep = false;

private:
    bool number(json::Value value, Json &result)
    {
        const std::string_view digits = value.raw();
        std::int64_t whole = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
        if (error == std::errc() && end == digits.data() + digits.size() && digits != "-0") {
            result = whole;
            return true;
        }
        auto exact = numberFromDigits(digits);
        if (!exact) {
            failed = value;
            return false;
        }
        result = std::move(*exact);
        return true;
    }

    bool array(json::Value value, Json &result, int depth)
    {
        result = Json::array();
        auto &items = result.get_ref<Json::array_t &>();
        items.reserve(value.size());
        for (auto item = value.firstChild(); item; item = item.next()) {
            if (!convert(item.value(), items.emplace_back(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    bool object(json::Value value, Json &result, int depth)
    {
        result = Json::object();
        auto &members = result.get_ref<Json::object_t &>();
        members.reserve(value.size());
        std::unordered_map<std::string_view, std::size_t> known;
        for (auto member = value.firstChild(); member; member = member.next()) {
            Json *held = nullptr;
            if (m_hasRepeatedKeys) {
                const auto [place, isNew] = known.emplace(member.key(), members.size());
                held =
                    isNew ? nullptr : &(members.begin() + static_cast<std::ptrdiff_t>(place->second))->second;
            }
            if (held == nullptr) {
                held = &members.emplace_back(std::string(member.key()), Json()).second;
            }
            if (!convert(member.value(), *held, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    bool m_hasRepeatedKeys;
};

} // namespace

base::Result<QByteArray> planText(const QByteArray &bytes, const QString &path)
{
    if (bytes.size() > maxPlanBytes) {
        return tooLarge(path, u"A plan has 256 MB at most."_s);
    }
    QByteArray text = bytes;
    if (const auto marked = QStringConverter::encodingForData(bytes);
        marked && *marked != QStringConverter::Utf8 && !bytes.startsWith('{') && !bytes.startsWith('[')) {
        QStringDecoder decoder(*marked);
        const QString decoded = decoder(bytes);
        if (decoder.hasError()) {
            return unreadable(path, u"Its byte order mark says UTF-16 or UTF-32, but its text is neither."_s,
                              u"Save it as UTF-8."_s);
        }
        text = decoded.toUtf8();
    }
    if (text.startsWith("\xEF\xBB\xBF")) {
        text.remove(0, 3);
    }
    if (text.trimmed().isEmpty()) {
        return noPlan(path, u"The file is empty."_s);
    }
    if (text.left(sniffedBytes).contains('\0')) {
        return noPlan(path, u"The file holds binary data."_s);
    }
    const auto bad =
        static_cast<qsizetype>(firstNoUtf8({text.constData(), static_cast<std::size_t>(text.size())}));
    if (bad < text.size()) {
        const auto byte = static_cast<unsigned char>(text[bad]);
        return unreadable(path,
                          u"It is not UTF-8: the byte 0x%1 at %2 is of another encoding, perhaps Latin-1 or "
                          "Windows-1252."_s.arg(QString::number(byte, 16).toUpper(), placeOf(text, bad)),
                          u"Save it as UTF-8 and open it again."_s);
    }
    return text;
}

base::Result<Json> planJson(const QByteArray &utf8, const QString &path, std::vector<Problem> &problems)
{
    // Each value but the first follows one of these, so this bounds what parsing it will take.
    const auto values = std::ranges::count_if(utf8, [](char c) { return c == ',' || c == '[' || c == '{'; });
    if (values > maxValues) {
        return tooLarge(path, u"It holds more than 5,000,000 JSON values."_s);
    }
    json::Parser parser;
    const auto document = parser.parse(utf8);
    if (!document) {
        return noPlan(path, describedText(utf8, document.error()));
    }
    const auto place = [&utf8](std::uint32_t offset) {
        return placeOf(utf8, static_cast<qsizetype>(offset));
    };
    if (const auto at = (*document)->firstFlaw(json::Flaw::NonFiniteNumber)) {
        return unreadable(path, u"At %1 it has NaN or Infinity, which JSON does not know."_s.arg(place(*at)),
                          u"Write a number, or null."_s);
    }
    if (const auto at = (*document)->firstFlaw(json::Flaw::LoneSurrogate)) {
        return unreadable(
            path,
            u"At %1 a text has half a character (a lone surrogate), which can't be kept."_s.arg(place(*at)),
            u"Write the whole character; in a pattern, escape the backslash: \"\\\\ud800\"."_s);
    }
    auto flaws = (*document)->foundFlaws();
    std::ranges::sort(flaws, {}, [](const auto &found) { return found.second; });
    for (const auto &[flaw, offset] : flaws) {
        if (flaw == json::Flaw::DuplicateKey) {
            problems.push_back(
                {place(offset),
                 u"A name stands in its object more than once; the last one counts, the others "
                 "are left out."_s});
        }
    }
    Json root;
    Conversion conversion(**document);
    if (conversion.convert((*document)->root(), root, 0)) {
        return root;
    }
    const QString at = place(conversion.failed.begin());
    if (conversion.isTooDeep) {
        return base::failure(base::ErrorCode::Limit,
                             u"%1 nests too deep for a tracking plan."_s.arg(QFileInfo(path).fileName()),
                             u"At %1 it goes beyond %2 levels."_s.arg(at).arg(maxSchemaDepth),
                             u"Check that this is the plan."_s);
    }
    const std::string_view digits = conversion.failed.raw();
    constexpr qsizetype shownDigits = 40;
    return unreadable(
        path,
        u"The number %1 at %2 has more digits, or is larger, than can be kept."_s.arg(
            QString::fromLatin1(digits.data(), static_cast<qsizetype>(digits.size())).left(shownDigits), at),
        u"Write it with 15 digits at most."_s);
}

base::Failure noPlan(const QString &path, const QString &why)
{
    return base::failure(
        base::ErrorCode::BadInput, u"%1 is no tracking plan."_s.arg(QFileInfo(path).fileName()), why,
        u"Open the answer of Segment's Public API (GET /tracking-plans/{id}/rules), or a plan of Typewriter, "
        "RudderStack or Avo, a CSV, or a JSON Schema."_s);
}

QString described(const Json &root)
{
    if (isEvent(root)) {
        return u"It is an event, not a plan."_s;
    }
    if (const Json *batch = memberOf(root, "batch"); batch != nullptr && batch->is_array()) {
        return u"It is a batch of events, not a plan."_s;
    }
    if (const Json *errors = memberOf(root, "errors"); errors != nullptr && errors->is_array()) {
        return u"It is an error answer of Segment's API: %1"_s.arg(
            errors->empty() ? QString() : stringMember(errors->front(), "message"));
    }
    if (root.is_array()) {
        return !root.empty() && isEvent(root.front())
                   ? u"It is a list of events, not a plan."_s
                   : u"It is a JSON list of %1 values, none of them a rule."_s.arg(root.size());
    }
    if (!root.is_object()) {
        return u"It is a single JSON value, not an object."_s;
    }
    QStringList keys;
    constexpr qsizetype maxKeys = 5;
    for (const auto &member : root.items()) {
        if (keys.size() == maxKeys) {
            break;
        }
        keys.append(QString::fromStdString(member.key()));
    }
    return keys.isEmpty() ? u"It is an empty JSON object."_s
                          : u"It is a JSON object with \"%1\", and neither rules nor a schema."_s.arg(
                                keys.join(u"\", \""_s));
}

QString nameFromFile(const QString &path)
{
    QString name = QFileInfo(path).fileName();
    for (const QString &ending : {u".json"_s, u".schema"_s, u".plan"_s}) {
        if (name.endsWith(ending, Qt::CaseInsensitive)) {
            name.chop(ending.size());
        }
    }
    return name;
}

QByteArray writtenJson(const Json &value)
{
    return QByteArray::fromStdString(value.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

} // namespace plan
