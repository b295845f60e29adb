// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QStringList>

#include <vector>

namespace plan::formats {

/// A CSV file with a header (RFC 4180: quotes, quotes in quotes, line ends in quotes; also with ";" or tabs
/// between, as spreadsheets of other countries write). Columns are asked for by name, whatever their order
/// and case.
class CsvTable
{
public:
    static constexpr std::size_t maxRows = 100'000; ///< Segment takes fewer
    static constexpr qsizetype maxCellBytes = qsizetype{1024} * 1024;

    /// UTF-8. Errors name the line. Stops at the first row too many, so that a huge file costs little.
    [[nodiscard]] static base::Result<CsvTable> read(const QByteArray &utf8);

    [[nodiscard]] const QStringList &header() const { return m_header; }
    [[nodiscard]] std::size_t rowCount() const { return m_rows.size(); }
    /// The number of the first column with one of these names; -1: none. Case, spaces, "_" and "-" don't
    /// count.
    [[nodiscard]] int column(std::initializer_list<QStringView> names) const;
    /// Empty where the row is short or `column` is -1; spaces round an unquoted cell don't count.
    [[nodiscard]] QString cell(std::size_t row, int column) const;
    /// Line of the file where a row begins, from 1.
    [[nodiscard]] int line(std::size_t row) const { return m_lines[row]; }
    /// Columns nobody asked for.
    [[nodiscard]] QStringList unaskedColumns() const;

private:
    QStringList m_header;
    std::vector<QStringList> m_rows;
    std::vector<int> m_lines;
    mutable std::vector<bool> m_wasAsked;
};

/// Lines end in LF, so that a version control's diff shows rows. Cells are written as they are: a spreadsheet
/// may take one that begins with "=" for a formula, but changing it would change the plan.
[[nodiscard]] QByteArray csvText(const QStringList &header, const std::vector<QStringList> &rows);

} // namespace plan::formats
