// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/query.h"

#include <QTest>

using namespace Qt::StringLiterals;
using filter::Field;

class TstComplete : public QObject
{
    Q_OBJECT

private slots:
    void candidates_data()
    {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<int>("from");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QString &text, int from, const QStringList &expected) {
            QTest::newRow(name) << text << from << expected;
        };
        row("field", u"ty|"_s, 0, {u"type:"_s});
        row("two fields", u"s|"_s, 0, {u"source:"_s, u"status:"_s, u"session:"_s});
        row("in capitals", u"TY|"_s, 0, {u"type:"_s});
        row("second term", u"a st|"_s, 2, {u"status:"_s});
        row("behind a minus", u"-st|"_s, 1, {u"status:"_s});
        row("behind a parenthesis", u"(st|"_s, 1, {u"status:"_s});
        row("before other text", u"ty| status:valid"_s, 0, {u"type:"_s});
        row("field with paths", u"pr|"_s, 0, {u"prop."_s});
        row("paths", u"prop.de|"_s, 0, {u"prop.deliveryId:"_s, u"prop.delivery\\ note:"_s});
        row("destinations", u"delivery.|"_s, 0, {u"delivery.Amplitude:"_s});
        row("types", u"type:|"_s, 5,
            {u"track"_s, u"page"_s, u"screen"_s, u"identify"_s, u"group"_s, u"alias"_s});
        row("statuses", u"status:un|"_s, 7, {u"unplanned"_s, u"unchecked"_s});
        row("has", u"-has:p|"_s, 5, {u"pii"_s, u"privacy"_s, u"protocol"_s});
        row("delivery states", u"delivery.Amplitude:|"_s, 19,
            {u"none"_s, u"pending"_s, u"delivered"_s, u"failed"_s});
        row("seen values", u"event:|"_s, 6, {u"\"Order Completed\""_s, u"Scan"_s});
        row("seen values by prefix", u"event:ord|"_s, 6, {u"\"Order Completed\""_s});
        row("seen values in quotes", u"event:\"Order C|"_s, 6, {u"\"Order Completed\""_s});
        row("values of a path", u"prop.deliveryId:|"_s, 16, {u"del_1"_s});
        row("no times", u"time:1|"_s, 5, {});
        row("no such field", u"nope:1|"_s, 5, {});
        row("nothing in a quoted word", u"\"ty|"_s, 3, {});
    }
    void candidates()
    {
        QFETCH(QString, text);
        const qsizetype cursor = text.indexOf(u'|');
        text.remove(cursor, 1);
        const auto seen = [](Field field, const QString &path, const QString &) -> QStringList {
            if (field == Field::Event) {
                return {u"Order Completed"_s, u"Scan"_s};
            }
            if (field == Field::Prop) {
                return path.isEmpty() ? QStringList{u"deliveryId"_s, u"delivery note"_s, u"total"_s}
                                      : QStringList{u"del_1"_s};
            }
            return field == Field::Delivery ? QStringList{u"Amplitude"_s} : QStringList();
        };
        const filter::Completion completion = filter::complete(text, cursor, seen);
        QTEST(completion.candidates, "expected");
        QTEST(static_cast<int>(completion.from), "from");
    }

    void nothingTypedOffersAllFields()
    {
        const filter::Completion completion = filter::complete(u"type:track "_s, 11, {});
        QCOMPARE(completion.from, 11);
        QCOMPARE(completion.candidates.size(), 18);
        QCOMPARE(completion.candidates.front(), u"type:"_s);
    }

    void everyCandidateParses()
    {
        for (const QString &text : {u"type:"_s, u"status:"_s, u"has:"_s, u"delivery.A:"_s}) {
            const filter::Completion completion = filter::complete(text, text.size(), {});
            QVERIFY(!completion.candidates.isEmpty());
            for (const QString &candidate : completion.candidates) {
                QVERIFY2(filter::parse(text.first(completion.from) + candidate).has_value(),
                         qPrintable(candidate));
            }
        }
    }

    void anyCursorIsFine()
    {
        const QString text = u"-(type:\"a b\" OR prop.x:>5)"_s;
        for (qsizetype cursor = -2; cursor < text.size() + 3; ++cursor) {
            const filter::Completion completion = filter::complete(text, cursor, {});
            QVERIFY(completion.from >= 0 && completion.from <= text.size());
        }
    }
};

QTEST_GUILESS_MAIN(TstComplete)
#include "tst_complete.moc"
