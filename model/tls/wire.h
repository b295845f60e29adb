// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tls/openssl.h"

#include <QByteArrayView>

namespace tls {

/// What OpenSSL reads and writes instead of a socket. Its own memory BIO would copy every record once more,
/// and keep a buffer as large as the largest one for each connection.
struct Wire
{
    QByteArrayView input; ///< what came, as far as it is not read
    QByteArray output;
};

/// Reads and writes `wire`, which outlives it; null when there is no memory.
[[nodiscard]] Bio newBio(Wire &wire);

} // namespace tls
