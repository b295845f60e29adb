// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/checksettings.h"

#include "ui/settings/conventionsbox.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

CheckSettings::CheckSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Checks"), parent)
    , m_plans(new QListWidget)
    , m_remove(new QPushButton(tr("Remove")))
    , m_conventions(new ConventionsBox({}))
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    auto *name = new QLabel(tr("Tracking plans"), box);
    name->setBuddy(m_plans);
    auto *help = new QLabel(tr("Segment’s Public API JSON, or a JSON Schema per event. Events already "
                               "captured get their new verdict."),
                            box);
    help->setWordWrap(true);
    dress(*help, theme, FontRole::Meta, Role::TextSecondary);
    m_plans->setObjectName(u"planList"_s);
    m_plans->setAccessibleName(tr("Tracking plans"));
    m_plans->setFixedHeight(92);
    m_plans->setTextElideMode(Qt::ElideMiddle);
    auto *add = new QPushButton(theme.icon(Icon::Plus), tr("Add…"), box);
    add->setObjectName(u"addPlan"_s);
    add->setAccessibleName(tr("Add a tracking plan"));
    add->setAutoDefault(false);
    m_remove->setObjectName(u"removePlan"_s);
    m_remove->setAccessibleName(tr("Remove the chosen tracking plan"));
    m_remove->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    column->addWidget(name);
    column->addWidget(help);
    column->addWidget(m_plans);
    column->addLayout(buttons);
    m_plansRow = addWide(box, tr("Tracking plans JSON Schema"));

    m_conventions->setObjectName(u"conventions"_s);
    m_conventionsRow =
        addRow(tr("Naming conventions"), tr("How event and property names are to look."), m_conventions);

    connect(add, &QPushButton::clicked, this, &CheckSettings::addPlans);
    connect(m_remove, &QPushButton::clicked, this, &CheckSettings::removePlan);
    connect(m_plans, &QListWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(m_plans->currentItem() != nullptr); });
    connect(m_conventions, &ConventionsBox::chosen, this,
            [this](const QString &choice) { m_services.setConventions(choice); });
    connect(&services, &Services::checkerChanged, this, &CheckSettings::refresh);
    CheckSettings::refresh();
}

void CheckSettings::refresh()
{
    m_plans->clear();
    for (const QString &path : m_services.settings().list(base::keys::plans)) {
        auto *item = new QListWidgetItem(path, m_plans);
        item->setToolTip(path);
    }
    m_remove->setEnabled(m_plans->currentItem() != nullptr);
    m_conventions->setChoice(m_services.settings().text(base::keys::conventions, u"segment"_s));
}

QStringList CheckSettings::paths() const
{
    QStringList paths;
    for (int row = 0; row < m_plans->count(); ++row)
        paths.append(m_plans->item(row)->text());
    return paths;
}

void CheckSettings::addPlans()
{
    auto *dialog =
        new QFileDialog(this, tr("Add tracking plans"), {}, tr("Tracking plans (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &chosen) {
        QStringList all = paths() + chosen;
        all.removeDuplicates();
        m_services.openPlans(all);
    });
    dialog->open();
}

void CheckSettings::removePlan()
{
    const int row = m_plans->currentRow();
    if (row < 0)
        return;
    QStringList rest = paths();
    rest.removeAt(row);
    m_services.openPlans(rest);
}

void CheckSettings::reset()
{
    m_services.openPlans({});
    m_services.setConventions(u"segment"_s);
}

} // namespace ui
