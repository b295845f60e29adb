// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace ui {

class Theme;
class ThemedLabel;

/// What is wrong with the plans themselves: one line, unfolded into a list. Hidden when there is nothing.
class PlanProblems final : public QWidget
{
    Q_OBJECT
public:
    explicit PlanProblems(const Theme &theme, QWidget *parent = nullptr);

    void setPlans(const std::vector<std::shared_ptr<const plan::Plan>> &plans);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QToolButton *m_fold;
    ThemedLabel *m_title;
    QWidget *m_list;
    QVBoxLayout *m_lines;
};

} // namespace ui
