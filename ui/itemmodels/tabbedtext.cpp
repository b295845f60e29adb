// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/tabbedtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

QString toTabbedText(const CellBlock &block)
{
    QString text;
    for (const QStringList &row : block) {
        QStringList cells;
        for (const QString &cell : row) {
            const bool isQuoted = std::ranges::any_of(
                cell, [](QChar c) { return c == u'\t' || c == u'\n' || c == u'\r' || c == u'"'; });
            cells += isQuoted ? u'"' + QString(cell).replace(u'"', u"\"\""_s) + u'"' : cell;
        }
        text += cells.join(u'\t') + u'\n';
    }
    return text;
}

CellBlock fromTabbedText(const QString &text)
{
    CellBlock block;
    QStringList row;
    QString cell;
    bool isQuoted = false;
    bool hasCell = false; // since the last row ended
    const auto endCell = [&] {
        row += std::exchange(cell, QString());
        hasCell = true;
    };
    const auto endRow = [&] {
        endCell();
        block += std::exchange(row, QStringList());
        hasCell = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted) {
            if (c != u'"') {
                cell += c;
            } else if (i + 1 < text.size() && text[i + 1] == u'"') {
                cell += c;
                ++i;
            } else {
                isQuoted = false;
            }
        } else if (c == u'"' && cell.isEmpty() && text.indexOf(u'"', i + 1) >= 0) {
            isQuoted = true; // a lone quote is a character like any other
        } else if (c == u'\t') {
            endCell();
        } else if (c == u'\n' || c == u'\r') {
            if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
                ++i;
            }
            endRow();
        } else {
            cell += c;
        }
    }
    if (!cell.isEmpty() || hasCell) {
        endRow();
    }
    return block;
}

} // namespace ui
