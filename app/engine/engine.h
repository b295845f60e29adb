// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/captureparts.h"
#include "app/engine/checkloading.h"
#include "app/engine/importing.h"
#include "app/engine/readthread.h"
#include "capture/server.h"
#include "check/checker.h"
#include "deliver/queue.h"
#include "event/event.h"
#include "intake/intake.h"
#include "stream/stream.h"

#include <QHash>

namespace engine {

enum class Watch : std::uint8_t {
    Stream, ///< for the window: rows of the store are loaded and kept in memory
    None,   ///< for the command line: what is wanted comes from the store
};

struct Options
{
    QString storePath;
    QString listen;      ///< as capture::parseListen reads it
    QString apiListen;   ///< empty: no HTTP API
    QStringList plans;   ///< files
    QString conventions; ///< preset or file; "off" or empty: none
    bool isStrictJson = false;
    std::vector<deliver::DestinationConfig> destinations;
    QHash<QString, QString> sourceNames; ///< SourceKey::keyHash -> name
    QString authorityFolder;             ///< empty: the user's own
    capture::ProxyOptions proxy;
    std::vector<intake::SourceConfig> sources;
    segment::HealthOptions health;
    std::vector<capture::Device> devices; ///< of the network, that were accepted or refused before
    capture::Devices::Access deviceAccess = capture::Devices::Access::Accepted;
    Watch watch = Watch::None;
    QString programName; ///< for the lock file
};

/// What the engine tells; each is called on one of its threads and must not block.
struct Listeners
{
    std::function<void(const event::CommitNotice &)> committed;
    std::function<void(const capture::Sighting &)> sighted;
    std::function<void(const QList<deliver::DestinationHealth> &)> deliveryHealth;
    std::function<void(bool isFailing, const base::Error &)> storeHealth;
    CaptureListeners capture;
};

/// The default store of the desktop application.
[[nodiscard]] QString defaultStorePath();

/// Builds, starts and stops every part, in order; the one place that knows all modules. start() may run on
/// any thread; the rest is called from one thread, the owner's.
class Engine
{
public:
    /// Opens the store and starts the pipeline. A port that is taken is no failure here: see listen().
    [[nodiscard]] static base::Result<std::unique_ptr<Engine>> start(Options options, Listeners listeners);
    /// Stops in reverse order: no new requests, what is queued is stored and answered, then the rest.
    ~Engine();

    [[nodiscard]] base::Result<void> listen(const QString &addresses);
    [[nodiscard]] std::vector<capture::Address> addresses() const;
    [[nodiscard]] base::Result<void> serveApi(const QString &addresses); ///< empty: off
    [[nodiscard]] std::vector<capture::Address> apiAddresses() const;

    /// Reads the files, but those of `open`, and swaps the checker; stored events are checked again in the
    /// background. The open ones stand in for their files until the next call.
    [[nodiscard]] base::Result<void> setChecks(const QStringList &plans, const QString &conventions,
                                               std::vector<OpenPlan> open = {});
    [[nodiscard]] std::shared_ptr<const check::Checker> checker() const;
    [[nodiscard]] std::uint64_t recheckBacklog() const;
    [[nodiscard]] intake::RecheckProgress recheckProgress() const;
    /// What it had not come to keeps its old verdict until checkAgain(), the next change or the next start.
    void cancelRecheck();
    void checkAgain();
    /// These first, in the recheck that begins or runs.
    void preferForRecheck(std::vector<event::EventId> ids);

    void setJsonAnswer(intake::JsonAnswer answer);
    [[nodiscard]] base::Result<void> setProxy(const capture::ProxyOptions &options);
    /// Reads the sources' plans and conventions too; stored events are checked again in the background.
    [[nodiscard]] base::Result<void> setSources(const std::vector<intake::SourceConfig> &configs);
    void setHealth(const segment::HealthOptions &options);
    [[nodiscard]] CaptureParts &captureParts();
    /// Runs what is read through the pipeline into the store. Any thread; blocks. See Importer::run().
    [[nodiscard]] base::Result<ImportTotals>
    importRequests(const ReadRequests &read, const std::function<void(std::uint64_t)> &progress,
                   const std::stop_token &stop);
    /// The same of text that was pasted, dropped or read.
    [[nodiscard]] base::Result<ImportTotals>
    importText(const QByteArray &text, const std::function<void(std::uint64_t done)> &progress = {},
               const std::stop_token &stop = {});
    [[nodiscard]] base::Result<void> setDestinations(const std::vector<deliver::DestinationConfig> &configs);
    void replay(const QString &destination, const std::vector<event::EventId> &events);
    void newSession(const QString &name);
    void renameSource(event::SourceId id, const QString &keyHash, const QString &name);
    void setSourceNames(const QHash<QString, QString> &names);

    [[nodiscard]] stream::Stream *stream(); ///< null without Watch::Stream
    [[nodiscard]] ReadThread &details();
    [[nodiscard]] QString storePath() const;
    /// The running session; none until the first event or newSession().
    [[nodiscard]] event::SessionId session() const;
    /// Every event answered so far is stored; deliveries that are due have been tried. For the command line.
    void finishDeliveries(int waitMs);

private:
    Engine();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace engine
