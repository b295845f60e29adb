// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/plananswers.h"

#include "tests/support/fakeservices.h"
#include "ui/inspector/findingstab.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

plan::RulePointer rule(const char *type)
{
    plan::RuleSource made;
    made.name = u"Order Completed"_s;
    made.schema = plan::Json::parse(
        R"({"type":"object","properties":{"properties":{"type":"object","properties":{"quantity":{}}}}})");
    made.schema["properties"]["properties"]["properties"]["quantity"]["type"] = plan::Json::parse(type);
    return std::make_shared<const plan::RuleSource>(made);
}

struct Pane
{
    tests::FakeServices services;
    ui::Theme theme;
    QWidget window;
    std::unique_ptr<ui::PlanAnswers> answers;

    Pane()
    {
        theme.install(*qApp);
        plan::Document document;
        document.path = u"/plans/shop.json"_s;
        document.rules = {rule("\"integer\"")};
        services.planFake.open(document);
        ui::PlanServices::AllowanceOffer offer;
        offer.path = document.path;
        offer.before = document.rules.front();
        offer.allowance = {*rule("[\"integer\",\"string\"]"), u"`quantity` may also be a string"_s};
        services.planFake.offer = offer;
        answers = std::make_unique<ui::PlanAnswers>(services, theme, window);
        window.show();
    }
    [[nodiscard]] ui::AllowanceDialog *dialog() const { return window.findChild<ui::AllowanceDialog *>(); }
};

event::Finding typeFinding()
{
    return {event::RuleId::PlanType,
            event::Severity::Error,
            json::Pointer("/properties/quantity"),
            {u"integer"_s, u"string"_s, u"2"_s}};
}

} // namespace

class TstPlanAnswers : public QObject
{
    Q_OBJECT

private slots:
    void showsBeforeItChanges();
    void cancelChangesNothing();
    void undoPutsTheRuleBack();
    void refusalIsSaid();
    void addsTheEvent();
    void cardsOfferTheirAnswers_data();
    void cardsOfferTheirAnswers();
};

void TstPlanAnswers::showsBeforeItChanges()
{
    const Pane pane;
    pane.answers->allow(event::EventId(3), typeFinding());
    QVERIFY(pane.dialog() != nullptr);
    QVERIFY(pane.services.planFake.applied.empty());
    const auto *changes = pane.dialog()->findChild<QLabel *>(u"allowanceChanges"_s);
    QVERIFY2(changes->text().contains(u"quantity"_s), qPrintable(changes->text()));
    QTest::mouseClick(pane.dialog()->findChild<QPushButton *>(u"allowButton"_s), Qt::LeftButton);
    QCOMPARE(pane.services.planFake.applied.size(), std::size_t{1});
}

void TstPlanAnswers::cancelChangesNothing()
{
    const Pane pane;
    pane.answers->allow(event::EventId(3), typeFinding());
    QTest::keyClick(pane.dialog(), Qt::Key_Escape);
    QVERIFY(pane.services.planFake.applied.empty());
}

void TstPlanAnswers::undoPutsTheRuleBack()
{
    Pane pane;
    std::function<void()> undo;
    QObject::connect(pane.answers.get(), &ui::PlanAnswers::undoable, pane.answers.get(),
                     [&undo](const QString &, const std::function<void()> &take) { undo = take; });
    pane.answers->allow(event::EventId(3), typeFinding());
    pane.dialog()->accept();
    QVERIFY(undo);
    plan::Document changed = *pane.services.planFake.find(u"/plans/shop.json"_s)->document;
    changed.rules = {std::make_shared<const plan::RuleSource>(pane.services.planFake.offer->allowance.rule)};
    pane.services.planFake.edit(changed.path, changed);
    undo();
    QVERIFY(*pane.services.planFake.edits.back().second.rules.front() ==
            *pane.services.planFake.offer->before);
    // Once the rule is another one, there is nothing to take back.
    const std::size_t edits = pane.services.planFake.edits.size();
    undo();
    QCOMPARE(pane.services.planFake.edits.size(), edits);
}

void TstPlanAnswers::refusalIsSaid()
{
    Pane pane;
    pane.services.planFake.offer.reset();
    const QSignalSpy failed(&pane.services, &ui::Services::failed);
    pane.answers->allow(event::EventId(3), typeFinding());
    QVERIFY(pane.dialog() == nullptr);
    QCOMPARE(failed.count(), 1);
}

void TstPlanAnswers::addsTheEvent()
{
    Pane pane;
    pane.services.planFake.additionPath = u"/plans/shop.json"_s;
    const QSignalSpy said(pane.answers.get(), &ui::PlanAnswers::said);
    pane.answers->addToPlan(event::CallType::Track, u"Order Rated"_s, u"Tracker UI"_s);
    QCOMPARE(pane.services.planFake.additions.front().name, u"Order Rated"_s);
    QCOMPARE(said.front().front().toString(), u"Added \"Order Rated\" to shop.json"_s);
}

void TstPlanAnswers::cardsOfferTheirAnswers_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("button");
    QTest::newRow("violation") << static_cast<int>(event::RuleId::PlanType) << u"allowInPlan"_s;
    QTest::newRow("violation in the plan") << static_cast<int>(event::RuleId::PlanType) << u"showInPlan"_s;
    QTest::newRow("unplanned event") << static_cast<int>(event::RuleId::PlanUnplannedEvent) << u"addToPlan"_s;
}

void TstPlanAnswers::cardsOfferTheirAnswers()
{
    QFETCH(int, rule);
    QFETCH(QString, button);
    const Pane pane;
    ui::FindingsTab tab(pane.theme);
    auto inspected = std::make_shared<ui::InspectedEvent>();
    inspected->detail.event.findings = {typeFinding()};
    inspected->detail.event.findings.front().rule = static_cast<event::RuleId>(rule);
    tab.display(inspected, {{u"message"_s, u"fix"_s, {}, {}}});
    tab.resize(400, 400);
    tab.show();
    const QSignalSpy allow(&tab, &ui::FindingsTab::allowWanted);
    const QSignalSpy show(&tab, &ui::FindingsTab::planWanted);
    const QSignalSpy add(&tab, &ui::FindingsTab::addWanted);
    auto *found = tab.findChild<QPushButton *>(button);
    QVERIFY(found != nullptr);
    QTest::mouseClick(found, Qt::LeftButton);
    QCOMPARE(allow.count() + show.count() + add.count(), 1);
}

QTEST_MAIN(TstPlanAnswers)
#include "tst_plananswers.moc"
