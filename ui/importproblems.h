// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/importreader.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QListWidget;

namespace ui {

/// What of an import could not be read, place by place; can be copied.
class ImportProblems final : public QDialog
{
    Q_OBJECT
public:
    ImportProblems(const Theme &theme, const segment::ImportReport &report, const QString &name,
                   QWidget *parent);

    [[nodiscard]] QListWidget &list() const { return *m_list; }

private:
    QListWidget *m_list;
};

} // namespace ui
