// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/auditpage.h"

#include "ui/audit/coveragepdf.h"
#include "ui/audit/figurecard.h"
#include "ui/audit/sessionchooser.h"
#include "ui/filtertext.h"
#include "ui/itemmodels/coveragemodel.h"
#include "ui/services.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/themedlabel.h"

#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int sideBySideWidth = 900;
// Narrower than these, a table leaves a column out.
constexpr int firstSeenWidth = 760;
constexpr int sourcesWidth = 640;
constexpr int typesWidth = 600;

QString numberText(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

QString percentText(double share)
{
    return QLocale().toString(share * 100, 'f', share > 0 && share < 0.1 ? 1 : 0) + u" %"_s;
}

base::Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return base::failure(base::ErrorCode::Io, AuditPage::tr("The audit was not written."),
                             file.errorString(), AuditPage::tr("Choose another place."));
    }
    return {};
}

} // namespace

void CoverageFilter::setOnly(Only only)
{
    m_only = only;
    invalidateFilter();
}

void CoverageFilter::setSearch(const QString &text)
{
    m_search = text.trimmed();
    invalidateFilter();
}

bool CoverageFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, CoverageModel::EventColumn, parent);
    const auto state = static_cast<CoverageModel::State>(index.data(CoverageModel::StateRole).toInt());
    const bool isPlanned = state == CoverageModel::State::Seen || state == CoverageModel::State::NeverSeen;
    switch (m_only) {
    case Only::All:
        break;
    case Only::Planned:
        if (!isPlanned) {
            return false;
        }
        break;
    case Only::Unplanned:
        if (state != CoverageModel::State::Unplanned) {
            return false;
        }
        break;
    case Only::Violations:
        if (index.data(CoverageModel::ViolationsRole).toULongLong() == 0) {
            return false;
        }
        break;
    case Only::NeverSeen:
        if (state != CoverageModel::State::NeverSeen) {
            return false;
        }
        break;
    }
    return m_search.isEmpty() || index.data().toString().contains(m_search, Qt::CaseInsensitive);
}

AuditPage::AuditPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_coverage(std::make_shared<const report::Coverage>())
    , m_model(new CoverageModel(this))
    , m_filtered(new CoverageFilter(this))
    , m_propertyModel(new CoveragePropertyModel(this))
    , m_sourceModel(new CoverageSourceModel(this))
{
    setObjectName(u"auditPage"_s);
    setAccessibleName(tr("Audit"));
    m_filtered->setSourceModel(m_model);
    m_filtered->setSortRole(CoverageModel::SortRole);
    m_filtered->setSortCaseSensitivity(Qt::CaseInsensitive);
    // Nothing moves under the pointer: sorted when a header is clicked.
    m_filtered->setDynamicSortFilter(false);
    buildLayout();
    connect(&m_services, &Services::checkerChanged, this, [this] {
        if (isVisible()) {
            showPlace();
        }
    });
    showPlace();
}

AuditPage::~AuditPage() = default;

void AuditPage::setFilterText(const QString &filter)
{
    const QString text = filter.trimmed();
    if (text == m_filterText) {
        return;
    }
    m_filterText = text;
    if (isVisible()) {
        const bool wasLookedAt = m_scope == Scope::Filter;
        fillScopes(); // without a text there is no such choice any more
        if (wasLookedAt) {
            watch();
        }
    }
}

void AuditPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fitColumns();
    fillScopes();
    watch();
}

void AuditPage::hideEvent(QHideEvent *event)
{
    if (PlanServices *plans = m_services.planServices()) {
        plans->stopCoverage(this);
    }
    QWidget::hideEvent(event);
}

void AuditPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < sideBySideWidth ? Qt::Vertical : Qt::Horizontal);
    fitColumns();
}

void AuditPage::fitColumns()
{
    // What the tooltips of the others say as well goes first.
    m_events->setColumnHidden(CoverageModel::FirstSeenColumn, m_events->width() < firstSeenWidth);
    m_events->setColumnHidden(CoverageModel::SourcesColumn, m_events->width() < sourcesWidth);
    m_properties->setColumnHidden(CoveragePropertyModel::TypesColumn, m_properties->width() < typesWidth);
}

void AuditPage::fillScopes()
{
    PlanServices *plans = m_services.planServices();
    if (plans == nullptr) {
        return;
    }
    if (m_scope == Scope::Filter && m_filterText.isEmpty()) {
        m_scope = Scope::Everything;
    }
    const QSignalBlocker blocker(m_scopes);
    m_scopes->clear();
    const auto add = [this](const QString &text, Scope scope) {
        m_scopes->addItem(text, static_cast<int>(scope));
    };
    add(tr("All captured events"), Scope::Everything);
    add(tr("The running session"), Scope::Session);
    if (!m_filterText.isEmpty()) {
        add(tr("Filter: %1").arg(m_filterText), Scope::Filter);
    }
    add(m_chosen.empty() ? tr("Choose sessions…")
                         : tr("%Ln session(s)…", nullptr, static_cast<int>(m_chosen.size())),
        Scope::Chosen);
    m_scopes->setCurrentIndex(m_scopes->findData(static_cast<int>(m_scope)));
    plans->sessions(this, [this](std::vector<PlanServices::SessionChoice> sessions) {
        const bool isNew = sessions.size() != m_sessions.size();
        m_sessions = std::move(sessions);
        if (isNew && m_scope == Scope::Session && isVisible()) {
            watch();
        }
    });
}

void AuditPage::chooseScope(int index)
{
    const auto scope = static_cast<Scope>(m_scopes->itemData(index).toInt());
    if (scope == Scope::Chosen) {
        chooseSessions();
        return;
    }
    m_scope = scope;
    watch();
}

void AuditPage::chooseSessions()
{
    auto *chooser = new SessionChooser(m_theme, m_sessions, m_chosen, this);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QDialog::accepted, this, [this, chooser] {
        m_chosen = chooser->chosen();
        m_scope = m_chosen.empty() ? Scope::Everything : Scope::Chosen;
        fillScopes();
        watch();
    });
    connect(chooser, &QDialog::rejected, this, &AuditPage::fillScopes);
    chooser->open();
}

PlanServices::Selection AuditPage::selection() const
{
    PlanServices::Selection selection;
    switch (m_scope) {
    case Scope::Everything:
        break;
    case Scope::Session:
        if (!m_sessions.empty()) {
            const auto newest =
                std::ranges::max_element(m_sessions, {}, &PlanServices::SessionChoice::startedUs);
            selection.sessions = {newest->id};
        }
        break;
    case Scope::Filter:
        selection.filter = m_filterText;
        break;
    case Scope::Chosen:
        selection.sessions = m_chosen;
        break;
    }
    return selection;
}

QString AuditPage::scopeTitle() const
{
    return m_scopes->currentText().remove(u'\u2026');
}

void AuditPage::watch()
{
    PlanServices *plans = m_services.planServices();
    if (plans == nullptr || !isVisible()) {
        return;
    }
    plans->watchCoverage(selection(), this,
                         [this](const PlanServices::CoverageState &state) { take(state); });
}

void AuditPage::take(const PlanServices::CoverageState &state)
{
    if (!state.problem.what.isEmpty()) {
        m_state->setText(state.problem.what);
        m_state->setRole(Role::Violation);
        return;
    }
    const int scrolled = m_events->verticalScrollBar()->value();
    m_coverage = state.coverage;
    m_model->setCoverage(m_coverage);
    m_sourceModel->setSources(m_coverage->sources);
    if (!m_events->currentIndex().isValid()) {
        const int row = m_selectedName.isEmpty() && m_selectedType == event::CallType::None
                            ? -1
                            : m_model->rowOf(m_selectedType, m_selectedName);
        const QModelIndex wanted = m_filtered->mapFromSource(m_model->index(row, 0));
        m_events->setCurrentIndex(wanted.isValid() ? wanted : m_filtered->index(0, 0));
    }
    m_events->verticalScrollBar()->setValue(scrolled);
    m_state->setRole(Role::TextSecondary);
    m_state->setText(state.progress < 1
                         ? tr("Counting: %1").arg(percentText(state.progress))
                         : tr("Live, %Ln event(s)", nullptr, static_cast<int>(m_coverage->events)));
    showFigures();
    showDetail();
    showPlace();
}

void AuditPage::showFigures()
{
    const report::Coverage &coverage = *m_coverage;
    const auto share = coverage.share();
    const std::uint64_t never = coverage.plannedEvents - coverage.plannedSeen;
    const double rate = coverage.events == 0
                            ? 0
                            : static_cast<double>(coverage.violations) / static_cast<double>(coverage.events);
    m_covered->setFigure(share ? percentText(*share) : u"\u2013"_s,
                         share
                             ? tr("%1 of %2 planned events came")
                                   .arg(numberText(coverage.plannedSeen), numberText(coverage.plannedEvents))
                             : tr("no plan to cover"),
                         Role::Text, share.value_or(-1));
    m_unplanned->setFigure(
        numberText(coverage.unplannedEvents),
        tr("unplanned names, in %Ln event(s)", nullptr, static_cast<int>(coverage.unplannedCount)),
        coverage.unplannedEvents > 0 ? Role::Unplanned : Role::Text);
    m_violations->setFigure(numberText(coverage.violations),
                            tr("events with violations, %1").arg(percentText(rate)),
                            coverage.violations > 0 ? Role::Violation : Role::Text);
    m_never->setFigure(numberText(never), tr("planned events never seen"), Role::Text);
    const int shown = m_filtered->rowCount();
    m_shown->setText(shown == m_model->rowCount()
                         ? tr("%Ln event name(s)", nullptr, shown)
                         : tr("%1 of %2 event names")
                               .arg(numberText(static_cast<std::uint64_t>(shown)),
                                    numberText(static_cast<std::uint64_t>(m_model->rowCount()))));
}

const report::EventCoverage *AuditPage::current() const
{
    const QModelIndex index = m_filtered->mapToSource(m_events->currentIndex());
    return index.isValid() ? m_model->rowAt(index.row()) : nullptr;
}

void AuditPage::showDetail()
{
    const report::EventCoverage *row = current();
    const bool isThere = row != nullptr;
    m_inStream->setVisible(isThere && row->count > 0);
    m_inPlan->setVisible(isThere && row->isPlanned);
    m_add->setVisible(isThere && CoverageModel::stateOf(*row) == CoverageModel::State::Unplanned);
    if (!isThere) {
        m_name->setFullText(tr("No event selected"));
        m_detailNote->setText(QString());
        m_detailNote->hide();
        m_propertyModel->setProperties({});
        return;
    }
    m_selectedName = row->name;
    m_selectedType = row->type;
    m_name->setFullText(m_model->index(m_model->rowOf(row->type, row->name), CoverageModel::EventColumn)
                            .data(Qt::DisplayRole)
                            .toString());
    QString note;
    if (row->count == 0) {
        note = tr("It is planned and never came. Below is what the plan has for it.");
    } else if (row->properties.empty()) {
        note = tr("It came without properties.");
    } else if (!row->plannedSources.isEmpty()) {
        note = tr("Planned for %1.").arg(row->plannedSources.join(u", "_s));
    }
    m_detailNote->setText(note);
    m_detailNote->setVisible(!note.isEmpty());
    m_propertyModel->setProperties(row->properties);
}

void AuditPage::showPlace()
{
    const auto checker = m_services.checker();
    const bool hasPlan = checker != nullptr && !checker->everyPlan().empty();
    const bool isEmpty = !hasPlan && m_coverage->events == 0;
    m_place->setCurrentIndex(isEmpty ? 0 : 1);
}

void AuditPage::exportAs(const QString &ending)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the audit"), u"audit."_s + ending,
                                                      tr("%1 files (*.%2)").arg(ending.toUpper(), ending));
    if (!path.isEmpty()) {
        exportTo(path.contains(u'.') ? path : path + u'.' + ending);
    }
}

void AuditPage::exportTo(const QString &path)
{
    const report::CoverageHead head{scopeTitle(), m_coverage->lastUs};
    const QFont font = m_theme.font(FontRole::Body);
    QThreadPool::globalInstance()->start(
        [page = QPointer<AuditPage>(this), coverage = m_coverage, head, path, font] {
            const base::Result<void> done = path.endsWith(u".pdf"_s, Qt::CaseInsensitive)
                                                ? writeCoveragePdf(*coverage, head, font, path)
                                            : path.endsWith(u".csv"_s, Qt::CaseInsensitive)
                                                ? writeFile(path, report::coverageCsv(*coverage))
                                                : writeFile(path, report::coverageHtml(*coverage, head));
            QMetaObject::invokeMethod(
                qApp,
                [page, done, path] {
                    if (page == nullptr) {
                        return;
                    }
                    if (done) {
                        emit page->said(tr("Written to %1").arg(path));
                    } else {
                        emit page->m_services.failed(done.error());
                    }
                },
                Qt::QueuedConnection);
        });
}

void AuditPage::openMenu(const QPoint &at)
{
    const report::EventCoverage *row = current();
    if (row == nullptr) {
        return;
    }
    QMenu menu(this);
    if (row->count > 0) {
        menu.addAction(m_theme.icon(Icon::Stream), m_inStream->text(), m_inStream, &QPushButton::click);
    }
    if (row->isPlanned) {
        menu.addAction(m_theme.icon(Icon::Plan), m_inPlan->text(), m_inPlan, &QPushButton::click);
    }
    if (CoverageModel::stateOf(*row) == CoverageModel::State::Unplanned) {
        menu.addAction(m_theme.icon(Icon::Plus), m_add->text(), m_add, &QPushButton::click);
    }
    menu.exec(at);
}

void AuditPage::addToPlan()
{
    const report::EventCoverage *row = current();
    PlanServices *plans = m_services.planServices();
    if (row == nullptr || plans == nullptr) {
        return;
    }
    const QString source = row->sources.empty() ? QString() : row->sources.begin()->first;
    plans->addToPlan(row->type, row->name, source, {}, this,
                     [this, name = row->name](const base::Result<QString> &added) {
                         if (added) {
                             emit said(tr("Added \"%1\" to the plan").arg(name));
                         } else {
                             emit m_services.failed(added.error());
                         }
                     });
}

} // namespace ui
