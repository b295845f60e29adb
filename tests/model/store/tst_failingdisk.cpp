// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"

#include <csignal>

#include <sqlite3.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

/// SQLite's disk, failing when told to: while it lives, connections opened go through it.
class FaultyDisk
{
public:
    FaultyDisk()
        : m_real(sqlite3_vfs_find(nullptr))
        , m_vfs(*m_real)
    {
        m_vfs.pNext = nullptr;
        m_vfs.zName = "faulty";
        m_vfs.szOsFile = static_cast<int>(sizeof(File)) + m_real->szOsFile;
        m_vfs.pAppData = this;
        m_vfs.xOpen = &open;
        sqlite3_vfs_register(&m_vfs, 1);
    }
    ~FaultyDisk()
    {
        sqlite3_vfs_unregister(&m_vfs);
        sqlite3_vfs_register(m_real, 1);
    }
    FaultyDisk(const FaultyDisk &) = delete;
    FaultyDisk &operator=(const FaultyDisk &) = delete;

    /// Of the writes and syncs from now on the one with this number fails with the code, and all after it.
    void failFrom(int number, int code)
    {
        m_left = number;
        m_code = code;
        m_hasFailed = false;
    }
    void mend() { m_code = SQLITE_OK; }
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

private:
    struct File
    {
        sqlite3_file base;
        FaultyDisk *disk;
        [[nodiscard]] sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
    };
    static File *own(sqlite3_file *file) { return reinterpret_cast<File *>(file); }
    static sqlite3_file *real(sqlite3_file *file) { return own(file)->real(); }

    int next()
    {
        if (m_code == SQLITE_OK || --m_left > 0) {
            return SQLITE_OK;
        }
        m_hasFailed = true;
        return m_code;
    }

    static int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
    {
        auto *disk = static_cast<FaultyDisk *>(vfs->pAppData);
        own(file)->disk = disk;
        const int code = disk->m_real->xOpen(disk->m_real, name, real(file), flags, outFlags);
        file->pMethods = real(file)->pMethods == nullptr ? nullptr : methods();
        return code;
    }

    static const sqlite3_io_methods *methods()
    {
        static const sqlite3_io_methods all{
            3,
            [](sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); },
            [](sqlite3_file *file, void *data, int size, sqlite3_int64 at) {
                return real(file)->pMethods->xRead(real(file), data, size, at);
            },
            [](sqlite3_file *file, const void *data, int size, sqlite3_int64 at) {
                const int code = own(file)->disk->next();
                return code != SQLITE_OK ? code : real(file)->pMethods->xWrite(real(file), data, size, at);
            },
            [](sqlite3_file *file, sqlite3_int64 size) {
                return real(file)->pMethods->xTruncate(real(file), size);
            },
            [](sqlite3_file *file, int flags) {
                const int code = own(file)->disk->next();
                return code != SQLITE_OK ? (code == SQLITE_FULL ? code : SQLITE_IOERR_FSYNC)
                                         : real(file)->pMethods->xSync(real(file), flags);
            },
            [](sqlite3_file *file, sqlite3_int64 *size) {
                return real(file)->pMethods->xFileSize(real(file), size);
            },
            [](sqlite3_file *file, int lock) { return real(file)->pMethods->xLock(real(file), lock); },
            [](sqlite3_file *file, int lock) { return real(file)->pMethods->xUnlock(real(file), lock); },
            [](sqlite3_file *file, int *out) {
                return real(file)->pMethods->xCheckReservedLock(real(file), out);
            },
            [](sqlite3_file *file, int what, void *argument) {
                return real(file)->pMethods->xFileControl(real(file), what, argument);
            },
            [](sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); },
            [](sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); },
            [](sqlite3_file *file, int page, int size, int extend, void volatile **out) {
                return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
            },
            [](sqlite3_file *file, int offset, int count, int flags) {
                return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
            },
            [](sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); },
            [](sqlite3_file *file, int remove) {
                return real(file)->pMethods->xShmUnmap(real(file), remove);
            },
            [](sqlite3_file *file, sqlite3_int64 at, int size, void **out) {
                return real(file)->pMethods->xFetch(real(file), at, size, out);
            },
            [](sqlite3_file *file, sqlite3_int64 at, void *data) {
                return real(file)->pMethods->xUnfetch(real(file), at, data);
            },
        };
        return &all;
    }

    sqlite3_vfs *m_real;
    sqlite3_vfs m_vfs;
    int m_left = 0;
    int m_code = SQLITE_OK;
    bool m_hasFailed = false;
};

std::size_t rowCount(const QString &path)
{
    auto reader = require(store::Reader::open(path));
    return require(reader.rows({}, 1'000'000)).size();
}

void checkIntegrity(const QString &path)
{
    auto database = require(store::Database::open(path, store::Database::Mode::ReadOnly));
    auto check = require(database.prepare("PRAGMA integrity_check"));
    QCOMPARE(check.step(), store::Statement::Step::Row);
    QCOMPARE(check.text(0), u"ok"_s);
}

} // namespace

class TstFailingDisk : public QObject
{
    Q_OBJECT

private slots:
    void aFullDiskStoresNothingOfTheCommit();
    void eachFailingStep_data();
    void eachFailingStep();
    void aFileSizeLimitIsAFullDisk();
    void creatingOnAFullDisk();
};

void TstFailingDisk::aFullDiskStoresNothingOfTheCommit()
{
    const Place place;
    auto writer = require(place.open());
    const std::size_t before = fill(writer, 100).size();
    writer.limitTo(1); // as large as it is now, at most
    QByteArray large;
    for (quint32 i = 0; large.size() < 200'000; ++i) {
        large += QByteArray::number(i * 2'654'435'761U, 36);
    }
    std::vector drafts{draft("{}"), draft(large, u"A new name"_s), draft("{}")};
    const auto failed = writer.commit(drafts);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, base::ErrorCode::DiskFull);
    QVERIFY(failed.error().what.contains(place.path()));
    QVERIFY(!failed.error().why.isEmpty() && !failed.error().fix.isEmpty());
    QCOMPARE(drafts[1].body, large);
    QCOMPARE(rowCount(place.path()), before);

    writer.limitTo(0);
    const auto events = commit(writer, drafts);
    QCOMPARE(event::raw(events.front().summary.id), before + 1);
    QCOMPARE(rowCount(place.path()), before + 3);
    auto reader = require(store::Reader::open(place.path()));
    QCOMPARE(require(reader.detail(events[1].summary.id)).event.body, large);
    QCOMPARE(reader.nameText(events[1].summary.name), u"A new name"_s);
    QCOMPARE(require(reader.counts({})).total + require(reader.counts({})).rejected, before + 3);
}

void TstFailingDisk::eachFailingStep_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("expected");
    QTest::newRow("full disk") << SQLITE_FULL << static_cast<int>(base::ErrorCode::DiskFull);
    QTest::newRow("failing disk") << SQLITE_IOERR_WRITE << static_cast<int>(base::ErrorCode::Io);
}

void TstFailingDisk::eachFailingStep()
{
    QFETCH(const int, code);
    QFETCH(const int, expected);
    const Place place;
    FaultyDisk disk;
    std::size_t stored = 0;
    {
        auto writer = require(place.open());
        stored = fill(writer, 30).size();
        support::SampleTraffic traffic(9);
        bool wasWhole = false;
        for (int step = 1; !wasWhole; ++step) {
            // New names and people each time, so that a remembered id of a failed commit would show.
            std::vector drafts{traffic.batch(4), traffic.single()};
            drafts[1].events.front().name = u"Step %1"_s.arg(step);
            drafts[1].events.front().userId = u"user of step %1"_s.arg(step);
            drafts[1].events.front().source.keyHash = "step" + QByteArray::number(step);
            disk.failFrom(step, code);
            const auto result = writer.commit(drafts);
            disk.mend();
            wasWhole = !disk.hasFailed();
            if (!wasWhole) {
                QVERIFY2(!result, qPrintable(u"step %1"_s.arg(step)));
                QCOMPARE(static_cast<int>(result.error().code), expected);
                QCOMPARE(rowCount(place.path()), stored);
                const auto again = commit(writer, drafts);
                QCOMPARE(event::raw(again.front().summary.id), stored + 1);
                auto reader = require(store::Reader::open(place.path()));
                const auto detail = require(reader.detail(again.back().summary.id));
                QCOMPARE(detail.event.name, u"Step %1"_s.arg(step));
                QCOMPARE(detail.event.user, u"user of step %1"_s.arg(step));
            } else {
                QVERIFY(result);
                // There must have been something to fail at: pages of the WAL and its sync.
                QVERIFY(step > 5);
            }
            stored += 5;
        }
    }
    QCOMPARE(rowCount(place.path()), stored);
    checkIntegrity(place.path());
}

void TstFailingDisk::aFileSizeLimitIsAFullDisk()
{
    const Place place;
    // In a process of its own, because the limit is the process's.
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{400'000, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto writer = place.open();
        support::SampleTraffic traffic(1);
        std::uint64_t count = 0;
        base::Result<event::CommitNotice> result;
        while (writer && count < 100'000 && result) {
            std::vector drafts{traffic.batch(10)};
            result = writer->commit(drafts);
            count += result ? 10 : 0;
        }
        const bool isFull = !result && result.error().code == base::ErrorCode::DiskFull;
        ::_exit(isFull && count > 20 ? 7 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 7);
    auto writer = require(place.open());
    QVERIFY(rowCount(place.path()) > 20);
    fill(writer, 5);
}

void TstFailingDisk::creatingOnAFullDisk()
{
    const Place place;
    FaultyDisk disk;
    disk.failFrom(1, SQLITE_FULL);
    const auto failed = place.open();
    disk.mend();
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, base::ErrorCode::DiskFull);
    auto writer = require(place.open());
    fill(writer, 5);
}

QTEST_GUILESS_MAIN(TstFailingDisk)
#include "tst_failingdisk.moc"
