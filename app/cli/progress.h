// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <QElapsedTimer>
#include <QString>

namespace cli {

/// A count on one line of the terminal, four times a second; silent in a pipe and for the first second.
class Progress
{
public:
    explicit Progress(QString verb);
    ~Progress(); ///< clears its line
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void set(std::uint64_t count);

private:
    QString m_verb;
    bool m_isTerminal;
    bool m_isShown = false;
    QElapsedTimer m_running;
    qint64 m_shownMs = 750;
};

} // namespace cli
