// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include <algorithm>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

Cost run(const QStringList &command)
{
    std::vector<QByteArray> words;
    std::ranges::transform(command, std::back_inserter(words),
                           [](const QString &word) { return word.toLocal8Bit(); });
    std::vector<char *> arguments;
    std::ranges::transform(words, std::back_inserter(arguments),
                           [](QByteArray &word) { return word.data(); });
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execvp(arguments.front(), arguments.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    Cost cost;
    cost.isDone = wait4(child, &status, 0, &usage) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    cost.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    cost.peakKib = usage.ru_maxrss;
    return cost;
}

} // namespace bench
