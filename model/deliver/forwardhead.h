// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"

namespace deliver {

/// The headers of a stored request's head, in the order sent, folded lines joined.
[[nodiscard]] std::vector<http::Header> headersOf(const QByteArray &head);

/// Those that belong to the message, not to the client's connection to us (RFC 9110, 7.6.1): without
/// hop-by-hop ones and those named by Connection, Host, Content-Length, Origin and Cookie. What the sending
/// side sets itself (Accept-Encoding, Expect) leaves too.
[[nodiscard]] std::vector<http::Header> forwardable(const std::vector<http::Header> &headers);

/// Method, address and headers as they may be kept and shown: write keys masked.
[[nodiscard]] QByteArray shownHead(const QByteArray &method, const QByteArray &url,
                                   const std::vector<http::Header> &headers);

} // namespace deliver
