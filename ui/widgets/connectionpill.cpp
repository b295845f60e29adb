// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/connectionpill.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int arrowWidth = 22;
constexpr int textLeft = 26;

QString hostAndPort(const capture::Address &address)
{
    const QString host = address.host.toString();
    return (address.host.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + host + u']' : host) + u':' +
           QString::number(address.port);
}

} // namespace

QString addressText(const Services::CaptureState &state)
{
    const auto version4 = std::ranges::find_if(state.addresses, [](const capture::Address &address) {
        return address.host.protocol() == QAbstractSocket::IPv4Protocol;
    });
    if (version4 != state.addresses.end())
        return hostAndPort(*version4);
    return state.addresses.empty() ? u"127.0.0.1:8765"_s : hostAndPort(state.addresses.front());
}

QString addressUrl(const Services::CaptureState &state)
{
    return u"http://"_s + addressText(state);
}

ConnectionPill::ConnectionPill(Services &services, const Theme &theme, QWidget *parent)
    : QToolButton(parent)
    , m_services(services)
    , m_theme(theme)
    , m_menu(new QMenu(this))
{
    setObjectName(u"connectionPill"_s);
    setPopupMode(QToolButton::MenuButtonPopup);
    setFocusPolicy(Qt::StrongFocus);
    setMenu(m_menu);
    setFixedHeight(28);
    connect(this, &QToolButton::clicked, this, &ConnectionPill::copy);
    connect(m_menu, &QMenu::aboutToShow, this, &ConnectionPill::rebuildMenu);
    connect(&services, &Services::captureStateChanged, this, &ConnectionPill::refresh);
    refresh();
}

void ConnectionPill::setMoreActions(const QList<QAction *> &actions)
{
    m_moreActions = actions;
    rebuildMenu();
}

QSize ConnectionPill::sizeHint() const
{
    return {textLeft + QFontMetrics(m_theme.font(FontRole::Body)).horizontalAdvance(text()) + space::s +
                arrowWidth,
            28};
}

void ConnectionPill::refresh()
{
    const Services::CaptureState state = m_services.captureState();
    m_isListening = state.isListening;
    m_hasProblem = !state.isListening && !state.problem.what.isEmpty();
    m_address = addressText(state);
    setText(m_isListening ? tr("Capturing %1").arg(m_address)
                          : (m_hasProblem ? tr("Not capturing") : tr("Starting")));
    setAccessibleName(text());
    setToolTip(m_isListening ? tr("Click to copy http://%1, the address apps are pointed at").arg(m_address)
                             : state.problem.oneLine());
    rebuildMenu();
    updateGeometry();
    update();
}

void ConnectionPill::rebuildMenu()
{
    m_menu->clear();
    const Services::CaptureState state = m_services.captureState();
    QAction *copyAction =
        m_menu->addAction(m_theme.icon(Icon::Copy), tr("Copy address"), this, &ConnectionPill::copy);
    copyAction->setEnabled(m_isListening);
    m_menu->addSeparator();
    QAction *standard = m_menu->addAction(tr("This machine only, port 8765"), this,
                                          [this] { m_services.listenOn(u"8765"_s); });
    standard->setCheckable(true);
    standard->setChecked(m_isListening && m_address == "127.0.0.1:8765"_L1);
    if (!state.isListening && state.suggestedPort != 0) {
        const QString port = QString::number(state.suggestedPort);
        m_menu->addAction(tr("Use the free port %1").arg(port), this,
                          [this, port] { m_services.listenOn(port); });
    }
    m_menu->addSeparator();
    m_menu->addAction(m_theme.icon(Icon::Settings), tr("Change address…"), this,
                      &ConnectionPill::settingsWanted);
    if (!m_moreActions.isEmpty()) {
        m_menu->addSeparator();
        m_menu->addActions(m_moreActions);
    }
}

void ConnectionPill::copy()
{
    if (!m_isListening) {
        showMenu();
        return;
    }
    QGuiApplication::clipboard()->setText(u"http://"_s + m_address);
    emit addressCopied(m_address);
}

void ConnectionPill::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        showMenu();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QToolButton::keyPressEvent(event);
}

void ConnectionPill::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isActive = underMouse() || isDown();
    const Tone lamp =
        toneFor(m_isListening ? event::Status::Valid
                              : (m_hasProblem ? event::Status::Violation : event::Status::Unchecked));
    painter.setPen(QPen(m_theme.color(m_hasProblem ? Role::Violation : Role::BorderStrong), 1));
    painter.setBrush(m_theme.color(isActive ? Role::Sunken : Role::Surface));
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(lamp.soft));
    painter.drawEllipse(QPointF(14, height() / 2.0), 7, 7);
    painter.setBrush(m_theme.color(lamp.word));
    painter.drawEllipse(QPointF(14, height() / 2.0), 4, 4);
    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(m_theme.color(m_hasProblem ? Role::Violation : Role::Text));
    painter.drawText(rect().adjusted(textLeft, 0, -arrowWidth, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.drawPixmap(width() - arrowWidth + 2, (height() - 12) / 2,
                       m_theme.pixmap(Icon::ChevronDown, Role::TextSecondary, 12, devicePixelRatioF()));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), height() / 2.0 - 1,
                                height() / 2.0 - 1);
    }
}

} // namespace ui
