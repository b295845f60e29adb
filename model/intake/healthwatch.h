// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/decode.h"

#include <vector>

#include <QHash>

namespace intake {

/// What the watch has to know of one event, made where it was decoded: hashes, so that the store thread reads
/// no JSON.
struct WatchedCall
{
    std::uint64_t call = 0;      ///< source, person, type, name, properties and traits; 0: not watched
    std::uint64_t stream = 0;    ///< source, person, type and name; 0: nobody in particular
    std::uint64_t messageId = 0; ///< 0: none
    std::int64_t happenedUs = 0; ///< its timestamp, else when it was received
};

[[nodiscard]] WatchedCall watchedCall(const segment::DecodedEvent &decoded, std::int64_t receivedUs);

/// Sees what only several events together show: the same call twice within a moment, a burst, one library in
/// two versions. Its tables are of a fixed size: what falls on a taken place takes it, so under very many
/// people at once it sees less, never more. Store thread only.
class HealthWatch
{
public:
    HealthWatch();

    /// Adds to the draft what it finds and is not muted.
    void look(const WatchedCall &call, const segment::HealthOptions &health, event::EventDraft &draft);

private:
    struct Call
    {
        std::uint64_t call = 0;
        std::uint64_t messageId = 0;
        std::int64_t happenedUs = 0;
    };
    /// Calls of the window under way and of the one before: a sliding count from two numbers.
    struct Stream
    {
        std::uint64_t stream = 0;
        std::int64_t beganUs = 0;
        int count = 0;
        int countBefore = 0;
        int sinceFinding = 0;
    };
    struct Library
    {
        QString nameAndVersion;
        std::int64_t lastUs = 0;
    };

    void repeated(const WatchedCall &call, const segment::HealthOptions &health, event::EventDraft &draft);
    void burst(const WatchedCall &call, const segment::HealthOptions &health, event::EventDraft &draft);
    void versions(const WatchedCall &call, const segment::HealthOptions &health, event::EventDraft &draft);

    std::vector<Call> m_calls;
    std::vector<Stream> m_streams;
    QHash<QByteArray, std::vector<Library>> m_libraries; ///< by the source's key hash
};

} // namespace intake
