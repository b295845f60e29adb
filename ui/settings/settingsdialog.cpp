// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settingsdialog.h"

#include "ui/settings/apisettings.h"
#include "ui/settings/capturesettings.h"
#include "ui/settings/checksettings.h"
#include "ui/settings/destinationsettings.h"
#include "ui/settings/healthsettings.h"
#include "ui/settings/interceptsettings.h"
#include "ui/settings/looksettings.h"
#include "ui/settings/networksettings.h"
#include "ui/settings/sourcesettings.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The controls of a layout, in its order, which is the reading order.
void collectControls(QLayout &layout, std::vector<QWidget *> &controls)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem *item = layout.itemAt(i);
        if (QWidget *widget = item->widget()) {
            if ((widget->focusPolicy() & Qt::TabFocus) != 0)
                controls.push_back(widget);
            else if (widget->layout() != nullptr)
                collectControls(*widget->layout(), controls);
        } else if (item->layout() != nullptr) {
            collectControls(*item->layout(), controls);
        }
    }
}

} // namespace

SettingsDialog::SettingsDialog(Services &services, Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_nothing(new QLabel(tr("No setting holds these words."), this))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    resize(900, 680);
    setGround(*this, Role::Surface);
    m_search->setObjectName(u"settingsSearch"_s);
    m_search->setAccessibleName(tr("Search settings"));
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->addAction(theme.icon(Icon::Search), QLineEdit::LeadingPosition);
    m_list->setAccessibleName(tr("Groups"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedWidth(160);
    dress(*m_nothing, theme, FontRole::Body, Role::TextSecondary);
    m_nothing->hide();

    setGround(*m_content, Role::Surface);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(space::xl, space::s, space::xl, space::xl);
    column->setSpacing(space::s);
    auto *sources = new SourceSettings(services, theme, m_content);
    connect(sources, &SourceSettings::soloWanted, this, &SettingsDialog::soloWanted);
    m_groups = {new CaptureSettings(services, theme, m_content),
                new InterceptSettings(services, theme, m_content),
                new NetworkSettings(services, theme, m_content),
                sources,
                new CheckSettings(services, theme, m_content),
                new HealthSettings(services, theme, m_content),
                new DestinationSettings(services, theme, m_content),
                new ApiSettings(services, theme, m_content),
                new LookSettings(services, theme, m_content)};
    for (SettingsGroup *group : m_groups) {
        column->addWidget(group);
        auto *item = new QListWidgetItem(group->title(), m_list);
        item->setSizeHint({0, 32});
    }
    column->addWidget(m_nothing);
    column->addStretch(1);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::VLine);
    line->setFixedWidth(1);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_list);
    body->addWidget(line);
    body->addWidget(m_scroll, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(space::m, space::m, 0, 0);
    outer->setSpacing(space::m);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, space::m, 0);
    top->addWidget(m_search);
    outer->addLayout(top);
    outer->addLayout(body, 1);

    m_content->installEventFilter(this);
    m_orderSoon.setSingleShot(true);
    m_orderSoon.setInterval(0);
    connect(&m_orderSoon, &QTimer::timeout, this, &SettingsDialog::orderTabs);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::applySearch);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0 && !m_groups[static_cast<std::size_t>(row)]->isHidden())
            m_scroll->verticalScrollBar()->setValue(m_groups[static_cast<std::size_t>(row)]->y() - space::s);
    });
}

bool SettingsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_content && event->type() == QEvent::LayoutRequest)
        m_orderSoon.start();
    return QDialog::eventFilter(watched, event);
}

void SettingsDialog::orderTabs()
{
    std::vector<QWidget *> controls{m_search, m_list};
    collectControls(*m_content->layout(), controls);
    for (std::size_t i = 1; i < controls.size(); ++i)
        setTabOrder(controls[i - 1], controls[i]);
}

void SettingsDialog::showGroup(Group group)
{
    m_search->clear();
    for (SettingsGroup *one : m_groups)
        one->refresh();
    show();
    raise();
    activateWindow();
    m_list->setCurrentRow(-1);
    m_list->setCurrentRow(static_cast<int>(group));
}

void SettingsDialog::applySearch(const QString &text)
{
    int shown = 0;
    for (std::size_t index = 0; index < m_groups.size(); ++index) {
        const int rows = m_groups[index]->applySearch(text.trimmed());
        m_list->item(static_cast<int>(index))->setHidden(rows == 0);
        shown += rows;
    }
    m_nothing->setVisible(shown == 0);
}

} // namespace ui
