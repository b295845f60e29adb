// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "intake/healthwatch.h"
#include "intake/intake.h"

#include <QHash>

namespace intake {

/// What verdicts hang on, as one value.
struct Checks
{
    std::shared_ptr<const check::Checker> checker;
    std::shared_ptr<const segment::HealthOptions> health; ///< never null
    /// Tells it apart over restarts; empty: like no other.
    QByteArray fingerprint;
    std::uint64_t generation = 0; ///< grows when verdicts may change
};
[[nodiscard]] Checks checksOf(std::shared_ptr<const check::Checker> checker,
                              std::shared_ptr<const segment::HealthOptions> health, std::uint64_t generation);

/// Names that the store has for sources whose events say others: two apps with one write key are one source.
using StoredNames = QHash<QByteArray, QString>;

/// A worker's copy of everything that can change between requests.
struct Processing
{
    Checks checks;
    segment::DecodeOptions decode;
    std::shared_ptr<const StoredNames> storedNames; ///< may be null
};

/// A request on its way from a worker to the store thread.
struct CheckedRequest
{
    event::RequestDraft draft;
    Checks checks;
    std::vector<WatchedCall> calls; ///< of the draft's events; empty for a refused one
    std::uint64_t refusal = 0;      ///< see refusalOf()
};

/// decode -> redact -> check -> mute -> route. Any thread, with a parser of its own.
[[nodiscard]] CheckedRequest process(const event::CapturedRequest &captured, json::Parser &parser,
                                     const Processing &processing, const Redactor &redactor,
                                     const Router &router);

} // namespace intake
