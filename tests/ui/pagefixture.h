// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fakeservices.h"

#include <QHash>

namespace tests {

/// What a test says of one event; the rest is filled in.
struct SampleEvent
{
    event::CallType type = event::CallType::Track;
    QString name = {};
    QString source = QStringLiteral("Tracker UI");
    QString user = QStringLiteral("usr_8c41");
    event::Status status = event::Status::Valid;
    QByteArray body = {};
    std::vector<event::Finding> findings = {};
    event::DeliveryState delivery = event::DeliveryState::None;
};

/// Plays the stream and the store for the pages: rows go to the subscribers, details to the fake services.
class PageFixture
{
public:
    explicit PageFixture(FakeServices &services)
        : m_services(services)
    {
    }

    /// Appends the events and posts them in one update, as one commit would.
    std::vector<event::EventId> add(const std::vector<SampleEvent> &events)
    {
        stream::StreamUpdate update;
        std::vector<event::EventId> ids;
        for (const SampleEvent &sample : events) {
            ids.push_back(append(sample, update));
        }
        finish(update);
        m_services.post(update);
        return ids;
    }

    /// What the stream answers to a filter: only these rows, in order.
    void filterTo(const std::vector<event::EventId> &ids)
    {
        stream::StreamUpdate update;
        auto positions = std::make_shared<std::vector<event::EventLog::Position>>();
        const auto snapshot = m_log.snapshot();
        for (const event::EventId id : ids) {
            positions->push_back(snapshot.find(id));
        }
        update.reset = positions;
        finish(update);
        m_services.post(update);
    }

    void setState(event::EventId id, event::EventState state)
    {
        m_log.setState(id, state);
        m_services.details[id].event.state = state;
        stream::StreamUpdate update;
        update.changed = {id};
        finish(update);
        m_services.post(update);
    }

    /// Time of the next event; each comes 137 ms after the one before.
    std::int64_t nextUs = 1'795'600'805'123'000;

private:
    event::EventId append(const SampleEvent &sample, stream::StreamUpdate &update)
    {
        const event::EventId id{++m_lastId};
        event::EventSummary summary;
        summary.id = id;
        summary.receivedUs = nextUs;
        nextUs += 137'000;
        summary.name = event::NameId(idOf(m_names, sample.name, update.names));
        summary.source = event::SourceId(idOf(m_sources, sample.source, update.sources));
        summary.user = event::UserKey(idOf(m_users, sample.user, update.users));
        summary.session = event::SessionId(1);
        summary.bodyBytes = static_cast<std::uint32_t>(sample.body.size());
        summary.type = sample.type;
        event::EventState state = event::stateFor(sample.status, sample.findings, 0);
        state.delivery = sample.delivery;
        update.appended.push_back(m_log.last());
        m_log.append(summary, state);
        count(summary, state);

        store::EventDetail detail;
        detail.event = {.summary = summary,
                        .state = state,
                        .body = sample.body,
                        .name = sample.name,
                        .source = sample.source,
                        .user = sample.user,
                        .findings = sample.findings};
        detail.userId = sample.user;
        detail.method = "POST";
        detail.target = "/v1/t";
        detail.head = "POST /v1/t HTTP/1.1\r\n"
                      "Host: 127.0.0.1:8765\r\n"
                      "Authorization: Basic d2tfbGl2ZV81MWY4YzAyNzphYjEyOg==\r\n"
                      "Content-Type: application/json\r\n"
                      "User-Agent: analytics-node/3.1.0\r\n\r\n";
        detail.peer = "127.0.0.1:40822";
        detail.requestBody = sample.body;
        detail.wireBytes = static_cast<std::uint64_t>(sample.body.size());
        m_services.details[id] = std::move(detail);
        return id;
    }

    void count(const event::EventSummary &summary, const event::EventState &state)
    {
        ++m_facets.types[static_cast<std::size_t>(summary.type)];
        ++m_facets.statuses[static_cast<std::size_t>(state.status)];
        ++m_totals.statuses[static_cast<std::size_t>(state.status)];
        m_totals.events += state.status == event::Status::Rejected ? 0 : 1;
        if (event::raw(summary.source) != 0) {
            bump(m_facets.sources, summary.source);
        }
        bump(m_facets.names, summary.name);
        if (m_timeline.buckets.empty()) {
            m_timeline.startUs = summary.receivedUs;
            m_timeline.bucketUs = 1'000'000;
        }
        const auto bucket =
            static_cast<std::size_t>((summary.receivedUs - m_timeline.startUs) / m_timeline.bucketUs);
        m_timeline.buckets.resize(std::max(m_timeline.buckets.size(), bucket + 1));
        ++m_timeline.buckets[bucket][static_cast<std::size_t>(state.status)];
    }

    template <typename Id>
    static void bump(std::vector<std::pair<Id, std::uint64_t>> &counts, Id id)
    {
        const auto found =
            std::ranges::find_if(counts, [id](const auto &entry) { return entry.first == id; });
        if (found == counts.end()) {
            counts.emplace_back(id, 1);
        } else {
            ++found->second;
        }
    }

    void finish(stream::StreamUpdate &update)
    {
        update.log = m_log.snapshot();
        update.filterGeneration = m_services.lastGeneration;
        update.facets = m_facets;
        update.timeline = m_timeline;
        update.totals = m_totals;
    }

    static std::uint32_t idOf(QHash<QString, std::uint32_t> &ids, const QString &text,
                              QHash<std::uint32_t, QString> &fresh)
    {
        if (text.isEmpty()) {
            return 0;
        }
        auto found = ids.find(text);
        if (found == ids.end()) {
            found = ids.insert(text, static_cast<std::uint32_t>(ids.size() + 1));
            fresh.insert(*found, text);
        }
        return *found;
    }

    FakeServices &m_services;
    event::EventLog m_log;
    std::uint64_t m_lastId = 0;
    QHash<QString, std::uint32_t> m_names, m_sources, m_users;
    stream::FacetCounts m_facets;
    stream::Timeline m_timeline;
    stream::Totals m_totals;
};

} // namespace tests
