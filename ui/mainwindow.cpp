// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow.h"

#include "ui/audit/auditpage.h"
#include "ui/capturenotices.h"
#include "ui/captureroutes.h"
#include "ui/commands/commandpalette.h"
#include "ui/commands/shortcutsdialog.h"
#include "ui/plan/planpage.h"
#include "ui/settings/looksettings.h"
#include "ui/setup/sdkchooser.h"
#include "ui/setup/setuppage.h"
#include "ui/sources/sourcecatalog.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/toolbar.h"
#include "ui/widgets/connectionpill.h"
#include "ui/widgets/filterbox.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/statusbarview.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDateTime>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int statusTickMs = 1'000;
constexpr qsizetype paletteValues = 200;

QString pageKey(MainWindow::Page page)
{
    switch (page) {
    case MainWindow::Page::Stream:
        return u"stream"_s;
    case MainWindow::Page::Plan:
        return u"plan"_s;
    case MainWindow::Page::Audit:
        return u"audit"_s;
    case MainWindow::Page::Setup:
        return u"setup"_s;
    }
    return {};
}

/// The page a saved key names; that of Setup is chosen by what the store holds.
MainWindow::Page pageOf(const QString &key, MainWindow::Page otherwise)
{
    for (const auto page : {MainWindow::Page::Stream, MainWindow::Page::Plan, MainWindow::Page::Audit}) {
        if (pageKey(page) == key)
            return page;
    }
    return otherwise;
}

QFrame *hairline(QFrame::Shape shape, QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(shape);
    if (shape == QFrame::HLine)
        line->setFixedHeight(1);
    else
        line->setFixedWidth(1);
    return line;
}

} // namespace

MainWindow::MainWindow(Services &services, Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(new ActionRegistry(theme, this))
{
    // Before the first text is made.
    QCoreApplication::installTranslator(&m_plurals);
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Trackside"));
    setWindowIcon(QIcon(u":/icons/trackside.svg"_s));
    setMinimumSize(860, 560);
    resize(1280, 800);
    applyLook(services.settings(), theme);
    buildFrame();
    m_actions->attachTo(*this);
    connectPages();
    connectCommands();
    connectServices();
    restoreState();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    auto *frame = new QWidget(this);
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_toolbar = new Toolbar(m_services, m_theme, *m_actions, frame);
    m_filter = &m_toolbar->filter();
    column->addWidget(m_toolbar);
    column->addWidget(hairline(QFrame::HLine, frame));
    m_captureNotices = new CaptureNotices(m_services, m_theme, frame);
    m_storeNotice = new Notice(m_theme, frame);
    m_notice = new Notice(m_theme, frame);
    m_notice->setObjectName(u"notice"_s);
    for (QWidget *notice : std::initializer_list<QWidget *>{m_storeNotice, m_captureNotices, m_notice})
        column->addWidget(notice);

    m_sidebar = new Sidebar(m_theme, frame);
    m_stack = new QStackedWidget(frame);
    m_stream = new StreamPage(m_services, m_theme, *m_actions, m_stack);
    m_plan = new PlanPage(m_services, m_theme, *m_actions, m_stack);
    m_audit = new AuditPage(m_services, m_theme, *m_actions, m_stack);
    m_setup = new SetupPage(m_services, m_theme, m_stream->model(), *m_actions, m_stack);
    const auto addPage = [this](QWidget *widget, Page page, Command command, Icon icon) {
        m_stack->addWidget(widget);
        const QAction &action = m_actions->action(command);
        m_sidebar->addPage(static_cast<int>(page), icon, action.text(), action.shortcut());
    };
    addPage(m_stream, Page::Stream, Command::ShowStream, Icon::Stream);
    addPage(m_plan, Page::Plan, Command::ShowPlan, Icon::Plan);
    addPage(m_audit, Page::Audit, Command::ShowAudit, Icon::Audit);
    addPage(m_setup, Page::Setup, Command::ShowSetup, Icon::Setup);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_sidebar);
    body->addWidget(hairline(QFrame::VLine, frame));
    body->addWidget(m_stack, 1);
    column->addLayout(body, 1);
    m_status = new StatusBarView(m_theme, frame);
    column->addWidget(m_status);
    setCentralWidget(frame);
    m_toast = new Toast(m_theme, *this);
    m_routes = new CaptureRoutes(m_services, m_theme, *m_actions, *m_toast, *m_status, *this);
    m_toolbar->pill().setMoreActions(m_routes->menuActions());
    m_filter->setSeenValues(m_stream->seenValues());
}

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::pageChosen, this, [this](int id) {
        m_hasChosenPage = true;
        showPage(static_cast<Page>(id));
        // Arrow keys walk the pages: the focus stays with them.
        if (!m_sidebar->isAncestorOf(QApplication::focusWidget()))
            focusPage();
    });
    connect(m_filter, &FilterBox::queryChanged, this, [this](const filter::Query &query) {
        if (m_filter->hasFocus() && page() != Page::Stream)
            showPage(Page::Stream);
        m_stream->setFilter(query);
        m_audit->setFilterText(m_filter->text());
        m_plan->setStreamFilter(m_filter->text());
    });
    connect(m_filter, &FilterBox::tableKeyPressed, this, [this](int key, Qt::KeyboardModifiers modifiers) {
        if (page() != Page::Stream)
            showPage(Page::Stream);
        m_stream->handleTableKey(key, modifiers);
    });
    connect(m_stream, &StreamPage::filterTextChanged, m_filter, &FilterBox::setFilter);
    connect(m_stream, &StreamPage::said, m_toast, &Toast::say);
    connect(m_stream, &StreamPage::undoable, this,
            [this](const QString &text, const std::function<void()> &undo) {
                m_toast->offer(text, tr("Undo"), undo);
            });
    connect(m_stream, &StreamPage::sourceSettingsWanted, this,
            [this] { showSettings(SettingsDialog::Group::Sources); });
    connect(&m_stream->sources(), &SourceCatalog::changed, this,
            [this] { m_theme.setSourceColors(m_stream->sources().colors()); });
    m_theme.setSourceColors(m_stream->sources().colors());
    connect(m_stream, &StreamPage::setupWanted, this, [this] { choosePage(Page::Setup); });
    connect(m_stream, &StreamPage::destinationsWanted, this,
            [this] { showSettings(SettingsDialog::Group::Destinations); });
    connect(m_plan, &PlanPage::streamWanted, this, &MainWindow::showFilter);
    connect(m_audit, &AuditPage::streamWanted, this, &MainWindow::showFilter);
    connect(m_audit, &AuditPage::said, m_toast, &Toast::say);
    const auto showRule = [this](event::CallType type, const QString &name, const QStringList &path) {
        choosePage(Page::Plan);
        m_plan->showRule(type, name, path);
    };
    connect(m_audit, &AuditPage::planWanted, this, showRule);
    connect(m_stream, &StreamPage::planWanted, this, showRule);
    connect(m_audit, &AuditPage::openPlanWanted, m_plan, &PlanPage::choosePlans);
    connect(m_plan, &PlanPage::eventWanted, this, &MainWindow::showEvent);
    connect(m_plan, &PlanPage::said, m_toast, &Toast::say);
    connect(m_plan, &PlanPage::closeAllowed, this, &QWidget::close);
    connect(m_setup, &SetupPage::eventWanted, this, &MainWindow::showEvent);
    connect(m_setup, &SetupPage::said, m_toast, &Toast::say);
    connect(m_setup, &SetupPage::settingsWanted, this,
            [this] { showSettings(SettingsDialog::Group::Capture); });
    connect(m_toolbar, &Toolbar::planPageWanted, this, [this] { choosePage(Page::Plan); });
    connect(m_toolbar, &Toolbar::checksWanted, this, [this] { showSettings(SettingsDialog::Group::Checks); });
    connect(&m_toolbar->pill(), &ConnectionPill::settingsWanted, this,
            [this] { showSettings(SettingsDialog::Group::Capture); });
    connect(&m_toolbar->pill(), &ConnectionPill::addressCopied, this,
            [this](const QString &address) { m_toast->say(tr("Copied http://%1").arg(address)); });
    connect(m_status, &StatusBarView::filterWanted, this, &MainWindow::showFilter);
    connect(m_status, &StatusBarView::cancelRecheckWanted, this, [this] {
        m_services.cancelRecheck();
        m_toast->offer(tr("Older events keep the verdict they had"), tr("Check again"),
                       [this] { m_services.checkAgain(); });
        tickStatus();
    });
    connect(&m_stream->model(), &StreamModel::totalsChanged, this,
            [this] { m_status->setTotals(m_stream->model().totals()); });
    // Queued: whether the rows are old or new is known at the end of the tick.
    connect(&m_stream->model(), &StreamModel::totalsChanged, this, &MainWindow::decideFirstPage,
            Qt::QueuedConnection);
}

void MainWindow::connectCommands()
{
    const auto on = [this](Command command, auto run) {
        connect(&m_actions->action(command), &QAction::triggered, this, run);
    };
    on(Command::ShowStream, [this] { choosePage(Page::Stream); });
    on(Command::ShowPlan, [this] { choosePage(Page::Plan); });
    on(Command::ShowAudit, [this] { choosePage(Page::Audit); });
    on(Command::ShowSetup, [this] { choosePage(Page::Setup); });
    on(Command::FocusFilter, [this] {
        choosePage(Page::Stream);
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    on(Command::NewSession, [this] { askForSession(); });
    on(Command::ToggleTheme, [this] {
        m_theme.toggle();
        const bool isDark = m_theme.variant() == Theme::Variant::Dark;
        if (const auto saved =
                m_services.settings().setText(base::keys::theme, isDark ? u"dark"_s : u"light"_s);
            !saved)
            m_notice->showError(saved.error());
    });
    on(Command::ToggleSidebar, [this] {
        m_sidebar->setWidthMode(m_sidebar->widthMode() == Sidebar::Width::Full ? Sidebar::Width::Icons
                                                                               : Sidebar::Width::Full);
    });
    on(Command::OpenSettings, [this] { showSettings(SettingsDialog::Group::Capture); });
    on(Command::OpenPalette, [this] { showPalette(); });
    on(Command::ShowShortcuts, [this] { (new ShortcutsDialog(m_theme, *m_actions, this))->show(); });
    on(Command::Quit, [this] { close(); });
    on(Command::PlayDemo, [this] {
        if (m_services.isDemoPlaying())
            m_services.stopDemo();
        else
            m_services.playDemo();
    });
}

void MainWindow::connectServices()
{
    connect(&m_services, &Services::failed, this,
            [this](const base::Error &error) { m_notice->showError(error); });
    connect(&m_services, &Services::storeHealthChanged, this,
            [this](bool isFailing, const base::Error &error) {
                if (isFailing)
                    m_storeNotice->showError(error);
                else
                    m_storeNotice->hide();
            });
    connect(m_captureNotices, &CaptureNotices::settingsWanted, this,
            [this] { showSettings(SettingsDialog::Group::Capture); });
    connect(m_captureNotices, &CaptureNotices::faultsWanted, m_routes, &CaptureRoutes::openFaults);
    connect(m_routes, &CaptureRoutes::imported, this, [this] { choosePage(Page::Stream); });
    connect(&m_services, &Services::deliveryHealthChanged, m_status, &StatusBarView::setDeliveryHealth);
    connect(&m_statusTimer, &QTimer::timeout, this, &MainWindow::tickStatus);
    m_statusTimer.start(statusTickMs);
    tickStatus();
}

void MainWindow::showPage(Page page)
{
    m_stack->setCurrentIndex(static_cast<int>(page));
    m_sidebar->setCurrentPage(static_cast<int>(page));
    m_sidebar->setSection(page == Page::Stream ? m_stream->facets() : nullptr);
}

MainWindow::Page MainWindow::page() const
{
    return static_cast<Page>(m_stack->currentIndex());
}

void MainWindow::choosePage(Page page)
{
    m_hasChosenPage = true;
    showPage(page);
    focusPage();
}

void MainWindow::focusPage()
{
    switch (page()) {
    case Page::Stream:
        m_stream->table().setFocus();
        return;
    case Page::Plan:
        m_plan->focusFirst();
        return;
    case Page::Audit:
        m_audit->events().setFocus();
        return;
    case Page::Setup:
        m_setup->focusFirst();
        return;
    }
}

void MainWindow::decideFirstPage()
{
    if (m_hasChosenPage)
        return;
    if (m_stream->model().loggedRows() == 0) {
        showPage(Page::Setup);
    } else if (m_setup->light().state() == SetupLight::State::Waiting) {
        // The store held events already; a first live one is offered by the Setup page itself.
        choosePage(pageOf(m_savedPage, Page::Stream));
    }
}

void MainWindow::showFilter(const QString &filter)
{
    choosePage(Page::Stream);
    m_filter->setFilter(filter);
}

void MainWindow::showEvent(event::EventId id)
{
    choosePage(Page::Stream);
    if (m_stream->selectEvent(id))
        return;
    connect(
        &m_stream->model(), &StreamModel::swapped, m_stream, [this, id] { m_stream->selectEvent(id); },
        Qt::SingleShotConnection);
    m_filter->setFilter({});
}

void MainWindow::showSettings(SettingsDialog::Group group)
{
    if (m_settings == nullptr) {
        m_settings = new SettingsDialog(m_services, m_theme, this);
        m_settings->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_settings, &SettingsDialog::soloWanted, &m_stream->sources(), &SourceCatalog::toggleSolo);
    }
    m_settings->showGroup(group);
}

void MainWindow::showPalette()
{
    std::vector<CommandPalette::Entry> more;
    const auto add = [&](filter::Field field, const QString &term, Icon icon, const QString &kind) {
        for (const QString &value : m_stream->seenValues()(field, {}, {}).mid(0, paletteValues)) {
            more.push_back({m_theme.icon(icon), value, kind, [this, term, value] {
                                showFilter(u"%1:\"%2\""_s.arg(term, QString(value).remove(u'"')));
                            }});
        }
    };
    add(filter::Field::Event, u"event"_s, Icon::Stream, tr("Event"));
    add(filter::Field::Source, u"source"_s, Icon::Filter, tr("Source"));
    (new CommandPalette(m_theme, *m_actions, std::move(more), this))->show();
}

void MainWindow::askForSession()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"sessionDialog"_s);
    dialog->setWindowTitle(tr("New session"));
    dialog->setLabelText(tr("Name of the session that starts now; earlier events stay in theirs:"));
    dialog->setTextValue(
        tr("Session of %1").arg(QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat)));
    dialog->setOkButtonText(tr("Start session"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &name) {
        m_services.newSession(name.trimmed());
        m_toast->say(tr("Session “%1” started").arg(name.trimmed()));
    });
    dialog->open();
}

void MainWindow::tickStatus()
{
    m_status->setDisk(m_services.storeBytes(), m_services.freeDiskBytes());
    const Services::RecheckProgress recheck = m_services.recheckProgress();
    m_status->setRecheck(recheck.done, recheck.total);
}

void MainWindow::restoreState()
{
    const WindowState state = WindowState::load(m_services.settings(), WindowState::screenLayout());
    if (!state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    if (!state.stream.isEmpty())
        m_stream->restoreState(state.stream);
    m_sidebar->setWidthMode(state.isSidebarCollapsed ? Sidebar::Width::Icons : Sidebar::Width::Full);
    m_filter->setHistory(state.filterHistory);
    m_savedPage = state.page;
    showPage(pageOf(state.page, Page::Setup));
    focusPage();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_plan->mayClose()) {
        event->ignore();
        return;
    }
    const WindowState state{.geometry = saveGeometry(),
                            .stream = m_stream->saveState(),
                            .page = pageKey(page()),
                            .isSidebarCollapsed = m_sidebar->widthMode() == Sidebar::Width::Icons,
                            .filterHistory = m_filter->history()};
    // The window goes either way: what can't be saved is only how it looked.
    static_cast<void>(state.save(m_services.settings(), WindowState::screenLayout()));
    event->accept();
}

} // namespace ui
