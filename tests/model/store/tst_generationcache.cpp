// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/generationcache.h"

#include <QTest>

class TstGenerationCache : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatIsAskedFor();
    void letsGoOfWhatIsNot();
    void forgetsAll();
};

void TstGenerationCache::keepsWhatIsAskedFor()
{
    store::GenerationCache<int, int> cache(10);
    cache.put(0, 100);
    for (int i = 1; i < 1'000; ++i) {
        cache.put(i, i);
        int *kept = cache.find(0);
        QVERIFY(kept != nullptr);
        QCOMPARE(*kept, 100);
    }
}

void TstGenerationCache::letsGoOfWhatIsNot()
{
    store::GenerationCache<int, int> cache(10);
    for (int i = 0; i < 1'000; ++i) {
        cache.put(i, i);
    }
    int kept = 0;
    for (int i = 0; i < 980; ++i) {
        kept += cache.find(i) != nullptr ? 1 : 0;
    }
    QCOMPARE(kept, 0);
    QVERIFY(cache.find(999) != nullptr);
}

void TstGenerationCache::forgetsAll()
{
    store::GenerationCache<int, int> cache(2);
    for (int i = 0; i < 4; ++i) {
        cache.put(i, i);
    }
    cache.clear();
    for (int i = 0; i < 4; ++i) {
        QVERIFY(cache.find(i) == nullptr);
    }
}

QTEST_GUILESS_MAIN(TstGenerationCache)
#include "tst_generationcache.moc"
