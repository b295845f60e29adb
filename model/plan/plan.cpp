// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include "plan/jsonedit.h"
#include "plan/plantext.h"

using namespace Qt::StringLiterals;

namespace plan {

namespace {

/// A plan to check against: one that has no rule would call every event unplanned.
base::Result<std::shared_ptr<const Plan>> compiled(const base::Result<Document> &document,
                                                   const QString &path)
{
    if (!document) {
        return base::Failure(document.error());
    }
    // A plan that was just begun has a name already.
    const bool isBegun = memberOf(document->extra, "name") != nullptr && document->problems.empty();
    if (document->rules.empty() && !isBegun) {
        return noPlan(path, document->problems.empty()
                                ? u"Its list of rules is empty."_s
                                : u"None of its rules can be used. %1: %2"_s.arg(
                                      document->problems.front().where, document->problems.front().message));
    }
    auto plan = compile(*document);
    const bool isOneSchema = document->format == Format::SchemaFolder && document->rules.size() == 1;
    if (isOneSchema && !plan->rules.empty() && !plan->rules.front().schema && !plan->problems.empty()) {
        return noPlan(path, plan->problems.front().message);
    }
    return plan;
}

} // namespace

base::Result<std::shared_ptr<const Plan>> parse(const QByteArray &bytes, const QString &path)
{
    return compiled(parseDocument(bytes, path), path);
}

base::Result<std::shared_ptr<const Plan>> load(const QString &path)
{
    return compiled(readDocument(path), path);
}

} // namespace plan
