// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QKeySequence>
#include <QWidget>

namespace ui {

/// A shortcut as keys to press: small caps in boxes. Decorative beside a text that names the action.
class KeyHint final : public QWidget
{
    Q_OBJECT
public:
    KeyHint(const Theme &theme, const QKeySequence &keys, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QStringList m_keys;
};

} // namespace ui
