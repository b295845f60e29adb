// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/duplicates.h"
#include "intake/processing.h"
#include "intake/repeatedrequests.h"

namespace intake {

/// What the store thread does with checked requests: sees what several of them show together, stores them,
/// answers, tells. Store thread only.
class Committer
{
public:
    /// Where what happened goes; set before the thread begins, must outlive this.
    struct Ends
    {
        event::ReplySink *replies = nullptr;
        event::CommitSink *commits = nullptr;
        std::function<void(const StoreHealth &)> healthTold;
        std::function<void()> commitTold;
        std::function<void()> sourcesChanged; ///< by a task: one may have another name
        /// What was stored, with its rows in the same order.
        std::function<void(const std::vector<CheckedRequest> &, const std::vector<event::Event> &)> stored;
    };

    explicit Committer(store::Writer writer);

    [[nodiscard]] Ends &ends() { return m_ends; }
    [[nodiscard]] store::Writer &writer() { return m_writer; }

    void run(const store::WriteTask &task);
    /// Empties the list.
    void commit(std::vector<CheckedRequest> &requests);

private:
    void noteCheckers(const std::vector<CheckedRequest> &requests);
    void watch(CheckedRequest &request);
    [[nodiscard]] std::vector<CheckedRequest> takeRepeated(std::vector<CheckedRequest> &requests) const;
    void noteRefused(const std::vector<CheckedRequest> &stored, const std::vector<CheckedRequest> &again,
                     event::CommitNotice &notice);
    void refuse(const std::vector<CheckedRequest> &requests, const std::vector<CheckedRequest> &again,
                const base::Error &error);
    void setFailing(const base::Error *error);
    void tell(event::CommitNotice notice);

    store::Writer m_writer;
    Ends m_ends;
    Duplicates m_duplicates;
    HealthWatch m_health;
    RepeatedRequests m_repeated;
    bool m_isFailing = false;
};

} // namespace intake
