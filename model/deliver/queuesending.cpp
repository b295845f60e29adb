// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"
#include "deliver/forwardhead.h"
#include "deliver/queueimpl.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QNetworkProxy>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

constexpr qsizetype keptAnswerBytes = 64 * 1024;
/// Looked at beyond what is under way; more than that never starts at once.
constexpr std::size_t lookAhead = 32;

QByteArray headOf(int status, const QNetworkReply &reply)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' +
                      reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray() + "\r\n";
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        head += name + ": " + value + "\r\n";
    }
    return head;
}

QNetworkRequest networkRequest(const Outgoing &outgoing, int timeoutMs)
{
    QNetworkRequest request(outgoing.url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // Following one would carry the write key to another host.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(timeoutMs);
    request.setRawHeader("User-Agent", "Trackside/" TRACKSIDE_VERSION);
    std::set<QByteArray> seen;
    for (const http::Header &header : outgoing.headers) {
        const bool isRepeated = !seen.insert(header.name.toLower()).second;
        request.setRawHeader(header.name, isRepeated ? request.rawHeader(header.name) + ", " + header.value
                                                     : header.value);
    }
    return request;
}

} // namespace

void Queue::Impl::applyDestinations()
{
    const std::lock_guard lock(mutex);
    if (!std::exchange(isConfigChanged, false)) {
        return;
    }
    for (auto &[name, lane] : lanes) {
        lane.destination = nullptr;
    }
    for (const auto &[name, destination] : configured) {
        Lane &lane = lanes[name];
        lane.destination = destination;
        lane.pausedUntilUs = 0; // a mended address or key is tried at once
    }
    std::erase_if(lanes, [](const auto &entry) {
        return entry.second.destination == nullptr && entry.second.underWay.empty();
    });
    healthTimer->start();
}

bool Queue::Impl::openReader()
{
    if (reader) {
        return true;
    }
    auto opened = store::Reader::open(storePath);
    if (!opened) {
        qCWarning(logDeliver) << "Nothing can be delivered:" << opened.error().oneLine();
        return false;
    }
    reader = std::move(*opened);
    return true;
}

bool Queue::Impl::isSending() const
{
    return std::ranges::any_of(lanes, [](const auto &entry) { return !entry.second.underWay.empty(); });
}

/// Starts whatever is due, and sets the clock for what is not.
void Queue::Impl::pump()
{
    applyDestinations();
    std::uint64_t wanted = 0;
    {
        const std::lock_guard lock(mutex);
        wanted = finishWanted;
    }
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    std::int64_t nextUs = never;
    if (!isClosing && !lanes.empty() && openReader()) {
        const std::int64_t nowUs = clock.nowUs();
        for (auto &[name, lane] : lanes) {
            if (lane.destination == nullptr) {
                continue;
            }
            if (lane.pausedUntilUs > nowUs) {
                nextUs = std::min(nextUs, lane.pausedUntilUs);
            } else if (!startDue(name, lane, nowUs, nextUs)) {
                nextUs = std::min(nextUs, nowUs + options.longestRetryMs * 1000);
            }
        }
        if (nextUs != never) {
            const std::int64_t waitMs = std::clamp<std::int64_t>((nextUs - nowUs) / 1000 + 1, 1, 3'600'000);
            dueTimer->start(static_cast<int>(waitMs));
        }
    }
    const bool isResting = !isSending() && plans.empty() && plansInWriting == 0;
    {
        const std::lock_guard lock(mutex);
        isAtRest = !isSending();
        if (isResting) {
            finishDone = wanted;
        }
    }
    waiting.notify_all();
}

/// False: the store could not be read.
bool Queue::Impl::startDue(const QString &name, Lane &lane, std::int64_t nowUs, std::int64_t &nextUs)
{
    if (lane.underWay.size() >= options.concurrency) {
        return true;
    }
    const auto queued = reader->queued(name, lane.underWay.size() + lookAhead);
    if (!queued) {
        qCWarning(logDeliver) << queued.error().oneLine();
        reader.reset();
        return false;
    }
    for (const store::Reader::QueuedDispatch &each : *queued) {
        if (lane.underWay.size() >= options.concurrency) {
            break;
        }
        if (lane.underWay.contains(each.id)) {
            continue;
        }
        if (each.nextAttemptUs > nowUs) {
            // Later ones wait for it: the order stays.
            nextUs = std::min(nextUs, each.nextAttemptUs);
            break;
        }
        if (each.isReplay && lane.isReplaying) {
            continue;
        }
        lane.isReplaying = lane.isReplaying || each.isReplay;
        start(name, lane, each.id);
    }
    return true;
}

void Queue::Impl::start(const QString &name, Lane &lane, event::DispatchId id)
{
    auto flight = std::make_shared<Flight>();
    flight->lane = name;
    flight->dispatch.id = id;
    flight->startedUs = clock.nowUs();
    lane.underWay.insert(id);

    auto dispatch = reader->dispatch(id);
    base::Result<std::vector<Outgoing>> parts;
    if (dispatch) {
        flight->dispatch = std::move(*dispatch);
        parts = build(flight->dispatch, *lane.destination);
    } else {
        parts = base::Failure(std::move(dispatch.error()));
    }
    if (!parts) {
        store::Attempt attempt;
        attempt.startedUs = flight->startedUs;
        attempt.error = parts.error().oneLine();
        end(*flight, std::move(attempt), {Outcome::Failed, -1, parts.error().oneLine()});
        return;
    }
    flight->parts = std::move(*parts);
    send(flight);
}

base::Result<std::vector<Outgoing>> Queue::Impl::build(const store::Dispatch &dispatch,
                                                       const Destination &destination)
{
    if (!dispatch.isReplay) {
        const auto request = reader->request(dispatch.request);
        if (!request) {
            return base::Failure(request.error());
        }
        auto outgoing = destination.forward(request->method, request->target, request->head,
                                            request->wireBody, request->body, request->coding);
        if (!outgoing) {
            return base::Failure(std::move(outgoing.error()));
        }
        return std::vector<Outgoing>{std::move(*outgoing)};
    }
    ReplayReader items;
    std::vector<ReplayItem> found;
    for (const event::EventId id : dispatch.events) {
        if (auto item = items.item(*reader, id)) {
            item->newMessageId = replayMessageId(dispatch, id);
            found.push_back(std::move(*item));
        }
    }
    return destination.replay(found, clock.nowUs());
}

void Queue::Impl::send(const std::shared_ptr<Flight> &flight)
{
    if (network == nullptr) {
        // Only now, because it must be made on the thread the queue has moved to.
        network = std::make_unique<QNetworkAccessManager>();
        network->setProxy(QNetworkProxy::NoProxy);
    }
    const Outgoing &outgoing = flight->parts[flight->part];
    const QNetworkRequest request = networkRequest(outgoing, options.timeoutMs);
    QNetworkReply *reply = outgoing.body.isEmpty()
                               ? network->sendCustomRequest(request, outgoing.method)
                               : network->sendCustomRequest(request, outgoing.method, outgoing.body);
    replies.insert(reply);
    QObject::connect(reply, &QNetworkReply::finished, &queue, [this, flight, reply] {
        replies.erase(reply);
        reply->deleteLater();
        answered(flight, *reply);
    });
}

void Queue::Impl::answered(const std::shared_ptr<Flight> &flight, QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // An answer that broke off in the middle is none.
    const bool isWhole = status != 0 && (reply.error() == QNetworkReply::NoError ||
                                         reply.error() >= QNetworkReply::ContentAccessDenied);
    std::vector<http::Header> headers;
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        headers.push_back({name, value});
    }
    store::Attempt attempt;
    attempt.startedUs = flight->startedUs;
    attempt.durationUs = clock.nowUs() - flight->startedUs;
    attempt.status = isWhole ? status : 0;
    attempt.answer = reply.isOpen() ? reply.readAll().left(keptAnswerBytes) : QByteArray();
    if (isWhole) {
        attempt.answerHead = headOf(status, reply);
    } else {
        attempt.error = reply.error() == QNetworkReply::OperationCanceledError
                            ? u"There was no answer within %1 seconds."_s.arg(options.timeoutMs / 1000)
                            : reply.errorString();
    }
    const auto lane = lanes.find(flight->lane);
    const SharedDestination destination = lane == lanes.end() ? nullptr : lane->second.destination;
    Classified verdict =
        destination == nullptr
            ? Classified{status >= 200 && status < 300 ? Outcome::Delivered : Outcome::Retry, -1, {}}
            : destination->classify(attempt.status, headers, attempt.answer);
    if (verdict.outcome == Outcome::Delivered && flight->part + 1 < flight->parts.size()) {
        ++flight->part;
        send(flight);
        return;
    }
    if (!attempt.error.isEmpty()) {
        verdict.reason = attempt.error;
    }
    end(*flight, std::move(attempt), std::move(verdict));
}

std::int64_t Queue::Impl::retryDelayMs(int attempts, std::int64_t askedMs)
{
    if (askedMs >= 0) {
        return askedMs;
    }
    constexpr int mostDoublings = 30;
    const double plain =
        static_cast<double>(options.firstRetryMs) * std::exp2(std::min(attempts - 1, mostDoublings));
    const double capped = std::min(plain, static_cast<double>(options.longestRetryMs));
    return static_cast<std::int64_t>(capped * std::uniform_real_distribution(0.8, 1.2)(random));
}

/// Decides what an attempt's end means, and has it noted on the store thread.
void Queue::Impl::end(const Flight &flight, store::Attempt attempt, Classified verdict)
{
    const int attempts = static_cast<int>(flight.dispatch.attempts.size()) + 1;
    if (verdict.outcome == Outcome::Retry && attempts >= options.maxAttempts) {
        verdict.outcome = Outcome::Failed;
        verdict.reason = u"Given up after %1 attempts. %2"_s.arg(attempts).arg(verdict.reason);
        attempt.error = verdict.reason;
    }
    Lane &lane = lanes[flight.lane];
    auto state = event::DeliveryState::Delivered;
    std::int64_t nextUs = 0;
    switch (verdict.outcome) {
    case Outcome::Delivered:
        ++lane.delivered;
        break;
    case Outcome::Failed:
        state = event::DeliveryState::Failed;
        ++lane.failed;
        lane.lastError = verdict.reason;
        break;
    case Outcome::Retry:
        state = event::DeliveryState::Pending;
        nextUs = clock.nowUs() + retryDelayMs(attempts, verdict.retryAfterMs) * 1000;
        lane.pausedUntilUs = std::max(lane.pausedUntilUs, nextUs);
        lane.lastError = verdict.reason;
        break;
    }
    QByteArray sentHead;
    QByteArray sentBody;
    if (!flight.parts.empty()) {
        const Outgoing &sent = flight.parts[flight.part];
        sentHead = shownHead(sent.method, sent.url.toEncoded(), sent.headers);
        if (flight.dispatch.isReplay) {
            sentBody = sent.body; // a live one is its request's body, and a swapped key must not be kept
        }
    }
    writes.post([link = link, name = flight.lane, id = flight.dispatch.id, attempt = std::move(attempt),
                 state, nextUs, sentHead, sentBody](store::Writer &writer, event::CommitNotice &notice) {
        const auto changed = writer.noteAttempt(id, attempt, state, nextUs, sentHead, sentBody);
        if (changed) {
            notice.changed.insert(notice.changed.end(), changed->begin(), changed->end());
        } else {
            qCWarning(logDeliver) << changed.error().oneLine();
        }
        link->post(
            [name, id, wasStored = changed.has_value()](Impl &impl) { impl.noted(name, id, wasStored); });
    });
}

void Queue::Impl::noted(const QString &name, event::DispatchId id, bool wasStored)
{
    if (const auto found = lanes.find(name); found != lanes.end()) {
        Lane &lane = found->second;
        lane.underWay.erase(id);
        // Replays go one by one, so the one under way has just ended (or never was).
        lane.isReplaying = false;
        if (!wasStored) {
            lane.pausedUntilUs = clock.nowUs() + options.longestRetryMs * 1000;
        }
        if (lane.destination == nullptr && lane.underWay.empty()) {
            lanes.erase(found);
        }
    }
    if (!healthTimer->isActive()) {
        healthTimer->start();
    }
    pump();
}

/// A slice of the first replay; the next one follows when the loop comes round.
void Queue::Impl::planReplays()
{
    applyDestinations();
    if (plans.empty() || isClosing || !openReader()) {
        return;
    }
    ReplayPlan &plan = plans.front();
    const auto lane = lanes.find(plan.destination());
    if (lane == lanes.end() || lane->second.destination == nullptr) {
        qCWarning(logDeliver) << "There is no destination" << plan.destination() << "to replay to.";
        plans.pop_front();
    } else {
        for (std::vector<event::EventId> &events : plan.next(*reader, *lane->second.destination)) {
            ++plansInWriting;
            writes.post([link = link, destination = plan.destination(),
                         events = std::move(events)](store::Writer &writer, event::CommitNotice &notice) {
                const auto dispatch = writer.queueReplay(destination, events);
                if (!dispatch) {
                    qCWarning(logDeliver) << dispatch.error().oneLine();
                } else if (const auto states = writer.states(*dispatch)) {
                    notice.changed.insert(notice.changed.end(), states->begin(), states->end());
                }
                link->post([](Impl &impl) {
                    --impl.plansInWriting;
                    impl.pump();
                });
            });
        }
        if (plan.isDone()) {
            plans.pop_front();
        }
    }
    link->post([](Impl &impl) {
        if (impl.plans.empty()) {
            impl.pump();
        } else {
            impl.planReplays();
        }
    });
}

void Queue::Impl::tellHealth()
{
    QList<DestinationHealth> health;
    for (const auto &[name, lane] : lanes) {
        if (lane.destination == nullptr) {
            continue;
        }
        std::uint64_t pending = 0;
        if (openReader()) {
            pending = reader->queuedCount(name).value_or(0);
        }
        health.push_back({name, lane.delivered, lane.failed, pending, lane.lastError});
    }
    emit queue.healthChanged(health);
}

} // namespace deliver
