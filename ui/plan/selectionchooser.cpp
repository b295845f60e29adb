// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/selectionchooser.h"

#include <algorithm>

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int allId = -1;
constexpr int filterId = -2;

} // namespace

SelectionChooser::SelectionChooser(PlanServices &services, const QString &streamFilter, QWidget *parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_filter(streamFilter.trimmed())
{
    m_choice->setObjectName(u"selectionChoice"_s);
    m_choice->setAccessibleName(tr("Which captured events"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_choice->addItem(tr("All captured events"), allId);
    if (!m_filter.isEmpty()) {
        m_choice->addItem(tr("Those of the filter: %1").arg(m_filter), filterId);
    }
    setFocusProxy(m_choice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_choice);
    services.sessions(this, [this](std::vector<PlanServices::SessionChoice> sessions) {
        std::ranges::sort(sessions, std::greater(), &PlanServices::SessionChoice::startedUs);
        for (std::size_t i = 0; i < sessions.size(); ++i) {
            const PlanServices::SessionChoice &session = sessions[i];
            const QString name =
                session.name.isEmpty()
                    ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(session.startedUs / 1000),
                                         QLocale::ShortFormat)
                    : session.name;
            const QString events = tr("%Ln event(s)", nullptr, static_cast<int>(session.events));
            m_choice->addItem((i == 0 ? tr("This session: %1, %2") : tr("Session %1, %2")).arg(name, events),
                              QVariant::fromValue<qlonglong>(static_cast<qlonglong>(event::raw(session.id))));
        }
    });
}

PlanServices::Selection SelectionChooser::selection() const
{
    PlanServices::Selection selection;
    const qlonglong choice = m_choice->currentData().toLongLong();
    if (choice == filterId) {
        selection.filter = m_filter;
    } else if (choice != allId) {
        selection.sessions = {
            event::SessionId(static_cast<std::underlying_type_t<event::SessionId>>(choice))};
    }
    return selection;
}

} // namespace ui
