// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/ruleid.h"
#include "json/pointer.h"

#include <functional>
#include <vector>

#include <QStringList>

namespace event {

/// What a check says of an event. Worded at the edge: rule and arguments, no sentences.
struct Finding
{
    RuleId rule = RuleId::Unknown;
    Severity severity = Severity::Info;
    json::Pointer at; ///< into the event's body; of a missing property: where it would stand
    QStringList args; ///< per rule, see ruleid.h
    /// Of a plan's rule: the place in its schema that was broken, whose last token is the keyword. Root when
    /// there is none.
    json::Pointer schemaAt = {};

    friend bool operator==(const Finding &, const Finding &) = default;
};

/// The finding as people read it.
struct FindingText
{
    QString message;  ///< one sentence: "`quantity` should be a whole number, but the app sent the text "2"."
    QString fix;      ///< one sentence: what to do
    QString expected; ///< may be empty
    QString actual;   ///< may be empty
};

/// The wording table; lives where texts can be translated (app/engine) and is handed in. Any thread.
using FindingWords = std::function<FindingText(const Finding &)>;

/// Worst severity and the kinds present, for columns and counters.
struct FindingsDigest
{
    std::uint8_t kinds = 0; ///< bit per FindingKind
    bool hasAny = false;
    Severity worst = Severity::Info;
};
[[nodiscard]] FindingsDigest digest(const std::vector<Finding> &findings);

/// Compact bytes for the store (rules by word, so that they survive an update); empty for none.
[[nodiscard]] QByteArray encodeFindings(const std::vector<Finding> &findings);
/// Damaged bytes give what could be read.
[[nodiscard]] std::vector<Finding> decodeFindings(QByteArrayView bytes);

} // namespace event
