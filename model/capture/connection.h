// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/connectioncontext.h"
#include "capture/exchange.h"

#include <deque>

namespace capture {

/// One client: its socket, its parser, and the answers it waits for, in order. A CONNECT or a request for
/// another host may make it a Relay, and it ends.
class Connection final : public Watcher, private Exchange::Client
{
public:
    /// Owns the descriptor.
    Connection(ConnectionContext &context, int socket);
    ~Connection() override;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] std::uint64_t id() const { return m_id; }
    void start();
    /// Answers without reading anything, and closes.
    void refuse(const http::Response &response);
    void ready(bool isReadable, bool isWritable) override;
    void flush();
    void answer(std::uint64_t request, const http::Response &response);
    [[nodiscard]] std::optional<Connections::Asked> asked(std::uint64_t request) const;
    /// Reads no more; closes once what is open is answered.
    void windDown();
    void checkTimeouts() override;
    /// Reads on if there is room again.
    void resume();
    /// An answer that was held back may be due.
    void dueNow();
    /// Since when nothing has been asked or answered; nothing while something is.
    [[nodiscard]] std::optional<std::int64_t> idleSinceMs() const;
    void close();

    [[nodiscard]] bool isOpen() const { return m_phase != Phase::Closed; }

private:
    enum class Phase : std::uint8_t {
        Open,
        Ending,    ///< nothing is read any more; closes when all is written
        Lingering, ///< all is written and our side ended; what still comes is thrown away, so that it can't
                   ///< cost the client our answer (RFC 9112 9.6)
        Closed,
    };
    /// What the next bytes of the client are.
    enum class Protocol : std::uint8_t {
        Fresh,       ///< TLS or not: the first byte tells
        Handshaking, ///< TLS
        Sniffing,    ///< HTTP or not, where a client means a host and not us
        Http,
        HandingOver, ///< the parser has stopped: what follows belongs to somebody else
    };
    /// What only few requests need.
    struct Rest
    {
        std::optional<Arrival> arrival; ///< when it is not the connection's
        http::Request request;          ///< to be passed on
        std::optional<http::Response> fallback;
        std::vector<http::Header> moreHeaders;
        std::optional<http::Response> held; ///< the answer, until `dueMs`
        std::int64_t dueMs = 0;
        Handling::Then then = Handling::Then::Answer;
        bool isPassedOnLater = false;
        int hostStatus = 0; ///< of the answer that was handed back
    };
    /// One request that waits for its answer, or bytes that must go out in its place.
    struct Slot
    {
        enum class State : std::uint8_t {
            Waiting,
            Ready,
            ToPassOn, ///< once it is the first
            PassedOn,
            Dropped, ///< the connection closes in its place
        };
        QByteArray bytes;
        QByteArray agent, path; ///< for observations
        std::unique_ptr<Rest> rest;
        State state = State::Waiting;
        bool isHead = false;
        bool isKeepAlive = true;
        bool isSilent = false; ///< TLS: the client would not understand any bytes of ours
    };
    /// What comes after a head at which the parser stopped, or after bytes that are no HTTP.
    struct Handover
    {
        enum class Kind : std::uint8_t { Connect, Absolute, Raw } kind = Kind::Connect;
        http::Request request;
        HostPort host;
        QByteArray received; ///< behind the head
        std::uint64_t dial = 0;
        bool hasBegun = false;
    };

    void read();
    void receive(QByteArrayView bytes);
    void feed(QByteArrayView bytes);
    /// `rest` is what the parser did not read.
    void handle(std::vector<http::Action> actions, QByteArrayView rest);
    void handleComplete(http::RequestComplete &&complete);
    void handleRejected(http::RequestRejected &&rejected);
    void inputEnded();
    void broken();
    void timeOut(const QByteArray &reason);
    event::ReplyToken openSlot(const http::Request &request);
    [[nodiscard]] Slot *slotOf(std::uint64_t request);
    [[nodiscard]] const Arrival &arrivalOf(const Slot &slot) const;
    static Rest &restOf(Slot &slot);
    void fill(Slot &slot, const http::Response &response);
    void settle(Slot &slot, const http::Response &response);
    void moveReadySlots();
    void popSlot();
    void endBehindFront();
    void flushSoon();
    void linger();
    [[nodiscard]] bool isReading() const;
    [[nodiscard]] bool hasRoom() const;
    [[nodiscard]] http::RequestParser::State state() const;
    void updateInterest();
    void noteState();

    // connectiontls.cpp: TLS, and what is no HTTP in it.
    void beginTls(std::shared_ptr<tls::ServerContexts> contexts, QByteArrayView hello);
    void noteTls();
    void tlsOpened();
    void tlsFailed(const tls::SessionFailure &failure);
    void sniff(QByteArrayView bytes);
    [[nodiscard]] QByteArray tlsName() const;

    // connectionproxy.cpp: the ways to other hosts.
    [[nodiscard]] bool isForElsewhere(const http::Request &head) const;
    [[nodiscard]] std::optional<Arrival> absoluteArrival(const http::Request &request) const;
    void stopAt(http::Request &&request, QByteArrayView rest);
    void beginHandover();
    void beginConnect();
    void beginAbsolute();
    void openTunnel();
    void dial(DialTarget::Kind kind);
    void dialed(base::Result<Dialed> result);
    void refuseHandover(int status, const QByteArray &why, Observation::Kind kind);
    void becomeRelay(std::unique_ptr<Channel> host, QByteArray clientReceived, QByteArray hostReceived);
    void passOnFront();
    void observe(Observation::Kind kind, const Arrival &arrival,
                 const std::function<void(Observation &)> &with);
    void answerBytes(QByteArrayView bytes) override;
    void answerDone(bool isKeepAlive) override;
    void upgraded(std::unique_ptr<Channel> channel, QByteArray received) override;
    void answerFailed(const base::Error &error, bool hasBegun) override;

    ConnectionContext &m_context;
    Gateway *const m_gateway;
    const std::uint64_t m_id;
    std::unique_ptr<Channel> m_channel; ///< null once another has it
    Arrival m_arrival;
    http::RequestParser m_parser;
    std::deque<Slot> m_slots;
    std::uint64_t m_firstSlot = 0; ///< request number of the first of them
    std::unique_ptr<Exchange> m_exchange;
    std::unique_ptr<Handover> m_handover;
    QByteArray m_tunnelAgent; ///< of the CONNECT; a refused handshake says nothing of its client
    QByteArray m_sniffed;
    qsizetype m_heldBytes = 0; ///< of requests that are to be passed on
    Phase m_phase = Phase::Open;
    Protocol m_protocol = Protocol::Fresh;
    Poller::Interest m_interest = Poller::Interest::None;
    bool m_isTunnel = false; ///< behind a CONNECT that was answered here
    bool m_isTlsTold = false;
    bool m_hasAsked = false;    ///< a whole request came
    bool m_isUpgrading = false; ///< what follows may be no HTTP: not read until the host has answered
    bool m_isExchangePaused = false;
    bool m_isPaused = false;
    bool m_isListedAsPaused = false;
    bool m_isInputEnded = false;
    bool m_isUnflushed = false;
    bool m_isWaitingToWrite = false;
    http::RequestParser::State m_lastState = http::RequestParser::State::Idle;
    std::int64_t m_stateSinceMs = 0; ///< of the parser's state; in a body: the last progress
    std::int64_t m_writeSinceMs = 0; ///< last progress in writing
};

} // namespace capture
