// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <vector>

#include <QHostAddress>

namespace capture {

struct Address
{
    QHostAddress host;
    quint16 port = 0;
};

/// "127.0.0.1:8765", "[::1]:8765", ":8765" or "8765" (both loopbacks), or several with commas between. Errors
/// say what was expected.
[[nodiscard]] base::Result<std::vector<Address>> parseListen(const QString &text);

/// "127.0.0.1:8765", "[::1]:8765".
[[nodiscard]] QString toText(const Address &address);

/// Who listens on a port of this machine ("node (pid 4711)"), from /proc; empty when it can't be told.
[[nodiscard]] QString portHolder(quint16 port);

/// The next port above `taken` that both loopback addresses can have at the moment, of a hundred tried; 0
/// when there is none. Another program may still be quicker.
[[nodiscard]] quint16 nextFreePort(quint16 taken);

} // namespace capture
