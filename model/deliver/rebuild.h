// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deliver/destination.h"

namespace deliver {

/// A stored event as it is sent again: its envelope merged in, without what belongs to its first delivery
/// (writeKey, sentAt, originalTimestamp, receivedAt, projectId, version, _metadata), with a new messageId
/// (the old one in context.replay.originalMessageId), with the time it happened by our clock, and with a
/// type. NaN and Infinity become null, because Segment refuses a whole request for one. Empty: no object.
[[nodiscard]] QByteArray rebuiltEvent(const ReplayItem &item);

} // namespace deliver
