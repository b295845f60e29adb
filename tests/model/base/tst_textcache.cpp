// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/textcache.h"

#include <thread>
#include <vector>

#include <QTest>

using namespace Qt::StringLiterals;

class TstTextCache : public QObject
{
    Q_OBJECT

private slots:
    void leastRecentlyReadLeaves()
    {
        base::TextCache cache(2);
        cache.put(1, u"one"_s);
        cache.put(2, u"two"_s);
        QCOMPARE(cache.get(1), std::optional(u"one"_s));
        cache.put(3, u"three"_s);
        QVERIFY(!cache.get(2));
        QCOMPARE(cache.get(1), std::optional(u"one"_s));
        QCOMPARE(cache.get(3), std::optional(u"three"_s));
    }

    void putAgainReplacesAndRefreshes()
    {
        base::TextCache cache(2);
        cache.put(1, u"one"_s);
        cache.put(2, u"two"_s);
        cache.put(1, u"uno"_s);
        cache.put(3, u"three"_s);
        QCOMPARE(cache.get(1), std::optional(u"uno"_s));
        QVERIFY(!cache.get(2));
    }

    void anyThread()
    {
        base::TextCache cache(50);
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 3; ++t) {
                threads.emplace_back([&cache, &wrong] {
                    for (std::uint32_t i = 0; i < 3'000; ++i) {
                        const std::uint32_t id = i % 80;
                        cache.put(id, QString::number(id));
                        const std::optional<QString> text = cache.get((id * 7) % 80);
                        wrong += text && *text != QString::number((id * 7) % 80) ? 1 : 0;
                    }
                });
            }
        }
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TstTextCache)
#include "tst_textcache.moc"
