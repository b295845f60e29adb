// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "windowrun.h"

#include "floor.h"
#include "load.h"
#include "million.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/filterbox.h"

#include <QKeyEvent>
#include <QProcess>
#include <QScrollBar>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace {

constexpr int settleMs = 1'500; ///< of load, before measuring
constexpr int keyMs = 90;
constexpr int recheckLimitMs = 120'000;
constexpr int scrollMs = 16;
constexpr int scrollSteps = 400; ///< from one end of the rows to the other

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QString times(double value, double floor)
{
    return floor > 0 ? u", %1 times the floor"_s.arg(value / floor, 0, 'f', 1) : QString();
}

} // namespace

WindowRun::WindowRun(FrameApplication &application, WindowPlan plan)
    : m_application(application)
    , m_plan(std::move(plan))
{
}

WindowRun::~WindowRun()
{
    m_application.painted = {};
    m_application.watch(nullptr);
}

template <typename Condition>
bool WindowRun::waitFor(Condition condition)
{
    constexpr double limitMs = 20'000;
    const Clock::time_point start = Clock::now();
    QTimer wake;
    wake.start(5);
    while (!condition()) {
        if (msBetween(start, Clock::now()) > limitMs) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

int WindowRun::run()
{
    if (!measureStart()) {
        printLine(u"the window did not show the store"_s, {});
        return 1;
    }
    printHeading(u"A bare QTableView of as many rows, under the same inserts (the floor)"_s);
    m_floor = measureFloor(m_application, static_cast<int>(m_plan.rows),
                           static_cast<int>(m_plan.eventsPerSecond), std::min(3.0, m_plan.seconds));
    printSamples(u"frame gaps"_s, m_floor.gaps);
    printSamples(u"frame paint"_s, m_floor.frames);
    m_application.watch(m_window.get());

    printHeading(u"Filters over all rows, without load: from set to swapped in"_s);
    for (const QString &filter : {u"type:track"_s, u"status:violation"_s, u"event:\"Order *\""_s,
                                  u"has:lint"_s, u"user:user_1*"_s, QString()}) {
        measureFilter(filter);
    }
    measureRecheck(u"segment"_s);
    measureRecheck(conventions());
    m_probes = std::make_unique<Probes>(m_port);
    const auto under = [this](const QString &what) {
        return u"%1 events/s in, %2"_s.arg(m_plan.eventsPerSecond, 0, 'f', 0).arg(what);
    };
    measureLoad(under(u"following"_s), Motion::Following);
    measureLoad(under(u"scrolling through all rows"_s), Motion::Scrolling);
    setFilter(u"status:violation"_s);
    measureLoad(under(u"status:violation set"_s), Motion::Following);
    setFilter({});
    m_toType = u"event:\"Order *\""_s;
    measureLoad(under(u"typing event:\"Order *\""_s), Motion::Typing);
    m_probes.reset();
    return 0;
}

bool WindowRun::measureStart()
{
    printHeading(u"Start with %1 events in the store"_s.arg(m_plan.rows));
    auto preferences = engine::Preferences::open(m_settings.path());
    if (!preferences) {
        return false;
    }
    m_port = freePort();
    m_theme = std::make_unique<ui::Theme>();
    m_theme->install(m_application);
    m_services = std::make_unique<trackside::GuiServices>(
        std::move(*preferences),
        trackside::GuiServices::Options{
            m_plan.store, u"127.0.0.1:%1"_s.arg(m_port), {planPath()}, conventions()});
    m_window = std::make_unique<ui::MainWindow>(*m_services, *m_theme);
    ui::StreamModel &model = m_window->stream().model();
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { insert(first, last); });
    connect(&model, &ui::StreamModel::swapped, this, [this] { m_swapped = Clock::now(); });

    Clock::time_point firstPaint;
    Clock::time_point firstRowsPaint;
    m_application.painted = [&](Clock::time_point when) {
        firstPaint = firstPaint == Clock::time_point() ? when : firstPaint;
        if (model.rowCount() > 0 && firstRowsPaint == Clock::time_point() &&
            m_window->stream().table().viewport()->isVisible()) {
            firstRowsPaint = when;
        }
    };
    m_application.watch(m_window.get());
    m_application.begin();
    m_window->show();
    m_services->start();
    const bool isLoaded = waitFor([&] {
        return model.loggedRows() >= m_plan.rows && static_cast<std::size_t>(model.rowCount()) >= m_plan.rows;
    });
    const Clock::time_point allRows = Clock::now();
    const FrameFigures figures = m_application.end();
    m_application.painted = [this](Clock::time_point when) {
        if (m_probes) {
            m_probes->painted(when);
        }
    };
    printLine(u"process start to first paint"_s, ms(msBetween(m_plan.started, firstPaint)), u"500 ms"_s);
    printLine(u"to the first rows on screen"_s, ms(msBetween(m_plan.started, firstRowsPaint)), u"1000 ms"_s);
    printLine(u"to all rows in the table"_s, ms(msBetween(m_plan.started, allRows)));
    printSamples(u"GUI thread late meanwhile"_s, figures.stalls);
    printLine(u"memory with all rows"_s, u"%1 MB"_s.arg(residentMb(), 0, 'f', 0), u"400 MB"_s);
    // The plan is loaded and the port open before the rest is measured.
    return isLoaded && waitFor([this] { return !m_services->captureState().addresses.empty(); });
}

void WindowRun::insert(int first, int last)
{
    if (!m_probes) {
        return;
    }
    const ui::StreamModel &model = m_window->stream().model();
    for (int row = first; row <= last; ++row) {
        const std::uint32_t user = event::raw(model.rowAt(row).summary.user);
        if (user > m_lastUser) { // dictionary ids grow: only new users can be probes
            m_lastUser = user;
            m_probes->inModel(model.text(ui::TextKind::User, user));
        }
    }
}

void WindowRun::setFilter(const QString &filter)
{
    const Clock::time_point before = Clock::now();
    m_window->filterBox().setFilter(filter);
    (void)waitFor([&] { return m_swapped > before && m_window->stream().model().isFilterComplete(); });
}

void WindowRun::measureFilter(const QString &filter)
{
    m_application.begin();
    const Clock::time_point before = Clock::now();
    setFilter(filter);
    const Clock::time_point after = m_swapped;
    const FrameFigures figures = m_application.end();
    printLine(filter.isEmpty() ? u"(cleared)"_s : filter,
              u"%1, %2 rows, GUI late at most %3"_s.arg(ms(msBetween(before, after)))
                  .arg(m_window->stream().model().rowCount())
                  .arg(ms(figures.stalls.worst())),
              u"50 ms"_s);
}

void WindowRun::measureRecheck(const QString &newConventions)
{
    printHeading(u"Conventions changed to %1: all rows checked again, while scrolling"_s.arg(newConventions));
    QTimer move;
    move.setTimerType(Qt::PreciseTimer);
    connect(&move, &QTimer::timeout, this, &WindowRun::scrollOn);
    move.start(scrollMs);
    m_application.begin();
    const double cpuBefore = processCpuSeconds();
    const Clock::time_point before = Clock::now();
    m_services->setConventions(newConventions);
    const auto isRunning = [this] { return m_services->recheckProgress().total != 0; };
    const bool hasRun = waitFor(isRunning);
    bool isOver = false;
    while (!isOver && msBetween(before, Clock::now()) < recheckLimitMs) {
        isOver = waitFor([&isRunning] { return !isRunning(); });
    }
    const double seconds = msBetween(before, Clock::now()) / 1000;
    const FrameFigures figures = m_application.end();
    printLine(
        u"done"_s,
        hasRun && isOver
            ? u"%1 s, CPU %2 s"_s.arg(seconds, 0, 'f', 1).arg(processCpuSeconds() - cpuBefore, 0, 'f', 1)
            : u"not within %1 s"_s.arg(recheckLimitMs / 1000),
        u"30 s"_s);
    printSamples(u"frame gaps"_s, figures.gaps, u"p95 20 ms"_s);
    printLine({}, u"p95"_s + times(figures.gaps.percentile(0.95), m_floor.gaps.percentile(0.95)).mid(1));
    printSamples(u"GUI thread late"_s, figures.stalls);
    m_window->stream().table().goToNewest();
}

void WindowRun::measureLoad(const QString &what, Motion motion)
{
    printHeading(what);
    QProcess load;
    load.start(QCoreApplication::applicationFilePath(),
               {u"--load"_s, QString::number(m_port), u"--rate"_s, QString::number(m_plan.eventsPerSecond),
                u"--seconds"_s, QString::number(m_plan.seconds + settleMs / 1000.0)});
    QEventLoop loop;
    QTimer move;
    move.setTimerType(Qt::PreciseTimer);
    connect(&move, &QTimer::timeout, this,
            [this, motion] { motion == Motion::Scrolling ? scrollOn() : typeOn(); });
    double cpuBefore = 0;
    QTimer::singleShot(settleMs, this, [&] {
        m_probes->forget();
        cpuBefore = processCpuSeconds();
        m_application.begin();
        if (motion != Motion::Following) {
            m_typed = 0;
            move.start(motion == Motion::Scrolling ? scrollMs : keyMs);
        }
    });
    QTimer::singleShot(settleMs + static_cast<int>(m_plan.seconds * 1000), &loop, &QEventLoop::quit);
    loop.exec();
    move.stop();
    const FrameFigures figures = m_application.end();
    const double cpu = (processCpuSeconds() - cpuBefore) / m_plan.seconds;
    const Samples toModel = m_probes->toModel();
    const Samples toScreen = m_probes->toScreen();
    load.waitForFinished(10'000);

    ui::StreamTable &table = m_window->stream().table();
    printLine(u"load"_s, QString::fromUtf8(load.readAllStandardOutput()));
    printSamples(u"frame gaps"_s, figures.gaps, u"p95 20 ms"_s);
    printLine({}, u"p95"_s + times(figures.gaps.percentile(0.95), m_floor.gaps.percentile(0.95)).mid(1));
    printSamples(u"frame paint"_s, figures.frames);
    printLine({}, u"p50"_s + times(figures.frames.percentile(0.5), m_floor.frames.percentile(0.5)).mid(1));
    printSamples(u"GUI thread late"_s, figures.stalls);
    printSamples(u"request sent to row in the table"_s, toModel);
    if (table.isFollowing()) {
        printSamples(u"request sent to row on screen"_s, toScreen, u"100 ms"_s);
    }
    printLine(u"CPU"_s, u"GUI thread %1%, all %2% of a core"_s.arg(figures.guiShare * 100, 0, 'f', 0)
                            .arg(cpu * 100, 0, 'f', 0));
    printLine(u"memory, rows"_s,
              u"%1 MB, %2 of %3 rows"_s.arg(residentMb(), 0, 'f', 0)
                  .arg(m_window->stream().model().rowCount())
                  .arg(m_window->stream().model().loggedRows()),
              u"400 MB"_s);
    if (motion == Motion::Scrolling) {
        table.goToNewest();
    }
}

void WindowRun::scrollOn()
{
    QScrollBar *bar = m_window->stream().table().verticalScrollBar();
    const int step = std::max(1, bar->maximum() / scrollSteps);
    bar->setValue(bar->value() <= step ? bar->maximum() : bar->value() - step);
}

void WindowRun::typeOn()
{
    ui::FilterBox &box = m_window->filterBox();
    if (m_typed >= m_toType.size()) {
        box.clear();
        m_typed = 0;
        return;
    }
    const QChar letter = m_toType[m_typed++];
    QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
    QCoreApplication::sendEvent(&box, &press);
}
