// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace base {

QString Error::oneLine() const
{
    QString line = what;
    for (const QString &part : {why, fix}) {
        if (!part.isEmpty()) {
            line += u' ' + part;
        }
    }
    return line.simplified();
}

Failure failure(ErrorCode code, QString what, QString why, QString fix)
{
    return Failure(Error{code, std::move(what), std::move(why), std::move(fix)});
}

} // namespace base
