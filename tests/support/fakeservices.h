// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fakecaptureservices.h"
#include "tests/support/fakeplanservices.h"
#include "ui/services.h"

#include <map>

#include <QTemporaryDir>

namespace tests {

/// A ui::Services without an engine: answers what a test put into it, and remembers what it was asked.
/// Callbacks come at once. Header only, because it needs the window's modules and tests_support does not.
class FakeServices final : public ui::Services
{
public:
    struct Replay
    {
        QString destination;
        std::vector<event::EventId> events;
    };

    explicit FakeServices(QObject *parent = nullptr)
        : ui::Services(parent)
    {
        auto opened = base::Settings::open(directory.path());
        Q_ASSERT(opened.has_value());
        settingsStore = std::move(*opened);
        state.isListening = true;
        state.addresses = {{QHostAddress(QHostAddress::LocalHost), 8765},
                           {QHostAddress(QHostAddress::LocalHostIPv6), 8765}};
    }

    // What a test puts in.
    QTemporaryDir directory;
    std::unique_ptr<base::Settings> settingsStore;
    CaptureState state;
    std::map<event::EventId, store::EventDetail> details;
    std::vector<store::Source> sourceList;
    std::vector<store::Reader::Seen> seenList;
    QHash<quint32, QString> names, users; ///< what the store's dictionaries hold
    std::shared_ptr<const check::Checker> checkerNow;
    std::vector<deliver::DestinationConfig> destinationList;
    std::optional<base::Error> destinationError; ///< what setDestinations answers
    RecheckProgress recheck;
    std::uint64_t storeSize = 12'400'000;
    std::uint64_t diskFree = 80'000'000'000;
    bool isDemoOn = false;
    FakeCaptureServices captureFake; ///< what captureServices() is
    bool hasCaptureFake = true;      ///< else captureServices() is null
    FakePlanServices planFake;       ///< what planServices() is
    bool hasPlanFake = true;         ///< else planServices() is null

    // What it was asked.
    std::vector<stream::Subscriber *> subscribers;
    std::vector<filter::Query> filters;
    std::uint64_t lastGeneration = 0;
    bool isSessionOnly = false;
    QStringList listenRequests, sessionNames, openedPlans, conventionRequests;
    std::vector<std::pair<event::SourceId, QString>> renames;
    std::vector<Replay> replays;
    int applyCount = 0;
    int cancelledRechecks = 0, rechecksAgain = 0;
    std::vector<event::EventId> preferred;

    /// To every subscriber, as the stream would.
    void post(const stream::StreamUpdate &update)
    {
        for (stream::Subscriber *subscriber : subscribers)
            subscriber->post(update);
    }

    void subscribe(stream::Subscriber *subscriber) override { subscribers.push_back(subscriber); }
    void unsubscribe(stream::Subscriber *subscriber) override { std::erase(subscribers, subscriber); }
    void setFilter(const filter::Query &query, std::uint64_t generation) override
    {
        filters.push_back(query);
        lastGeneration = generation;
    }
    void setSessionOnly(bool isOnly) override { isSessionOnly = isOnly; }

    void fetchDetail(event::EventId id, QObject * /*context*/,
                     std::function<void(base::Result<store::EventDetail>)> done) override
    {
        if (const auto found = details.find(id); found != details.end())
            done(found->second);
        else
            done(base::failure(base::ErrorCode::NotFound, QStringLiteral("There is no such event.")));
    }
    void fetchSources(QObject * /*context*/, std::function<void(std::vector<store::Source>)> done) override
    {
        done(sourceList);
    }
    void fetchSeen(QObject * /*context*/, std::function<void(std::vector<store::Reader::Seen>)> done) override
    {
        done(seenList);
    }
    void fetchTexts(Dictionary dictionary, const QList<quint32> &ids, QObject * /*context*/,
                    std::function<void(QHash<quint32, QString>)> done) override
    {
        QHash<quint32, QString> texts;
        for (const quint32 id : ids)
            texts.insert(id, (dictionary == Dictionary::Names ? names : users).value(id));
        done(texts);
    }
    [[nodiscard]] event::FindingText words(const event::Finding &finding) const override
    {
        return {.message = QStringLiteral("Rule %1 was broken.").arg(static_cast<int>(finding.rule)),
                .fix = QStringLiteral("Mend it."),
                .expected = {},
                .actual = {}};
    }

    [[nodiscard]] CaptureState captureState() const override { return state; }
    void listenOn(const QString &addresses) override { listenRequests.append(addresses); }
    void newSession(const QString &name) override { sessionNames.append(name); }
    void renameSource(event::SourceId id, const QString &name) override { renames.emplace_back(id, name); }

    [[nodiscard]] std::shared_ptr<const check::Checker> checker() const override { return checkerNow; }
    void openPlans(const QStringList &paths) override { openedPlans = paths; }
    void setConventions(const QString &presetOrPath) override { conventionRequests.append(presetOrPath); }
    [[nodiscard]] RecheckProgress recheckProgress() const override { return recheck; }
    void cancelRecheck() override { ++cancelledRechecks; }
    void checkAgain() override { ++rechecksAgain; }
    void preferForRecheck(std::vector<event::EventId> ids) override { preferred = std::move(ids); }

    [[nodiscard]] std::vector<deliver::DestinationConfig> destinations() const override
    {
        return destinationList;
    }
    base::Result<void> setDestinations(const std::vector<deliver::DestinationConfig> &configs) override
    {
        if (destinationError)
            return base::Failure(*destinationError);
        destinationList = configs;
        return {};
    }
    void replay(const QString &destination, const std::vector<event::EventId> &events) override
    {
        replays.push_back({destination, events});
    }

    void playDemo() override
    {
        isDemoOn = true;
        emit demoStateChanged();
    }
    void stopDemo() override
    {
        isDemoOn = false;
        emit demoStateChanged();
    }
    [[nodiscard]] bool isDemoPlaying() const override { return isDemoOn; }

    [[nodiscard]] QString storePath() const override
    {
        return directory.filePath(QStringLiteral("store.trackside"));
    }
    [[nodiscard]] std::uint64_t storeBytes() const override { return storeSize; }
    [[nodiscard]] std::uint64_t freeDiskBytes() const override { return diskFree; }
    [[nodiscard]] base::Settings &settings() override { return *settingsStore; }
    [[nodiscard]] ui::CaptureServices *captureServices() override
    {
        return hasCaptureFake ? &captureFake : nullptr;
    }
    [[nodiscard]] ui::PlanServices *planServices() override { return hasPlanFake ? &planFake : nullptr; }
    void applySettings() override { ++applyCount; }
};

} // namespace tests
