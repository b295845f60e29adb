// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "sheettest.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QTest>

using namespace sheettest;

namespace {

RuleSource order()
{
    return ruleOf("{\"$schema\": \"http://json-schema.org/draft-07/schema#\","
                  R"(
        "x-owner": {"team": "growth", "z": 1, "a": [1.0, 2]},
        "type": "object",
        "properties": {
            "context": {},
            "properties": {
                "type": "object",
                "properties": {
                    "orderId": {"id": "/properties/properties/properties/orderId", "type": "string",
                                "description": "The order.", "pattern": "^ord_"},
                    "status": {"type": ["string", "null"], "enum": ["new", "a, b", null]},
                    "total": {"minimum": 0, "type": "number", "exclusiveMaximum": 100000, "multipleOf": 0.01},
                    "products": {"type": "array", "minItems": 1, "items": {
                        "type": "object",
                        "properties": {"sku": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
                        "required": ["sku"]
                    }},
                    "address": {"$ref": "#/definitions/address"},
                    "paidWith": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "sentAt": {"type": "string", "format": "date-time", "labels": {"pii": true, "owner": "a, b"}}
                },
                "required": ["orderId", "total"],
                "additionalProperties": false
            }
        },
        "required": ["properties"],
        "definitions": {"address": {"type": "object", "properties": {"city": {"type": "string"}},
                                    "required": ["city"]}},
        "labels": {"area": "checkout"}
    })");
}

} // namespace

Q_DECLARE_METATYPE(event::CallType)
Q_DECLARE_METATYPE(plan::Scope)
Q_DECLARE_METATYPE(plan::Field)

class TstSheet : public QObject
{
    Q_OBJECT

private slots:
    void rows();
    void holders_data();
    void holders();
    void required();
    void renamed();
    void renamesRefused_data();
    void renamesRefused();
    void added_data();
    void added();
    void removedAndMoved();
    void readOnly_data();
    void readOnly();
    void nothingElseChanges_data();
    void nothingElseChanges();
    void eventItself();
    void others();
    void schemaTexts();
    void badSchemaTexts_data();
    void badSchemaTexts();
    void newRules_data();
    void newRules();
    void limits();
    void manyProperties();
};

void TstSheet::rows()
{
    QStringList lines;
    for (const plan::SheetRow &row : plan::sheetOf(order())) {
        lines.append(shown(row));
    }
    const QStringList expected{
        u"orderId: type=string required=required description=The order. pattern=^ord_"_s,
        u"status: type=string or null allowed=new, \"a, b\", null"_s,
        u"total: type=number required=required range=>= 0, < 100000 (more)"_s,
        u"products: type=array range=>= 1"_s,
        u"products.$: type=object"_s,
        u"products.$.sku: type=string required=required"_s,
        u"products.$.count: type=integer range=>= 1"_s,
        u"address: type=object (read only)"_s,
        u"address.city: type=string required=required (read only)"_s,
        u"paidWith: type=string or null (read only) (more)"_s,
        u"sentAt: type=string format=date-time labels=pii: true, owner: \"a, b\""_s};
    QCOMPARE(lines, expected);
    QCOMPARE(plan::sheetOf(order()).front().text(Field::Name), u"orderId"_s);
}

void TstSheet::holders_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<event::CallType>("type");
    QTest::addColumn<plan::Scope>("scope");
    QTest::addColumn<QString>("rows");
    using event::CallType;
    using plan::Scope;
    const QByteArray both =
        R"({"properties":{"properties":{"properties":{"p":{}}},"traits":{"properties":{"t":{}}}}})";
    QTest::newRow("track") << both << CallType::Track << Scope::Event << u"p"_s;
    QTest::newRow("page") << both << CallType::Page << Scope::Event << u"p"_s;
    QTest::newRow("identify") << both << CallType::Identify << Scope::Event << u"t"_s;
    QTest::newRow("group") << both << CallType::Group << Scope::Event << u"t"_s;
    QTest::newRow("common") << both << CallType::None << Scope::Event
                            << u"properties properties.p traits traits.t"_s;
    const QByteArray plain = R"({"properties":{"a":{"properties":{"b":{}}}}})";
    QTest::newRow("properties alone") << plain << CallType::Track << Scope::Properties << u"a a.b"_s;
    QTest::newRow("traits alone") << plain << CallType::Identify << Scope::Traits << u"a a.b"_s;
    QTest::newRow("nothing of properties")
        << QByteArray("{}") << CallType::Track << Scope::Event << QString();
    QTest::newRow("no object") << QByteArray("[1]") << CallType::Track << Scope::Event << QString();
}

void TstSheet::holders()
{
    QFETCH(QByteArray, schema);
    QFETCH(event::CallType, type);
    QFETCH(plan::Scope, scope);
    const RuleSource rule = ruleOf(schema.constData(), type, scope);
    QStringList rows;
    for (const plan::SheetRow &row : plan::sheetOf(rule)) {
        rows.append(plan::shownPath(row.path));
    }
    QTEST(rows.join(u' '), "rows");
    if (!rows.isEmpty()) {
        // What is shown there is edited there.
        const auto edited = plan::withField(rule, pathOf(rows.back()), Field::Type, u"string"_s);
        QVERIFY(edited.has_value());
        QCOMPARE(rowOf(*edited, pathOf(rows.back())).types, QStringList(u"string"_s));
    }
}

void TstSheet::required()
{
    const PropertyPath status{u"status"_s};
    for (const QString &yes : {u"required"_s, u"Yes"_s, u"x"_s, u"true"_s, u"1"_s}) {
        const auto rule = plan::withField(order(), status, Field::Required, yes);
        QVERIFY(rule.has_value());
        QCOMPARE(rule->schema["properties"]["properties"]["required"].dump(),
                 std::string(R"(["orderId","total","status"])"));
        QCOMPARE(*plan::withField(*rule, status, Field::Required, u"no"_s), order());
    }
    QVERIFY(!plan::withField(order(), status, Field::Required, u"perhaps"_s).has_value());
    QVERIFY(!plan::withField(order(), {u"products"_s, u"$"_s}, Field::Required, u"yes"_s).has_value());
    QCOMPARE(*plan::withField(order(), {u"products"_s, u"$"_s}, Field::Required, {}), order());
    // Shown elsewhere, but demanded here.
    const auto address = plan::withField(order(), {u"address"_s}, Field::Required, u"yes"_s);
    QVERIFY(address.has_value());
    QVERIFY(rowOf(*address, {u"address"_s}).isRequired);

    // The last one takes the list with it.
    const auto none = plan::withField(order(), pathOf(u"products.$.sku"_s), Field::Required, {});
    QVERIFY(none.has_value());
    QVERIFY(
        !none->schema["properties"]["properties"]["properties"]["products"]["items"].contains("required"));

    // What is required of an event's properties is required of an event without any.
    const auto first = plan::withField(ruleWith("{}"), {u"a"_s}, Field::Required, u"yes"_s);
    QVERIFY(first.has_value());
    QCOMPARE(first->schema["required"].dump(), std::string(R"(["properties"])"));
    const RuleSource traits =
        ruleOf(R"({"required":["userId"],"properties":{"traits":{"properties":{"a":{}}}}})",
               event::CallType::Identify);
    QCOMPARE((*plan::withField(traits, {u"a"_s}, Field::Required, u"yes"_s)).schema["required"].dump(),
             std::string(R"(["userId","traits"])"));
    const RuleSource alone =
        ruleOf(R"({"properties":{"a":{}}})", event::CallType::Track, plan::Scope::Properties);
    QCOMPARE((*plan::withField(alone, {u"a"_s}, Field::Required, u"yes"_s)).schema.dump(),
             std::string(R"({"properties":{"a":{}},"required":["a"]})"));
}

void TstSheet::renamed()
{
    const auto rule = plan::withField(order(), {u"orderId"_s}, Field::Name, u" order id "_s);
    QVERIFY(rule.has_value());
    RuleSource expected = order();
    std::string text = expected.schema.dump();
    const std::string body = R"("orderId":{"id")";
    text.replace(text.find(body), body.size(), R"("order id":{"id")");
    const std::string required = R"("required":["orderId")";
    text.replace(text.find(required), required.size(), R"("required":["order id")");
    QCOMPARE(rule->schema.dump(), text);

    const auto nested = plan::withField(order(), pathOf(u"products.$.sku"_s), Field::Name, u"code"_s);
    QVERIFY(nested.has_value());
    QVERIFY(rowOf(*nested, pathOf(u"products.$.code"_s)).isRequired);
    QVERIFY(plan::withField(order(), {u"address"_s}, Field::Name, u"place"_s).has_value());

    const RuleSource dependent =
        ruleOf(R"({"properties":{"a":{},"b":{}},"dependencies":{"a":["b"],"b":["a"]},"required":["b","a"]})",
               event::CallType::Track, plan::Scope::Properties);
    QCOMPARE(
        (*plan::withField(dependent, {u"a"_s}, Field::Name, u"c"_s)).schema.dump(),
        std::string(
            R"({"properties":{"c":{},"b":{}},"dependencies":{"c":["b"],"b":["c"]},"required":["b","c"]})"));
}

void TstSheet::renamesRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("taken") << u"orderId"_s << u"total"_s;
    QTest::newRow("empty") << u"orderId"_s << u"  "_s;
    QTest::newRow("stands for items") << u"orderId"_s << u"$"_s;
    QTest::newRow("items") << u"products.$"_s << u"product"_s;
    QTest::newRow("none such") << u"nothing"_s << u"product"_s;
    QTest::newRow("of a shared definition") << u"address.city"_s << u"town"_s;
    QTest::newRow("no path") << QString() << u"town"_s;
}

void TstSheet::renamesRefused()
{
    QFETCH(QString, path);
    QFETCH(QString, name);
    const auto rule = plan::withField(order(), pathOf(path), Field::Name, name);
    QVERIFY(!rule.has_value());
    QVERIFY(!rule.error().what.isEmpty() && !rule.error().why.isEmpty() && !rule.error().fix.isEmpty());
}

void TstSheet::added_data()
{
    QTest::addColumn<QByteArray>("properties"); ///< the event's, before
    QTest::addColumn<QString>("parent");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<QByteArray>("after"); ///< empty: refused
    QTest::addColumn<QString>("path");
    const auto add = [](const char *name, const char *before, const char *parent, const char *property,
                        const QStringList &types, const char *after, const char *path) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(parent) << QString::fromUtf8(property)
                            << types << QByteArray(after) << QString::fromUtf8(path);
    };
    add("behind the last", R"({"properties":{"b":{},"a":{}},"required":["b"]})", "", "c", {u"string"_s},
        R"({"properties":{"b":{},"a":{},"c":{"type":"string"}},"required":["b"]})", "c");
    add("the first", "{}", "", "c", {}, R"({"properties":{"c":{}}})", "c");
    add("with types", "{}", "", "c", {u"string"_s, u"null"_s},
        R"({"properties":{"c":{"type":["string","null"]}}})", "c");
    add("made unique", R"({"properties":{"c":{},"c2":{}}})", "", "c", {},
        R"({"properties":{"c":{},"c2":{},"c3":{}}})", "c3");
    add("without a name", "{}", "", "", {}, R"({"properties":{"property":{}}})", "property");
    add("below an object", R"({"properties":{"a":{"type":"object"}}})", "a", "b", {},
        R"({"properties":{"a":{"type":"object","properties":{"b":{}}}}})", "a.b");
    add("below a text", R"({"properties":{"a":{"type":"string"}}})", "a", "b", {},
        R"({"properties":{"a":{"type":"object","properties":{"b":{}}}}})", "a.b");
    add("below a text or null", R"({"properties":{"a":{"type":["string","null"]}}})", "a", "b", {},
        R"({"properties":{"a":{"type":["object","null"],"properties":{"b":{}}}}})", "a.b");
    add("below true", R"({"properties":{"a":true}})", "a", "b", {},
        R"({"properties":{"a":{"type":"object","properties":{"b":{}}}}})", "a.b");
    add("below items", R"({"properties":{"a":{"type":"array","items":{"type":"object"}}}})", "a.$", "b", {},
        R"({"properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{}}}}}})", "a.$.b");
    add("below a list", R"({"properties":{"a":{"type":"array"}}})", "a", "b", {},
        R"({"properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{}}}}}})", "a.$.b");
    add("becomes a list", R"({"properties":{"a":{"type":"string"}}})", "a.$", "b", {},
        R"({"properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{}}}}}})", "a.$.b");
    add("below nothing", "{}", "a", "b", {}, "", "");
    add("below a reference", R"({"properties":{"a":{"$ref":"#/definitions/x"}}})", "a", "b", {}, "", "");
    add("items by name", "{}", "", "$", {}, "", "");
    add("of no type", "{}", "", "a", {u"banana"_s}, "", "");
    add("into an odd shape", R"({"properties":[]})", "", "a", {}, "", "");
}

void TstSheet::added()
{
    QFETCH(QByteArray, properties);
    QFETCH(QString, parent);
    QFETCH(QString, name);
    QFETCH(QStringList, types);
    QFETCH(QByteArray, after);
    const RuleSource rule = ruleOf((R"({"properties":{"properties":)" + properties + "}}").constData());
    const auto added = plan::withAdded(rule, pathOf(parent), name, types);
    QCOMPARE(added.has_value(), !after.isEmpty());
    if (added) {
        QCOMPARE(QByteArray::fromStdString(added->rule.schema["properties"]["properties"].dump()), after);
        QTEST(plan::shownPath(added->path), "path");
    } else {
        QVERIFY(!added.error().what.isEmpty() && !added.error().why.isEmpty() &&
                !added.error().fix.isEmpty());
    }
}

void TstSheet::removedAndMoved()
{
    const auto removed = plan::withRemoved(order(), {u"orderId"_s});
    QVERIFY(removed.has_value());
    RuleSource expected = order();
    expected.schema["properties"]["properties"]["properties"].erase("orderId");
    expected.schema["properties"]["properties"]["required"].erase(0);
    QCOMPARE(*removed, expected);
    const auto sku = plan::withRemoved(order(), pathOf(u"products.$.sku"_s));
    QVERIFY(sku.has_value());
    QVERIFY(!sku->schema["properties"]["properties"]["properties"]["products"]["items"].contains("required"));
    const auto items = plan::withRemoved(order(), pathOf(u"products.$"_s));
    QVERIFY(items.has_value());
    QVERIFY(rowOf(*items, {u"products"_s}).types == QStringList(u"array"_s));
    QVERIFY(rowOf(*items, pathOf(u"products.$"_s)).path.isEmpty());
    QVERIFY(plan::withRemoved(order(), {u"address"_s}).has_value());
    QVERIFY(!plan::withRemoved(order(), pathOf(u"address.city"_s)).has_value());
    QVERIFY(!plan::withRemoved(order(), {u"none"_s}).has_value());

    const RuleSource letters = ruleOf(R"({"properties":{"a":{"x":1},"b":{},"c":{}},"required":["a"]})",
                                      event::CallType::Track, plan::Scope::Properties);
    const auto moved = [&](const char *name, int position) {
        return (*plan::withMoved(letters, {QString::fromLatin1(name)}, position)).schema["properties"].dump();
    };
    QCOMPARE(moved("a", 1), std::string(R"({"b":{},"a":{"x":1},"c":{}})"));
    QCOMPARE(moved("a", 2), std::string(R"({"b":{},"c":{},"a":{"x":1}})"));
    QCOMPARE(moved("a", 99), std::string(R"({"b":{},"c":{},"a":{"x":1}})"));
    QCOMPARE(moved("c", 0), std::string(R"({"c":{},"a":{"x":1},"b":{}})"));
    QCOMPARE(moved("c", -1), std::string(R"({"c":{},"a":{"x":1},"b":{}})"));
    QCOMPARE(moved("b", 1), letters.schema["properties"].dump());
    QVERIFY(!plan::withMoved(order(), pathOf(u"products.$"_s), 0).has_value());
}

void TstSheet::readOnly_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<bool>("isReadOnly");
    QTest::addColumn<bool>("hasMore");
    const auto add = [](const char *name, const char *property, bool isReadOnly, bool hasMore) {
        QTest::newRow(name) << QByteArray(property) << isReadOnly << hasMore;
    };
    add("plain", R"({"type":"string","title":"A","examples":["x"],"x-y":1})", false, false);
    add("true", "true", false, false);
    add("false", "false", true, false);
    add("reference inside", R"({"$ref":"#"})", true, false);
    add("reference elsewhere", R"({"$ref":"#/definitions/none"})", true, true);
    add("anyOf", R"({"anyOf":[{"minimum":1},{"type":"string"}]})", true, true);
    add("oneOf beside a type", R"({"type":"string","oneOf":[{"pattern":"a"},{"pattern":"b"}]})", false, true);
    add("not", R"({"type":"string","not":{"const":"x"}})", false, true);
    add("a tuple", R"({"type":"array","items":[{"type":"string"}]})", false, true);
    add("closed object", R"({"type":"object","additionalProperties":false})", false, true);
    add("open object", R"({"type":"object","additionalProperties":true})", false, false);
    add("odd type", R"({"type":{"x":1}})", true, false);
    add("odd types", R"({"type":["string",{"type":"null"}]})", true, false);
    add("odd properties", R"({"properties":[1]})", true, false);
    add("range of another type", R"({"type":"boolean","minimum":1})", false, true);
    add("const and enum", R"({"const":1,"enum":[1,2]})", false, true);
}

void TstSheet::readOnly()
{
    QFETCH(QByteArray, property);
    QFETCH(bool, isReadOnly);
    const RuleSource rule = ruleWith(property.constData());
    QCOMPARE(rowOf(rule, {u"a"_s}).isReadOnly, isReadOnly);
    QTEST(rowOf(rule, {u"a"_s}).hasMore, "hasMore");
    const auto edited = plan::withField(rule, {u"a"_s}, Field::Description, u"Told."_s);
    QCOMPARE(edited.has_value(), !isReadOnly);
    if (!edited) {
        QVERIFY(edited.error().fix.contains(u"JSON"_s));
    }
}

void TstSheet::nothingElseChanges_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("back"); ///< the text that undoes it
    const auto add = [](const char *name, const char *path, Field field, const char *text, const char *back) {
        QTest::newRow(name) << QString::fromUtf8(path) << field << QString::fromUtf8(text)
                            << QString::fromUtf8(back);
    };
    add("type", "orderId", Field::Type, "string?", "string");
    add("type of a nested one", "products.$.count", Field::Type, "number", "integer");
    add("description", "orderId", Field::Description, "Another.", "The order.");
    add("allowed", "status", Field::Allowed, "x", "new, \"a, b\", null");
    add("pattern", "orderId", Field::Pattern, "^x", "^ord_");
    add("range", "total", Field::Range, ">= 0, < 5", ">= 0, < 100000");
    add("range of a list", "products", Field::Range, "2..3", ">= 1");
    add("format", "sentAt", Field::Format, "date", "date-time");
    add("labels", "sentAt", Field::Labels, "pii: true, owner: c", "pii: true, owner: \"a, b\"");
    add("name", "status", Field::Name, "state", "status");
    add("required", "sentAt", Field::Required, "yes", "");
}

void TstSheet::nothingElseChanges()
{
    QFETCH(QString, path);
    QFETCH(Field, field);
    QFETCH(QString, text);
    QFETCH(QString, back);
    const auto rule = plan::withField(order(), pathOf(path), field, text);
    QVERIFY(rule.has_value());
    QVERIFY(*rule != order());
    // All rows but one are what they were, in their order.
    const auto before = plan::sheetOf(order());
    const auto after = plan::sheetOf(*rule);
    QCOMPARE(after.size(), before.size());
    int changed = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        changed += shown(before[i]) == shown(after[i]) ? 0 : 1;
    }
    QCOMPARE(changed, 1);
    PropertyPath edited = pathOf(path);
    if (field == Field::Name) {
        edited.back() = text;
    }
    const auto undone = plan::withField(*rule, edited, field, back);
    QVERIFY(undone.has_value());
    QCOMPARE(undone->schema.dump(), order().schema.dump());
    QCOMPARE(*undone, order());
}

void TstSheet::eventItself()
{
    const RuleSource told = plan::withDescription(order(), u"An order was paid."_s);
    QCOMPARE(told.schema.dump(), [] {
        Json schema = order().schema;
        schema["description"] = "An order was paid.";
        return schema.dump();
    }());
    QCOMPARE(plan::withDescription(told, u"An order was paid."_s), told);
    QCOMPARE(plan::withDescription(told, {}), order());

    const RuleSource labelled =
        plan::withLabels(order(), {{u"area"_s, u"checkout"_s}, {u"owner"_s, u"growth"_s}});
    QCOMPARE(labelled.schema["labels"].dump(), std::string(R"({"area":"checkout","owner":"growth"})"));
    QCOMPARE(plan::withLabels(labelled, {{u"area"_s, u"checkout"_s}}), order());
    QVERIFY(!plan::withLabels(order(), {}).schema.contains("labels"));
}

void TstSheet::others()
{
    QVERIFY(!plan::allowsOthers(order()));
    const RuleSource open = plan::withOthers(order(), plan::Others::Allowed);
    QVERIFY(plan::allowsOthers(open));
    QCOMPARE(plan::withOthers(open, plan::Others::Unplanned), order());
    QCOMPARE(plan::withOthers(order(), plan::Others::Unplanned), order());
    const RuleSource fresh = plan::newRule(event::CallType::Track, u"A"_s);
    QVERIFY(plan::allowsOthers(fresh));
    QCOMPARE(plan::withOthers(fresh, plan::Others::Allowed), fresh);
    QVERIFY(!plan::allowsOthers(plan::withOthers(fresh, plan::Others::Unplanned)));
    const RuleSource newer = ruleOf(R"({"properties":{"properties":{"unevaluatedProperties":false}}})");
    QVERIFY(!plan::allowsOthers(newer));
    QVERIFY(plan::allowsOthers(plan::withOthers(newer, plan::Others::Allowed)));
    // A rule that says nothing of properties yet gets them made.
    const RuleSource empty = plan::withOthers(ruleOf("{}"), plan::Others::Unplanned);
    QCOMPARE(empty.schema.dump(),
             std::string(R"({"properties":{"properties":{"type":"object","additionalProperties":false}}})"));
}

void TstSheet::schemaTexts()
{
    const QString text = plan::schemaText(order());
    QVERIFY(text.startsWith(u"{\n  \"$schema\": \"http"_s));
    const auto same = plan::withSchemaText(order(), text);
    QVERIFY(same.has_value());
    QCOMPARE(*same, order());
    QCOMPARE(same->schema.dump(), order().schema.dump());

    const auto other =
        plan::withSchemaText(order(), u"{\"b\": 9007199254740993, \"a\": [1.0, 1e3], \"ö\": \"ü\"}"_s);
    QVERIFY(other.has_value());
    QCOMPARE(other->schema.dump(), std::string(R"({"b":9007199254740993,"a":[1.0,1000.0],"ö":"ü"})"));
    QCOMPARE(other->name, order().name);
    // What the plan shares between its rules is not at hand here.
    QVERIFY(plan::withSchemaText(order(),
                                 u"{\"properties\":{\"properties\":{\"$ref\":\"#/definitions/shared\"}}}"_s)
                .has_value());
    QVERIFY(plan::withSchemaText(order(), u"{\"properties\":{\"properties\":{\"$ref\":\"https://a.b/c\"}}}"_s)
                .has_value());
}

void TstSheet::badSchemaTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why"); ///< how it begins
    QTest::newRow("empty") << QString() << u"Line 1, column 1"_s;
    QTest::newRow("a comma too many") << u"{\n  \"a\": 1,\n}"_s << u"Line 3, column 1"_s;
    QTest::newRow("no object") << u"[1]"_s << u"A rule's schema is an object"_s;
    QTest::newRow("a name twice") << u"{\n  \"type\": \"object\",\n  \"type\": \"string\"}"_s << u"Line 3"_s;
    QTest::newRow("no such number") << u"{\"minimum\":\n 1e400}"_s << u"Line 2, column 2"_s;
    QTest::newRow("NaN") << u"{\"minimum\": NaN}"_s << u"Line 1"_s;
    QTest::newRow("too many digits") << u"{\"minimum\": 12345678901234567890123}"_s << u"Line 1, column 13"_s;
    QTest::newRow("no schema") << u"{\"properties\":{\"properties\":{\"type\":\"strng\"}}}"_s
                               << u"/properties/properties/type"_s;
    QTest::newRow("bad pattern") << u"{\"properties\":{\"a\":{\"pattern\":\"[\"}}}"_s
                                 << u"/properties/a/pattern"_s;
    QTest::newRow("too deep") << (u"{\"a\":"_s.repeated(600) + u"1"_s + u"}"_s.repeated(600)) << u"Line 1"_s;
    QTest::newRow("very deep") << (u"["_s.repeated(200'000)) << u"Line 1"_s;
}

void TstSheet::badSchemaTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, why);
    const auto rule = plan::withSchemaText(order(), text);
    QVERIFY(!rule.has_value());
    QVERIFY2(rule.error().why.startsWith(why), qPrintable(rule.error().why));
    QVERIFY(!rule.error().fix.isEmpty());
}

void TstSheet::newRules_data()
{
    QTest::addColumn<event::CallType>("type");
    QTest::addColumn<QString>("holder");
    QTest::newRow("track") << event::CallType::Track << u"properties"_s;
    QTest::newRow("screen") << event::CallType::Screen << u"properties"_s;
    QTest::newRow("identify") << event::CallType::Identify << u"traits"_s;
    QTest::newRow("group") << event::CallType::Group << u"traits"_s;
    QTest::newRow("alias") << event::CallType::Alias << u"properties"_s;
    QTest::newRow("common") << event::CallType::None << QString();
}

void TstSheet::newRules()
{
    QFETCH(event::CallType, type);
    QFETCH(QString, holder);
    const RuleSource rule = plan::newRule(type, u"Cart Viewed"_s);
    QCOMPARE(rule.type, type);
    QCOMPARE(rule.name, u"Cart Viewed"_s);
    QVERIFY(plan::sheetOf(rule).empty());
    const auto added = plan::withAdded(rule, {}, u"cartId"_s, {u"string"_s});
    QVERIFY(added.has_value());
    const Json &properties = holder.isEmpty()
                                 ? added->rule.schema["properties"]
                                 : added->rule.schema["properties"][holder.toStdString()]["properties"];
    QCOMPARE(properties.dump(), std::string(R"({"cartId":{"type":"string"}})"));
    QVERIFY(plan::withSchemaText(rule, plan::schemaText(added->rule)).has_value());
}

void TstSheet::limits()
{
    // A schema that describes itself by itself is shown as deep as anyone reads.
    const RuleSource recursive = ruleOf(R"({"properties":{"properties":{"$ref":"#/definitions/node"}},
        "definitions":{"node":{"properties":{"left":{"$ref":"#/definitions/node"},"right":{"$ref":"#/definitions/node"}}}}})");
    const auto rows = plan::sheetOf(recursive);
    QVERIFY(rows.size() > 500 && rows.size() <= 5'000);
    QVERIFY(std::ranges::all_of(rows, &plan::SheetRow::isReadOnly));
    const RuleSource loop = ruleOf(R"({"properties":{"properties":{"$ref":"#/properties/properties"}}})");
    QVERIFY(plan::sheetOf(loop).empty());

    Json properties = Json::object();
    for (int i = 0; i < 6'000; ++i) {
        properties[std::to_string(i)] = Json::object();
    }
    RuleSource wide = ruleOf(R"({"properties":{"properties":{}}})");
    wide.schema["properties"]["properties"]["properties"] = std::move(properties);
    QCOMPARE(plan::sheetOf(wide).size(), std::size_t{5'000});

    PropertyPath path;
    RuleSource deep = plan::newRule(event::CallType::Track, u"A"_s);
    for (int level = 0; level < 12; ++level) {
        const auto added = plan::withAdded(deep, path, u"below"_s);
        if (!added) {
            QCOMPARE(added.error().code, base::ErrorCode::Limit);
            break;
        }
        deep = added->rule;
        path = added->path;
    }
    QCOMPARE(plan::sheetOf(deep).size(), std::size_t{9});
    QCOMPARE(plan::sheetOf(deep).back().path, path);
}

/// How long an edit of a wide rule takes is printed; a frame has 16 ms.
void TstSheet::manyProperties()
{
    RuleSource rule = plan::newRule(event::CallType::Track, u"Order Completed"_s);
    for (int i = 0; i < 300; ++i) {
        auto added = plan::withAdded(rule, {}, u"property%1"_s.arg(i), {u"string"_s, u"null"_s});
        QVERIFY(added.has_value());
        rule = std::move(added->rule);
        rule = *plan::withField(rule, added->path, Field::Description, u"Number %1 of many."_s.arg(i));
        rule = *plan::withField(rule, added->path, Field::Required, u"yes"_s);
    }
    constexpr int edits = 100;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < edits; ++i) {
        rule = *plan::withField(rule, {u"property150"_s}, Field::Description, QString::number(i));
    }
    const qint64 editUs = timer.nsecsElapsed() / 1'000 / edits;
    timer.restart();
    for (int i = 0; i < edits; ++i) {
        QCOMPARE(plan::sheetOf(rule).size(), std::size_t{300});
    }
    qInfo("300 properties: an edit takes %lld us, the sheet %lld us", editUs,
          timer.nsecsElapsed() / 1'000 / edits);
}

QTEST_GUILESS_MAIN(TstSheet)
#include "tst_sheet.moc"
