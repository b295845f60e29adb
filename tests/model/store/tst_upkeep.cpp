// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"
#include "store/searchindex.h"
#include "store/upkeep.h"

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

/// Watermark of the index as it lies on disk; 0 when there is none that fits.
std::int64_t watermark(const Place &place)
{
    auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadOnly));
    const auto index = store::SearchIndex::openToRead(database);
    return index ? index->watermark() : 0;
}

std::int64_t newest(const std::vector<event::Event> &events)
{
    return static_cast<std::int64_t>(event::raw(events.back().summary.id));
}

} // namespace

class TstUpkeep : public QObject
{
    Q_OBJECT

private slots:
    void followsTheWriter();
    void goesOnWhereItStopped();
    void makesABadIndexAnew_data();
    void makesABadIndexAnew();
    void copiesTheWalBackWhenIdle();
    void stopsAtOnce();
};

void TstUpkeep::followsTheWriter()
{
    const Place place;
    auto writer = require(place.open());
    auto events = fill(writer, 100);
    store::Upkeep upkeep(place.path());
    QTRY_COMPARE(watermark(place), newest(events));
    QTRY_COMPARE(upkeep.lag(), 0U);
    for (std::uint64_t seed = 2; seed < 6; ++seed) {
        events = fill(writer, 100, seed);
        upkeep.wake();
    }
    QTRY_COMPARE(watermark(place), newest(events));
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(store::SearchIndex::pathFor(place.path())).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void TstUpkeep::goesOnWhereItStopped()
{
    const Place place;
    auto writer = require(place.open());
    std::vector<event::Event> events;
    for (std::uint64_t seed = 1; seed < 4; ++seed) {
        events = fill(writer, 60, seed);
        store::Upkeep upkeep(place.path());
        QTRY_COMPARE(watermark(place), newest(events));
    }
    auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadOnly));
    auto index = require(store::SearchIndex::openToRead(database));
    const auto all = require(index.match(u"\"true\" OR \"false\""_s, store::SearchIndex::Order::Ascending, 1,
                                         1'000'000, 1'000'000));
    auto sorted = all;
    std::ranges::sort(sorted);
    QCOMPARE(all, sorted);
    QVERIFY(std::ranges::adjacent_find(sorted) == sorted.end());
    QVERIFY(sorted.size() > 20);
}

void TstUpkeep::makesABadIndexAnew_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("missing") << QByteArray() << QByteArray();
    QTest::newRow("no database") << QByteArray() << QByteArray("something else");
    QTest::newRow("cut") << QByteArray() << QByteArray("SQLite format 3\0 and no more", 28);
    QTest::newRow("of another store") << QByteArray("UPDATE about SET store_id = 'another'") << QByteArray();
    QTest::newRow("of another format") << QByteArray("PRAGMA user_version = 99") << QByteArray();
    QTest::newRow("ahead of its store") << QByteArray("UPDATE about SET watermark = 1000000") << QByteArray();
    QTest::newRow("of other events") << QByteArray("UPDATE about SET watermark_us = 1") << QByteArray();
    QTest::newRow("without its tables") << QByteArray("DROP TABLE about") << QByteArray();
}

void TstUpkeep::makesABadIndexAnew()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArray, contents);
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 60);
    {
        store::Upkeep upkeep(place.path());
        QTRY_COMPARE(watermark(place), newest(events));
    }
    const QString path = store::SearchIndex::pathFor(place.path());
    if (!sql.isEmpty()) {
        auto database = require(store::Database::open(path, store::Database::Mode::ReadWrite));
        require(database.execute(sql));
    } else {
        QVERIFY(QFile::remove(path));
        QFile::remove(path + u"-wal"_s);
        if (!contents.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(contents);
        }
    }
    QCOMPARE(watermark(place), 0);
    store::Upkeep upkeep(place.path());
    QTRY_COMPARE(watermark(place), newest(events));
    auto reader = require(store::Reader::open(place.path()));
    QVERIFY(
        !require(reader.find(*filter::parse(u"true"_s), store::Reader::Order::NewestFirst, {}, 10, {}, {}))
             .ids.empty());
}

void TstUpkeep::copiesTheWalBackWhenIdle()
{
    const Place place;
    auto writer = require(place.open());
    const auto events = fill(writer, 100);
    store::Upkeep upkeep(place.path());
    upkeep.wake();
    // The file by itself, without its WAL, has everything then.
    const auto rowsOfTheFileAlone = [&] {
        const QString copy = place.folder.filePath(u"copy"_s);
        QFile::remove(copy);
        if (!QFile::copy(place.path(), copy)) {
            return std::size_t{0};
        }
        auto reader = store::Reader::open(copy);
        const auto rows = reader ? reader->rows({}, 1'000) : base::Result<std::vector<store::Reader::Row>>();
        return rows ? rows->size() : 0;
    };
    QTRY_COMPARE(rowsOfTheFileAlone(), events.size());
}

void TstUpkeep::stopsAtOnce()
{
    const Place place;
    {
        auto writer = require(place.open());
        fill(writer, 2'000);
        const store::Upkeep upkeep(place.path());
    }
    // And without a store it waits for one.
    const Place nothing;
    store::Upkeep upkeep(nothing.path());
    upkeep.wake();
    QVERIFY(!QFile::exists(nothing.path()));
}

QTEST_GUILESS_MAIN(TstUpkeep)
#include "tst_upkeep.moc"
