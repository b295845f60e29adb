// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/compare.h"
#include "filter/fields.h"

#include "json/parser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A string's text, a number's digits, true and false; empty for anything else.
QString scalarText(json::Value value)
{
    if (value.isString()) {
        return toText(value.text());
    }
    return value.isNumber() || value.isBool() ? toText(value.raw()) : QString();
}

/// What is read of one event, each part once and only when a term asks.
class Evaluation
{
public:
    Evaluation(const Subject &subject, json::Parser &parser)
        : m_subject(subject)
        , m_parser(parser)
    {
    }

    bool node(const Node &node)
    {
        const auto isTrue = [this](const NodePtr &child) { return this->node(*child); };
        switch (node.kind) {
        case Node::Kind::And:
            return std::ranges::all_of(node.children, isTrue);
        case Node::Kind::Or:
            return std::ranges::any_of(node.children, isTrue);
        case Node::Kind::Not:
            return !isTrue(node.children.front());
        case Node::Kind::Term:
            break;
        }
        return term(node.term);
    }

private:
    bool term(const Term &term)
    {
        switch (term.field) {
        case Field::Word:
            return hasWord(term);
        case Field::Type:
            return isAsked(term.choices, static_cast<std::size_t>(m_subject.summary().type));
        case Field::Event:
            return textMatches(term, m_subject.name());
        case Field::Source:
            return textMatches(term, m_subject.source());
        case Field::User:
            return textMatches(term, m_subject.user());
        case Field::Anonymous:
            return textMatches(term, scalarText(body().find("anonymousId")));
        case Field::Message:
            return textMatches(term, scalarText(body().find("messageId")));
        case Field::Session:
            return matchesSession(term);
        case Field::Status:
            return isAsked(term.choices, static_cast<std::size_t>(m_subject.state().status));
        case Field::Has:
            return hasAsked(term.choices, m_subject.state());
        case Field::Rule:
            return matchesRule(term);
        case Field::Library:
            return matchesNamed(term, "library");
        case Field::App:
            return matchesNamed(term, "app");
        case Field::Platform:
            return matchesPlatform(term);
        case Field::Time:
            return isWithin(term, m_subject.summary().receivedUs);
        case Field::Prop:
            return matchesAt(term, body().find("properties"));
        case Field::Trait:
            return matchesAt(term, body().find("traits")) || matchesAt(term, context().find("traits"));
        case Field::Ctx:
            return matchesAt(term, context());
        case Field::Delivery:
            return matchesDelivery(term);
        }
        return false;
    }

    json::Value body()
    {
        if (!m_isParsed) {
            m_isParsed = true;
            // A rejected request's bytes are no event.
            if (m_subject.summary().type == event::CallType::None) {
                return {};
            }
            if (auto parsed = m_parser.parse(m_subject.body())) {
                m_document = std::move(*parsed);
            }
        }
        return m_document ? m_document->root() : json::Value();
    }
    json::Value context() { return body().find("context"); }

    bool matchesSession(const Term &term) const
    {
        const auto session = static_cast<double>(event::raw(m_subject.summary().session));
        return term.pattern.isAnything() || compareNumbers(term, session);
    }

    bool matchesRule(const Term &term) const
    {
        const Pattern pattern = rulePattern(term);
        return std::ranges::any_of(m_subject.findings(), [&](const event::Finding &finding) {
            const std::string_view word = event::word(finding.rule);
            return pattern.matchesWhole(toText(word));
        });
    }

    bool matchesNamed(const Term &term, std::string_view key)
    {
        const json::Value named = context().find(key);
        const QString name = scalarText(named.find("name"));
        const QString version = scalarText(named.find("version"));
        return textMatches(term, name) || (!version.isEmpty() && textMatches(term, name + u' ' + version)) ||
               textMatches(term, scalarText(named.find("namespace")));
    }

    bool matchesPlatform(const Term &term)
    {
        const json::Value device = context().find("device");
        const QStringList names{
            scalarText(context().find("os").find("name")), scalarText(device.find("type")),
            scalarText(context().find("channel")), scalarText(body().find("channel")),
            // A browser says neither, but where it is.
            context().find("page").isObject() && device.isMissing() ? u"web"_s : QString()};
        return std::ranges::any_of(names, [&](const QString &name) { return textMatches(term, name); });
    }

    bool matchesDelivery(const Term &term) const
    {
        const QString state = m_subject.delivery(term.path);
        const QStringList states = choicesOf(Field::Delivery);
        const qsizetype index = state.isEmpty() ? 0 : states.indexOf(state);
        return index >= 0 && isAsked(term.choices, static_cast<std::size_t>(index));
    }

    static bool matchesAt(const Term &term, json::Value root)
    {
        return anyAt(root, term.keys, 0, [&term](json::Value value) { return matchesValue(term, value); });
    }

    /// Folded texts of what the full-text index holds of an event.
    const QStringList &texts()
    {
        if (m_texts.isEmpty()) {
            m_texts.append(m_subject.name().toCaseFolded());
            for (const char *key : {"userId", "anonymousId", "messageId", "previousId", "groupId"}) {
                addText(body().find(key));
            }
            addLeaves(body().find("properties"));
            addLeaves(body().find("traits"));
        }
        return m_texts;
    }

    void addText(json::Value value)
    {
        const QString text = scalarText(value);
        if (!text.isEmpty()) {
            m_texts.append(text.toCaseFolded());
        }
    }

    void addLeaves(json::Value value)
    {
        // Without recursion: an event may be nested thousands of levels deep.
        std::vector<json::Value::Child> open{value.firstChild()};
        while (!open.empty()) {
            const json::Value::Child child = open.back();
            if (!child) {
                open.pop_back();
                continue;
            }
            open.back() = child.next();
            const json::Value inner = child.value();
            if (inner.isObject() || inner.isArray()) {
                open.push_back(inner.firstChild());
            } else {
                addText(inner);
            }
        }
    }

    bool hasWord(const Term &term)
    {
        const auto end = term.isQuoted ? Pattern::WordEnd::AtWordEnd : Pattern::WordEnd::Anywhere;
        return term.pattern.isAnything() || std::ranges::any_of(texts(), [&](const QString &text) {
                   return term.pattern.matchesWord(text, end);
               });
    }

    const Subject &m_subject;
    json::Parser &m_parser;
    std::shared_ptr<const json::Document> m_document;
    bool m_isParsed = false;
    QStringList m_texts;
};

bool isSummaryField(const Node &node)
{
    if (node.kind != Node::Kind::Term) {
        return std::ranges::all_of(node.children,
                                   [](const NodePtr &child) { return isSummaryField(*child); });
    }
    switch (node.term.field) {
    case Field::Type:
    case Field::Event:
    case Field::Source:
    case Field::User:
    case Field::Session:
    case Field::Status:
    case Field::Has:
    case Field::Time:
        return true;
    case Field::Word:
        return node.term.pattern.isAnything();
    default:
        return false;
    }
}

} // namespace

bool isSummaryOnly(const Query &query)
{
    return !query.root || isSummaryField(*query.root);
}

struct Matcher::Impl
{
    Query query;
    json::Parser parser;
};

Matcher::Matcher(Query query)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->query = std::move(query);
}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher &&) noexcept = default;
Matcher &Matcher::operator=(Matcher &&) noexcept = default;

const Query &Matcher::query() const
{
    return m_impl->query;
}

bool Matcher::matches(const Subject &subject)
{
    return !m_impl->query.root || Evaluation(subject, m_impl->parser).node(*m_impl->query.root);
}

bool matches(const Query &query, const Subject &subject)
{
    return Matcher(query).matches(subject);
}

} // namespace filter
