// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/guide.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int guideWidth = 720;
constexpr int numberSide = 24;

/// The round number of a step.
class StepNumber final : public QWidget
{
public:
    StepNumber(const Theme &theme, int number, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_number(number)
    {
        setFixedSize(numberSide, numberSide);
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        if (m_number == 0)
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::AccentSoft));
        painter.drawEllipse(rect());
        painter.setFont(m_theme.font(FontRole::BodyStrong));
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
    }

private:
    const Theme &m_theme;
    int m_number;
};

} // namespace

QLabel *paragraph(const Theme &theme, FontRole font, Role role, const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*label, theme, font, role);
    return label;
}

GuideStep::GuideStep(const Theme &theme, int number, const QString &heading, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_body(new QVBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::m);
    row->addWidget(new StepNumber(theme, number, this), 0, Qt::AlignTop);
    m_body->setSpacing(space::s);
    QLabel *title = paragraph(theme, FontRole::BodyStrong, Role::Text, heading, this);
    title->setMinimumHeight(numberSide);
    m_body->addWidget(title);
    row->addLayout(m_body, 1);
}

QLabel &GuideStep::addText(const QString &text)
{
    QLabel *label = paragraph(m_theme, FontRole::Body, Role::TextSecondary, text, this);
    m_body->addWidget(label);
    return *label;
}

Guide::Guide(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_sheet(nullptr)
    , m_column(new QVBoxLayout)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *ground = new QWidget;
    ui::setGround(*ground, Role::Surface);
    m_sheet = new QWidget(ground);
    m_sheet->setMaximumWidth(guideWidth);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::xl);
    auto *outerColumn = new QVBoxLayout(m_sheet);
    outerColumn->setContentsMargins(0, 0, 0, 0);
    outerColumn->addLayout(m_column);
    outerColumn->addStretch(1);
    auto *outer = new QHBoxLayout(ground);
    outer->setContentsMargins(space::xxl, space::l, space::xxl, space::xl);
    outer->addWidget(m_sheet, 1);
    outer->addStretch(0);
    setWidget(ground);
    ui::setGround(*viewport(), Role::Surface);
}

GuideStep &Guide::addStep(int number, const QString &heading)
{
    auto *step = new GuideStep(m_theme, number, heading, m_sheet);
    m_column->addWidget(step);
    return *step;
}

} // namespace ui
