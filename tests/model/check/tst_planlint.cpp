// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/planlint.h"
#include "check/planlintparts.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using check::PlanFault;
using check::PlanIssue;
using plan::Json;

namespace {

struct Given
{
    QString name;
    const char *schema; ///< of the event's properties (identify, group: traits)
    event::CallType type = event::CallType::Track;
    int version = 1;
    bool isDeprecated = false;
    QStringList sources = {};
};

plan::Document documentOf(const std::vector<Given> &rules)
{
    plan::Document document;
    document.name = u"Orders"_s;
    for (const Given &given : rules) {
        plan::RuleSource rule;
        rule.type = given.type;
        rule.name = given.name;
        rule.version = given.version;
        rule.isDeprecated = given.isDeprecated;
        rule.sources = given.sources;
        const bool hasTraits =
            given.type == event::CallType::Identify || given.type == event::CallType::Group;
        rule.schema =
            Json{{"type", "object"},
                 {"properties", {{hasTraits ? "traits" : "properties", Json::parse(given.schema)}}}};
        document.rules.push_back(std::make_shared<const plan::RuleSource>(std::move(rule)));
    }
    return document;
}

check::Conventions noConventions()
{
    check::Conventions conventions;
    conventions.isOn = false;
    return conventions;
}

QString line(const PlanIssue &issue)
{
    const std::string_view fault = check::word(issue.fault);
    const std::string_view severity = event::word(issue.severity);
    QString line = QString::fromLatin1(severity.data(), qsizetype(severity.size())) + u' ' +
                   QString::fromLatin1(fault.data(), qsizetype(fault.size()));
    if (!issue.name.isEmpty()) {
        line += u' ' + issue.name;
    }
    if (!issue.path.isEmpty()) {
        line += u" / "_s + plan::shownPath(issue.path);
    }
    return line;
}

QString lines(const std::vector<PlanIssue> &issues)
{
    QStringList list;
    std::ranges::transform(issues, std::back_inserter(list), line);
    return list.join(u'\n');
}

std::vector<PlanIssue> lint(const plan::Document &document,
                            const check::Conventions &conventions = noConventions())
{
    return check::lintPlan(document, *plan::compile(document), conventions);
}

} // namespace

class TstPlanLint : public QObject
{
    Q_OBJECT

private slots:
    void ofOneSchema_data();
    void ofOneSchema();
    void cleanSchemas_data();
    void cleanSchemas();
    void drafts();
    void placesOutsideOfTheProperties();
    void repeatedRules_data();
    void repeatedRules();
    void similarNames_data();
    void similarNames();
    void similarProperties_data();
    void similarProperties();
    void similarOnlyAmongSiblings();
    void conventions_data();
    void conventions();
    void conventionsOnlyOnce();
    void typeClashes_data();
    void typeClashes();
    void whatReadingLeftOut();
    void order();
    void runaways_data();
    void runaways();
    void samples_data();
    void samples();
    void largePlans();
};

void TstPlanLint::ofOneSchema_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("issue");
    QTest::addColumn<QString>("message");
    const auto add = [](const char *name, const char *schema, const char *issue, const char *message) {
        QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(issue) << QString::fromUtf8(message);
    };
    add("bad type", R"({"properties":{"a":{"type":"strng"}}})", "error bad-schema Order Completed / a",
        "strng");
    add("bad pattern", R"({"properties":{"a":{"items":{"pattern":"["}}}})",
        "error bad-schema Order Completed / a.$", "pattern");
    add("unknown format", R"({"properties":{"a":{"format":"our-id"}}})", "warning remark Order Completed / a",
        "our-id");
    add("Go's syntax", R"({"properties":{"a":{"pattern":"(?i)abc"}}})", "info remark Order Completed / a",
        "(?i)abc");
    add("pattern of a number", R"({"properties":{"a":{"type":"integer","pattern":"^1","maxLength":3}}})",
        "warning remark Order Completed / a",
        "For `a` the plan says \"pattern\" and \"maxLength\", which is about texts only; its type is "
        "integer, so this "
        "has no effect.");
    add("properties of a text", R"({"properties":{"a":{"type":["string","null"],"properties":{"b":{}}}}})",
        "warning remark Order Completed / a",
        "For `a` the plan says \"properties\", which is about objects only; its type is string or null, so "
        "this has no "
        "effect.");

    add("value of another type", R"({"properties":{"a":{"type":"string","enum":["x",1,null]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists 1 and null as allowed, but that can never come: the type is string.");
    add("value off the pattern", R"({"properties":{"a":{"pattern":"^x","enum":["x1","y1"]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists \"y1\" as allowed, but that can never come: it does not match the pattern ^x.");
    add("value off the format", R"({"properties":{"a":{"format":"date","enum":["2026-01-01","x"]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists \"x\" as allowed, but that can never come: it is no date, as the format says.");
    add("value off the range", R"({"properties":{"a":{"minimum":2,"enum":[1,2,3]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists 1 as allowed, but that can never come: it is not >= 2.");
    add("value too long", R"({"properties":{"a":{"maxLength":2,"enum":["ab","abcd"]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists \"abcd\" as allowed, but that can never come: its length is 4, not at most 2.");
    add("value beside a const", R"({"properties":{"a":{"const":"x","enum":["x","y"]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists \"y\" as allowed, but that can never come: only x may come.");
    add("value ruled out by not", R"({"properties":{"a":{"not":{"const":1},"enum":[1,2]}}})",
        "warning unreachable-enum Order Completed / a",
        "`a` lists 1 as allowed, but that can never come: the rest of the schema rules it out.");
    add("in a list", R"({"properties":{"a":{"items":{"type":"string","enum":["x",1]}}}})",
        "warning unreachable-enum Order Completed / a.$",
        "`a.$` lists 1 as allowed, but that can never come: the type is string.");
    add("repeated value", R"({"properties":{"a":{"enum":["x","y","x"]}}})",
        "info unreachable-enum Order Completed / a", "`a` lists \"x\" more than once.");
    add("percent signs", R"({"properties":{"%2":{"type":"string","enum":["x",["%1 %3"]]}}})",
        "warning unreachable-enum Order Completed / %2",
        "`%2` lists [\"%1 %3\"] as allowed, but that can never come: the type is string.");

    add("no value is left", R"({"properties":{"a":{"type":"string","enum":[1,2]}}})",
        "error contradiction Order Completed / a", "Nothing is allowed for `a`: the type is string.");
    add("const of another type", R"({"properties":{"a":{"type":"integer","const":"x"}}})",
        "error contradiction Order Completed / a", "Nothing is allowed for `a`: the type is integer.");
    add("minimum above maximum", R"({"properties":{"a":{"minimum":5,"maximum":1}}})",
        "error contradiction Order Completed / a", "`a` should be 5..1, and no number is.");
    add("nothing between", R"({"properties":{"a":{"exclusiveMinimum":5,"maximum":5}}})",
        "error contradiction Order Completed / a", "`a` should be > 5, <= 5, and no number is.");
    add("no whole number", R"({"properties":{"a":{"type":"integer","minimum":1.2,"maximum":1.8}}})",
        "error contradiction Order Completed / a", "`a` should be 1.2..1.8, and no whole number is.");
    add("length", R"({"properties":{"a":{"minLength":5,"maxLength":2}}})",
        "error contradiction Order Completed / a",
        "The length of `a` should be at least 5 and at most 2, and no value is both.");
    add("items", R"({"properties":{"a":{"minItems":5,"maxItems":2}}})",
        "error contradiction Order Completed / a",
        "The number of items of `a` should be at least 5 and at most 2, and no value is both.");
    add("types of allOf", R"({"properties":{"a":{"type":"string","allOf":[{"type":"integer"}]}}})",
        "error contradiction Order Completed / a",
        "The parts of the schema of `a` (allOf) want different types, and no value has both.");
    add("required, never allowed", R"({"properties":{"a":false},"required":["a"]})",
        "error contradiction Order Completed / a",
        "`a` is required, but nothing is allowed for it: no event is ever valid.");
    add("more required than allowed", R"({"properties":{"o":{"required":["a","b"],"maxProperties":1}}})",
        "error contradiction Order Completed / o", "`o` has 2 required properties, but may only have 1.");
    add("required, unknown", R"({"properties":{"b":{}},"required":["a","b"],"additionalProperties":false})",
        "error required-unknown Order Completed / a",
        "`a` is required, but not planned, and nothing unplanned may come: no event is ever valid.");
    add("runaway", R"({"properties":{"a":{"pattern":"^(?=(a+)+$)b"}}})",
        "warning runaway-pattern Order Completed / a",
        "The pattern of `a` (^(?=(a+)+$)b) takes without end on some texts; events with such a text get no "
        "verdict.");
    add("runaway name", R"({"patternProperties":{"^(?=(a+)+$)b":{}}})",
        "warning runaway-pattern Order Completed", "(?=(a+)+$)b");
}

void TstPlanLint::ofOneSchema()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, message);
    const auto issues = lint(documentOf({{u"Order Completed"_s, schema.constData()}}));
    QTEST(lines(issues), "issue");
    QVERIFY2(issues.front().message.contains(message), qPrintable(issues.front().message));
    QVERIFY(issues.front().message.endsWith(u'.'));
    QVERIFY(issues.front().message.front().isUpper() || issues.front().message.startsWith(u'`'));
    QVERIFY(issues.front().fix.endsWith(u'.'));
    QCOMPARE(issues.front().type, event::CallType::Track);
}

void TstPlanLint::cleanSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    const auto add = [](const char *name, const char *schema) { QTest::newRow(name) << QByteArray(schema); };
    add("empty", "{}");
    add("enum of the type", R"({"properties":{"a":{"type":["string","null"],"enum":["x",null]}}})");
    add("whole numbers", R"({"properties":{"a":{"type":"integer","enum":[1,2.0]}}})");
    add("exactly", R"({"properties":{"a":{"minimum":5,"maximum":5,"type":"integer"}}})");
    add("ruled out on purpose", R"({"properties":{"a":{"not":{"type":"string","enum":[1]}}}})");
    add("asked, not demanded", R"({"if":{"minimum":5,"maximum":1},"then":{}})");
    add("required by a pattern",
        R"({"patternProperties":{"^a":{}},"required":["abc"],"additionalProperties":false})");
    add("required, and open", R"({"required":["abc"]})");
    add("range of one of its types",
        R"({"properties":{"a":{"type":["integer","string"],"minimum":1,"minLength":1}}})");
    add("parts that agree",
        R"({"properties":{"a":{"type":"number","allOf":[{"type":"integer"},{"minimum":1}]}}})");
    add("patterns with look-ahead", R"({"properties":{"a":{"pattern":"^(?!test_)[a-z_]+$"}}})");
    add("reference beside an enum", R"({"properties":{"a":{"$ref":"#/definitions/x","enum":["a"]}}})");
}

void TstPlanLint::cleanSchemas()
{
    QFETCH(QByteArray, schema);
    plan::Document document = documentOf({{u"Order Completed"_s, schema.constData()}});
    plan::RuleSource rule = *document.rules.front();
    rule.schema["definitions"] = Json{{"x", {{"type", "string"}}}};
    document.rules.front() = std::make_shared<const plan::RuleSource>(std::move(rule));
    const auto issues = lint(document);
    QVERIFY2(issues.empty(), issues.empty() ? "" : qPrintable(lines(issues) + u' ' + issues.front().message));
}

void TstPlanLint::drafts()
{
    plan::RuleSource rule;
    rule.name = u"Order Completed"_s;
    rule.schema = Json::parse(R"({"properties":{"properties":{"properties":{
        "a":{"minimum":5,"maximum":5,"exclusiveMinimum":true},
        "b":{"minimum":5,"maximum":6,"exclusiveMinimum":false}}}}})");
    rule.schema["$schema"] = "http://json-schema.org/draft-04/schema#";
    plan::Document document;
    document.rules.push_back(std::make_shared<const plan::RuleSource>(std::move(rule)));
    QCOMPARE(lines(lint(document)), u"error contradiction Order Completed / a"_s);
}

void TstPlanLint::placesOutsideOfTheProperties()
{
    plan::RuleSource rule;
    rule.name = u"Order Completed"_s;
    rule.schema =
        Json::parse(R"({"properties":{"context":{"properties":{"ip":{"minLength":5,"maxLength":1}}}},
        "definitions":{"money":{"properties":{"sum":{"minimum":5,"maximum":1}}}}})");
    plan::Document document;
    document.rules.push_back(std::make_shared<const plan::RuleSource>(rule));
    rule.type = event::CallType::None;
    document.rules.push_back(std::make_shared<const plan::RuleSource>(rule));
    rule.type = event::CallType::Page;
    rule.scope = plan::Scope::Properties;
    document.rules.push_back(std::make_shared<const plan::RuleSource>(rule));
    QStringList found;
    for (const PlanIssue &issue : lint(document)) {
        found.append(plan::shownPath(issue.path) + u" | "_s + issue.message);
    }
    const QString length =
        u"The length of `context.ip` should be at least 5 and at most 1, and no value is both."_s;
    const QString sum = u"`sum` of the definition \"money\" should be 5..1, and no number is."_s;
    const QStringList expected{u" | "_s + length,           u" | "_s + sum,
                               u"context.ip | "_s + length, u" | "_s + sum,
                               u"context.ip | "_s + length, u" | "_s + sum};
    QCOMPARE(found, expected);
}

void TstPlanLint::repeatedRules_data()
{
    QTest::addColumn<std::vector<int>>("versions");
    QTest::addColumn<QList<QStringList>>("sources");
    QTest::addColumn<int>("count");
    QTest::newRow("twice") << std::vector{1, 1} << QList<QStringList>{{}, {}} << 1;
    QTest::newRow("three times") << std::vector{1, 1, 1} << QList<QStringList>{{}, {}, {}} << 2;
    QTest::newRow("versions") << std::vector{1, 2} << QList<QStringList>{{}, {}} << 0;
    QTest::newRow("of two sources") << std::vector{1, 1} << QList<QStringList>{{u"App"_s}, {u"Web"_s}} << 0;
    QTest::newRow("of one source") << std::vector{1, 1}
                                   << QList<QStringList>{{u"App"_s}, {u"app"_s, u"Web"_s}} << 1;
    QTest::newRow("of all and one") << std::vector{1, 1} << QList<QStringList>{{}, {u"Web"_s}} << 1;
}

void TstPlanLint::repeatedRules()
{
    QFETCH(std::vector<int>, versions);
    QFETCH(QList<QStringList>, sources);
    QFETCH(int, count);
    std::vector<Given> rules;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        rules.push_back({u"Order Completed"_s, "{}", event::CallType::Track, versions[i], false,
                         sources[static_cast<qsizetype>(i)]});
    }
    const auto issues = lint(documentOf(rules));
    QCOMPARE(int(issues.size()), count);
    for (const PlanIssue &issue : issues) {
        QCOMPARE(line(issue), u"error repeated-rule Order Completed"_s);
        QCOMPARE(issue.message,
                 u"The plan has track \"Order Completed\" more than once; only the first one counts."_s);
    }
}

void TstPlanLint::similarNames_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("difference"); ///< empty: not alike
    const auto add = [](const char *first, const char *second, const char *difference) {
        QTest::newRow((QByteArray(first) + " - " + second).constData())
            << QString::fromUtf8(first) << QString::fromUtf8(second) << QString::fromUtf8(difference);
    };
    add("Order Completed", "order completed", "differ only in capital letters, spaces and signs");
    add("Order Completed", "order_completed", "differ only in capital letters, spaces and signs");
    add("Checkout Started", "Check Out Started", "differ only in capital letters, spaces and signs");
    add("Order Completed", "Completed Order", "have the same words in another order");
    add("Order Complete", "Order Completed", "differ only in the form of a word");
    add("Orders Completed", "Order Completed", "differ only in the form of a word");
    add("Message Send", "Message Sent", "differ only in the form of a word");
    add("Order Recieved", "Order Received", "differ in one letter");
    add("Order Cancelled", "Order Canceled", "differ in one letter");
    add("Promotion Viewed", "Promtion Viewed", "differ in one letter");
    add("Order Loading", "Order Loaded", "");
    add("Signed In", "Signed Up", "");
    add("Order Packed", "Order Picked", "");
    add("Step 1 Viewed", "Step 2 Viewed", "");
    add("Order Locked", "Order Unlocked", "");
    add("Order Completed", "Order Cancelled", "");
    add("Country Chosen", "County Chosen", "");
    add("Latitude Sent", "Altitude Sent", "");
}

void TstPlanLint::similarNames()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(QString, difference);
    const auto issues =
        lint(documentOf({{first, "{}"}, {u"Something Else Happened"_s, "{}"}, {second, "{}"}}));
    QCOMPARE(issues.empty(), difference.isEmpty());
    if (!issues.empty()) {
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues.front().fault, PlanFault::SimilarNames);
        QCOMPARE(issues.front().name, second);
        QCOMPARE(issues.front().message, u"\"%1\" and \"%2\" %3."_s.arg(first, second, difference));
    }
    // Names of other calls, names that were replaced, and versions are no mistake.
    QVERIFY(lint(documentOf({{first, "{}"}, {second, "{}", event::CallType::Page}})).empty());
    QVERIFY(lint(documentOf({{first, "{}", event::CallType::Track, 1, true}, {second, "{}"}})).empty());
    QVERIFY(lint(documentOf({{first, "{}"}, {first, "{}", event::CallType::Track, 2}})).empty());
}

void TstPlanLint::similarProperties_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("isAlike");
    const auto add = [](const char *first, const char *second, bool isAlike) {
        QTest::newRow((QByteArray(first) + " - " + second).constData())
            << QString::fromUtf8(first) << QString::fromUtf8(second) << isAlike;
    };
    add("delivery_id", "deliveryId", true);
    add("deliveryId", "deliveryID", true);
    add("id_order", "orderId", true);
    add("quantity", "quantitty", true);
    add("product", "products", false);
    add("startAt", "startedAt", false);
    add("latitude", "altitude", false);
    add("country", "county", false);
    add("price", "prize", false);
    add("id", "ip", false);
    add("address1", "address2", false);
}

void TstPlanLint::similarProperties()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, isAlike);
    const Json properties{
        {"properties", {{first.toStdString(), Json::object()}, {second.toStdString(), Json::object()}}}};
    const auto issues = lint(documentOf({{u"Order Completed"_s, properties.dump().c_str()}}));
    QCOMPARE(!issues.empty(), isAlike);
    if (isAlike) {
        QCOMPARE(issues.front().fault, PlanFault::SimilarProperties);
        QCOMPARE(issues.front().path, QStringList(second));
        QVERIFY(issues.front().message.startsWith(
            u"\"%1\" and \"%2\" are properties of the same event and "_s.arg(first, second)));
    }
}

void TstPlanLint::similarOnlyAmongSiblings()
{
    QCOMPARE(lines(lint(documentOf({{u"A Loaded"_s, R"({"properties":{"o":{"properties":{"orderId":{}}},
        "order_id":{},"l":{"items":{"properties":{"itemId":{},"item_id":{}}}}}})"}}))),
             u"warning similar-properties A Loaded / l.$.item_id"_s);
}

void TstPlanLint::conventions_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("issues");
    QTest::addColumn<QString>("message"); ///< of the first
    const auto add = [](const char *row, const char *name, const char *schema, const char *issues,
                        const char *message) {
        QTest::newRow(row) << QString::fromUtf8(name) << QByteArray(schema) << QString::fromUtf8(issues)
                           << QString::fromUtf8(message);
    };
    add("fine", "Order Completed",
        R"({"properties":{"orderId":{},"lines":{"items":{"properties":{"skuCode":{}}}}}})", "", "");
    add("casing", "order completed", "{}", "warning convention order completed",
        "\"order completed\" should be written in title case (Order Completed).");
    add("no action", "Order", "{}", "warning convention Order",
        "\"Order\" should name an object and then what happened to it.");
    add("present tense", "Order Complete", "{}", "info convention Order Complete",
        "\"Order Complete\" should say in the past tense what happened; \"Complete\" does not.");
    add("a value", "Order 4711 Completed", "{}", "warning convention Order 4711 Completed", "4711");
    add("spaces", "Order  Completed", "{}", "warning convention Order  Completed", "several in a row");
    add("properties", "Order Completed",
        R"({"properties":{"order_id":{},"l":{"items":{"type":"object","properties":{"SKU":{}}}}}})",
        "warning convention Order Completed / order_id\nwarning convention Order Completed / l.$.SKU",
        "\"order_id\" should be written in camelCase.");
}

void TstPlanLint::conventions()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, schema);
    QFETCH(QString, message);
    const auto conventions = check::Conventions::load(u"delivery-platform"_s);
    QVERIFY(conventions.has_value());
    const auto issues = lint(documentOf({{name, schema.constData()}}), *conventions);
    QTEST(lines(issues), "issues");
    if (!issues.empty()) {
        QVERIFY2(issues.front().message.contains(message), qPrintable(issues.front().message));
        QVERIFY(!issues.front().fix.isEmpty());
    }
    // Switched off, or too late to change.
    QVERIFY(lint(documentOf({{name, schema.constData()}})).empty());
    QVERIFY(lint(documentOf({{name, schema.constData(), event::CallType::Track, 1, true}}), *conventions)
                .empty());
}

void TstPlanLint::conventionsOnlyOnce()
{
    const auto conventions = check::Conventions::load(u"delivery-platform"_s);
    QVERIFY(conventions.has_value());
    const auto issues = lint(
        documentOf({{u"order completed"_s, "{}"}, {u"order completed"_s, "{}", event::CallType::Track, 2}}),
        *conventions);
    QCOMPARE(lines(issues), u"warning convention order completed"_s);
    QCOMPARE(issues.front().fix, u"Rename it to \"Order Completed\", in the plan and in the app."_s);
}

void TstPlanLint::typeClashes_data()
{
    QTest::addColumn<QStringList>("types"); ///< of "total" in each event
    QTest::addColumn<QString>("issues");
    QTest::newRow("same") << QStringList{u"string"_s, u"string"_s} << QString();
    QTest::newRow("any") << QStringList{u"string"_s, QString()} << QString();
    QTest::newRow("nullable") << QStringList{u"string"_s, u"string null"_s} << QString();
    QTest::newRow("shared") << QStringList{u"string integer"_s, u"integer"_s} << QString();
    QTest::newRow("other") << QStringList{u"number"_s, u"string"_s}
                           << u"warning type-clash B Loaded / total"_s;
    QTest::newRow("whole numbers") << QStringList{u"number"_s, u"integer"_s}
                                   << u"info type-clash B Loaded / total"_s;
    QTest::newRow("most count") << QStringList{u"string"_s, u"number"_s, u"number"_s}
                                << u"warning type-clash A Loaded / total"_s;
    QTest::newRow("three ways")
        << QStringList{u"string"_s, u"number"_s, u"boolean"_s, u"string"_s}
        << u"warning type-clash B Loaded / total\nwarning type-clash C Loaded / total"_s;
}

void TstPlanLint::typeClashes()
{
    QFETCH(QStringList, types);
    std::vector<Given> rules;
    std::vector<std::string> schemas;
    for (const QString &one : types) {
        Json property = Json::object();
        if (!one.isEmpty()) {
            property["type"] = Json::array();
            for (const QString &type : one.split(u' ')) {
                property["type"].push_back(type.toStdString());
            }
        }
        schemas.push_back(Json{{"properties", {{"total", property}}}}.dump());
    }
    for (std::size_t i = 0; i < schemas.size(); ++i) {
        rules.push_back({QChar(char16_t(u'A' + i)) + u" Loaded"_s, schemas[i].c_str()});
    }
    QTEST(lines(lint(documentOf(rules))), "issues");

    // Another version, traits, and what is deprecated may differ.
    const Given text{u"A Loaded"_s, R"({"properties":{"total":{"type":"string"}}})"};
    const char *number = R"({"properties":{"total":{"type":"number"}}})";
    QVERIFY(lint(documentOf({text, {u"A Loaded"_s, number, event::CallType::Track, 2}})).empty());
    QVERIFY(lint(documentOf({text, {QString(), number, event::CallType::Identify}})).empty());
    QVERIFY(lint(documentOf({text, {u"B Loaded"_s, number, event::CallType::Track, 1, true}})).empty());
    const auto clash = lint(documentOf({text, {u"B Loaded"_s, number, event::CallType::Page}}));
    QCOMPARE(clash.size(), std::size_t{1});
    QCOMPARE(clash.front().message, u"`total` is a number here, but a string in track \"A Loaded\"."_s);
}

void TstPlanLint::whatReadingLeftOut()
{
    plan::Document document = documentOf({{u"Order Completed"_s, "{}"}});
    document.problems.push_back({u"line 7"_s, u"The row has no event name. It is left out."_s});
    document.problems.push_back(
        {plan::titleOf(*document.rules.front()), u"Its column \"Foo\" is not known."_s});
    document.problems.push_back({QString(), u"the last page is missing"_s});
    const auto issues = lint(document);
    QCOMPARE(lines(issues), u"warning unreadable\nwarning unreadable\nwarning unreadable Order Completed"_s);
    QCOMPARE(issues[0].message, u"line 7: The row has no event name. It is left out."_s);
    QCOMPARE(issues[1].message, u"The last page is missing."_s);
    QCOMPARE(issues[2].message, u"Its column \"Foo\" is not known."_s);
}

void TstPlanLint::order()
{
    const auto issues = lint(documentOf({
        {u"B Loaded"_s, R"({"properties":{"a":{"enum":["x","x"]},"b":{"pattern":"^(?=(a+)+$)b"}}})"},
        {u"A Loaded"_s, R"({"properties":{"a":{"minimum":2,"maximum":1},"b":{"format":"our-id"}}})"},
    }));
    QCOMPARE(lines(issues), u"error contradiction A Loaded / a\nwarning runaway-pattern B Loaded / b\n"
                            "warning remark A Loaded / b\ninfo unreachable-enum B Loaded / a"_s);
    for (int i = 0; i <= int(PlanFault::UnknownSource); ++i) {
        QVERIFY(!check::word(PlanFault(i)).empty());
    }
}

void TstPlanLint::runaways_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("canRunAway");
    const auto add = [](const char *pattern, bool canRunAway) {
        QTest::newRow(pattern) << QString::fromUtf8(pattern) << canRunAway;
    };
    add("^(?=(a+)+$)b", true);
    add("^(?!(x|y|xy)*$)", true);
    add(R"(^(?=(\w+\s?)*$)z)", true);
    add(R"(^(\d+)*\1x)", true);
    add(R"(^id-(?=([a-z]+)*-$))", true);
    add(R"(^(?:([a-zA-Z0-9]+)\1?)+$)", true);
    add("(a+)+$", false); // an automaton holds it
    add("^(a|a)*$", false);
    add("^(?!test)[a-z]+$", false);
    add(R"(^(?=.*\d)(?=.*[a-z]).{8,20}$)", false);
    add(R"(^(['"])[^'"]*\1$)", false);
    add("[", false);
    add("", false);
}

void TstPlanLint::runaways()
{
    QFETCH(QString, pattern);
    QTEST(check::runsAway(pattern.toStdString()), "canRunAway");
}

void TstPlanLint::samples_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("delivery platform") << u"delivery-platform"_s;
    QTest::newRow("marketplace") << u"marketplace"_s;
}

/// The samples have no faults but names in the bare form, which their conventions only note.
void TstPlanLint::samples()
{
    QFETCH(QString, file);
    const auto document =
        plan::readDocument(QStringLiteral(TRACKSIDE_SOURCE_DIR "/resources/samples/%1.plan.json").arg(file));
    QVERIFY(document.has_value());
    const auto conventions = check::Conventions::load(u"delivery-platform"_s);
    QVERIFY(conventions.has_value());
    for (const PlanIssue &issue : lint(*document, *conventions)) {
        QVERIFY2(issue.fault == PlanFault::Convention && issue.severity == event::Severity::Info,
                 qPrintable(line(issue) + u": "_s + issue.message));
    }
}

/// Times are printed; names alike are to be found within 100 ms.
void TstPlanLint::largePlans()
{
    static const QStringList objects{u"Order"_s,   u"Delivery"_s, u"Robot"_s,   u"Merchant"_s, u"Customer"_s,
                                     u"Payment"_s, u"Cart"_s,     u"Product"_s, u"Route"_s,    u"Vehicle"_s};
    static const QStringList actions{u"Created"_s, u"Viewed"_s, u"Updated"_s, u"Removed"_s,  u"Shared"_s,
                                     u"Opened"_s,  u"Closed"_s, u"Started"_s, u"Finished"_s, u"Failed"_s};
    QStringList names;
    for (int i = 0; names.size() < 2'000; ++i) {
        names.append(objects[i % 10] + u' ' + objects[i / 10 % 10] + u" Part "_s +
                     QChar(char16_t(u'A' + i / 1'000)) + u' ' + actions[i / 100 % 10]);
    }
    names.removeDuplicates();
    QElapsedTimer timer;
    timer.start();
    const auto alike = check::likeNames(names, check::NameKind::Event);
    const qint64 namesMs = timer.elapsed();
    // "Order Delivery Part A Created" and "Delivery Order Part A Created".
    QCOMPARE(alike.size(), std::size_t(2'000 / 100 * 45));

    plan::Document document;
    Json properties = Json::object();
    for (int i = 0; i < 15; ++i) {
        properties["property" + std::to_string(i)] =
            i % 5 == 0 ? Json{{"type", "string"}, {"enum", {"aa", "bb", "cc"}}, {"maxLength", 20}}
                       : Json{{"type", "string"}, {"description", "Something of this event."}};
    }
    const Json schema{{"type", "object"},
                      {"properties", {{"properties", {{"type", "object"}, {"properties", properties}}}}}};
    for (const QString &name : std::as_const(names)) {
        plan::RuleSource rule;
        rule.name = name;
        rule.schema = schema;
        document.rules.push_back(std::make_shared<const plan::RuleSource>(std::move(rule)));
    }
    const auto compiled = plan::compile(document);
    const auto conventions = check::Conventions::load(u"delivery-platform"_s);
    QVERIFY(conventions.has_value());
    timer.restart();
    const auto issues = check::lintPlan(document, *compiled, *conventions);
    qInfo("%lld names compared in %lld ms; %zu events with 30,000 properties linted in %lld ms",
          qint64(names.size()), namesMs, document.rules.size(), timer.elapsed());
    QVERIFY(std::ranges::all_of(issues, [](const PlanIssue &issue) {
        return issue.fault == PlanFault::SimilarNames || issue.fault == PlanFault::Convention;
    }));
}

QTEST_GUILESS_MAIN(TstPlanLint)
#include "tst_planlint.moc"
