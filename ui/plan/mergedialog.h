// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace ui {

class MergeReview;
class SelectionChooser;
class Theme;
class ThemedLabel;

/// Merges another plan into this one: what it would do, event by event, before it is done.
class MergeDialog final : public QDialog
{
    Q_OBJECT
public:
    MergeDialog(const Theme &theme, const plan::Document &into, const plan::Document &from,
                QWidget *parent = nullptr);

    [[nodiscard]] MergeReview &review() const { return *m_review; }

signals:
    void merged(const std::vector<plan::MergeStep> &steps);

private:
    MergeReview *m_review;
    QPushButton *m_merge;
};

/// Learns a plan, or more of one, from captured events: which events, then what was learnt of each with its
/// evidence, then the merge. Ends its work when it is closed.
class InferDialog final : public QDialog
{
    Q_OBJECT
public:
    InferDialog(PlanServices &services, const Theme &theme, const plan::Document &into,
                const QString &streamFilter, QWidget *parent = nullptr);
    ~InferDialog() override;

    [[nodiscard]] MergeReview &review() const { return *m_review; }

signals:
    void merged(const std::vector<plan::MergeStep> &steps);

private:
    void learn();
    void stop();
    void showResult(const base::Result<std::vector<plan::InferredRule>> &result);

    PlanServices &m_services;
    SelectionChooser *m_selection;
    QSpinBox *m_minSeen;
    QPushButton *m_learn;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    ThemedLabel *m_message;
    MergeReview *m_review;
    QPushButton *m_merge;
    bool m_isLearning = false;
};

} // namespace ui
