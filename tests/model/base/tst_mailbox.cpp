// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/mailbox.h"

#include <thread>

#include <QTest>

class TstMailbox : public QObject
{
    Q_OBJECT

private slots:
    void onlyTheFirstPostWakes()
    {
        base::Mailbox<int> mailbox;
        QVERIFY(mailbox.post(1));
        QVERIFY(!mailbox.post(2));
        QCOMPARE(mailbox.takeAll(), std::vector<int>({1, 2}));
        QVERIFY(mailbox.takeAll().empty());
        QVERIFY(mailbox.post(3));
    }

    void manyPostersLoseNothing()
    {
        constexpr int posters = 4;
        constexpr int each = 5'000;
        base::Mailbox<int> mailbox;
        std::atomic<int> wakes = 0;
        std::vector<int> taken;
        {
            std::vector<std::jthread> threads;
            for (int poster = 0; poster < posters; ++poster) {
                threads.emplace_back([&mailbox, &wakes, poster] {
                    for (int i = 0; i < each; ++i) {
                        wakes += mailbox.post(poster * each + i) ? 1 : 0;
                    }
                });
            }
            while (taken.size() < static_cast<std::size_t>(posters * each)) {
                const std::vector<int> some = mailbox.takeAll();
                taken.insert(taken.end(), some.begin(), some.end());
            }
        }
        // Each poster's values come in its order.
        std::vector<int> last(posters, -1);
        for (const int value : taken) {
            int &before = last[static_cast<std::size_t>(value / each)];
            QVERIFY(value > before);
            before = value;
        }
        QVERIFY(wakes >= 1);
    }
};

QTEST_GUILESS_MAIN(TstMailbox)
#include "tst_mailbox.moc"
