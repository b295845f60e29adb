// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"
#include "json/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const plan::Plan> loaded(const QString &path)
{
    const auto plan = plan::load(path);
    return plan ? *plan : nullptr;
}

QString dataFile(const QString &name)
{
    return QString::fromLatin1(TRACKSIDE_TEST_DATA) + u"/plan/"_s + name;
}

QString line(const event::Finding &finding)
{
    const std::string_view rule = event::word(finding.rule);
    return QString::fromLatin1(rule.data(), qsizetype(rule.size())) + u' ' + finding.at.toString() + u' ' +
           finding.args.join(u'|');
}

} // namespace

class TstPlanSet : public QObject
{
    Q_OBJECT

private slots:
    void verdict_data();
    void verdict();
    void sources_data();
    void sources();
    void sourcesOfRules_data();
    void sourcesOfRules();
    void plansOfOneSourceAgreeOnTheBest();
    void ruleForAnEvent();
    void withoutPlans();
    void basis_data();
    void basis();

private:
    static plan::Verdict check(const plan::PlanSet &plans, const QByteArray &event, const QString &source);
};

plan::Verdict TstPlanSet::check(const plan::PlanSet &plans, const QByteArray &event, const QString &source)
{
    json::Parser parser;
    const auto document = parser.parse(event);
    Q_ASSERT(document.has_value());
    const json::Value root = (*document)->root();
    const auto type = event::callTypeFromWord(root.find("type").text()).value_or(event::CallType::None);
    const json::Value name = root.find(type == event::CallType::Track ? "event" : "name");
    return plans.check(type, QString::fromUtf8(name.text().data(), qsizetype(name.text().size())), source,
                       root);
}

void TstPlanSet::verdict_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QStringList>("findings");
    const QString rules = u"rules-answer.json"_s;

    QTest::newRow("valid")
        << rules
        << R"({"type":"track","event":"Order Completed","messageId":"m","properties":{"order_id":"o-1","total":3.5}})"_ba
        << u"valid"_s << QStringList();
    QTest::newRow("violation")
        << rules
        << R"({"type":"track","event":"Order Completed","messageId":"m","properties":{"order_id":"1","total":"3.5","products":[{"sku":"a"},{"Sku":"b"}]}})"_ba
        << u"violation"_s
        << QStringList{u"plan/pattern /properties/order_id ^o-[0-9]+$|1"_s,
                       u"plan/type /properties/total number|string|3.5|||||||required"_s,
                       u"plan/required /properties/products/1/sku sku|Sku"_s};
    QTest::newRow("missing and sent in another spelling")
        << rules
        << R"({"type":"track","event":"Order Completed","messageId":"m","properties":{"orderId":"o-1","total":1}})"_ba
        << u"violation"_s << QStringList{u"plan/required /properties/order_id order_id|orderId"_s};
    QTest::newRow("common rule")
        << rules
        << R"({"type":"track","event":"Order Completed","properties":{"order_id":"o-1","total":1}})"_ba
        << u"violation"_s << QStringList{u"plan/required /messageId messageId|"_s};
    QTest::newRow("second version asked for")
        << rules
        << R"({"type":"track","event":"Order Completed","messageId":"m","context":{"protocols":{"event_version":2}},"properties":{"orderId":"o-1"}})"_ba
        << u"valid"_s << QStringList();
    QTest::newRow("unknown version: the oldest")
        << rules
        << R"({"type":"track","event":"Order Completed","messageId":"m","context":{"protocols":{"event_version":7}},"properties":{"order_id":"o-1","total":1}})"_ba
        << u"valid"_s << QStringList();
    QTest::newRow("deprecated is still planned")
        << rules << R"({"type":"track","event":"Cart Viewed","messageId":"m"})"_ba << u"valid"_s
        << QStringList();
    QTest::newRow("unplanned") << rules << R"({"type":"track","event":"Parrot Fed","messageId":"m"})"_ba
                               << u"unplanned"_s << QStringList{u"plan/unplanned-event /event Parrot Fed|"_s};
    QTest::newRow("unplanned, near a planned one")
        << rules << R"({"type":"track","event":"order_completed","messageId":"m"})"_ba << u"unplanned"_s
        << QStringList{u"plan/unplanned-event /event order_completed|Order Completed"_s};
    QTest::newRow("unplanned, and against a common rule")
        << rules << R"({"type":"track","event":"Order Complete"})"_ba << u"unplanned"_s
        << QStringList{u"plan/unplanned-event /event Order Complete|Order Completed"_s,
                       u"plan/required /messageId messageId|"_s};
    QTest::newRow("names are exact") << rules
                                     << R"({"type":"track","event":"Order completed","messageId":"m"})"_ba
                                     << u"unplanned"_s
                                     << QStringList{
                                            u"plan/unplanned-event /event Order completed|Order Completed"_s};
    QTest::newRow("identify")
        << rules << R"({"type":"identify","messageId":"m","userId":"u","traits":{"email":"nobody"}})"_ba
        << u"violation"_s << QStringList{u"plan/format /traits/email email|nobody"_s};
    QTest::newRow("group")
        << rules << R"({"type":"group","messageId":"m","groupId":"g","traits":{"employees":1.5}})"_ba
        << u"violation"_s << QStringList{u"plan/type /traits/employees integer|number|1.5"_s};
    QTest::newRow("page") << rules
                          << R"({"type":"page","name":"Checkout","messageId":"m","properties":{"step":1}})"_ba
                          << u"valid"_s << QStringList();
    QTest::newRow("unplanned page") << rules << R"({"type":"page","name":"Check out","messageId":"m"})"_ba
                                    << u"unplanned"_s
                                    << QStringList{u"plan/unplanned-event /name Check out|Checkout"_s};
    QTest::newRow("page without a name")
        << rules << R"({"type":"page","messageId":"m"})"_ba << u"unchecked"_s << QStringList();
    QTest::newRow("alias, which no rule is about")
        << rules << R"({"type":"alias","messageId":"m","userId":"u","previousId":"p"})"_ba << u"unchecked"_s
        << QStringList();
    QTest::newRow("page where no page is planned")
        << u"titled.json"_s << R"({"type":"page","name":"Checkout"})"_ba << u"unchecked"_s << QStringList();
    QTest::newRow("identify where none is planned")
        << u"titled.json"_s << R"({"type":"identify","traits":{}})"_ba << u"unchecked"_s << QStringList();
    QTest::newRow("schema of the properties")
        << u"titled.json"_s << R"({"type":"track","event":"Order Completed","properties":{"order_id":5}})"_ba
        << u"violation"_s << QStringList{u"plan/type /properties/order_id string|integer|5"_s};
    QTest::newRow("schema of properties that are not there")
        << u"titled.json"_s << R"({"type":"track","event":"Order Completed"})"_ba << u"violation"_s
        << QStringList{u"plan/required /properties/order_id order_id|"_s};
    QTest::newRow("rule that did not compile")
        << u"broken-rule.json"_s << R"({"type":"track","event":"Bad Event","properties":{"count":1}})"_ba
        << u"unchecked"_s << QStringList();
}

void TstPlanSet::verdict()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, event);
    QFETCH(QString, status);
    QFETCH(QStringList, findings);
    const auto plan = loaded(dataFile(file));
    QVERIFY(plan != nullptr);
    const plan::Verdict verdict = check(plan::PlanSet({plan}), event, u"any source"_s);
    const std::string_view word = event::word(verdict.status);
    QStringList lines;
    for (const event::Finding &finding : verdict.findings) {
        lines.append(line(finding));
    }
    QCOMPARE(lines, findings);
    QCOMPARE(QString::fromLatin1(word.data(), qsizetype(word.size())), status);
}

void TstPlanSet::sources_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("event");
    QTest::addColumn<int>("status");
    const QString delivery = u"Robot Unlocked"_s;
    const QString shop = u"Product Viewed"_s;
    QTest::newRow("covered by the first") << u"Tracker UI"_s << delivery << int(event::Status::Violation);
    QTest::newRow("in another case") << u"tracker ui"_s << delivery << int(event::Status::Violation);
    QTest::newRow("planned elsewhere") << u"Tracker UI"_s << shop << int(event::Status::Unplanned);
    QTest::newRow("covered by the second")
        << u"Coco Marketplace App"_s << shop << int(event::Status::Violation);
    QTest::newRow("not known") << QString() << shop << int(event::Status::Violation);
    QTest::newRow("covered by none") << u"Some Web Site"_s << shop << int(event::Status::Unchecked);
}

void TstPlanSet::sources()
{
    QFETCH(QString, source);
    QFETCH(QString, event);
    QFETCH(int, status);
    const QString samples = QString::fromLatin1(TRACKSIDE_SOURCE_DIR) + u"/resources/samples/"_s;
    const plan::PlanSet plans(
        {loaded(samples + u"delivery-platform.plan.json"_s), loaded(samples + u"marketplace.plan.json"_s)});
    const QByteArray json =
        R"({"type":"track","messageId":"m","properties":{},"event":")"_ba + event.toUtf8() + "\"}"_ba;
    QCOMPARE(int(check(plans, json, source).status), status);
}

void TstPlanSet::sourcesOfRules_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("findings");
    const QByteArray track =
        R"({"type":"track","messageId":"m","event":"Robot Unlocked","properties":{"id":"r1"}})";
    const QByteArray second =
        R"({"type":"track","messageId":"m","event":"Robot Unlocked","context":{"protocols":{"event_version":2}},"properties":{"id":2}})";
    const QByteArray identify = R"({"type":"identify","messageId":"m","traits":{}})";
    const QByteArray alias = R"({"type":"alias","previousId":5,"userId":"u"})";
    QTest::newRow("its source") << track << u"pilot ui"_s << int(event::Status::Valid) << QStringList();
    QTest::newRow("not known") << track << QString() << int(event::Status::Valid) << QStringList();
    QTest::newRow("another source")
        << track << u"Tracker UI"_s << int(event::Status::Unplanned)
        << QStringList{u"plan/unplanned-source /event Robot Unlocked|Tracker UI|Pilot UI, Ops UI"_s};
    QTest::newRow("a version for one source, asked for by another")
        << second << u"Pilot UI"_s << int(event::Status::Violation)
        << QStringList{u"plan/type /properties/id string|integer|2"_s};
    QTest::newRow("a version for its source")
        << second << u"Ops UI"_s << int(event::Status::Valid) << QStringList();
    QTest::newRow("a rule without a name")
        << identify << u"Tracker UI"_s << int(event::Status::Unplanned)
        << QStringList{u"plan/unplanned-source /type identify|Tracker UI|Pilot UI"_s};
    QTest::newRow("a common rule of another source")
        << alias << u"Pilot UI"_s << int(event::Status::Violation)
        << QStringList{u"plan/type /previousId string|integer|5"_s};
    QTest::newRow("a common rule of its source")
        << alias << u"Tracker UI"_s << int(event::Status::Violation)
        << QStringList{u"plan/type /previousId string|integer|5"_s, u"plan/required /messageId messageId|"_s};
}

void TstPlanSet::sourcesOfRules()
{
    QFETCH(const QByteArray, event);
    QFETCH(const QString, source);
    QFETCH(const int, status);
    QFETCH(const QStringList, findings);
    const auto plan = plan::parse(
        R"({"rules":[
        {"type":"TRACK","key":"Robot Unlocked","jsonSchema":{"x-sources":["Pilot UI","Ops UI"],
            "properties":{"properties":{"properties":{"id":{"type":"string"}}}}}},
        {"type":"TRACK","key":"Robot Unlocked","version":2,"jsonSchema":{"x-sources":["Ops UI"],
            "properties":{"properties":{"properties":{"id":{"type":"integer"}}}}}},
        {"type":"IDENTIFY","jsonSchema":{"x-sources":["Pilot UI"]}},
        {"type":"ALIAS","jsonSchema":{"properties":{"previousId":{"type":"string"}}}},
        {"type":"COMMON","jsonSchema":{"x-sources":["Tracker UI"],"required":["messageId"]}}]})"_ba,
        u"plan.json"_s);
    QVERIFY(plan.has_value());
    const plan::Verdict verdict = check(plan::PlanSet({*plan}), event, source);
    QStringList lines;
    for (const event::Finding &finding : verdict.findings) {
        lines.append(line(finding));
    }
    QCOMPARE(lines, findings);
    QCOMPARE(int(verdict.status), status);
}

void TstPlanSet::plansOfOneSourceAgreeOnTheBest()
{
    const auto strict = loaded(dataFile(u"rules-answer.json"_s));
    const auto lenient = loaded(dataFile(u"titled.json"_s));
    const QByteArray event =
        R"({"type":"track","event":"Order Completed","messageId":"m","properties":{"order_id":"x"}})"_ba;
    QVERIFY(check(plan::PlanSet({strict}), event, {}).status == event::Status::Violation);
    QVERIFY(check(plan::PlanSet({strict, lenient}), event, {}).status == event::Status::Valid);
    QVERIFY(check(plan::PlanSet({lenient, strict}), event, {}).status == event::Status::Valid);
}

void TstPlanSet::ruleForAnEvent()
{
    const auto plan = loaded(dataFile(u"rules-answer.json"_s));
    const plan::PlanSet plans({plan});
    const plan::Rule *rule = plans.ruleFor(event::CallType::Track, u"Order Completed"_s, {});
    QVERIFY(rule != nullptr);
    QCOMPARE(rule->version, 1);
    QVERIFY(plans.ruleFor(event::CallType::Track, u"Parrot Fed"_s, {}) == nullptr);
    QVERIFY(plans.ruleFor(event::CallType::Page, u"Order Completed"_s, {}) == nullptr);
    QCOMPARE(plans.plans().size(), std::size_t{1});
}

void TstPlanSet::withoutPlans()
{
    const plan::Verdict verdict =
        check(plan::PlanSet({}), R"({"type":"track","event":"Order Completed"})"_ba, u"Tracker UI"_s);
    QVERIFY(verdict.status == event::Status::Unchecked);
    QVERIFY(verdict.findings.empty());
}

void TstPlanSet::basis_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QStringList>("touched");
    const QByteArray paid = R"({"type":"TRACK","key":"Paid","jsonSchema":{"required":["a"]}})";
    const QByteArray lost = R"({"type":"TRACK","key":"Lost","jsonSchema":{"type":"object"}})";
    const auto plan = [](const QList<QByteArray> &rules, const QByteArray &around = {}) {
        return '{' + around + "\"rules\":[" + rules.join(',') + "]}";
    };
    const auto pointing = [](const QByteArray &reference) {
        return R"({"type":"TRACK","key":"Paid","jsonSchema":{"definitions":{"a":{"type":"object"}},"$ref":")" +
               reference + "\"}}";
    };
    const QByteArray changed = QByteArray(paid).replace("\"a\"", "\"b\"");
    const QStringList all{u"Paid"_s, u"Lost"_s, u"Losst"_s, u"Else"_s};

    QTest::newRow("nothing") << plan({paid, lost}) << plan({paid, lost}) << QStringList();
    QTest::newRow("the order of rules") << plan({paid, lost}) << plan({lost, paid}) << QStringList();
    QTest::newRow("a schema") << plan({paid, lost}) << plan({changed, lost}) << QStringList{u"Paid"_s};
    QTest::newRow("a rule's description")
        << plan({paid, lost})
        << plan({QByteArray(paid).replace("\"key\"", "\"description\":\"x\",\"key\""), lost})
        << QStringList();
    QTest::newRow("a rule comes") << plan({paid}) << plan({paid, lost}) << QStringList{u"Lost"_s, u"Losst"_s};
    QTest::newRow("a common rule comes")
        << plan({paid}) << plan({paid, R"({"type":"COMMON","jsonSchema":{"required":["x"]}})"}) << all;
    QTest::newRow("around the rules")
        << plan({paid}, R"("x":1,)") << plan({paid}, R"("x":2,)") << QStringList();
    QTest::newRow("a reference inside")
        << plan({pointing("#/definitions/a"), lost}, R"("x":1,)")
        << plan({pointing("#/definitions/a"), lost}, R"("x":2,)") << QStringList();
    QTest::newRow("a reference that leads out")
        << plan({pointing("#/x"), lost}, R"("x":{"type":"object"},)")
        << plan({pointing("#/x"), lost}, R"("x":{"type":"array"},)") << QStringList{u"Paid"_s};
    QTest::newRow("a rule without schema")
        << plan({R"({"type":"TRACK","key":"Paid"})", lost})
        << plan({R"({"type":"TRACK","key":"Paid"})", lost}) << QStringList();
}

void TstPlanSet::basis()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    QFETCH(const QStringList, touched);
    const plan::PlanSet old({*plan::parse(before, u"plan.json"_s)});
    const plan::PlanSet now({*plan::parse(after, u"plan.json"_s)});
    QStringList different;
    for (const QString &name : {u"Paid"_s, u"Lost"_s, u"Losst"_s, u"Else"_s}) {
        const auto basis = now.basis(event::CallType::Track, name, {});
        if (basis != old.basis(event::CallType::Track, name, {})) {
            different.append(name);
        }
    }
    QCOMPARE(different, touched);
}

QTEST_GUILESS_MAIN(TstPlanSet)
#include "tst_planset.moc"
