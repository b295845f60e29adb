// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/builder.h"

namespace json {

/// Reads well-formed JSON over simdjson's first stage, which checks UTF-8 and lists where tokens begin.
/// The second stage is ours: it needs positions, any depth, and integers of any size. It only says
/// whether it could; why not is the tolerant reader's to find out.
class FastReader
{
public:
    FastReader();
    ~FastReader();
    FastReader(const FastReader &) = delete;
    FastReader &operator=(const FastReader &) = delete;

    [[nodiscard]] bool read(const QByteArray &source, Builder &builder);

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

} // namespace json
