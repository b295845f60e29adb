// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/committer.h"

#include "base/log.h"

#include <algorithm>
#include <unordered_set>

namespace intake {

namespace {

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

Committer::Committer(store::Writer writer)
    : m_writer(std::move(writer))
{
}

void Committer::run(const store::WriteTask &task)
{
    event::CommitNotice notice;
    task(m_writer, notice);
    if (notice.sourcesChanged && m_ends.sourcesChanged) {
        m_ends.sourcesChanged();
    }
    tell(std::move(notice));
}

/// The store knows which checker all of its events were checked with, as long as it was one.
void Committer::noteCheckers(const std::vector<CheckedRequest> &requests)
{
    const auto isBy = [&requests](const QByteArray &fingerprint) {
        return std::ranges::all_of(requests, [&fingerprint](const CheckedRequest &request) {
            return request.checks.fingerprint == fingerprint;
        });
    };
    if (isBy(m_writer.checkedBy())) {
        return;
    }
    const QByteArray first = requests.front().checks.fingerprint;
    const QByteArray now = m_writer.isEmpty() && isBy(first) ? first : QByteArray();
    if (now == m_writer.checkedBy()) {
        return;
    }
    if (const auto noted = m_writer.noteCheckedBy(now); !noted) {
        qCWarning(logStore) << noted.error().oneLine();
    }
}

/// What only the events before this one show of it.
void Committer::watch(CheckedRequest &request)
{
    const segment::HealthOptions &limits = *request.checks.health;
    for (std::size_t i = 0; i < request.calls.size(); ++i) {
        event::EventDraft &draft = request.draft.events[i];
        const std::size_t before = draft.findings.size();
        if (m_duplicates.note(draft.messageId)) {
            draft.flags =
                static_cast<std::uint8_t>(draft.flags | static_cast<std::uint8_t>(event::Flag::Duplicate));
            const auto rule = event::RuleId::ProtocolDuplicateMessage;
            if (!limits.isMuted(rule, draft.source.suggestedName, draft.name)) {
                draft.findings.push_back(
                    {rule, event::defaultSeverity(rule), json::Pointer("/messageId"), {draft.messageId}});
            }
        } else {
            m_health.look(request.calls[i], limits, draft);
        }
        if (draft.findings.size() != before) {
            std::ranges::stable_sort(draft.findings, std::ranges::greater{}, &event::Finding::severity);
        }
    }
}

/// Moves out the refused requests that need no row of their own.
std::vector<CheckedRequest> Committer::takeRepeated(std::vector<CheckedRequest> &requests) const
{
    std::vector<CheckedRequest> again;
    std::vector<CheckedRequest> first;
    std::unordered_set<std::uint64_t> refusals;
    if (std::ranges::all_of(requests, [](const CheckedRequest &request) { return request.refusal == 0; })) {
        return again;
    }
    for (CheckedRequest &request : requests) {
        const bool isAgain =
            request.refusal != 0 &&
            (!refusals.insert(request.refusal).second ||
             m_repeated.isRepeat(request.refusal, request.draft.receivedUs, m_writer.session()));
        (isAgain ? again : first).push_back(std::move(request));
    }
    requests = std::move(first);
    return again;
}

void Committer::commit(std::vector<CheckedRequest> &requests)
{
    if (requests.empty()) {
        return;
    }
    const std::vector<CheckedRequest> again = takeRepeated(requests);
    event::CommitNotice notice;
    if (!requests.empty()) {
        noteCheckers(requests);
        std::vector<event::RequestDraft> drafts;
        drafts.reserve(requests.size());
        for (CheckedRequest &request : requests) {
            watch(request);
            drafts.push_back(std::move(request.draft));
        }
        auto committed = m_writer.commit(drafts);
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            requests[i].draft = std::move(drafts[i]);
        }
        if (!committed) {
            refuse(requests, again, committed.error());
            requests.clear();
            return;
        }
        notice = std::move(*committed);
    }
    setFailing(nullptr);
    noteRefused(requests, again, notice);

    std::vector<event::Reply> answers;
    answers.reserve(requests.size() + again.size());
    for (const std::vector<CheckedRequest> *list : {&std::as_const(requests), &again}) {
        for (const CheckedRequest &request : *list) {
            const event::RequestDraft &draft = request.draft;
            const bool isUnderstood = draft.rejectCode.isEmpty();
            answers.push_back({draft.token, draft.reply,
                               isUnderstood ? static_cast<std::uint32_t>(draft.events.size()) : 0,
                               draft.rejectCode,
                               draft.events.empty() ? QByteArray() : draft.events.front().source.keyHash});
        }
    }
    m_ends.replies->post(std::move(answers));
    if (notice.added != nullptr && m_ends.stored) {
        m_ends.stored(requests, *notice.added);
    }
    requests.clear();
    tell(std::move(notice));
}

/// Nothing of it was stored.
void Committer::refuse(const std::vector<CheckedRequest> &requests, const std::vector<CheckedRequest> &again,
                       const base::Error &error)
{
    std::vector<event::Reply> answers;
    for (const std::vector<CheckedRequest> *list : {&std::as_const(requests), &again}) {
        for (const CheckedRequest &request : *list) {
            for (const event::EventDraft &one : request.draft.events) {
                if ((one.flags & static_cast<std::uint8_t>(event::Flag::Duplicate)) == 0) {
                    m_duplicates.forget(one.messageId);
                }
            }
            answers.push_back({request.draft.token, storeFailed(request.draft), 0, "store", {}});
        }
    }
    setFailing(&error);
    m_ends.replies->post(std::move(answers));
}

/// Remembers the rows of refused requests, and counts there what came again.
void Committer::noteRefused(const std::vector<CheckedRequest> &stored,
                            const std::vector<CheckedRequest> &again, event::CommitNotice &notice)
{
    std::size_t row = 0;
    for (const CheckedRequest &request : stored) {
        if (request.refusal != 0) {
            m_repeated.add(request.refusal, request.draft.receivedUs, notice.added->at(row).summary.id,
                           m_writer.session());
        }
        row += request.draft.events.size();
    }
    if (again.empty()) {
        return;
    }
    std::vector<store::Writer::Repeat> repeats;
    repeats.reserve(again.size());
    for (const CheckedRequest &request : again) {
        repeats.push_back(m_repeated.count(request.refusal, request.draft.receivedUs));
    }
    auto changes = m_writer.noteRepeats(repeats);
    if (changes) {
        notice.changed.insert(notice.changed.end(), changes->begin(), changes->end());
    } else {
        qCWarning(logStore) << changes.error().oneLine();
    }
}

void Committer::setFailing(const base::Error *error)
{
    const bool failsNow = error != nullptr;
    if (failsNow == m_isFailing && !failsNow) {
        return;
    }
    if (failsNow && !m_isFailing) {
        qCWarning(logStore) << error->oneLine();
    }
    m_isFailing = failsNow;
    if (m_ends.healthTold) {
        m_ends.healthTold({failsNow, failsNow ? *error : base::Error{}});
    }
}

void Committer::tell(event::CommitNotice notice)
{
    m_ends.commits->post(std::move(notice));
    if (m_ends.commitTold) {
        m_ends.commitTold();
    }
}

} // namespace intake
