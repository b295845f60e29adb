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

const QByteArray draft2019 = R"("$schema":"https://json-schema.org/draft/2019-09/schema",)"_ba;
const QByteArray draft2020 = R"("$schema":"https://json-schema.org/draft/2020-12/schema",)"_ba;

} // namespace

/// Schemas and values made to hang or break a validator. CTest's time limit is the clock.
class TstHostileSchemas : public QObject
{
    Q_OBJECT

private slots:
    void refused_data();
    void refused();
    void endInTime_data();
    void endInTime();
    void longReferenceChains();
    void hugeEnums();
    void longTexts();
    void manyBranchesOfLeaves();
    void tenThousandLevels();
};

void TstHostileSchemas::refused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &schema, const QString &why) {
        QTest::newRow(name) << schema << why;
    };
    row("itself", R"({"$ref":"#"})", u"/$ref: \"$ref\" leads back to itself"_s);
    row("itself beside others", '{' + draft2020 + R"("$ref":"#","type":"object"})",
        u"(root): this schema leads back to itself"_s);
    row("itself by allOf", R"({"allOf":[{"$ref":"#"}]})", u"leads back to itself"_s);
    row("a circle of three",
        R"({"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/c"},"c":{"$ref":"#/definitions/a"}},"items":{"$ref":"#/definitions/a"}})",
        u"leads back to itself"_s);
    row("a circle through documents",
        '{' + draft2020 + R"("$id":"http://x/a","$ref":"b","$defs":{"b":{"$id":"b","$ref":"a"}}})",
        u"leads back to itself"_s);
    row("a million errors", "{\"items\":[" + QByteArray(R"({"minLength":-1},)").repeated(100'000) + "{}]}",
        u"more after it"_s);
}

void TstHostileSchemas::refused()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, why);
    const auto compiled = schema::compile(parsed(schema), {});
    QVERIFY(!compiled.has_value());
    QVERIFY2(compiled.error().why.contains(why), qPrintable(compiled.error().why));
}

void TstHostileSchemas::endInTime_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("instance");
    const auto row = [](const char *name, const QByteArray &schema, const QByteArray &instance) {
        QTest::newRow(name) << schema << instance;
    };
    row("$dynamicRef to itself", '{' + draft2020 + R"("$dynamicAnchor":"n","$dynamicRef":"#n"})", "1");
    row("$recursiveRef to itself", '{' + draft2019 + R"("$recursiveAnchor":true,"$recursiveRef":"#"})", "1");
    row("two by $dynamicRef",
        '{' + draft2020 +
            R"("$dynamicAnchor":"n","$ref":"#/$defs/b","$defs":{"b":{"anyOf":[{"$dynamicRef":"#n"},{"$dynamicRef":"#n"}]}}})",
        "1");
    row("not itself", R"({"not":{"$ref":"#"}})", "1");
    row("unevaluated itself", '{' + draft2020 + R"("unevaluatedItems":{"$ref":"#"}})",
        QByteArray("[").repeated(5'000) + QByteArray("]").repeated(5'000));
    QByteArray ways; // 2^60 of them, each a way to look at every item
    for (int i = 0; i < 60; ++i) {
        const QByteArray next = R"({"$ref":"#/definitions/d)" + QByteArray::number(i + 1) + "\"}";
        ways += "\"d" + QByteArray::number(i) + R"(":{"anyOf":[)" + next + ',' + next + "]},";
    }
    row("exponential anyOf",
        R"({"definitions":{)" + ways +
            R"("d60":{"items":{"type":"string"}}},"allOf":[{"$ref":"#/definitions/d0"}]})",
        "[1]");
    row("exponential anyOf, tracked",
        '{' + draft2020 + R"("definitions":{)" + ways +
            R"("d60":{"prefixItems":[{"type":"null"}]}},"$ref":"#/definitions/d0","unevaluatedItems":false})",
        "[1]");
}

void TstHostileSchemas::endInTime()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, instance);
    const auto compiled = schema::compile(parsed(schema), {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    const auto document = parsed(instance);
    QVERIFY(!compiled->isValid(document->root())); // no verdict is no pass
    const auto findings = compiled->violations(document->root(), {});
    QVERIFY(!findings.empty());
    QVERIFY(findings.size() < 10);
}

void TstHostileSchemas::longReferenceChains()
{
    constexpr int links = 10'000;
    QByteArray text = R"({"definitions":{)";
    for (int i = 0; i < links; ++i) {
        text += "\"d" + QByteArray::number(i) + R"(":{"$ref":"#/definitions/d)" + QByteArray::number(i + 1) +
                "\"},";
    }
    text += "\"d" + QByteArray::number(links) + R"(":{"type":"null"}},"properties":{)";
    for (int i = 0; i < links; i += 20) {
        text += (i == 0 ? "\"p" : ",\"p") + QByteArray::number(i) + R"(":{"$ref":"#/definitions/d)" +
                QByteArray::number(i) + "\"}";
    }
    const auto compiled = schema::compile(parsed(text + "}}"), {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(compiled->isValid(parsed(R"({"p0":null,"p40":null})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"p40":1})")->root()));
}

void TstHostileSchemas::hugeEnums()
{
    QByteArray text = R"({"items":{"enum":[)";
    for (int i = 0; i < 100'000; ++i) {
        text += (i == 0 ? "" : ",") + ("\"value " + QByteArray::number(i) + '"');
    }
    const auto compiled = schema::compile(parsed(text + "]}}"), {});
    QVERIFY(compiled.has_value());
    QByteArray items = "[\"value 0\"";
    for (int i = 0; i < 20'000; ++i) {
        items += ",\"value " + QByteArray::number(99'999 - i) + '"';
    }
    QVERIFY(compiled->isValid(parsed(items + ']')->root()));
    const auto findings = compiled->violations(parsed(items + ",\"Value 7\"]")->root(), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QVERIFY(findings.front().rule == event::RuleId::PlanEnum);
}

void TstHostileSchemas::longTexts()
{
    const QByteArray megabyte(1'000'000, 'a');
    const auto compiled = schema::compile(
        parsed(
            R"({"items":[{"pattern":"^(a|b)*$"},{"pattern":"^(?=(a+)+$)b"},{"maxLength":5},{"format":"email"},{"format":"uri"},)"
            R"({"format":"hostname"},{"format":"idn-hostname"},{"format":"regex"},{"enum":["a"]},{"pattern":"^[a-z]+$"}]})"),
        {});
    QVERIFY(compiled.has_value());
    const QByteArray item = '"' + megabyte + "\",";
    const auto document = parsed('[' + item.repeated(9) + '"' + megabyte + "\"]");
    QVERIFY(!compiled->isValid(document->root()));
    for (const event::Finding &finding : compiled->violations(document->root(), {})) {
        for (const QString &argument : finding.args) {
            QVERIFY(argument.size() < 5'000);
        }
    }
}

void TstHostileSchemas::manyBranchesOfLeaves()
{
    const auto compiled =
        schema::compile(parsed(R"({"items":{"anyOf":[)" + QByteArray(R"({"type":"null"},)").repeated(10'000) +
                               R"({"type":"boolean"}]}})"),
                        {});
    QVERIFY(compiled.has_value());
    const auto document = parsed('[' + QByteArray("1,").repeated(10'000) + "1]");
    QVERIFY(!compiled->isValid(document->root()));
    QVERIFY(!compiled->violations(document->root(), {}).empty());
}

void TstHostileSchemas::tenThousandLevels()
{
    // As deep as a document may be.
    constexpr int levels = 4'990;
    for (const QByteArray &opening :
         {QByteArray(R"({"not":)"), QByteArray(R"({"allOf":[)"), QByteArray(R"({"properties":{"a":)")}) {
        const bool isList = opening.endsWith('[');
        const bool isMap = opening.contains("properties");
        const QByteArray closing = isList ? "]}" : isMap ? "}}" : "}";
        const auto document = parsed(opening.repeated(levels) + "true" + closing.repeated(levels));
        QVERIFY(document != nullptr);
        const auto compiled = schema::compile(document, {});
        QVERIFY(compiled.has_value());
        QVERIFY(compiled->isValid(parsed("1")->root()) ==
                isMap); // too deep for a verdict, or nothing to check
    }
}

QTEST_GUILESS_MAIN(TstHostileSchemas)
#include "tst_hostileschemas.moc"
