// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/tolerantreader.h"

#include "json/token.h"
#include "json/utf8.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace json {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '+' || c == '-' || c == '.';
}

bool isUtf16(std::string_view text)
{
    if (text.size() < 2) {
        return false;
    }
    const bool hasMark = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    const bool isBigEndian = text[0] == '\0' && text[1] != '\0';
    const bool isLittleEndian = text[0] != '\0' && text[1] == '\0' && (text.size() == 2 || text[2] != '\0');
    return hasMark || isBigEndian || isLittleEndian;
}

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

} // namespace

TolerantReader::TolerantReader(const QByteArray &source, Leniency leniency, Builder &builder)
    : m_text(source.constData(), static_cast<std::size_t>(source.size()))
    , m_source(source)
    , m_leniency(leniency)
    , m_builder(builder)
{
}

std::optional<ParseError> TolerantReader::read()
{
    m_builder.start(m_source, 0);
    if (readDocument()) {
        return std::nullopt;
    }
    // Lines and columns are for people, so they are counted only now, in characters.
    const std::string_view before = m_text.substr(0, m_error.offset);
    const std::size_t lineBreak = before.rfind('\n');
    const std::size_t lineStart =
        lineBreak == std::string_view::npos ? std::min(m_textStart, before.size()) : lineBreak + 1;
    m_error.line = offset32(static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1);
    m_error.column = offset32(static_cast<std::size_t>(std::ranges::count_if(
                                  before.substr(lineStart),
                                  [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })) +
                              1);
    return m_error;
}

bool TolerantReader::readDocument()
{
    if (isUtf16(m_text)) {
        return fail(0, u"The text is UTF-16; JSON is UTF-8."_s);
    }
    if (m_text.starts_with(byteOrderMark)) {
        if (m_leniency == Leniency::Strict) {
            return fail(0, u"The text begins with a byte order mark, which JSON does not allow."_s);
        }
        m_builder.flaw(Flaw::ByteOrderMark, 0);
        m_textStart = byteOrderMark.size();
        m_at = m_textStart;
    }
    skipSpace();
    if (isAtEnd()) {
        return fail(m_at, m_text.empty() ? u"The text is empty."_s : u"There is no value in the text."_s);
    }
    bool isDone = false;
    while (!isDone) {
        if (!value() || !closeAndSeparate(isDone)) {
            return false;
        }
    }
    skipSpace();
    return isAtEnd() || fail(m_at, u"Found %1 after the end of the value."_s.arg(found()));
}

/// One value; a container that is not empty is left at its first element.
bool TolerantReader::value()
{
    while (true) {
        skipSpace();
        const char c = peek();
        if (c == '"') {
            return string(Builder::StringRole::Value);
        }
        if (c != '{' && c != '[') {
            return numberOrWord();
        }
        const bool isObject = c == '{';
        if (!open(isObject ? Type::Object : Type::Array)) {
            return false;
        }
        skipSpace();
        if (peek() == (isObject ? '}' : ']')) {
            ++m_at;
            m_builder.close(offset32(m_at));
            return true;
        }
        if (isObject && !key()) {
            return false;
        }
    }
}

bool TolerantReader::open(Type container)
{
    if (!m_builder.open(container, offset32(m_at))) {
        return fail(m_at, u"The text is nested more than %1 levels deep."_s.arg(Builder::maxDepth));
    }
    ++m_at;
    return true;
}

bool TolerantReader::key()
{
    skipSpace();
    if (peek() != '"') {
        if (peek() == '}' && !m_builder.isEmptyContainer()) {
            return fail(m_at, u"Expected another member after the comma but found '}'."_s);
        }
        return failExpecting(u"a key in double quotes"_s);
    }
    if (!string(Builder::StringRole::Key)) {
        return false;
    }
    skipSpace();
    if (peek() != ':' || isAtEnd()) {
        return failExpecting(u"':' after the key"_s);
    }
    ++m_at;
    return true;
}

bool TolerantReader::string(Builder::StringRole role)
{
    const std::size_t begin = m_at;
    std::size_t at = begin + 1;
    while (true) {
        if (at == m_text.size()) {
            return fail(begin, u"The text ends inside this string: its closing quote is missing."_s);
        }
        const char c = m_text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"') {
            break;
        }
        if (byte < 0x20) {
            return fail(
                at, u"A string must not hold the raw control character U+%1; write it as an escape."_s.arg(
                        uint(byte), 4, 16, QChar(u'0')));
        }
        if (c == '\\') {
            at += at + 1 < m_text.size() ? 2 : 1;
            continue;
        }
        const std::size_t length = utf8SequenceLength(m_text.substr(at));
        if (length == 0) {
            return fail(at, u"The byte 0x%1 is not valid UTF-8."_s.arg(QString::number(byte, 16).toUpper()));
        }
        at += length;
    }
    m_at = at + 1;
    const std::uint32_t badEscape = m_builder.string(role, offset32(begin), offset32(m_at));
    if (badEscape == Builder::noFault) {
        return true;
    }
    const std::size_t letter = std::size_t{badEscape} + 1;
    const char c = letter < m_text.size() ? m_text[letter] : '\0';
    const auto byte = static_cast<unsigned char>(c);
    if (c == 'u') {
        return fail(badEscape, u"The escape \\u needs four hexadecimal digits after it."_s);
    }
    if (byte < 0x20 || byte >= 0x7F) {
        return fail(badEscape, u"A backslash must be followed by one of \" \\ / b f n r t u."_s);
    }
    return fail(badEscape,
                u"\\%1 is no JSON escape; a backslash itself is written \\\\."_s.arg(QLatin1Char(c)));
}

bool TolerantReader::numberOrWord()
{
    const std::string_view word = wordHere();
    const char *const begin = m_text.data() + m_at;
    const char *const stop = scanNumber(begin, m_text.data() + m_text.size());
    const auto length = static_cast<std::size_t>(stop - begin);
    if (length != 0 && length == word.size()) {
        m_builder.number(offset32(m_at), offset32(m_at + length), numberFlaws(word));
    } else if (word == "true" || word == "false") {
        m_builder.literal(Type::Bool, offset32(m_at), offset32(m_at + word.size()));
    } else if (word == "null") {
        m_builder.literal(Type::Null, offset32(m_at), offset32(m_at + word.size()));
    } else if (word == "NaN" || word == "Infinity" || word == "-Infinity") {
        return nonFinite(word);
    } else {
        return failWord(word);
    }
    m_at += word.size();
    return true;
}

bool TolerantReader::nonFinite(std::string_view word)
{
    if (m_leniency == Leniency::Strict) {
        return fail(m_at, u"%1 is not JSON: it has no such number."_s.arg(
                              QLatin1StringView(word.data(), static_cast<qsizetype>(word.size()))));
    }
    m_builder.number(offset32(m_at), offset32(m_at + word.size()), static_cast<Flaws>(Flaw::NonFiniteNumber));
    m_at += word.size();
    return true;
}

bool TolerantReader::closeAndSeparate(bool &isDone)
{
    while (m_builder.isNested()) {
        skipSpace();
        const bool isInObject = m_builder.isInObject();
        const char closing = isInObject ? '}' : ']';
        if (peek() == ',') {
            ++m_at;
            return !isInObject || key();
        }
        if (peek() != closing) {
            return failExpecting(u"',' or '%1'"_s.arg(QLatin1Char(closing)));
        }
        ++m_at;
        m_builder.close(offset32(m_at));
    }
    isDone = true;
    return true;
}

void TolerantReader::skipSpace()
{
    while (!isAtEnd() && isSpace(m_text[m_at])) {
        ++m_at;
    }
}

std::string_view TolerantReader::wordHere() const
{
    std::size_t end = m_at;
    while (end < m_text.size() && isWordCharacter(m_text[end])) {
        ++end;
    }
    return m_text.substr(m_at, end - m_at);
}

QString TolerantReader::found() const
{
    if (isAtEnd()) {
        return u"the end of the text"_s;
    }
    const std::string_view rest = m_text.substr(m_at);
    const auto byte = static_cast<unsigned char>(rest.front());
    const std::size_t length = utf8SequenceLength(rest);
    if (byte < 0x20 || byte == 0x7F || length == 0) {
        return u"the byte 0x%1"_s.arg(QString::number(byte, 16).toUpper().rightJustified(2, u'0'));
    }
    return u"'%1'"_s.arg(QString::fromUtf8(rest.data(), static_cast<qsizetype>(length)));
}

bool TolerantReader::fail(std::size_t offset, const QString &reason)
{
    m_error.offset = offset32(offset);
    m_error.reason = reason;
    return false;
}

bool TolerantReader::failExpecting(const QString &expected)
{
    if (isAtEnd()) {
        return fail(m_at, u"The text ends too early: expected %1."_s.arg(expected));
    }
    return fail(m_at, u"Expected %1 but found %2."_s.arg(expected, found()));
}

bool TolerantReader::failWord(std::string_view word)
{
    // What the languages around JSON write, by far the most common ways to get it wrong.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> foreignWords{{
        {"True", "true"},
        {"False", "false"},
        {"None", "null"},
        {"nil", "null"},
        {"undefined", "null"},
        {"nan", "null"},
        {"inf", "null"},
        {"-inf", "null"},
    }};
    constexpr std::size_t shownLetters = 40;
    if (word.empty()) {
        if (peek() == ']' && !m_builder.isInObject() && m_builder.isNested()) {
            return fail(m_at, u"Expected another value after the comma but found ']'."_s);
        }
        if (peek() == '\'') {
            return fail(m_at,
                        u"Expected a value but found a single quote; JSON strings stand in double quotes."_s);
        }
        return failExpecting(u"a value"_s);
    }
    const QString shown =
        QString::fromLatin1(word.data(), static_cast<qsizetype>(std::min(word.size(), shownLetters)));
    const auto *foreign =
        std::ranges::find(foreignWords, word, &std::pair<std::string_view, std::string_view>::first);
    if (foreign != foreignWords.end()) {
        return fail(m_at, u"%1 is not JSON; it would be %2."_s.arg(
                              shown, QLatin1StringView(foreign->second.data(),
                                                       static_cast<qsizetype>(foreign->second.size()))));
    }
    const char first = word.front();
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
        return fail(m_at, u"%1 is not a number as JSON writes them."_s.arg(shown));
    }
    return fail(m_at, u"Expected a value but found %1."_s.arg(shown));
}

} // namespace json
