// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "figures.h"

#include <algorithm>
#include <ctime>

#include <QFile>
#include <QTextStream>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

double cpuSeconds(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace

double msBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double Samples::percentile(double part) const
{
    if (ms.empty()) {
        return 0;
    }
    std::vector<double> sorted = ms;
    std::ranges::sort(sorted);
    return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

QString ms(double value)
{
    return QString::number(value, 'f', value < 10 ? 1 : 0) + u" ms"_s;
}

void printHeading(const QString &text)
{
    QTextStream(stdout) << '\n' << text << '\n';
}

void printLine(const QString &what, const QString &figure, const QString &aim)
{
    QTextStream(stdout) << u"  "_s << what.leftJustified(44) << figure.leftJustified(56)
                        << (aim.isEmpty() ? QString() : u"aim "_s + aim) << '\n';
}

void printSamples(const QString &what, const Samples &samples, const QString &aim)
{
    printLine(what,
              u"p50 %1, p95 %2, p99 %3, max %4 (%5)"_s.arg(
                  ms(samples.percentile(0.5)), ms(samples.percentile(0.95)), ms(samples.percentile(0.99)),
                  ms(samples.worst()), QString::number(samples.ms.size())),
              aim);
}

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    const QList<QByteArray> fields =
        file.open(QIODevice::ReadOnly) ? file.readAll().split(' ') : QList<QByteArray>();
    return fields.size() < 2 ? 0
                             : static_cast<double>(fields[1].toLongLong()) *
                                   static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double threadCpuSeconds()
{
    return cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
}

double processCpuSeconds()
{
    return cpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
}
