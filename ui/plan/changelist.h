// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/changemodel.h"

#include <QTableView>

namespace ui {

class Theme;

/// What differs between two plans, as a table of sentences. GUI thread.
class ChangeList final : public QTableView
{
    Q_OBJECT
public:
    ChangeList(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);

    void setChanges(std::vector<plan::Change> changes);
    [[nodiscard]] ChangeModel &changes() const { return *m_model; }

signals:
    void chosen(const plan::Change &change); ///< double click, Enter

private:
    ChangeModel *m_model;
};

} // namespace ui
