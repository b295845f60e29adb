// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/findplan.h"
#include "store/readerimpl.h"
#include "store/searchindex.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// A stretch of ids, both ends included.
struct Range
{
    std::int64_t first = 1;
    std::int64_t last = 0;

    [[nodiscard]] bool isEmpty() const { return first > last; }
    [[nodiscard]] std::int64_t size() const { return isEmpty() ? 0 : last - first + 1; }
};

/// What a filter may ask of a stored row, read when it asks.
class StoredSubject final : public filter::Subject
{
public:
    StoredSubject(Reader::Impl &reader, Statement &deliveryState)
        : m_reader(reader)
        , m_deliveryState(deliveryState)
    {
    }

    void set(EventRow row, QByteArray found)
    {
        m_row = row;
        m_found = std::move(found);
    }

    [[nodiscard]] const event::EventSummary &summary() const override { return m_row.summary; }
    [[nodiscard]] event::EventState state() const override { return m_row.state; }
    [[nodiscard]] QString name() const override { return m_reader.nameText(m_row.summary.name); }
    [[nodiscard]] QString source() const override { return m_reader.sourceText(m_row.summary.source); }
    [[nodiscard]] QString user() const override { return m_reader.userText(m_row.summary.user); }
    [[nodiscard]] std::vector<event::Finding> findings() const override
    {
        return event::decodeFindings(m_found);
    }

    [[nodiscard]] QByteArray body() const override
    {
        const auto request = m_reader.requests.load(m_row.request);
        return request && *request != nullptr ? slice((*request)->bytes.body, m_row.begin, m_row.end)
                                              : QByteArray();
    }

    [[nodiscard]] QString delivery(const QString &destination) const override
    {
        const QByteArray name = destination.toUtf8();
        m_deliveryState.bind(1, static_cast<std::int64_t>(m_row.summary.id));
        m_deliveryState.bindText(2, name);
        QString word;
        if (m_deliveryState.step() == Statement::Step::Row) {
            const auto state = static_cast<event::DeliveryState>(std::clamp<std::int64_t>(
                m_deliveryState.number(0), 0, static_cast<std::int64_t>(event::DeliveryState::Failed)));
            const std::string_view text = event::word(state);
            word = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
        }
        m_deliveryState.reset();
        return word;
    }

private:
    Reader::Impl &m_reader;
    Statement &m_deliveryState;
    EventRow m_row;
    QByteArray m_found;
};

/// One search. Its parts run one after the other in the order asked for, each adding what it finds, until
/// there is one more than the limit, the ids are used up, or it is stopped.
class Search
{
public:
    Search(Reader::Impl &reader, const filter::Query &query, Reader::Order order, std::size_t limit,
           std::stop_token stop, const std::function<void(double)> &progress)
        : m_reader(reader)
        , m_sql(filter::toSql(query))
        , m_matcher(query)
        , m_order(order)
        , m_limit(limit)
        , m_stop(std::move(stop))
        , m_progress(progress)
    {
    }

    [[nodiscard]] base::Result<Reader::Page> run(Range range)
    {
        m_all = range;
        if (m_stop.stop_requested()) {
            return Reader::Page{{}, false};
        }
        if (auto prepared = prepare(); !prepared) {
            return base::Failure(std::move(prepared.error()));
        }
        base::Result<void> done;
        if (!range.isEmpty()) {
            const Interruptible interruptible(m_reader.database, m_stop);
            done = searchBoth(range);
        }
        Reader::Page page;
        if (!done && done.error().code != base::ErrorCode::Cancelled) {
            return base::Failure(std::move(done.error()));
        }
        page.isComplete = done && m_ids.size() <= m_limit && !m_stop.stop_requested();
        m_ids.resize(std::min(m_ids.size(), m_limit));
        page.ids = std::move(m_ids);
        if (page.isComplete) {
            if (m_progress) {
                m_progress(1.0);
            }
        }
        return page;
    }

private:
    [[nodiscard]] bool isNewestFirst() const { return m_order == Reader::Order::NewestFirst; }
    [[nodiscard]] bool hasEnough() const { return m_ids.size() > m_limit; }

    base::Result<void> prepare()
    {
        const QByteArray columns =
            m_sql.exact ? QByteArray("e.id") : QByteArray(rowColumns) + QByteArrayLiteral(", e.found");
        const QByteArray select =
            "SELECT " + columns + " FROM event e WHERE " + '(' + m_sql.where.toUtf8() + ") AND ";
        const QByteArray order = isNewestFirst() ? QByteArrayLiteral("DESC") : QByteArrayLiteral("ASC");
        auto inRange =
            m_reader.database.prepare(select + "e.id >= ? AND e.id <= ? ORDER BY e.id " + order + " LIMIT ?");
        auto oneRow = m_reader.database.prepare(select + "e.id = ?");
        auto delivery = m_reader.database.prepare(
            "SELECT p.state FROM delivery d CROSS JOIN dispatch p ON p.id = d.dispatch "
            "WHERE d.event = ? AND text_equals(p.destination, ?) ORDER BY p.id DESC LIMIT 1");
        for (const auto *statement : {&inRange, &oneRow, &delivery}) {
            if (!*statement) {
                return base::Failure(statement->error());
            }
        }
        const auto byIndexSql = idsByIndex(m_reader.database, m_sql.where, m_order);
        if (!byIndexSql) {
            return base::Failure(byIndexSql.error());
        }
        if (!byIndexSql->isEmpty()) {
            auto byIndex = m_reader.database.prepare(*byIndexSql);
            if (!byIndex) {
                return base::Failure(std::move(byIndex.error()));
            }
            m_byIndex = *std::move(byIndex);
        }
        m_inRange = *std::move(inRange);
        m_oneRow = *std::move(oneRow);
        m_delivery = *std::move(delivery);
        for (Statement *statement : {&m_inRange, &m_byIndex, &m_oneRow}) {
            for (std::size_t i = 0; statement->isPrepared() && i < m_sql.values.size(); ++i) {
                statement->bindValue(static_cast<int>(i) + 1, m_sql.values[i]);
            }
        }
        return {};
    }

    /// What the text index covers is asked of it, the rest is scanned.
    base::Result<void> searchBoth(Range range)
    {
        base::Result<SearchIndex> index = base::failure(base::ErrorCode::NotFound, {});
        if (!m_sql.fullText.isEmpty()) {
            index = SearchIndex::openToRead(m_reader.database);
        }
        if (!index) {
            return scan(range);
        }
        const Range indexed{range.first, std::min(range.last, index->watermark())};
        const Range rest{std::max(range.first, index->watermark() + 1), range.last};
        if (isNewestFirst()) {
            auto done = scan(rest);
            return done ? searchIndex(*index, indexed) : done;
        }
        auto done = searchIndex(*index, indexed);
        return done ? scan(rest) : done;
    }

    base::Result<void> searchIndex(SearchIndex &index, Range range)
    {
        // Few at first, because a page is quickly full; more then, because most do not match.
        std::int64_t sliceRows = 256;
        const auto order = isNewestFirst() ? SearchIndex::Order::Descending : SearchIndex::Order::Ascending;
        const Interruptible interruptible(index.database(), m_stop);
        while (!range.isEmpty() && !hasEnough()) {
            const auto candidates = index.match(m_sql.fullText, order, range.first, range.last, sliceRows);
            if (!candidates) {
                // A damaged index is made anew by Upkeep; until then the rows themselves tell.
                return candidates.error().code == base::ErrorCode::Cancelled
                           ? base::Failure(candidates.error())
                           : scan(range);
            }
            for (const std::int64_t id : *candidates) {
                auto done = takeOne(id, range);
                if (!done || hasEnough()) {
                    return done;
                }
            }
            if (static_cast<std::int64_t>(candidates->size()) < sliceRows) {
                break;
            }
            sliceRows = std::min<std::int64_t>(sliceRows * 4, 16'384);
            report(range);
            if (m_stop.stop_requested()) {
                return cancelled();
            }
        }
        return {};
    }

    /// In slices, so that no snapshot is held for long (it keeps the WAL from starting over) and progress is
    /// told. A filter that finds often has its page after a few; what is rare is then asked of an index.
    base::Result<void> scan(Range range)
    {
        using Clock = std::chrono::steady_clock;
        constexpr std::int64_t minRows = 1'024;
        constexpr std::int64_t maxRows = 262'144;
        constexpr std::int64_t rowsBeforeIndex = 32'768;
        std::int64_t sliceRows = minRows;
        std::int64_t searched = 0;
        while (!range.isEmpty() && !hasEnough()) {
            if (m_byIndex.isPrepared() && searched >= rowsBeforeIndex) {
                return searchByIndex(range);
            }
            Range part = range;
            if (isNewestFirst()) {
                part.first = std::max(range.first, range.last - sliceRows + 1);
                range.last = part.first - 1;
            } else {
                part.last = std::min(range.last, range.first + sliceRows - 1);
                range.first = part.last + 1;
            }
            searched += part.size();
            const auto begin = Clock::now();
            bindRange(m_inRange, part);
            if (auto done = take(m_inRange); !done) {
                return done;
            }
            const auto took = Clock::now() - begin;
            if (took < std::chrono::milliseconds(10)) {
                sliceRows = std::min(sliceRows * 2, maxRows);
            } else if (took > std::chrono::milliseconds(40)) {
                sliceRows = std::max(sliceRows / 2, minRows);
            }
            report(range);
            if (m_stop.stop_requested()) {
                return cancelled();
            }
        }
        return {};
    }

    /// All ids an index leads to, then the rows behind them, as far as they have to be looked at.
    base::Result<void> searchByIndex(Range range)
    {
        bindRange(m_byIndex, range);
        if (m_sql.exact) {
            return take(m_byIndex);
        }
        std::vector<std::int64_t> candidates;
        Statement::Step step = Statement::Step::Row;
        while ((step = m_byIndex.step()) == Statement::Step::Row) {
            candidates.push_back(m_byIndex.number(0));
        }
        base::Result<void> done;
        if (step == Statement::Step::Failed) {
            done = base::Failure(m_reader.error());
        }
        m_byIndex.reset();
        constexpr std::size_t rowsBetweenReports = 1'024;
        for (std::size_t i = 0; i < candidates.size() && done && !hasEnough(); ++i) {
            done = takeOne(candidates[i], range);
            if (i % rowsBetweenReports == 0) {
                report(range);
            }
        }
        return done;
    }

    void bindRange(Statement &statement, Range range) const
    {
        const int parameter = static_cast<int>(m_sql.values.size()) + 1;
        statement.bind(parameter, range.first);
        statement.bind(parameter + 1, range.last);
        // How many the matcher will have to look at is not known beforehand.
        statement.bind(parameter + 2, m_sql.exact ? static_cast<std::int64_t>(m_limit - m_ids.size() + 1)
                                                  : std::int64_t{-1});
    }

    /// Looks at one candidate; what is left of the range begins behind it.
    base::Result<void> takeOne(std::int64_t id, Range &range)
    {
        m_oneRow.bind(static_cast<int>(m_sql.values.size()) + 1, id);
        (isNewestFirst() ? range.last : range.first) = isNewestFirst() ? id - 1 : id + 1;
        return take(m_oneRow);
    }

    /// Adds the rows of a statement that match.
    base::Result<void> take(Statement &statement)
    {
        StoredSubject subject(m_reader, m_delivery);
        Statement::Step step = Statement::Step::Done;
        while (!hasEnough() && (step = statement.step()) == Statement::Step::Row) {
            if (!m_sql.exact) {
                subject.set(m_reader.row(statement), statement.bytes(rowColumnCount));
                const bool isMatch = m_matcher.matches(subject);
                // Stopped while its body was read, the answer is worth nothing.
                if (m_stop.stop_requested()) {
                    statement.reset();
                    return cancelled();
                }
                if (!isMatch) {
                    continue;
                }
            }
            m_ids.push_back(statement.as<event::EventId>(0));
        }
        base::Result<void> done;
        if (step == Statement::Step::Failed) {
            done = base::Failure(m_reader.error());
        }
        statement.reset();
        return done;
    }

    [[nodiscard]] static base::Failure cancelled()
    {
        return base::failure(base::ErrorCode::Cancelled, u"The search was stopped."_s);
    }

    /// `left`: what is still to be searched, at its near end.
    void report(Range left) const
    {
        if (m_progress && !m_all.isEmpty()) {
            const std::int64_t searched = isNewestFirst() ? m_all.last - left.last : left.first - m_all.first;
            m_progress(static_cast<double>(searched) / static_cast<double>(m_all.size()));
        }
    }

    Reader::Impl &m_reader;
    filter::Sql m_sql;
    filter::Matcher m_matcher;
    Reader::Order m_order;
    std::size_t m_limit;
    std::stop_token m_stop;
    const std::function<void(double)> &m_progress;
    Range m_all;
    Statement m_inRange, m_byIndex, m_oneRow, m_delivery;
    std::vector<event::EventId> m_ids;
};

} // namespace

base::Result<Reader::Page> Reader::find(const filter::Query &query, Order order, event::EventId from,
                                        std::size_t limit, std::stop_token stop,
                                        const std::function<void(double)> &progress)
{
    auto bounds = m_impl->database.prepare("SELECT (SELECT min(id) FROM event), (SELECT max(id) FROM event)");
    if (!bounds) {
        return base::Failure(std::move(bounds.error()));
    }
    if (bounds->step() != Statement::Step::Row) {
        return base::Failure(m_impl->error());
    }
    Range range{std::max<std::int64_t>(bounds->number(0), 1), bounds->number(1)};
    bounds->reset();
    const std::uint64_t bound = event::raw(from);
    if (bound != 0 && order == Order::NewestFirst) {
        range.last = bound > static_cast<std::uint64_t>(range.last) ? range.last
                                                                    : static_cast<std::int64_t>(bound) - 1;
    } else if (bound != 0) {
        range.first = bound > static_cast<std::uint64_t>(range.last)
                          ? range.last + 1
                          : std::max(range.first, static_cast<std::int64_t>(bound) + 1);
    }
    // One more than asked for tells whether more follow.
    constexpr std::size_t mostRows = std::numeric_limits<std::int64_t>::max() / 2;
    return Search(*m_impl, query, order, std::min(limit, mostRows), std::move(stop), progress).run(range);
}

} // namespace store
