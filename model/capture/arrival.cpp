// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/arrival.h"

#include <algorithm>

#include <QHostAddress>

namespace capture {

QByteArray Arrival::address() const
{
    const qsizetype colon = peer.lastIndexOf(':');
    if (peer.startsWith('[')) {
        return peer.sliced(1, std::max<qsizetype>(0, peer.lastIndexOf(']') - 1));
    }
    return colon < 0 ? peer : peer.first(colon);
}

bool Arrival::isFromThisMachine() const
{
    return origin == Origin::Unknown ? QHostAddress(QString::fromLatin1(address())).isLoopback()
                                     : origin == Origin::ThisMachine;
}

} // namespace capture
