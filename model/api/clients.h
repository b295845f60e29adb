// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/server.h"

namespace api {

/// `GET /api/v1/clients`: {"clients":[{"name","address","agent","firstSeen","lastSeen","modes":[..],
/// "counts":{"events":3,..},"diagnoses":[{"code","level","what","next","at"}]}]}, latest first; counts that
/// are zero are left out. 501 when the services have no clients.
[[nodiscard]] http::Response answerClients(const Services &services);

} // namespace api
