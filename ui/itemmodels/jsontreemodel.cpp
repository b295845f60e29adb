// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/itemmodels/jsontreemodel.h"

#include "json/value.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Longer texts are cut in the cell; the roles have them whole.
constexpr qsizetype maxShown = 500;
constexpr std::size_t maxShownBytes = 2'000;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Findings about something that is not there: their pointer says where it would stand.
bool isAboutMissing(event::RuleId rule)
{
    using enum event::RuleId;
    return rule == PlanRequired || rule == PlanDependency || rule == ProtocolNoEventName ||
           rule == ProtocolNoGroupId || rule == ProtocolAliasIncomplete;
}

} // namespace

/// One row; its rows below are made when first asked for.
struct JsonTreeModel::Item
{
    Item *above = nullptr;
    int row = 0;
    json::Value value; ///< missing: a missing row
    std::string key;   ///< decoded; empty in arrays
    bool isInArray = false;
    json::Pointer pointer;
    bool isPopulated = false;
    std::vector<std::unique_ptr<Item>> below;
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Item>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setDocument(std::shared_ptr<const json::Document> document,
                                std::vector<event::Finding> findings)
{
    beginResetModel();
    m_document = std::move(document);
    m_findings = std::move(findings);
    m_root = std::make_unique<Item>();
    m_root->value = m_document ? m_document->root() : json::Value();
    placeFindings();
    endResetModel();
}

/// Each finding goes to its own value; to the nearest one above when that is not there, unless what is
/// missing is what the finding is about.
void JsonTreeModel::placeFindings()
{
    m_places.clear();
    for (std::size_t i = 0; i < m_findings.size(); ++i) {
        const event::Finding &finding = m_findings[i];
        json::Pointer at = finding.at;
        while (!at.isRoot() && !isAboutMissing(finding.rule) && at.resolve(m_root->value).isMissing()) {
            at = at.parent();
        }
        const int severity = static_cast<int>(finding.severity);
        Place &place = m_places[at.text()];
        place.findings.push_back(static_cast<int>(i));
        place.worst = std::max(place.worst, severity);
        for (json::Pointer branch = at;; branch = branch.parent()) {
            Place &above = m_places[branch.text()];
            above.branchWorst = std::max(above.branchWorst, severity);
            if (branch.isRoot()) {
                break;
            }
            // Missing values may miss their surroundings, too.
            if (branch.resolve(m_root->value).isMissing()) {
                std::vector<std::string> &missing = m_places[branch.parent().text()].missing;
                if (std::ranges::find(missing, branch.lastToken()) == missing.end()) {
                    missing.push_back(branch.lastToken());
                }
            }
        }
    }
}

void JsonTreeModel::populate(Item &item) const
{
    if (item.isPopulated) {
        return;
    }
    item.isPopulated = true;
    const auto add = [&item](json::Value value, std::string key, json::Pointer pointer) {
        auto child = std::make_unique<Item>();
        child->above = &item;
        child->row = static_cast<int>(item.below.size());
        child->value = value;
        child->key = std::move(key);
        child->isInArray = item.value.isArray();
        child->pointer = std::move(pointer);
        item.below.push_back(std::move(child));
    };
    item.below.reserve(item.value.size());
    std::uint32_t position = 0;
    for (auto child = item.value.firstChild(); child; child = child.next()) {
        const std::string key(child.key());
        add(child.value(), key,
            item.value.isArray() ? item.pointer.child(position) : item.pointer.child(key));
        ++position;
    }
    if (const Place *here = place(item)) {
        for (const std::string &key : here->missing) {
            add({}, key, item.pointer.child(key));
        }
    }
}

JsonTreeModel::Item *JsonTreeModel::itemOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item *>(index.internalPointer()) : m_root.get();
}

const JsonTreeModel::Place *JsonTreeModel::place(const Item &item) const
{
    const auto found = m_places.find(item.pointer.text());
    return found == m_places.end() ? nullptr : &found->second;
}

QModelIndex JsonTreeModel::indexAt(const json::Pointer &pointer) const
{
    QModelIndex at;
    for (const std::string &token : pointer.tokens()) {
        Item *item = itemOf(at);
        populate(*item);
        // Of duplicate keys the last one counts, as everywhere.
        const auto found =
            std::ranges::find_if(item->below.rbegin(), item->below.rend(), [&token](const auto &child) {
                return child->isInArray && !child->value.isMissing() ? std::to_string(child->row) == token
                                                                     : child->key == token;
            });
        if (found == item->below.rend()) {
            break;
        }
        at = createIndex((*found)->row, 0, found->get());
    }
    return at;
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent)) {
        return {};
    }
    return createIndex(row, column, itemOf(parent)->below[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    Item *above = child.isValid() ? itemOf(child)->above : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() != 0) {
        return 0;
    }
    Item *item = itemOf(parent);
    populate(*item);
    return static_cast<int>(item->below.size());
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() != 0) {
        return false;
    }
    const Item &item = *itemOf(parent);
    const Place *here = place(item);
    return item.value.size() > 0 || (here != nullptr && !here->missing.empty());
}

QString JsonTreeModel::valueText(const Item &item) const
{
    if (item.value.isMissing()) {
        return tr("missing");
    }
    if (item.value.isObject()) {
        return u'{' + QString::number(item.value.size()) + u'}';
    }
    if (item.value.isArray()) {
        return u'[' + QString::number(item.value.size()) + u']';
    }
    const std::string_view text = item.value.isString() ? item.value.text() : item.value.raw();
    QString shown = toText(text.substr(0, maxShownBytes));
    if (shown.size() > maxShown || text.size() > maxShownBytes) {
        shown.truncate(maxShown);
        shown += u'\u2026';
    }
    return shown;
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Item &item = *itemOf(index);
    const Place *here = place(item);
    const QString key = item.isInArray && item.key.empty() ? QString::number(item.row) : toText(item.key);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == KeyColumn ? key : valueText(item);
    case Qt::AccessibleTextRole: {
        const QString text = index.column() == KeyColumn ? key : valueText(item);
        const int count = here == nullptr ? 0 : static_cast<int>(here->findings.size());
        return count == 0 ? text : tr("%1, findings: %2").arg(text).arg(count);
    }
    case TypeRole:
        return item.value.isMissing() ? -1 : static_cast<int>(item.value.type());
    case IsMissingRole:
        return item.value.isMissing();
    case FindingsRole:
        return QVariant::fromValue(
            here == nullptr ? QList<int>() : QList<int>(here->findings.begin(), here->findings.end()));
    case SeverityRole:
        return here == nullptr ? -1 : here->worst;
    case BranchSeverityRole:
        return here == nullptr ? -1 : here->branchWorst;
    case PointerRole:
        return item.pointer.toString();
    case KeyRole:
        return key;
    case RawRole:
        return item.value.isMissing() ? QString() : toText(item.value.raw());
    case TextRole:
        return item.value.isMissing() ? QString()
                                      : toText(item.value.isString() ? item.value.text() : item.value.raw());
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == KeyColumn ? tr("Key") : tr("Value");
}

QHash<int, QByteArray> JsonTreeModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractItemModel::roleNames();
    names.insert({{TypeRole, "type"},
                  {IsMissingRole, "isMissing"},
                  {FindingsRole, "findings"},
                  {SeverityRole, "severity"},
                  {BranchSeverityRole, "branchSeverity"},
                  {PointerRole, "pointer"},
                  {KeyRole, "key"},
                  {RawRole, "raw"},
                  {TextRole, "text"}});
    return names;
}

} // namespace ui
