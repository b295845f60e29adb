// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/auditpage.h"

#include "tests/support/fakeservices.h"
#include "ui/audit/figurecard.h"
#include "ui/audit/sessionchooser.h"
#include "ui/commands/actionregistry.h"
#include "ui/itemmodels/coveragemodel.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

report::EventCoverage eventRow(const QString &name, std::uint64_t count, std::uint64_t violations,
                               bool isPlanned)
{
    report::EventCoverage row;
    row.type = event::CallType::Track;
    row.name = name;
    row.isPlanned = isPlanned;
    row.plan = isPlanned ? u"Shop"_s : QString();
    row.count = count;
    row.violations = violations;
    row.firstUs = count > 0 ? 1'795'600'000'000'000 : 0;
    row.lastUs = count > 0 ? 1'795'600'060'000'000 : 0;
    if (count > 0) {
        row.sources[u"Tracker UI"_s] = count;
    }
    report::PropertyCoverage property;
    property.path = {u"orderId"_s};
    property.isPlanned = isPlanned;
    property.isRequired = true;
    property.filled = count;
    property.of = count;
    property.types = {{u"string"_s, count}};
    property.values = {{u"ord_1"_s, 2}};
    row.properties = {property};
    return row;
}

std::shared_ptr<report::Coverage> sample()
{
    auto made = std::make_shared<report::Coverage>();
    made->events = 40;
    made->violations = 5;
    made->plannedEvents = 3;
    made->plannedSeen = 2;
    made->unplannedEvents = 1;
    made->unplannedCount = 4;
    made->lastUs = 1'795'600'060'000'000;
    made->rows = {eventRow(u"Order Completed"_s, 30, 5, true), eventRow(u"Cart Viewed"_s, 6, 0, true),
                  eventRow(u"Order Refunded"_s, 0, 0, true), eventRow(u"Oder Completed"_s, 4, 0, false)};
    report::SourceCoverage source;
    source.source = u"Tracker UI"_s;
    source.events = 40;
    source.violations = 5;
    source.plannedEvents = 3;
    source.seenEvents = 2;
    made->sources = {source};
    return made;
}

struct Pane
{
    tests::FakeServices services;
    ui::Theme theme;
    ui::ActionRegistry actions{theme};
    std::unique_ptr<ui::AuditPage> page;

    Pane()
    {
        theme.install(*qApp);
        services.planFake.coverage.coverage = sample();
        services.planFake.sessionList = {{event::SessionId(1), u"First"_s, 1'000, 10},
                                         {event::SessionId(2), u"Second"_s, 2'000, 30}};
        page = std::make_unique<ui::AuditPage>(services, theme, actions);
        page->resize(1280, 800);
        page->show();
    }

    template <typename T>
    T *find(const char *name) const
    {
        return page->findChild<T *>(QString::fromLatin1(name));
    }
    void select(const QString &name) const
    {
        QAbstractItemModel *model = page->events().model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString() == name) {
                page->events().setCurrentIndex(model->index(row, 0));
                return;
            }
        }
        QFAIL("no such row");
    }
};

} // namespace

class TstAuditPage : public QObject
{
    Q_OBJECT

private slots:
    void figuresAndTables();
    void cardsNarrowTheTable();
    void searches();
    void countsOnlyWhileShown();
    void numbersChangeInPlace();
    void scopes();
    void chosenSessions();
    void leadsToTheStream();
    void leadsToThePlan();
    void addsToThePlan();
    void nothingYet();
    void mistakeInTheFilter();
    void exports_data();
    void exports();
};

void TstAuditPage::figuresAndTables()
{
    const Pane pane;
    QCOMPARE(pane.find<ui::FigureCard>("auditCovered")->figure(), u"67 %"_s);
    QCOMPARE(pane.find<ui::FigureCard>("auditCovered")->words(), u"2 of 3 planned events came"_s);
    QCOMPARE(pane.find<ui::FigureCard>("auditUnplanned")->figure(), u"1"_s);
    QCOMPARE(pane.find<ui::FigureCard>("auditViolations")->figure(), u"5"_s);
    QCOMPARE(pane.find<ui::FigureCard>("auditNever")->figure(), u"1"_s);
    QCOMPARE(pane.page->events().model()->rowCount(), 4);
    QCOMPARE(pane.page->properties().model()->rowCount(), 1);
    QCOMPARE(pane.find<QTableView>("auditSources")->model()->rowCount(), 1);
}

void TstAuditPage::cardsNarrowTheTable()
{
    const Pane pane;
    auto *unplanned = pane.find<ui::FigureCard>("auditUnplanned");
    auto *never = pane.find<ui::FigureCard>("auditNever");
    QTest::mouseClick(unplanned, Qt::LeftButton);
    QCOMPARE(pane.page->events().model()->rowCount(), 1);
    QCOMPARE(pane.page->events().model()->index(0, 0).data().toString(), u"Oder Completed"_s);
    QTest::mouseClick(never, Qt::LeftButton);
    QVERIFY(!unplanned->isChecked());
    QCOMPARE(pane.page->events().model()->index(0, 0).data().toString(), u"Order Refunded"_s);
    never->setFocus();
    QTest::keyClick(never, Qt::Key_Space);
    QCOMPARE(pane.page->events().model()->rowCount(), 4);
}

void TstAuditPage::searches()
{
    const Pane pane;
    QTest::keyClicks(pane.find<QLineEdit>("auditSearch"), u"oder"_s);
    QCOMPARE(pane.page->events().model()->rowCount(), 1);
}

void TstAuditPage::countsOnlyWhileShown()
{
    const Pane pane;
    QVERIFY(pane.services.planFake.isCoverageWatched());
    pane.page->hide();
    QVERIFY(!pane.services.planFake.isCoverageWatched());
    pane.page->show();
    QVERIFY(pane.services.planFake.isCoverageWatched());
}

void TstAuditPage::numbersChangeInPlace()
{
    Pane pane;
    pane.select(u"Oder Completed"_s);
    auto more = sample();
    more->events = 41;
    more->rows[3].count = 9;
    more->rows.insert(more->rows.begin() + 3, eventRow(u"Brand New"_s, 7, 0, false));
    pane.services.planFake.postCoverage({more, 1, {}});
    QCOMPARE(pane.page->events().currentIndex().data().toString(), u"Oder Completed"_s);
    QCOMPARE(pane.page->events().model()->rowCount(), 5);
    QCOMPARE(pane.page->events().model()->index(4, 0).data().toString(), u"Brand New"_s);
    QVERIFY(pane.find<QLabel>("auditState")->text().contains(u"41"_s));
    pane.services.planFake.postCoverage({more, 0.42, {}});
    QCOMPARE(pane.find<QLabel>("auditState")->text(), u"Counting: 42 %"_s);
}

void TstAuditPage::scopes()
{
    const Pane pane;
    auto *scopes = pane.find<QComboBox>("auditScope");
    QVERIFY(pane.services.planFake.coverageQuestions.back().sessions.empty());
    scopes->setCurrentIndex(1);
    emit scopes->activated(1);
    QCOMPARE(pane.services.planFake.coverageQuestions.back().sessions, std::vector{event::SessionId(2)});
    pane.page->setFilterText(u"type:track"_s);
    const int filter = scopes->findText(u"Filter: type:track"_s);
    QVERIFY(filter > 0);
    scopes->setCurrentIndex(filter);
    emit scopes->activated(filter);
    QCOMPARE(pane.services.planFake.coverageQuestions.back().filter, u"type:track"_s);
    pane.page->setFilterText(u"type:page"_s);
    QCOMPARE(pane.services.planFake.coverageQuestions.back().filter, u"type:page"_s);
    pane.page->setFilterText({});
    QCOMPARE(pane.services.planFake.coverageQuestions.back().filter, QString());
}

void TstAuditPage::chosenSessions()
{
    const Pane pane;
    auto *scopes = pane.find<QComboBox>("auditScope");
    const int last = scopes->count() - 1;
    scopes->setCurrentIndex(last);
    emit scopes->activated(last);
    auto *chooser = pane.page->findChild<ui::SessionChooser *>();
    QVERIFY(chooser != nullptr);
    auto *list = chooser->findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(u"Second"_s)); // newest first
    list->item(1)->setCheckState(Qt::Checked);
    chooser->accept();
    QCOMPARE(pane.services.planFake.coverageQuestions.back().sessions, std::vector{event::SessionId(1)});
}

void TstAuditPage::leadsToTheStream()
{
    const Pane pane;
    const QSignalSpy wanted(pane.page.get(), &ui::AuditPage::streamWanted);
    pane.select(u"Order Completed"_s);
    QTest::mouseClick(pane.find<QPushButton>("auditInStream"), Qt::LeftButton);
    QCOMPARE(wanted.last().front().toString(), u"type:track event:\"Order Completed\""_s);
    pane.page->properties().setCurrentIndex(pane.page->properties().model()->index(0, 0));
    emit pane.page->properties().activated(pane.page->properties().currentIndex());
    QCOMPARE(wanted.last().front().toString(),
             u"type:track event:\"Order Completed\" prop.orderId:\"ord_1\""_s);
    pane.select(u"Order Refunded"_s);
    QVERIFY(!pane.find<QPushButton>("auditInStream")->isVisible());
}

void TstAuditPage::leadsToThePlan()
{
    const Pane pane;
    const QSignalSpy wanted(pane.page.get(), &ui::AuditPage::planWanted);
    pane.select(u"Order Refunded"_s);
    QTest::mouseClick(pane.find<QPushButton>("auditInPlan"), Qt::LeftButton);
    QCOMPARE(wanted.last().at(1).toString(), u"Order Refunded"_s);
}

void TstAuditPage::addsToThePlan()
{
    Pane pane;
    const QSignalSpy said(pane.page.get(), &ui::AuditPage::said);
    pane.select(u"Order Completed"_s);
    QVERIFY(!pane.find<QPushButton>("auditAdd")->isVisible());
    pane.select(u"Oder Completed"_s);
    QTest::mouseClick(pane.find<QPushButton>("auditAdd"), Qt::LeftButton);
    QCOMPARE(pane.services.planFake.additions.size(), std::size_t{1});
    QCOMPARE(pane.services.planFake.additions.front().name, u"Oder Completed"_s);
    QCOMPARE(pane.services.planFake.additions.front().source, u"Tracker UI"_s);
    QCOMPARE(said.count(), 1);
}

void TstAuditPage::nothingYet()
{
    Pane pane;
    pane.services.planFake.postCoverage({std::make_shared<const report::Coverage>(), 1, {}});
    QVERIFY(!pane.page->events().isVisible());
    const QSignalSpy wanted(pane.page.get(), &ui::AuditPage::openPlanWanted);
    for (QPushButton *button : pane.page->findChildren<QPushButton *>()) {
        if (button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(wanted.count(), 1);
}

void TstAuditPage::mistakeInTheFilter()
{
    Pane pane;
    pane.services.planFake.postCoverage(
        {sample(), 1, {base::ErrorCode::BadInput, u"The filter can't be read."_s, {}, {}}});
    QCOMPARE(pane.find<QLabel>("auditState")->text(), u"The filter can't be read."_s);
}

void TstAuditPage::exports_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("html") << u"audit.html"_s << "<!DOCTYPE html>"_ba;
    QTest::newRow("csv") << u"audit.csv"_s << "Call Type,Event"_ba;
    QTest::newRow("pdf") << u"audit.pdf"_s << "%PDF-1."_ba;
}

void TstAuditPage::exports()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begin);
    const Pane pane;
    const QTemporaryDir folder;
    QSignalSpy said(pane.page.get(), &ui::AuditPage::said);
    pane.page->exportTo(folder.filePath(name));
    QVERIFY(said.wait(10'000));
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith(begin));
    QVERIFY(bytes.size() > 400);
    // A place that can't be written is said.
    QSignalSpy failed(&pane.services, &ui::Services::failed);
    pane.page->exportTo(folder.filePath(u"no/such/folder/"_s + name));
    QVERIFY(failed.wait(10'000));
}

QTEST_MAIN(TstAuditPage)
#include "tst_auditpage.moc"
