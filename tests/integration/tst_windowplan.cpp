// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/windowtest.h"

#include "plan/sheet.h"
#include "ui/planservices.h"

#include <QFile>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using tests::patienceMs;
using tests::Program;
using tests::trackerEvent;

/// The tracking plan as the window has it, over the real engine: edited while events come.
class TstWindowPlan : public tests::WindowTest
{
    Q_OBJECT

private slots:
    void editChangesTheRowsVerdict();
    void violationIsAllowed();
    void unplannedEventIsAdded();
    void savedPlanIsReadByTheNextStart();
    void fileThatChangesIsFollowed();
    void bothChangedIsAQuestion();
    void plansAreMadeAndClosed();
    void problemsOfThePlanAreTold();
    void coverageIsLive();
    void plansAreLearntAndJudged();
    void examplesAndSessions();

private:
    /// A plan of the test's own, the only one open.
    void openCopy();
    [[nodiscard]] ui::PlanServices &plans() const { return *m_program->services().planServices(); }
    [[nodiscard]] ui::PlanServices::Open open() const
    {
        for (auto &one : plans().openPlans()) {
            if (one.document->path == m_path) {
                return one;
            }
        }
        return {};
    }
    [[nodiscard]] plan::RulePointer rule(const QString &name) const
    {
        const auto found = std::ranges::find(open().document->rules, name, &plan::RuleSource::name);
        return found == open().document->rules.end() ? nullptr : *found;
    }
    /// The rule of this name becomes another one; none takes it out.
    void edit(const QString &name, const std::optional<plan::RuleSource> &changed);
    [[nodiscard]] plan::RuleSource loose(const QString &name) const
    {
        plan::RuleSource made = *rule(name);
        made.schema = plan::Json::parse(R"({"type": "object"})");
        return made;
    }
    [[nodiscard]] event::Status status(int row) const { return m_program->state(row).status; }
    template <typename T>
    base::Result<T> wait(const std::function<void(std::function<void(base::Result<T>)>)> &ask);

    QString m_path;
};

template <typename T>
base::Result<T> TstWindowPlan::wait(const std::function<void(std::function<void(base::Result<T>)>)> &ask)
{
    std::optional<base::Result<T>> answer;
    ask([&answer](base::Result<T> value) { answer = std::move(value); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, patienceMs)) {
        return base::failure(base::ErrorCode::Internal, u"No answer came."_s);
    }
    if (!*answer) {
        qWarning() << answer->error().oneLine();
    }
    return std::move(*answer);
}

void TstWindowPlan::openCopy()
{
    m_path = m_folder->filePath(u"delivery.plan.json"_s);
    QVERIFY(QFile::copy(m_program->plans().front(), m_path));
    QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner));
    m_program->services().openPlans({m_path});
    QTRY_COMPARE_WITH_TIMEOUT(m_program->services().checker()->plans().plans().size(), 1U, patienceMs);
    QTRY_VERIFY(open().document != nullptr);
}

void TstWindowPlan::edit(const QString &name, const std::optional<plan::RuleSource> &changed)
{
    plan::Document document = *open().document;
    const auto found = std::ranges::find(document.rules, name, &plan::RuleSource::name);
    QVERIFY(found != document.rules.end());
    if (changed) {
        *found = std::make_shared<const plan::RuleSource>(*changed);
    } else {
        // All its versions.
        std::erase_if(document.rules, [&name](const plan::RulePointer &rule) { return rule->name == name; });
    }
    QSignalSpy spy(&plans(), &ui::PlanServices::plansChanged);
    plans().edit(m_path, document);
    QCOMPARE(spy.size(), 1); // at once, the check follows
    QVERIFY(open().isModified);
}

void TstWindowPlan::editChangesTheRowsVerdict()
{
    openCopy();
    send(tests::renamed());
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Violation, patienceMs);
    const auto before = rule(u"Order Loaded"_s);
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Valid, patienceMs);
    // Undone, it is what it was, and the plan is as its file.
    plan::Document undone = *open().document;
    *std::ranges::find(undone.rules, u"Order Loaded"_s, &plan::RuleSource::name) = before;
    plans().edit(m_path, undone);
    QVERIFY(!open().isModified);
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Violation, patienceMs);
    edit(u"Order Loaded"_s, std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Unplanned, patienceMs);
}

void TstWindowPlan::violationIsAllowed()
{
    openCopy();
    send(trackerEvent("m-type", R"({"deliveryId":"del_42","loadTimeMs":"fast"})"));
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Violation, patienceMs);
    const auto id = m_program->model().eventId(0);
    const auto detail =
        wait<store::EventDetail>([&](auto done) { m_program->services().fetchDetail(id, this, done); });
    QVERIFY(detail.has_value());
    const auto violation =
        std::ranges::find(detail->event.findings, event::RuleId::PlanType, &event::Finding::rule);
    QVERIFY(violation != detail->event.findings.end());
    const auto offer = wait<ui::PlanServices::AllowanceOffer>(
        [&](auto done) { plans().offerAllowance(id, *violation, this, done); });
    QVERIFY(offer.has_value());
    QCOMPARE(offer->path, m_path);
    QVERIFY(offer->allowance.what.contains(u"loadTimeMs"_s));
    QVERIFY(!open().isModified);
    plans().applyAllowance(*offer);
    QVERIFY(open().isModified);
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Valid, patienceMs);
    // Offered once, applied once: the rule is another one by now.
    QSignalSpy failed(&m_program->services(), &ui::Services::failed);
    plans().applyAllowance(*offer);
    QCOMPARE(failed.size(), 1);
}

void TstWindowPlan::unplannedEventIsAdded()
{
    openCopy();
    for (int i = 0; i < 3; ++i) {
        send(trackerEvent("m-" + QByteArray::number(i), R"({"robotId":"coco-101","speed":4})",
                          "Robot Parked Here"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Unplanned, patienceMs);
    const auto add = [&] {
        return wait<QString>([&](auto done) {
            plans().addToPlan(event::CallType::Track, u"Robot Parked Here"_s, u"Tracker UI"_s, {}, this,
                              done);
        });
    };
    const auto added = add();
    QVERIFY(added.has_value());
    QCOMPARE(*added, m_path);
    QVERIFY(rule(u"Robot Parked Here"_s) != nullptr);
    for (int row = 0; row < 3; ++row) {
        QTRY_COMPARE_WITH_TIMEOUT(status(row), event::Status::Valid, patienceMs);
    }
    QVERIFY(!add());
    const auto never = wait<QString>([&](auto done) {
        plans().addToPlan(event::CallType::Track, u"Never Sent"_s, u"Tracker UI"_s, m_path, this, done);
    });
    QVERIFY(!never);
}

void TstWindowPlan::savedPlanIsReadByTheNextStart()
{
    openCopy();
    const auto asRead = *open().document;
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    const auto saved = wait<void>([&](auto done) { plans().save(m_path, this, done); });
    QVERIFY(saved.has_value());
    QTRY_VERIFY(!open().isModified);
    QCOMPARE(m_program->services().settings().list(base::keys::plans), QStringList{m_path});
    const auto written = plan::readDocument(m_path);
    QVERIFY(written.has_value());
    QVERIFY(*std::ranges::find(written->rules, u"Order Loaded"_s, &plan::RuleSource::name)->get() ==
            *rule(u"Order Loaded"_s));
    QCOMPARE(written->rules.size(), asRead.rules.size());

    // Written in another format elsewhere, the open one stays what it is.
    const QString copy = m_folder->filePath(u"copy.csv"_s);
    const auto exported = wait<void>(
        [&](auto done) { plans().exportPlan(m_path, plan::Format::SegmentCsv, copy, this, done); });
    QVERIFY(exported.has_value());
    const auto read = wait<plan::Document>([&](auto done) { plans().readDocument(copy, this, done); });
    QVERIFY(read.has_value());
    QCOMPARE(read->format, plan::Format::SegmentCsv);
    QCOMPARE(open().document->format, plan::Format::SegmentApi);
}

void TstWindowPlan::fileThatChangesIsFollowed()
{
    openCopy();
    send(tests::renamed());
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Violation, patienceMs);
    plan::Document other = *open().document;
    std::erase_if(other.rules, [](const plan::RulePointer &one) { return one->name == u"Order Loaded"_s; });
    QVERIFY(plan::writeDocument(other, other.format, m_path));
    QTRY_COMPARE_WITH_TIMEOUT(status(0), event::Status::Unplanned, patienceMs);
    QVERIFY(!open().isModified);
    QCOMPARE(open().document->rules.size(), other.rules.size());

    QSignalSpy failed(&m_program->services(), &ui::Services::failed);
    QVERIFY(QFile::remove(m_path));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
    QVERIFY(open().document != nullptr);
}

void TstWindowPlan::bothChangedIsAQuestion()
{
    openCopy();
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    plan::Document other = *open().document;
    other.rules.pop_back();
    QVERIFY(plan::writeDocument(other, other.format, m_path));
    QTRY_VERIFY_WITH_TIMEOUT(open().changedOnDisk != nullptr, patienceMs);
    QVERIFY(open().isModified);
    QCOMPARE(open().changedOnDisk->rules.size(), other.rules.size());
    const auto refused = wait<void>([&](auto done) { plans().save(m_path, this, done); });
    QVERIFY(!refused);
    plans().resolveConflict(m_path, ui::PlanServices::Keep::Edits);
    QVERIFY(open().changedOnDisk == nullptr);
    const auto saved = wait<void>([&](auto done) { plans().save(m_path, this, done); });
    QVERIFY(saved.has_value());
    QCOMPARE(plan::readDocument(m_path)->rules.size(), other.rules.size() + 1);
}

void TstWindowPlan::plansAreMadeAndClosed()
{
    openCopy();
    const QString fresh = m_folder->filePath(u"fresh.plan.json"_s);
    plans().createPlan(fresh, u"Fresh"_s);
    QTRY_COMPARE_WITH_TIMEOUT(plans().openPlans().size(), 2U, patienceMs);
    QVERIFY(QFile::exists(fresh));
    QTRY_COMPARE(m_program->services().checker()->plans().plans().size(), 2U);
    QTRY_COMPARE(m_program->services().settings().list(base::keys::plans), QStringList({m_path, fresh}));
    QSignalSpy failed(&m_program->services(), &ui::Services::failed);
    plans().createPlan(fresh, u"Fresh"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);

    // Another one closed: this one keeps its edits.
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    m_program->services().openPlans({m_path});
    QTRY_COMPARE_WITH_TIMEOUT(plans().openPlans().size(), 1U, patienceMs);
    QVERIFY(open().isModified);
    // One that can't be read leaves the rest open.
    m_program->services().openPlans({m_path, m_folder->filePath(u"none.json"_s)});
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, patienceMs);
    QCOMPARE(plans().openPlans().size(), 1U);
    QVERIFY(open().isModified);
}

void TstWindowPlan::problemsOfThePlanAreTold()
{
    openCopy();
    const auto isTold = [this](check::PlanFault fault) {
        return std::ranges::any_of(plans().issues(m_path),
                                   [fault](const check::PlanIssue &issue) { return issue.fault == fault; });
    };
    plan::RuleSource broken = *rule(u"Order Loaded"_s);
    broken.schema = plan::Json::parse(R"({"type": "nonsense"})");
    QVERIFY(!isTold(check::PlanFault::BadSchema));
    edit(u"Order Loaded"_s, broken);
    QTRY_VERIFY_WITH_TIMEOUT(isTold(check::PlanFault::BadSchema), patienceMs);
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!isTold(check::PlanFault::BadSchema), patienceMs);
}

void TstWindowPlan::coverageIsLive()
{
    openCopy();
    send(tests::good("m-1"));
    ui::PlanServices::CoverageState state;
    auto context = std::make_unique<QObject>();
    plans().watchCoverage({}, context.get(),
                          [&state](const ui::PlanServices::CoverageState &now) { state = now; });
    const auto isAt = [&state](std::uint64_t events) {
        return state.coverage != nullptr && state.progress >= 1 && state.coverage->events == events;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAt(1), patienceMs);
    const std::uint64_t planned = state.coverage->plannedEvents;
    QCOMPARE(state.coverage->plannedSeen, 1U);
    send(tests::renamed());
    QTRY_VERIFY_WITH_TIMEOUT(isAt(2), patienceMs);
    QCOMPARE(state.coverage->violations, 1U);
    // The rows' new verdicts, once they are checked again.
    edit(u"Order Loaded"_s, loose(u"Order Loaded"_s));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(2) && state.coverage->violations == 0, patienceMs);
    edit(u"Order Loaded"_s, std::nullopt);
    QTRY_VERIFY_WITH_TIMEOUT(isAt(2) && state.coverage->plannedEvents == planned - 1 &&
                                 state.coverage->unplannedCount == 2,
                             patienceMs);
    context.reset();
    state = {};
    send(tests::good("m-2"));
    QVERIFY(state.coverage == nullptr);
}

void TstWindowPlan::plansAreLearntAndJudged()
{
    openCopy();
    for (int i = 0; i < 12; ++i) {
        send(tests::good("m-" + QByteArray::number(i)));
    }
    const auto learnt = wait<std::vector<plan::InferredRule>>([&](auto done) {
        plans().infer({u"event:\"Order Loaded\""_s, {}, {}}, {}, this, {}, done);
    });
    QVERIFY(learnt.has_value());
    QCOMPARE(learnt->size(), 1U);
    QCOMPARE(learnt->front().events, 12U);
    plan::Document after = *open().document;
    std::erase_if(after.rules, [](const plan::RulePointer &one) { return one->name == u"Order Loaded"_s; });
    const auto breaks = wait<ui::PlanServices::Breaks>(
        [&](auto done) { plans().checkBreaks(*open().document, after, {}, this, {}, done); });
    QVERIFY(breaks.has_value());
    QCOMPARE(breaks->events, 12U);
    QCOMPARE(breaks->outcomes.front().broken, 12U);

    // Cancelled: no answer comes, not even one that is on its way.
    QObject context;
    bool isAnswered = false;
    plans().infer({}, {}, &context, {}, [&isAnswered](const auto &) { isAnswered = true; });
    plans().cancel(&context);
    const auto later =
        wait<std::vector<plan::InferredRule>>([&](auto done) { plans().infer({}, {}, this, {}, done); });
    QVERIFY(later.has_value());
    QVERIFY(!isAnswered);
}

void TstWindowPlan::examplesAndSessions()
{
    openCopy();
    send(tests::good("m-1"));
    send(tests::renamed());
    std::vector<ui::PlanServices::Example> examples;
    plans().examples(
        event::CallType::Track, u"Order Loaded"_s, 10, this,
        [&examples](std::vector<ui::PlanServices::Example> found) { examples = std::move(found); });
    QTRY_COMPARE_WITH_TIMEOUT(examples.size(), 2U, patienceMs);
    QCOMPARE(examples.front().id, m_program->model().eventId(1));
    QCOMPARE(examples.front().status, event::Status::Violation);
    QVERIFY2(examples.front().body.contains("\n"), examples.front().body.constData());
    QVERIFY(examples.front().body.contains("\"delivery_id\": \"del_42\""));

    std::vector<ui::PlanServices::SessionChoice> sessions;
    plans().sessions(this, [&sessions](auto found) { sessions = std::move(found); });
    QTRY_COMPARE_WITH_TIMEOUT(sessions.size(), 1U, patienceMs);
    QCOMPARE(sessions.front().events, 2U);
}

QTEST_MAIN(TstWindowPlan)
#include "tst_windowplan.moc"
