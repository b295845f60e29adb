// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/faults/faultdialog.h"

#include "tests/support/fakeservices.h"
#include "ui/englishplurals.h"
#include "ui/faults/faultcard.h"
#include "ui/faults/faultwords.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = capture::Fault::Kind;

class TstFaultDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void verdicts_data();
    void verdicts();
    void playsWhatIsChosen();
    void secondsInsteadOfRequests();
    void onlyWhatMattersCanBeSet();
    void aRefusalStandsAtTheForm();
    void theReportChangesInPlace();
    void stopAndClear();
    void onlySourcesWithAKeyAreOffered();

private:
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void choose(const char *combo, const QVariant &data) const
    {
        auto *box = find<QComboBox>(combo);
        box->setCurrentIndex(box->findData(data));
    }

    ui::Theme m_theme;
    ui::EnglishPlurals m_plurals;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<ui::FaultDialog> m_dialog;
};

void TstFaultDialog::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::installTranslator(&m_plurals);
    m_theme.install(*qApp);
}

void TstFaultDialog::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    store::Source tracker;
    tracker.id = event::SourceId{1};
    tracker.keyHash = "0123456789abcdef";
    tracker.name = u"Tracker UI"_s;
    tracker.maskedKey = u"…a1b2"_s;
    store::Source rule = tracker;
    rule.id = event::SourceId{2};
    rule.keyHash = "rule:pilot";
    rule.name = u"Pilot UI"_s;
    m_services->sourceList = {tracker, rule};
    m_dialog = std::make_unique<ui::FaultDialog>(*m_services, m_theme, nullptr);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TstFaultDialog::cleanup()
{
    m_dialog.reset();
    m_services.reset();
}

void TstFaultDialog::verdicts_data()
{
    QTest::addColumn<capture::FaultReport>("report");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<int>("outcome");
    const auto row = [](const char *name, const capture::FaultReport &report, const QString &sentence,
                        ui::FaultOutcome outcome) {
        QTest::newRow(name) << report << sentence << static_cast<int>(outcome);
    };
    using Outcome = ui::FaultOutcome;
    capture::FaultReport report;
    row("nothing yet", report, u"Waiting for a call."_s, Outcome::Open);
    report.endedUs = 1;
    row("nothing came", report, u"No call came while it was on."_s, Outcome::Open);
    report.requests = 1;
    report.withoutId = 2;
    row("no ids", report, u"2 events without a messageId can’t be followed."_s, Outcome::Open);
    report.withoutId = 0;
    report.events = 1;
    report.sentAgain = 1;
    row("kept the only one", report, u"The SDK kept the event."_s, Outcome::Kept);
    report.requests = 2;
    report.events = 12;
    report.sentAgain = 12;
    row("kept", report, u"The SDK kept all 12 events."_s, Outcome::Kept);
    report.doubled = 1;
    row("doubled", report, u"The SDK kept all 12 events; 1 came twice."_s, Outcome::Doubled);
    report.missing = 3;
    row("lost", report, u"3 of 12 events did not come again so far: lost, if the app has given up."_s,
        Outcome::Missing);
    report.endedUs = 0;
    row("on the way", report, u"9 of 12 events came again so far."_s, Outcome::Open);
}

void TstFaultDialog::verdicts()
{
    QFETCH(const capture::FaultReport, report);
    QFETCH(const int, outcome);
    QTEST(ui::faultVerdict(report), "sentence");
    QCOMPARE(static_cast<int>(ui::faultOutcome(report)), outcome);
}

void TstFaultDialog::playsWhatIsChosen()
{
    choose("faultSource", QByteArray("0123456789abcdef"));
    choose("faultKind", static_cast<int>(Kind::Status429));
    find<QSpinBox>("faultAmount")->setValue(2);
    find<QSpinBox>("faultRetryAfter")->setValue(7);
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    const auto &started = m_services->captureFake.startedFaults;
    QCOMPARE(started.size(), 1U);
    QCOMPARE(started.front().kind, Kind::Status429);
    QCOMPARE(started.front().source, QByteArray("0123456789abcdef"));
    QCOMPARE(started.front().times, 2);
    QCOMPARE(started.front().seconds, 0);
    QCOMPARE(started.front().retryAfterSeconds, 7);
    const auto *card = m_dialog->findChild<ui::FaultCard *>();
    QVERIFY(card != nullptr);
    QCOMPARE(card->accessibleName(), u"429 Too Many Requests on Tracker UI, for 2 requests"_s);
}

void TstFaultDialog::secondsInsteadOfRequests()
{
    choose("faultKind", static_cast<int>(Kind::Slow));
    find<QComboBox>("faultLimit")->setCurrentIndex(1);
    find<QSpinBox>("faultAmount")->setValue(30);
    find<QSpinBox>("faultDelay")->setValue(1'500);
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    const auto &started = m_services->captureFake.startedFaults;
    QCOMPARE(started.front().times, 0);
    QCOMPARE(started.front().seconds, 30);
    QCOMPARE(started.front().delayMs, 1'500);
    QVERIFY(started.front().source.isEmpty());
}

void TstFaultDialog::onlyWhatMattersCanBeSet()
{
    choose("faultKind", static_cast<int>(Kind::Status500));
    QVERIFY(!find<QSpinBox>("faultRetryAfter")->isEnabled());
    QVERIFY(!find<QSpinBox>("faultDelay")->isEnabled());
    choose("faultKind", static_cast<int>(Kind::Stall));
    QVERIFY(find<QSpinBox>("faultDelay")->isEnabled());
    choose("faultKind", static_cast<int>(Kind::Status503));
    QVERIFY(find<QSpinBox>("faultRetryAfter")->isEnabled());
}

void TstFaultDialog::aRefusalStandsAtTheForm()
{
    m_services->captureFake.faultError =
        base::Error{base::ErrorCode::BadInput, u"The fault can’t be played."_s, u"Nothing captures."_s, {}};
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    QVERIFY(find<QLabel>("faultError")->isVisible());
    QVERIFY(find<QLabel>("faultError")->text().contains(u"Nothing captures."_s));
    m_services->captureFake.faultError.reset();
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    QVERIFY(!find<QLabel>("faultError")->isVisible());
}

void TstFaultDialog::theReportChangesInPlace()
{
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    auto *card = m_dialog->findChild<ui::FaultCard *>();
    QCOMPARE(card->verdict(), u"Waiting for a call."_s);
    auto &report = m_services->captureFake.faultList.front();
    report.requests = 3;
    report.events = 12;
    report.sentAgain = 12;
    report.endedUs = report.startedUs + 1;
    emit m_services->captureFake.faultsChanged();
    QCOMPARE(m_dialog->findChild<ui::FaultCard *>(), card);
    QCOMPARE(card->verdict(), u"The SDK kept all 12 events."_s);
}

void TstFaultDialog::stopAndClear()
{
    QTest::mouseClick(find<QPushButton>("playFault"), Qt::LeftButton);
    QVERIFY(!find<QPushButton>("clearFaults")->isVisible());
    QTest::mouseClick(find<QPushButton>("stopFault"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.stoppedFaults, std::vector<std::uint32_t>{1});
    QVERIFY(!find<QPushButton>("stopFault")->isVisible());
    QTest::mouseClick(find<QPushButton>("clearFaults"), Qt::LeftButton);
    QCOMPARE(m_services->captureFake.endedFaultsCleared, 1);
    QTRY_VERIFY(m_dialog->findChild<ui::FaultCard *>() == nullptr);
}

void TstFaultDialog::onlySourcesWithAKeyAreOffered()
{
    const auto *sources = find<QComboBox>("faultSource");
    QCOMPARE(sources->count(), 2);
    QCOMPARE(sources->itemText(1), u"Tracker UI  …a1b2"_s);
}

QTEST_MAIN(TstFaultDialog)
#include "tst_faultdialog.moc"
