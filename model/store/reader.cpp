// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/reader.h"

#include "store/migrations.h"
#include "store/readerimpl.h"
#include "store/schema.h"
#include "store/sqlfunctions.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace store {

namespace {

base::Failure noEvent(const QString &id)
{
    return base::failure(base::ErrorCode::NotFound, u"There is no event %1 in this store."_s.arg(id), {}, {});
}

} // namespace

Reader::Reader(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Reader::~Reader() = default;
Reader::Reader(Reader &&) noexcept = default;
Reader &Reader::operator=(Reader &&) noexcept = default;

base::Result<Reader> Reader::open(const QString &path)
{
    const auto found = probe(path);
    if (!found) {
        return base::Failure(found.error());
    }
    const QString what = u"The store %1 could not be opened."_s.arg(path);
    if (found->kind == Probe::Kind::Nothing) {
        return base::failure(base::ErrorCode::NotFound, what, u"There is no such store."_s,
                             u"Check the path."_s);
    }
    if (found->version < schema::version) {
        return base::failure(
            base::ErrorCode::Unsupported, what, u"It is of an older Trackside."_s,
            u"Open it once in Trackside, or with `trackside-cli serve`, which brings it up to date."_s);
    }
    auto impl = std::make_unique<Impl>();
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database) {
        return base::Failure(std::move(database.error()));
    }
    impl->database = *std::move(database);
    auto prepared = impl->prepare();
    if (!prepared && prepared.error().code == base::ErrorCode::Permission) {
        // A folder that can't be written has no place for the files readers share: fine, if nobody writes.
        auto immutable = Database::open(path, Database::Mode::Immutable);
        if (!immutable) {
            return base::Failure(std::move(immutable.error()));
        }
        impl = std::make_unique<Impl>();
        impl->database = *std::move(immutable);
        prepared = impl->prepare();
    }
    if (!prepared) {
        return base::Failure(std::move(prepared.error()));
    }
    return Reader(std::move(impl));
}

base::Result<void> Reader::Impl::prepare()
{
    if (auto added = addFunctions(database); !added) {
        return added;
    }
    // A larger map would be no faster, but each connection's would count as memory of the process.
    for (const char *pragma : {"PRAGMA mmap_size = 67108864", "PRAGMA cache_size = -16384",
                               "PRAGMA temp_store = MEMORY", "PRAGMA query_only = ON"}) {
        if (auto done = database.execute(pragma); !done) {
            return done;
        }
    }
    if (auto loaded = rules.load(database); !loaded) {
        return loaded;
    }
    const QByteArray eventSql = QByteArray("SELECT ") + rowColumns + ", e.found FROM event e WHERE e.id = ?";
    const std::pair<Statement *, const char *> statements[] = {
        {&selectName, "SELECT text FROM name WHERE id = ?"},
        {&selectUser, "SELECT text FROM user WHERE id = ?"},
        {&selectSource, "SELECT name FROM source WHERE id = ?"},
        {&selectSession, "SELECT name FROM session WHERE id = ?"},
        {&selectEvent, eventSql.constData()},
    };
    for (const auto &[statement, sql] : statements) {
        auto prepared = database.prepare(sql);
        if (!prepared) {
            return base::Failure(std::move(prepared.error()));
        }
        *statement = *std::move(prepared);
    }
    return requests.prepare(database);
}

base::Error Reader::Impl::error() const
{
    return database.error(u"The store %1 could not be read."_s.arg(database.path()));
}

EventRow Reader::Impl::row(const Statement &statement)
{
    constexpr int topRuleColumn = 11;
    if (!rules.knows(statement.number(topRuleColumn))) {
        if (auto loaded = rules.load(database); !loaded) {
            return readRow(statement, rules); // shown without its rule
        }
    }
    return readRow(statement, rules);
}

QString Reader::Impl::lookUp(Statement &select, std::uint32_t id)
{
    QString text;
    select.bind(1, std::int64_t{id});
    if (select.step() == Statement::Step::Row) {
        text = select.text(0);
    }
    select.reset();
    return text;
}

QString Reader::Impl::text(GenerationCache<std::uint32_t, QString> &cache, Statement &select,
                           std::uint32_t id)
{
    if (id == 0) {
        return {};
    }
    if (const QString *known = cache.find(id)) {
        return *known;
    }
    return *cache.put(id, lookUp(select, id));
}

QString Reader::nameText(event::NameId id)
{
    return m_impl->nameText(id);
}

QString Reader::userText(event::UserKey id)
{
    return m_impl->userText(id);
}

base::Result<Reader::StoredEvent> Reader::event(event::EventId id)
{
    Impl &impl = *m_impl;
    impl.selectEvent.bind(1, static_cast<std::int64_t>(id));
    const Statement::Step step = impl.selectEvent.step();
    if (step != Statement::Step::Row) {
        base::Failure failed = step == Statement::Step::Done ? noEvent(QString::number(event::raw(id)))
                                                             : base::Failure(impl.error());
        impl.selectEvent.reset();
        return failed;
    }
    const EventRow row = impl.row(impl.selectEvent);
    StoredEvent stored;
    stored.event.summary = row.summary;
    stored.event.state = row.state;
    stored.event.findings = event::decodeFindings(impl.selectEvent.view(rowColumnCount));
    impl.selectEvent.reset();
    stored.event.name = impl.nameText(row.summary.name);
    stored.event.source = impl.sourceText(row.summary.source);
    stored.event.user = impl.userText(row.summary.user);
    stored.request = row.request;
    stored.begin = row.begin;
    stored.end = row.end;
    auto request = impl.requests.load(row.request);
    if (!request) {
        return base::Failure(std::move(request.error()));
    }
    if (*request != nullptr) {
        stored.requestBody = (*request)->bytes.body;
        stored.event.body = slice(stored.requestBody, row.begin, row.end);
    }
    return stored;
}

base::Result<EventDetail> Reader::detail(event::EventId id)
{
    Impl &impl = *m_impl;
    auto stored = event(id);
    if (!stored) {
        return base::Failure(std::move(stored.error()));
    }
    EventDetail detail;
    detail.event = std::move(stored->event);
    detail.request = stored->request;
    detail.begin = stored->begin;
    detail.end = stored->end;
    impl.selectSession.bind(1, std::int64_t{event::raw(detail.event.summary.session)});
    if (impl.selectSession.step() == Statement::Step::Row) {
        detail.sessionName = impl.selectSession.text(0);
    }
    impl.selectSession.reset();

    const auto request = impl.requests.load(stored->request);
    if (request && *request != nullptr) {
        const LoadedRequest &loaded = **request;
        detail.indexInBatch = static_cast<std::uint32_t>(static_cast<std::int64_t>(id) - loaded.firstEvent);
        detail.batchCount = loaded.events;
        detail.method = loaded.method;
        detail.target = loaded.target;
        detail.head = loaded.bytes.head;
        detail.peer = loaded.peer;
        detail.requestBody = loaded.bytes.body;
        detail.coding = loaded.coding;
        detail.wireBytes = loaded.wireBytes;
        detail.replyStatus = loaded.replyStatus;
        detail.rejectCode = loaded.rejectCode;
        detail.rejectReason = loaded.rejectReason;
    }
    if (detail.event.summary.type != event::CallType::None) {
        if (const auto parsed = impl.parser.parse(detail.event.body)) {
            const json::Value root = (*parsed)->root();
            const auto text = [&root](std::string_view key) {
                const json::Value value = root.find(key);
                const std::string_view bytes = value.isString()   ? value.text()
                                               : value.isNumber() ? value.raw()
                                                                  : std::string_view();
                return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
            };
            detail.anonymousId = QString::fromUtf8(text("anonymousId"));
            detail.userId = QString::fromUtf8(text("userId"));
            detail.messageId = QString::fromUtf8(text("messageId"));
            detail.timestamp = text("timestamp");
        }
    }

    auto select = impl.database.prepare("SELECT dispatch FROM delivery WHERE event = ? ORDER BY dispatch");
    if (!select) {
        return base::Failure(std::move(select.error()));
    }
    select->bind(1, static_cast<std::int64_t>(id));
    std::vector<event::DispatchId> dispatches;
    if (auto done = impl.forEach(
            *select, [&](const Statement &row) { dispatches.push_back(row.as<event::DispatchId>(0)); });
        !done) {
        return base::Failure(std::move(done.error()));
    }
    for (const event::DispatchId dispatchId : dispatches) {
        auto loaded = dispatch(dispatchId);
        if (!loaded) {
            return base::Failure(std::move(loaded.error()));
        }
        detail.dispatches.push_back(*std::move(loaded));
    }
    return detail;
}

base::Result<EventDetail> Reader::detailByMessageId(const QString &messageId)
{
    filter::Query query;
    if (auto parsed = filter::parse(u"message:"_s + filter::literal(messageId))) {
        query = *std::move(parsed);
    }
    if (query.root == nullptr) {
        return noEvent(messageId);
    }
    const auto page = find(query, Order::NewestFirst, {}, 1, {}, {});
    if (!page) {
        return base::Failure(page.error());
    }
    return page->ids.empty() ? base::Result<EventDetail>(noEvent(messageId)) : detail(page->ids.front());
}

base::Result<Reader::StoredRequest> Reader::request(event::RequestId id)
{
    auto request = m_impl->requests.load(id);
    if (!request) {
        return base::Failure(std::move(request.error()));
    }
    if (*request == nullptr) {
        return base::failure(base::ErrorCode::NotFound,
                             u"There is no request %1 in this store."_s.arg(event::raw(id)), {}, {});
    }
    const LoadedRequest &loaded = **request;
    StoredRequest stored;
    stored.method = loaded.method;
    stored.target = loaded.target;
    stored.head = loaded.bytes.head;
    stored.wireBody = loaded.bytes.wireBody;
    stored.body = loaded.bytes.body;
    stored.coding = loaded.coding;
    for (std::uint32_t i = 0; i < loaded.events; ++i) {
        stored.events.push_back(static_cast<event::EventId>(loaded.firstEvent + i));
    }
    return stored;
}

} // namespace store
