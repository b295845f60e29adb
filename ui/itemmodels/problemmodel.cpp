// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/itemmodels/problemmodel.h"

#include "plan/sheet.h"
#include "ui/itemmodels/planmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString placeOf(const check::PlanIssue &problem)
{
    if (problem.type == event::CallType::None && problem.name.isEmpty() && problem.path.isEmpty()) {
        return {};
    }
    plan::RuleSource rule;
    rule.type = problem.type;
    rule.name = problem.name;
    rule.version = problem.version;
    const QString name = ruleName(rule);
    return problem.path.isEmpty() ? name : name + u" · "_s + plan::shownPath(problem.path);
}

} // namespace

QString faultText(check::PlanFault fault, int count)
{
    using check::PlanFault;
    switch (fault) {
    case PlanFault::Unreadable:
        return ProblemModel::tr("%Ln part(s) could not be read", nullptr, count);
    case PlanFault::BadSchema:
        return ProblemModel::tr("%Ln schema(s) can't be used", nullptr, count);
    case PlanFault::Remark:
        return ProblemModel::tr("%Ln demand(s) without effect", nullptr, count);
    case PlanFault::RepeatedRule:
        return ProblemModel::tr("%Ln event(s) planned twice", nullptr, count);
    case PlanFault::SimilarNames:
        return ProblemModel::tr("%Ln event name(s) much alike", nullptr, count);
    case PlanFault::SimilarProperties:
        return ProblemModel::tr("%Ln property name(s) much alike", nullptr, count);
    case PlanFault::Convention:
        return ProblemModel::tr("%Ln name(s) against the conventions", nullptr, count);
    case PlanFault::UnreachableEnum:
        return ProblemModel::tr("%Ln allowed value(s) that can never come", nullptr, count);
    case PlanFault::Contradiction:
        return ProblemModel::tr("%Ln demand(s) nothing can satisfy", nullptr, count);
    case PlanFault::RequiredUnknown:
        return ProblemModel::tr("%Ln required, but not described", nullptr, count);
    case PlanFault::TypeClash:
        return ProblemModel::tr("%Ln type(s) unlike those in other events", nullptr, count);
    case PlanFault::RunawayPattern:
        return ProblemModel::tr("%Ln pattern(s) that can run away", nullptr, count);
    case PlanFault::UnknownSource:
        return ProblemModel::tr("%Ln source(s) nobody knows", nullptr, count);
    }
    return {};
}

ProblemModel::ProblemModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ProblemModel::setProblems(std::vector<check::PlanIssue> problems)
{
    beginResetModel();
    std::vector<check::PlanFault> order;
    for (const check::PlanIssue &problem : problems) {
        if (std::ranges::find(order, problem.fault) == order.end()) {
            order.push_back(problem.fault);
        }
    }
    std::ranges::stable_sort(problems, {}, [&order](const check::PlanIssue &problem) {
        return std::ranges::find(order, problem.fault) - order.begin();
    });
    m_problems = std::move(problems);
    m_lines.clear();
    QStringList parts;
    for (std::size_t i = 0; i < m_problems.size(); ++i) {
        const check::PlanFault fault = m_problems[i].fault;
        if (i == 0 || fault != m_problems[i - 1].fault) {
            const auto count =
                static_cast<int>(std::ranges::count(m_problems, fault, &check::PlanIssue::fault));
            parts += faultText(fault, count);
            if (order.size() > 1) { // one kind is said by the summary
                m_lines.push_back({i, count});
            }
        }
        m_lines.push_back({i, 0});
    }
    m_summary = parts.join(u", "_s);
    endResetModel();
}

const check::PlanIssue *ProblemModel::problemAt(int row) const
{
    if (row < 0 || row >= rowCount() || m_lines[static_cast<std::size_t>(row)].groupCount > 0) {
        return nullptr;
    }
    return &m_problems[m_lines[static_cast<std::size_t>(row)].problem];
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const check::PlanIssue &problem = m_problems[line.problem];
    const bool isGroup = line.groupCount > 0;
    switch (role) {
    case Qt::DisplayRole:
        return isGroup ? faultText(problem.fault, line.groupCount) : problem.message;
    case Qt::AccessibleTextRole: {
        if (isGroup) {
            return faultText(problem.fault, line.groupCount);
        }
        const QString where = placeOf(problem);
        return where.isEmpty() ? problem.message : where + u": "_s + problem.message;
    }
    case Qt::ToolTipRole:
        return isGroup ? QString() : QString(problem.message + u' ' + problem.fix).trimmed();
    case IsGroupRole:
        return isGroup;
    case SeverityRole:
        return static_cast<int>(problem.severity);
    case WhereRole:
        return isGroup ? QString() : placeOf(problem);
    default:
        return {};
    }
}

Qt::ItemFlags ProblemModel::flags(const QModelIndex &index) const
{
    return index.isValid() && index.data(IsGroupRole).toBool() ? Qt::ItemFlags(Qt::ItemIsEnabled)
                                                               : QAbstractListModel::flags(index);
}

QHash<int, QByteArray> ProblemModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IsGroupRole, "isGroup"}, {SeverityRole, "severity"}, {WhereRole, "where"}});
    return names;
}

} // namespace ui
