// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "capture/address.h"

#include <functional>

#include <QTcpServer>

namespace capture {

/// Hands over the descriptors as they are: Qt's own socket class can't keep a half-closed connection.
class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(int)> accepted);

    /// Why listen() failed there. InUse names the process that holds the port when it can be told.
    [[nodiscard]] base::Failure failure(const Address &address) const;
    /// This machine has no IPv6.
    [[nodiscard]] bool isMissingIpv6(const Address &address) const;

protected:
    void incomingConnection(qintptr descriptor) override { m_accepted(static_cast<int>(descriptor)); }

private:
    std::function<void(int)> m_accepted;
};

} // namespace capture
