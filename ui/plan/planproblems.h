// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/itemmodels/problemmodel.h"

#include <QWidget>

class QListView;
class QToolButton;

namespace ui {

class ElidedLabel;
class Theme;

/// What is wrong with the plan itself: one line, unfolded into a list by kind. Hidden when there is nothing.
class PlanProblems final : public QWidget
{
    Q_OBJECT
public:
    explicit PlanProblems(const Theme &theme, QWidget *parent = nullptr);

    void setProblems(std::vector<check::PlanIssue> problems);
    [[nodiscard]] ProblemModel &model() const { return *m_model; }
    [[nodiscard]] QListView &list() const { return *m_list; }
    void setUnfolded(Qt::CheckState state);

signals:
    /// A problem was chosen: where it is, is wanted.
    void chosen(const check::PlanIssue &problem);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    ProblemModel *m_model;
    QToolButton *m_fold;
    ElidedLabel *m_title;
    QListView *m_list;
};

} // namespace ui
