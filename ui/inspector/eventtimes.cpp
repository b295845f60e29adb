// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/eventtimes.h"

#include "segment/fields.h"
#include "segment/isotime.h"
#include "ui/inspector/requesttext.h"
#include "json/parser.h"

#include <cstdlib>

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::int64_t usPerSecond = 1'000'000;
/// Below this it is the way of the request, not a clock.
constexpr std::int64_t rightWithinUs = 2 * usPerSecond;

QString words(const char *text)
{
    return QCoreApplication::translate("ui::EventTimes", text);
}

QString lengthText(std::int64_t us)
{
    const std::int64_t seconds = (us + usPerSecond / 2) / usPerSecond;
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const QLocale locale;
    const auto two = [&locale](std::int64_t first, const QString &firstUnit, std::int64_t second,
                               const QString &secondUnit) {
        const QString text = locale.toString(static_cast<qlonglong>(first)) + u' ' + firstUnit;
        return second == 0
                   ? text
                   : text + u' ' + locale.toString(static_cast<qlonglong>(second)) + u' ' + secondUnit;
    };
    if (seconds >= day)
        return two(seconds / day, words("d"), seconds % day / hour, words("h"));
    if (seconds >= hour)
        return two(seconds / hour, words("h"), seconds % hour / minute, words("min"));
    if (seconds >= minute)
        return two(seconds / minute, words("min"), seconds % minute, words("s"));
    return two(seconds, words("s"), 0, {});
}

} // namespace

std::optional<std::int64_t> EventTimes::skewUs() const
{
    return sentUs ? std::optional(receivedUs - *sentUs) : std::nullopt;
}

std::optional<std::int64_t> EventTimes::correctedUs() const
{
    return sentUs && timestampUs ? std::optional(receivedUs - (*sentUs - *timestampUs)) : std::nullopt;
}

EventTimes timesOf(const store::EventDetail &detail)
{
    EventTimes times;
    times.receivedUs = detail.event.summary.receivedUs;
    const QByteArray &timestamp = detail.timestamp;
    times.timestampUs = segment::parseIsoTimeUs(
        std::string_view(timestamp.constData(), static_cast<std::size_t>(timestamp.size())));
    json::Parser parser;
    if (const auto event = parser.parse(detail.event.body)) {
        const segment::Fields fields = segment::fieldsOf((*event)->root());
        times.sentUs = segment::parseIsoTimeUs(fields.sentAt.text());
        if (!times.timestampUs)
            times.timestampUs = segment::parseIsoTimeUs(fields.timestamp.text());
    }
    if (!times.sentUs && detail.requestBody.size() > detail.event.body.size()) {
        if (const auto request = parser.parse(detail.requestBody))
            times.sentUs = segment::parseIsoTimeUs(segment::fieldsOf((*request)->root()).sentAt.text());
    }
    return times;
}

QString skewText(std::int64_t skewUs)
{
    if (std::abs(skewUs) < rightWithinUs)
        return words(QT_TRANSLATE_NOOP("ui::EventTimes", "clock right, within 2 s"));
    const QString length = lengthText(std::abs(skewUs));
    return (skewUs > 0 ? words(QT_TRANSLATE_NOOP("ui::EventTimes", "clock %1 behind"))
                       : words(QT_TRANSLATE_NOOP("ui::EventTimes", "clock %1 ahead")))
        .arg(length);
}

QByteArray retryCount(const QByteArray &head)
{
    for (const http::Header &header : headersOf(head)) {
        if (header.name.compare("X-Retry-Count", Qt::CaseInsensitive) == 0)
            return header.value.trimmed() == "0" ? QByteArray() : header.value.trimmed().left(12);
    }
    return {};
}

} // namespace ui
