// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/card.h"

#include "ui/setup/guide.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

Card::Card(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::setColors(Role ground, Role edge)
{
    m_ground = ground;
    m_edge = edge;
    update();
}

void Card::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(m_edge), 1));
    painter.setBrush(m_theme.color(m_ground));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                            measure::cardRadius);
}

Advice::Advice(const Theme &theme, const Tone &tone, QWidget *parent)
    : Card(theme, parent)
    , m_tone(tone)
    , m_icon(new QLabel(this))
    , m_what(paragraph(theme, FontRole::BodyStrong, Role::Text, {}, this))
    , m_rest(paragraph(theme, FontRole::Body, Role::Text, {}, this))
    , m_button(new QPushButton(this))
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_what);
    texts->addWidget(m_rest);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::m, space::m, space::m);
    row->setSpacing(space::m);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &Advice::activated);
    connect(&theme, &Theme::changed, this, &Advice::refresh);
    refresh();
}

void Advice::setTexts(const QString &what, const QString &rest, const QString &action)
{
    m_what->setText(what);
    m_rest->setText(rest);
    m_rest->setVisible(!rest.isEmpty());
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(text());
}

void Advice::setTone(const Tone &tone)
{
    m_tone = tone;
    refresh();
}

QString Advice::text() const
{
    return m_rest->text().isEmpty() ? m_what->text() : m_what->text() + u' ' + m_rest->text();
}

void Advice::refresh()
{
    setColors(m_tone.soft, m_tone.soft);
    m_icon->setPixmap(theme().pixmap(m_tone.icon, m_tone.word, 16, devicePixelRatioF()));
}

} // namespace ui
