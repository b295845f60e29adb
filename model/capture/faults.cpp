// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/faults.h"

#include "segment/decode.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <mutex>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace capture {

namespace {

constexpr std::size_t maxReports = 16;
constexpr std::size_t maxFollowed = 100'000;
constexpr std::int64_t secondUs = 1'000'000;
constexpr std::int64_t followUs = secondUs * 30 * 60;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

struct KindWord
{
    Fault::Kind kind;
    QStringView text;
};

constexpr std::array kindWords{
    KindWord{Fault::Kind::Status429, u"429"}, KindWord{Fault::Kind::Status500, u"500"},
    KindWord{Fault::Kind::Status503, u"503"}, KindWord{Fault::Kind::Close, u"close"},
    KindWord{Fault::Kind::Stall, u"stall"},   KindWord{Fault::Kind::Slow, u"slow"},
};

/// An event a fault was played on.
struct Followed
{
    std::uint32_t attempts = 0;
    std::uint32_t stored = 0;
    bool isSentAgain = false;
};

/// A request as far as faults are concerned.
struct Seen
{
    std::vector<QByteArray> sources;
    std::unordered_map<std::uint64_t, std::uint32_t> ids; ///< how often each stands in it
    std::uint64_t withoutId = 0;
};

struct Run
{
    FaultReport report;
    std::int64_t endsUs = never;
    std::unordered_map<std::uint64_t, Followed> events; ///< by the hash of the messageId

    [[nodiscard]] bool isOn() const { return report.endedUs == 0; }
    [[nodiscard]] std::int64_t watchedUntilUs() const;
    void end(std::int64_t nowUs);
    void hit(const Seen &seen, std::int64_t nowUs);
    [[nodiscard]] bool follow(const Seen &seen, bool isStored);
    void deliver(Followed &event, std::uint32_t copies, bool isStored);
};

std::int64_t Run::watchedUntilUs() const
{
    if (isOn()) {
        return endsUs == never ? never : endsUs + followUs;
    }
    return events.empty() ? 0 : report.endedUs + followUs;
}

void Run::end(std::int64_t nowUs)
{
    // The latest it may be: nobody looks at the clock between two requests.
    report.endedUs = std::min(nowUs, endsUs);
}

bool isStoredBy(Fault::Kind kind)
{
    return kind == Fault::Kind::Stall || kind == Fault::Kind::Slow;
}

void Run::deliver(Followed &event, std::uint32_t copies, bool isStored)
{
    ++event.attempts;
    report.attempts = std::max<std::uint64_t>(report.attempts, event.attempts);
    if (!isStored) {
        return;
    }
    if (event.stored == 0) {
        --report.missing;
    }
    if (event.stored <= 1 && event.stored + copies > 1) {
        ++report.doubled;
    }
    event.stored += copies;
}

void Run::hit(const Seen &seen, std::int64_t nowUs)
{
    const bool isStored = isStoredBy(report.fault.kind);
    ++report.requests;
    report.withoutId += seen.withoutId;
    for (const auto &[id, copies] : seen.ids) {
        auto found = events.find(id);
        const bool isNew = found == events.end();
        if (isNew) {
            if (events.size() >= maxFollowed) {
                ++report.withoutId;
                continue;
            }
            found = events.try_emplace(id).first;
            ++report.events;
            ++report.missing;
        } else if (isStored && !found->second.isSentAgain) {
            found->second.isSentAgain = true;
            ++report.sentAgain;
        }
        deliver(found->second, copies, isStored);
    }
    if (report.fault.times > 0 && report.requests >= static_cast<std::uint64_t>(report.fault.times)) {
        end(nowUs);
    }
}

bool Run::follow(const Seen &seen, bool isStored)
{
    bool isChanged = false;
    for (const auto &[id, copies] : seen.ids) {
        const auto found = events.find(id);
        if (found == events.end()) {
            continue;
        }
        if (isStored && !found->second.isSentAgain) {
            found->second.isSentAgain = true;
            ++report.sentAgain;
        }
        deliver(found->second, copies, isStored);
        isChanged = true;
    }
    return isChanged;
}

base::Failure badFault(const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput, u"The fault can't be played."_s, why, fix);
}

base::Failure outOfRange(const QString &what, int value, int least, int most)
{
    return badFault(u"%1 is %2, but must be from %3 to %4."_s.arg(what).arg(value).arg(least).arg(most),
                    u"Give a number within the range."_s);
}

base::Result<void> check(const Fault &fault)
{
    constexpr int maxTimes = 1'000'000;
    constexpr int maxSeconds = 86'400;
    constexpr int maxDelayMs = 600'000;
    constexpr int maxRetryAfterSeconds = 3'600;
    if (fault.times == 0 && fault.seconds == 0) {
        return badFault(u"It has neither a count nor a time, so it would never end."_s,
                        u"Say on how many requests it is played, or for how many seconds."_s);
    }
    if (fault.times < 0 || fault.times > maxTimes) {
        return outOfRange(u"The count"_s, fault.times, 1, maxTimes);
    }
    if (fault.seconds < 0 || fault.seconds > maxSeconds) {
        return outOfRange(u"The time in seconds"_s, fault.seconds, 1, maxSeconds);
    }
    if (fault.delayMs < 1 || fault.delayMs > maxDelayMs) {
        return outOfRange(u"The delay in milliseconds"_s, fault.delayMs, 1, maxDelayMs);
    }
    if (fault.retryAfterSeconds < 0 || fault.retryAfterSeconds > maxRetryAfterSeconds) {
        return outOfRange(u"Retry-After in seconds"_s, fault.retryAfterSeconds, 0, maxRetryAfterSeconds);
    }
    return {};
}

} // namespace

QString word(Fault::Kind kind)
{
    const auto found = std::ranges::find(kindWords, kind, &KindWord::kind);
    Q_ASSERT(found != kindWords.end());
    return found->text.toString();
}

std::optional<Fault::Kind> faultKindFromWord(QStringView word)
{
    const auto found = std::ranges::find(kindWords, word, &KindWord::text);
    return found == kindWords.end() ? std::nullopt : std::optional(found->kind);
}

struct Faults::Impl
{
    Impl(const base::Clock &givenClock, std::function<void()> told)
        : clock(givenClock)
        , changed(std::move(told))
    {
    }

    [[nodiscard]] Seen read(const http::Request &request,
                            std::shared_ptr<const segment::SourceResolver> resolver);
    /// Ends what has had its time, forgets the events that were followed long enough.
    void expire(std::int64_t nowUs);
    void updateWatch();
    void tell() const
    {
        if (changed) {
            changed();
        }
    }

    const base::Clock &clock;
    const std::function<void()> changed;
    std::atomic<std::int64_t> watchedUntilUs = 0;

    mutable std::mutex mutex;
    std::vector<Run> runs; ///< in the order they were started
    std::shared_ptr<const segment::SourceResolver> sources;
    std::uint32_t lastId = 0;

    json::Parser parser; ///< of see()
};

/// As the pipeline reads it: the same events, under the same sources.
Seen Faults::Impl::read(const http::Request &request, std::shared_ptr<const segment::SourceResolver> resolver)
{
    // Any number will do, as long as it stays: equal ids must have equal hashes.
    constexpr std::size_t seed = 0x7261'636b'7369'6465;
    segment::DecodeOptions options;
    options.sources = std::move(resolver);
    event::CapturedRequest captured;
    captured.receivedUs = clock.nowUs();
    captured.request = request;
    const segment::Decoded decoded = segment::decode(captured, parser, options);

    Seen seen;
    const auto addSource = [&seen](const QByteArray &source) {
        if (std::ranges::find(seen.sources, source) == seen.sources.end()) {
            seen.sources.push_back(source);
        }
    };
    for (const segment::DecodedEvent &each : decoded.events) {
        addSource(each.draft.source.keyHash);
        if (each.draft.messageId.isEmpty()) {
            ++seen.withoutId;
        } else {
            ++seen.ids[qHash(each.draft.messageId, seed)];
        }
    }
    for (const event::EventDraft &rejected : decoded.request.events) {
        addSource(rejected.source.keyHash);
    }
    return seen;
}

void Faults::Impl::expire(std::int64_t nowUs)
{
    for (Run &run : runs) {
        if (run.isOn() && nowUs >= run.endsUs) {
            run.end(nowUs);
        }
        if (!run.isOn() && nowUs >= run.watchedUntilUs()) {
            run.events = {};
        }
    }
    updateWatch();
}

void Faults::Impl::updateWatch()
{
    std::int64_t until = 0;
    for (const Run &run : runs) {
        until = std::max(until, run.watchedUntilUs());
    }
    watchedUntilUs = until;
}

Faults::Faults(const base::Clock &clock, std::function<void()> changed)
    : m_impl(std::make_unique<Impl>(clock, std::move(changed)))
{
}

Faults::~Faults() = default;

void Faults::setSources(std::shared_ptr<const segment::SourceResolver> sources)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->sources = std::move(sources);
}

base::Result<std::uint32_t> Faults::start(const Fault &fault)
{
    if (const auto checked = check(fault); !checked) {
        return base::Failure(checked.error());
    }
    std::uint32_t id = 0;
    {
        const std::lock_guard lock(m_impl->mutex);
        const std::int64_t nowUs = m_impl->clock.nowUs();
        m_impl->expire(nowUs);
        std::vector<Run> &runs = m_impl->runs;
        if (runs.size() >= maxReports) {
            const auto oldest = std::ranges::find_if(runs, [](const Run &run) { return !run.isOn(); });
            if (oldest == runs.end()) {
                return base::failure(base::ErrorCode::Limit, u"The fault can't be played."_s,
                                     u"There are %1 faults on, and no more can be."_s.arg(maxReports),
                                     u"Stop one of them."_s);
            }
            runs.erase(oldest);
        }
        Run run;
        run.report.id = id = ++m_impl->lastId;
        run.report.fault = fault;
        run.report.startedUs = nowUs;
        if (fault.seconds > 0) {
            run.endsUs = nowUs + fault.seconds * secondUs;
        }
        runs.push_back(std::move(run));
        m_impl->updateWatch();
    }
    m_impl->tell();
    return id;
}

void Faults::stop(std::uint32_t id)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        const std::int64_t nowUs = m_impl->clock.nowUs();
        m_impl->expire(nowUs);
        const auto found = std::ranges::find_if(
            m_impl->runs, [id](const Run &run) { return run.report.id == id && run.isOn(); });
        if (found == m_impl->runs.end()) {
            return;
        }
        found->end(nowUs);
        m_impl->updateWatch();
    }
    m_impl->tell();
}

void Faults::stopAll()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        const std::int64_t nowUs = m_impl->clock.nowUs();
        m_impl->expire(nowUs);
        for (Run &run : m_impl->runs) {
            if (run.isOn()) {
                run.end(nowUs);
            }
        }
        m_impl->updateWatch();
    }
    m_impl->tell();
}

void Faults::clearEnded()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->expire(m_impl->clock.nowUs());
        std::erase_if(m_impl->runs, [](const Run &run) { return !run.isOn(); });
        m_impl->updateWatch();
    }
    m_impl->tell();
}

QList<FaultReport> Faults::reports() const
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->expire(m_impl->clock.nowUs());
    QList<FaultReport> reports;
    std::for_each(m_impl->runs.rbegin(), m_impl->runs.rend(),
                  [&reports](const Run &run) { reports.push_back(run.report); });
    return reports;
}

bool Faults::isWatching() const
{
    const std::int64_t until = m_impl->watchedUntilUs;
    return until == never || (until != 0 && m_impl->clock.nowUs() < until);
}

std::optional<Faults::Action> Faults::see(const http::Request &request)
{
    if (!isWatching()) {
        return std::nullopt;
    }
    std::shared_ptr<const segment::SourceResolver> sources;
    {
        const std::lock_guard lock(m_impl->mutex);
        sources = m_impl->sources;
    }
    const Seen seen = m_impl->read(request, std::move(sources));

    std::optional<Action> action;
    bool isChanged = false;
    {
        const std::lock_guard lock(m_impl->mutex);
        const std::int64_t nowUs = m_impl->clock.nowUs();
        m_impl->expire(nowUs);
        std::vector<Run> &runs = m_impl->runs;
        const auto played = std::ranges::find_if(runs, [&seen](const Run &run) {
            const QByteArray &source = run.report.fault.source;
            return run.isOn() &&
                   (source.isEmpty() || std::ranges::find(seen.sources, source) != seen.sources.end());
        });
        if (played != runs.end()) {
            action = Action{played->report.fault, played->report.id};
        }
        const bool isStored = !action || isStoredBy(action->fault.kind);
        for (auto run = runs.begin(); run != runs.end(); ++run) {
            if (run == played) {
                run->hit(seen, nowUs);
                isChanged = true;
            } else if (run->follow(seen, isStored)) {
                isChanged = true;
            }
        }
        m_impl->updateWatch();
    }
    if (isChanged) {
        m_impl->tell();
    }
    return action;
}

} // namespace capture
