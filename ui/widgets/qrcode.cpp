// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/qrcode.h"

#include <cmath>
#include <memory>

#include <QPainter>
#include <qrencode.h>

namespace ui {

namespace {

constexpr int quietZone = 4; ///< modules on each side, as the standard asks

struct CodeDeleter
{
    void operator()(QRcode *code) const { QRcode_free(code); }
};

} // namespace

QrCode::QrCode(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    const auto colors = Theme::load(Theme::Variant::Light);
    m_light = colors[static_cast<std::size_t>(Role::Surface)];
    m_dark = colors[static_cast<std::size_t>(Role::Text)];
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrCode::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_side = 0;
    m_modules.clear();
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, CodeDeleter> code(
        bytes.isEmpty() ? nullptr : QRcode_encodeString(bytes.constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    if (code != nullptr) {
        m_side = code->width;
        m_modules.resize(static_cast<qsizetype>(m_side) * m_side);
        for (int index = 0; index < m_side * m_side; ++index)
            m_modules.setBit(index, (code->data[index] & 1U) != 0);
    }
    setAccessibleName(tr("QR code"));
    setAccessibleDescription(text);
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const
{
    return {208, 208};
}

void QrCode::paintEvent(QPaintEvent * /*event*/)
{
    if (isEmpty())
        return;
    // Module edges stand on whole device pixels, whatever the scale: a blurred edge is a harder code.
    const qreal ratio = devicePixelRatioF();
    const int deviceSide = static_cast<int>(std::floor(std::min(width(), height()) * ratio));
    const int all = m_side + 2 * quietZone;
    const int module = std::max(1, deviceSide / all);
    const int offset = (deviceSide - module * m_side) / 2;

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_light);
    painter.drawRoundedRect(rect(), measure::cardRadius, measure::cardRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.scale(1 / ratio, 1 / ratio);
    for (int row = 0; row < m_side; ++row) {
        for (int column = 0; column < m_side; ++column) {
            if (isDark(row, column))
                painter.fillRect(offset + column * module, offset + row * module, module, module, m_dark);
        }
    }
    if (m_theme.variant() == Theme::Variant::Light) {
        // On a light page the quiet zone has no edge of its own.
        painter.resetTransform();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Role::Border), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                                measure::cardRadius);
    }
}

} // namespace ui
