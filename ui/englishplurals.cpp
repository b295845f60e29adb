// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/englishplurals.h"

using namespace Qt::StringLiterals;

namespace ui {

QString EnglishPlurals::translate(const char * /*context*/, const char *sourceText,
                                  const char * /*disambiguation*/, int n) const
{
    // A null answer leaves the source text as it is.
    if (n < 0)
        return {};
    QString text = QString::fromUtf8(sourceText);
    return text.contains("(s)"_L1) ? text.replace("(s)"_L1, n == 1 ? ""_L1 : "s"_L1) : QString();
}

} // namespace ui
