// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planpage.h"

#include "tests/support/fakeservices.h"
#include "ui/commands/actionregistry.h"
#include "ui/itemmodels/propertymodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const plan::Plan> samplePlan(const QString &name)
{
    auto made = std::make_shared<plan::Plan>();
    made->name = name;
    made->path = u"/plans/%1.json"_s.arg(name);
    plan::Rule placed;
    placed.name = u"Order Placed"_s;
    placed.description = u"A customer confirmed a basket."_s;
    plan::Property orderId;
    orderId.name = u"orderId"_s;
    orderId.types = {u"string"_s};
    orderId.isRequired = true;
    plan::Property robot;
    robot.name = u"robot"_s;
    robot.types = {u"string"_s, u"null"_s};
    robot.allowed = {u"coco0"_s, u"coco1"_s};
    placed.properties = {orderId, robot};
    placed.schemaJson = R"({"type":"object","properties":{"properties":{"multipleOf":1.0}}})";
    plan::Rule identified;
    identified.type = event::CallType::Identify;
    made->rules = {placed, identified};
    return made;
}

struct Pane
{
    tests::FakeServices services;
    ui::Theme theme;
    ui::ActionRegistry actions{theme};
    std::unique_ptr<ui::PlanPage> page;

    Pane()
    {
        theme.install(*qApp);
        page = std::make_unique<ui::PlanPage>(services, theme, actions);
        page->resize(1280, 800);
    }

    void open(const std::vector<std::shared_ptr<const plan::Plan>> &plans)
    {
        services.checkerNow = std::make_shared<const check::Checker>(plans, check::Conventions{});
        emit services.checkerChanged();
    }

    [[nodiscard]] QString eventAt(int row) const
    {
        return page->events().model()->index(row, ui::PlanModel::NameColumn).data().toString();
    }
};

} // namespace

class TstPlanPage : public QObject
{
    Q_OBJECT
private slots:
    void emptyOffersToOpen();
    void rulesAndPropertiesAreShown();
    void schemaKeepsItsBytes();
    void seenCountsComeWhileVisible();
    void searchNarrowsTheEvents();
    void severalPlansHaveAChooser();
    void closingAPlanKeepsTheOthers();
    void openingAddsToThePlans();
    void problemsStandOnTop();
    void showInTheStreamNamesTheEvent();
    void theChosenEventSurvivesAReload();
};

void TstPlanPage::emptyOffersToOpen()
{
    Pane pane;
    pane.page->show();
    auto *empty = pane.page->findChild<ui::EmptyState *>();
    QVERIFY(empty->isVisible());
    QTest::mouseClick(&empty->button(), Qt::LeftButton);
    auto *dialog = pane.page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    dialog->reject();
}

void TstPlanPage::rulesAndPropertiesAreShown()
{
    Pane pane;
    QAbstractItemModelTester tester(&pane.page->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    pane.open({samplePlan(u"Coco"_s)});
    pane.page->show();
    QCOMPARE(pane.page->events().model()->rowCount(), 2);
    int placed = 0;
    while (placed < 2 && pane.eventAt(placed) != u"Order Placed"_s) {
        ++placed;
    }
    QVERIFY(placed < 2);
    pane.page->events().setCurrentIndex(pane.page->events().model()->index(placed, 0));
    const auto *properties = pane.page->properties().model();
    QCOMPARE(properties->rowCount(), 2);
    QCOMPARE(properties->index(0, ui::PropertyModel::NameColumn).data().toString(), u"orderId"_s);
    QVERIFY(properties->index(0, 0).data(ui::PropertyModel::IsRequiredRole).toBool());
    QVERIFY(properties->index(1, ui::PropertyModel::AllowedColumn).data().toString().contains(u"coco1"_s));
    QVERIFY(pane.page->properties().isVisible());
    pane.page->events().setCurrentIndex(pane.page->events().model()->index(1 - placed, 0));
    QVERIFY(!pane.page->properties().isVisible()); // an identify without any
}

void TstPlanPage::schemaKeepsItsBytes()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    for (int row = 0; row < 2; ++row) {
        if (pane.eventAt(row) == u"Order Placed"_s) {
            pane.page->events().setCurrentIndex(pane.page->events().model()->index(row, 0));
        }
    }
    const QString schema = pane.page->findChild<ui::JsonView *>(u"planSchema"_s)->text();
    QVERIFY2(schema.contains(u"\"multipleOf\": 1.0"_s), qPrintable(schema));
}

void TstPlanPage::seenCountsComeWhileVisible()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    pane.services.seenList = {{.type = event::CallType::Track,
                               .name = u"Order Placed"_s,
                               .count = 1234,
                               .violations = 7,
                               .lastUs = 1'795'600'805'123'000}};
    pane.page->show();
    const int row = pane.page->model().rowOf(event::CallType::Track, u"Order Placed"_s);
    QVERIFY(row >= 0);
    const auto value = [&](int role) { return pane.page->model().index(row, 0).data(role).toULongLong(); };
    QCOMPARE(value(ui::PlanModel::SeenRole), 1234ULL);
    QCOMPARE(value(ui::PlanModel::ViolationsRole), 7ULL);
    QCOMPARE(pane.page->model().neverSeenCount(), 1);
    const QString summary = pane.page->findChild<QLabel *>(u"planSummary"_s)->text();
    QVERIFY2(summary.contains(u"1 seen"_s), qPrintable(summary));
    pane.services.seenList.front().count = 1300;
    QTRY_COMPARE(value(ui::PlanModel::SeenRole), 1300ULL); // the page asks again by itself
}

void TstPlanPage::searchNarrowsTheEvents()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    auto *search = pane.page->findChild<QLineEdit *>(u"planSearch"_s);
    QTest::keyClicks(search, u"placed"_s);
    QCOMPARE(pane.page->events().model()->rowCount(), 1);
    QCOMPARE(pane.eventAt(0), u"Order Placed"_s);
    search->clear();
    QCOMPARE(pane.page->events().model()->rowCount(), 2);
}

void TstPlanPage::severalPlansHaveAChooser()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    pane.page->show();
    auto *chooser = pane.page->findChild<QComboBox *>(u"planChooser"_s);
    QVERIFY(!chooser->isVisible());
    pane.open({samplePlan(u"Coco"_s), samplePlan(u"Web"_s)});
    QVERIFY(chooser->isVisible());
    QCOMPARE(pane.page->events().model()->rowCount(), 4);
    QTest::keyClick(chooser, Qt::Key_Down);
    QTest::keyClick(chooser, Qt::Key_Down);
    QCOMPARE(chooser->currentText(), u"Web"_s);
    QCOMPARE(pane.page->events().model()->rowCount(), 2);
}

void TstPlanPage::closingAPlanKeepsTheOthers()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s), samplePlan(u"Web"_s)});
    pane.page->show();
    auto *close = pane.page->findChild<QPushButton *>(u"closePlan"_s);
    QVERIFY(!close->isVisible()); // of all at once there is none to name
    QTest::keyClick(pane.page->findChild<QComboBox *>(u"planChooser"_s), Qt::Key_Down);
    QVERIFY(close->isVisible());
    QTest::mouseClick(close, Qt::LeftButton);
    QCOMPARE(pane.services.openedPlans, QStringList{u"/plans/Web.json"_s});
}

void TstPlanPage::openingAddsToThePlans()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    pane.page->show();
    pane.page->choosePlans();
    auto *dialog = pane.page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    emit dialog->filesSelected({u"/plans/New.json"_s, u"/plans/Coco.json"_s});
    QCOMPARE(pane.services.openedPlans, (QStringList{u"/plans/Coco.json"_s, u"/plans/New.json"_s}));
    dialog->reject();
}

void TstPlanPage::problemsStandOnTop()
{
    Pane pane;
    auto wrong = std::make_shared<plan::Plan>(*samplePlan(u"Coco"_s));
    wrong->problems = {{u"Order Placed"_s, u"The pattern does not end."_s}};
    pane.open({wrong});
    pane.page->show();
    auto *strip = pane.page->findChild<QWidget *>(u"planProblems"_s);
    QVERIFY(strip->isVisible());
    QVERIFY(std::ranges::any_of(strip->findChildren<QLabel *>(), [](const QLabel *label) {
        return label->text() == u"Order Placed: The pattern does not end."_s;
    }));
    pane.open({samplePlan(u"Coco"_s)});
    QVERIFY(!strip->isVisible());
}

void TstPlanPage::showInTheStreamNamesTheEvent()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    pane.page->show();
    QTest::keyClicks(pane.page->findChild<QLineEdit *>(u"planSearch"_s), u"Order"_s);
    pane.page->events().setCurrentIndex(pane.page->events().model()->index(0, 0));
    QSignalSpy wanted(pane.page.get(), &ui::PlanPage::streamWanted);
    QTest::mouseClick(pane.page->findChild<QPushButton *>(u"planInStream"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().toString(), u"type:track event:\"Order Placed\""_s);
}

void TstPlanPage::theChosenEventSurvivesAReload()
{
    Pane pane;
    pane.open({samplePlan(u"Coco"_s)});
    for (int row = 0; row < 2; ++row) {
        if (pane.eventAt(row) == u"Order Placed"_s) {
            pane.page->events().setCurrentIndex(pane.page->events().model()->index(row, 0));
        }
    }
    pane.open({samplePlan(u"Coco"_s)});
    QCOMPARE(pane.page->findChild<QLabel *>(u"planRuleName"_s)->text(), u"Order Placed"_s);
}

QTEST_MAIN(TstPlanPage)
#include "tst_planpage.moc"
