// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace tls {

/// "unknown_ca" for 48: names of RFC 8446 6.2 and RFC 5246 7.2.2; "alert_N" for one of neither.
[[nodiscard]] QByteArray nameOfAlert(int alert);

/// Whether an error's reason in OpenSSL says that the peer spoke TLS, but we would not have it so.
[[nodiscard]] bool isOurRefusal(int reason);

} // namespace tls
