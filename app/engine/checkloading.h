// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "intake/sourcebook.h"

namespace engine {

/// First 16 hex digits of SHA-256: what a source is known by instead of its write key.
[[nodiscard]] QString keyHash(const QString &writeKey);

/// A plan that is used as it is here, whatever its file says.
struct OpenPlan
{
    QString path;
    std::shared_ptr<const plan::Plan> plan;
    QByteArray digest; ///< planDigestOf() what its file would have; the same one means the same verdicts
};

/// Reads plans and conventions, those of single sources too; what is among `open` is not read. Any thread.
[[nodiscard]] base::Result<std::shared_ptr<const check::Checker>>
loadChecker(const QStringList &plans, const QString &conventions,
            const std::vector<intake::SourceConfig> &sources = {}, const std::vector<OpenPlan> &open = {});

} // namespace engine
