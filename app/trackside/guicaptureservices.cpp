// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/trackside/guicaptureservices.h"

#include "app/engine/doctorwords.h"
#include "app/engine/rulewords.h"
#include "app/trackside/guiservices.h"
#include "app/trackside/worker.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QPointer>

namespace trackside {

using namespace Qt::StringLiterals;

namespace {

constexpr int signalIntervalMs = 250;
constexpr qint64 maxImportBytes = qint64{512} * 1024 * 1024;

} // namespace

GuiCaptureServices::GuiCaptureServices(GuiServices &services, engine::Preferences &preferences)
    : m_services(services)
    , m_preferences(preferences)
    , m_importWorker(std::make_unique<Worker>())
{
    for (auto [timer, signal] : {std::pair(&m_clientsTimer, &GuiCaptureServices::clientsChanged),
                                 std::pair(&m_faultsTimer, &GuiCaptureServices::faultsChanged)}) {
        timer->setSingleShot(true);
        timer->setInterval(signalIntervalMs);
        connect(timer, &QTimer::timeout, this, signal);
    }
}

GuiCaptureServices::~GuiCaptureServices() = default;

void GuiCaptureServices::fill(engine::Options &options, engine::Listeners &listeners)
{
    options.proxy = m_preferences.proxy();
    options.sources = m_preferences.sources();
    options.health = m_preferences.health();
    options.devices = m_preferences.devices();
    options.deviceAccess = m_preferences.deviceAccess();

    const auto onGui = [this](auto run) {
        QMetaObject::invokeMethod(this, std::move(run), Qt::QueuedConnection);
    };
    // One queued call at a time for what comes with every request.
    const auto gathered = [this, onGui](QTimer &timer) {
        return [&timer, onGui, isQueued = std::make_shared<std::atomic<bool>>(false)] {
            if (!isQueued->exchange(true)) {
                onGui([&timer, isQueued] {
                    *isQueued = false;
                    if (!timer.isActive()) {
                        timer.start();
                    }
                });
            }
        };
    };
    listeners.capture.authorityChanged = [this, onGui] { onGui([this] { readAuthority(); }); };
    listeners.capture.devicesChanged = [this, onGui] {
        onGui([this] {
            saveDevices();
            emit devicesChanged();
        });
    };
    listeners.capture.clientsChanged = gathered(m_clientsTimer);
    listeners.capture.faultsChanged = gathered(m_faultsTimer);
}

void GuiCaptureServices::adopt(engine::Engine &engine)
{
    m_engine = &engine;
    readAuthority();
    emit devicesChanged();
    emit proxyChanged();
    emit sourcesChanged();
    emit healthChanged();
}

capture::ProxyOptions GuiCaptureServices::proxyOptions() const
{
    return m_preferences.proxy();
}

base::Result<void> GuiCaptureServices::setProxyOptions(const capture::ProxyOptions &options)
{
    // Told at the field when it is wrong, before it is saved.
    if (auto route = capture::UpstreamRoute::read(options.upstreamProxy); !route) {
        return base::Failure(route.error());
    }
    if (auto saved = m_preferences.setProxy(options); !saved) {
        return saved;
    }
    m_services.onWorker([this, options](engine::Engine &engine) {
        if (const auto set = engine.setProxy(options); !set) {
            QMetaObject::invokeMethod(
                &m_services, [this, error = set.error()] { emit m_services.failed(error); },
                Qt::QueuedConnection);
        }
    });
    emit proxyChanged();
    return {};
}

void GuiCaptureServices::readAuthority()
{
    m_services.onWorker([this](engine::Engine &engine) {
        AuthorityState state;
        if (const auto authority = engine.captureParts().existingAuthority()) {
            state.exists = true;
            state.isExpired = engine.captureParts().isAuthorityExpired();
            state.info = authority->info();
        }
        QMetaObject::invokeMethod(
            this,
            [this, state] {
                m_authority = state;
                emit authorityChanged();
            },
            Qt::QueuedConnection);
    });
}

void GuiCaptureServices::makeAuthority()
{
    m_services.onWorker([this](engine::Engine &engine) {
        if (const auto made = engine.captureParts().makeAuthority(); !made) {
            QMetaObject::invokeMethod(
                &m_services, [this, error = made.error()] { emit m_services.failed(error); },
                Qt::QueuedConnection);
        }
    });
}

void GuiCaptureServices::removeAuthority()
{
    m_services.onWorker([this](engine::Engine &engine) {
        if (const auto removed = engine.captureParts().removeAuthority(); !removed) {
            QMetaObject::invokeMethod(
                &m_services, [this, error = removed.error()] { emit m_services.failed(error); },
                Qt::QueuedConnection);
        }
    });
}

void GuiCaptureServices::exportAuthority(tls::ExportFormat format, QObject *context,
                                         std::function<void(base::Result<QByteArray>)> done)
{
    m_services.onWorker(
        [this, format, guard = QPointer<QObject>(context), done = std::move(done)](engine::Engine &engine) {
            const auto authority = engine.captureParts().authority();
            base::Result<QByteArray> bytes;
            if (authority) {
                bytes = (*authority)->exported(format);
            } else {
                bytes = base::Failure(authority.error());
            }
            QMetaObject::invokeMethod(
                this,
                [guard, done, bytes] {
                    if (guard != nullptr) {
                        done(bytes);
                    }
                },
                Qt::QueuedConnection);
        });
}

std::vector<capture::Interface> GuiCaptureServices::networkInterfaces() const
{
    return capture::networkInterfaces();
}

ui::CaptureServices::NetworkState GuiCaptureServices::networkState() const
{
    NetworkState state;
    for (const capture::Address &address : m_services.captureState().addresses) {
        if (!m_networkAddress.isNull() && address.host == m_networkAddress) {
            state.isOn = true;
            state.address = address.host;
            state.port = address.port;
        }
    }
    if (state.isOn && m_engine != nullptr) {
        const QByteArray code = m_engine->captureParts().devices.pairingCode();
        state.setupPage = QUrl(u"http://"_s + capture::toText({state.address, state.port}) +
                               u"/trackside/?code="_s + QString::fromLatin1(code));
    }
    return state;
}

void GuiCaptureServices::listenOnNetwork(const QHostAddress &address)
{
    m_networkAddress = address;
    withDevices([](capture::Devices &devices) { devices.renewPairingCode(); });
    m_services.relisten();
}

void GuiCaptureServices::leaveNetwork()
{
    m_networkAddress = QHostAddress();
    m_services.relisten();
}

void GuiCaptureServices::withDevices(const std::function<void(capture::Devices &)> &run)
{
    if (m_engine != nullptr) {
        run(m_engine->captureParts().devices);
    }
}

capture::Devices::Access GuiCaptureServices::deviceAccess() const
{
    return m_preferences.deviceAccess();
}

void GuiCaptureServices::setDeviceAccess(capture::Devices::Access access)
{
    if (const auto saved = m_preferences.setDeviceAccess(access); !saved) {
        emit m_services.failed(saved.error());
    }
    withDevices([access](capture::Devices &devices) { devices.setAccess(access); });
    emit devicesChanged();
}

std::vector<capture::Device> GuiCaptureServices::devices() const
{
    return m_engine == nullptr ? m_preferences.devices() : m_engine->captureParts().devices.list();
}

void GuiCaptureServices::acceptDevice(const QByteArray &address)
{
    withDevices([&address](capture::Devices &devices) { devices.accept(address); });
}

void GuiCaptureServices::refuseDevice(const QByteArray &address)
{
    withDevices([&address](capture::Devices &devices) { devices.refuse(address); });
}

void GuiCaptureServices::forgetDevice(const QByteArray &address)
{
    withDevices([&address](capture::Devices &devices) { devices.forget(address); });
}

void GuiCaptureServices::saveDevices()
{
    if (const auto saved = m_preferences.setDevices(devices()); !saved) {
        emit m_services.failed(saved.error());
    }
}

std::vector<capture::ClientReport> GuiCaptureServices::clients() const
{
    return m_engine == nullptr ? std::vector<capture::ClientReport>() : m_engine->captureParts().clients();
}

ui::CaptureServices::DiagnosisText GuiCaptureServices::words(const capture::Diagnosis &diagnosis,
                                                             const capture::Client &client) const
{
    const engine::DiagnosisText text = engine::diagnosisText(diagnosis, client);
    return {text.what, text.next};
}

QString GuiCaptureServices::clientName(const capture::Client &client) const
{
    return engine::clientName(client);
}

void GuiCaptureServices::forgetClients()
{
    if (m_engine != nullptr) {
        m_engine->captureParts().forgetClients();
    }
}

base::Result<std::uint32_t> GuiCaptureServices::startFault(const capture::Fault &fault)
{
    if (m_engine == nullptr) {
        return base::failure(base::ErrorCode::Internal, tr("Nothing is captured yet."),
                             tr("The store is still being opened."), tr("Try again in a moment."));
    }
    return m_engine->captureParts().faults.start(fault);
}

void GuiCaptureServices::stopFault(std::uint32_t id)
{
    if (m_engine != nullptr) {
        m_engine->captureParts().faults.stop(id);
    }
}

void GuiCaptureServices::clearEndedFaults()
{
    if (m_engine != nullptr) {
        m_engine->captureParts().faults.clearEnded();
    }
}

QList<capture::FaultReport> GuiCaptureServices::faults() const
{
    return m_engine == nullptr ? QList<capture::FaultReport>() : m_engine->captureParts().faults.reports();
}

std::vector<intake::SourceConfig> GuiCaptureServices::sources() const
{
    return m_preferences.sources();
}

base::Result<void> GuiCaptureServices::setSources(const std::vector<intake::SourceConfig> &configs)
{
    if (auto book = intake::SourceBook::compile(configs); !book) {
        return base::Failure(book.error());
    }
    if (auto saved = m_preferences.setSources(configs); !saved) {
        return saved;
    }
    m_services.onWorker([this, configs](engine::Engine &engine) {
        const auto set = engine.setSources(configs);
        QMetaObject::invokeMethod(
            &m_services,
            [this, set] {
                if (set) {
                    m_services.takeChecker(); // with the sources' own plans
                } else {
                    emit m_services.failed(set.error());
                }
            },
            Qt::QueuedConnection);
    });
    emit sourcesChanged();
    return {};
}

segment::HealthOptions GuiCaptureServices::health() const
{
    return m_preferences.health();
}

void GuiCaptureServices::setHealth(const segment::HealthOptions &options)
{
    if (const auto saved = m_preferences.setHealth(options); !saved) {
        emit m_services.failed(saved.error());
    }
    m_services.onWorker([this, options](engine::Engine &engine) {
        engine.setHealth(options);
        QMetaObject::invokeMethod(
            &m_services, [this] { m_services.noteRecheck(); }, Qt::QueuedConnection);
    });
    emit healthChanged();
}

std::vector<ui::CaptureServices::RuleText> GuiCaptureServices::healthRules() const
{
    std::vector<RuleText> rules;
    for (std::uint16_t number = 0; number < event::ruleCount(); ++number) {
        const auto rule = static_cast<event::RuleId>(number);
        if (rule != event::RuleId::Unknown && event::kindOf(rule) == event::FindingKind::Protocol) {
            rules.push_back({rule, engine::ruleSummary(rule)});
        }
    }
    return rules;
}

void GuiCaptureServices::import(QObject *context, std::function<base::Result<QByteArray>()> read,
                                const QString &name, Done done)
{
    // In the engine's turn, so that one asked for at the start waits until it is there.
    m_services.onWorker([this, guard = QPointer<QObject>(context), read = std::move(read), name,
                         done = std::move(done), stop = m_importStop.get_token()](engine::Engine &engine) {
        m_importWorker->post([this, guard, read, name, done, stop, &engine] {
            base::Result<Imported> imported;
            const auto text = read();
            if (!text) {
                imported = base::Failure(text.error());
            } else {
                QElapsedTimer told;
                told.start();
                const auto progress = [this, &told](std::uint64_t events) {
                    if (told.hasExpired(signalIntervalMs)) {
                        told.restart();
                        QMetaObject::invokeMethod(
                            this, [this, events] { emit importProgressed(events); }, Qt::QueuedConnection);
                    }
                };
                auto totals = engine.importText(*text, progress, stop);
                if (totals) {
                    imported = Imported{std::move(totals->report), totals->events};
                } else {
                    base::Error error = totals.error();
                    error.what = tr("%1: %2").arg(name, error.what);
                    imported = tl::unexpected(std::move(error));
                }
            }
            QMetaObject::invokeMethod(
                this,
                [guard, done, imported] {
                    if (guard != nullptr) {
                        done(imported);
                    }
                },
                Qt::QueuedConnection);
        });
    });
}

void GuiCaptureServices::importText(const QByteArray &text, const QString &name, QObject *context, Done done)
{
    import(
        context, [text]() -> base::Result<QByteArray> { return text;
}, name, std::move(done));
} // namespace trackside

void GuiCaptureServices::importFile(const QString &path, QObject *context, Done done)
{
    const auto read = [path]() -> base::Result<QByteArray> {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return base::failure(base::ErrorCode::Io, tr("%1 can't be read.").arg(path),
                                 file.errorString() + u'.', tr("Choose another file."));
        }
        if (file.size() > maxImportBytes) {
            return base::failure(base::ErrorCode::Limit, tr("%1 is too large.").arg(path),
                                 tr("The window imports files of up to 512 MB."),
                                 tr("Split it, or use 'trackside-cli import'."));
        }
        return file.readAll();
    };
    import(context, read, QFileInfo(path).fileName(), std::move(done));
}

void GuiCaptureServices::cancelImports()
{
    m_importStop.request_stop();
    m_importStop = std::stop_source();
}

void GuiCaptureServices::close()
{
    m_importStop.request_stop();
    m_importWorker.reset();
    m_engine = nullptr;
}

} // namespace trackside
