// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/casing.h"

namespace check {

enum class NameFault : std::uint8_t {
    None,
    ObjectAction, ///< names no action, or the action before its object
    Tense,        ///< the action is not in the past
};

/// What is wrong with a name's structure.
struct NameReading
{
    NameFault fault = NameFault::None;
    QString action;       ///< the word that is meant as the action; may be empty
    QStringList proposal; ///< the words of a better name; empty when there is none to tell
};

/// Reads track names as the conventions want them: Object + Action in the past tense ("Order Completed"),
/// optionally actions in progress verb first ("Loading Order"), optionally behind a domain prefix, which may
/// also be snake case ("pilot_robot_unlocked", "Server Order Loaded"). Immutable; any thread.
class NameGrammar
{
public:
    explicit NameGrammar(const Conventions &conventions);

    [[nodiscard]] bool isException(const QString &name) const;
    /// The casing this name is to have: snake case when it begins with a domain prefix in snake case.
    [[nodiscard]] Casing casingFor(const QString &name) const;
    [[nodiscard]] NameReading read(const QString &name) const;
    [[nodiscard]] bool hasPrefix(const QString &name) const;
    /// Like the name, but passing every naming rule; empty when that takes a person. `reading` is the name's.
    [[nodiscard]] QString proposal(const QString &name, NameReading reading) const;

private:
    [[nodiscard]] qsizetype prefixWords(const QStringList &words) const;
    [[nodiscard]] NameReading read(const QStringList &words, qsizetype prefixCount) const;
    [[nodiscard]] bool passes(const QString &name) const;

    Casing m_casing;
    bool m_wantsObjectAction;
    bool m_wantsPastTense;
    bool m_allowsGerundFirst;
    bool m_requiresPrefix;
    qsizetype m_maxLength;
    QStringList m_prefixes;
    QList<QStringList> m_prefixWords; ///< longest first
    QStringList m_exceptions;
};

/// White space at an end, doubled, or of a kind that is not a plain space (a tab, a no-break space).
[[nodiscard]] bool hasStraySpace(QStringView name);
/// The part of a name that looks like a value: a number, date, id, e-mail, URL, price, placeholder. Empty
/// when there is none. Numbers of one or two digits are part of a name ("Step 2 Viewed").
[[nodiscard]] QString valueIn(QStringView name);

} // namespace check
