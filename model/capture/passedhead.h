// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/dialer.h"
#include "http/message.h"

namespace capture {

/// The head of a captured request as its host is to get it: the lines as they came, in their order, but in
/// origin-form (absolute-form to an upstream proxy, which `proxy` is), with the Host that an absolute target
/// names (RFC 9112 3.2.2), a Content-Length in place of chunks, and without what was for us: Proxy-*, an
/// Expect: 100-continue that was answered, and the offer to change to HTTP/2, which would hide what follows.
[[nodiscard]] QByteArray passedHead(const http::Request &request, const DialTarget &target,
                                    const std::optional<UpstreamProxy> &proxy);

} // namespace capture
