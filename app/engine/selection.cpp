// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/selection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

constexpr std::size_t sliceEvents = 1'000;

filter::Query parsed(const QString &text)
{
    auto query = filter::parse(text);
    Q_ASSERT(query.has_value());
    return std::move(*query);
}

} // namespace

base::Result<filter::Query> queryOf(const Selection &selection)
{
    auto query = filter::parse(selection.filter);
    if (!query) {
        return base::failure(base::ErrorCode::BadInput, u"The filter can't be read."_s, query.error().message,
                             u"Mend the filter, or leave it empty."_s);
    }
    if (selection.sessions.empty()) {
        return std::move(*query);
    }
    QStringList terms;
    for (const event::SessionId session : selection.sessions) {
        terms += u"session:%1"_s.arg(event::raw(session));
    }
    filter::Query sessions = parsed(terms.join(u" OR "_s));
    if (query->root == nullptr) {
        return sessions;
    }
    filter::Node both;
    both.kind = filter::Node::Kind::And;
    both.children = {query->root, sessions.root};
    filter::Query made;
    made.root = std::make_shared<const filter::Node>(std::move(both));
    made.text = filter::toString(made.root);
    return made;
}

filter::Query queryOf(event::CallType type, const QString &name)
{
    const std::string_view word = event::word(type);
    QString text = u"type:"_s + QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    if (!name.isEmpty()) {
        text += u" event:"_s + filter::literal(name);
    }
    return parsed(text);
}

SelectionWalk::SelectionWalk(filter::Query query, std::vector<event::EventId> events,
                             store::Reader::Order order)
    : m_query(std::move(query))
    , m_events(std::move(events))
    , m_order(order)
{
}

void SelectionWalk::measure(store::Reader &reader)
{
    const auto newest = reader.newestIds({}, 1);
    const auto oldest = reader.find({}, store::Reader::Order::OldestFirst, {}, 1, {}, {});
    if (newest && !newest->empty() && oldest && !oldest->ids.empty()) {
        m_newest = event::raw(newest->front());
        m_first = event::raw(oldest->ids.front());
    }
}

base::Result<bool> SelectionWalk::step(store::Reader &reader, const report::StoredWalk::Take &take,
                                       const std::stop_token &stop)
{
    if (!m_walk) {
        m_walk.emplace(reader);
        measure(reader);
    }
    const Slice slice;
    if (!m_events.empty()) {
        bool goesOn = true;
        while (m_nextEvent < m_events.size() && goesOn && !slice.isOver() && !stop.stop_requested()) {
            const event::EventId id = m_events[m_nextEvent++];
            static_cast<void>(
                m_walk->one(id, [&](const report::StoredEvent &event) { return goesOn = take(event); }));
        }
        return m_nextEvent < m_events.size();
    }
    // What is committed while we look is for the next step.
    const auto newest = reader.newestIds({}, 1);
    report::StoredWalk::Range range;
    range.order = m_order;
    range.from = m_last;
    range.limit = sliceEvents;
    const auto last = m_walk->run(
        m_query, range, [&](const report::StoredEvent &event) { return take(event) && !slice.isOver(); },
        stop);
    if (!last) {
        return base::Failure(last.error());
    }
    const bool hasMore = std::exchange(m_last, *last) != *last;
    if (!hasMore && m_order == store::Reader::Order::OldestFirst && newest && !newest->empty()) {
        // Nothing up to there: the next step need not search it again.
        m_last = std::max(m_last, newest->front());
    }
    return hasMore;
}

double SelectionWalk::progress() const
{
    if (!m_events.empty()) {
        return static_cast<double>(m_nextEvent) / static_cast<double>(m_events.size());
    }
    if (m_newest <= m_first || m_last == event::EventId{}) {
        return 0;
    }
    const auto last = static_cast<double>(event::raw(m_last));
    const auto newest = static_cast<double>(m_newest);
    const auto first = static_cast<double>(m_first);
    const double done = m_order == store::Reader::Order::OldestFirst ? last - first : newest - last;
    return std::clamp(done / (newest - first), 0.0, 1.0);
}

} // namespace engine
