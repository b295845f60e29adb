// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/isotime.h"

#include <QtTest>

using namespace Qt::StringLiterals;

class TstIsoTime : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void writes();
};

void TstIsoTime::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qlonglong>("timeUs");              ///< -1: no time
    constexpr qlonglong second = 1'795'483'045'000'000; // 2026-11-24T01:17:25Z
    QTest::newRow("JavaScript") << "2026-11-24T01:17:25.672Z"_ba << second + 672'000;
    QTest::newRow("Python") << "2026-11-24T01:17:25.672+00:00"_ba << second + 672'000;
    QTest::newRow("Go, nanoseconds") << "2026-11-24T01:17:25.123456789Z"_ba << second + 123'456;
    QTest::newRow("PHP date c") << "2026-11-24T02:17:25+01:00"_ba << second;
    QTest::newRow("NET o") << "2026-11-23T19:47:25.1234567-05:30"_ba << second + 123'456;
    QTest::newRow("zone without colon") << "2026-11-24T02:17:25+0100"_ba << second;
    QTest::newRow("zone of hours") << "2026-11-24T02:17:25+01"_ba << second;
    QTest::newRow("no zone is UTC") << "2026-11-24T01:17:25.5"_ba << second + 500'000;
    QTest::newRow("space") << "2026-11-24 01:17:25Z"_ba << second;
    QTest::newRow("no seconds") << "2026-11-24T01:17Z"_ba << second - 25'000'000;
    QTest::newRow("date") << "2026-11-24"_ba << second - (77 * 60 + 25) * 1'000'000LL;
    QTest::newRow("epoch") << "1970-01-01T00:00:00Z"_ba << 0LL;
    QTest::newRow("Go's zero time") << "0001-01-01T00:00:00Z"_ba << -62'135'596'800'000'000LL;
    QTest::newRow("leap second") << "2016-12-31T23:59:60Z"_ba << 1'483'228'800'000'000LL;
    for (const char *text :
         {"", "yesterday", "2026-11-24T", "2026-13-01", "2026-02-30", "2026-11-24T25:00:00Z",
          "2026-11-24T01:60:00Z", "2026-11-24T01:17:25.Z", "2026-11-24T01:17:25.1234567890Z",
          "2026-11-24T01:17:25Zx", "2026-11-24T01:17:25+1", "1795483045", "24.11.2026",
          "2026-11-24T01:17:25 UTC"}) {
        QTest::addRow("not a time: %s", text) << QByteArray(text) << -1LL;
    }
}

void TstIsoTime::parses()
{
    QFETCH(QByteArray, text);
    QFETCH(qlonglong, timeUs);
    const auto parsed = segment::parseIsoTimeUs({text.constData(), static_cast<std::size_t>(text.size())});
    QCOMPARE(parsed.value_or(-1), timeUs);
}

void TstIsoTime::writes()
{
    QCOMPARE(segment::isoTime(1'795'483'045'672'999), "2026-11-24T01:17:25.672Z"_ba);
}

QTEST_GUILESS_MAIN(TstIsoTime)
#include "tst_isotime.moc"
