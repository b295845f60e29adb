// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/engine.h"

#include "api/server.h"
#include "app/engine/commitfan.h"
#include "app/engine/doctorwords.h"
#include "app/engine/findingwords.h"
#include "app/engine/housed.h"
#include "app/engine/sourcenames.h"
#include "app/engine/streamloader.h"
#include "base/log.h"
#include "base/secret.h"
#include "demo/demo.h"
#include "store/upkeep.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <atomic>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

stream::BodySearch bodySearch(ReadThread &searches)
{
    return [&searches](const filter::Query &query, std::uint64_t /*generation*/, auto done) {
        searches.post(ReadKind::Search,
                      [query, done = std::move(done)](store::Reader &reader, const std::stop_token &stop) {
                          constexpr std::size_t pageRows = 5'000;
                          event::EventId before{};
                          while (!stop.stop_requested()) {
                              const auto page = reader.find(query, store::Reader::Order::NewestFirst, before,
                                                            pageRows, stop, {});
                              if (!page) {
                                  qCWarning(logStore) << page.error().oneLine();
                                  done({}, true);
                                  return;
                              }
                              const bool isLast = page->ids.empty() || page->isComplete;
                              if (!page->ids.empty()) {
                                  before = page->ids.back();
                              }
                              done(page->ids, isLast);
                              if (isLast) {
                                  return;
                              }
                          }
                      });
    };
}

} // namespace

QString defaultStorePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/trackside/events.trackside"_s;
}

struct Engine::Impl
{
    Options options;
    std::vector<OpenPlan> openPlans; ///< of the last setChecks()
    Listeners listeners;
    base::SystemClock clock;
    SourceNames sourceNames;
    std::unique_ptr<CaptureParts> parts;

    // In start order; members are destroyed in reverse. The pipeline stops in ~Engine, before them.
    std::unique_ptr<ReadThread> details;
    std::unique_ptr<ReadThread> searches;
    std::unique_ptr<stream::Stream> stream;
    std::unique_ptr<CommitFan> fan;
    std::unique_ptr<store::Upkeep> upkeep;
    std::unique_ptr<intake::Intake> intake;
    std::unique_ptr<StreamLoader> loader;
    Housed<deliver::Queue> deliveries;
    Housed<capture::Server> capture;
    std::unique_ptr<Importer> importer;
    std::unique_ptr<Housed<api::Server>> api;

    mutable std::mutex mutex; // the window moves the port on its worker, and sets destinations itself
    std::vector<capture::Address> captureAddresses;
    std::vector<deliver::DestinationConfig> destinations;
    std::atomic<bool> isRenamed = false; ///< a source, in the commit under way

    [[nodiscard]] std::vector<capture::Address> addresses() const
    {
        const std::lock_guard lock(mutex);
        return captureAddresses;
    }

    /// An app fetched its settings: its source is there before its first event is.
    void noteConnected(const QString &writeKey)
    {
        event::SourceKey source;
        source.keyHash = keyHash(writeKey).toLatin1();
        source.maskedKey = base::masked(writeKey);
        const auto book = sourceNames.book();
        if (const auto *config = book == nullptr ? nullptr : book->findByKey(source.keyHash)) {
            source.keyHash = intake::storeKey(*config);
            source.suggestedName = config->name;
        } else {
            source.suggestedName = sourceNames.nameOf(writeKey); // empty: its first event may say it
        }
        intake->post([source](store::Writer &writer, event::CommitNotice &notice) {
            if (const auto noted = writer.noteConnected(source)) {
                notice.sourcesChanged = true;
            } else {
                qCWarning(logStore) << noted.error().oneLine();
            }
        });
    }

    /// Live destinations, less those that the request's source does not go to.
    [[nodiscard]] std::vector<QString> route(const event::RequestDraft &request) const
    {
        if (request.token.connection == Importer::connection) {
            return {}; // it was sent once already; replay sends it again
        }
        std::vector<QString> live = deliveries.get()->liveDestinations();
        const auto book = sourceNames.book();
        if (live.empty() || book == nullptr || book->configs().empty() || request.events.empty()) {
            return live;
        }
        const QByteArray &key = request.events.front().source.keyHash;
        const auto &configs = book->configs();
        const auto config = std::ranges::find_if(
            configs, [&key](const intake::SourceConfig &each) { return intake::storeKey(each) == key; });
        if (config != configs.end() && !config->destinations.isEmpty()) {
            std::erase_if(live,
                          [&config](const QString &name) { return !config->destinations.contains(name); });
        }
        return live;
    }

    void renameRow(event::SourceId id, const QString &name)
    {
        intake->post([this, id, name](store::Writer &writer, event::CommitNotice &notice) {
            if (const auto renamed = writer.renameSource(id, name)) {
                notice.sourcesChanged = true;
                isRenamed = true;
                if (stream != nullptr) {
                    stream->setSourceName(id, name);
                }
            } else {
                qCWarning(logStore) << renamed.error().oneLine();
            }
        });
    }

    /// What a configured source is called now, it is called in the store as well.
    void renameStored(const std::vector<intake::SourceConfig> &configs)
    {
        details->post(ReadKind::Other, [this, configs](store::Reader &reader, const std::stop_token &) {
            const auto stored = reader.sources();
            for (const intake::SourceConfig &config :
                 stored ? configs : std::vector<intake::SourceConfig>()) {
                const auto row =
                    std::ranges::find(*stored, intake::storeKey(config), &store::Source::keyHash);
                if (row != stored->end() && row->name != config.name) {
                    renameRow(row->id, config.name);
                }
            }
        });
    }

    void makeParts()
    {
        CaptureListeners told = listeners.capture;
        told.authorityChanged = [this, next = listeners.capture.authorityChanged] {
            // From the capture thread itself when it makes the authority on first use.
            QMetaObject::invokeMethod(capture.get(), [this] { capture.get()->authorityChanged(); });
            if (next) {
                next();
            }
        };
        const QString folder =
            options.authorityFolder.isEmpty() ? tls::defaultAuthorityFolder() : options.authorityFolder;
        parts = std::make_unique<CaptureParts>(clock, folder, std::move(told));
        parts->faults.setSources(sourceNames.resolver());
        parts->devices.setAccess(options.deviceAccess);
        parts->devices.setAccepted(options.devices);
        capture.run([this] { capture.get()->setParts(parts->serverParts()); });
    }

    void applySources()
    {
        parts->faults.setSources(sourceNames.resolver());
        intake->setSources(sourceNames.resolver());
    }

    /// Refused when one of them leads to one of `own`.
    base::Result<void> applyDestinations(const std::vector<deliver::DestinationConfig> &configs,
                                         const std::vector<capture::Address> &own)
    {
        std::vector<std::pair<QHostAddress, quint16>> ends;
        for (const capture::Address &address : own) {
            ends.emplace_back(address.host, address.port);
        }
        return deliveries.get()->setDestinations(configs, ends);
    }

    [[nodiscard]] std::vector<deliver::DestinationConfig> configured() const
    {
        const std::lock_guard lock(mutex);
        return destinations;
    }
};

Engine::Engine()
    : m_impl(std::make_unique<Impl>())
{
}

base::Result<std::unique_ptr<Engine>> Engine::start(Options options, Listeners listeners)
{
    std::unique_ptr<Engine> engine(new Engine);
    Impl &impl = *engine->m_impl;
    impl.options = std::move(options);
    impl.listeners = std::move(listeners);

    QHash<QString, QString> names;
    const QHash<QString, QString> demoNames = demo::Player::sourceNames();
    for (auto it = demoNames.begin(); it != demoNames.end(); ++it) {
        names.insert(keyHash(it.key()), it.value());
    }
    names.insert(impl.options.sourceNames);
    impl.sourceNames.set(std::move(names));

    auto book = intake::SourceBook::compile(impl.options.sources);
    if (!book) {
        return base::Failure(book.error());
    }
    impl.sourceNames.setBook(std::move(*book));
    auto checker = loadChecker(impl.options.plans, impl.options.conventions, impl.options.sources);
    if (!checker) {
        return base::Failure(checker.error());
    }
    auto writer = store::Writer::open(impl.options.storePath, impl.clock);
    if (!writer) {
        return base::Failure(writer.error());
    }
    const event::SessionId session = writer->session();

    const QString path = impl.options.storePath;
    impl.details = std::make_unique<ReadThread>(path);
    if (impl.options.watch == Watch::Stream) {
        impl.searches = std::make_unique<ReadThread>(path);
        impl.stream = std::make_unique<stream::Stream>(bodySearch(*impl.searches));
    }
    impl.fan =
        std::make_unique<CommitFan>(impl.stream.get(), session, [&impl](const event::CommitNotice &notice) {
            // Which plan covers an event hangs on its source's name.
            if (notice.sourcesChanged && impl.isRenamed.exchange(false)) {
                impl.intake->recheckStored();
            }
            if (impl.listeners.committed) {
                impl.listeners.committed(notice);
            }
        });
    impl.upkeep = std::make_unique<store::Upkeep>(path);

    intake::Options pipeline;
    pipeline.decode.isStrict = impl.options.isStrictJson;
    pipeline.decode.sources = impl.sourceNames.resolver();
    pipeline.decode.health = std::make_shared<const segment::HealthOptions>(impl.options.health);
    impl.intake = std::make_unique<intake::Intake>(std::move(*writer), std::move(*checker),
                                                   std::make_unique<intake::KeepAll>(), std::move(pipeline));

    impl.deliveries.start(u"deliver"_s,
                          [&] { return std::make_unique<deliver::Queue>(path, *impl.intake, impl.clock); });
    QObject::connect(impl.deliveries.get(), &deliver::Queue::healthChanged, impl.deliveries.get(),
                     [told = impl.listeners.deliveryHealth](const QList<deliver::DestinationHealth> &health) {
                         if (told) {
                             told(health);
                         }
                     });
    impl.capture.start(u"capture"_s,
                       [&] { return std::make_unique<capture::Server>(*impl.intake, impl.clock); });
    impl.makeParts();
    if (auto set = engine->setProxy(impl.options.proxy); !set) {
        return base::Failure(set.error());
    }
    QObject::connect(impl.capture.get(), &capture::Server::sighted, impl.capture.get(),
                     [&impl](const capture::Sighting &sighting) {
                         if (sighting.kind == capture::Sighting::Kind::SettingsFetched) {
                             impl.noteConnected(sighting.writeKey);
                         }
                         if (impl.listeners.sighted) {
                             impl.listeners.sighted(sighting);
                         }
                     });

    impl.importer = std::make_unique<Importer>(*impl.intake, *impl.capture.get(), impl.clock);
    impl.intake->connectTo(impl.importer.get(), impl.fan.get());
    impl.intake->setRouter([&impl](const event::RequestDraft &request) { return impl.route(request); });
    impl.intake->onHealth([told = impl.listeners.storeHealth](const intake::StoreHealth &health) {
        if (told) {
            told(health.isFailing, health.error);
        }
    });
    impl.intake->onCommit([&impl] {
        impl.upkeep->wake();
        impl.deliveries.get()->wake();
    });
    // The stored rows go into the stream before the first live one: the log is in commit order.
    if (impl.stream != nullptr) {
        impl.loader = std::make_unique<StreamLoader>(path, *impl.stream);
    }
    impl.intake->start();
    impl.destinations = impl.options.destinations;
    if (auto applied = impl.applyDestinations(impl.destinations, {}); !applied) {
        return base::Failure(applied.error());
    }
    return engine;
}

Engine::~Engine()
{
    Impl &impl = *m_impl;
    if (impl.intake == nullptr) {
        return;
    }
    impl.api.reset();
    impl.details.reset(); // it may have something for the pipeline
    if (impl.importer != nullptr) {
        impl.importer->close();
    }
    if (impl.capture.get() != nullptr) {
        impl.capture.run([&impl] { impl.capture.get()->close(); });
    }
    if (impl.deliveries.get() != nullptr) {
        impl.deliveries.get()->close(1'000); // from here: its own thread has the answers to read
    }
    impl.intake->stop();
}

base::Result<void> Engine::listen(const QString &addresses)
{
    auto parsed = capture::parseListen(addresses);
    if (!parsed) {
        return base::Failure(parsed.error());
    }
    // Before the port is open: a destination that leads to it would send every event round without end.
    if (auto applied = m_impl->applyDestinations(m_impl->configured(), *parsed); !applied) {
        return applied;
    }
    base::Result<void> listened;
    m_impl->capture.run([this, &listened, &parsed] { listened = m_impl->capture.get()->listen(*parsed); });
    if (!listened) {
        return listened;
    }
    std::vector<capture::Address> bound;
    m_impl->capture.run([this, &bound] { bound = m_impl->capture.get()->addresses(); });
    const std::lock_guard lock(m_impl->mutex);
    m_impl->captureAddresses = std::move(bound);
    return {};
}

std::vector<capture::Address> Engine::addresses() const
{
    return m_impl->addresses();
}

base::Result<void> Engine::serveApi(const QString &addresses)
{
    m_impl->api.reset();
    if (addresses.isEmpty()) {
        return {};
    }
    auto parsed = capture::parseListen(addresses);
    if (!parsed) {
        return base::Failure(parsed.error());
    }
    api::Services services;
    services.storePath = m_impl->options.storePath;
    services.writes = m_impl->intake.get();
    services.words = findingText;
    services.version = QStringLiteral(TRACKSIDE_VERSION);
    services.captureAddresses = [impl = m_impl.get()] { return impl->addresses(); };
    services.planNames = [impl = m_impl.get()] {
        QStringList names;
        for (const auto &plan : impl->intake->checker()->plans().plans()) {
            names.append(plan->name);
        }
        return names;
    };
    services.checker = [impl = m_impl.get()] { return impl->intake->checker(); };
    services.clients = [impl = m_impl.get()] { return impl->parts->clients(); };
    services.diagnosisText = diagnosisText;
    services.clientName = clientName;
    services.startFault = [impl = m_impl.get()](const capture::Fault &fault) {
        return impl->parts->faults.start(fault);
    };
    services.stopFault = [impl = m_impl.get()](std::uint32_t id) { impl->parts->faults.stop(id); };
    services.faults = [impl = m_impl.get()] { return impl->parts->faults.reports(); };
    auto api = std::make_unique<Housed<api::Server>>();
    api->start(u"api"_s, [&] { return std::make_unique<api::Server>(std::move(services)); });
    base::Result<void> listened;
    api->run([&] { listened = api->get()->listen(*parsed); });
    if (listened) {
        m_impl->api = std::move(api);
    }
    return listened;
}

std::vector<capture::Address> Engine::apiAddresses() const
{
    std::vector<capture::Address> bound;
    if (m_impl->api != nullptr) {
        m_impl->api->run([this, &bound] { bound = m_impl->api->get()->addresses(); });
    }
    return bound;
}

base::Result<void> Engine::setChecks(const QStringList &plans, const QString &conventions,
                                     std::vector<OpenPlan> open)
{
    auto checker = loadChecker(plans, conventions, m_impl->options.sources, open);
    if (!checker) {
        return base::Failure(checker.error());
    }
    m_impl->options.plans = plans;
    m_impl->options.conventions = conventions;
    m_impl->openPlans = std::move(open);
    m_impl->intake->setChecker(std::move(*checker));
    return {};
}

std::shared_ptr<const check::Checker> Engine::checker() const
{
    return m_impl->intake->checker();
}

std::uint64_t Engine::recheckBacklog() const
{
    return m_impl->intake->recheckBacklog();
}

intake::RecheckProgress Engine::recheckProgress() const
{
    return m_impl->intake->recheckProgress();
}

void Engine::cancelRecheck()
{
    m_impl->intake->cancelRecheck();
}

void Engine::checkAgain()
{
    m_impl->intake->recheckStored();
}

void Engine::preferForRecheck(std::vector<event::EventId> ids)
{
    m_impl->intake->preferForRecheck(std::move(ids));
}

base::Result<void> Engine::setSources(const std::vector<intake::SourceConfig> &configs)
{
    auto book = intake::SourceBook::compile(configs);
    if (!book) {
        return base::Failure(book.error());
    }
    auto checker =
        loadChecker(m_impl->options.plans, m_impl->options.conventions, configs, m_impl->openPlans);
    if (!checker) {
        return base::Failure(checker.error());
    }
    m_impl->options.sources = configs;
    m_impl->sourceNames.setBook(std::move(*book));
    m_impl->applySources();
    m_impl->intake->setChecker(std::move(*checker));
    m_impl->renameStored(configs);
    return {};
}

void Engine::setHealth(const segment::HealthOptions &options)
{
    m_impl->intake->setHealth(std::make_shared<const segment::HealthOptions>(options));
}

base::Result<void> Engine::setProxy(const capture::ProxyOptions &options)
{
    m_impl->parts->setDomains(options.domains);
    base::Result<void> set;
    m_impl->capture.run([this, &set, &options] { set = m_impl->capture.get()->setProxy(options); });
    return set;
}

base::Result<ImportTotals> Engine::importRequests(const ReadRequests &read,
                                                  const std::function<void(std::uint64_t)> &progress,
                                                  const std::stop_token &stop)
{
    return m_impl->importer->run(read, progress, stop);
}

base::Result<ImportTotals> Engine::importText(const QByteArray &text,
                                              const std::function<void(std::uint64_t)> &progress,
                                              const std::stop_token &stop)
{
    return importRequests(
        [&text](const segment::TakeRequest &take, const std::stop_token &stopRead) {
            return segment::readImport(text, take, stopRead);
        },
        progress, stop);
}

CaptureParts &Engine::captureParts()
{
    return *m_impl->parts;
}

void Engine::setJsonAnswer(intake::JsonAnswer answer)
{
    m_impl->intake->setJsonAnswer(answer);
}

base::Result<void> Engine::setDestinations(const std::vector<deliver::DestinationConfig> &configs)
{
    if (auto applied = m_impl->applyDestinations(configs, m_impl->addresses()); !applied) {
        return applied;
    }
    const std::lock_guard lock(m_impl->mutex);
    m_impl->destinations = configs;
    return {};
}

void Engine::replay(const QString &destination, const std::vector<event::EventId> &events)
{
    m_impl->deliveries.get()->replay(destination, events);
}

void Engine::newSession(const QString &name)
{
    m_impl->intake->post([name](store::Writer &writer, event::CommitNotice &notice) {
        if (const auto session = writer.beginSession(name, {})) {
            notice.newSession = *session;
        } else {
            qCWarning(logStore) << session.error().oneLine();
        }
    });
}

void Engine::renameSource(event::SourceId id, const QString &hash, const QString &name)
{
    m_impl->sourceNames.insert(hash, name);
    m_impl->applySources();
    m_impl->renameRow(id, name);
}

void Engine::setSourceNames(const QHash<QString, QString> &names)
{
    m_impl->sourceNames.set(names);
    m_impl->applySources();
}

stream::Stream *Engine::stream()
{
    return m_impl->stream.get();
}

ReadThread &Engine::details()
{
    return *m_impl->details;
}

QString Engine::storePath() const
{
    return m_impl->options.storePath;
}

event::SessionId Engine::session() const
{
    return m_impl->fan->session();
}

void Engine::finishDeliveries(int waitMs)
{
    m_impl->deliveries.get()->finish(waitMs);
}

} // namespace engine
