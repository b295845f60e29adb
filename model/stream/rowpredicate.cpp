// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/rowpredicate.h"

#include "filter/compare.h"

#include <algorithm>

namespace stream {

using filter::Field;
using filter::Node;

RowPredicate::RowPredicate(filter::NodePtr root, const Texts &names, const Texts &sources, const Texts &users)
    : m_root(std::move(root))
    , m_names(names)
    , m_sources(sources)
    , m_users(users)
{
    if (m_root) {
        m_test = build(*m_root);
    }
}

RowPredicate::Test RowPredicate::build(const Node &node)
{
    Test test;
    test.node = &node;
    for (const filter::NodePtr &child : node.children) {
        test.children.push_back(build(*child));
    }
    return test;
}

void RowPredicate::forget(Test &test)
{
    test.byId.clear();
    test.byLargeId.clear();
    for (Test &child : test.children) {
        forget(child);
    }
}

void RowPredicate::forget()
{
    forget(m_test);
}

bool RowPredicate::matches(const event::EventSummary &summary, event::EventState state)
{
    return !m_root || test(m_test, summary, state);
}

bool RowPredicate::test(Test &test, const event::EventSummary &summary, event::EventState state)
{
    const auto isTrue = [&](Test &child) { return this->test(child, summary, state); };
    switch (test.node->kind) {
    case Node::Kind::And:
        return std::ranges::all_of(test.children, isTrue);
    case Node::Kind::Or:
        return std::ranges::any_of(test.children, isTrue);
    case Node::Kind::Not:
        return !isTrue(test.children.front());
    case Node::Kind::Term:
        break;
    }
    const filter::Term &term = test.node->term;
    switch (term.field) {
    case Field::Type:
        return filter::isAsked(term.choices, static_cast<std::size_t>(summary.type));
    case Field::Status:
        return filter::isAsked(term.choices, static_cast<std::size_t>(state.status));
    case Field::Has:
        return filter::hasAsked(term.choices, state);
    case Field::Time:
        return filter::isWithin(term, summary.receivedUs);
    case Field::Session:
        return term.pattern.isAnything() ||
               filter::compareNumbers(term, static_cast<double>(event::raw(summary.session)));
    case Field::Event:
        return text(test, event::raw(summary.name), m_names);
    case Field::Source:
        return text(test, event::raw(summary.source), m_sources);
    case Field::User:
        return text(test, event::raw(summary.user), m_users);
    default:
        return term.pattern.isAnything(); // the word *: nothing else is summary-only
    }
}

bool RowPredicate::text(Test &test, std::uint32_t id, const Texts &texts)
{
    if (id == 0) {
        return false;
    }
    constexpr std::uint32_t denseIds = 1U << 20U;
    if (id < denseIds && id >= test.byId.size()) {
        test.byId.resize(std::max<std::size_t>(id + 1, test.byId.size() * 2));
    }
    Verdict &verdict = id < denseIds ? test.byId[id] : test.byLargeId[id];
    if (verdict == Verdict::Unknown) {
        const QString *found = texts.find(id);
        if (found == nullptr) {
            m_isTextMissing = true;
            return false;
        }
        verdict = filter::textMatches(test.node->term, *found) ? Verdict::Yes : Verdict::No;
    }
    return verdict == Verdict::Yes;
}

} // namespace stream
