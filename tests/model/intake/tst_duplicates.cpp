// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/duplicates.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TstDuplicates : public QObject
{
    Q_OBJECT

private slots:
    void secondDeliveryIsTold();
    void emptyIdsNeverAre();
    void forgottenIsFirstAgain();
    void windowIsBounded();
};

void TstDuplicates::secondDeliveryIsTold()
{
    intake::Duplicates duplicates;
    QVERIFY(!duplicates.note(u"a"_s));
    QVERIFY(!duplicates.note(u"b"_s));
    QVERIFY(duplicates.note(u"a"_s));
    QVERIFY(duplicates.note(u"a"_s));
}

void TstDuplicates::emptyIdsNeverAre()
{
    intake::Duplicates duplicates;
    QVERIFY(!duplicates.note({}));
    QVERIFY(!duplicates.note({}));
}

void TstDuplicates::forgottenIsFirstAgain()
{
    intake::Duplicates duplicates;
    QVERIFY(!duplicates.note(u"a"_s));
    duplicates.forget(u"a"_s);
    QVERIFY(!duplicates.note(u"a"_s));
    QVERIFY(duplicates.note(u"a"_s));
}

void TstDuplicates::windowIsBounded()
{
    intake::Duplicates duplicates(10);
    for (int i = 0; i < 11; ++i) {
        QVERIFY(!duplicates.note(QString::number(i)));
    }
    QVERIFY(!duplicates.note(u"0"_s));
    QVERIFY(duplicates.note(u"10"_s));
}

QTEST_GUILESS_MAIN(TstDuplicates)
#include "tst_duplicates.moc"
