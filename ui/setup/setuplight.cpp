// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/setuplight.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int lampRoom = 52;

Tone toneOf(SetupLight::State state)
{
    switch (state) {
    case SetupLight::State::Waiting:
        return {Role::Unchecked, Role::UncheckedSoft, Icon::Pending};
    case SetupLight::State::SettingsFetched:
        return {Role::Lint, Role::LintSoft, Icon::Pending};
    case SetupLight::State::FirstEvent:
        return {Role::Valid, Role::ValidSoft, Icon::Check};
    case SetupLight::State::Unusable:
        return {Role::Violation, Role::ViolationSoft, Icon::Warning};
    }
    return {};
}

} // namespace

SetupLight::SetupLight(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_headline(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_more(new QPushButton(this))
{
    setObjectName(u"setupLight"_s);
    for (QLabel *label : {m_headline, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    dress(*m_headline, theme, FontRole::BodyStrong, Role::Text);
    dress(*m_detail, theme, FontRole::Body, Role::TextSecondary);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_headline);
    texts->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(lampRoom, space::m, space::m, space::m);
    row->setSpacing(space::m);
    row->addLayout(texts, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    row->addWidget(m_more, 0, Qt::AlignVCenter);
    setMinimumHeight(64);
    m_button->hide();
    m_more->hide();
    connect(m_button, &QPushButton::clicked, this, &SetupLight::activated);
    connect(m_more, &QPushButton::clicked, this, &SetupLight::moreActivated);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString SetupLight::headline() const
{
    return m_headline->text();
}

QString SetupLight::detail() const
{
    return m_detail->text();
}

void SetupLight::show(State state, const QString &headline, const QString &detail, const QString &action)
{
    m_state = state;
    m_headline->setText(headline);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(headline);
    setAccessibleDescription(detail);
    update();
}

void SetupLight::offerMore(const QString &text)
{
    m_more->setText(text);
    m_more->setVisible(!text.isEmpty());
}

void SetupLight::paintEvent(QPaintEvent * /*event*/)
{
    const Tone tone = toneOf(m_state);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(m_state == State::Waiting ? Role::Border : tone.word), 1));
    painter.setBrush(m_theme.color(m_state == State::Waiting ? Role::Surface : tone.soft));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                            measure::cardRadius);
    const QPointF center(lampRoom / 2.0 + 2, height() / 2.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(m_state == State::Waiting ? tone.soft : tone.word));
    painter.drawEllipse(center, 14, 14);
    const Role mark = m_state == State::Waiting ? Role::Unchecked : Role::Surface;
    painter.drawPixmap(QPointF(center.x() - 8, center.y() - 8),
                       m_theme.pixmap(tone.icon, mark, 16, devicePixelRatioF()));
}

} // namespace ui
