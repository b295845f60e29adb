// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/sheet.h"
#include "schema/schema.h"
#include "json/parser.h"

#include <algorithm>
#include <map>
#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using event::Finding;
using event::RuleId;
using plan::Json;
using plan::RuleSource;

namespace {

std::shared_ptr<const json::Document> parsed(const QByteArray &text)
{
    json::Parser parser;
    return parser.parse(text).value_or(nullptr);
}

std::vector<Finding> findingsOf(const Json &schema, json::Value value, const json::Pointer &base = {})
{
    const auto compiled = schema::compile(parsed(QByteArray::fromStdString(schema.dump())), {});
    return compiled ? compiled->violations(value, base) : std::vector<Finding>();
}

QString line(const Finding &finding)
{
    const std::string_view rule = event::word(finding.rule);
    return QString::fromLatin1(rule.data(), qsizetype(rule.size())) + u' ' + finding.at.toString();
}

QString lines(const std::vector<Finding> &findings)
{
    QStringList list;
    std::ranges::transform(findings, std::back_inserter(list), line);
    return list.join(u'\n');
}

/// A rule over an event's properties, of which "a" is described by `property`.
RuleSource ruleOver(const QByteArray &properties, const char *dialect = "")
{
    RuleSource rule;
    rule.name = u"Order Completed"_s;
    rule.schema = Json::parse(std::string("{") + dialect + R"("type":"object","properties":{"properties":)" +
                              properties.toStdString() + "}}");
    return rule;
}

} // namespace

class TstAllowing : public QObject
{
    Q_OBJECT

private slots:
    void allowed_data();
    void allowed();
    void refused_data();
    void refused();
    void scopes_data();
    void scopes();
    void draft4();
    void sharedDefinitions();
    void eventWithoutProperties();
    void findingsOfOlderPlans();
    void anyFindingOfAnyEvent();
};

void TstAllowing::allowed_data()
{
    QTest::addColumn<QByteArray>("schema"); ///< of the properties
    QTest::addColumn<QByteArray>("properties");
    QTest::addColumn<QString>("finding"); ///< that is allowed
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("what");
    const auto add = [](const char *name, const char *schema, const char *properties, const char *finding,
                        const char *after, const char *what) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(properties) << QString::fromUtf8(finding)
                            << QByteArray(after) << QString::fromUtf8(what);
    };
    add("required", R"({"required":["a","b"]})", R"({"b":1})", "plan/required /properties/a",
        R"({"required":["b"]})", "`a` is no longer required");
    add("last required", R"({"required":["a"],"x":1})", "{}", "plan/required /properties/a", R"({"x":1})",
        "`a` is no longer required");
    add("nested required", R"({"properties":{"o":{"properties":{"p":{}},"required":["p"]}}})", R"({"o":{}})",
        "plan/required /properties/o/p", R"({"properties":{"o":{"properties":{"p":{}}}}})",
        "`o.p` is no longer required");
    add("type", R"({"properties":{"a":{"type":"integer"},"b":{}}})", R"({"a":"x"})",
        "plan/type /properties/a", R"({"properties":{"a":{"type":["integer","string"]},"b":{}}})",
        "`a` may also be a string");
    add("type null", R"({"properties":{"a":{"type":["string","integer"]}}})", R"({"a":null})",
        "plan/type /properties/a", R"({"properties":{"a":{"type":["string","integer","null"]}}})",
        "`a` may also be null");
    add("type fraction", R"({"properties":{"a":{"type":["integer","null"]}}})", R"({"a":1.5})",
        "plan/type /properties/a", R"({"properties":{"a":{"type":["number","null"]}}})",
        "`a` may also be a number");
    add("type object", R"({"properties":{"a":{"type":"string"}}})", R"({"a":{"b":1}})",
        "plan/type /properties/a", R"({"properties":{"a":{"type":["string","object"]}}})",
        "`a` may also be an object");
    add("type and what follows", R"({"properties":{"a":{"type":"integer","minLength":3,"enum":[1,2]}}})",
        R"({"a":"x"})", "plan/type /properties/a",
        R"({"properties":{"a":{"type":["integer","string"],"minLength":1,"enum":[1,2,"x"]}}})",
        "`a` may also be a string; `a` may also be \"x\"; the length of `a` may be 1");
    add("type of branches", R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}})",
        R"({"a":5})", "plan/type /properties/a",
        R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"},{"type":"integer"}]}}})",
        "`a` may also be an integer");
    add("type of an item", R"({"properties":{"l":{"items":{"properties":{"n":{"type":"integer"}}}}}})",
        R"({"l":[{"n":1},{"n":"2"}]})", "plan/type /properties/l/1/n",
        R"({"properties":{"l":{"items":{"properties":{"n":{"type":["integer","string"]}}}}}})",
        "`l.$.n` may also be a string");
    add("enum", R"({"properties":{"a":{"enum":["x","y"]}}})", R"({"a":"z"})", "plan/enum /properties/a",
        R"({"properties":{"a":{"enum":["x","y","z"]}}})", "`a` may also be \"z\"");
    add("enum of numbers", R"({"properties":{"a":{"enum":[1]}}})", R"({"a":2.50})", "plan/enum /properties/a",
        R"({"properties":{"a":{"enum":[1,2.5]}}})", "`a` may also be 2.50");
    add("const", R"({"properties":{"a":{"const":"x","type":"string"}}})", R"({"a":"z"})",
        "plan/const /properties/a", R"({"properties":{"a":{"enum":["x","z"],"type":"string"}}})",
        "`a` may also be \"z\"");
    add("const and enum", R"({"properties":{"a":{"const":"x","enum":["x","y"]}}})", R"({"a":"z"})",
        "plan/const /properties/a", R"({"properties":{"a":{"enum":["x","z"]}}})", "`a` may also be \"z\"");
    add("pattern", R"({"properties":{"a":{"type":"string","pattern":"^x","minLength":1}}})", R"({"a":"z"})",
        "plan/pattern /properties/a", R"({"properties":{"a":{"type":"string","minLength":1}}})",
        "`a` no longer has to match the pattern ^x");
    add("format", R"({"properties":{"a":{"format":"date"}}})", R"({"a":"z"})", "plan/format /properties/a",
        R"({"properties":{"a":{}}})", "`a` no longer has to have the format date");
    add("minimum", R"({"properties":{"a":{"minimum":0,"maximum":9}}})", R"({"a":-5})",
        "plan/range /properties/a", R"({"properties":{"a":{"minimum":-5,"maximum":9}}})",
        "`a` may be as low as -5");
    add("maximum", R"({"properties":{"a":{"minimum":0,"maximum":9}}})", R"({"a":9.5})",
        "plan/range /properties/a", R"({"properties":{"a":{"minimum":0,"maximum":9.5}}})",
        "`a` may be as high as 9.5");
    add("exclusive minimum", R"({"properties":{"a":{"exclusiveMinimum":0,"type":"number"}}})", R"({"a":0})",
        "plan/range /properties/a", R"({"properties":{"a":{"minimum":0,"type":"number"}}})",
        "`a` may be as low as 0");
    add("exclusive maximum beside one", R"({"properties":{"a":{"exclusiveMaximum":5,"maximum":9}}})",
        R"({"a":7})", "plan/range /properties/a", R"({"properties":{"a":{"maximum":7}}})",
        "`a` may be as high as 7");
    add("multiple", R"({"properties":{"a":{"multipleOf":5}}})", R"({"a":7})",
        "plan/multiple-of /properties/a", R"({"properties":{"a":{}}})",
        "`a` no longer has to be a multiple of 5");
    add("too short", R"({"properties":{"a":{"minLength":3}}})", R"({"a":"ü"})", "plan/length /properties/a",
        R"({"properties":{"a":{"minLength":1}}})", "the length of `a` may be 1");
    add("too long", R"({"properties":{"a":{"maxLength":1}}})", R"({"a":"üü"})", "plan/length /properties/a",
        R"({"properties":{"a":{"maxLength":2}}})", "the length of `a` may be 2");
    add("too many items", R"({"properties":{"a":{"maxItems":1}}})", R"({"a":[1,2,3]})",
        "plan/items /properties/a", R"({"properties":{"a":{"maxItems":3}}})",
        "the number of items of `a` may be 3");
    add("too few properties", R"({"properties":{"a":{"minProperties":1}}})", R"({"a":{}})",
        "plan/properties /properties/a", R"({"properties":{"a":{"minProperties":0}}})",
        "the number of properties of `a` may be 0");
    add("repeated items", R"({"properties":{"a":{"uniqueItems":true}}})", R"({"a":[1,1]})",
        "plan/unique /properties/a", R"({"properties":{"a":{}}})", "`a` may have the same item twice");
    add("unplanned", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"b":"x"})",
        "plan/unplanned-property /properties/b",
        R"({"properties":{"a":{},"b":{"type":"string"}},"additionalProperties":false})",
        "`b` is planned, as a string");
    add("unplanned, the first", R"({"additionalProperties":false})", R"({"b":true})",
        "plan/unplanned-property /properties/b",
        R"({"additionalProperties":false,"properties":{"b":{"type":"boolean"}}})",
        "`b` is planned, as a boolean");
    add("unplanned null", R"({"additionalProperties":false})", R"({"b":null})",
        "plan/unplanned-property /properties/b", R"({"additionalProperties":false,"properties":{"b":{}}})",
        "`b` is planned, with any value");
    add("unplanned structure", R"({"additionalProperties":false})",
        R"({"b":[{"x":1,"y":{"z":null}},{"x":1.5,"w":"t"},{"x":"s","y":{"z":"u"}}]})",
        "plan/unplanned-property /properties/b",
        R"({"additionalProperties":false,"properties":{"b":{"type":"array","items":{"type":"object","properties":)"
        R"({"x":{"type":["number","string"]},"y":{"type":"object","properties":{"z":{}}},"w":{"type":"string"}}}}}})",
        "`b` is planned, as an array");
    add("unplanned, nested", R"({"properties":{"o":{"additionalProperties":false}}})", R"({"o":{"b":1}})",
        "plan/unplanned-property /properties/o/b",
        R"({"properties":{"o":{"additionalProperties":false,"properties":{"b":{"type":"integer"}}}}})",
        "`o.b` is planned, as an integer");
    add("dependency", R"({"dependencies":{"a":["b","c"]}})", R"({"a":1,"c":1})",
        "plan/dependency /properties/b", R"({"dependencies":{"a":["c"]}})",
        "`b` is no longer needed with `a`");
    add("last dependency", R"({"dependencies":{"a":["b"]}})", R"({"a":1})", "plan/dependency /properties/b",
        "{}", "`b` is no longer needed with `a`");
    add("never", R"({"properties":{"a":false}})", R"({"a":1})", "plan/false /properties/a",
        R"({"properties":{"a":{"type":"integer"}}})", "`a` may be sent");
    add("in allOf", R"({"allOf":[{"properties":{"a":{"type":"string"}}},{"required":["a"]}]})", R"({"a":1})",
        "plan/type /properties/a",
        R"({"allOf":[{"properties":{"a":{"type":["string","integer"]}}},{"required":["a"]}]})",
        "`a` may also be an integer");
    add("said twice", R"({"allOf":[{"properties":{"a":{"maximum":5}}},{"properties":{"a":{"maximum":6}}}]})",
        R"({"a":8})", "plan/range /properties/a",
        R"({"allOf":[{"properties":{"a":{"maximum":8}}},{"properties":{"a":{"maximum":8}}}]})",
        "`a` may be as high as 8; `a` may be as high as 8");
    add("in a pattern's properties", R"({"patternProperties":{"^a":{"type":"string"}}})", R"({"ab":1})",
        "plan/type /properties/ab", R"({"patternProperties":{"^a":{"type":["string","integer"]}}})",
        "`ab` may also be an integer");
    add("in additional properties", R"({"additionalProperties":{"type":"string"}})", R"({"x":1})",
        "plan/type /properties/x", R"({"additionalProperties":{"type":["string","integer"]}})",
        "`x` may also be an integer");
    add("in then", R"({"if":{"required":["a"]},"then":{"required":["b"]}})", R"({"a":1})",
        "plan/required /properties/b", R"({"if":{"required":["a"]},"then":{}})", "`b` is no longer required");
    add("in a tuple", R"({"properties":{"t":{"items":[{"type":"string"},{"type":"integer"}]}}})",
        R"({"t":["a","b"]})", "plan/type /properties/t/1",
        R"({"properties":{"t":{"items":[{"type":"string"},{"type":["integer","string"]}]}}})",
        "`t.$` may also be a string");
}

void TstAllowing::allowed()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, properties);
    QFETCH(QString, finding);
    QFETCH(QByteArray, after);
    const RuleSource rule = ruleOver(schema);
    const auto event = parsed(R"({"type":"track","properties":)" + properties + "}");
    QVERIFY(event);
    const auto before = findingsOf(rule.schema, event->root());
    const auto target = std::ranges::find(before, finding, line);
    QVERIFY2(target != before.end(), qPrintable(lines(before)));
    const auto allowance = plan::allowing(rule, *target, event->root());
    QVERIFY2(allowance.has_value(), allowance ? "" : qPrintable(allowance.error().oneLine()));
    QCOMPARE(QByteArray::fromStdString(allowance->rule.schema["properties"]["properties"].dump()), after);
    QTEST(allowance->what, "what");
    const auto now = findingsOf(allowance->rule.schema, event->root());
    QVERIFY2(std::ranges::find(now, finding, line) == now.end(), qPrintable(lines(now)));
    QVERIFY(now.size() < before.size());
    QCOMPARE(allowance->rule.name, rule.name);
}

void TstAllowing::refused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("properties");
    QTest::addColumn<QString>("finding");
    QTest::addColumn<QString>("why");
    const auto add = [](const char *name, const char *schema, const char *properties, const char *finding,
                        const char *why) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(properties) << QString::fromUtf8(finding)
                            << QString::fromUtf8(why);
    };
    add("not", R"({"properties":{"a":{"not":{"const":1}}}})", R"({"a":1})", "plan/not /properties/a",
        "The rule excludes this value on purpose (\"not\").");
    add("anyOf", R"({"anyOf":[{"required":["a"]},{"required":["b"]}]})", "{}", "plan/any-of /properties",
        "The rule offers several forms of this value, and only people know which was meant.");
    add("two of oneOf", R"({"properties":{"a":{"oneOf":[{"minimum":1},{"minimum":2}]}}})", R"({"a":5})",
        "plan/one-of /properties/a",
        "The rule offers several forms of this value, and only people know which was meant.");
    add("contains", R"({"properties":{"a":{"contains":{"const":1}}}})", R"({"a":[]})",
        "plan/contains /properties/a",
        "The rule wants an item of a certain kind in this list, and there is none.");
    add("names", R"({"propertyNames":{"pattern":"^a"}})", R"({"b":1})", "plan/property-name /properties/b",
        "The rule says how the names in this object are written.");
    add("closed tuple", R"({"properties":{"t":{"items":[{}],"additionalItems":false}}})", R"({"t":[1,2]})",
        "plan/items /properties/t", "No small change of the rule allows this and nothing else.");
    add("number beyond any", R"({"properties":{"a":{"maximum":5}}})",
        R"({"a":123456789012345678901234567890})", "plan/range /properties/a",
        "No small change of the rule allows this and nothing else.");
}

void TstAllowing::refused()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, properties);
    QFETCH(QString, finding);
    const RuleSource rule = ruleOver(schema);
    const auto event = parsed(R"({"properties":)" + properties + "}");
    const auto before = findingsOf(rule.schema, event->root());
    const auto target = std::ranges::find(before, finding, line);
    QVERIFY2(target != before.end(), qPrintable(lines(before)));
    const auto allowance = plan::allowing(rule, *target, event->root());
    QVERIFY(!allowance.has_value());
    QTEST(allowance.error().why, "why");
    QVERIFY(!allowance.error().what.isEmpty() && !allowance.error().fix.isEmpty());
}

void TstAllowing::scopes_data()
{
    QTest::addColumn<event::CallType>("type");
    QTest::addColumn<plan::Scope>("scope");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("what");
    using event::CallType;
    using plan::Scope;
    const QByteArray alone = R"({"properties":{"a":{"type":"string"}}})";
    QTest::newRow("properties alone") << CallType::Track << Scope::Properties << alone << u"/properties/a"_s
                                      << u"`a` may also be an integer"_s;
    QTest::newRow("traits alone") << CallType::Identify << Scope::Traits << alone << u"/traits/a"_s
                                  << u"`a` may also be an integer"_s;
    QTest::newRow("traits") << CallType::Identify << Scope::Event
                            << QByteArray(R"({"properties":{"traits":)" + alone + "}}") << u"/traits/a"_s
                            << u"`a` may also be an integer"_s;
    QTest::newRow("common") << CallType::None << Scope::Event
                            << QByteArray(R"({"properties":{"properties":)" + alone + "}}")
                            << u"/properties/a"_s << u"`properties.a` may also be an integer"_s;
    QTest::newRow("outside of the properties")
        << CallType::Track << Scope::Event << QByteArray(R"({"properties":{"userId":{"type":"string"}}})")
        << u"/userId"_s << u"`userId` may also be an integer"_s;
}

void TstAllowing::scopes()
{
    QFETCH(event::CallType, type);
    QFETCH(plan::Scope, scope);
    QFETCH(QByteArray, schema);
    QFETCH(QString, at);
    RuleSource rule;
    rule.type = type;
    rule.scope = scope;
    rule.schema = Json::parse(schema.toStdString());
    const auto event = parsed(R"({"userId":5,"properties":{"a":1},"traits":{"a":1}})");
    const Finding finding{
        RuleId::PlanType, event::Severity::Error, json::Pointer(at.toStdString()), {u"string"_s}};
    const auto allowance = plan::allowing(rule, finding, event->root());
    QVERIFY2(allowance.has_value(), allowance ? "" : qPrintable(allowance.error().oneLine()));
    QTEST(allowance->what, "what");
    const std::string changed = allowance->rule.schema.dump();
    QVERIFY(changed.find(R"("type":["string","integer"])") != std::string::npos);
}

void TstAllowing::draft4()
{
    const char *dialect = R"("$schema":"http:\/\/json-schema.org/draft-04/schema#",)";
    const RuleSource rule =
        ruleOver(R"({"properties":{"a":{"minimum":0,"exclusiveMinimum":true,"type":"number"}}})", dialect);
    const auto event = parsed(R"({"properties":{"a":0}})");
    const auto before = findingsOf(rule.schema, event->root());
    QCOMPARE(before.size(), std::size_t{1});
    const auto allowance = plan::allowing(rule, before.front(), event->root());
    QVERIFY(allowance.has_value());
    QCOMPARE(allowance->rule.schema["properties"]["properties"].dump(),
             std::string(R"({"properties":{"a":{"minimum":0,"type":"number"}}})"));
}

void TstAllowing::sharedDefinitions()
{
    RuleSource rule = ruleOver(
        R"({"properties":{"from":{"$ref":"#/definitions/place"},"to":{"$ref":"#/definitions/place"}}})");
    rule.schema["definitions"] = Json::parse(R"({"place":{"properties":{"city":{"type":"string"}}}})");
    const auto event = parsed(R"({"properties":{"from":{"city":1},"to":{"city":"x"}}})");
    const auto before = findingsOf(rule.schema, event->root());
    QCOMPARE(lines(before), u"plan/type /properties/from/city"_s);
    const auto allowance = plan::allowing(rule, before.front(), event->root());
    QVERIFY(allowance.has_value());
    QCOMPARE(allowance->rule.schema["definitions"]["place"]["properties"]["city"].dump(),
             std::string(R"({"type":["string","integer"]})"));
    QCOMPARE(allowance->what, u"`from.city` may also be an integer, wherever its definition is used"_s);

    // A definition of the whole plan is not one rule's to change.
    rule.schema.erase("definitions");
    const auto foreign = plan::allowing(rule, before.front(), event->root());
    QVERIFY(!foreign.has_value());
    QCOMPARE(foreign.error().why, u"A definition that several rules share demands it."_s);
}

void TstAllowing::eventWithoutProperties()
{
    const auto event = parsed(R"({"type":"track"})");
    RuleSource rule;
    rule.scope = plan::Scope::Properties;
    rule.schema = Json::parse(R"({"required":["a"]})");
    const Finding missing{
        RuleId::PlanRequired, event::Severity::Error, json::Pointer("/properties/a"), {u"a"_s}};
    const auto allowance = plan::allowing(rule, missing, event->root());
    QVERIFY(allowance.has_value());
    QCOMPARE(allowance->rule.schema.dump(), std::string("{}"));

    rule.scope = plan::Scope::Event;
    rule.schema = Json::parse(R"({"required":["properties","userId"]})");
    const Finding noProperties{
        RuleId::PlanRequired, event::Severity::Error, json::Pointer("/properties"), {u"properties"_s}};
    const auto other = plan::allowing(rule, noProperties, event->root());
    QVERIFY(other.has_value());
    QCOMPARE(other->rule.schema.dump(), std::string(R"({"required":["userId"]})"));
    QCOMPARE(other->what, u"`properties` is no longer required"_s);
}

void TstAllowing::findingsOfOlderPlans()
{
    const RuleSource rule = ruleOver(R"({"properties":{"a":{"enum":["x","y"]}}})");
    const auto event = parsed(R"({"properties":{"a":"z"}})");
    // Worded by another version: the rule and the place count.
    const Finding old{
        RuleId::PlanEnum, event::Severity::Error, json::Pointer("/properties/a"), {u"x"_s, u"z"_s}};
    QVERIFY(plan::allowing(rule, old, event->root()).has_value());
    const Finding none{
        RuleId::PlanType, event::Severity::Error, json::Pointer("/properties/a"), {u"integer"_s}};
    const auto refusal = plan::allowing(rule, none, event->root());
    QVERIFY(!refusal.has_value());
    QCOMPARE(refusal.error().what, u"The rule does not demand this."_s);

    const Finding unplanned{RuleId::PlanUnplannedEvent,
                            event::Severity::Error,
                            json::Pointer("/event"),
                            {u"Order Done"_s, QString()}};
    QCOMPARE(plan::allowing(rule, unplanned, event->root()).error().fix, u"Add the event to the plan."_s);
    const Finding name{RuleId::NameTense, event::Severity::Info, json::Pointer("/event"), {}};
    QCOMPARE(plan::allowing(rule, name, event->root()).error().why,
             u"This finding does not come from the plan."_s);
}

namespace {

/// Makes schemas and values out of few names and values, so that they often meet.
class Maker
{
public:
    explicit Maker(unsigned seed)
        : m_random(seed)
    {
    }

    bool isChosen(int percent) { return number(100) < percent; }

    Json schema(int depth)
    {
        static const std::vector<std::string> types{"string", "integer", "number", "boolean",
                                                    "null",   "object",  "array"};
        if (depth > 0 && isChosen(5)) {
            return Json{{"$ref", "#/definitions/" + std::string(isChosen(50) ? "one" : "two")}};
        }
        Json made = Json::object();
        if (isChosen(60)) {
            made["type"] = isChosen(70) ? Json(types[number(7)]) : Json::array({types[number(7)], "null"});
        }
        if (isChosen(12)) {
            made["enum"] = Json::array({scalar(), scalar()});
        }
        if (isChosen(5)) {
            made["const"] = scalar();
        }
        const auto limit = [&](const char *keyword, int percent, int most) {
            if (isChosen(percent)) {
                made[keyword] = number(most);
            }
        };
        limit("minimum", 10, 6);
        limit("maximum", 10, 6);
        limit("exclusiveMinimum", 6, 6);
        limit("exclusiveMaximum", 6, 6);
        limit("minLength", 10, 5);
        limit("maxLength", 10, 5);
        limit("minItems", 10, 4);
        limit("maxItems", 10, 3);
        limit("minProperties", 4, 4);
        limit("maxProperties", 4, 3);
        if (isChosen(6)) {
            made["multipleOf"] = 2;
        }
        if (isChosen(8)) {
            made["pattern"] = isChosen(50) ? "^a" : "[0-9]";
        }
        if (isChosen(6)) {
            made["format"] = "date";
        }
        if (isChosen(8)) {
            made["uniqueItems"] = true;
        }
        if (depth < 3) {
            structure(made, depth);
        }
        return made;
    }

    Json value(int depth)
    {
        if (depth < 3 && isChosen(25)) {
            Json object = Json::object();
            for (int i = number(4); i > 0; --i) {
                object[name()] = value(depth + 1);
            }
            return object;
        }
        if (depth < 3 && isChosen(15)) {
            Json list = Json::array();
            for (int i = number(4); i > 0; --i) {
                list.push_back(value(depth + 1));
            }
            return list;
        }
        return scalar();
    }

    /// An object of properties that the schema may be over.
    Json properties()
    {
        Json object = Json::object();
        for (int i = number(5); i > 0; --i) {
            object[name()] = value(1);
        }
        return object;
    }

    void structure(Json &made, int depth)
    {
        if (depth == 0 || isChosen(30)) {
            Json members = Json::object();
            for (int i = number(4) + (depth == 0 ? 2 : 0); i > 0; --i) {
                members[name()] = isChosen(4) ? Json(false) : schema(depth + 1);
            }
            made["properties"] = std::move(members);
        }
        if (isChosen(25)) {
            Json required = Json::array({name()});
            if (const std::string other = name(); other != required[0]) {
                required.push_back(other);
            }
            made["required"] = std::move(required);
        }
        if (isChosen(30)) {
            made["additionalProperties"] = false;
        }
        if (isChosen(25)) {
            made["items"] = schema(depth + 1);
        }
        if (isChosen(5)) {
            made["dependencies"] = Json{{name(), Json::array({name()})}};
        }
        if (isChosen(6)) {
            made["allOf"] = Json::array({schema(depth + 1)});
        }
    }

private:
    int number(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    std::string name()
    {
        static const std::vector<std::string> names{"a", "b", "orderId", "order_id", "items", "x/y~z"};
        return names[static_cast<std::size_t>(number(6))];
    }
    Json scalar()
    {
        static const std::vector<Json> scalars{"a", "abc", "ü1", "",   0,     1,       2,   5,
                                               -3,  2.5,   1.0,  true, false, nullptr, "1", "2026-01-01"};
        return scalars[static_cast<std::size_t>(number(16))];
    }

    std::mt19937 m_random;
};

using Identity = std::tuple<RuleId, std::string, QString>;

std::map<Identity, int> counted(const std::vector<Finding> &findings)
{
    std::map<Identity, int> counts;
    for (const Finding &finding : findings) {
        const bool isList = finding.rule == RuleId::PlanEnum || finding.rule == RuleId::PlanType;
        ++counts[{finding.rule, finding.at.text(), isList ? QString() : finding.args.value(0)}];
    }
    return counts;
}

/// Places in lists are the same place to a schema.
std::string withoutIndexes(const std::string &at)
{
    std::string text;
    for (const std::string &token : json::Pointer(at).tokens()) {
        const bool isIndex =
            !token.empty() && std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
        text += '/' + (isIndex ? "$" : token);
    }
    return text;
}

} // namespace

/// Allowing a finding takes that finding away and brings none; others that it takes away are of the same
/// demand (an item beside it, another use of a definition).
void TstAllowing::anyFindingOfAnyEvent()
{
    int pairs = 0;
    int allowances = 0;
    int refusals = 0;
    for (unsigned seed = 1; seed <= 1'500; ++seed) {
        Maker maker(seed);
        RuleSource rule;
        Json schema = maker.schema(0);
        const Json definitions{{"one", maker.schema(2)}, {"two", maker.schema(3)}};
        rule.schema = Json{{"properties", {{"properties", std::move(schema)}}}, {"definitions", definitions}};
        const Json sent{{"properties", maker.properties()}};
        const auto event = parsed(QByteArray::fromStdString(sent.dump()));
        const auto before = findingsOf(rule.schema, event->root());
        pairs += before.empty() ? 0 : 1;
        const auto countsBefore = counted(before);
        for (const auto &target : before) {
            const auto allowance = plan::allowing(rule, target, event->root());
            const QByteArray context = "seed " + QByteArray::number(seed) + ' ' + line(target).toUtf8() +
                                       '\n' + QByteArray::fromStdString(rule.schema.dump()) + '\n' +
                                       QByteArray::fromStdString(sent.dump());
            if (!allowance) {
                ++refusals;
                QVERIFY2(!allowance.error().why.isEmpty() && !allowance.error().fix.isEmpty(),
                         context.constData());
                continue;
            }
            ++allowances;
            QVERIFY2(!allowance->what.isEmpty(), context.constData());
            const auto after = findingsOf(allowance->rule.schema, event->root());
            const auto countsAfter = counted(after);
            const QByteArray outcome = context + '\n' +
                                       QByteArray::fromStdString(allowance->rule.schema.dump()) + '\n' +
                                       lines(after).toUtf8();
            for (const auto &[identity, count] : countsAfter) {
                const auto known = countsBefore.find(identity);
                QVERIFY2(known != countsBefore.end() && count <= known->second, outcome.constData());
            }
            const Identity targetIdentity = counted({target}).begin()->first;
            QVERIFY2(!countsAfter.contains(targetIdentity), outcome.constData());
            for (const auto &[identity, count] : countsBefore) {
                const bool isGone = !countsAfter.contains(identity);
                const bool isOfOnePlace =
                    withoutIndexes(std::get<1>(identity)) == withoutIndexes(std::get<1>(targetIdentity));
                const bool isOfDefinition = allowance->what.contains(u"definition"_s);
                QVERIFY2(!isGone || identity == targetIdentity || isOfOnePlace || isOfDefinition,
                         outcome.constData());
            }
        }
    }
    qInfo("%d pairs with findings: %d allowed, %d refused", pairs, allowances, refusals);
    QVERIFY(pairs > 500);
    QVERIFY(allowances > 20 * refusals);
}

QTEST_GUILESS_MAIN(TstAllowing)
#include "tst_allowing.moc"
