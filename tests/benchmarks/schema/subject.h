// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

/// What bench_schema runs as a process of its own. Each answers the process's exit code: 0 when all was
/// valid.
namespace bench {

/// SCHEMA EVENTS COUNT: from each event's bytes to its verdict.
[[nodiscard]] int check(const QStringList &arguments);
/// EVENTS COUNT: parses only.
[[nodiscard]] int parse(const QStringList &arguments);
/// SCHEMA COUNT: compiles it so often, as a plan does with its rules: patterns are shared.
[[nodiscard]] int compile(const QStringList &arguments);

} // namespace bench
