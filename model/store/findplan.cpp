// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/findplan.h"

using namespace Qt::StringLiterals;

namespace store {

base::Result<QByteArray> idsByIndex(Database &database, const QString &condition, Reader::Order order)
{
    const QByteArray direction = order == Reader::Order::NewestFirst ? "DESC" : "ASC";
    struct Way
    {
        QByteArray hint, orderBy;
    };
    // Where an index gives the order as well, all the better; else the walk in order must not tempt the
    // planner. Names come from a subquery, of which it expects more than there ever are: there it is told.
    std::vector<Way> ways{{"", "e.id"}, {"", "+e.id"}};
    if (condition.contains(u"e.name IN "_s)) {
        ways.push_back({" INDEXED BY event_name", "+e.id"});
    }
    for (const Way &way : ways) {
        // The plus keeps the planner from walking all ids of the range: what else narrows decides.
        const QByteArray sql = "SELECT e.id FROM event e" + way.hint + " WHERE (" + condition.toUtf8() +
                               ") AND +e.id >= ? AND +e.id <= ? ORDER BY " + way.orderBy + ' ' + direction +
                               " LIMIT ?";
        auto plan = database.prepare("EXPLAIN QUERY PLAN " + sql);
        if (!plan && !way.hint.isEmpty()) {
            continue; // that index can't serve this condition
        }
        if (!plan) {
            return base::Failure(std::move(plan.error()));
        }
        constexpr int detail = 3;
        while (plan->step() == Statement::Step::Row) {
            const QString step = plan->text(detail);
            const bool isWalk = step.startsWith(u"SCAN e USING"_s) && !step.contains(u"event_found"_s);
            if (step.contains(u" INDEX event_"_s) && !isWalk) {
                return sql;
            }
        }
    }
    return QByteArray();
}

} // namespace store
