// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/address.h"
#include "http/message.h"

#include <optional>

namespace api {

/// Who may ask at all; nothing when the request may pass. Programs of this machine, and whoever has the
/// token. Not web pages: one that points its own name at 127.0.0.1 is seen by the Host header, one that
/// posts across by its Origin.
[[nodiscard]] std::optional<http::Response> refusedAccess(const http::Request &request,
                                                          const std::vector<capture::Address> &listening,
                                                          const QString &token);

} // namespace api
