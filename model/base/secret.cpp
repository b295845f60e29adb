// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"

namespace base {

QString masked(const QString &secret)
{
    const qsizetype shown = qMin<qsizetype>(4, secret.size() / 3);
    return u'\u2026' + secret.last(shown);
}

} // namespace base
