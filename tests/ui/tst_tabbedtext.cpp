// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/tabbedtext.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TstTabbedText : public QObject
{
    Q_OBJECT
private slots:
    void read_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ui::CellBlock>("block");
        QTest::newRow("nothing") << QString() << ui::CellBlock();
        QTest::newRow("one cell") << u"a"_s << ui::CellBlock{{u"a"_s}};
        QTest::newRow("LibreOffice") << u"a\tb\nc\td\n"_s
                                     << ui::CellBlock{{u"a"_s, u"b"_s}, {u"c"_s, u"d"_s}};
        QTest::newRow("Excel") << u"a\tb\r\nc\t\r\n"_s
                               << ui::CellBlock{{u"a"_s, u"b"_s}, {u"c"_s, QString()}};
        QTest::newRow("a line in a cell")
            << u"\"two\nlines\"\tb\n"_s << ui::CellBlock{{u"two\nlines"_s, u"b"_s}};
        QTest::newRow("quotes in a cell") << u"\"say \"\"hi\"\"\"\n"_s << ui::CellBlock{{u"say \"hi\""_s}};
        QTest::newRow("a lone quote") << u"\"\tb\n"_s << ui::CellBlock{{u"\""_s, u"b"_s}};
        QTest::newRow("an inch") << u"5\"\tb\n"_s << ui::CellBlock{{u"5\""_s, u"b"_s}};
        QTest::newRow("an empty row between")
            << u"a\n\nb\n"_s << ui::CellBlock{{u"a"_s}, {QString()}, {u"b"_s}};
        QTest::newRow("no end") << u"a\nb"_s << ui::CellBlock{{u"a"_s}, {u"b"_s}};
    }
    void read()
    {
        QFETCH(QString, text);
        QFETCH(ui::CellBlock, block);
        QCOMPARE(ui::fromTabbedText(text), block);
    }

    void writtenIsRead()
    {
        const ui::CellBlock block{{u"plain"_s, u"a\tb"_s, u"\"quoted\""_s},
                                  {u"two\nlines"_s, QString(), u","_s}};
        QCOMPARE(ui::fromTabbedText(ui::toTabbedText(block)), block);
        QCOMPARE(ui::toTabbedText({{u"a"_s, u"b"_s}}), u"a\tb\n"_s);
    }
};

QTEST_GUILESS_MAIN(TstTabbedText)
#include "tst_tabbedtext.moc"
