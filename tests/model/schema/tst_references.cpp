// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/references.h"
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

class TstReferences : public QObject
{
    Q_OBJECT

private slots:
    void uris_data();
    void uris();
    void resolve_data();
    void resolve();
    void refused_data();
    void refused();
    void insideALargerDocument();
    void documentsBeside();
    void deepSchemas();
};

void TstReferences::uris_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("expected");
    // RFC 3986 section 5.4, against http://a/b/c/d;p?q
    const auto row = [](const char *reference, const char *expected) {
        QTest::addRow("\"%s\"", reference) << QByteArray(reference) << QByteArray(expected);
    };
    row("g:h", "g:h");
    row("g", "http://a/b/c/g");
    row("./g", "http://a/b/c/g");
    row("g/", "http://a/b/c/g/");
    row("/g", "http://a/g");
    row("//g", "http://g");
    row("?y", "http://a/b/c/d;p?y");
    row("g?y", "http://a/b/c/g?y");
    row("#s", "http://a/b/c/d;p?q#s");
    row("g#s", "http://a/b/c/g#s");
    row("", "http://a/b/c/d;p?q");
    row(".", "http://a/b/c/");
    row("..", "http://a/b/");
    row("../g", "http://a/b/g");
    row("../../g", "http://a/g");
    row("../../../g", "http://a/g");
    row("g;x=1/./y", "http://a/b/c/g;x=1/y");
    row("urn:uuid:1-2", "urn:uuid:1-2");
}

void TstReferences::uris()
{
    QFETCH(QByteArray, reference);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(schema::resolveUri("http://a/b/c/d;p?q", reference.toStdString())),
             expected);
}

void TstReferences::resolve_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("valid");
    QTest::addColumn<QByteArray>("invalid");
    QTest::newRow("pointer")
        << R"({"definitions":{"n":{"type":"integer"}},"properties":{"a":{"$ref":"#/definitions/n"}}})"_ba
        << R"({"a":1})"_ba
        << R"({"a":"1"})"_ba;
    QTest::newRow("escaped pointer")
        << R"({"definitions":{"a/b~c d%":{"type":"integer"}},"$ref":"#/definitions/a~1b~0c%20d%25"})"_ba
        << "1"_ba
        << "\"1\""_ba;
    QTest::newRow("plain name")
        << R"({"definitions":{"n":{"$id":"#number","type":"integer"}},"allOf":[{"$ref":"#number"}]})"_ba
        << "1"_ba
        << "\"1\""_ba;
    QTest::newRow("identifier")
        << R"({"$id":"http://x/root.json","definitions":{"n":{"$id":"n.json","type":"integer"}},"allOf":[{"$ref":"n.json"}]})"_ba
        << "1"_ba
        << "\"1\""_ba;
    QTest::newRow("$ref hides its siblings")
        << R"({"definitions":{"n":{"type":"integer"}},"properties":{"a":{"$ref":"#/definitions/n","maximum":1}}})"_ba
        << R"({"a":5})"_ba
        << R"({"a":"5"})"_ba;
    QTest::newRow("recursion") << R"({"type":"object","properties":{"next":{"$ref":"#"}}})"_ba
                               << R"({"next":{"next":{}}})"_ba
                               << R"({"next":{"next":1}})"_ba;
    QTest::newRow("metaschema") << R"({"$ref":"http://json-schema.org/draft-07/schema#"})"_ba
                                << R"({"minLength":1})"_ba
                                << R"({"minLength":-1})"_ba;
    QTest::newRow("through an unknown keyword")
        << R"({"shapes":{"n":{"type":"integer"}},"$ref":"#/shapes/n"})"_ba
        << "1"_ba
        << "\"1\""_ba;
    QTest::newRow("Segment's id annotations")
        << R"({"properties":{"a":{"id":"/properties/a","type":"integer"}}})"_ba
        << R"({"a":1})"_ba
        << R"({"a":"1"})"_ba;
}

void TstReferences::resolve()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, valid);
    QFETCH(QByteArray, invalid);
    const auto compiled = schema::compile(parsed(schema), {});
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(compiled->isValid(parsed(valid)->root()));
    QVERIFY(!compiled->isValid(parsed(invalid)->root()));
}

void TstReferences::refused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("why");
    QTest::newRow("remote") << R"({"properties":{"a":{"$ref":"https://example.com/far.json#/a"}}})"_ba
                            << u"/properties/a/$ref: \"$ref\" leads to https://example.com/far.json"_s;
    QTest::newRow("file beside") << R"({"$ref":"other.json"})"_ba << u"other.json"_s;
    QTest::newRow("nothing there") << R"({"$ref":"#/definitions/missing"})"_ba << u"#/definitions/missing"_s;
    QTest::newRow("no such name") << R"({"$ref":"#missing"})"_ba << u"no schema has that name"_s;
    QTest::newRow("itself") << R"({"$ref":"#"})"_ba << u"leads back to itself"_s;
    QTest::newRow("each other")
        << R"({"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},"allOf":[{"$ref":"#/definitions/a"}]})"_ba
        << u"leads back to itself"_s;
    QTest::newRow("no text") << R"({"$ref":1})"_ba << u"must be a text"_s;
    QTest::newRow("no schema") << R"({"list":[1],"$ref":"#/list"})"_ba
                               << u"a schema must be an object, true or false"_s;
}

void TstReferences::refused()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, why);
    const auto compiled = schema::compile(parsed(schema), {});
    QVERIFY(!compiled.has_value());
    QVERIFY2(compiled.error().why.contains(why), qPrintable(compiled.error().why));
}

void TstReferences::insideALargerDocument()
{
    const auto document = parsed(
        R"({"shared":{"id":{"type":"integer"}},"rules":[{"jsonSchema":{"definitions":{"name":{"type":"string"}},)"
        R"("properties":{"id":{"$ref":"#/shared/id"},"name":{"$ref":"#/definitions/name"},"child":{"$ref":"#"}}}}]})"_ba);
    const auto compiled = schema::compile(document, json::Pointer("/rules/0/jsonSchema"));
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(compiled->isValid(parsed(R"({"id":1,"name":"x","child":{"id":2}})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"id":"1"})")->root()));
    QVERIFY(!compiled->isValid(parsed(R"({"child":{"name":2}})")->root()));
    const auto nowhere = schema::compile(document, json::Pointer("/rules/7"));
    QVERIFY(!nowhere.has_value());
}

void TstReferences::documentsBeside()
{
    schema::CompileOptions options;
    options.documents.push_back({"http://plans/address.json", parsed(R"({"required":["city"]})")});
    const auto compiled = schema::compile(parsed(R"({"$ref":"http://plans/address.json"})"), {}, options);
    QVERIFY(compiled.has_value());
    QVERIFY(!compiled->isValid(parsed("{}")->root()));
}

void TstReferences::deepSchemas()
{
    constexpr int levels = 9'000;
    const QByteArray text = QByteArray(R"({"items":)").repeated(levels) + R"({"type":"integer"})"_ba +
                            QByteArray("}").repeated(levels);
    const auto document = parsed(text);
    QVERIFY(document != nullptr);
    const auto compiled = schema::compile(document, {});
    QVERIFY(compiled.has_value());
    QVERIFY(compiled->isValid(parsed("[[[]]]")->root()));
    const auto tooDeep = parsed(QByteArray("[").repeated(5'000) + QByteArray("]").repeated(5'000));
    const auto findings = compiled->violations(tooDeep->root(), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QVERIFY(findings.front().rule == event::RuleId::PlanDepth);
}

QTEST_GUILESS_MAIN(TstReferences)
#include "tst_references.moc"
