// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QTreeWidget;

namespace ui {

class Theme;
class ThemedLabel;

/// In which format a plan is to be written, and what that format can't hold of it, before anything is.
class ExportDialog final : public QDialog
{
    Q_OBJECT
public:
    ExportDialog(const Theme &theme, const plan::Document &document, QWidget *parent = nullptr);

    [[nodiscard]] QListWidget &formats() const { return *m_formats; }
    [[nodiscard]] QTreeWidget &losses() const { return *m_losses; }

signals:
    void chosen(plan::Format format);

private:
    void showLosses();

    const plan::Document m_document;
    QListWidget *m_formats;
    ThemedLabel *m_summary;
    QTreeWidget *m_losses;
    QPushButton *m_export;
};

/// The name a file of this format ends with; empty: a folder.
[[nodiscard]] QString fileEnding(plan::Format format);

} // namespace ui
