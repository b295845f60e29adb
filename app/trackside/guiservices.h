// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/engine/engine.h"
#include "app/engine/planbook.h"
#include "app/engine/preferences.h"
#include "ui/services.h"

#include <thread>

namespace trackside {

/// The window's view of the engine. The engine is built on a thread of its own, so that the window is there
/// before the store is open; what is asked meanwhile waits for it.
class GuiServices final : public ui::Services
{
    Q_OBJECT
public:
    struct Options
    {
        QString storePath; ///< empty: the user's own
        QString listen;    ///< empty: what the settings say
        QStringList plans; ///< in place of the settings' when not empty
        QString conventions;
    };

    GuiServices(std::unique_ptr<engine::Preferences> preferences, Options options, QObject *parent = nullptr);
    ~GuiServices() override;

    /// Begins to build the engine; captureStateChanged() follows.
    void start();

    void subscribe(stream::Subscriber *subscriber) override;
    void unsubscribe(stream::Subscriber *subscriber) override;
    void setFilter(const filter::Query &query, std::uint64_t generation) override;
    void setSessionOnly(bool isSessionOnly) override;

    void fetchDetail(event::EventId id, QObject *context,
                     std::function<void(base::Result<store::EventDetail>)> done) override;
    void fetchSources(QObject *context, std::function<void(std::vector<store::Source>)> done) override;
    void fetchSeen(QObject *context, std::function<void(std::vector<store::Reader::Seen>)> done) override;
    void fetchTexts(Dictionary dictionary, const QList<quint32> &ids, QObject *context,
                    std::function<void(QHash<quint32, QString>)> done) override;
    [[nodiscard]] event::FindingText words(const event::Finding &finding) const override;

    [[nodiscard]] CaptureState captureState() const override;
    void listenOn(const QString &addresses) override;
    void newSession(const QString &name) override;
    void renameSource(event::SourceId id, const QString &name) override;

    [[nodiscard]] std::shared_ptr<const check::Checker> checker() const override;
    void openPlans(const QStringList &paths) override;
    void setConventions(const QString &presetOrPath) override;
    [[nodiscard]] RecheckProgress recheckProgress() const override;
    void cancelRecheck() override;
    void checkAgain() override;
    void preferForRecheck(std::vector<event::EventId> ids) override;

    [[nodiscard]] std::vector<deliver::DestinationConfig> destinations() const override;
    base::Result<void> setDestinations(const std::vector<deliver::DestinationConfig> &configs) override;
    void replay(const QString &destination, const std::vector<event::EventId> &events) override;

    void playDemo() override;
    void stopDemo() override;
    [[nodiscard]] bool isDemoPlaying() const override;

    [[nodiscard]] QString storePath() const override;
    [[nodiscard]] std::uint64_t storeBytes() const override;
    [[nodiscard]] std::uint64_t freeDiskBytes() const override;
    [[nodiscard]] base::Settings &settings() override;
    void applySettings() override;
    [[nodiscard]] ui::CaptureServices *captureServices() override;
    [[nodiscard]] ui::PlanServices *planServices() override;

    /// Calls `run` with the engine on the worker thread, in order; keeps the GUI thread free.
    void onWorker(std::function<void(engine::Engine &engine)> run);
    /// The addresses last asked for again, with the network's.
    void relisten();

    /// What is done to the open plans before the checker is made of them, on the worker; the errors it gives
    /// are told.
    using PlanChange = std::function<std::vector<base::Error>(engine::PlanBook &book)>;
    enum class Reload : std::uint8_t {
        Always,
        WhenPlansChanged, ///< else the checker stays
    };
    /// checkerChanged() or failed() follow; `done` runs on the GUI thread when the checker holds.
    void changeChecks(PlanChange change, Reload reload, std::function<void()> done);
    /// The engine has another checker.
    void takeChecker();
    /// Stored events get new verdicts, though the checker stays.
    void noteRecheck();
    /// Of naming conventions, in force.
    [[nodiscard]] const QString &conventions() const { return m_conventionsHeld; }
    void savePlanPaths();

private:
    struct Demo;

    void adopt(base::Result<std::unique_ptr<engine::Engine>> started);
    void tryListen(const QString &addresses);
    void measureDisk();
    template <typename Value, typename Ask>
    void fetch(engine::ReadKind kind, QObject *context, std::function<void(Value)> done, Ask ask);

    std::unique_ptr<engine::Preferences> m_preferences;
    std::unique_ptr<class GuiCaptureServices> m_captureServices;
    std::unique_ptr<class GuiPlanServices> m_planServices;
    Options m_options;
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<class Worker> m_worker; ///< before the demo, after the engine
    std::unique_ptr<Demo> m_demo;
    CaptureState m_capture;
    std::shared_ptr<const check::Checker> m_checker;
    std::vector<stream::Subscriber *> m_subscribers; ///< not yet subscribed: the engine is not there
    std::vector<std::function<void()>> m_waiting;    ///< for the engine
    QString m_listen;                                ///< what was last tried
    QString m_conventions;                           ///< wanted
    QString m_conventionsHeld;                       ///< in force
    bool m_isSessionOnly = false;
    filter::Query m_filter;
    std::uint64_t m_filterGeneration = 0;
    std::uint64_t m_storeBytes = 0;
    std::uint64_t m_freeDiskBytes = 0;
};

} // namespace trackside
