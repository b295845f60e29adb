// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/streammodel.h"

#include <algorithm>

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int tickMs = 16;
constexpr qint64 tickBudgetMs = 4;
constexpr qint64 newMs = 600;
constexpr std::int64_t newsUs = 3'000'000;
/// Ids asked for in one go; more stand unasked until these are answered.
constexpr std::size_t maxAsked = 10'000;

constexpr std::int64_t usPerHour = 3'600'000'000;
constexpr std::int64_t usPerDay = 24 * usPerHour;

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

std::size_t indexOf(TextKind kind)
{
    return static_cast<std::size_t>(kind);
}

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

} // namespace

StreamModel::StreamModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_names(20'000)
    , m_users(50'000)
    , m_sources(4'000)
{
    m_clock.start();
    m_tick.setSingleShot(true);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &StreamModel::tick);
    m_tint.setSingleShot(true);
    connect(&m_tint, &QTimer::timeout, this, &StreamModel::expireNew);
    m_want.setSingleShot(true);
    connect(&m_want, &QTimer::timeout, this, &StreamModel::announceWanted);
}

StreamModel::~StreamModel() = default;

void StreamModel::post(stream::StreamUpdate update)
{
    if (m_mailbox.post(std::move(update))) {
        QMetaObject::invokeMethod(this, &StreamModel::wake, Qt::QueuedConnection);
    }
}

void StreamModel::wake()
{
    if (!m_tick.isActive()) {
        const qint64 sinceLast = m_clock.elapsed() - m_lastTickMs;
        m_tick.start(static_cast<int>(std::clamp<qint64>(tickMs - sinceLast, 0, tickMs)));
    }
}

void StreamModel::tick()
{
    m_lastTickMs = m_clock.elapsed();
    std::vector<stream::StreamUpdate> updates = m_mailbox.takeAll();
    std::ranges::move(updates, std::back_inserter(m_waiting));
    while (!m_waiting.empty() && m_clock.elapsed() - m_lastTickMs < tickBudgetMs) {
        take(m_waiting.front());
        m_waiting.pop_front();
    }
    if (m_newReset) {
        replaceRows();
    } else {
        dropLeftRows();
        insertAppended();
    }
    announceChanged();
    if (!m_waiting.empty()) {
        m_tick.start(tickMs);
    }
}

/// Collects what an update brings; the rows change once all of this tick's are in.
void StreamModel::take(stream::StreamUpdate &update)
{
    const auto keep = [this](TextKind kind, const QHash<std::uint32_t, QString> &texts) {
        for (auto entry = texts.begin(); entry != texts.end(); ++entry) {
            cache(kind).put(entry.key(), entry.value());
            m_asked.at(indexOf(kind)).erase(entry.key());
        }
    };
    keep(TextKind::Name, update.names);
    keep(TextKind::User, update.users);
    keep(TextKind::Source, update.sources);
    if (!update.sources.isEmpty() && !m_rows.isEmpty()) {
        // Seldom: a new source, or one that was renamed.
        emit dataChanged(index(0, SourceColumn), index(rowCount() - 1, SourceColumn), {Qt::DisplayRole});
    }

    m_latest = update.log;
    if (update.reset) {
        m_newReset = std::move(update.reset);
        m_newRows.clear();
    }
    m_newRows.insert(m_newRows.end(), update.appended.begin(), update.appended.end());
    m_newChanged.insert(m_newChanged.end(), update.changed.begin(), update.changed.end());

    m_filterGeneration = update.filterGeneration;
    if (m_isFilterComplete != update.isFilterComplete) {
        m_isFilterComplete = update.isFilterComplete;
        emit filterProgressed(m_isFilterComplete);
    }
    if (update.facets) {
        m_facets = std::move(*update.facets);
        emit facetsChanged();
    }
    if (update.timeline) {
        m_timeline = std::move(*update.timeline);
        emit timelineChanged();
    }
    if (update.totals) {
        m_totals = *update.totals;
        emit totalsChanged();
    }
}

void StreamModel::replaceRows()
{
    emit aboutToSwap();
    beginResetModel();
    m_log = m_latest;
    m_rows.assign(std::exchange(m_newReset, nullptr));
    m_rows.append(std::exchange(m_newRows, {}));
    // The log may have moved on since the stream made the list.
    m_rows.dropFront(m_rows.lowerBound(m_log.first()));
    m_arrivals.clear();
    m_newFrom = m_log.last();
    m_held.clear();
    if (m_isPaused) {
        m_held = m_rows.takeFrom(m_pausedAt);
    }
    endResetModel();
    emit swapped();
    emit heldBackChanged(heldBack());
}

void StreamModel::dropLeftRows()
{
    if (m_isPaused) {
        // What is shown stays readable: the old chunks live as long as their snapshot.
        m_held.dropFront(m_held.lowerBound(m_latest.first()));
        return;
    }
    m_log = m_latest;
    const std::size_t left = m_rows.lowerBound(m_log.first());
    if (left > 0) {
        beginRemoveRows({}, 0, static_cast<int>(left) - 1);
        m_rows.dropFront(left);
        endRemoveRows();
    }
}

void StreamModel::insertAppended()
{
    const Position first = m_latest.first();
    std::erase_if(m_newRows, [first](Position position) { return position < first; });
    if (m_newRows.empty()) {
        return;
    }
    if (m_isPaused) {
        m_held.append(std::exchange(m_newRows, {}));
        emit heldBackChanged(heldBack());
        return;
    }
    const int count = static_cast<int>(m_newRows.size());
    const int row = rowCount();
    beginInsertRows({}, row, row + count - 1);
    // Rows read from the store at start-up are no news.
    const std::int64_t nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    if (m_log.summary(m_newRows.back()).receivedUs + newsUs >= nowUs) {
        m_arrivals.push_back({m_newRows.front(), m_clock.elapsed()});
    }
    m_newFrom = m_arrivals.empty() ? m_log.last() : m_arrivals.front().from;
    m_rows.append(std::exchange(m_newRows, {}));
    endInsertRows();
    if (!m_arrivals.empty() && !m_tint.isActive()) {
        m_tint.start(static_cast<int>(newMs));
    }
    emit rowsAppended(count);
}

/// One dataChanged over all rows whose state changed: the view repaints what it shows of them.
void StreamModel::announceChanged()
{
    int first = rowCount();
    int last = -1;
    QList<quint64> ids;
    for (const event::EventId id : std::exchange(m_newChanged, {})) {
        const int row = rowOf(id);
        if (row >= 0) {
            first = std::min(first, row);
            last = std::max(last, row);
            ids.append(event::raw(id));
        }
    }
    if (last >= 0) {
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
        emit eventsChanged(ids);
    }
}

void StreamModel::expireNew()
{
    const qint64 now = m_clock.elapsed();
    const Position from = m_newFrom;
    while (!m_arrivals.empty() && m_arrivals.front().atMs + newMs <= now) {
        m_arrivals.pop_front();
    }
    m_newFrom = m_arrivals.empty() ? m_log.last() : m_arrivals.front().from;
    if (!m_arrivals.empty()) {
        m_tint.start(static_cast<int>(m_arrivals.front().atMs + newMs - now));
    }
    const auto first = static_cast<int>(m_rows.lowerBound(from));
    const int last = static_cast<int>(m_rows.lowerBound(m_newFrom)) - 1;
    if (first <= last) {
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1), {IsNewRole});
    }
}

void StreamModel::pause()
{
    if (!m_isPaused) {
        m_isPaused = true;
        m_pausedAt = m_log.last();
        emit pausedChanged(true);
        emit heldBackChanged(0);
    }
}

void StreamModel::resume()
{
    if (!m_isPaused) {
        return;
    }
    m_isPaused = false;
    dropLeftRows();
    std::vector<Position> held;
    held.reserve(m_held.size());
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        held.push_back(m_held.at(i));
    }
    m_held.clear();
    // Rows still collected come behind those that were held back.
    m_newRows.insert(m_newRows.begin(), held.begin(), held.end());
    insertAppended();
    emit pausedChanged(false);
    emit heldBackChanged(0);
}

quint64 StreamModel::loggedRows() const
{
    return m_latest.last() - m_latest.first();
}

int StreamModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StreamModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

StreamModel::Row StreamModel::rowAt(int row) const
{
    if (row < 0 || row >= rowCount()) {
        return {};
    }
    const Position position = m_rows.at(static_cast<std::size_t>(row));
    return {m_log.summary(position), m_log.state(position), position >= m_newFrom};
}

event::EventId StreamModel::eventId(int row) const
{
    return rowAt(row).summary.id;
}

int StreamModel::rowOf(event::EventId id) const
{
    const Position position = m_log.find(id);
    const std::size_t row = m_rows.lowerBound(position);
    const bool isShown = position < m_log.last() && row < m_rows.size() && m_rows.at(row) == position;
    return isShown ? static_cast<int>(row) : -1;
}

int StreamModel::nearestRow(event::EventId id) const
{
    std::size_t low = 0;
    std::size_t high = m_rows.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_log.summary(m_rows.at(middle)).id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return static_cast<int>(std::min<std::size_t>(low + 1, m_rows.size())) - 1;
}

int StreamModel::rowAtTime(std::int64_t receivedUs) const
{
    // Commit order is not quite the order of arrival, but near enough to find a place in a list.
    std::size_t low = 0;
    std::size_t high = m_rows.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_log.summary(m_rows.at(middle)).receivedUs < receivedUs) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return static_cast<int>(low);
}

base::TextCache &StreamModel::cache(TextKind kind) const
{
    return kind == TextKind::Name ? m_names : kind == TextKind::User ? m_users : m_sources;
}

QString StreamModel::text(TextKind kind, std::uint32_t id) const
{
    if (id == 0) {
        return {};
    }
    if (std::optional<QString> known = cache(kind).get(id)) {
        return std::move(*known);
    }
    auto &asked = m_asked.at(indexOf(kind));
    if (asked.size() < maxAsked && asked.insert(id).second) {
        m_wanted.at(indexOf(kind)).insert(id);
        if (!m_want.isActive()) {
            m_want.start(0);
        }
    }
    return {};
}

void StreamModel::announceWanted()
{
    for (const TextKind kind : {TextKind::Name, TextKind::User, TextKind::Source}) {
        const auto wanted = std::exchange(m_wanted.at(indexOf(kind)), {});
        if (!wanted.empty()) {
            emit textsWanted(kind, QList<quint32>(wanted.begin(), wanted.end()));
        }
    }
}

void StreamModel::putText(TextKind kind, std::uint32_t id, const QString &text)
{
    cache(kind).put(id, text);
    m_asked.at(indexOf(kind)).erase(id);
    if (!m_rows.isEmpty()) {
        const int column = kind == TextKind::Name   ? EventColumn
                           : kind == TextKind::User ? UserColumn
                                                    : SourceColumn;
        emit dataChanged(index(0, column), index(rowCount() - 1, column), {Qt::DisplayRole});
    }
}

QString StreamModel::timeText(std::int64_t receivedUs) const
{
    // The offset changes on the hour at most: one look-up for each hour shown.
    const std::int64_t hour = floorDivide(receivedUs, usPerHour);
    if (hour != m_offsetHour) {
        m_offsetHour = hour;
        m_offsetUs = QDateTime::fromMSecsSinceEpoch(receivedUs / 1000).offsetFromUtc() * 1'000'000LL;
    }
    const std::int64_t local = receivedUs + m_offsetUs;
    const auto ms = static_cast<int>((local - floorDivide(local, usPerDay) * usPerDay) / 1000);
    const std::array parts{ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60};
    QString text(12, u':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text[static_cast<qsizetype>(i) * 3] = QChar(u'0' + parts.at(i) / 10);
        text[static_cast<qsizetype>(i) * 3 + 1] = QChar(u'0' + parts.at(i) % 10);
    }
    text[8] = u'.';
    text[9] = QChar(u'0' + ms / 100 % 10);
    text[10] = QChar(u'0' + ms / 10 % 10);
    text[11] = QChar(u'0' + ms % 10);
    return text;
}

QString StreamModel::columnText(const Row &row, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeText(row.summary.receivedUs);
    case SourceColumn:
        return text(TextKind::Source, event::raw(row.summary.source));
    case TypeColumn:
        return latin(row.summary.type == event::CallType::None ? event::word(row.state.status)
                                                               : event::word(row.summary.type));
    case EventColumn:
        return text(TextKind::Name, event::raw(row.summary.name));
    case UserColumn:
        return text(TextKind::User, event::raw(row.summary.user));
    case FindingsColumn:
        return row.state.findings == 0 ? QString() : QString::number(row.state.findings);
    case DeliveryColumn:
        return row.state.delivery == event::DeliveryState::None ? QString()
                                                                : latin(event::word(row.state.delivery));
    default:
        return {};
    }
}

/// A cell read aloud says what it shows by colour and icon, too.
QString StreamModel::accessibleText(const Row &row, int column) const
{
    QString shown = columnText(row, column);
    switch (column) {
    case EventColumn: {
        const QString name = shown.isEmpty() ? columnText(row, TypeColumn) : shown;
        return tr("%1, %2").arg(name, latin(event::word(row.state.status)));
    }
    case FindingsColumn:
        return row.state.findings == 0 ? tr("no findings") : tr("findings: %1").arg(row.state.findings);
    case DeliveryColumn:
        return shown.isEmpty() ? tr("not sent on") : shown;
    case UserColumn:
        return shown.isEmpty() ? tr("no user") : shown;
    default:
        return shown;
    }
}

QVariant StreamModel::value(const QModelIndex &index, int role) const
{
    const Row row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return columnText(row, index.column());
    case Qt::AccessibleTextRole:
        return accessibleText(row, index.column());
    case EventIdRole:
        return QVariant::fromValue<quint64>(event::raw(row.summary.id));
    case ReceivedUsRole:
        return QVariant::fromValue<qint64>(row.summary.receivedUs);
    case TypeRole:
        return static_cast<int>(row.summary.type);
    case StatusRole:
        return static_cast<int>(row.state.status);
    case FindingCountRole:
        return static_cast<int>(row.state.findings);
    case WorstRole:
        return row.state.findings == 0 ? QVariant() : static_cast<int>(row.state.worst);
    case TopRuleRole:
        return static_cast<int>(row.state.topRule);
    case FlagsRole:
        return static_cast<int>(row.state.flags);
    case DeliveryRole:
        return static_cast<int>(row.state.delivery);
    case SourceIdRole:
        return event::raw(row.summary.source);
    case SessionIdRole:
        return event::raw(row.summary.session);
    case IsNewRole:
        return row.isNew;
    default:
        return {};
    }
}

QVariant StreamModel::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? value(index, role) : QVariant();
}

void StreamModel::multiData(const QModelIndex &index, QModelRoleDataSpan roleDataSpan) const
{
    for (QModelRoleData &roleData : roleDataSpan) {
        roleData.setData(value(index, roleData.role()));
    }
}

QVariant StreamModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case SourceColumn:
        return tr("Source");
    case TypeColumn:
        return tr("Type");
    case EventColumn:
        return tr("Event");
    case UserColumn:
        return tr("User");
    case FindingsColumn:
        return tr("Findings");
    case DeliveryColumn:
        return tr("Delivery");
    default:
        return {};
    }
}

QHash<int, QByteArray> StreamModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{EventIdRole, "eventId"},
                  {ReceivedUsRole, "receivedUs"},
                  {TypeRole, "type"},
                  {StatusRole, "status"},
                  {FindingCountRole, "findingCount"},
                  {WorstRole, "worst"},
                  {TopRuleRole, "topRule"},
                  {FlagsRole, "flags"},
                  {DeliveryRole, "delivery"},
                  {SourceIdRole, "sourceId"},
                  {SessionIdRole, "sessionId"},
                  {IsNewRole, "isNew"}});
    return names;
}

} // namespace ui
