// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <tl/expected.hpp>

namespace base {

/// What kind of failure it was: decides exit codes, HTTP statuses and which button an error offers.
enum class ErrorCode : std::uint8_t {
    BadInput,
    NotFound,
    InUse,
    Permission,
    DiskFull,
    Io,
    Corrupt,
    Newer,
    Limit,
    Cancelled,
    Network,
    Unsupported,
    Internal,
};

/// A failure as a person reads it, in three parts: what happened, why, and what to do about it.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString what;
    QString why;
    QString fix;

    /// All three parts on one line, for a terminal or a log.
    [[nodiscard]] QString oneLine() const;
};

/// How everything that can fail answers. The bare tl class lets a result be ignored silently.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;

[[nodiscard]] Failure failure(ErrorCode code, QString what, QString why = {}, QString fix = {});

} // namespace base
