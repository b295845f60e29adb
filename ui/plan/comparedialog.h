// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QDialog>

class QComboBox;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace ui {

class ChangeList;
class SelectionChooser;
class Theme;
class ThemedLabel;

/// Two plans, or two versions of one: what differs, what each difference does to events that were valid, and,
/// asked for, which captured events it breaks. GUI thread.
class CompareDialog final : public QDialog
{
    Q_OBJECT
public:
    /// A plan to choose.
    struct Side
    {
        QString title;
        PlanServices::DocumentPointer document;
    };
    CompareDialog(PlanServices &services, event::FindingWords words, const Theme &theme,
                  std::vector<Side> sides, const QString &streamFilter, QWidget *parent = nullptr);
    ~CompareDialog() override;

    /// By their places in the list of sides.
    void setSides(int before, int after);
    /// Reads a plan's file, adds it to both lists and takes it as the one compared with.
    void addFile(const QString &path);
    [[nodiscard]] ChangeList &changes() const { return *m_changes; }
    [[nodiscard]] QTreeWidget &outcomes() const { return *m_outcomes; }

signals:
    void changeChosen(const plan::Change &change);
    void eventWanted(event::EventId id);

private:
    void buildLayout();
    void chooseFile();
    void refill();
    void judge();
    void stop();
    void showOutcomes(const base::Result<PlanServices::Breaks> &result);
    void copyText() const;

    PlanServices &m_services;
    event::FindingWords m_words;
    const Theme &m_theme;
    std::vector<Side> m_sides;
    QComboBox *m_before;
    QComboBox *m_after;
    QPushButton *m_file;
    ThemedLabel *m_summary;
    ChangeList *m_changes;
    SelectionChooser *m_selection;
    QPushButton *m_judge;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    ThemedLabel *m_verdict;
    QTreeWidget *m_outcomes;
    bool m_isJudging = false;
};

} // namespace ui
