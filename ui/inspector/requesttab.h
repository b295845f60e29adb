// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/inspector/inspectedevent.h"

#include <QScrollArea>

namespace ui {

class Theme;

/// The HTTP request an event came with, secrets masked. Of a rejected one: why, and the bytes, with the place
/// marked.
class RequestTab final : public QScrollArea
{
    Q_OBJECT
public:
    RequestTab(const Theme &theme, QWidget *parent = nullptr);

    void display(const InspectedPtr &inspected);
    void clear();

private:
    const Theme &m_theme;
};

} // namespace ui
