// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include "event/ruleid.h"
#include "store/schema.h"

#include <array>

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// Columns that scans read stand first, blobs last. Ids of event and request are given by the writer, in
// commit order; AUTOINCREMENT keeps them from ever being used again.
constexpr const char *toVersion1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta(key, value) VALUES('store_id', lower(hex(randomblob(16))));

CREATE TABLE session(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    test_id TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    valid INTEGER NOT NULL DEFAULT 0,
    violations INTEGER NOT NULL DEFAULT 0,
    unplanned INTEGER NOT NULL DEFAULT 0,
    unchecked INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    lint INTEGER NOT NULL DEFAULT 0,
    protocol INTEGER NOT NULL DEFAULT 0,
    privacy INTEGER NOT NULL DEFAULT 0);

CREATE TABLE source(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key_hash BLOB NOT NULL UNIQUE,
    masked_key TEXT NOT NULL,
    name TEXT NOT NULL,
    naming INTEGER NOT NULL,
    library TEXT NOT NULL,
    first_seen_us INTEGER NOT NULL,
    last_seen_us INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    connected INTEGER NOT NULL DEFAULT 0);

CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE user(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE rule(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);

CREATE TABLE request(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_us INTEGER NOT NULL,
    session INTEGER NOT NULL,
    first_event INTEGER NOT NULL,
    events INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    coding INTEGER NOT NULL,
    head_bytes INTEGER NOT NULL,
    body_bytes INTEGER NOT NULL,
    wire_bytes INTEGER NOT NULL,
    reply_status INTEGER NOT NULL,
    method BLOB NOT NULL,
    target BLOB NOT NULL,
    peer BLOB NOT NULL,
    reject_code BLOB,
    reject_reason BLOB,
    head BLOB,
    packed BLOB NOT NULL);

CREATE TABLE event(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_us INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    name INTEGER NOT NULL,
    source INTEGER NOT NULL,
    user INTEGER NOT NULL,
    session INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    worst INTEGER NOT NULL,
    top_rule INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    request INTEGER NOT NULL,
    body_begin INTEGER NOT NULL,
    body_end INTEGER NOT NULL,
    found BLOB);
CREATE INDEX event_name ON event(name);
CREATE INDEX event_type ON event(type);
CREATE INDEX event_status ON event(status);
CREATE INDEX event_received ON event(received_us);
CREATE INDEX event_found ON event(id) WHERE findings > 0;

CREATE TABLE dispatch(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    is_replay INTEGER NOT NULL,
    state INTEGER NOT NULL,
    created_us INTEGER NOT NULL,
    next_attempt_us INTEGER NOT NULL,
    request INTEGER NOT NULL,
    sent_head BLOB,
    sent_body BLOB);
CREATE INDEX dispatch_due ON dispatch(next_attempt_us) WHERE state = 1;
CREATE INDEX dispatch_queued ON dispatch(destination, id) WHERE state = 1;

CREATE TABLE delivery(
    event INTEGER NOT NULL,
    dispatch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY(event, dispatch)) WITHOUT ROWID;
CREATE INDEX delivery_dispatch ON delivery(dispatch, position);

CREATE TABLE attempt(
    dispatch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer_head BLOB,
    answer BLOB,
    error TEXT,
    PRIMARY KEY(dispatch, number)) WITHOUT ROWID;

-- What ANALYZE would find in a grown store: a connection opened while the store is small plans well, too.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES
    ('event', 'event_name', '1000000 10000'),
    ('event', 'event_type', '1000000 200000'),
    ('event', 'event_status', '1000000 250000'),
    ('event', 'event_received', '1000000 2'),
    ('event', 'event_found', '50000 1'),
    ('delivery', 'delivery', '100000 2 1'),
    ('delivery', 'delivery_dispatch', '100000 20 1'),
    ('dispatch', 'dispatch_due', '1000 2'),
    ('dispatch', 'dispatch_queued', '1000 500 1'),
    ('name', 'sqlite_autoindex_name_1', '1000 1'),
    ('user', 'sqlite_autoindex_user_1', '50000 1'),
    ('source', 'sqlite_autoindex_source_1', '20 1'),
    ('rule', 'sqlite_autoindex_rule_1', '100 1');
)sql";

// A step never changes once it was released: a new one follows.
constexpr std::array steps{toVersion1};
static_assert(steps.size() == schema::version);

base::Failure noStore(const QString &path, QString why)
{
    return base::failure(base::ErrorCode::Corrupt, u"%1 is no Trackside store."_s.arg(path), std::move(why),
                         u"Choose another file; this one was left as it is."_s);
}

base::Result<void> rememberRules(Database &database)
{
    auto transaction = Transaction::begin(database, Transaction::Kind::Write);
    if (!transaction) {
        return base::Failure(std::move(transaction.error()));
    }
    auto insert = database.prepare("INSERT OR IGNORE INTO rule(word) VALUES(?)");
    if (!insert) {
        return base::Failure(std::move(insert.error()));
    }
    for (std::uint16_t rule = 0; rule < event::ruleCount(); ++rule) {
        const std::string_view word = event::word(static_cast<event::RuleId>(rule));
        insert->bindText(1, QByteArrayView(word.data(), static_cast<qsizetype>(word.size())));
        if (!insert->run()) {
            return base::Failure(
                database.error(u"The store %1 could not be prepared."_s.arg(database.path())));
        }
    }
    return transaction->commit();
}

} // namespace

base::Result<Probe> probe(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() || (info.isFile() && info.size() == 0)) {
        return Probe{};
    }
    if (info.isDir()) {
        return noStore(path, u"It is a folder."_s);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::Permission, u"The store %1 could not be read."_s.arg(path),
                             file.errorString() + u'.',
                             u"Give yourself the right to read it, or choose another."_s);
    }
    if (file.read(16) != QByteArrayView("SQLite format 3\0", 16)) {
        return noStore(path, u"It is not an SQLite database."_s);
    }
    file.close();

    base::Result<Database> database = Database::open(path, Database::Mode::ReadOnly);
    base::Result<std::int64_t> application = 0;
    if (database) {
        application = database->number("PRAGMA application_id");
        if (!application && application.error().code == base::ErrorCode::Permission) {
            // The folder can't be written, so there is no place for the lock files a reader shares.
            database = Database::open(path, Database::Mode::Immutable);
            if (database) {
                application = database->number("PRAGMA application_id");
            }
        }
    }
    if (!database) {
        return base::Failure(std::move(database.error()));
    }
    const auto version = database->number("PRAGMA user_version");
    const auto tables = database->number("SELECT count(*) FROM sqlite_schema");
    for (const base::Result<std::int64_t> *result : {&std::as_const(application), &version, &tables}) {
        if (!*result && result->error().code == base::ErrorCode::Corrupt) {
            return noStore(path, result->error().why);
        }
        if (!*result) {
            return base::Failure(result->error());
        }
    }
    if (*application == 0 && *version == 0 && *tables == 0) {
        return Probe{}; // a store whose first transaction never came to its end
    }
    if (*application != schema::applicationId) {
        return noStore(path, u"It is an SQLite database of another program."_s);
    }
    if (*version > schema::version) {
        return base::failure(
            base::ErrorCode::Newer, u"The store %1 is of a newer Trackside."_s.arg(path),
            u"Its format is number %1; this Trackside knows %2."_s.arg(*version).arg(schema::version),
            u"Update Trackside, or choose another store; this one was left as it is."_s);
    }
    return Probe{Probe::Kind::Store, static_cast<int>(*version)};
}

base::Result<void> migrate(Database &database)
{
    const auto version = database.number("PRAGMA user_version");
    if (!version) {
        return base::Failure(version.error());
    }
    for (auto step = static_cast<std::size_t>(*version); step < steps.size(); ++step) {
        auto transaction = Transaction::begin(database, Transaction::Kind::Write);
        if (!transaction) {
            return base::Failure(std::move(transaction.error()));
        }
        for (const QByteArray &sql :
             {QByteArray("PRAGMA application_id = " + QByteArray::number(schema::applicationId)),
              QByteArray(steps.at(step)),
              QByteArray("PRAGMA user_version = " + QByteArray::number(step + 1))}) {
            if (auto done = database.execute(sql); !done) {
                return done;
            }
        }
        if (auto committed = transaction->commit(); !committed) {
            return committed;
        }
    }
    return rememberRules(database);
}

} // namespace store
