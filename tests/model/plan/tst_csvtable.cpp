// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/csvtable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using plan::formats::CsvTable;

class TstCsvTable : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void columnsByName();
    void hugeFilesEndEarly();
    void writtenIsReadAgain();
};

void TstCsvTable::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("first");
    QTest::newRow("plain") << "a,b\n1,2\n"_ba << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("no line end") << "a,b\n1,2"_ba << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("windows") << "a,b\r\n1,2\r\n"_ba << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF"
                                        "a,b\n1,2\n"_ba
                                     << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("semicolons") << "a;b\n1,5;2\n"_ba << QStringList{u"1,5"_s, u"2"_s};
    QTest::newRow("tabs") << "a\tb\n1\t2\n"_ba << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("quotes") << "a,b\n\"x, \"\"y\"\"\",2\n"_ba << QStringList{u"x, \"y\""_s, u"2"_s};
    QTest::newRow("line end in a cell") << "a,b\n\"x\ny\",2\n"_ba << QStringList{u"x\ny"_s, u"2"_s};
    QTest::newRow("spaces round a cell") << "a,b\n x , \n"_ba << QStringList{u"x"_s, QString()};
    QTest::newRow("spaces in quotes stay") << "a,b\n\" x \",2\n"_ba << QStringList{u" x "_s, u"2"_s};
    QTest::newRow("empty cells") << "a,b\n,2\n"_ba << QStringList{QString(), u"2"_s};
    QTest::newRow("blank lines") << "\n\na,b\n\n1,2\n"_ba << QStringList{u"1"_s, u"2"_s};
    QTest::newRow("short row") << "a,b\n1\n"_ba << QStringList{u"1"_s, QString()};
    QTest::newRow("letters of the world")
        << "a,b\nZo\xC3\xAB,\xE2\x82\xAC\n"_ba << QStringList{u"Zo\u00EB"_s, u"\u20AC"_s};
}

void TstCsvTable::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, first);
    const auto table = CsvTable::read(text);
    QVERIFY2(table.has_value(), table ? "" : qPrintable(table.error().oneLine()));
    QCOMPARE(table->rowCount(), std::size_t{1});
    QCOMPARE((QStringList{table->cell(0, 0), table->cell(0, 1)}), first);
}

void TstCsvTable::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("empty") << "\n"_ba << u"It is empty."_s;
    QTest::newRow("open quote") << "a,b\n1,2\n\"x,2\n"_ba << u"Line 3: A quote is opened and never closed."_s;
    QTest::newRow("after a quote") << "a,b\n\"x\"y,2\n"_ba
                                   << u"Line 2: Something follows the closing quote of a cell."_s;
    QTest::newRow("too many cells") << "a,b\n1,2,3\n"_ba
                                    << u"Line 2: The row has 3 cells, but the header has 2."_s;
    QTest::newRow("huge cell") << "a\n" + QByteArray(2'000'000, 'x')
                               << u"Line 2: A cell has more than 1 MB."_s;
    QTest::newRow("huge quoted cell") << "a\n\"" + QByteArray(2'000'000, 'x') + "\"\n"
                                      << u"Line 2: A cell has more than 1 MB."_s;
}

void TstCsvTable::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    const auto table = CsvTable::read(text);
    QVERIFY(!table);
    QCOMPARE(table.error().why, why);
    QVERIFY(!table.error().fix.isEmpty());
}

void TstCsvTable::columnsByName()
{
    const auto table = CsvTable::read("event_name,Is Property Required?,Notes\nx,yes,n\n");
    QVERIFY(table);
    QCOMPARE(table->column({u"Event Name"}), 0);
    QCOMPARE(table->column({u"Required", u"Is property required"}), 1);
    QCOMPARE(table->column({u"Labels"}), -1);
    QCOMPARE(table->cell(0, -1), QString());
    QCOMPARE(table->unaskedColumns(), QStringList{u"Notes"_s});
}

void TstCsvTable::hugeFilesEndEarly()
{
    QByteArray text = "Event Name,Property Name\n";
    text.reserve(110'000'000);
    while (text.size() < 100'000'000) {
        text += "Order Completed,orderId\nOrder Completed,total\nOrder Completed,\"a much longer name of a "
                "property\"\n";
    }
    const auto table = CsvTable::read(text);
    QVERIFY(!table);
    QCOMPARE(table.error().code, base::ErrorCode::Limit);
}

void TstCsvTable::writtenIsReadAgain()
{
    const QStringList header{u"A"_s, u"B"_s};
    const std::vector<QStringList> rows{
        {u"x,y"_s, u"\"q\""_s}, {u" spaces "_s, u"two\nlines"_s}, {u"=SUM(A1)"_s, u"-1"_s}};
    const auto table = CsvTable::read(plan::formats::csvText(header, rows));
    QVERIFY(table);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        QCOMPARE((QStringList{table->cell(row, 0), table->cell(row, 1)}), rows[row]);
    }
}

QTEST_GUILESS_MAIN(TstCsvTable)
#include "tst_csvtable.moc"
