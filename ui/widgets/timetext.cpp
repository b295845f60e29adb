// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace ui {

std::int64_t nowUs()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

QString localClock(std::int64_t us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000).toString(u"HH:mm:ss.zzz"_s);
}

QString ageText(std::int64_t us, std::int64_t nowUs)
{
    const auto seconds = std::max<std::int64_t>(0, (nowUs - us) / 1'000'000);
    const auto in = [seconds](std::int64_t unit) { return static_cast<int>(seconds / unit); };
    if (seconds < 2) {
        return QCoreApplication::translate("ui::TimeText", "just now");
    }
    if (seconds < 60) {
        return QCoreApplication::translate("ui::TimeText", "%Ln s ago", nullptr, in(1));
    }
    if (seconds < 3600) {
        return QCoreApplication::translate("ui::TimeText", "%Ln min ago", nullptr, in(60));
    }
    if (seconds < 86'400) {
        return QCoreApplication::translate("ui::TimeText", "%Ln h ago", nullptr, in(3600));
    }
    return QCoreApplication::translate("ui::TimeText", "%Ln day(s) ago", nullptr, in(86'400));
}

QString utcAndAge(std::int64_t us, std::int64_t nowUs)
{
    const QString utc =
        QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    return QCoreApplication::translate("ui::TimeText", "%1 UTC, %2").arg(utc, ageText(us, nowUs));
}

} // namespace ui
