// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace base {

/// Wall clock in microseconds since the Unix epoch (UTC); replaceable in tests.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual std::int64_t nowUs() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override;
};

} // namespace base
