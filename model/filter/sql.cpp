// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/compare.h"
#include "filter/fields.h"

#include <array>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

/// A condition and whether it says exactly what the node means.
struct Condition
{
    QString text = u"1"_s;
    std::vector<QVariant> values;
    bool isExact = false;
};

Condition exactly(QString text, std::vector<QVariant> values = {})
{
    return {std::move(text), std::move(values), true};
}

QVariant toVariant(std::int64_t number)
{
    return QVariant(static_cast<qint64>(number));
}

QString numbersOf(std::uint32_t choices)
{
    QStringList numbers;
    for (unsigned i = 0; i < 32; ++i) {
        if ((choices >> i & 1U) != 0) {
            numbers.append(QString::number(i));
        }
    }
    return numbers.join(u", "_s);
}

Condition choiceCondition(const QString &column, std::uint32_t choices)
{
    const QString numbers = numbersOf(choices);
    return exactly(numbers.contains(u',') ? u"%1 IN (%2)"_s.arg(column, numbers)
                                          : u"%1 = %2"_s.arg(column, numbers));
}

/// The SQL function knows no escapes: a literal star becomes a wildcard, which lets more through.
QString looserPattern(const Term &term, bool &isExact)
{
    QString text;
    const QString &value = term.value;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value.at(i) == u'\\' && i + 1 < value.size()) {
            ++i;
            isExact = isExact && value.at(i) != u'*';
        }
        text += value.at(i);
    }
    return text;
}

Condition textCondition(const Term &term, const QString &column, const QString &table,
                        const QString &textColumn)
{
    const QString among = u"%1 IN (SELECT id FROM %2 WHERE "_s.arg(column, table);
    if (!term.pattern.hasWildcard()) {
        return exactly(among + u"text_equals(%1, ?))"_s.arg(textColumn), {term.pattern.plain()});
    }
    Condition condition = exactly({});
    const QString pattern = looserPattern(term, condition.isExact);
    condition.text = among + u"%1 <> '' AND text_matches(%1, ?))"_s.arg(textColumn);
    condition.values = {pattern};
    return condition;
}

Condition hasCondition(std::uint32_t choices)
{
    using event::Flag;
    struct Choice
    {
        Has has;
        QString text;
    };
    const auto flag = [](Flag wanted) { return u"(e.flags & %1) <> 0"_s.arg(static_cast<unsigned>(wanted)); };
    // These flags come from findings only: the store has an index of the events with any.
    const auto found = [&flag](Flag wanted) { return u"(e.findings > 0 AND "_s + flag(wanted) + u')'; };
    const std::array all{
        Choice{Has::Violation, u"e.status = %1"_s.arg(static_cast<unsigned>(event::Status::Violation))},
        Choice{Has::Lint, found(Flag::Lint)},
        Choice{Has::Pii, found(Flag::Privacy)},
        Choice{Has::Privacy, found(Flag::Privacy)},
        Choice{Has::Protocol, found(Flag::Protocol)},
        Choice{Has::Identity, found(Flag::Identity)},
        Choice{Has::Note, flag(Flag::Note)},
        Choice{Has::Bookmark, flag(Flag::Bookmark)},
        Choice{Has::DeliveryError,
               u"e.delivery = %1"_s.arg(static_cast<unsigned>(event::DeliveryState::Failed))},
    };
    QStringList asked;
    for (const Choice &choice : all) {
        if ((choices >> static_cast<unsigned>(choice.has) & 1U) != 0 && !asked.contains(choice.text)) {
            asked.append(choice.text);
        }
    }
    return exactly(asked.size() == 1 ? asked.front() : u'(' + asked.join(u" OR "_s) + u')');
}

Condition timeCondition(const Term &term)
{
    const Span span = term.span.value_or(Span{});
    const Span upper = term.upperSpan.value_or(Span{});
    const std::int64_t after = span.isDay ? span.untilUs - 1 : span.fromUs;
    switch (term.compare) {
    case Compare::Equal:
        return exactly(u"(e.received_us >= ? AND e.received_us < ?)"_s,
                       {toVariant(span.fromUs), toVariant(span.untilUs)});
    case Compare::Greater:
        return exactly(u"e.received_us > ?"_s, {toVariant(after)});
    case Compare::GreaterEqual:
        return exactly(u"e.received_us >= ?"_s, {toVariant(span.fromUs)});
    case Compare::Less:
        return exactly(u"e.received_us < ?"_s, {toVariant(span.fromUs)});
    case Compare::LessEqual:
        return exactly(u"e.received_us <= ?"_s, {toVariant(after)});
    case Compare::Range:
        break;
    }
    return exactly(u"(e.received_us >= ? AND e.received_us <= ?)"_s,
                   {toVariant(span.fromUs), toVariant(upper.isDay ? upper.untilUs - 1 : upper.fromUs)});
}

Condition sessionCondition(const Term &term)
{
    if (term.pattern.isAnything()) {
        return exactly(u"1"_s);
    }
    const double number = term.number.value_or(0);
    switch (term.compare) {
    case Compare::Equal:
        return exactly(u"e.session = ?"_s, {number});
    case Compare::Greater:
        return exactly(u"e.session > ?"_s, {number});
    case Compare::GreaterEqual:
        return exactly(u"e.session >= ?"_s, {number});
    case Compare::Less:
        return exactly(u"e.session < ?"_s, {number});
    case Compare::LessEqual:
        return exactly(u"e.session <= ?"_s, {number});
    case Compare::Range:
        break;
    }
    return exactly(u"(e.session >= ? AND e.session <= ?)"_s, {number, term.upperNumber.value_or(0)});
}

Condition ruleCondition(const Term &term)
{
    Condition condition = exactly(u"(e.findings > 0 AND has_rule(e.found, ?))"_s);
    Term looser = term;
    looser.value = rulePatternText(term);
    condition.values = {looserPattern(looser, condition.isExact)};
    return condition;
}

Condition deliveryCondition(const Term &term)
{
    const QString among = u"e.id IN (SELECT d.event FROM delivery d JOIN dispatch p ON p.id = d.dispatch"
                          u" WHERE text_equals(p.destination, ?)%1)"_s;
    // With several dispatches to one destination the row's own answer decides.
    const bool asksNone = (term.choices & 1U) != 0;
    if (asksNone) {
        return {};
    }
    return {among.arg(u" AND p.state IN (%1)"_s.arg(numbersOf(term.choices))), {term.path}, false};
}

Condition termCondition(const Term &term)
{
    switch (term.field) {
    case Field::Word:
        return term.pattern.isAnything() ? exactly(u"1"_s) : Condition();
    case Field::Type:
        return choiceCondition(u"e.type"_s, term.choices);
    case Field::Status:
        return choiceCondition(u"e.status"_s, term.choices);
    case Field::Event:
        return textCondition(term, u"e.name"_s, u"name"_s, u"text"_s);
    case Field::User:
        return textCondition(term, u"e.user"_s, u"user"_s, u"text"_s);
    case Field::Source:
        return textCondition(term, u"e.source"_s, u"source"_s, u"name"_s);
    case Field::Session:
        return sessionCondition(term);
    case Field::Has:
        return hasCondition(term.choices);
    case Field::Rule:
        return ruleCondition(term);
    case Field::Time:
        return timeCondition(term);
    case Field::Delivery:
        return deliveryCondition(term);
    case Field::Anonymous:
    case Field::Message:
    case Field::Library:
    case Field::App:
    case Field::Platform:
    case Field::Prop:
    case Field::Trait:
    case Field::Ctx:
        break;
    }
    return {};
}

enum class Sign : std::uint8_t { Plain, Negated };

/// A condition no narrower than the node, or than its opposite.
Condition nodeCondition(const Node &node, Sign sign)
{
    if (node.kind == Node::Kind::Term) {
        Condition condition = termCondition(node.term);
        if (sign == Sign::Plain) {
            return condition;
        }
        // The opposite of too much is too little: then nothing can be said.
        return condition.isExact ? exactly(u"NOT "_s + condition.text, std::move(condition.values))
                                 : Condition();
    }
    if (node.kind == Node::Kind::Not) {
        return nodeCondition(*node.children.front(), sign == Sign::Plain ? Sign::Negated : Sign::Plain);
    }
    const bool isAnd = (node.kind == Node::Kind::And) == (sign == Sign::Plain);
    QStringList parts;
    Condition all = exactly({});
    bool isOpen = false; // an Or with a branch that lets everything through
    for (const NodePtr &child : node.children) {
        Condition part = nodeCondition(*child, sign);
        all.isExact = all.isExact && part.isExact;
        if (part.text == u"1") {
            isOpen = isOpen || !isAnd;
            continue;
        }
        parts.append(part.text);
        all.values.insert(all.values.end(), part.values.begin(), part.values.end());
    }
    if (isOpen || parts.isEmpty()) {
        return {u"1"_s, {}, all.isExact};
    }
    all.text = parts.size() == 1 ? parts.front() : u'(' + parts.join(isAnd ? u" AND "_s : u" OR "_s) + u')';
    return all;
}

QString termFullText(const Term &term)
{
    switch (term.field) {
    case Field::Word:
        return term.pattern.fullText(term.isQuoted ? Pattern::WordEnd::AtWordEnd
                                                   : Pattern::WordEnd::Anywhere);
    case Field::Prop:
        // 10 also means 10.0, a date means its moments, and null is not in the index.
        if (term.compare != Compare::Equal || term.number || term.span ||
            (!term.pattern.hasWildcard() && term.pattern.matchesWhole(u"null"_s))) {
            return {};
        }
        // A wildcard may take in an escape of a whole other value, but never a container: `*` alone does.
        return term.pattern.isAnything() ? QString() : term.pattern.fullText(Pattern::WordEnd::AtWordEnd);
    case Field::Anonymous:
    case Field::Message:
        return term.pattern.fullText(Pattern::WordEnd::AtWordEnd);
    default:
        return {};
    }
}

/// A full-text expression that every match satisfies; empty when there is none.
QString nodeFullText(const Node &node)
{
    if (node.kind == Node::Kind::Term) {
        return termFullText(node.term);
    }
    if (node.kind == Node::Kind::Not) {
        return {};
    }
    const bool isOr = node.kind == Node::Kind::Or;
    QStringList parts;
    for (const NodePtr &child : node.children) {
        const QString part = nodeFullText(*child);
        if (!part.isEmpty()) {
            parts.append(u'(' + part + u')');
        } else if (isOr) {
            return {};
        }
    }
    return parts.join(isOr ? u" OR "_s : u" AND "_s);
}

} // namespace

Sql toSql(const Query &query)
{
    Sql sql;
    sql.where = u"1"_s;
    if (query.root) {
        Condition condition = nodeCondition(*query.root, Sign::Plain);
        sql.where = std::move(condition.text);
        sql.values = std::move(condition.values);
        sql.exact = condition.isExact;
        sql.fullText = nodeFullText(*query.root);
    }
    return sql;
}

} // namespace filter
