// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/faults/faultwords.h"

#include <algorithm>

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FaultWords)
};

int plural(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, 1'000'000'000));
}

QString number(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

QString faultKindText(capture::Fault::Kind kind)
{
    using Kind = capture::Fault::Kind;
    switch (kind) {
    case Kind::Status429:
        return Words::tr("429 Too Many Requests");
    case Kind::Status500:
        return Words::tr("500 Internal Server Error");
    case Kind::Status503:
        return Words::tr("503 Service Unavailable");
    case Kind::Close:
        return Words::tr("Connection closed");
    case Kind::Stall:
        return Words::tr("No answer");
    case Kind::Slow:
        return Words::tr("Late answer");
    }
    return {};
}

QString faultText(const capture::Fault &fault, const QString &source)
{
    const QString what = faultKindText(fault.kind);
    const QString on = source.isEmpty() ? Words::tr("%1 on every source").arg(what)
                                        : Words::tr("%1 on %2").arg(what, source);
    if (fault.times > 0)
        return Words::tr("%1, for %Ln request(s)", nullptr, fault.times).arg(on);
    return Words::tr("%1, for %Ln second(s)", nullptr, fault.seconds).arg(on);
}

QString faultProgress(const capture::FaultReport &report)
{
    if (report.endedUs != 0)
        return Words::tr("ended after %Ln request(s)", nullptr, plural(report.requests));
    if (report.fault.times > 0)
        return Words::tr("on: %1 of %Ln request(s) so far", nullptr, report.fault.times)
            .arg(number(report.requests));
    return Words::tr("on: %Ln request(s) so far", nullptr, plural(report.requests));
}

FaultOutcome faultOutcome(const capture::FaultReport &report)
{
    if (report.events == 0 || (report.missing > 0 && report.endedUs == 0))
        return FaultOutcome::Open;
    if (report.missing > 0)
        return FaultOutcome::Missing;
    return report.doubled > 0 ? FaultOutcome::Doubled : FaultOutcome::Kept;
}

QString faultVerdict(const capture::FaultReport &report)
{
    const bool isOn = report.endedUs == 0;
    QString text;
    if (report.requests == 0) {
        text = isOn ? Words::tr("Waiting for a call.") : Words::tr("No call came while it was on.");
    } else if (report.events == 0) {
        text = report.withoutId > 0 ? QString() : Words::tr("The calls it hit held no event.");
    } else if (report.missing > 0) {
        text = isOn
                   ? Words::tr("%1 of %Ln event(s) came again so far.", nullptr, plural(report.events))
                         .arg(number(report.events - std::min(report.missing, report.events)))
                   : Words::tr("%1 of %Ln event(s) did not come again so far: lost, if the app has given up.",
                               nullptr, plural(report.events))
                         .arg(number(report.missing));
    } else {
        text = report.events == 1 ? Words::tr("The SDK kept the event")
                                  : Words::tr("The SDK kept all %1 events").arg(number(report.events));
        text +=
            report.doubled > 0 ? Words::tr("; %1 came twice.").arg(number(report.doubled)) : Words::tr(".");
    }
    if (report.withoutId > 0) {
        text += text.isEmpty() ? QString() : QStringLiteral(" ");
        text += Words::tr("%Ln event(s) without a messageId can’t be followed.", nullptr,
                          plural(report.withoutId));
    }
    return text;
}

} // namespace ui
