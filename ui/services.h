// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/settings.h"
#include "capture/server.h"
#include "check/checker.h"
#include "deliver/queue.h"
#include "store/reader.h"
#include "stream/stream.h"

#include <QObject>

namespace ui {

class CaptureServices;
class PlanServices;

/// What the window wants of the engine; app/trackside implements it, tests fake it. GUI thread only; nothing
/// here blocks: answers come as callbacks (dropped when `context` is gone) and signals on the GUI thread.
class Services : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void subscribe(stream::Subscriber *subscriber) = 0;
    virtual void unsubscribe(stream::Subscriber *subscriber) = 0;
    virtual void setFilter(const filter::Query &query, std::uint64_t generation) = 0;
    /// Every event of the store (false), or those of the running session.
    virtual void setSessionOnly(bool isSessionOnly) = 0;

    virtual void fetchDetail(event::EventId id, QObject *context,
                             std::function<void(base::Result<store::EventDetail>)> done) = 0;
    virtual void fetchSources(QObject *context, std::function<void(std::vector<store::Source>)> done) = 0;
    virtual void fetchSeen(QObject *context, std::function<void(std::vector<store::Reader::Seen>)> done) = 0;
    enum class Dictionary : std::uint8_t { Names, Users };
    /// Texts of ids that no update brought, or that have left the window's bounded cache.
    virtual void fetchTexts(Dictionary dictionary, const QList<quint32> &ids, QObject *context,
                            std::function<void(QHash<quint32, QString>)> done) = 0;
    [[nodiscard]] virtual event::FindingText words(const event::Finding &finding) const = 0;

    struct CaptureState
    {
        bool isListening = false;
        std::vector<capture::Address> addresses;
        /// Why the address last asked for was refused; where it listened before, it still does.
        base::Error problem;
        quint16 suggestedPort = 0;
    };
    [[nodiscard]] virtual CaptureState captureState() const = 0;
    virtual void listenOn(const QString &addresses) = 0;
    virtual void newSession(const QString &name) = 0;
    virtual void renameSource(event::SourceId id, const QString &name) = 0;

    [[nodiscard]] virtual std::shared_ptr<const check::Checker> checker() const = 0;
    /// Loading happens off the GUI thread; `checkerChanged` or `failed` follows.
    virtual void openPlans(const QStringList &paths) = 0;
    virtual void setConventions(const QString &presetOrPath) = 0;
    struct RecheckProgress
    {
        quint64 done = 0;  ///< events
        quint64 total = 0; ///< 0: none runs
    };
    /// Of the stored events that get their verdict by new checks.
    [[nodiscard]] virtual RecheckProgress recheckProgress() const = 0;
    /// What it had not come to keeps its old verdict until checkAgain(), the next change or the next start.
    virtual void cancelRecheck() = 0;
    virtual void checkAgain() = 0;
    /// Events that should be first in the recheck that begins or runs: those on screen.
    virtual void preferForRecheck(std::vector<event::EventId> ids) = 0;

    [[nodiscard]] virtual std::vector<deliver::DestinationConfig> destinations() const = 0;
    virtual base::Result<void> setDestinations(const std::vector<deliver::DestinationConfig> &configs) = 0;
    virtual void replay(const QString &destination, const std::vector<event::EventId> &events) = 0;

    virtual void playDemo() = 0;
    virtual void stopDemo() = 0;
    [[nodiscard]] virtual bool isDemoPlaying() const = 0;

    [[nodiscard]] virtual QString storePath() const = 0;
    [[nodiscard]] virtual std::uint64_t storeBytes() const = 0;
    [[nodiscard]] virtual std::uint64_t freeDiskBytes() const = 0; ///< of the store's disk
    [[nodiscard]] virtual base::Settings &settings() = 0;
    /// The rest of capture: proxy, certificate, network, clients, faults, sources, import.
    [[nodiscard]] virtual CaptureServices *captureServices() { return nullptr; }
    /// Plans as documents: edited, learnt, compared, covered.
    [[nodiscard]] virtual PlanServices *planServices() { return nullptr; }
    /// Applies a changed capture, API or check setting.
    virtual void applySettings() = 0;

signals:
    void captureStateChanged();
    void checkerChanged();
    void sighted(const capture::Sighting &sighting);
    void deliveryHealthChanged(const QList<deliver::DestinationHealth> &health);
    void demoStateChanged();
    void storeHealthChanged(bool isFailing, const base::Error &error);
    /// Something the user asked for did not work.
    void failed(const base::Error &error);
};

} // namespace ui
