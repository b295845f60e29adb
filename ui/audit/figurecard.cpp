// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/figurecard.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int cardHeight = 72;
constexpr int barHeight = 4;

} // namespace

FigureCard::FigureCard(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FigureCard::setFigure(const QString &figure, const QString &words, Role tone, double share)
{
    if (m_figure == figure && m_words == words && m_tone == tone && qFuzzyCompare(m_share + 2, share + 2)) {
        return;
    }
    m_figure = figure;
    m_words = words;
    m_tone = tone;
    m_share = share;
    setText(tr("%1 %2").arg(figure, words));
    setAccessibleName(text());
    setToolTip(tr("Show these below"));
    update();
}

QSize FigureCard::sizeHint() const
{
    return {220, cardHeight};
}

QSize FigureCard::minimumSizeHint() const
{
    return {130, cardHeight};
}

void FigureCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool isFocused = hasFocus();
    painter.setPen(QPen(m_theme.color(isChecked() || isFocused ? Role::Accent
                                      : underMouse()           ? Role::BorderStrong
                                                               : Role::Border),
                        isFocused ? measure::focusRing : 1));
    painter.setBrush(m_theme.color(isChecked() ? Role::AccentSoft : Role::Surface));
    painter.drawRoundedRect(card, measure::cardRadius, measure::cardRadius);
    const QRect inside = rect().adjusted(space::l, space::m, -space::l, -space::m);
    painter.setFont(m_theme.font(FontRole::Figure));
    painter.setPen(m_theme.color(m_tone));
    painter.drawText(inside, Qt::AlignLeading | Qt::AlignTop, m_figure);
    painter.setFont(m_theme.font(FontRole::Meta));
    painter.setPen(m_theme.color(Role::TextSecondary));
    const int bar = m_share < 0 ? 0 : barHeight + space::xs;
    const QRect below = inside.adjusted(0, 0, 0, -bar);
    painter.drawText(below, Qt::AlignLeading | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(m_words, Qt::ElideRight, below.width()));
    if (m_share < 0) {
        return;
    }
    QRectF ground(inside.left(), inside.bottom() - barHeight + 1, inside.width(), barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Border));
    painter.drawRoundedRect(ground, 2, 2);
    ground.setWidth(ground.width() * std::clamp(m_share, 0.0, 1.0));
    painter.setBrush(m_theme.color(Role::Valid));
    painter.drawRoundedRect(ground, 2, 2);
}

} // namespace ui
