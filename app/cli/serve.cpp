// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/servecapture.h"
#include "app/cli/signals.h"
#include "app/cli/totals.h"
#include "app/engine/engine.h"
#include "app/engine/findingwords.h"
#include "app/engine/preferences.h"
#include "base/mailbox.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <atomic>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// Prints what was committed, on the main thread, and notices when nothing comes any more.
class Watcher final : public QObject
{
public:
    explicit Watcher(bool isQuiet)
        : m_isQuiet(isQuiet)
    {
    }

    /// Store thread.
    void committed(const event::CommitNotice &notice)
    {
        if (notice.added == nullptr || notice.added->empty()) {
            return;
        }
        m_events += notice.added->size();
        if (!m_isQuiet && m_mailbox.post(notice.added)) {
            QMetaObject::invokeMethod(
                this, [this] { print(); }, Qt::QueuedConnection);
        }
    }

    [[nodiscard]] std::uint64_t events() const { return m_events; }

    void print()
    {
        for (const event::EventBatch &batch : m_mailbox.takeAll()) {
            for (const event::Event &event : *batch) {
                printEvent(event);
            }
        }
        m_out.flush();
    }

private:
    void printEvent(const event::Event &event)
    {
        const auto time = QDateTime::fromMSecsSinceEpoch(event.summary.receivedUs / 1000);
        const std::string_view type = event::word(event.summary.type);
        m_out << time.toString(u"HH:mm:ss.zzz"_s) << "  " << event.source << "  "
              << QLatin1StringView(type.data(), static_cast<qsizetype>(type.size())) << "  " << event.name
              << "  " << event.user << "  "
              << QString::fromStdString(std::string(event::word(event.state.status))) << '\n';
        for (const event::Finding &finding : event.findings) {
            m_out << "    " << QString::fromStdString(std::string(event::word(finding.severity))) << ": "
                  << engine::findingText(finding).message << " ["
                  << QString::fromStdString(std::string(event::word(finding.rule))) << "]\n";
        }
    }

    const bool m_isQuiet;
    std::atomic<std::uint64_t> m_events = 0;
    base::Mailbox<event::EventBatch> m_mailbox;
    QTextStream m_out{stdout};
};

/// None is held open while the writer runs: the last connection to close tidies the files up, and only a
/// writer can.
base::Result<event::EventId> newestEvent(const QString &storePath)
{
    auto reader = store::Reader::open(storePath);
    if (!reader) {
        return base::Failure(reader.error());
    }
    const auto newest = reader->newestIds({}, 1);
    if (!newest) {
        return base::Failure(newest.error());
    }
    return newest->empty() ? event::EventId{} : newest->front();
}

/// What came after an event.
base::Result<Totals> totalsSince(const QString &storePath, event::EventId after)
{
    auto reader = store::Reader::open(storePath);
    if (!reader) {
        return base::Failure(reader.error());
    }
    Totals totals;
    while (true) {
        const auto rows = reader->rows(after, 50'000);
        if (!rows) {
            return base::Failure(rows.error());
        }
        for (const store::Reader::Row &row : *rows) {
            totals.add(row.state);
        }
        if (rows->empty()) {
            return totals;
        }
        after = rows->back().summary.id;
    }
}

/// Names of the settings, or destination files.
base::Result<std::vector<deliver::DestinationConfig>> forwards(const QStringList &names,
                                                               const engine::Preferences *preferences)
{
    std::vector<deliver::DestinationConfig> chosen;
    for (const QString &name : names) {
        if (QFileInfo(name).isFile()) {
            auto config = deliver::DestinationConfig::fromFile(name);
            if (!config) {
                return base::Failure(config.error());
            }
            chosen.push_back(std::move(*config));
        } else {
            std::vector<deliver::DestinationConfig> known;
            if (preferences != nullptr) {
                known = preferences->destinations();
            }
            const auto found = std::ranges::find(known, name, &deliver::DestinationConfig::name);
            if (found == known.end()) {
                return base::failure(
                    base::ErrorCode::NotFound,
                    u"There is no destination '%1' in the settings, and no file of that name."_s.arg(name),
                    {}, u"Add it in the settings dialog, or give a destination file."_s);
            }
            chosen.push_back(*found);
        }
        chosen.back().isLive = true;
    }
    return chosen;
}

void printAddresses(const QString &what, const std::vector<capture::Address> &addresses)
{
    QTextStream err(stderr);
    for (const capture::Address &address : addresses) {
        const QString host = address.host.protocol() == QAbstractSocket::IPv6Protocol
                                 ? u'[' + address.host.toString() + u']'
                                 : address.host.toString();
        err << what << " on http://" << host << ':' << address.port << '\n';
    }
}

} // namespace

int serve(const QStringList &arguments)
{
    Arguments options(
        u"serve"_s,
        u"Captures the calls of Segment SDKs on a port of this machine, checks each against tracking plans "
        u"and\n"
        "naming conventions, and forwards them. Point the SDK's host or endpoint at the address it prints.\n"
        "Ends with Ctrl+C, after --duration, or when --until-idle has passed; the exit status then tells\n"
        "whether anything at or above --fail-on was found."_s);
    options.addOption(
        u"listen"_s,
        u"Capture on this address (default 127.0.0.1:8765 and [::1]:8765; port 0: any free one)."_s,
        u"ADDR:PORT"_s, u"8765"_s);
    options.addOption(u"api"_s, u"HTTP API on this address (default 127.0.0.1:8766; 'off': none)."_s,
                      u"ADDR:PORT"_s);
    options.addOption(u"store"_s,
                      u"Keep the events in this file. Without it a temporary store goes with the command."_s,
                      u"FILE"_s);
    options.addOption(u"plan"_s, u"Check against this tracking plan; may be given several times."_s,
                      u"FILE"_s);
    options.addOption(u"conventions"_s,
                      u"Naming conventions: a preset or a file ('off': none, the default)."_s,
                      u"NAME|FILE"_s);
    options.addOption(
        u"forward"_s,
        u"Forward live to this destination of the settings, or of a destination file; may be given several times."_s,
        u"NAME|FILE"_s);
    options.addOption(u"duration"_s, u"End after this many seconds."_s, u"SECONDS"_s);
    options.addOption(
        u"until-idle"_s,
        u"End when no event has come for this many seconds; the wait begins with the first event."_s,
        u"SECONDS"_s);
    options.addOption(u"fail-on"_s, u"Exit 1 for findings at or above: none, error, warning or info."_s,
                      u"LEVEL"_s, u"error"_s);
    options.addOption(u"strict-json"_s,
                      u"Answer 400 to JSON that Segment would refuse (it is kept all the same)."_s);
    addCaptureOptions(options);
    options.addOption(u"quiet"_s, u"No line per event."_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    if (!options.positional().isEmpty()) {
        return failed({base::ErrorCode::BadInput,
                       u"serve takes no '%1'."_s.arg(options.positional().first()),
                       {},
                       u"'trackside-cli serve --help' lists what it takes."_s});
    }
    const auto level = failLevel(options);
    if (!level) {
        return failed(level.error());
    }
    int durationSeconds = 0;
    int idleSeconds = 0;
    for (const auto &[name, target] :
         {std::pair{u"duration"_s, &durationSeconds}, std::pair{u"until-idle"_s, &idleSeconds}}) {
        if (options.isSet(name)) {
            const auto number = options.number(name, 1);
            if (!number) {
                return failed(number.error());
            }
            *target = *number;
        }
    }

    auto preferences = engine::Preferences::open();
    if (!preferences && options.isSet(u"forward"_s)) {
        return failed(preferences.error());
    }
    const auto destinations =
        forwards(options.values(u"forward"_s), preferences ? preferences->get() : nullptr);
    if (!destinations) {
        return failed(destinations.error());
    }

    std::optional<QTemporaryDir> temporary;
    engine::Options engineOptions;
    engineOptions.storePath = options.value(u"store"_s);
    if (engineOptions.storePath.isEmpty()) {
        temporary.emplace();
        if (!temporary->isValid()) {
            return failed({base::ErrorCode::Io, u"A temporary store can't be made."_s,
                           temporary->errorString() + u'.', u"Name a file with --store."_s});
        }
        engineOptions.storePath = temporary->filePath(u"events.trackside"_s);
    }
    engineOptions.plans = options.values(u"plan"_s);
    engineOptions.conventions = options.value(u"conventions"_s);
    engineOptions.isStrictJson = options.isSet(u"strict-json"_s);
    engineOptions.destinations = *destinations;
    const engine::Preferences *const settings = preferences ? preferences->get() : nullptr;
    if (const auto read = readCaptureOptions(options, settings, engineOptions); !read) {
        return failed(read.error());
    }
    const auto faults = readFaults(options, settings);
    if (!faults) {
        return failed(faults.error());
    }

    Watcher watcher(options.isSet(u"quiet"_s));
    engine::Listeners listeners;
    listeners.committed = [&watcher](const event::CommitNotice &notice) { watcher.committed(notice); };
    listeners.storeHealth = [](bool isFailing, const base::Error &error) {
        if (isFailing) {
            QTextStream(stderr) << "trackside-cli: " << error.oneLine() << '\n';
        }
    };
    const QStringList domains = engineOptions.proxy.domains;
    auto started = engine::Engine::start(std::move(engineOptions), std::move(listeners));
    if (!started) {
        return failed(started.error());
    }
    std::unique_ptr<engine::Engine> &running = *started;
    const QString storePath = running->storePath();
    const auto before = newestEvent(storePath);
    if (!before) {
        return failed(before.error());
    }

    for (const capture::Fault &fault : *faults) {
        if (const auto begun = running->captureParts().faults.start(fault); !begun) {
            return failed(begun.error());
        }
    }
    if (const auto listened = running->listen(options.value(u"listen"_s)); !listened) {
        return failed(listened.error());
    }
    printAddresses(u"Capturing"_s, running->addresses());
    if (const auto authority = running->captureParts().existingAuthority()) {
        QTextStream(stderr) << domainWarnings(*authority, domains);
    }
    if (const QString api = options.value(u"api"_s); api != u"off"_s) {
        const auto served = running->serveApi(api.isEmpty() ? u"127.0.0.1:8766"_s : api);
        if (!served && !api.isEmpty()) {
            return failed(served.error());
        }
        if (!served) {
            QTextStream(stderr) << "No HTTP API: " << served.error().oneLine() << '\n';
        }
        printAddresses(u"HTTP API"_s, running->apiAddresses());
    }

    const Signals ending([] { QCoreApplication::quit(); });
    QTimer durationTimer;
    if (durationSeconds > 0) {
        durationTimer.setSingleShot(true);
        QObject::connect(&durationTimer, &QTimer::timeout, &watcher, [] { QCoreApplication::quit(); });
        durationTimer.start(durationSeconds * 1000);
    }
    QTimer idleTimer;
    if (idleSeconds > 0) {
        constexpr int stepMs = 100;
        QObject::connect(&idleTimer, &QTimer::timeout, &watcher,
                         [&watcher, seen = std::uint64_t{0}, idleSteps = 0,
                          limit = idleSeconds * 1000 / stepMs]() mutable {
                             const std::uint64_t now = watcher.events();
                             idleSteps = now == seen ? idleSteps + 1 : 0;
                             seen = now;
                             if (now > 0 && idleSteps >= limit) {
                                 QCoreApplication::quit();
                             }
                         });
        idleTimer.start(stepMs);
    }
    QCoreApplication::exec();

    if (!destinations->empty()) {
        running->finishDeliveries(10'000);
    }
    const QString played = faultLines(running->captureParts().faults.reports());
    running.reset();
    watcher.print();
    const auto totals = totalsSince(storePath, *before);
    if (!totals) {
        return failed(totals.error());
    }
    QTextStream(stderr) << played << totals->line() << "; "
                        << counted(totals->of(event::Status::Rejected), u"rejected request"_s,
                                   u"rejected requests"_s)
                        << ".\n";
    return totals->exitStatus(*level);
}

} // namespace cli
