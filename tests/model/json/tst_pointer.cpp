// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "json/parser.h"
#include "json/pointer.h"

#include <QtTest>

using namespace Qt::StringLiterals;

class TstPointer : public QObject
{
    Q_OBJECT

private slots:
    void resolves_data();
    void resolves();
    void buildsAndTakesApart();
    void leadsToAnOffset_data();
    void leadsToAnOffset();
};

void TstPointer::resolves_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("raw"); ///< null: leads nowhere
    // RFC 6901, section 5.
    QTest::newRow("whole array") << "/foo"_ba
                                 << R"(["bar", "baz"])"_ba;
    QTest::newRow("first element") << "/foo/0"_ba
                                   << "\"bar\""_ba;
    QTest::newRow("empty key") << "/"_ba
                               << "0"_ba;
    QTest::newRow("slash") << "/a~1b"_ba
                           << "1"_ba;
    QTest::newRow("percent") << "/c%d"_ba
                             << "2"_ba;
    QTest::newRow("caret") << "/e^f"_ba
                           << "3"_ba;
    QTest::newRow("bar") << "/g|h"_ba
                         << "4"_ba;
    QTest::newRow("backslash") << "/i\\j"_ba
                               << "5"_ba;
    QTest::newRow("quote") << "/k\"l"_ba
                           << "6"_ba;
    QTest::newRow("space") << "/ "_ba
                           << "7"_ba;
    QTest::newRow("tilde") << "/m~0n"_ba
                           << "8"_ba;
    QTest::newRow("tilde before one") << "/~01"_ba
                                      << "9"_ba;
    QTest::newRow("past the array") << "/foo/2"_ba << QByteArray();
    QTest::newRow("leading zero") << "/foo/00"_ba << QByteArray();
    QTest::newRow("the element behind the last") << "/foo/-"_ba << QByteArray();
    QTest::newRow("negative index") << "/foo/-1"_ba << QByteArray();
    QTest::newRow("into a number") << "/ /x"_ba << QByteArray();
    QTest::newRow("unknown key") << "/nothing/at/all"_ba << QByteArray();
    QTest::newRow("no slash in front") << "foo"_ba << QByteArray();
}

void TstPointer::resolves()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, raw);
    const QByteArray source =
        R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5,)"
        R"( "k\"l": 6, " ": 7, "m~n": 8, "~1": 9})";
    json::Parser parser;
    const auto parsed = parser.parse(source);
    QVERIFY(parsed.has_value());
    const json::Value root = (*parsed)->root();
    QCOMPARE(json::Pointer{}.resolve(root).raw(), source.toStdString());
    const json::Value found = json::Pointer(pointer.toStdString()).resolve(root);
    QCOMPARE(found.isMissing(), raw.isNull());
    QCOMPARE(found.raw(), raw.toStdString());
}

void TstPointer::buildsAndTakesApart()
{
    const json::Pointer root;
    QVERIFY(root.isRoot());
    QVERIFY(root.tokens().empty());
    QCOMPARE(root.lastToken(), "");
    QVERIFY(root.parent().isRoot());
    const json::Pointer pointer = root.child("properties").child("order/id~").child(3U).child("");
    QCOMPARE(pointer.text(), "/properties/order~1id~0/3/");
    QCOMPARE(pointer.toString(), u"/properties/order~1id~0/3/"_s);
    QCOMPARE(pointer.tokens(), (std::vector<std::string>{"properties", "order/id~", "3", ""}));
    QCOMPARE(pointer.lastToken(), "");
    QCOMPARE(pointer.parent().parent().lastToken(), "order/id~");
    QCOMPARE(pointer.parent().parent().parent(), root.child("properties"));
    QVERIFY(!pointer.isRoot());
}

void TstPointer::leadsToAnOffset_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("pointer");
    // {"a/b":[10,{"c":true}],"d":2}
    QTest::newRow("brace") << 0 << QString();
    QTest::newRow("key") << 2 << u"/a~1b"_s;
    QTest::newRow("first element") << 8 << u"/a~1b/0"_s;
    QTest::newRow("comma") << 10 << u"/a~1b"_s;
    QTest::newRow("inner key") << 13 << u"/a~1b/1/c"_s;
    QTest::newRow("inner value") << 17 << u"/a~1b/1/c"_s;
    QTest::newRow("last value") << 27 << u"/d"_s;
    QTest::newRow("outside") << 99 << QString();
}

void TstPointer::leadsToAnOffset()
{
    QFETCH(int, offset);
    QFETCH(QString, pointer);
    json::Parser parser;
    const auto parsed = parser.parse(R"({"a/b":[10,{"c":true}],"d":2})");
    QCOMPARE(json::Pointer::toOffset((*parsed)->root(), static_cast<std::uint32_t>(offset)).toString(),
             pointer);
}

QTEST_GUILESS_MAIN(TstPointer)
#include "tst_pointer.moc"
