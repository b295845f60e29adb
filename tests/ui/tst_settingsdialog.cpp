// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakeservices.h"
#include "ui/settings/destinationsettings.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/settingsgroup.h"

#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using Group = ui::SettingsDialog::Group;

class TstSettingsDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void addressAppliesAtOnce();
    void aBadAddressIsSaidAtTheField();
    void aTakenPortIsSaidAtTheField();
    void strictJsonAppliesAtOnce();
    void resetBringsBackTheGroup();
    void plansAreListedAndRemoved();
    void conventionsAreChosen();
    void apiIsOffAtFirst();
    void lookSwitchesAtOnce();
    void addsADestination();
    void anUnfinishedDestinationIsNotSaved();
    void aRefusedDestinationIsSaidAtTheField();
    void secretsAreNeverShown();
    void removingADestinationCanBeUndone();
    void forwardingIsOffUntilSwitchedOn();
    void everyGroupIsFoundByItsTitle();
    void tabFollowsTheReadingOrder();
    void theWheelLeavesWhatItPassesOver();
    void searchFindsSettings();
    void everyControlHasAName();

private:
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void type(QLineEdit *edit, const QString &text) const;
    [[nodiscard]] bool isShown(const QString &text) const;

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::SettingsDialog> m_dialog;
};

void TstSettingsDialog::initTestCase()
{
    m_theme.install(*qApp);
}

void TstSettingsDialog::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    deliver::DestinationConfig config;
    config.name = u"Staging"_s;
    config.baseUrl = QUrl(u"https://api.segment.io"_s);
    config.writeKey = u"wk_0123456789abcdefghijklmnopqr"_s;
    m_services->destinationList = {config};
    store::Source source;
    source.id = event::SourceId{7};
    source.name = u"Tracker UI"_s;
    source.maskedKey = u"…a1b2"_s;
    m_services->sourceList = {source};
    QVERIFY(m_services->settings().setList(base::keys::plans, {u"/plans/one.json"_s, u"/plans/two.json"_s}));
    m_dialog = std::make_unique<ui::SettingsDialog>(*m_services, m_theme, nullptr);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TstSettingsDialog::cleanup()
{
    m_dialog.reset();
    m_services.reset();
    m_theme.setDensity(ui::Theme::Density::Normal);
}

void TstSettingsDialog::type(QLineEdit *edit, const QString &text) const
{
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Tab);
}

bool TstSettingsDialog::isShown(const QString &text) const
{
    const auto labels = m_dialog->findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

void TstSettingsDialog::addressAppliesAtOnce()
{
    type(find<QLineEdit>("captureListen"), u"9000"_s);
    QCOMPARE(m_services->listenRequests, QStringList{u"9000"_s});
}

void TstSettingsDialog::aBadAddressIsSaidAtTheField()
{
    type(find<QLineEdit>("captureListen"), u"not an address"_s);
    QVERIFY(m_services->listenRequests.isEmpty());
    const auto parsed = capture::parseListen(u"not an address"_s);
    QVERIFY(!parsed);
    QVERIFY(isShown(parsed.error().what));
    type(find<QLineEdit>("captureListen"), u"9000"_s);
    QVERIFY(!isShown(parsed.error().what));
}

void TstSettingsDialog::aTakenPortIsSaidAtTheField()
{
    m_services->state.isListening = false;
    m_services->state.problem = {
        base::ErrorCode::InUse, u"Port 9000 is taken."_s, u"node listens on it."_s, {}};
    emit m_services->captureStateChanged();
    QVERIFY(isShown(u"Port 9000 is taken."_s));
    // A move that was refused: the capture goes on where it was.
    m_services->state.isListening = true;
    emit m_services->captureStateChanged();
    QVERIFY(isShown(u"Port 9000 is taken."_s));
    m_services->state.problem = {};
    emit m_services->captureStateChanged();
    QVERIFY(!isShown(u"Port 9000 is taken."_s));
}

void TstSettingsDialog::strictJsonAppliesAtOnce()
{
    QTest::keyClick(find<QCheckBox>("captureStrictJson"), Qt::Key_Space);
    QVERIFY(m_services->settings().flag(base::keys::strictJson, false));
    QCOMPARE(m_services->applyCount, 1);
}

void TstSettingsDialog::resetBringsBackTheGroup()
{
    QVERIFY(m_services->settings().setText(base::keys::listen, u"9000"_s));
    QVERIFY(m_services->settings().setFlag(base::keys::strictJson, true));
    m_dialog->group(Group::Capture).refresh();
    for (QPushButton *button : m_dialog->group(Group::Capture).findChildren<QPushButton *>())
        if (button->accessibleName() == u"Reset Capture"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(find<QLineEdit>("captureListen")->text(), u"8765"_s);
    QVERIFY(!find<QCheckBox>("captureStrictJson")->isChecked());
    QVERIFY(!m_services->settings().flag(base::keys::strictJson, false));
    QVERIFY(m_services->applyCount > 0);
}

void TstSettingsDialog::plansAreListedAndRemoved()
{
    auto *plans = find<QListWidget>("planList");
    QCOMPARE(plans->count(), 2);
    QVERIFY(!find<QPushButton>("removePlan")->isEnabled());
    plans->setCurrentRow(0);
    QTest::mouseClick(find<QPushButton>("removePlan"), Qt::LeftButton);
    QCOMPARE(m_services->openedPlans, QStringList{u"/plans/two.json"_s});
}

void TstSettingsDialog::conventionsAreChosen()
{
    auto *conventions = find<QComboBox>("conventions");
    QCOMPARE(conventions->currentData().toString(), u"segment"_s);
    const int off = conventions->findData(u"off"_s);
    QVERIFY(off >= 0);
    conventions->setCurrentIndex(off);
    emit conventions->activated(off);
    QCOMPARE(m_services->conventionRequests, QStringList{u"off"_s});
}

void TstSettingsDialog::apiIsOffAtFirst()
{
    auto *on = find<QCheckBox>("apiOn");
    QVERIFY(!on->isChecked());
    QVERIFY(!find<QLineEdit>("apiListen")->isEnabled());
    QTest::keyClick(on, Qt::Key_Space);
    QVERIFY(m_services->settings().flag(base::keys::apiOn, false));
    QVERIFY(find<QLineEdit>("apiListen")->isEnabled());
    QCOMPARE(m_services->applyCount, 1);
}

void TstSettingsDialog::lookSwitchesAtOnce()
{
    auto *theme = find<QComboBox>("themeChoice");
    const int dark = theme->findData(u"dark"_s);
    theme->setCurrentIndex(dark);
    emit theme->activated(dark);
    QCOMPARE(m_theme.variant(), ui::Theme::Variant::Dark);
    QCOMPARE(m_services->settings().text(base::keys::theme), u"dark"_s);
    auto *density = find<QComboBox>("density");
    const int compact = density->findData(u"compact"_s);
    density->setCurrentIndex(compact);
    emit density->activated(compact);
    QCOMPARE(m_theme.rowHeight(), 22);
    m_dialog->group(Group::Look).reset();
    QCOMPARE(m_theme.rowHeight(), 26);
    QCOMPARE(m_theme.choice(), ui::Theme::Choice::System);
}

void TstSettingsDialog::addsADestination()
{
    QTest::mouseClick(find<QPushButton>("addDestination"), Qt::LeftButton);
    const auto cards = m_dialog->findChildren<ui::DestinationCard *>();
    QCOMPARE(cards.size(), 2);
    type(cards.back()->findChild<QLineEdit *>(u"destinationName"_s), u"EU"_s);
    type(cards.back()->findChild<QLineEdit *>(u"destinationUrl"_s), u"https://events.eu1.segmentapis.com"_s);
    QCOMPARE(m_services->destinationList.size(), 1U);
    type(cards.back()->findChild<QLineEdit *>(u"destinationKey"_s), u"wk_new_key_0123456789"_s);
    QCOMPARE(m_services->destinationList.size(), 2U);
    QCOMPARE(m_services->destinationList.back().name, u"EU"_s);
    QCOMPARE(m_services->destinationList.back().writeKey, u"wk_new_key_0123456789"_s);
    QVERIFY(!m_services->destinationList.back().isLive);
}

void TstSettingsDialog::anUnfinishedDestinationIsNotSaved()
{
    QTest::mouseClick(find<QPushButton>("addDestination"), Qt::LeftButton);
    const auto cards = m_dialog->findChildren<ui::DestinationCard *>();
    type(cards.back()->findChild<QLineEdit *>(u"destinationName"_s), u"Half"_s);
    QCOMPARE(m_services->destinationList.size(), 1U);
    QVERIFY(cards.back()->errorText().isEmpty());
    // Editing another one saves that one alone.
    type(cards.front()->findChild<QLineEdit *>(u"destinationName"_s), u"Stage"_s);
    QCOMPARE(m_services->destinationList.size(), 1U);
    QCOMPARE(m_services->destinationList.front().name, u"Stage"_s);
}

void TstSettingsDialog::aRefusedDestinationIsSaidAtTheField()
{
    m_services->destinationError =
        base::Error{base::ErrorCode::BadInput, u"This destination leads back to Trackside."_s,
                    u"It would send itself every event again."_s, u"Give another address."_s};
    auto *card = m_dialog->findChild<ui::DestinationCard *>();
    type(card->findChild<QLineEdit *>(u"destinationUrl"_s), u"http://127.0.0.1:8765"_s);
    QVERIFY(card->errorText().contains(u"leads back to Trackside"_s));
    QVERIFY(card->findChild<QLabel *>(u"destinationError"_s)->isVisibleTo(card));
}

void TstSettingsDialog::secretsAreNeverShown()
{
    auto *key = m_dialog->findChild<ui::DestinationCard *>()->findChild<QLineEdit *>(u"destinationKey"_s);
    QVERIFY(key->text().isEmpty());
    QCOMPARE(key->echoMode(), QLineEdit::Password);
    QVERIFY(key->placeholderText().contains(u"opqr"_s));
    QVERIFY(!key->placeholderText().contains(u"0123456789"_s));
    type(key, u"wk_other_key_0123456789zzzz"_s);
    QVERIFY(key->text().isEmpty());
    QVERIFY(key->placeholderText().contains(u"zzzz"_s));
    QCOMPARE(m_services->destinationList.front().writeKey, u"wk_other_key_0123456789zzzz"_s);
}

void TstSettingsDialog::removingADestinationCanBeUndone()
{
    auto *card = m_dialog->findChild<ui::DestinationCard *>();
    QTest::mouseClick(card->findChild<QAbstractButton *>(u"destinationRemove"_s), Qt::LeftButton);
    QVERIFY(m_services->destinationList.empty());
    QVERIFY(isShown(u"Removed “Staging”."_s));
    QTest::mouseClick(find<QPushButton>("undoRemove"), Qt::LeftButton);
    QCOMPARE(m_services->destinationList.size(), 1U);
    QCOMPARE(m_services->destinationList.front().writeKey, u"wk_0123456789abcdefghijklmnopqr"_s);
}

void TstSettingsDialog::forwardingIsOffUntilSwitchedOn()
{
    auto *live = m_dialog->findChild<ui::DestinationCard *>()->findChild<QCheckBox *>(u"destinationLive"_s);
    QVERIFY(!live->isChecked());
    QVERIFY(isShown(u"Off until you switch it on."_s));
    QTest::keyClick(live, Qt::Key_Space);
    QVERIFY(m_services->destinationList.front().isLive);
}

void TstSettingsDialog::everyGroupIsFoundByItsTitle()
{
    for (const Group group : {Group::Capture, Group::Proxy, Group::Network, Group::Sources, Group::Checks,
                              Group::Health, Group::Destinations, Group::Api, Group::Look}) {
        const QString title = m_dialog->group(group).title();
        m_dialog->search().setText(title);
        QVERIFY2(m_dialog->group(group).isVisible(), qPrintable(title));
        m_dialog->showGroup(group);
        QVERIFY(m_dialog->search().text().isEmpty());
    }
    QCOMPARE(m_dialog->group(Group::Proxy).title(), u"Proxy and certificate"_s);
    QCOMPARE(m_dialog->group(Group::Look).title(), u"Look"_s);
}

void TstSettingsDialog::tabFollowsTheReadingOrder()
{
    // A card made later stands above the button that made it.
    QTest::mouseClick(find<QPushButton>("addDestination"), Qt::LeftButton);
    const auto isBefore = [this](const QWidget *first, const QWidget *second) {
        for (const QWidget *widget = first->nextInFocusChain(); widget != first;
             widget = widget->nextInFocusChain()) {
            if (widget == second)
                return true;
            if (widget == m_dialog.get())
                return false;
        }
        return false;
    };
    const auto cards = m_dialog->findChildren<ui::DestinationCard *>();
    const auto *name = cards.back()->findChild<QLineEdit *>(u"destinationName"_s);
    QTRY_VERIFY(isBefore(name, find<QPushButton>("addDestination")));
    QVERIFY(isBefore(find<QLineEdit>("captureListen"), name));
    QVERIFY(isBefore(&m_dialog->search(), find<QLineEdit>("captureListen")));
}

void TstSettingsDialog::theWheelLeavesWhatItPassesOver()
{
    auto *theme = find<QComboBox>("themeChoice");
    const int before = theme->currentIndex();
    QWheelEvent wheel({5, 5}, theme->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(theme, &wheel);
    QCOMPARE(theme->currentIndex(), before);
}

void TstSettingsDialog::searchFindsSettings()
{
    QTest::keyClicks(&m_dialog->search(), u"write key"_s);
    QVERIFY(m_dialog->group(Group::Destinations).isVisible());
    QVERIFY(!m_dialog->group(Group::Look).isVisible());
    m_dialog->search().setText(u"dens"_s);
    m_dialog->search().setText(u"nothing has this"_s);
    QVERIFY(isShown(u"No setting holds these words."_s));
    m_dialog->search().clear();
    QVERIFY(m_dialog->group(Group::Look).isVisible());
}

void TstSettingsDialog::everyControlHasAName()
{
    for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget) != nullptr ||
                               qobject_cast<const QLineEdit *>(widget) != nullptr ||
                               qobject_cast<const QComboBox *>(widget) != nullptr ||
                               qobject_cast<const QListWidget *>(widget) != nullptr;
        // A spin box has its name itself, its field is Qt's own.
        if (!isControl || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
            widget->objectName().startsWith(u"qt_"_s))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QVERIFY2(
            !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()),
            qPrintable(widget->objectName() + u' ' + QString::fromLatin1(widget->metaObject()->className())));
    }
}

QTEST_MAIN(TstSettingsDialog)
#include "tst_settingsdialog.moc"
