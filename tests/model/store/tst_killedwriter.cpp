// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"

#include <array>
#include <csignal>
#include <random>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

/// Commits without end and writes each committed event's id and body size to the pipe, as an answer to a
/// client would go out; now and then the WAL is copied back meanwhile, as Upkeep does.
[[noreturn]] void commitWithoutEnd(const Place &place, int pipe, std::uint64_t seed)
{
    auto writer = place.open();
    auto other = store::Database::open(place.path(), store::Database::Mode::ReadWrite);
    if (!writer || !other) {
        ::_exit(2);
    }
    support::SampleTraffic traffic(seed);
    for (int round = 0;; ++round) {
        std::vector drafts{traffic.next(), traffic.single(), traffic.rejected()};
        const auto notice = writer->commit(drafts);
        if (!notice) {
            ::_exit(3);
        }
        for (const event::Event &event : *notice->added) {
            const std::array<std::uint64_t, 2> acknowledged{event::raw(event.summary.id),
                                                            static_cast<std::uint64_t>(qHash(event.body))};
            if (::write(pipe, acknowledged.data(), sizeof(acknowledged)) != sizeof(acknowledged)) {
                ::_exit(4);
            }
        }
        if (round % 7 == 6) {
            sqlite3_wal_checkpoint_v2(other->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        }
    }
}

} // namespace

class TstKilledWriter : public QObject
{
    Q_OBJECT

private slots:
    void everyAcknowledgedEventIsThere();
};

void TstKilledWriter::everyAcknowledgedEventIsThere()
{
    const Place place;
    std::mt19937 random(1);
    std::vector<std::array<std::uint64_t, 2>> acknowledged;
    constexpr int rounds = 12;
    for (int round = 0; round < rounds; ++round) {
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(pipe[0]);
            commitWithoutEnd(place, pipe[1], static_cast<std::uint64_t>(round));
        }
        ::close(pipe[1]);
        // At any moment: in the middle of a commit, of a checkpoint, right after an answer.
        const std::size_t answers = 1 + random() % 150;
        std::array<std::uint64_t, 2> answer{};
        for (std::size_t i = 0; i < answers; ++i) {
            QCOMPARE(::read(pipe[0], answer.data(), sizeof(answer)), ssize_t{sizeof(answer)});
            acknowledged.push_back(answer);
        }
        ::kill(child, SIGKILL);
        while (::read(pipe[0], answer.data(), sizeof(answer)) == ssize_t{sizeof(answer)}) {
            acknowledged.push_back(answer); // sent before the kill
        }
        ::close(pipe[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));

        // Half the time a reader comes first, half the time the next writer.
        if (round % 2 == 0) {
            auto reader = require(store::Reader::open(place.path()));
            for (const auto &[id, hash] : acknowledged) {
                const auto stored = require(reader.event(event::EventId{id}));
                QCOMPARE(static_cast<std::uint64_t>(qHash(stored.event.body)), hash);
            }
        } else {
            auto writer = require(place.open());
            fill(writer, 3);
        }
    }
    auto reader = require(store::Reader::open(place.path()));
    for (const auto &[id, hash] : acknowledged) {
        QCOMPARE(static_cast<std::uint64_t>(qHash(require(reader.event(event::EventId{id})).event.body)),
                 hash);
    }
    QVERIFY(acknowledged.size() > rounds);
    auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadOnly));
    auto check = require(database.prepare("PRAGMA integrity_check"));
    QCOMPARE(check.step(), store::Statement::Step::Row);
    QCOMPARE(check.text(0), u"ok"_s);
    const auto wrong = require(
        database.number("SELECT count(*) FROM (SELECT session, sum(status < 4) AS events FROM event "
                        "GROUP BY session) c JOIN session s ON s.id = c.session WHERE s.total <> c.events"));
    QCOMPARE(wrong, std::int64_t{0});
}

int main(int argc, char **argv)
{
    // The hashes are compared between processes.
    qputenv("QT_HASH_SEED", "0");
    const QCoreApplication application(argc, argv);
    TstKilledWriter test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_killedwriter.moc"
