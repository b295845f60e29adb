// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/verdictwriting.h"

#include "base/log.h"

#include <algorithm>
#include <optional>

namespace intake {

namespace {

constexpr std::size_t mostVerdicts = 2'000; ///< in one transaction

} // namespace

/// One write, in as many transactions as others leave it. Dropped by a closed queue, it has ended as well.
class VerdictWriting::Turn
{
public:
    Turn(VerdictWriting &writing, std::vector<store::Writer::NewVerdict> verdicts)
        : m_writing(writing)
        , m_verdicts(std::move(verdicts))
    {
    }
    ~Turn()
    {
        if (!m_isEnded) {
            m_writing.end(State::Closed);
        }
    }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

    static void post(std::shared_ptr<Turn> turn)
    {
        store::WriteQueue &writes = turn->m_writing.m_writes;
        writes.post([turn = std::move(turn)](store::Writer &writer, event::CommitNotice &notice) {
            if (const auto ended = turn->run(writer, notice)) {
                turn->m_isEnded = true;
                turn->m_writing.end(*ended);
            } else {
                post(turn);
            }
        });
    }

private:
    /// Nothing while there is more to write.
    [[nodiscard]] std::optional<State> run(store::Writer &writer, event::CommitNotice &notice)
    {
        const auto rest = std::span(m_verdicts).subspan(m_done);
        const auto set = writer.setVerdicts(rest.first(std::min(mostVerdicts, rest.size())),
                                            [this] { return m_writing.m_writes.isWaitedFor(); });
        if (!set) {
            qCWarning(logStore) << "New verdicts were not stored:" << set.error().oneLine();
            return State::Failed;
        }
        notice.changed.insert(notice.changed.end(), set->changed.begin(), set->changed.end());
        m_done += set->done;
        return m_done == m_verdicts.size() ? std::optional(State::Written) : std::nullopt;
    }

    VerdictWriting &m_writing;
    const std::vector<store::Writer::NewVerdict> m_verdicts;
    std::size_t m_done = 0;
    bool m_isEnded = false;
};

VerdictWriting::VerdictWriting(store::WriteQueue &writes)
    : m_writes(writes)
{
}

VerdictWriting::~VerdictWriting()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return !m_isUnderWay; });
}

VerdictWriting::State VerdictWriting::write(std::vector<store::Writer::NewVerdict> verdicts)
{
    {
        std::unique_lock lock(m_mutex);
        if (verdicts.empty()) {
            return m_state;
        }
        m_ended.wait(lock, [this] { return !m_isUnderWay; });
        if (m_state != State::Written) {
            return m_state;
        }
        m_isUnderWay = true;
    }
    Turn::post(std::make_shared<Turn>(*this, std::move(verdicts)));
    return State::Written;
}

VerdictWriting::State VerdictWriting::wait()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return !m_isUnderWay; });
    return m_state;
}

void VerdictWriting::end(State state)
{
    // Notified under the mutex: who waits may destroy this once it is let go.
    const std::lock_guard lock(m_mutex);
    m_isUnderWay = false;
    m_state = state == State::Written ? m_state : state;
    m_ended.notify_all();
}

} // namespace intake
