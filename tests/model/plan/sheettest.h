// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plan/sheet.h"

/// Rules and their sheets, for tests of the sheet and its cells.
namespace sheettest {

using namespace Qt::StringLiterals;
using plan::Field;
using plan::Json;
using plan::PropertyPath;
using plan::RuleSource;

inline RuleSource ruleOf(const char *schema, event::CallType type = event::CallType::Track,
                         plan::Scope scope = plan::Scope::Event)
{
    RuleSource rule;
    rule.type = type;
    rule.name = u"Order Completed"_s;
    rule.scope = scope;
    rule.schema = Json::parse(schema);
    return rule;
}

/// Of one property "a" of an event's properties.
inline RuleSource ruleWith(const char *property, const char *dialect = "")
{
    return ruleOf((std::string("{") + dialect +
                   R"("type":"object","properties":{"properties":{"type":"object",)" +
                   R"("properties":{"a":)" + property + R"(,"b":{"type":"string"}}}}})")
                      .c_str());
}

inline std::string propertyOf(const RuleSource &rule, const char *name = "a")
{
    return rule.schema["properties"]["properties"]["properties"][name].dump();
}

inline plan::SheetRow rowOf(const RuleSource &rule, const PropertyPath &path)
{
    for (const plan::SheetRow &row : plan::sheetOf(rule)) {
        if (row.path == path) {
            return row;
        }
    }
    return {};
}

/// "orderId: type=string required=required"; what is empty is left out.
inline QString shown(const plan::SheetRow &row)
{
    static const std::vector<std::pair<const char *, Field>> fields{
        {"type", Field::Type},       {"required", Field::Required}, {"description", Field::Description},
        {"allowed", Field::Allowed}, {"pattern", Field::Pattern},   {"format", Field::Format},
        {"range", Field::Range},     {"labels", Field::Labels}};
    QString line = plan::shownPath(row.path) + u':';
    for (const auto &[name, field] : fields) {
        if (const QString text = row.text(field); !text.isEmpty()) {
            line += u' ' + QString::fromLatin1(name) + u'=' + text;
        }
    }
    return line + (row.isReadOnly ? u" (read only)"_s : QString()) + (row.hasMore ? u" (more)"_s : QString());
}

inline PropertyPath pathOf(const QString &dotted)
{
    return dotted.isEmpty() ? PropertyPath() : dotted.split(u'.');
}

} // namespace sheettest
