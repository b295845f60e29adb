// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/plan/plantest.h"

using namespace Qt::StringLiterals;
using plan::Document;
using plan::Format;
using plan::Json;
using plan::RuleSource;

class TstAvoJson : public QObject
{
    Q_OBJECT

private slots:
    void events();
    void nameMappingIsNoProperty();
    void sources();
    void edits();
    void fromAnotherFormat();
    void whatItCannotHold();
    void whatOthersCannotHold();
};

void TstAvoJson::events()
{
    const Document document = plantest::read(plantest::dataFile(u"avo-export.json"_s));
    QVERIFY(document.format == Format::AvoJson);
    QCOMPARE(document.name, u"Exported Tracking Plan: main"_s);
    QCOMPARE(document.rules.size(), std::size_t{9});
    QCOMPARE(plantest::titles(document).last(2), (QStringList{u"page \"page_viewed\""_s, u"identify"_s}));
    QCOMPARE(plan::descriptionOf(*document.rules[0]), u"A robot left the hub with an order."_s);
    QVERIFY(document.rules[0]->extra["tags"] == Json::array({"core"}));
    QVERIFY(document.rules[8]->extra["pii"]["containsPii"] == Json(true));
}

void TstAvoJson::nameMappingIsNoProperty()
{
    const Document document = plantest::read(plantest::dataFile(u"avo-export.json"_s));
    const auto plan = plan::compile(document);
    QCOMPARE(plantest::lines(plan->problems), QStringList());
    const Json event = Json::parse(R"({"properties":{"robot_id":"rbt_1","order_id":"o"}})");
    QVERIFY(plan->rules[0].schema->isValid(event));
    const Json nested = Json::parse(R"({"properties":{"email":"a@b.example","plan":{"tier":"x"}}})");
    QVERIFY(plan->rules[8].schema->isValid(nested));
    QVERIFY(
        !plan->rules[8].schema->isValid(Json::parse(R"({"properties":{"email":"a@b.example","plan":{}}})")));
    // A property of that name is one.
    const Document own = plantest::parsed(
        R"({"events":[{"name":"A","rules":{"nameMapping":[],"required":["nameMapping"],"properties":{"nameMapping":{"type":"string"},"properties":{}}}}]})");
    QVERIFY(own.rules[0]->schema["required"] == Json::array({"nameMapping"}));
}

void TstAvoJson::sources()
{
    const Document document = plantest::read(plantest::dataFile(u"avo-export.json"_s));
    QCOMPARE(document.sources, (QStringList{u"Web"_s, u"iOS"_s, u"Backend"_s}));
    QCOMPARE(document.rules[1]->sources, (QStringList{u"Web"_s, u"iOS"_s}));
    const Document open = plantest::parsed(
        R"({"events":[{"name":"A","sources":[{"name":"Web"}],"rules":{}},{"name":"B","sources":[],"rules":{}}]})");
    QCOMPARE(open.sources, QStringList());
}

void TstAvoJson::edits()
{
    Document document = plantest::read(plantest::dataFile(u"avo-export.json"_s));
    document.rules[0] = plantest::changed(document.rules[0], [](RuleSource &rule) {
        rule.name = u"Robot Sent"_s;
        rule.schema["description"] = "Sent.";
        rule.sources = {u"iOS"_s, u"Kiosk"_s};
        rule.schema["required"].push_back("context");
    });
    document.rules[2] =
        plantest::changed(document.rules[2], [](RuleSource &rule) { rule.type = event::CallType::Page; });
    const Json root = Json::parse(plantest::text(document).toStdString());
    const Json &event = root["events"][0];
    QVERIFY(event["id"] == Json("ev000"));
    QVERIFY(event["name"] == Json("Robot Sent"));
    QVERIFY(event["description"] == Json("Sent."));
    QCOMPARE(event["sources"].size(), std::size_t{2});
    QVERIFY(event["sources"][0]["id"] == Json("srciOS"));
    QVERIFY(event["sources"][1] == (Json{{"name", "Kiosk"}}));
    QVERIFY(event["rules"]["required"] == Json::array({"properties", "nameMapping", "context"}));
    QVERIFY(root["events"][2]["actions"] == Json::array({"logPage"}));
    QVERIFY(plantest::parsed(plantest::text(document)).rules[2]->type == event::CallType::Page);
}

void TstAvoJson::fromAnotherFormat()
{
    const Document document = plantest::parsed(
        R"({"sources":["Web"],"rules":[{"type":"TRACK","key":"A","jsonSchema":{"description":"d","required":["properties"],"properties":{"properties":{}}},"version":1},
        {"type":"IDENTIFY","jsonSchema":{"properties":{"traits":{}},"x-sources":["iOS"]},"version":1}]})",
        u"shop.json"_s);
    QCOMPARE(
        plantest::text(document, Format::AvoJson),
        plantest::indented(
            R"({"name":"shop","events":[{"name":"A","description":"d","triggers":[],"tags":[],"categories":[],"actions":["logEvent"],"sources":[{"name":"Web"}],"rules":{"required":["properties","nameMapping"],"properties":{"properties":{}},"nameMapping":[]}},{"name":"identify","description":"","triggers":[],"tags":[],"categories":[],"actions":["identifyUser"],"sources":[{"name":"iOS"}],"rules":{"properties":{"traits":{}},"nameMapping":[],"required":["nameMapping"]}}]})"));
}

void TstAvoJson::whatItCannotHold()
{
    const Document document = plantest::parsed(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{},"version":1},{"type":"TRACK","key":"A","jsonSchema":{},"version":2},
        {"type":"TRACK","key":"B","jsonSchema":{},"version":3},{"type":"SCREEN","key":"Home","jsonSchema":{}},
        {"type":"ALIAS","jsonSchema":{}},{"type":"COMMON","jsonSchema":{}}]})",
        u"shop.json"_s);
    QCOMPARE(plantest::lines(plan::lossesOf(document, Format::AvoJson)),
             (QStringList{u"track \"A\", version 2: The rule is left out."_s,
                          u"screen \"Home\": The rule is left out."_s, u"alias: The rule is left out."_s,
                          u"every event: The rule is left out."_s,
                          u"track \"B\", version 3: Its version is left out."_s}));
}

void TstAvoJson::whatOthersCannotHold()
{
    const Document document = plantest::read(plantest::dataFile(u"avo-export.json"_s));
    const QStringList losses = plantest::lines(plan::lossesOf(document, Format::ConfigApi));
    QVERIFY(losses.contains(u"plan: \"tags\" of 3 rules is left out."_s));
    QVERIFY(losses.contains(u"plan: \"pii\" of one rule is left out."_s));
    QVERIFY(losses.contains(u"page \"page_viewed\": The rule is left out."_s));
}

QTEST_GUILESS_MAIN(TstAvoJson)
#include "tst_avojson.moc"
