// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/searchindex.h"

#include "store/searchtext.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// Another way to make the words is another number: the index is then made anew.
constexpr int format = 1;

constexpr const char *create = R"sql(
CREATE TABLE about(store_id TEXT NOT NULL, watermark INTEGER NOT NULL, watermark_us INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, tokenize='ascii');
)sql";

base::Result<QString> storeId(Database &store)
{
    auto select = store.prepare("SELECT value FROM meta WHERE key = 'store_id'");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    if (select->step() != Statement::Step::Row) {
        return base::Failure(store.error(u"The store %1 could not be read."_s.arg(store.path())));
    }
    return select->text(0);
}

base::Failure unfit(const QString &path)
{
    return base::failure(base::ErrorCode::Corrupt,
                         u"The search index %1 does not fit its store."_s.arg(path));
}

/// The watermark of an index that belongs to the store as it is now: a copy of the store put back into its
/// place has other events under the same ids.
base::Result<std::int64_t> fittingWatermark(Database &index, Database &store)
{
    const auto id = storeId(store);
    const auto version = index.number("PRAGMA user_version");
    if (!id || !version) {
        return base::Failure(id ? version.error() : id.error());
    }
    if (*version != format) {
        return unfit(index.path());
    }
    auto about = index.prepare("SELECT store_id, watermark, watermark_us FROM about");
    if (!about) {
        return base::Failure(std::move(about.error()));
    }
    if (about->step() != Statement::Step::Row || about->text(0) != *id) {
        return unfit(index.path());
    }
    const std::int64_t watermark = about->number(1);
    const std::int64_t watermarkUs = about->number(2);
    const auto newest = store.number("SELECT coalesce(max(id), 0) FROM event");
    const auto receivedUs =
        store.number("SELECT received_us FROM event WHERE id = " + QByteArray::number(qlonglong{watermark}));
    if (!newest || !receivedUs) {
        return base::Failure(newest ? receivedUs.error() : newest.error());
    }
    const auto everGiven = store.number("SELECT seq FROM sqlite_sequence WHERE name = 'event'");
    if (!everGiven || watermark > *everGiven || (*receivedUs != 0 && *receivedUs != watermarkUs)) {
        return unfit(index.path());
    }
    return watermark;
}

base::Result<void> makeAnew(const QString &path, Database &store)
{
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s}) {
        QFile::remove(path + suffix);
    }
    const auto id = storeId(store);
    if (!id) {
        return base::Failure(id.error());
    }
    // Words of events are as private as the events: only for the owner's eyes.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    auto index = Database::open(path, Database::Mode::Create);
    if (!index) {
        return base::Failure(std::move(index.error()));
    }
    for (const QByteArray &sql :
         {QByteArray("PRAGMA journal_mode = WAL"), QByteArray("BEGIN IMMEDIATE"), QByteArray(create),
          "INSERT INTO about VALUES('" + id->toLatin1() + "', 0, 0)",
          "PRAGMA user_version = " + QByteArray::number(format), QByteArray("COMMIT")}) {
        if (auto done = index->execute(sql); !done) {
            return done;
        }
    }
    return {};
}

} // namespace

base::Result<SearchIndex> SearchIndex::openToRead(Database &storeDatabase)
{
    const QString path = pathFor(storeDatabase.path());
    if (!QFile::exists(path)) {
        return base::failure(base::ErrorCode::NotFound, u"There is no search index yet."_s);
    }
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database) {
        return base::Failure(std::move(database.error()));
    }
    SearchIndex index;
    index.m_database = *std::move(database);
    const auto watermark = fittingWatermark(index.m_database, storeDatabase);
    if (!watermark) {
        return base::Failure(watermark.error());
    }
    index.m_watermark = *watermark;
    return index;
}

base::Result<SearchIndex> SearchIndex::openToWrite(Database &storeDatabase)
{
    const QString path = pathFor(storeDatabase.path());
    SearchIndex index;
    index.m_parser = std::make_unique<json::Parser>();
    bool isFit = false;
    if (QFile::exists(path)) {
        if (auto database = Database::open(path, Database::Mode::ReadWrite)) {
            index.m_database = *std::move(database);
            auto check = index.m_database.prepare("PRAGMA quick_check(1)");
            const bool isSound = check && check->step() == Statement::Step::Row && check->view(0) == "ok";
            const auto watermark = fittingWatermark(index.m_database, storeDatabase);
            isFit = isSound && watermark;
            index.m_watermark = watermark ? *watermark : 0;
        }
    }
    if (!isFit) {
        index.m_database = Database();
        index.m_watermark = 0;
        if (auto made = makeAnew(path, storeDatabase); !made) {
            return base::Failure(std::move(made.error()));
        }
        auto database = Database::open(path, Database::Mode::ReadWrite);
        if (!database) {
            return base::Failure(std::move(database.error()));
        }
        index.m_database = *std::move(database);
    }
    for (const char *pragma : {"PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -8192",
                               "PRAGMA journal_size_limit = 16777216"}) {
        if (auto done = index.m_database.execute(pragma); !done) {
            return base::Failure(std::move(done.error()));
        }
    }
    return index;
}

base::Result<std::int64_t> SearchIndex::advance(Database &storeDatabase, RequestLoader &loader,
                                                std::int64_t maxEvents)
{
    auto insert = m_database.prepare("INSERT INTO words(rowid, text) VALUES(?, ?)");
    auto select = storeDatabase.prepare(
        "SELECT e.id, e.received_us, e.type, e.request, e.body_begin, e.body_end, n.text "
        "FROM event e LEFT JOIN name n ON n.id = e.name WHERE e.id > ? ORDER BY e.id LIMIT ?");
    if (!insert || !select) {
        return base::Failure(insert ? select.error() : insert.error());
    }
    const QString what = u"The search index %1 could not be written."_s.arg(m_database.path());
    auto transaction = Transaction::begin(m_database, Transaction::Kind::Write);
    if (!transaction) {
        return base::Failure(std::move(transaction.error()));
    }
    select->bind(1, m_watermark);
    select->bind(2, maxEvents);
    std::int64_t count = 0;
    std::int64_t last = m_watermark;
    std::int64_t lastUs = 0;
    Statement::Step step = Statement::Step::Row;
    while ((step = select->step()) == Statement::Step::Row) {
        ++count;
        last = select->number(0);
        lastUs = select->number(1);
        QByteArray body;
        if (select->number(2) != 0) { // a rejected request's bytes are no event
            const auto request = loader.load(select->as<event::RequestId>(3));
            if (request && *request != nullptr) {
                body =
                    slice((*request)->bytes.body, select->as<std::uint32_t>(4), select->as<std::uint32_t>(5));
            }
        }
        const QByteArray text = searchText(select->text(6), body, *m_parser);
        insert->bind(1, last);
        insert->bindText(2, text);
        if (!insert->run()) {
            return base::Failure(m_database.error(what));
        }
    }
    if (step == Statement::Step::Failed) {
        return base::Failure(
            storeDatabase.error(u"The store %1 could not be read."_s.arg(storeDatabase.path())));
    }
    if (count == 0) {
        return count;
    }
    auto note = m_database.prepare("UPDATE about SET watermark = ?, watermark_us = ?");
    if (!note) {
        return base::Failure(std::move(note.error()));
    }
    note->bind(1, last);
    note->bind(2, lastUs);
    if (!note->run()) {
        return base::Failure(m_database.error(what));
    }
    if (auto committed = transaction->commit(); !committed) {
        return base::Failure(std::move(committed.error()));
    }
    m_watermark = last;
    return count;
}

base::Result<std::vector<std::int64_t>> SearchIndex::match(const QString &expression, Order order,
                                                           std::int64_t first, std::int64_t last,
                                                           std::int64_t limit)
{
    const QByteArray direction = order == Order::Ascending ? "ASC" : "DESC";
    auto select =
        m_database.prepare("SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid <= ? "
                           "ORDER BY rowid " +
                           direction + " LIMIT ?");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    const QByteArray utf8 = expression.toUtf8();
    select->bindText(1, utf8);
    select->bind(2, first);
    select->bind(3, last);
    select->bind(4, limit);
    std::vector<std::int64_t> ids;
    Statement::Step step = Statement::Step::Row;
    while ((step = select->step()) == Statement::Step::Row) {
        ids.push_back(select->number(0));
    }
    if (step == Statement::Step::Failed) {
        return base::Failure(m_database.error(u"The search index could not be read."_s));
    }
    return ids;
}

} // namespace store
