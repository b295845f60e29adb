// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/parser.h"
#include "json/quote.h"

#include <QtTest>

using namespace Qt::StringLiterals;

class TstQuote : public QObject
{
    Q_OBJECT

private slots:
    void quotes_data();
    void quotes();
};

void TstQuote::quotes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("quoted");
    QTest::newRow("empty") << ""_ba
                           << "\"\""_ba;
    QTest::newRow("plain") << "Order Completed"_ba
                           << "\"Order Completed\""_ba;
    QTest::newRow("quote and backslash") << "a\"b\\c"_ba
                                         << R"("a\"b\\c")"_ba;
    QTest::newRow("slash stays") << "a/b"_ba
                                 << "\"a/b\""_ba;
    QTest::newRow("control characters")
        << QByteArray("\0\b\f\n\r\t\x1F\x7F", 8) << "\"\\u0000\\b\\f\\n\\r\\t\\u001f\x7F\""_ba;
    QTest::newRow("other scripts") << "é日😀"_ba
                                   << "\"é日😀\""_ba;
    QTest::newRow("invalid UTF-8") << "a\xFF\xC3z"_ba
                                   << "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\""_ba;
}

void TstQuote::quotes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, quoted);
    QCOMPARE(json::quoted({text.constData(), static_cast<std::size_t>(text.size())}), quoted);
    json::Parser parser;
    QVERIFY(parser.parse(quoted, json::Leniency::Strict).has_value());
}

QTEST_GUILESS_MAIN(TstQuote)
#include "tst_quote.moc"
