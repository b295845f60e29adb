// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/facetmodel.h"

#include <algorithm>

#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

/// The id of a heading's index; entries carry their section's row plus one.
constexpr quintptr headingId = 0;

} // namespace

FacetModel::FacetModel(TextOf textOf, QObject *parent)
    : QAbstractItemModel(parent)
    , m_textOf(std::move(textOf))
{
}

void FacetModel::setPinnedSources(const std::vector<std::uint32_t> &sources)
{
    if (sources != m_pinned) {
        m_pinned = sources;
        setCounts(stream::FacetCounts(m_counts));
    }
}

void FacetModel::setCounts(const stream::FacetCounts &counts)
{
    m_counts = counts;
    Counts sources;
    for (const auto &[id, count] : counts.sources) {
        sources.emplace_back(event::raw(id), count);
    }
    for (const std::uint32_t pinned : m_pinned) {
        if (std::ranges::find(sources, pinned, &Counts::value_type::first) == sources.end()) {
            sources.emplace_back(pinned, 0);
        }
    }
    Counts names;
    for (const auto &[id, count] : counts.names) {
        names.emplace_back(event::raw(id), count);
    }
    Counts types;
    for (std::uint32_t type = 1; type < counts.types.size(); ++type) {
        types.emplace_back(type, counts.types.at(type));
    }
    Counts statuses;
    for (std::uint32_t status = 0; status < counts.statuses.size(); ++status) {
        statuses.emplace_back(status, counts.statuses.at(status));
    }
    update(Section::Sources, sources);
    update(Section::Types, types);
    update(Section::Statuses, statuses);
    update(Section::Events, names);
}

void FacetModel::update(Section section, const Counts &counts)
{
    auto &entries = m_sections.at(static_cast<std::size_t>(section));
    const QModelIndex heading = index(static_cast<int>(section), 0);
    std::unordered_map<std::uint32_t, quint64> left(counts.begin(), counts.end());
    int firstChanged = static_cast<int>(entries.size());
    int lastChanged = -1;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Entry &entry = entries[i];
        const auto found = left.find(entry.key);
        const quint64 count = found == left.end() ? 0 : found->second;
        if (found != left.end()) {
            left.erase(found);
        }
        if (count != entry.count) {
            entry.count = count;
            firstChanged = std::min(firstChanged, static_cast<int>(i));
            lastChanged = static_cast<int>(i);
        }
    }
    if (lastChanged >= 0) {
        emit dataChanged(index(firstChanged, 0, heading), index(lastChanged, 0, heading), {CountRole});
    }
    // Types and statuses are few and stand in their own order, sources and events as they come.
    const bool isFixed = section == Section::Types || section == Section::Statuses;
    std::vector<Entry> added;
    for (const auto &[key, count] : counts) {
        const bool isPinned =
            section == Section::Sources && std::ranges::find(m_pinned, key) != m_pinned.end();
        if (left.contains(key) && (count > 0 || isFixed || isPinned)) {
            added.push_back({key, count, false});
        }
    }
    if (!added.empty()) {
        const int row = static_cast<int>(entries.size());
        beginInsertRows(heading, row, row + static_cast<int>(added.size()) - 1);
        entries.insert(entries.end(), added.begin(), added.end());
        endInsertRows();
    }
}

void FacetModel::refreshTexts()
{
    for (int section = 0; section < sectionCount; ++section) {
        const QModelIndex heading = index(section, 0);
        const int count = rowCount(heading);
        if (count > 0) {
            emit dataChanged(index(0, 0, heading), index(count - 1, 0, heading), {Qt::DisplayRole});
        }
    }
}

void FacetModel::sortByCount()
{
    beginResetModel();
    for (const Section section : {Section::Sources, Section::Events}) {
        auto &entries = m_sections.at(static_cast<std::size_t>(section));
        std::erase_if(entries, [](const Entry &entry) { return entry.count == 0 && !entry.isChecked; });
        std::ranges::stable_sort(entries, std::ranges::greater{}, &Entry::count);
    }
    endResetModel();
}

QString FacetModel::filterText() const
{
    const std::array<QString, sectionCount> fields{u"source:"_s, u"type:"_s, u"status:"_s, u"event:"_s};
    QStringList parts;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        QStringList terms;
        for (const Entry &entry : m_sections.at(i)) {
            const QString text = entry.isChecked ? entryText(static_cast<Section>(i), entry) : QString();
            if (!text.isEmpty()) {
                terms.append(fields.at(i) + filter::literal(text));
            }
        }
        if (terms.size() == 1) {
            parts.append(terms.front());
        } else if (!terms.isEmpty()) {
            parts.append(u'(' + terms.join(u" OR "_s) + u')');
        }
    }
    return parts.join(u' ');
}

void FacetModel::clearChecks()
{
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const QModelIndex heading = index(static_cast<int>(i), 0);
        auto &entries = m_sections.at(i);
        for (std::size_t row = 0; row < entries.size(); ++row) {
            if (std::exchange(entries[row].isChecked, false)) {
                const QModelIndex changed = index(static_cast<int>(row), 0, heading);
                emit dataChanged(changed, changed, {Qt::CheckStateRole});
            }
        }
    }
}

QString FacetModel::entryText(Section section, const Entry &entry) const
{
    switch (section) {
    case Section::Sources:
        return m_textOf(TextKind::Source, entry.key);
    case Section::Types:
        return latin(event::word(static_cast<event::CallType>(entry.key)));
    case Section::Statuses:
        return latin(event::word(static_cast<event::Status>(entry.key)));
    case Section::Events:
        return m_textOf(TextKind::Name, entry.key);
    }
    return {};
}

QModelIndex FacetModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column != 0 || row >= rowCount(parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : headingId);
}

QModelIndex FacetModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == headingId) {
        return {};
    }
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, headingId);
}

int FacetModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return sectionCount;
    }
    const bool isHeading = parent.internalId() == headingId && parent.column() == 0;
    return isHeading ? static_cast<int>(m_sections.at(static_cast<std::size_t>(parent.row())).size()) : 0;
}

int FacetModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 1;
}

QVariant FacetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == headingId) {
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole: {
            const std::array titles{tr("Sources"), tr("Types"), tr("Status"), tr("Events")};
            return titles.at(static_cast<std::size_t>(index.row()));
        }
        case SectionRole:
            return index.row();
        case IsSectionRole:
            return true;
        default:
            return {};
        }
    }
    const auto section = static_cast<std::size_t>(index.internalId() - 1);
    const Entry &entry = m_sections.at(section)[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entryText(static_cast<Section>(section), entry);
    case Qt::AccessibleTextRole:
        return tr("%1, events: %2")
            .arg(entryText(static_cast<Section>(section), entry), QLocale().toString(entry.count));
    case Qt::CheckStateRole:
        return entry.isChecked ? Qt::Checked : Qt::Unchecked;
    case CountRole:
        return entry.count;
    case SectionRole:
        return static_cast<int>(section);
    case KeyRole:
        return entry.key;
    case IsSectionRole:
        return false;
    default:
        return {};
    }
}

bool FacetModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole ||
        index.internalId() == headingId) {
        return false;
    }
    auto &entries = m_sections.at(static_cast<std::size_t>(index.internalId() - 1));
    entries[static_cast<std::size_t>(index.row())].isChecked = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit checksChanged();
    return true;
}

Qt::ItemFlags FacetModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return index.internalId() == headingId ? Qt::ItemIsEnabled
                                           : Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                                                 Qt::ItemIsUserCheckable | Qt::ItemNeverHasChildren;
}

QHash<int, QByteArray> FacetModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractItemModel::roleNames();
    names.insert(
        {{CountRole, "count"}, {SectionRole, "section"}, {KeyRole, "key"}, {IsSectionRole, "isSection"}});
    return names;
}

} // namespace ui
