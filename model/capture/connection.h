// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/connections.h"
#include "capture/poller.h"

#include <deque>
#include <vector>

namespace capture {

/// What the connections of one server share.
struct ConnectionContext
{
    RequestHandler &handler;
    const ServerOptions options;
    std::unique_ptr<Poller> poller;
    std::vector<char> readBuffer;
    std::int64_t nowMs = 0; ///< of the current wake-up
    bool isClosing = false;
    std::vector<std::uint64_t> unflushed; ///< connections with something to write
    std::vector<std::uint64_t> paused;    ///< connections that wait for room before they read on
    std::vector<std::uint64_t> closed;    ///< to be taken out of the table
};

/// One client: its socket, its parser, and the answers it waits for, in order.
class Connection
{
public:
    /// Owns the descriptor.
    Connection(ConnectionContext &context, std::uint64_t id, int socket);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void start();
    /// Answers without reading anything, and closes.
    void refuse(const http::Response &response);
    void read();
    void flush();
    void answer(std::uint64_t request, const http::Response &response);
    /// Reads no more; closes once what is open is answered.
    void windDown();
    void checkTimeouts();
    /// Reads on if there is room again.
    void resume();

    [[nodiscard]] bool isOpen() const { return m_phase != Phase::Closed; }

private:
    enum class Phase : std::uint8_t {
        Open,
        Ending,    ///< nothing is read any more; closes when all is written
        Lingering, ///< all is written and our side ended; what still comes is thrown away, so that it can't
                   ///< cost the client our answer (RFC 9112 9.6)
        Closed,
    };
    /// One request that waits for its answer, or bytes that must go out in its place.
    struct Slot
    {
        QByteArray bytes;
        bool isReady = false;
        bool isHead = false;
        bool isKeepAlive = true;
        bool isSilent = false; ///< TLS: the client would not understand any bytes of ours
    };

    void handle(std::vector<http::Action> actions);
    void handleComplete(http::RequestComplete &&complete);
    void handleRejected(http::RequestRejected &&rejected);
    void inputEnded();
    void timeOut(const QByteArray &reason);
    event::ReplyToken openSlot(const http::Request &request);
    void fill(Slot &slot, const http::Response &response);
    void moveReadySlots();
    void linger();
    void close();
    [[nodiscard]] bool isReading() const;
    [[nodiscard]] bool hasRoom() const;
    void updateInterest();
    void noteState();

    ConnectionContext &m_context;
    const std::uint64_t m_id;
    int m_socket;
    QByteArray m_peer;
    http::RequestParser m_parser;
    std::deque<Slot> m_slots;
    std::uint64_t m_firstSlot = 0; ///< request number of the first of them
    QByteArray m_out;
    qsizetype m_written = 0; ///< of m_out
    Phase m_phase = Phase::Open;
    Poller::Interest m_interest = Poller::Interest::None;
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
