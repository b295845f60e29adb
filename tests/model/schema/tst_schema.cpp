// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/schema.h"
#include "json/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const json::Document> parsed(const QByteArray &text)
{
    json::Parser parser;
    const auto document = parser.parse(text);
    return document ? *document : nullptr;
}

/// "plan/required /properties/id id|ID"; parts of an argument are separated by ~, lists by +.
QString line(const event::Finding &finding)
{
    const std::string_view rule = event::word(finding.rule);
    return u"%1 %2 %3"_s
        .arg(QString::fromLatin1(rule.data(), qsizetype(rule.size())), finding.at.toString(),
             finding.args.join(u'|'))
        .replace(event::partSeparator, u'~')
        .replace(event::listSeparator, u'+');
}

base::Result<schema::Schema> compiled(const QByteArray &text)
{
    return schema::compile(parsed(text), {});
}

} // namespace

class TstSchema : public QObject
{
    Q_OBJECT

private slots:
    void findings_data();
    void findings();
    void findingsStandUnderTheirBase();
    void refused_data();
    void refused();
    void remarks();
    void formatsCanBeAnnotations();
    void repeatedKeysCountOnce();
    void notANumber();
    void manyRequired();
    void uniqueAmongMany();
    void endlessSchemas_data();
    void endlessSchemas();
    void runawayPatternIsNoPass_data();
    void runawayPatternIsNoPass();
    void runawaysAreFew();
    void findingsAreBounded();
    void longTextsAreCut();
};

void TstSchema::findings_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *schema, const char *instance,
                        const QStringList &expected) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(instance) << expected;
    };

    row("type", R"({"properties":{"quantity":{"type":"integer"}}})", R"({"quantity":"2"})",
        {u"plan/type /quantity integer|string|2"_s});
    row("type, with the values that it may have",
        R"({"properties":{"a":{"type":"string","enum":["x",1]},"b":{"type":"integer","enum":["x"]}}})",
        R"({"a":5,"b":"y"})",
        {u"plan/type /a string|integer|5|\"x\"|1"_s, u"plan/type /b integer|string|y"_s});
    row("type of several", R"({"type":["integer","null"]})", R"(1.5)",
        {u"plan/type  integer or null|number|1.5"_s});
    row("type, three", R"({"type":["integer","string","null"]})", R"([1])",
        {u"plan/type  string, integer or null|array|[1]"_s});
    row("type number takes integers", R"({"type":"number"})", R"(5)", {});
    row("after a wrong type nothing else", R"({"type":"string","enum":["a"],"minLength":3})", R"(1)",
        {u"plan/type  string|integer|1|\"a\"|1"_s});
    row("missing", R"({"required":["deliveryId"],"properties":{"deliveryId":{}}})", R"({})",
        {u"plan/required /deliveryId deliveryId|"_s});
    row("missing, sent in snake case", R"({"required":["deliveryId"],"properties":{"deliveryId":{}}})",
        R"({"delivery_id":"del_1"})", {u"plan/required /deliveryId deliveryId|delivery_id"_s});
    row("missing, mistyped", R"({"required":["merchantName"],"properties":{"merchantName":{}}})",
        R"({"merchantNmae":"x"})", {u"plan/required /merchantName merchantName|merchantNmae"_s});
    row("missing, and what is near is planned itself",
        R"({"required":["orderId"],"properties":{"orderId":{},"orderIds":{}}})", R"({"orderIds":[]})",
        {u"plan/required /orderId orderId|"_s});
    row("missing deep below", R"({"properties":{"items":{"items":{"required":["sku"]}}}})",
        R"({"items":[{"sku":1},{}]})", {u"plan/required /items/1/sku sku|"_s});
    row("unplanned", R"({"additionalProperties":false,"properties":{"deliveryId":{}}})", R"({"parrot":1})",
        {u"plan/unplanned-property /parrot parrot|"_s});
    row("unplanned, near a planned one", R"({"additionalProperties":false,"properties":{"deliveryId":{}}})",
        R"({"delivery_id":1})", {u"plan/unplanned-property /delivery_id delivery_id|deliveryId"_s});
    row("unplanned, of a pattern",
        R"({"additionalProperties":false,"patternProperties":{"^x-":{"type":"string"}}})",
        R"({"x-a":"1","x-b":2,"y":3})",
        {u"plan/type /x-b string|integer|2"_s, u"plan/unplanned-property /y y|"_s});
    row("pointers are escaped", R"({"additionalProperties":false})", R"({"a/b~c":1})",
        {u"plan/unplanned-property /a~1b~0c a/b~c|"_s});
    row("enum", R"({"enum":["card","cash",null,3]})", R"("Cards")",
        {u"plan/enum  \"card\", \"cash\", null, 3|Cards|card|string|4"_s});
    row("enum, nothing near", R"({"enum":["card"]})", R"("voucher")",
        {u"plan/enum  \"card\"|voucher||string|1"_s});
    row("const", R"({"const":{"a":1}})", R"([])", {u"plan/const  {\"a\":1}|[]|object|array"_s});
    row("const, equal", R"({"const":{"a":[1,null],"b":true}})", R"({"b":true,"a":[1.0,null]})", {});
    row("pattern", R"({"pattern":"^del_[0-9]+$"})", R"("order-1")",
        {u"plan/pattern  ^del_[0-9]+$|order-1"_s});
    row("format", R"({"format":"date-time"})", R"("yesterday")", {u"plan/format  date-time|yesterday"_s});
    row("minimum", R"({"minimum":1})", R"(0.5)", {u"plan/range  >=|1|0.5"_s});
    row("maximum, in 64 bits", R"({"maximum":9007199254740992})", R"(9007199254740993)",
        {u"plan/range  <=|9007199254740992|9007199254740993"_s});
    row("exclusive limits", R"({"exclusiveMinimum":0,"exclusiveMaximum":10})", R"(10)",
        {u"plan/range  <|10|10|>|0"_s});
    row("multipleOf", R"({"multipleOf":0.01})", R"(19.999)", {u"plan/multiple-of  0.01|19.999"_s});
    row("multipleOf, no floating division", R"({"multipleOf":0.01})", R"(4.35)", {});
    row("minLength counts code points", R"({"minLength":3})", "\"\xf0\x9f\x98\x80\xc3\xa9\"",
        {u"plan/length  at least|3|2||😀é"_s});
    row("maxLength", R"({"maxLength":2.0})", R"("abc")", {u"plan/length  at most|2|3||abc"_s});
    row("minItems", R"({"minItems":1})", R"([])", {u"plan/items  at least|1|0"_s});
    row("maxItems", R"({"maxItems":1})", R"([1,2])", {u"plan/items  at most|1|2"_s});
    row("closed tuple", R"({"items":[{"type":"string"},{}],"additionalItems":false})", R"([1,2,3])",
        {u"plan/items  at most|2|3"_s, u"plan/type /0 string|integer|1"_s});
    row("uniqueItems", R"({"uniqueItems":true})", R"([1,{"a":1},2,{"a":1.0}])",
        {u"plan/unique  1|3|{\"a\":1}"_s});
    row("contains", R"({"contains":{"type":"string"}})", R"([1,2])", {u"plan/contains  ~type~string"_s});
    row("minProperties", R"({"minProperties":2})", R"({"a":1})", {u"plan/properties  at least|2|1"_s});
    row("propertyNames", R"({"propertyNames":{"pattern":"^[a-z]+$"}})", R"({"a":1,"B":2})",
        {u"plan/property-name /B B|plan/pattern~^[a-z]+$~B"_s});
    row("dependency", R"({"dependencies":{"amount":["currency"]}})", R"({"amount":1})",
        {u"plan/dependency /currency amount|currency"_s});
    row("dependency on a schema", R"({"dependencies":{"a":{"required":["b"]}}})", R"({"a":1})",
        {u"plan/required /b b||||||||/a~sent~"_s});
    row("not", R"({"not":{"type":"string"}})", R"("x")", {u"plan/not  ~type~string"_s});
    row("false", R"({"properties":{"secret":false}})", R"({"secret":1})", {u"plan/false /secret "_s});
    row("all faults at once", R"({"properties":{"a":{"type":"string"},"b":{"minimum":1}},"required":["c"]})",
        R"({"a":1,"b":0})",
        {u"plan/type /a string|integer|1"_s, u"plan/range /b >=|1|0"_s, u"plan/required /c c|"_s});
    row("if and then",
        R"({"if":{"properties":{"kind":{"const":"card"}}},"then":{"required":["last4"]},"else":{"required":["iban"]}})",
        R"({"kind":"card"})", {u"plan/required /last4 last4||||||||/kind~is~\"card\""_s});
    row("if and else",
        R"({"if":{"properties":{"kind":{"const":"card"}}},"then":{"required":["last4"]},"else":{"required":["iban"]}})",
        R"({"kind":"bank"})", {u"plan/required /iban iban||||||||/kind~isNot~\"card\""_s});
    row("allOf", R"({"allOf":[{"minimum":3},{"multipleOf":2}]})", R"(1)",
        {u"plan/range  >=|3|1"_s, u"plan/multiple-of  2|1"_s});

    row("anyOf of types", R"({"anyOf":[{"type":"string"},{"type":"null"}]})", R"(5)",
        {u"plan/type  string or null|integer|5"_s});
    row("anyOf, one has the type", R"({"anyOf":[{"type":"string","format":"uri"},{"type":"null"}]})",
        R"("nowhere")", {u"plan/format  uri|nowhere"_s});
    row("anyOf, told apart by a const",
        R"({"anyOf":[{"properties":{"kind":{"const":"card"},"last4":{"type":"string"}},"required":["kind","last4","brand","expiry"]},{"properties":{"kind":{"const":"bank"},"iban":{"type":"string"}},"required":["kind","iban"]}]})",
        R"({"kind":"card","last4":1234})",
        {u"plan/type /last4 string|integer|1234||||||/kind~is~\"card\""_s,
         u"plan/required /brand brand||||||||/kind~is~\"card\""_s,
         u"plan/required /expiry expiry||||||||/kind~is~\"card\""_s});
    row("anyOf, no branch stands out", R"({"anyOf":[{"required":["a"]},{"required":["b"]}]})", R"({})",
        {u"plan/any-of  2|0||a+b"_s});
    row("anyOf, no variant is known",
        R"({"anyOf":[{"properties":{"kind":{"const":"a"}}},{"properties":{"kind":{"const":"b"},"x":{"type":"string"}}}]})",
        R"({"kind":"c","x":1})", {u"plan/enum /kind \"a\", \"b\"|c||string|2"_s});
    row("oneOf, none", R"({"oneOf":[{"type":"integer","minimum":5},{"type":"string"}]})", R"(3)",
        {u"plan/range  >=|5|3"_s});
    row("oneOf, two", R"({"oneOf":[{"minimum":1},{"minimum":2},{"minimum":9}]})", R"(3)",
        {u"plan/one-of  3|2"_s});
    row("oneOf, none stands out", R"({"oneOf":[{"required":["a"]},{"required":["b"]},{"required":["c"]}]})",
        R"({})", {u"plan/one-of  3|0||a+b+c"_s});
    row("missing, and what is near is planned around it",
        R"({"properties":{"cardName":{}},"allOf":[{"required":["cardNamed"]}]})", R"({"cardName":"x"})",
        {u"plan/required /cardNamed cardNamed|"_s});
    row("missing, and renamed where nothing else may be",
        R"({"additionalProperties":false,"required":["deliveryId"],"properties":{"deliveryId":{}}})",
        R"({"delivery_id":"del_1"})", {u"plan/required /deliveryId deliveryId|delivery_id"_s});
    row("unplanned, near one that was sent as well",
        R"({"additionalProperties":false,"properties":{"total":{}}})", R"({"total":1,"totals":1})",
        {u"plan/unplanned-property /totals totals|total|sent"_s});
    row("said once", R"({"required":["a"],"allOf":[{"required":["a"]},{"required":["a","b"]}]})", R"({})",
        {u"plan/required /a a|"_s, u"plan/required /b b|"_s});
    row("null where it can't be left out",
        R"({"required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"string"}}})",
        R"({"a":null,"b":null})",
        {u"plan/type /a string|null|null|||||||required"_s, u"plan/type /b string|null|null"_s});
    row("if one of several values",
        R"({"if":{"properties":{"kind":{"enum":["a","b"]},"n":{"minimum":5}}},"then":{"required":["x"]}})",
        R"({"kind":"b","n":7})", {u"plan/required /x x||||||||/kind~is~\"b\"+/n~>=~5"_s});
    row("if, held by what was not sent",
        R"({"if":{"properties":{"kind":{"const":"a"}}},"then":{"required":["x"]}})", R"({})",
        {u"plan/required /x x||||||||/kind~notSent~"_s});
    row("if, beyond clauses", R"({"if":{"minProperties":1},"then":{"required":["x"]}})", R"({"y":1})",
        {u"plan/required /x x||||||||~unknown~"_s});
    row("if within if",
        R"({"if":{"required":["a"]},"then":{"if":{"required":["b"]},"then":{"required":["c"]}}})",
        R"({"a":1,"b":1})", {u"plan/required /c c||||||||/a~sent~+/b~sent~"_s});
    row("not, of a property", R"({"not":{"properties":{"kind":{"const":"x"}},"required":["kind"]}})",
        R"({"kind":"x"})", {u"plan/not /kind /kind~is~\"x\""_s});
    row("not, of two together", R"({"not":{"required":["a","b"]}})", R"({"a":1,"b":1})",
        {u"plan/not  /a~sent~+/b~sent~"_s});
    row("not, none of these", R"({"not":{"anyOf":[{"required":["a"]},{"required":["b"]}]}})", R"({"b":1})",
        {u"plan/not /b /b~sent~"_s});
    row("oneOf, each a const", R"({"oneOf":[{"const":"a"},{"const":"b"},{"enum":["c"]}]})", R"("d")",
        {u"plan/enum  \"a\", \"b\", \"c\"|d||string|3"_s});
    row("oneOf, the discriminator is missing",
        R"({"oneOf":[{"properties":{"kind":{"const":"a"}},"required":["kind","x"]},{"properties":{"kind":{"const":"b"}},"required":["kind","y"]}]})",
        R"({})", {u"plan/required /kind kind|"_s});
    row("oneOf, the nearest by title",
        R"({"oneOf":[{"title":"Card","required":["a","b"]},{"title":"Bank","required":["a"],"properties":{"a":{"type":"integer"},"c":{"type":"string"},"d":{"type":"string"}}}]})",
        R"({"a":"1"})", {u"plan/required /b b||||||Card|2"_s});
    row("oneOf, formats", R"({"oneOf":[{"format":"email"},{"format":"uri"}]})", R"("x")",
        {u"plan/one-of  2|0|||plan/format~email~x+plan/format~uri~x|string~x"_s});
    row("oneOf, both of two properties", R"({"oneOf":[{"required":["a"]},{"required":["b"]}]})",
        R"({"a":1,"b":1})", {u"plan/one-of  2|2||a+b"_s});
}

void TstSchema::findings()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, instance);
    QFETCH(QStringList, expected);
    const auto checked = compiled(schema);
    QVERIFY2(checked.has_value(), checked ? "" : qPrintable(checked.error().oneLine()));
    const auto document = parsed(instance);
    QVERIFY(document != nullptr);
    QStringList lines;
    for (const event::Finding &finding : checked->violations(document->root(), {})) {
        lines.append(line(finding));
        QVERIFY(finding.severity == event::defaultSeverity(finding.rule));
    }
    QCOMPARE(lines, expected);
    QCOMPARE(checked->isValid(document->root()), expected.isEmpty());
}

void TstSchema::findingsStandUnderTheirBase()
{
    const auto checked = compiled(R"({"required":["a"],"properties":{"b":{"type":"string"}}})");
    const auto document = parsed(R"({"b":1})");
    const auto findings = checked->violations(document->root(), json::Pointer("/properties"));
    QCOMPARE(findings.size(), std::size_t{2});
    QCOMPARE(findings[0].at.toString(), u"/properties/b"_s);
    QCOMPARE(findings[1].at.toString(), u"/properties/a"_s);
}

void TstSchema::refused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const char *schema, const QString &why) {
        QTest::newRow(name) << QByteArray(schema) << why;
    };
    row("a number", "5", u"(root): a schema must be an object"_s);
    row("a property that is no schema", R"({"properties":{"a":5}})", u"/properties/a: a schema must be"_s);
    row("unknown type", R"({"type":"text"})",
        u"/type: \"type\" must name JSON types, and \"text\" is none"_s);
    row("no types", R"({"type":[]})", u"at least one JSON type"_s);
    row("negative length", R"({"minLength":-1})", u"/minLength: \"minLength\" must be a whole number"_s);
    row("limit that is a text", R"({"minimum":"1"})", u"/minimum: \"minimum\" must be a number"_s);
    row("draft-04's exclusive limits", R"({"exclusiveMinimum":true})", u"must be a number"_s);
    row("multipleOf zero", R"({"multipleOf":0.0})", u"above zero"_s);
    row("bad pattern", R"({"properties":{"a":{"pattern":"(a"}}})",
        u"/properties/a/pattern: The pattern \"(a\" cannot be used"_s);
    row("bad pattern of properties", R"({"patternProperties":{"[":{}}})", u"/patternProperties"_s);
    row("required that is no list", R"({"required":"a"})", u"list of property names"_s);
    row("empty anyOf", R"({"anyOf":[]})", u"at least one schema"_s);
    row("enum that is no list", R"({"enum":"a"})", u"must be a list"_s);
    row("all of itself", R"({"allOf":[{"$ref":"#"}]})", u"(root): this schema leads back to itself"_s);
    row("all of itself, twice", R"({"allOf":[{"$ref":"#"},{"$ref":"#"}]})", u"leads back to itself"_s);
    row("several", R"({"minLength":-1,"maxLength":-1,"minItems":-1})", u"2 more after it"_s);
}

void TstSchema::refused()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, why);
    const auto checked = compiled(schema);
    QVERIFY(!checked.has_value());
    QVERIFY2(checked.error().why.contains(why), qPrintable(checked.error().why));
}

void TstSchema::remarks()
{
    const auto checked = compiled(
        R"({"$schema":"http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#","properties":{"a":{"format":"colour"},"b":{"pattern":"(?i)x"}}})");
    QVERIFY(checked.has_value());
    QStringList places;
    for (const schema::SchemaProblem &problem : checked->problems()) {
        places.append(problem.at.toString());
    }
    places.sort();
    QCOMPARE(places, (QStringList{u"/$schema"_s, u"/properties/a/format"_s, u"/properties/b/pattern"_s}));
    QVERIFY(compiled(R"({"$schema":"http://json-schema.org/draft-07/schema#"})")->problems().empty());
}

void TstSchema::formatsCanBeAnnotations()
{
    const auto text = parsed(R"({"format":"email"})");
    const auto instance = parsed("\"nobody\"");
    QVERIFY(!schema::compile(text, {})->isValid(instance->root()));
    QVERIFY(schema::compile(text, {}, schema::FormatAssertion::Off)->isValid(instance->root()));
}

void TstSchema::repeatedKeysCountOnce()
{
    // The last one wins, for the parser as for whoever reads the event.
    const auto checked = compiled(R"({"properties":{"a":{"type":"integer"}},"maxProperties":1})");
    QVERIFY(checked->isValid(parsed(R"({"a":"x","a":1})")->root()));
    QVERIFY(!checked->isValid(parsed(R"({"a":1,"a":"x"})")->root()));
}

void TstSchema::notANumber()
{
    const auto document = parsed("NaN");
    QVERIFY(document != nullptr);
    const auto findings = compiled(R"({"type":"number"})")->violations(document->root(), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(line(findings.front()), u"plan/type  number|number|NaN"_s);
    QVERIFY(compiled(R"({"minimum":3})")->isValid(document->root()));
}

void TstSchema::manyRequired()
{
    // More than the bits of one word.
    QByteArray names;
    QByteArray members;
    for (int i = 0; i < 100; ++i) {
        const QByteArray separator = i == 0 ? ""_ba : ","_ba;
        names += separator + "\"property"_ba + QByteArray::number(i) + '"';
        members += separator + "\"property"_ba + QByteArray::number(i) + "\":1"_ba;
    }
    const auto checked = compiled(R"({"required":[)"_ba + names + "]}"_ba);
    QVERIFY(checked->isValid(parsed('{' + members + '}')->root()));
    const auto lacking = parsed('{' + members.left(members.lastIndexOf(',')) + '}');
    QVERIFY(!checked->isValid(lacking->root()));
    const auto findings = checked->violations(lacking->root(), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(findings.front().args.value(0), u"property99"_s);
}

void TstSchema::uniqueAmongMany()
{
    const auto checked = compiled(R"({"uniqueItems":true})");
    QByteArray items;
    for (int i = 0; i < 5'000; ++i) {
        items += R"({"n":)"_ba + QByteArray::number(i) + R"(,"t":["a",null]},)"_ba;
    }
    QVERIFY(checked->isValid(parsed('[' + items + "0]")->root()));
    const auto repeated = parsed('[' + items + R"({"t":["a",null],"n":7.0}])"_ba);
    const auto findings = checked->violations(repeated->root(), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(findings.front().args, (QStringList{u"7"_s, u"5000"_s, uR"({"n":7,"t":["a",null]})"_s}));
}

void TstSchema::endlessSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    QTest::newRow("any of itself, twice") << R"({"anyOf":[{"$ref":"#"},{"$ref":"#"}]})"_ba
                                          << "1"_ba;
    QTest::newRow("one of itself") << R"({"oneOf":[{"$ref":"#"},{"type":"string"}]})"_ba
                                   << "1"_ba;
    QTest::newRow("not itself") << R"({"not":{"$ref":"#"}})"_ba
                                << "1"_ba;
    QTest::newRow("if itself") << R"({"if":{"$ref":"#"},"then":true})"_ba
                               << "1"_ba;
    // 2^40 ways through forty schemas, and no end deep down.
    QByteArray definitions;
    for (int i = 0; i < 40; ++i) {
        const QByteArray next = R"({"$ref":"#/definitions/d)"_ba + QByteArray::number(i + 1) + "\"}"_ba;
        definitions += "\"d"_ba + QByteArray::number(i) + R"(":{"anyOf":[)"_ba + next + ',' + next + "]},"_ba;
    }
    QTest::newRow("exponential anyOf")
        << R"({"definitions":{)"_ba + definitions +
               R"("d40":{"type":"string"}},"allOf":[{"$ref":"#/definitions/d0"}]})"_ba
        << "1"_ba;
    QTest::newRow("deep instance") << R"({"items":{"$ref":"#"}})"_ba
                                   << QByteArray("[").repeated(9'000) + QByteArray("]").repeated(9'000);
}

void TstSchema::endlessSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, instance);
    const auto checked = compiled(schema);
    QVERIFY(checked.has_value());
    const auto document = parsed(instance);
    QVERIFY(document != nullptr);
    QVERIFY(!checked->isValid(document->root()));
    const auto findings = checked->violations(document->root(), {});
    QVERIFY(!findings.empty());
    QVERIFY(std::ranges::all_of(findings, [](const event::Finding &finding) {
        return finding.rule == event::RuleId::PlanDepth || finding.rule == event::RuleId::PlanAnyOf;
    }));
}

void TstSchema::runawayPatternIsNoPass_data()
{
    QTest::addColumn<QByteArray>("schema");
    const QByteArray pattern = R"({"pattern":"^(?=(a+)+$)b"})"_ba;
    QTest::newRow("itself") << pattern;
    QTest::newRow("negated") << R"({"not":)"_ba + pattern + '}';
    QTest::newRow("beside a branch that matches")
        << R"({"anyOf":[)"_ba + pattern + R"(,{"type":"string"}]})"_ba;
    QTest::newRow("as a condition") << R"({"if":)"_ba + pattern + R"(,"then":false})"_ba;
}

void TstSchema::runawayPatternIsNoPass()
{
    QFETCH(QByteArray, schema);
    const auto checked = compiled(schema);
    QVERIFY(checked.has_value());
    const auto document = parsed('"' + QByteArray(30, 'a') + "!\"");
    QVERIFY(!checked->isValid(document->root()));
    const auto findings = checked->violations(document->root(), json::Pointer("/properties/code"));
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(line(findings.front()), u"plan/pattern-limit /properties/code ^(?=(a+)+$)b"_s);
}

void TstSchema::runawaysAreFew()
{
    // Each costs a millisecond: the check gives up after a handful.
    const auto checked = compiled(R"({"items":{"pattern":"^(?=(a+)+$)b"}})");
    const QByteArray item = '"' + QByteArray(30, 'a') + "!\",";
    const auto document = parsed('[' + item.repeated(2'000) + "\"\"]");
    const auto findings = checked->violations(document->root(), {});
    QVERIFY(!findings.empty());
    QVERIFY(findings.size() < 20);
}

void TstSchema::findingsAreBounded()
{
    const auto checked = compiled(R"({"items":{"type":"string"}})");
    const auto document = parsed('[' + QByteArray("1,").repeated(20'000) + "1]");
    QCOMPARE(checked->violations(document->root(), {}).size(), std::size_t{500});
}

void TstSchema::longTextsAreCut()
{
    const auto checked = compiled(R"({"type":"integer"})");
    const auto document = parsed('"' + QByteArray("\xf0\x9f\x98\x80").repeated(10'000) + '"');
    const auto findings = checked->violations(document->root(), {});
    const QString shown = findings.front().args.value(2);
    QVERIFY(shown.size() <= 200);
    QVERIFY(shown.endsWith(u'…'));
    QVERIFY(shown.isValidUtf16());
}

QTEST_GUILESS_MAIN(TstSchema)
#include "tst_schema.moc"
