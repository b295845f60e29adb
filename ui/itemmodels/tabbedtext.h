// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStringList>

namespace ui {

/// Rows of cells.
using CellBlock = QList<QStringList>;

/// The text spreadsheets exchange over the clipboard: a tab between cells, a line for each row; a cell with
/// tabs, line ends or quotes stands in quotes, its quotes doubled.
[[nodiscard]] QString toTabbedText(const CellBlock &block);
/// What LibreOffice, Excel and Google Sheets put there, or toTabbedText(). A last empty line is none.
[[nodiscard]] CellBlock fromTabbedText(const QString &text);

} // namespace ui
