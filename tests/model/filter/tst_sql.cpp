// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/query.h"

#include <sqlite3.h>

#include <algorithm>

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Row
{
    event::EventSummary summary;
    event::EventState state;
    QString name, source, user;
    QByteArray body;
    std::vector<event::Finding> findings;
    QString destination;
    event::DeliveryState delivered = event::DeliveryState::None;
};

class RowSubject final : public filter::Subject
{
public:
    explicit RowSubject(const Row &row)
        : m_row(row)
    {
    }
    const event::EventSummary &summary() const override { return m_row.summary; }
    event::EventState state() const override { return m_row.state; }
    QString name() const override { return m_row.name; }
    QString source() const override { return m_row.source; }
    QString user() const override { return m_row.user; }
    QByteArray body() const override { return m_row.body; }
    std::vector<event::Finding> findings() const override { return m_row.findings; }
    QString delivery(const QString &destination) const override
    {
        const std::string_view word = event::word(m_row.delivered);
        return destination.compare(m_row.destination, Qt::CaseInsensitive) == 0
                   ? QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()))
                   : QString();
    }

private:
    const Row &m_row;
};

constexpr std::int64_t baseUs = 1'790'000'000'000'000;

std::vector<Row> someRows()
{
    const QStringList names{u"Order Completed"_s, u"order completed"_s, u"Order Started"_s, u"Page*Star"_s,
                            QString()};
    const QStringList sources{u"Tracker UI"_s, u"Pilot UI"_s};
    const QStringList users{u"user-1"_s, u"USER-1"_s, QString()};
    const QStringList values{u"\"del_123\""_s,
                             u"\"DEL_124\""_s,
                             u"10"_s,
                             u"10.0"_s,
                             u"\"10\""_s,
                             u"true"_s,
                             u"null"_s,
                             u"[\"hot-food\",\"Fresh\"]"_s,
                             u"{\"y\":\"left at the door\"}"_s,
                             u"\"2026-11-24T08:00:00Z\""_s};
    std::vector<Row> rows;
    for (int i = 0; i < 240; ++i) {
        Row row;
        row.summary.id = event::EventId(static_cast<std::uint64_t>(i) + 1);
        row.summary.type = static_cast<event::CallType>(i % 7);
        row.summary.session = event::SessionId(static_cast<std::uint32_t>(1 + i % 3));
        row.summary.receivedUs = baseUs + i * 60'000'000LL;
        row.name = names[i % names.size()];
        row.source = sources[i % sources.size()];
        row.user = users[i % users.size()];
        if (i % 4 == 1) {
            row.findings.push_back({event::RuleId::PlanRequired, event::Severity::Error, {}, {}});
        }
        if (i % 5 == 2) {
            row.findings.push_back({event::RuleId::NameCasing, event::Severity::Warning, {}, {}});
        }
        row.state = event::stateFor(static_cast<event::Status>(i % 5), row.findings, i % 11 == 3 ? 16 : 0);
        if (i % 6 == 0) {
            row.destination = u"Data lake"_s;
            row.delivered = static_cast<event::DeliveryState>(1 + i / 6 % 3);
            row.state.delivery = row.delivered;
        }
        row.body =
            u"{\"anonymousId\":\"anon-%1\",\"messageId\":\"msg-%2\",\"properties\":{\"x\":%3},\"traits\":{\"plan\":\"pro %2\"}}"_s
                .arg(i % 4)
                .arg(i)
                .arg(values[i % values.size()])
                .toUtf8();
        rows.push_back(std::move(row));
    }
    return rows;
}

QString textOf(sqlite3_value *value)
{
    const auto *bytes = static_cast<const char *>(sqlite3_value_blob(value));
    return bytes == nullptr ? QString() : QString::fromUtf8(bytes, sqlite3_value_bytes(value));
}

/// The store's functions as store/schema.h describes them, in the plainest way.
bool wildcard(const QString &text, const QString &pattern)
{
    QStringList pieces = pattern.split(u'*');
    for (QString &piece : pieces) {
        piece = QRegularExpression::escape(piece);
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(pieces.join(u".*"_s)),
                              QRegularExpression::CaseInsensitiveOption |
                                  QRegularExpression::DotMatchesEverythingOption)
        .match(text)
        .hasMatch();
}

void textMatches(sqlite3_context *context, int, sqlite3_value **values)
{
    sqlite3_result_int(context, wildcard(textOf(values[0]), textOf(values[1])) ? 1 : 0);
}
void textEquals(sqlite3_context *context, int, sqlite3_value **values)
{
    sqlite3_result_int(context,
                       textOf(values[0]).compare(textOf(values[1]), Qt::CaseInsensitive) == 0 ? 1 : 0);
}
void hasRule(sqlite3_context *context, int, sqlite3_value **values)
{
    const QByteArray found(static_cast<const char *>(sqlite3_value_blob(values[0])),
                           sqlite3_value_bytes(values[0]));
    bool has = false;
    for (const event::Finding &finding : event::decodeFindings(found)) {
        const std::string_view word = event::word(finding.rule);
        has = has || wildcard(QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())),
                              textOf(values[1]));
    }
    sqlite3_result_int(context, has ? 1 : 0);
}

class Database
{
public:
    Database()
    {
        sqlite3_open(":memory:", &m_handle);
        const auto add = [this](const char *name,
                                void (*function)(sqlite3_context *, int, sqlite3_value **)) {
            sqlite3_create_function(m_handle, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, function,
                                    nullptr, nullptr);
        };
        add("text_matches", textMatches);
        add("text_equals", textEquals);
        add("has_rule", hasRule);
    }
    ~Database() { sqlite3_close(m_handle); }
    Q_DISABLE_COPY_MOVE(Database)

    std::vector<qint64> run(const QString &sql, const std::vector<QVariant> &values = {})
    {
        sqlite3_stmt *statement = nullptr;
        const QByteArray text = sql.toUtf8();
        if (sqlite3_prepare_v2(m_handle, text.constData(), -1, &statement, nullptr) != SQLITE_OK) {
            m_error = QString::fromUtf8(sqlite3_errmsg(m_handle)) + u" in "_s + sql;
            return {};
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            const int at = static_cast<int>(i) + 1;
            const QVariant &value = values[i];
            if (value.typeId() == QMetaType::QString) {
                sqlite3_bind_text(statement, at, value.toString().toUtf8().constData(), -1, SQLITE_TRANSIENT);
            } else if (value.typeId() == QMetaType::QByteArray) {
                const QByteArray bytes = value.toByteArray();
                sqlite3_bind_blob(statement, at, bytes.constData(), static_cast<int>(bytes.size()),
                                  SQLITE_TRANSIENT);
            } else if (value.typeId() == QMetaType::Double) {
                sqlite3_bind_double(statement, at, value.toDouble());
            } else if (value.typeId() == QMetaType::LongLong) {
                sqlite3_bind_int64(statement, at, value.toLongLong());
            } else {
                m_error = u"value of another type in "_s + sql;
            }
        }
        std::vector<qint64> ids;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            ids.push_back(sqlite3_column_int64(statement, 0));
        }
        sqlite3_finalize(statement);
        return ids;
    }

    QString m_error;

private:
    sqlite3 *m_handle = nullptr;
};

QString tokens(const QString &text)
{
    QString out;
    for (const QChar character : text.toCaseFolded()) {
        out += character.isLetterOrNumber() || character.isMark() ? character : QChar(u' ');
    }
    return out;
}

/// What the index holds of a row of someRows().
QString indexed(const Row &row)
{
    QStringList texts{row.name};
    // The bodies above hold nothing but what is indexed, and keys, which only add candidates.
    texts.append(QString::fromUtf8(row.body));
    return tokens(texts.join(u' '));
}

} // namespace

class TstSql : public QObject
{
    Q_OBJECT

    std::unique_ptr<Database> m_database;
    std::vector<Row> m_rows;

private slots:
    void initTestCase()
    {
        m_rows = someRows();
        m_database = std::make_unique<Database>();
        Database &db = *m_database;
        for (const char *sql : {
                 "CREATE TABLE event(id INTEGER PRIMARY KEY, received_us, type, status, name, source, user, "
                 "session, "
                 "findings, flags, worst, top_rule, delivery, found)",
                 "CREATE TABLE name(id INTEGER PRIMARY KEY, text)",
                 "CREATE TABLE user(id INTEGER PRIMARY KEY, text)",
                 "CREATE TABLE source(id INTEGER PRIMARY KEY, name)",
                 "CREATE TABLE delivery(event, dispatch)",
                 "CREATE TABLE dispatch(id INTEGER PRIMARY KEY, destination, state)",
                 "CREATE VIRTUAL TABLE search USING fts5(text, tokenize = \"unicode61 remove_diacritics 0\")",
             }) {
            db.run(QString::fromLatin1(sql));
        }
        const auto dictionary = [&db](const QString &table, const QString &column,
                                      const QString &text) -> qint64 {
            if (text.isEmpty()) {
                return 0;
            }
            // Dictionaries tell case apart, conditions do not.
            const auto found = db.run(u"SELECT id FROM %1 WHERE %2 = ?"_s.arg(table, column), {text});
            return found.empty()
                       ? db.run(u"INSERT INTO %1(%2) VALUES(?) RETURNING id"_s.arg(table, column), {text})
                             .front()
                       : found.front();
        };
        for (const Row &row : m_rows) {
            const QByteArray found = event::encodeFindings(row.findings);
            const auto id = static_cast<qint64>(event::raw(row.summary.id));
            db.run(u"INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s,
                   {id, static_cast<qint64>(row.summary.receivedUs), static_cast<qint64>(row.summary.type),
                    static_cast<qint64>(row.state.status), dictionary(u"name"_s, u"text"_s, row.name),
                    dictionary(u"source"_s, u"name"_s, row.source),
                    dictionary(u"user"_s, u"text"_s, row.user), static_cast<qint64>(row.summary.session),
                    static_cast<qint64>(row.state.findings), static_cast<qint64>(row.state.flags),
                    static_cast<qint64>(row.state.worst), static_cast<qint64>(row.state.topRule),
                    static_cast<qint64>(row.state.delivery), found});
            if (!row.destination.isEmpty()) {
                db.run(u"INSERT INTO dispatch VALUES(?,?,?)"_s,
                       {id, row.destination, static_cast<qint64>(row.delivered)});
                db.run(u"INSERT INTO delivery VALUES(?,?)"_s, {id, id});
            }
            db.run(u"INSERT INTO search(rowid, text) VALUES(?,?)"_s, {id, indexed(row)});
        }
        QVERIFY2(db.m_error.isEmpty(), qPrintable(db.m_error));
    }
    void cleanupTestCase() { m_database.reset(); }

    void agreesWithMatches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isExact");
        QTest::addColumn<QString>("fullText");
        const auto row = [](const char *text, bool isExact, const char *fullText = "") {
            QTest::newRow(text) << QString::fromUtf8(text) << isExact << QString::fromUtf8(fullText);
        };
        row("", true);
        row("*", true);
        row("-*", true);
        row("type:track", true);
        row("type:*", true);
        row("-type:*", true);
        row("event:\"order completed\"", true);
        row("-event:\"order completed\"", true);
        row("event:*", true);
        row("-event:*", true);
        row("event:order*", true);
        row("event:Page\\*Star", true);
        row("event:Page\\**", false);
        row("-event:Page\\**", false);
        row("source:\"pilot ui\"", true);
        row("user:user-1", true);
        row("-user:user-1", true);
        row("session:2", true);
        row("session:>=2", true);
        row("session:1..2", true);
        row("session:<2.5", true);
        row("session:*", true);
        row("status:violation", true);
        row("status:un*", true);
        row("has:lint", true);
        row("has:violation", true);
        row("has:bookmark", true);
        row("has:delivery-error", true);
        row("-has:*", true);
        row("rule:plan/required", true);
        row("rule:casing", true);
        row("rule:*", true);
        row("-rule:plan/*", true);
        row("time:>2026-09-21T15:00Z", true);
        row("time:>=2026-09-21T15:00Z", true);
        row("time:<2026-09-21T15:00Z", true);
        row("time:<=2026-09-21T15:00Z", true);
        row("time:2026-09-21T15:00Z..2026-09-21T16:00Z", true);
        row("time:2026-09-21", true);
        row("time:2026-09-21T15:00Z", true);
        row("delivery.\"Data lake\":failed", false);
        row("delivery.\"data LAKE\":*", false);
        row("delivery.\"Data lake\":none", false);
        row("-delivery.\"Data lake\":failed", false);
        row("anonymous:anon-2", false, "\"anon\" AND \"2\"");
        row("message:msg-1*", false, "\"msg\" AND \"1\" *");
        row("word", false, "\"word\" *");
        row("ord", false, "\"ord\" *");
        row("\"Order Completed\"", false, "\"order\" AND \"completed\"");
        row("del_12", false, "\"del\" AND \"12\" *");
        row("*ood", false);
        row("\"hot*ood\"", false, "\"hot\" *");
        row("prop.x:del_123", false, "\"del\" AND \"123\"");
        row("prop.x:del_*", false, "\"del\"");
        row("prop.x:10", false);
        row("prop.x:true", false, "\"true\"");
        row("prop.x:null", false);
        row("prop.x:*", false);
        row("prop.x:n*", false, "\"n\" *");
        row("prop.x:hot-food", false, "\"hot\" AND \"food\"");
        row("prop.x:>5", false);
        row("prop.x:2026-11-24", false);
        row("-prop.x:del_123", false);
        row("trait.plan:\"pro 7\"", false);
        row("type:track del_123", false, "(\"del\" AND \"123\" *)");
        row("type:track OR del_123", false);
        row("fresh OR del_123", false, "(\"fresh\" *) OR (\"del\" AND \"123\" *)");
        row("-del_123 ord", false, "(\"ord\" *)");
        row("-(type:track OR status:valid)", true);
        row("-(type:track status:valid)", true);
        row("-(type:track del_123)", false);
        row("-(-(type:track))", true);
        row("(type:track OR type:page) -status:valid has:*", true);
        row("(type:track OR prop.x:10) status:violation", false);
        row("-(-(del_123) status:valid)", false);
    }
    void agreesWithMatches()
    {
        QFETCH(QString, text);
        QFETCH(bool, isExact);
        const auto query = filter::parse(text);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
        const filter::Sql sql = filter::toSql(*query);

        std::vector<qint64> wanted;
        for (const Row &row : m_rows) {
            if (filter::matches(*query, RowSubject(row))) {
                wanted.push_back(static_cast<qint64>(event::raw(row.summary.id)));
            }
        }
        Database &db = *m_database;
        const auto among =
            db.run(u"SELECT e.id FROM event e WHERE %1 ORDER BY e.id"_s.arg(sql.where), sql.values);
        QVERIFY2(db.m_error.isEmpty(), qPrintable(db.m_error));
        QCOMPARE(sql.exact, isExact);
        if (isExact) {
            QCOMPARE(among, wanted);
        }
        QVERIFY2(std::ranges::includes(among, wanted), qPrintable(sql.where));

        QTEST(sql.fullText, "fullText");
        if (!sql.fullText.isEmpty()) {
            const auto candidates =
                db.run(u"SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"_s, {sql.fullText});
            QVERIFY2(db.m_error.isEmpty(), qPrintable(db.m_error));
            QVERIFY2(std::ranges::includes(candidates, wanted), qPrintable(sql.fullText));
        }
    }

    void summaryOnlyIsExact()
    {
        for (const char *text :
             {"type:track", "event:x*", "source:a user:b -has:lint", "time:10:30 OR status:valid"}) {
            const auto query = filter::parse(QString::fromLatin1(text));
            QVERIFY(filter::isSummaryOnly(*query));
            QVERIFY(filter::toSql(*query).exact);
        }
    }
};

QTEST_GUILESS_MAIN(TstSql)
#include "tst_sql.moc"
