// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/importreader.h"

namespace cli {

/// EVENTS of the command line: what segment::readImport reads (NDJSON, JSON, a batch body, a HAR, curl
/// commands), or a Trackside store; "-" is standard input. Told apart by content. A bad line is a problem,
/// not the end; an input without a single event is an error.
[[nodiscard]] base::Result<segment::ImportReport>
readEvents(const QString &path, const segment::TakeRequest &take, const std::stop_token &stop = {});

} // namespace cli
