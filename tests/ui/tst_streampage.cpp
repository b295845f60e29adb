// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/streampage.h"

#include "tests/ui/pagefixture.h"
#include "ui/commands/actionregistry.h"
#include "ui/inspector/eventtab.h"
#include "ui/inspector/inspector.h"
#include "ui/itemmodels/jsontreemodel.h"
#include "ui/stream/facetpanel.h"
#include "ui/stream/replaydialog.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbox.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/timelinewidget.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListWidget>
#include <QMainWindow>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tests;

namespace {

/// A window as the user has it: actions attached, the page in it, a filter box above.
struct Window
{
    FakeServices services;
    PageFixture stream{services};
    ui::Theme theme;
    QMainWindow window;
    ui::ActionRegistry actions{theme, &window};
    ui::StreamPage *page;
    ui::FilterBox *filter;

    Window()
    {
        theme.install(*qApp);
        page = new ui::StreamPage(services, theme, actions, &window);
        filter = new ui::FilterBox(theme, &window);
        window.setMenuWidget(filter);
        window.setCentralWidget(page);
        actions.attachTo(window);
        QObject::connect(filter, &ui::FilterBox::queryChanged, page, &ui::StreamPage::setFilter);
        QObject::connect(filter, &ui::FilterBox::tableKeyPressed, page, &ui::StreamPage::handleTableKey);
        QObject::connect(page, &ui::StreamPage::filterTextChanged, filter, &ui::FilterBox::setFilter);
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        page->table().setFocus();
    }
    ~Window()
    {
        window.takeCentralWidget();
        delete page;
    }

    [[nodiscard]] ui::StreamTable &table() const { return page->table(); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table().model()->index(row, column).data().toString();
    }
};

std::vector<SampleEvent> plain(int count)
{
    std::vector<SampleEvent> events;
    for (int i = 0; i < count; ++i) {
        events.push_back({.name = u"Order Tracked"_s,
                          .body = QByteArray("{\"event\":\"Order Tracked\",\"properties\":{\"step\":") +
                                  QByteArray::number(i) + "}}"});
    }
    return events;
}

SampleEvent wrong()
{
    return {.name = u"Order Placed"_s,
            .status = event::Status::Violation,
            .body = R"({"type":"track","event":"Order Placed","properties":{"quantity":"2","total":12.50}})",
            .findings = {{event::RuleId::PlanType,
                          event::Severity::Error,
                          json::Pointer("/properties/quantity"),
                          {u"integer"_s, u"string"_s, u"2"_s}},
                         {event::RuleId::PlanRequired,
                          event::Severity::Error,
                          json::Pointer("/properties/orderId"),
                          {u"orderId"_s, {}}}}};
}

} // namespace

class TstStreamPage : public QObject
{
    Q_OBJECT
private slots:
    void rowsAppearAndTheNewestIsFollowed();
    void textsTheUpdateLacksAreAskedFor();
    void selectingARowShowsItsVerdictAndFindings();
    void severalSelectedAreCounted();
    void aNewVerdictRefreshesTheInspector();
    void rowsOnScreenAreCheckedFirst();
    void theFilterIsTypedAndAsked();
    void aMistakeChangesNothing();
    void noMatchOffersToClear();
    void hiddenRowsAreCounted();
    void facetsNarrowAndExclude();
    void theTimelineRestrictsTheTime();
    void selectionSurvivesAFilter();
    void aResetThatLosesTheSelectionEmptiesTheInspector();
    void placeIsHeldWhileReading();
    void pauseFreezesTheViewOnly();
    void problemsAreFoundByKey();
    void copyGivesTheBytesSent();
    void copyOfSeveralIsAnArray();
    void curlMasksTheKey();
    void replayAsksWhereTo();
    void replayWithoutADestinationLeadsToTheSettings();
    void emptyLeadsToSetupAndDemo();
    void narrowWindowsStackTheInspector();
    void everyControlHasAName();
};

void TstStreamPage::rowsAppearAndTheNewestIsFollowed()
{
    Window w;
    QAbstractItemModelTester tester(&w.page->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    w.stream.add(plain(200));
    QTRY_COMPARE(w.table().model()->rowCount(), 200);
    QCOMPARE(w.cell(0, ui::StreamModel::EventColumn), u"Order Tracked"_s);
    QCOMPARE(w.cell(0, ui::StreamModel::SourceColumn), u"Tracker UI"_s);
    QTRY_COMPARE(w.table().verticalScrollBar()->value(), w.table().verticalScrollBar()->maximum());
    QVERIFY(w.table().isFollowing());
    w.stream.add(plain(50));
    QTRY_COMPARE(w.table().model()->rowCount(), 250);
    QTRY_COMPARE(w.table().verticalScrollBar()->value(), w.table().verticalScrollBar()->maximum());
}

void TstStreamPage::textsTheUpdateLacksAreAskedFor()
{
    Window w;
    event::EventLog log;
    log.append({.id = event::EventId(1),
                .name = event::NameId(7),
                .user = event::UserKey(9),
                .type = event::CallType::Track},
               {});
    w.services.names.insert(7, u"Robot Arrived"_s);
    w.services.users.insert(9, u"usr_9"_s);
    stream::StreamUpdate update;
    update.log = log.snapshot();
    update.appended = {0};
    w.services.post(update);
    QTRY_COMPARE(w.cell(0, ui::StreamModel::EventColumn), u"Robot Arrived"_s);
    QTRY_COMPARE(w.cell(0, ui::StreamModel::UserColumn), u"usr_9"_s);
}

void TstStreamPage::selectingARowShowsItsVerdictAndFindings()
{
    Window w;
    w.stream.add({plain(1).front(), wrong()});
    QTRY_COMPARE(w.table().model()->rowCount(), 2);
    QTest::mouseClick(
        w.table().viewport(), Qt::LeftButton, {},
        w.table().visualRect(w.table().model()->index(1, ui::StreamModel::EventColumn)).center());
    const auto &inspector = w.page->inspector();
    QTRY_VERIFY(inspector.inspected() != nullptr);
    QCOMPARE(inspector.findChild<ui::StatusChip *>(u"inspectorStatus"_s)->text(),
             ui::statusText(event::Status::Violation));
    auto *tree = inspector.eventTab().model();
    const QModelIndex quantity = tree->indexAt(json::Pointer("/properties/quantity"));
    QCOMPARE(quantity.data(ui::JsonTreeModel::FindingsRole).value<QList<int>>(), QList<int>{0});
    const QModelIndex missing = tree->indexAt(json::Pointer("/properties/orderId"));
    QVERIFY(missing.data(ui::JsonTreeModel::IsMissingRole).toBool());
    QVERIFY(inspector.eventTab().tree()->isExpanded(quantity.parent()));
    // The sentences under the property make its row taller than a plain one.
    const QModelIndex total = tree->indexAt(json::Pointer("/properties/total"));
    QVERIFY(inspector.eventTab().tree()->visualRect(quantity).height() >
            inspector.eventTab().tree()->visualRect(total).height());
}

void TstStreamPage::severalSelectedAreCounted()
{
    Window w;
    w.stream.add(plain(5));
    QTRY_COMPARE(w.table().model()->rowCount(), 5);
    w.table().selectAll();
    QCOMPARE(w.table().selectedCount(), 5);
    QTRY_VERIFY(w.page->inspector().findChild<QPushButton *>(u"copySeveral"_s)->isVisible());
    w.table().clearSelection();
    QTRY_VERIFY(!w.page->inspector().findChild<QPushButton *>(u"copySeveral"_s)->isVisible());
    QCOMPARE(w.page->inspector().shownId(), event::EventId{});
}

void TstStreamPage::aNewVerdictRefreshesTheInspector()
{
    Window w;
    const auto ids = w.stream.add(plain(1));
    QTRY_COMPARE(w.table().model()->rowCount(), 1);
    w.table().selectRow(0);
    auto *chip = w.page->inspector().findChild<ui::StatusChip *>(u"inspectorStatus"_s);
    QTRY_COMPARE(chip->text(), ui::statusText(event::Status::Valid));
    event::EventState state;
    state.status = event::Status::Unplanned;
    w.stream.setState(ids.front(), state);
    QTRY_COMPARE(chip->text(), ui::statusText(event::Status::Unplanned));
}

void TstStreamPage::rowsOnScreenAreCheckedFirst()
{
    Window shown;
    shown.stream.add(plain(500));
    QTRY_COMPARE(shown.table().model()->rowCount(), 500);
    QTRY_COMPARE(shown.table().verticalScrollBar()->value(), shown.table().verticalScrollBar()->maximum());
    shown.table().scrollTo(shown.table().model()->index(100, 0), QAbstractItemView::PositionAtTop);
    emit shown.services.checkerChanged();
    const auto &asked = shown.services.preferred;
    QCOMPARE(event::raw(asked.front()), 101U);
    // As many as are in view, the last one cut off or not.
    const int rows = shown.table().viewport()->height() / shown.table().rowHeight(0);
    QVERIFY(rows > 10);
    QVERIFY(static_cast<int>(asked.size()) >= rows && static_cast<int>(asked.size()) <= rows + 1);

    // Fewer rows than there is room.
    shown.stream.filterTo({event::EventId{7}, event::EventId{9}});
    QTRY_COMPARE(shown.table().model()->rowCount(), 2);
    QTRY_COMPARE(shown.table().verticalScrollBar()->maximum(), 0);
    emit shown.services.checkerChanged();
    QCOMPARE(shown.services.preferred, (std::vector{event::EventId{7}, event::EventId{9}}));
}

void TstStreamPage::theFilterIsTypedAndAsked()
{
    Window w;
    w.stream.add(plain(3));
    w.filter->setFocus();
    QTest::keyClicks(w.filter, u"type:track has:violation"_s);
    QTRY_VERIFY(!w.services.filters.empty() &&
                w.services.filters.back().text == u"type:track has:violation"_s);
    const auto generation = w.services.lastGeneration;
    w.page->setFilterText(u"type:page"_s);
    QVERIFY(w.services.lastGeneration > generation);
    QCOMPARE(w.services.filters.back().text, u"type:page"_s);
}

void TstStreamPage::aMistakeChangesNothing()
{
    Window w;
    w.page->setFilterText(u"type:track"_s);
    const auto asked = w.services.filters.size();
    w.page->setFilterText(u"(type:track"_s);
    QCOMPARE(w.services.filters.size(), asked);
    QCOMPARE(w.page->filterText(), u"type:track"_s);
}

void TstStreamPage::noMatchOffersToClear()
{
    Window w;
    w.stream.add(plain(3));
    QTRY_COMPARE(w.table().model()->rowCount(), 3);
    w.page->setFilterText(u"event:Nothing"_s);
    w.stream.filterTo({});
    auto *empty = w.page->findChild<ui::EmptyState *>(u"noMatch"_s);
    QTRY_VERIFY(empty->isVisible());
    QSignalSpy changed(w.page, &ui::StreamPage::filterTextChanged);
    QTest::mouseClick(&empty->button(), Qt::LeftButton);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(w.services.filters.back().text, QString());
}

void TstStreamPage::hiddenRowsAreCounted()
{
    Window w;
    const auto ids = w.stream.add(plain(4));
    QTRY_COMPARE(w.table().model()->rowCount(), 4);
    w.page->setFilterText(u"status:valid"_s);
    w.stream.filterTo({ids[0]});
    auto *bar = w.page->findChild<QWidget *>(u"hiddenBar"_s);
    QTRY_VERIFY(bar->isVisible());
    const QString text = bar->findChild<QLabel *>(u"hiddenText"_s)->text();
    QVERIFY2(text.contains(u"1"_s) && text.contains(u"4"_s) && text.contains(u"status:valid"_s),
             qPrintable(text));
    QTest::mouseClick(bar->findChild<QPushButton *>(u"clearFilter"_s), Qt::LeftButton);
    w.stream.filterTo(ids);
    QTRY_COMPARE(w.table().model()->rowCount(), 4);
    QTRY_VERIFY(!bar->isVisible());
}

void TstStreamPage::facetsNarrowAndExclude()
{
    Window w;
    w.stream.add({plain(1).front(), {.name = u"Drive Started"_s, .source = u"Pilot UI"_s, .body = "{}"}});
    auto *panel = qobject_cast<ui::FacetPanel *>(w.page->facets());
    QVERIFY(panel);
    panel->setParent(&w.window);
    panel->resize(220, 600);
    panel->show();
    const auto sources = static_cast<int>(ui::FacetModel::Section::Sources);
    auto &facets = panel->facets();
    QTRY_COMPARE(facets.rowCount(facets.index(sources, 0)), 2);
    QModelIndex pilot;
    for (int row = 0; row < 2; ++row) {
        const QModelIndex index = facets.index(row, 0, facets.index(sources, 0));
        if (panel->termAt(index).value == u"Pilot UI"_s) {
            pilot = index;
        }
    }
    QVERIFY(pilot.isValid());
    QCOMPARE(pilot.data(ui::FacetModel::CountRole).toULongLong(), 1ULL);
    const QPoint place = panel->visualRect(pilot).center();
    QTest::mouseClick(panel->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(w.page->filterText(), u"source:\"Pilot UI\""_s);
    QCOMPARE(w.filter->text(), u"source:\"Pilot UI\""_s);
    QTest::mouseClick(panel->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(w.page->filterText(), QString());
    QTest::mouseClick(panel->viewport(), Qt::LeftButton, Qt::AltModifier, place);
    QCOMPARE(w.page->filterText(), u"-source:\"Pilot UI\""_s);
    panel->setCurrentIndex(pilot);
    QTest::keyClick(panel, Qt::Key_Space);
    QCOMPARE(w.page->filterText(), u"source:\"Pilot UI\""_s);
    QVERIFY(!w.page->model().isPaused()); // Space chose, it did not pause
}

void TstStreamPage::theTimelineRestrictsTheTime()
{
    Window w;
    w.stream.add(plain(10));
    w.page->setFilterText(u"type:track"_s);
    auto *timeline = w.page->findChild<ui::TimelineWidget *>();
    QVERIFY(timeline);
    emit timeline->rangeSelected(1'795'600'805'000'000, 1'795'600'806'000'000);
    QVERIFY2(w.page->filterText().startsWith(u"type:track time:"_s), qPrintable(w.page->filterText()));
    QVERIFY(filter::parse(w.page->filterText()).has_value());
    emit timeline->rangeCleared();
    QCOMPARE(w.page->filterText(), u"type:track"_s);
}

void TstStreamPage::selectionSurvivesAFilter()
{
    Window w;
    const auto ids = w.stream.add(plain(100));
    QTRY_COMPARE(w.table().model()->rowCount(), 100);
    QVERIFY(w.page->selectEvent(ids[40]));
    w.page->setFilterText(u"status:valid"_s);
    w.stream.filterTo({ids[10], ids[40], ids[70]});
    QTRY_COMPARE(w.table().model()->rowCount(), 3);
    QCOMPARE(w.table().selectedIds(10), (std::vector{ids[40]}));
    QCOMPARE(w.table().currentIndex().row(), 1);
    QCOMPARE(w.page->inspector().shownId(), ids[40]);
}

void TstStreamPage::aResetThatLosesTheSelectionEmptiesTheInspector()
{
    Window w;
    const auto ids = w.stream.add(plain(10));
    QTRY_COMPARE(w.table().model()->rowCount(), 10);
    w.table().selectRow(4);
    QTRY_COMPARE(w.page->inspector().shownId(), ids[4]);
    w.page->setFilterText(u"status:violation"_s);
    w.stream.filterTo({ids[0]});
    QTRY_COMPARE(w.page->inspector().shownId(), event::EventId{});
    QVERIFY(w.page->inspector().inspected() == nullptr);
}

void TstStreamPage::placeIsHeldWhileReading()
{
    Window w;
    w.stream.add(plain(300));
    QTRY_COMPARE(w.table().model()->rowCount(), 300);
    QTRY_VERIFY(w.table().verticalScrollBar()->value() > 0);
    w.table().verticalScrollBar()->setValue(50);
    QVERIFY(!w.table().isFollowing());
    w.stream.add(plain(20));
    QTRY_COMPARE(w.table().model()->rowCount(), 320);
    QCOMPARE(w.table().verticalScrollBar()->value(), 50);
    QVERIFY(w.table().pill().isVisible());
    QVERIFY2(w.table().pill().text().contains(u"20"_s), qPrintable(w.table().pill().text()));
    QTest::mouseClick(&w.table().pill(), Qt::LeftButton);
    QVERIFY(w.table().isFollowing());
    QTRY_COMPARE(w.table().verticalScrollBar()->value(), w.table().verticalScrollBar()->maximum());
    QVERIFY(!w.table().pill().isVisible());
}

void TstStreamPage::pauseFreezesTheViewOnly()
{
    Window w;
    w.stream.add(plain(3));
    QTRY_COMPARE(w.table().model()->rowCount(), 3);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.table().setFocus();
    QTest::keyClick(&w.table(), Qt::Key_Space);
    QVERIFY(w.page->model().isPaused());
    w.stream.add(plain(4));
    QTRY_COMPARE(w.page->model().heldBack(), 4ULL);
    QCOMPARE(w.table().model()->rowCount(), 3);
    QTRY_VERIFY(w.table().pill().text().contains(u"4"_s));
    QTest::keyClick(&w.table(), Qt::Key_Space);
    QVERIFY(!w.page->model().isPaused());
    QTRY_COMPARE(w.table().model()->rowCount(), 7);
    QVERIFY(!w.table().pill().isVisible());
}

void TstStreamPage::problemsAreFoundByKey()
{
    Window w;
    auto events = plain(20);
    events[5] = wrong();
    events[12] = wrong();
    w.stream.add(events);
    QTRY_COMPARE(w.table().model()->rowCount(), 20);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.table().setFocus();
    QTest::keyClick(&w.table(), Qt::Key_F8);
    QCOMPARE(w.table().currentIndex().row(), 5);
    QTest::keyClick(&w.table(), Qt::Key_N);
    QCOMPARE(w.table().currentIndex().row(), 12);
    QTest::keyClick(&w.table(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(w.table().currentIndex().row(), 5);
    QTest::keyClick(&w.table(), Qt::Key_Home);
    QCOMPARE(w.table().currentIndex().row(), 0);
    QTest::keyClick(&w.table(), Qt::Key_End);
    QCOMPARE(w.table().currentIndex().row(), 19);
}

void TstStreamPage::copyGivesTheBytesSent()
{
    Window w;
    const QByteArray body = R"({"z":1.0,"a":12345678901234567890,"writeKey":"abcdefghijkl1234"})";
    w.stream.add({{.name = u"Order Placed"_s, .body = body}});
    QTRY_COMPARE(w.table().model()->rowCount(), 1);
    w.table().selectRow(0);
    QTRY_VERIFY(w.page->inspector().inspected() != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.table().setFocus();
    QSignalSpy said(w.page, &ui::StreamPage::said);
    QTest::keyClick(&w.table(), Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"{\"z\":1.0,\"a\":12345678901234567890,\"writeKey\":\"************1234\"}"_s);
}

void TstStreamPage::copyOfSeveralIsAnArray()
{
    Window w;
    w.stream.add({{.name = u"A"_s, .body = "{\"a\":1}"}, {.name = u"B"_s, .body = "{\"b\":2}"}});
    QTRY_COMPARE(w.table().model()->rowCount(), 2);
    w.table().selectAll();
    QTRY_VERIFY(w.actions.action(ui::Command::CopyEvent).isEnabled());
    QSignalSpy said(w.page, &ui::StreamPage::said);
    w.actions.action(ui::Command::CopyEvent).trigger();
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text().simplified(), u"[ {\"a\":1}, {\"b\":2} ]"_s);
}

void TstStreamPage::curlMasksTheKey()
{
    Window w;
    w.stream.add({wrong()});
    QTRY_COMPARE(w.table().model()->rowCount(), 1);
    w.table().selectRow(0);
    QTRY_VERIFY(w.actions.action(ui::Command::CopyCurl).isEnabled());
    w.actions.action(ui::Command::CopyCurl).trigger();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.startsWith(u"curl -X POST 'http://127.0.0.1:8765/v1/t'"_s), qPrintable(command));
    QVERIFY(command.contains(u"$WRITE_KEY"_s));
    QVERIFY(!command.contains(u"d2tfbGl2ZV81MWY4YzAyNzphYjEyOg"_s));
}

void TstStreamPage::replayAsksWhereTo()
{
    Window w;
    w.services.destinationList = {
        {.name = u"Staging"_s, .baseUrl = QUrl(u"https://api.segment.io"_s), .writeKey = u"k"_s},
        {.name = u"Europe"_s, .baseUrl = QUrl(u"https://events.eu1.segmentapis.com"_s), .writeKey = u"k"_s}};
    const auto ids = w.stream.add(plain(3));
    QTRY_COMPARE(w.table().model()->rowCount(), 3);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.table().setFocus();
    w.table().selectAll();
    QTRY_VERIFY(w.actions.action(ui::Command::Replay).isEnabled());
    QTest::keyClick(&w.table(), Qt::Key_R);
    auto *dialog = w.page->findChild<ui::ReplayDialog *>();
    QVERIFY(dialog);
    QVERIFY2(dialog->button()->text().contains(u"3"_s) && dialog->button()->text().contains(u"Staging"_s),
             qPrintable(dialog->button()->text()));
    QVERIFY(w.services.replays.empty());
    QTest::keyClick(dialog->list(), Qt::Key_Down);
    QTest::keyClick(dialog->list(), Qt::Key_Return);
    QCOMPARE(w.services.replays.size(), std::size_t(1));
    QCOMPARE(w.services.replays.front().destination, u"Europe"_s);
    QVERIFY(w.services.replays.front().events == ids);
}

void TstStreamPage::replayWithoutADestinationLeadsToTheSettings()
{
    Window w;
    w.stream.add(plain(1));
    QTRY_COMPARE(w.table().model()->rowCount(), 1);
    w.table().selectRow(0);
    QTRY_VERIFY(w.actions.action(ui::Command::Replay).isEnabled());
    QSignalSpy wanted(w.page, &ui::StreamPage::destinationsWanted);
    w.actions.action(ui::Command::Replay).trigger();
    auto *dialog = w.page->findChild<ui::ReplayDialog *>();
    QVERIFY(dialog);
    QVERIFY(!dialog->list());
    QTest::mouseClick(dialog->button(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(w.services.replays.empty());
}

void TstStreamPage::emptyLeadsToSetupAndDemo()
{
    Window w;
    auto *demo = w.page->findChild<QPushButton *>(u"streamDemo"_s);
    QVERIFY(demo->isVisible());
    QTest::mouseClick(demo, Qt::LeftButton);
    QVERIFY(w.services.isDemoOn);
    w.stream.add(plain(1));
    QTRY_VERIFY(!demo->isVisible());
}

void TstStreamPage::narrowWindowsStackTheInspector()
{
    Window w;
    auto *splitter = w.page->findChild<QSplitter *>(u"streamSplitter"_s);
    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    w.window.resize(700, 700);
    QTRY_COMPARE(splitter->orientation(), Qt::Vertical);
    QVERIFY(splitter->sizes().value(1) > 0);
}

void TstStreamPage::everyControlHasAName()
{
    Window w;
    w.stream.add({wrong()});
    QTRY_COMPARE(w.table().model()->rowCount(), 1);
    w.table().selectRow(0);
    QTRY_VERIFY(w.page->inspector().inspected() != nullptr);
    for (int tab = 0; tab < w.page->inspector().tabBar().count(); ++tab) {
        w.page->inspector().tabBar().setCurrentIndex(tab);
        for (const QWidget *widget : w.page->findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && widget->isVisible() &&
                                   !widget->size().isEmpty() &&
                                   qobject_cast<const QLabel *>(widget) == nullptr &&
                                   qobject_cast<const QScrollBar *>(widget) == nullptr;
            if (isControl && widget->focusProxy() == nullptr &&
                widget->objectName() != u"qt_scrollarea_viewport"_s) {
                const bool hasName =
                    !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
                QVERIFY2(hasName,
                         qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                                   widget->objectName())));
            }
        }
    }
}

QTEST_MAIN(TstStreamPage)
#include "tst_streampage.moc"
