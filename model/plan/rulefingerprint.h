// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/plan.h"

namespace plan {

/// Tells rules apart by what their verdicts hang on, so that after a change of a plan only events of changed
/// rules need to be checked again. Of the rules of one document.
class RuleFingerprints
{
public:
    explicit RuleFingerprints(std::shared_ptr<const json::Document> document);

    /// Of a rule with its scope, over this schema of the document. Holds the schema's bytes; and the whole
    /// document's when the schema has references that lead out of it.
    [[nodiscard]] QByteArray of(const Rule &rule, json::Value schema);

private:
    std::shared_ptr<const json::Document> m_document;
    QByteArray m_whole; ///< hash of the document, once a rule has needed it
};

} // namespace plan
