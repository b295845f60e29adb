// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/decode.h"
#include "segment/importreader.h"

namespace cli {

/// One event of EVENTS, through the same decoding as one from a socket.
struct InputEvent
{
    QString place; ///< "line 3", "event 2 of 4 at line 3"
    segment::DecodedEvent decoded;
    QString source; ///< its file's, else the app's name in the event; empty when neither tells
    std::int64_t receivedUs = 0;
};

/// What a file holds, event by event, in order.
struct TakeEvents
{
    std::function<void(InputEvent)> event;
    /// A request that could not be understood; may be empty.
    std::function<void(const QString &place, const QString &reason)> rejected;
};

/// Reads what readEvents() reads.
[[nodiscard]] base::Result<segment::ImportReport> decodeEvents(const QString &path, const TakeEvents &take);

/// Reads all the files and shows how far it is; the unreadable parts are told on standard error.
[[nodiscard]] base::Result<std::uint64_t> decodeAll(const QStringList &paths, const QString &verb,
                                                    const std::function<void(const InputEvent &)> &take);

} // namespace cli
