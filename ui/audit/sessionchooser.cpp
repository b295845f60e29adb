// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/sessionchooser.h"

#include "ui/theme/theme.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QDateTime>
#include <QDialogButtonBox>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

SessionChooser::SessionChooser(const Theme &theme, std::vector<PlanServices::SessionChoice> sessions,
                               const std::vector<event::SessionId> &chosen, QWidget *parent)
    : QDialog(parent)
    , m_sessions(std::move(sessions))
    , m_list(new QListWidget(this))
{
    setObjectName(u"sessionChooser"_s);
    setWindowTitle(tr("Choose sessions"));
    resize(460, 380);
    std::ranges::sort(m_sessions, std::ranges::greater{}, &PlanServices::SessionChoice::startedUs);
    auto *words = new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, this);
    words->setText(tr("The audit counts the events of these sessions."));
    m_list->setAccessibleName(tr("Sessions"));
    for (const PlanServices::SessionChoice &session : m_sessions) {
        const QString started = QLocale().toString(QDateTime::fromMSecsSinceEpoch(session.startedUs / 1000),
                                                   QLocale::ShortFormat);
        auto *item = new QListWidgetItem(
            tr("%1, %2, %Ln event(s)", nullptr, static_cast<int>(session.events))
                .arg(session.name.isEmpty() ? tr("Session %1").arg(event::raw(session.id)) : session.name,
                     started),
            m_list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(std::ranges::find(chosen, session.id) != chosen.end() ? Qt::Checked
                                                                                  : Qt::Unchecked);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    setButtonKind(*buttons->button(QDialogButtonBox::Ok), ButtonKind::Accent);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::m);
    column->addWidget(words);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

std::vector<event::SessionId> SessionChooser::chosen() const
{
    std::vector<event::SessionId> ids;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            ids.push_back(m_sessions[static_cast<std::size_t>(row)].id);
        }
    }
    return ids;
}

} // namespace ui
