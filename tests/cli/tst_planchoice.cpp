// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/planchoice.h"

#include "tests/cli/plantest.h"
#include "json/parser.h"

using namespace Qt::StringLiterals;
using engine::PlanBook;

/// Which plan is meant when an event should be allowed or added.
class TstPlanChoice : public QObject
{
    Q_OBJECT

private slots:
    void allowanceNamesThePlan();
    void allowanceOfACommonRule();
    void allowanceOfTheEventsVersion();
    void allowanceOfASourcesOwnPlan();
    void allowanceIsRefused_data();
    void allowanceIsRefused();
    void allowanceIsApplied();
    void allowanceOfAnEditedRule();
    void planForASource();
    void eventIsAdded();
    void sourceIsAddedToTheRule();
    void eventThatIsThereAlready();
};

namespace {

PlanBook::Open opened(plan::Document document, const QString &path)
{
    document.path = path;
    PlanBook::Open open;
    open.document = std::make_shared<const plan::Document>(std::move(document));
    open.compiled = plan::compile(*open.document);
    open.compiledOf = open.document;
    return open;
}

check::Checker checkerOf(const std::vector<PlanBook::Open> &plans, std::vector<check::SourceChecks> own = {})
{
    check::Conventions none;
    none.isOn = false;
    std::vector<std::shared_ptr<const plan::Plan>> compiled;
    for (const PlanBook::Open &open : plans) {
        compiled.push_back(open.compiled);
    }
    return check::Checker(std::move(compiled), none, {}, std::move(own));
}

/// A stored event with its findings.
class Stored
{
public:
    Stored(const check::Checker &checker, const QString &name, const QByteArray &properties,
           const QString &source = u"App"_s, const QByteArray &context = "{}")
    {
        m_event.summary.type = event::CallType::Track;
        m_event.name = name;
        m_event.source = source;
        m_event.body = R"({"type":"track","event":")" + name.toUtf8() + R"(","messageId":"m","context":)" +
                       context + R"(,"properties":)" + properties + '}';
        m_document = *m_parser.parse(m_event.body);
        auto verdict = checker.check({event::CallType::Track, name, source, m_document->root(), 1, 0});
        m_event.findings = std::move(verdict.findings);
        m_event.state.status = verdict.status;
    }
    [[nodiscard]] report::StoredEvent get() const { return {m_event, m_document->root()}; }
    [[nodiscard]] event::Finding finding() const
    {
        return m_event.findings.empty() ? event::Finding{} : m_event.findings.front();
    }

private:
    json::Parser m_parser;
    std::shared_ptr<const json::Document> m_document;
    event::Event m_event;
};

plan::RulePointer changed(const plan::RulePointer &rule,
                          const std::function<void(plan::RuleSource &)> &change)
{
    plan::RuleSource made = *rule;
    change(made);
    return std::make_shared<const plan::RuleSource>(std::move(made));
}

} // namespace

void TstPlanChoice::allowanceNamesThePlan()
{
    plan::Document other = plantest::document(u"Other"_s, {u"Order Loaded"_s});
    other.sources = {u"Web"_s};
    const std::vector plans{
        opened(other, u"/plans/other.json"_s),
        opened(plantest::document(u"Empty"_s, {u"Seen"_s}), u"/plans/empty.json"_s),
        opened(plantest::document(u"Shop"_s, {u"Order Loaded"_s}), u"/plans/shop.json"_s)};
    const auto checker = checkerOf(plans);
    const Stored stored(checker, u"Order Loaded"_s, R"({"order_id":5})");
    const auto offer = engine::offerAllowance(plans, checker, stored.get(), stored.finding());
    QVERIFY2(offer.has_value(), offer ? "" : qPrintable(offer.error().oneLine()));
    QCOMPARE(offer->path, u"/plans/shop.json"_s);
    QCOMPARE(offer->before, plans[2].document->rules.front());
    QVERIFY(!offer->allowance.what.isEmpty());
    QVERIFY(offer->allowance.rule != *offer->before);
}

void TstPlanChoice::allowanceOfACommonRule()
{
    plan::Document document = plantest::document(u"Shop"_s, {u"Order Loaded"_s});
    plan::RuleSource common;
    common.type = event::CallType::None;
    common.schema = plan::Json::parse(R"({"type": "object", "required": ["userId"]})");
    document.rules.push_back(std::make_shared<const plan::RuleSource>(common));
    const std::vector plans{opened(document, u"/plans/shop.json"_s)};
    const auto checker = checkerOf(plans);
    const Stored stored(checker, u"Order Loaded"_s, R"({"order_id":"o-1"})");
    QCOMPARE(stored.finding().rule, event::RuleId::PlanRequired);
    const auto offer = engine::offerAllowance(plans, checker, stored.get(), stored.finding());
    QVERIFY2(offer.has_value(), offer ? "" : qPrintable(offer.error().oneLine()));
    QCOMPARE(offer->before, plans[0].document->rules.back());
}

void TstPlanChoice::allowanceOfTheEventsVersion()
{
    plan::Document document = plantest::document(u"Shop"_s, {u"Order Loaded"_s});
    document.rules.push_back(
        changed(plantest::rule(u"Order Loaded"_s), [](plan::RuleSource &rule) { rule.version = 2; }));
    const std::vector plans{opened(document, u"/plans/shop.json"_s)};
    const auto checker = checkerOf(plans);
    const Stored second(checker, u"Order Loaded"_s, R"({"order_id":5})", u"App"_s,
                        R"({"protocols":{"event_version":2}})");
    auto offer = engine::offerAllowance(plans, checker, second.get(), second.finding());
    QVERIFY(offer.has_value());
    QCOMPARE(offer->before->version, 2);
    const Stored none(checker, u"Order Loaded"_s, R"({"order_id":5})");
    offer = engine::offerAllowance(plans, checker, none.get(), none.finding());
    QVERIFY(offer.has_value());
    QCOMPARE(offer->before->version, 1);
}

void TstPlanChoice::allowanceOfASourcesOwnPlan()
{
    const std::vector plans{opened(plantest::document(u"All"_s, {u"Order Loaded"_s}), u"/plans/all.json"_s)};
    const auto own = opened(plantest::document(u"Own"_s, {u"Order Loaded"_s}), u"/plans/own.json"_s);
    const auto checker = checkerOf(plans, {{u"App"_s, {own.compiled}, std::nullopt}});
    const Stored stored(checker, u"Order Loaded"_s, R"({"order_id":5})");
    // Its plan is not open: the other one is no answer.
    const auto refused = engine::offerAllowance(plans, checker, stored.get(), stored.finding());
    QVERIFY(!refused);
    QVERIFY2(refused.error().oneLine().contains(u"/plans/own.json"_s), qPrintable(refused.error().oneLine()));
    const auto offer = engine::offerAllowance({plans[0], own}, checker, stored.get(), stored.finding());
    QVERIFY(offer.has_value());
    QCOMPARE(offer->path, u"/plans/own.json"_s);
}

void TstPlanChoice::allowanceIsRefused_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("code");
    QTest::newRow("unplanned event") << u"Order Sent"_s << int(event::RuleId::PlanUnplannedEvent)
                                     << int(base::ErrorCode::Unsupported);
    QTest::newRow("of a naming rule")
        << u"Order Loaded"_s << int(event::RuleId::NameCasing) << int(base::ErrorCode::Unsupported);
    QTest::newRow("not said any more")
        << u"Order Loaded"_s << int(event::RuleId::PlanPattern) << int(base::ErrorCode::NotFound);
}

void TstPlanChoice::allowanceIsRefused()
{
    QFETCH(QString, event);
    QFETCH(int, rule);
    QFETCH(int, code);
    const std::vector plans{
        opened(plantest::document(u"Shop"_s, {u"Order Loaded"_s}), u"/plans/shop.json"_s)};
    const auto checker = checkerOf(plans);
    const Stored stored(checker, event, R"({"order_id":"o-1"})");
    event::Finding finding;
    finding.rule = static_cast<event::RuleId>(rule);
    const auto refused = engine::offerAllowance(plans, checker, stored.get(), finding);
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), code);
    QVERIFY(!refused.error().fix.isEmpty());
}

void TstPlanChoice::allowanceIsApplied()
{
    const std::vector plans{
        opened(plantest::document(u"Shop"_s, {u"Seen"_s, u"Order Loaded"_s}), u"/plans/shop.json"_s)};
    const auto checker = checkerOf(plans);
    const Stored stored(checker, u"Order Loaded"_s, R"({"order_id":5})");
    QCOMPARE(stored.get().event.state.status, event::Status::Violation);
    const auto offer = engine::offerAllowance(plans, checker, stored.get(), stored.finding());
    QVERIFY(offer.has_value());
    const auto document = engine::withAllowance(*plans[0].document, *offer);
    QVERIFY(document.has_value());
    QCOMPARE(document->rules.front(), plans[0].document->rules.front());
    const auto allowed = checkerOf({opened(*document, u"/plans/shop.json"_s)});
    const Stored again(allowed, u"Order Loaded"_s, R"({"order_id":5})");
    QCOMPARE(again.get().event.state.status, event::Status::Valid);
}

void TstPlanChoice::allowanceOfAnEditedRule()
{
    plan::Document document = plantest::document(u"Shop"_s, {u"Order Loaded"_s});
    engine::AllowanceOffer offer{
        u"/plans/shop.json"_s, document.rules.front(), {*document.rules.front(), {}}};
    offer.allowance.rule.isDeprecated = true;
    // The same rule, read anew.
    document.rules.front() = std::make_shared<const plan::RuleSource>(*document.rules.front());
    const auto applied = engine::withAllowance(document, offer);
    QVERIFY(applied.has_value());
    QVERIFY(applied->rules.front()->isDeprecated);
    document.rules.front() =
        changed(document.rules.front(), [](plan::RuleSource &rule) { rule.version = 7; });
    const auto refused = engine::withAllowance(document, offer);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::InUse);
}

void TstPlanChoice::planForASource()
{
    plan::Document web = plantest::document(u"Web"_s, {u"Seen"_s});
    web.sources = {u"Web"_s};
    const std::vector plans{opened(web, u"/plans/web.json"_s),
                            opened(plantest::document(u"All"_s, {u"Seen"_s}), u"/plans/all.json"_s)};
    const auto checker = checkerOf(plans);
    const auto path = [&](const QString &source) {
        const auto found = engine::planFor(plans, checker, source);
        return found ? found->document->path : QString();
    };
    QCOMPARE(path(u"web"_s), u"/plans/web.json"_s);
    QCOMPARE(path(u"App"_s), u"/plans/all.json"_s);
    const std::vector only{plans.front()};
    const auto refused = engine::planFor(only, checkerOf(only), u"App"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().oneLine().contains(u"App"_s));
}

void TstPlanChoice::eventIsAdded()
{
    const plan::Document document = plantest::document(u"Shop"_s, {u"Seen"_s});
    plan::InferredRule learnt;
    learnt.rule = *plantest::rule(u"Order Sent"_s);
    const auto added =
        engine::withEvent(document, event::CallType::Track, u"Order Sent"_s, u"App"_s, {learnt});
    QVERIFY(added.has_value());
    QCOMPARE(plantest::names(*added), QStringList({u"Seen"_s, u"Order Sent"_s}));
    const auto nothing = engine::withEvent(document, event::CallType::Track, u"Order Sent"_s, u"App"_s, {});
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().code, base::ErrorCode::NotFound);
}

void TstPlanChoice::sourceIsAddedToTheRule()
{
    plan::Document document = plantest::document(u"Shop"_s, {});
    document.rules = {
        changed(plantest::rule(u"Order Sent"_s), [](plan::RuleSource &rule) { rule.sources = {u"Web"_s}; })};
    const auto added = engine::withEvent(document, event::CallType::Track, u"Order Sent"_s, u"App"_s, {});
    QVERIFY(added.has_value());
    QCOMPARE(added->rules.size(), 1U);
    QCOMPARE(added->rules.front()->sources, QStringList({u"Web"_s, u"App"_s}));
}

void TstPlanChoice::eventThatIsThereAlready()
{
    const plan::Document document = plantest::document(u"Shop"_s, {u"Order Sent"_s});
    const auto refused = engine::withEvent(document, event::CallType::Track, u"Order Sent"_s, u"App"_s, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::InUse);
}

QTEST_GUILESS_MAIN(TstPlanChoice)
#include "tst_planchoice.moc"
