// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/importreader.h"
#include "json/parser.h"

namespace segment {

/// The Segment-shaped requests among `log.entries` of a HAR, in order; the others are counted as skipped.
/// Knows the ways of the browsers, Charles, mitmproxy and HTTP Toolkit with binary bodies (base64, one
/// character per byte, `_content`).
void readHar(json::Value entries, const TakeRequest &take, ImportReport &report, const std::stop_token &stop);

} // namespace segment
