// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace store {

/// "<store>.lock": who holds it may write the store. An flock(), so it goes with its process however that
/// ends; what a dead process left lying is taken over. Inside: process id and program name.
class LockFile
{
public:
    LockFile() = default;
    [[nodiscard]] static base::Result<LockFile> take(const QString &storePath);
    ~LockFile();
    LockFile(LockFile &&other) noexcept;
    LockFile &operator=(LockFile &&other) noexcept;

private:
    QString m_path;
    int m_descriptor = -1;
};

} // namespace store
