// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "json/parser.h"

#include <functional>

#include <QByteArray>
#include <QString>

namespace cli {

/// One event read from a file, with its place for messages.
struct InputEvent
{
    QString place;   ///< "line 12", "event 3", "entry 2"
    QByteArray body; ///< the event's own JSON
    QByteArray
        envelope;   ///< what its batch adds (context, integrations, sentAt), as a JSON object; may be empty
    QString source; ///< when the file says it
    std::int64_t receivedUs = 0; ///< 0: not known
};

/// A line or an entry that holds no event.
struct InputProblem
{
    QString place;
    QString message;
};

struct InputReport
{
    std::uint64_t events = 0;
    std::vector<InputProblem> problems;
};

/// EVENTS of the command line: NDJSON (events, or Trackside's own lines), a JSON array, a batch body, a HAR,
/// or a Trackside store; "-" is standard input. Told apart by content. A bad line is a problem, not the end;
/// an input that is none of these is an error.
[[nodiscard]] base::Result<InputReport> readEvents(const QString &path,
                                                   const std::function<void(InputEvent event)> &take);

} // namespace cli
