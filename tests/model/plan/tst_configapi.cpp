// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/plan/plantest.h"

using namespace Qt::StringLiterals;
using plan::Document;
using plan::Format;
using plan::Json;
using plan::RuleSource;

class TstConfigApi : public QObject
{
    Q_OBJECT

private slots:
    void events();
    void descriptions();
    void edits();
    void fromAnotherFormat();
    void whatItCannotHold();
    void eventsWithoutNameStay();
};

void TstConfigApi::events()
{
    const Document document = plantest::read(plantest::dataFile(u"config-api-v1.json"_s));
    QCOMPARE(document.name, u"Robot Events"_s);
    QCOMPARE(document.rules.size(), std::size_t{13});
    QCOMPARE(plan::descriptionOf(*document.rules[0]), u"A robot left the hub with an order."_s);
    QCOMPARE(document.rules[10]->version, 2);
    QVERIFY(document.rules[11]->type == event::CallType::None);
    QVERIFY(document.rules[12]->type == event::CallType::Identify);
    const auto plan = plan::compile(document);
    QCOMPARE(plantest::lines(plan->problems), QStringList());
    QCOMPARE(plan->common.size(), std::size_t{1});
}

void TstConfigApi::descriptions()
{
    const QByteArray json =
        R"({"display_name":"P","rules":{"events":[{"name":"A","description":"outside","rules":{"type":"object"},"version":1},{"name":"B","description":"","rules":{"description":"inside"},"version":1},{"name":"D","description":"both","rules":{"description":"inside"},"version":1}]}})";
    Document document = plantest::parsed(json);
    QStringList read;
    for (const plan::RulePointer &rule : document.rules) {
        read.append(plan::descriptionOf(*rule));
    }
    QCOMPARE(read, (QStringList{u"outside"_s, u"inside"_s, u"inside"_s}));
    QCOMPARE(plantest::text(document), plantest::indented(json));
}

void TstConfigApi::edits()
{
    Document document = plantest::read(plantest::dataFile(u"config-api-v1.json"_s));
    document.name = u"Robots"_s;
    document.rules[0] = plantest::changed(document.rules[0], [](RuleSource &rule) {
        rule.name = u"Robot Sent"_s;
        rule.schema["description"] = "Sent.";
    });
    document.rules.pop_back();
    const Json root = Json::parse(plantest::text(document).toStdString());
    QVERIFY(root["display_name"] == Json("Robots"));
    QVERIFY(root["rules"]["events"][0]["name"] == Json("Robot Sent"));
    QVERIFY(root["rules"]["events"][0]["description"] == Json("Sent."));
    QVERIFY(!root["rules"]["events"][0]["rules"].contains("description"));
    QVERIFY(root["rules"]["identify"] == Json::object());
    QVERIFY(root["rules"]["identify_traits"] == Json::array());
}

void TstConfigApi::fromAnotherFormat()
{
    const Document document = plantest::parsed(
        R"({"sources":["Web"],"data":{"trackingPlan":{"name":"Shop"},"rules":[
        {"type":"TRACK","key":"A","jsonSchema":{"description":"d","properties":{"context":{}},"x-sources":["Web"]},"version":2},
        {"type":"GROUP","jsonSchema":{"properties":{"traits":{}}},"version":1}]}})");
    QCOMPARE(
        plantest::text(document, Format::ConfigApi),
        plantest::indented(
            R"({"display_name":"Shop","rules":{"events":[{"name":"A","description":"d","rules":{"properties":{"context":{}},"x-sources":["Web"]},"version":2}],"group":{"properties":{"traits":{}}}},"sources":["Web"]})"));
    QCOMPARE(plantest::lines(plan::lossesOf(document, Format::ConfigApi)),
             QStringList{u"plan: What its file says beside the rules (ids, dates) is left out."_s});
}

void TstConfigApi::whatItCannotHold()
{
    const Document document = plantest::parsed(
        R"({"name":"P","description":"Why.","rules":[{"type":"TRACK","key":"A","jsonSchema":{},"deprecatedAt":"2026-01-01T00:00:00Z"},
        {"type":"PAGE","key":"Home","jsonSchema":{}},{"type":"SCREEN","key":"Home","jsonSchema":{}},{"type":"ALIAS","jsonSchema":{}},
        {"type":"COMMON","jsonSchema":{}},{"type":"COMMON","jsonSchema":{"required":["a"]}},{"type":"IDENTIFY","version":2,"jsonSchema":{}}]})");
    const QStringList losses = plantest::lines(plan::lossesOf(document, Format::ConfigApi));
    for (const QString &loss :
         {u"plan: \"deprecatedAt\" of one rule is left out."_s, u"page \"Home\": The rule is left out."_s,
          u"screen \"Home\": The rule is left out."_s, u"alias: The rule is left out."_s,
          u"every event: The rule is left out."_s, u"plan: Its description is left out."_s,
          u"track \"A\": That it is deprecated is left out."_s}) {
        QVERIFY2(losses.contains(loss), qPrintable(losses.join(u'\n')));
    }
}

void TstConfigApi::eventsWithoutNameStay()
{
    const QByteArray json =
        R"({"display_name":"P","rules":{"events":[{"description":"","rules":{}},{"name":"A","description":"","rules":{},"version":1}]}})";
    const Document document = plantest::parsed(json);
    QCOMPARE(plantest::lines(document.problems),
             QStringList{u"event 1: The event has no \"name\". It is left out."_s});
    QCOMPARE(plantest::text(document), plantest::indented(json));
}

QTEST_GUILESS_MAIN(TstConfigApi)
#include "tst_configapi.moc"
