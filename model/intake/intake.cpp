// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/intake.h"

#include "base/boundedqueue.h"
#include "base/threadname.h"
#include "intake/committer.h"
#include "intake/recheck.h"

#include <atomic>
#include <thread>

namespace intake {

namespace {

// One transaction holds at most this much: a larger one would make its first request wait too long.
constexpr std::size_t commitRequests = 2'000;
constexpr std::size_t commitBytes = 4 * 1024 * 1024;
constexpr std::size_t fixedBytes = 512; ///< what a request costs beside its bytes, roughly

using StoreItem = std::variant<CheckedRequest, store::WriteTask>;

bool isOf(const Checks &checks, const QByteArray &fingerprint)
{
    return !fingerprint.isEmpty() && checks.fingerprint == fingerprint;
}

} // namespace

void KeepAll::redact(segment::Decoded & /*decoded*/) const {}

struct Intake::Impl
{
    struct Worker
    {
        explicit Worker(std::size_t queueBytes)
            : queue(queueBytes)
        {
        }
        base::BoundedQueue<event::CapturedRequest> queue;
        std::jthread thread;
    };

    Impl(store::Writer storeWriter, std::unique_ptr<Redactor> ownRedactor, Options ownOptions)
        : committer(std::move(storeWriter))
        , redactor(std::move(ownRedactor))
        , options(std::move(ownOptions))
        , storeQueue(options.queueBytes)
    {
    }

    void work(Worker &worker);
    [[nodiscard]] Processing current() const;
    void checkStored(Intake &intake);
    void runStore();
    void lookAgain(const std::vector<CheckedRequest> &stored, const std::vector<event::Event> &added);

    Committer committer; ///< store thread, once that has begun
    std::unique_ptr<Redactor> redactor;
    Options options;
    Router router;

    std::atomic<bool> isStrict = false;
    mutable std::mutex mutex; ///< of the next three
    Checks checks;
    std::shared_ptr<const segment::SourceResolver> sources;
    std::shared_ptr<const StoredNames> storedNames;

    std::vector<std::unique_ptr<Worker>> workers;
    base::BoundedQueue<StoreItem> storeQueue;
    std::jthread storeThread;
    std::atomic<bool> hasMoreInHand = false; ///< beside the item the store thread is at
    std::unique_ptr<Recheck> recheck;
    std::atomic<std::uint64_t> undecided = 0; ///< new checkers of which the store thread has not heard yet
};

Intake::Intake(store::Writer writer, std::shared_ptr<const check::Checker> checker,
               std::unique_ptr<Redactor> redactor, Options options)
    : m_impl(std::make_unique<Impl>(std::move(writer), std::move(redactor), std::move(options)))
{
    segment::DecodeOptions &decode = m_impl->options.decode;
    m_impl->isStrict = decode.isStrict;
    m_impl->sources = decode.sources;
    const auto health = decode.health != nullptr ? decode.health : std::make_shared<segment::HealthOptions>();
    m_impl->checks = checksOf(std::move(checker), health, 0);
    Committer::Ends &ends = m_impl->committer.ends();
    ends.stored = [impl = m_impl.get()](const auto &requests, const auto &added) {
        impl->lookAgain(requests, added);
    };
    ends.sourcesChanged = [impl = m_impl.get()] {
        const std::lock_guard lock(impl->mutex);
        impl->storedNames = nullptr; // a source may have a new name
    };
}

Intake::~Intake()
{
    stop();
}

void Intake::connectTo(event::ReplySink *replies, event::CommitSink *commits)
{
    m_impl->committer.ends().replies = replies;
    m_impl->committer.ends().commits = commits;
}

void Intake::setRouter(Router router)
{
    m_impl->router = std::move(router);
}

void Intake::onHealth(std::function<void(const StoreHealth &)> told)
{
    m_impl->committer.ends().healthTold = std::move(told);
}

void Intake::onCommit(std::function<void()> told)
{
    m_impl->committer.ends().commitTold = std::move(told);
}

void Intake::start()
{
    const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
    const unsigned count = m_impl->options.workers != 0 ? m_impl->options.workers : cores - 1;
    m_impl->recheck = std::make_unique<Recheck>(m_impl->committer.writer().path(), *this);
    const Checks now = m_impl->current().checks;
    const store::Writer &storeWriter = m_impl->committer.writer();
    if (storeWriter.isEmpty() || isOf(now, storeWriter.checkedBy())) {
        m_impl->recheck->use(now);
    } else {
        m_impl->recheck->adopt(now);
        if (isOf(now, storeWriter.unfinishedRecheck())) {
            m_impl->recheck->start(now);
        }
    }
    m_impl->storeThread = std::jthread([this] { m_impl->runStore(); });
    for (unsigned i = 0; i < count; ++i) {
        auto &worker =
            m_impl->workers.emplace_back(std::make_unique<Impl::Worker>(m_impl->options.queueBytes / count));
        worker->thread = std::jthread([this, &worker = *worker] { m_impl->work(worker); });
    }
}

void Intake::stop()
{
    for (const auto &worker : m_impl->workers) {
        worker->queue.close();
    }
    for (const auto &worker : m_impl->workers) {
        worker->thread.join();
    }
    m_impl->workers.clear();
    m_impl->storeQueue.close();
    if (m_impl->storeThread.joinable()) {
        m_impl->storeThread.join();
    }
    m_impl->recheck.reset(); // after the store thread, which hands it late events
}

void Intake::post(event::CapturedRequest request)
{
    const std::size_t index = request.token.connection % m_impl->workers.size();
    const std::size_t bytes =
        fixedBytes + static_cast<std::size_t>(request.request.body.size() + request.request.head.size());
    m_impl->workers[index]->queue.post(std::move(request), bytes);
}

bool Intake::isFull() const
{
    return m_impl->storeQueue.isFull() ||
           std::ranges::any_of(m_impl->workers, [](const auto &worker) { return worker->queue.isFull(); });
}

void Intake::post(store::WriteTask task)
{
    m_impl->storeQueue.post(std::move(task), 0);
}

bool Intake::isWaitedFor() const
{
    return m_impl->hasMoreInHand || m_impl->storeQueue.size() != 0;
}

void Intake::setJsonAnswer(JsonAnswer answer)
{
    m_impl->isStrict = answer == JsonAnswer::AsSegment;
}

void Intake::setChecker(std::shared_ptr<const check::Checker> checker)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        Checks &checks = m_impl->checks;
        checks = checksOf(std::move(checker), checks.health, checks.generation + 1);
    }
    m_impl->checkStored(*this);
}

void Intake::setHealth(std::shared_ptr<const segment::HealthOptions> health)
{
    if (health == nullptr) {
        health = std::make_shared<const segment::HealthOptions>();
    }
    bool hasOtherMutes = false;
    {
        const std::lock_guard lock(m_impl->mutex);
        Checks &checks = m_impl->checks;
        hasOtherMutes = health->mutes != checks.health->mutes;
        checks = checksOf(checks.checker, std::move(health), checks.generation + (hasOtherMutes ? 1U : 0U));
    }
    if (hasOtherMutes) {
        m_impl->checkStored(*this);
    }
}

void Intake::setSources(std::shared_ptr<const segment::SourceResolver> sources)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->sources = std::move(sources);
    m_impl->storedNames = nullptr;
}

std::shared_ptr<const check::Checker> Intake::checker() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->checks.checker;
}

void Intake::recheckStored()
{
    if (m_impl->recheck != nullptr) {
        m_impl->recheck->start(m_impl->current().checks);
    }
}

std::uint64_t Intake::recheckBacklog() const
{
    return m_impl->recheck == nullptr ? 0 : m_impl->undecided + m_impl->recheck->backlog();
}

RecheckProgress Intake::recheckProgress() const
{
    return m_impl->recheck == nullptr ? RecheckProgress{} : m_impl->recheck->progress();
}

void Intake::preferForRecheck(std::vector<event::EventId> ids)
{
    if (m_impl->recheck != nullptr) {
        m_impl->recheck->prefer(std::move(ids));
    }
}

void Intake::cancelRecheck()
{
    if (m_impl->recheck != nullptr) {
        m_impl->recheck->cancel();
    }
}

void Intake::Impl::work(Worker &worker)
{
    base::nameThread("pipeline");
    json::Parser parser;
    for (auto batch = worker.queue.take(64, commitBytes); !batch.empty();
         batch = worker.queue.take(64, commitBytes)) {
        for (const event::CapturedRequest &captured : batch) {
            CheckedRequest checked = process(captured, parser, current(), *redactor, router);
            const std::size_t bytes =
                fixedBytes * (1 + checked.draft.events.size()) +
                static_cast<std::size_t>(checked.draft.body.size() + checked.draft.wireBody.size());
            storeQueue.post(std::move(checked), bytes);
        }
    }
}

Processing Intake::Impl::current() const
{
    Processing now;
    now.decode = options.decode;
    now.decode.isStrict = isStrict;
    const std::lock_guard lock(mutex);
    now.checks = checks;
    now.decode.health = checks.health;
    now.decode.sources = sources;
    now.storedNames = storedNames;
    return now;
}

/// Gives what is stored its verdict by the checks of now, unless it has it already.
void Intake::Impl::checkStored(Intake &intake)
{
    if (recheck == nullptr) {
        return;
    }
    // On the store thread: what was committed before with other checks is known there.
    ++undecided;
    intake.post([this, now = current().checks](store::Writer &storeWriter, event::CommitNotice &) {
        if (isOf(now, storeWriter.checkedBy())) {
            recheck->use(now);
        } else {
            recheck->start(now);
        }
        --undecided;
    });
}

void Intake::Impl::runStore()
{
    base::nameThread("store");
    for (auto items = storeQueue.take(commitRequests, commitBytes); !items.empty();
         items = storeQueue.take(commitRequests, commitBytes)) {
        std::vector<CheckedRequest> waiting;
        waiting.reserve(items.size());
        for (StoreItem &item : items) {
            hasMoreInHand = &item != &items.back();
            if (auto *checked = std::get_if<CheckedRequest>(&item)) {
                waiting.push_back(std::move(*checked));
                continue;
            }
            committer.commit(waiting);
            committer.run(std::get<store::WriteTask>(item));
        }
        committer.commit(waiting);
    }
}

/// Events that were checked with what counts no more, or under another name than their source has in the
/// store, get their verdict anew.
void Intake::Impl::lookAgain(const std::vector<CheckedRequest> &stored,
                             const std::vector<event::Event> &added)
{
    constexpr qsizetype mostNames = 1'000;
    const Processing now = current();
    std::vector<event::EventId> ids;
    StoredNames names;
    std::size_t row = 0;
    for (const CheckedRequest &request : stored) {
        const bool isStale = request.checks.generation != now.checks.generation;
        for (const event::EventDraft &draft : request.draft.events) {
            const event::Event &event = added[row++];
            const bool isNamedOtherwise =
                draft.type != event::CallType::None && event.source != draft.source.suggestedName;
            if (isNamedOtherwise) {
                names.insert(draft.source.keyHash, event.source);
            }
            if (isStale || isNamedOtherwise) {
                ids.push_back(event.summary.id);
            }
        }
    }
    if (!names.isEmpty()) {
        if (now.storedNames != nullptr && now.storedNames->size() < mostNames) {
            StoredNames all = *now.storedNames;
            all.insert(names);
            names = std::move(all);
        }
        const std::lock_guard lock(mutex);
        storedNames = std::make_shared<const StoredNames>(std::move(names));
    }
    if (!ids.empty()) {
        recheck->add(std::move(ids));
    }
}

} // namespace intake
