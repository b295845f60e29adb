// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/planmodel.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Schemas nest without end; names further down are found by opening the event.
constexpr int searchedLevels = 8;

QString typeText(event::CallType type)
{
    const std::string_view word = event::word(type);
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

QString keyOf(event::CallType type, const QString &name)
{
    return QChar(u'0' + static_cast<char16_t>(type)) + name;
}

QString keyOf(event::CallType type, const QString &name, int version)
{
    return QString::number(version) + u'/' + keyOf(type, name);
}

void addNames(const plan::Json &schema, int level, QString &names)
{
    if (level > searchedLevels || !schema.is_object()) {
        return;
    }
    if (const auto properties = schema.find("properties");
        properties != schema.end() && properties->is_object()) {
        for (const auto &[name, below] : properties->items()) {
            names += u' ' + QString::fromStdString(name);
            addNames(below, level + 1, names);
        }
    }
    if (const auto items = schema.find("items"); items != schema.end()) {
        addNames(*items, level + 1, names);
    }
}

QString searchText(const plan::RuleSource &rule)
{
    QString text = rule.name + u' ' + plan::descriptionOf(rule);
    const plan::Json *schema = &rule.schema;
    if (rule.scope == plan::Scope::Event) {
        const char *part = rule.type == event::CallType::Identify || rule.type == event::CallType::Group
                               ? "traits"
                               : "properties";
        const auto properties = rule.schema.is_object() ? rule.schema.find("properties") : rule.schema.end();
        schema = properties != rule.schema.end() && properties->is_object() && properties->contains(part)
                     ? &(*properties)[part]
                     : nullptr;
    }
    if (schema != nullptr) {
        addNames(*schema, 0, text);
    }
    return text.toLower();
}

} // namespace

QString ruleName(const plan::RuleSource &rule)
{
    QString name = rule.name;
    if (name.isEmpty()) {
        name = rule.type == event::CallType::None ? PlanModel::tr("every event") : typeText(rule.type);
    }
    return rule.version > 1 ? PlanModel::tr("%1, version %2").arg(name).arg(rule.version) : name;
}

bool hasName(event::CallType type)
{
    return type == event::CallType::Track || type == event::CallType::Page || type == event::CallType::Screen;
}

PlanModel::PlanModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

PlanModel::Line PlanModel::lineOf(plan::RulePointer rule) const
{
    Line line;
    line.rule = std::move(rule);
    fillSeen(line);
    fillProblems(line);
    return line;
}

void PlanModel::fillSeen(Line &line) const
{
    const store::Reader::Seen seen = m_seen.value(keyOf(line.rule->type, line.rule->name));
    line.seen = seen.count;
    line.violations = seen.violations;
    line.lastUs = seen.lastUs;
}

void PlanModel::fillProblems(Line &line) const
{
    const Trouble trouble =
        m_problems.value(keyOf(line.rule->type, line.rule->name, line.rule->version), Trouble());
    line.problems = trouble.problems;
    line.worst = trouble.worst;
}

void PlanModel::setRules(const std::vector<plan::RulePointer> &rules)
{
    const auto oldCount = m_lines.size();
    const auto newCount = rules.size();
    const auto shared = std::min(oldCount, newCount);
    std::size_t first = 0;
    while (first < shared && m_lines[first].rule == rules[first]) {
        ++first;
    }
    std::size_t last = 0;
    while (last < shared - first && m_lines[oldCount - 1 - last].rule == rules[newCount - 1 - last]) {
        ++last;
    }
    const auto gone = oldCount - first - last;
    const auto come = newCount - first - last;
    const auto at = m_lines.begin() + static_cast<std::ptrdiff_t>(first);
    const auto row = static_cast<int>(first);
    if (gone == come) {
        int changedFrom = -1;
        for (std::size_t i = first; i < first + come; ++i) {
            if (m_lines[i].rule != rules[i]) {
                m_lines[i] = lineOf(rules[i]);
                changedFrom = changedFrom < 0 ? static_cast<int>(i) : changedFrom;
            }
        }
        if (changedFrom >= 0) {
            emit dataChanged(index(changedFrom, 0),
                             index(static_cast<int>(first + come) - 1, ColumnCount - 1));
        }
    } else if (gone == 0) {
        std::vector<Line> lines;
        lines.reserve(come);
        for (std::size_t i = first; i < first + come; ++i) {
            lines.push_back(lineOf(rules[i]));
        }
        beginInsertRows({}, row, row + static_cast<int>(come) - 1);
        m_lines.insert(at, std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
        endInsertRows();
    } else if (come == 0) {
        beginRemoveRows({}, row, row + static_cast<int>(gone) - 1);
        m_lines.erase(at, at + static_cast<std::ptrdiff_t>(gone));
        endRemoveRows();
    } else {
        beginResetModel();
        m_lines.clear();
        m_lines.reserve(newCount);
        for (const plan::RulePointer &rule : rules) {
            m_lines.push_back(lineOf(rule));
        }
        endResetModel();
    }
}

/// Tells of runs of rows that `change` changed, and of nothing else.
template <typename Change>
void PlanModel::changeRows(Change change)
{
    int from = -1;
    const int count = rowCount();
    for (int row = 0; row <= count; ++row) {
        const bool isChanged = row < count && change(m_lines[static_cast<std::size_t>(row)]);
        if (isChanged && from < 0) {
            from = row;
        } else if (!isChanged && from >= 0) {
            emit dataChanged(index(from, 0), index(row - 1, ColumnCount - 1));
            from = -1;
        }
    }
}

void PlanModel::setSeen(const std::vector<store::Reader::Seen> &seen)
{
    m_seen.clear();
    m_seen.reserve(static_cast<qsizetype>(seen.size()));
    for (const store::Reader::Seen &one : seen) {
        m_seen.insert(keyOf(one.type, one.name), one);
    }
    changeRows([this](Line &line) {
        const auto before = std::tuple(line.seen, line.violations, line.lastUs);
        fillSeen(line);
        return before != std::tuple(line.seen, line.violations, line.lastUs);
    });
}

void PlanModel::setProblems(const std::vector<check::PlanIssue> &problems)
{
    m_problems.clear();
    for (const check::PlanIssue &problem : problems) {
        Trouble &trouble = m_problems[keyOf(problem.type, problem.name, problem.version)];
        ++trouble.problems;
        trouble.worst = std::max(trouble.worst, static_cast<int>(problem.severity));
    }
    changeRows([this](Line &line) {
        const auto before = std::pair(line.problems, line.worst);
        fillProblems(line);
        return before != std::pair(line.problems, line.worst);
    });
}

plan::RulePointer PlanModel::ruleAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_lines[static_cast<std::size_t>(row)].rule : nullptr;
}

int PlanModel::rowOf(event::CallType type, const QString &name, int version) const
{
    const auto found = std::ranges::find_if(m_lines, [&](const Line &line) {
        return line.rule->type == type && line.rule->name == name &&
               (version == 0 || line.rule->version == version);
    });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

int PlanModel::neverSeenCount() const
{
    return static_cast<int>(std::ranges::count_if(m_lines, [](const Line &line) {
        return line.seen == 0 && line.rule->type != event::CallType::None;
    }));
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString PlanModel::columnText(const Line &line, int column) const
{
    switch (column) {
    case TypeColumn:
        return line.rule->type == event::CallType::None ? tr("all") : typeText(line.rule->type);
    case NameColumn:
        return ruleName(*line.rule);
    case SeenColumn:
        return line.seen == 0 ? tr("never") : QLocale().toString(static_cast<qulonglong>(line.seen));
    case ViolationsColumn:
        return line.violations == 0 ? QString()
                                    : QLocale().toString(static_cast<qulonglong>(line.violations));
    case LastSeenColumn:
        return line.lastUs == 0 ? QString()
                                : QLocale().toString(QDateTime::fromMSecsSinceEpoch(line.lastUs / 1000),
                                                     QLocale::ShortFormat);
    default:
        return {};
    }
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const plan::RuleSource &rule = *line.rule;
    // A common rule is for every event, so it is never "never seen".
    const bool isNeverSeen = line.seen == 0 && rule.type != event::CallType::None;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == SeenColumn && line.seen == 0 && !isNeverSeen
                   ? QString()
                   : columnText(line, index.column());
    case Qt::EditRole:
        return index.column() == NameColumn ? rule.name : columnText(line, index.column());
    case Qt::AccessibleTextRole: {
        if (index.column() == NameColumn) {
            QString text = columnText(line, NameColumn);
            if (isNeverSeen) {
                text += tr(", never seen");
            }
            if (rule.isDeprecated) {
                text += tr(", deprecated");
            }
            if (line.problems > 0) {
                text += tr(", problems: %1").arg(line.problems);
            }
            return text;
        }
        return index.column() == ViolationsColumn ? tr("violations: %1").arg(line.violations)
                                                  : columnText(line, index.column());
    }
    case Qt::ToolTipRole: {
        if (index.column() == SeenColumn && line.lastUs > 0) {
            return tr("Last seen %1").arg(columnText(line, LastSeenColumn));
        }
        const QString description = plan::descriptionOf(rule);
        return description.isEmpty() ? QVariant(ruleName(rule)) : QVariant(description);
    }
    case Qt::TextAlignmentRole:
        return index.column() == SeenColumn || index.column() == ViolationsColumn
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant();
    case TypeRole:
        return static_cast<int>(rule.type);
    case NameRole:
        return rule.name;
    case VersionRole:
        return rule.version;
    case SeenRole:
        return QVariant::fromValue<quint64>(line.seen);
    case ViolationsRole:
        return QVariant::fromValue<quint64>(line.violations);
    case LastUsRole:
        return QVariant::fromValue<qint64>(line.lastUs);
    case IsNeverSeenRole:
        return isNeverSeen;
    case IsDeprecatedRole:
        return rule.isDeprecated;
    case ProblemsRole:
        return line.problems;
    case WorstProblemRole:
        return line.worst;
    case SearchRole:
        if (line.search.isNull()) {
            line.search = searchText(rule);
        }
        return line.search;
    case SortRole:
        switch (index.column()) {
        case SeenColumn:
            return QVariant::fromValue<quint64>(line.seen);
        case ViolationsColumn:
            return QVariant::fromValue<quint64>(line.violations);
        case LastSeenColumn:
            return QVariant::fromValue<qint64>(line.lastUs);
        default:
            return columnText(line, index.column());
        }
    default:
        return {};
    }
}

bool PlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const plan::RulePointer rule = ruleAt(index.row());
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || rule == nullptr || !flags(index).testFlag(Qt::ItemIsEditable) ||
        name.isEmpty() || name == rule->name) {
        return false;
    }
    emit renameWanted(rule, name);
    return true;
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (const auto rule = ruleAt(index.row());
        rule != nullptr && index.column() == NameColumn && hasName(rule->type)) {
        flags |= Qt::ItemIsEditable;
    }
    return flags;
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case TypeColumn:
        return tr("Type");
    case NameColumn:
        return tr("Event");
    case SeenColumn:
        return tr("Seen");
    case ViolationsColumn:
        return tr("Violations");
    case LastSeenColumn:
        return tr("Last seen");
    default:
        return {};
    }
}

QHash<int, QByteArray> PlanModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{TypeRole, "type"},
                  {NameRole, "name"},
                  {VersionRole, "version"},
                  {SeenRole, "seen"},
                  {ViolationsRole, "violations"},
                  {LastUsRole, "lastUs"},
                  {IsNeverSeenRole, "isNeverSeen"},
                  {IsDeprecatedRole, "isDeprecated"},
                  {ProblemsRole, "problems"},
                  {WorstProblemRole, "worstProblem"},
                  {SearchRole, "search"},
                  {SortRole, "sort"}});
    return names;
}

} // namespace ui
