// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/planmodel.h"

#include <QSortFilterProxyModel>

namespace ui {

/// The rows of a PlanModel that a search and one of the page's chips leave.
class PlanFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Show : std::uint8_t { All, Seen, NeverSeen, WithViolations, WithProblems, Deprecated };

    explicit PlanFilterModel(QObject *parent = nullptr);

    void setShown(Show show);
    [[nodiscard]] Show shown() const { return m_show; }
    void setSearch(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Show m_show = Show::All;
    QStringList m_words;
};

} // namespace ui
