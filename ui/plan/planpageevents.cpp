// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// What the page does with the events of a plan: add, rename, duplicate, remove.
#include "ui/commands/actionregistry.h"
#include "ui/plan/addeventdialog.h"
#include "ui/plan/eventlist.h"
#include "ui/plan/planpage.h"

#include <algorithm>

#include <QMenu>

using namespace Qt::StringLiterals;

namespace ui {

void PlanPage::insert(plan::RuleSource rule, const QString &what)
{
    const auto made = std::make_shared<const plan::RuleSource>(std::move(rule));
    const plan::RulePointer current = m_events->currentRule();
    m_editor->insertRule(current == nullptr ? static_cast<int>(m_editor->document().rules.size()) - 1
                                            : m_editor->indexOf(current),
                         made, what);
    m_events->select(made);
    m_events->view().setFocus();
}

void PlanPage::addEvent()
{
    if (m_editor == nullptr) {
        return;
    }
    auto *dialog = new AddEventDialog(m_theme, m_editor->document(), this);
    connect(dialog, &AddEventDialog::chosen, this, [this](event::CallType type, const QString &name) {
        if (m_editor != nullptr) {
            plan::RuleSource rule = plan::newRule(type, name);
            insert(rule, tr("added %1").arg(ruleName(rule)));
        }
    });
    openDialog(dialog);
}

void PlanPage::duplicateEvent()
{
    const plan::RulePointer rule = m_events->currentRule();
    if (m_editor == nullptr || rule == nullptr || !isVisible()) {
        return;
    }
    plan::RuleSource copy = *rule;
    const auto isTaken = [this, &copy] {
        return std::ranges::any_of(m_editor->document().rules, [&copy](const plan::RulePointer &other) {
            return other->type == copy.type && other->name == copy.name && other->version == copy.version;
        });
    };
    // Its next version: what a copy of an event is made for, and the one name that can't be wrong.
    while (isTaken()) {
        ++copy.version;
    }
    insert(std::move(copy), tr("duplicated %1").arg(ruleName(*rule)));
}

void PlanPage::removeEvents()
{
    const auto rules = m_events->selectedRules();
    if (m_editor == nullptr || rules.empty() || !isVisible()) {
        return;
    }
    const auto count = static_cast<int>(rules.size());
    const QString what = count == 1 ? tr("removed %1").arg(ruleName(*rules.front()))
                                    : tr("removed %Ln event(s)", nullptr, count);
    m_editor->removeRules(rules, what);
    emit said(tr("%Ln event(s) removed from the plan; Ctrl+Z brings them back", nullptr, count));
}

void PlanPage::rename(const plan::RulePointer &rule, const QString &name)
{
    auto renamed = std::make_shared<plan::RuleSource>(*rule);
    renamed->name = name;
    editRule(rule, renamed, tr("renamed %1").arg(ruleName(*rule)));
}

void PlanPage::openEventMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const plan::RulePointer rule = m_events->currentRule();
    menu->addAction(m_actions.find(u"plan.addEvent"_s));
    if (rule != nullptr) {
        if (hasName(rule->type)) {
            QAction *action = menu->addAction(tr("Rename"), m_events, &EventList::rename);
            action->setShortcut(Qt::Key_F2);
            action->setShortcutContext(Qt::WidgetShortcut); // shown only: the table has its keys
        }
        menu->addAction(m_actions.find(u"plan.duplicateEvent"_s));
        menu->addAction(m_actions.find(u"plan.removeEvents"_s));
        if (rule->type != event::CallType::None) {
            menu->addSeparator();
            menu->addAction(m_theme.icon(Icon::Stream), tr("Show in the stream"), this,
                            [this, rule] { emit streamWanted(filterFor(rule->type, rule->name)); });
        }
    }
    menu->popup(m_events->view().viewport()->mapToGlobal(position));
}

} // namespace ui
