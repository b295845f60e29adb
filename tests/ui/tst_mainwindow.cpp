// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/pagefixture.h"
#include "ui/commands/commandpalette.h"
#include "ui/commands/shortcutsdialog.h"
#include "ui/faults/faultdialog.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow.h"
#include "ui/plan/planpage.h"
#include "ui/settings/settingsdialog.h"
#include "ui/setup/sdkchooser.h"
#include "ui/setup/setuppage.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/filterbox.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/statusbarview.h"
#include "ui/widgets/toast.h"

#include <memory>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QInputDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using Page = ui::MainWindow::Page;

class TstMainWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void anEmptyStoreBeginsWithSetup();
    void aFullStoreBeginsWithTheStream();
    void theFirstEventIsOffered();
    void pagesByKeyboard();
    void theFilterDrivesTheStream();
    void theStatusBarFilters();
    void aRecheckIsCancelled();
    void themeByKeyboard();
    void sidebarByKeyboard();
    void paletteByKeyboard();
    void paletteFindsEvents();
    void shortcutsAreListed();
    void everyActionIsComplete();
    void settingsOpen();
    void aTakenPortIsSaidWithItsAction();
    void aFailureIsSaid();
    void aFailingStoreIsSaidUntilItRecovers();
    void aSessionGetsItsName();
    void theDemoFollowsItsAction();
    void theWindowIsFoundAsItWasLeft();
    void spacePausesTheView();
    void aFocusedButtonKeepsItsSpace();
    void faultsOpenByKey();
    void pastingImports();
    void pastingIntoAFieldIsNoImport();
    void muteIsUndoneByKey();
    void sourcesHaveTheColourOfTheirDefinition();
    void everyControlHasAName();
    void everythingIsReachedByTab();

private:
    void open();
    void press(int key, Qt::KeyboardModifiers modifiers = {});

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<tests::PageFixture> m_fixture;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TstMainWindow::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.install(*qApp);
}

void TstMainWindow::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_services->checkerNow = std::make_shared<const check::Checker>(
        std::vector<std::shared_ptr<const plan::Plan>>{}, check::Conventions{});
    m_fixture = std::make_unique<tests::PageFixture>(*m_services);
    open();
}

void TstMainWindow::open()
{
    m_window = std::make_unique<ui::MainWindow>(*m_services, m_theme);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TstMainWindow::cleanup()
{
    m_window.reset();
    m_fixture.reset();
    m_services.reset();
}

void TstMainWindow::press(int key, Qt::KeyboardModifiers modifiers)
{
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : m_window.get(), static_cast<Qt::Key>(key), modifiers);
}

void TstMainWindow::anEmptyStoreBeginsWithSetup()
{
    QCOMPARE(m_window->page(), Page::Setup);
    QVERIFY(m_window->setup().isVisible());
    QVERIFY(m_window->setup().chooser().search().hasFocus());
}

void TstMainWindow::aFullStoreBeginsWithTheStream()
{
    m_fixture->nextUs = (QDateTime::currentMSecsSinceEpoch() - 3'600'000) * 1'000;
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_window->page(), Page::Stream);
}

void TstMainWindow::theFirstEventIsOffered()
{
    m_fixture->nextUs = (QDateTime::currentMSecsSinceEpoch() + 1'000) * 1'000;
    m_fixture->add({{.name = u"Order Completed"_s}, {.name = u"Order Rated"_s}});
    QTRY_COMPARE(m_window->setup().light().state(), ui::SetupLight::State::FirstEvent);
    QCOMPARE(m_window->page(), Page::Setup);
    QTest::mouseClick(&m_window->setup().light().button(), Qt::LeftButton);
    QCOMPARE(m_window->page(), Page::Stream);
    QCOMPARE(m_window->stream().table().selectedIds(10), std::vector{event::EventId{1}});
}

void TstMainWindow::pagesByKeyboard()
{
    press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_window->page(), Page::Plan);
    press(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(m_window->page(), Page::Stream);
    QVERIFY(m_window->stream().facets()->isVisible());
    press(Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->page(), Page::Audit);
    press(Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->page(), Page::Setup);
    QVERIFY(!m_window->stream().facets()->isVisible());
}

void TstMainWindow::theFilterDrivesTheStream()
{
    m_fixture->add({{.name = u"Order Completed"_s}, {.name = u"Order Rated"_s}});
    QTRY_COMPARE(m_window->stream().model().rowCount(), 2);
    press(Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(m_window->page(), Page::Stream);
    QVERIFY(m_window->filterBox().hasFocus());
    QTest::keyClicks(&m_window->filterBox(), u"rated"_s);
    press(Qt::Key_Return);
    QVERIFY(!m_services->filters.empty());
    QCOMPARE(m_services->filters.back().text, u"rated"_s);
    m_fixture->filterTo({event::EventId{2}});
    QTRY_COMPARE(m_window->stream().model().rowCount(), 1);
    m_window->filterBox().setFocus();
    press(Qt::Key_Escape);
    QCOMPARE(m_services->filters.back().text, QString());
}

void TstMainWindow::theStatusBarFilters()
{
    emit m_window->status().filterWanted(u"status:violation"_s);
    QCOMPARE(m_window->page(), Page::Stream);
    QCOMPARE(m_window->filterBox().text(), u"status:violation"_s);
    QCOMPARE(m_services->filters.back().text, u"status:violation"_s);
}

void TstMainWindow::aRecheckIsCancelled()
{
    m_services->recheck = {250, 1'000};
    QTRY_VERIFY(m_window->status().summary().contains(u"Checking again: 25 %"_s));
    m_services->recheck = {};
    m_window->status().findChild<QToolButton *>(u"cancelRecheck"_s)->click();
    QCOMPARE(m_services->cancelledRechecks, 1);
    QTRY_VERIFY(!m_window->status().summary().contains(u"Checking"_s));
    // And what it left undone can be asked for.
    auto *toast = m_window->findChild<ui::Toast *>();
    QVERIFY(toast->text().contains(u"Older events"_s));
    toast->runAction();
    QCOMPARE(m_services->rechecksAgain, 1);
}

void TstMainWindow::themeByKeyboard()
{
    const ui::Theme::Variant before = m_theme.variant();
    press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(m_theme.variant() != before);
    QCOMPARE(m_services->settings().text(base::keys::theme),
             m_theme.variant() == ui::Theme::Variant::Dark ? u"dark"_s : u"light"_s);
}

void TstMainWindow::sidebarByKeyboard()
{
    auto *sidebar = m_window->findChild<ui::Sidebar *>();
    QCOMPARE(sidebar->width(), 200);
    press(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(sidebar->width(), 56);
}

void TstMainWindow::paletteByKeyboard()
{
    press(Qt::Key_K, Qt::ControlModifier);
    auto *palette = m_window->findChild<ui::CommandPalette *>();
    QVERIFY(palette != nullptr);
    QTest::keyClicks(&palette->search(), u"go to pl"_s);
    QCOMPARE(palette->list().currentItem()->text(), u"Go to Plan"_s);
    QTest::keyClick(&palette->search(), Qt::Key_Return);
    QCOMPARE(m_window->page(), Page::Plan);
    QTRY_VERIFY(m_window->findChild<ui::CommandPalette *>() == nullptr);
}

void TstMainWindow::paletteFindsEvents()
{
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_window->stream().model().rowCount(), 1);
    press(Qt::Key_K, Qt::ControlModifier);
    auto *palette = m_window->findChild<ui::CommandPalette *>();
    QTest::keyClicks(&palette->search(), u"order comp"_s);
    QCOMPARE(palette->list().currentItem()->text(), u"Order Completed"_s);
    QTest::keyClick(&palette->search(), Qt::Key_Return);
    QCOMPARE(m_window->page(), Page::Stream);
    QCOMPARE(m_window->filterBox().text(), u"event:\"Order Completed\""_s);
}

void TstMainWindow::shortcutsAreListed()
{
    press(Qt::Key_F1);
    QTRY_VERIFY(m_window->findChild<ui::ShortcutsDialog *>() != nullptr);
    m_window->findChild<ui::ShortcutsDialog *>()->close();
}

void TstMainWindow::everyActionIsComplete()
{
    QStringList names;
    QStringList shortcuts;
    for (const QAction *action : m_window->actions().actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!action->objectName().isEmpty());
        QVERIFY2(!names.contains(action->objectName()), qPrintable(action->objectName()));
        names.append(action->objectName());
        const QString shortcut = action->shortcut().toString();
        if (shortcut.isEmpty())
            continue;
        QVERIFY2(!shortcuts.contains(shortcut), qPrintable(shortcut));
        shortcuts.append(shortcut);
        QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
                 qPrintable(action->toolTip()));
    }
    for (const char *wanted :
         {"Ctrl+K", "Ctrl+L", "Space", "R", "Ctrl+C", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"})
        QVERIFY2(shortcuts.contains(QString::fromLatin1(wanted)), wanted);
}

void TstMainWindow::settingsOpen()
{
    press(Qt::Key_Comma, Qt::ControlModifier);
    auto *settings = m_window->findChild<ui::SettingsDialog *>();
    QVERIFY(settings != nullptr);
    QVERIFY(settings->isVisible());
    settings->close();
    QTRY_VERIFY(m_window->findChild<ui::SettingsDialog *>() == nullptr);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    press(Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(m_window->findChild<ui::SettingsDialog *>() != nullptr);
}

void TstMainWindow::aTakenPortIsSaidWithItsAction()
{
    m_services->state.isListening = false;
    m_services->state.problem = {
        base::ErrorCode::InUse, u"Port 8765 is taken."_s, u"node (pid 4711) listens on it."_s, {}};
    m_services->state.suggestedPort = 8767;
    emit m_services->captureStateChanged();
    const auto notices = m_window->findChildren<ui::Notice *>();
    const auto shown =
        std::ranges::find_if(notices, [](const ui::Notice *notice) { return notice->isVisible(); });
    QVERIFY(shown != notices.end());
    QVERIFY((*shown)->text().contains(u"node (pid 4711)"_s));
    QTest::mouseClick(&(*shown)->button(), Qt::LeftButton);
    QCOMPARE(m_services->listenRequests, QStringList{u"8767"_s});
    m_services->state.isListening = true;
    m_services->state.problem = {};
    emit m_services->captureStateChanged();
    QVERIFY(!(*shown)->isVisible());
}

void TstMainWindow::aFailureIsSaid()
{
    emit m_services->failed(
        {base::ErrorCode::BadInput, u"The plan could not be read."_s, u"It is no JSON."_s, {}});
    QVERIFY(m_window->notice().isVisible());
    QCOMPARE(m_window->notice().text(), u"The plan could not be read. It is no JSON."_s);
}

void TstMainWindow::aFailingStoreIsSaidUntilItRecovers()
{
    emit m_services->storeHealthChanged(true, {base::ErrorCode::DiskFull, u"The disk is full."_s, {}, {}});
    const auto isSaid = [this] {
        const auto notices = m_window->findChildren<ui::Notice *>();
        return std::ranges::any_of(notices, [](const ui::Notice *notice) {
            return notice->isVisible() && notice->text().contains(u"The disk is full."_s);
        });
    };
    QVERIFY(isSaid());
    emit m_services->storeHealthChanged(false, {});
    QVERIFY(!isSaid());
}

void TstMainWindow::aSessionGetsItsName()
{
    press(Qt::Key_N, Qt::ControlModifier);
    auto *dialog = m_window->findChild<QInputDialog *>();
    QVERIFY(dialog != nullptr);
    dialog->setTextValue(u"Checkout, second try"_s);
    dialog->accept();
    QCOMPARE(m_services->sessionNames, QStringList{u"Checkout, second try"_s});
}

void TstMainWindow::theDemoFollowsItsAction()
{
    QAction &demo = m_window->actions().action(ui::Command::PlayDemo);
    demo.trigger();
    QVERIFY(m_services->isDemoOn);
    QVERIFY(demo.isChecked());
    demo.trigger();
    QVERIFY(!m_services->isDemoOn);
    QVERIFY(!demo.isChecked());
}

void TstMainWindow::theWindowIsFoundAsItWasLeft()
{
    m_window->filterBox().setFilter(u"type:track"_s);
    m_window->filterBox().setFocus();
    press(Qt::Key_Return);
    press(Qt::Key_2, Qt::ControlModifier);
    press(Qt::Key_B, Qt::ControlModifier);
    m_window->resize(1000, 700);
    m_window->close();
    m_window.reset();
    open();
    QCOMPARE(m_window->page(), Page::Plan);
    QCOMPARE(m_window->size(), QSize(1000, 700));
    QCOMPARE(m_window->findChild<ui::Sidebar *>()->width(), 56);
    QCOMPARE(m_window->filterBox().history(), QStringList{u"type:track"_s});
}

void TstMainWindow::spacePausesTheView()
{
    m_fixture->add({{.name = u"Order Completed"_s}});
    QTRY_COMPARE(m_window->stream().model().rowCount(), 1);
    press(Qt::Key_1, Qt::ControlModifier);
    press(Qt::Key_Space);
    QVERIFY(m_window->actions().action(ui::Command::Pause).isChecked());
    QVERIFY(m_window->stream().model().isPaused());
    QCOMPARE(m_window->actions().action(ui::Command::Pause).text(), u"Resume"_s);
    press(Qt::Key_Space);
    QVERIFY(!m_window->stream().model().isPaused());
}

void TstMainWindow::aFocusedButtonKeepsItsSpace()
{
    press(Qt::Key_1, Qt::ControlModifier);
    auto *button = m_window->findChild<QAbstractButton *>(u"sessionButton"_s);
    button->setFocus();
    press(Qt::Key_Space);
    QVERIFY(!m_window->actions().action(ui::Command::Pause).isChecked());
    QVERIFY(m_window->findChild<QInputDialog *>() != nullptr);
}

void TstMainWindow::faultsOpenByKey()
{
    press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = m_window->findChild<ui::FaultDialog *>();
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->isVisible());
    QVERIFY(!dialog->isModal());
    dialog->close();
    QTRY_VERIFY(m_window->findChild<ui::FaultDialog *>() == nullptr);
}

void TstMainWindow::pastingImports()
{
    m_services->captureFake.imported.events = 1;
    QGuiApplication::clipboard()->setText(u"{\"type\":\"track\"}"_s);
    press(Qt::Key_1, Qt::ControlModifier);
    press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_services->captureFake.importedTexts.size(), 1U);
    QCOMPARE(m_window->page(), Page::Stream);
    QVERIFY(m_window->toast().isVisible());
    QCOMPARE(m_window->toast().text(), u"1 event imported from the clipboard"_s);
}

void TstMainWindow::pastingIntoAFieldIsNoImport()
{
    QGuiApplication::clipboard()->setText(u"type:track"_s);
    press(Qt::Key_L, Qt::ControlModifier);
    press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_window->filterBox().text(), u"type:track"_s);
    QVERIFY(m_services->captureFake.importedTexts.empty());
}

void TstMainWindow::muteIsUndoneByKey()
{
    press(Qt::Key_1, Qt::ControlModifier);
    int undone = 0;
    emit m_window->stream().undoable(u"protocol/clock-skew is muted"_s, [&undone] { ++undone; });
    QVERIFY(m_window->toast().isVisible());
    QCOMPARE(m_window->toast().button().text(), u"Undo"_s);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 1);
    QVERIFY(!m_window->toast().isVisible());
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 1);
    emit m_window->stream().undoable(u"protocol/clock-skew is muted"_s, [&undone] { ++undone; });
    QTest::mouseClick(&m_window->toast().button(), Qt::LeftButton);
    QCOMPARE(undone, 2);
}

void TstMainWindow::sourcesHaveTheColourOfTheirDefinition()
{
    store::Source source;
    source.id = event::SourceId{3};
    source.keyHash = "0123456789abcdef";
    source.name = u"Tracker UI"_s;
    m_services->sourceList = {source};
    intake::SourceConfig config;
    config.id = u"tracker"_s;
    config.name = u"Tracker UI"_s;
    config.match.keyHashes = {u"0123456789abcdef"_s};
    config.color = 7;
    QVERIFY(m_services->captureFake.setSources({config}).has_value());
    QCOMPARE(m_theme.sourceRole(3), ui::Role::Source7);
    QVERIFY(m_services->captureFake.setSources({}).has_value());
    QCOMPARE(m_theme.sourceRole(3), ui::Role::Source3);
}

void TstMainWindow::everyControlHasAName()
{
    m_fixture->add({{.name = u"Order Completed"_s}});
    for (const int page : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
        press(page, Qt::ControlModifier);
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QAbstractButton *>(widget) != nullptr ||
                                   qobject_cast<const QLineEdit *>(widget) != nullptr ||
                                   qobject_cast<const QComboBox *>(widget) != nullptr ||
                                   qobject_cast<const QAbstractItemView *>(widget) != nullptr;
            // Qt's own: the spare buttons of bars, and what nobody can reach.
            if (!isControl || !widget->isVisible() || widget->size().isEmpty() ||
                widget->objectName().startsWith(u"qt_"_s) || widget->focusPolicy() == Qt::NoFocus)
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()),
                     qPrintable(u"%1 (%2)"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                                 widget->objectName())));
        }
    }
}

void TstMainWindow::everythingIsReachedByTab()
{
    for (const int page : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
        press(page, Qt::ControlModifier);
        QList<QWidget *> reached;
        for (QWidget *widget = m_window->nextInFocusChain(); widget != m_window.get();
             widget = widget->nextInFocusChain())
            if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() && widget->isEnabled())
                reached.append(widget);
        for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || !button->isEnabled() || button->size().isEmpty() ||
                button->objectName().startsWith(u"qt_"_s) ||
                qobject_cast<const QAbstractItemView *>(button->parent()) != nullptr)
                continue;
            // Of an exclusive group the chosen one is reached; the arrows lead to the others.
            if (button->group() != nullptr && button->group()->exclusive() && !button->isChecked())
                continue;
            // Buttons inside line edits have a key of their own: Esc.
            if (qobject_cast<const QLineEdit *>(button->parentWidget()) != nullptr)
                continue;
            QVERIFY2(reached.contains(button),
                     qPrintable(button->objectName() + u' ' + button->text() + u' ' + button->toolTip()));
        }
    }
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
