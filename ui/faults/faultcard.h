// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/faults.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// How one fault goes: what it is, the verdict in words, the numbers. Changes in place.
class FaultCard final : public QWidget
{
    Q_OBJECT
public:
    FaultCard(const Theme &theme, QWidget *parent);

    /// `source` is the name of the source it is played on; empty: every one.
    void setReport(const capture::FaultReport &report, const QString &source);
    [[nodiscard]] std::uint32_t id() const { return m_report.id; }
    [[nodiscard]] QString verdict() const;

signals:
    void stopWanted(std::uint32_t id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    capture::FaultReport m_report;
    QString m_source;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_progress;
    QLabel *m_verdict;
    std::vector<QLabel *> m_figures; ///< events, sent again, missing, doubled, attempts
    QPushButton *m_stop;
};

} // namespace ui
