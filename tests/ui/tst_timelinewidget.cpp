// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/englishplurals.h"
#include "ui/widgets/timelinewidget.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TstTimelineWidget final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void describesTheColumnUnderThePointer();
    void draggingChoosesARange();
    void aClickGivesTheRangeUp();
    void theKeyboardChoosesARange();
    void groupsWhatDoesNotFit();
    void showsOneViolationAmongThousands();
    void saysItselfToAssistiveTools();
    void emptyIsCalm();

private:
    [[nodiscard]] static stream::Timeline sample(std::size_t buckets);

    ui::EnglishPlurals m_plurals;
    ui::Theme m_theme;
};

namespace {

constexpr int firstColumn = 12 + 1; ///< the margin, and a pixel into the first column
constexpr int columnWidth = 4;
constexpr std::int64_t startUs = 1'795'600'800'000'000;

} // namespace

stream::Timeline TstTimelineWidget::sample(std::size_t buckets)
{
    stream::Timeline timeline;
    timeline.startUs = startUs;
    timeline.bucketUs = 1'000'000;
    for (std::size_t index = 0; index < buckets; ++index)
        timeline.buckets.push_back({10, static_cast<std::uint32_t>(index % 2), 0, 0, 0});
    return timeline;
}

void TstTimelineWidget::initTestCase()
{
    QCoreApplication::installTranslator(&m_plurals);
    m_theme.install(*qApp);
    m_theme.setChoice(ui::Theme::Choice::Light);
}

void TstTimelineWidget::describesTheColumnUnderThePointer()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    timeline.setTimeline(sample(20));
    QVERIFY(timeline.describe(firstColumn).contains(u"10 events"_s));
    QVERIFY(!timeline.describe(firstColumn).contains(u"Violation"_s));
    QVERIFY(timeline.describe(firstColumn + columnWidth).contains(u"Violation: 1"_s));
    QVERIFY(timeline.describe(firstColumn + 20 * columnWidth).isEmpty());
    QVERIFY(timeline.describe(0).isEmpty());
}

void TstTimelineWidget::draggingChoosesARange()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    timeline.setTimeline(sample(20));
    timeline.show();
    QSignalSpy selected(&timeline, &ui::TimelineWidget::rangeSelected);
    QTest::mousePress(&timeline, Qt::LeftButton, {}, QPoint(firstColumn + 2 * columnWidth, 20));
    QTest::mouseMove(&timeline, QPoint(firstColumn + 5 * columnWidth, 20));
    QCOMPARE(selected.count(), 0);
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, QPoint(firstColumn + 5 * columnWidth, 20));
    QCOMPARE(selected.count(), 1);
    QCOMPARE(selected.front()[0].toLongLong(), startUs + 2'000'000);
    QCOMPARE(selected.front()[1].toLongLong(), startUs + 6'000'000);
}

void TstTimelineWidget::aClickGivesTheRangeUp()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    timeline.setTimeline(sample(20));
    timeline.show();
    QTest::mousePress(&timeline, Qt::LeftButton, {}, QPoint(firstColumn, 20));
    QTest::mouseMove(&timeline, QPoint(firstColumn + 5 * columnWidth, 20));
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, QPoint(firstColumn + 5 * columnWidth, 20));
    QVERIFY(timeline.range().has_value());
    QSignalSpy cleared(&timeline, &ui::TimelineWidget::rangeCleared);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(firstColumn + 9 * columnWidth, 20));
    QCOMPARE(cleared.count(), 1);
    QVERIFY(!timeline.range().has_value());
}

void TstTimelineWidget::theKeyboardChoosesARange()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    timeline.setTimeline(sample(20));
    QSignalSpy selected(&timeline, &ui::TimelineWidget::rangeSelected);
    QTest::keyClick(&timeline, Qt::Key_End);
    QTest::keyClick(&timeline, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&timeline, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(selected.count(), 2);
    QCOMPARE(selected.back()[0].toLongLong(), startUs + 17'000'000);
    QCOMPARE(selected.back()[1].toLongLong(), startUs + 20'000'000);
    QTest::keyClick(&timeline, Qt::Key_Escape);
    QVERIFY(!timeline.range().has_value());
}

void TstTimelineWidget::groupsWhatDoesNotFit()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(24 + 100 * columnWidth, 56);
    timeline.setTimeline(sample(1000));
    // 1000 buckets on 100 columns: ten each.
    QVERIFY(timeline.describe(firstColumn).contains(u"105 events"_s));
    QVERIFY(timeline.describe(firstColumn + 99 * columnWidth).contains(u"105 events"_s));
}

void TstTimelineWidget::showsOneViolationAmongThousands()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    stream::Timeline sampleTimeline;
    sampleTimeline.startUs = startUs;
    sampleTimeline.buckets.push_back({9'999, 1, 0, 0, 0});
    timeline.setTimeline(sampleTimeline);
    const QImage image = timeline.grab().toImage();
    int red = 0;
    for (int y = 0; y < image.height(); ++y)
        red += image.pixelColor(firstColumn, y) == m_theme.color(ui::Role::Violation) ? 1 : 0;
    QVERIFY(red >= 2);
}

void TstTimelineWidget::saysItselfToAssistiveTools()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    timeline.setTimeline(sample(20));
    const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&timeline);
    QVERIFY(accessible != nullptr);
    QCOMPARE(accessible->text(QAccessible::Name), u"Timeline"_s);
    QVERIFY(accessible->text(QAccessible::Description).startsWith(u"210 events"_s));
    QVERIFY(accessible->text(QAccessible::Description).contains(u"Violation: 10"_s));
}

void TstTimelineWidget::emptyIsCalm()
{
    ui::TimelineWidget timeline(m_theme);
    timeline.resize(600, 56);
    QVERIFY(!timeline.grab().isNull());
    QTest::keyClick(&timeline, Qt::Key_Left, Qt::ShiftModifier);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(50, 20));
    QVERIFY(!timeline.range().has_value());
    QVERIFY(timeline.describe(50).isEmpty());
}

QTEST_MAIN(TstTimelineWidget)
#include "tst_timelinewidget.moc"
