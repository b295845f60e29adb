// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/plan/plantest.h"

using namespace Qt::StringLiterals;
using plan::Document;
using plan::Format;
using plan::Json;
using plan::RuleSource;

class TstTypewriter : public QObject
{
    Q_OBJECT

private slots:
    void rules();
    void propertyNamedAsAnEventsField();
    void renamed();
    void fromAnotherFormat();
    void whatItCannotHold();
};

void TstTypewriter::rules()
{
    const Document document = plantest::read(plantest::dataFile(u"typewriter-plan.json"_s));
    QCOMPARE(document.name, u"Robot Events"_s);
    QCOMPARE(document.description, u"What the robots tell."_s);
    QCOMPARE(document.rules.size(), std::size_t{11});
    for (const plan::RulePointer &rule : document.rules) {
        QVERIFY(rule->scope ==
                (rule->type == event::CallType::Identify ? plan::Scope::Traits : plan::Scope::Properties));
    }
    QVERIFY(document.rules[9]->isDeprecated);
    QCOMPARE(plan::labelsOf(*document.rules[0]), (std::vector{std::pair{u"area"_s, u"delivery"_s}}));
    const auto plan = plan::compile(document);
    QCOMPARE(plantest::lines(plan->problems), QStringList());
    QCOMPARE(plan->rules[0].properties[0].name, u"battery_percent"_s);
}

/// "event" as the name of a property does not make the schema one over the event.
void TstTypewriter::propertyNamedAsAnEventsField()
{
    const Document document = plantest::parsed(
        R"({"name":"P","rules":[{"type":"TRACK","key":"A","jsonSchema":{"eventMetadata":{"name":"A","type":"TRACK"},"properties":{"event":{"type":"object"},"context":{"type":"object"}}}}]})");
    QVERIFY(document.format == Format::Typewriter);
    QVERIFY(document.rules[0]->scope == plan::Scope::Properties);
    const Document again = plantest::parsed(plantest::text(document, Format::SegmentApi));
    QVERIFY(again.rules[0]->scope == plan::Scope::Event);
    QVERIFY(again.rules[0]->schema["properties"]["properties"]["properties"].contains("event"));
}

void TstTypewriter::renamed()
{
    Document document = plantest::read(plantest::dataFile(u"typewriter-plan.json"_s));
    document.rules[1] =
        plantest::changed(document.rules[1], [](RuleSource &rule) { rule.name = u"Robot Came"_s; });
    const Json rule = Json::parse(plantest::text(document).toStdString())["rules"][1];
    QVERIFY(rule["key"] == Json("Robot Came"));
    QVERIFY(rule["jsonSchema"]["eventMetadata"]["name"] == Json("Robot Came"));
}

void TstTypewriter::fromAnotherFormat()
{
    const Document document = plantest::parsed(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"$schema":"s","description":"d","labels":{"l":"1"},"type":"object","properties":{"context":{},"traits":{"type":"object"},"properties":{"type":"object","required":["x"],"properties":{"x":{"$ref":"#/properties/properties/definitions/x"},"y":{"$ref":"#/definitions/y"}},"definitions":{"x":{}}}},"definitions":{"y":{}},"required":["properties"]},"version":1,"createdAt":"t"},{"type":"COMMON","jsonSchema":{"required":["messageId"]},"version":1}]})",
        u"shop.json"_s);
    QCOMPARE(
        plantest::text(document, Format::Typewriter),
        plantest::indented(
            R"({"name":"shop","description":"","type":"LIVE","rules":[{"type":"TRACK","key":"A","jsonSchema":{"$schema":"s","description":"d","labels":{"l":"1"},"type":"object","required":["x"],"properties":{"x":{"$ref":"#/definitions/x"},"y":{"$ref":"#/definitions/y"}},"definitions":{"x":{},"y":{}},"eventMetadata":{"name":"A","type":"TRACK"}},"version":1,"createdAt":"t"},{"type":"COMMON","jsonSchema":{"required":["messageId"]},"version":1}]})"));
}

void TstTypewriter::whatItCannotHold()
{
    const Document document = plantest::parsed(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"type":"object","properties":{"context":{"type":"object","required":["app"]},"traits":{"type":"object"},"properties":{"type":"object","properties":{"x":{"type":"string","pattern":"^a"}}}},"if":{"properties":{"properties":{"required":["x"]}}},"then":{"required":["userId"]}}},
        {"type":"PAGE","key":"Home","version":2,"jsonSchema":{"properties":{"properties":{"type":"object"}}}},
        {"type":"ALIAS","jsonSchema":{"properties":{"previousId":{"type":"string"}}}}]})",
        u"shop.json"_s);
    QCOMPARE(plantest::lines(plan::lossesOf(document, Format::Typewriter)),
             (QStringList{u"track \"A\", context: The type (object) is left out or widened."_s,
                          u"track \"A\", context: What is required ([\"app\"]) is left out."_s,
                          u"track \"A\": \"if\" is left out."_s, u"track \"A\": \"then\" is left out."_s}));
}

QTEST_GUILESS_MAIN(TstTypewriter)
#include "tst_typewriter.moc"
