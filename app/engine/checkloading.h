// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "intake/sourcebook.h"

namespace engine {

/// First 16 hex digits of SHA-256: what a source is known by instead of its write key.
[[nodiscard]] QString keyHash(const QString &writeKey);

/// Reads plans and conventions, those of single sources too. Any thread.
[[nodiscard]] base::Result<std::shared_ptr<const check::Checker>>
loadChecker(const QStringList &plans, const QString &conventions,
            const std::vector<intake::SourceConfig> &sources = {});

} // namespace engine
