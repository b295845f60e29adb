// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/verdictwriting.h"
#include "storethread.h"

using namespace Qt::StringLiterals;
using storetest::Place;
using storetest::require;
using State = intake::VerdictWriting::State;

class TstVerdictWriting : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void writesInOrder();
    void nothingIsNoWrite();
    void givesWay();
    void oneAtATime();
    void refusedByTheStore();
    void closedQueue();

private:
    [[nodiscard]] std::vector<store::Writer::NewVerdict> verdicts(std::size_t from, std::size_t count) const;

    std::unique_ptr<Place> m_place;
    std::optional<store::Writer> m_writer;
    std::unique_ptr<storetest::StoreThread> m_thread;
    std::vector<event::EventId> m_ids;
};

void TstVerdictWriting::init()
{
    m_place = std::make_unique<Place>();
    m_writer = require(m_place->open());
    std::vector<event::RequestDraft> drafts(300, storetest::draft(R"({"type":"track","event":"E"})"));
    m_ids.clear();
    for (const event::Event &event : storetest::commit(*m_writer, std::move(drafts))) {
        m_ids.push_back(event.summary.id);
    }
    m_thread = std::make_unique<storetest::StoreThread>(*m_writer);
}

void TstVerdictWriting::cleanup()
{
    m_thread.reset();
    m_writer.reset();
    m_place.reset();
}

std::vector<store::Writer::NewVerdict> TstVerdictWriting::verdicts(std::size_t from, std::size_t count) const
{
    std::vector<store::Writer::NewVerdict> made;
    for (std::size_t i = from; i < from + count; ++i) {
        made.push_back({m_ids[i],
                        event::Status::Violation,
                        {{event::RuleId::PlanRequired,
                          event::Severity::Error,
                          json::Pointer("/properties/orderId"),
                          {QString(1'000, u'x'), {}}}},
                        {}});
    }
    return made;
}

void TstVerdictWriting::writesInOrder()
{
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write(verdicts(0, 200)), State::Written);
    QCOMPARE(writing.write(verdicts(200, 100)), State::Written);
    QCOMPARE(writing.wait(), State::Written);
    QCOMPARE(m_thread->ask([](store::Writer &) { return true; }), true);
    QCOMPARE(m_thread->changed(), m_ids);
}

void TstVerdictWriting::nothingIsNoWrite()
{
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write({}), State::Written);
    QCOMPARE(writing.wait(), State::Written);
    QCOMPARE(m_thread->runs(), 0);
}

void TstVerdictWriting::givesWay()
{
    m_thread->hurry();
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write(verdicts(0, 300)), State::Written);
    QCOMPARE(writing.wait(), State::Written);
    QCOMPARE(m_thread->ask([](store::Writer &) { return true; }), true);
    QCOMPARE(m_thread->changed(), m_ids);
    QVERIFY2(m_thread->runs() > 3, qPrintable(QString::number(m_thread->runs())));
}

void TstVerdictWriting::oneAtATime()
{
    m_thread->hold();
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write(verdicts(0, 100)), State::Written);
    std::jthread other([&] {
        if (writing.write(verdicts(100, 100)) != State::Written) {
            qFatal("not written");
        }
    });
    QCOMPARE(m_thread->waiting(), 1U);
    m_thread->release();
    other.join();
    QCOMPARE(writing.wait(), State::Written);
    QCOMPARE(m_thread->ask([](store::Writer &) { return true; }), true);
    QCOMPARE(m_thread->changed().size(), 200U);
}

void TstVerdictWriting::refusedByTheStore()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"New verdicts were not stored"_s));
    (void)m_thread->ask([](store::Writer &writer) {
        writer.limitTo(1);
        return true;
    });
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write(verdicts(0, 300)), State::Written);
    QCOMPARE(writing.wait(), State::Failed);
    QCOMPARE(writing.write(verdicts(0, 1)), State::Failed);
    QVERIFY(m_thread->changed().empty());
}

void TstVerdictWriting::closedQueue()
{
    m_thread->hold();
    intake::VerdictWriting writing(*m_thread);
    QCOMPARE(writing.write(verdicts(0, 10)), State::Written);
    m_thread->close();
    QCOMPARE(writing.wait(), State::Closed);
    QCOMPARE(writing.write(verdicts(10, 10)), State::Closed);
}

QTEST_GUILESS_MAIN(TstVerdictWriting)
#include "tst_verdictwriting.moc"
