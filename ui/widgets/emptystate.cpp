// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/emptystate.h"

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
    m_sentence->setFixedWidth(sentenceWidth);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_title, theme, FontRole::Title, Role::Text);
    dress(*m_sentence, theme, FontRole::Body, Role::TextSecondary);
    m_button->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    column->setSpacing(space::s);
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
    // A centred label gets no height for its width from the layout.
    m_sentence->setFixedHeight(m_sentence->heightForWidth(sentenceWidth));
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

void EmptyState::refresh()
{
    m_picture->setPixmap(m_theme.pixmap(m_icon, Role::TextHint, 32, devicePixelRatioF()));
}

} // namespace ui
