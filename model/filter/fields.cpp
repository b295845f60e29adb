// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/fields.h"

#include <algorithm>
#include <array>

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace filter {

namespace {

struct Named
{
    Field field;
    const char16_t *name;
};

constexpr std::array named{
    Named{Field::Type, u"type"},
    Named{Field::Event, u"event"},
    Named{Field::Source, u"source"},
    Named{Field::Status, u"status"},
    Named{Field::User, u"user"},
    Named{Field::Has, u"has"},
    Named{Field::Prop, u"prop"},
    Named{Field::Trait, u"trait"},
    Named{Field::Ctx, u"ctx"},
    Named{Field::Time, u"time"},
    Named{Field::Rule, u"rule"},
    Named{Field::Session, u"session"},
    Named{Field::Anonymous, u"anonymous"},
    Named{Field::Message, u"message"},
    Named{Field::Library, u"library"},
    Named{Field::App, u"app"},
    Named{Field::Platform, u"platform"},
    Named{Field::Delivery, u"delivery"},
};

/// Names people carry over from the event itself.
struct Alias
{
    const char16_t *name;
    const char16_t *field;
};
constexpr std::array aliases{
    Alias{u"name", u"event"},
    Alias{u"properties", u"prop"},
    Alias{u"property", u"prop"},
    Alias{u"traits", u"trait"},
    Alias{u"context", u"ctx"},
    Alias{u"userid", u"user"},
    Alias{u"anonymousid", u"anonymous"},
    Alias{u"anon", u"anonymous"},
    Alias{u"messageid", u"message"},
    Alias{u"id", u"message"},
    Alias{u"destination", u"delivery"},
    Alias{u"is", u"has"},
    Alias{u"finding", u"has"},
    Alias{u"verdict", u"status"},
    Alias{u"sdk", u"library"},
    Alias{u"os", u"platform"},
    Alias{u"date", u"time"},
    Alias{u"calltype", u"type"},
    Alias{u"writekey", u"source"},
};

/// Optimal string alignment distance: an exchange of neighbours counts one.
qsizetype distance(const QString &left, const QString &right)
{
    const auto width = static_cast<std::size_t>(right.size()) + 1;
    std::vector<qsizetype> before(width), above(width), row(width);
    for (std::size_t j = 0; j < width; ++j) {
        above[j] = static_cast<qsizetype>(j);
    }
    for (qsizetype i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const auto at = static_cast<qsizetype>(j);
            const qsizetype cost = left.at(i - 1) == right.at(at - 1) ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + cost});
            if (i > 1 && at > 1 && left.at(i - 1) == right.at(at - 2) && left.at(i - 2) == right.at(at - 1)) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[width - 1];
}

template <typename Enum>
QStringList wordsOf(std::initializer_list<Enum> values)
{
    QStringList words;
    for (const Enum value : values) {
        const std::string_view text = event::word(value);
        words.append(QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())));
    }
    return words;
}

std::int64_t toUs(const QDateTime &time)
{
    return time.toMSecsSinceEpoch() * 1000;
}

} // namespace

std::optional<Field> fieldFromName(const QString &name)
{
    for (const Named &entry : named) {
        if (name.compare(QStringView(entry.name), Qt::CaseInsensitive) == 0) {
            return entry.field;
        }
    }
    return std::nullopt;
}

QString nameOf(Field field)
{
    for (const Named &entry : named) {
        if (entry.field == field) {
            return QString::fromUtf16(entry.name);
        }
    }
    return {};
}

QStringList fieldNames()
{
    QStringList names;
    for (const Named &entry : named) {
        names.append(QString::fromUtf16(entry.name));
    }
    return names;
}

QString nearestField(const QString &name)
{
    const QString lower = name.toLower();
    for (const Alias &alias : aliases) {
        if (lower == QStringView(alias.name)) {
            return QString::fromUtf16(alias.field);
        }
    }
    // Longer names are typed by accident for nothing here, and need not be compared.
    if (lower.size() > 12) {
        return {};
    }
    QString nearest;
    qsizetype least = lower.size() > 3 ? 3 : 2;
    for (const QString &candidate : fieldNames()) {
        const qsizetype steps = distance(lower, candidate);
        if (steps < least) {
            least = steps;
            nearest = candidate;
        }
    }
    return nearest;
}

bool hasPath(Field field)
{
    return field == Field::Prop || field == Field::Trait || field == Field::Ctx || field == Field::Delivery;
}

bool isComparable(Field field)
{
    return field == Field::Time || field == Field::Session || field == Field::Prop || field == Field::Trait ||
           field == Field::Ctx;
}

QStringList choicesOf(Field field)
{
    using event::CallType, event::DeliveryState, event::Status;
    switch (field) {
    case Field::Type:
        return wordsOf({CallType::None, CallType::Track, CallType::Page, CallType::Screen, CallType::Identify,
                        CallType::Group, CallType::Alias});
    case Field::Status:
        return wordsOf(
            {Status::Valid, Status::Violation, Status::Unplanned, Status::Unchecked, Status::Rejected});
    case Field::Has:
        return {u"violation"_s, u"lint"_s, u"pii"_s,      u"privacy"_s,       u"protocol"_s,
                u"identity"_s,  u"note"_s, u"bookmark"_s, u"delivery-error"_s};
    case Field::Delivery:
        return wordsOf(
            {DeliveryState::None, DeliveryState::Pending, DeliveryState::Delivered, DeliveryState::Failed});
    default:
        return {};
    }
}

std::optional<Span> timeFromText(const QString &text)
{
    static const QRegularExpression shape(
        u"^(?:(\\d{4}-\\d{1,2}-\\d{1,2})(?:[T ]|$))?(?:(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
        u"(Z|[+-]\\d{2}:?\\d{2})?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch() || text.isEmpty()) {
        return std::nullopt;
    }
    const bool hasDate = match.hasCaptured(1) && !match.captured(1).isEmpty();
    const bool hasClock = match.hasCaptured(2) && !match.captured(2).isEmpty();
    if (!hasDate && !hasClock) {
        return std::nullopt;
    }
    QDate date = QDate::currentDate();
    if (hasDate) {
        const QStringList parts = match.captured(1).split(u'-');
        date = QDate(parts[0].toInt(), parts[1].toInt(), parts[2].toInt());
    }
    const QTime clock =
        hasClock ? QTime(match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt())
                 : QTime(0, 0);
    if (!date.isValid() || !clock.isValid()) {
        return std::nullopt;
    }

    const QString zone = match.captured(6).toUpper();
    const auto moment = [&zone](const QDate &day, const QTime &time) {
        if (zone.isEmpty()) {
            return QDateTime(day, time, Qt::LocalTime);
        }
        if (zone == u"Z") {
            return QDateTime(day, time, Qt::UTC);
        }
        const int minutes = zone.sliced(1, 2).toInt() * 60 + zone.last(2).toInt();
        return QDateTime(day, time, Qt::OffsetFromUTC, (zone.startsWith(u'-') ? -60 : 60) * minutes);
    };
    Span span;
    if (!hasClock) {
        span.fromUs = toUs(moment(date, clock));
        span.untilUs = toUs(moment(date.addDays(1), clock));
        span.isDay = true;
        return span;
    }
    span.fromUs = toUs(moment(date, clock));
    const QString fraction = match.captured(5);
    if (!fraction.isEmpty()) {
        std::int64_t step = 1'000'000;
        for (qsizetype i = 0; i < std::min<qsizetype>(fraction.size(), 6); ++i) {
            step /= 10;
            span.fromUs += step * fraction.at(i).digitValue();
        }
        span.untilUs = span.fromUs + step;
    } else {
        span.untilUs = span.fromUs + (match.captured(4).isEmpty() ? 60'000'000 : 1'000'000);
    }
    return span;
}

std::optional<Span> dateFromText(const QString &text)
{
    // Cheap no's first: most texts are no dates.
    if (text.size() < 8 || text.size() > 40 || !text.at(0).isDigit() || text.at(4) != u'-') {
        return std::nullopt;
    }
    return timeFromText(text);
}

} // namespace filter
