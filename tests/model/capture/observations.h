// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/clientlog.h"

namespace tests {

inline constexpr std::int64_t secondUs = 1'000'000;

/// An observation written down in one line: `{Kind::Events, 3}` is three seconds after the start.
struct Seen
{
    capture::Observation::Kind kind;
    int second = 0;
    capture::Mode mode = capture::Mode::Endpoint;
    QByteArray host = {};
    QByteArray detail = {};
    int alert = -1;
    QByteArray agent = "curl/7.88.1";
    QByteArray address = "127.0.0.1";
    QByteArray path = {};
    int status = 0;
    std::uint32_t count = 1;
    QByteArray key = {};
};

inline capture::Observation observation(const Seen &seen)
{
    capture::Observation made;
    made.kind = seen.kind;
    made.atUs = (seen.second + 1) * secondUs;
    made.mode = seen.mode;
    made.host = seen.host;
    made.detail = seen.detail;
    made.alert = seen.alert;
    made.agent = seen.agent;
    made.address = seen.address;
    made.path = seen.path;
    made.status = seen.status;
    made.count = seen.count;
    made.writeKeyHash = seen.key;
    return made;
}

} // namespace tests
