// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace plan {

struct InferOptions
{
    /// Events an inferred rule needs; with fewer nothing is said of required and enum.
    std::uint64_t minSeen = 10;
    std::size_t maxEnumValues = 12;    ///< more are no enum
    std::uint64_t minPerEnumValue = 5; ///< events for each value, on average
};

/// Why the inferred rule says what it says.
struct Evidence
{
    QStringList path;                                      ///< as plan::PropertyPath
    std::uint64_t seen = 0;                                ///< events (of nested ones: objects) that had it
    std::uint64_t of = 0;                                  ///< events (objects; items) that could have had it
    std::vector<std::pair<QString, std::uint64_t>> types;  ///< "string" -> times, most frequent first
    std::vector<std::pair<QString, std::uint64_t>> values; ///< most frequent first; at most 20
    std::uint64_t distinct = 0;                            ///< different values, as far as counted
    bool isDistinctExact = true;
    QString format;           ///< that all its texts have
    QString minimum, maximum; ///< of its numbers, digits as sent
};

struct InferredRule
{
    RuleSource rule;
    std::uint64_t events = 0;
    QStringList sources;
    std::int64_t firstUs = 0, lastUs = 0;
    std::vector<Evidence> evidence;
    bool isBelowMinSeen = false; ///< types only
};

/// Learns what events look like: types, what is always there, few values, formats, ranges, nested shapes.
/// Memory is bounded: 2,000 events, 500 properties each (200,000 of all), 200 values each (64 MB of all),
/// eight levels; what is beyond is left open. Never demanded: ranges, choices of numbers, ids, numbered or
/// long texts. One thread.
class Inference
{
public:
    Inference();
    ~Inference();

    /// `merged` is the whole event. Track calls without a name, and what is no call, are not learnt from.
    void add(event::CallType type, const QString &name, const QString &source, std::int64_t receivedUs,
             json::Value merged);
    [[nodiscard]] std::uint64_t events() const; ///< that were learnt from
    /// Rules by type and name; names that look like values ("Order 4711 Completed") are kept as they are.
    [[nodiscard]] std::vector<InferredRule> rules(const InferOptions &options) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// "412 of 412", "3 values", "5..99": how the evidence of one property reads beside it.
[[nodiscard]] QString evidenceText(const Evidence &evidence);

} // namespace plan
