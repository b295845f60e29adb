// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

namespace base {

/// Names the calling thread for debuggers and profilers; at most 15 characters.
inline void nameThread(const char *name)
{
    ::pthread_setname_np(::pthread_self(), name);
}

} // namespace base
