// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "report/coverage.h"
#include "json/parser.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace {

const char planJson[] = R"({
  "sources": ["Tracker UI", "Pilot UI"],
  "data": {"trackingPlan": {"name": "Shop"}, "rules": [
    {"type": "TRACK", "key": "Order Completed", "version": 1, "jsonSchema": {
      "type": "object", "properties": {"properties": {"type": "object", "required": ["orderId"], "properties": {
        "orderId": {"type": "string"},
        "method": {"type": "string", "enum": ["card", "cash", "points"]},
        "products": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}}}}}}},
    {"type": "TRACK", "key": "Cart Viewed", "version": 1, "jsonSchema": {"type": "object"}},
    {"type": "IDENTIFY", "version": 1, "jsonSchema": {"type": "object", "properties": {"traits": {
      "type": "object", "properties": {"email": {"type": "string"}}}}}}
  ]}})";

/// Checks events as the pipeline does and counts them.
class Counting
{
public:
    Counting()
    {
        auto plan = plan::parse(QByteArray(planJson), u"shop.json"_s);
        check::Conventions none;
        none.isOn = false;
        checker = std::make_shared<const check::Checker>(std::vector{*plan}, none);
        builder.emplace(checker);
    }

    void add(event::CallType type, const QString &name, const QByteArray &body,
             const QString &source = u"Tracker UI"_s)
    {
        json::Parser parser;
        const auto document = parser.parse(body);
        QVERIFY(document.has_value());
        const std::int64_t us = 1'000'000 * static_cast<std::int64_t>(++count);
        const auto verdict = checker->check({type, name, source, (*document)->root(), 0, us});
        report::CoveredEvent event;
        event.id = event::EventId(count);
        event.type = type;
        event.name = name;
        event.source = source;
        event.receivedUs = us;
        event.status = verdict.status;
        event.findings = verdict.findings;
        event.merged = (*document)->root();
        builder->add(event);
    }
    void order(const QByteArray &properties, const QString &source = u"Tracker UI"_s)
    {
        add(event::CallType::Track, u"Order Completed"_s,
            "{\"event\":\"Order Completed\",\"properties\":" + properties + '}', source);
    }

    std::shared_ptr<const check::Checker> checker;
    std::optional<report::CoverageBuilder> builder;
    std::uint64_t count = 0;
};

const report::EventCoverage *rowOf(const report::Coverage &coverage, const QString &name)
{
    const auto found = std::ranges::find(coverage.rows, name, &report::EventCoverage::name);
    return found == coverage.rows.end() ? nullptr : &*found;
}

const report::PropertyCoverage *propertyOf(const report::EventCoverage *row, const QString &path)
{
    if (row == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(row->properties, [&path](const report::PropertyCoverage &one) {
        return one.path.join(u'.') == path;
    });
    return found == row->properties.end() ? nullptr : &*found;
}

} // namespace

class TstCoverage : public QObject
{
    Q_OBJECT

private slots:
    void plannedSeenNeverSeenAndUnplanned();
    void perSource();
    void fillRates();
    void itemsOfLists();
    void valuesAndNeverSeenOnes();
    void manyValuesStayBounded();
    void violationsStandAtTheirProperty();
    void manyNamesAreCut();
    void withoutPlan();
    void documentsHoldTheSame();
};

void TstCoverage::plannedSeenNeverSeenAndUnplanned()
{
    Counting counting;
    counting.order(R"({"orderId":"o1"})");
    counting.order(R"({"orderId":7})");
    counting.add(event::CallType::Track, u"Oder Completed"_s, R"({"event":"Oder Completed"})");
    const report::Coverage coverage = counting.builder->coverage();
    QCOMPARE(coverage.events, 3U);
    QCOMPARE(coverage.violations, 1U);
    QCOMPARE(coverage.unplannedCount, 1U);
    QCOMPARE(coverage.plannedEvents, 3U);
    QCOMPARE(coverage.plannedSeen, 1U);
    QCOMPARE(coverage.unplannedEvents, 1U);
    QVERIFY(qFuzzyCompare(coverage.share().value(), 1.0 / 3));
    const auto *order = rowOf(coverage, u"Order Completed"_s);
    QVERIFY(order != nullptr);
    QCOMPARE(order->count, 2U);
    QCOMPARE(order->violations, 1U);
    QCOMPARE(order->firstUs, 1'000'000);
    QCOMPARE(order->lastUs, 2'000'000);
    QCOMPARE(event::raw(order->lastId), 2U);
    QCOMPARE(order->plan, u"Shop"_s);
    QCOMPARE(order->rules.at(event::RuleId::PlanType), 1U);
    QCOMPARE(report::stateWord(*rowOf(coverage, u"Cart Viewed"_s)), u"never seen"_s);
    QCOMPARE(report::stateWord(*rowOf(coverage, u"Oder Completed"_s)), u"unplanned"_s);
    QCOMPARE(coverage.rows.back().name, u"Oder Completed"_s); // behind the plan's
}

void TstCoverage::perSource()
{
    Counting counting;
    counting.order(R"({"orderId":"o1"})");
    counting.order(R"({})", u"Pilot UI"_s);
    counting.add(event::CallType::Track, u"Other"_s, R"({"event":"Other"})", u"Pilot UI"_s);
    counting.add(event::CallType::Track, u"Elsewhere"_s, R"({"event":"Elsewhere"})", u"Backend"_s);
    const report::Coverage coverage = counting.builder->coverage();
    QCOMPARE(coverage.sources.size(), 3U);
    const report::SourceCoverage &backend = coverage.sources[0];
    QCOMPARE(backend.source, u"Backend"_s);
    QCOMPARE(backend.plannedEvents, 0U); // the plan does not cover it
    QCOMPARE(backend.unplanned, 0U);
    const report::SourceCoverage &pilot = coverage.sources[1];
    QCOMPARE(pilot.events, 2U);
    QCOMPARE(pilot.violations, 1U);
    QCOMPARE(pilot.unplanned, 1U);
    QCOMPARE(pilot.plannedEvents, 3U);
    QCOMPARE(pilot.seenEvents, 1U);
    QCOMPARE(report::stateWord(*rowOf(coverage, u"Elsewhere"_s)), u"unchecked"_s);
    QCOMPARE(coverage.unplannedEvents, 1U);
    QCOMPARE(rowOf(coverage, u"Order Completed"_s)->sources.at(u"Pilot UI"_s), 1U);
}

void TstCoverage::fillRates()
{
    Counting counting;
    counting.order(R"({"orderId":"o1","note":"x"})");
    counting.order(R"({"orderId":null})");
    counting.order(R"({"orderId":3.5})");
    counting.order(R"({"orderId":4})");
    const report::Coverage coverage = counting.builder->coverage();
    const auto *order = rowOf(coverage, u"Order Completed"_s);
    const auto *orderId = propertyOf(order, u"orderId"_s);
    QVERIFY(orderId != nullptr);
    QVERIFY(orderId->isPlanned && orderId->isRequired);
    QCOMPARE(orderId->filled, 3U); // null is not filled
    QCOMPARE(orderId->of, 4U);
    QCOMPARE(orderId->types.size(), 4U);
    const auto *note = propertyOf(order, u"note"_s);
    QVERIFY(note != nullptr && !note->isPlanned);
    QCOMPARE(note->filled, 1U);
    QCOMPARE(note->of, 4U);
}

void TstCoverage::itemsOfLists()
{
    Counting counting;
    counting.order(R"({"orderId":"o","products":[{"sku":"a"},{"sku":"b"},{"price":3}]})");
    counting.order(R"({"orderId":"o","products":[]})");
    const report::Coverage coverage = counting.builder->coverage();
    const auto *sku = propertyOf(rowOf(coverage, u"Order Completed"_s), u"products.$.sku"_s);
    QVERIFY(sku != nullptr);
    QVERIFY(sku->isPlanned);
    QCOMPARE(sku->filled, 2U);
    QCOMPARE(sku->of, 3U);
    const auto *item = propertyOf(rowOf(coverage, u"Order Completed"_s), u"products.$"_s);
    QCOMPARE(item->of, 3U);
    const auto *price = propertyOf(rowOf(coverage, u"Order Completed"_s), u"products.$.price"_s);
    QVERIFY(price != nullptr && !price->isPlanned);
}

void TstCoverage::valuesAndNeverSeenOnes()
{
    Counting counting;
    counting.order(R"({"orderId":"o","method":"card"})");
    counting.order(R"({"orderId":"o","method":"card"})");
    counting.order(R"({"orderId":"o","method":"cash"})");
    const report::Coverage coverage = counting.builder->coverage();
    const auto *method = propertyOf(rowOf(coverage, u"Order Completed"_s), u"method"_s);
    QCOMPARE(method->neverSeen, QStringList{u"points"_s});
    QCOMPARE(method->values.front(), std::pair(u"card"_s, std::uint64_t{2}));
    QVERIFY(method->areValuesExact);
}

void TstCoverage::manyValuesStayBounded()
{
    Counting counting;
    for (int i = 0; i < 2'000; ++i) {
        counting.order("{\"orderId\":\"" + (i % 4 == 0 ? QByteArray("same") : "o" + QByteArray::number(i)) +
                       "\"}");
    }
    const report::Coverage coverage = counting.builder->coverage();
    const auto *orderId = propertyOf(rowOf(coverage, u"Order Completed"_s), u"orderId"_s);
    QVERIFY(!orderId->areValuesExact);
    QVERIFY(orderId->values.size() <= 20U);
    QCOMPARE(orderId->values.front().first, u"same"_s);
    QVERIFY(orderId->values.front().second <= 500U); // never more than there were
    QVERIFY(orderId->values.front().second > 400U);
}

void TstCoverage::violationsStandAtTheirProperty()
{
    Counting counting;
    counting.order(R"({"products":[{"sku":1},{"sku":"b"},{"sku":2}]})");
    const report::Coverage coverage = counting.builder->coverage();
    const auto *order = rowOf(coverage, u"Order Completed"_s);
    QCOMPARE(propertyOf(order, u"products.$.sku"_s)->violations, 2U);
    QCOMPARE(propertyOf(order, u"orderId"_s)->violations, 1U); // missing
}

void TstCoverage::manyNamesAreCut()
{
    Counting counting;
    for (int i = 0; i < 20'100; ++i) {
        counting.add(event::CallType::Track, u"Order %1 Completed"_s.arg(i), "{}");
    }
    const report::Coverage coverage = counting.builder->coverage();
    QVERIFY(coverage.isCut);
    QCOMPARE(coverage.events, 20'100U);
    QCOMPARE(coverage.rows.size(), 20'000U);
}

void TstCoverage::withoutPlan()
{
    report::CoverageBuilder builder(nullptr);
    report::CoveredEvent event;
    event.type = event::CallType::Track;
    event.name = u"Order Completed"_s;
    builder.add(event);
    event.type = event::CallType::None;
    builder.add(event);
    const report::Coverage coverage = builder.coverage();
    QVERIFY(!coverage.share());
    QCOMPARE(coverage.rejected, 1U);
    QCOMPARE(report::stateWord(coverage.rows.front()), u"unchecked"_s);
}

void TstCoverage::documentsHoldTheSame()
{
    Counting counting;
    counting.order(R"({"orderId":"<script>alert(1)</script>","method":"a, \"b\""})");
    counting.add(event::CallType::Track, u"<b>New & Old</b>"_s, R"({"properties":{"x":1}})");
    const report::Coverage coverage = counting.builder->coverage();

    const auto json = nlohmann::json::parse(report::coverageJson(coverage).toStdString());
    QCOMPARE(json.at("plannedSeen").get<int>(), 1);
    QCOMPARE(json.at("rows").size(), std::size_t{4});
    QCOMPARE(json.at("rows").at(0).at("properties").at(0).at("path").get<std::string>(),
             std::string("orderId"));

    const QByteArray csv = report::coverageCsv(coverage);
    QVERIFY(csv.startsWith("Call Type,Event,State,"));
    QVERIFY(csv.contains("\"\"b\"\" (1)\""));
    QVERIFY(csv.contains("track,Cart Viewed,never seen,Shop,0,0,,,,,,,,,,,,,\n"));

    const QByteArray html = report::coverageHtml(coverage, {u"session <1>"_s, 0});
    QVERIFY(!html.contains("<script"));
    QVERIFY(!html.contains("<b>New"));
    QVERIFY(html.contains("&lt;b&gt;New &amp; Old&lt;/b&gt;"));
    QVERIFY(html.contains("session &lt;1&gt;"));
    QVERIFY(html.contains("33 %"));
    QCOMPARE(html, report::coverageHtml(coverage, {u"session <1>"_s, 0}));
}

QTEST_GUILESS_MAIN(TstCoverage)
#include "tst_coverage.moc"
