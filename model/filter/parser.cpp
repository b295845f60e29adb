// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/fields.h"
#include "filter/lexer.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

/// Deeper than anybody writes, and far from the end of a thread's stack.
constexpr int maxDepth = 100;

NodePtr group(Node::Kind kind, std::vector<NodePtr> children)
{
    if (children.size() == 1 && kind != Node::Kind::Not) {
        return children.front();
    }
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->children = std::move(children);
    return node;
}

/// A value as it is kept: only what would mean something else keeps its backslash.
QString escapedValue(const Letters &letters)
{
    QString value;
    for (const Letter &letter : letters) {
        const bool isLiteralStar = letter.character == u'*' && letter.kind == Letter::Kind::Escaped;
        if (isLiteralStar || letter.character == u'\\') {
            value += u'\\';
        }
        value += letter.character;
    }
    return value;
}

std::optional<double> numberFrom(const Letters &letters)
{
    bool isNumber = false;
    const double number = textOf(letters).toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
        , m_lexed(lex(text))
    {
    }

    tl::expected<Query, SyntaxError> run()
    {
        Query query;
        query.text = m_text;
        if (m_lexed.openQuote) {
            fail(*m_lexed.openQuote, m_text.size() - *m_lexed.openQuote,
                 u"This quote is not closed: a \" is missing."_s);
        } else if (peek().kind != Token::Kind::End) {
            query.root = parseAny(0);
            if (!m_error && peek().kind == Token::Kind::Close) {
                fail(peek(), u"No parenthesis is open here: leave this one out, or put it in quotes."_s);
            }
        }
        if (m_error) {
            return tl::unexpected(*m_error);
        }
        return query;
    }

private:
    [[nodiscard]] const Token &peek() const { return m_lexed.tokens[m_at]; }
    const Token &take() { return m_lexed.tokens[m_at++]; }

    void fail(qsizetype position, qsizetype length, const QString &message)
    {
        if (!m_error) {
            m_error = SyntaxError{position, length, message};
        }
    }
    void fail(const Token &token, const QString &message) { fail(token.position, token.length, message); }

    NodePtr parseAny(int depth)
    {
        std::vector<NodePtr> branches;
        branches.push_back(parseAll(depth));
        while (!m_error && peek().kind == Token::Kind::Or) {
            const Token &mark = take();
            const Token::Kind next = peek().kind;
            if (next == Token::Kind::End || next == Token::Kind::Close || next == Token::Kind::Or) {
                fail(
                    mark,
                    u"OR stands between two terms: the one after it is missing. To search for the word, write \"OR\"."_s);
                return nullptr;
            }
            branches.push_back(parseAll(depth));
        }
        return m_error ? nullptr : group(Node::Kind::Or, std::move(branches));
    }

    NodePtr parseAll(int depth)
    {
        std::vector<NodePtr> terms;
        while (!m_error) {
            const Token &token = peek();
            if (token.kind == Token::Kind::End || token.kind == Token::Kind::Close ||
                (token.kind == Token::Kind::Or && !terms.empty())) {
                break;
            }
            if (token.kind == Token::Kind::Or) {
                fail(
                    token,
                    u"OR stands between two terms: the one before it is missing. To search for the word, write \"OR\"."_s);
            } else if (token.kind == Token::Kind::And) {
                parseAnd(!terms.empty());
            } else {
                terms.push_back(parseOne(depth));
            }
        }
        return m_error ? nullptr : group(Node::Kind::And, std::move(terms));
    }

    void parseAnd(bool hasLeft)
    {
        const Token &mark = take();
        const Token::Kind next = peek().kind;
        const bool hasRight =
            next == Token::Kind::Term || next == Token::Kind::Minus || next == Token::Kind::Open;
        if (!hasLeft || !hasRight) {
            fail(
                mark,
                u"AND stands between two terms and may be left out. To search for the word, write \"AND\"."_s);
        }
    }

    NodePtr parseOne(int depth)
    {
        const Token &token = take();
        if (depth >= maxDepth) {
            fail(token, u"This is nested too deeply: at most %1 levels of parentheses and minus signs."_s.arg(
                            maxDepth));
            return nullptr;
        }
        switch (token.kind) {
        case Token::Kind::Minus:
            return parseNot(token, depth);
        case Token::Kind::Open:
            return parseGroup(token, depth);
        default:
            return parseTerm(token);
        }
    }

    NodePtr parseNot(const Token &minus, int depth)
    {
        const Token &next = peek();
        const bool canNegate = next.kind == Token::Kind::Term || next.kind == Token::Kind::Open ||
                               next.kind == Token::Kind::Minus;
        if (!canNegate || next.position != minus.position + 1) {
            fail(
                minus,
                u"A minus excludes the term that follows it, without a space between: -type:page. To search for it, write \"-\"."_s);
            return nullptr;
        }
        NodePtr child = parseOne(depth + 1);
        return m_error ? nullptr : group(Node::Kind::Not, {std::move(child)});
    }

    NodePtr parseGroup(const Token &open, int depth)
    {
        if (peek().kind == Token::Kind::Close) {
            fail(open.position, peek().position + 1 - open.position,
                 u"There is nothing between these parentheses."_s);
            return nullptr;
        }
        NodePtr inner = parseAny(depth + 1);
        if (!m_error && peek().kind != Token::Kind::Close) {
            fail(open, u"This parenthesis is not closed: a ) is missing."_s);
        }
        if (m_error) {
            return nullptr;
        }
        take();
        return inner;
    }

    NodePtr parseTerm(const Token &token)
    {
        Term term;
        if (token.hasField) {
            readField(token, term);
        }
        if (!m_error) {
            readValue(token, term);
        }
        if (m_error) {
            return nullptr;
        }
        auto node = std::make_shared<Node>();
        node->term = std::move(term);
        return node;
    }

    void readField(const Token &token, Term &term)
    {
        const auto dot =
            std::ranges::find_if(token.field, [](const Letter &letter) { return letter.isBare(u'.'); });
        const QString name = textOf(Letters(token.field.begin(), dot));
        const auto nameLength = dot == token.field.end() ? token.valuePosition - 1 - token.position
                                                         : dot->position - token.position;
        if (name.isEmpty()) {
            fail(
                token.position, std::max<qsizetype>(nameLength, 1),
                u"A field is missing before this colon, as in type:track. Text with a colon goes in quotes."_s);
            return;
        }
        const std::optional<Field> field = fieldFromName(name);
        if (!field) {
            const QString nearest = nearestField(name);
            fail(token.position, nameLength,
                 u"There is no field `%1`. "_s.arg(name) +
                     (nearest.isEmpty() ? u"The fields are %1."_s.arg(fieldNames().join(u", "_s))
                                        : u"Did you mean `%1`?"_s.arg(nearest)) +
                     u" Text with a colon goes in quotes."_s);
            return;
        }
        term.field = *field;
        if (!hasPath(term.field)) {
            if (dot != token.field.end()) {
                fail(dot->position, token.valuePosition - 1 - dot->position,
                     u"`%1` has no parts: write %1:value."_s.arg(nameOf(term.field)));
            }
            return;
        }
        const Letters path = dot == token.field.end() ? Letters() : Letters(dot + 1, token.field.end());
        if (path.empty()) {
            fail(token.position, token.valuePosition - token.position,
                 term.field == Field::Delivery
                     ? u"`delivery` needs the name of a destination, as in delivery.Amplitude:failed."_s
                     : u"`%1` needs the path of a property, as in %1.orderId:123."_s.arg(nameOf(term.field)));
            return;
        }
        term.field == Field::Delivery ? readDestination(path, term) : readPath(token, path, term);
    }

    static void readDestination(const Letters &path, Term &term) { term.path = textOf(path); }

    void readPath(const Token &token, const Letters &path, Term &term)
    {
        QString key;
        QStringList keys;
        for (const Letter &letter : path) {
            if (letter.isBare(u'.')) {
                keys.append(key);
                key.clear();
            } else {
                key += letter.character;
            }
        }
        keys.append(key);
        if (keys.contains(QString())) {
            fail(path.front().position, token.valuePosition - 1 - path.front().position,
                 u"Between two dots of a path stands a key, as in prop.address.city."_s);
            return;
        }
        for (QString &part : keys) {
            term.keys.push_back(part.toStdString());
            part.replace(u"\\"_s, u"\\\\"_s).replace(u"."_s, u"\\."_s);
        }
        term.path = keys.join(u'.');
    }

    void readValue(const Token &token, Term &term)
    {
        term.isQuoted = token.isQuoted;
        Letters letters = token.value;
        Letters upper;
        readComparison(token, letters, upper, term);
        if (m_error) {
            return;
        }
        if (letters.empty()) {
            fail(token.position, token.length, missingValue(token, term));
            return;
        }
        term.value = escapedValue(letters);
        term.upper = escapedValue(upper);
        term.pattern = Pattern(term.value);
        term.number = numberFrom(letters);
        term.upperNumber = numberFrom(upper);
        readChoices(token, term);
        readSession(token, term);
        readTime(token, letters, upper, term);
    }

    [[nodiscard]] static QString missingValue(const Token &token, const Term &term)
    {
        if (!token.hasField) {
            return u"There is nothing between these quotes."_s;
        }
        const QString name = nameOf(term.field) + (term.path.isEmpty() ? QString() : u'.' + term.path);
        const QStringList choices = choicesOf(term.field);
        if (!choices.isEmpty()) {
            return u"`%1:` needs a value: %2."_s.arg(name, offered(choices));
        }
        const QString example = term.field == Field::Time      ? u"10:30"_s
                                : term.field == Field::Session ? u"1"_s
                                : term.field == Field::Event   ? u"\"Order Completed\""_s
                                                               : u"value"_s;
        return u"`%1:` needs a value right behind the colon, as in %1:%2."_s.arg(name, example);
    }

    [[nodiscard]] static QString offered(QStringList choices)
    {
        choices.removeAll(QString());
        const QString last = choices.takeLast();
        return choices.join(u", "_s) + u" or "_s + last;
    }

    void readComparison(const Token &token, Letters &letters, Letters &upper, Term &term)
    {
        if (term.field == Field::Word || letters.empty()) {
            return;
        }
        const bool isGreater = letters.front().isBare(u'>');
        const bool isLess = letters.front().isBare(u'<');
        if (!isComparable(term.field)) {
            if (isGreater || isLess) {
                fail(
                    letters.front().position, token.position + token.length - letters.front().position,
                    u"`%1` can't be compared: only time, session, prop., trait. and ctx. can. Put the value in quotes to search for it."_s
                        .arg(nameOf(term.field)));
            }
            return;
        }
        if (isGreater || isLess) {
            const bool hasEqual = letters.size() > 1 && letters[1].isBare(u'=');
            term.compare = isGreater ? (hasEqual ? Compare::GreaterEqual : Compare::Greater)
                                     : (hasEqual ? Compare::LessEqual : Compare::Less);
            letters.erase(letters.begin(), letters.begin() + (hasEqual ? 2 : 1));
            term.isQuoted = false; // `"">5`
            return;
        }
        for (std::size_t i = 1; i + 2 < letters.size(); ++i) {
            if (letters[i].isBare(u'.') && letters[i + 1].isBare(u'.')) {
                const auto middle = letters.begin() + static_cast<std::ptrdiff_t>(i);
                term.compare = Compare::Range;
                upper.assign(middle + 2, letters.end());
                letters.erase(middle, letters.end());
                return;
            }
        }
    }

    void readChoices(const Token &token, Term &term)
    {
        const QStringList choices = choicesOf(term.field);
        for (qsizetype i = 0; i < choices.size(); ++i) {
            if (!choices[i].isEmpty() && term.pattern.matchesWhole(choices[i])) {
                term.choices |= 1U << static_cast<unsigned>(i);
            }
        }
        if (!choices.isEmpty() && term.choices == 0) {
            fail(token.valuePosition, token.position + token.length - token.valuePosition,
                 u"`%1` is %2."_s.arg(nameOf(term.field), offered(choices)));
        }
    }

    void readSession(const Token &token, const Term &term)
    {
        if (term.field != Field::Session) {
            return;
        }
        const bool isWhole = term.number && *term.number >= 0 && *term.number <= 4294967295.0;
        const bool isUpperWhole = term.compare != Compare::Range || term.upperNumber;
        if ((!isWhole || !isUpperWhole) && !term.pattern.isAnything()) {
            fail(token.valuePosition, token.position + token.length - token.valuePosition,
                 u"`session` takes a session's number, as in session:3 or session:>=2."_s);
        }
    }

    void readTime(const Token &token, const Letters &letters, const Letters &upper, Term &term)
    {
        if (term.field != Field::Time) {
            term.span = dateFromText(textOf(letters));
            term.upperSpan = dateFromText(textOf(upper));
            return;
        }
        term.span = timeFromText(textOf(letters));
        term.upperSpan = timeFromText(textOf(upper));
        const bool isLowerBad = !term.span;
        if (isLowerBad || (term.compare == Compare::Range && !term.upperSpan)) {
            const Letters &bad = isLowerBad ? letters : upper;
            fail(
                bad.front().position,
                (isLowerBad && !upper.empty() ? letters.back().position + 1 : token.position + token.length) -
                    bad.front().position,
                u"`%1` is no time. Write 10:30, 10:30:05, 2026-11-24 or 2026-11-24T10:30, with Z or +02:00 for another zone."_s
                    .arg(textOf(bad)));
        }
    }

    const QString &m_text;
    const Tokens m_lexed;
    std::size_t m_at = 0;
    std::optional<SyntaxError> m_error;
};

} // namespace

tl::expected<Query, SyntaxError> parse(const QString &text)
{
    return Parser(text).run();
}

} // namespace filter
