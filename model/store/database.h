// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <stop_token>

#include <QByteArray>
#include <QString>
#include <QVariant>

struct sqlite3;
struct sqlite3_stmt;

namespace store {

/// A prepared statement; belongs to its Database and must go before it. Parameters count from 1,
/// columns from 0. Bound bytes are not copied: they must live until the statement is reset.
class Statement
{
public:
    enum class Step : std::uint8_t { Row, Done, Failed };

    Statement() = default;
    explicit Statement(sqlite3_stmt *statement);

    [[nodiscard]] bool isPrepared() const { return m_statement != nullptr; }

    void bind(int parameter, std::int64_t number);
    void bind(int parameter, double number);
    void bindBytes(int parameter, QByteArrayView bytes);
    void bindText(int parameter, QByteArrayView utf8);
    void bindNull(int parameter);
    /// QString, qint64, double or QByteArray; copied.
    void bindValue(int parameter, const QVariant &value);

    [[nodiscard]] Step step();
    /// Ready for other values; drops its hold on the database's snapshot.
    void reset();
    /// Runs a statement that gives no rows, and resets it; false when it failed.
    [[nodiscard]] bool run();

    [[nodiscard]] std::int64_t number(int column) const;
    /// A number the column's type can hold; what does not fit comes from a damaged file and is cut.
    template <typename Number>
    [[nodiscard]] Number as(int column) const
    {
        return static_cast<Number>(number(column));
    }
    /// Valid until the next step.
    [[nodiscard]] QByteArrayView view(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const { return view(column).toByteArray(); }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// One connection to an SQLite file; used by one thread at a time.
class Database
{
public:
    enum class Mode : std::uint8_t {
        ReadOnly,
        ReadWrite,
        Create,    ///< also makes the file
        Immutable, ///< read-only, without looking for locks or a WAL: for folders that can't be written
    };

    Database() = default;
    [[nodiscard]] static base::Result<Database> open(const QString &path, Mode mode);

    [[nodiscard]] sqlite3 *handle() const { return m_handle.get(); }
    [[nodiscard]] QString path() const { return m_path; }
    /// Several statements at once; their rows are ignored.
    [[nodiscard]] base::Result<void> execute(const QByteArray &sql);
    [[nodiscard]] base::Result<Statement> prepare(const QByteArray &sql);
    /// First column of the first row; 0 when there is none.
    [[nodiscard]] base::Result<std::int64_t> number(const QByteArray &sql);

    /// The last failure of this connection as people read it; `what` says what did not work.
    [[nodiscard]] base::Error error(QString what) const;
    /// What error() says why, as SQLite's own result code.
    [[nodiscard]] int resultCode() const;

private:
    struct Close
    {
        void operator()(sqlite3 *handle) const;
    };
    std::unique_ptr<sqlite3, Close> m_handle;
    QString m_path;
};

/// Rolls back unless committed.
class Transaction
{
public:
    enum class Kind : std::uint8_t { Read, Write };

    [[nodiscard]] static base::Result<Transaction> begin(Database &database, Kind kind);
    ~Transaction();
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;

    /// After a failure nothing of it is stored.
    [[nodiscard]] base::Result<void> commit();

private:
    explicit Transaction(Database *database)
        : m_database(database)
    {
    }
    Database *m_database;
};

/// While it lives, statements of the connection end early (code Cancelled) once `stop` is requested.
class Interruptible
{
public:
    Interruptible(Database &database, std::stop_token stop);
    ~Interruptible();
    Interruptible(const Interruptible &) = delete;
    Interruptible &operator=(const Interruptible &) = delete;

private:
    sqlite3 *m_handle;
    std::stop_token m_stop;
};

} // namespace store
