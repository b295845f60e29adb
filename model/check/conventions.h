// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/kinds.h"
#include "event/ruleid.h"

#include <QHash>
#include <QStringList>

namespace check {

enum class Casing : std::uint8_t {
    Any,
    TitleCase,
    SentenceCase,
    CamelCase,
    PascalCase,
    SnakeCase,
    KebabCase
};

/// How names are to look. Read from one JSON file (presets: "segment", "delivery-platform"; see
/// resources/presets). Value.
struct Conventions
{
    QString name;
    bool isOn = true;
    Casing eventCasing = Casing::TitleCase;
    Casing propertyCasing = Casing::Any;
    Casing traitCasing = Casing::Any;
    bool wantsObjectAction = true;  ///< "Order Completed"
    bool wantsPastTense = true;     ///< completed actions in the past tense
    bool allowsGerundFirst = false; ///< actions in progress: "Loading Order"
    QStringList prefixes;           ///< domain prefixes ("pilot", "server", "order_tracker"): also snake_case
    bool requiresPrefix = false;
    qsizetype maxNameLength = 100;
    QStringList exceptions;                           ///< names that always pass
    QHash<event::RuleId, event::Severity> severities; ///< overrides
    QList<event::RuleId> off;                         ///< rules switched off

    friend bool operator==(const Conventions &, const Conventions &) = default;

    /// A preset's name or a file's path. Errors name the key and what it may be.
    [[nodiscard]] static base::Result<Conventions> load(const QString &presetOrPath);
    [[nodiscard]] static QStringList presetNames();
};

} // namespace check
