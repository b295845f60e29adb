// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/document.h"

namespace check {

/// What is wrong with the allowed values (`enum`, `const`) of a schema.
struct EnumFaults
{
    qsizetype count = 0;     ///< values
    QStringList unreachable; ///< those the rest of the schema rules out, as text
    QString reason;          ///< what rules out the first of them, a sentence
    QStringList repeated;
};

/// `ruleSchema`: the whole one, for its draft.
[[nodiscard]] EnumFaults enumFaults(const plan::Json &schema, const plan::Json &ruleSchema);

} // namespace check
