// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/planfiltermodel.h"

#include <algorithm>

namespace ui {

PlanFilterModel::PlanFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(PlanModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
}

void PlanFilterModel::setShown(Show show)
{
    if (show != m_show) {
        m_show = show;
        invalidateFilter();
    }
}

void PlanFilterModel::setSearch(const QString &text)
{
    const QStringList words = text.toLower().split(u' ', Qt::SkipEmptyParts);
    if (words != m_words) {
        m_words = words;
        invalidateFilter();
    }
}

bool PlanFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, PlanModel::NameColumn, parent);
    const auto isShown = [&] {
        switch (m_show) {
        case Show::All:
            return true;
        case Show::Seen:
            return index.data(PlanModel::SeenRole).toULongLong() > 0;
        case Show::NeverSeen:
            return index.data(PlanModel::IsNeverSeenRole).toBool();
        case Show::WithViolations:
            return index.data(PlanModel::ViolationsRole).toULongLong() > 0;
        case Show::WithProblems:
            return index.data(PlanModel::ProblemsRole).toInt() > 0;
        case Show::Deprecated:
            return index.data(PlanModel::IsDeprecatedRole).toBool();
        }
        return true;
    };
    if (!isShown()) {
        return false;
    }
    if (m_words.isEmpty()) {
        return true;
    }
    const QString text = index.data(PlanModel::SearchRole).toString();
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word); });
}

} // namespace ui
