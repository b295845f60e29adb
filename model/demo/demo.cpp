// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "demo/demo.h"

#include "base/log.h"
#include "demo/client.h"
#include "demo/connection.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QTimer>

namespace demo {

namespace {

constexpr quint32 seed = 20'261'124; ///< any number: the same play each time
constexpr int mostLost = 5;          ///< then nobody is listening any more

/// A client and the connection it speaks through.
struct Line
{
    Client client;
    std::unique_ptr<Connection> connection;
};

} // namespace

struct Player::Impl
{
    Player *player;
    quint16 port;
    bool isPlaying = false;
    Pace pace = Pace::Lifelike;
    Script script;
    std::size_t nextStep = 0;
    std::vector<Line> lines;
    std::unique_ptr<QTimer> timer;
    QElapsedTimer clock;
    int answeredRequests = 0;
    int lostRequests = 0;

    void begin(Pace wanted);
    void advance();
    void playStep(const Step &step);
    void sendAll(Line &line, const std::vector<QByteArray> &requests) const;
    void flushAll();
    void finishWhenIdle();
    void end();
};

void Player::Impl::begin(Pace wanted)
{
    auto loaded = loadScript(seed);
    if (!loaded) {
        qCCritical(logApp).noquote() << loaded.error().oneLine();
        emit player->finished(0);
        return;
    }
    script = std::move(*loaded);
    pace = wanted;
    isPlaying = true;
    nextStep = 0;
    answeredRequests = 0;
    lostRequests = 0;
    lines.clear();
    for (const Actor &actor : script.actors) {
        lines.push_back({Client(actor, port), std::make_unique<Connection>(port)});
        Connection *connection = lines.back().connection.get();
        QObject::connect(connection, &Connection::answered, player, [this] {
            ++answeredRequests;
            finishWhenIdle();
        });
        QObject::connect(connection, &Connection::lost, player, [this] {
            ++lostRequests;
            finishWhenIdle();
        });
    }
    timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(timer.get(), &QTimer::timeout, player, [this] { advance(); });
    clock.start();
    timer->start(0);
}

void Player::Impl::advance()
{
    while (isPlaying && nextStep < script.steps.size()) {
        const Step &step = script.steps[nextStep];
        const qint64 waitMs = pace == Pace::AtOnce ? 0 : step.atMs - clock.elapsed();
        if (waitMs > 0) {
            timer->start(static_cast<int>(waitMs));
            return;
        }
        ++nextStep;
        playStep(step);
    }
    flushAll();
    finishWhenIdle();
}

void Player::Impl::playStep(const Step &step)
{
    Line &line = lines[step.actor];
    sendAll(line, line.client.send(step.call, QDateTime::currentDateTimeUtc()));
}

void Player::Impl::sendAll(Line &line, const std::vector<QByteArray> &requests) const
{
    for (const QByteArray &request : requests) {
        line.connection->send(request);
    }
}

void Player::Impl::flushAll()
{
    for (Line &line : lines) {
        sendAll(line, line.client.flush(QDateTime::currentDateTimeUtc()));
    }
}

void Player::Impl::finishWhenIdle()
{
    if (!isPlaying) {
        return;
    }
    const bool isThrough =
        nextStep >= script.steps.size() &&
        std::ranges::all_of(lines, [](const Line &line) { return line.connection->isIdle(); });
    if (isThrough || lostRequests >= mostLost) {
        // Not from inside a connection's signal: it ends here.
        QMetaObject::invokeMethod(
            player, [this] { end(); }, Qt::QueuedConnection);
    }
}

void Player::Impl::end()
{
    if (!isPlaying) {
        return;
    }
    isPlaying = false;
    timer->stop();
    for (Line &line : lines) {
        line.connection->abort();
    }
    emit player->finished(answeredRequests);
}

Player::Player(quint16 port, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->player = this;
    m_impl->port = port;
}

Player::~Player() = default;

void Player::play(Pace pace)
{
    if (!m_impl->isPlaying) {
        m_impl->begin(pace);
    }
}

void Player::stop()
{
    m_impl->end();
}

bool Player::isPlaying() const
{
    return m_impl->isPlaying;
}

QHash<QString, QString> Player::sourceNames()
{
    QHash<QString, QString> names;
    if (const auto sources = loadSources()) {
        for (const Source &source : *sources) {
            names.insert(QString::fromStdString(source.writeKey), QString::fromStdString(source.name));
        }
    }
    return names;
}

} // namespace demo
