// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/notice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

Tone toneOf(Notice::Weight weight)
{
    switch (weight) {
    case Notice::Weight::Note:
        return {Role::Lint, Role::LintSoft, Icon::Note};
    case Notice::Weight::Warning:
        return {Role::Unplanned, Role::UnplannedSoft, Icon::Warning};
    case Notice::Weight::Error:
        return {Role::Violation, Role::ViolationSoft, Icon::Violation};
    }
    return {};
}

} // namespace

Notice::Notice(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_what(new QLabel(this))
    , m_rest(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_second(new QPushButton(this))
    , m_third(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    for (QLabel *label : {m_what, m_rest}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
    }
    dress(*m_what, theme, FontRole::BodyStrong, Role::Text);
    dress(*m_rest, theme, FontRole::Body, Role::Text);
    m_close->setIcon(theme.icon(Icon::Close));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_what);
    texts->addWidget(m_rest);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::s, space::s, space::s);
    row->setSpacing(space::m);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    row->addWidget(m_second, 0, Qt::AlignVCenter);
    row->addWidget(m_third, 0, Qt::AlignVCenter);
    row->addWidget(m_close, 0, Qt::AlignTop);

    connect(m_button, &QPushButton::clicked, this, &Notice::activated);
    connect(m_second, &QPushButton::clicked, this, &Notice::secondActivated);
    connect(m_third, &QPushButton::clicked, this, &Notice::thirdActivated);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    connect(&theme, &Theme::changed, this, &Notice::refresh);
    hide();
}

void Notice::showError(const base::Error &error, const QString &action)
{
    QString rest = error.why;
    if (!error.fix.isEmpty())
        rest += (rest.isEmpty() ? QString() : u" "_s) + error.fix;
    showText(Weight::Error, error.what, rest, action);
}

void Notice::showText(Weight weight, const QString &what, const QString &rest, const QString &action,
                      const QString &secondAction, const QString &thirdAction)
{
    m_weight = weight;
    m_what->setText(what);
    m_rest->setText(rest);
    m_rest->setVisible(!rest.isEmpty());
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    m_second->setText(secondAction);
    m_second->setVisible(!secondAction.isEmpty());
    m_third->setText(thirdAction);
    m_third->setVisible(!thirdAction.isEmpty());
    setAccessibleName(text());
    refresh();
    show();
}

QString Notice::text() const
{
    return m_rest->text().isEmpty() ? m_what->text() : m_what->text() + u" "_s + m_rest->text();
}

void Notice::refresh()
{
    const Tone tone = toneOf(m_weight);
    m_icon->setPixmap(m_theme.pixmap(tone.icon, tone.word, 16, devicePixelRatioF()));
    update();
}

void Notice::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Tone tone = toneOf(m_weight);
    painter.fillRect(rect(), m_theme.color(tone.soft));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Role::Border));
    painter.fillRect(QRect(0, 0, 3, height()), m_theme.color(tone.word));
}

} // namespace ui
