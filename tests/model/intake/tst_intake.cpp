// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/intake.h"
#include "intake/sourcebook.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Where answers and commits end up; waits for them without sleeping.
class Outcome final : public event::ReplySink, public event::CommitSink
{
public:
    void post(std::vector<event::Reply> replies) override
    {
        const std::lock_guard lock(m_mutex);
        for (event::Reply &reply : replies) {
            m_replies.emplace(reply.token.request, std::move(reply.response));
        }
        m_changed.notify_all();
    }

    void post(event::CommitNotice notice) override
    {
        const std::lock_guard lock(m_mutex);
        if (notice.added != nullptr) {
            m_added.insert(m_added.end(), notice.added->begin(), notice.added->end());
        }
        for (const event::StateChange &change : notice.changed) {
            m_states[event::raw(change.id)] = change.state;
        }
        m_changed.notify_all();
    }

    /// False after ten seconds.
    [[nodiscard]] bool waitFor(const std::function<bool()> &condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(10), condition);
    }

    [[nodiscard]] http::Response reply(std::uint64_t request)
    {
        const bool isThere = waitFor([this, request] { return m_replies.contains(request); });
        const std::lock_guard lock(m_mutex);
        return isThere ? m_replies[request] : http::Response{0, {}, {}};
    }

    [[nodiscard]] std::vector<event::Event> added(std::size_t count)
    {
        (void)waitFor([this, count] { return m_added.size() >= count; });
        const std::lock_guard lock(m_mutex);
        return m_added;
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::uint64_t, http::Response> m_replies;
    std::vector<event::Event> m_added;
    std::map<std::uint64_t, event::EventState> m_states;
};

std::shared_ptr<const check::Checker> checkerWith(const QByteArray &planJson,
                                                  const QByteArray &fingerprint = {})
{
    std::vector<std::shared_ptr<const plan::Plan>> plans;
    if (!planJson.isEmpty()) {
        plans.push_back(*plan::parse(planJson, u"plan.json"_s));
    }
    check::Conventions none;
    none.isOn = false;
    return std::make_shared<const check::Checker>(std::move(plans), none, fingerprint);
}

const QByteArray orderPlan =
    R"({"rules":[{"type":"TRACK","key":"Order Paid","jsonSchema":{"type":"object","properties":{"properties":
    {"type":"object","required":["orderId"],"properties":{"orderId":{"type":"string"}}}}}}]})";

event::CapturedRequest captured(std::uint64_t number, const QByteArray &body,
                                const QByteArray &target = "/v1/track")
{
    event::CapturedRequest request;
    request.token = {1, number};
    request.receivedUs = 1'795'572'209'384'000;
    request.request.method = "POST";
    request.request.target = target;
    request.request.headers = {{"Authorization", "Basic " + QByteArray("FAKE_WRITE_KEY_0001:").toBase64()}};
    request.request.body = body;
    return request;
}

} // namespace

class TstIntake : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void eventIsStoredThenAnswered();
    void batchKeepsItsOrder();
    void duplicateIsFlagged();
    void fullDiskIsAnswered503AndHeals();
    void newPlanChecksStoredEvents();
    void knownCheckerChecksNothingAgain();
    void unfinishedRecheckGoesOnWithTheNextStart();
    void eventsOfAnotherCheckerAreCheckedAgain();
    void writeTasksRunBetweenCommits();
    void stopDrainsWhatIsQueued();
    void redactorStandsBeforeTheStore();
    void strictAnswerFollowsTheSetting();
    void mutesReachStoredEvents();
    void mutesAreKnownAfterARestart();
    void limitsNeedNoRecheck();
    void twoAppsOfOneKeyAreOneSource();
    void sourcesChangeWithTheNextRequest();

private:
    void start(std::shared_ptr<const check::Checker> checker,
               std::unique_ptr<intake::Redactor> redactor = nullptr);

    std::unique_ptr<QTemporaryDir> m_folder;
    base::SystemClock m_clock;
    Outcome *m_outcome = nullptr;
    std::unique_ptr<Outcome> m_outcomeOwner;
    std::unique_ptr<intake::Intake> m_intake;
};

void TstIntake::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_outcomeOwner = std::make_unique<Outcome>();
    m_outcome = m_outcomeOwner.get();
}

void TstIntake::cleanup()
{
    m_intake.reset();
    m_outcomeOwner.reset();
    m_folder.reset();
}

void TstIntake::start(std::shared_ptr<const check::Checker> checker,
                      std::unique_ptr<intake::Redactor> redactor)
{
    auto writer = store::Writer::open(m_folder->filePath(u"events.trackside"_s), m_clock);
    QVERIFY(writer.has_value());
    if (redactor == nullptr) {
        redactor = std::make_unique<intake::KeepAll>();
    }
    m_intake = std::make_unique<intake::Intake>(std::move(*writer), std::move(checker), std::move(redactor),
                                                intake::Options{});
    m_intake->connectTo(m_outcome, m_outcome);
    m_intake->start();
}

void TstIntake::eventIsStoredThenAnswered()
{
    start(checkerWith(orderPlan));
    m_intake->post(captured(1, R"({"event":"Order Paid","userId":"u1","properties":{}})"));
    QCOMPARE(m_outcome->reply(1).status, 200);
    const auto added = m_outcome->added(1);
    QCOMPARE(added.size(), 1U);
    QCOMPARE(added.front().name, u"Order Paid"_s);
    QCOMPARE(added.front().state.status, event::Status::Violation);
    auto reader = store::Reader::open(m_folder->filePath(u"events.trackside"_s));
    QVERIFY(reader.has_value());
    const auto detail = reader->detail(added.front().summary.id);
    QVERIFY(detail.has_value());
    QCOMPARE(detail->event.body, QByteArray(R"({"event":"Order Paid","userId":"u1","properties":{}})"));
    QCOMPARE(detail->event.findings.front().rule, event::RuleId::PlanRequired);
}

void TstIntake::batchKeepsItsOrder()
{
    start(checkerWith({}));
    QByteArray body = R"({"batch":[)";
    for (int i = 0; i < 40; ++i) {
        body += (i == 0 ? "" : ",") +
                ("{\"type\":\"track\",\"userId\":\"u\",\"event\":\"Step " + QByteArray::number(i) + "\"}");
    }
    m_intake->post(captured(1, body + "]}", "/v1/batch"));
    QCOMPARE(m_outcome->reply(1).status, 200);
    const auto added = m_outcome->added(40);
    QCOMPARE(added.size(), 40U);
    for (std::size_t i = 0; i < added.size(); ++i) {
        QCOMPARE(added[i].name, u"Step %1"_s.arg(i));
    }
}

void TstIntake::duplicateIsFlagged()
{
    start(checkerWith({}));
    const QByteArray body = R"({"event":"Order Paid","userId":"u1","messageId":"m-1"})";
    m_intake->post(captured(1, body));
    m_intake->post(captured(2, body));
    const auto added = m_outcome->added(2);
    QCOMPARE(added.size(), 2U);
    QVERIFY(!added[0].state.has(event::Flag::Duplicate));
    QVERIFY(added[1].state.has(event::Flag::Duplicate));
}

void TstIntake::fullDiskIsAnswered503AndHeals()
{
    std::atomic<bool> isFailing = false;
    auto writer = store::Writer::open(m_folder->filePath(u"events.trackside"_s), m_clock);
    QVERIFY(writer.has_value());
    m_intake = std::make_unique<intake::Intake>(std::move(*writer), checkerWith({}),
                                                std::make_unique<intake::KeepAll>(), intake::Options{});
    m_intake->connectTo(m_outcome, m_outcome);
    m_intake->onHealth([&isFailing](const intake::StoreHealth &health) { isFailing = health.isFailing; });
    m_intake->start();
    m_intake->post([](store::Writer &store, event::CommitNotice &) { store.limitTo(store.sizeBytes()); });
    const QByteArray large = R"({"event":"Large","userId":"u1","messageId":"m-1","properties":{"t":")" +
                             QByteArray(2'000'000, 'x') + "\"}}";
    QByteArray random(2'000'000, 'x');
    for (char &byte : random) {
        byte = static_cast<char>('a' + QRandomGenerator::global()->bounded(26));
    }
    QByteArray incompressible = large;
    incompressible.replace(QByteArray(2'000'000, 'x'), random);
    m_intake->post(captured(1, incompressible));
    const http::Response refused = m_outcome->reply(1);
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.body.contains("\"code\":\"store_failed\""));
    QVERIFY(isFailing);
    QVERIFY(m_outcome->added(0).empty());

    m_intake->post([](store::Writer &store, event::CommitNotice &) { store.limitTo(0); });
    m_intake->post(captured(2, incompressible));
    QCOMPARE(m_outcome->reply(2).status, 200);
    const auto added = m_outcome->added(1);
    QCOMPARE(added.size(), 1U);
    // The first delivery was not stored: this one is no duplicate.
    QVERIFY(!added.front().state.has(event::Flag::Duplicate));
    QVERIFY(!isFailing);
}

void TstIntake::newPlanChecksStoredEvents()
{
    start(checkerWith({}));
    for (std::uint64_t i = 0; i < 1'200; ++i) {
        m_intake->post(captured(i, R"({"event":"Order Paid","userId":"u1","properties":{}})"));
    }
    const auto added = m_outcome->added(1'200);
    QCOMPARE(added.size(), 1'200U);
    QCOMPARE(added.front().state.status, event::Status::Unchecked);
    m_intake->setChecker(checkerWith(orderPlan));
    QVERIFY(m_outcome->waitFor([this] { return m_outcome->m_states.size() == 1'200; }));
    {
        const std::lock_guard lock(m_outcome->m_mutex);
        for (const auto &[id, state] : m_outcome->m_states) {
            QCOMPARE(state.status, event::Status::Violation);
        }
    }
    QTRY_COMPARE(m_intake->recheckBacklog(), 0U);
}

// The plans differ though the fingerprints say they don't: so it shows whether events were checked again.
void TstIntake::knownCheckerChecksNothingAgain()
{
    const QByteArray unpaid = R"({"event":"Order Paid","userId":"u1","properties":{}})";
    start(checkerWith({}, "first"));
    m_intake->post(captured(1, unpaid));
    QCOMPARE(m_outcome->added(1).size(), 1U);
    m_intake.reset();

    start(checkerWith({}));
    m_intake->setChecker(checkerWith(orderPlan, "first"));
    QTRY_COMPARE(m_intake->recheckBacklog(), 0U);
    m_intake->post(captured(2, unpaid));
    QCOMPARE(m_outcome->added(2).back().state.status, event::Status::Violation);
    m_intake->stop();
    QVERIFY(m_outcome->m_states.empty());
    m_intake.reset();

    // What a recheck did is known after the next start, too.
    start(checkerWith({}));
    m_intake->setChecker(checkerWith(orderPlan, "second"));
    QVERIFY(m_outcome->waitFor([this] { return m_outcome->m_states.size() == 1; }));
    QTRY_COMPARE(m_intake->recheckBacklog(), 0U);
    m_intake.reset();
    m_outcome->m_states.clear();
    start(checkerWith({}));
    m_intake->setChecker(checkerWith({}, "second"));
    QTRY_COMPARE(m_intake->recheckBacklog(), 0U);
    m_intake->stop();
    QVERIFY(m_outcome->m_states.empty());
}

void TstIntake::unfinishedRecheckGoesOnWithTheNextStart()
{
    const QByteArray unpaid = R"({"event":"Order Paid","userId":"u1","properties":{}})";
    start(checkerWith({}, "first"));
    m_intake->post(captured(1, unpaid));
    QCOMPARE(m_outcome->added(1).size(), 1U);
    m_intake->post([](store::Writer &writer, event::CommitNotice &) {
        QVERIFY(writer.noteRecheckBegun("second").has_value());
    });
    m_intake.reset();

    // Another checker is none of its business.
    start(checkerWith({}, "third"));
    QCOMPARE(m_intake->recheckBacklog(), 0U);
    m_intake.reset();
    QVERIFY(m_outcome->m_states.empty());

    start(checkerWith(orderPlan, "second"));
    QVERIFY(m_outcome->waitFor([this] { return m_outcome->m_states.size() == 1; }));
    QTRY_COMPARE(m_intake->recheckProgress().total, 0U);
}

void TstIntake::eventsOfAnotherCheckerAreCheckedAgain()
{
    const QByteArray unpaid = R"({"event":"Order Paid","userId":"u1","properties":{}})";
    start(checkerWith(orderPlan, "first"));
    m_intake->post(captured(1, unpaid));
    QCOMPARE(m_outcome->added(1).size(), 1U);
    m_intake.reset();

    start(checkerWith({}, "second"));
    m_intake->post(captured(2, unpaid));
    QCOMPARE(m_outcome->added(2).back().state.status, event::Status::Unchecked);
    m_intake->setChecker(checkerWith(orderPlan, "first"));
    QVERIFY(m_outcome->waitFor([this] { return m_outcome->m_states.size() == 1; }));
    QCOMPARE(m_outcome->m_states.begin()->second.status, event::Status::Violation);
}

void TstIntake::writeTasksRunBetweenCommits()
{
    start(checkerWith({}));
    m_intake->post([](store::Writer &writer, event::CommitNotice &notice) {
        const auto session = writer.beginSession(u"Smoke test"_s, u"T-1"_s);
        notice.newSession = session.has_value() ? *session : event::SessionId{};
    });
    m_intake->post(captured(1, R"({"event":"Order Paid","userId":"u1"})"));
    const auto added = m_outcome->added(1);
    QCOMPARE(added.size(), 1U);
    auto reader = store::Reader::open(m_folder->filePath(u"events.trackside"_s));
    QVERIFY(reader.has_value());
    const auto detail = reader->detail(added.front().summary.id);
    QVERIFY(detail.has_value());
    QCOMPARE(detail->sessionName, u"Smoke test"_s);
}

void TstIntake::stopDrainsWhatIsQueued()
{
    start(checkerWith({}));
    for (std::uint64_t i = 0; i < 500; ++i) {
        m_intake->post(captured(i, R"({"event":"Order Paid","userId":"u1"})"));
    }
    m_intake->stop();
    const std::lock_guard lock(m_outcome->m_mutex);
    QCOMPARE(m_outcome->m_replies.size(), 500U);
    QCOMPARE(m_outcome->m_added.size(), 500U);
}

void TstIntake::redactorStandsBeforeTheStore()
{
    /// Renames every event, as a stand-in for taking something out.
    class Rename final : public intake::Redactor
    {
    public:
        void redact(segment::Decoded &decoded) const override
        {
            for (segment::DecodedEvent &one : decoded.events) {
                one.draft.name = u"Redacted"_s;
            }
        }
    };
    start(checkerWith({}), std::make_unique<Rename>());
    m_intake->post(captured(1, R"({"event":"Order Paid","userId":"u1"})"));
    QCOMPARE(m_outcome->added(1).front().name, u"Redacted"_s);
}

void TstIntake::strictAnswerFollowsTheSetting()
{
    start(checkerWith({}));
    const QByteArray body = R"({"event":"Order Paid","userId":"u1","properties":{"x":NaN}})";
    m_intake->post(captured(1, body));
    QCOMPARE(m_outcome->reply(1).status, 200);
    m_intake->setJsonAnswer(intake::JsonAnswer::AsSegment);
    m_intake->post(captured(2, body));
    QCOMPARE(m_outcome->reply(2).status, 400);
    QCOMPARE(m_outcome->added(2).size(), 2U);
}

void TstIntake::mutesReachStoredEvents()
{
    const auto muting = [](std::vector<segment::Mute> mutes) {
        segment::HealthOptions health;
        health.mutes = std::move(mutes);
        return std::make_shared<const segment::HealthOptions>(std::move(health));
    };
    const auto isState = [this](std::uint64_t id, event::Status status, int findings) {
        return m_outcome->waitFor([=, this] {
            const auto state = m_outcome->m_states.find(id);
            return state != m_outcome->m_states.end() && state->second.status == status &&
                   state->second.findings == findings;
        });
    };
    start(checkerWith(orderPlan));
    m_intake->post(captured(1, R"({"event":"Order Paid","userId":7,"messageId":"m","properties":{}})"));
    const auto added = m_outcome->added(1);
    QCOMPARE(added.front().state.status, event::Status::Violation);
    QCOMPARE(added.front().state.findings, 2); // plan/required, protocol/identity-type
    const std::uint64_t id = event::raw(added.front().summary.id);

    m_intake->setHealth(muting({{u"plan/required"_s, {}, {}}}));
    QVERIFY(isState(id, event::Status::Valid, 1));
    m_intake->setHealth(muting({{u"plan/required"_s, {}, u"Order*"_s}, {u"protocol/*"_s, {}, {}}}));
    QVERIFY(isState(id, event::Status::Valid, 0));
    // What the plan says comes back; what only the wire showed does not.
    m_intake->setHealth(nullptr);
    QVERIFY(isState(id, event::Status::Violation, 1));

    m_intake->setHealth(muting({{u"plan/*"_s, {}, {}}}));
    m_intake->post(captured(2, R"({"event":"Order Paid","userId":"u","messageId":"n","properties":{}})"));
    QCOMPARE(m_outcome->added(2).back().state.status, event::Status::Valid);
    m_intake->post(captured(3, R"({"event":"Order Lost","userId":"u","messageId":"o"})"));
    QCOMPARE(m_outcome->added(3).back().state.status, event::Status::Unchecked);
}

void TstIntake::mutesAreKnownAfterARestart()
{
    segment::HealthOptions health;
    health.mutes = {{u"plan/required"_s, {}, {}}};
    const auto muted = std::make_shared<const segment::HealthOptions>(health);
    start(checkerWith(orderPlan, "first"));
    m_intake->setHealth(muted);
    m_intake->post(captured(1, R"({"event":"Order Paid","userId":"u","messageId":"m","properties":{}})"));
    QCOMPARE(m_outcome->added(1).back().state.status, event::Status::Valid);
    QTRY_COMPARE(m_intake->recheckBacklog(), 0U);
    m_intake.reset();

    // The checker is as it was, but nothing is muted any more.
    start(checkerWith(orderPlan, "first"));
    m_intake->setChecker(checkerWith(orderPlan, "first"));
    QVERIFY(m_outcome->waitFor([this] {
        return m_outcome->m_states.size() == 1 &&
               m_outcome->m_states.begin()->second.status == event::Status::Violation;
    }));
}

void TstIntake::limitsNeedNoRecheck()
{
    start(checkerWith(orderPlan));
    segment::HealthOptions health;
    health.maxMessageIdCharacters = 2;
    m_intake->setHealth(std::make_shared<const segment::HealthOptions>(health));
    QCOMPARE(m_intake->recheckBacklog(), 0U);
    m_intake->post(captured(1, R"({"event":"E","userId":"u","messageId":"long"})"));
    const auto added = m_outcome->added(1);
    QVERIFY(std::ranges::any_of(added.front().findings, [](const event::Finding &finding) {
        return finding.rule == event::RuleId::ProtocolMessageIdLong;
    }));
}

void TstIntake::twoAppsOfOneKeyAreOneSource()
{
    // The plan covers the first app only; the store has the source under that name.
    QByteArray plan = orderPlan;
    plan.replace("{\"rules\"", "{\"sources\":[\"Shop\"],\"rules\"");
    start(checkerWith(plan));
    const auto paid = [](const QByteArray &app) {
        return R"({"event":"Order Paid","userId":"u","properties":{},"context":{"app":{"name":")" + app +
               R"("}}})";
    };
    m_intake->post(captured(1, paid("Shop")));
    const auto added = m_outcome->added(1);
    QCOMPARE(added.front().state.status, event::Status::Violation);
    m_intake->post(captured(2, paid("Kiosk")));
    const event::Event second = m_outcome->added(2).back();
    QCOMPARE(second.source, u"Shop"_s);
    // The first of the other name gets its verdict a moment later, all further ones at once.
    QVERIFY(m_outcome->waitFor([&] {
        const auto state = m_outcome->m_states.find(event::raw(second.summary.id));
        return state != m_outcome->m_states.end() && state->second.status == event::Status::Violation;
    }));
    m_intake->post(captured(3, paid("Kiosk")));
    QCOMPARE(m_outcome->added(3).back().state.status, event::Status::Violation);
}

void TstIntake::sourcesChangeWithTheNextRequest()
{
    start(checkerWith({}));
    m_intake->post(captured(1, R"({"event":"E","userId":"u"})"));
    const QString unknown = m_outcome->added(1).back().source;
    intake::SourceConfig config;
    config.id = u"shop"_s;
    config.name = u"Shop"_s;
    config.match.filter = u"event:E"_s;
    const auto book = intake::SourceBook::compile({config});
    QVERIFY(book.has_value());
    m_intake->setSources(std::make_shared<intake::NamedSources>(*book, QHash<QString, QString>()));
    m_intake->post(captured(2, R"({"type":"track","event":"E","userId":"u"})"));
    const auto added = m_outcome->added(2);
    QCOMPARE(added.back().source, u"Shop"_s);
    QVERIFY(added.back().summary.source != added.front().summary.source);
    m_intake->setSources(nullptr);
    m_intake->post(captured(3, R"({"event":"E","userId":"u"})"));
    QCOMPARE(m_outcome->added(3).back().source, unknown);
}

QTEST_GUILESS_MAIN(TstIntake)
#include "tst_intake.moc"
