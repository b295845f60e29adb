// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QByteArray>

namespace deliver {

/// A JSON body with another write key wherever it has one: at its top, and in each event of its batch. Every
/// other byte stays. Nothing when it has none (or is no JSON).
[[nodiscard]] std::optional<QByteArray> withWriteKey(const QByteArray &body, const QByteArray &writeKey);

/// "Basic ..." for a write key, as SDKs send it.
[[nodiscard]] QByteArray basicAuthorization(const QByteArray &writeKey);

/// A pixel's query with another write key: in its parameter, and within `data`, for which `event` is the
/// decoded JSON. Nothing when it has none.
[[nodiscard]] std::optional<QByteArray> queryWithWriteKey(const QByteArray &query, const QByteArray &event,
                                                          const QByteArray &writeKey);

} // namespace deliver
