// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/processing.h"
#include "store/reader.h"
#include "store/writer.h"

namespace intake {

/// What stored events are checked against, and what of their old verdicts is known. Immutable; shared by the
/// threads of one recheck.
struct Renewal
{
    Checks checks;
    /// Each stored event was checked with one of these, or with `checks`; nothing: nobody knows.
    std::optional<std::vector<Checks>> earlier;
    /// The sources' names as they were when it was; a source that is missing came later.
    QHash<event::SourceId, QString> sourceNames;
};

/// Gives stored events their new verdict: reads with a connection and checks with a parser of its own, so one
/// per thread. Writes nothing.
class VerdictRenewal
{
public:
    VerdictRenewal(store::Reader reader, std::shared_ptr<const Renewal> renewal);

    using Verdicts = std::vector<store::Writer::NewVerdict>;
    /// Of the requests whose first event is from `first` to `last`: the verdicts that differ from what is
    /// stored. Events whose rules did not change are not even parsed.
    [[nodiscard]] base::Result<Verdicts> changed(event::EventId first, event::EventId last);
    /// Of these events, however they were checked before.
    [[nodiscard]] base::Result<Verdicts> changed(const std::vector<event::EventId> &ids);

private:
    enum class Trust : std::uint8_t { Earlier, Nothing };
    [[nodiscard]] Verdicts changed(const std::vector<store::Reader::CheckedRow> &rows, Trust trust);
    [[nodiscard]] std::optional<store::Writer::NewVerdict> verdict(const store::Reader::CheckedRow &row,
                                                                   const QByteArray &body);
    [[nodiscard]] bool isAgreed(const store::Reader::CheckedRow &row);
    [[nodiscard]] const QString &sourceText(event::SourceId id);

    store::Reader m_reader;
    std::shared_ptr<const Renewal> m_renewal;
    bool m_canTrust = false; ///< that all earlier checks muted what these do
    json::Parser m_parser;
    segment::StoredEvents m_events;
    QHash<event::SourceId, QString> m_sources; ///< of the stretch under way: sources are renamed
    /// By type and name, and source: whether all checks agree about such an event.
    QHash<std::pair<quint64, quint32>, bool> m_agreed;
};

} // namespace intake
