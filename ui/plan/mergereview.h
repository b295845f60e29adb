// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/infer.h"
#include "ui/itemmodels/mergemodel.h"

#include <QWidget>

class QComboBox;
class QTableView;
class QTreeWidget;

namespace ui {

class ChangeList;
class Theme;
class ThemedLabel;

/// What merging rules into a plan would do, event by event: which to do is chosen by boxes, what each does
/// stands beside it, of learnt ones with the evidence for each property. GUI thread.
class MergeReview final : public QWidget
{
    Q_OBJECT
public:
    MergeReview(const Theme &theme, const plan::Document &into, QWidget *parent = nullptr);

    void setRules(const std::vector<plan::RulePointer> &from);
    void setInferred(const std::vector<plan::InferredRule> &inferred);
    [[nodiscard]] MergeModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &steps() const { return *m_steps; }
    [[nodiscard]] QTreeWidget &evidence() const { return *m_evidence; }

private:
    void refill();
    void showStep();
    void fillEvidence(const plan::RuleSource &rule);

    const plan::Document m_into;
    std::vector<plan::RulePointer> m_from;
    std::vector<plan::InferredRule> m_inferred;
    MergeModel *m_model;
    QComboBox *m_mode;
    ThemedLabel *m_count;
    QTableView *m_steps;
    ThemedLabel *m_title;
    QTreeWidget *m_evidence;
    ChangeList *m_changes;
};

} // namespace ui
