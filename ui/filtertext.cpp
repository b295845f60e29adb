// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/filtertext.h"

using namespace Qt::StringLiterals;

namespace ui {

QString quotedForFilter(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

QString filterForEvent(event::CallType type, const QString &name)
{
    const std::string_view word = event::word(type);
    const QString filter = u"type:"_s + QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    return name.isEmpty() ? filter : filter + u" event:"_s + quotedForFilter(name);
}

} // namespace ui
