// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/importedrequest.h"
#include "segment/shellwords.h"

namespace segment {

/// Whether a line of the text begins with curl.
[[nodiscard]] bool looksLikeCurl(QByteArrayView text);

/// Whether this is curl and not another program; assignments, "$ " and sudo before it are passed over.
[[nodiscard]] bool isCurl(const ShellCommand &command);

/// What a curl command would send: one request per URL and per --next part. Options that change nothing of it
/// are passed over. BadInput with one sentence in `what`: no URL, a file that would have to be read, a form,
/// a quote that is not closed.
[[nodiscard]] base::Result<std::vector<WrittenRequest>> curlRequests(const ShellCommand &command);

} // namespace segment
