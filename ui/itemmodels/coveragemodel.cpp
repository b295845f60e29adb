// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/coveragemodel.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString numberText(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

QString timeText(std::int64_t us)
{
    return us == 0 ? QString()
                   : QLocale().toString(QDateTime::fromMSecsSinceEpoch(us / 1000), QLocale::ShortFormat);
}

double rateOf(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

QString percentText(double rate)
{
    return QLocale().toString(rate * 100, 'f', rate > 0 && rate < 0.1 ? 1 : 0) + u" %"_s;
}

QString typeText(event::CallType type)
{
    const std::string_view word = event::word(type);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

QString nameOf(const report::EventCoverage &row)
{
    return row.name.isEmpty() ? typeText(row.type) : row.name;
}

QString keyOf(const report::EventCoverage &row)
{
    return QString::number(static_cast<int>(row.type)) + u'\x1f' + row.plan + u'\x1f' + row.name;
}

constexpr Qt::Alignment atEnd = Qt::AlignRight | Qt::AlignVCenter;

} // namespace

CoverageModel::CoverageModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void CoverageModel::setCoverage(std::shared_ptr<const report::Coverage> coverage)
{
    QHash<QString, std::size_t> positions;
    std::vector<QString> keys;
    for (const report::EventCoverage &row : coverage->rows) {
        keys.push_back(keyOf(row));
        positions.insert(keys.back(), keys.size() - 1);
    }
    // The order is the plan's: when that changed, or rows are gone, it is another table.
    const bool isSame =
        std::ranges::all_of(m_keys, [&](const QString &key) { return positions.contains(key); }) &&
        !m_keys.empty();
    if (!isSame) {
        beginResetModel();
        m_coverage = std::move(coverage);
        m_keys = std::move(keys);
        m_order.resize(m_keys.size());
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            m_order[i] = i;
        }
        endResetModel();
        return;
    }
    const std::vector<QString> known = m_keys;
    m_order.clear();
    for (const QString &key : known) {
        m_order.push_back(positions.take(key));
    }
    m_coverage = std::move(coverage);
    if (!known.empty()) {
        emit dataChanged(index(0, 0), index(static_cast<int>(known.size()) - 1, ColumnCount - 1));
    }
    std::vector<std::size_t> fresh(positions.cbegin(), positions.cend());
    if (!fresh.empty()) {
        std::ranges::sort(fresh);
        const int first = static_cast<int>(known.size());
        beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        for (const std::size_t position : fresh) {
            m_order.push_back(position);
            m_keys.push_back(keys[position]);
        }
        endInsertRows();
    }
}

const report::EventCoverage *CoverageModel::rowAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_coverage->rows[m_order[static_cast<std::size_t>(row)]];
}

int CoverageModel::rowOf(event::CallType type, const QString &name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (rowAt(row)->type == type && rowAt(row)->name == name) {
            return row;
        }
    }
    return -1;
}

CoverageModel::State CoverageModel::stateOf(const report::EventCoverage &row)
{
    if (row.isPlanned) {
        return row.count > 0 ? State::Seen : State::NeverSeen;
    }
    return row.isUnchecked ? State::Unchecked : State::Unplanned;
}

QString CoverageModel::stateText(State state)
{
    switch (state) {
    case State::Seen:
        return tr("Seen");
    case State::NeverSeen:
        return tr("Never seen");
    case State::Unplanned:
        return tr("Unplanned");
    case State::Unchecked:
        return tr("No plan");
    }
    return {};
}

int CoverageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int CoverageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString CoverageModel::text(const report::EventCoverage &row, int column) const
{
    switch (column) {
    case EventColumn:
        return nameOf(row);
    case StateColumn:
        return row.isDeprecated ? tr("%1, deprecated").arg(stateText(stateOf(row))) : stateText(stateOf(row));
    case CountColumn:
        return numberText(row.count);
    case ViolationsColumn:
        return row.violations == 0 ? QString()
                                   : tr("%1 (%2)").arg(numberText(row.violations),
                                                       percentText(rateOf(row.violations, row.count)));
    case FirstSeenColumn:
        return timeText(row.firstUs);
    case LastSeenColumn:
        return timeText(row.lastUs);
    case SourcesColumn: {
        QStringList sources;
        for (const auto &[source, count] : row.sources) {
            sources.append(row.sources.size() == 1 ? source : tr("%1 (%2)").arg(source, numberText(count)));
        }
        return sources.join(u", "_s);
    }
    default:
        return {};
    }
}

QVariant CoverageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const report::EventCoverage &row = *rowAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::AccessibleTextRole:
        return column == EventColumn ? tr("%1, %2").arg(nameOf(row), text(row, StateColumn))
                                     : text(row, column);
    case Qt::ToolTipRole:
        return column == CountColumn || column == ViolationsColumn ? QVariant() : QVariant(text(row, column));
    case Qt::TextAlignmentRole:
        return column == CountColumn || column == ViolationsColumn ? QVariant(atEnd) : QVariant();
    case TypeRole:
        return static_cast<int>(row.type);
    case NameRole:
        return row.name;
    case StateRole:
        return static_cast<int>(stateOf(row));
    case CountRole:
        return QVariant::fromValue<quint64>(row.count);
    case ViolationsRole:
        return QVariant::fromValue<quint64>(row.violations);
    case RateRole:
        return rateOf(row.violations, row.count);
    case TimeRole:
        return QVariant::fromValue<qint64>(column == FirstSeenColumn ? row.firstUs : row.lastUs);
    case SortRole:
        switch (column) {
        case StateColumn:
            return static_cast<int>(stateOf(row));
        case CountColumn:
            return QVariant::fromValue<quint64>(row.count);
        case ViolationsColumn:
            return QVariant::fromValue<quint64>(row.violations);
        case FirstSeenColumn:
            return QVariant::fromValue<qint64>(row.firstUs);
        case LastSeenColumn:
            return QVariant::fromValue<qint64>(row.lastUs);
        default:
            return text(row, column);
        }
    default:
        return {};
    }
}

QVariant CoverageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::TextAlignmentRole)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == CountColumn || section == ViolationsColumn ? QVariant(atEnd) : QVariant();
    }
    switch (section) {
    case EventColumn:
        return tr("Event");
    case StateColumn:
        return tr("State");
    case CountColumn:
        return tr("Count");
    case ViolationsColumn:
        return tr("Violations");
    case FirstSeenColumn:
        return tr("First seen");
    case LastSeenColumn:
        return tr("Last seen");
    case SourcesColumn:
        return tr("Sources");
    default:
        return {};
    }
}

CoveragePropertyModel::CoveragePropertyModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void CoveragePropertyModel::setProperties(const std::vector<report::PropertyCoverage> &properties)
{
    const bool isSame = std::ranges::equal(properties, m_properties, {}, &report::PropertyCoverage::path,
                                           &report::PropertyCoverage::path);
    if (!isSame) {
        beginResetModel();
        m_properties = properties;
        endResetModel();
        return;
    }
    m_properties = properties;
    if (!m_properties.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

const report::PropertyCoverage *CoveragePropertyModel::propertyAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_properties[static_cast<std::size_t>(row)];
}

int CoveragePropertyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_properties.size());
}

int CoveragePropertyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString CoveragePropertyModel::text(const report::PropertyCoverage &property, int column) const
{
    switch (column) {
    case NameColumn:
        return property.path.constLast() == u"$"_s ? tr("(items)") : property.path.constLast();
    case PlanColumn:
        return !property.isPlanned ? tr("Unplanned") : property.isRequired ? tr("Required") : tr("Optional");
    case FillColumn:
        return tr("%1 of %2").arg(numberText(property.filled), numberText(property.of));
    case TypesColumn: {
        QStringList types;
        for (const auto &[type, count] : property.types) {
            types.append(property.types.size() == 1 ? type : tr("%1 (%2)").arg(type, numberText(count)));
        }
        return types.join(u", "_s);
    }
    case ValuesColumn: {
        QStringList values;
        for (const auto &[value, count] : property.values) {
            values.append(tr("%1 (%2)").arg(value, numberText(count)));
        }
        return values.isEmpty() && !property.areValuesExact ? tr("many different values")
                                                            : values.join(u", "_s);
    }
    case ViolationsColumn:
        return property.violations == 0 ? QString() : numberText(property.violations);
    default:
        return {};
    }
}

QVariant CoveragePropertyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const report::PropertyCoverage &property = m_properties[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(property, index.column());
    case Qt::ToolTipRole:
        if (index.column() == ValuesColumn) {
            QString tip = property.areValuesExact
                              ? text(property, ValuesColumn)
                              : tr("%1\nThere are many values; the counts are at least these.")
                                    .arg(text(property, ValuesColumn));
            if (!property.neverSeen.isEmpty()) {
                tip += u'\n' + tr("Planned, never seen: %1").arg(property.neverSeen.join(u", "_s));
            }
            return tip;
        }
        return index.column() == NameColumn ? QVariant(property.path.join(u'.')) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == ViolationsColumn ? QVariant(atEnd) : QVariant();
    case IsPlannedRole:
        return property.isPlanned;
    case FilledRole:
        return QVariant::fromValue<quint64>(property.filled);
    case OfRole:
        return QVariant::fromValue<quint64>(property.of);
    case NeverSeenRole:
        return property.neverSeen.join(u", "_s);
    case ViolationsRole:
        return QVariant::fromValue<quint64>(property.violations);
    case DepthRole:
        return static_cast<int>(property.path.size()) - 1;
    default:
        return {};
    }
}

QVariant CoveragePropertyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Property");
    case PlanColumn:
        return tr("Plan");
    case FillColumn:
        return tr("Filled");
    case TypesColumn:
        return tr("Types seen");
    case ValuesColumn:
        return tr("Most common values");
    case ViolationsColumn:
        return tr("Violations");
    default:
        return {};
    }
}

CoverageSourceModel::CoverageSourceModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void CoverageSourceModel::setSources(const std::vector<report::SourceCoverage> &sources)
{
    const bool isSame = std::ranges::equal(sources, m_sources, {}, &report::SourceCoverage::source,
                                           &report::SourceCoverage::source);
    if (!isSame) {
        beginResetModel();
        m_sources = sources;
        endResetModel();
        return;
    }
    m_sources = sources;
    if (!m_sources.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

const report::SourceCoverage *CoverageSourceModel::sourceAt(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_sources[static_cast<std::size_t>(row)];
}

int CoverageSourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sources.size());
}

int CoverageSourceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString CoverageSourceModel::text(const report::SourceCoverage &source, int column) const
{
    switch (column) {
    case SourceColumn:
        return source.source.isEmpty() ? tr("(no source)") : source.source;
    case BarColumn:
        return source.plannedEvents == 0
                   ? tr("not in a plan")
                   : tr("%1 of %2").arg(numberText(source.seenEvents), numberText(source.plannedEvents));
    case EventsColumn:
        return numberText(source.events);
    case ViolationsColumn:
        return source.violations == 0
                   ? QString()
                   : tr("%1 (%2)").arg(numberText(source.violations),
                                       percentText(rateOf(source.violations, source.events)));
    case UnplannedColumn:
        return source.unplanned == 0 ? QString() : numberText(source.unplanned);
    case LastSeenColumn:
        return timeText(source.lastUs);
    default:
        return {};
    }
}

QVariant CoverageSourceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const report::SourceCoverage &source = m_sources[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(source, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == BarColumn ? tr("planned events seen: %1").arg(text(source, BarColumn))
                                           : text(source, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == EventsColumn || index.column() == ViolationsColumn ||
                       index.column() == UnplannedColumn
                   ? QVariant(atEnd)
                   : QVariant();
    case PlannedRole:
        return QVariant::fromValue<quint64>(source.plannedEvents);
    case SeenRole:
        return QVariant::fromValue<quint64>(source.seenEvents);
    case RateRole:
        return rateOf(source.violations, source.events);
    case UnplannedRole:
        return QVariant::fromValue<quint64>(source.unplanned);
    case LastUsRole:
        return QVariant::fromValue<qint64>(source.lastUs);
    case Qt::ToolTipRole:
        return index.column() == LastSeenColumn ? QVariant(text(source, LastSeenColumn)) : QVariant();
    default:
        return {};
    }
}

QVariant CoverageSourceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::TextAlignmentRole)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return section == EventsColumn || section == ViolationsColumn || section == UnplannedColumn
                   ? QVariant(atEnd)
                   : QVariant();
    }
    switch (section) {
    case SourceColumn:
        return tr("Source");
    case BarColumn:
        return tr("Planned events seen");
    case EventsColumn:
        return tr("Events");
    case ViolationsColumn:
        return tr("Violations");
    case UnplannedColumn:
        return tr("Unplanned");
    case LastSeenColumn:
        return tr("Last seen");
    default:
        return {};
    }
}

} // namespace ui
