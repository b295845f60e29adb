// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakeservices.h"
#include "ui/englishplurals.h"
#include "ui/widgets/connectionpill.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/statusbarview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

/// The small widgets: each shows what it was given, by keyboard as by mouse.
class TstWidgets final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void pluralsAreEnglish();
    void chipHoldsIconAndWord();
    void chipIsCutToItsRoom();
    void noticeHasThreePartsAndAnAction();
    void noticeCloses();
    void toastGoesByItself();
    void emptyStateSaysHow();
    void sidebarChoosesPages();
    void sidebarCollapses();
    void sidebarHoldsASection();
    void pillCopiesTheAddress();
    void pillOffersTheFreePort();
    void statusBarReadsAsSpecified();
    void statusBarIsQuietAboutZero();
    void statusBarNeverRoundsAFailureAway();
    void statusBarCountsFilter();
    void statusBarChangesFourTimesASecond();
    void statusBarTellsOfALongRecheck();
    void statusBarIsQuietAboutAShortRecheck();

private:
    ui::EnglishPlurals m_plurals;
    ui::Theme m_theme;
};

void TstWidgets::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::installTranslator(&m_plurals);
    m_theme.install(*qApp);
    m_theme.setChoice(ui::Theme::Choice::Light);
}

void TstWidgets::pluralsAreEnglish()
{
    QCOMPARE(QCoreApplication::translate("x", "%Ln event(s)", nullptr, 1), u"1 event"_s);
    QCOMPARE(QCoreApplication::translate("x", "%Ln event(s)", nullptr, 12402), u"12,402 events"_s);
    QCOMPARE(QCoreApplication::translate("x", "No plan"), u"No plan"_s);
}

void TstWidgets::chipHoldsIconAndWord()
{
    ui::StatusChip chip(m_theme);
    chip.setStatus(event::Status::Violation);
    QCOMPARE(chip.text(), u"Violation"_s);
    QCOMPARE(chip.accessibleName(), u"Violation"_s);
    chip.resize(chip.sizeHint());
    const QImage image = chip.grab().toImage();
    QCOMPARE(image.pixelColor(4, image.height() / 2), m_theme.color(ui::Role::ViolationSoft));
}

void TstWidgets::chipIsCutToItsRoom()
{
    QImage image(200, 26, QImage::Format_ARGB32);
    QPainter painter(&image);
    const ui::Tone tone = ui::toneFor(event::Status::Unplanned);
    const int whole = ui::paintChip(painter, m_theme, QRect(0, 0, 200, 26), tone, u"Unplanned"_s);
    QCOMPARE(whole, ui::chipWidth(m_theme, u"Unplanned"_s));
    QCOMPARE(ui::paintChip(painter, m_theme, QRect(0, 0, 50, 26), tone, u"Unplanned"_s), 50);
    QCOMPARE(ui::paintChip(painter, m_theme, QRect(0, 0, 10, 26), tone, u"Unplanned"_s), 0);
}

void TstWidgets::noticeHasThreePartsAndAnAction()
{
    ui::Notice notice(m_theme);
    QVERIFY(notice.isHidden());
    notice.showError(
        {base::ErrorCode::InUse, u"Port 8765 is taken."_s, u"node listens on it."_s, u"Use port 8767."_s},
        u"Use port 8767"_s);
    QVERIFY(!notice.isHidden());
    QCOMPARE(notice.text(), u"Port 8765 is taken. node listens on it. Use port 8767."_s);
    QCOMPARE(notice.accessibleName(), notice.text());
    QSignalSpy activated(&notice, &ui::Notice::activated);
    QTest::mouseClick(&notice.button(), Qt::LeftButton);
    QCOMPARE(activated.count(), 1);
}

void TstWidgets::noticeCloses()
{
    ui::Notice notice(m_theme);
    notice.showText(ui::Notice::Weight::Warning, u"The disk is almost full."_s, {});
    QVERIFY(notice.button().isHidden());
    QSignalSpy closed(&notice, &ui::Notice::closed);
    const auto buttons = notice.findChildren<QAbstractButton *>();
    const auto close = std::ranges::find_if(buttons, [](const QAbstractButton *button) {
        return button->accessibleName() == u"Close this message"_s;
    });
    QVERIFY(close != buttons.end());
    QTest::mouseClick(*close, Qt::LeftButton);
    QCOMPARE(closed.count(), 1);
    QVERIFY(notice.isHidden());
}

void TstWidgets::toastGoesByItself()
{
    QWidget window;
    window.resize(400, 300);
    ui::Toast toast(m_theme, window);
    window.show();
    QVERIFY(!toast.isVisible());
    toast.say(u"Copied"_s);
    QVERIFY(toast.isVisible());
    QVERIFY(window.rect().contains(toast.geometry()));
    QTRY_VERIFY(!toast.isVisible());
}

void TstWidgets::emptyStateSaysHow()
{
    ui::EmptyState empty(m_theme, ui::Icon::Stream);
    empty.setTexts(u"No events yet"_s,
                   u"Events of your apps appear here as they are sent. Point an SDK here first."_s);
    empty.setButton(u"Open Setup"_s, ui::ButtonKind::Accent);
    QCOMPARE(empty.accessibleName(), u"No events yet"_s);
    QCOMPARE(ui::buttonKind(empty.button()), ui::ButtonKind::Accent);
    QSignalSpy activated(&empty, &ui::EmptyState::activated);
    QTest::keyClick(&empty.button(), Qt::Key_Space);
    QCOMPARE(activated.count(), 1);
    // No text is cut, however narrow.
    for (const int width : {900, 300}) {
        empty.resize(width, 400);
        empty.show();
        QCoreApplication::processEvents();
        for (const QLabel *label : empty.findChildren<QLabel *>()) {
            QVERIFY(label->geometry().right() < width);
            if (label->wordWrap())
                QVERIFY(label->height() >= label->heightForWidth(label->width()) && label->height() < 80);
        }
    }
}

void TstWidgets::sidebarChoosesPages()
{
    ui::Sidebar sidebar(m_theme);
    sidebar.addPage(0, ui::Icon::Stream, u"Stream"_s, QKeySequence(Qt::CTRL | Qt::Key_1));
    sidebar.addPage(1, ui::Icon::Plan, u"Plan"_s, QKeySequence(Qt::CTRL | Qt::Key_2));
    sidebar.resize(200, 500);
    sidebar.show();
    QSignalSpy chosen(&sidebar, &ui::Sidebar::pageChosen);
    auto *plan = sidebar.findChild<QAbstractButton *>(u"page1"_s);
    QCOMPARE(plan->toolTip(), u"Plan (Ctrl+2)"_s);
    QCOMPARE(plan->accessibleName(), u"Plan"_s);
    QTest::keyClick(plan, Qt::Key_Space);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().toInt(), 1);
    sidebar.setCurrentPage(0);
    QCOMPARE(sidebar.currentPage(), 0);
    QCOMPARE(chosen.count(), 1);
}

void TstWidgets::sidebarCollapses()
{
    ui::Sidebar sidebar(m_theme);
    QCOMPARE(sidebar.width(), 200);
    QSignalSpy changed(&sidebar, &ui::Sidebar::widthModeChanged);
    QTest::mouseClick(sidebar.findChild<QAbstractButton *>(u"collapseSidebar"_s), Qt::LeftButton);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(sidebar.width(), 56);
}

void TstWidgets::sidebarHoldsASection()
{
    ui::Sidebar sidebar(m_theme);
    sidebar.show();
    QPointer<QLabel> facets(new QLabel(u"facets"_s));
    sidebar.setSection(facets);
    QVERIFY(facets->isVisible());
    sidebar.setSection(nullptr);
    QVERIFY(!facets.isNull());
    QVERIFY(!facets->isVisible());
    sidebar.setSection(facets);
    sidebar.setWidthMode(ui::Sidebar::Width::Icons);
    QVERIFY(!facets->isVisible());
}

void TstWidgets::pillCopiesTheAddress()
{
    tests::FakeServices services;
    ui::ConnectionPill pill(services, m_theme);
    QCOMPARE(pill.text(), u"Capturing 127.0.0.1:8765"_s);
    QCOMPARE(pill.accessibleName(), pill.text());
    QSignalSpy copied(&pill, &ui::ConnectionPill::addressCopied);
    pill.show();
    QTest::keyClick(&pill, Qt::Key_Return);
    QCOMPARE(copied.count(), 1);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:8765"_s);
}

void TstWidgets::pillOffersTheFreePort()
{
    tests::FakeServices services;
    ui::ConnectionPill pill(services, m_theme);
    services.state.isListening = false;
    services.state.addresses.clear();
    services.state.problem = {base::ErrorCode::InUse, u"Port 8765 is taken."_s, u"node listens on it."_s, {}};
    services.state.suggestedPort = 8767;
    emit services.captureStateChanged();
    QCOMPARE(pill.text(), u"Not capturing"_s);
    QVERIFY(pill.toolTip().contains(u"Port 8765 is taken."_s));
    for (QAction *action : pill.menu()->actions()) {
        if (action->text().contains(u"8767"_s))
            action->trigger();
    }
    QCOMPARE(services.listenRequests, QStringList{u"8767"_s});
}

void TstWidgets::statusBarReadsAsSpecified()
{
    ui::StatusBarView bar(m_theme);
    stream::Totals totals;
    totals.events = 12402;
    totals.statuses = {12000, 31, 4, 367, 0};
    totals.lint = 9;
    totals.perSecond = 1203;
    bar.setTotals(totals);
    bar.setDeliveryHealth({{u"Amplitude"_s, 998, 2, 0, {}}});
    bar.setDisk(12'400'000, 80'000'000'000);
    QTRY_COMPARE(
        bar.summary(),
        u"12,402 events  31 violations  4 unplanned  9 lint | 1,203/s | Amplitude 99.8 % | disk 12.4 MB"_s);
    QCOMPARE(bar.accessibleDescription(), bar.summary());
    QCOMPARE(bar.height(), 24);
}

void TstWidgets::statusBarIsQuietAboutZero()
{
    ui::StatusBarView bar(m_theme);
    stream::Totals totals;
    totals.events = 1;
    totals.statuses = {1, 0, 0, 0, 0};
    bar.setTotals(totals);
    QTRY_COMPARE(bar.summary(), u"1 event | 0/s | disk 0 bytes"_s);
}

void TstWidgets::statusBarNeverRoundsAFailureAway()
{
    ui::StatusBarView bar(m_theme);
    bar.setDeliveryHealth({{u"Staging"_s, 999'999, 1, 0, {}}});
    QTRY_VERIFY(bar.summary().contains(u"Staging 99.9 %"_s));
}

void TstWidgets::statusBarCountsFilter()
{
    ui::StatusBarView bar(m_theme);
    bar.resize(800, 24);
    bar.show();
    stream::Totals totals;
    totals.events = 5;
    totals.statuses = {0, 5, 0, 0, 0};
    bar.setTotals(totals);
    QTRY_VERIFY(bar.summary().contains(u"5 violations"_s));
    static_cast<void>(bar.grab());
    QSignalSpy wanted(&bar, &ui::StatusBarView::filterWanted);
    const int x =
        12 + QFontMetrics(m_theme.font(ui::FontRole::Meta)).horizontalAdvance(u"5 events"_s) + 12 + 5;
    QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(x, 12));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), u"status:violation"_s);
}

void TstWidgets::statusBarTellsOfALongRecheck()
{
    ui::StatusBarView bar(m_theme);
    bar.resize(800, 24);
    bar.show();
    auto *cancel = bar.findChild<QToolButton *>(u"cancelRecheck"_s);
    QVERIFY(!cancel->isVisible());
    bar.setRecheck(10, 100);
    QVERIFY(!bar.summary().contains(u"Checking"_s));
    bar.setRecheck(425, 1'000);
    QTRY_VERIFY(bar.summary().contains(u"Checking again: 42 %"_s));
    QVERIFY(cancel->isVisible());
    QVERIFY(bar.rect().contains(cancel->geometry()));
    bar.setRecheck(1'000, 1'000);
    QTRY_VERIFY(bar.summary().contains(u"Checking again: 99 %"_s));

    QSignalSpy wanted(&bar, &ui::StatusBarView::cancelRecheckWanted);
    cancel->setFocus();
    QTest::keyClick(cancel, Qt::Key_Space);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(wanted.count(), 2);
    QVERIFY(!cancel->accessibleName().isEmpty());
    bar.setRecheck(0, 0);
    QTRY_VERIFY(!bar.summary().contains(u"Checking"_s));
    QVERIFY(!cancel->isVisible());
}

void TstWidgets::statusBarIsQuietAboutAShortRecheck()
{
    ui::StatusBarView bar(m_theme);
    bar.show();
    stream::Totals totals;
    bar.setRecheck(10, 100);
    bar.setRecheck(0, 0);
    totals.events = 2;
    bar.setTotals(totals);
    QTRY_VERIFY(bar.summary().contains(u"2 events"_s));
    QVERIFY(!bar.summary().contains(u"Checking"_s));
}

void TstWidgets::statusBarChangesFourTimesASecond()
{
    ui::StatusBarView bar(m_theme);
    const QString before = bar.summary();
    stream::Totals totals;
    for (std::uint64_t events = 1; events <= 1000; ++events) {
        totals.events = events;
        bar.setTotals(totals);
    }
    QCOMPARE(bar.summary(), before);
    QTRY_VERIFY(bar.summary().startsWith(u"1,000 events"_s));
}

QTEST_MAIN(TstWidgets)
#include "tst_widgets.moc"
