// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/statuschip.h"

#include <algorithm>

#include <QCoreApplication>
#include <QPainter>

namespace ui {

namespace {

constexpr int chipHeight = 20;
constexpr int iconSide = 12;
constexpr int inset = 6;
constexpr int gap = 4;

QString words(const char *text)
{
    return QCoreApplication::translate("ui::StatusChip", text);
}

} // namespace

QString statusText(event::Status status)
{
    switch (status) {
    case event::Status::Valid:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Valid"));
    case event::Status::Violation:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Violation"));
    case event::Status::Unplanned:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Unplanned"));
    case event::Status::Unchecked:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Unchecked"));
    case event::Status::Rejected:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Rejected"));
    }
    return {};
}

QString findingKindText(event::FindingKind kind)
{
    switch (kind) {
    case event::FindingKind::Violation:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Violation"));
    case event::FindingKind::Lint:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Lint"));
    case event::FindingKind::Privacy:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Privacy"));
    case event::FindingKind::Protocol:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Protocol"));
    case event::FindingKind::Identity:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Identity"));
    }
    return {};
}

QString severityText(event::Severity severity)
{
    switch (severity) {
    case event::Severity::Info:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Info"));
    case event::Severity::Warning:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Warning"));
    case event::Severity::Error:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Error"));
    }
    return {};
}

QString callTypeText(event::CallType type)
{
    switch (type) {
    case event::CallType::None:
        return {};
    case event::CallType::Track:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Track"));
    case event::CallType::Page:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Page"));
    case event::CallType::Screen:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Screen"));
    case event::CallType::Identify:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Identify"));
    case event::CallType::Group:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Group"));
    case event::CallType::Alias:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Alias"));
    }
    return {};
}

QString deliveryText(event::DeliveryState state)
{
    switch (state) {
    case event::DeliveryState::None:
        return {};
    case event::DeliveryState::Pending:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Pending"));
    case event::DeliveryState::Delivered:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Delivered"));
    case event::DeliveryState::Failed:
        return words(QT_TRANSLATE_NOOP("ui::StatusChip", "Failed"));
    }
    return {};
}

int chipWidth(const Theme &theme, const QString &text)
{
    return inset + iconSide + gap + QFontMetrics(theme.font(FontRole::Meta)).horizontalAdvance(text) + inset +
           1;
}

int paintChip(QPainter &painter, const Theme &theme, const QRect &rect, const Tone &tone, const QString &text)
{
    const int width = std::min(chipWidth(theme, text), rect.width());
    if (width < 2 * inset + iconSide)
        return 0;
    const int height = std::min(chipHeight, rect.height() - 2);
    const QRect chip(rect.left(), rect.top() + (rect.height() - height) / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(tone.soft));
    painter.drawRoundedRect(chip, measure::controlRadius, measure::controlRadius);
    painter.restore();
    paintStatus(painter, theme, chip.adjusted(inset, 0, -inset + 2, 0), tone, text);
    return width;
}

int paintStatus(QPainter &painter, const Theme &theme, const QRect &rect, const Tone &tone,
                const QString &text)
{
    painter.drawPixmap(rect.left(), rect.top() + (rect.height() - iconSide) / 2,
                       theme.pixmap(tone.icon, tone.word, iconSide, painter.device()->devicePixelRatioF()));
    const QFont font = theme.font(FontRole::Meta);
    const QFontMetrics metrics(font);
    const int room = std::max(0, rect.width() - iconSide - gap);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
    painter.setFont(font);
    painter.setPen(theme.color(tone.word));
    painter.drawText(QRect(rect.left() + iconSide + gap, rect.top(), room, rect.height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    return iconSide + gap + metrics.horizontalAdvance(shown);
}

void paintCallType(QPainter &painter, const Theme &theme, const QRect &rect, event::CallType type)
{
    const QString word = callTypeText(type);
    if (word.isEmpty())
        return;
    const int side = 16;
    const QRect square(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2, side,
                       side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Role::BorderStrong), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    QFont font = theme.font(FontRole::Meta);
    font.setPixelSize(10);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(square, Qt::AlignCenter, word.left(1));
    painter.restore();
}

void paintSourceDot(QPainter &painter, const Theme &theme, const QRect &rect, std::uint32_t sourceId)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(theme.sourceRole(sourceId)));
    painter.drawEllipse(
        QRectF(rect.left() + (rect.width() - 8) / 2.0, rect.top() + (rect.height() - 8) / 2.0, 8, 8));
    painter.restore();
}

StatusChip::StatusChip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusChip::setStatus(event::Status status)
{
    setTone(toneFor(status), statusText(status));
}

void StatusChip::setTone(const Tone &tone, const QString &text)
{
    m_tone = tone;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const
{
    return {chipWidth(m_theme, m_text), chipHeight + 2};
}

void StatusChip::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintChip(painter, m_theme, rect(), m_tone, m_text);
}

} // namespace ui
