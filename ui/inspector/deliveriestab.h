// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/inspectedevent.h"

#include <QScrollArea>

namespace ui {

class Theme;

/// Where the event was sent on to: each dispatch with its state, the request sent, and every attempt with the
/// answer received.
class DeliveriesTab final : public QScrollArea
{
    Q_OBJECT
public:
    explicit DeliveriesTab(const Theme &theme, QWidget *parent = nullptr);

    void display(const InspectedPtr &inspected);
    void clear();

signals:
    void destinationsWanted();

private:
    const Theme &m_theme;
};

} // namespace ui
