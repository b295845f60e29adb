// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/mutes.h"
#include "intake/verdictrenewal.h"
#include "tests/model/store/storetest.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using storetest::Place;
using storetest::require;

namespace {

using Verdicts = intake::VerdictRenewal::Verdicts;

constexpr event::EventId first{1};
constexpr event::EventId last{1'000'000};

QByteArray rule(const QByteArray &type, const QByteArray &name, const QByteArray &schema,
                const QByteArray &more = {})
{
    return R"({"type":")" + type + R"(","key":")" + name + "\"," + more + "\"jsonSchema\":" + schema + '}';
}

QByteArray requiring(const QByteArray &property)
{
    return R"({"type":"object","properties":{"properties":{"type":"object","required":[")" + property +
           R"("]}}})";
}

QByteArray planOf(const QList<QByteArray> &rules, const QByteArray &around = {})
{
    return '{' + around + "\"rules\":[" + rules.join(',') + "]}";
}

struct Given
{
    QList<QByteArray> plans;
    bool isLinted = false;
    std::vector<segment::Mute> mutes = {};
};

intake::Checks checksOf(const Given &given)
{
    std::vector<std::shared_ptr<const plan::Plan>> plans;
    for (const QByteArray &json : given.plans) {
        plans.push_back(require(plan::parse(json, u"plan.json"_s)));
    }
    check::Conventions conventions;
    conventions.isOn = given.isLinted;
    auto health = std::make_shared<segment::HealthOptions>();
    health->mutes = given.mutes;
    return intake::checksOf(std::make_shared<const check::Checker>(std::move(plans), conventions), health, 1);
}

/// One event as the whole of a request, or several as a batch with a context around them.
event::RequestDraft request(const QList<QByteArray> &events, const QString &source = u"Tracker UI"_s)
{
    event::RequestDraft made = storetest::draft(events.front());
    made.events.clear();
    if (events.size() > 1) {
        made.body = R"({"context":{"app":"shop"},"batch":[)" + events.join(", ") + "]}";
    }
    qsizetype from = 0;
    json::Parser parser;
    for (const QByteArray &text : events) {
        const auto document = parser.parse(text);
        const json::Value root = (*document)->root();
        event::EventDraft draft;
        draft.type = event::callTypeFromWord(root.find("type").text()).value_or(event::CallType::None);
        const json::Value name = root.find(draft.type == event::CallType::Track ? "event" : "name");
        draft.name = QString::fromUtf8(name.text().data(), qsizetype(name.text().size()));
        draft.source = {"hash " + source.toUtf8(), source, source, {}};
        from = made.body.indexOf(text, from);
        draft.begin = static_cast<std::uint32_t>(from);
        from += text.size();
        draft.end = static_cast<std::uint32_t>(from);
        made.events.push_back(draft);
    }
    made.wireBody = made.body;
    return made;
}

QByteArray track(const QByteArray &name, const QByteArray &properties, const QByteArray &more = {})
{
    return R"({"type":"track","event":")" + name + R"(","properties":)" + properties + more + '}';
}

void fillWithAllKinds(store::Writer &writer)
{
    std::vector<event::RequestDraft> drafts;
    const QByteArray second = R"(,"context":{"protocols":{"event_version":2}})";
    for (const QString &source : {u"Tracker UI"_s, u"Server"_s}) {
        drafts.push_back(request({track("Order Paid", R"({"orderId":1})")}, source));
        drafts.push_back(request({track("Order Paid", "{}"), track("Order Paid", "{}", second),
                                  track("Order Lost", R"({"why":"x"})"), track("Order Payed", "{}")},
                                 source));
        drafts.push_back(request({track("order_sent", "{}")}, source));
        drafts.push_back(request({R"({"type":"page","name":"Menu","properties":{}})"}, source));
        drafts.push_back(request({R"({"type":"page","properties":{}})"}, source));
        drafts.push_back(request({R"({"type":"identify","traits":{"email":3}})"}, source));
    }
    storetest::commit(writer, std::move(drafts));
}

QHash<event::SourceId, QString> sourceNames(store::Reader &reader)
{
    QHash<event::SourceId, QString> names;
    for (const store::Source &source : require(reader.sources())) {
        names.insert(source.id, source.name);
    }
    return names;
}

Verdicts renewed(const Place &place, intake::Checks checks,
                 std::optional<std::vector<intake::Checks>> earlier = {},
                 const QHash<event::SourceId, QString> &names = {})
{
    auto renewal = std::make_shared<const intake::Renewal>(
        intake::Renewal{std::move(checks), std::move(earlier), names});
    intake::VerdictRenewal verdicts(require(store::Reader::open(place.path())), std::move(renewal));
    return require(verdicts.changed(first, last));
}

/// Everything of them as text, to be compared and read.
QStringList lines(const Verdicts &verdicts)
{
    QStringList lines;
    for (const store::Writer::NewVerdict &verdict : verdicts) {
        QString line = u"%1 status %2"_s.arg(event::raw(verdict.id)).arg(static_cast<int>(verdict.status));
        for (const event::Finding &finding : verdict.findings) {
            const std::string_view word = event::word(finding.rule);
            line += u' ' + QString::fromLatin1(word.data(), qsizetype(word.size())) + u' ' +
                    finding.at.toString() + u' ' + finding.args.join(u'|');
        }
        lines.append(line);
    }
    return lines;
}

} // namespace

class TstVerdictRenewal : public QObject
{
    Q_OBJECT

private slots:
    void sameAsOneByOne();
    void onlyWhatDiffers();
    void afterAChange_data();
    void afterAChange();
    void untouchedRulesAreNotLookedAt();
    void renamedSourceIsCheckedAgain();
    void unknownPastChecksAll();
    void chosenEvents();
    void damagedRequestsKeepTheirVerdict();
};

void TstVerdictRenewal::sameAsOneByOne()
{
    const Place place;
    auto writer = require(place.open());
    storetest::fill(writer, 500);
    const intake::Checks checks =
        checksOf({{planOf({rule("TRACK", "Order Loaded", requiring("orderId")),
                           rule("TRACK", "Button Clicked", requiring("buttonName")),
                           rule("IDENTIFY", "", R"({"type":"object","required":["plan","none"]})")})},
                  true});
    auto reader = require(store::Reader::open(place.path()));
    json::Parser parser;
    Verdicts expected;
    for (const store::Reader::Row &row : require(reader.rows({}, 10'000))) {
        const auto stored = require(reader.event(row.summary.id));
        if (stored.event.state.status == event::Status::Rejected) {
            continue;
        }
        const auto merged = segment::mergedEvent(stored.requestBody, stored.begin, stored.end, parser);
        plan::Verdict made = checks.checker->check(
            check::EventView{row.summary.type, stored.event.name, stored.event.source, merged.value,
                             row.summary.bodyBytes, row.summary.receivedUs});
        store::Writer::NewVerdict verdict{row.summary.id, made.status, std::move(made.findings), {}};
        if (made.status != row.state.status || verdict.findings != stored.event.findings) {
            expected.push_back(std::move(verdict));
        }
    }
    QVERIFY(expected.size() > 300);
    QCOMPARE(lines(renewed(place, checks)), lines(expected));
}

void TstVerdictRenewal::onlyWhatDiffers()
{
    const Place place;
    auto writer = require(place.open());
    fillWithAllKinds(writer);
    const intake::Checks checks =
        checksOf({{planOf({rule("TRACK", "Order Paid", requiring("orderId"))})}, true});
    const Verdicts verdicts = renewed(place, checks);
    QVERIFY(!verdicts.empty());
    require(writer.setVerdicts(verdicts));
    QCOMPARE(lines(renewed(place, checks)), QStringList());

    // In which order findings stand is no difference.
    auto reader = require(store::Reader::open(place.path()));
    event::RequestDraft draft = request({track("Order Paid", R"({"orderId":1})")});
    const event::Finding lint{event::RuleId::NameTooLong, event::Severity::Warning, json::Pointer("/a"), {}};
    const event::Finding wire{
        event::RuleId::ProtocolDuplicateMessage, event::Severity::Warning, json::Pointer("/messageId"), {}};
    draft.events.front().findings = {wire, lint};
    const auto added = storetest::commit(writer, {draft});
    const auto after = store::Writer::findingsAfter(
        {added.front().summary.id, event::Status::Valid, {lint}, {}}, added.front().findings);
    QCOMPARE(after.size(), 2U);
    QVERIFY(after.front().rule == lint.rule);
}

void TstVerdictRenewal::afterAChange_data()
{
    QTest::addColumn<QList<QByteArray>>("before");
    QTest::addColumn<QList<QByteArray>>("after");
    const QByteArray paid = rule("TRACK", "Order Paid", requiring("orderId"));
    const QByteArray paidMore = rule("TRACK", "Order Paid", requiring("price"));
    const QByteArray paidTwo = rule("TRACK", "Order Paid", requiring("total"), "\"version\":2,");
    const QByteArray lost = rule("TRACK", "Order Lost", requiring("why"));
    const QByteArray sent = rule("TRACK", "Order Sent", requiring("why"));
    const QByteArray pages = rule("PAGE", "", requiring("path"));
    const QByteArray menu = rule("PAGE", "Menu", requiring("title"));
    const QByteArray identify = rule("IDENTIFY", "", R"({"type":"object","required":["plan"]})");
    const QByteArray common = rule("COMMON", "", R"({"type":"object","required":["context"]})");
    const QByteArray pointing =
        rule("TRACK", "Order Paid", R"({"type":"object","properties":{"properties":{"$ref":"#/shared"}}})");
    const QByteArray shared = R"("shared":{"type":"object","required":["orderId"]},)";
    const QByteArray sharedMore = R"("shared":{"type":"object","required":["price"]},)";
    using List = QList<QByteArray>;

    QTest::newRow("nothing") << List{planOf({paid, lost})} << List{planOf({paid, lost})};
    QTest::newRow("a rule's schema") << List{planOf({paid, lost})} << List{planOf({paidMore, lost})};
    QTest::newRow("a rule comes") << List{planOf({paid})} << List{planOf({paid, lost})};
    QTest::newRow("a rule goes") << List{planOf({paid, lost})} << List{planOf({lost})};
    QTest::newRow("the first plan") << List{} << List{planOf({paid})};
    QTest::newRow("the last plan") << List{planOf({paid})} << List{};
    QTest::newRow("a nearer name comes") << List{planOf({lost})} << List{planOf({lost, sent})};
    QTest::newRow("a nearest name goes") << List{planOf({lost, sent})} << List{planOf({lost})};
    QTest::newRow("a version comes") << List{planOf({paid})} << List{planOf({paid, paidTwo})};
    QTest::newRow("a version goes") << List{planOf({paid, paidTwo})} << List{planOf({paid})};
    QTest::newRow("the first page rule") << List{planOf({paid})} << List{planOf({paid, pages})};
    QTest::newRow("a named page beside all pages")
        << List{planOf({paid, pages})} << List{planOf({paid, pages, menu})};
    QTest::newRow("the first identify rule") << List{planOf({paid})} << List{planOf({paid, identify})};
    QTest::newRow("a common rule comes") << List{planOf({paid})} << List{planOf({paid, common})};
    QTest::newRow("what a reference leads to")
        << List{planOf({pointing, lost}, shared)} << List{planOf({pointing, lost}, sharedMore)};
    QTest::newRow("a second plan that is kinder")
        << List{planOf({paid})} << List{planOf({paid}), planOf({paidMore, lost})};
    QTest::newRow("the order of plans")
        << List{planOf({paid, common}), planOf({lost})} << List{planOf({lost}), planOf({paid, common})};
    QTest::newRow("the sources of a plan")
        << List{planOf({paid})} << List{planOf({paid}, R"("sources":["Server"],)")};
    QTest::newRow("rules in another order") << List{planOf({sent, lost})} << List{planOf({lost, sent})};
}

void TstVerdictRenewal::afterAChange()
{
    QFETCH(const QList<QByteArray>, before);
    QFETCH(const QList<QByteArray>, after);
    for (const auto &[wasLinted, isLinted] :
         {std::pair(false, false), std::pair(true, true), std::pair(true, false)}) {
        const Place place;
        auto writer = require(place.open());
        fillWithAllKinds(writer);
        const intake::Checks old = checksOf({before, wasLinted});
        require(writer.setVerdicts(renewed(place, old)));
        const intake::Checks now = checksOf({after, isLinted});
        auto reader = require(store::Reader::open(place.path()));
        // What is passed over would have come to the same.
        QCOMPARE(lines(renewed(place, now, std::vector{old}, sourceNames(reader))),
                 lines(renewed(place, now)));
    }
}

void TstVerdictRenewal::untouchedRulesAreNotLookedAt()
{
    const QByteArray paid = rule("TRACK", "Order Paid", requiring("orderId"));
    const QByteArray lost = rule("TRACK", "Order Lost", requiring("why"));
    const intake::Checks old = checksOf({{planOf({paid, lost})}});
    const intake::Checks now = checksOf({{planOf({paid, rule("TRACK", "Order Lost", requiring("reason"))})}});
    const Place place;
    auto writer = require(place.open());
    fillWithAllKinds(writer);
    require(writer.setVerdicts(renewed(place, old)));
    auto reader = require(store::Reader::open(place.path()));
    const auto rows = require(reader.rows({}, 100));
    // Wrong on purpose: who looks at them mends them.
    Verdicts wrong;
    for (const store::Reader::Row &row : rows) {
        wrong.push_back({row.summary.id, event::Status::Unchecked, {}, {}});
    }
    require(writer.setVerdicts(wrong));
    const auto names = sourceNames(reader);
    const auto namesOf = [&](const Verdicts &verdicts) {
        QStringList found;
        for (const store::Writer::NewVerdict &verdict : verdicts) {
            found.append(require(reader.event(verdict.id)).event.name);
        }
        found.removeDuplicates();
        return found;
    };
    QCOMPARE(namesOf(renewed(place, now, std::vector{old}, names)), QStringList{u"Order Lost"_s});
    // Some of them may be of checks that said otherwise.
    const intake::Checks third =
        checksOf({{planOf({rule("TRACK", "Order Paid", requiring("total")), lost})}});
    QCOMPARE(namesOf(renewed(place, now, std::vector{old, third}, names)),
             (QStringList{u"Order Paid"_s, u"Order Lost"_s}));
    // Other mutes touch every event.
    const intake::Checks muting = checksOf({{planOf({paid, lost})}, false, {{u"name/*"_s, {}, {}}}});
    QVERIFY(namesOf(renewed(place, muting, std::vector{old}, names)).size() > 2);
}

void TstVerdictRenewal::renamedSourceIsCheckedAgain()
{
    const intake::Checks checks =
        checksOf({{planOf({rule("TRACK", "Order Paid", requiring("orderId"))}, R"("sources":["Server"],)")}});
    const Place place;
    auto writer = require(place.open());
    fillWithAllKinds(writer);
    require(writer.setVerdicts(renewed(place, checks)));
    auto reader = require(store::Reader::open(place.path()));
    const auto names = sourceNames(reader);
    QCOMPARE(lines(renewed(place, checks, std::vector{checks}, names)), QStringList());
    for (const store::Source &source : require(reader.sources())) {
        if (source.name == u"Tracker UI"_s) {
            require(writer.renameSource(source.id, u"server"_s));
        }
    }
    const QStringList renamed = lines(renewed(place, checks, std::vector{checks}, names));
    QVERIFY(renamed.size() >= 4);
    QCOMPARE(renamed, lines(renewed(place, checks)));
}

void TstVerdictRenewal::unknownPastChecksAll()
{
    const intake::Checks checks = checksOf({{planOf({rule("TRACK", "Order Paid", requiring("orderId"))})}});
    const Place place;
    auto writer = require(place.open());
    fillWithAllKinds(writer);
    auto reader = require(store::Reader::open(place.path()));
    // Nothing was checked yet, whatever the list says: with names missing nothing of it is believed.
    QCOMPARE(lines(renewed(place, checks, std::vector{checks}, {})), lines(renewed(place, checks)));
    QCOMPARE(lines(renewed(place, checks, std::vector{checks}, sourceNames(reader))), QStringList());
}

void TstVerdictRenewal::chosenEvents()
{
    const Place place;
    auto writer = require(place.open());
    fillWithAllKinds(writer);
    const auto renewal = std::make_shared<const intake::Renewal>(intake::Renewal{
        checksOf({{planOf({rule("TRACK", "Order Paid", requiring("orderId"))})}}), std::nullopt, {}});
    intake::VerdictRenewal verdicts(require(store::Reader::open(place.path())), renewal);
    const auto found = require(verdicts.changed(
        {event::EventId{3}, event::EventId{1}, event::EventId{3}, event::EventId{99}, event::EventId{2}}));
    QStringList ids;
    for (const store::Writer::NewVerdict &verdict : found) {
        ids.append(QString::number(event::raw(verdict.id)));
    }
    QCOMPARE(ids, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
}

void TstVerdictRenewal::damagedRequestsKeepTheirVerdict()
{
    const Place place;
    auto writer = require(place.open());
    event::RequestDraft cut = request({track("Order Paid", "{}")});
    cut.events.front().begin = 5; // not where an event begins
    storetest::commit(writer, {cut, request({track("Order Paid", "{}")})});
    const auto verdicts =
        renewed(place, checksOf({{planOf({rule("TRACK", "Order Paid", requiring("orderId"))})}}));
    QCOMPARE(verdicts.size(), 1U);
    QCOMPARE(event::raw(verdicts.front().id), 2U);
}

QTEST_GUILESS_MAIN(TstVerdictRenewal)
#include "tst_verdictrenewal.moc"
