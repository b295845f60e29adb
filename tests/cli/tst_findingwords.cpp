// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/findingwords.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using enum event::RuleId;

class TstFindingWords final : public QObject
{
    Q_OBJECT

private slots:
    void everyRuleHasWords_data();
    void everyRuleHasWords();
    void sentences_data();
    void sentences();
    void longValuesAreCut();
    void sentTextIsNeverAMark();
    void hostilePatternsEndSoon_data();
    void hostilePatternsEndSoon();
};

namespace {

event::Finding finding(event::RuleId rule, const char *at, const QStringList &args)
{
    return {rule, event::defaultSeverity(rule), json::Pointer(at), args};
}

} // namespace

void TstFindingWords::everyRuleHasWords_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QStringList>("args");
    const QStringList full{u"first"_s, u"second"_s, u"third"_s};
    const QStringList lastEmpty{u"first"_s, u"second"_s, QString()};
    const QStringList secondEmpty{u"first"_s, QString(), QString()};
    for (int rule = 0; rule < event::ruleCount(); ++rule) {
        const std::string_view word = event::word(static_cast<event::RuleId>(rule));
        const auto row = [&](const char *suffix, const QStringList &args) {
            QTest::addRow("%.*s %s", int(word.size()), word.data(), suffix) << rule << args;
        };
        row("with all arguments", full);
        row("without a third", lastEmpty);
        row("without a second", secondEmpty);
        row("with none", {});
    }
}

void TstFindingWords::everyRuleHasWords()
{
    QFETCH(const int, rule);
    QFETCH(const QStringList, args);
    for (const char *at : {"", "/properties/quantity"}) {
        const event::FindingText text =
            engine::findingText(finding(static_cast<event::RuleId>(rule), at, args));
        static const QRegularExpression mark(u"%[0-9n]"_s);
        QVERIFY(!text.message.isEmpty());
        QVERIFY(!text.fix.isEmpty());
        for (const QString &sentence : {text.message, text.fix, text.expected, text.actual}) {
            QVERIFY2(!sentence.contains(mark), qPrintable(sentence));
        }
        QVERIFY2(text.message.endsWith(u'.') || text.message.endsWith(u'?'), qPrintable(text.message));
        QVERIFY2(text.fix.endsWith(u'.'), qPrintable(text.fix));
        if (rule != 0) {
            const bool isTheTable = text.message != engine::findingText(finding(Unknown, at, args)).message;
            QVERIFY2(isTheTable, "the rule has no row of its own");
        }
    }
}

void TstFindingWords::sentences_data()
{
    QTest::addColumn<event::Finding>("finding");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("fix");

    QTest::newRow("wrong type") << finding(PlanType, "/properties/quantity",
                                           {u"integer"_s, u"string"_s, u"2"_s})
                                << u"`quantity` should be a whole number, but the app sent the text \"2\"."_s
                                << u"Send the number 2 without quotes, or allow text in the plan."_s;
    QTest::newRow("wrong type, text as raw JSON")
        << finding(PlanType, "/properties/quantity", {u"integer"_s, u"string"_s, u"\"2\""_s})
        << u"`quantity` should be a whole number, but the app sent the text \"2\"."_s
        << u"Send the number 2 alone, or allow text in the plan."_s;
    QTest::newRow("several types, nested")
        << finding(PlanType, "/properties/products/0/price", {u"number or null"_s, u"object"_s, u"{}"_s})
        << u"`products[0].price` should be a number or null, but the app sent an empty object."_s
        << u"Send a number, or allow objects in the plan."_s;
    QTest::newRow("missing with a near one")
        << finding(PlanRequired, "/properties/deliveryId", {u"deliveryId"_s, u"delivery_id"_s})
        << u"`deliveryId` is required, but the app sent `delivery_id`. Did it mean `deliveryId`?"_s
        << u"Rename `delivery_id` to `deliveryId` in the app, or rename it in the plan."_s;
    QTest::newRow("missing") << finding(PlanRequired, "/properties/deliveryId", {u"deliveryId"_s, QString()})
                             << u"`deliveryId` is required, but it is missing."_s
                             << u"Send `deliveryId`, or make it optional in the plan."_s;
    QTest::newRow("unplanned with a near one")
        << finding(PlanUnplannedEvent, "/event", {u"Order Complete"_s, u"Order Completed"_s})
        << u"`Order Complete` is not in the tracking plan. Did the app mean `Order Completed`?"_s
        << u"Rename it to `Order Completed` in the app, or add `Order Complete` to the plan."_s;
    QTest::newRow("unplanned by a stray space")
        << finding(PlanUnplannedEvent, "/event", {u"Order  Completed "_s, u"Order Completed"_s})
        << u"`Order␣␣Completed␣` is not in the tracking plan, but `Order Completed` is: only spaces differ."_s
        << u"Rename it to `Order Completed` in the app, or add `Order␣␣Completed␣` to the plan."_s;
    QTest::newRow("unplanned without a name")
        << finding(PlanUnplannedEvent, "/event", {QString(), QString()})
        << u"The event has no name, so it is not in the tracking plan."_s << u"Name the event in the call."_s;
    QTest::newRow("planned for other sources")
        << finding(PlanUnplannedSource, "/event",
                   {u"Order Completed"_s, u"Pilot UI"_s, u"Tracker UI, Merchant UI"_s})
        << u"`Order Completed` came from Pilot UI, but it is planned for Tracker UI, Merchant UI only."_s
        << u"Stop sending it from Pilot UI, or add Pilot UI to the event's sources in the plan."_s;
    QTest::newRow("object on several lines")
        << finding(PlanConst, "/properties/shop", {u"{\n  \"open\":  true\n}"_s, u"\"a\nb\""_s})
        << u"`shop` should be { \"open\": true }, but the app sent \"a⏎b\"."_s
        << u"Send { \"open\": true }, or change the value in the plan."_s;
    QTest::newRow("range") << finding(PlanRange, "/properties/tip", {u">="_s, u"0"_s, u"-3"_s})
                           << u"`tip` should be at least 0, but the app sent -3."_s
                           << u"Correct the number in the app, or change the limit in the plan."_s;
    QTest::newRow("value of an older store, without types")
        << finding(PlanEnum, "/properties/state", {u"open, closed"_s, u"Open"_s, u"open"_s})
        << u"`state` should be \"open\", but the app sent \"Open\": only the capitals differ."_s
        << u"Send \"open\", or add \"Open\" to the plan."_s;
    QTest::newRow("branches of an older store")
        << finding(PlanAnyOf, "/properties/state", {u"2"_s})
        << u"`state` should have one of two planned forms, but it fits none of them."_s
        << u"Send one of the planned forms, or add this one to the plan."_s;
    QTest::newRow("length of an older store")
        << finding(PlanLength, "/properties/state", {u"at most"_s, u"2"_s, u"3"_s})
        << u"`state` should have at most 2 characters, but it has 3."_s
        << u"Shorten the text in the app, or allow longer ones in the plan."_s;
    QTest::newRow("under a condition and in a form")
        << finding(PlanRange, "",
                   {u">="_s, u"1"_s, u"0"_s, QString(), QString(), QString(), u"Card"_s, u"3"_s,
                    u"/properties/method"_s + event::partSeparator + u"is"_s + event::partSeparator +
                        u"\"card\""_s})
        << u"Because `method` is \"card\", in the form \"Card\", the event should be at least 1, but the app sent 0."_s
        << u"Correct the number in the app, or change the limit in the plan."_s;
    QTest::newRow("naming")
        << finding(NameTense, "/event", {u"Button Click"_s, u"Click"_s, u"Button Clicked"_s})
        << u"`Button Click` should say in the past tense what happened; `Click` does not."_s
        << u"Rename it to `Button Clicked`."_s;
    QTest::newRow("skewed clock")
        << finding(ProtocolClockSkew, "/sentAt", {u"61"_s, u"2026-11-24T01:17:15.000Z"_s})
        << u"The sender's clock is 61 seconds away from ours, or the event waited that long; Segment corrects its `timestamp` to 2026-11-24 01:17:15 UTC."_s
        << u"Check the clock of the device; after a time offline this is only the delay."_s;
    QTest::newRow("skewed clock without a timestamp")
        << finding(ProtocolClockSkew, "/sentAt", {u"61"_s, QString()})
        << u"The sender's clock is 61 seconds away from ours, or the event waited that long; Segment shifts its `timestamp` by it."_s
        << u"Check the clock of the device; after a time offline this is only the delay."_s;
    QTest::newRow("late")
        << finding(ProtocolLate, "/timestamp", {u"600"_s, u"2026-11-24T01:07:25.000Z"_s})
        << u"The event was sent 600 seconds after it happened; Segment files it under 2026-11-24 01:07:25 UTC."_s
        << u"After a time offline this is expected; else flush earlier."_s;
    QTest::newRow("reserved trait")
        << finding(ProtocolReservedType, "/traits/age", {u"number"_s, u"string"_s, u"33"_s})
        << u"`age` has a fixed meaning for Segment and should be a number, but the app sent the text \"33\"."_s
        << u"Send a number, or give the value another name."_s;
    QTest::newRow("currency")
        << finding(ProtocolReservedType, "/properties/currency", {u"currency"_s, u"string"_s, u"€"_s})
        << u"`currency` has a fixed meaning for Segment and should be a currency of ISO 4217 (three letters, as EUR), but the app sent the text \"€\"."_s
        << u"Send a currency of ISO 4217 (three letters, as EUR), or give the value another name."_s;
    QTest::newRow("wrong field")
        << finding(ProtocolWrongField, "/properties", {u"properties"_s, u"identify"_s, u"traits"_s})
        << u"A call of type identify has no field `properties`: Segment passes it by."_s
        << u"Send it as `traits`."_s;
    QTest::newRow("wrong field of no place")
        << finding(ProtocolWrongField, "/previousId", {u"previousId"_s, u"track"_s, QString()})
        << u"A call of type track has no field `previousId`: Segment passes it by."_s
        << u"Leave `previousId` out of such calls."_s;
    QTest::newRow("retry") << finding(ProtocolRetry, "", {u"2"_s})
                           << u"This is attempt 2 of the SDK: the one before it failed."_s
                           << u"Nothing to do here; look for the answer that the attempt before it got."_s;
    QTest::newRow("repeated request")
        << finding(ProtocolRepeatedRequest, "", {u"10"_s})
        << u"The same request came again and again: 10 attempts, all refused."_s
        << u"Mend what it was refused for; the SDK gives up only after its last attempt."_s;
    QTest::newRow("too large") << finding(ProtocolEventTooLarge, "", {u"41012"_s})
                               << u"The event has %1 bytes: Segment answers 400 to events over 32 KB."_s.arg(
                                      QLocale().toString(41012))
                               << u"Send fewer or shorter properties."_s;
}

void TstFindingWords::sentences()
{
    QFETCH(const event::Finding, finding);
    const event::FindingText text = engine::findingText(finding);
    QTEST(text.message, "message");
    QTEST(text.fix, "fix");
}

void TstFindingWords::longValuesAreCut()
{
    const QString value(5000, u'x');
    const event::FindingText text =
        engine::findingText(finding(PlanEnum, "/properties/state", {value, value, value}));
    for (const QString &sentence : {text.message, text.fix, text.expected, text.actual}) {
        QVERIFY(sentence.size() < 400);
    }
    QVERIFY(text.actual.contains(u'…'));

    // The cut falls between two halves of an emoji: neither half may stay alone.
    const QString emojis = u"a"_s + QString::fromUcs4(std::u32string(200, U'🚚').c_str());
    const QString actual =
        engine::findingText(finding(PlanConst, "/properties/state", {u"x"_s, emojis})).actual;
    QCOMPARE(QString::fromUtf8(actual.toUtf8()), actual);
    QVERIFY(actual.size() <= 80);
}

void TstFindingWords::sentTextIsNeverAMark()
{
    const event::FindingText text =
        engine::findingText(finding(PlanConst, "/properties/discount", {u"%2 off"_s, u"%1 off"_s}));
    QCOMPARE(text.message, u"`discount` should be %2 off, but the app sent %1 off."_s);
}

void TstFindingWords::hostilePatternsEndSoon_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("nested repeats") << u"^(a+)+$"_s;
    QTest::newRow("repeats in a row") << u"^"_s + u"\\w*"_s.repeated(30) + u"@-:T._+$"_s;
    QTest::newRow("a few repeats in a row") << u"^\\w*\\w*\\w*!$"_s;
    QTest::newRow("groups in groups") << u"^"_s + u"("_s.repeated(5000) + u")"_s.repeated(5000) + u"@$"_s;
    QTest::newRow("a huge count") << u"^[a-z]{99999999}$"_s;
    QTest::newRow("ECMA only") << u"^\\u{1F600}@-\\p{Letter}+$"_s;
    QTest::newRow("cut off") << u"^[a-"_s;
    QTest::newRow("ends with a backslash") << u"^a\\"_s;
}

/// The test's own time limit is the judge.
void TstFindingWords::hostilePatternsEndSoon()
{
    QFETCH(const QString, pattern);
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    const event::FindingText text =
        engine::findingText(finding(PlanPattern, "/properties/code", {pattern, QString(100, u'a')}));
    QVERIFY(text.message.startsWith(u"`code` should be "_s));
    QVERIFY(text.message.size() < 400);
}

QTEST_GUILESS_MAIN(TstFindingWords)
#include "tst_findingwords.moc"
