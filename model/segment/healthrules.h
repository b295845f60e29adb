// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/protocol.h"

namespace segment {

/// What the health rules of one event know beyond its own fields.
struct HealthFacts
{
    event::CallType type = event::CallType::None;
    json::Value context;            ///< merged with the envelope's
    const QByteArray &writeKeyHash; ///< "none" without a key
    const QString &maskedKey;
    std::string_view originHost; ///< of the page that sent it; empty: not known
};

/// Adds what Segment accepts of one event although its app can't have meant it.
void checkHealth(const Fields &fields, const RequestFacts &request, const HealthFacts &facts,
                 std::vector<event::Finding> &findings);

} // namespace segment
