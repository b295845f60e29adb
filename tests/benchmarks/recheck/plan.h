// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace bench {

enum class Edition {
    First,
    EveryRuleChanged, ///< each rule wants something else of two properties
    OneRuleChanged,   ///< as First, but for one rule of a common event
};

/// A tracking plan for these track events, each with fifteen properties, nested ones among them, and for
/// page, screen and identify.
[[nodiscard]] QByteArray planJson(const QStringList &events, Edition edition);

} // namespace bench
