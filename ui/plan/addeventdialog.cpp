// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/addeventdialog.h"

#include "ui/itemmodels/planmodel.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

AddEventDialog::AddEventDialog(const Theme &theme, const plan::Document &document, QWidget *parent)
    : QDialog(parent)
    , m_document(document)
    , m_type(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_message(new ThemedLabel(theme, FontRole::Meta, Role::TextHint, this))
    , m_add(new QPushButton(tr("Add the event"), this))
{
    setObjectName(u"addEventDialog"_s);
    setWindowTitle(tr("Add an event"));
    setMinimumWidth(420);
    setGround(*this, Role::Surface);
    m_type->setObjectName(u"newEventType"_s);
    m_type->setAccessibleName(tr("Call type"));
    for (const event::CallType type :
         {event::CallType::Track, event::CallType::Page, event::CallType::Screen, event::CallType::Identify,
          event::CallType::Group, event::CallType::Alias}) {
        m_type->addItem(callTypeText(type), static_cast<int>(type));
    }
    m_type->addItem(tr("Every event (common properties)"), static_cast<int>(event::CallType::None));
    m_name->setObjectName(u"newEventName"_s);
    m_name->setAccessibleName(tr("Name of the event"));
    m_name->setPlaceholderText(tr("Order Completed"));
    m_message->setObjectName(u"newEventMessage"_s);
    m_message->setWordWrap(true);
    m_add->setObjectName(u"newEventAdd"_s);
    m_add->setDefault(true);
    setButtonKind(*m_add, ButtonKind::Accent);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Call"), m_type);
    form->addRow(tr("&Name"), m_name);
    form->addRow(QString(), m_message);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::m);
    column->addLayout(form);
    column->addLayout(buttons);

    connect(m_type, &QComboBox::currentIndexChanged, this, &AddEventDialog::check);
    connect(m_name, &QLineEdit::textChanged, this, &AddEventDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, [this] {
        accept();
        emit chosen(type(), m_name->isEnabled() ? m_name->text().trimmed() : QString());
    });
    check();
    m_name->setFocus();
}

event::CallType AddEventDialog::type() const
{
    return static_cast<event::CallType>(m_type->currentData().toInt());
}

void AddEventDialog::check()
{
    const bool isNamed = hasName(type());
    m_name->setEnabled(isNamed);
    const QString name = isNamed ? m_name->text().trimmed() : QString();
    const bool isThere = std::ranges::any_of(m_document.rules, [&](const plan::RulePointer &rule) {
        return rule->type == type() && rule->name == name;
    });
    const bool isPage = type() == event::CallType::Page || type() == event::CallType::Screen;
    m_message->setRole(isThere ? Role::Violation : Role::TextHint);
    m_message->setText(isThere  ? tr("The plan has it already. Another version of it is made with Duplicate.")
                       : isPage ? tr("Without a name it is for all calls of this type.")
                                : QString());
    m_add->setEnabled(!isThere && (!isNamed || isPage || !name.isEmpty()));
}

} // namespace ui
