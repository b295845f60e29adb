// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector.h"

#include "ui/captureservices.h"
#include "ui/commands/actionregistry.h"
#include "ui/inspector/deliveriestab.h"
#include "ui/inspector/eventtab.h"
#include "ui/inspector/findingstab.h"
#include "ui/inspector/plananswers.h"
#include "ui/inspector/requesttab.h"
#include "ui/services.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"

#include <algorithm>
#include <cstdlib>

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// What a person reads of one event; the tree marks them all by severity.
constexpr std::size_t maxWorded = 300;

/// The call type's letter, or a source's dot: painted as in the table.
class Mark final : public QLabel
{
public:
    explicit Mark(const Theme &theme, QWidget *parent)
        : QLabel(parent)
        , m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    void showType(event::CallType type)
    {
        m_type = type;
        m_source = 0;
        setFixedSize(18, 18);
        setVisible(type != event::CallType::None);
        setAccessibleName(callTypeText(type));
        setToolTip(callTypeText(type));
        update();
    }

    void showSource(std::uint32_t source)
    {
        m_type = event::CallType::None;
        m_source = source;
        setFixedSize(8, 18);
        setVisible(source != 0);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (m_source != 0) {
            paintSourceDot(painter, m_theme, rect(), m_source);
        } else {
            paintCallType(painter, m_theme, rect(), m_type);
        }
    }

private:
    const Theme &m_theme;
    event::CallType m_type = event::CallType::None;
    std::uint32_t m_source = 0;
};

} // namespace

Inspector::Inspector(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
    , m_place(new QStackedWidget(this))
    , m_nothing(new EmptyState(theme, Icon::Search, this))
    , m_several(new EmptyState(theme, Icon::Stream, this))
    , m_problem(new EmptyState(theme, Icon::Warning, this))
    , m_detail(new QWidget(this))
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    setMinimumWidth(280);
    setGround(*this, Role::Surface);
    m_nothing->setTexts(
        tr("No event selected"),
        tr("Select one in the stream: its properties, findings, request and deliveries stand here."));
    m_problem->setButton(tr("Try again"));
    connect(m_problem, &EmptyState::activated, this, &Inspector::refresh);
    m_several->setButton(tr("Replay…"));
    connect(m_several, &EmptyState::activated, &m_actions.action(Command::Replay), &QAction::trigger);

    m_severalPage = new QWidget(this);
    auto *several = new QVBoxLayout(m_severalPage);
    several->setContentsMargins(space::l, 0, space::l, 0);
    several->addStretch();
    several->addWidget(m_several);
    auto *copy = new QPushButton(tr("Copy as JSON"), m_severalPage);
    copy->setObjectName(u"copySeveral"_s);
    copy->setToolTip(m_actions.action(Command::CopyEvent).toolTip());
    connect(copy, &QPushButton::clicked, &m_actions.action(Command::CopyEvent), &QAction::trigger);
    several->addWidget(copy, 0, Qt::AlignHCenter);
    several->addStretch();

    buildDetail();
    m_place->addWidget(m_nothing);
    m_place->addWidget(m_severalPage);
    m_place->addWidget(m_problem);
    m_place->addWidget(m_detail);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_place);
    showNothing();
}

Inspector::~Inspector() = default;

void Inspector::buildDetail()
{
    auto *type = new Mark(m_theme, m_detail);
    m_type = type;
    m_name = new ElidedLabel(m_theme, FontRole::Title, Role::Text, Qt::ElideRight, m_detail);
    m_name->setObjectName(u"inspectorName"_s);
    m_status = new StatusChip(m_theme, m_detail);
    m_status->setObjectName(u"inspectorStatus"_s);
    m_dot = new Mark(m_theme, m_detail);
    m_source = new ElidedLabel(m_theme, FontRole::Body, Role::TextSecondary, Qt::ElideRight, m_detail);
    m_user = new ElidedLabel(m_theme, FontRole::Mono, Role::TextSecondary, Qt::ElideMiddle, m_detail);
    m_time = new ElidedLabel(m_theme, FontRole::Body, Role::TextSecondary, Qt::ElideRight, m_detail);
    m_batch = new ElidedLabel(m_theme, FontRole::Body, Role::TextSecondary, Qt::ElideRight, m_detail);
    m_batch->setObjectName(u"inspectorBatch"_s);
    m_clock = new ElidedLabel(m_theme, FontRole::Body, Role::Protocol, Qt::ElideRight, m_detail);
    m_clock->setObjectName(u"inspectorClock"_s);

    auto *title = new QHBoxLayout;
    title->setSpacing(space::s);
    title->addWidget(m_type);
    title->addWidget(m_name, 1);
    title->addWidget(m_status);
    auto *second = new QHBoxLayout;
    second->setSpacing(space::s);
    second->addWidget(m_dot);
    second->addWidget(m_source);
    second->addSpacing(space::xs);
    second->addWidget(m_user);
    second->addStretch(1);
    auto *third = new QHBoxLayout;
    third->setSpacing(space::m);
    third->addWidget(m_time);
    third->addWidget(m_batch);
    third->addWidget(m_clock);
    third->addStretch(1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::l, space::m, space::m, space::s);
    head->setSpacing(space::xs);
    head->addLayout(title);
    head->addLayout(second);
    head->addLayout(third);

    m_tabs = new QTabBar(m_detail);
    m_tabs->setObjectName(u"inspectorTabs"_s);
    m_tabs->setAccessibleName(tr("What to show of the event"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    for (int i = 0; i < 5; ++i) {
        m_tabs->addTab(QString());
    }

    m_event = new EventTab(m_theme, m_detail);
    m_findings = new FindingsTab(m_theme, m_detail);
    m_request = new RequestTab(m_theme, m_detail);
    m_json = new JsonView(m_theme, m_detail);
    m_json->setObjectName(u"eventJson"_s);
    m_json->editor()->setAccessibleName(tr("JSON of the event"));
    m_deliveries = new DeliveriesTab(m_theme, m_detail);

    auto *jsonPage = new QWidget(m_detail);
    auto *jsonButtons = new QHBoxLayout;
    jsonButtons->setContentsMargins(space::m, space::s, space::m, space::s);
    jsonButtons->setSpacing(space::s);
    const auto addButton = [&](const QString &text, Icon icon, const QString &tip, const QString &name) {
        auto *button = new QPushButton(m_theme.icon(icon), text, jsonPage);
        button->setObjectName(name);
        button->setToolTip(tip);
        setButtonKind(*button, ButtonKind::Quiet);
        jsonButtons->addWidget(button);
        return button;
    };
    const QAction &copyEvent = m_actions.action(Command::CopyEvent);
    connect(addButton(tr("Copy JSON"), Icon::Copy, copyEvent.toolTip(), u"copyJson"_s), &QPushButton::clicked,
            &copyEvent, &QAction::trigger);
    const QAction &copyCurl = m_actions.action(Command::CopyCurl);
    connect(addButton(tr("Copy cURL"), Icon::Command, copyCurl.toolTip(), u"copyCurl"_s),
            &QPushButton::clicked, &copyCurl, &QAction::trigger);
    jsonButtons->addStretch();
    connect(addButton(tr("Search"), Icon::Search, tr("Search in the JSON (Ctrl+F)"), u"searchJson"_s),
            &QPushButton::clicked, m_json, &JsonView::openSearch);
    auto *jsonColumn = new QVBoxLayout(jsonPage);
    jsonColumn->setContentsMargins(0, 0, 0, 0);
    jsonColumn->setSpacing(0);
    jsonColumn->addLayout(jsonButtons);
    jsonColumn->addWidget(m_json, 1);

    m_pages = new QStackedWidget(m_detail);
    for (QWidget *page :
         std::initializer_list<QWidget *>{m_event, m_findings, m_request, jsonPage, m_deliveries}) {
        m_pages->addWidget(page);
    }
    auto *column = new QVBoxLayout(m_detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_tabs);
    column->addWidget(new Hairline(m_theme, Qt::Horizontal, m_detail));
    column->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        fill(static_cast<Tab>(index));
    });
    connect(m_findings, &FindingsTab::propertyChosen, this, [this](const json::Pointer &pointer) {
        setCurrentTab(Tab::Event);
        m_event->jumpTo(pointer);
    });
    connect(m_findings, &FindingsTab::muteWanted, this, &Inspector::mute);
    m_answers = new PlanAnswers(m_services, m_theme, *this);
    connect(m_answers, &PlanAnswers::undoable, this, &Inspector::undoable);
    connect(m_answers, &PlanAnswers::said, this, &Inspector::said);
    connect(m_findings, &FindingsTab::allowWanted, this,
            [this](const event::Finding &finding) { m_answers->allow(m_id, finding); });
    connect(m_findings, &FindingsTab::planWanted, this, &Inspector::showInPlan);
    connect(m_findings, &FindingsTab::addWanted, this, &Inspector::addToPlan);
    connect(m_event, &EventTab::filterWanted, this, &Inspector::filterWanted);
    connect(m_deliveries, &DeliveriesTab::destinationsWanted, this, &Inspector::destinationsWanted);
}

Inspector::Tab Inspector::currentTab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void Inspector::setCurrentTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void Inspector::findInJson()
{
    if (m_inspected) {
        setCurrentTab(Tab::Json);
        m_json->openSearch();
    }
}

void Inspector::inspectEvent(event::EventId id)
{
    if (id == m_id && m_place->currentWidget() == m_detail) {
        return;
    }
    m_id = id;
    fetch();
}

void Inspector::refresh()
{
    if (m_id != event::EventId{}) {
        fetch();
    }
}

void Inspector::showNothing()
{
    ++m_generation;
    m_id = {};
    m_inspected.reset();
    m_texts.clear();
    m_isFilled = {};
    m_event->clear();
    m_findings->clear();
    m_request->clear();
    m_json->setText({});
    m_deliveries->clear();
    m_place->setCurrentWidget(m_nothing);
}

void Inspector::showSeveral(int count)
{
    showNothing();
    m_several->setTexts(tr("%Ln event(s) selected", nullptr, count),
                        tr("Replay them to a destination (R), or copy them as JSON (Ctrl+C)."));
    m_place->setCurrentWidget(m_severalPage);
}

void Inspector::fetch()
{
    const quint64 generation = ++m_generation;
    m_services.fetchDetail(m_id, this, [this, generation](base::Result<store::EventDetail> detail) {
        if (generation != m_generation) {
            return;
        }
        if (!detail) {
            showError(detail.error());
            return;
        }
        take(std::move(*detail), generation);
    });
}

void Inspector::take(store::EventDetail detail, quint64 generation)
{
    if (detail.event.body.size() <= inlineBytes && detail.requestBody.size() <= inlineBytes) {
        display(inspect(std::move(detail)));
        return;
    }
    // The one before is told to stop, so that joining it takes no time.
    m_worker = std::jthread([this, generation, detail = std::move(detail)](const std::stop_token &stop) {
        InspectedPtr inspected = inspect(detail, stop);
        if (stop.stop_requested()) {
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [this, generation, inspected] {
                if (generation == m_generation) {
                    display(inspected);
                }
            },
            Qt::QueuedConnection);
    });
}

void Inspector::display(InspectedPtr inspected)
{
    m_inspected = std::move(inspected);
    const auto &findings = m_inspected->detail.event.findings;
    m_texts.clear();
    for (std::size_t i = 0; i < std::min(findings.size(), maxWorded); ++i) {
        m_texts.push_back(m_services.words(findings[i]));
    }
    m_isFilled = {};
    showTitle();
    m_place->setCurrentWidget(m_detail);
    fill(currentTab());
    emit shown(m_id);
}

void Inspector::showTitle()
{
    const auto &detail = m_inspected->detail;
    const auto &event = detail.event;
    static_cast<Mark *>(m_type)->showType(event.summary.type);
    m_name->setFullText(eventTitle(event));
    m_status->setStatus(event.state.status);
    static_cast<Mark *>(m_dot)->showSource(event::raw(event.summary.source));
    m_source->setFullText(event.source);
    m_source->setVisible(!event.source.isEmpty());
    const QString user = !event.user.isEmpty()      ? event.user
                         : !detail.userId.isEmpty() ? detail.userId
                                                    : detail.anonymousId;
    m_user->setFullText(user);
    m_user->setVisible(!user.isEmpty());
    m_time->setFullText(localClock(event.summary.receivedUs));
    m_time->setToolTip(utcAndAge(event.summary.receivedUs, nowUs()));
    const QLocale locale;
    m_batch->setFullText(detail.batchCount > 1 ? tr("%1 of %2 in its batch")
                                                     .arg(locale.toString(detail.indexInBatch + 1),
                                                          locale.toString(detail.batchCount))
                                               : QString());
    m_batch->setVisible(detail.batchCount > 1);
    showClock();

    const auto counted = [&locale](const QString &text, std::size_t count) {
        return count == 0 ? text : tr("%1 (%2)").arg(text, locale.toString(static_cast<qulonglong>(count)));
    };
    m_tabs->setTabText(static_cast<int>(Tab::Event), tr("Event"));
    m_tabs->setTabText(static_cast<int>(Tab::Findings), counted(tr("Findings"), event.findings.size()));
    m_tabs->setTabText(static_cast<int>(Tab::Request), tr("Request"));
    m_tabs->setTabText(static_cast<int>(Tab::Json), tr("JSON"));
    m_tabs->setTabText(static_cast<int>(Tab::Deliveries),
                       counted(tr("Deliveries"), detail.dispatches.size()));
    // What is no JSON has no tree; why is in the request.
    const bool hasTree = m_inspected->document != nullptr;
    if (!hasTree && currentTab() == Tab::Event) {
        setCurrentTab(Tab::Request);
        m_isOffTree = true;
    } else if (hasTree && m_isOffTree) {
        m_isOffTree = false;
        m_tabs->setTabEnabled(static_cast<int>(Tab::Event), true);
        setCurrentTab(currentTab() == Tab::Request ? Tab::Event : currentTab());
    }
    m_tabs->setTabEnabled(static_cast<int>(Tab::Event), hasTree);
}

void Inspector::showClock()
{
    constexpr std::int64_t usPerSecond = 1'000'000;
    const EventTimes &times = m_inspected->times;
    CaptureServices *capture = m_services.captureServices();
    const int limitSeconds =
        (capture == nullptr ? segment::HealthOptions() : capture->health()).clockSkewSeconds;
    QStringList parts;
    const std::int64_t skewUs = times.skewUs().value_or(0);
    if (std::abs(skewUs) > limitSeconds * usPerSecond) {
        parts += skewText(skewUs);
    }
    const QByteArray retries = retryCount(m_inspected->detail.head);
    if (!retries.isEmpty()) {
        parts += tr("retry %1").arg(QString::fromLatin1(retries));
    }
    m_clock->setFullText(parts.join(u"  ·  "_s));
    m_clock->setVisible(!parts.isEmpty());
    QString tip = parts.join(u'\n');
    if (const auto corrected = times.correctedUs()) {
        tip += u'\n' + tr("Happened at %1 by this machine’s clock").arg(localClock(*corrected));
    }
    m_clock->setToolTip(tip);
}

void Inspector::mute(const segment::Mute &mute, const QString &sentence)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr) {
        return;
    }
    segment::HealthOptions health = capture->health();
    if (std::ranges::find(health.mutes, mute) == health.mutes.end()) {
        health.mutes.push_back(mute);
        capture->setHealth(health);
    }
    emit undoable(sentence, [capture, mute] {
        segment::HealthOptions now = capture->health();
        std::erase(now.mutes, mute);
        capture->setHealth(now);
    });
}

void Inspector::fill(Tab tab)
{
    if (!m_inspected || std::exchange(m_isFilled[static_cast<std::size_t>(tab)], true)) {
        return;
    }
    switch (tab) {
    case Tab::Event:
        m_event->display(m_inspected, m_texts);
        break;
    case Tab::Findings:
        m_findings->display(m_inspected, m_texts);
        break;
    case Tab::Request:
        m_request->display(m_inspected);
        break;
    case Tab::Json:
        m_json->setText(m_inspected->pretty);
        break;
    case Tab::Deliveries:
        m_deliveries->display(m_inspected);
        break;
    }
}

void Inspector::showInPlan(const event::Finding &finding)
{
    if (m_inspected == nullptr) {
        return;
    }
    QStringList path;
    const std::vector<std::string> tokens = finding.at.tokens();
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const QString token = QString::fromStdString(tokens[i]);
        bool isIndex = false;
        static_cast<void>(token.toUInt(&isIndex));
        path.append(isIndex ? u"$"_s : token);
    }
    const bool isProperty = !tokens.empty() && (tokens.front() == "properties" || tokens.front() == "traits");
    emit planWanted(m_inspected->detail.event.summary.type, m_inspected->detail.event.name,
                    isProperty ? path : QStringList());
}

void Inspector::addToPlan()
{
    if (m_inspected != nullptr) {
        const event::Event &event = m_inspected->detail.event;
        m_answers->addToPlan(event.summary.type, event.name, event.source);
    }
}

void Inspector::showError(const base::Error &error)
{
    m_inspected.reset();
    m_problem->setTexts(error.what, QStringList{error.why, error.fix}.join(u' ').trimmed());
    m_place->setCurrentWidget(m_problem);
}

} // namespace ui
