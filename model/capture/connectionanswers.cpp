// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/connection.h"

#include "segment/replies.h"

#include <algorithm>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

/// Bytes of a real host's answer that the client has not fetched; then no more of them are taken.
constexpr qsizetype maxUnfetchedBytes = qsizetype{512} * 1024;

/// The status of an answer whose bytes begin here, 0 when they don't tell; interim ones count for nothing.
int statusOf(QByteArrayView bytes)
{
    constexpr qsizetype lineBytes = 12; // "HTTP/1.1 200"
    if (bytes.size() < lineBytes || !bytes.startsWith("HTTP/")) {
        return 0;
    }
    const int status = bytes.sliced(9, 3).toInt();
    return status == 101 || status >= 200 ? status : 0;
}

} // namespace

Connection::Slot *Connection::slotOf(std::uint64_t request)
{
    const std::uint64_t index = request - m_firstSlot;
    return request < m_firstSlot || index >= m_slots.size() ? nullptr : &m_slots[index];
}

std::optional<Connections::Asked> Connection::asked(std::uint64_t request) const
{
    const std::uint64_t index = request - m_firstSlot;
    if (request < m_firstSlot || index >= m_slots.size()) {
        return std::nullopt;
    }
    const Slot &slot = m_slots[index];
    return Connections::Asked{&arrivalOf(slot), slot.agent, slot.path};
}

void Connection::fill(Slot &slot, const http::Response &response)
{
    const bool isLast = m_context.isClosing && &slot == &m_slots.back();
    slot.isKeepAlive = slot.isKeepAlive && !isLast;
    if (!slot.isSilent) {
        slot.bytes = http::serialize(response, slot.isHead ? "HEAD" : "GET", slot.isKeepAlive);
    }
    slot.state = Slot::State::Ready;
}

void Connection::settle(Slot &slot, const http::Response &response)
{
    if (slot.rest == nullptr) {
        fill(slot, response);
        return;
    }
    Rest &rest = *slot.rest;
    if (rest.then == Handling::Then::Close) {
        slot.state = Slot::State::Dropped;
    } else if (rest.isPassedOnLater && response.status == 200) {
        slot.state = Slot::State::ToPassOn;
    } else if (rest.moreHeaders.empty()) {
        fill(slot, response);
    } else {
        http::Response more = response;
        std::move(rest.moreHeaders.begin(), rest.moreHeaders.end(), std::back_inserter(more.headers));
        fill(slot, more);
    }
}

void Connection::answer(std::uint64_t request, const http::Response &response)
{
    Slot *const slot = slotOf(request);
    if (slot == nullptr || slot->state != Slot::State::Waiting) {
        return;
    }
    if (slot->rest != nullptr && slot->rest->dueMs > m_context.nowMs) {
        slot->rest->held = response;
        m_context.wakeAt(slot->rest->dueMs, m_id);
        return;
    }
    settle(*slot, response);
    moveReadySlots();
}

void Connection::dueNow()
{
    for (Slot &slot : m_slots) {
        if (slot.state == Slot::State::Waiting && slot.rest != nullptr && slot.rest->held &&
            slot.rest->dueMs <= m_context.nowMs) {
            const http::Response response = *std::exchange(slot.rest->held, std::nullopt);
            settle(slot, response);
        }
    }
    moveReadySlots();
}

void Connection::popSlot()
{
    if (const Slot &slot = m_slots.front(); slot.rest != nullptr) {
        m_heldBytes -= slot.rest->request.body.size();
    }
    m_slots.pop_front();
    ++m_firstSlot;
}

/// Closes behind what is written; nothing that was asked later is answered.
void Connection::endBehindFront()
{
    m_phase = Phase::Ending;
    m_firstSlot += m_slots.size();
    m_slots.clear();
    m_heldBytes = 0;
}

void Connection::moveReadySlots()
{
    while (m_phase != Phase::Closed && !m_slots.empty()) {
        Slot &slot = m_slots.front();
        if (slot.state == Slot::State::ToPassOn) {
            passOnFront();
            break; // it goes on behind the answer; one that failed at once has seen to the rest
        }
        if (slot.state != Slot::State::Ready && slot.state != Slot::State::Dropped) {
            break;
        }
        const bool isKeepAlive = slot.isKeepAlive && slot.state == Slot::State::Ready;
        if (m_channel->unsent() == 0) {
            m_writeSinceMs = m_context.nowMs;
        }
        m_channel->write(std::move(slot.bytes));
        popSlot();
        if (!isKeepAlive) {
            endBehindFront();
        }
    }
    if (m_phase == Phase::Closed) {
        return;
    }
    if (m_slots.empty() && m_isInputEnded && m_handover == nullptr) {
        m_phase = Phase::Ending;
    }
    if (m_channel->unsent() > 0 || m_phase == Phase::Ending) {
        flushSoon();
    }
    if (m_slots.empty() && m_handover != nullptr) {
        beginHandover();
    }
}

void Connection::passOnFront()
{
    Slot &slot = m_slots.front();
    slot.state = Slot::State::PassedOn;
    const Arrival &arrival = arrivalOf(slot);
    if (m_exchange == nullptr) {
        Exchange::Client &client = *this;
        m_exchange = std::make_unique<Exchange>(m_context, m_gateway->dialer(),
                                                m_gateway->guardFor(m_arrival), client);
    }
    m_exchange->send(
        {arrival.isHostTls ? DialTarget::Kind::Tls : DialTarget::Kind::Http, arrival.host, arrival.hostPort},
        slot.rest->request);
}

void Connection::answerBytes(QByteArrayView bytes)
{
    if (!isOpen() || m_slots.empty()) {
        return;
    }
    Rest &rest = *m_slots.front().rest;
    if (rest.hostStatus == 0) {
        rest.hostStatus = statusOf(bytes);
    }
    if (m_channel->unsent() == 0) {
        m_writeSinceMs = m_context.nowMs;
    }
    m_channel->write(bytes);
    flushSoon();
    if (m_channel->unsent() > maxUnfetchedBytes && !m_isExchangePaused) {
        m_isExchangePaused = true;
        m_exchange->pause();
    }
}

void Connection::answerDone(bool isKeepAlive)
{
    if (!isOpen() || m_slots.empty()) {
        return;
    }
    const Slot &slot = m_slots.front();
    if (slot.rest->isPassedOnLater && slot.rest->hostStatus >= 400) {
        observe(Observation::Kind::AnsweredError, arrivalOf(slot), [&slot](Observation &noted) {
            noted.agent = slot.agent;
            noted.path = slot.path;
            noted.status = slot.rest->hostStatus;
            noted.detail = "upstream";
        });
    }
    const bool isLast = !isKeepAlive || !slot.isKeepAlive || (m_context.isClosing && m_slots.size() == 1);
    popSlot();
    if (isLast) {
        endBehindFront();
    }
    m_isUpgrading = false;
    moveReadySlots();
    updateInterest();
}

void Connection::upgraded(std::unique_ptr<Channel> channel, QByteArray received)
{
    if (isOpen()) {
        becomeRelay(std::move(channel), {}, std::move(received));
    }
}

void Connection::answerFailed(const base::Error &error, bool hasBegun)
{
    if (!isOpen() || m_slots.empty()) {
        return;
    }
    Slot &slot = m_slots.front();
    observe(Observation::Kind::HostFailed, arrivalOf(slot), [&slot, &error](Observation &noted) {
        noted.agent = slot.agent;
        noted.path = slot.path;
        noted.detail = error.oneLine().toUtf8();
    });
    if (hasBegun) {
        close(); // a whole answer can't be told from a part any other way
        return;
    }
    m_isUpgrading = false;
    fill(slot, slot.rest->fallback
                   ? *slot.rest->fallback
                   : segment::refused(slot.rest->request, 502, "host_unreachable", error.oneLine()));
    moveReadySlots();
    updateInterest();
}

} // namespace capture
