// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/ruleid.h"

#include <vector>

#include <QStringList>

namespace segment {

/// Segment's documented limits.
inline constexpr std::uint32_t maxEventBytes = 32 * 1024;
inline constexpr std::uint32_t maxBatchBytes = 500 * 1024;
inline constexpr std::uint32_t maxBatchCount = 2'500;

/// A finding its user does not want to see: every given part must match. Name patterns take `*`.
struct Mute
{
    QString rule;   ///< its word ("protocol/clock-skew"), or "protocol/*"; never empty
    QString source; ///< source name; empty: every
    QString event;  ///< event or page name; empty: every

    friend bool operator==(const Mute &, const Mute &) = default;
};

/// Limits of the protocol and health rules, and what is muted. Segment's own limits by default.
struct HealthOptions
{
    std::uint32_t maxEventBytes = segment::maxEventBytes;
    std::uint32_t maxBatchBytes = segment::maxBatchBytes;
    std::uint32_t maxBatchEvents = segment::maxBatchCount;
    int maxMessageIdCharacters = 100;
    int clockSkewSeconds = 60;      ///< sentAt against the clock of this machine
    int lateSeconds = 300;          ///< the event happened that long before it came
    int repeatMilliseconds = 1'000; ///< the same call twice within
    int burstCount = 30;            ///< calls of one name by one user ...
    int burstSeconds = 10;          ///< ... within
    QStringList developmentKeys;    ///< key hashes (SourceKey::keyHash) that no production app may use
    QStringList productionApps;     ///< patterns over app name, namespace or page host of production apps
    std::vector<Mute> mutes;

    [[nodiscard]] bool isMuted(event::RuleId rule, const QString &source, const QString &event) const;

    friend bool operator==(const HealthOptions &, const HealthOptions &) = default;
};

/// The whole text, whatever its case; `*` stands for any run of characters.
[[nodiscard]] bool matchesName(QStringView pattern, QStringView text);

/// As the settings keep it: JSON, only what differs from the defaults. Damaged parts are left at them.
[[nodiscard]] QByteArray toJson(const HealthOptions &options);
[[nodiscard]] HealthOptions healthOptionsFromJson(const QByteArray &json);

} // namespace segment
