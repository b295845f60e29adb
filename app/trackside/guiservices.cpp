// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/trackside/guiservices.h"

#include "app/engine/findingwords.h"
#include "app/trackside/guicaptureservices.h"
#include "app/trackside/guiplanservices.h"
#include "app/trackside/worker.h"
#include "demo/demo.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStorageInfo>
#include <QThread>
#include <QTimer>

#include <limits>

using namespace Qt::StringLiterals;

namespace trackside {

namespace {

constexpr char defaultListen[] = "8765";
constexpr auto noSession = static_cast<event::SessionId>(std::numeric_limits<std::uint32_t>::max());

/// The addresses, and one of the network on the port of the first of them.
QString withNetwork(const QString &addresses, const QHostAddress &network)
{
    const auto parsed = capture::parseListen(addresses);
    if (network.isNull() || !parsed || parsed->empty()) {
        return addresses;
    }
    return addresses + u',' + capture::toText({network, parsed->front().port});
}

} // namespace

/// The player on a thread of its own: its sockets are none of the GUI thread's business.
struct GuiServices::Demo
{
    QThread thread;
    demo::Player *player = nullptr;
    bool isPlaying = false;

    ~Demo()
    {
        thread.quit();
        thread.wait();
    }
};

GuiServices::GuiServices(std::unique_ptr<engine::Preferences> preferences, Options options, QObject *parent)
    : ui::Services(parent)
    , m_preferences(std::move(preferences))
    , m_captureServices(std::make_unique<GuiCaptureServices>(*this, *m_preferences))
    , m_planServices(std::make_unique<GuiPlanServices>(*this))
    , m_options(std::move(options))
    , m_worker(std::make_unique<Worker>())
{
    auto *diskTimer = new QTimer(this);
    connect(diskTimer, &QTimer::timeout, this, &GuiServices::measureDisk);
    diskTimer->start(2'000);
}

GuiServices::~GuiServices()
{
    m_demo.reset();
    m_worker.reset();
    m_captureServices->close();
    m_planServices->close();
    m_engine.reset();
    // What the engine's threads queued for us is not delivered any more.
    QCoreApplication::removePostedEvents(this);
}

void GuiServices::start()
{
    if (const QString aside = settings().damagedCopy(); !aside.isEmpty()) {
        emit failed({base::ErrorCode::Corrupt,
                     tr("Your settings could not be read and stand at their defaults."),
                     tr("The settings file is damaged; it was kept as %1.").arg(aside),
                     tr("Mend that file and put it back, or set what you need again.")});
    }
    engine::Options options;
    options.storePath = storePath();
    options.watch = engine::Watch::Stream;
    options.isStrictJson = settings().flag(base::keys::strictJson, false);
    options.destinations = m_preferences->destinations();
    options.sourceNames = m_preferences->sourceNames();

    engine::Listeners listeners;
    m_captureServices->fill(options, listeners);
    const auto onGui = [this](auto run) {
        QMetaObject::invokeMethod(this, std::move(run), Qt::QueuedConnection);
    };
    listeners.sighted = [this, onGui](const capture::Sighting &sighting) {
        onGui([this, sighting] { emit sighted(sighting); });
    };
    listeners.committed = [this, onGui](const event::CommitNotice &notice) {
        if (notice.newSession != event::SessionId{}) {
            onGui([this] { setFilter(m_filter, m_filterGeneration); });
        }
        if (notice.sourcesChanged) {
            onGui([this] { m_planServices->noteRecheck(); });
        }
        if (notice.added != nullptr) {
            m_planServices->noteCommit();
        }
    };
    listeners.deliveryHealth = [this, onGui](const QList<deliver::DestinationHealth> &health) {
        onGui([this, health] { emit deliveryHealthChanged(health); });
    };
    listeners.storeHealth = [this, onGui](bool isFailing, const base::Error &error) {
        onGui([this, isFailing, error] { emit storeHealthChanged(isFailing, error); });
    };
    m_worker->post([this, options = std::move(options), listeners = std::move(listeners)]() mutable {
        auto started = std::make_shared<base::Result<std::unique_ptr<engine::Engine>>>(
            engine::Engine::start(std::move(options), std::move(listeners)));
        QMetaObject::invokeMethod(
            this, [this, started] { adopt(std::move(*started)); }, Qt::QueuedConnection);
    });
}

void GuiServices::adopt(base::Result<std::unique_ptr<engine::Engine>> started)
{
    if (!started) {
        m_capture.problem = started.error();
        emit captureStateChanged();
        emit failed(started.error());
        return;
    }
    m_engine = std::move(*started);
    m_checker = m_engine->checker();
    m_captureServices->adopt(*m_engine);
    m_planServices->adopt(*m_engine);
    for (stream::Subscriber *subscriber : std::exchange(m_subscribers, {})) {
        m_engine->stream()->subscribe(subscriber);
    }
    for (const auto &waiting : std::exchange(m_waiting, {})) {
        waiting();
    }
    setFilter(m_filter, m_filterGeneration);
    const QStringList plans =
        m_options.plans.isEmpty() ? settings().list(base::keys::plans) : m_options.plans;
    m_conventions = !m_options.conventions.isEmpty() ? m_options.conventions
                                                     : settings().text(base::keys::conventions, u"segment"_s);
    changeChecks([plans](engine::PlanBook &book) { return book.open(plans); }, Reload::Always, {});
    tryListen(m_options.listen.isEmpty()
                  ? settings().text(base::keys::listen, QLatin1StringView(defaultListen))
                  : m_options.listen);
    if (settings().flag(base::keys::apiOn, false)) {
        onWorker([this, address = settings().text(base::keys::apiListen, u"127.0.0.1:8766"_s)](
                     engine::Engine &engine) {
            if (const auto served = engine.serveApi(address); !served) {
                QMetaObject::invokeMethod(
                    this, [this, error = served.error()] { emit failed(error); }, Qt::QueuedConnection);
            }
        });
    }
    measureDisk();
}

void GuiServices::onWorker(std::function<void(engine::Engine &)> run)
{
    if (m_engine == nullptr) {
        m_waiting.push_back([this, run = std::move(run)] { onWorker(run); });
        return;
    }
    m_worker->post([engine = m_engine.get(), run = std::move(run)] { run(*engine); });
}

void GuiServices::tryListen(const QString &addresses)
{
    m_listen = addresses;
    const QHostAddress network = m_captureServices->networkAddress();
    onWorker([this, addresses, network](engine::Engine &engine) {
        const auto listened = engine.listen(withNetwork(addresses, network));
        CaptureState state;
        state.addresses = engine.addresses(); // a move that was refused leaves it where it was
        state.isListening = !state.addresses.empty();
        if (!listened) {
            state.problem = listened.error();
            if (const auto parsed = capture::parseListen(addresses); parsed && !parsed->empty()) {
                state.suggestedPort = capture::nextFreePort(parsed->front().port);
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, state] {
                m_capture = state;
                emit captureStateChanged();
            },
            Qt::QueuedConnection);
    });
}

void GuiServices::relisten()
{
    tryListen(m_listen);
}

ui::PlanServices *GuiServices::planServices()
{
    return m_planServices.get();
}

ui::CaptureServices *GuiServices::captureServices()
{
    return m_captureServices.get();
}

void GuiServices::subscribe(stream::Subscriber *subscriber)
{
    if (m_engine == nullptr) {
        m_subscribers.push_back(subscriber);
        return;
    }
    m_engine->stream()->subscribe(subscriber);
}

void GuiServices::unsubscribe(stream::Subscriber *subscriber)
{
    std::erase(m_subscribers, subscriber);
    if (m_engine != nullptr) {
        m_engine->stream()->unsubscribe(subscriber);
    }
}

void GuiServices::setFilter(const filter::Query &query, std::uint64_t generation)
{
    m_filter = query;
    m_filterGeneration = generation;
    if (m_engine == nullptr) {
        return;
    }
    event::SessionId session{};
    if (m_isSessionOnly) {
        // Before its first event the running session has no row: nothing belongs to it yet.
        session = m_engine->session() == event::SessionId{} ? noSession : m_engine->session();
    }
    m_engine->stream()->setFilter(query, session, generation);
}

void GuiServices::setSessionOnly(bool isSessionOnly)
{
    m_isSessionOnly = isSessionOnly;
    setFilter(m_filter, m_filterGeneration);
}

template <typename Value, typename Ask>
void GuiServices::fetch(engine::ReadKind kind, QObject *context, std::function<void(Value)> done, Ask ask)
{
    if (m_engine == nullptr) {
        m_waiting.push_back([this, kind, guard = QPointer<QObject>(context), done = std::move(done), ask] {
            if (guard != nullptr) {
                fetch<Value>(kind, guard, done, ask);
            }
        });
        return;
    }
    m_engine->details().post(kind, [this, guard = QPointer<QObject>(context), done = std::move(done),
                                    ask](store::Reader &reader, const std::stop_token &stop) {
        auto value = std::make_shared<Value>(ask(reader, stop));
        QMetaObject::invokeMethod(
            this,
            [guard, done, value] {
                if (guard != nullptr) {
                    done(std::move(*value));
                }
            },
            Qt::QueuedConnection);
    });
}

void GuiServices::fetchDetail(event::EventId id, QObject *context,
                              std::function<void(base::Result<store::EventDetail>)> done)
{
    fetch<base::Result<store::EventDetail>>(
        engine::ReadKind::Other, context, std::move(done),
        [id](store::Reader &reader, const std::stop_token &) { return reader.detail(id); });
}

void GuiServices::fetchSources(QObject *context, std::function<void(std::vector<store::Source>)> done)
{
    fetch<std::vector<store::Source>>(engine::ReadKind::Other, context, std::move(done),
                                      [](store::Reader &reader, const std::stop_token &) {
                                          auto sources = reader.sources();
                                          return sources ? std::move(*sources) : std::vector<store::Source>();
                                      });
}

void GuiServices::fetchSeen(QObject *context, std::function<void(std::vector<store::Reader::Seen>)> done)
{
    fetch<std::vector<store::Reader::Seen>>(engine::ReadKind::Seen, context, std::move(done),
                                            [](store::Reader &reader, const std::stop_token &stop) {
                                                auto seen = reader.seenEvents(stop);
                                                return seen ? std::move(*seen)
                                                            : std::vector<store::Reader::Seen>();
                                            });
}

void GuiServices::fetchTexts(Dictionary dictionary, const QList<quint32> &ids, QObject *context,
                             std::function<void(QHash<quint32, QString>)> done)
{
    fetch<QHash<quint32, QString>>(engine::ReadKind::Other, context, std::move(done),
                                   [dictionary, ids](store::Reader &reader, const std::stop_token &) {
                                       QHash<quint32, QString> texts;
                                       for (const quint32 id : ids) {
                                           texts.insert(id, dictionary == Dictionary::Names
                                                                ? reader.nameText(event::NameId(id))
                                                                : reader.userText(event::UserKey(id)));
                                       }
                                       return texts;
                                   });
}

event::FindingText GuiServices::words(const event::Finding &finding) const
{
    return engine::findingText(finding);
}

ui::Services::CaptureState GuiServices::captureState() const
{
    return m_capture;
}

void GuiServices::listenOn(const QString &addresses)
{
    if (const auto saved = settings().setText(base::keys::listen, addresses); !saved) {
        emit failed(saved.error());
    }
    tryListen(addresses);
}

void GuiServices::newSession(const QString &name)
{
    if (m_engine != nullptr) {
        m_engine->newSession(name);
    }
}

void GuiServices::renameSource(event::SourceId id, const QString &name)
{
    fetchSources(this, [this, id, name](const std::vector<store::Source> &sources) {
        const auto found = std::ranges::find(sources, id, &store::Source::id);
        if (found == sources.end()) {
            return;
        }
        const QString hash = QString::fromLatin1(found->keyHash);
        if (const auto saved = m_preferences->setSourceName(hash, name); !saved) {
            emit failed(saved.error());
        }
        m_engine->renameSource(id, hash, name);
    });
}

std::shared_ptr<const check::Checker> GuiServices::checker() const
{
    return m_checker;
}

void GuiServices::takeChecker()
{
    m_checker = m_engine->checker();
    m_planServices->noteChecker();
    emit checkerChanged();
}

void GuiServices::noteRecheck()
{
    m_planServices->noteRecheck();
}

void GuiServices::changeChecks(PlanChange change, Reload reload, std::function<void()> done)
{
    onWorker([=, this, wanted = m_conventions, held = m_conventionsHeld,
              done = std::move(done)](engine::Engine &engine) {
        engine::PlanBook &book = m_planServices->book();
        auto problems = change ? change(book) : std::vector<base::Error>();
        std::optional<QString> conventions; // in force from now on
        if (book.compile() || reload == Reload::Always) {
            auto set = engine.setChecks(book.paths(), wanted, book.compiled());
            if (set) {
                conventions = wanted;
            } else {
                problems.push_back(set.error());
                // Those that can't be read must not keep the plans out.
                if (wanted != held && engine.setChecks(book.paths(), held, book.compiled())) {
                    conventions = held;
                }
            }
        }
        QMetaObject::invokeMethod(
            this,
            [=, this] {
                for (const base::Error &problem : problems) {
                    emit failed(problem);
                }
                m_planServices->noteBook();
                if (!conventions) {
                    return;
                }
                m_conventionsHeld = *conventions;
                if (*conventions != wanted && m_conventions == wanted) {
                    m_conventions = *conventions;
                } else if (done) {
                    done();
                }
                takeChecker();
            },
            Qt::QueuedConnection);
    });
}

void GuiServices::savePlanPaths()
{
    if (const auto saved = settings().setList(base::keys::plans, m_planServices->book().paths()); !saved) {
        emit failed(saved.error());
    }
}

void GuiServices::openPlans(const QStringList &paths)
{
    changeChecks([paths](engine::PlanBook &book) { return book.open(paths); }, Reload::Always,
                 [this] { savePlanPaths(); });
}

void GuiServices::setConventions(const QString &presetOrPath)
{
    // Wanted from now on, so that a second change before the file is read builds on this one.
    m_conventions = presetOrPath;
    changeChecks({}, Reload::Always, [this, presetOrPath] {
        if (const auto saved = settings().setText(base::keys::conventions, presetOrPath); !saved) {
            emit failed(saved.error());
        }
    });
}

ui::Services::RecheckProgress GuiServices::recheckProgress() const
{
    if (m_engine == nullptr) {
        return {};
    }
    const intake::RecheckProgress progress = m_engine->recheckProgress();
    return {progress.done, progress.total};
}

void GuiServices::cancelRecheck()
{
    if (m_engine != nullptr) {
        m_engine->cancelRecheck();
    }
}

void GuiServices::checkAgain()
{
    if (m_engine != nullptr) {
        m_engine->checkAgain();
    }
}

void GuiServices::preferForRecheck(std::vector<event::EventId> ids)
{
    if (m_engine != nullptr) {
        m_engine->preferForRecheck(std::move(ids));
    }
}

std::vector<deliver::DestinationConfig> GuiServices::destinations() const
{
    return m_preferences->destinations();
}

base::Result<void> GuiServices::setDestinations(const std::vector<deliver::DestinationConfig> &configs)
{
    if (m_engine != nullptr) {
        if (auto applied = m_engine->setDestinations(configs); !applied) {
            return applied;
        }
    }
    return m_preferences->setDestinations(configs);
}

void GuiServices::replay(const QString &destination, const std::vector<event::EventId> &events)
{
    if (m_engine != nullptr) {
        m_engine->replay(destination, events);
    }
}

void GuiServices::playDemo()
{
    const auto address = std::ranges::find_if(m_capture.addresses, [](const capture::Address &candidate) {
        return candidate.host.protocol() == QAbstractSocket::IPv4Protocol;
    });
    if (address == m_capture.addresses.end() || isDemoPlaying()) {
        return;
    }
    m_demo = std::make_unique<Demo>();
    m_demo->player = new demo::Player(address->port);
    m_demo->player->moveToThread(&m_demo->thread);
    connect(&m_demo->thread, &QThread::finished, m_demo->player, &QObject::deleteLater);
    connect(m_demo->player, &demo::Player::finished, this, [this] {
        m_demo->isPlaying = false;
        emit demoStateChanged();
    });
    m_demo->thread.start();
    m_demo->isPlaying = true;
    QMetaObject::invokeMethod(m_demo->player,
                              [player = m_demo->player] { player->play(demo::Player::Pace::Lifelike); });
    emit demoStateChanged();
}

void GuiServices::stopDemo()
{
    m_demo.reset();
    emit demoStateChanged();
}

bool GuiServices::isDemoPlaying() const
{
    return m_demo != nullptr && m_demo->isPlaying;
}

QString GuiServices::storePath() const
{
    return m_options.storePath.isEmpty() ? engine::defaultStorePath() : m_options.storePath;
}

std::uint64_t GuiServices::storeBytes() const
{
    return m_storeBytes;
}

std::uint64_t GuiServices::freeDiskBytes() const
{
    return m_freeDiskBytes;
}

void GuiServices::measureDisk()
{
    onWorker([this](engine::Engine &engine) {
        const QString path = engine.storePath();
        std::uint64_t bytes = 0;
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-search"_s, u"-search-wal"_s}) {
            bytes += static_cast<std::uint64_t>(QFileInfo(path + suffix).size());
        }
        const auto free =
            static_cast<std::uint64_t>(QStorageInfo(QFileInfo(path).absolutePath()).bytesAvailable());
        QMetaObject::invokeMethod(
            this,
            [this, bytes, free] {
                m_storeBytes = bytes;
                m_freeDiskBytes = free;
            },
            Qt::QueuedConnection);
    });
}

base::Settings &GuiServices::settings()
{
    return m_preferences->settings();
}

void GuiServices::applySettings()
{
    const bool isApiOn = settings().flag(base::keys::apiOn, false);
    const QString api = isApiOn ? settings().text(base::keys::apiListen, u"127.0.0.1:8766"_s) : QString();
    onWorker([this, api](engine::Engine &engine) {
        if (const auto served = engine.serveApi(api); !served) {
            QMetaObject::invokeMethod(
                this, [this, error = served.error()] { emit failed(error); }, Qt::QueuedConnection);
        }
    });
    const bool isStrict = settings().flag(base::keys::strictJson, false);
    onWorker([isStrict](engine::Engine &engine) {
        engine.setJsonAnswer(isStrict ? intake::JsonAnswer::AsSegment : intake::JsonAnswer::AlwaysAccept);
    });
    if (const QString listen = settings().text(base::keys::listen, QLatin1StringView(defaultListen));
        listen != m_listen) {
        tryListen(listen);
    }
}

} // namespace trackside
