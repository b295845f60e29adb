// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planjobs.h"

#include "tests/cli/plantest.h"
#include "tests/model/store/storetest.h"

#include <atomic>
#include <future>

using namespace Qt::StringLiterals;
using engine::PlanJobs;
using engine::Selection;
using storetest::commit;
using storetest::draft;
using storetest::require;

/// Questions and coverage over a real store.
class TstPlanJobs : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void selectionIsAQuery_data();
    void selectionIsAQuery();
    void infersWhatIsSelected();
    void inferSaysWhatIsWrong();
    void infersOneName();
    void breaksAreJudged();
    void examplesAreTheNewest();
    void looksAtOneEvent();
    void countsSessions();
    void coverageIsLive();
    void coverageFollowsTheChecker();
    void coverageKeepsWhatItShowsForNewVerdicts();
    void coverageOfAFilterSearchesNothingTwice();
    void coverageSaysWhatIsWrong();
    void cancelledIsSilent();
    void longJobsTakeTurns();
    void storeThatIsNotThere();

private:
    void send(int events, const QString &name = u"Order Loaded"_s,
              const QByteArray &properties = R"({"order_id":"o-1","total":5})")
    {
        std::vector<event::RequestDraft> drafts;
        for (int i = 0; i < events; ++i) {
            drafts.push_back(draft(R"({"type":"track","event":")" + name.toUtf8() +
                                       R"(","messageId":"m","properties":)" + properties + '}',
                                   name));
        }
        for (const event::Event &event : commit(*m_writer, std::move(drafts))) {
            m_ids.push_back(event.summary.id);
        }
        if (m_jobs != nullptr) {
            m_jobs->noteCommit();
        }
    }

    std::unique_ptr<storetest::Place> m_place;
    std::optional<store::Writer> m_writer;
    std::unique_ptr<PlanJobs> m_jobs;
    std::vector<event::EventId> m_ids;
};

namespace {

/// What a job answers, waited for.
template <typename T>
class Answer
{
public:
    auto take()
    {
        return [promise = m_promise](base::Result<T> value) { promise->set_value(std::move(value)); };
    }
    base::Result<T> get() { return m_future.get(); }

private:
    std::shared_ptr<std::promise<base::Result<T>>> m_promise =
        std::make_shared<std::promise<base::Result<T>>>();
    std::future<base::Result<T>> m_future = m_promise->get_future();
};

/// What coverage says, from its own thread.
class Watcher
{
public:
    auto take()
    {
        return [this](const engine::CoverageState &state) {
            const std::lock_guard lock(m_mutex);
            m_states.push_back(state);
        };
    }
    [[nodiscard]] std::vector<engine::CoverageState> states() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states;
    }
    [[nodiscard]] engine::CoverageState last() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states.empty() ? engine::CoverageState{std::make_shared<report::Coverage>(), 0, {}}
                                : m_states.back();
    }
    [[nodiscard]] bool isAt(std::uint64_t events) const
    {
        const auto state = last();
        return state.progress >= 1 && state.coverage->events == events;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<engine::CoverageState> m_states;
};

std::shared_ptr<const check::Checker> checker(const QStringList &events)
{
    check::Conventions none;
    none.isOn = false;
    return std::make_shared<const check::Checker>(
        std::vector{plan::compile(plantest::document(u"Shop"_s, events))}, none);
}

} // namespace

void TstPlanJobs::init()
{
    m_place = std::make_unique<storetest::Place>();
    m_writer.emplace(require(m_place->open()));
    m_jobs = std::make_unique<PlanJobs>(m_place->path());
    m_ids.clear();
}

void TstPlanJobs::cleanup()
{
    m_jobs.reset();
    m_writer.reset();
    m_place.reset();
}

void TstPlanJobs::selectionIsAQuery_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QList<int>>("sessions");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString() << QList<int>() << QString();
    QTest::newRow("a filter") << u"event:Paid"_s << QList<int>() << u"event:Paid"_s;
    QTest::newRow("sessions") << QString() << QList<int>{1, 3} << u"session:1 OR session:3"_s;
    QTest::newRow("both") << u"event:Paid OR event:Sent"_s << QList<int>{2}
                          << u"(event:Paid OR event:Sent) session:2"_s;
}

void TstPlanJobs::selectionIsAQuery()
{
    QFETCH(QString, filter);
    QFETCH(QList<int>, sessions);
    QFETCH(QString, text);
    Selection selection{filter, {}, {}};
    for (const int session : sessions) {
        selection.sessions.push_back(static_cast<event::SessionId>(session));
    }
    const auto query = engine::queryOf(selection);
    QVERIFY(query.has_value());
    QCOMPARE(filter::toString(query->root), filter::toString(filter::parse(text)->root));
}

void TstPlanJobs::infersWhatIsSelected()
{
    send(20);
    send(15, u"Order Paid"_s, R"({"total":1.5})");
    Answer<std::vector<plan::InferredRule>> all;
    m_jobs->infer({}, {}, {}, all.take());
    const auto rules = require(all.get());
    QCOMPARE(rules.size(), 2U);
    QCOMPARE(rules.front().events + rules.back().events, 35U);

    Answer<std::vector<plan::InferredRule>> some;
    std::atomic<double> progress = 0;
    m_jobs->infer(
        {u"event:\"Order Paid\""_s, {}, {}}, {}, [&progress](double share) { progress = share; },
        some.take());
    const auto paid = require(some.get());
    QCOMPARE(paid.size(), 1U);
    QCOMPARE(paid.front().rule.name, u"Order Paid"_s);
    QVERIFY(progress <= 1);

    Answer<std::vector<plan::InferredRule>> chosen;
    m_jobs->infer({{}, {m_ids[0], m_ids[1], m_ids[20]}, {}}, {}, {}, chosen.take());
    QCOMPARE(require(chosen.get()).size(), 2U);

    Answer<std::vector<plan::InferredRule>> session;
    m_jobs->infer({{}, {}, {static_cast<event::SessionId>(77)}}, {}, {}, session.take());
    QVERIFY(require(session.get()).empty());
}

void TstPlanJobs::inferSaysWhatIsWrong()
{
    Answer<std::vector<plan::InferredRule>> answer;
    m_jobs->infer({u"event:("_s, {}, {}}, {}, {}, answer.take());
    const auto refused = answer.get();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::BadInput);
    QVERIFY(!refused.error().why.isEmpty());
}

void TstPlanJobs::infersOneName()
{
    send(3);
    send(2, u"order loaded"_s);
    send(4, u"Order Loaded Twice"_s);
    Answer<std::vector<plan::InferredRule>> answer;
    m_jobs->inferNamed(event::CallType::Track, u"Order Loaded"_s, {}, answer.take());
    const auto rules = require(answer.get());
    QCOMPARE(rules.size(), 1U);
    QCOMPARE(rules.front().events, 3U);
    QCOMPARE(rules.front().rule.name, u"Order Loaded"_s);
}

void TstPlanJobs::breaksAreJudged()
{
    send(10);
    send(5, u"Order Loaded"_s, R"({"total":5})");
    plan::Document before = plantest::document(u"Shop"_s, {u"Order Loaded"_s});
    plan::Document after = before;
    after.rules = {plantest::rule(u"Order Loaded"_s, u"coupon"_s)};
    Answer<PlanJobs::Breaks> answer;
    m_jobs->checkBreaks(before, after, {}, {}, answer.take());
    const auto breaks = require(answer.get());
    QCOMPARE(breaks.events, 15U);
    QCOMPARE(breaks.outcomes.size(), 1U);
    QCOMPARE(breaks.outcomes.front().broken, 10U);
    QCOMPARE(breaks.outcomes.front().mended, 0U);
}

void TstPlanJobs::examplesAreTheNewest()
{
    send(5);
    send(1, u"order loaded"_s);
    send(5, u"Order Paid"_s);
    std::vector<event::EventId> found;
    QByteArray body;
    Answer<void> answer;
    m_jobs->examples(
        event::CallType::Track, u"Order Loaded"_s, 3,
        [&](const report::StoredEvent &stored) {
            found.push_back(stored.event.summary.id);
            body = stored.event.body;
        },
        answer.take());
    require(answer.get());
    QCOMPARE(found, (std::vector{m_ids[4], m_ids[3], m_ids[2]}));
    QVERIFY(body.contains("order_id"));
}

void TstPlanJobs::looksAtOneEvent()
{
    send(1);
    std::promise<QString> name;
    m_jobs->look(m_ids.front(), [&name](const base::Result<const report::StoredEvent *> &stored) {
        name.set_value(stored && !(*stored)->merged.isMissing() ? (*stored)->event.name : QString());
    });
    QCOMPARE(name.get_future().get(), u"Order Loaded"_s);
    std::promise<base::ErrorCode> code;
    m_jobs->look(static_cast<event::EventId>(999), [&code](const auto &stored) {
        code.set_value(stored ? base::ErrorCode::Internal : stored.error().code);
    });
    QCOMPARE(code.get_future().get(), base::ErrorCode::NotFound);
}

void TstPlanJobs::countsSessions()
{
    send(2);
    const auto second = require(m_writer->beginSession(u"Checkout"_s, {}));
    send(3);
    Answer<std::vector<PlanJobs::SessionCount>> answer;
    m_jobs->sessions(answer.take());
    const auto sessions = require(answer.get());
    QCOMPARE(sessions.size(), 2U);
    QCOMPARE(sessions.front().session.id, second);
    QCOMPARE(sessions.front().session.name, u"Checkout"_s);
    QCOMPARE(sessions.front().events, 3U);
    QCOMPARE(sessions.back().events, 2U);
}

void TstPlanJobs::coverageIsLive()
{
    send(40);
    Watcher watcher;
    m_jobs->cover({}, checker({u"Order Loaded"_s, u"Order Paid"_s}), watcher.take());
    QTRY_VERIFY(watcher.isAt(40));
    QCOMPARE(watcher.last().coverage->plannedEvents, 2U);
    QCOMPARE(watcher.last().coverage->plannedSeen, 1U);
    for (int i = 0; i < 5; ++i) {
        send(10, u"Order Paid"_s);
    }
    QTRY_VERIFY(watcher.isAt(90));
    QCOMPARE(watcher.last().coverage->plannedSeen, 2U);
    QVERIFY(watcher.last().problem.what.isEmpty());
}

void TstPlanJobs::coverageFollowsTheChecker()
{
    send(10);
    Watcher watcher;
    m_jobs->cover({}, checker({u"Order Loaded"_s}), watcher.take());
    QTRY_VERIFY(watcher.isAt(10));
    m_jobs->recount(checker({u"Order Loaded"_s, u"Order Paid"_s, u"Order Sent"_s}), engine::Recount::NewPlan);
    QTRY_VERIFY(watcher.last().coverage->plannedEvents == 3 && watcher.isAt(10));
}

void TstPlanJobs::coverageKeepsWhatItShowsForNewVerdicts()
{
    send(10);
    Watcher watcher;
    const auto same = checker({u"Order Loaded"_s});
    m_jobs->cover({}, same, watcher.take());
    QTRY_VERIFY(watcher.isAt(10));
    QCOMPARE(watcher.last().coverage->violations, 0U);
    std::vector<store::Writer::NewVerdict> verdicts;
    for (const event::EventId id : m_ids) {
        verdicts.push_back({id, event::Status::Violation, {}, {}});
    }
    QVERIFY(m_writer->setVerdicts(verdicts).has_value());
    m_jobs->recount(same, engine::Recount::NewVerdicts);
    QTRY_COMPARE(watcher.last().coverage->violations, 10U);
    for (const auto &state : watcher.states()) {
        QVERIFY(state.coverage->events == 10 || &state == &watcher.states().front() ||
                state.coverage->violations == 0);
    }
}

void TstPlanJobs::coverageOfAFilterSearchesNothingTwice()
{
    send(10);
    Watcher watcher;
    m_jobs->cover({u"event:\"Order Paid\""_s, {}, {}}, checker({u"Order Paid"_s}), watcher.take());
    QTRY_VERIFY(watcher.isAt(0));
    send(5);
    send(2, u"Order Paid"_s);
    QTRY_VERIFY(watcher.isAt(2));
    send(1, u"Order Paid"_s);
    QTRY_VERIFY(watcher.isAt(3));

    // The walk itself: behind what was searched in vain it does not begin again.
    auto reader = require(store::Reader::open(m_place->path()));
    engine::SelectionWalk walk(*filter::parse(u"event:\"Nothing\""_s), {}, store::Reader::Order::OldestFirst);
    const auto none = [](const report::StoredEvent &) { return true; };
    QVERIFY(!require(walk.step(reader, none, {})));
    QCOMPARE(walk.progress(), 1.0);
}

void TstPlanJobs::coverageSaysWhatIsWrong()
{
    Watcher watcher;
    m_jobs->cover({u"event:("_s, {}, {}}, checker({}), watcher.take());
    QTRY_VERIFY(!watcher.last().problem.what.isEmpty());
    QVERIFY(watcher.last().coverage != nullptr);
}

void TstPlanJobs::cancelledIsSilent()
{
    send(2'000);
    std::atomic<int> answers = 0;
    const auto ticket = m_jobs->infer({}, {}, {}, [&answers](const auto &) { ++answers; });
    m_jobs->cancel(ticket);
    // Asked for after it, so that what was cancelled had its turn.
    Answer<std::vector<PlanJobs::SessionCount>> after;
    m_jobs->sessions(after.take());
    QVERIFY(after.get().has_value());
    Watcher watcher;
    const auto coverage = m_jobs->cover({}, checker({u"Order Loaded"_s}), watcher.take());
    QTRY_VERIFY(watcher.isAt(2'000));
    m_jobs->cancel(coverage);
    const std::size_t said = watcher.states().size();
    send(10);
    Watcher other;
    m_jobs->cover({}, checker({u"Order Loaded"_s}), other.take());
    QTRY_VERIFY(other.isAt(2'010));
    QCOMPARE(watcher.states().size(), said);
    m_jobs.reset();
    QVERIFY(answers <= 1);
}

void TstPlanJobs::longJobsTakeTurns()
{
    send(5'000);
    // Two that walk everything, and a short one that was asked for last.
    Answer<std::vector<plan::InferredRule>> first, second;
    std::atomic<int> ended = 0;
    const auto counting = [&ended](auto take) {
        return [&ended, take](base::Result<std::vector<plan::InferredRule>> rules) {
            ++ended;
            take(std::move(rules));
        };
    };
    m_jobs->infer({}, {}, {}, counting(first.take()));
    m_jobs->infer({}, {}, {}, counting(second.take()));
    Answer<std::vector<PlanJobs::SessionCount>> sessions;
    m_jobs->sessions(sessions.take());
    QVERIFY(sessions.get().has_value());
    QCOMPARE(require(first.get()).front().events, 5'000U);
    QCOMPARE(require(second.get()).front().events, 5'000U);
    QCOMPARE(ended.load(), 2);
}

void TstPlanJobs::storeThatIsNotThere()
{
    PlanJobs jobs(m_place->folder.filePath(u"none.trackside"_s));
    Answer<std::vector<plan::InferredRule>> answer;
    jobs.infer({}, {}, {}, answer.take());
    QVERIFY(!answer.get());
    Watcher watcher;
    jobs.cover({}, checker({}), watcher.take());
    QTRY_VERIFY(!watcher.last().problem.what.isEmpty());
}

QTEST_GUILESS_MAIN(TstPlanJobs)
#include "tst_planjobs.moc"
