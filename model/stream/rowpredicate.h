// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "filter/query.h"
#include "stream/texts.h"

#include <utility>

namespace stream {

/// A summary-only filter made quick for a million rows: texts are compared once per distinct id. Stream
/// thread.
class RowPredicate
{
public:
    /// The texts must outlive it.
    RowPredicate(filter::NodePtr root, const Texts &names, const Texts &sources, const Texts &users);

    [[nodiscard]] bool matches(const event::EventSummary &summary, event::EventState state);
    /// Since the last call, a text was not known (any more): the row it was about counted as not matching,
    /// the store has to say.
    [[nodiscard]] bool takeTextMissing() { return std::exchange(m_isTextMissing, false); }
    /// A text came or changed: compare anew.
    void forget();

private:
    enum class Verdict : std::uint8_t { Unknown, No, Yes };
    /// The filter's tree with a memory for each text term.
    struct Test
    {
        const filter::Node *node = nullptr;
        std::vector<Test> children;
        std::vector<Verdict> byId;
        std::unordered_map<std::uint32_t, Verdict> byLargeId;
    };

    static Test build(const filter::Node &node);
    static void forget(Test &test);
    bool test(Test &test, const event::EventSummary &summary, event::EventState state);
    bool text(Test &test, std::uint32_t id, const Texts &texts);

    filter::NodePtr m_root;
    const Texts &m_names;
    const Texts &m_sources;
    const Texts &m_users;
    Test m_test;
    bool m_isTextMissing = false;
};

} // namespace stream
