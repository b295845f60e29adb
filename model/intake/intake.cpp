// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/intake.h"

#include "base/boundedqueue.h"
#include "base/log.h"
#include "base/threadname.h"
#include "intake/duplicates.h"
#include "intake/recheck.h"
#include "segment/replies.h"

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace intake {

namespace {

// One transaction holds at most this much: a larger one would make its first request wait too long.
constexpr std::size_t commitRequests = 2'000;
constexpr std::size_t commitBytes = 4 * 1024 * 1024;
constexpr std::size_t fixedBytes = 512; ///< what a request costs beside its bytes, roughly

struct CheckedRequest
{
    event::RequestDraft draft;
    std::uint64_t checkerGeneration = 0;
    std::shared_ptr<const check::Checker> checker;
};
using StoreItem = std::variant<CheckedRequest, store::WriteTask>;

http::Response storeFailed(const event::RequestDraft &draft)
{
    // 503 is what every SDK keeps the events for and tries again later; nothing of them was stored.
    http::Response response = draft.reply;
    response.status = 503;
    response.body =
        "{\"success\":false,\"error\":\"Trackside could not store this request\",\"code\":\"store_failed\","
        "\"message\":\"Trackside could not store this request; see its window or its standard error.\"}";
    response.headers.push_back({"Retry-After", "5"});
    return response;
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
        : writer(std::move(storeWriter))
        , redactor(std::move(ownRedactor))
        , options(std::move(ownOptions))
        , storeQueue(options.queueBytes)
    {
    }

    void work(Worker &worker);
    [[nodiscard]] CheckedRequest process(const event::CapturedRequest &captured, json::Parser &parser) const;
    void runStore();
    void commit(std::vector<CheckedRequest> &requests);
    void noteCheckers(const std::vector<CheckedRequest> &requests);
    void flagDuplicates(std::vector<event::RequestDraft> &drafts);
    void setFailing(const base::Error *error);
    void tell(event::CommitNotice notice);

    store::Writer writer;
    std::unique_ptr<Redactor> redactor;
    Options options;

    event::ReplySink *replies = nullptr;
    event::CommitSink *commits = nullptr;
    Router router;
    std::function<void(const StoreHealth &)> healthTold;
    std::function<void()> commitTold;

    std::atomic<bool> isStrict = false;
    mutable std::mutex checkerMutex;
    std::shared_ptr<const check::Checker> checker;
    std::uint64_t checkerGeneration = 0;

    std::vector<std::unique_ptr<Worker>> workers;
    base::BoundedQueue<StoreItem> storeQueue;
    std::jthread storeThread;
    std::unique_ptr<Recheck> recheck;
    std::atomic<std::uint64_t> undecided = 0; ///< new checkers of which the store thread has not heard yet

    Duplicates duplicates;  ///< store thread
    bool isFailing = false; ///< store thread
};

Intake::Intake(store::Writer writer, std::shared_ptr<const check::Checker> checker,
               std::unique_ptr<Redactor> redactor, Options options)
    : m_impl(std::make_unique<Impl>(std::move(writer), std::move(redactor), std::move(options)))
{
    m_impl->checker = std::move(checker);
    m_impl->isStrict = m_impl->options.decode.isStrict;
}

Intake::~Intake()
{
    stop();
}

void Intake::connectTo(event::ReplySink *replies, event::CommitSink *commits)
{
    m_impl->replies = replies;
    m_impl->commits = commits;
}

void Intake::setRouter(Router router)
{
    m_impl->router = std::move(router);
}

void Intake::onHealth(std::function<void(const StoreHealth &)> told)
{
    m_impl->healthTold = std::move(told);
}

void Intake::onCommit(std::function<void()> told)
{
    m_impl->commitTold = std::move(told);
}

void Intake::start()
{
    const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
    const unsigned count = m_impl->options.workers != 0 ? m_impl->options.workers : cores - 1;
    m_impl->recheck = std::make_unique<Recheck>(m_impl->writer.path(), *this);
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

void Intake::setJsonAnswer(JsonAnswer answer)
{
    m_impl->isStrict = answer == JsonAnswer::AsSegment;
}

void Intake::setChecker(std::shared_ptr<const check::Checker> checker)
{
    {
        const std::lock_guard lock(m_impl->checkerMutex);
        m_impl->checker = checker;
        ++m_impl->checkerGeneration;
    }
    if (m_impl->recheck == nullptr) {
        return;
    }
    // On the store thread: what was committed before by another checker is known there.
    ++m_impl->undecided;
    post([impl = m_impl.get(), checker = std::move(checker)](store::Writer &writer, event::CommitNotice &) {
        if (!checker->fingerprint().isEmpty() && checker->fingerprint() == writer.checkedBy()) {
            impl->recheck->use(checker);
        } else {
            impl->recheck->start(checker);
        }
        --impl->undecided;
    });
}

std::shared_ptr<const check::Checker> Intake::checker() const
{
    const std::lock_guard lock(m_impl->checkerMutex);
    return m_impl->checker;
}

void Intake::recheckStored()
{
    if (m_impl->recheck != nullptr) {
        m_impl->recheck->start(checker());
    }
}

std::uint64_t Intake::recheckBacklog() const
{
    return m_impl->recheck == nullptr ? 0 : m_impl->undecided + m_impl->recheck->backlog();
}

void Intake::Impl::work(Worker &worker)
{
    base::nameThread("pipeline");
    json::Parser parser;
    for (auto batch = worker.queue.take(64, commitBytes); !batch.empty();
         batch = worker.queue.take(64, commitBytes)) {
        for (const event::CapturedRequest &captured : batch) {
            CheckedRequest checked = process(captured, parser);
            const std::size_t bytes =
                fixedBytes * (1 + checked.draft.events.size()) +
                static_cast<std::size_t>(checked.draft.body.size() + checked.draft.wireBody.size());
            storeQueue.post(std::move(checked), bytes);
        }
    }
}

CheckedRequest Intake::Impl::process(const event::CapturedRequest &captured, json::Parser &parser) const
{
    CheckedRequest checked;
    std::shared_ptr<const check::Checker> current;
    {
        const std::lock_guard lock(checkerMutex);
        current = checker;
        checked.checkerGeneration = checkerGeneration;
    }
    segment::DecodeOptions decodeOptions = options.decode;
    decodeOptions.isStrict = isStrict;
    segment::Decoded decoded = segment::decode(captured, parser, decodeOptions);
    checked.checker = current;
    redactor->redact(decoded);
    for (segment::DecodedEvent &decodedEvent : decoded.events) {
        event::EventDraft &draft = decodedEvent.draft;
        plan::Verdict verdict = current->check(
            check::EventView{draft.type, draft.name, draft.source.suggestedName, decodedEvent.merged,
                             draft.end - draft.begin, captured.receivedUs});
        draft.status = verdict.status;
        draft.findings.insert(draft.findings.end(), std::make_move_iterator(verdict.findings.begin()),
                              std::make_move_iterator(verdict.findings.end()));
        std::ranges::stable_sort(draft.findings, std::ranges::greater{}, &event::Finding::severity);
        decoded.request.events.push_back(std::move(draft));
    }
    if (router && decoded.request.rejectCode.isEmpty()) {
        decoded.request.destinations = router(decoded.request);
    }
    checked.draft = std::move(decoded.request);
    return checked;
}

void Intake::Impl::runStore()
{
    base::nameThread("store");
    for (auto items = storeQueue.take(commitRequests, commitBytes); !items.empty();
         items = storeQueue.take(commitRequests, commitBytes)) {
        std::vector<CheckedRequest> waiting;
        waiting.reserve(items.size());
        for (StoreItem &item : items) {
            if (auto *checked = std::get_if<CheckedRequest>(&item)) {
                waiting.push_back(std::move(*checked));
                continue;
            }
            commit(waiting);
            event::CommitNotice notice;
            std::get<store::WriteTask>(item)(writer, notice);
            tell(std::move(notice));
        }
        commit(waiting);
    }
}

/// The store knows which checker all of its events were checked with, as long as it was one.
void Intake::Impl::noteCheckers(const std::vector<CheckedRequest> &requests)
{
    const auto isBy = [&requests](const QByteArray &fingerprint) {
        return std::ranges::all_of(requests, [&fingerprint](const CheckedRequest &request) {
            return request.checker->fingerprint() == fingerprint;
        });
    };
    if (isBy(writer.checkedBy())) {
        return;
    }
    const QByteArray first = requests.front().checker->fingerprint();
    const QByteArray now = writer.isEmpty() && isBy(first) ? first : QByteArray();
    if (now == writer.checkedBy()) {
        return;
    }
    if (const auto noted = writer.noteCheckedBy(now); !noted) {
        qCWarning(logStore) << noted.error().oneLine();
    }
}

void Intake::Impl::flagDuplicates(std::vector<event::RequestDraft> &drafts)
{
    for (event::RequestDraft &draft : drafts) {
        for (event::EventDraft &one : draft.events) {
            if (duplicates.note(one.messageId)) {
                one.flags =
                    static_cast<std::uint8_t>(one.flags | static_cast<std::uint8_t>(event::Flag::Duplicate));
                one.findings.push_back({event::RuleId::ProtocolDuplicateMessage,
                                        event::defaultSeverity(event::RuleId::ProtocolDuplicateMessage),
                                        json::Pointer("/messageId"),
                                        {one.messageId}});
            }
        }
    }
}

void Intake::Impl::commit(std::vector<CheckedRequest> &requests)
{
    if (requests.empty()) {
        return;
    }
    noteCheckers(requests);
    std::vector<event::RequestDraft> drafts;
    drafts.reserve(requests.size());
    std::uint64_t oldestGeneration = requests.front().checkerGeneration;
    for (CheckedRequest &request : requests) {
        oldestGeneration = std::min(oldestGeneration, request.checkerGeneration);
        drafts.push_back(std::move(request.draft));
    }
    requests.clear();
    flagDuplicates(drafts);

    std::vector<event::Reply> answers;
    answers.reserve(drafts.size());
    auto notice = writer.commit(drafts);
    if (!notice) {
        for (const event::RequestDraft &draft : drafts) {
            for (const event::EventDraft &one : draft.events) {
                if ((one.flags & static_cast<std::uint8_t>(event::Flag::Duplicate)) == 0) {
                    duplicates.forget(one.messageId);
                }
            }
            answers.push_back({draft.token, storeFailed(draft), 0, "store", {}});
        }
        setFailing(&notice.error());
        replies->post(std::move(answers));
        return;
    }
    setFailing(nullptr);
    for (event::RequestDraft &draft : drafts) {
        const bool isUnderstood = draft.rejectCode.isEmpty();
        answers.push_back({draft.token, std::move(draft.reply),
                           isUnderstood ? static_cast<std::uint32_t>(draft.events.size()) : 0,
                           draft.rejectCode,
                           draft.events.empty() ? QByteArray() : draft.events.front().source.keyHash});
    }
    replies->post(std::move(answers));

    bool isStale = false;
    {
        const std::lock_guard lock(checkerMutex);
        isStale = oldestGeneration != checkerGeneration;
    }
    if (isStale && notice->added != nullptr) {
        std::vector<event::EventId> ids;
        for (const event::Event &added : *notice->added) {
            ids.push_back(added.summary.id);
        }
        recheck->add(std::move(ids));
    }
    tell(std::move(*notice));
}

void Intake::Impl::setFailing(const base::Error *error)
{
    const bool failsNow = error != nullptr;
    if (failsNow == isFailing && !failsNow) {
        return;
    }
    if (failsNow && !isFailing) {
        qCWarning(logStore) << error->oneLine();
    }
    isFailing = failsNow;
    if (healthTold) {
        healthTold({failsNow, failsNow ? *error : base::Error{}});
    }
}

void Intake::Impl::tell(event::CommitNotice notice)
{
    commits->post(std::move(notice));
    if (commitTold) {
        commitTold();
    }
}

} // namespace intake
