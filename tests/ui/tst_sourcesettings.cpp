// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/sourcesettings.h"

#include "tests/support/fakeservices.h"
#include "ui/settings/conventionsbox.h"
#include "ui/settings/keylist.h"
#include "ui/settings/sourcecard.h"
#include "ui/sources/sourcecatalog.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TstSourceSettings final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void seenSourcesAreNamedInOneClick();
    void aSeenSourceIsRenamed();
    void editsApplyAtOnceAndKeepTheFocus();
    void typedKeysAreKeptAsHashesOnly();
    void ownDestinationsAndConventions();
    void muteAndSolo();
    void aNewSourceIsSavedOnceItCanBe();
    void aRefusedSourceIsSaidAtItsCard();
    void removingCanBeUndone();
    void thePresetAddsWhatIsMissing();
    void everyControlHasAName();

private:
    [[nodiscard]] QList<ui::SourceCard *> cards() const { return m_group->findChildren<ui::SourceCard *>(); }
    template <typename Widget>
    [[nodiscard]] static Widget *in(const QWidget *parent, const char *name)
    {
        return parent->findChild<Widget *>(QString::fromLatin1(name));
    }
    void type(QLineEdit *edit, const QString &text) const;
    [[nodiscard]] const std::vector<intake::SourceConfig> &saved() const
    {
        return m_services->captureFake.sourceConfigs;
    }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::SourceSettings> m_group;
};

void TstSourceSettings::initTestCase()
{
    m_theme.install(*qApp);
}

void TstSourceSettings::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    store::Source tracker;
    tracker.id = event::SourceId{1};
    tracker.keyHash = "0123456789abcdef";
    tracker.maskedKey = u"…a1b2"_s;
    tracker.name = u"Tracker UI"_s;
    tracker.events = 40;
    store::Source pilot = tracker;
    pilot.id = event::SourceId{2};
    pilot.keyHash = "fedcba9876543210";
    pilot.maskedKey = u"…c3d4"_s;
    pilot.name = u"analytics-node …c3d4"_s;
    m_services->sourceList = {tracker, pilot};
    m_services->destinationList = {
        {.name = u"Staging"_s, .baseUrl = QUrl(u"https://api.segment.io"_s), .writeKey = u"wk_0123456789"_s}};
    intake::SourceConfig config = ui::definitionOf(tracker, {});
    m_services->captureFake.sourceConfigs = {config};
    m_group = std::make_unique<ui::SourceSettings>(*m_services, m_theme, nullptr);
    m_group->resize(640, 900);
    m_group->show();
    QVERIFY(QTest::qWaitForWindowActive(m_group.get()));
}

void TstSourceSettings::cleanup()
{
    m_group->hide(); // a focused field is left while its group is whole
    m_group.reset();
    m_services.reset();
}

void TstSourceSettings::type(QLineEdit *edit, const QString &text) const
{
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Tab);
}

void TstSourceSettings::seenSourcesAreNamedInOneClick()
{
    QCOMPARE(cards().size(), 1);
    auto *button = in<QPushButton>(m_group.get(), "defineSource");
    QVERIFY(button != nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(saved().size(), 2U);
    QCOMPARE(saved().back().match.keyHashes, QStringList{u"fedcba9876543210"_s});
    QTRY_COMPARE(cards().size(), 2);
    auto *name = in<QLineEdit>(cards().back(), "sourceName");
    QTRY_VERIFY(name->isVisible() && name->hasFocus());
    type(name, u"Pilot UI"_s);
    QCOMPARE(saved().back().name, u"Pilot UI"_s);
    QTRY_VERIFY(in<QPushButton>(m_group.get(), "defineSource") == nullptr);
}

void TstSourceSettings::aSeenSourceIsRenamed()
{
    type(in<QLineEdit>(m_group.get(), "seenName"), u"Pilots"_s);
    QCOMPARE(m_services->renames.size(), 1U);
    QCOMPARE(m_services->renames.front().first, event::SourceId{2});
    QCOMPARE(m_services->renames.front().second, u"Pilots"_s);
    QCOMPARE(saved().size(), 1U);
}

void TstSourceSettings::editsApplyAtOnceAndKeepTheFocus()
{
    ui::SourceCard *card = cards().front();
    card->open();
    type(in<QLineEdit>(card, "sourceName"), u"Order tracker"_s);
    QCOMPARE(saved().front().name, u"Order tracker"_s);
    type(in<QLineEdit>(card, "sourceHosts"), u"track.example.com,  *.local ,"_s);
    QCOMPARE(saved().front().match.hosts, (QStringList{u"track.example.com"_s, u"*.local"_s}));
    type(in<QLineEdit>(card, "sourceFilter"), u"ctx.page.path:/track*"_s);
    QCOMPARE(saved().front().match.filter, u"ctx.page.path:/track*"_s);
    auto *color = in<QComboBox>(card, "sourceColor");
    color->setCurrentIndex(color->findData(5));
    emit color->activated(color->currentIndex());
    QCOMPARE(saved().front().color, 5);
    QCOMPARE(cards(), QList<ui::SourceCard *>{card});
    QCOMPARE(saved().front().id, u"tracker-ui"_s);
}

void TstSourceSettings::typedKeysAreKeptAsHashesOnly()
{
    ui::SourceCard *card = cards().front();
    card->open();
    auto *key = in<QLineEdit>(card, "typedKey");
    QCOMPARE(key->echoMode(), QLineEdit::Password);
    type(key, u"wk_live_0123456789zzzz"_s);
    QVERIFY(key->text().isEmpty());
    QCOMPARE(saved().front().match.keyHashes,
             (QStringList{u"0123456789abcdef"_s, ui::writeKeyHash(u"wk_live_0123456789zzzz"_s)}));
    QCOMPARE(saved().front().maskedKeys.size(), 2);
    for (const QLabel *label : m_group->findChildren<QLabel *>())
        QVERIFY2(!label->text().contains(u"0123456789zzzz"_s), qPrintable(label->text()));
    QTest::mouseClick(in<QToolButton>(card, "removeKey"), Qt::LeftButton);
    QCOMPARE(saved().front().match.keyHashes.size(), 1);
    QCOMPARE(saved().front().maskedKeys.size(), 1);
}

void TstSourceSettings::ownDestinationsAndConventions()
{
    ui::SourceCard *card = cards().front();
    card->open();
    auto *box = card->findChild<QCheckBox *>();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(saved().front().destinations, QStringList{u"Staging"_s});
    auto *conventions = in<ui::ConventionsBox>(card, "sourceConventions");
    QCOMPARE(conventions->choice(), QString());
    const int off = conventions->findData(u"off"_s);
    conventions->setCurrentIndex(off);
    emit conventions->activated(off);
    QCOMPARE(saved().front().conventions, u"off"_s);
    type(in<QWidget>(card, "sourcePlans")->findChild<QLineEdit *>(), u"/plans/a.json; /plans/b.json"_s);
    QCOMPARE(saved().front().plans, (QStringList{u"/plans/a.json"_s, u"/plans/b.json"_s}));
}

void TstSourceSettings::muteAndSolo()
{
    ui::SourceCard *card = cards().front();
    auto *mute = in<QToolButton>(card, "muteSource");
    QTest::mouseClick(mute, Qt::LeftButton);
    QVERIFY(saved().front().isMuted);
    QCOMPARE(mute->text(), u"Unmute"_s);
    QTest::keyClick(mute, Qt::Key_Space);
    QVERIFY(!saved().front().isMuted);
    QSignalSpy solo(m_group.get(), &ui::SourceSettings::soloWanted);
    QTest::mouseClick(in<QToolButton>(card, "soloSource"), Qt::LeftButton);
    QCOMPARE(solo.size(), 1);
    QCOMPARE(solo.front().front().value<event::SourceId>(), event::SourceId{1});
}

void TstSourceSettings::aNewSourceIsSavedOnceItCanBe()
{
    QTest::mouseClick(in<QPushButton>(m_group.get(), "addSource"), Qt::LeftButton);
    QCOMPARE(cards().size(), 2);
    ui::SourceCard *card = cards().back();
    type(in<QLineEdit>(card, "sourceName"), u"Backend"_s);
    QCOMPARE(saved().size(), 1U);
    QVERIFY(card->errorText().isEmpty());
    type(in<QLineEdit>(card, "sourceLibraries"), u"analytics-node*"_s);
    QCOMPARE(saved().size(), 2U);
    QCOMPARE(saved().back().name, u"Backend"_s);
    QCOMPARE(saved().back().match.libraries, QStringList{u"analytics-node*"_s});
    QVERIFY(!saved().back().id.isEmpty());
}

void TstSourceSettings::aRefusedSourceIsSaidAtItsCard()
{
    ui::SourceCard *card = cards().front();
    card->open();
    m_services->captureFake.sourcesError =
        base::Error{base::ErrorCode::BadInput, u"The filter of “Tracker UI” can’t be understood."_s, {}, {}};
    type(in<QLineEdit>(card, "sourceFilter"), u"(broken"_s);
    QVERIFY(card->errorText().contains(u"can’t be understood"_s));
    QVERIFY(in<QLabel>(card, "sourceError")->isVisible());
    m_services->captureFake.sourcesError.reset();
    type(in<QLineEdit>(card, "sourceFilter"), u"type:track"_s);
    QVERIFY(card->errorText().isEmpty());
}

void TstSourceSettings::removingCanBeUndone()
{
    const auto before = saved();
    QTest::mouseClick(in<QToolButton>(cards().front(), "removeSource"), Qt::LeftButton);
    QVERIFY(saved().empty());
    auto *undo = in<QPushButton>(m_group.get(), "undoSource");
    QVERIFY(undo->isVisible());
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(saved(), before);
    QVERIFY(!undo->isVisible());
}

void TstSourceSettings::thePresetAddsWhatIsMissing()
{
    QTest::mouseClick(in<QPushButton>(m_group.get(), "addSourcePreset"), Qt::LeftButton);
    const auto preset = intake::sourcePreset(u"delivery-platform"_s);
    QVERIFY(preset.has_value());
    QCOMPARE(preset->size(), 6U);
    const std::size_t count = saved().size();
    QVERIFY(count >= 6U);
    QTest::mouseClick(in<QPushButton>(m_group.get(), "addSourcePreset"), Qt::LeftButton);
    QCOMPARE(saved().size(), count);
}

void TstSourceSettings::everyControlHasAName()
{
    cards().front()->open();
    for (const QWidget *widget : m_group->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool isControl = button != nullptr || qobject_cast<const QLineEdit *>(widget) != nullptr ||
                               qobject_cast<const QComboBox *>(widget) != nullptr;
        if (!isControl || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TstSourceSettings)
#include "tst_sourcesettings.moc"
