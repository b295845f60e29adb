// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/fields.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

QString quoted(QString value)
{
    return u'"' + value.replace(u'"', u"\\\""_s) + u'"';
}

bool isSpecial(QChar character)
{
    return character.isSpace() || character == u'(' || character == u')' || character == u'"';
}

/// A value that was not quoted, written so that it stays one value and means nothing more.
QString bare(const QString &value, const Term &term)
{
    QString text;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar character = value.at(i);
        const bool isFirst = i == 0;
        if (character == u'\\' && i + 1 < value.size()) {
            text += character;
            text += value.at(++i);
            continue;
        }
        const bool isWordMark =
            term.field == Field::Word && (character == u':' || (isFirst && character == u'-'));
        const bool isCompareMark = term.field != Field::Word && (character == u'>' || character == u'<' ||
                                                                 character == u'=' || character == u'.');
        // Only two dots in a row make a range; one at the end may meet those of the range itself.
        const bool isHarmlessDot =
            character == u'.' && i + 1 < value.size() && (isFirst || value.at(i - 1) != u'.');
        if (isSpecial(character) || isWordMark || (isCompareMark && !isHarmlessDot)) {
            text += u'\\';
        }
        text += character;
    }
    if (term.field == Field::Word && (text == u"OR" || text == u"AND")) {
        text.prepend(u'\\');
    }
    return text;
}

QString pathText(const Term &term)
{
    QString text;
    for (qsizetype i = 0; i < term.path.size(); ++i) {
        const QChar character = term.path.at(i);
        const bool isEscape = character == u'\\' && term.field != Field::Delivery && i + 1 < term.path.size();
        if (isEscape) {
            text += character;
            text += term.path.at(++i);
            continue;
        }
        if (isSpecial(character) || character == u':' || character == u'\\') {
            text += u'\\';
        }
        text += character;
    }
    return text;
}

QString termText(const Term &term)
{
    QString text;
    if (term.field != Field::Word) {
        text = nameOf(term.field);
        text += term.path.isEmpty() ? QString() : u'.' + pathText(term);
        text += u':';
    }
    switch (term.compare) {
    case Compare::Greater:
        text += u'>';
        break;
    case Compare::GreaterEqual:
        text += u">=";
        break;
    case Compare::Less:
        text += u'<';
        break;
    case Compare::LessEqual:
        text += u"<=";
        break;
    case Compare::Equal:
    case Compare::Range:
        break;
    }
    text += term.isQuoted ? quoted(term.value) : bare(term.value, term);
    if (term.compare == Compare::Range) {
        text += u".."_s + bare(term.upper, term);
    }
    return text;
}

/// How tightly the surroundings hold: what binds looser needs parentheses.
enum class Around : std::uint8_t { Nothing, Or, And, Not };

QString nodeText(const Node &node, Around around)
{
    if (node.kind == Node::Kind::Term) {
        return termText(node.term);
    }
    if (node.kind == Node::Kind::Not) {
        return u'-' + nodeText(*node.children.front(), Around::Not);
    }
    const bool isOr = node.kind == Node::Kind::Or;
    QStringList parts;
    for (const NodePtr &child : node.children) {
        parts.append(nodeText(*child, isOr ? Around::Or : Around::And));
    }
    const QString text = parts.join(isOr ? u" OR "_s : u" "_s);
    // An And inside an And, or an Or inside an Or, was in parentheses too.
    const bool needsParentheses =
        around == Around::Not || around == Around::And || (around == Around::Or && isOr);
    return needsParentheses ? u'(' + text + u')' : text;
}

} // namespace

QString toString(const NodePtr &root)
{
    return root ? nodeText(*root, Around::Nothing) : QString();
}

QString literal(const QString &value)
{
    QString escaped = value;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'*', u"\\*"_s);
    const bool isPlain = !value.isEmpty() && value != u"OR" && value != u"AND" &&
                         std::all_of(value.begin(), value.end(), [](QChar character) {
                             return character.isLetterOrNumber() || character == u'_' || character == u'-' ||
                                    character == u'/' || character == u'@' || character == u'+';
                         });
    return isPlain && !value.startsWith(u'-') ? value : quoted(escaped);
}

} // namespace filter
