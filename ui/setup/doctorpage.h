// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/setup/remedy.h"
#include "ui/theme/theme.h"

#include <vector>

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace ui {

class ClientCard;
class EmptyState;
class Guide;

/// Every client that came to the port, and why its events come or don't. Brought up to date only while it is
/// seen, at most four times a second and at least once, in place: who is new is added below, and the order
/// (problems first) is made anew when the page is opened.
class DoctorPage final : public QWidget
{
    Q_OBJECT
public:
    DoctorPage(CaptureServices &capture, const Theme &theme, QWidget *parent = nullptr);

    void focusFirst();
    [[nodiscard]] const std::vector<ClientCard *> &cards() const { return m_cards; }

signals:
    void remedyWanted(const ui::Remedy &remedy);
    void connectWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum class Order : std::uint8_t { Kept, Anew };
    struct Key
    {
        QByteArray address, agent;
        friend bool operator==(const Key &, const Key &) = default;
    };

    void buildLayout();
    void schedule();
    void refresh(Order order);
    void showEmptiness(std::size_t clients, std::size_t shown);

    CaptureServices &m_capture;
    const Theme &m_theme;
    QLabel *m_summary;
    QCheckBox *m_onlyProblems;
    QPushButton *m_forget;
    Guide *m_guide;
    EmptyState *m_empty;
    std::vector<Key> m_keys; ///< of the cards
    std::vector<ClientCard *> m_cards;
    QTimer m_soon;
    QTimer m_clock; ///< ages grow also when nothing comes
    QElapsedTimer m_sinceRefresh;
};

/// Clients with a problem.
[[nodiscard]] std::size_t problemCount(const std::vector<capture::ClientReport> &reports);

} // namespace ui
