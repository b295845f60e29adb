// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace base {

/// Compares a secret with what was given for it; takes as long for a wrong one as for the right one, so that
/// its time tells nothing of how much of it was right.
[[nodiscard]] inline bool isSameSecret(QByteArrayView given, QByteArrayView secret)
{
    unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (qsizetype i = 0; i < secret.size(); ++i) {
        const char other = i < given.size() ? given.at(i) : '\0';
        difference |= static_cast<unsigned char>(static_cast<unsigned char>(other) ^
                                                 static_cast<unsigned char>(secret.at(i)));
    }
    return difference == 0;
}

} // namespace base
