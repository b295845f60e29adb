// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/engine.h"

#include "api/server.h"
#include "app/engine/findingwords.h"
#include "app/engine/housed.h"
#include "app/engine/streamloader.h"
#include "base/log.h"
#include "base/secret.h"
#include "demo/demo.h"
#include "intake/sourcebook.h"
#include "store/upkeep.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QStandardPaths>

#include <atomic>

using namespace Qt::StringLiterals;

namespace engine {

namespace {

/// Names of sources, changed by the owner and asked from other threads.
class SourceNames
{
public:
    void set(QHash<QString, QString> names)
    {
        const std::lock_guard lock(m_mutex);
        m_names = std::move(names);
    }

    void insert(const QString &hash, const QString &name)
    {
        const std::lock_guard lock(m_mutex);
        m_names.insert(hash, name);
    }

    [[nodiscard]] QString nameOf(const QString &writeKey) const
    {
        const std::lock_guard lock(m_mutex);
        return m_names.isEmpty() ? QString() : m_names.value(keyHash(writeKey));
    }

    [[nodiscard]] QHash<QString, QString> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_names;
    }

private:
    mutable std::mutex m_mutex;
    QHash<QString, QString> m_names;
};

/// Hands what was committed to the stream and to whoever listens.
class CommitFan final : public event::CommitSink
{
public:
    CommitFan(stream::Stream *stream, event::SessionId session,
              std::function<void(const event::CommitNotice &)> told)
        : m_stream(stream)
        , m_session(session)
        , m_told(std::move(told))
    {
    }

    [[nodiscard]] event::SessionId session() const { return m_session; }

    void post(event::CommitNotice notice) override
    {
        if (notice.newSession != event::SessionId{}) {
            m_session = notice.newSession;
        }
        if (m_told) {
            m_told(notice);
        }
        if (m_stream != nullptr) {
            m_stream->post(std::move(notice));
        }
    }

private:
    stream::Stream *m_stream;
    std::atomic<event::SessionId> m_session;
    std::function<void(const event::CommitNotice &)> m_told;
};

/// Of the files' bytes and of the program, whose rules may change with the next version.
QByteArray fingerprint(const QStringList &plans, const QString &conventions)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(TRACKSIDE_VERSION);
    for (const QString &path : plans + QStringList{conventions}) {
        QFile file(path);
        hash.addData(QByteArrayView("\0", 1));
        if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
            hash.addData(path.toUtf8()); // a preset's name, or none
        }
    }
    return hash.result().toHex();
}

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

QString keyHash(const QString &writeKey)
{
    if (writeKey.isEmpty()) {
        return u"none"_s;
    }
    return QString::fromLatin1(
        QCryptographicHash::hash(writeKey.toUtf8(), QCryptographicHash::Sha256).toHex().first(16));
}

base::Result<std::shared_ptr<const check::Checker>> loadChecker(const QStringList &plans,
                                                                const QString &conventions)
{
    std::vector<std::shared_ptr<const plan::Plan>> loaded;
    for (const QString &path : plans) {
        auto plan = plan::load(path);
        if (!plan) {
            return base::Failure(plan.error());
        }
        loaded.push_back(std::move(*plan));
    }
    check::Conventions names;
    names.isOn = false;
    if (!conventions.isEmpty() && conventions != u"off"_s) {
        auto read = check::Conventions::load(conventions);
        if (!read) {
            return base::Failure(read.error());
        }
        names = std::move(*read);
    }
    return std::make_shared<const check::Checker>(std::move(loaded), std::move(names),
                                                  fingerprint(plans, conventions));
}

struct Engine::Impl
{
    Options options;
    Listeners listeners;
    base::SystemClock clock;
    SourceNames sourceNames;

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
        source.suggestedName = sourceNames.nameOf(writeKey); // empty: its first event may say it
        intake->post([source](store::Writer &writer, event::CommitNotice &notice) {
            if (const auto noted = writer.noteConnected(source)) {
                notice.sourcesChanged = true;
            } else {
                qCWarning(logStore) << noted.error().oneLine();
            }
        });
    }

    void applySources()
    {
        intake->setSources(std::make_shared<intake::NamedSources>(nullptr, sourceNames.all()));
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

    auto checker = loadChecker(impl.options.plans, impl.options.conventions);
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
    pipeline.decode.sources = std::make_shared<intake::NamedSources>(nullptr, impl.sourceNames.all());
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
    QObject::connect(impl.capture.get(), &capture::Server::sighted, impl.capture.get(),
                     [&impl](const capture::Sighting &sighting) {
                         if (sighting.kind == capture::Sighting::Kind::SettingsFetched) {
                             impl.noteConnected(sighting.writeKey);
                         }
                         if (impl.listeners.sighted) {
                             impl.listeners.sighted(sighting);
                         }
                     });

    impl.intake->connectTo(impl.capture.get(), impl.fan.get());
    impl.intake->setRouter(
        [queue = impl.deliveries.get()](const event::RequestDraft &) { return queue->liveDestinations(); });
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

base::Result<void> Engine::setChecks(const QStringList &plans, const QString &conventions)
{
    auto checker = loadChecker(plans, conventions);
    if (!checker) {
        return base::Failure(checker.error());
    }
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
    m_impl->intake->post([impl = m_impl.get(), id, name](store::Writer &writer, event::CommitNotice &notice) {
        if (const auto renamed = writer.renameSource(id, name)) {
            notice.sourcesChanged = true;
            impl->isRenamed = true;
            if (impl->stream != nullptr) {
                impl->stream->setSourceName(id, name);
            }
        } else {
            qCWarning(logStore) << renamed.error().oneLine();
        }
    });
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
