// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/clauses.h"

namespace schema {

QString clauseArgument(const std::vector<Clause> &clauses)
{
    QStringList list;
    for (const Clause &clause : clauses) {
        list.append(argumentParts({clause.at.toString(), clause.relation, clause.values}));
    }
    return list.join(event::listSeparator);
}

std::vector<Clause> unknownClause(const json::Pointer &at)
{
    return {{at, QStringLiteral("unknown"), QString()}};
}

} // namespace schema
