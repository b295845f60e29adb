// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stream/stream.h"

#include <thread>

#include <QString>

namespace engine {

/// Reads a store's rows into the stream at start-up, in pages, on a thread of its own that ends with it.
class StreamLoader
{
public:
    StreamLoader(QString storePath, stream::Stream &stream);

private:
    std::jthread m_thread;
};

} // namespace engine
