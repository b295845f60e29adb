// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/filterterms.h"

#include "filter/query.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TstFilterTerms : public QObject
{
    Q_OBJECT
private slots:
    void toggles_data();
    void toggles();
    void stateFollowsTheText_data();
    void stateFollowsTheText();
    void quotesWhatTheLanguageNeeds_data();
    void quotesWhatTheLanguageNeeds();
    void dropsAField();
    void sourcesComeOnTop_data();
    void sourcesComeOnTop();
};

void TstFilterTerms::toggles_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isExclude");
    QTest::addColumn<QString>("after");

    QTest::newRow("first value") << u""_s << u"Pilot UI"_s << false << u"source:\"Pilot UI\""_s;
    QTest::newRow("keeps the rest") << u"has:violation \"order placed\""_s << u"web"_s << false
                                    << u"has:violation \"order placed\" source:web"_s;
    QTest::newRow("second value joins with OR") << u"source:web type:track"_s << u"Pilot UI"_s << false
                                                << u"(source:web OR source:\"Pilot UI\") type:track"_s;
    QTest::newRow("third value") << u"(source:a OR source:b)"_s << u"c"_s << false
                                 << u"(source:a OR source:b OR source:c)"_s;
    QTest::newRow("takes one of two away") << u"(source:a OR source:b)"_s << u"a"_s << false << u"source:b"_s;
    QTest::newRow("takes the last away") << u"type:page source:a"_s << u"a"_s << false << u"type:page"_s;
    QTest::newRow("whatever the case") << u"source:WEB"_s << u"web"_s << false << u""_s;
    QTest::newRow("an OR at the top is kept together")
        << u"type:page OR type:track"_s << u"a"_s << false << u"(type:page OR type:track) source:a"_s;
    QTest::newRow("exclude") << u"type:page"_s << u"a"_s << true << u"type:page -source:a"_s;
    QTest::newRow("exclude again lets go") << u"type:page -source:a"_s << u"a"_s << true << u"type:page"_s;
    QTest::newRow("exclude what was included") << u"source:a"_s << u"a"_s << true << u"-source:a"_s;
    QTest::newRow("include what was excluded") << u"-source:a"_s << u"a"_s << false << u"source:a"_s;
    QTest::newRow("another field's group stays")
        << u"(type:page OR type:track)"_s << u"a"_s << false << u"(type:page OR type:track) source:a"_s;
}

void TstFilterTerms::toggles()
{
    QFETCH(const QString, before);
    QFETCH(const QString, value);
    QFETCH(const bool, isExclude);
    QFETCH(const QString, after);
    const QString made = isExclude ? ui::withExcludeToggled(before, u"source"_s, value)
                                   : ui::withIncludeToggled(before, u"source"_s, value);
    QCOMPARE(made, after);
    QVERIFY2(filter::parse(made).has_value(), qPrintable(made));
}

void TstFilterTerms::stateFollowsTheText_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("state");
    QTest::newRow("absent") << u"type:page"_s << static_cast<int>(ui::TermState::Absent);
    QTest::newRow("included") << u"type:page source:\"Pilot UI\""_s
                              << static_cast<int>(ui::TermState::Included);
    QTest::newRow("in a group") << u"(source:web OR source:\"Pilot UI\")"_s
                                << static_cast<int>(ui::TermState::Included);
    QTest::newRow("excluded") << u"-source:\"Pilot UI\""_s << static_cast<int>(ui::TermState::Excluded);
    QTest::newRow("in a mixed group")
        << u"(type:page OR source:\"Pilot UI\")"_s << static_cast<int>(ui::TermState::Absent);
    QTest::newRow("one branch of an OR")
        << u"type:page OR source:\"Pilot UI\""_s << static_cast<int>(ui::TermState::Absent);
}

void TstFilterTerms::stateFollowsTheText()
{
    QFETCH(const QString, filter);
    QFETCH(const int, state);
    QCOMPARE(static_cast<int>(ui::termState(filter, u"source"_s, u"Pilot UI"_s)), state);
}

void TstFilterTerms::quotesWhatTheLanguageNeeds_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("term");
    QTest::newRow("plain") << u"order_placed"_s << u"event:order_placed"_s;
    QTest::newRow("space") << u"Order Placed"_s << u"event:\"Order Placed\""_s;
    QTest::newRow("quote") << u"say \"hi\""_s << u"event:\"say \\\"hi\\\"\""_s;
    QTest::newRow("backslash") << u"a\\b"_s << u"event:\"a\\\\b\""_s;
    QTest::newRow("wildcard stays a star") << u"a*b"_s << u"event:\"a*b\""_s;
    QTest::newRow("range") << u"1..2"_s << u"event:\"1..2\""_s;
    QTest::newRow("comparison") << u">5"_s << u"event:\">5\""_s;
}

void TstFilterTerms::quotesWhatTheLanguageNeeds()
{
    QFETCH(const QString, value);
    QFETCH(const QString, term);
    QCOMPARE(ui::termText(u"event"_s, value), term);
    QVERIFY(filter::parse(term).has_value());
}

void TstFilterTerms::dropsAField()
{
    QCOMPARE(ui::withoutField(u"time:>10:30 type:page (time:1 OR time:2) -time:9"_s, u"time"_s),
             u"type:page"_s);
}

void TstFilterTerms::sourcesComeOnTop_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("muted");
    QTest::addColumn<QStringList>("solo");
    QTest::addColumn<QString>("asked");
    const QStringList none;
    QTest::newRow("nothing") << u"type:track"_s << none << none << u"type:track"_s;
    QTest::newRow("muted") << u""_s << QStringList{u"Pilot UI"_s, u"web"_s} << none
                           << u"-source:\"Pilot UI\" -source:web"_s;
    QTest::newRow("beside a filter") << u"type:track"_s << QStringList{u"web"_s} << none
                                     << u"type:track -source:web"_s;
    QTest::newRow("below an OR") << u"type:track OR type:page"_s << QStringList{u"web"_s} << none
                                 << u"(type:track OR type:page) -source:web"_s;
    QTest::newRow("asked for though muted")
        << u"source:web"_s << QStringList{u"web"_s} << none << u"source:web"_s;
    QTest::newRow("already hidden") << u"-source:web"_s << QStringList{u"web"_s} << none << u"-source:web"_s;
    QTest::newRow("solo") << u"type:track"_s << none << QStringList{u"web"_s} << u"type:track source:web"_s;
    QTest::newRow("solo of two names")
        << u""_s << none << QStringList{u"web"_s, u"Web UI"_s} << u"(source:web OR source:\"Web UI\")"_s;
    QTest::newRow("solo wins") << u""_s << QStringList{u"web"_s} << QStringList{u"web"_s} << u"source:web"_s;
}

void TstFilterTerms::sourcesComeOnTop()
{
    QFETCH(const QString, filter);
    QFETCH(const QStringList, muted);
    QFETCH(const QStringList, solo);
    const QString asked = ui::withSources(filter, muted, solo);
    QTEST(asked, "asked");
    QVERIFY(filter::parse(asked).has_value());
}

QTEST_GUILESS_MAIN(TstFilterTerms)
#include "tst_filterterms.moc"
