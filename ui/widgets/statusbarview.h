// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/queue.h"
#include "stream/stream.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

/// "12,402 events  31 violations  4 unplanned  9 lint | 1,203/s | Amplitude 99.8 % | disk 12.4 MB", 24 high.
/// Changes in place, four times a second at most; zero is quiet.
class StatusBarView final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusBarView(const Theme &theme, QWidget *parent = nullptr);

    void setTotals(const stream::Totals &totals);
    void setDeliveryHealth(const QList<deliver::DestinationHealth> &health);
    void setDisk(std::uint64_t storeBytes, std::uint64_t freeBytes);
    /// Of stored events that get their verdict under a new plan; said when it takes more than a moment.
    void setRecheck(std::uint64_t done, std::uint64_t total);
    /// "Replaying 40 of 120"; empty takes it away.
    void setActivity(const QString &text);
    /// Everything as one line, as assistive tools read it.
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// A count was clicked: the filter that shows it ("status:violation").
    void filterWanted(const QString &filter);
    void cancelRecheckWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Part
    {
        QString text;
        Role role = Role::TextSecondary;
        QString filter;
        QString tip;
        bool startsGroup = false;
        bool hasCancel = false; ///< the button stands behind it
        int left = 0, right = 0;
    };
    void scheduleRefresh();
    void refresh();
    void add(const QString &text, Role role, const QString &filter = {}, const QString &tip = {});
    void startGroup();
    void place();
    [[nodiscard]] const Part *partAt(int x) const;

    const Theme &m_theme;
    stream::Totals m_totals;
    QList<deliver::DestinationHealth> m_health;
    std::uint64_t m_storeBytes = 0, m_freeBytes = 0;
    std::uint64_t m_recheckDone = 0, m_recheckTotal = 0;
    QTimer m_recheckShows; ///< runs while a recheck is too young to be told of
    QToolButton *m_cancelRecheck;
    QString m_activity;
    std::vector<Part> m_parts;
    QTimer m_timer;
    bool m_startsGroup = false;
};

} // namespace ui
