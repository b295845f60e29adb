// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector.h"

#include "tests/ui/pagefixture.h"
#include "ui/commands/actionregistry.h"
#include "ui/inspector/deliveriestab.h"
#include "ui/inspector/eventtab.h"
#include "ui/inspector/findingstab.h"
#include "ui/inspector/requesttab.h"
#include "ui/itemmodels/jsontreemodel.h"
#include "ui/theme/contrast.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace tests;
using Tab = ui::Inspector::Tab;

namespace {

struct Pane
{
    FakeServices services;
    PageFixture stream{services};
    ui::Theme theme;
    ui::ActionRegistry actions{theme};
    std::unique_ptr<ui::Inspector> inspector;

    Pane()
    {
        theme.install(*qApp);
        inspector = std::make_unique<ui::Inspector>(services, theme, actions);
        inspector->resize(420, 700);
        inspector->show();
    }

    event::EventId show(const SampleEvent &sample)
    {
        const auto id = stream.add({sample}).front();
        inspector->inspectEvent(id);
        return id;
    }

    /// Every text on a tab, one a line.
    static QString textsOf(const QWidget &tab)
    {
        QStringList texts;
        for (const auto *label : tab.findChildren<QLabel *>()) {
            texts += label->text().remove(QChar(0x200b));
        }
        for (const auto *text : tab.findChildren<QPlainTextEdit *>()) {
            texts += text->toPlainText();
        }
        return texts.join(u'\n');
    }
};

SampleEvent wrong()
{
    return {
        .name = u"Order Placed"_s,
        .status = event::Status::Violation,
        .body =
            R"({"type":"track","event":"Order Placed","properties":{"items":[{"quantity":"2"}],"total":12.50}})",
        .findings = {{event::RuleId::PlanType,
                      event::Severity::Error,
                      json::Pointer("/properties/items/0/quantity"),
                      {u"integer"_s, u"string"_s, u"2"_s}},
                     {event::RuleId::PlanRequired,
                      event::Severity::Error,
                      json::Pointer("/properties/orderId"),
                      {u"orderId"_s, {}}}}};
}

} // namespace

class TstInspector : public QObject
{
    Q_OBJECT
private slots:
    void titleSaysWhatItIs();
    void tabsCountWhatTheyHold();
    void aFindingLeadsToItsProperty();
    void foldsAreRemembered();
    void theRequestMasksSecrets();
    void aRejectedRequestShowsWhereItBroke();
    void jsonIsTheAppsOwn();
    void jsonIsColoured();
    void searchCountsItsMatches();
    void largeBodiesAreLaidOutAside();
    void deliveriesShowEveryTry();
    void clearingEmptiesEverything();
    void aMissingEventSaysSo();
    void themeSwitchKeepsTheEvent();
    void timesAreCorrected();
    void aRightClockIsQuiet();
    void sentAtOfTheBatchCounts();
    void aRetryIsSaid();
    void aProtocolFindingIsMuted();
    void muteCanBeUndone();
    void planFindingsHaveNoMute();
};

void TstInspector::titleSaysWhatItIs()
{
    Pane pane;
    const auto id = pane.stream.add({wrong()}).front();
    pane.services.details[id].indexInBatch = 3;
    pane.services.details[id].batchCount = 40;
    pane.inspector->inspectEvent(id);
    QCOMPARE(pane.inspector->findChild<QLabel *>(u"inspectorName"_s)->text(), u"Order Placed"_s);
    QCOMPARE(pane.inspector->findChild<ui::StatusChip *>(u"inspectorStatus"_s)->text(),
             ui::statusText(event::Status::Violation));
    QCOMPARE(pane.inspector->findChild<QLabel *>(u"inspectorBatch"_s)->text(), u"4 of 40 in its batch"_s);
}

void TstInspector::tabsCountWhatTheyHold()
{
    Pane pane;
    pane.show(wrong());
    QCOMPARE(pane.inspector->tabBar().tabText(static_cast<int>(Tab::Findings)), u"Findings (2)"_s);
    QCOMPARE(pane.inspector->tabBar().tabText(static_cast<int>(Tab::Deliveries)), u"Deliveries"_s);
}

void TstInspector::aFindingLeadsToItsProperty()
{
    Pane pane;
    QAbstractItemModelTester tester(pane.inspector->eventTab().model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    pane.show(wrong());
    pane.inspector->setCurrentTab(Tab::Findings);
    const auto cards = pane.inspector->findingsTab().findChildren<ui::FindingCard *>();
    QCOMPARE(cards.size(), 2);
    cards.front()->setFocus();
    QTest::keyClick(cards.front(), Qt::Key_Return);
    QCOMPARE(pane.inspector->currentTab(), Tab::Event);
    const QModelIndex current = pane.inspector->eventTab().tree()->currentIndex();
    QCOMPARE(current.data(ui::JsonTreeModel::PointerRole).toString(), u"/properties/items/0/quantity"_s);
    QVERIFY(!pane.inspector->eventTab().tree()->visualRect(current).isEmpty());
    // The missing one has its place as well.
    pane.inspector->setCurrentTab(Tab::Findings);
    QTest::mouseClick(cards.back(), Qt::LeftButton, {}, QPoint(8, cards.back()->height() - 4));
    QVERIFY(
        pane.inspector->eventTab().tree()->currentIndex().data(ui::JsonTreeModel::IsMissingRole).toBool());
}

void TstInspector::foldsAreRemembered()
{
    Pane pane;
    const SampleEvent sample{.name = u"A"_s, .body = R"({"context":{"ip":"1.2.3.4"},"properties":{"a":1}})"};
    pane.show(sample);
    auto *tree = pane.inspector->eventTab().tree();
    const auto at = [&](const char *pointer) {
        return pane.inspector->eventTab().model()->indexAt(json::Pointer(pointer));
    };
    QVERIFY(tree->isExpanded(at("/properties")));
    QVERIFY(!tree->isExpanded(at("/context")));
    tree->expand(at("/context"));
    tree->collapse(at("/properties"));
    pane.show(sample);
    QVERIFY(tree->isExpanded(at("/context")));
    QVERIFY(!tree->isExpanded(at("/properties")));
}

void TstInspector::theRequestMasksSecrets()
{
    Pane pane;
    pane.show({.name = u"A"_s, .body = "{}"});
    pane.inspector->setCurrentTab(Tab::Request);
    const QString text = Pane::textsOf(pane.inspector->requestTab());
    QVERIFY2(text.contains(u"POST /v1/t"_s), qPrintable(text));
    QVERIFY(text.contains(u"analytics-node/3.1.0"_s));
    QVERIFY(text.contains(u"Basic …"_s));
    QVERIFY(!text.contains(u"d2tfbGl2ZV81MWY4YzAyNzphYjEyOg"_s));
    QVERIFY(!text.contains(u"wk_live_51f8c027"_s));
    QVERIFY(text.contains(u"127.0.0.1:40822"_s));
    QVERIFY(text.contains(u"200 OK"_s));
}

void TstInspector::aRejectedRequestShowsWhereItBroke()
{
    Pane pane;
    const auto id = pane.stream
                        .add({{.type = event::CallType::None,
                               .name = u"not-json"_s,
                               .status = event::Status::Rejected,
                               .body = R"({"event": nope})"}})
                        .front();
    auto &detail = pane.services.details[id];
    detail.rejectCode = "not-json";
    detail.rejectReason = "The body is no JSON: a value was expected at byte 10.";
    detail.replyStatus = 400;
    pane.inspector->inspectEvent(id);
    // There is no tree to show, so the request opens by itself.
    QCOMPARE(pane.inspector->currentTab(), Tab::Request);
    const QString text = Pane::textsOf(pane.inspector->requestTab());
    QVERIFY(text.contains(QString::fromUtf8(detail.rejectReason)));
    QVERIFY(text.contains(u"400 Bad Request"_s));
    auto *bytes = pane.inspector->requestTab().findChild<ui::JsonTextEdit *>(u"rejectedBytes"_s);
    QVERIFY(bytes);
    QCOMPARE(bytes->extraSelections().size(), 1);
    QCOMPARE(bytes->extraSelections().front().cursor.selectionStart(), 10);
}

void TstInspector::jsonIsTheAppsOwn()
{
    Pane pane;
    pane.show({.name = u"A"_s,
               .body = R"({"z":1.0,"a":12345678901234567890,"s":"\u00e9","writeKey":"abcdefghijkl1234"})"});
    pane.inspector->setCurrentTab(Tab::Json);
    QCOMPARE(
        pane.inspector->jsonView().text(),
        u"{\n  \"z\": 1.0,\n  \"a\": 12345678901234567890,\n  \"s\": \"\\u00e9\",\n  \"writeKey\": \"************1234\"\n}"_s);
}

void TstInspector::jsonIsColoured()
{
    Pane pane;
    pane.show({.name = u"A"_s, .body = R"({"key":"text"})"});
    pane.inspector->setCurrentTab(Tab::Json);
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        pane.theme.setChoice(choice);
        const QPixmap drawn = pane.inspector->jsonView().grab();
        QVERIFY(!drawn.isNull());
        const auto formats =
            pane.inspector->jsonView().editor()->document()->findBlockByNumber(1).layout()->formats();
        QVERIFY(formats.size() >= 3); // key, colon, value
        QVERIFY(formats[0].format.foreground() != formats[2].format.foreground());
        for (const auto &range : formats) {
            QVERIFY(ui::contrast(range.format.foreground().color(), pane.theme.color(ui::Role::Surface)) >=
                    4.5);
        }
    }
}

void TstInspector::searchCountsItsMatches()
{
    Pane pane;
    pane.show({.name = u"A"_s, .body = R"({"robot":"coco0","other":"Robot","x":"robotic"})"});
    pane.inspector->findInJson();
    QCOMPARE(pane.inspector->currentTab(), Tab::Json);
    auto &view = pane.inspector->jsonView();
    auto *field = view.findChild<QLineEdit *>(u"jsonSearch"_s);
    auto *count = view.findChild<QLabel *>(u"jsonSearchCount"_s);
    QTest::keyClicks(field, u"robot"_s);
    QCOMPARE(count->text(), u"1 of 3"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count->text(), u"2 of 3"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), u"3 of 3"_s);
    field->setText(u"nowhere"_s);
    QCOMPARE(count->text(), u"No match"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(view.editor()->extraSelections().isEmpty());
}

void TstInspector::largeBodiesAreLaidOutAside()
{
    Pane pane;
    QByteArray body = "{\"items\":[";
    for (int i = 0; i < 20'000; ++i) {
        body += QByteArray::number(i) + ',';
    }
    body += "0]}";
    QVERIFY(body.size() > ui::inlineBytes);
    QSignalSpy shown(pane.inspector.get(), &ui::Inspector::shown);
    const auto large = pane.show({.name = u"Large"_s, .body = body});
    QVERIFY(pane.inspector->inspected() == nullptr); // not while the GUI thread waits
    QTRY_COMPARE(shown.size(), 1);
    QCOMPARE(pane.inspector->inspected()->detail.event.summary.id, large);
    // One that is overtaken never shows.
    const auto again = pane.show({.name = u"Large"_s, .body = body});
    const auto small = pane.show({.name = u"Small"_s, .body = "{}"});
    QCOMPARE(pane.inspector->inspected()->detail.event.summary.id, small);
    QTest::qWait(0);
    QVERIFY(again != small);
    QCOMPARE(pane.inspector->inspected()->detail.event.summary.id, small);
    QCOMPARE(shown.size(), 2);
}

void TstInspector::deliveriesShowEveryTry()
{
    Pane pane;
    const auto id =
        pane.stream.add({{.name = u"A"_s, .body = "{}", .delivery = event::DeliveryState::Failed}}).front();
    store::Dispatch dispatch;
    dispatch.destination = u"Staging"_s;
    dispatch.state = event::DeliveryState::Failed;
    dispatch.createdUs = 1'795'600'805'000'000;
    dispatch.sentHead = "POST https://api.segment.io/v1/batch\r\nAuthorization: Basic …1234\r\n";
    dispatch.sentBody = R"({"batch":[],"writeKey":"abcdefghijkl1234"})";
    store::Attempt refused;
    refused.startedUs = 1'795'600'805'100'000;
    refused.durationUs = 42'000;
    refused.error = u"Connection refused"_s;
    store::Attempt unauthorized;
    unauthorized.startedUs = 1'795'600'807'100'000;
    unauthorized.durationUs = 61'000;
    unauthorized.status = 401;
    unauthorized.answer = R"({"error":"key"})";
    dispatch.attempts = {refused, unauthorized};
    pane.services.details[id].dispatches = {dispatch};
    pane.inspector->inspectEvent(id);
    QCOMPARE(pane.inspector->tabBar().tabText(static_cast<int>(Tab::Deliveries)), u"Deliveries (1)"_s);
    pane.inspector->setCurrentTab(Tab::Deliveries);
    const auto &tab = pane.inspector->deliveriesTab();
    QString text = Pane::textsOf(tab);
    QVERIFY2(text.contains(u"Staging"_s) && text.contains(u"Connection refused"_s) &&
                 text.contains(u"401 Unauthorized"_s),
             qPrintable(text));
    for (auto *fold : tab.findChildren<QToolButton *>()) {
        fold->click();
    }
    text = Pane::textsOf(tab);
    QVERIFY(text.contains(u"https://api.segment.io/v1/batch"_s));
    QVERIFY(text.contains(u"\"error\": \"key\""_s));
    QVERIFY(!text.contains(u"abcdefghijkl1234"_s));
}

void TstInspector::clearingEmptiesEverything()
{
    Pane pane;
    pane.show(wrong());
    pane.inspector->setCurrentTab(Tab::Json);
    pane.inspector->showNothing();
    QVERIFY(pane.inspector->inspected() == nullptr);
    QCOMPARE(pane.inspector->jsonView().text(), QString());
    QCOMPARE(pane.inspector->eventTab().model()->rowCount(), 0);
    QVERIFY(pane.inspector->findingsTab().findChildren<ui::FindingCard *>().isEmpty());
    QVERIFY(!pane.inspector->tabBar().isVisible());
}

void TstInspector::aMissingEventSaysSo()
{
    Pane pane;
    pane.inspector->inspectEvent(event::EventId{4711});
    QVERIFY(Pane::textsOf(*pane.inspector).contains(u"There is no such event."_s));
    QVERIFY(!pane.inspector->tabBar().isVisible());
}

void TstInspector::themeSwitchKeepsTheEvent()
{
    Pane pane;
    const auto id = pane.show(wrong());
    pane.inspector->setCurrentTab(Tab::Findings);
    pane.theme.toggle();
    QCOMPARE(pane.inspector->shownId(), id);
    QCOMPARE(pane.inspector->currentTab(), Tab::Findings);
    QCOMPARE(pane.inspector->findingsTab().findChildren<ui::FindingCard *>().size(), 2);
}

namespace {

/// Sent when our clock said 10 minutes later: its clock is that far behind. It happened 5 s before.
SampleEvent late()
{
    return {.name = u"Order Placed"_s,
            .body = R"({"type":"track","event":"Order Placed","timestamp":"2026-11-25T10:00:00.000Z",)"
                    R"("sentAt":"2026-11-25T10:00:05.000Z"})"};
}
constexpr std::int64_t lateReceivedUs = 1'795'601'405'000'000; // 2026-11-25T10:10:05Z

SampleEvent skewed()
{
    return {.name = u"Order Placed"_s,
            .source = u"Tracker UI"_s,
            .body = R"({"type":"track","event":"Order Placed"})",
            .findings = {{event::RuleId::ProtocolClockSkew,
                          event::Severity::Warning,
                          json::Pointer("/sentAt"),
                          {u"600"_s}}}};
}

} // namespace

void TstInspector::timesAreCorrected()
{
    Pane pane;
    pane.stream.nextUs = lateReceivedUs;
    pane.show(late());
    const auto *clock = pane.inspector->findChild<QLabel *>(u"inspectorClock"_s);
    QVERIFY(clock->isVisible());
    QVERIFY2(clock->text().contains(u"10 min behind"_s), qPrintable(clock->text()));
    pane.inspector->setCurrentTab(Tab::Request);
    const QString texts = Pane::textsOf(pane.inspector->requestTab());
    for (const QString &time : {u"2026-11-25T10:00:00.000Z"_s, u"2026-11-25T10:00:05.000Z"_s,
                                u"2026-11-25T10:10:05.000Z"_s, u"2026-11-25T10:10:00.000Z"_s})
        QVERIFY2(texts.contains(time), qPrintable(time + u'\n' + texts));
}

void TstInspector::aRightClockIsQuiet()
{
    Pane pane;
    pane.stream.nextUs = lateReceivedUs - 600'000'000;
    pane.show(late());
    QVERIFY(!pane.inspector->findChild<QLabel *>(u"inspectorClock"_s)->isVisible());
    // The limit is the one of the settings.
    pane.stream.nextUs = lateReceivedUs - 600'000'000 + 10'000'000;
    pane.services.captureFake.healthOptions.clockSkewSeconds = 5;
    pane.show(late());
    QVERIFY(pane.inspector->findChild<QLabel *>(u"inspectorClock"_s)->isVisible());
}

void TstInspector::sentAtOfTheBatchCounts()
{
    Pane pane;
    pane.stream.nextUs = lateReceivedUs;
    const auto id =
        pane.stream.add({{.name = u"A"_s, .body = R"({"timestamp":"2026-11-25T10:00:00Z"})"}}).front();
    pane.services.details[id].requestBody =
        R"({"batch":[{"timestamp":"2026-11-25T10:00:00Z"}],"sentAt":"2026-11-25T10:09:05.000Z"})";
    pane.inspector->inspectEvent(id);
    const auto &times = pane.inspector->inspected()->times;
    QCOMPARE(times.skewUs(), std::optional<std::int64_t>(60'000'000));
    QCOMPARE(times.correctedUs(), std::optional<std::int64_t>(lateReceivedUs - 545'000'000));
}

void TstInspector::aRetryIsSaid()
{
    Pane pane;
    const auto id = pane.stream.add({wrong()}).front();
    auto &head = pane.services.details[id].head;
    head.replace("Host:", "X-Retry-Count: 3\r\nHost:");
    pane.inspector->inspectEvent(id);
    const auto *clock = pane.inspector->findChild<QLabel *>(u"inspectorClock"_s);
    QVERIFY2(clock->text().contains(u"retry 3"_s), qPrintable(clock->text()));
    pane.inspector->setCurrentTab(Tab::Request);
    QVERIFY(Pane::textsOf(pane.inspector->requestTab()).contains(u"attempt 3 after the first"_s));
}

void TstInspector::aProtocolFindingIsMuted()
{
    Pane pane;
    pane.show(skewed());
    pane.inspector->setCurrentTab(Tab::Findings);
    auto *button = pane.inspector->findingsTab().findChild<QToolButton *>(u"muteFinding"_s);
    QVERIFY(button != nullptr);
    const auto actions = button->menu()->actions();
    QCOMPARE(actions.size(), 3);
    actions[1]->trigger();
    const QString rule = u"protocol/clock-skew"_s;
    auto &mutes = pane.services.captureFake.healthOptions.mutes;
    QCOMPARE(mutes, (std::vector<segment::Mute>{{rule, u"Tracker UI"_s, {}}}));
    actions[0]->trigger();
    actions[2]->trigger();
    actions[0]->trigger();
    QCOMPARE(mutes, (std::vector<segment::Mute>{
                        {rule, u"Tracker UI"_s, {}}, {rule, {}, {}}, {rule, {}, u"Order Placed"_s}}));
}

void TstInspector::muteCanBeUndone()
{
    Pane pane;
    std::function<void()> undo;
    QString said;
    connect(pane.inspector.get(), &ui::Inspector::undoable, this,
            [&](const QString &text, const std::function<void()> &run) {
                said = text;
                undo = run;
            });
    pane.show(skewed());
    pane.inspector->setCurrentTab(Tab::Findings);
    pane.inspector->findingsTab().findChild<QToolButton *>(u"muteFinding"_s)->menu()->actions()[1]->trigger();
    QCOMPARE(said, u"protocol/clock-skew is muted for Tracker UI"_s);
    QVERIFY(undo);
    undo();
    QVERIFY(pane.services.captureFake.healthOptions.mutes.empty());
}

void TstInspector::planFindingsHaveNoMute()
{
    Pane pane;
    pane.show(wrong());
    pane.inspector->setCurrentTab(Tab::Findings);
    QVERIFY(pane.inspector->findingsTab().findChild<QToolButton *>(u"muteFinding"_s) == nullptr);
}

QTEST_MAIN(TstInspector)
#include "tst_inspector.moc"
