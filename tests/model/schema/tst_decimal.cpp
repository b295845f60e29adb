// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/numbers.h"

#include <QTest>

using schema::Decimal;

class TstDecimal : public QObject
{
    Q_OBJECT

private slots:
    void order_data();
    void order();
    void equalNumbersHaveEqualHashes();
    void integers_data();
    void integers();
    void multiples_data();
    void multiples();
    void counts();
    void noNumbers_data();
    void noNumbers();
    void limits();
};

void TstDecimal::order_data()
{
    QTest::addColumn<QByteArray>("less");
    QTest::addColumn<QByteArray>("greater");
    const auto row = [](const char *less, const char *greater) {
        QTest::newRow(less) << QByteArray(less) << QByteArray(greater);
    };
    row("1", "2");
    row("-2", "-1");
    row("-1", "0");
    row("9", "10");
    row("0.1", "0.11");
    row("0.09", "0.1");
    row("9007199254740992", "9007199254740993"); // one double for both
    row("9223372036854775807", "9223372036854775808");
    row("-9223372036854775809", "-9223372036854775808");
    row("1e-400", "2e-400");
    row("1e400", "2e400");
    row("99e398", "1e400");
    row("-1e400", "-99e398");
    row("0.30000000000000004", "0.300000000000000041");
    row("1e999999999999999999999", "2e999999999999999999999");
}

void TstDecimal::order()
{
    QFETCH(QByteArray, less);
    QFETCH(QByteArray, greater);
    const auto a = Decimal::parse(less.toStdString());
    QVERIFY(a.has_value());
    // The texts outlive the views.
    const std::string lessText = less.toStdString();
    const std::string greaterText = greater.toStdString();
    const Decimal one = *Decimal::parse(lessText);
    const Decimal other = *Decimal::parse(greaterText);
    QVERIFY(one < other);
    QVERIFY(other > one);
    QVERIFY(one == one);
    QVERIFY(!(one == other));
}

void TstDecimal::equalNumbersHaveEqualHashes()
{
    for (const auto &[a, b] : {std::pair{"1", "1.0"},
                               {"100", "1e2"},
                               {"100", "1E+2"},
                               {"0.5", "5e-1"},
                               {"0", "-0.00"},
                               {"0e9", "0"},
                               {"1230", "1.23e3"},
                               {"-0.010", "-1e-2"}}) {
        const Decimal one = *Decimal::parse(a);
        const Decimal other = *Decimal::parse(b);
        QVERIFY2(one == other, a);
        QCOMPARE(one.hash(), other.hash());
    }
}

void TstDecimal::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isInteger");
    const auto row = [](const char *text, bool isInteger) {
        QTest::newRow(text) << QByteArray(text) << isInteger;
    };
    row("1", true);
    row("1.0", true);
    row("1.5", false);
    row("15e-1", false);
    row("10e-1", true);
    row("1e400", true);
    row("1.23e2", true);
    row("1.234e2", false);
    row("0.0", true);
    row("-0", true);
    row("98249283749234923498293171823948729348710298301928331", true);
    row("NaN", false);
    row("-Infinity", false);
}

void TstDecimal::integers()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isInteger);
    QCOMPARE(schema::isIntegerText(text.toStdString()), isInteger);
}

void TstDecimal::multiples_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("factor");
    QTest::addColumn<bool>("isMultiple");
    const auto row = [](const char *number, const char *factor, bool isMultiple) {
        QTest::addRow("%s of %s", number, factor) << QByteArray(number) << QByteArray(factor) << isMultiple;
    };
    row("10", "2", true);
    row("7", "2", false);
    row("0", "3", true);
    row("-9", "3", true);
    row("0.3", "0.1", true); // not by floating division
    row("19.99", "0.01", true);
    row("19.995", "0.01", false);
    row("4.5", "1.5", true);
    row("35", "1.5", false);
    row("0.0075", "0.0001", true);
    row("0.00751", "0.0001", false);
    row("1e308", "0.123456789", false);
    row("12391239123", "1e-8", true);
    row("1e1000", "7", false);
    row("7e1000", "7", true);
    row("98249283749234923498293171823948729348710298301928331", "3", false);
    row("98249283749234923498293171823948729348710298301928330", "10", true);
    row("1", "999999999999999999", false);
    row("1000", "1e3", true);
    row("100", "1e3", false);
}

void TstDecimal::multiples()
{
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, factor);
    QFETCH(bool, isMultiple);
    const std::string numberText = number.toStdString();
    const std::string factorText = factor.toStdString();
    QCOMPARE(Decimal::parse(numberText)->isMultipleOf(*Decimal::parse(factorText)), isMultiple);
}

void TstDecimal::counts()
{
    QCOMPARE(Decimal::parse("2.0")->toCount(), std::optional<std::uint64_t>(2));
    QCOMPARE(Decimal::parse("1e30")->toCount(), std::optional(std::numeric_limits<std::uint64_t>::max()));
    QVERIFY(!Decimal::parse("-1")->toCount());
    QVERIFY(!Decimal::parse("2.5")->toCount());
    QCOMPARE(Decimal::parse("-123456789012345678")->toSmallInteger(),
             std::optional<std::int64_t>(-123456789012345678));
    QVERIFY(!Decimal::parse("1234567890123456789")->toSmallInteger());
}

void TstDecimal::noNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "-", "NaN", "Infinity", "-Infinity", "1.", ".5", "1e", "1e+", "1x", "1.5.5", "0x10"}) {
        QTest::addRow("\"%s\"", text) << QByteArray(text);
    }
}

void TstDecimal::noNumbers()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Decimal::parse(text.toStdString()));
}

void TstDecimal::limits()
{
    const auto limit = schema::Limit::parse("9007199254740992");
    QVERIFY(limit.has_value());
    QVERIFY(limit->compare("9007199254740993") == std::strong_ordering::greater);
    QVERIFY(limit->compare("9007199254740992.0") == std::strong_ordering::equal);
    QVERIFY(limit->compare("1e3") == std::strong_ordering::less);
    QVERIFY(!limit->compare("NaN").has_value());
    for (const char *limitText : {"-1", "0", "1", "1.5"}) {
        const auto other = schema::Limit::parse(limitText);
        for (const char *text :
             {"-1.5", "-1.0", "-1", "-0.5", "0.0", "-0", "0.25", "1.00", "1.25", "1.5", "2", "1e0",
              "123456789012345678", "1234567890123456789", "-1234567890123456789.5"}) {
            QVERIFY2(other->compare(text) == (*Decimal::parse(text) <=> *Decimal::parse(limitText)), text);
        }
    }
}

QTEST_GUILESS_MAIN(TstDecimal)
#include "tst_decimal.moc"
