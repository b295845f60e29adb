// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/eventlist.h"

#include "ui/plan/plandelegate.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QButtonGroup>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int lastSeenWidth = 480;

} // namespace

void dressTable(QTableView &table, const Theme &theme, const QString &name, const QString &accessibleName)
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
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table.horizontalHeader()->setMinimumSectionSize(32);
    QObject::connect(&theme, &Theme::changed, &table,
                     [&table, &theme] { table.verticalHeader()->setDefaultSectionSize(theme.rowHeight()); });
}

bool EventTable::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const bool isText = isPlain && !key->text().isEmpty() && key->text().front().isPrint();
        if (isText || (isPlain && (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Insert))) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void EventTable::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
        emit removeWanted();
        return;
    case Qt::Key_Insert:
        emit addWanted();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (state() != EditingState) {
            emit openWanted();
            return;
        }
        break;
    default:
        break;
    }
    QTableView::keyPressEvent(event);
}

EventList::EventList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new PlanModel(this))
    , m_shown(new PlanFilterModel(this))
    , m_search(new QLineEdit(this))
    , m_chips(new QButtonGroup(this))
    , m_summary(new ThemedLabel(theme, FontRole::Meta, Role::TextHint, this))
    , m_view(new EventTable(this))
    , m_none(new ThemedLabel(theme, FontRole::Body, Role::TextHint, this))
    , m_add(new QPushButton(theme.icon(Icon::Plus), tr("Add an event"), this))
{
    setGround(*this, Role::Surface);
    m_shown->setSourceModel(m_model);
    m_search->setObjectName(u"planSearch"_s);
    m_search->setAccessibleName(tr("Search the plan's events"));
    m_search->setPlaceholderText(tr("Search events and properties"));
    m_search->setClearButtonEnabled(true);
    m_summary->setObjectName(u"planSummary"_s);
    m_add->setObjectName(u"addEvent"_s);
    m_add->setToolTip(tr("Add an event to the plan (Insert)"));
    setButtonKind(*m_add, ButtonKind::Quiet);

    dressTable(*m_view, m_theme, u"planEvents"_s, tr("Planned events"));
    m_view->setModel(m_shown);
    m_view->setItemDelegate(new PlanDelegate(m_theme, m_view));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(PlanModel::NameColumn, Qt::AscendingOrder);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *header = m_view->horizontalHeader();
    header->setSectionResizeMode(PlanModel::NameColumn, QHeaderView::Stretch);
    header->resizeSection(PlanModel::TypeColumn, 44);
    header->resizeSection(PlanModel::SeenColumn, 64);
    header->resizeSection(PlanModel::ViolationsColumn, 76);
    header->resizeSection(PlanModel::LastSeenColumn, 88);
    m_none->setText(tr("No event of the plan fits."));
    m_none->setContentsMargins(space::m, space::m, space::m, space::m);
    m_none->hide();

    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::m, space::s, space::m, space::xs);
    top->setSpacing(space::s);
    top->addWidget(m_search, 1);
    auto *chipRow = new FlowLayout;
    chipRow->setSpacing(2);
    auto *chipPlace = new QHBoxLayout;
    chipPlace->setContentsMargins(space::m, 0, space::m, space::s);
    chipPlace->addLayout(chipRow);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(space::s, space::xs, space::m, space::xs);
    bottom->addWidget(m_add);
    bottom->addStretch(1);
    bottom->addWidget(m_summary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(chipPlace);
    column->addWidget(m_none);
    column->addWidget(m_view, 1);
    column->addWidget(new Hairline(m_theme, Qt::Horizontal, this));
    column->addLayout(bottom);
    buildChips();
    for (QAbstractButton *chip : m_chips->buttons()) {
        chipRow->addWidget(chip);
    }
    setTabOrder(m_search, m_chips->buttons().first());
    QWidget *before = m_search;
    for (QAbstractButton *chip : m_chips->buttons()) {
        setTabOrder(before, chip);
        before = chip;
    }
    setTabOrder(before, m_view);
    setTabOrder(m_view, m_add);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown->setSearch(text);
        updateSummary();
    });
    connect(m_search, &QLineEdit::returnPressed, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &EventList::currentChanged);
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventList::updateSummary);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &EventList::updateSummary);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &EventList::updateSummary);
    connect(m_add, &QPushButton::clicked, m_view, &EventTable::addWanted);
}

void EventList::buildChips()
{
    using Show = PlanFilterModel::Show;
    m_chips->setExclusive(true);
    const auto add = [this](Show show, const QString &text, const QString &tip, const QString &name) {
        auto *chip = new QToolButton(this);
        chip->setText(text);
        chip->setAutoRaise(true);
        chip->setFocusPolicy(Qt::StrongFocus);
        chip->setObjectName(name);
        chip->setCheckable(true);
        chip->setToolTip(tip);
        chip->setFont(m_theme.font(FontRole::Meta));
        m_chips->addButton(chip, static_cast<int>(show));
    };
    add(Show::All, tr("All"), tr("Every event of the plan"), u"showAll"_s);
    add(Show::Seen, tr("Seen"), tr("Events that came"), u"showSeen"_s);
    add(Show::NeverSeen, tr("Never"), tr("Events that never came"), u"showNeverSeen"_s);
    add(Show::WithViolations, tr("Violations"), tr("Events that came and broke the plan"),
        u"showViolations"_s);
    add(Show::WithProblems, tr("Problems"), tr("Events the plan itself is wrong about"), u"showProblems"_s);
    add(Show::Deprecated, tr("Deprecated"), tr("Events that should not be sent any more"),
        u"showDeprecated"_s);
    m_chips->button(static_cast<int>(Show::All))->setChecked(true);
    connect(m_chips, &QButtonGroup::idClicked, this, [this](int id) { setShown(static_cast<Show>(id)); });
    connect(&m_theme, &Theme::changed, this, [this] {
        for (QAbstractButton *chip : m_chips->buttons()) {
            chip->setFont(m_theme.font(FontRole::Meta));
        }
    });
}

void EventList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Names first: a narrow list has when they came in the tooltip.
    m_view->setColumnHidden(PlanModel::LastSeenColumn, width() < lastSeenWidth);
}

void EventList::setShown(PlanFilterModel::Show show)
{
    m_chips->button(static_cast<int>(show))->setChecked(true);
    m_shown->setShown(show);
    updateSummary();
}

plan::RulePointer EventList::currentRule() const
{
    const QModelIndex current = m_shown->mapToSource(m_view->currentIndex());
    return current.isValid() ? m_model->ruleAt(current.row()) : nullptr;
}

std::vector<plan::RulePointer> EventList::selectedRules() const
{
    std::vector<plan::RulePointer> rules;
    for (const QItemSelectionRange &range : m_view->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const QModelIndex source = m_shown->mapToSource(m_shown->index(row, PlanModel::NameColumn));
            if (const auto rule = m_model->ruleAt(source.row());
                rule != nullptr && std::ranges::find(rules, rule) == rules.end()) {
                rules.push_back(rule);
            }
        }
    }
    return rules;
}

bool EventList::select(const plan::RulePointer &rule)
{
    int row = 0;
    while (row < m_model->rowCount() && m_model->ruleAt(row) != rule) {
        ++row;
    }
    if (rule == nullptr || row == m_model->rowCount()) {
        return false;
    }
    const QModelIndex source = m_model->index(row, PlanModel::NameColumn);
    QModelIndex index = m_shown->mapFromSource(source);
    if (!index.isValid()) {
        setShown(PlanFilterModel::Show::All);
        m_search->clear();
        index = m_shown->mapFromSource(source);
    }
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    return true;
}

void EventList::selectFirst()
{
    m_view->setCurrentIndex(m_shown->index(0, PlanModel::NameColumn));
}

void EventList::rename()
{
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(PlanModel::NameColumn);
    if (index.flags().testFlag(Qt::ItemIsEditable)) {
        m_view->setFocus();
        m_view->setCurrentIndex(index);
        m_view->edit(index);
    }
}

void EventList::updateSummary()
{
    const int count = m_model->rowCount();
    const int shown = m_shown->rowCount();
    const QLocale locale;
    m_summary->setText(shown == count ? tr("%Ln event(s), %1 never seen", nullptr, count)
                                            .arg(locale.toString(m_model->neverSeenCount()))
                                      : tr("%1 of %Ln event(s)", nullptr, count).arg(locale.toString(shown)));
    m_none->setVisible(count > 0 && shown == 0);
}

} // namespace ui
