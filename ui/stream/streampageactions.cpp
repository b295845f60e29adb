// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// What the page does with the selection: the registry's commands, the context menu, copy and replay.
#include "ui/commands/actionregistry.h"
#include "ui/inspector/inspector.h"
#include "ui/services.h"
#include "ui/stream/eventcopier.h"
#include "ui/stream/replaydialog.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/jsonview.h"

#include <algorithm>

#include <QMenu>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A replay of more is a job for the command line, with its progress and its filter.
constexpr std::size_t maxReplayed = 100'000;

QString wordOf(std::string_view word)
{
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

void StreamPage::connectActions()
{
    const auto whileVisible = [this](Command command, auto act) {
        connect(&m_actions.action(command), &QAction::triggered, this, [this, act] {
            if (isVisible()) {
                act();
            }
        });
    };
    QAction &pause = m_actions.action(Command::Pause);
    connect(&pause, &QAction::toggled, this, [this](bool isPaused) {
        if (isPaused) {
            m_model->pause();
        } else {
            m_model->resume();
        }
    });
    connect(m_model, &StreamModel::pausedChanged, &pause, &QAction::setChecked);
    whileVisible(Command::Replay, [this] { replaySelection({}); });
    whileVisible(Command::CopyEvent, [this] { copyEvents(); });
    whileVisible(Command::CopyCurl, [this] { copyCurl(); });
    whileVisible(Command::NextProblem, [this] { m_table->goToProblem(StreamTable::Direction::Forward); });
    whileVisible(Command::PreviousProblem,
                 [this] { m_table->goToProblem(StreamTable::Direction::Backward); });
    whileVisible(Command::GoToNewest, [this] {
        m_model->resume();
        m_table->goToNewest();
    });
    QAction &inspector = m_actions.action(Command::ToggleInspector);
    connect(&inspector, &QAction::toggled, m_inspector, &QWidget::setVisible);
    m_inspector->setVisible(inspector.isChecked());

    QAction &find = m_actions.add(u"json.find"_s, tr("Search in the JSON"), QKeySequence::Find, Icon::Search);
    connect(&find, &QAction::triggered, this, [this] {
        if (isVisible()) {
            m_inspector->findInJson();
            return;
        }
        const auto views = window()->findChildren<JsonView *>();
        const auto open = std::ranges::find_if(views, &QWidget::isVisible);
        if (open != views.end()) {
            (*open)->openSearch();
        }
    });
    connect(m_copier, &EventCopier::copied, this, &StreamPage::said);
    connect(m_copier, &EventCopier::failed, this,
            [this](const base::Error &error) { emit m_services.failed(error); });
}

void StreamPage::updateActions()
{
    const int count = m_table->selectedCount();
    m_actions.action(Command::Replay).setEnabled(count > 0);
    m_actions.action(Command::CopyEvent).setEnabled(count > 0);
    m_actions.action(Command::CopyCurl).setEnabled(count == 1);
}

void StreamPage::openMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(&m_actions.action(Command::CopyEvent));
    menu->addAction(&m_actions.action(Command::CopyCurl));
    if (m_table->selectedCount() == 1) {
        const StreamModel::Row row = m_model->rowAt(m_table->selectionModel()->selection().first().top());
        menu->addSeparator();
        const auto offer = [this, menu](const QString &text, const QString &field, const QString &value) {
            if (!value.isEmpty()) {
                connect(menu->addAction(text), &QAction::triggered, this,
                        [this, field, value] { narrowTo(field, value); });
            }
        };
        const QString name = m_model->text(TextKind::Name, event::raw(row.summary.name));
        const bool isNamed = row.summary.type != event::CallType::None;
        offer(tr("Only this event"), u"event"_s, isNamed ? name : QString());
        offer(tr("Only this source"), u"source"_s,
              m_model->text(TextKind::Source, event::raw(row.summary.source)));
        offer(tr("Only this user"), u"user"_s, m_model->text(TextKind::User, event::raw(row.summary.user)));
        offer(tr("Only this status"), u"status"_s, wordOf(event::word(row.state.status)));
        if (row.state.status == event::Status::Unplanned) {
            menu->addSeparator();
            connect(menu->addAction(tr("Add to the plan")), &QAction::triggered, m_inspector,
                    &Inspector::addToPlan);
        } else if (row.state.status != event::Status::Unchecked &&
                   row.summary.type != event::CallType::None) {
            menu->addSeparator();
            connect(menu->addAction(tr("Show in the plan")), &QAction::triggered, this,
                    [this, type = row.summary.type, name] { emit planWanted(type, name, {}); });
        }
    }
    menu->addSeparator();
    for (const auto &destination : m_services.destinations()) {
        connect(menu->addAction(tr("Replay to %1…").arg(destination.name)), &QAction::triggered, this,
                [this, name = destination.name] { replaySelection(name); });
    }
    if (m_services.destinations().empty()) {
        menu->addAction(&m_actions.action(Command::Replay));
    }
    menu->popup(globalPosition);
}

void StreamPage::replaySelection(const QString &destination)
{
    const std::vector<event::EventId> ids = m_table->selectedIds(maxReplayed);
    if (ids.empty()) {
        return;
    }
    std::vector<deliver::DestinationConfig> offered = m_services.destinations();
    if (!destination.isEmpty()) {
        std::erase_if(offered, [&destination](const auto &config) { return config.name != destination; });
    }
    auto *dialog = new ReplayDialog(m_theme, offered, static_cast<int>(ids.size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReplayDialog::settingsWanted, this, &StreamPage::destinationsWanted);
    connect(dialog, &ReplayDialog::chosen, this, [this, ids](const QString &name) {
        m_services.replay(name, ids);
        emit said(tr("Replaying %Ln event(s) to %1", nullptr, static_cast<int>(ids.size())).arg(name));
    });
    dialog->open();
}

void StreamPage::copyEvents()
{
    if (m_table->selectedCount() > 0) {
        m_copier->copyJson(m_table->selectedIds(EventCopier::maxEvents));
    }
}

void StreamPage::copyCurl()
{
    if (m_table->selectedCount() == 1) {
        m_copier->copyCurl(m_table->selectedIds(1).front());
    }
}

} // namespace ui
