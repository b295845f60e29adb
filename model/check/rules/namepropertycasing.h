// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/checker.h"
#include "check/namegrammar.h"

namespace check {

/// Keys of properties and traits, nested ones too, are written in the house's casing.
class NamePropertyCasing final : public Rule
{
public:
    explicit NamePropertyCasing(const Conventions &conventions);

    [[nodiscard]] RuleInfo info() const override;
    void check(const EventView &event, FindingSink &sink) const override;

private:
    Casing m_propertyCasing;
    Casing m_traitCasing;
    QStringList m_exceptions;
};

} // namespace check
