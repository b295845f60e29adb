// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/emptystate.h"

#include <algorithm>

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sentenceWidth = 420;

} // namespace

EmptyState::EmptyState(const Theme &theme, Icon icon, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_picture->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_title, theme, FontRole::Title, Role::Text);
    dress(*m_sentence, theme, FontRole::Body, Role::TextSecondary);
    m_button->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    column->setSpacing(space::s);
    column->setSizeConstraint(QLayout::SetNoConstraint); // its sentence takes the width there is
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addSpacing(space::s);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);

    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
    connect(&theme, &Theme::changed, this, &EmptyState::refresh);
    refresh();
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    fit();
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::setButton(const QString &text, ButtonKind kind)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
    setButtonKind(*m_button, kind);
}

QString EmptyState::title() const
{
    return m_title->text();
}

QSize EmptyState::minimumSizeHint() const
{
    return {200, 160};
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void EmptyState::fit()
{
    // A centred label gets neither width nor height for its text from the layout.
    const int width = std::min(sentenceWidth, std::max(120, this->width() - 2 * space::xl));
    m_sentence->setMinimumSize(0, 0); // a label's height for a width is never below its minimum
    m_sentence->setMinimumSize(0, 0); // else the height asked for is never less than the last
    m_sentence->setFixedSize(width, std::max(0, m_sentence->heightForWidth(width)));
}

void EmptyState::refresh()
{
    m_picture->setPixmap(m_theme.pixmap(m_icon, Role::TextHint, 32, devicePixelRatioF()));
}

} // namespace ui
