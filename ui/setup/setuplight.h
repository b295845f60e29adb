// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// The third step: a light and what it says in words. Four states; green is never left again until reset.
class SetupLight final : public QWidget
{
    Q_OBJECT
public:
    enum class State : std::uint8_t { Waiting, SettingsFetched, FirstEvent, Unusable };

    explicit SetupLight(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString detail() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }
    /// An empty `action` hides the button.
    void show(State state, const QString &headline, const QString &detail, const QString &action = {});
    /// A second, quieter way on, whatever is shown; an empty text takes it away.
    void offerMore(const QString &text);
    [[nodiscard]] QPushButton &more() const { return *m_more; }

signals:
    void activated();
    void moreActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    State m_state = State::Waiting;
    QLabel *m_headline;
    QLabel *m_detail;
    QPushButton *m_button;
    QPushButton *m_more;
};

} // namespace ui
