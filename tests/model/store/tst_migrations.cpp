// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/database.h"
#include "store/migrations.h"
#include "store/schema.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace storetest;

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s: %s", qUtf8Printable(path), qUtf8Printable(file.errorString()));
    }
    return file.readAll();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("%s: %s", qUtf8Printable(path), qUtf8Printable(file.errorString()));
    }
}

/// A store as an SQL dump of that version left it.
void restore(const QString &path, int version)
{
    auto database = require(store::Database::open(path, store::Database::Mode::Create));
    require(database.execute(
        contentsOf(QStringLiteral(TRACKSIDE_TEST_DATA "/store/version%1.sql").arg(version))));
}

/// Everything of the schema: columns of all tables, and the indices.
QStringList schemaOf(const QString &path)
{
    auto database = require(store::Database::open(path, store::Database::Mode::ReadOnly));
    auto select =
        require(database.prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema "
                                 "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1"));
    QStringList all;
    while (select.step() == store::Statement::Step::Row) {
        all.append(select.text(0).simplified());
    }
    return all;
}

} // namespace

class TstMigrations : public QObject
{
    Q_OBJECT

private slots:
    void opensEveryOldVersion_data();
    void opensEveryOldVersion();
    void leavesOtherFilesAlone_data();
    void leavesOtherFilesAlone();
    void leavesNewerStoresAlone();
    void readersNeedAStore();
    void readersRefuseOlderStores();
    void readsWhereNothingCanBeWritten();
    void finishesAStoreThatWasNeverMade();
};

void TstMigrations::opensEveryOldVersion_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version <= store::schema::version; ++version) {
        QTest::addRow("version %d", version) << version;
    }
}

void TstMigrations::opensEveryOldVersion()
{
    QFETCH(const int, version);
    const Place place;
    restore(place.path(), version);
    {
        auto writer = require(place.open());
        QCOMPARE(event::raw(fill(writer, 5).front().summary.id), 5U);
    }
    auto reader = require(store::Reader::open(place.path()));
    // What the dump's makers put into it.
    const auto first = require(reader.detail(event::EventId{1}));
    QCOMPARE(first.event.name, u"Order Loaded"_s);
    QCOMPARE(first.event.user, u"user_123"_s);
    QCOMPARE(first.event.source, u"Tracker UI"_s);
    QCOMPARE(first.event.state.status, event::Status::Violation);
    QCOMPARE(first.event.findings.size(), 1U);
    QCOMPARE(first.event.findings.front().rule, event::RuleId::PlanRequired);
    QCOMPARE(
        first.event.body,
        R"({"type":"track","event":"Order Loaded","userId":"user_123","messageId":"m-1","properties":{"deliveryId":"del_123"}})");
    QCOMPARE(first.dispatches.size(), 1U);
    QCOMPARE(first.dispatches.front().attempts.front().status, 200);
    const auto last = require(reader.detail(event::EventId{4}));
    QCOMPARE(last.event.state.status, event::Status::Rejected);
    QCOMPARE(require(reader.counts(event::SessionId{1})).total, 3U);
    QCOMPARE(require(reader.sessions()).front().name, u"First"_s);

    const Place fresh;
    require(fresh.open());
    QCOMPARE(schemaOf(place.path()), schemaOf(fresh.path()));
}

void TstMigrations::leavesOtherFilesAlone_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("text") << QByteArray("order,delivery\n1,2\n") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x") << QByteArray();
    QTest::newRow("cut after SQLite's magic") << QByteArray("SQLite format 3\0", 16) << QByteArray();
    QTest::newRow("damaged SQLite header") << "SQLite format 3" + QByteArray(5000, '\0') << QByteArray();
    QTest::newRow("another program's database")
        << QByteArray() << QByteArray("CREATE TABLE event(id INTEGER PRIMARY KEY)");
    QTest::newRow("another program's application id")
        << QByteArray() << QByteArray("PRAGMA application_id = 7; CREATE TABLE a(b)");
}

void TstMigrations::leavesOtherFilesAlone()
{
    QFETCH(const QByteArray, contents);
    QFETCH(const QByteArray, sql);
    const Place place;
    if (sql.isEmpty()) {
        write(place.path(), contents);
    } else {
        auto database = require(store::Database::open(place.path(), store::Database::Mode::Create));
        require(database.execute(sql));
    }
    const QByteArray before = contentsOf(place.path());
    const auto writer = place.open();
    QVERIFY(!writer);
    QCOMPARE(writer.error().code, base::ErrorCode::Corrupt);
    const auto reader = store::Reader::open(place.path());
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, base::ErrorCode::Corrupt);
    QVERIFY2(reader.error().what.contains(u"is no Trackside store"_s), qPrintable(reader.error().what));
    QCOMPARE(contentsOf(place.path()), before);
    QVERIFY(!QFile::exists(place.path() + u".lock"_s));
}

void TstMigrations::leavesNewerStoresAlone()
{
    const Place place;
    {
        auto writer = require(place.open());
        fill(writer, 5);
    }
    {
        auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadWrite));
        require(database.execute("PRAGMA user_version = 99"));
    }
    const QByteArray before = contentsOf(place.path());
    const auto writer = place.open();
    QVERIFY(!writer);
    QCOMPARE(writer.error().code, base::ErrorCode::Newer);
    const auto reader = store::Reader::open(place.path());
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, base::ErrorCode::Newer);
    QCOMPARE(contentsOf(place.path()), before);
}

void TstMigrations::readersNeedAStore()
{
    const Place place;
    const auto missing = store::Reader::open(place.path());
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, base::ErrorCode::NotFound);
    QVERIFY(!QFile::exists(place.path()));
    const auto folder = store::Reader::open(place.folder.path());
    QVERIFY(!folder);
    QCOMPARE(folder.error().code, base::ErrorCode::Corrupt);
}

void TstMigrations::readersRefuseOlderStores()
{
    const Place place;
    {
        auto writer = require(place.open());
    }
    {
        auto database = require(store::Database::open(place.path(), store::Database::Mode::ReadWrite));
        require(database.execute("PRAGMA user_version = 0"));
    }
    const auto reader = store::Reader::open(place.path());
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, base::ErrorCode::Unsupported);
}

void TstMigrations::readsWhereNothingCanBeWritten()
{
    const Place place;
    std::size_t stored = 0;
    {
        auto writer = require(place.open());
        stored = fill(writer, 20).size();
    }
    QVERIFY(QFile::setPermissions(place.path(), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY(QFile::setPermissions(place.folder.path(),
                                  QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
    const int result = asOrdinaryUser([&] {
        auto reader = store::Reader::open(place.path());
        if (!reader) {
            qWarning("%s", qUtf8Printable(reader.error().oneLine()));
            return 1;
        }
        const auto rows = reader->rows({}, 1000);
        return rows && rows->size() == stored ? 7 : 2;
    });
    QVERIFY(
        QFile::setPermissions(place.folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(result, 7);
}

void TstMigrations::finishesAStoreThatWasNeverMade()
{
    // As a crash before the end of the first transaction leaves it: an SQLite file with nothing in it.
    const Place place;
    {
        auto database = require(store::Database::open(place.path(), store::Database::Mode::Create));
        require(database.execute("PRAGMA journal_mode = WAL; CREATE TABLE a(b); DROP TABLE a"));
    }
    auto writer = require(place.open());
    fill(writer, 5);
}

QTEST_GUILESS_MAIN(TstMigrations)
#include "tst_migrations.moc"
