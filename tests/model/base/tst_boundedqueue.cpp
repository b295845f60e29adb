// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/boundedqueue.h"

#include <thread>

#include <QTest>

namespace {

constexpr std::size_t manyBytes = 1'000'000;

} // namespace

class TstBoundedQueue : public QObject
{
    Q_OBJECT

private slots:
    void fullUntilDrainedBelowHalf()
    {
        base::BoundedQueue<int> queue(100);
        QVERIFY(queue.post(1, 60));
        QVERIFY(!queue.isFull());
        QVERIFY(queue.post(2, 60)); // nothing is dropped
        QVERIFY(queue.isFull());
        QCOMPARE(queue.take(1, manyBytes), std::vector<int>({1}));
        QVERIFY(queue.isFull()); // 60 of 100 left
        QVERIFY(queue.post(3, 10));
        QCOMPARE(queue.take(1, manyBytes), std::vector<int>({2}));
        QVERIFY(!queue.isFull());
        QCOMPARE(queue.size(), 1U);
    }

    void takesAtMostWhatIsAsked()
    {
        base::BoundedQueue<int> queue(1000);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(queue.post(i, 1));
        }
        QCOMPARE(queue.take(3, manyBytes), std::vector<int>({0, 1, 2}));
        QCOMPARE(queue.take(100, manyBytes), std::vector<int>({3, 4}));
    }

    void takesUntilTheBytesAreReached()
    {
        base::BoundedQueue<int> queue(1000);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(queue.post(i, 40));
        }
        QCOMPARE(queue.take(100, 100), std::vector<int>({0, 1, 2}));
        QCOMPARE(queue.take(100, 1), std::vector<int>({3})); // one at least
        QCOMPARE(queue.take(100, manyBytes), std::vector<int>({4}));
    }

    void closedDrainsThenEnds()
    {
        base::BoundedQueue<int> queue(10);
        QVERIFY(queue.post(1, 1));
        queue.close();
        QVERIFY(!queue.post(2, 1));
        QCOMPARE(queue.take(10, manyBytes), std::vector<int>({1}));
        QVERIFY(queue.take(10, manyBytes).empty());
    }

    void closeWakesTheTaker()
    {
        base::BoundedQueue<int> queue(10);
        std::vector<int> taken{7};
        std::jthread taker([&] { taken = queue.take(1, manyBytes); });
        queue.close();
        taker.join();
        QVERIFY(taken.empty());
    }

    void onePosterOneTaker()
    {
        constexpr int count = 20'000;
        base::BoundedQueue<int> queue(1'000);
        std::jthread poster([&queue] {
            for (int i = 0; i < count; ++i) {
                static_cast<void>(queue.post(i, 1));
            }
            queue.close();
        });
        int next = 0;
        for (auto some = queue.take(64, manyBytes); !some.empty(); some = queue.take(64, manyBytes)) {
            for (const int value : some) {
                QCOMPARE(value, next++);
            }
        }
        QCOMPARE(next, count);
    }
};

QTEST_GUILESS_MAIN(TstBoundedQueue)
#include "tst_boundedqueue.moc"
