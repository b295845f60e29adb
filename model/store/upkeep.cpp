// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/upkeep.h"

#include "base/log.h"
#include "base/threadname.h"
#include "store/searchindex.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <QFileInfo>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

using namespace std::chrono_literals;

// Long enough that a burst of requests has passed.
constexpr auto idle = 250ms;
// Each slice is a segment of the index, to be merged with the others: what comes shortly after one another is
// indexed together.
constexpr auto gathering = 200ms;
// After a failure (a full disk) the next try waits, unless a commit comes before.
constexpr auto afterFailure = 5s;
constexpr std::int64_t sliceEvents = 1'000;
// A WAL this long is copied back even while events come: reading it gets slower as it grows.
constexpr qint64 busyWalBytes = 64 * 1024 * 1024;

} // namespace

struct Upkeep::Impl
{
    QString path;
    std::mutex mutex;
    std::condition_variable_any wakeUp;
    std::condition_variable_any pause; ///< notified by nobody: waited on until the time or the end has come
    std::uint64_t wakes = 0;           ///< counted, under the mutex
    std::atomic<std::uint64_t> lag = 0;

    // The rest belongs to the thread.
    std::optional<Database> database;
    std::optional<SearchIndex> index;
    RequestLoader loader;
    bool isLogged = false;
    // Last: started when all else stands, joined before it goes.
    std::jthread thread;

    void run(const std::stop_token &stop);
    /// False when something failed: then all is opened again at the next try.
    [[nodiscard]] bool work(const std::stop_token &stop);
    [[nodiscard]] base::Result<void> open();
    void checkpoint();
};

Upkeep::Upkeep(const QString &storePath)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->path = storePath;
    m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token &stop) { impl->run(stop); });
}

Upkeep::~Upkeep() = default;

void Upkeep::wake()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        ++m_impl->wakes;
    }
    m_impl->wakeUp.notify_one();
}

std::uint64_t Upkeep::lag() const
{
    return m_impl->lag;
}

void Upkeep::Impl::run(const std::stop_token &stop)
{
    base::nameThread("upkeep");
    base::runBehindOthers();
    std::uint64_t seen = 0;
    while (!stop.stop_requested()) {
        {
            const std::lock_guard lock(mutex);
            seen = wakes;
        }
        const bool isDone = work(stop);
        if (!isDone) {
            index.reset();
            loader = RequestLoader();
            database.reset();
        }
        std::unique_lock lock(mutex);
        const auto isWoken = [&] { return wakes != seen; };
        if (wakeUp.wait_for(lock, stop,
                            isDone ? std::chrono::milliseconds(idle)
                                   : std::chrono::milliseconds(afterFailure),
                            isWoken)) {
            pause.wait_for(lock, stop, gathering, [] { return false; });
            continue;
        }
        if (isDone && !stop.stop_requested()) {
            lock.unlock();
            checkpoint();
            lock.lock();
            wakeUp.wait(lock, stop, isWoken);
            pause.wait_for(lock, stop, gathering, [] { return false; });
        }
    }
}

base::Result<void> Upkeep::Impl::open()
{
    // Only a connection that may write can checkpoint; query_only keeps it from anything else.
    auto opened = Database::open(path, Database::Mode::ReadWrite);
    if (!opened) {
        return base::Failure(std::move(opened.error()));
    }
    database = *std::move(opened);
    for (const char *pragma : {"PRAGMA query_only = ON", "PRAGMA synchronous = FULL",
                               "PRAGMA cache_size = -4096", "PRAGMA wal_autocheckpoint = 0"}) {
        if (auto done = database->execute(pragma); !done) {
            return done;
        }
    }
    if (auto prepared = loader.prepare(*database); !prepared) {
        return prepared;
    }
    auto made = SearchIndex::openToWrite(*database);
    if (!made) {
        return base::Failure(std::move(made.error()));
    }
    index = *std::move(made);
    return {};
}

bool Upkeep::Impl::work(const std::stop_token &stop)
{
    const auto complain = [this](const base::Error &error) {
        if (!isLogged) {
            qCWarning(logStore) << "The search index falls behind:" << error.oneLine();
            isLogged = true;
        }
        return false;
    };
    if (!database) {
        if (auto opened = open(); !opened) {
            return complain(opened.error());
        }
    }
    while (!stop.stop_requested()) {
        const auto newest = database->number("SELECT coalesce(max(id), 0) FROM event");
        if (!newest) {
            return complain(newest.error());
        }
        lag = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *newest - index->watermark()));
        if (QFileInfo(path + u"-wal"_s).size() > busyWalBytes) {
            checkpoint();
        }
        if (*newest <= index->watermark()) {
            break;
        }
        const auto added = index->advance(*database, loader, sliceEvents);
        if (!added) {
            return complain(added.error());
        }
    }
    isLogged = false;
    return true;
}

void Upkeep::Impl::checkpoint()
{
    // Passive never makes the writer wait. When it can't finish, the next one does.
    sqlite3_wal_checkpoint_v2(database->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace store
