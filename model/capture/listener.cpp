// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/listener.h"

namespace capture {

using namespace Qt::StringLiterals;

namespace {

constexpr int listenBacklog = 512;

} // namespace

Listener::Listener(std::function<void(int)> accepted)
    : m_accepted(std::move(accepted))
{
    setListenBacklogSize(listenBacklog);
}

base::Failure Listener::failure(const Address &address) const
{
    const QString what = u"Can't listen on %1."_s.arg(toText(address));
    switch (serverError()) {
    case QAbstractSocket::AddressInUseError: {
        const QString holder = portHolder(address.port);
        return base::failure(base::ErrorCode::InUse, what,
                             holder.isEmpty() ? u"Another program listens on port %1."_s.arg(address.port)
                                              : u"%1 listens on port %2."_s.arg(holder).arg(address.port),
                             u"Stop it, or choose another port."_s);
    }
    case QAbstractSocket::SocketAccessError:
        return base::failure(base::ErrorCode::Permission, what,
                             address.port < 1024 ? u"Ports below 1024 are for the administrator."_s
                                                 : u"This user may not listen there."_s,
                             u"Choose a port from 1024 up, such as 8765."_s);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return base::failure(base::ErrorCode::NotFound, what, u"This machine has no such address."_s,
                             u"Use 127.0.0.1, or an address of one of its network cards."_s);
    default:
        return base::failure(base::ErrorCode::Network, what, errorString() + u'.',
                             u"Choose another address or port."_s);
    }
}

bool Listener::isMissingIpv6(const Address &address) const
{
    return address.host == QHostAddress(QHostAddress::LocalHostIPv6) &&
           (serverError() == QAbstractSocket::SocketAddressNotAvailableError ||
            serverError() == QAbstractSocket::UnsupportedSocketOperationError);
}

} // namespace capture
