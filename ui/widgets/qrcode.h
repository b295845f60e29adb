// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QBitArray>
#include <QWidget>

namespace ui {

/// A text as a QR code (ISO/IEC 18004), as large as fits in whole device pixels. Dark on light in both
/// themes, with a quiet zone of four modules: many cameras read nothing else.
class QrCode final : public QWidget
{
    Q_OBJECT
public:
    explicit QrCode(const Theme &theme, QWidget *parent = nullptr);

    /// A text too long for any QR code (over 2,331 bytes) leaves it empty, as an empty one does.
    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_side == 0; }
    /// Modules along one side, without the quiet zone.
    [[nodiscard]] int side() const { return m_side; }
    [[nodiscard]] bool isDark(int row, int column) const { return m_modules.testBit(row * m_side + column); }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QColor m_light, m_dark; ///< of the light theme
    QString m_text;
    QBitArray m_modules; ///< row by row
    int m_side = 0;
};

} // namespace ui
