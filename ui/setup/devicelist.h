// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/theme/theme.h"

#include <vector>

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The devices of the network that came by, and what they may do. Rows keep their places while it is watched:
/// a new device is added below.
class DeviceList final : public QWidget
{
    Q_OBJECT
public:
    DeviceList(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    void refresh();

private:
    struct Row
    {
        QByteArray address;
        QWidget *widget;
        QLabel *icon;
        QLabel *name;
        QLabel *details;
        QPushButton *accept, *refuse, *forget;
    };
    [[nodiscard]] Row makeRow(const QByteArray &address);
    void show(const Row &row, const capture::Device &device) const;

    CaptureServices &m_capture;
    const Theme &m_theme;
    std::vector<Row> m_rows;
    QVBoxLayout *m_column;
    QLabel *m_none;
};

} // namespace ui
