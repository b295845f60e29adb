// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writer.h"

#include "base/log.h"
#include "store/migrations.h"
#include "store/writerimpl.h"

#include <algorithm>
#include <cstring>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// A checkpoint is the longest thing a commit could wait for: Upkeep runs it in idle moments, the writer
// itself only when the WAL has grown to this.
constexpr std::uint64_t maxWalPages = 65'536; // 256 MB

/// Where a source's name comes from; a later one of the same kind does not replace it.
enum Naming : int { FromKey = 0, FromApp = 1, FromUser = 2 };

base::Failure noFolder(const QString &folder, const QString &why)
{
    return base::failure(base::ErrorCode::Permission, u"The folder %1 could not be made."_s.arg(folder), why,
                         u"Make it yourself, or choose another place for the store."_s);
}

/// The folder of the store, made when missing, for its owner's eyes only.
base::Result<void> makeFolder(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (QFileInfo(folder).isDir()) {
        return {};
    }
    const QString parent = QFileInfo(folder).absolutePath();
    if (!QDir().mkpath(parent)) {
        return noFolder(folder, u"%1 can't be written, or something else has its name."_s.arg(parent));
    }
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && !QFileInfo(folder).isDir()) {
        return noFolder(folder, u"%1 can't be written, or something else has its name."_s.arg(parent));
    }
    return {};
}

/// SQLite would make the file readable for all; its -wal and -shm take the file's own rights.
base::Result<void> makeFile(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const int error = errno;
        const auto code =
            error == ENOSPC || error == EDQUOT ? base::ErrorCode::DiskFull : base::ErrorCode::Permission;
        return base::failure(code, u"The store %1 could not be opened for writing."_s.arg(path),
                             QString::fromLocal8Bit(std::strerror(error)) + u'.',
                             u"Give yourself the right to write it, or choose another store."_s);
    }
    ::close(descriptor);
    return {};
}

} // namespace

Writer::Writer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Writer::~Writer() = default;
Writer::Writer(Writer &&) noexcept = default;
Writer &Writer::operator=(Writer &&) noexcept = default;

base::Result<Writer> Writer::open(const QString &path, const base::Clock &clock)
{
    // Looked at first: what is no store gets no lock file beside it either.
    if (const auto found = probe(path); !found) {
        return base::Failure(found.error());
    }
    if (auto made = makeFolder(path); !made) {
        return base::Failure(std::move(made.error()));
    }
    auto lock = LockFile::take(path);
    if (!lock) {
        return base::Failure(std::move(lock.error()));
    }
    if (auto made = makeFile(path); !made) {
        return base::Failure(std::move(made.error()));
    }
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (!database) {
        return base::Failure(std::move(database.error()));
    }
    auto impl = std::make_unique<Impl>(clock);
    impl->lock = *std::move(lock);
    impl->database = *std::move(database);
    impl->path = path;
    // Not in WAL yet: the first transaction lands in the file itself, so that it says what it is from then
    // on.
    if (auto migrated = migrate(impl->database); !migrated) {
        return base::Failure(std::move(migrated.error()));
    }
    if (auto prepared = impl->prepare(); !prepared) {
        return base::Failure(std::move(prepared.error()));
    }
    return Writer(std::move(impl));
}

base::Result<void> Writer::Impl::prepare()
{
    for (const char *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA journal_size_limit = 67108864", // the WAL gives its room back once it starts over
          "PRAGMA cache_size = -32768", "PRAGMA temp_store = MEMORY", "PRAGMA analysis_limit = 1000",
          "PRAGMA foreign_keys = OFF"}) {
        if (auto done = database.execute(pragma); !done) {
            return done;
        }
    }
    sqlite3_wal_hook(
        database.handle(),
        [](void *impl, sqlite3 *, const char *, int pages) {
            static_cast<Impl *>(impl)->walPages = static_cast<std::uint64_t>(pages);
            return SQLITE_OK;
        },
        this);
    if (auto loaded = rules.load(database); !loaded) {
        return loaded;
    }
    const auto sequence = [this](const QByteArray &table) {
        return database.number("SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'");
    };
    const auto requests = sequence("request");
    const auto events = sequence("event");
    if (!requests || !events) {
        return base::Failure(requests ? events.error() : requests.error());
    }
    lastRequest = *requests;
    lastEvent = *events;
    const std::pair<const char *, QByteArray *> notes[] = {{"checked_by", &checkedBy},
                                                           {"recheck_of", &unfinishedRecheck}};
    for (const auto &[key, value] : notes) {
        auto noted = database.prepare("SELECT value FROM meta WHERE key = ?");
        if (!noted) {
            return base::Failure(std::move(noted.error()));
        }
        noted->bindText(1, key);
        if (noted->step() == Statement::Step::Row) {
            *value = noted->bytes(0);
        }
    }

    const std::pair<Statement *, const char *> statements[] = {
        {&findName, "SELECT id FROM name WHERE text = ?"},
        {&insertName, "INSERT INTO name(text) VALUES(?)"},
        {&findUser, "SELECT id FROM user WHERE text = ?"},
        {&insertUser, "INSERT INTO user(text) VALUES(?)"},
        {&findSource, "SELECT id, name, library, naming FROM source WHERE key_hash = ?"},
        {&insertSource,
         "INSERT INTO source(key_hash, masked_key, name, naming, library, first_seen_us, last_seen_us) "
         "VALUES(?, ?, ?, ?, ?, ?, ?)"},
        {&insertSession, "INSERT INTO session(name, test_id, started_us) VALUES(?, ?, ?)"},
        {&tallySession,
         "UPDATE session SET total = total + ?, valid = valid + ?, violations = violations + ?, "
         "unplanned = unplanned + ?, unchecked = unchecked + ?, rejected = rejected + ?, "
         "lint = lint + ?, protocol = protocol + ?, privacy = privacy + ? WHERE id = ?"},
        {&tallySource, "UPDATE source SET events = events + ?1, last_seen_us = max(last_seen_us, ?2), "
                       "library = CASE WHEN ?3 = '' THEN library ELSE ?3 END WHERE id = ?4"},
        {&insertRequest,
         "INSERT INTO request(id, received_us, session, first_event, events, codec, coding, "
         "head_bytes, body_bytes, wire_bytes, reply_status, method, target, peer, reject_code, "
         "reject_reason, head, packed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {&insertEvent,
         "INSERT INTO event(id, received_us, type, status, name, source, user, session, findings, "
         "flags, worst, top_rule, delivery, request, body_begin, body_end, found) "
         "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {&insertDispatch,
         "INSERT INTO dispatch(destination, is_replay, state, created_us, next_attempt_us, request) "
         "VALUES(?, ?, 1, ?, ?, ?)"},
        {&insertDelivery, "INSERT OR IGNORE INTO delivery(event, dispatch, position) VALUES(?, ?, ?)"},
    };
    for (const auto &[statement, sql] : statements) {
        auto prepared = database.prepare(sql);
        if (!prepared) {
            return base::Failure(std::move(prepared.error()));
        }
        *statement = *std::move(prepared);
    }
    return {};
}

Writer::Impl::~Impl()
{
    if (database.handle() != nullptr) {
        // A store that can't be written any more simply keeps its old statistics.
        if (auto done = database.execute("PRAGMA optimize"); !done) {
            qCDebug(logStore) << done.error().oneLine();
        }
    }
}

base::Result<event::SessionId> Writer::beginSession(const QString &name, const QString &testId)
{
    auto done = m_impl->inTransaction(u"The session could not be started."_s,
                                      [&] { return m_impl->beginSession(name, testId); });
    if (!done) {
        return base::Failure(std::move(done.error()));
    }
    return m_impl->session;
}

bool Writer::Impl::beginSession(const QString &name, const QString &testId)
{
    const QByteArray nameBytes = name.toUtf8();
    const QByteArray testBytes = testId.toUtf8();
    insertSession.bindText(1, nameBytes);
    insertSession.bindText(2, testBytes);
    insertSession.bind(3, clock.nowUs());
    if (!insertSession.run()) {
        return false;
    }
    session = static_cast<event::SessionId>(sqlite3_last_insert_rowid(database.handle()));
    return true;
}

bool Writer::Impl::sourceOf(const event::SourceKey &key, std::int64_t seenUs, SourceEntry &entry, bool &isNew)
{
    const SourceEntry *known = sources.find(key.keyHash);
    if (known == nullptr) {
        SourceEntry found;
        findSource.bindBytes(1, key.keyHash);
        const Statement::Step step = findSource.step();
        if (step == Statement::Step::Row) {
            found = {findSource.as<event::SourceId>(0), findSource.text(1), findSource.text(2),
                     findSource.as<int>(3)};
        }
        findSource.reset();
        if (step == Statement::Step::Failed) {
            return false;
        }
        if (step == Statement::Step::Done) {
            found.naming = key.suggestedName.isEmpty() ? FromKey : FromApp;
            found.name = key.suggestedName.isEmpty() ? key.maskedKey : key.suggestedName;
            found.library = key.library;
            const QByteArray masked = key.maskedKey.toUtf8();
            const QByteArray name = found.name.toUtf8();
            const QByteArray library = key.library.toUtf8();
            insertSource.bindBytes(1, key.keyHash);
            insertSource.bindText(2, masked);
            insertSource.bindText(3, name);
            insertSource.bind(4, std::int64_t{found.naming});
            insertSource.bindText(5, library);
            insertSource.bind(6, seenUs);
            insertSource.bind(7, seenUs);
            if (!insertSource.run()) {
                return false;
            }
            found.id = static_cast<event::SourceId>(sqlite3_last_insert_rowid(database.handle()));
            isNew = true;
        }
        known = sources.put(key.keyHash, std::move(found));
    }
    entry = *known;
    // A source of the settings is called what they say, also when they change their mind.
    const bool isRenamed = key.keyHash.startsWith("rule:") && entry.name != key.suggestedName;
    if ((entry.naming == FromKey || isRenamed) && !key.suggestedName.isEmpty()) {
        auto update = database.prepare("UPDATE source SET name = ?, naming = ? WHERE id = ?");
        if (!update) {
            return false;
        }
        const QByteArray name = key.suggestedName.toUtf8();
        update->bindText(1, name);
        update->bind(2, std::int64_t{FromApp});
        update->bind(3, std::int64_t{event::raw(entry.id)});
        if (!update->run()) {
            return false;
        }
        entry.name = key.suggestedName;
        entry.naming = FromApp;
        sources.put(key.keyHash, entry);
        isNew = true;
    }
    return true;
}

base::Result<void> Writer::renameSource(event::SourceId id, const QString &name)
{
    const QString what = u"The source could not be renamed."_s;
    auto update = m_impl->database.prepare("UPDATE source SET name = ?, naming = ? WHERE id = ?");
    if (!update) {
        return base::Failure(std::move(update.error()));
    }
    const QByteArray text = name.toUtf8();
    update->bindText(1, text);
    update->bind(2, std::int64_t{FromUser});
    update->bind(3, std::int64_t{event::raw(id)});
    auto done = m_impl->inTransaction(what, [&] { return update->run(); });
    if (done && sqlite3_changes(m_impl->database.handle()) == 0) {
        return base::failure(base::ErrorCode::NotFound, what,
                             u"The store has no source %1."_s.arg(event::raw(id)), {});
    }
    m_impl->sources.clear();
    return done;
}

base::Result<void> Writer::noteConnected(const event::SourceKey &source)
{
    return m_impl->inTransaction(u"The source could not be stored."_s, [&] {
        SourceEntry entry;
        bool isNew = false;
        if (!m_impl->sourceOf(source, m_impl->clock.nowUs(), entry, isNew)) {
            return false;
        }
        auto update = m_impl->database.prepare("UPDATE source SET connected = 1 WHERE id = ?");
        if (!update) {
            return false;
        }
        update->bind(1, std::int64_t{event::raw(entry.id)});
        return update->run();
    });
}

const QByteArray &Writer::checkedBy() const
{
    return m_impl->checkedBy;
}

base::Result<void> Writer::Impl::setDurability(Durability wanted)
{
    if (wanted == durability) {
        return {};
    }
    auto done = database.execute(wanted == Durability::OnCommit ? "PRAGMA synchronous = FULL"
                                                                : "PRAGMA synchronous = NORMAL");
    if (done) {
        durability = wanted;
    }
    return done;
}

base::Result<void> Writer::Impl::setMeta(std::initializer_list<std::pair<const char *, QByteArray>> values)
{
    auto note = database.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)");
    if (!note) {
        return base::Failure(std::move(note.error()));
    }
    return inTransaction(u"The checks could not be noted in %1."_s.arg(path), [&] {
        return std::ranges::all_of(values, [&note](const auto &entry) {
            note->bindText(1, entry.first);
            note->bindText(2, entry.second);
            return note->run();
        });
    });
}

base::Result<void> Writer::noteCheckedBy(const QByteArray &fingerprint)
{
    // Commits of other checkers alone do not end a recheck.
    const QByteArray unfinished = fingerprint.isEmpty() ? m_impl->unfinishedRecheck : QByteArray();
    auto done = m_impl->setMeta({{"checked_by", fingerprint}, {"recheck_of", unfinished}});
    if (done) {
        m_impl->checkedBy = fingerprint;
        m_impl->unfinishedRecheck = unfinished;
    }
    return done;
}

base::Result<void> Writer::noteRecheckBegun(const QByteArray &fingerprint)
{
    auto done = m_impl->setMeta({{"checked_by", {}}, {"recheck_of", fingerprint}});
    if (done) {
        m_impl->checkedBy.clear();
        m_impl->unfinishedRecheck = fingerprint;
    }
    return done;
}

const QByteArray &Writer::unfinishedRecheck() const
{
    return m_impl->unfinishedRecheck;
}

bool Writer::isEmpty() const
{
    return m_impl->lastEvent == 0;
}

void Writer::Impl::tidy(std::int64_t eventsBefore)
{
    const auto passed = [&](std::int64_t size) { return eventsBefore < size && lastEvent >= size; };
    constexpr std::int64_t everyEvents = 500'000;
    if (passed(10'000) || passed(100'000) || eventsBefore / everyEvents != lastEvent / everyEvents) {
        if (auto done = database.execute("ANALYZE"); !done) {
            qCWarning(logStore) << "The planner keeps its old statistics:" << done.error().oneLine();
        }
    }
    if (walPages > maxWalPages) {
        // Busy when Upkeep is at it already: then the next commit looks again.
        sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }
}

QString Writer::path() const
{
    return m_impl->path;
}

event::SessionId Writer::session() const
{
    return m_impl->session;
}

std::uint64_t Writer::sizeBytes() const
{
    qint64 bytes = 0;
    for (const QString &suffix : {QString(), u"-wal"_s, u"-search"_s, u"-search-wal"_s}) {
        bytes += QFileInfo(m_impl->path + suffix).size();
    }
    return static_cast<std::uint64_t>(bytes);
}

void Writer::limitTo(std::uint64_t bytes)
{
    constexpr std::uint64_t pageBytes = 4096;
    constexpr std::uint64_t mostPages = 0xffff'fffe;
    const std::uint64_t pages =
        bytes == 0 ? mostPages : std::clamp<std::uint64_t>(bytes / pageBytes, 1, mostPages);
    // Cannot fail: it only sets a number of this connection.
    sqlite3_exec(m_impl->database.handle(),
                 ("PRAGMA max_page_count = " + QByteArray::number(qulonglong{pages})).constData(), nullptr,
                 nullptr, nullptr);
}

} // namespace store
