// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QHostAddress>
#include <QUrl>

namespace deliver {

/// True when an address leads back to where we listen ourselves: each event would come back, be stored and
/// forwarded again without end. Host names are looked up, but only when the port is one of ours.
[[nodiscard]] bool leadsBackHere(const QUrl &url, const std::vector<std::pair<QHostAddress, quint16>> &own);

} // namespace deliver
