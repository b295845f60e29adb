// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// Prints what the store costs: commits of single events in groups and of batches, bytes on disk, and the
// questions the window and the API ask, at 100,000 and (with an argument) more events. CPU time is the
// process's own, so it counts where other programs share the cores.

#include "store/reader.h"
#include "store/upkeep.h"
#include "store/writer.h"
#include "tests/support/sampletraffic.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <thread>

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

QTextStream out(stdout);

struct Stopwatch
{
    std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
    std::clock_t cpu = std::clock();

    [[nodiscard]] double wallMs() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - wall).count();
    }
    [[nodiscard]] double cpuMs() const
    {
        return 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    }
};

template <typename Value>
Value require(base::Result<Value> result)
{
    if (!result) {
        out << result.error().oneLine() << Qt::endl;
        std::exit(2);
    }
    return *std::move(result);
}

struct Shape
{
    const char *name;
    int eventsPerRequest;
    int requestsPerCommit;
};

void measureCommits(const Shape &shape, std::size_t events)
{
    const QTemporaryDir folder;
    const base::SystemClock clock;
    const QString path = folder.filePath(u"store"_s);
    std::optional<store::Writer> writer = require(store::Writer::open(path, clock));
    support::SampleTraffic traffic(7);
    // Made beforehand and used again and again, because making them costs more than storing them.
    std::vector<std::vector<event::RequestDraft>> groups(24);
    std::size_t bytes = 0;
    std::size_t made = 0;
    for (auto &group : groups) {
        for (int i = 0; i < shape.requestsPerCommit; ++i) {
            group.push_back(shape.eventsPerRequest == 1 ? traffic.single()
                                                        : traffic.batch(shape.eventsPerRequest));
            bytes += static_cast<std::size_t>(group.back().body.size());
            made += group.back().events.size();
        }
    }
    std::size_t stored = 0;
    double worstMs = 0;
    std::vector<double> commitMs;
    const Stopwatch all;
    while (stored < events) {
        for (auto &group : groups) {
            const Stopwatch one;
            const auto notice = require(writer->commit(group));
            commitMs.push_back(one.wallMs());
            worstMs = std::max(worstMs, commitMs.back());
            stored += notice.added->size();
            if (stored >= events) {
                break;
            }
        }
    }
    const double wall = all.wallMs();
    const double cpu = all.cpuMs();
    writer.reset(); // copies the WAL back, so that the file is as large as it is going to be
    std::ranges::sort(commitMs);
    out << u"%1 x %2: %3 events/s, %4 us CPU an event, commit p50 %5 ms p99 %6 ms max %7 ms, %8 B of body -> %9 B an event"_s
               .arg(QString::fromLatin1(shape.name))
               .arg(stored)
               .arg(static_cast<double>(stored) / wall * 1000, 0, 'f', 0)
               .arg(cpu * 1000 / static_cast<double>(stored), 0, 'f', 1)
               .arg(commitMs[commitMs.size() / 2], 0, 'f', 2)
               .arg(commitMs[commitMs.size() * 99 / 100], 0, 'f', 2)
               .arg(worstMs, 0, 'f', 1)
               .arg(bytes / made)
               .arg(static_cast<std::size_t>(QFileInfo(path).size()) / stored)
        << Qt::endl;
}

void measureQuestions(std::size_t events)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"store"_s);
    const base::SystemClock clock;
    {
        store::Writer writer = require(store::Writer::open(path, clock));
        support::SampleTraffic traffic(11, 20'000);
        std::vector<event::RequestDraft> group;
        std::size_t stored = 0;
        while (stored < events) {
            group.clear();
            for (int i = 0; i < 100; ++i) {
                group.push_back(traffic.next());
            }
            stored += require(writer.commit(group)).added->size();
        }
    }
    {
        const Stopwatch watch;
        store::Upkeep upkeep(path);
        do {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        } while (upkeep.lag() != 0 || watch.wallMs() < 500);
        out << u"text index: %1 us CPU an event"_s.arg(watch.cpuMs() * 1000 / static_cast<double>(events), 0,
                                                       'f', 1)
            << Qt::endl;
    }
    store::Reader reader = require(store::Reader::open(path));
    const auto print = [](const QString &what, const auto &ask) {
        double bestMs = 1e9;
        std::size_t found = 0;
        for (int round = 0; round < 3; ++round) {
            const Stopwatch watch;
            found = ask();
            bestMs = std::min(bestMs, watch.wallMs());
        }
        out << u"  %1 %2 ms (%3)"_s.arg(what, -58).arg(bestMs, 9, 'f', 2).arg(found) << Qt::endl;
    };
    print(u"open"_s, [&] { return require(store::Reader::open(path)).counts({})->total; });
    print(u"rows, first 100,000"_s, [&] { return require(reader.rows({}, 100'000)).size(); });
    print(u"rows, all"_s, [&] {
        std::size_t count = 0;
        event::EventId after{};
        for (auto rows = require(reader.rows({}, 100'000)); !rows.empty();
             rows = require(reader.rows(after, 100'000))) {
            count += rows.size();
            after = rows.back().summary.id;
        }
        return count;
    });
    print(u"counts"_s, [&] { return static_cast<std::size_t>(require(reader.counts({})).total); });
    print(u"seen events"_s, [&] { return require(reader.seenEvents({})).size(); });
    print(u"detail of one"_s, [&] {
        return static_cast<std::size_t>(require(reader.detail(event::EventId{events / 2})).event.body.size());
    });
    const store::EventDetail middle = require(reader.detail(event::EventId{events / 2}));
    print(u"by messageId"_s, [&] {
        return static_cast<std::size_t>(require(reader.detailByMessageId(middle.messageId)).batchCount);
    });
    for (const QString &text :
         {u""_s, u"type:track"_s, u"event:\"Order Loaded\""_s, u"event:\"Order *\""_s, u"status:violation"_s,
          u"event:\"Robot Unlocked\" type:track has:violation"_s, u"has:lint -status:violation"_s,
          u"source:Server"_s, u"rule:plan/*"_s, u"user:user_1 OR user:user_2"_s, u"pizza"_s, u"del_777"_s,
          u"pizza robot unlock"_s, u"prop.merchantName:nothing"_s, u"prop.price:>100"_s,
          u"-prop.price:>0"_s}) {
        const filter::Query query = *filter::parse(text);
        print(u"page of 200: "_s + text, [&] {
            return require(reader.find(query, store::Reader::Order::NewestFirst, {}, 200, {}, {})).ids.size();
        });
    }
    for (const QString &text : {u"type:track"_s, u"event:\"Order Loaded\""_s, u"status:violation"_s,
                                u"source:Server"_s, u"rule:plan/*"_s, u"pizza"_s}) {
        const filter::Query query = *filter::parse(text);
        print(u"all: "_s + text, [&] {
            return require(reader.find(query, store::Reader::Order::OldestFirst, {}, 100'000'000, {}, {}))
                .ids.size();
        });
    }
    print(u"all: prop.price:>100"_s, [&] {
        return require(reader.find(*filter::parse(u"prop.price:>100"_s), store::Reader::Order::OldestFirst,
                                   {}, 100'000'000, {}, {}))
            .ids.size();
    });
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::size_t events = argc > 1 ? QByteArray(argv[1]).toULongLong() : 100'000;
    for (const Shape &shape :
         {Shape{"singles, 1 a commit", 1, 1}, Shape{"singles, 32 a commit", 1, 32},
          Shape{"singles, 500 a commit", 1, 500}, Shape{"batches of 100, 1 a commit", 100, 1},
          Shape{"batches of 100, 10 a commit", 100, 10}}) {
        measureCommits(shape, shape.requestsPerCommit == 1 && shape.eventsPerRequest == 1 ? 20'000 : events);
    }
    measureQuestions(events);
    return 0;
}
