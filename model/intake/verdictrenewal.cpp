// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/verdictrenewal.h"

#include "intake/mutes.h"

#include <algorithm>

namespace intake {

namespace {

constexpr qsizetype mostAgreed = 65'536; ///< names of events can be without number

/// That the row has this verdict; in which order its findings stand does not matter.
bool has(const store::Reader::CheckedRow &row, const store::Writer::NewVerdict &verdict,
         const std::vector<event::Finding> &stored)
{
    if (row.state.status != verdict.status) {
        return false;
    }
    if (stored.empty()) {
        return verdict.findings.empty();
    }
    const std::vector<event::Finding> after = store::Writer::findingsAfter(verdict, stored);
    return std::ranges::is_permutation(after, stored);
}

} // namespace

VerdictRenewal::VerdictRenewal(store::Reader reader, std::shared_ptr<const Renewal> renewal)
    : m_reader(std::move(reader))
    , m_renewal(std::move(renewal))
{
    const auto isMutedAlike = [this](const Checks &earlier) {
        return earlier.health->mutes == m_renewal->checks.health->mutes;
    };
    m_canTrust = m_renewal->earlier && std::ranges::all_of(*m_renewal->earlier, isMutedAlike);
}

base::Result<VerdictRenewal::Verdicts> VerdictRenewal::changed(event::EventId first, event::EventId last)
{
    const auto rows = m_reader.checkedRows(first, last);
    if (!rows) {
        return base::Failure(rows.error());
    }
    return changed(*rows, Trust::Earlier);
}

base::Result<VerdictRenewal::Verdicts> VerdictRenewal::changed(const std::vector<event::EventId> &ids)
{
    const auto rows = m_reader.checkedRows(ids);
    if (!rows) {
        return base::Failure(rows.error());
    }
    return changed(*rows, Trust::Nothing);
}

VerdictRenewal::Verdicts VerdictRenewal::changed(const std::vector<store::Reader::CheckedRow> &rows,
                                                 Trust trust)
{
    Verdicts verdicts;
    m_sources.clear();
    event::RequestId request{};
    QByteArray body;
    for (const store::Reader::CheckedRow &row : rows) {
        if (row.summary.type == event::CallType::None || row.state.status == event::Status::Rejected ||
            (trust == Trust::Earlier && isAgreed(row))) {
            continue;
        }
        if (row.request != request) {
            request = row.request;
            // What can't be read keeps the verdict it has.
            body = m_reader.requestBody(request).value_or(QByteArray());
        }
        if (auto verdict = this->verdict(row, body)) {
            verdicts.push_back(std::move(*verdict));
        }
    }
    return verdicts;
}

/// Nothing when it is the one the row has.
std::optional<store::Writer::NewVerdict> VerdictRenewal::verdict(const store::Reader::CheckedRow &row,
                                                                 const QByteArray &body)
{
    const segment::MergedEvent merged = m_events.merged(body, row.begin, row.end, m_parser);
    if (merged.document == nullptr) {
        return std::nullopt;
    }
    const QString name = m_reader.nameText(row.summary.name);
    const QString &source = sourceText(row.summary.source);
    const Checks &checks = m_renewal->checks;
    plan::Verdict made = checks.checker->check(check::EventView{
        row.summary.type, name, source, merged.value, row.summary.bodyBytes, row.summary.receivedUs});
    made.status = mute(made.status, made.findings, *checks.health, source, name);
    store::Writer::NewVerdict fresh{row.summary.id, made.status, std::move(made.findings), {}};
    const std::vector<event::Finding> stored = event::decodeFindings(row.found);
    for (const event::Finding &old : stored) {
        if (checks.health->isMuted(old.rule, source, name)) {
            fresh.muted.push_back(old.rule);
        }
    }
    return has(row, fresh, stored) ? std::nullopt : std::optional(std::move(fresh));
}

/// Whether the verdict it has is the one it would get.
bool VerdictRenewal::isAgreed(const store::Reader::CheckedRow &row)
{
    if (!m_canTrust) {
        return false;
    }
    const quint64 kind = quint64{event::raw(row.summary.name)} << 8U | static_cast<quint64>(row.summary.type);
    const std::pair<quint64, quint32> key(kind, event::raw(row.summary.source));
    if (const auto known = m_agreed.constFind(key); known != m_agreed.constEnd()) {
        return *known;
    }
    const QString name = m_reader.nameText(row.summary.name);
    const QString &source = sourceText(row.summary.source);
    const auto named = m_renewal->sourceNames.constFind(row.summary.source);
    const auto agrees = [&](const Checks &earlier) {
        return m_renewal->checks.checker->agreesWith(*earlier.checker, row.summary.type, name, source);
    };
    const bool isAgreed = named != m_renewal->sourceNames.constEnd() && *named == source &&
                          std::ranges::all_of(*m_renewal->earlier, agrees);
    if (m_agreed.size() >= mostAgreed) {
        m_agreed.clear();
    }
    m_agreed.insert(key, isAgreed);
    return isAgreed;
}

const QString &VerdictRenewal::sourceText(event::SourceId id)
{
    auto found = m_sources.find(id);
    if (found == m_sources.end()) {
        found = m_sources.insert(id, m_reader.sourceText(id));
    }
    return *found;
}

} // namespace intake
