// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/rudderstack.h"
#include "plan/formats/yamltext.h"
#include "plan/schematree.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plan;

/// QCOMPARE would let nlohmann's values turn into anything it has an overload for.
#define SAME_JSON(actual, expected)                                                                          \
    QVERIFY2((actual) == (expected), (Json(actual).dump() + " is not " + Json(expected).dump()).c_str())

namespace {

QByteArray contents(const QString &name)
{
    QFile file(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/plan/yaml/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString lossText(const std::vector<Loss> &losses)
{
    QStringList lines;
    for (const Loss &loss : losses) {
        lines.append(loss.where + u": "_s + loss.what);
    }
    return lines.join(u'\n');
}

} // namespace

class TstRudderStack : public QObject
{
    Q_OBJECT

private slots:
    void current();
    void variants();
    void legacy();
    void roundTrip_data();
    void roundTrip();
    void foldersFiles();
    void fromAnotherFormat();
    void brokenReferences();
    void scalars_data();
    void scalars();
    void hostile_data();
    void hostile();
    void writtenTextsAreReadAgain_data();
    void writtenTextsAreReadAgain();
};

void TstRudderStack::current()
{
    const auto document = formats::readRudderStack(contents(u"rudder-v1.yaml"_s), u"shop.yaml"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->name, u"Shop App"_s);
    QCOMPARE(document->format, Format::RudderStack);
    QCOMPARE(document->problems.size(), std::size_t{0});
    QCOMPARE(document->rules.size(), std::size_t{2});
    const RuleSource &signup = *document->rules[0];
    QCOMPARE(signup.name, u"User Signed Up"_s);
    SAME_JSON(signup.schema["description"], Json("An account was made"));
    const Json &properties = *propertiesSchema(signup);
    SAME_JSON(properties["required"], Json::parse(R"(["method"])"));
    SAME_JSON(properties["properties"]["method"]["enum"], Json::parse(R"(["password","invitation","link"])"));
    SAME_JSON(properties["properties"]["email"]["format"], Json("email")); // of the custom type
    SAME_JSON(properties["properties"]["address"]["properties"]["street"]["minLength"], Json(1));
    SAME_JSON(properties["properties"]["address"]["required"], Json::parse(R"(["street"])"));
    SAME_JSON(properties["properties"]["address"]["properties"]["zip"]["type"],
              Json::parse(R"(["string","integer"])"));
    const RuleSource &identify = *document->rules[1];
    QCOMPARE(identify.type, event::CallType::Identify);
    SAME_JSON(identify.schema["properties"]["context"]["properties"]["traits"]["required"],
              Json::parse(R"(["email"])"));
}

void TstRudderStack::variants()
{
    const auto document = formats::readRudderStack(contents(u"rudder-v1.yaml"_s), u"shop.yaml"_s);
    QVERIFY(document);
    const Json &properties = *propertiesSchema(*document->rules[0]);
    SAME_JSON(properties["unevaluatedProperties"], Json(false));
    SAME_JSON(
        properties["allOf"][0]["if"],
        Json::parse(R"({"properties":{"method":{"enum":["invitation","link"]}},"required":["method"]})"));
    SAME_JSON(properties["allOf"][0]["then"]["required"], Json::parse(R"(["inviter"])"));
    SAME_JSON(document->rules[0]->schema["$schema"], Json("https://json-schema.org/draft/2019-09/schema"));
}

void TstRudderStack::legacy()
{
    const auto document = formats::readRudderStack(contents(u"rudder-legacy.yaml"_s), u"shop.yaml"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->format, Format::RudderLegacy);
    const Json &properties = *propertiesSchema(*document->rules[0]);
    SAME_JSON(properties["additionalProperties"], Json(false));
    SAME_JSON(properties["properties"]["sku"]["pattern"], Json("^[A-Z]+-[0-9]+$"));
    SAME_JSON(properties["properties"]["tags"]["items"], Json::parse(R"({"type":"string"})"));
}

void TstRudderStack::roundTrip_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("v1") << u"rudder-v1.yaml"_s;
    QTest::newRow("legacy") << u"rudder-legacy.yaml"_s;
}

void TstRudderStack::roundTrip()
{
    QFETCH(QString, file);
    const auto document = formats::readRudderStack(contents(file), file);
    QVERIFY(document);
    const bool isLegacy = document->format == Format::RudderLegacy;
    QCOMPARE(
        lossText(isLegacy ? formats::rudderLegacyLosses(*document) : formats::rudderStackLosses(*document)),
        QString());
    const auto write = isLegacy ? formats::writeRudderLegacy : formats::writeRudderStack;
    const auto files = write(*document);
    QVERIFY(files);
    QCOMPARE(files->size(), std::size_t{1}); // it was one file
    const auto again = formats::readRudderStack(*files, file);
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().oneLine()));
    QCOMPARE(again->rules.size(), document->rules.size());
    for (std::size_t i = 0; i < again->rules.size(); ++i) {
        QVERIFY2(again->rules[i]->schema == document->rules[i]->schema,
                 (again->rules[i]->schema.dump() + '\n' + document->rules[i]->schema.dump()).c_str());
    }
    QCOMPARE(write(*again)->front().bytes, files->front().bytes);
}

void TstRudderStack::foldersFiles()
{
    auto document = formats::readRudderStack(contents(u"rudder-v1.yaml"_s), u"shop.yaml"_s);
    QVERIFY(document);
    document->extra["isOneFile"] = false;
    const auto files = formats::writeRudderStack(*document);
    QVERIFY(files);
    QStringList names;
    for (const WrittenFile &file : *files) {
        names.append(file.name);
    }
    QCOMPARE(names, (QStringList{u"tracking-plan.yaml"_s, u"events.yaml"_s, u"properties.yaml"_s,
                                 u"custom-types.yaml"_s, u"categories.yaml"_s}));
    const auto again = formats::readRudderStack(*files, u"shop"_s);
    QVERIFY(again);
    QCOMPARE(again->rules.size(), std::size_t{2});
}

void TstRudderStack::fromAnotherFormat()
{
    RuleSource rule;
    rule.name = u"Order Completed"_s;
    rule.schema = Json::parse(R"({"type":"object","properties":{"properties":{"type":"object","properties":{
        "id":{"type":"string"},"lines":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"}}}},
        "odd":{"anyOf":[{"type":"string"},{"type":"null"}]}}}}})");
    Document document;
    document.name = u"Shop"_s;
    document.rules.push_back(std::make_shared<const RuleSource>(rule));
    rule.name = u"Order Viewed"_s;
    rule.version = 2;
    document.rules.push_back(std::make_shared<const RuleSource>(rule));
    QCOMPARE(lossText(formats::rudderStackLosses(document)),
             u"track \"Order Completed\", odd: \"anyOf\" is left out.\n"
             "track \"Order Viewed\", version 2: The rule is left out."_s);
    const auto files = formats::writeRudderStack(document);
    QVERIFY(files);
    // Two properties of one name and different types are two properties.
    QVERIFY(files->at(2).bytes.contains("id: id_2"));
    const auto again = formats::readRudderStack(*files, u"shop"_s);
    QVERIFY(again);
    SAME_JSON(
        (*propertiesSchema(*again->rules[0]))["properties"]["lines"]["items"]["properties"]["id"]["type"],
        Json("integer"));
}

void TstRudderStack::brokenReferences()
{
    const auto document = formats::readRudderStack(
        "version: rudder/v1\nkind: tracking-plan\nspec:\n  display_name: X\n  rules:\n    - event: "
        "\"#event:gone\"\n"
        "    - event: \"#event:here\"\n      properties:\n        - property: \"#property:gone\"\n---\n"
        "version: rudder/v1\nkind: events\nspec:\n  events:\n    - {id: here, name: Here, event_type: "
        "track}\n",
        u"x.yaml"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->rules.size(), std::size_t{1});
    QCOMPARE(document->problems.size(), std::size_t{2});
    QCOMPARE(document->problems[0].where, u"rule 1"_s);
    QVERIFY(document->problems[1].message.contains(u"#property:gone"_s));
}

void TstRudderStack::scalars_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << "a: yes"_ba
                          << R"({"a":"yes"})"_ba;
    QTest::newRow("true") << "a: true"_ba
                          << R"({"a":true})"_ba;
    QTest::newRow("quoted true") << "a: \"true\""_ba
                                 << R"({"a":"true"})"_ba;
    QTest::newRow("whole") << "a: 12"_ba
                           << R"({"a":12})"_ba;
    QTest::newRow("fraction") << "a: 1.0"_ba
                              << R"({"a":1.0})"_ba;
    QTest::newRow("quoted number") << "a: '12'"_ba
                                   << R"({"a":"12"})"_ba;
    QTest::newRow("null") << "a: ~"_ba
                          << R"({"a":null})"_ba;
    QTest::newRow("nothing") << "a:"_ba
                             << R"({"a":null})"_ba;
    QTest::newRow("date") << "a: 2026-11-25"_ba
                          << R"({"a":"2026-11-25"})"_ba;
    QTest::newRow("version") << "a: 1.2.3"_ba
                             << R"({"a":"1.2.3"})"_ba;
    QTest::newRow("alias") << "a: &x [1]\nb: *x"_ba
                           << R"({"a":[1],"b":[1]})"_ba;
    QTest::newRow("big whole") << "a: 99999999999999999999"_ba
                               << R"({"a":1e20})"_ba;
}

void TstRudderStack::scalars()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, json);
    const auto documents = formats::readYaml(yaml);
    QVERIFY2(documents.has_value(), documents ? "" : qPrintable(documents.error().oneLine()));
    SAME_JSON(documents->front(), Json::parse(json.toStdString()));
}

void TstRudderStack::hostile_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [";
        for (int j = 0; j < 10; ++j) {
            bomb += "*a" + QByteArray::number(i - 1) + (j < 9 ? ", " : "]\n");
        }
    }
    QTest::newRow("billion laughs") << bomb;
    QTest::newRow("10,000 levels") << QByteArray(10'000, '[') + QByteArray(10'000, ']');
    QTest::newRow("10,000 levels of blocks") << [] {
        QByteArray text;
        for (int i = 0; i < 2'000; ++i) {
            text += QByteArray(i, ' ') + "a:\n";
        }
        return text;
    }();
    QTest::newRow("200 levels") << QByteArray(200, '[') + QByteArray(200, ']');
    QTest::newRow("alias to itself") << "a: &a [*a]\n"_ba;
    QTest::newRow("repeated key") << "a: 1\na: 2\n"_ba;
    QTest::newRow("tab") << "a:\n\t- 1\n"_ba;
    QTest::newRow("key that is a list") << "[1, 2]: x\n"_ba;
}

void TstRudderStack::hostile()
{
    QFETCH(QByteArray, yaml);
    const auto documents = formats::readYaml(yaml);
    QVERIFY(!documents);
    QVERIFY(!documents.error().why.isEmpty());
    QVERIFY(!documents.error().fix.isEmpty());
}

void TstRudderStack::writtenTextsAreReadAgain_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u"plain"_s,
                                u"true"_s,
                                u"no"_s,
                                u"12"_s,
                                u"1.5"_s,
                                u"~"_s,
                                u"null"_s,
                                u""_s,
                                u" spaces "_s,
                                u"a: b"_s,
                                u"a #b"_s,
                                u"#event:x"_s,
                                u"- x"_s,
                                u"\"quoted\""_s,
                                u"it's"_s,
                                u"two\nlines"_s,
                                u"\u20AC \U0001F600"_s,
                                u"2026-11-25"_s,
                                u"[x"_s,
                                u"{x"_s,
                                u"a:"_s,
                                u"*x"_s,
                                u"&x"_s,
                                u"%x"_s,
                                u"@x"_s,
                                u"\u0001"_s,
                                u"0x1F"_s,
                                u"=x"_s,
                                u"<<"_s}) {
        QTest::newRow(qPrintable(u'<' + text + u'>')) << text;
    }
}

void TstRudderStack::writtenTextsAreReadAgain()
{
    QFETCH(QString, text);
    const Json document{{"a", text.toStdString()},
                        {text.toStdString() + "k", Json::array({text.toStdString()})}};
    const auto again = formats::readYaml(formats::yamlText({document}));
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().oneLine()));
    SAME_JSON(again->front(), document);
}

QTEST_GUILESS_MAIN(TstRudderStack)
#include "tst_rudderstack.moc"
