// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/dialect.h"
#include "schema/metaschema.h"
#include "schema/schema.h"
#include "json/parser.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace Qt::StringLiterals;
using schema::Draft;

namespace {

std::shared_ptr<const json::Document> parsed(const QByteArray &text)
{
    json::Parser parser;
    const auto document = parser.parse(text);
    return document ? *document : nullptr;
}

const QByteArray draft04 = R"("$schema":"http://json-schema.org/draft-04/schema#",)"_ba;
const QByteArray draft06 = R"("$schema":"http://json-schema.org/draft-06/schema#",)"_ba;
const QByteArray draft07 = R"("$schema":"http://json-schema.org/draft-07/schema#",)"_ba;
const QByteArray draft2019 = R"("$schema":"https://json-schema.org/draft/2019-09/schema",)"_ba;
const QByteArray draft2020 = R"("$schema":"https://json-schema.org/draft/2020-12/schema",)"_ba;

} // namespace

/// What the drafts differ in, by schemas as plans have them; the official suite has the rest.
class TstDialect : public QObject
{
    Q_OBJECT

private slots:
    void draftsByUri_data();
    void draftsByUri();
    void verdicts_data();
    void verdicts();
    void remarks_data();
    void remarks();
    void draftOfSchemasWithoutOne();
    void unknownVocabularyIsRefused();
    void vocabulariesSwitchKeywords();
    void identifiersOfOtherDocuments();
    void metaschemasHoldThemselves_data();
    void metaschemasHoldThemselves();
};

void TstDialect::draftsByUri_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<int>("draft"); // -1: none
    const auto row = [](const char *uri, int draft) { QTest::newRow(uri) << QByteArray(uri) << draft; };
    row("http://json-schema.org/draft-04/schema#", int(Draft::Draft4));
    row("http://json-schema.org/draft-04/schema", int(Draft::Draft4));
    row("http://json-schema.org/draft-06/schema#", int(Draft::Draft6));
    row("https://json-schema.org/draft-07/schema#", int(Draft::Draft7));
    row("https://json-schema.org/draft/2019-09/schema", int(Draft::Draft2019));
    row("http://json-schema.org/draft/2020-12/schema#", int(Draft::Draft2020));
    row("http://json-schema.org/draft-03/schema#", -1);
    row("http://json-schema.org/schema#", -1);
    row("", -1);
}

void TstDialect::draftsByUri()
{
    QFETCH(QByteArray, uri);
    QFETCH(int, draft);
    const auto found = schema::draftFromUri(uri.toStdString());
    QCOMPARE(found ? int(*found) : -1, draft);
}

void TstDialect::verdicts_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("valid");   // empty: none
    QTest::addColumn<QByteArray>("invalid"); // empty: none
    const auto row = [](const char *name, const QByteArray &schema, const QByteArray &valid,
                        const QByteArray &invalid) { QTest::newRow(name) << schema << valid << invalid; };
    row("draft-04, exclusive minimum", '{' + draft04 + R"("minimum":0,"exclusiveMinimum":true})", "0.1", "0");
    row("draft-04, minimum said to be inclusive", '{' + draft04 + R"("exclusiveMinimum":false,"minimum":0})",
        "0", "-1");
    row("draft-04, exclusive maximum", '{' + draft04 + R"("exclusiveMaximum":true,"maximum":5})", "4.9", "5");
    row("draft-04, 1.0 is no integer", '{' + draft04 + R"("type":"integer"})", "1", "1.0");
    row("draft-04, 1.0 is a number", '{' + draft04 + R"("type":["integer","number"]})", "1.0", "\"1\"");
    row("draft-06, 1.0 is an integer", '{' + draft06 + R"("type":"integer"})", "1.0", "1.5");
    row("draft-04 knows no const", '{' + draft04 + R"("const":1})", "2", "");
    row("draft-06 knows no if", '{' + draft06 + R"("if":true,"then":false})", "1", "");
    row("draft-04, id is a base",
        '{' + draft04 +
            R"("id":"http://x/a","definitions":{"n":{"id":"n","type":"null"}},"allOf":[{"$ref":"n"}]})",
        "null", "1");
    row("draft-04, a node's own pointer as id",
        '{' + draft04 +
            R"("definitions":{"n":{"type":"null"}},"properties":{"a":{"id":"/properties/a","$comment":"x","not":{"$ref":"#/definitions/n"}}}})",
        R"({"a":1})", R"({"a":null})");
    row("draft-07, a node's own pointer as $id",
        '{' + draft07 +
            R"("definitions":{"n":{"type":"null"}},"properties":{"a":{"$id":"#/properties/a","not":{"$ref":"#/definitions/n"}}}})",
        R"({"a":1})", R"({"a":null})");
    row("draft-07, $ref hides its siblings",
        '{' + draft07 +
            R"("definitions":{"a":{}},"properties":{"p":{"$ref":"#/definitions/a","type":"null"}}})",
        R"({"p":1})", "");
    row("2019-09, $ref has siblings",
        '{' + draft2019 +
            R"("$defs":{"a":{"minimum":1}},"properties":{"p":{"$ref":"#/$defs/a","maximum":2}}})",
        R"({"p":2})", R"({"p":3})");
    row("2019-09, anchor",
        '{' + draft2019 + R"("$defs":{"a":{"$anchor":"name","type":"null"}},"$ref":"#name"})", "null", "1");
    row("2019-09, dependentRequired", '{' + draft2019 + R"("dependentRequired":{"a":["b"]}})",
        R"({"a":1,"b":1})", R"({"a":1})");
    row("2019-09, minContains", '{' + draft2019 + R"("contains":{"const":1},"minContains":2})", "[1,1]",
        "[1]");
    row("2019-09, maxContains", '{' + draft2019 + R"("contains":{"const":1},"maxContains":1})", "[1,2]",
        "[1,1]");
    row("2020-12, minContains 0", '{' + draft2020 + R"("contains":{"const":1},"minContains":0})", "[]", "");
    row("2020-12, prefixItems", '{' + draft2020 + R"("prefixItems":[{"type":"null"}],"items":false})",
        "[null]", "[null,1]");
    row("2019-09 knows no prefixItems", '{' + draft2019 + R"("prefixItems":[false]})", "[1]", "");
    row("unevaluatedProperties over allOf",
        '{' + draft2020 +
            R"("allOf":[{"properties":{"a":true}}],"properties":{"b":true},"unevaluatedProperties":false})",
        R"({"a":1,"b":1})", R"({"c":1})");
    row("unevaluatedProperties over $ref and if",
        '{' + draft2020 +
            R"("$defs":{"base":{"properties":{"id":true}}},"$ref":"#/$defs/base","if":{"properties":{"kind":{"const":"x"}},"required":["kind"]},"then":{"properties":{"x":true}},"unevaluatedProperties":false})",
        R"({"id":1,"kind":"x","x":1})", R"({"id":1,"x":1})");
    row("a branch that failed evaluates nothing",
        '{' + draft2020 +
            R"("anyOf":[{"properties":{"a":{"type":"null"}},"required":["a"]},true],"unevaluatedProperties":false})",
        R"({"a":null})", R"({"a":1})");
    row("unevaluatedItems with contains, 2020-12",
        '{' + draft2020 + R"("contains":{"type":"null"},"unevaluatedItems":{"type":"string"}})",
        R"([null,"a"])", "[null,1]");
    row("unevaluatedItems with contains, 2019-09",
        '{' + draft2019 + R"("contains":{"type":"null"},"unevaluatedItems":{"type":"string"}})", "",
        R"([null,"a"])");
    row("a strict tree by $dynamicRef",
        '{' + draft2020 +
            R"("$id":"http://x/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","type":"object","properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}}})",
        R"({"children":[{"data":1}]})", R"({"children":[{"daat":1}]})");
    row("a strict tree by $recursiveRef",
        '{' + draft2019 +
            R"("$id":"http://x/strict","$recursiveAnchor":true,"$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$recursiveAnchor":true,"type":"object","properties":{"data":true,"children":{"type":"array","items":{"$recursiveRef":"#"}}}}}})",
        R"({"children":[{"data":1}]})", R"({"children":[{"daat":1}]})");
    row("another draft inside",
        '{' + draft2020 + R"("$id":"http://x/root","$defs":{"old":{"$id":"old",)" + draft07 +
            R"("definitions":{"a":{"type":"integer"}},"properties":{"a":{"$ref":"#/definitions/a","maximum":1}}}},"$ref":"old"})",
        R"({"a":5})", R"({"a":"5"})");
    row("dependencies of old in 2020-12", '{' + draft2020 + R"("dependencies":{"a":["b"]}})", R"({"b":1})",
        R"({"a":1})");
    row("duration", '{' + draft2020 + R"("format":"duration"})", "\"P1Y2M3DT4H5M6S\"", "\"P1Y2D\"");
}

void TstDialect::verdicts()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, valid);
    QFETCH(QByteArray, invalid);
    const auto compiled = schema::compile(parsed(schema), {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    for (const auto &[text, isValid] : {std::pair(valid, true), {invalid, false}}) {
        if (text.isEmpty()) {
            continue;
        }
        const auto document = parsed(text);
        const auto value = nlohmann::ordered_json::parse(text.begin(), text.end());
        QCOMPARE(compiled->isValid(document->root()), isValid);
        QCOMPARE(compiled->isValid(value), isValid);
        // The same words over either kind of value.
        const auto findings = compiled->violations(document->root(), {});
        QCOMPARE(findings.empty(), isValid);
        QVERIFY(compiled->violations(value, {}) == findings);
    }
}

void TstDialect::remarks_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QStringList>("remarks");
    QTest::newRow("draft-04") << '{' + draft04 + R"("type":"object"})" << QStringList();
    QTest::newRow("none") << R"({"type":"object"})"_ba << QStringList();
    QTest::newRow("Snowplow's")
        << R"({"$schema":"http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"})"_ba
        << QStringList{
               u"/$schema: the dialect \"http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#\" is not known and read as draft-07"_s};
}

void TstDialect::remarks()
{
    QFETCH(QByteArray, schema);
    QFETCH(QStringList, remarks);
    schema::CompileOptions options;
    options.draft = Draft::Draft2020; // unknown ones are draft-07 all the same
    const auto compiled = schema::compile(parsed(schema), {}, options);
    QVERIFY(compiled.has_value());
    QStringList found;
    for (const schema::SchemaProblem &problem : compiled->problems()) {
        found.append(problem.at.toString() + u": "_s + problem.message);
    }
    QCOMPARE(found, remarks);
}

void TstDialect::draftOfSchemasWithoutOne()
{
    const auto document =
        parsed(R"({"prefixItems":[{"type":"null"}],"$ref":"#/$defs/a","$defs":{"a":true}})");
    schema::CompileOptions options;
    const auto asDraft7 = schema::compile(document, {}, options);
    options.draft = Draft::Draft2020;
    const auto asDraft2020 = schema::compile(document, {}, options);
    QVERIFY(asDraft7.has_value() && asDraft2020.has_value());
    const auto instance = parsed("[1]");
    QVERIFY(asDraft7->isValid(instance->root()));
    QVERIFY(!asDraft2020->isValid(instance->root()));
}

void TstDialect::unknownVocabularyIsRefused()
{
    schema::CompileOptions options;
    options.documents.push_back(
        {"http://x/meta", parsed('{' + draft2020 + R"("$vocabulary":{"http://x/vocabulary":true}})")});
    const auto compiled = schema::compile(parsed(R"({"$schema":"http://x/meta"})"), {}, options);
    QVERIFY(!compiled.has_value());
    QVERIFY(compiled.error().why.contains(u"requires the vocabulary \"http://x/vocabulary\""_s));
}

void TstDialect::vocabulariesSwitchKeywords()
{
    schema::CompileOptions options;
    options.formats = schema::FormatAssertion::Off;
    options.documents.push_back(
        {"http://x/meta",
         parsed('{' + draft2020 + R"("$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,
        "https://json-schema.org/draft/2020-12/vocab/applicator":true,"http://x/vocabulary":false,
        "https://json-schema.org/draft/2020-12/vocab/format-assertion":false}})")});
    const auto compiled = schema::compile(
        parsed(
            R"({"$schema":"http://x/meta","properties":{"a":{"minimum":5},"b":false,"c":{"format":"email"}}})"),
        {}, options);
    QVERIFY(compiled.has_value());
    QVERIFY(compiled->isValid(parsed(R"({"a":1})")->root())); // no validation vocabulary
    QVERIFY(!compiled->isValid(parsed(R"({"b":1})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"c":"nobody"})")->root())); // asserted, whatever the options say
}

void TstDialect::identifiersOfOtherDocuments()
{
    // Schemas of one plan that name each other, each in its own draft.
    schema::CompileOptions options;
    options.documents.push_back(
        {"plan:/product",
         parsed(
             '{' + draft04 +
             R"("id":"http://acme/product.json","properties":{"price":{"minimum":0,"exclusiveMinimum":true}}})")});
    options.documents.push_back(
        {"plan:/shared",
         parsed('{' + draft2020 + R"("$defs":{"money":{"$id":"http://acme/money","type":"number"}}})")});
    const auto compiled = schema::compile(
        parsed(
            '{' + draft07 +
            R"("properties":{"product":{"$ref":"http://acme/product.json"},"total":{"$ref":"http://acme/money"}}})"),
        {}, options);
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(compiled->isValid(parsed(R"({"product":{"price":1},"total":1})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"product":{"price":0}})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"total":"1"})")->root()));
}

void TstDialect::metaschemasHoldThemselves_data()
{
    QTest::addColumn<QByteArray>("uri");
    for (const char *uri :
         {"http://json-schema.org/draft-04/schema", "http://json-schema.org/draft-06/schema",
          "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft/2019-09/schema",
          "https://json-schema.org/draft/2020-12/schema"}) {
        QTest::newRow(uri) << QByteArray(uri);
    }
}

void TstDialect::metaschemasHoldThemselves()
{
    QFETCH(QByteArray, uri);
    const auto metaschema = schema::metaschemaDocument(uri.toStdString());
    QVERIFY(metaschema != nullptr);
    const auto compiled = schema::compile(metaschema, {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(compiled->isValid(metaschema->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"properties":{"a":{"allOf":[{"minLength":-1}]}}})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"type":"text"})")->root()));
    QVERIFY(schema::metaschemaDocument("https://json-schema.org/nowhere") == nullptr);
}

QTEST_GUILESS_MAIN(TstDialect)
#include "tst_dialect.moc"
