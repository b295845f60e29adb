// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/eventinput.h"
#include "app/cli/progress.h"
#include "app/cli/signals.h"
#include "app/engine/engine.h"

#include <QCoreApplication>
#include <QTextStream>

#include <thread>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

void printProblems(const QString &path, const segment::ImportReport &report)
{
    QTextStream err(stderr);
    const QString name = path == u"-"_s ? u"standard input"_s : path;
    for (const segment::ImportProblem &problem : report.problems) {
        err << name << ": " << problem.place << ": " << problem.message << '\n';
    }
    if (report.unreadable > report.problems.size()) {
        err << name << ": and " << report.unreadable - report.problems.size() << " more like these.\n";
    }
}

struct Sums
{
    std::uint64_t events = 0, rejected = 0, skipped = 0, unreadable = 0;

    void add(const engine::ImportTotals &totals)
    {
        events += totals.events;
        rejected += totals.rejected;
        skipped += totals.report.skipped;
        unreadable += totals.report.unreadable;
    }

    /// "3 events imported; 1 request rejected, 2 other requests skipped, 1 part not readable."
    [[nodiscard]] QString line() const
    {
        QStringList rest;
        if (rejected > 0) {
            rest += counted(rejected, u"request"_s, u"requests"_s) + u" rejected"_s;
        }
        if (skipped > 0) {
            rest += counted(skipped, u"other request"_s, u"other requests"_s) + u" skipped"_s;
        }
        if (unreadable > 0) {
            rest += counted(unreadable, u"part"_s, u"parts"_s) + u" not readable"_s;
        }
        return counted(events, u"event"_s, u"events"_s) + u" imported"_s +
               (rest.isEmpty() ? QString() : u"; "_s + rest.join(u", "_s)) + u'.';
    }
};

/// Runs off the main thread, whose loop waits for signals.
base::Result<Sums> importAll(engine::Engine &engine, const QStringList &paths, const std::stop_token &stop)
{
    Sums sums;
    Progress progress(u"Imported"_s);
    for (const QString &path : paths) {
        const auto totals = engine.importRequests(
            [&path](const segment::TakeRequest &take, const std::stop_token &stopped) {
                return readEvents(path, take, stopped);
            },
            [&progress, before = sums.events](std::uint64_t done) { progress.set(before + done); }, stop);
        if (!totals) {
            return base::Failure(totals.error());
        }
        printProblems(path, totals->report);
        sums.add(*totals);
    }
    return sums;
}

} // namespace

int importEvents(const QStringList &arguments)
{
    Arguments options(
        u"import"_s,
        u"Puts events into a store, through the same steps as captured ones. EVENTS is a file or - "
        u"(standard input):\n"
        "NDJSON, a JSON array, a Segment batch body, a HAR, curl commands, or a Trackside store."_s);
    options.addOption(u"store"_s, u"The store to put them into; it is made when it is not there."_s,
                      u"FILE"_s);
    options.addOption(u"plan"_s, u"Check against this tracking plan; may be given several times."_s,
                      u"FILE"_s);
    options.addOption(u"conventions"_s,
                      u"Naming conventions: a preset or a file ('off': none, the default)."_s,
                      u"NAME|FILE"_s);
    options.addPositional(u"events"_s, u"Files with events, or -."_s, u"EVENTS..."_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    if (options.value(u"store"_s).isEmpty()) {
        return failed(
            {base::ErrorCode::BadInput, u"No store was named."_s, {}, u"Name one with --store FILE."_s});
    }
    if (options.positional().isEmpty()) {
        return failed({base::ErrorCode::BadInput,
                       u"No events were named."_s,
                       {},
                       u"Name a file, or - for standard input."_s});
    }

    engine::Options engineOptions;
    engineOptions.storePath = options.value(u"store"_s);
    engineOptions.plans = options.values(u"plan"_s);
    engineOptions.conventions = options.value(u"conventions"_s);
    engineOptions.programName = u"trackside-cli import"_s;
    auto started = engine::Engine::start(std::move(engineOptions), {});
    if (!started) {
        return failed(started.error());
    }

    base::Result<Sums> sums;
    {
        std::jthread importing([&](const std::stop_token &stop) {
            sums = importAll(**started, options.positional(), stop);
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        });
        const Signals ending([&importing] { importing.request_stop(); });
        QCoreApplication::exec();
    }
    started->reset(); // the store is closed before anything is said of it
    if (!sums) {
        return failed(sums.error());
    }
    QTextStream(stderr) << sums->line() << '\n';
    return exitClean;
}

} // namespace cli
