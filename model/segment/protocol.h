// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/finding.h"
#include "segment/fields.h"
#include "segment/health.h"

#include <memory>
#include <optional>

namespace segment {

/// Of one kind of flaw in one event: more would say nothing new.
inline constexpr int maxFlawFindings = 10;

struct FoundFlaw
{
    std::uint32_t offset;
    json::Flaw flaw;
    std::uint32_t line = 1;
    std::uint32_t column = 1; ///< in characters
};

/// The flaws of a document by offset, with line and column: one walk over its text.
[[nodiscard]] std::vector<FoundFlaw> sortedFlaws(const json::Document &document);

/// The value or key that begins at a byte; missing when none does.
[[nodiscard]] json::Value valueAt(json::Value root, std::uint32_t offset);

/// What the checks of one event know of the request around it.
struct RequestFacts
{
    std::shared_ptr<const HealthOptions> limits; ///< never null
    std::int64_t receivedUs = 0;
    event::CallType pathType = event::CallType::None; ///< of a single event's path
    Fields envelope;                                  ///< of a batch
    bool isBatch = false;
    bool isQuery = false;      ///< a pixel's: no body, every value text
    std::uint32_t retries = 0; ///< as its X-Retry-Count says
    std::uint32_t bodyBytes = 0;
    std::uint32_t batchCount = 0;
    std::vector<FoundFlaw> flaws; ///< of the whole document, by offset
    /// Outside of every event, so it concerns them all.
    std::optional<FoundFlaw> envelopeNotJson;
    QString envelopeNotJsonText;
    QStringList envelopeDuplicateKeys;
};

/// Where an event's write key was found.
struct WriteKeyFacts
{
    std::string_view used;
    bool bodyAndHeaderDiffer = false;
};

/// Adds what Segment would refuse, drop or damage of one event, as far as one request shows it.
class ProtocolCheck
{
public:
    ProtocolCheck(json::Value event, const Fields &fields, const RequestFacts &request,
                  std::vector<event::Finding> &findings);

    /// The event's call type: of its path, else of its `type`.
    [[nodiscard]] event::CallType callType();
    void check(event::CallType type, const WriteKeyFacts &writeKey);

private:
    void add(event::RuleId rule, json::Pointer at, QStringList args = {});
    void sizes();
    void identity(event::CallType type);
    void idField(const char *field, json::Value value);
    void required(event::CallType type);
    void objects();
    void objectField(const char *field, json::Value value);
    void writeKeys(const WriteKeyFacts &writeKey);
    void flaws();
    template <typename Iterator, typename Report>
    void eachFlaw(json::Flaw flaw, Iterator first, Iterator last, Report report);
    void notJson(json::Pointer place, const FoundFlaw &found, const QString &text);

    json::Value m_event;
    const Fields &m_fields;
    const RequestFacts &m_request;
    std::vector<event::Finding> &m_findings;
};

} // namespace segment
