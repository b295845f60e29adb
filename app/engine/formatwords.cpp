// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/formatwords.h"

#include "app/engine/valuewords.h"

#include <algorithm>
#include <array>

#include <QDateTime>
#include <QRegularExpression>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

bool matches(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

QString date()
{
    return u"\\d{4}-\\d{2}-\\d{2}"_s;
}

QString time()
{
    return u"\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?"_s;
}

QString zone()
{
    return u"([Zz]|[+-]\\d{2}:\\d{2})"_s;
}

/// "2026-11-24T10:30:00Z" of seconds or milliseconds since 1970; empty when it is neither.
QString isoOfUnixTime(const QString &text)
{
    constexpr qsizetype secondDigits = 10;
    constexpr qsizetype millisecondDigits = 13;
    const bool isNumber = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber || (text.size() != secondDigits && text.size() != millisecondDigits)) {
        return {};
    }
    constexpr qint64 millisecondsPerSecond = 1000;
    const qint64 number = text.toLongLong();
    const bool isInSeconds = text.size() == secondDigits;
    const QDateTime moment =
        QDateTime::fromMSecsSinceEpoch(isInSeconds ? number * millisecondsPerSecond : number, Qt::UTC);
    return moment.toString(Qt::ISODate);
}

/// "2026-01-05" of "2026-1-5", with what stands behind.
QString withTwoDigits(const QString &text)
{
    static const QRegularExpression parts(u"^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?!\\d)(.*)$"_s);
    const auto match = parts.match(text);
    return match.captured(1) + u'-' + match.captured(2).rightJustified(2, u'0') + u'-' +
           match.captured(3).rightJustified(2, u'0') + match.captured(4);
}

/// Faults that dates have, with a time or without.
FormatFault localDateFault(const QString &text, const QString &example)
{
    if (const QString iso = isoOfUnixTime(text); !iso.isEmpty()) {
        return {Findings::tr("which is a Unix time"),
                Findings::tr("Send it as %1").arg(example.size() > 10 ? iso : iso.left(10))};
    }
    if (matches(text, u"\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}.*"_s) ||
        matches(text, u"\\d{4}/\\d{1,2}/\\d{1,2}.*"_s)) {
        return {Findings::tr("which is not in the order year-month-day"),
                Findings::tr("Send year, month and day in this order, as %1").arg(example)};
    }
    if (matches(text, u"(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*"_s)) {
        return {Findings::tr("which is how JavaScript prints a date"),
                Findings::tr("Send what `toISOString()` gives, as %1").arg(example)};
    }
    if (matches(text, u"\\d{4}-\\d{1,2}-\\d{1,2}.*"_s) && !matches(text, date() + u".*"_s)) {
        return {Findings::tr("where month or day has one digit"),
                Findings::tr("Send %1").arg(inQuotes(withTwoDigits(text)))};
    }
    if (text.compare(u"Invalid Date"_s, Qt::CaseInsensitive) == 0) {
        return {Findings::tr("which is what JavaScript prints for a date that it can't read"),
                Findings::tr("Look where the app takes the date from")};
    }
    return {};
}

FormatFault dateFault(const QString &text)
{
    if (matches(text, date() + u"[Tt ].*"_s)) {
        return {Findings::tr("which has a time as well"),
                Findings::tr("Send %1").arg(inQuotes(text.left(10)))};
    }
    if (matches(text, date())) {
        return {Findings::tr("which is no day of the calendar"), Findings::tr("Send a real date")};
    }
    return localDateFault(text, u"2026-11-24"_s);
}

FormatFault timeFault(const QString &text)
{
    if (matches(text, time())) {
        return {Findings::tr("which has no time zone"),
                Findings::tr("Add Z for UTC, or the offset: %1").arg(inQuotes(text + u'Z'))};
    }
    if (matches(text, u"\\d{2}:\\d{2}"_s + zone() + u'?')) {
        return {Findings::tr("which has no seconds"),
                Findings::tr("Send hours, minutes, seconds and zone, as %1").arg(u"10:30:00Z"_s)};
    }
    if (matches(text, date() + u".*"_s)) {
        return {Findings::tr("which has a date as well"), Findings::tr("Send the time alone, as 10:30:00Z")};
    }
    if (matches(text, u"\\d{1,2}(:\\d{2}){1,2} ?[AaPp]\\.?[Mm]\\.?"_s)) {
        return {Findings::tr("which uses AM and PM"), Findings::tr("Count them from 0 to 23, as 22:30:00Z")};
    }
    if (matches(text, time() + zone())) {
        return {Findings::tr("which is no time of a day"), Findings::tr("Send a real time")};
    }
    return {};
}

FormatFault dateTimeFault(const QString &text)
{
    const QString example = u"2026-11-24T10:30:00Z"_s;
    if (matches(text, date())) {
        return {Findings::tr("which has no time"),
                Findings::tr("Add the time and its zone, as in %1").arg(inQuotes(text + u"T00:00:00Z"_s))};
    }
    if (matches(text, date() + u' ' + u"\\d{2}:.*"_s)) {
        QString mended = text;
        mended[10] = u'T';
        const bool isWhole = matches(mended, date() + u'T' + time() + zone());
        return {isWhole ? Findings::tr("which has a space instead of the T")
                        : Findings::tr("which has a space instead of the T and no time zone"),
                Findings::tr("Send it as %1").arg(isWhole ? mended : example)};
    }
    if (matches(text, date() + u"[Tt]"_s + time())) {
        return {Findings::tr("which has no time zone"),
                Findings::tr("Add Z for UTC, or the offset: %1").arg(inQuotes(text + u'Z'))};
    }
    if (matches(text, date() + u"[Tt]\\d{2}:\\d{2}"_s + zone() + u'?')) {
        return {Findings::tr("which has no seconds"),
                Findings::tr("Send it with seconds and zone, as %1").arg(example)};
    }
    if (matches(text, date() + u"[Tt]"_s + time() + u"[+-]\\d{4}"_s)) {
        return {Findings::tr("whose time zone has no colon"),
                Findings::tr("Send %1").arg(inQuotes(text.chopped(2) + u':' + text.right(2)))};
    }
    if (matches(text, date() + u"[Tt]"_s + time() + zone())) {
        return {Findings::tr("which is no moment of the calendar"),
                Findings::tr("Send a real date and time")};
    }
    return localDateFault(text, example);
}

FormatFault emailFault(const QString &text)
{
    const auto at = text.count(u'@');
    if (at == 0) {
        return {Findings::tr("which has no @"), {}};
    }
    if (at > 1) {
        return {Findings::tr("which has more than one @"), Findings::tr("Send one address only")};
    }
    if (text.startsWith(u"mailto:"_s)) {
        return {Findings::tr("which is a link"), Findings::tr("Send the address without \"mailto:\"")};
    }
    if (text.contains(u'<')) {
        return {Findings::tr("which has a name around it"), Findings::tr("Send the address alone")};
    }
    if (text.contains(u' ')) {
        return {Findings::tr("which has a space in it"), Findings::tr("Send the address without spaces")};
    }
    if (text.startsWith(u'@')) {
        return {Findings::tr("which has nothing before its @"), {}};
    }
    if (text.endsWith(u'@')) {
        return {Findings::tr("which has nothing after its @"), {}};
    }
    if (text.contains(u".."_s)) {
        return {Findings::tr("which has two dots in a row"), {}};
    }
    return {};
}

FormatFault uuidFault(const QString &text)
{
    constexpr qsizetype uuidCharacters = 36;
    constexpr qsizetype uuidDigits = 32;
    if (matches(text, u"[0-9a-fA-F]{32}"_s)) {
        const QString hyphened = text.left(8) + u'-' + text.sliced(8, 4) + u'-' + text.sliced(12, 4) + u'-' +
                                 text.sliced(16, 4) + u'-' + text.sliced(20);
        return {Findings::tr("which lacks the hyphens"), Findings::tr("Send %1").arg(inQuotes(hyphened))};
    }
    if (text.startsWith(u'{') && text.endsWith(u'}')) {
        return {Findings::tr("which stands in braces"), Findings::tr("Send it without the braces")};
    }
    if (text.startsWith(u"urn:uuid:"_s)) {
        return {Findings::tr("which begins with \"urn:uuid:\""), Findings::tr("Send the UUID alone")};
    }
    const bool isHexadecimal = matches(text, u"[0-9a-fA-F-]*"_s);
    if (isHexadecimal && text.size() != uuidCharacters) {
        const QString count = QString::number(text.size());
        return {text.size() < uuidCharacters
                    ? Findings::tr("which is too short: it has %1 characters instead of 36").arg(count)
                    : Findings::tr("which is too long: it has %1 characters instead of 36").arg(count),
                Findings::tr("Send the whole UUID")};
    }
    const auto stray = std::ranges::find_if(text, [](QChar c) {
        const QChar lower = c.toLower();
        return !c.isDigit() && !(lower >= u'a' && lower <= u'f') && c != u'-';
    });
    if (text.size() >= uuidDigits && text.size() <= uuidCharacters && stray != text.cend()) {
        return {Findings::tr("where \"%1\" is no hexadecimal digit").arg(*stray), {}};
    }
    return {};
}

FormatFault uriFault(const QString &text)
{
    if (text.contains(u' ')) {
        return {Findings::tr("which has a space in it"), Findings::tr("Write spaces as %20")};
    }
    if (text.startsWith(u"//"_s)) {
        return {Findings::tr("which does not begin with https://"),
                Findings::tr("Send it as %1").arg(inQuotes(u"https:"_s + text))};
    }
    if (text.startsWith(u'/')) {
        return {Findings::tr("which is a path without its host"),
                Findings::tr("Send the whole URL, as https://example.com%1").arg(cut(text))};
    }
    if (matches(text, u"[\\w-]+(\\.[\\w-]+)+(:\\d+)?(/.*)?"_s)) {
        return {Findings::tr("which does not begin with https://"),
                Findings::tr("Send it as %1").arg(inQuotes(u"https://"_s + text))};
    }
    const auto stray = std::ranges::find_if(text, [](QChar c) { return c.unicode() > 0x7e; });
    if (stray != text.cend() && text.contains(u':')) {
        return {Findings::tr("where \"%1\" is not encoded").arg(*stray),
                Findings::tr("Percent-encode such letters")};
    }
    return {};
}

FormatFault ipv4Fault(const QString &text)
{
    if (text.contains(u':') && !text.contains(u'.')) {
        return {Findings::tr("which looks like an IPv6 address"), {}};
    }
    if (matches(text, u"\\d+(\\.\\d+){3}"_s)) {
        const QStringList parts = text.split(u'.');
        const auto large =
            std::ranges::find_if(parts, [](const QString &part) { return part.toInt() > 255; });
        return large != parts.cend()
                   ? FormatFault{Findings::tr("where %1 is more than 255").arg(cut(*large)), {}}
                   : FormatFault{Findings::tr("where a part begins with 0"), {}};
    }
    if (matches(text, u"[\\d.]+:\\d+"_s)) {
        return {Findings::tr("which has a port as well"), Findings::tr("Send the address alone")};
    }
    return matches(text, u"[\\d.]+"_s) ? FormatFault{Findings::tr("which does not have four numbers"), {}}
                                       : FormatFault{};
}

FormatFault hostFault(const QString &text)
{
    if (text.contains(u"://"_s)) {
        return {Findings::tr("which is a whole URL"),
                Findings::tr("Send the host alone, without https:// and path")};
    }
    if (text.contains(u'/')) {
        return {Findings::tr("which has a path as well"), Findings::tr("Send the host alone")};
    }
    if (text.contains(u'_')) {
        return {Findings::tr("which has a _ in it"), {}};
    }
    if (matches(text, u"[\\w.-]+:\\d+"_s)) {
        return {Findings::tr("which has a port as well"), Findings::tr("Send the host alone")};
    }
    return text.contains(u' ') ? FormatFault{Findings::tr("which has a space in it"), {}} : FormatFault{};
}

FormatFault durationFault(const QString &text)
{
    if (matches(text, u"\\d+"_s)) {
        return {Findings::tr("which does not say its unit"),
                Findings::tr("Send %1 if these are seconds").arg(inQuotes(u"PT"_s + text + u'S'))};
    }
    if (matches(text, u"\\d+:\\d{2}(:\\d{2})?"_s)) {
        return {Findings::tr("which is written with colons"), Findings::tr("Send it as PT1H30M")};
    }
    return {};
}

} // namespace

namespace {

struct FormatRow
{
    QLatin1StringView format;
    const char *words;
    const char16_t *example;
};
constexpr std::array formatRows{
    FormatRow{"date-time"_L1, QT_TRANSLATE_NOOP("Findings", "an ISO 8601 date and time"),
              u"2026-11-24T10:30:00Z"},
    FormatRow{"date"_L1, QT_TRANSLATE_NOOP("Findings", "a date"), u"2026-11-24"},
    FormatRow{"time"_L1, QT_TRANSLATE_NOOP("Findings", "a time of day with its zone"), u"10:30:00Z"},
    FormatRow{"duration"_L1, QT_TRANSLATE_NOOP("Findings", "an ISO 8601 duration"), u"PT30M"},
    FormatRow{"email"_L1, QT_TRANSLATE_NOOP("Findings", "an e-mail address"), u"ada@example.com"},
    FormatRow{"idn-email"_L1, QT_TRANSLATE_NOOP("Findings", "an e-mail address"), u"ada@example.com"},
    FormatRow{"hostname"_L1, QT_TRANSLATE_NOOP("Findings", "a host name"), u"shop.example.com"},
    FormatRow{"idn-hostname"_L1, QT_TRANSLATE_NOOP("Findings", "a host name"), u"shop.example.com"},
    FormatRow{"ipv4"_L1, QT_TRANSLATE_NOOP("Findings", "an IPv4 address"), u"192.0.2.1"},
    FormatRow{"ipv6"_L1, QT_TRANSLATE_NOOP("Findings", "an IPv6 address"), u"2001:db8::1"},
    FormatRow{"uri"_L1, QT_TRANSLATE_NOOP("Findings", "a whole URL"), u"https://example.com/orders"},
    FormatRow{"iri"_L1, QT_TRANSLATE_NOOP("Findings", "a whole URL"), u"https://example.com/orders"},
    FormatRow{"uri-reference"_L1, QT_TRANSLATE_NOOP("Findings", "a URL or a path"), u"/orders/5"},
    FormatRow{"iri-reference"_L1, QT_TRANSLATE_NOOP("Findings", "a URL or a path"), u"/orders/5"},
    FormatRow{"uri-template"_L1, QT_TRANSLATE_NOOP("Findings", "a URL template"), u"/orders/{id}"},
    FormatRow{"json-pointer"_L1, QT_TRANSLATE_NOOP("Findings", "a JSON pointer"), u"/products/0"},
    FormatRow{"relative-json-pointer"_L1, QT_TRANSLATE_NOOP("Findings", "a relative JSON pointer"),
              u"1/price"},
    FormatRow{"uuid"_L1, QT_TRANSLATE_NOOP("Findings", "a UUID"), u"123e4567-e89b-12d3-a456-426614174000"},
    FormatRow{"regex"_L1, QT_TRANSLATE_NOOP("Findings", "a regular expression"), u"^[A-Z]+$"},
};

const FormatRow *rowOf(const QString &format)
{
    const auto *const found =
        std::ranges::find_if(formatRows, [&](const FormatRow &row) { return row.format == format; });
    return found == formatRows.end() ? nullptr : found;
}

} // namespace

QString formatName(const QString &format)
{
    const FormatRow *row = rowOf(format);
    return row == nullptr ? Findings::tr("text of the format %1").arg(inQuotes(format))
                          : Findings::tr(row->words);
}

QString formatWords(const QString &format)
{
    const FormatRow *row = rowOf(format);
    return row == nullptr
               ? formatName(format)
               : Findings::tr("%1, as %2").arg(formatName(format), QString::fromUtf16(row->example));
}

FormatFault formatFault(const QString &format, const QString &text)
{
    using Fault = FormatFault (*)(const QString &);
    static constexpr std::array<std::pair<QLatin1StringView, Fault>, 14> known{{
        {"date-time"_L1, dateTimeFault},
        {"date"_L1, dateFault},
        {"time"_L1, timeFault},
        {"duration"_L1, durationFault},
        {"email"_L1, emailFault},
        {"idn-email"_L1, emailFault},
        {"uuid"_L1, uuidFault},
        {"uri"_L1, uriFault},
        {"iri"_L1, uriFault},
        {"uri-reference"_L1, uriFault},
        {"iri-reference"_L1, uriFault},
        {"ipv4"_L1, ipv4Fault},
        {"hostname"_L1, hostFault},
        {"idn-hostname"_L1, hostFault},
    }};
    if (text.isEmpty()) {
        return {};
    }
    if (text != text.trimmed()) {
        return {Findings::tr("which has white space at an end"),
                Findings::tr("Send it without the white space")};
    }
    const auto found = std::ranges::find_if(known, [&](const auto &row) { return row.first == format; });
    return found == known.end() ? FormatFault{} : found->second(text);
}

} // namespace engine
