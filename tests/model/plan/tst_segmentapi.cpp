// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/plan/plantest.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using plan::Document;
using plan::Format;
using plan::Json;
using plan::RuleSource;

class TstSegmentApi : public QObject
{
    Q_OBJECT

private slots:
    void rulesAsTheyStand();
    void membersKeepTheirOrder();
    void editsTouchNothingElse();
    void deprecation();
    void namesFindTheirPlace_data();
    void namesFindTheirPlace();
    void sourcesOfThePlan_data();
    void sourcesOfThePlan();
    void sourcesOfRules();
    void totalsFollow();
    void pagesStayPages();
    void rulesThatCannotBeReadStay();
    void newPlan();
    void scopes_data();
    void scopes();
    void propertiesAloneAreWrapped();
    void schemaThatIsNone_data();
    void schemaThatIsNone();
};

namespace {

QByteArray ruleText(const Document &document, std::size_t number = 0)
{
    const Json root = Json::parse(plantest::text(document, Format::SegmentApi).toStdString());
    const Json &rules = root.contains("data") ? root["data"]["rules"] : root["rules"];
    return QByteArray::fromStdString(rules[number].dump());
}

} // namespace

void TstSegmentApi::rulesAsTheyStand()
{
    const Document document = plantest::read(plantest::dataFile(u"plan-with-rules.json"_s));
    QCOMPARE(document.name, u"Shop"_s);
    QCOMPARE(document.description, u"A shop."_s);
    QCOMPARE(document.sources, (QStringList{u"Web Shop"_s, u"iOS App"_s}));
    QCOMPARE(plantest::titles(document).first(3),
             (QStringList{u"every event"_s, u"track \"Order Completed\""_s,
                          u"track \"Order Completed\", version 2"_s}));
    const RuleSource &order = *document.rules[1];
    QVERIFY(order.schema["properties"]["properties"]["properties"]["order_id"]["id"] ==
            Json("/properties/properties/properties/order_id"));
    QVERIFY(order.extra["createdAt"] == Json("2026-01-02T03:04:05.000Z"));
    QVERIFY(!order.extra.contains("jsonSchema"));
}

void TstSegmentApi::membersKeepTheirOrder()
{
    const QByteArray json =
        R"({"rules":[{"version":1,"zebra":{"b":1,"a":[]},"jsonSchema":{"type":"object"},"key":"A","type":"track"},{"key":null,"type":"IDENTIFY","jsonSchema":{}},{"type":"COMMON","key":"","jsonSchema":{"x-sources":["Web"],"type":"object"}}]})";
    const Document document = plantest::parsed(json);
    QCOMPARE(plantest::text(document), plantest::indented(json));
    Document renamed = document;
    renamed.rules[0] = plantest::changed(document.rules[0], [](RuleSource &rule) {
        rule.name = u"B"_s;
        rule.version = 3;
        rule.type = event::CallType::Page;
    });
    QCOMPARE(
        ruleText(renamed),
        R"({"version":3,"zebra":{"b":1,"a":[]},"jsonSchema":{"type":"object"},"key":"B","type":"PAGE"})"_ba);
}

/// What a version control shows of an edit is the edit.
void TstSegmentApi::editsTouchNothingElse()
{
    Document document = plantest::read(plantest::sampleFile(u"delivery-platform.plan.json"_s));
    const QList<QByteArray> before = plantest::text(document).split('\n');
    document.rules[1] = plantest::changed(
        document.rules[1], [](RuleSource &rule) { rule.schema["description"] = "Somebody opened it."; });
    document.rules.erase(document.rules.begin() + 5);
    const QList<QByteArray> after = plantest::text(document).split('\n');
    qsizetype same = 0;
    while (before[same] == after[same]) {
        ++same;
    }
    QVERIFY2(after[same].contains("Somebody opened it."), after[same].constData());
    qsizetype sameEnd = 1;
    while (before[before.size() - sameEnd] == after[after.size() - sameEnd]) {
        ++sameEnd;
    }
    // Between the edit and the removed rule nothing differs.
    const qsizetype removed = before.size() - after.size();
    QCOMPARE(before.mid(same + 1, after.size() - sameEnd - same - 1),
             after.mid(same + 1, after.size() - sameEnd - same - 1));
    QVERIFY(removed > 5);
}

void TstSegmentApi::deprecation()
{
    Document document = plantest::parsed(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{},"version":1,"updatedAt":"2026-02-03T00:00:00.000Z","deprecatedAt":"0001-01-01T00:00:00.000Z"},{"type":"TRACK","key":"B","jsonSchema":{},"version":1,"deprecatedAt":"2026-05-06T00:00:00.000Z"},{"type":"TRACK","key":"C","jsonSchema":{},"version":1}]})");
    QVERIFY(!document.rules[0]->isDeprecated);
    QVERIFY(document.rules[1]->isDeprecated);
    for (plan::RulePointer &rule : document.rules) {
        rule = plantest::changed(rule, [](RuleSource &one) { one.isDeprecated = !one.isDeprecated; });
    }
    QVERIFY(ruleText(document, 0).contains(R"("deprecatedAt":"2026-02-03T00:00:00.000Z")"));
    QVERIFY(ruleText(document, 1).contains(R"("deprecatedAt":"0001-01-01T00:00:00.000Z")"));
    QVERIFY(ruleText(document, 2).contains(R"("deprecatedAt":"1970-01-01T00:00:00.000Z")"));
    const Document again = plantest::parsed(plantest::text(document));
    QVERIFY(again.rules[0]->isDeprecated && !again.rules[1]->isDeprecated && again.rules[2]->isDeprecated);
}

void TstSegmentApi::namesFindTheirPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("written");
    const QByteArray rules = R"("rules":[{"type":"TRACK","key":"A","jsonSchema":{},"version":1}])";
    QTest::newRow("tracking plan")
        << QByteArray(R"({"data":{"trackingPlan":{"id":"tp","name":"Old","description":""},)" + rules + "}}")
        << QByteArray(R"({"data":{"trackingPlan":{"id":"tp","name":"New","description":"Why."},)" + rules +
                      "}}");
    QTest::newRow("beside the rules")
        << QByteArray(R"({"name":"Old",)" + rules + "}")
        << QByteArray(R"({"name":"New",)" + rules + R"(,"description":"Why."})");
    QTest::newRow("nowhere yet") << QByteArray("{" + rules + "}")
                                 << QByteArray("{" + rules + R"(,"name":"New","description":"Why."})");
}

void TstSegmentApi::namesFindTheirPlace()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, written);
    Document document = plantest::parsed(json);
    QCOMPARE(plantest::text(document), plantest::indented(json));
    document.name = u"New"_s;
    document.description = u"Why."_s;
    QCOMPARE(plantest::text(document), plantest::indented(written));
    const Document again = plantest::parsed(plantest::text(document), u"other.json"_s);
    QCOMPARE(again.name, u"New"_s);
    QCOMPARE(again.description, u"Why."_s);
}

void TstSegmentApi::sourcesOfThePlan_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("written");
    const QByteArray rules = R"("rules":[{"type":"TRACK","key":"A","jsonSchema":{},"version":1}])";
    QTest::newRow("names") << QByteArray(R"({"sources":["Web","iOS"],)" + rules + "}")
                           << QByteArray(R"({"sources":["iOS","Backend"],)" + rules + "}");
    QTest::newRow("as the API answers")
        << QByteArray(R"([{"data":{"sources":[{"id":"1","name":"Web"},{"id":"2","name":"iOS"}]}},{)" + rules +
                      "}]")
        << QByteArray(R"([{"data":{"sources":[{"id":"2","name":"iOS"},"Backend"]}},{)" + rules + "}]");
}

void TstSegmentApi::sourcesOfThePlan()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, written);
    Document document = plantest::parsed(json);
    QCOMPARE(document.sources, (QStringList{u"Web"_s, u"iOS"_s}));
    document.sources = QStringList{u"iOS"_s, u"Backend"_s};
    QCOMPARE(plantest::text(document), plantest::indented(written));
    QCOMPARE(plantest::parsed(plantest::text(document)).sources, document.sources);
}

void TstSegmentApi::sourcesOfRules()
{
    const QByteArray json =
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"type":"object","title":"t","x-sources":["Web","iOS"]},"version":1},{"type":"TRACK","key":"B","jsonSchema":{"x-sources":"Web"},"version":1}]})";
    Document document = plantest::parsed(json);
    QCOMPARE(document.rules[0]->sources, (QStringList{u"Web"_s, u"iOS"_s}));
    QVERIFY(!document.rules[0]->schema.contains("x-sources"));
    QVERIFY(document.rules[1]->sources.isEmpty()); // not a list: theirs, whatever it means
    QCOMPARE(plantest::text(document), plantest::indented(json));
    document.rules[0] =
        plantest::changed(document.rules[0], [](RuleSource &rule) { rule.sources = {u"Backend"_s}; });
    QVERIFY(ruleText(document).contains(R"({"type":"object","title":"t","x-sources":["Backend"]})"));
    document.rules[0] = plantest::changed(document.rules[0], [](RuleSource &rule) { rule.sources.clear(); });
    QVERIFY(ruleText(document).contains(R"({"type":"object","title":"t"})"));
}

void TstSegmentApi::totalsFollow()
{
    Document document = plantest::read(plantest::dataFile(u"one-page-of-two.json"_s));
    QCOMPARE(document.problems.size(), std::size_t{1});
    document.rules.pop_back();
    const Document less = plantest::parsed(plantest::text(document));
    QVERIFY(less.problems.front().message.contains(u"1 of the plan's 7 rules"_s));
    Document whole = plantest::parsed(
        R"({"data":{"rules":[{"type":"TRACK","key":"A","jsonSchema":{}}],"pagination":{"totalEntries":1}}})");
    whole.rules.push_back(
        plantest::changed(whole.rules.front(), [](RuleSource &rule) { rule.name = u"B"_s; }));
    QCOMPARE(plantest::lines(plantest::parsed(plantest::text(whole)).problems), QStringList());
}

void TstSegmentApi::pagesStayPages()
{
    const QByteArray json =
        R"([{"data":{"rules":[{"type":"TRACK","key":"A","jsonSchema":{},"version":1},{"type":"TRACK","key":"B","jsonSchema":{},"version":1}],"pagination":{"current":"MA==","totalEntries":3}}},{"data":{"rules":[{"type":"TRACK","key":"C","jsonSchema":{},"version":1}]}}])";
    Document document = plantest::parsed(json);
    QCOMPARE(document.rules.size(), std::size_t{3});
    QCOMPARE(plantest::lines(document.problems), QStringList());
    QCOMPARE(plantest::text(document), plantest::indented(json));
    document.rules.erase(document.rules.begin(), document.rules.begin() + 2);
    QCOMPARE(plantest::titles(plantest::parsed(plantest::text(document))), QStringList{u"track \"C\""_s});
}

void TstSegmentApi::rulesThatCannotBeReadStay()
{
    Document document = plantest::parsed(
        R"({"rules":[{"type":"TRAK","key":"X","jsonSchema":{}},{"type":"TRACK","key":"A","jsonSchema":{},"version":1},{"type":"TRACK","jsonSchema":{}}]})");
    QCOMPARE(plantest::titles(document), QStringList{u"track \"A\""_s});
    QCOMPARE(document.problems.size(), std::size_t{2});
    document.rules.push_back(
        plantest::changed(document.rules.front(), [](RuleSource &rule) { rule.name = u"B"_s; }));
    const Json rules = Json::parse(plantest::text(document).toStdString())["rules"];
    QCOMPARE(rules.size(), std::size_t{4});
    QVERIFY(rules[0]["type"] == Json("TRAK"));
    QVERIFY(!rules[2].contains("key"));
    document.rules.clear();
    QCOMPARE(Json::parse(plantest::text(document).toStdString())["rules"].size(), std::size_t{2});
}

void TstSegmentApi::newPlan()
{
    Document document;
    document.name = u"Ours"_s;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"new.json"_s);
    QVERIFY(plan::writeDocument(document, Format::SegmentApi, path).has_value());
    const Document again = plantest::read(path);
    QCOMPARE(again.name, u"Ours"_s);
    QVERIFY(again.rules.empty());
    QCOMPARE(plantest::lines(again.problems), QStringList());
    const auto plan = plan::load(path);
    QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().oneLine()));
    document.rules.push_back(std::make_shared<const RuleSource>(
        RuleSource{.name = u"A"_s, .sources = {u"Web"_s}, .schema = Json{{"type", "object"}}}));
    document.sources = {u"Web"_s};
    document.description = u"What for."_s;
    QCOMPARE(
        plantest::text(document),
        plantest::indented(
            R"({"sources":["Web"],"data":{"trackingPlan":{"name":"Ours","description":"What for.","type":"LIVE"},"rules":[{"type":"TRACK","key":"A","jsonSchema":{"type":"object","x-sources":["Web"]},"version":1}]}})"));
}

void TstSegmentApi::scopes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<int>("scope");
    using plan::Scope;
    QTest::newRow("properties") << "TRACK"_ba
                                << R"({"properties":{"properties":{}}})"_ba << int(Scope::Event);
    QTest::newRow("context alone") << "TRACK"_ba
                                   << R"({"properties":{"context":{}}})"_ba << int(Scope::Event);
    QTest::newRow("other names") << "TRACK"_ba
                                 << R"({"properties":{"order_id":{}}})"_ba << int(Scope::Properties);
    QTest::newRow("required alone") << "TRACK"_ba
                                    << R"({"required":["order_id"]})"_ba << int(Scope::Properties);
    QTest::newRow("nothing") << "TRACK"_ba
                             << "{}"_ba << int(Scope::Event);
    QTest::newRow("an object") << "PAGE"_ba
                               << R"({"type":"object","properties":{},"description":"d"})"_ba
                               << int(Scope::Event);
    QTest::newRow("traits alone") << "IDENTIFY"_ba
                                  << R"({"properties":{"email":{}}})"_ba << int(Scope::Traits);
    QTest::newRow("alias") << "ALIAS"_ba
                           << R"({"properties":{"previousId":{}}})"_ba << int(Scope::Event);
    QTest::newRow("common") << "COMMON"_ba
                            << R"({"properties":{"messageId":{}}})"_ba << int(Scope::Event);
}

void TstSegmentApi::scopes()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, schema);
    QFETCH(const int, scope);
    const QByteArray json =
        R"({"rules":[{"type":")" + type + R"(","key":"A","jsonSchema":)" + schema + R"(,"version":1}]})";
    const Document document = plantest::parsed(json);
    QCOMPARE(int(document.rules.front()->scope), scope);
    QCOMPARE(plantest::text(document), plantest::indented(json));
}

void TstSegmentApi::propertiesAloneAreWrapped()
{
    Document document = plantest::read(plantest::dataFile(u"titled.json"_s));
    document.rules[0] = plantest::changed(document.rules[0], [](RuleSource &rule) {
        rule.schema = Json::parse(
            R"({"$schema":"s","description":"d","labels":{"a":"b"},"properties":{"x":{"$ref":"#/definitions/x"},"self":{"$ref":"#"}},"definitions":{"x":{}}})");
    });
    QVERIFY(ruleText(document).contains(
        R"("jsonSchema":{"$schema":"s","description":"d","labels":{"a":"b"},"type":"object","properties":{"context":{},"traits":{"type":"object"},"properties":{"properties":{"x":{"$ref":"#/properties/properties/definitions/x"},"self":{"$ref":"#/properties/properties"}},"definitions":{"x":{}}}})"));
}

void TstSegmentApi::schemaThatIsNone_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::newRow("missing") << ""_ba;
    QTest::newRow("null") << R"(,"jsonSchema":null)"_ba;
    QTest::newRow("true") << R"(,"jsonSchema":true)"_ba;
    QTest::newRow("a text") << R"(,"jsonSchema":"{}")"_ba;
    QTest::newRow("a list") << R"(,"jsonSchema":[1])"_ba;
}

void TstSegmentApi::schemaThatIsNone()
{
    QFETCH(const QByteArray, member);
    const QByteArray json = R"({"rules":[{"type":"TRACK","key":"A","version":1)" + member + "}]}";
    const Document document = plantest::parsed(json);
    QCOMPARE(plantest::text(document), plantest::indented(json));
    const auto plan = plan::compile(document);
    QCOMPARE(plan->rules.size(), std::size_t{1});
    QCOMPARE(plan->rules[0].schema.has_value(), member.contains("true"));
    QCOMPARE(plan->problems.empty(), member.contains("true"));
    for (const Format format : plan::allFormats()) {
        QVERIFY(plan::written(document, format).has_value());
        QVERIFY(plan::lossesOf(document, format).size() < 5);
    }
}

QTEST_GUILESS_MAIN(TstSegmentApi)
#include "tst_segmentapi.moc"
