// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include <QLocale>
#include <QTextStream>

#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

Progress::Progress(QString verb)
    : m_verb(std::move(verb))
    , m_isTerminal(::isatty(STDERR_FILENO) == 1)
{
    m_running.start();
}

Progress::~Progress()
{
    if (m_isShown) {
        QTextStream(stderr) << "\r\033[K";
    }
}

void Progress::set(std::uint64_t count)
{
    constexpr qint64 stepMs = 250;
    if (!m_isTerminal || m_running.elapsed() < m_shownMs + stepMs) {
        return;
    }
    m_shownMs = m_running.elapsed();
    m_isShown = true;
    QTextStream(stderr) << '\r' << m_verb << ' '
                        << QLocale(QLocale::English).toString(static_cast<qulonglong>(count)) << " events";
}

} // namespace cli
