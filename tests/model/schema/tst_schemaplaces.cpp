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

} // namespace

/// Which place of the schema a finding names.
class TstSchemaPlaces : public QObject
{
    Q_OBJECT

private slots:
    void places_data();
    void places();
    void insideALargerDocument();
    void whereTheRuleLeftItsSchema();
};

void TstSchemaPlaces::places_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    QTest::addColumn<QStringList>("places");
    const auto row = [](const char *name, const char *schema, const char *instance,
                        const QStringList &places) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(instance) << places;
    };
    row("a property's type",
        R"({"properties":{"properties":{"properties":{"quantity":{"type":"integer"}}}}})",
        R"({"properties":{"quantity":"2"}})", {u"/properties/properties/properties/quantity/type"_s});
    row("at the root", R"({"type":"object"})", "1", {u"/type"_s});
    row("a name with a slash", R"({"properties":{"a/b":{"const":1}}})", R"({"a/b":2})",
        {u"/properties/a~1b/const"_s});
    row("required", R"({"properties":{"p":{"required":["a"]}}})", R"({"p":{}})",
        {u"/properties/p/required"_s});
    row("unplanned", R"({"additionalProperties":false})", R"({"x":1})", {u"/additionalProperties"_s});
    row("schema of additional ones", R"({"additionalProperties":{"type":"null"}})", R"({"x":1})",
        {u"/additionalProperties/type"_s});
    row("numbers",
        R"({"items":[{"minimum":1},{"exclusiveMinimum":1},{"maximum":1},{"exclusiveMaximum":1},{"multipleOf":2}]})",
        "[0,1,2,1,3]",
        {u"/items/0/minimum"_s, u"/items/1/exclusiveMinimum"_s, u"/items/2/maximum"_s,
         u"/items/3/exclusiveMaximum"_s, u"/items/4/multipleOf"_s});
    row("texts",
        R"({"items":[{"minLength":2},{"maxLength":1},{"pattern":"^a"},{"format":"date"},{"enum":["a"]}]})",
        R"(["a","ab","b","x","b"])",
        {u"/items/0/minLength"_s, u"/items/1/maxLength"_s, u"/items/2/pattern"_s, u"/items/3/format"_s,
         u"/items/4/enum"_s});
    row("counts",
        R"({"items":[{"minItems":1},{"maxItems":0},{"minProperties":1},{"maxProperties":0},{"uniqueItems":true},{"contains":{"type":"null"}}]})",
        R"([[],[1],{},{"a":1},[1,1],[1]])",
        {u"/items/0/minItems"_s, u"/items/1/maxItems"_s, u"/items/2/minProperties"_s,
         u"/items/3/maxProperties"_s, u"/items/4/uniqueItems"_s, u"/items/5/contains"_s});
    row("more than the list", R"({"items":[true],"additionalItems":false})", "[1,2]",
        {u"/additionalItems"_s});
    row("the schema false", R"({"properties":{"a":false}})", R"({"a":1})", {u"/properties/a"_s});
    row("names", R"({"propertyNames":{"maxLength":1}})", R"({"ab":1})", {u"/propertyNames"_s});
    row("dependencies", R"({"dependencies":{"a":["b"]}})", R"({"a":1})", {u"/dependencies"_s});
    row("dependentRequired",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","dependentRequired":{"a":["b"]}})",
        R"({"a":1})", {u"/dependentRequired"_s});
    row("unevaluated",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","unevaluatedProperties":false})",
        R"({"a":1})", {u"/unevaluatedProperties"_s});
    row("maxContains",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","contains":true,"maxContains":1})",
        "[1,2]", {u"/maxContains"_s});
    row("not", R"({"not":{"type":"null"}})", "null", {u"/not"_s});
    row("more than one of", R"({"oneOf":[{"type":"null"},{"const":null}]})", "null", {u"/oneOf"_s});
    row("types of all branches", R"({"anyOf":[{"type":"null"},{"type":"string"}]})", "1", {u"/anyOf"_s});
    row("then", R"({"if":true,"then":{"type":"null"}})", "1", {u"/then/type"_s});
    row("allOf", R"({"allOf":[true,{"type":"null"}]})", "1", {u"/allOf/1/type"_s});
    row("behind a reference",
        R"({"definitions":{"id":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/id"}}})",
        R"({"a":1})", {u"/definitions/id/type"_s});
    row("too deep", R"({"items":{"$ref":"#"}})",
        (QByteArray("[").repeated(3000) + QByteArray("]").repeated(3000)).constData(), {QString()});
}

void TstSchemaPlaces::places()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, instance);
    QFETCH(QStringList, places);
    const auto document = parsed(schema);
    const auto compiled = schema::compile(document, {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QStringList found;
    for (const event::Finding &finding : compiled->violations(parsed(instance)->root(), {})) {
        found.append(finding.schemaAt.toString());
        QVERIFY(!finding.schemaAt.resolve(document->root()).isMissing());
    }
    QCOMPARE(found, places);
}

void TstSchemaPlaces::insideALargerDocument()
{
    const auto document = parsed(
        R"({"shared":{"type":"integer"},"rules":[{"jsonSchema":{"properties":{"a":{"type":"null"},"b":{"$ref":"#/shared"}}}}]})");
    const auto compiled = schema::compile(document, json::Pointer("/rules/0/jsonSchema"));
    QVERIFY(compiled.has_value());
    const auto findings =
        compiled->violations(parsed(R"({"a":1,"b":"1"})")->root(), json::Pointer("/properties"));
    QCOMPARE(findings.size(), std::size_t{2});
    QCOMPARE(findings[0].at.toString(), u"/properties/a"_s);
    QCOMPARE(findings[0].schemaAt.toString(), u"/properties/a/type"_s);
    // What is broken there is not the rule's own.
    QCOMPARE(findings[1].schemaAt.toString(), u"/properties/b/$ref"_s);
}

void TstSchemaPlaces::whereTheRuleLeftItsSchema()
{
    schema::CompileOptions options;
    options.documents.push_back(
        {"http://acme/product",
         parsed(
             R"({"required":["sku"],"properties":{"price":{"$ref":"#/definitions/money"}},"definitions":{"money":{"minimum":0}}})")});
    const auto compiled = schema::compile(parsed(R"({"items":{"$ref":"http://acme/product"}})"), {}, options);
    QVERIFY(compiled.has_value());
    const auto findings = compiled->violations(parsed(R"([{"price":-1}])")->root(), {});
    QCOMPARE(findings.size(), std::size_t{2});
    for (const event::Finding &finding : findings) {
        QCOMPARE(finding.schemaAt.toString(), u"/items/$ref"_s);
    }
}

QTEST_GUILESS_MAIN(TstSchemaPlaces)
#include "tst_schemaplaces.moc"
