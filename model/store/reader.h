// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

namespace store {

/// A read-only connection of its own to a store; one per thread that reads. Sees what is committed.
class Reader
{
public:
    struct Impl;
    explicit Reader(std::unique_ptr<Impl> impl);
    ~Reader();
    Reader(Reader &&) noexcept;
    Reader &operator=(Reader &&) noexcept;

    [[nodiscard]] static base::Result<Reader> open(const QString &path);

    [[nodiscard]] base::Result<EventDetail> detail(event::EventId id);
    [[nodiscard]] base::Result<EventDetail> detailByMessageId(const QString &messageId);
    /// Body and range of one event, for replays.
    struct StoredEvent
    {
        event::Event event;
        QByteArray requestBody;
        std::uint32_t begin = 0, end = 0;
        event::RequestId request{};
    };
    [[nodiscard]] base::Result<StoredEvent> event(event::EventId id);
    /// The original request of a dispatch, wire bytes included, for a transparent forward.
    struct StoredRequest
    {
        QByteArray method, target, head, wireBody, body;
        http::Coding coding = http::Coding::Identity;
        std::vector<event::EventId> events;
    };
    [[nodiscard]] base::Result<StoredRequest> request(event::RequestId id);

    enum class Order : std::uint8_t { OldestFirst, NewestFirst };
    struct Page
    {
        std::vector<event::EventId> ids;
        bool isComplete = true; ///< false: stopped early, or more follow after the last id
    };
    /// Keyset paging: ids after (or before) `from`, at most `limit`. Runs in slices; `stop` ends it with
    /// what was found; `progress` gets 0..1 and may be empty.
    [[nodiscard]] base::Result<Page> find(const filter::Query &query, Order order, event::EventId from,
                                          std::size_t limit, std::stop_token stop,
                                          const std::function<void(double)> &progress);

    /// Rows for the EventLog, oldest first from `after`; at most `limit`. The stream's start-up.
    struct Row
    {
        event::EventSummary summary;
        event::EventState state;
    };
    [[nodiscard]] base::Result<std::vector<Row>> rows(event::EventId after, std::size_t limit);
    /// Ids of the newest rows below `before`, newest first.
    [[nodiscard]] base::Result<std::vector<event::EventId>> newestIds(event::EventId before,
                                                                      std::size_t limit);
    [[nodiscard]] base::Result<event::EventId> newestId(); ///< 0 when there is none

    /// A row with the verdict it has, for who gives it a new one; the body is its request's.
    struct CheckedRow
    {
        event::EventSummary summary;
        event::EventState state;
        event::RequestId request{};
        std::uint32_t begin = 0, end = 0; ///< byte range in the request's body
        QByteArray found;                 ///< event::encodeFindings()
    };
    /// All events of the requests whose first event is from `first` to `last`, in the order of id: each
    /// request belongs to one stretch of ids.
    [[nodiscard]] base::Result<std::vector<CheckedRow>> checkedRows(event::EventId first,
                                                                    event::EventId last);
    /// Of these events those that are there, in the order of id.
    [[nodiscard]] base::Result<std::vector<CheckedRow>> checkedRows(std::span<const event::EventId> ids);
    /// Decoded; empty when it has none or is gone. Faster than request().
    [[nodiscard]] base::Result<QByteArray> requestBody(event::RequestId id);

    [[nodiscard]] base::Result<Counts> counts(event::SessionId session); ///< 0: the whole store
    [[nodiscard]] base::Result<std::vector<Source>> sources();
    [[nodiscard]] base::Result<std::vector<Session>> sessions();
    /// Dictionary: text behind a NameId or a UserKey; empty when there is none.
    [[nodiscard]] QString nameText(event::NameId id);
    [[nodiscard]] QString userText(event::UserKey id);
    /// Looked up each time: sources are renamed.
    [[nodiscard]] QString sourceText(event::SourceId id);
    /// Pending dispatches due at or before `nowUs`, oldest first.
    [[nodiscard]] base::Result<std::vector<Dispatch>> dueDispatches(std::int64_t nowUs, std::size_t limit);
    [[nodiscard]] base::Result<Dispatch> dispatch(event::DispatchId id);
    /// What is queued for a destination, due or not, oldest first: what the delivery queue chooses from.
    struct QueuedDispatch
    {
        event::DispatchId id{};
        std::int64_t nextAttemptUs = 0;
        bool isReplay = false;
    };
    [[nodiscard]] base::Result<std::vector<QueuedDispatch>> queued(const QString &destination,
                                                                   std::size_t limit);
    [[nodiscard]] base::Result<std::uint64_t> queuedCount(const QString &destination);
    /// How many events of each (type, name) and when last, for the Plan page.
    struct Seen
    {
        event::CallType type{};
        QString name;
        std::uint64_t count = 0, violations = 0;
        std::int64_t lastUs = 0;
    };
    [[nodiscard]] base::Result<std::vector<Seen>> seenEvents(std::stop_token stop);

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace store
