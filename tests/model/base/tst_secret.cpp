// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TstSecret : public QObject
{
    Q_OBJECT

private slots:
    void masked_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("expected");
        QTest::newRow("write key") << u"abcdefghijklmnopqrstuvwxyz012345"_s << u"\u20262345"_s;
        QTest::newRow("exactly four shown") << u"abcdefghijkl"_s << u"\u2026ijkl"_s;
        QTest::newRow("never more than a third") << u"abcdefgh"_s << u"\u2026gh"_s;
        QTest::newRow("two letters") << u"ab"_s << u"\u2026"_s;
        QTest::newRow("empty") << QString() << u"\u2026"_s;
    }
    void masked()
    {
        QFETCH(QString, secret);
        QTEST(base::masked(secret), "expected");
    }
};

QTEST_GUILESS_MAIN(TstSecret)
#include "tst_secret.moc"
