// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planpage.h"

#include "ui/commands/actionregistry.h"
#include "ui/itemmodels/propertymodel.h"
#include "ui/plan/planproblems.h"
#include "ui/services.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonformat.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"
#include "json/parser.h"

#include <algorithm>

#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int seenEveryMs = 2'000;
/// Narrower than this, the sheet stands below the events.
constexpr int sideBySideWidth = 820;

} // namespace

PlanPage::PlanPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_model(new PlanModel(this))
    , m_propertyModel(new PropertyModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(u"planPage"_s);
    setAccessibleName(tr("Plan"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(PlanModel::SortRole);
    m_sorted->setFilterKeyColumn(PlanModel::NameColumn);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    buildLayout();

    m_seenTimer.setInterval(seenEveryMs);
    connect(&m_seenTimer, &QTimer::timeout, this, &PlanPage::refreshSeen);
    connect(&m_services, &Services::checkerChanged, this, &PlanPage::reload);
    connect(&m_actions.action(Command::OpenPlan), &QAction::triggered, this, &PlanPage::choosePlans);
    reload();
}

PlanPage::~PlanPage() = default;

PlanModel::Entry PlanPage::currentEntry() const
{
    const QModelIndex current = m_sorted->mapToSource(m_events->currentIndex());
    return current.isValid() ? m_model->entryAt(current.row()) : PlanModel::Entry{};
}

void PlanPage::choosePlans()
{
    auto *dialog =
        new QFileDialog(this, tr("Open tracking plans"), {}, tr("Tracking plans (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &chosen) {
        QStringList paths;
        for (const auto &plan : m_plans) {
            paths += plan->path;
        }
        for (const QString &path : chosen) {
            if (!paths.contains(path)) {
                paths += path;
            }
        }
        m_services.openPlans(paths);
    });
    dialog->open();
}

void PlanPage::closePlan()
{
    const auto shown = shownPlans();
    QStringList paths;
    for (const auto &plan : m_plans) {
        if (plan != shown.front()) {
            paths += plan->path;
        }
    }
    m_services.openPlans(paths);
}

std::vector<std::shared_ptr<const plan::Plan>> PlanPage::shownPlans() const
{
    const int choice = m_chooser->currentIndex();
    if (m_plans.size() > 1 && choice > 0) {
        return {m_plans[static_cast<std::size_t>(choice - 1)]};
    }
    return m_plans;
}

void PlanPage::reload()
{
    const QString chosen = m_chooser->currentData().toString();
    const auto checker = m_services.checker();
    m_plans = checker ? checker->plans().plans() : std::vector<std::shared_ptr<const plan::Plan>>{};
    m_chooser->clear();
    m_chooser->addItem(tr("All %Ln plan(s)", nullptr, static_cast<int>(m_plans.size())));
    for (const auto &plan : m_plans) {
        m_chooser->addItem(plan->name, plan->path);
    }
    m_chooser->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : m_chooser->findData(chosen)));
    m_chooser->setVisible(m_plans.size() > 1);
    m_place->setCurrentIndex(m_plans.empty() ? 0 : 1);
    showPlan(m_chooser->currentIndex());
    refreshSeen();
}

void PlanPage::showPlan(int)
{
    const auto before = currentEntry();
    const event::CallType type = before.rule != nullptr ? before.rule->type : event::CallType::None;
    const QString name = before.rule != nullptr ? before.rule->name : QString();
    const auto shown = shownPlans();
    const bool isOne = shown.size() == 1;
    m_planName->setVisible(m_plans.size() == 1);
    m_planName->setFullText(isOne ? shown.front()->name : QString());
    m_path->setFullText(isOne ? shown.front()->path : QString());
    m_close->setVisible(isOne);
    m_problems->setPlans(shown);
    m_model->setPlans(shown);
    updateSummary();
    const int row = before.rule != nullptr ? m_model->rowOf(type, name) : -1;
    const QModelIndex index = row >= 0 ? m_sorted->mapFromSource(m_model->index(row, PlanModel::NameColumn))
                                       : m_sorted->index(0, PlanModel::NameColumn);
    m_events->setCurrentIndex(index);
    showRule();
}

void PlanPage::showRule()
{
    const auto entry = currentEntry();
    m_propertyModel->setEntry(entry);
    const bool hasRule = entry.rule != nullptr;
    m_type->setVisible(hasRule);
    m_inStream->setVisible(hasRule);
    m_name->setFullText(!hasRule                     ? tr("No event selected")
                        : entry.rule->name.isEmpty() ? callTypeText(entry.rule->type)
                                                     : entry.rule->name);
    m_description->setText(hasRule ? entry.rule->description : QString());
    m_description->setVisible(hasRule && !entry.rule->description.isEmpty());
    const bool hasProperties = m_propertyModel->rowCount() > 0;
    m_properties->setVisible(hasProperties);
    m_noProperties->setVisible(hasRule && !hasProperties);
    if (!hasRule) {
        m_schema->setText({});
        return;
    }
    m_type->setTone({Role::Unchecked, Role::UncheckedSoft, Icon::Plan}, callTypeText(entry.rule->type));
    json::Parser parser;
    const auto parsed = parser.parse(entry.rule->schemaJson);
    m_schema->setText(parsed ? formatJson((*parsed)->root()) : QString::fromUtf8(entry.rule->schemaJson));
}

void PlanPage::updateSummary()
{
    const int count = m_model->rowCount();
    const int never = m_model->neverSeenCount();
    m_summary->setText(tr("%Ln event(s), %1 seen", nullptr, count).arg(QLocale().toString(count - never)));
}

void PlanPage::refreshSeen()
{
    if (m_plans.empty()) {
        return;
    }
    m_services.fetchSeen(this, [this](const std::vector<store::Reader::Seen> &seen) {
        m_model->setSeen(seen);
        updateSummary();
    });
}

void PlanPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshSeen();
    m_seenTimer.start();
}

void PlanPage::hideEvent(QHideEvent *event)
{
    m_seenTimer.stop();
    QWidget::hideEvent(event);
}

void PlanPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < sideBySideWidth ? Qt::Vertical : Qt::Horizontal);
    m_properties->setColumnWidth(PropertyModel::AllowedColumn,
                                 std::clamp(m_properties->width() / 5, 128, 280));
}

} // namespace ui
