// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planhead.h"

#include "ui/commands/actionregistry.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int headHeight = 48;

} // namespace

PlanHead::PlanHead(const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_chooser(new QComboBox(this))
    , m_name(new ElidedLabel(theme, FontRole::Title, Role::Text, Qt::ElideRight, this))
    , m_unsaved(new StatusChip(theme, this))
    , m_path(new ElidedLabel(theme, FontRole::Mono, Role::TextHint, Qt::ElideMiddle, this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_menu(new QToolButton(this))
{
    setFixedHeight(headHeight);
    setGround(*this, Role::Surface);
    m_chooser->setObjectName(u"planChooser"_s);
    m_chooser->setAccessibleName(tr("Which plan"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMinimumContentsLength(14);
    m_unsaved->setObjectName(u"planUnsaved"_s);
    m_unsaved->setTone({Role::Unplanned, Role::UnplannedSoft, Icon::Note}, tr("Unsaved edits"));
    m_save->setObjectName(u"savePlan"_s);
    setButtonKind(*m_save, ButtonKind::Accent);
    const QAction *save = actions.find(u"plan.save"_s);
    if (save != nullptr) {
        m_save->setToolTip(save->toolTip());
        connect(m_save, &QPushButton::clicked, save, &QAction::trigger);
    }
    m_menu->setObjectName(u"planMenu"_s);
    m_menu->setText(tr("Plan"));
    m_menu->setAccessibleName(tr("What to do with plans"));
    m_menu->setToolTip(tr("New, open, learn, merge, export, compare, close"));
    m_menu->setIcon(theme.icon(Icon::More));
    m_menu->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setFocusPolicy(Qt::StrongFocus);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, 0, space::m, 0);
    row->setSpacing(space::s);
    row->addWidget(m_chooser);
    row->addWidget(m_name);
    row->addWidget(m_unsaved);
    row->addSpacing(space::xs);
    row->addWidget(m_path, 1);
    row->addWidget(m_save);
    row->addWidget(m_menu);

    connect(m_chooser, &QComboBox::activated, this,
            [this](int at) { emit planChosen(m_chooser->itemData(at).toString()); });
}

void PlanHead::setChoices(const std::vector<Choice> &choices, const QString &current)
{
    if (choices != m_choices) {
        m_choices = choices;
        m_chooser->clear();
        for (const Choice &choice : choices) {
            m_chooser->addItem(choice.isModified ? tr("%1 (unsaved)").arg(choice.name) : choice.name,
                               choice.path);
        }
    }
    m_chooser->setCurrentIndex(m_chooser->findData(current));
    m_chooser->setVisible(choices.size() > 1);
    m_name->setVisible(choices.size() == 1);
    const auto found = std::ranges::find(choices, current, &Choice::path);
    const bool isModified = found != choices.end() && found->isModified;
    m_name->setFullText(found == choices.end() ? QString() : found->name);
    m_path->setFullText(current);
    m_unsaved->setVisible(isModified);
    m_save->setEnabled(isModified);
}

} // namespace ui
