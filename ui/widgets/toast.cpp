// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/toast.h"

#include <algorithm>
#include <utility>

#include <QAccessible>
#include <QEvent>
#include <QPainter>
#include <QPushButton>

namespace ui {

namespace {

constexpr int shownMs = 2'000;
constexpr int offeredMs = 8'000; ///< long enough to read a sentence and decide
constexpr int toastHeight = 32;

} // namespace

Toast::Toast(const Theme &theme, QWidget &window)
    : QWidget(&window)
    , m_theme(theme)
    , m_button(new QPushButton(this))
{
    setFocusPolicy(Qt::NoFocus);
    m_button->setObjectName(QStringLiteral("toastAction"));
    m_button->setFixedHeight(toastHeight - space::s);
    m_button->setFocusPolicy(Qt::NoFocus);
    connect(m_button, &QPushButton::clicked, this, &Toast::runAction);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_run = {};
        hide();
    });
    window.installEventFilter(this);
    hide();
}

void Toast::say(const QString &text)
{
    m_text = text;
    m_run = {};
    setAccessibleName(text);
    m_button->hide();
    setAttribute(Qt::WA_TransparentForMouseEvents);
    appear(shownMs);
}

void Toast::offer(const QString &text, const QString &action, std::function<void()> run)
{
    m_text = text;
    m_run = std::move(run);
    setAccessibleName(text + u' ' + action);
    m_button->setText(action);
    m_button->show();
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
    appear(offeredMs);
}

void Toast::runAction()
{
    const auto run = std::exchange(m_run, {});
    if (!run)
        return;
    m_timer.stop();
    hide();
    run();
}

void Toast::appear(int forMs)
{
    place();
    raise();
    show();
    update();
    m_timer.start(forMs);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::place()
{
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    const int button = m_run ? m_button->sizeHint().width() + space::m : 0;
    const int width = std::min(metrics.horizontalAdvance(m_text) + 2 * space::l + button,
                               parentWidget()->width() - 2 * space::l);
    setGeometry((parentWidget()->width() - width) / 2,
                parentWidget()->height() - toastHeight - space::xxl - space::l, width, toastHeight);
    m_button->setGeometry(width - button, space::xs, m_button->sizeHint().width(), m_button->height());
}

void Toast::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Text));
    painter.drawRoundedRect(rect(), measure::cardRadius, measure::cardRadius);
    painter.setPen(m_theme.color(Role::Surface));
    painter.setFont(m_theme.font(FontRole::Body));
    const QRect area = m_run ? rect().adjusted(space::l, 0, -m_button->width() - 2 * space::m, 0)
                             : rect().adjusted(space::l, 0, -space::l, 0);
    painter.drawText(area, m_run ? Qt::AlignVCenter | Qt::AlignLeft : Qt::AlignCenter,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, area.width()));
}

} // namespace ui
