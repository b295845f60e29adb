// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/health.h"

#include <QTest>

using namespace Qt::StringLiterals;
using enum event::RuleId;

class TstHealth final : public QObject
{
    Q_OBJECT

private slots:
    void matchesNames_data();
    void matchesNames();
    void mutes_data();
    void mutes();
    void survivesItsJson();
    void defaultsAreNotWritten();
    void damagedPartsStayAtTheirDefaults();
};

void TstHealth::matchesNames_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *name, const QString &pattern, const QString &text, bool matches) {
        QTest::newRow(name) << pattern << text << matches;
    };
    row("equal", u"Order Paid"_s, u"Order Paid"_s, true);
    row("another case", u"order paid"_s, u"Order Paid"_s, true);
    row("only its beginning", u"Order"_s, u"Order Paid"_s, false);
    row("star at the end", u"Order*"_s, u"Order Paid"_s, true);
    row("star of nothing", u"Order Paid*"_s, u"Order Paid"_s, true);
    row("star at the front", u"*.example.com"_s, u"shop.example.com"_s, true);
    row("star at the front, another end", u"*.example.com"_s, u"shop.example.org"_s, false);
    row("star inside", u"a*c"_s, u"abcbc"_s, true);
    row("two stars", u"*b*d"_s, u"abcbcd"_s, true);
    row("star alone", u"*"_s, u"anything"_s, true);
    row("star alone, nothing", u"*"_s, QString(), true);
    row("nothing, something", QString(), u"a"_s, false);
    row("no regular expression", u"a.c"_s, u"abc"_s, false);
}

void TstHealth::matchesNames()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, text);
    QTEST(segment::matchesName(pattern, text), "matches");
}

void TstHealth::mutes_data()
{
    QTest::addColumn<QStringList>("mute"); ///< rule, source, event
    QTest::addColumn<bool>("isMuted");
    QTest::newRow("rule everywhere") << QStringList{u"protocol/clock-skew"_s, {}, {}} << true;
    QTest::newRow("another rule") << QStringList{u"protocol/late"_s, {}, {}} << false;
    QTest::newRow("all of a kind") << QStringList{u"protocol/*"_s, {}, {}} << true;
    QTest::newRow("its source") << QStringList{u"protocol/clock-skew"_s, u"shop"_s, {}} << true;
    QTest::newRow("another source") << QStringList{u"protocol/clock-skew"_s, u"Kiosk"_s, {}} << false;
    QTest::newRow("its event") << QStringList{u"protocol/clock-skew"_s, {}, u"Order*"_s} << true;
    QTest::newRow("another event") << QStringList{u"protocol/clock-skew"_s, {}, u"Cart*"_s} << false;
    QTest::newRow("source and event") << QStringList{u"*"_s, u"Shop"_s, u"Order Paid"_s} << true;
    QTest::newRow("source, but not event") << QStringList{u"*"_s, u"Shop"_s, u"Order Lost"_s} << false;
}

void TstHealth::mutes()
{
    QFETCH(const QStringList, mute);
    segment::HealthOptions options;
    options.mutes.push_back({mute[0], mute[1], mute[2]});
    QTEST(options.isMuted(ProtocolClockSkew, u"Shop"_s, u"Order Paid"_s), "isMuted");
    QVERIFY(!segment::HealthOptions().isMuted(ProtocolClockSkew, u"Shop"_s, u"Order Paid"_s));
}

void TstHealth::survivesItsJson()
{
    segment::HealthOptions options;
    options.maxEventBytes = 1'000;
    options.maxBatchBytes = 2'000;
    options.maxBatchEvents = 3;
    options.maxMessageIdCharacters = 36;
    options.clockSkewSeconds = 5;
    options.lateSeconds = 6;
    options.repeatMilliseconds = 0;
    options.burstCount = 8;
    options.burstSeconds = 9;
    options.developmentKeys = {u"00ff00ff00ff00ff"_s};
    options.productionApps = {u"Shop"_s, u"*.example.com"_s};
    options.mutes = {{u"protocol/late"_s, u"Küche"_s, {}}, {u"name/*"_s, {}, u"Order \"x\""_s}};
    QCOMPARE(segment::healthOptionsFromJson(segment::toJson(options)), options);
}

void TstHealth::defaultsAreNotWritten()
{
    QCOMPARE(segment::toJson({}), "{}"_ba);
    segment::HealthOptions options;
    options.lateSeconds = 60;
    QCOMPARE(segment::toJson(options), R"({"lateSeconds":60})"_ba);
}

void TstHealth::damagedPartsStayAtTheirDefaults()
{
    for (const char *json : {"", "[]", "nonsense", "{\"mutes\":7,\"lateSeconds\":\"x\"}",
                             "{\"burstCount\":-1,\"clockSkewSeconds\":99999999999,\"mutes\":[{},5]}"}) {
        QCOMPARE(segment::healthOptionsFromJson(json), segment::HealthOptions());
    }
    const segment::HealthOptions half = segment::healthOptionsFromJson(
        R"({"burstCount":"many","burstSeconds":3,"mutes":[7,{"rule":"a/b"}]})");
    QCOMPARE(half.burstCount, segment::HealthOptions().burstCount);
    QCOMPARE(half.burstSeconds, 3);
    QCOMPARE(half.mutes.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TstHealth)
#include "tst_health.moc"
