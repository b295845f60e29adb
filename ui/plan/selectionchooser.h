// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QWidget>

class QComboBox;

namespace ui {

/// Which captured events to look at: all, one session, or those of the stream's filter. GUI thread.
class SelectionChooser final : public QWidget
{
    Q_OBJECT
public:
    SelectionChooser(PlanServices &services, const QString &streamFilter, QWidget *parent = nullptr);

    [[nodiscard]] PlanServices::Selection selection() const;

private:
    QComboBox *m_choice;
    QString m_filter;
};

} // namespace ui
