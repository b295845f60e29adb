// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// How the page is laid out; what it does stands in planpage.cpp.
#include "ui/commands/actionregistry.h"
#include "ui/itemmodels/propertymodel.h"
#include "ui/plan/plandelegate.h"
#include "ui/plan/planpage.h"
#include "ui/plan/planproblems.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int headHeight = 48;

void dress(QTableView &table, const Theme &theme, const QString &name, const QString &accessibleName)
{
    table.setObjectName(name);
    table.setAccessibleName(accessibleName);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setMinimumSectionSize(16);
    table.verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setCornerButtonEnabled(false);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table.horizontalHeader()->setMinimumSectionSize(32);
    QObject::connect(&theme, &Theme::changed, &table,
                     [&table, &theme] { table.verticalHeader()->setDefaultSectionSize(theme.rowHeight()); });
}

} // namespace

void PlanPage::buildLayout()
{
    setGround(*this, Role::Canvas);
    m_empty = new EmptyState(m_theme, Icon::Plan, this);
    m_empty->setTexts(tr("No tracking plan is open"),
                      tr("A plan says which events an app may send, with which properties. Open Segment's "
                         "JSON of one, or a "
                         "JSON Schema for each event, and every event is checked against it."));
    m_empty->setButton(tr("Open a tracking plan…"), ButtonKind::Accent);
    connect(m_empty, &EmptyState::activated, this, &PlanPage::choosePlans);

    auto *content = new QWidget(this);
    m_chooser = new QComboBox(content);
    m_chooser->setObjectName(u"planChooser"_s);
    m_chooser->setAccessibleName(tr("Which plan"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMinimumContentsLength(14);
    m_planName = new ElidedLabel(m_theme, FontRole::Title, Role::Text, Qt::ElideRight, content);
    m_path = new ElidedLabel(m_theme, FontRole::Mono, Role::TextHint, Qt::ElideMiddle, content);
    m_open = new QPushButton(m_theme.icon(Icon::Folder), tr("Open a plan…"), content);
    m_open->setObjectName(u"openPlan"_s);
    m_open->setToolTip(m_actions.action(Command::OpenPlan).toolTip());
    m_close = new QPushButton(tr("Close plan"), content);
    m_close->setObjectName(u"closePlan"_s);
    m_close->setToolTip(tr("Stop checking against this plan; its file stays"));
    setButtonKind(*m_close, ButtonKind::Quiet);

    auto *head = new QWidget(content);
    head->setFixedHeight(headHeight);
    setGround(*head, Role::Surface);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(space::l, 0, space::m, 0);
    headRow->setSpacing(space::s);
    headRow->addWidget(m_chooser);
    headRow->addWidget(m_planName);
    headRow->addSpacing(space::xs);
    headRow->addWidget(m_path, 1);
    headRow->addWidget(m_close);
    headRow->addWidget(m_open);

    m_problems = new PlanProblems(m_theme, content);
    m_splitter = new QSplitter(Qt::Horizontal, content);
    m_splitter->setObjectName(u"planSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(buildEvents());
    m_splitter->addWidget(buildSheet());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({440, 620});
    auto *contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, 0, 0);
    contentColumn->setSpacing(0);
    contentColumn->addWidget(head);
    contentColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, content));
    contentColumn->addWidget(m_problems);
    contentColumn->addWidget(m_splitter, 1);

    m_place = new QStackedWidget(this);
    m_place->addWidget(m_empty);
    m_place->addWidget(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_place);

    connect(m_open, &QPushButton::clicked, this, &PlanPage::choosePlans);
    connect(m_close, &QPushButton::clicked, this, &PlanPage::closePlan);
    connect(m_chooser, &QComboBox::activated, this, &PlanPage::showPlan);
}

QWidget *PlanPage::buildEvents()
{
    auto *side = new QWidget(this);
    setGround(*side, Role::Surface);
    m_search = new QLineEdit(side);
    m_search->setObjectName(u"planSearch"_s);
    m_search->setAccessibleName(tr("Search the plan's events"));
    m_search->setPlaceholderText(tr("Search events"));
    m_search->setClearButtonEnabled(true);
    m_summary = new ThemedLabel(m_theme, FontRole::Meta, Role::TextHint, side);
    m_summary->setObjectName(u"planSummary"_s);

    m_events = new QTableView(side);
    dress(*m_events, m_theme, u"planEvents"_s, tr("Planned events"));
    m_events->setModel(m_sorted);
    m_events->setItemDelegate(new PlanDelegate(m_theme, m_events));
    m_events->setSortingEnabled(true);
    m_events->sortByColumn(PlanModel::NameColumn, Qt::AscendingOrder);
    auto *header = m_events->horizontalHeader();
    header->setSectionResizeMode(PlanModel::NameColumn, QHeaderView::Stretch);
    header->resizeSection(PlanModel::TypeColumn, 44);
    header->resizeSection(PlanModel::SeenColumn, 72);
    header->resizeSection(PlanModel::ViolationsColumn, 78);
    header->resizeSection(PlanModel::LastSeenColumn, 108);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::m, space::s, space::m, space::s);
    top->setSpacing(space::m);
    top->addWidget(m_search, 1);
    top->addWidget(m_summary);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_events, 1);

    connect(m_search, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_search, &QLineEdit::returnPressed, m_events, qOverload<>(&QWidget::setFocus));
    connect(m_events->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PlanPage::showRule);
    return side;
}

QWidget *PlanPage::buildSheet()
{
    auto *sheet = new QWidget(this);
    setGround(*sheet, Role::Surface);
    m_type = new StatusChip(m_theme, sheet);
    m_name = new ElidedLabel(m_theme, FontRole::Title, Role::Text, Qt::ElideRight, sheet);
    m_name->setObjectName(u"planRuleName"_s);
    m_inStream = new QPushButton(m_theme.icon(Icon::Stream), tr("Show in the stream"), sheet);
    m_inStream->setObjectName(u"planInStream"_s);
    setButtonKind(*m_inStream, ButtonKind::Quiet);
    m_description =
        new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, sheet, ThemedLabel::Text::Selectable);
    m_description->setWordWrap(true);

    m_properties = new QTableView(sheet);
    dress(*m_properties, m_theme, u"planProperties"_s, tr("Properties of the event"));
    m_properties->setModel(m_propertyModel);
    m_properties->setItemDelegate(new PropertyDelegate(m_theme, m_properties));
    auto *header = m_properties->horizontalHeader();
    header->setSectionsClickable(false);
    header->setStretchLastSection(true);
    header->resizeSection(PropertyModel::NameColumn, 160);
    header->resizeSection(PropertyModel::TypeColumn, 100);
    header->resizeSection(PropertyModel::RequiredColumn, 92);
    header->resizeSection(PropertyModel::AllowedColumn, 128);
    m_noProperties = new ThemedLabel(m_theme, FontRole::Body, Role::TextHint, sheet);
    m_noProperties->setContentsMargins(space::l, space::l, space::l, space::l);
    m_noProperties->setText(tr("The plan names no properties for this event: any may come."));

    auto *schemaPart = new QWidget(sheet);
    auto *schemaTitle = new ThemedLabel(m_theme, FontRole::Meta, Role::TextHint, schemaPart);
    schemaTitle->setText(tr("JSON Schema"));
    schemaTitle->setContentsMargins(space::l, space::s, space::l, space::xs);
    m_schema = new JsonView(m_theme, schemaPart);
    m_schema->setObjectName(u"planSchema"_s);
    m_schema->editor()->setAccessibleName(tr("JSON Schema of the event"));
    auto *schemaColumn = new QVBoxLayout(schemaPart);
    schemaColumn->setContentsMargins(0, 0, 0, 0);
    schemaColumn->setSpacing(0);
    schemaColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, schemaPart));
    schemaColumn->addWidget(schemaTitle);
    schemaColumn->addWidget(m_schema, 1);

    auto *propertyPart = new QWidget(sheet);
    auto *propertyColumn = new QVBoxLayout(propertyPart);
    propertyColumn->setContentsMargins(0, 0, 0, 0);
    propertyColumn->setSpacing(0);
    propertyColumn->addWidget(m_properties, 1);
    propertyColumn->addWidget(m_noProperties, 0, Qt::AlignTop);

    m_sheetSplitter = new QSplitter(Qt::Vertical, sheet);
    m_sheetSplitter->setHandleWidth(1);
    m_sheetSplitter->setChildrenCollapsible(false);
    m_sheetSplitter->addWidget(propertyPart);
    m_sheetSplitter->addWidget(schemaPart);
    m_sheetSplitter->setStretchFactor(0, 3);
    m_sheetSplitter->setStretchFactor(1, 2);
    m_sheetSplitter->setSizes({300, 240});
    m_properties->setMinimumHeight(120);

    auto *title = new QHBoxLayout;
    title->setSpacing(space::s);
    title->addWidget(m_type);
    title->addWidget(m_name, 1);
    title->addWidget(m_inStream);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::l, space::s, space::m, space::m);
    head->setSpacing(space::xs);
    head->addLayout(title);
    head->addWidget(m_description);
    auto *column = new QVBoxLayout(sheet);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_sheetSplitter, 1);

    connect(m_inStream, &QPushButton::clicked, this, [this] {
        const auto entry = currentEntry();
        if (entry.rule == nullptr) {
            return;
        }
        const auto word = event::word(entry.rule->type);
        QString filter = u"type:"_s + QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
        if (!entry.rule->name.isEmpty()) {
            QString name = entry.rule->name;
            name.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
            filter += u" event:\""_s + name + u'"';
        }
        emit streamWanted(filter);
    });
    return sheet;
}

} // namespace ui
