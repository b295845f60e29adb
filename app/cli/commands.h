// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace cli {

/// Exit statuses of the product's contract.
inline constexpr int exitClean = 0;
inline constexpr int exitFindings = 1;
inline constexpr int exitFailed = 2;

/// One per subcommand; `arguments` starts with its name.
int serve(const QStringList &arguments);
int check(const QStringList &arguments);
int query(const QStringList &arguments);
int exportEvents(const QStringList &arguments);
int importEvents(const QStringList &arguments);
int doctor(const QStringList &arguments);
int certificateAuthority(const QStringList &arguments);
int plan(const QStringList &arguments);

} // namespace cli
