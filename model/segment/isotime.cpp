// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/isotime.h"

#include <chrono>

#include <QDateTime>

namespace segment {

namespace {

/// Reads a text from the front; any failure sticks.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool isFine() const { return m_isFine; }
    [[nodiscard]] bool isAtEnd() const { return m_text.empty(); }
    [[nodiscard]] char peek() const { return m_text.empty() ? '\0' : m_text.front(); }

    int digits(std::size_t count)
    {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = peek();
            if (c < '0' || c > '9') {
                m_isFine = false;
                return 0;
            }
            number = number * 10 + (c - '0');
            m_text.remove_prefix(1);
        }
        return number;
    }

    bool skip(char c)
    {
        if (peek() != c || isAtEnd()) {
            return false;
        }
        m_text.remove_prefix(1);
        return true;
    }

    void expect(char c) { m_isFine = skip(c) && m_isFine; }

    std::int64_t fractionUs()
    {
        std::int64_t fraction = 0;
        std::int64_t unit = 100'000;
        std::size_t count = 0;
        for (; peek() >= '0' && peek() <= '9'; ++count) {
            fraction += (peek() - '0') * unit;
            unit /= 10;
            m_text.remove_prefix(1);
        }
        m_isFine = m_isFine && count >= 1 && count <= 9;
        return fraction;
    }

private:
    std::string_view m_text;
    bool m_isFine = true;
};

/// The zone's distance from UTC in minutes.
int zoneMinutes(Scanner &scanner)
{
    if (scanner.isAtEnd() || scanner.skip('Z') || scanner.skip('z')) {
        return 0;
    }
    const int sign = scanner.peek() == '-' ? -1 : 1;
    if (!scanner.skip('-')) {
        scanner.expect('+');
    }
    const int hours = scanner.digits(2);
    int minutes = 0;
    if (scanner.skip(':') || !scanner.isAtEnd()) {
        minutes = scanner.digits(2);
    }
    return sign * (hours * 60 + minutes);
}

} // namespace

std::optional<std::int64_t> parseIsoTimeUs(std::string_view text)
{
    using namespace std::chrono;
    Scanner scanner(text);
    const int years = scanner.digits(4);
    scanner.expect('-');
    const int months = scanner.digits(2);
    scanner.expect('-');
    const int days = scanner.digits(2);
    const year_month_day date{year(years), month(static_cast<unsigned>(months)),
                              day(static_cast<unsigned>(days))};
    if (!scanner.isFine() || !date.ok()) {
        return std::nullopt;
    }
    std::int64_t timeUs = duration_cast<microseconds>(sys_days(date).time_since_epoch()).count();
    if (scanner.isAtEnd()) {
        return timeUs;
    }
    if (!scanner.skip('T') && !scanner.skip('t')) {
        scanner.expect(' ');
    }
    const int hour = scanner.digits(2);
    scanner.expect(':');
    const int minute = scanner.digits(2);
    const int second = scanner.skip(':') ? scanner.digits(2) : 0;
    const std::int64_t fractionUs = scanner.skip('.') || scanner.skip(',') ? scanner.fractionUs() : 0;
    const int zone = zoneMinutes(scanner);
    // 60 is a leap second.
    if (!scanner.isFine() || !scanner.isAtEnd() || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    timeUs += ((hour * 60LL + minute - zone) * 60 + second) * 1'000'000 + fractionUs;
    return timeUs;
}

QByteArray isoTime(std::int64_t timeUs)
{
    return QDateTime::fromMSecsSinceEpoch(timeUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

} // namespace segment
