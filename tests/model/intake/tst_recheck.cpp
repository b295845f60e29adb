// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/recheck.h"
#include "storethread.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using storetest::Place;
using storetest::require;

namespace {

constexpr std::size_t eventCount = 7'000; ///< more than three slices

const QByteArray paidPlan =
    R"({"rules":[{"type":"TRACK","key":"Order Loaded","jsonSchema":{"type":"object","properties":{"properties":
    {"type":"object","required":["orderId"]}}}}]})";
const QByteArray lostPlan =
    R"({"rules":[{"type":"TRACK","key":"Order Loaded","jsonSchema":{"type":"object"}},
    {"type":"TRACK","key":"Order Lost","jsonSchema":{"type":"object"}}]})";

intake::Checks checks(const QByteArray &plan, const QByteArray &fingerprint)
{
    check::Conventions none;
    none.isOn = false;
    return intake::checksOf(std::make_shared<const check::Checker>(
                                std::vector{require(plan::parse(plan, u"plan.json"_s))}, none, fingerprint),
                            std::make_shared<const segment::HealthOptions>(), 1);
}

} // namespace

class TstRecheck : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everyEventOnce();
    void sameVerdictsAreNotWritten();
    void preferredComeFirst();
    void preferredBeforeItBegins();
    void newestFirst();
    void cancelKeepsTheRest();
    void newerChecksStartOver();
    void afterCancelNothingIsPassedOver();
    void lateEvents();
    void progressEndsWithNone();
    void failedWriteEndsIt();
    void closedQueueEndsIt();
    void stopsWhileItRuns();
    void backToTheChecksOfBefore();
    void noStore();

private:
    [[nodiscard]] std::uint64_t countWith(event::Status status) const;
    [[nodiscard]] QByteArray checkedBy();
    [[nodiscard]] QByteArray unfinished();

    std::unique_ptr<Place> m_place;
    std::optional<store::Writer> m_writer;
    std::unique_ptr<storetest::StoreThread> m_thread;
    std::unique_ptr<intake::Recheck> m_recheck;
};

void TstRecheck::init()
{
    m_place = std::make_unique<Place>();
    m_writer = require(m_place->open());
    event::RequestDraft draft =
        storetest::draft(R"({"type":"track","event":"Order Loaded","properties":{}})");
    draft.events.front().status = event::Status::Unchecked;
    storetest::commit(*m_writer, std::vector<event::RequestDraft>(eventCount, draft));
    m_thread = std::make_unique<storetest::StoreThread>(*m_writer);
    m_recheck = std::make_unique<intake::Recheck>(m_place->path(), *m_thread);
}

void TstRecheck::cleanup()
{
    m_thread->close();
    m_recheck.reset();
    m_thread.reset();
    m_writer.reset();
    m_place.reset();
}

std::uint64_t TstRecheck::countWith(event::Status status) const
{
    auto reader = require(store::Reader::open(m_place->path()));
    const auto rows = require(reader.rows({}, 100'000));
    return static_cast<std::uint64_t>(std::ranges::count_if(
        rows, [status](const store::Reader::Row &row) { return row.state.status == status; }));
}

QByteArray TstRecheck::checkedBy()
{
    return m_thread->ask([](store::Writer &writer) { return writer.checkedBy(); });
}

QByteArray TstRecheck::unfinished()
{
    return m_thread->ask([](store::Writer &writer) { return writer.unfinishedRecheck(); });
}

void TstRecheck::everyEventOnce()
{
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    QCOMPARE(unfinished(), QByteArray());
    QCOMPARE(countWith(event::Status::Violation), eventCount);
    auto changed = m_thread->changed();
    QCOMPARE(changed.size(), eventCount);
    std::ranges::sort(changed);
    QVERIFY(std::ranges::adjacent_find(changed) == changed.end());
}

void TstRecheck::sameVerdictsAreNotWritten()
{
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    // Of a checker it knows nothing of.
    m_recheck->adopt(checks(lostPlan, "unknown"));
    m_recheck->start(checks(paidPlan, "paid again"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid again"_ba);
    QCOMPARE(m_thread->changed().size(), eventCount);
}

void TstRecheck::preferredComeFirst()
{
    // Each slice waits until the one before is written: the preferred are asked for while the first is held.
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2); // that it has begun, and the first verdicts
    const std::vector<event::EventId> visible{event::EventId{12}, event::EventId{11}, event::EventId{10}};
    m_recheck->prefer(visible);
    m_thread->release();
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    const auto changed = m_thread->changed();
    QCOMPARE(changed.size(), eventCount);
    const auto found = std::ranges::find(changed, event::EventId{10});
    // Two slices may have been taken before; the oldest slice was not.
    QVERIFY(std::distance(changed.begin(), found) <= 4'000);
    QVERIFY(std::ranges::find(changed, event::EventId{13}) > found);
}

void TstRecheck::preferredBeforeItBegins()
{
    m_recheck->prefer({event::EventId{2}, event::EventId{1}});
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    const auto changed = m_thread->changed();
    QCOMPARE(changed.size(), eventCount);
    QCOMPARE((std::vector(changed.begin(), changed.begin() + 2)),
             (std::vector{event::EventId{1}, event::EventId{2}}));
}

void TstRecheck::newestFirst()
{
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    const auto changed = m_thread->changed();
    QVERIFY(event::raw(changed.front()) > eventCount - 2'000);
    QVERIFY(event::raw(changed.back()) <= 2'000);
}

void TstRecheck::cancelKeepsTheRest()
{
    m_recheck->use(checks(lostPlan, "lost"));
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    m_recheck->cancel();
    m_thread->release();
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(m_recheck->progress().total, 0U);
    QTRY_VERIFY(!m_thread->changed().empty());
    // Neither the old nor the new checker may be said to have checked all.
    QCOMPARE(checkedBy(), QByteArray());
    QCOMPARE(unfinished(), "paid"_ba);
    const std::uint64_t done = countWith(event::Status::Violation);
    QVERIFY(done > 0 && done < eventCount);
    QCOMPARE(countWith(event::Status::Unchecked), eventCount - done);

    // Again: the rest as well.
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    QCOMPARE(unfinished(), QByteArray());
    QCOMPARE(countWith(event::Status::Violation), eventCount);
    QCOMPARE(m_thread->changed().size(), eventCount);
}

void TstRecheck::newerChecksStartOver()
{
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    m_recheck->start(checks(lostPlan, "lost"));
    m_thread->release();
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "lost"_ba);
    QCOMPARE(countWith(event::Status::Valid), eventCount);
}

void TstRecheck::afterCancelNothingIsPassedOver()
{
    m_recheck->start(checks(lostPlan, "lost"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(countWith(event::Status::Valid), eventCount);
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    m_recheck->cancel();
    m_thread->release();
    QTRY_VERIFY(!m_thread->changed().empty() && m_recheck->backlog() == 0);
    // Back to what most of them were checked with, but not all.
    m_recheck->start(checks(lostPlan, "lost"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "lost"_ba);
    QCOMPARE(countWith(event::Status::Valid), eventCount);
}

void TstRecheck::lateEvents()
{
    m_recheck->use(checks(paidPlan, "paid"));
    m_recheck->add({event::EventId{4}, event::EventId{5}});
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QTRY_COMPARE(m_thread->changed(), (std::vector{event::EventId{4}, event::EventId{5}}));
    QCOMPARE(m_recheck->progress().total, 0U);
    QCOMPARE(checkedBy(), QByteArray());
}

void TstRecheck::progressEndsWithNone()
{
    QCOMPARE(m_recheck->progress().total, 0U);
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->progress().total, eventCount);
    QVERIFY(m_recheck->progress().done < eventCount);
    QVERIFY(m_recheck->backlog() > 0);
    m_thread->release();
    QTRY_COMPARE(m_recheck->progress().total, 0U);
    QCOMPARE(m_recheck->backlog(), 0U);
}

void TstRecheck::failedWriteEndsIt()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"New verdicts were not stored"_s));
    (void)m_thread->ask([](store::Writer &writer) {
        writer.limitTo(1);
        return true;
    });
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), QByteArray());
    QVERIFY(countWith(event::Status::Unchecked) > 0);
    (void)m_thread->ask([](store::Writer &writer) {
        writer.limitTo(0);
        return true;
    });
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "paid"_ba);
    QCOMPARE(countWith(event::Status::Violation), eventCount);
}

void TstRecheck::closedQueueEndsIt()
{
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    m_thread->close();
    m_recheck.reset();
    QVERIFY(m_thread->changed().empty());
}

void TstRecheck::stopsWhileItRuns()
{
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    // The queue runs on: it stops between two slices, or has just come to its end.
    std::jthread releases([this] { m_thread->release(); });
    m_recheck.reset();
    const bool isOver = checkedBy() == "paid"_ba;
    QCOMPARE(unfinished(), isOver ? QByteArray() : "paid"_ba);
}

void TstRecheck::backToTheChecksOfBefore()
{
    m_recheck->start(checks(lostPlan, "lost"));
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    m_thread->hold();
    m_recheck->start(checks(paidPlan, "paid"));
    QTRY_VERIFY(m_thread->waiting() >= 2);
    // As the store knows it, nothing was written with the new ones yet; but it will be.
    m_recheck->use(checks(lostPlan, "lost"));
    m_thread->release();
    QTRY_COMPARE(m_recheck->backlog(), 0U);
    QCOMPARE(checkedBy(), "lost"_ba);
    QCOMPARE(countWith(event::Status::Valid), eventCount);
}

void TstRecheck::noStore()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"Stored events keep their old verdict"_s));
    intake::Recheck recheck(m_place->folder.filePath(u"none"_s), *m_thread);
    recheck.start(checks(paidPlan, "paid"));
    QTRY_COMPARE(recheck.backlog(), 0U);
    QVERIFY(m_thread->changed().empty());
}

QTEST_GUILESS_MAIN(TstRecheck)
#include "tst_recheck.moc"
