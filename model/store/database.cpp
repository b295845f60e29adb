// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <cerrno>
#include <cstring>

#include <QFileInfo>
#include <QUrl>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// SQLite wants this marker where bytes outlive the statement; its own macro is an old-style cast.
const sqlite3_destructor_type unowned = nullptr;

bool isFullDisk(int systemError)
{
    return systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
}

QString systemReason(int systemError)
{
    return systemError == 0 ? QString() : QString::fromLocal8Bit(std::strerror(systemError));
}

base::Error describe(int extendedCode, int systemError, const char *message, QString what,
                     const QString &path)
{
    base::Error error;
    error.what = std::move(what);
    const QString folder = QFileInfo(path).absolutePath();
    const auto full = [&] {
        error.code = base::ErrorCode::DiskFull;
        error.why = u"The disk is full."_s;
        error.fix = u"Free some space on the disk of %1; Trackside then goes on by itself."_s.arg(folder);
    };
    switch (extendedCode & 0xff) {
    case SQLITE_FULL:
        full();
        return error;
    case SQLITE_IOERR:
        if (isFullDisk(systemError)) {
            full();
            return error;
        }
        error.code = base::ErrorCode::Io;
        error.why = systemError == 0
                        ? u"The disk could not be read or written."_s
                        : u"The disk could not be read or written: %1."_s.arg(systemReason(systemError));
        error.fix = u"Check the disk of %1, or use a store on another one."_s.arg(folder);
        return error;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        if (isFullDisk(systemError)) {
            full();
            return error;
        }
        error.code = base::ErrorCode::Permission;
        error.why = u"The file or its folder can't be written."_s;
        error.fix =
            u"Give yourself the right to write %1 and its folder, or choose another store."_s.arg(path);
        return error;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        error.code = base::ErrorCode::Corrupt;
        error.why = u"The file is damaged (%1)."_s.arg(QString::fromUtf8(message));
        error.fix = u"Put a copy of the store in its place, or start a new one."_s;
        return error;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        error.code = base::ErrorCode::InUse;
        error.why = u"Another program keeps the store locked."_s;
        error.fix = u"Close the program that has %1 open."_s.arg(path);
        return error;
    case SQLITE_INTERRUPT:
        error.code = base::ErrorCode::Cancelled;
        error.why = u"It was cancelled."_s;
        return error;
    case SQLITE_TOOBIG:
        error.code = base::ErrorCode::Limit;
        error.why = u"A single value is larger than the store can hold."_s;
        error.fix = u"Send less in one request."_s;
        return error;
    default:
        break;
    }
    error.code = base::ErrorCode::Internal;
    error.why = u"SQLite says: %1."_s.arg(QString::fromUtf8(message));
    error.fix = u"Please report this with what you were doing."_s;
    return error;
}

} // namespace

Statement::Statement(sqlite3_stmt *statement)
    : m_statement(statement)
{
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

void Statement::bind(int parameter, std::int64_t number)
{
    sqlite3_bind_int64(m_statement.get(), parameter, number);
}

void Statement::bind(int parameter, double number)
{
    sqlite3_bind_double(m_statement.get(), parameter, number);
}

void Statement::bindBytes(int parameter, QByteArrayView bytes)
{
    // A null pointer would bind NULL, an empty blob is not NULL.
    const void *data = bytes.isEmpty() ? "" : bytes.data();
    sqlite3_bind_blob64(m_statement.get(), parameter, data, static_cast<sqlite3_uint64>(bytes.size()),
                        unowned);
}

void Statement::bindText(int parameter, QByteArrayView utf8)
{
    const char *data = utf8.isEmpty() ? "" : utf8.data();
    sqlite3_bind_text64(m_statement.get(), parameter, data, static_cast<sqlite3_uint64>(utf8.size()), unowned,
                        SQLITE_UTF8);
}

void Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement.get(), parameter);
}

void Statement::bindValue(int parameter, const QVariant &value)
{
    const auto free = [](void *data) { sqlite3_free(data); };
    const auto copy = [](const QByteArray &bytes) {
        void *data = sqlite3_malloc64(static_cast<sqlite3_uint64>(bytes.size()) + 1);
        std::memcpy(data, bytes.constData(), static_cast<std::size_t>(bytes.size()) + 1);
        return data;
    };
    switch (value.typeId()) {
    case QMetaType::Double:
        bind(parameter, value.toDouble());
        break;
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        sqlite3_bind_blob64(m_statement.get(), parameter, copy(bytes),
                            static_cast<sqlite3_uint64>(bytes.size()), free);
        break;
    }
    case QMetaType::QString: {
        const QByteArray utf8 = value.toString().toUtf8();
        sqlite3_bind_text64(m_statement.get(), parameter, static_cast<const char *>(copy(utf8)),
                            static_cast<sqlite3_uint64>(utf8.size()), free, SQLITE_UTF8);
        break;
    }
    default:
        bind(parameter, static_cast<std::int64_t>(value.toLongLong()));
        break;
    }
}

Statement::Step Statement::step()
{
    switch (sqlite3_step(m_statement.get())) {
    case SQLITE_ROW:
        return Step::Row;
    case SQLITE_DONE:
        return Step::Done;
    default:
        return Step::Failed;
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

bool Statement::run()
{
    const bool isDone = step() == Step::Done;
    reset();
    return isDone;
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArrayView Statement::view(int column) const
{
    // The pointer first: asking for it may change what the size means.
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return QByteArrayView(data, sqlite3_column_bytes(m_statement.get(), column));
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(view(column));
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3 *handle) const
{
    sqlite3_close_v2(handle);
}

base::Result<Database> Database::open(const QString &path, Mode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI;
    QByteArray name =
        "file:" + QUrl::toPercentEncoding(QFileInfo(path).absoluteFilePath(), QByteArrayLiteral("/"));
    switch (mode) {
    case Mode::ReadOnly:
        flags |= SQLITE_OPEN_READONLY;
        break;
    case Mode::ReadWrite:
        flags |= SQLITE_OPEN_READWRITE;
        break;
    case Mode::Create:
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        break;
    case Mode::Immutable:
        flags |= SQLITE_OPEN_READONLY;
        name += "?immutable=1";
        break;
    }
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(name.constData(), &handle, flags, nullptr);
    Database database;
    database.m_handle.reset(handle);
    database.m_path = path;
    if (code != SQLITE_OK) {
        return base::Failure(database.error(u"The store %1 could not be opened."_s.arg(path)));
    }
    // A checkpoint of another connection holds its locks for moments only.
    sqlite3_busy_timeout(handle, 5000);
    return database;
}

base::Result<void> Database::execute(const QByteArray &sql)
{
    if (sqlite3_exec(handle(), sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return base::Failure(error(u"The store %1 could not be used."_s.arg(m_path)));
    }
    return {};
}

base::Result<Statement> Database::prepare(const QByteArray &sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(handle(), sql.constData(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK) {
        return base::Failure(error(u"The store %1 could not be used."_s.arg(m_path)));
    }
    return Statement(statement);
}

base::Result<std::int64_t> Database::number(const QByteArray &sql)
{
    base::Result<Statement> statement = prepare(sql);
    if (!statement) {
        return base::Failure(std::move(statement.error()));
    }
    switch (statement->step()) {
    case Statement::Step::Row:
        return statement->number(0);
    case Statement::Step::Done:
        return 0;
    case Statement::Step::Failed:
        break;
    }
    return base::Failure(error(u"The store %1 could not be read."_s.arg(m_path)));
}

base::Error Database::error(QString what) const
{
    int systemError = sqlite3_system_errno(handle());
    // A failed COMMIT does not get as far as noting it there (3.40).
    if (systemError == 0 && isFullDisk(errno)) {
        systemError = errno;
    }
    return describe(sqlite3_extended_errcode(handle()), systemError, sqlite3_errmsg(handle()),
                    std::move(what), m_path);
}

int Database::resultCode() const
{
    return sqlite3_extended_errcode(handle());
}

base::Result<Transaction> Transaction::begin(Database &database, Kind kind)
{
    // Immediate: a write transaction fails at its start or not for want of the lock.
    if (auto begun = database.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"); !begun) {
        return base::Failure(std::move(begun.error()));
    }
    return Transaction(&database);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

Transaction::~Transaction()
{
    // Some failures (a full disk) have rolled back already: then there is nothing left to do.
    if (m_database != nullptr && sqlite3_get_autocommit(m_database->handle()) == 0) {
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

base::Result<void> Transaction::commit()
{
    errno = 0; // what error() finds there is of this commit
    if (auto committed = m_database->execute("COMMIT"); !committed) {
        return committed;
    }
    m_database = nullptr;
    return {};
}

Interruptible::Interruptible(Database &database, std::stop_token stop)
    : m_handle(database.handle())
    , m_stop(std::move(stop))
{
    constexpr int operationsBetweenLooks = 2000;
    sqlite3_progress_handler(
        m_handle, operationsBetweenLooks,
        [](void *token) { return static_cast<std::stop_token *>(token)->stop_requested() ? 1 : 0; }, &m_stop);
}

Interruptible::~Interruptible()
{
    sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
}

} // namespace store
