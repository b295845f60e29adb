// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/ecmaregex.h"

#include "schema/utf8.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace schema {

namespace {

// ECMA-262 WhiteSpace and LineTerminator, to stand inside a class; and everything else.
constexpr std::string_view spaces =
    R"(\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view nonSpaces =
    R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027})"
    R"(\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view anyButLineEnds = R"([^\x{a}\x{d}\x{2028}\x{2029}])";
constexpr std::string_view anything = R"([\x{0}-\x{10ffff}])";
constexpr std::string_view nothing = R"([^\x{0}-\x{10ffff}])";

// Long names of Unicode's general categories; the engines know only the short ones.
constexpr std::array<std::pair<std::string_view, std::string_view>, 42> categories{{
    {"Cased_Letter", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"LC", "L&"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"cntrl", "Cc"},
    {"digit", "Nd"},
    {"punct", "P"},
}};

bool isAsciiLetter(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool isAsciiDigit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// One pass over the pattern. The first mistake ends it: m_error is set and the position runs to the end.
class Translator
{
public:
    explicit Translator(std::string_view pattern)
        : m_pattern(pattern)
    {
        countGroups();
    }

    tl::expected<TranslatedPattern, PatternError> run()
    {
        while (!atEnd()) {
            term();
        }
        if (!m_error && m_depth > 0) {
            fail("a group is not closed");
        }
        if (m_error) {
            return tl::make_unexpected(*m_error);
        }
        return std::move(m_out);
    }

private:
    /// What stood last, for the quantifier that may follow.
    enum class Last : std::uint8_t { Nothing, Atom, Assertion };

    [[nodiscard]] bool atEnd() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_pattern.size() ? m_pattern[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool startsWith(std::string_view text) const
    {
        return m_pattern.substr(m_at).starts_with(text);
    }

    void fail(std::string reason)
    {
        if (!m_error) {
            m_error = PatternError{m_at, std::move(reason)};
        }
        m_at = m_pattern.size();
    }

    char32_t takeCodePoint()
    {
        const auto [codePoint, length] = decodeUtf8(m_pattern.substr(m_at));
        m_at += length;
        return codePoint;
    }

    void emit(std::string_view text) { m_out.text += text; }

    void emit(char32_t codePoint)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string hex;
        do {
            hex.insert(hex.begin(), digits[codePoint & 0xfU]);
            codePoint >>= 4U;
        } while (codePoint != 0);
        emit("\\x{" + hex + "}");
    }

    void emitLiteral(char32_t codePoint)
    {
        if (isAsciiLetter(codePoint) || isAsciiDigit(codePoint)) {
            m_out.text += static_cast<char>(codePoint);
        } else if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
            emit(nothing); // no decoded text holds half a surrogate pair
        } else {
            emit(codePoint);
        }
        m_last = Last::Atom;
    }

    /// Back-references may point forward, so groups are counted before the translation.
    void countGroups()
    {
        bool isInClass = false;
        for (std::size_t i = 0; i < m_pattern.size(); ++i) {
            const char c = m_pattern[i];
            if (c == '\\') {
                ++i;
            } else if (isInClass) {
                isInClass = c != ']';
            } else if (c == '[') {
                isInClass = true;
            } else if (c == '(') {
                const std::string_view rest = m_pattern.substr(i + 1);
                const bool isNamed =
                    rest.starts_with("?<") && !rest.starts_with("?<=") && !rest.starts_with("?<!");
                if (isNamed) {
                    m_groupNames.emplace_back(rest.substr(2, rest.find('>') - 2));
                } else if (!rest.starts_with('?')) {
                    m_groupNames.emplace_back();
                }
            }
        }
    }

    void term()
    {
        switch (peek()) {
        case '^':
            simple("\\A", Last::Nothing);
            return;
        case '$':
            simple("\\z", Last::Nothing);
            return;
        case '.':
            simple(anyButLineEnds, Last::Atom);
            return;
        case '|':
            simple("|", Last::Nothing);
            return;
        case '(':
            openGroup();
            return;
        case ')':
            closeGroup();
            return;
        case '[':
            characterClass();
            return;
        case '\\':
            escape();
            return;
        case '*':
        case '+':
        case '?':
            quantifier(m_pattern.substr(m_at, 1));
            return;
        case '{':
            if (const std::string_view braces = bracedQuantifier(); !braces.empty()) {
                quantifier(braces);
                return;
            }
            break;
        default:
            break;
        }
        emitLiteral(takeCodePoint());
    }

    void simple(std::string_view text, Last last)
    {
        emit(text);
        ++m_at;
        m_last = last;
    }

    void openGroup()
    {
        struct Opening
        {
            std::string_view text;
            std::string_view translated;
            bool isAssertion;
        };
        static constexpr std::array<Opening, 5> openings{{
            {"(?:", "(?:", false},
            {"(?=", "(?=", true},
            {"(?!", "(?!", true},
            {"(?<=", "(?<=", true},
            {"(?<!", "(?<!", true},
        }};
        ++m_depth;
        m_last = Last::Nothing;
        for (const Opening &opening : openings) {
            if (startsWith(opening.text)) {
                m_out.needsBacktracking = m_out.needsBacktracking || opening.isAssertion;
                m_groups.push_back(opening.isAssertion);
                emit(opening.translated);
                m_at += opening.text.size();
                return;
            }
        }
        m_groups.push_back(false);
        emit("(");
        if (startsWith("(?<")) {
            const std::size_t end = m_pattern.find('>', m_at);
            if (end == std::string_view::npos || end == m_at + 3) {
                fail("a group's name is not closed");
                return;
            }
            m_at = end + 1;
        } else if (startsWith("(?")) {
            fail("\"(?\" is followed by what ECMA-262 does not know");
        } else {
            ++m_at;
        }
    }

    void closeGroup()
    {
        if (m_depth == 0) {
            fail("\")\" closes nothing");
            return;
        }
        --m_depth;
        simple(")", m_groups.back() ? Last::Assertion : Last::Atom);
        m_groups.pop_back();
    }

    /// The text of {n}, {n,} or {n,m} here; empty when the brace is just a brace.
    [[nodiscard]] std::string_view bracedQuantifier() const
    {
        std::size_t i = m_at + 1;
        const auto skipDigits = [this, &i] {
            const std::size_t begin = i;
            while (i < m_pattern.size() && isAsciiDigit(static_cast<unsigned char>(m_pattern[i]))) {
                ++i;
            }
            return i > begin;
        };
        if (!skipDigits()) {
            return {};
        }
        if (i < m_pattern.size() && m_pattern[i] == ',') {
            ++i;
            skipDigits();
        }
        if (i >= m_pattern.size() || m_pattern[i] != '}') {
            return {};
        }
        return m_pattern.substr(m_at, i + 1 - m_at);
    }

    void quantifier(std::string_view text)
    {
        // `(?=a)*` is Annex B's; a look-behind cannot be repeated anywhere, but to repeat it changes nothing.
        if (m_last == Last::Nothing) {
            fail("\"" + std::string(text) + "\" has nothing to repeat");
            return;
        }
        if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
            const std::string_view low = text.substr(1, comma - 1);
            const std::string_view high = text.substr(comma + 1, text.size() - comma - 2);
            const auto isSmaller = [](std::string_view a, std::string_view b) {
                return a.size() != b.size() ? a.size() < b.size() : a < b;
            };
            if (!high.empty() && isSmaller(withoutZeros(high), withoutZeros(low))) {
                fail("the bounds of " + std::string(text) + " are out of order");
                return;
            }
        }
        emit(text);
        m_at += text.size();
        if (peek() == '?') {
            simple("?", Last::Nothing);
        }
        m_last = Last::Nothing;
    }

    static std::string_view withoutZeros(std::string_view digits)
    {
        digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
        return digits;
    }

    void escape()
    {
        const char c = peek(1);
        if (m_at + 1 >= m_pattern.size()) {
            fail("\"\\\" stands at the end");
        } else if (c == 'b' || c == 'B') {
            emit(c == 'b' ? "\\b" : "\\B");
            m_at += 2;
            m_last = Last::Nothing;
        } else if (c >= '1' && c <= '9') {
            numberedReference();
        } else if (c == 'k' && peek(2) == '<') {
            namedReference();
        } else if (const std::string set = classEscape(); !set.empty()) {
            emit("[" + set + "]");
            m_last = Last::Atom;
        } else if (!m_error) {
            emitLiteral(characterEscape());
        }
    }

    void reference(std::size_t group)
    {
        m_out.needsBacktracking = true;
        emit("\\g{" + std::to_string(group) + "}");
        m_last = Last::Atom;
    }

    void numberedReference()
    {
        std::size_t group = 0;
        std::size_t end = m_at + 1;
        while (end < m_pattern.size() && isAsciiDigit(static_cast<unsigned char>(m_pattern[end])) &&
               group <= m_groupNames.size()) {
            group = group * 10 + static_cast<std::size_t>(m_pattern[end] - '0');
            ++end;
        }
        if (group > m_groupNames.size()) {
            fail("a back-reference points to no group");
            return;
        }
        m_at = end;
        reference(group);
    }

    void namedReference()
    {
        const std::size_t end = m_pattern.find('>', m_at);
        const std::string_view name =
            end == std::string_view::npos ? std::string_view{} : m_pattern.substr(m_at + 3, end - m_at - 3);
        const auto found = std::ranges::find(m_groupNames, name);
        if (name.empty() || found == m_groupNames.end()) {
            fail("a back-reference points to no group");
            return;
        }
        m_at = end + 1;
        reference(static_cast<std::size_t>(found - m_groupNames.begin()) + 1);
    }

    /// \d \D \w \W \s \S \p{..} \P{..} as it stands inside a class, taken; empty when it is none of them.
    std::string classEscape()
    {
        switch (peek(1)) {
        case 'd':
        case 'D':
        case 'w':
        case 'W':
            m_at += 2;
            return std::string(m_pattern.substr(m_at - 2, 2));
        case 's':
            m_at += 2;
            return std::string(spaces);
        case 'S':
            m_at += 2;
            return std::string(nonSpaces);
        case 'p':
        case 'P':
            return unicodeProperty();
        default:
            return {};
        }
    }

    std::string unicodeProperty()
    {
        const bool isNegated = peek(1) == 'P';
        const std::size_t end = m_pattern.find('}', m_at);
        if (peek(2) != '{' || end == std::string_view::npos) {
            fail("\"\\p\" needs a property in braces");
            return {};
        }
        std::string_view name = m_pattern.substr(m_at + 3, end - m_at - 3);
        m_at = end + 1;
        for (const std::string_view prefix :
             {"General_Category=", "gc=", "Script_Extensions=", "scx=", "Script=", "sc="}) {
            if (name.starts_with(prefix)) {
                name.remove_prefix(prefix.size());
                break;
            }
        }
        // Properties, unlike categories and scripts, have no names both engines know; these are the common
        // ones.
        if (name == "ASCII") {
            return isNegated ? "\\x{80}-\\x{10ffff}" : "\\x{0}-\\x{7f}";
        }
        if (name == "Any") {
            return isNegated ? "" : "\\x{0}-\\x{10ffff}";
        }
        if (name == "Alphabetic" || name == "Alpha") {
            return isNegated ? "\\P{L}" : "\\p{L}\\p{Nl}";
        }
        const auto *const found =
            std::ranges::find(categories, name, &std::pair<std::string_view, std::string_view>::first);
        if (found != categories.end()) {
            name = found->second;
        }
        if (name == "L&") {
            return isNegated ? "\\P{L}\\p{Lm}\\p{Lo}" : "\\p{Ll}\\p{Lu}\\p{Lt}";
        }
        return (isNegated ? "\\P{" : "\\p{") + std::string(name) + "}";
    }

    /// A character written as an escape, taken.
    char32_t characterEscape()
    {
        const char c = peek(1);
        static constexpr std::array<std::pair<char, char32_t>, 5> controls{
            {{'t', 9}, {'n', 10}, {'v', 11}, {'f', 12}, {'r', 13}}};
        for (const auto &[letter, codePoint] : controls) {
            if (c == letter) {
                m_at += 2;
                return codePoint;
            }
        }
        if (c == '0' && !isAsciiDigit(static_cast<unsigned char>(peek(2)))) {
            m_at += 2;
            return 0;
        }
        if (c == 'c' && isAsciiLetter(static_cast<unsigned char>(peek(2)))) {
            m_at += 3;
            return static_cast<unsigned char>(m_pattern[m_at - 1]) % 32U;
        }
        if (c == 'x') {
            return hexEscape(2);
        }
        if (c == 'u') {
            return unicodeEscape();
        }
        if (isAsciiLetter(static_cast<unsigned char>(c)) || isAsciiDigit(static_cast<unsigned char>(c)) ||
            c == '_') {
            fail("\"\\" + std::string(1, c) + "\" is no escape of ECMA-262");
            return 0;
        }
        ++m_at;
        return takeCodePoint();
    }

    /// `\xHH` or `\uHHHH`, taken.
    char32_t hexEscape(std::size_t digits)
    {
        char32_t codePoint = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const int value = hexValue(peek(2 + i));
            if (value < 0) {
                fail("\"\\" + std::string(1, peek(1)) + "\" needs " + std::to_string(digits) +
                     " hexadecimal digits");
                return 0;
            }
            codePoint = codePoint * 16 + static_cast<char32_t>(value);
        }
        m_at += 2 + digits;
        return codePoint;
    }

    char32_t unicodeEscape()
    {
        if (peek(2) == '{') {
            char32_t codePoint = 0;
            std::size_t i = 3;
            for (; hexValue(peek(i)) >= 0 && codePoint <= 0x10ffff; ++i) {
                codePoint = codePoint * 16 + static_cast<char32_t>(hexValue(peek(i)));
            }
            if (i == 3 || peek(i) != '}' || codePoint > 0x10ffff) {
                fail("\"\\u{\" needs a code point");
                return 0;
            }
            m_at += i + 1;
            return codePoint;
        }
        const char32_t high = hexEscape(4);
        if (high < 0xd800 || high > 0xdbff || !startsWith("\\u")) {
            return high;
        }
        const std::size_t before = m_at;
        const char32_t low = hexEscape(4);
        if (low < 0xdc00 || low > 0xdfff) {
            m_at = m_error ? m_at : before;
            return high;
        }
        return 0x10000 + ((high - 0xd800) << 10U) + (low - 0xdc00);
    }

    void characterClass()
    {
        ++m_at;
        const bool isNegated = peek() == '^';
        m_at += isNegated ? 1 : 0;
        std::string members;
        while (!atEnd() && peek() != ']') {
            members += classMember();
        }
        if (m_error) {
            return;
        }
        if (atEnd()) {
            fail("a character class is not closed");
            return;
        }
        ++m_at;
        m_last = Last::Atom;
        if (members.empty()) {
            emit(isNegated ? anything : nothing);
        } else {
            emit((isNegated ? "[^" : "[") + members + "]");
        }
    }

    static std::string classText(char32_t codePoint)
    {
        Translator text{{}};
        text.emit(codePoint);
        return text.m_out.text;
    }

    /// Half a surrogate pair in a class matches nothing, so it is left out.
    static std::string classRange(char32_t low, char32_t high)
    {
        const auto isSurrogate = [](char32_t c) { return c >= 0xd800 && c <= 0xdfff; };
        if (isSurrogate(low) && isSurrogate(high)) {
            return {};
        }
        if (isSurrogate(low)) {
            low = 0xe000;
        }
        if (isSurrogate(high)) {
            high = 0xd7ff;
        }
        return low == high ? classText(low) : classText(low) + "-" + classText(high);
    }

    /// One character of a class, taken; nothing when it was a set, which goes to `set`.
    std::optional<char32_t> classAtom(std::string &set)
    {
        if (peek() != '\\') {
            return takeCodePoint();
        }
        if (peek(1) == 'b') {
            m_at += 2;
            return 8;
        }
        if (peek(1) == '-') {
            m_at += 2;
            return U'-';
        }
        if (m_at + 1 >= m_pattern.size()) {
            fail("\"\\\" stands at the end");
            return std::nullopt;
        }
        const std::size_t before = m_at;
        set = classEscape();
        if (m_at != before || m_error) {
            return std::nullopt;
        }
        return characterEscape();
    }

    std::string classMember()
    {
        std::string set;
        const auto low = classAtom(set);
        if (!low || peek() != '-' || peek(1) == ']' || m_at + 1 >= m_pattern.size()) {
            return low ? classRange(*low, *low) : set;
        }
        ++m_at;
        std::string highSet;
        const auto high = classAtom(highSet);
        if (!high) {
            return classRange(*low, *low) + classText(U'-') + highSet; // Annex B: [a-\d]
        }
        if (*high < *low) {
            fail("a range of a character class is out of order");
            return {};
        }
        return classRange(*low, *high);
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    TranslatedPattern m_out;
    std::optional<PatternError> m_error;
    std::vector<std::string_view> m_groupNames; ///< of capturing groups in order; empty: unnamed
    std::vector<bool> m_groups;                 ///< open groups: whether each is an assertion
    int m_depth = 0;
    Last m_last = Last::Nothing;
};

} // namespace

tl::expected<TranslatedPattern, PatternError> translateEcmaPattern(std::string_view pattern)
{
    return Translator(pattern).run();
}

} // namespace schema
