// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// How the page is laid out; what it does stands in auditpage.cpp.
#include "ui/audit/auditdelegate.h"
#include "ui/audit/auditpage.h"
#include "ui/audit/figurecard.h"
#include "ui/filtertext.h"
#include "ui/itemmodels/coveragemodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/themedlabel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int headHeight = 48;
constexpr int shownSources = 6;

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

void AuditPage::buildLayout()
{
    setGround(*this, Role::Canvas);
    m_empty = new EmptyState(m_theme, Icon::Audit, this);
    m_empty->setTexts(
        tr("Nothing to audit yet"),
        tr("Here you see what of the tracking plan really happens, what never came, and what came that "
           "nobody planned. Open a plan and let your app send events."));
    m_empty->setButton(tr("Open a tracking plan…"), ButtonKind::Accent);
    connect(m_empty, &EmptyState::activated, this, &AuditPage::openPlanWanted);

    auto *content = new QWidget(this);
    m_splitter = new QSplitter(Qt::Horizontal, content);
    m_splitter->setObjectName(u"auditSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(buildEvents(m_splitter));
    m_splitter->addWidget(buildDetail(m_splitter));
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({540, 540});
    connect(m_splitter, &QSplitter::splitterMoved, this, &AuditPage::fitColumns);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead(content));
    column->addWidget(new Hairline(m_theme, Qt::Horizontal, content));
    column->addWidget(buildCards(content));
    column->addWidget(new Hairline(m_theme, Qt::Horizontal, content));
    column->addWidget(m_splitter, 1);

    m_place = new QStackedWidget(this);
    m_place->addWidget(m_empty);
    m_place->addWidget(content);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_place);
}

QWidget *AuditPage::buildHead(QWidget *parent)
{
    auto *head = new QWidget(parent);
    head->setFixedHeight(headHeight);
    setGround(*head, Role::Surface);
    auto *title = new ThemedLabel(m_theme, FontRole::Title, Role::Text, head);
    title->setText(tr("Audit"));
    m_scopes = new QComboBox(head);
    m_scopes->setObjectName(u"auditScope"_s);
    m_scopes->setAccessibleName(tr("Which events are looked at"));
    m_scopes->setSizeAdjustPolicy(QComboBox::AdjustToContentsOnFirstShow);
    m_scopes->setMinimumContentsLength(22);
    m_state = new ThemedLabel(m_theme, FontRole::Meta, Role::TextSecondary, head);
    m_state->setObjectName(u"auditState"_s);
    m_export = new QToolButton(head);
    m_export->setObjectName(u"auditExport"_s);
    m_export->setText(tr("Export"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto *menu = new QMenu(m_export);
    for (const auto &[text, ending] :
         {std::pair(tr("As HTML page…"), u"html"_s), std::pair(tr("As PDF…"), u"pdf"_s),
          std::pair(tr("As CSV…"), u"csv"_s)}) {
        menu->addAction(text, this, [this, ending = ending] { exportAs(ending); });
    }
    m_export->setMenu(menu);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(space::l, 0, space::m, 0);
    row->setSpacing(space::m);
    row->addWidget(title);
    row->addWidget(m_scopes);
    row->addWidget(m_state, 1);
    row->addWidget(m_export);
    connect(m_scopes, &QComboBox::activated, this, &AuditPage::chooseScope);
    return head;
}

QWidget *AuditPage::buildCards(QWidget *parent)
{
    auto *part = new QWidget(parent);
    m_cards = new QButtonGroup(part);
    m_cards->setExclusive(false);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(space::m);
    const auto card = [&](CoverageFilter::Only only, const char *name) {
        auto *made = new FigureCard(m_theme, part);
        made->setObjectName(QString::fromLatin1(name));
        m_cards->addButton(made, static_cast<int>(only));
        cards->addWidget(made);
        return made;
    };
    m_covered = card(CoverageFilter::Only::Planned, "auditCovered");
    m_unplanned = card(CoverageFilter::Only::Unplanned, "auditUnplanned");
    m_violations = card(CoverageFilter::Only::Violations, "auditViolations");
    m_never = card(CoverageFilter::Only::NeverSeen, "auditNever");
    connect(m_cards, &QButtonGroup::idToggled, this, [this](int id, bool isOn) {
        if (isOn) {
            for (QAbstractButton *other : m_cards->buttons()) {
                if (m_cards->id(other) != id) {
                    other->setChecked(false);
                }
            }
        }
        const int chosen = isOn ? id : -1;
        if (!isOn && std::ranges::any_of(m_cards->buttons(), &QAbstractButton::isChecked)) {
            return;
        }
        m_filtered->setOnly(chosen < 0 ? CoverageFilter::Only::All
                                       : static_cast<CoverageFilter::Only>(chosen));
        showFigures();
    });

    m_sources = new QTableView(part);
    dress(*m_sources, m_theme, u"auditSources"_s, tr("Coverage by source"));
    m_sources->setModel(m_sourceModel);
    m_sources->setItemDelegate(new AuditDelegate(AuditDelegate::Table::Sources, m_theme, m_sources));
    auto *header = m_sources->horizontalHeader();
    header->setSectionsClickable(false);
    header->setSectionResizeMode(CoverageSourceModel::BarColumn, QHeaderView::Stretch);
    header->resizeSection(CoverageSourceModel::SourceColumn, 200);
    header->resizeSection(CoverageSourceModel::EventsColumn, 90);
    header->resizeSection(CoverageSourceModel::ViolationsColumn, 120);
    header->resizeSection(CoverageSourceModel::UnplannedColumn, 90);
    header->resizeSection(CoverageSourceModel::LastSeenColumn, 100);
    const auto fit = [this] {
        const int rows = std::clamp(m_sourceModel->rowCount(), 1, shownSources);
        m_sources->setFixedHeight(m_sources->horizontalHeader()->sizeHint().height() +
                                  rows * m_theme.rowHeight() + 2);
    };
    connect(m_sourceModel, &QAbstractItemModel::modelReset, m_sources, fit);
    connect(&m_theme, &Theme::changed, m_sources, fit);
    fit();
    connect(m_sources, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const report::SourceCoverage *source = m_sourceModel->sourceAt(index.row())) {
            emit streamWanted(u"source:"_s + quotedForFilter(source->source));
        }
    });

    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(space::l, space::m, space::l, space::m);
    column->setSpacing(space::m);
    column->addLayout(cards);
    column->addWidget(m_sources);
    return part;
}

QWidget *AuditPage::buildEvents(QWidget *parent)
{
    auto *side = new QWidget(parent);
    setGround(*side, Role::Surface);
    m_search = new QLineEdit(side);
    m_search->setObjectName(u"auditSearch"_s);
    m_search->setAccessibleName(tr("Search the events"));
    m_search->setPlaceholderText(tr("Search events"));
    m_search->setClearButtonEnabled(true);
    m_shown = new ThemedLabel(m_theme, FontRole::Meta, Role::TextHint, side);
    m_events = new QTableView(side);
    dress(*m_events, m_theme, u"auditEvents"_s, tr("Events, planned and seen"));
    m_events->setModel(m_filtered);
    m_events->setItemDelegate(new AuditDelegate(AuditDelegate::Table::Events, m_theme, m_events));
    m_events->setContextMenuPolicy(Qt::CustomContextMenu);
    m_events->setSortingEnabled(true);
    m_events->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    auto *header = m_events->horizontalHeader();
    header->setSectionResizeMode(CoverageModel::EventColumn, QHeaderView::Stretch);
    header->resizeSection(CoverageModel::StateColumn, 108);
    header->resizeSection(CoverageModel::CountColumn, 58);
    header->resizeSection(CoverageModel::ViolationsColumn, 90);
    header->resizeSection(CoverageModel::FirstSeenColumn, 88);
    header->resizeSection(CoverageModel::LastSeenColumn, 84);
    header->resizeSection(CoverageModel::SourcesColumn, 110);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::m, space::s, space::m, space::s);
    top->setSpacing(space::m);
    top->addWidget(m_search, 1);
    top->addWidget(m_shown);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_events, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setSearch(text);
        showFigures();
    });
    connect(m_search, &QLineEdit::returnPressed, m_events, qOverload<>(&QWidget::setFocus));
    connect(m_events->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &AuditPage::showDetail);
    connect(m_events, &QTableView::activated, this, [this] {
        if (m_inStream->isVisibleTo(this)) {
            m_inStream->click();
        }
    });
    connect(m_events, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { openMenu(m_events->viewport()->mapToGlobal(at)); });
    return side;
}

QWidget *AuditPage::buildDetail(QWidget *parent)
{
    auto *side = new QWidget(parent);
    setGround(*side, Role::Surface);
    m_name = new ElidedLabel(m_theme, FontRole::Title, Role::Text, Qt::ElideRight, side);
    m_name->setObjectName(u"auditEventName"_s);
    const auto button = [&](Icon icon, const QString &text, const char *name) {
        auto *made = new QPushButton(m_theme.icon(icon), text, side);
        made->setObjectName(QString::fromLatin1(name));
        setButtonKind(*made, ButtonKind::Quiet);
        return made;
    };
    m_inStream = button(Icon::Stream, tr("Show in the stream"), "auditInStream");
    m_inPlan = button(Icon::Plan, tr("Show in the plan"), "auditInPlan");
    m_add = button(Icon::Plus, tr("Add to the plan"), "auditAdd");
    m_detailNote = new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, side);
    m_detailNote->setWordWrap(true);
    m_properties = new QTableView(side);
    dress(*m_properties, m_theme, u"auditProperties"_s, tr("Properties of the event, as they came"));
    m_properties->setModel(m_propertyModel);
    m_properties->setItemDelegate(new AuditDelegate(AuditDelegate::Table::Properties, m_theme, m_properties));
    auto *header = m_properties->horizontalHeader();
    header->setSectionsClickable(false);
    header->setSectionResizeMode(CoveragePropertyModel::ValuesColumn, QHeaderView::Stretch);
    header->resizeSection(CoveragePropertyModel::NameColumn, 124);
    header->resizeSection(CoveragePropertyModel::PlanColumn, 84);
    header->resizeSection(CoveragePropertyModel::FillColumn, 112);
    header->resizeSection(CoveragePropertyModel::TypesColumn, 84);
    header->resizeSection(CoveragePropertyModel::ViolationsColumn, 72);

    auto *title = new QHBoxLayout;
    title->setSpacing(space::xs);
    title->addWidget(m_name, 1);
    title->addWidget(m_add);
    title->addWidget(m_inPlan);
    title->addWidget(m_inStream);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::l, space::s, space::m, space::s);
    head->setSpacing(space::xs);
    head->addLayout(title);
    head->addWidget(m_detailNote);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_properties, 1);
    connect(m_inStream, &QPushButton::clicked, this, [this] {
        if (const report::EventCoverage *row = current()) {
            emit streamWanted(filterForEvent(row->type, row->name));
        }
    });
    connect(m_inPlan, &QPushButton::clicked, this, [this] {
        if (const report::EventCoverage *row = current()) {
            const report::PropertyCoverage *property =
                m_propertyModel->propertyAt(m_properties->currentIndex().row());
            emit planWanted(row->type, row->name,
                            property != nullptr && property->isPlanned ? property->path : QStringList());
        }
    });
    connect(m_add, &QPushButton::clicked, this, &AuditPage::addToPlan);
    // A value leads to its events.
    connect(m_properties, &QTableView::activated, this, [this](const QModelIndex &index) {
        const report::EventCoverage *row = current();
        const report::PropertyCoverage *property = m_propertyModel->propertyAt(index.row());
        if (row == nullptr || property == nullptr || property->path.contains(u"$"_s)) {
            return;
        }
        const bool hasTraits = row->type == event::CallType::Identify || row->type == event::CallType::Group;
        const QString field = (hasTraits ? u"trait."_s : u"prop."_s) + property->path.join(u'.');
        const QString value =
            property->values.empty() ? u"*"_s : quotedForFilter(property->values.front().first);
        emit streamWanted(filterForEvent(row->type, row->name) + u' ' + field + u':' + value);
    });
    return side;
}

} // namespace ui
