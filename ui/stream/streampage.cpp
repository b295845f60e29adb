// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/streampage.h"

#include "ui/commands/actionregistry.h"
#include "ui/inspector/inspector.h"
#include "ui/services.h"
#include "ui/sources/sourcecatalog.h"
#include "ui/stream/eventcopier.h"
#include "ui/stream/facetpanel.h"
#include "ui/stream/filterterms.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timelinewidget.h"

#include <algorithm>

#include <QDataStream>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIODevice>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Narrower than this, the inspector stands below the table.
constexpr int sideBySideWidth = 860;
constexpr quint16 stateVersion = 1;

} // namespace

StreamPage::StreamPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_model(new StreamModel(this))
    , m_timeline(new TimelineWidget(theme, this))
    , m_table(new StreamTable(theme, *m_model, this))
    , m_inspector(new Inspector(services, theme, actions, this))
    , m_sources(new SourceCatalog(services, this))
    , m_facets(new FacetPanel(theme, *m_model, *m_sources))
    , m_copier(new EventCopier(services, this))
{
    setObjectName(u"streamPage"_s);
    setAccessibleName(tr("Stream"));
    m_facets->setParent(this); // until the sidebar takes it
    m_facets->hide();
    buildLayout();
    connectModel();
    connectActions();
    connectSources();
    updatePlace();
    updateActions();
    m_services.subscribe(m_model);
    applyFilter();
}

StreamPage::~StreamPage()
{
    m_services.unsubscribe(m_model);
}

QWidget *StreamPage::facets() const
{
    return m_facets;
}

void StreamPage::buildLayout()
{
    m_nothingYet = new EmptyState(m_theme, Icon::Stream, this);
    m_nothingYet->setTexts(
        tr("No event yet"),
        tr("Point an app's Segment SDK at Trackside: every call it makes shows up here as it is made."));
    m_nothingYet->setButton(tr("Set up an app"), ButtonKind::Accent);
    m_demo = new QPushButton(tr("Play demo traffic"), this);
    m_demo->setObjectName(u"streamDemo"_s);
    auto *nothing = new QWidget(this);
    auto *nothingColumn = new QVBoxLayout(nothing);
    nothingColumn->setSpacing(0);
    nothingColumn->addStretch();
    nothingColumn->addWidget(m_nothingYet);
    nothingColumn->addWidget(m_demo, 0, Qt::AlignHCenter);
    nothingColumn->addStretch();

    m_noMatch = new EmptyState(m_theme, Icon::Filter, this);
    m_noMatch->setObjectName(u"noMatch"_s);

    m_place = new QStackedWidget(this);
    m_place->addWidget(m_table);
    m_place->addWidget(nothing);
    m_place->addWidget(m_noMatch);

    buildHiddenBar();

    auto *left = new QWidget(this);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_timeline);
    leftColumn->addWidget(new Hairline(m_theme, Qt::Horizontal, left));
    leftColumn->addWidget(m_hiddenBar);
    leftColumn->addWidget(m_place, 1);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"streamSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);

    connect(m_nothingYet, &EmptyState::activated, this, &StreamPage::setupWanted);
    connect(m_demo, &QPushButton::clicked, this, [this] { m_services.playDemo(); });
    connect(m_timeline, &TimelineWidget::rangeSelected, this, &StreamPage::restrictTime);
    connect(m_timeline, &TimelineWidget::rangeCleared, this,
            [this] { changeFilter(withoutField(m_filter.text, u"time"_s)); });
    connect(m_facets, &FacetPanel::filterChanged, this, &StreamPage::changeFilter);
    connect(m_inspector, &Inspector::filterWanted, this, &StreamPage::narrowTo);
    connect(m_inspector, &Inspector::undoable, this, &StreamPage::undoable);
    connect(m_inspector, &Inspector::said, this, &StreamPage::said);
    connect(m_inspector, &Inspector::planWanted, this, &StreamPage::planWanted);
    connect(m_inspector, &Inspector::destinationsWanted, this, &StreamPage::destinationsWanted);
}

void StreamPage::connectModel()
{
    connect(m_model, &StreamModel::timelineChanged, this,
            [this] { m_timeline->setTimeline(m_model->timeline()); });
    connect(m_model, &StreamModel::totalsChanged, this, &StreamPage::updatePlace);
    connect(m_model, &StreamModel::rowsAppended, this, &StreamPage::updatePlace);
    connect(m_model, &StreamModel::swapped, this, &StreamPage::updatePlace);
    connect(m_model, &StreamModel::filterProgressed, this, &StreamPage::updatePlace);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &StreamPage::updatePlace);
    connect(m_model, &StreamModel::textsWanted, this, &StreamPage::answerWantedTexts);
    connect(m_model, &StreamModel::eventsChanged, this, [this](const QList<quint64> &ids) {
        if (ids.contains(event::raw(m_inspector->shownId()))) {
            m_inspector->refresh();
        }
    });
    connect(&m_services, &Services::checkerChanged, this,
            [this] { m_services.preferForRecheck(m_table->visibleIds()); });
    // A drag over a thousand rows changes the selection a thousand times; the inspector wants the last.
    m_inspectSoon.setSingleShot(true);
    m_inspectSoon.setInterval(0);
    connect(&m_inspectSoon, &QTimer::timeout, this, &StreamPage::updateInspector);
    connect(m_table, &StreamTable::selectionMoved, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(m_table, &StreamTable::menuWanted, this, &StreamPage::openMenu);
    connect(m_table, &StreamTable::resumeWanted, this, [this] { m_model->resume(); });
    connect(m_table, &StreamTable::activatedRow, this, [this] {
        m_actions.action(Command::ToggleInspector).setChecked(true);
        m_inspector->tabBar().setFocus(Qt::OtherFocusReason);
    });
}

void StreamPage::setFilter(const filter::Query &query)
{
    if (query.text == m_filter.text && m_generation > 0) {
        return;
    }
    m_filter = query;
    m_facets->setFilterText(m_filter.text);
    applyFilter();
}

void StreamPage::setFilterText(const QString &text)
{
    if (const auto query = filter::parse(text)) {
        setFilter(*query);
    }
}

void StreamPage::changeFilter(const QString &text)
{
    setFilterText(text);
    emit filterTextChanged(text);
}

void StreamPage::narrowTo(const QString &field, const QString &value)
{
    if (termState(m_filter.text, field, value) != TermState::Included) {
        changeFilter(withIncludeToggled(withoutField(m_filter.text, field), field, value));
    }
}

void StreamPage::restrictTime(std::int64_t fromUs, std::int64_t toUs)
{
    const auto text = [](std::int64_t us) {
        return QDateTime::fromMSecsSinceEpoch(us / 1000).toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s);
    };
    const QString rest = withoutField(m_filter.text, u"time"_s);
    // The filter's range includes its end, the timeline's does not.
    const QString term = u"time:"_s + text(fromUs) + u".."_s + text(toUs - 1000);
    changeFilter(rest.isEmpty() ? term : rest + u' ' + term);
}

filter::SeenValues StreamPage::seenValues() const
{
    return [this](filter::Field field, const QString &, const QString &prefix) {
        QStringList values;
        const auto add = [&values, &prefix](const QString &text) {
            if (!text.isEmpty() && text.startsWith(prefix, Qt::CaseInsensitive)) {
                values += text;
            }
        };
        const auto &counts = m_model->facets();
        if (field == filter::Field::Event) {
            for (const auto &[name, count] : counts.names) {
                add(m_model->text(TextKind::Name, event::raw(name)));
            }
        } else if (field == filter::Field::Source) {
            for (const auto &[source, count] : counts.sources) {
                add(m_model->text(TextKind::Source, event::raw(source)));
            }
        }
        return values;
    };
}

void StreamPage::handleTableKey(int key, Qt::KeyboardModifiers modifiers)
{
    m_table->pressKey(key, modifiers);
}

bool StreamPage::selectEvent(event::EventId id)
{
    const int row = m_model->rowOf(id);
    if (row < 0) {
        return false;
    }
    m_table->selectRow(row);
    return true;
}

void StreamPage::updatePlace()
{
    const quint64 logged = m_model->loggedRows();
    const auto shown = static_cast<quint64>(m_model->rowCount()) + m_model->heldBack();
    if (logged == 0) {
        m_place->setCurrentIndex(1);
    } else if (shown == 0 && m_asked.root != nullptr) {
        showNoMatch(logged);
        m_place->setCurrentWidget(m_noMatch);
    } else {
        m_place->setCurrentWidget(m_table);
    }
    m_demo->setEnabled(!m_services.isDemoPlaying());
    updateHiddenBar(shown, logged);
}

void StreamPage::updateInspector()
{
    const int count = m_table->selectedCount();
    if (count == 1) {
        m_inspector->inspectEvent(m_table->selectedIds(1).front());
    } else if (count > 1) {
        m_inspector->showSeveral(count);
    } else {
        m_inspector->showNothing();
    }
    updateActions();
}

void StreamPage::answerWantedTexts(TextKind kind, const QList<quint32> &ids)
{
    if (kind != TextKind::Source) {
        const auto dictionary =
            kind == TextKind::Name ? Services::Dictionary::Names : Services::Dictionary::Users;
        m_services.fetchTexts(dictionary, ids, this, [this, kind](const QHash<quint32, QString> &texts) {
            for (auto text = texts.begin(); text != texts.end(); ++text) {
                m_model->putText(kind, text.key(), text.value());
            }
        });
        return;
    }
    m_services.fetchSources(this, [this](const std::vector<store::Source> &sources) {
        for (const auto &source : sources) {
            m_model->putText(TextKind::Source, event::raw(source.id), source.name);
        }
    });
}

QByteArray StreamPage::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << stateVersion << m_splitter->sizes() << m_table->ownWidths();
    return state;
}

void StreamPage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    quint16 version = 0;
    QList<int> sizes;
    QList<int> widths;
    in >> version >> sizes >> widths;
    if (in.status() != QDataStream::Ok || version != stateVersion) {
        return;
    }
    m_splitter->setSizes(sizes);
    m_table->setWidths(widths);
}

void StreamPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto wanted = width() < sideBySideWidth ? Qt::Vertical : Qt::Horizontal;
    const bool isFirst = m_splitter->sizes().value(1) == 0;
    if (m_splitter->orientation() != wanted || isFirst) {
        m_splitter->setOrientation(wanted);
        const int extent = wanted == Qt::Horizontal ? width() : height();
        const int inspector = wanted == Qt::Horizontal
                                  ? std::clamp(width() * 36 / 100, 0 + measure::inspectorMinimum, 560)
                                  : extent / 2;
        m_splitter->setSizes({extent - inspector, inspector});
    }
}

} // namespace ui
