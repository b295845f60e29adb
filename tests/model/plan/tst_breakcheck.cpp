// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"
#include "json/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using event::CallType;
using event::EventId;
using plan::BreakCheck;
using plan::Document;
using plan::Json;
using plan::RuleSource;

namespace {

RuleSource over(const char *properties, const QString &name = u"Order Loaded"_s,
                CallType type = CallType::Track)
{
    RuleSource rule;
    rule.type = type;
    rule.name = name;
    rule.schema = Json{{"type", "object"}, {"properties", {{"properties", Json::parse(properties)}}}};
    return rule;
}

Document planOf(std::vector<RuleSource> rules)
{
    Document document;
    document.name = u"Plan"_s;
    for (RuleSource &one : rules) {
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(one)));
    }
    return document;
}

/// Shows events to a check, numbered from 1.
class Judge
{
public:
    Judge(const Document &before, const Document &after)
        : m_check(before, after)
    {
    }

    void show(const QByteArray &properties, int times = 1, const QString &name = u"Order Loaded"_s,
              CallType type = CallType::Track, const QString &source = {})
    {
        for (int i = 0; i < times; ++i) {
            const auto document = m_parser.parse(R"({"type":"track","properties":)"_ba + properties + '}');
            Q_ASSERT(document.has_value());
            m_check.add(type, name, source, EventId{++m_last}, (*document)->root());
        }
    }

    /// "Order Loaded: 3 events, 2 broken, 1 mended"
    [[nodiscard]] QStringList lines() const
    {
        QStringList lines;
        for (const BreakCheck::Outcome &one : m_check.outcomes()) {
            lines += u"%1: %2 events, %3 broken, %4 mended"_s.arg(one.name)
                         .arg(one.events)
                         .arg(one.broken)
                         .arg(one.mended);
        }
        return lines;
    }

    /// "2 plan/type /properties/a, as in event 4"
    [[nodiscard]] QStringList causes(std::size_t outcome = 0) const
    {
        QStringList causes;
        const auto outcomes = m_check.outcomes();
        for (const auto &cause : outcomes.at(outcome).causes) {
            const std::string_view rule = event::word(cause.finding.rule);
            causes += u"%1 %2 %3, as in event %4"_s.arg(cause.events)
                          .arg(QString::fromLatin1(rule.data(), qsizetype(rule.size())),
                               cause.finding.at.toString())
                          .arg(event::raw(cause.example));
        }
        return causes;
    }

    [[nodiscard]] const BreakCheck &check() const { return m_check; }

private:
    json::Parser m_parser;
    BreakCheck m_check;
    quint64 m_last = 0;
};

} // namespace

class TstBreakCheck : public QObject
{
    Q_OBJECT

private slots:
    void brokenAndMended();
    void causesAreCountedByPlace();
    void anObjectsKeyIsNoPosition();
    void onlyNewFindingsAreCauses();
    void eventsThatAreNoLongerPlanned();
    void sourcesCount();
    void mostBrokenFirst();
    void causesAreBounded();
    void nothingChanges();
};

void TstBreakCheck::brokenAndMended()
{
    Judge judge(planOf({over(R"({"properties":{"a":{"type":"integer"}}})")}),
                planOf({over(R"({"properties":{"a":{"type":"string"}}})")}));
    judge.show(R"({"a":1})", 3);
    judge.show(R"({"a":"x"})", 2);
    judge.show(R"({"a":null})");
    judge.show(R"({})");
    QCOMPARE(judge.check().events(), 7U);
    QCOMPARE(judge.lines(), QStringList{u"Order Loaded: 7 events, 3 broken, 2 mended"_s});
    QCOMPARE(judge.causes(), QStringList{u"3 plan/type /properties/a, as in event 1"_s});
    QCOMPARE(judge.check().outcomes().front().type, CallType::Track);
}

void TstBreakCheck::causesAreCountedByPlace()
{
    Judge judge(
        planOf({over(R"({})")}),
        planOf({over(
            R"({"properties":{"l":{"items":{"properties":{"sku":{"type":"string"}}}}},"required":["id"]})")}));
    judge.show(R"({"id":1,"l":[{"sku":"a"},{"sku":1},{"sku":2}]})"); // one event, however many items
    judge.show(R"({"id":1,"l":[{"sku":1}]})");
    judge.show(R"({"l":[{"sku":"a"}]})", 3);
    QCOMPARE(judge.lines(), QStringList{u"Order Loaded: 5 events, 5 broken, 0 mended"_s});
    QCOMPARE(judge.causes(), (QStringList{u"3 plan/required /properties/id, as in event 3"_s,
                                          u"2 plan/type /properties/l/1/sku, as in event 1"_s}));
}

void TstBreakCheck::anObjectsKeyIsNoPosition()
{
    Judge judge(planOf({over(R"({})")}), planOf({over(R"({"additionalProperties":{"type":"string"}})")}));
    judge.show(R"({"0":1})");
    judge.show(R"({"1":1})");
    QCOMPARE(judge.causes(), (QStringList{u"1 plan/type /properties/0, as in event 1"_s,
                                          u"1 plan/type /properties/1, as in event 2"_s}));
}

void TstBreakCheck::onlyNewFindingsAreCauses()
{
    // The value was none of the planned ones before: that there is one more of them now is nothing new.
    Judge judge(planOf({over(R"({"properties":{"a":{"enum":["x"]}}})")}),
                planOf({over(R"({"properties":{"a":{"enum":["x","y"]},"b":{"type":"null"}}})")}));
    judge.show(R"({"a":"z"})");
    judge.show(R"({"a":"z","b":1})");
    judge.show(R"({"a":"y"})");
    QCOMPARE(judge.lines(), QStringList{u"Order Loaded: 3 events, 0 broken, 1 mended"_s});
    QCOMPARE(judge.causes(), QStringList{u"1 plan/type /properties/b, as in event 2"_s});
}

void TstBreakCheck::eventsThatAreNoLongerPlanned()
{
    Judge judge(planOf({over(R"({})"), over(R"({})", u"Robot Unlocked"_s)}),
                planOf({over(R"({})"), over(R"({})", u"Pizza Eaten"_s)}));
    judge.show("{}", 2, u"Robot Unlocked"_s);
    judge.show("{}", 3, u"Pizza Eaten"_s);
    judge.show("{}", 1, u"Nobody Plans This"_s);
    judge.show("{}");
    QCOMPARE(judge.lines(), (QStringList{u"Robot Unlocked: 2 events, 2 broken, 0 mended"_s,
                                         u"Pizza Eaten: 3 events, 0 broken, 3 mended"_s,
                                         u"Nobody Plans This: 1 events, 0 broken, 0 mended"_s,
                                         u"Order Loaded: 1 events, 0 broken, 0 mended"_s}));
    QCOMPARE(judge.causes(), QStringList{u"2 plan/unplanned-event /event, as in event 1"_s});
    QCOMPARE(judge.causes(2), QStringList());
}

void TstBreakCheck::sourcesCount()
{
    Document after = planOf({over(R"({"required":["a"]})")});
    after.sources = {u"Web"_s};
    Judge judge(planOf({over(R"({})")}), after);
    judge.show("{}", 2, u"Order Loaded"_s, CallType::Track, u"Web"_s);
    judge.show("{}", 3, u"Order Loaded"_s, CallType::Track,
               u"App"_s); // unchecked now: nothing is wrong with it
    QCOMPARE(judge.lines(), QStringList{u"Order Loaded: 5 events, 2 broken, 0 mended"_s});
}

void TstBreakCheck::mostBrokenFirst()
{
    const auto plan = [](const char *properties) {
        return planOf({over(properties, u"A"_s), over(properties, u"B"_s), over(properties, u"C"_s)});
    };
    Judge judge(plan(R"({"properties":{"a":{"type":"integer"}}})"),
                plan(R"({"properties":{"a":{"type":"string"}}})"));
    judge.show(R"({"a":1})", 1, u"A"_s);
    judge.show(R"({"a":1})", 5, u"B"_s);
    judge.show(R"({})", 50, u"C"_s);
    judge.show(R"({"a":1})", 50, QString(), CallType::None); // a rejected request is no event
    QCOMPARE(judge.lines(),
             (QStringList{u"B: 5 events, 5 broken, 0 mended"_s, u"A: 1 events, 1 broken, 0 mended"_s,
                          u"C: 50 events, 0 broken, 0 mended"_s}));
    QCOMPARE(judge.check().events(), 56U);
}

void TstBreakCheck::causesAreBounded()
{
    Judge judge(planOf({over(R"({})")}), planOf({over(R"({"additionalProperties":false})")}));
    for (int i = 0; i < 500; ++i) {
        judge.show(R"({"key)"_ba + QByteArray::number(i) + R"(":1,"always":2})"_ba);
    }
    const auto outcomes = judge.check().outcomes();
    QCOMPARE(outcomes.front().broken, 500U);
    QCOMPARE(outcomes.front().causes.size(), 20U);
    QCOMPARE(outcomes.front().causes.front().events, 500U);
}

void TstBreakCheck::nothingChanges()
{
    const Document plan = planOf({over(R"({"properties":{"a":{"type":"integer"}}})")});
    Judge judge(plan, plan);
    judge.show(R"({"a":1})");
    judge.show(R"({"a":"x"})");
    QCOMPARE(judge.lines(), QStringList{u"Order Loaded: 2 events, 0 broken, 0 mended"_s});
    QCOMPARE(judge.causes(), QStringList());
    QVERIFY(BreakCheck({}, {}).outcomes().empty());
}

QTEST_GUILESS_MAIN(TstBreakCheck)
#include "tst_breakcheck.moc"
