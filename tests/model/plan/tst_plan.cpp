// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QString dataFile(const QString &name)
{
    return QString::fromLatin1(TRACKSIDE_TEST_DATA) + u"/plan/"_s + name;
}

std::shared_ptr<const plan::Plan> loaded(const QString &name)
{
    auto result = plan::load(dataFile(name));
    if (!result) {
        qWarning("%s", qPrintable(result.error().oneLine()));
        return std::make_shared<plan::Plan>();
    }
    return *result;
}

const plan::Rule *rule(const plan::Plan &plan, event::CallType type, const QString &name, int version = 1)
{
    for (const plan::Rule &one : plan.rules) {
        if (one.type == type && one.name == name && one.version == version) {
            return &one;
        }
    }
    return nullptr;
}

} // namespace

class TstPlan : public QObject
{
    Q_OBJECT

private slots:
    void formsOfOnePlan_data();
    void formsOfOnePlan();
    void rulesOfThePublicApi();
    void propertiesAreFlattened();
    void typewriterRulesAreOverTheProperties();
    void plainSchema_data();
    void plainSchema();
    void referencesAreShownAsWhatTheyLeadTo();
    void sourcesAreRead();
    void missingPagesAreAProblem();
    void brokenRulesAreProblems();
    void noPlan_data();
    void noPlan();
    void missingFile();
    void hugePlan();
    void sampleHasNoProblems_data();
    void sampleHasNoProblems();
};

void TstPlan::formsOfOnePlan_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("rules answer") << u"rules-answer.json"_s << u"rules-answer"_s;
    QTest::newRow("tracking plan with rules") << u"plan-with-rules.json"_s << u"Shop"_s;
    QTest::newRow("both answers in a list") << u"pair-in-a-list.json"_s << u"Shop"_s;
    QTest::newRow("both in an object") << u"pair-in-an-object.json"_s << u"Shop"_s;
    QTest::newRow("bare rules") << u"bare-rules.json"_s << u"bare-rules"_s;
    QTest::newRow("Config API") << u"config-api.json"_s << u"Shop"_s;
}

void TstPlan::formsOfOnePlan()
{
    QFETCH(QString, file);
    QFETCH(QString, name);
    const auto plan = loaded(file);
    QCOMPARE(plan->name, name);
    QCOMPARE(plan->path, dataFile(file));
    QVERIFY2(plan->problems.empty(),
             qPrintable(plan->problems.empty() ? QString() : plan->problems.front().message));
    QCOMPARE(plan->common.size(), std::size_t{1});
    for (const plan::Rule &one : plan->rules) {
        QVERIFY2(one.schema.has_value(), qPrintable(one.name));
        QVERIFY(one.scope == plan::Scope::Event);
    }
    QVERIFY(rule(*plan, event::CallType::Track, u"Order Completed"_s, 1) != nullptr);
    QVERIFY(rule(*plan, event::CallType::Track, u"Order Completed"_s, 2) != nullptr);
    QVERIFY(rule(*plan, event::CallType::Identify, {}) != nullptr);
    QVERIFY(rule(*plan, event::CallType::Group, {}) != nullptr);
}

void TstPlan::rulesOfThePublicApi()
{
    const auto plan = loaded(u"rules-answer.json"_s);
    QCOMPARE(plan->rules.size(), std::size_t{7});
    QVERIFY(rule(*plan, event::CallType::Page, u"Checkout"_s) != nullptr);
    QVERIFY(rule(*plan, event::CallType::Screen, u"Home"_s) != nullptr);
    QVERIFY(rule(*plan, event::CallType::Track, u"Cart Viewed"_s)->isDeprecated);
    const plan::Rule *order = rule(*plan, event::CallType::Track, u"Order Completed"_s);
    QVERIFY(!order->isDeprecated);
    QVERIFY(order->schemaJson.startsWith("{"));
    QVERIFY(order->schemaJson.contains("\"id\": \"/properties/properties/properties/order_id\""));
}

void TstPlan::propertiesAreFlattened()
{
    const auto plan = loaded(u"rules-answer.json"_s);
    const plan::Rule *order = rule(*plan, event::CallType::Track, u"Order Completed"_s);
    QStringList lines;
    for (const plan::Property &property : order->properties) {
        lines.append(property.name + u':' + property.types.join(u'|') +
                     (property.isRequired ? u"!"_s : QString()));
    }
    const QStringList expected{u"order_id:string!"_s,
                               u"total:number!"_s,
                               u"coupon:string|null"_s,
                               u"products:array"_s,
                               u"products.$:object"_s,
                               u"products.$.sku:string!"_s,
                               u"products.$.quantity:integer"_s,
                               u"shipping:object"_s,
                               u"shipping.address:object"_s,
                               u"shipping.address.city:string"_s,
                               u"shipping.at:string"_s};
    QCOMPARE(lines, expected);
    QCOMPARE(order->properties[0].description, u"The order."_s);
    QCOMPARE(order->properties[0].pattern, u"^o-[0-9]+$"_s);
    QCOMPARE(order->properties[2].allowed, (QStringList{u"SPRING"_s, u"FALL"_s, u"null"_s}));
    QCOMPARE(order->properties[10].format, u"date-time"_s);
    const plan::Rule *identify = rule(*plan, event::CallType::Identify, {});
    QCOMPARE(identify->properties.size(), std::size_t{1});
    QCOMPARE(identify->properties[0].name, u"email"_s);
}

void TstPlan::typewriterRulesAreOverTheProperties()
{
    const auto plan = loaded(u"typewriter.json"_s);
    QCOMPARE(plan->name, u"Shop"_s);
    const plan::Rule *order = rule(*plan, event::CallType::Track, u"Order Completed"_s);
    QVERIFY(order != nullptr);
    QVERIFY(order->scope == plan::Scope::Properties);
    QCOMPARE(order->properties[0].name, u"order_id"_s);
}

void TstPlan::plainSchema_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("scope");
    QTest::addColumn<QString>("firstProperty");
    QTest::newRow("named by its file")
        << u"Signed Up.schema.json"_s << u"Signed Up"_s << int(event::CallType::Track)
        << int(plan::Scope::Properties) << u"method"_s;
    QTest::newRow("named by its title")
        << u"titled.json"_s << u"Order Completed"_s << int(event::CallType::Track)
        << int(plan::Scope::Properties) << u"order_id"_s;
    QTest::newRow("over the whole event")
        << u"whole-event.json"_s << u"Checkout"_s << int(event::CallType::Page) << int(plan::Scope::Event)
        << u"step"_s;
}

void TstPlan::plainSchema()
{
    QFETCH(QString, file);
    QFETCH(QString, name);
    QFETCH(int, type);
    QFETCH(int, scope);
    QFETCH(QString, firstProperty);
    const auto plan = loaded(file);
    QCOMPARE(plan->rules.size(), std::size_t{1});
    const plan::Rule &only = plan->rules.front();
    QCOMPARE(only.name, name);
    QCOMPARE(int(only.type), type);
    QCOMPARE(int(only.scope), scope);
    QCOMPARE(only.properties.front().name, firstProperty);
    QVERIFY(only.schema.has_value());
}

void TstPlan::referencesAreShownAsWhatTheyLeadTo()
{
    const auto plan = loaded(u"whole-event.json"_s);
    const plan::Property &step = plan->rules.front().properties.front();
    QCOMPARE(step.types, QStringList{u"integer"_s});
    QCOMPARE(step.description, u"From one."_s);
    QVERIFY(step.isRequired);
}

void TstPlan::sourcesAreRead()
{
    QCOMPARE(loaded(u"plan-with-rules.json"_s)->sources, (QStringList{u"Web Shop"_s, u"iOS App"_s}));
    QCOMPARE(loaded(u"rules-answer.json"_s)->sources, QStringList());
    // As GET /tracking-plans/{id}/sources answers.
    const auto plan = plan::parse(
        R"([{"data":{"sources":[{"id":"s1","slug":"web","name":"Web Shop"}]}},{"rules":[{"type":"TRACK","key":"A","jsonSchema":{}}]}])"_ba,
        u"saved.json"_s);
    QVERIFY(plan.has_value());
    QCOMPARE((*plan)->sources, QStringList{u"Web Shop"_s});
}

void TstPlan::missingPagesAreAProblem()
{
    const auto plan = loaded(u"one-page-of-two.json"_s);
    QCOMPARE(plan->problems.size(), std::size_t{1});
    QVERIFY(plan->problems.front().message.contains(u"2 of the plan's 8 rules"_s));
}

void TstPlan::brokenRulesAreProblems()
{
    const auto plan = loaded(u"broken-rule.json"_s);
    QCOMPARE(plan->rules.size(), std::size_t{3});
    QVERIFY(rule(*plan, event::CallType::Track, u"Good Event"_s)->schema.has_value());
    QVERIFY(!rule(*plan, event::CallType::Track, u"Bad Event"_s)->schema.has_value());
    QVERIFY(!rule(*plan, event::CallType::Track, u"Far Event"_s)->schema.has_value());
    QCOMPARE(plan->problems.size(), std::size_t{5});
    // What reading left out comes first, then what can't be compiled.
    QVERIFY(plan->problems[0].message.contains(u"\"TRAK\""_s));
    QVERIFY(plan->problems[1].message.contains(u"key"_s));
    QVERIFY(plan->problems[2].where.contains(u"track \"Bad Event\""_s));
    QVERIFY(plan->problems[2].where.contains(u"/rules/1/jsonSchema"_s));
    QVERIFY(plan->problems[2].message.contains(
        u"/rules/1/jsonSchema/properties/properties/properties/count/type: \"type\" must name JSON types"_s));
    QVERIFY(plan->problems[3].message.contains(u"https://example.com/far.json"_s));
    QVERIFY(plan->problems[4].message.contains(u"more than once"_s));
}

void TstPlan::noPlan_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("found");
    QTest::newRow("empty") << u"empty.json"_s << u"empty"_s;
    QTest::newRow("binary") << u"binary.bin"_s << u"binary data"_s;
    QTest::newRow("HTML") << u"page.html"_s << u"HTML"_s;
    QTest::newRow("cut off") << u"cut.json"_s << u"Line 1, column "_s;
    QTest::newRow("event") << u"event.json"_s << u"It is an event"_s;
    QTest::newRow("batch") << u"batch.json"_s << u"batch of events"_s;
    QTest::newRow("NDJSON") << u"events.ndjson"_s << u"NDJSON"_s;
    QTest::newRow("list of numbers") << u"list-of-numbers.json"_s << u"list of 3 values"_s;
    QTest::newRow("list of events") << u"list-of-events.json"_s << u"list of events"_s;
    QTest::newRow("error of the API") << u"api-error.json"_s << u"invalid token"_s;
    QTest::newRow("other object") << u"settings.json"_s << u"\"theme\", \"density\""_s;
    QTest::newRow("no rules") << u"empty-rules.json"_s << u"list of rules is empty"_s;
    QTest::newRow("plan without rules") << u"plan-without-rules.json"_s << u"Shop"_s;
}

void TstPlan::noPlan()
{
    QFETCH(QString, file);
    QFETCH(QString, found);
    const auto plan = plan::load(dataFile(file));
    QVERIFY(!plan.has_value());
    QVERIFY2(plan.error().why.contains(found), qPrintable(plan.error().oneLine()));
    QVERIFY(plan.error().what.contains(file));
    QVERIFY(!plan.error().fix.isEmpty());
}

void TstPlan::missingFile()
{
    const auto plan = plan::load(dataFile(u"no-such-file.json"_s));
    QVERIFY(!plan.has_value());
    QVERIFY(plan.error().code == base::ErrorCode::NotFound);
    const QTemporaryDir empty;
    const auto folder = plan::load(empty.path());
    QVERIFY(!folder.has_value());
    QVERIFY(folder.error().what.contains(u"folder"_s));
    QVERIFY(folder.error().why.contains(u"no JSON Schema"_s));
}

void TstPlan::hugePlan()
{
    QByteArray json = R"({"rules":[)"_ba;
    constexpr int ruleCount = 2'000;
    for (int i = 0; i < ruleCount; ++i) {
        json += i == 0 ? ""_ba : ","_ba;
        json +=
            R"({"type":"TRACK","key":"Event )"_ba + QByteArray::number(i) +
            R"(","version":1,"jsonSchema":{"type":"object","properties":{"properties":{"type":"object","required":["id"],"properties":{)"_ba;
        for (int p = 0; p < 15; ++p) {
            json += R"("property)"_ba + QByteArray::number(p) +
                    R"(":{"type":"string","pattern":"^[a-z]+-[0-9]+$"},)"_ba;
        }
        json += R"("id":{"type":"integer"}}}}}})"_ba;
    }
    json += "]}"_ba;
    const auto plan = plan::parse(json, u"huge.json"_s);
    QVERIFY(plan.has_value());
    QCOMPARE((*plan)->rules.size(), std::size_t{ruleCount});
    QVERIFY((*plan)->problems.empty());
    QCOMPARE((*plan)->rules.back().properties.size(), std::size_t{16});
}

void TstPlan::sampleHasNoProblems_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("delivery platform") << u"delivery-platform.plan.json"_s << u"Delivery Platform Events"_s;
    QTest::newRow("marketplace") << u"marketplace.plan.json"_s << u"Coco Marketplace Analytics"_s;
}

void TstPlan::sampleHasNoProblems()
{
    QFETCH(QString, file);
    QFETCH(QString, name);
    const auto plan = plan::load(QString::fromLatin1(TRACKSIDE_SOURCE_DIR) + u"/resources/samples/"_s + file);
    QVERIFY(plan.has_value());
    QCOMPARE((*plan)->name, name);
    for (const plan::Problem &problem : (*plan)->problems) {
        QFAIL(qPrintable(problem.where + u": "_s + problem.message));
    }
    QVERIFY(!(*plan)->sources.isEmpty());
    QVERIFY((*plan)->rules.size() >= 30);
}

QTEST_GUILESS_MAIN(TstPlan)
#include "tst_plan.moc"
