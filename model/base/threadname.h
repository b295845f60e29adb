// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace base {

/// Names the calling thread for debuggers and profilers; at most 15 characters.
inline void nameThread(const char *name)
{
    ::pthread_setname_np(::pthread_self(), name);
}

/// For work in the background: capture and the window go first wherever they want the same core.
inline void runBehindOthers()
{
    constexpr int niceness = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), niceness);
}

} // namespace base
