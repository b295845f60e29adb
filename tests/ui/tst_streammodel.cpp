// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/streammodel.h"

#include <thread>

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using event::EventId;
using event::EventLog;
using ui::StreamModel;
using ui::TextKind;

namespace {

/// Plays the stream thread: a log of its own and the updates it would post.
class FakeStream
{
public:
    explicit FakeStream(std::size_t maxRows = 4'000'000)
        : m_log(maxRows)
    {
    }

    stream::StreamUpdate append(std::uint64_t count, event::Status status = event::Status::Valid)
    {
        stream::StreamUpdate update;
        for (std::uint64_t i = 0; i < count; ++i) {
            event::EventSummary summary;
            summary.id = EventId(++m_lastId);
            summary.receivedUs = m_baseUs + static_cast<std::int64_t>(m_lastId) * 1'000;
            summary.type = event::CallType::Track;
            summary.name = event::NameId(1);
            summary.source = event::SourceId(2);
            summary.user = event::UserKey(3);
            summary.session = event::SessionId(1);
            event::EventState state;
            state.status = status;
            update.appended.push_back(m_log.last());
            m_log.append(summary, state);
        }
        return finished(std::move(update));
    }

    /// Every n-th row, as a filter would give.
    stream::StreamUpdate filtered(std::uint64_t step, std::uint64_t generation)
    {
        auto positions = std::make_shared<std::vector<EventLog::Position>>();
        for (EventLog::Position position = m_log.first(); position < m_log.last(); ++position) {
            if (position % step == 0) {
                positions->push_back(position);
            }
        }
        stream::StreamUpdate update;
        update.reset = positions;
        m_generation = generation;
        return finished(std::move(update));
    }

    stream::StreamUpdate changed(std::uint64_t id, event::Status status)
    {
        event::EventState state;
        state.status = status;
        state.findings = 2;
        state.worst = event::Severity::Error;
        state.topRule = static_cast<std::uint16_t>(event::RuleId::PlanRequired);
        m_log.setState(EventId(id), state);
        stream::StreamUpdate update;
        update.changed.push_back(EventId(id));
        return finished(std::move(update));
    }

    /// Rows from now on come in now, not some day in the past.
    void goLive() { m_baseUs = QDateTime::currentMSecsSinceEpoch() * 1000; }

    stream::StreamUpdate finished(stream::StreamUpdate update) const
    {
        update.log = m_log.snapshot();
        update.filterGeneration = m_generation;
        return update;
    }

private:
    EventLog m_log;
    std::int64_t m_baseUs = 1'790'000'000'000'000;
    std::uint64_t m_lastId = 0;
    std::uint64_t m_generation = 0;
};

std::vector<std::uint64_t> idsOf(const StreamModel &model)
{
    std::vector<std::uint64_t> ids;
    for (int row = 0; row < model.rowCount(); ++row) {
        ids.push_back(event::raw(model.eventId(row)));
    }
    return ids;
}

} // namespace

class TstStreamModel : public QObject
{
    Q_OBJECT

private slots:
    void rowsAndRoles()
    {
        StreamModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        FakeStream stream;
        stream::StreamUpdate update = stream.append(2);
        update.names = {{1, u"Order Completed"_s}};
        update.sources = {{2, u"Tracker UI"_s}};
        update.users = {{3, u"user-3"_s}};
        model.post(std::move(update));
        QTRY_COMPARE(model.rowCount(), 2);
        model.post(stream.changed(2, event::Status::Violation));
        QTRY_COMPARE(model.rowAt(1).state.status, event::Status::Violation);

        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, StreamModel::SourceColumn), u"Tracker UI"_s);
        QCOMPARE(text(0, StreamModel::TypeColumn), u"track"_s);
        QCOMPARE(text(0, StreamModel::EventColumn), u"Order Completed"_s);
        QCOMPARE(text(0, StreamModel::UserColumn), u"user-3"_s);
        QCOMPARE(text(0, StreamModel::FindingsColumn), QString());
        QCOMPARE(text(1, StreamModel::FindingsColumn), u"2"_s);
        QCOMPARE(text(0, StreamModel::DeliveryColumn), QString());
        const QString time = QDateTime::fromMSecsSinceEpoch(1'790'000'000'001).toString(u"HH:mm:ss.zzz"_s);
        QCOMPARE(text(0, StreamModel::TimeColumn), time);

        const QModelIndex second = model.index(1, StreamModel::EventColumn);
        QCOMPARE(second.data(StreamModel::EventIdRole).toULongLong(), 2U);
        QCOMPARE(second.data(StreamModel::StatusRole).toInt(), static_cast<int>(event::Status::Violation));
        QCOMPARE(second.data(StreamModel::FindingCountRole).toInt(), 2);
        QCOMPARE(second.data(StreamModel::WorstRole).toInt(), static_cast<int>(event::Severity::Error));
        QCOMPARE(second.data(StreamModel::TopRuleRole).toInt(),
                 static_cast<int>(event::RuleId::PlanRequired));
        QCOMPARE(second.data(StreamModel::SourceIdRole).toUInt(), 2U);
        QCOMPARE(second.data(StreamModel::ReceivedUsRole).toLongLong(), 1'790'000'000'002'000);
        QCOMPARE(second.data(Qt::AccessibleTextRole).toString(), u"Order Completed, violation"_s);
        QVERIFY(!model.index(0, 0).data(StreamModel::WorstRole).isValid());
        QVERIFY(!model.index(0, 0).data(Qt::DecorationRole).isValid());

        std::array roles{QModelRoleData(Qt::DisplayRole), QModelRoleData(StreamModel::EventIdRole)};
        model.multiData(second, roles);
        QCOMPARE(roles[0].data().toString(), u"Order Completed"_s);
        QCOMPARE(roles[1].data().toULongLong(), 2U);
    }

    void times_data()
    {
        QTest::addColumn<qint64>("us");
        QTest::newRow("now") << qint64(1'790'000'000'123'456);
        QTest::newRow("midnight in UTC") << qint64(1'789'948'800'000'000);
        QTest::newRow("a microsecond before") << qint64(1'789'948'799'999'999);
        QTest::newRow("summer") << qint64(1'782'000'000'007'000);
        QTest::newRow("before 1970") << qint64(-1'000'000);
    }
    void times()
    {
        QFETCH(qint64, us);
        const StreamModel model;
        const qint64 ms = us >= 0 ? us / 1000 : (us - 999) / 1000;
        QCOMPARE(model.timeText(us), QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss.zzz"_s));
    }

    void manyUpdatesAreOneInsert()
    {
        StreamModel model;
        FakeStream stream;
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy appended(&model, &StreamModel::rowsAppended);
        for (int i = 0; i < 50; ++i) {
            model.post(stream.append(10));
        }
        QTRY_COMPARE(model.rowCount(), 500);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(appended.count(), 1);
        QCOMPARE(inserted.front().at(1).toInt(), 0);
        QCOMPARE(inserted.front().at(2).toInt(), 499);
    }

    void filterSwapsAtOnceAndKeepsIds()
    {
        StreamModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        FakeStream stream;
        model.post(stream.append(100));
        QTRY_COMPARE(model.rowCount(), 100);
        QSignalSpy about(&model, &StreamModel::aboutToSwap);
        QSignalSpy swapped(&model, &StreamModel::swapped);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        EventId selected{};
        connect(&model, &StreamModel::aboutToSwap, &model,
                [&] { selected = model.eventId(50); }); // id 51, position 50
        model.post(stream.filtered(10, 4));
        QTRY_COMPARE(model.rowCount(), 10);
        QCOMPARE(about.count(), 1);
        QCOMPARE(swapped.count(), 1);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.filterGeneration(), 4U);
        QCOMPARE(model.loggedRows(), 100U);
        QCOMPARE(event::raw(selected), 51U);
        QCOMPARE(model.rowOf(selected), 5);
        QCOMPARE(model.eventId(5), selected);
        QCOMPARE(model.rowOf(EventId(52)), -1);
        QCOMPARE(model.nearestRow(EventId(52)), 6);
        QCOMPARE(model.nearestRow(EventId(1'000)), 9);
        QCOMPARE(model.nearestRow(EventId(0)), 0);
        // The next matches are appended behind.
        stream::StreamUpdate more = stream.append(10);
        more.appended = {100};
        model.post(std::move(more));
        QTRY_COMPARE(model.rowCount(), 11);
        QCOMPARE(event::raw(model.eventId(10)), 101U);
    }

    void appendedBeforeAResetInTheSameTick()
    {
        StreamModel model;
        FakeStream stream;
        model.post(stream.append(10));
        model.post(stream.filtered(5, 1));
        stream::StreamUpdate more = stream.append(1);
        model.post(std::move(more));
        QTRY_COMPARE(idsOf(model), (std::vector<std::uint64_t>{1, 6, 11}));
    }

    void pauseHoldsBackAndResumeMerges()
    {
        StreamModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        FakeStream stream;
        QSignalSpy held(&model, &StreamModel::heldBackChanged);
        QSignalSpy paused(&model, &StreamModel::pausedChanged);
        model.post(stream.append(5));
        QTRY_COMPARE(model.rowCount(), 5);
        model.pause();
        model.post(stream.append(3));
        QTRY_COMPARE(model.heldBack(), 3U);
        model.post(stream.append(4));
        QTRY_COMPARE(model.heldBack(), 7U);
        QCOMPARE(model.rowCount(), 5);
        QVERIFY(model.isPaused());
        QCOMPARE(held.last().front().toULongLong(), 7U);

        // Another filter shows its rows up to the pause, and holds back the rest.
        model.post(stream.filtered(2, 1));
        QTRY_COMPARE(model.filterGeneration(), 1U);
        QTRY_COMPARE(idsOf(model), (std::vector<std::uint64_t>{1, 3, 5}));
        QCOMPARE(model.heldBack(), 3U);

        model.resume();
        QCOMPARE(idsOf(model), (std::vector<std::uint64_t>{1, 3, 5, 7, 9, 11}));
        QCOMPARE(model.heldBack(), 0U);
        QCOMPARE(paused.count(), 2);
        model.resume(); // twice changes nothing
        QCOMPARE(paused.count(), 2);
    }

    void oldestRowsLeave()
    {
        StreamModel model;
        FakeStream stream(EventLog::chunkRows * 2);
        model.post(stream.append(EventLog::chunkRows * 2));
        QTRY_COMPARE(model.rowCount(), static_cast<int>(EventLog::chunkRows * 2));
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.post(stream.append(1));
        QTRY_COMPARE(model.rowCount(), static_cast<int>(EventLog::chunkRows + 1));
        QCOMPARE(removed.count(), 1);
        QCOMPARE(event::raw(model.eventId(0)), EventLog::chunkRows + 1);
        QCOMPARE(model.rowOf(EventId(1)), -1);
    }

    void pausedRowsStayWhenTheLogMovesOn()
    {
        StreamModel model;
        FakeStream stream(EventLog::chunkRows);
        model.post(stream.append(10));
        QTRY_COMPARE(model.rowCount(), 10);
        model.pause();
        model.post(stream.append(EventLog::chunkRows * 3));
        QTRY_VERIFY(model.heldBack() > 0);
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(event::raw(model.eventId(0)), 1U);
        const quint64 held = model.heldBack();
        QVERIFY(held <= EventLog::chunkRows);
        model.resume();
        QCOMPARE(model.rowCount(), static_cast<int>(held));
        QCOMPARE(event::raw(model.eventId(model.rowCount() - 1)), 10 + EventLog::chunkRows * 3);
    }

    void changedRowsAreAnnounced()
    {
        StreamModel model;
        FakeStream stream;
        model.post(stream.append(20));
        QTRY_COMPARE(model.rowCount(), 20);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy events(&model, &StreamModel::eventsChanged);
        model.post(stream.changed(4, event::Status::Violation));
        model.post(stream.changed(9, event::Status::Violation));
        QTRY_COMPARE(events.count(), 1);
        QCOMPARE(events.front().front().value<QList<quint64>>(), (QList<quint64>{4, 9}));
        QCOMPARE(changed.front().at(0).toModelIndex().row(), 3);
        QCOMPARE(changed.front().at(1).toModelIndex().row(), 8);
    }

    void newRowsAreNewForAWhile()
    {
        StreamModel model;
        FakeStream stream;
        model.post(stream.append(3));
        QTRY_COMPARE(model.rowCount(), 3);
        QVERIFY(!model.rowAt(2).isNew); // read from the store
        bool isNewAtFirst = false;
        connect(&model, &StreamModel::rowsAppended, &model,
                [&] { isNewAtFirst = model.index(4, 0).data(StreamModel::IsNewRole).toBool(); });
        stream.goLive();
        model.post(stream.append(2));
        QTRY_COMPARE(model.rowCount(), 5);
        QVERIFY(isNewAtFirst);
        QTRY_VERIFY(!model.rowAt(4).isNew);
        QVERIFY(!model.rowAt(0).isNew);
        // What a filter brings is not new.
        model.post(stream.filtered(1, 2));
        QTRY_COMPARE(model.filterGeneration(), 2U);
        QVERIFY(!model.rowAt(4).isNew);
    }

    void unknownTextsAreAskedForOnce()
    {
        StreamModel model;
        FakeStream stream;
        model.post(stream.append(3));
        QTRY_COMPARE(model.rowCount(), 3);
        QSignalSpy wanted(&model, &StreamModel::textsWanted);
        for (int row = 0; row < 3; ++row) {
            QCOMPARE(model.index(row, StreamModel::EventColumn).data().toString(), QString());
            QCOMPARE(model.index(row, StreamModel::UserColumn).data().toString(), QString());
        }
        QTRY_COMPARE(wanted.count(), 2);
        QCOMPARE(wanted.at(0).at(0).value<TextKind>(), TextKind::Name);
        QCOMPARE(wanted.at(0).at(1).value<QList<quint32>>(), QList<quint32>{1});
        QCOMPARE(wanted.at(1).at(0).value<TextKind>(), TextKind::User);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.putText(TextKind::Name, 1, u"Order Completed"_s);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(2, StreamModel::EventColumn).data().toString(), u"Order Completed"_s);
        QCOMPARE(model.text(TextKind::Name, 0), QString());
    }

    void statisticsArePassedOn()
    {
        StreamModel model;
        FakeStream stream;
        QSignalSpy facets(&model, &StreamModel::facetsChanged);
        QSignalSpy timeline(&model, &StreamModel::timelineChanged);
        QSignalSpy totals(&model, &StreamModel::totalsChanged);
        QSignalSpy progress(&model, &StreamModel::filterProgressed);
        stream::StreamUpdate update = stream.append(1);
        update.facets.emplace().types[1] = 9;
        update.timeline.emplace().startUs = 5;
        update.totals.emplace().events = 7;
        update.isFilterComplete = false;
        model.post(std::move(update));
        QTRY_COMPARE(totals.count(), 1);
        QCOMPARE(facets.count(), 1);
        QCOMPARE(timeline.count(), 1);
        QCOMPARE(progress.count(), 1);
        QVERIFY(!model.isFilterComplete());
        QCOMPARE(model.facets().types[1], 9U);
        QCOMPARE(model.timeline().startUs, 5);
        QCOMPARE(model.totals().events, 7U);
    }

    /// Fed from another thread while the GUI thread ticks: every row arrives once and in order.
    void hundredThousandRowsFromAThread()
    {
        constexpr std::uint64_t count = 100'000;
        StreamModel model;
        FakeStream stream;
        {
            std::jthread feeder([&] {
                for (std::uint64_t sent = 0; sent < count; sent += 100) {
                    model.post(stream.append(100));
                }
            });
            QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), static_cast<int>(count), 30'000);
        }
        for (int row = 0; row < model.rowCount(); row += 997) {
            QCOMPARE(event::raw(model.eventId(row)), static_cast<std::uint64_t>(row) + 1);
        }
        QCOMPARE(model.rowOf(EventId(count)), static_cast<int>(count) - 1);
        QCOMPARE(model.rowAtTime(1'790'000'000'000'000 + 500 * 1'000), 499);
        QCOMPARE(model.rowAtTime(std::numeric_limits<std::int64_t>::max()), static_cast<int>(count));
        model.pause();
        model.post(stream.append(10'000));
        QTRY_COMPARE(model.heldBack(), 10'000U);
        model.resume();
        QCOMPARE(model.rowCount(), static_cast<int>(count) + 10'000);
        model.post(stream.filtered(7, 1));
        QTRY_COMPARE(model.rowCount(), 15'715);
        QCOMPARE(event::raw(model.eventId(1)), 8U);
    }

    void positionList()
    {
        ui::PositionList list;
        QVERIFY(list.isEmpty());
        list.assign(std::make_shared<const std::vector<EventLog::Position>>(
            std::vector<EventLog::Position>{1, 3, 5}));
        list.append({7, 9});
        QCOMPARE(list.size(), 5U);
        QCOMPARE(list.at(3), 7U);
        QCOMPARE(list.lowerBound(4), 2U);
        QCOMPARE(list.lowerBound(8), 4U);
        QCOMPARE(list.lowerBound(10), 5U);
        const ui::PositionList taken = list.takeFrom(8);
        QCOMPARE(taken.size(), 1U);
        QCOMPARE(taken.at(0), 9U);
        list.dropFront(2);
        QCOMPARE(list.size(), 2U);
        QCOMPARE(list.at(0), 5U);
        list.dropFront(1);
        QCOMPARE(list.at(0), 7U);
        const ui::PositionList rest = list.takeFrom(0);
        QCOMPARE(rest.size(), 1U);
        QVERIFY(list.isEmpty());
        list.append({20});
        QCOMPARE(list.at(0), 20U);
    }
};

QTEST_GUILESS_MAIN(TstStreamModel)
#include "tst_streammodel.moc"
