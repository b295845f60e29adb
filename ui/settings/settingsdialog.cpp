// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settingsdialog.h"

#include "ui/settings/destinationsettings.h"
#include "ui/settings/groups.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

SettingsDialog::SettingsDialog(Services &services, Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_scroll(new QScrollArea(this))
    , m_nothing(new QLabel(tr("No setting holds these words."), this))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    resize(820, 620);
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

    auto *content = new QWidget;
    setGround(*content, Role::Surface);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(space::xl, space::s, space::xl, space::xl);
    column->setSpacing(space::s);
    m_groups = {
        new CaptureSettings(services, theme, content),     new CheckSettings(services, theme, content),
        new DestinationSettings(services, theme, content), new ApiSettings(services, theme, content),
        new LookSettings(services, theme, content),        new SourceSettings(services, theme, content)};
    for (SettingsGroup *group : m_groups) {
        column->addWidget(group);
        auto *item = new QListWidgetItem(group->title(), m_list);
        item->setSizeHint({0, 32});
    }
    column->addWidget(m_nothing);
    column->addStretch(1);
    m_scroll->setWidget(content);
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

    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::applySearch);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0 && !m_groups[static_cast<std::size_t>(row)]->isHidden())
            m_scroll->verticalScrollBar()->setValue(m_groups[static_cast<std::size_t>(row)]->y() - space::s);
    });
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
