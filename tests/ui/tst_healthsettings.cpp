// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/healthsettings.h"

#include "tests/support/fakeservices.h"
#include "ui/settings/keylist.h"
#include "ui/sources/sourcecatalog.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TstHealthSettings final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everyLimit_data();
    void everyLimit();
    void aRuleIsMutedByItsTick();
    void mutesOfSourcesAndEventsAreEdited();
    void developmentKeysAreHashes();
    void aSeenKeyIsChosen();
    void productionApps();
    void searchFindsARule();
    void resetBringsBackTheDefaults();

private:
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_group->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] const segment::HealthOptions &health() const
    {
        return m_services->captureFake.healthOptions;
    }

    ui::Theme m_theme;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::HealthSettings> m_group;
};

void TstHealthSettings::initTestCase()
{
    m_theme.install(*qApp);
}

void TstHealthSettings::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_services->captureFake.ruleTexts = {
        {event::RuleId::ProtocolClockSkew, u"The client’s clock is off."_s},
        {event::RuleId::ProtocolNoIdentity, u"Neither userId nor anonymousId."_s}};
    store::Source source;
    source.id = event::SourceId{1};
    source.keyHash = "0123456789abcdef";
    source.maskedKey = u"…a1b2"_s;
    source.name = u"Tracker UI, dev"_s;
    m_services->sourceList = {source};
    m_group = std::make_unique<ui::HealthSettings>(*m_services, m_theme, nullptr);
    m_group->resize(640, 900);
    m_group->show();
    QVERIFY(QTest::qWaitForWindowActive(m_group.get()));
}

void TstHealthSettings::cleanup()
{
    m_group->hide(); // a focused field is left while its group is whole
    m_group.reset();
    m_services.reset();
}

void TstHealthSettings::everyLimit_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("value");
    QTest::addColumn<segment::HealthOptions>("expected");
    const auto row = [](const char *name, int value, auto change) {
        segment::HealthOptions options;
        change(options);
        QTest::newRow(name) << QString::fromLatin1(name) << value << options;
    };
    row("healthEventSize", 16, [](auto &o) { o.maxEventBytes = 16 * 1024; });
    row("healthBatchSize", 100, [](auto &o) { o.maxBatchBytes = 100 * 1024; });
    row("healthBatchEvents", 50, [](auto &o) { o.maxBatchEvents = 50; });
    row("healthMessageId", 64, [](auto &o) { o.maxMessageIdCharacters = 64; });
    row("healthClockSkew", 5, [](auto &o) { o.clockSkewSeconds = 5; });
    row("healthLate", 60, [](auto &o) { o.lateSeconds = 60; });
    row("healthRepeat", 250, [](auto &o) { o.repeatMilliseconds = 250; });
    row("healthBurstCount", 10, [](auto &o) { o.burstCount = 10; });
    row("healthBurstSeconds", 2, [](auto &o) { o.burstSeconds = 2; });
}

void TstHealthSettings::everyLimit()
{
    QFETCH(const QString, name);
    QFETCH(const int, value);
    QFETCH(const segment::HealthOptions, expected);
    auto *box = m_group->findChild<QSpinBox *>(name);
    QVERIFY(box != nullptr);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, QString::number(value));
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(health(), expected);
    m_group->reset();
    QCOMPARE(health(), segment::HealthOptions());
    QVERIFY(box->value() != value);
}

void TstHealthSettings::aRuleIsMutedByItsTick()
{
    auto *rules = find<QListWidget>("healthRules");
    QCOMPARE(rules->count(), 2);
    QCOMPARE(rules->item(0)->checkState(), Qt::Checked);
    rules->setFocus();
    rules->setCurrentRow(0);
    QTest::keyClick(rules, Qt::Key_Space);
    QCOMPARE(health().mutes, (std::vector<segment::Mute>{{u"protocol/clock-skew"_s, {}, {}}}));
    QCOMPARE(rules->item(0)->checkState(), Qt::Unchecked);
    QTest::keyClick(rules, Qt::Key_Space);
    QVERIFY(health().mutes.empty());
}

void TstHealthSettings::mutesOfSourcesAndEventsAreEdited()
{
    auto *rule = find<QComboBox>("muteRule");
    rule->setCurrentIndex(rule->findData(u"protocol/no-identity"_s));
    QVERIFY(rule->currentIndex() >= 0);
    find<QLineEdit>("muteSource")->setText(u"Pilot UI"_s);
    find<QLineEdit>("muteEvent")->setText(u" robot_* "_s);
    QTest::mouseClick(find<QPushButton>("addMute"), Qt::LeftButton);
    QCOMPARE(health().mutes,
             (std::vector<segment::Mute>{{u"protocol/no-identity"_s, u"Pilot UI"_s, u"robot_*"_s}}));
    QVERIFY(find<QLineEdit>("muteSource")->text().isEmpty());
    // Of one source only: the rule itself is still looked for.
    QCOMPARE(find<QListWidget>("healthRules")->item(1)->checkState(), Qt::Checked);
    QTest::mouseClick(find<QToolButton>("removeMute"), Qt::LeftButton);
    QVERIFY(health().mutes.empty());
    QTRY_VERIFY(find<QToolButton>("removeMute") == nullptr);
}

void TstHealthSettings::developmentKeysAreHashes()
{
    auto *key = find<QWidget>("developmentKeys")->findChild<QLineEdit *>(u"typedKey"_s);
    key->setFocus();
    QTest::keyClicks(key, u"wk_dev_0123456789"_s);
    QTest::keyClick(key, Qt::Key_Return);
    QCOMPARE(health().developmentKeys, QStringList{ui::writeKeyHash(u"wk_dev_0123456789"_s)});
    QVERIFY(key->text().isEmpty());
}

void TstHealthSettings::aSeenKeyIsChosen()
{
    auto *seen = find<QWidget>("developmentKeys")->findChild<QToolButton *>(u"seenKeys"_s);
    QCOMPARE(seen->menu()->actions().size(), 1);
    seen->menu()->actions().front()->trigger();
    QCOMPARE(health().developmentKeys, QStringList{u"0123456789abcdef"_s});
}

void TstHealthSettings::productionApps()
{
    auto *apps = find<QLineEdit>("productionApps");
    apps->setFocus();
    QTest::keyClicks(apps, u"com.example.app, www.example.com"_s);
    QTest::keyClick(apps, Qt::Key_Tab);
    QCOMPARE(health().productionApps, (QStringList{u"com.example.app"_s, u"www.example.com"_s}));
}

void TstHealthSettings::searchFindsARule()
{
    QCOMPARE(m_group->applySearch(u"clock is off"_s), 1);
    QVERIFY(find<QListWidget>("healthRules")->isVisible());
    QVERIFY(!find<QSpinBox>("healthRepeat")->isVisible());
}

void TstHealthSettings::resetBringsBackTheDefaults()
{
    m_services->captureFake.healthOptions.mutes = {{u"protocol/clock-skew"_s, {}, {}}};
    m_group->refresh();
    QCOMPARE(find<QListWidget>("healthRules")->item(0)->checkState(), Qt::Unchecked);
    m_group->reset();
    QCOMPARE(health(), segment::HealthOptions());
    QCOMPARE(find<QListWidget>("healthRules")->item(0)->checkState(), Qt::Checked);
}

QTEST_MAIN(TstHealthSettings)
#include "tst_healthsettings.moc"
