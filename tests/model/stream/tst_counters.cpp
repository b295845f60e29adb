// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/counters.h"
#include "stream/texts.h"

#include <numeric>
#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using event::Status;

namespace {

constexpr std::int64_t second = 1'000'000;

std::uint64_t sum(const stream::Timeline &timeline)
{
    std::uint64_t total = 0;
    for (const auto &bucket : timeline.buckets) {
        total = std::accumulate(bucket.begin(), bucket.end(), total);
    }
    return total;
}

} // namespace

class TstCounters : public QObject
{
    Q_OBJECT

private slots:
    void narrowBucketsForAShortTime()
    {
        stream::TimelineCounts counts;
        counts.add(100 * second + 5, Status::Valid);
        counts.add(102 * second, Status::Violation);
        counts.add(100 * second + 6, Status::Valid);
        const stream::Timeline timeline = counts.timeline();
        QCOMPARE(timeline.bucketUs, second);
        QCOMPARE(timeline.startUs, 100 * second);
        QCOMPARE(timeline.buckets.size(), 3U);
        QCOMPARE(timeline.buckets[0][0], 2U);
        QCOMPARE(timeline.buckets[2][1], 1U);
    }

    void timesOutOfOrderFindTheirBucket()
    {
        stream::TimelineCounts counts;
        counts.add(100 * second, Status::Valid);
        counts.add(98 * second, Status::Valid); // in front: the bucket counted last moves back
        counts.add(100 * second, Status::Valid);
        counts.add(98 * second, Status::Valid);
        counts.remove(98 * second, Status::Valid);
        counts.remove(98 * second, Status::Valid); // the front leaves
        counts.add(100 * second, Status::Valid);
        const stream::Timeline timeline = counts.timeline();
        QCOMPARE(timeline.startUs, 100 * second);
        QCOMPARE(timeline.buckets.size(), 1U);
        QCOMPARE(timeline.buckets[0][0], 3U);
    }

    void bucketsGrowWider_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<qint64>("width");
        QTest::newRow("four minutes") << qint64(239) << qint64(1);
        QTest::newRow("a little more") << qint64(240) << qint64(2);
        QTest::newRow("an hour") << qint64(3'600) << qint64(30);
        QTest::newRow("a day") << qint64(86'400) << qint64(600);
        QTest::newRow("a year") << qint64(365 * 86'400) << qint64(172'800);
        QTest::newRow("centuries") << qint64(86'400) * 365 * 500 << qint64(103'680'000);
    }
    void bucketsGrowWider()
    {
        QFETCH(qint64, seconds);
        QFETCH(qint64, width);
        const std::int64_t base = 1'790'000'400 * second;
        stream::TimelineCounts counts;
        counts.add(base, Status::Valid);
        counts.add(base + seconds / 2 * second, Status::Unplanned);
        counts.add(base + seconds * second, Status::Valid);
        const stream::Timeline timeline = counts.timeline();
        QCOMPARE(timeline.bucketUs, width * second);
        QVERIFY(timeline.buckets.size() <= stream::TimelineCounts::maxBuckets);
        QVERIFY(timeline.startUs <= base && timeline.startUs + timeline.bucketUs > base);
        QCOMPARE(sum(timeline), 3U);
    }

    void earlierRowsAndTimesBefore1970()
    {
        stream::TimelineCounts counts;
        counts.add(10 * second, Status::Valid);
        counts.add(-second / 2, Status::Valid);
        QCOMPARE(counts.timeline().startUs, -second);
        QCOMPARE(sum(counts.timeline()), 2U);
        counts.add(std::numeric_limits<std::int64_t>::max() / 2, Status::Valid);
        QCOMPARE(sum(counts.timeline()), 3U);
        QVERIFY(counts.timeline().buckets.size() <= stream::TimelineCounts::maxBuckets);
    }

    void removedFromTheFront()
    {
        stream::TimelineCounts counts;
        for (std::int64_t i = 0; i < 1'000; ++i) {
            counts.add(i * second, Status::Valid);
        }
        for (std::int64_t i = 0; i < 500; ++i) {
            counts.remove(i * second, Status::Valid);
        }
        QCOMPARE(sum(counts.timeline()), 500U);
        QVERIFY(counts.timeline().startUs > 480 * second);
        for (std::int64_t i = 500; i < 1'000; ++i) {
            counts.remove(i * second, Status::Valid);
        }
        QVERIFY(counts.timeline().buckets.empty());
        counts.add(5 * second, Status::Valid);
        QCOMPARE(counts.timeline().bucketUs, second);
    }

    /// Row by row in any order gives what counting anew gives.
    void countersAgreeWithARecount()
    {
        std::mt19937 random(7);
        const auto pick = [&random](std::uint32_t limit) {
            return static_cast<std::uint32_t>(random() % limit);
        };
        std::vector<std::pair<event::EventSummary, event::EventState>> rows;
        stream::Counters counters;
        for (int i = 0; i < 5'000; ++i) {
            const std::uint32_t what = pick(4);
            if (what < 2 || rows.empty()) {
                event::EventSummary summary;
                summary.receivedUs = static_cast<std::int64_t>(pick(200)) * second;
                summary.name = event::NameId(pick(30));
                summary.source = event::SourceId(1 + pick(3) + (pick(2) << 24U));
                summary.type = static_cast<event::CallType>(pick(7));
                event::EventState state;
                state.status = static_cast<Status>(pick(5));
                rows.emplace_back(summary, state);
                counters.add(summary, state);
                continue;
            }
            const auto at = static_cast<std::size_t>(pick(static_cast<std::uint32_t>(rows.size())));
            if (what == 2) {
                counters.remove(rows[at].first, rows[at].second);
                rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
            } else {
                const event::EventState before = rows[at].second;
                rows[at].second.status = static_cast<Status>(pick(5));
                counters.change(rows[at].first, before, rows[at].second);
            }
        }
        stream::Counters fresh;
        for (const auto &[summary, state] : rows) {
            fresh.add(summary, state);
        }
        QCOMPARE(counters.facets().sources, fresh.facets().sources);
        QCOMPARE(counters.facets().names, fresh.facets().names);
        QCOMPARE(counters.facets().types, fresh.facets().types);
        QCOMPARE(counters.facets().statuses, fresh.facets().statuses);
        QCOMPARE(sum(counters.timeline()), rows.size());
        for (const auto &[name, count] : fresh.facets().names) {
            QVERIFY(event::raw(name) != 0 && count > 0);
        }
    }

    void namesAreCutAtTheMostFrequent()
    {
        stream::IdCounts counts;
        for (std::uint32_t id = 1; id <= 300; ++id) {
            counts.add(id, id);
        }
        const auto top = counts.top(200);
        QCOMPARE(top.size(), 200U);
        QCOMPARE(top.front(), (std::pair<std::uint32_t, std::uint64_t>(300, 300)));
        QCOMPARE(top.back().first, 101U);
    }

    void textsAreBounded()
    {
        stream::Texts texts(2);
        QCOMPARE(texts.put(1, u"a"_s), stream::Texts::Put::New);
        QCOMPARE(texts.put(1, u"a"_s), stream::Texts::Put::Known);
        QCOMPARE(texts.put(1, u"b"_s), stream::Texts::Put::Changed);
        texts.put(2, u"c"_s);
        texts.put(3, u"d"_s);
        QVERIFY(texts.find(1) == nullptr);
        QCOMPARE(*texts.find(3), u"d"_s);
        QCOMPARE(texts.all(), (QHash<std::uint32_t, QString>{{2, u"c"_s}, {3, u"d"_s}}));
    }
};

QTEST_GUILESS_MAIN(TstCounters)
#include "tst_counters.moc"
