// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/result.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

base::Result<int> half(int number)
{
    if (number % 2 != 0) {
        return base::failure(base::ErrorCode::BadInput, u"%1 has no half."_s.arg(number), u"It is odd."_s,
                             u"Give an even one."_s);
    }
    return number / 2;
}

} // namespace

class TstResult : public QObject
{
    Q_OBJECT

private slots:
    void valueOrError()
    {
        QCOMPARE(half(8).value_or(-1), 4);
        const base::Result<int> failed = half(7);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, base::ErrorCode::BadInput);
    }

    void oneLine_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("fix");
        QTest::addColumn<QString>("expected");
        QTest::newRow("all parts") << u"A."_s << u"B."_s << u"C."_s << u"A. B. C."_s;
        QTest::newRow("no reason") << u"A."_s << QString() << u"C."_s << u"A. C."_s;
        QTest::newRow("alone") << u"A."_s << QString() << QString() << u"A."_s;
        QTest::newRow("lines inside") << u"A\n b."_s << u"B."_s << QString() << u"A b. B."_s;
    }
    void oneLine()
    {
        QFETCH(QString, what);
        QFETCH(QString, why);
        QFETCH(QString, fix);
        QTEST(base::failure(base::ErrorCode::Io, what, why, fix).value().oneLine(), "expected");
    }
};

QTEST_GUILESS_MAIN(TstResult)
#include "tst_result.moc"
