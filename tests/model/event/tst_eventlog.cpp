// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "event/eventlog.h"

#include "base/mailbox.h"

#include <thread>

#include <QTest>

using event::EventId;
using event::EventLog;

namespace {

event::EventSummary summaryOf(std::uint64_t id)
{
    event::EventSummary summary;
    summary.id = EventId(id);
    summary.receivedUs = static_cast<std::int64_t>(id) * 10;
    return summary;
}

event::EventState stateOf(event::Status status)
{
    event::EventState state;
    state.status = status;
    return state;
}

} // namespace

class TstEventLog : public QObject
{
    Q_OBJECT

private slots:
    void emptySnapshot()
    {
        const EventLog::Snapshot none;
        QCOMPARE(none.first(), 0U);
        QCOMPARE(none.last(), 0U);
        QCOMPARE(none.find(EventId(1)), none.last());
        const EventLog log;
        QCOMPARE(log.snapshot().find(EventId(1)), 0U);
    }

    void rowsAcrossChunks()
    {
        EventLog log;
        const std::uint64_t count = EventLog::chunkRows * 2 + 5;
        for (std::uint64_t i = 0; i < count; ++i) {
            log.append(summaryOf(i * 3 + 1), stateOf(event::Status::Valid));
        }
        const EventLog::Snapshot snapshot = log.snapshot();
        QCOMPARE(snapshot.first(), 0U);
        QCOMPARE(snapshot.last(), count);
        for (const std::uint64_t position : {std::uint64_t(0), std::uint64_t(EventLog::chunkRows - 1),
                                             std::uint64_t(EventLog::chunkRows), count - 1}) {
            QCOMPARE(event::raw(snapshot.summary(position).id), position * 3 + 1);
            QCOMPARE(snapshot.find(EventId(position * 3 + 1)), position);
        }
        QCOMPARE(snapshot.find(EventId(2)), snapshot.last());
        QCOMPARE(snapshot.find(EventId(0)), snapshot.last());
        QCOMPARE(snapshot.find(EventId(count * 3 + 1)), snapshot.last());
    }

    void snapshotStandsStillButStatesLive()
    {
        EventLog log;
        log.append(summaryOf(1), stateOf(event::Status::Unchecked));
        const EventLog::Snapshot snapshot = log.snapshot();
        log.append(summaryOf(2), stateOf(event::Status::Valid));
        QCOMPARE(snapshot.last(), 1U);
        QCOMPARE(snapshot.find(EventId(2)), snapshot.last());
        QVERIFY(log.setState(EventId(1), stateOf(event::Status::Violation)));
        QCOMPARE(snapshot.state(0).status, event::Status::Violation);
        QVERIFY(!log.setState(EventId(9), {}));
    }

    void oldestChunkLeavesWhole()
    {
        EventLog log(EventLog::chunkRows * 2 - 100); // rounded up to two chunks
        QCOMPARE(log.capacity(), EventLog::chunkRows * 2);
        for (std::uint64_t i = 1; i <= log.capacity(); ++i) {
            log.append(summaryOf(i), {});
        }
        QCOMPARE(log.first(), 0U);
        const EventLog::Snapshot before = log.snapshot();
        log.append(summaryOf(log.capacity() + 1), {});
        QCOMPARE(log.first(), EventLog::chunkRows);
        QCOMPARE(log.last(), EventLog::chunkRows * 2 + 1);

        const EventLog::Snapshot after = log.snapshot();
        QCOMPARE(after.find(EventId(1)), after.last());
        QVERIFY(!log.setState(EventId(1), {}));
        QCOMPARE(event::raw(after.summary(after.first()).id), EventLog::chunkRows + 1);
        QCOMPARE(after.find(EventId(EventLog::chunkRows + 1)), EventLog::chunkRows);
        // Whoever still holds it reads on.
        QCOMPARE(event::raw(before.summary(0).id), 1U);
    }

    void readersOnOtherThreads()
    {
        EventLog log(EventLog::chunkRows * 3);
        base::Mailbox<EventLog::Snapshot> mailbox;
        const std::uint64_t count = EventLog::chunkRows * 6;
        std::atomic<std::uint64_t> wrong = 0;
        std::uint64_t seen = 0;
        std::jthread reader([&] {
            while (seen < count) {
                for (const EventLog::Snapshot &snapshot : mailbox.takeAll()) {
                    seen = snapshot.last();
                    for (auto position = snapshot.first(); position < snapshot.last(); position += 97) {
                        wrong += event::raw(snapshot.summary(position).id) == position + 1 ? 0 : 1;
                        wrong += snapshot.state(position).findings <= 1 ? 0 : 1;
                    }
                }
            }
        });
        for (std::uint64_t i = 1; i <= count; ++i) {
            log.append(summaryOf(i), {});
            event::EventState state;
            state.findings = 1;
            log.setState(EventId(i / 2 + 1), state);
            if (i % 64 == 0) {
                static_cast<void>(mailbox.post(log.snapshot()));
            }
        }
        reader.join();
        QCOMPARE(wrong.load(), 0U);
        QCOMPARE(seen, count);
    }
};

QTEST_GUILESS_MAIN(TstEventLog)
#include "tst_eventlog.moc"
