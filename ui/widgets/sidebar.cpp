// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/sidebar.h"

#include "ui/commands/actionregistry.h"

#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A page's entry: icon, word, count; the chosen one on the accent's soft ground.
class PageButton final : public QToolButton
{
public:
    PageButton(const Theme &theme, Icon icon, const QString &text, QWidget *parent)
        : QToolButton(parent)
        , m_theme(theme)
        , m_icon(icon)
    {
        setText(text);
        setAccessibleName(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus); // a click leaves the keys to the page
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFixedHeight(34);
    }
    void setCount(quint64 count)
    {
        m_count = count;
        update();
    }
    void setIconsOnly(Sidebar::Width width)
    {
        m_width = width;
        update();
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        if (isChecked())
            painter.setBrush(m_theme.color(Role::AccentSoft));
        else if (underMouse())
            painter.setBrush(m_theme.color(Role::Border));
        else
            painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect(), measure::controlRadius, measure::controlRadius);
        const Role role = isChecked() ? Role::Accent : Role::TextSecondary;
        const int iconSide = 20;
        const int left = m_width == Sidebar::Width::Icons ? (width() - iconSide) / 2 : 10;
        painter.drawPixmap(left, (height() - iconSide) / 2,
                           m_theme.pixmap(m_icon, role, iconSide, devicePixelRatioF()));
        if (m_width == Sidebar::Width::Full) {
            painter.setFont(m_theme.font(isChecked() ? FontRole::BodyStrong : FontRole::Body));
            painter.setPen(m_theme.color(Role::Text));
            painter.drawText(rect().adjusted(40, 0, -10, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
            if (m_count != 0) {
                painter.setFont(m_theme.font(FontRole::Meta));
                painter.setPen(m_theme.color(Role::TextSecondary));
                painter.drawText(rect().adjusted(40, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight,
                                 QLocale().toString(static_cast<qulonglong>(m_count)));
            }
        }
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::controlRadius,
                                    measure::controlRadius);
        }
    }

private:
    const Theme &m_theme;
    Icon m_icon;
    quint64 m_count = 0;
    Sidebar::Width m_width = Sidebar::Width::Full;
};

} // namespace

Sidebar::Sidebar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_pages(new QVBoxLayout)
    , m_scroll(new QScrollArea(this))
    , m_collapse(new QToolButton(this))
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Pages"));
    setGround(*this, Role::Canvas);
    m_buttons.setExclusive(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_collapse->setObjectName(u"collapseSidebar"_s);
    m_collapse->setIcon(theme.icon(Icon::Sidebar));

    m_pages->setSpacing(2);
    m_pages->setContentsMargins(space::s, space::s, space::s, space::s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::s);
    column->setSpacing(0);
    column->addLayout(m_pages);
    auto *section = new QHBoxLayout;
    section->setContentsMargins(space::s, 0, space::xs, 0);
    section->addWidget(m_scroll);
    column->addLayout(section, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::m, 0, space::m, 0);
    foot->addWidget(m_collapse);
    foot->addStretch(1);
    column->addLayout(foot);

    connect(&m_buttons, &QButtonGroup::idClicked, this, &Sidebar::pageChosen);
    connect(m_collapse, &QToolButton::clicked, this,
            [this] { setWidthMode(m_width == Width::Full ? Width::Icons : Width::Full); });
    refresh();
}

void Sidebar::addPage(int id, Icon icon, const QString &text, const QKeySequence &shortcut)
{
    auto *button = new PageButton(m_theme, icon, text, this);
    button->setObjectName(u"page%1"_s.arg(id));
    button->setToolTip(tipWithShortcut(text, shortcut));
    m_buttons.addButton(button, id);
    m_pages->addWidget(button);
}

void Sidebar::setCurrentPage(int id)
{
    QAbstractButton *current = m_buttons.button(id);
    if (current == nullptr)
        return;
    current->setChecked(true);
    // As in any exclusive group: Tab leads to the chosen one, the arrows to the others.
    for (QAbstractButton *button : m_buttons.buttons())
        button->setFocusPolicy(button == current ? Qt::TabFocus : Qt::NoFocus);
}

int Sidebar::currentPage() const
{
    return m_buttons.checkedId();
}

void Sidebar::setPageCount(int id, quint64 count)
{
    if (QAbstractButton *button = m_buttons.button(id))
        static_cast<PageButton *>(button)->setCount(count);
}

void Sidebar::setSection(QWidget *section)
{
    if (m_scroll->widget() == section)
        return;
    if (QWidget *before = m_scroll->takeWidget()) {
        before->hide();
        before->setParent(window());
    }
    if (section != nullptr) {
        m_scroll->setWidget(section);
        section->setAutoFillBackground(false);
        section->show();
    }
}

void Sidebar::setWidthMode(Width width)
{
    if (m_width == width)
        return;
    m_width = width;
    refresh();
    emit widthModeChanged(width);
}

void Sidebar::refresh()
{
    const bool isFull = m_width == Width::Full;
    setFixedWidth(isFull ? measure::sidebarWidth : measure::sidebarCollapsed);
    m_scroll->setVisible(true);
    if (QWidget *section = m_scroll->widget())
        section->setVisible(isFull);
    for (QAbstractButton *button : m_buttons.buttons())
        static_cast<PageButton *>(button)->setIconsOnly(m_width);
    const QString tip = isFull ? tr("Show icons only") : tr("Show names");
    m_collapse->setToolTip(tipWithShortcut(tip, QKeySequence(Qt::CTRL | Qt::Key_B)));
    m_collapse->setAccessibleName(tip);
}

} // namespace ui
