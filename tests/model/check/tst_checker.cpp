// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/checker.h"
#include "json/parser.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using check::Checker;
using check::Conventions;
using event::CallType;
using event::Finding;
using event::RuleId;
using event::Severity;

class TstChecker final : public QObject
{
    Q_OBJECT

private slots:
    void specNamesPass_data();
    void specNamesPass();
    void platformNamesPass_data();
    void platformNamesPass();
    void driftIsFound_data();
    void driftIsFound();
    void everyProposalPasses();
    void onlyTrackNamesAreRead_data();
    void onlyTrackNamesAreRead();
    void propertyCasing_data();
    void propertyCasing();
    void manyWrongKeysAreBounded();
    void prefixIsDemanded();
    void longNames();
    void exceptionsAlwaysPass();
    void severitiesAndOff();
    void switchedOffSaysNothing();
    void mostSevereFirst();
    void rulesExplainThemselves();
    void namesFromHell_data();
    void namesFromHell();
    void sourcesHaveChecksOfTheirOwn();
    void plansOfASourceCoverIt();
    void costOfAnEvent_data();
    void costOfAnEvent();
};

namespace {

QStringList lines(const QString &file)
{
    QFile data(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/check/"_s + file);
    QStringList all;
    if (data.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : data.readAll().split('\n')) {
            if (!line.isEmpty() && !line.startsWith('#')) {
                all += QString::fromUtf8(line);
            }
        }
    }
    return all;
}

Conventions preset(const QString &name)
{
    auto loaded = Conventions::load(name);
    return loaded ? *loaded : Conventions();
}

Checker checkerFor(const QString &presetName)
{
    return Checker({}, preset(presetName));
}

std::vector<Finding> findingsFor(const Checker &checker, CallType type, const QString &name,
                                 const QByteArray &body = {})
{
    const QString source = u"Tracker UI"_s;
    if (body.isEmpty()) {
        return checker.check({type, name, source, {}, 0, 0}).findings;
    }
    json::Parser parser;
    const auto document = parser.parse(body);
    return checker.check({type, name, source, document ? (*document)->root() : json::Value(), 0, 0}).findings;
}

QString wordsOfRules(const std::vector<Finding> &findings)
{
    QStringList words;
    for (const Finding &finding : findings) {
        words += QString::fromStdString(std::string(event::word(finding.rule)));
    }
    words.sort();
    return words.join(u' ');
}

/// Where a rule's arguments hold its proposal; -1 for rules without.
int proposalIndex(RuleId rule)
{
    switch (rule) {
    case RuleId::NameCasing:
    case RuleId::NameTense:
        return 2;
    case RuleId::NameObjectAction:
        return 1;
    default:
        return -1;
    }
}

} // namespace

void TstChecker::specNamesPass_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = lines(u"segment-spec-events.txt"_s) + lines(u"hard-english.txt"_s);
    QVERIFY(names.size() >= 160);
    for (const QString &name : names) {
        QTest::newRow(qPrintable(name)) << name;
    }
}

void TstChecker::specNamesPass()
{
    QFETCH(const QString, name);
    const auto findings = findingsFor(checkerFor(u"segment"_s), CallType::Track, name);
    QVERIFY2(findings.empty(), qPrintable(wordsOfRules(findings)));
}

void TstChecker::platformNamesPass_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = lines(u"platform-events.txt"_s);
    QVERIFY(names.size() >= 8);
    for (const QString &name : names) {
        QTest::newRow(qPrintable(name)) << name;
    }
}

void TstChecker::platformNamesPass()
{
    QFETCH(const QString, name);
    const QByteArray properties =
        R"({"properties":{"deliveryId":"del_123","attemptId":"a","attemptStatus":"ok",
        "buttonName":"b","merchantName":"m","orderId":"o"}})";
    for (const Finding &finding :
         findingsFor(checkerFor(u"delivery-platform"_s), CallType::Track, name, properties)) {
        QVERIFY2(finding.severity == Severity::Info, qPrintable(wordsOfRules({finding})));
    }
    const auto page = findingsFor(checkerFor(u"delivery-platform"_s), CallType::Page, u"Order Tracker"_s,
                                  R"({"properties":{"orderId":"o","deliveryStatus":"s"}})");
    QVERIFY(page.empty());
    const auto identify = findingsFor(checkerFor(u"delivery-platform"_s), CallType::Identify, QString(),
                                      R"({"traits":{"email":"ada@example.test","firstName":"Ada"}})");
    QVERIFY(identify.empty());
}

void TstChecker::driftIsFound_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("proposal");
    for (const QString &line : lines(u"drifted-names.tsv"_s)) {
        const QStringList cells = line.split(u'\t');
        QCOMPARE(cells.size(), 4);
        QTest::newRow(qPrintable(cells[0] + u": "_s + cells[1]))
            << cells[0] << cells[1] << cells[2] << cells[3];
    }
}

void TstChecker::driftIsFound()
{
    QFETCH(const QString, preset);
    QFETCH(const QString, name);
    QFETCH(const QString, proposal);
    const auto findings = findingsFor(checkerFor(preset), CallType::Track, name);
    QTEST(wordsOfRules(findings), "rules");
    for (const Finding &finding : findings) {
        QCOMPARE(finding.at.text(), "/event");
        QCOMPARE(finding.args.value(0), name);
        if (const int index = proposalIndex(finding.rule); index >= 0) {
            QCOMPARE(finding.args.value(index), proposal == u"-"_s ? QString() : proposal);
        }
    }
}

void TstChecker::everyProposalPasses()
{
    // All pairs of words that names are made of, in every casing: whatever is proposed must pass.
    const QStringList words{u"order"_s,  u"complete"_s, u"click"_s, u"sign"_s,    u"up"_s,    u"loading"_s,
                            u"viewed"_s, u"search"_s,   u"to"_s,    u"success"_s, u"set"_s,   u"server"_s,
                            u"open"_s,   u"the"_s,      u"42"_s,    u"iOS"_s,     u"login"_s, u"ä"_s};
    int proposals = 0;
    for (const QString &presetName : Conventions::presetNames()) {
        const Checker checker = checkerFor(presetName);
        for (const QString &first : words) {
            for (const QString &second : words) {
                for (const QString &third : QStringList{QString()} + words) {
                    for (const QString &separator : {u" "_s, u"_"_s}) {
                        QString name = first + separator + second;
                        if (!third.isEmpty()) {
                            name += separator + third;
                        }
                        for (const Finding &finding : findingsFor(checker, CallType::Track, name)) {
                            const int index = proposalIndex(finding.rule);
                            const QString proposal = index < 0 ? QString() : finding.args.value(index);
                            if (proposal.isEmpty()) {
                                continue;
                            }
                            ++proposals;
                            QVERIFY(proposal != name);
                            const auto again = findingsFor(checker, CallType::Track, proposal);
                            QVERIFY2(again.empty(), qPrintable(presetName + u": "_s + name + u" -> "_s +
                                                               proposal + u": "_s + wordsOfRules(again)));
                        }
                    }
                }
            }
        }
    }
    QVERIFY(proposals > 3'000);
}

void TstChecker::onlyTrackNamesAreRead_data()
{
    QTest::addColumn<CallType>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("rules");
    QTest::newRow("page title") << CallType::Page << u"order tracker"_s << QString();
    QTest::newRow("screen title") << CallType::Screen << u"click_button"_s << QString();
    QTest::newRow("page with stray space") << CallType::Page << u"Order Tracker "_s << u"name/whitespace"_s;
    QTest::newRow("screen with an id") << CallType::Screen << u"Order 4711"_s << u"name/dynamic"_s;
    QTest::newRow("long page") << CallType::Page << QString(101, u'x') << u"name/too-long"_s;
    QTest::newRow("identify") << CallType::Identify << u"whatever it is"_s << QString();
    QTest::newRow("group") << CallType::Group << u"whatever it is"_s << QString();
    QTest::newRow("alias") << CallType::Alias << u"whatever it is"_s << QString();
    QTest::newRow("rejected") << CallType::None << u"invalid_json"_s << QString();
    QTest::newRow("no name") << CallType::Track << QString() << QString();
}

void TstChecker::onlyTrackNamesAreRead()
{
    QFETCH(const CallType, type);
    QFETCH(const QString, name);
    const auto findings = findingsFor(checkerFor(u"segment"_s), type, name);
    QTEST(wordsOfRules(findings), "rules");
    if (type != CallType::Track && !findings.empty()) {
        QCOMPARE(findings.front().at.text(), "/name");
    }
}

void TstChecker::propertyCasing_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<CallType>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("found"); // "pointer proposal"

    const QString platform = u"delivery-platform"_s;
    const QString segment = u"segment"_s;
    QTest::newRow("camel") << platform << CallType::Track
                           << R"({"properties":{"deliveryId":1,"a":1,"orderID":2,"v2":1,"utm1":2}})"_qba
                           << QStringList();
    QTest::newRow("snake among camel")
        << platform << CallType::Track << R"({"properties":{"delivery_id":1}})"_qba
        << QStringList{u"/properties/delivery_id deliveryId"_s};
    QTest::newRow("nested, each once")
        << platform << CallType::Track
        << R"({"properties":{"products":[{"product_id":1},{"product_id":2,"Price":3}],"shop":{"shop-name":1}}})"_qba
        << QStringList{u"/properties/products/0/product_id productId"_s,
                       u"/properties/products/1/Price price"_s, u"/properties/shop/shop-name shopName"_s};
    QTest::newRow("page") << platform << CallType::Page << R"({"properties":{"Order ID":1}})"_qba
                          << QStringList{u"/properties/Order ID orderId"_s};
    QTest::newRow("key with a slash") << platform << CallType::Track << R"({"properties":{"a/b":1}})"_qba
                                      << QStringList{u"/properties/a~1b aB"_s};
    QTest::newRow("camel among snake")
        << segment << CallType::Track << R"({"properties":{"orderId":1,"SKU":2,"order_id":3}})"_qba
        << QStringList{u"/properties/orderId order_id"_s, u"/properties/SKU sku"_s};
    QTest::newRow("tools' own keys") << platform << CallType::Track
                                     << R"({"properties":{"$set":{},"_metadata":1,"":1}})"_qba
                                     << QStringList();
    QTest::newRow("no letters to write small")
        << platform << CallType::Track << R"({"properties":{"42":1,"地址":1}})"_qba << QStringList();
    QTest::newRow("traits either way")
        << segment << CallType::Identify << R"({"traits":{"firstName":1,"first_name":2,"Plan Name":3}})"_qba
        << QStringList();
    QTest::newRow("properties missing")
        << platform << CallType::Track << R"({"event":"x"})"_qba << QStringList();
    QTest::newRow("properties no object")
        << platform << CallType::Track << R"({"properties":"A_b"})"_qba << QStringList();
    QTest::newRow("no object at all") << platform << CallType::Track << R"([1])"_qba << QStringList();
}

void TstChecker::propertyCasing()
{
    QFETCH(const QString, preset);
    QFETCH(const CallType, type);
    QFETCH(const QByteArray, body);
    QStringList found;
    for (const Finding &finding : findingsFor(checkerFor(preset), type, QString(), body)) {
        QCOMPARE(finding.rule, RuleId::NamePropertyCasing);
        found += finding.at.toString() + u' ' + finding.args.value(2);
    }
    QTEST(found, "found");
}

void TstChecker::manyWrongKeysAreBounded()
{
    QByteArray body = R"({"properties":{)";
    for (int i = 0; i < 10'000; ++i) {
        body += "\"key_" + QByteArray::number(i) + "\":1,";
    }
    body += R"("last":{)";
    QByteArray deep;
    for (int i = 0; i < 90; ++i) {
        deep += "\"a_b" + QByteArray::number(i) + "\":{";
    }
    body += deep.sliced(0, deep.size() - 1) + "1" + QByteArray(90, '}') + "}}";
    const auto findings = findingsFor(checkerFor(u"delivery-platform"_s), CallType::Track, QString(), body);
    QCOMPARE(findings.size(), std::size_t(50));
}

void TstChecker::prefixIsDemanded()
{
    Conventions conventions = preset(u"delivery-platform"_s);
    conventions.requiresPrefix = true;
    const Checker checker({}, conventions);
    const auto findings = findingsFor(checker, CallType::Track, u"Button Clicked"_s);
    QCOMPARE(wordsOfRules(findings), u"name/prefix"_s);
    QCOMPARE(findings.front().args, (QStringList{u"Button Clicked"_s, u"order_tracker, pilot, server"_s}));
    QVERIFY(findingsFor(checker, CallType::Track, u"pilot_button_clicked"_s).empty());
    QVERIFY(findingsFor(checker, CallType::Track, u"Order Tracker Button Clicked"_s).empty());
    QCOMPARE(wordsOfRules(findingsFor(checker, CallType::Track, u"Pilots Called"_s)), u"name/prefix"_s);
}

void TstChecker::longNames()
{
    Conventions conventions = preset(u"segment"_s);
    conventions.maxNameLength = 15;
    const Checker checker({}, conventions);
    QVERIFY(findingsFor(checker, CallType::Track, u"Order Completed"_s).empty());
    const auto findings = findingsFor(checker, CallType::Track, u"Orders Completed"_s);
    QCOMPARE(wordsOfRules(findings), u"name/too-long"_s);
    QCOMPARE(findings.front().args, (QStringList{u"Orders Completed"_s, u"15"_s}));
}

void TstChecker::exceptionsAlwaysPass()
{
    Conventions conventions = preset(u"segment"_s);
    conventions.exceptions = {u"click  it 4711"_s, u"orderId"_s};
    const Checker checker({}, conventions);
    QVERIFY(findingsFor(checker, CallType::Track, u"click  it 4711"_s, R"({"properties":{"orderId":1}})")
                .empty());
}

void TstChecker::severitiesAndOff()
{
    Conventions conventions = preset(u"segment"_s);
    conventions.severities.insert(RuleId::NameTense, Severity::Error);
    conventions.off = {RuleId::NameCasing};
    const Checker checker({}, conventions);
    const auto findings = findingsFor(checker, CallType::Track, u"button_click"_s);
    QCOMPARE(wordsOfRules(findings), u"name/tense"_s);
    QCOMPARE(findings.front().severity, Severity::Error);
}

void TstChecker::switchedOffSaysNothing()
{
    Conventions conventions = preset(u"segment"_s);
    conventions.isOn = false;
    const Checker checker({}, conventions);
    QVERIFY(findingsFor(checker, CallType::Track, u"button_click"_s).empty());
    QVERIFY(checker.rules().empty());
}

void TstChecker::mostSevereFirst()
{
    const auto findings = findingsFor(checkerFor(u"delivery-platform"_s), CallType::Track, u"Button_Click"_s,
                                      R"({"properties":{"delivery_id":1}})");
    QCOMPARE(findings.size(), std::size_t(3));
    QCOMPARE(findings.back().rule, RuleId::NameTense);
    QVERIFY(std::ranges::is_sorted(findings, std::ranges::greater(), &Finding::severity));
}

void TstChecker::rulesExplainThemselves()
{
    const auto rules = checkerFor(u"segment"_s).rules();
    QCOMPARE(rules.size(), std::size_t(7));
    for (const check::RuleInfo &info : rules) {
        QVERIFY(info.summary.endsWith(u'.'));
        QVERIFY(info.howToFix.endsWith(u'.'));
        QCOMPARE(event::kindOf(info.id), event::FindingKind::Lint);
    }
}

void TstChecker::namesFromHell_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("one space") << u" "_s;
    QTest::newRow("only separators") << u"___"_s;
    QTest::newRow("prefix alone") << u"pilot_"_s;
    QTest::newRow("prefix words alone") << u"Order Tracker"_s;
    QTest::newRow("NUL") << QString(1, QChar(0));
    QTest::newRow("lone surrogate") << QString(1, QChar(0xd800));
    QTest::newRow("particle first") << u"up up"_s;
    QTest::newRow("preposition first") << u"To Be Or Not"_s;
    QTest::newRow("emoji") << u"Order 🚚 Shipped"_s;
    QTest::newRow("very long") << u"Button Click "_s.repeated(20'000);
    QTest::newRow("right to left") << u"הזמנה הושלמה"_s;
}

void TstChecker::namesFromHell()
{
    QFETCH(const QString, name);
    for (const QString &presetName : Conventions::presetNames()) {
        for (const Finding &finding : findingsFor(checkerFor(presetName), CallType::Track, name)) {
            QCOMPARE(event::kindOf(finding.rule), event::FindingKind::Lint);
        }
    }
}

void TstChecker::sourcesHaveChecksOfTheirOwn()
{
    check::SourceChecks pilot;
    pilot.source = u"Pilot UI"_s;
    pilot.conventions = preset(u"snake-case"_s);
    check::SourceChecks quiet;
    quiet.source = u"Kiosk"_s;
    quiet.conventions = Conventions();
    quiet.conventions->isOn = false;
    const Checker checker({}, preset(u"segment"_s), {}, {pilot, quiet});
    const auto findings = [&](const QString &name, const QString &source) {
        return wordsOfRules(checker.check({CallType::Track, name, source, {}, 0, 0}).findings);
    };
    QVERIFY(findings(u"Order Completed"_s, u"Shop"_s).isEmpty());
    QVERIFY(!findings(u"order_completed"_s, u"Shop"_s).isEmpty());
    QVERIFY(findings(u"order_completed"_s, u"pilot ui"_s).isEmpty());
    QVERIFY(!findings(u"Order Completed"_s, u"Pilot UI"_s).isEmpty());
    QVERIFY(findings(u"order_completed"_s, u"Kiosk"_s).isEmpty());
    QCOMPARE(checker.conventionsOf(u"PILOT UI"_s).eventCasing, check::Casing::SnakeCase);
    QCOMPARE(checker.conventionsOf(u"Shop"_s).eventCasing, check::Casing::TitleCase);
}

void TstChecker::plansOfASourceCoverIt()
{
    const auto planOf = [](const QByteArray &event, const QByteArray &sources) {
        return *plan::parse(R"({"sources":[)" + sources + R"(],"rules":[{"type":"TRACK","key":")" + event +
                                R"(","jsonSchema":{"type":"object"}}]})",
                            u"plan.json"_s);
    };
    check::SourceChecks own;
    own.source = u"Pilot UI"_s;
    own.plans = {planOf("Robot Unlocked", "\"Somebody else\"")};
    Conventions none;
    none.isOn = false;
    const Checker checker({planOf("Order Paid", "")}, none, {}, {own});
    json::Parser parser;
    const auto document = parser.parse("{}");
    const auto status = [&](const QString &name, const QString &source) {
        return checker.check({CallType::Track, name, source, (*document)->root(), 0, 0}).status;
    };
    QCOMPARE(status(u"Order Paid"_s, u"Shop"_s), event::Status::Valid);
    QCOMPARE(status(u"Robot Unlocked"_s, u"Shop"_s), event::Status::Unplanned);
    QCOMPARE(status(u"Robot Unlocked"_s, u"Pilot UI"_s), event::Status::Valid);
    QCOMPARE(status(u"Order Paid"_s, u"Pilot UI"_s), event::Status::Unplanned);
    QVERIFY(checker.ruleFor(CallType::Track, u"Robot Unlocked"_s, u"Pilot UI"_s) != nullptr);
    QVERIFY(checker.ruleFor(CallType::Track, u"Robot Unlocked"_s, u"Shop"_s) == nullptr);
}

void TstChecker::costOfAnEvent_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("findings");
    QTest::newRow("good name") << u"Order Tracker Map Opened"_s << 0;
    QTest::newRow("good name in progress") << u"Unlocking Robot"_s << 0;
    QTest::newRow("name with a proposal") << u"Order Unlock Coco"_s << 1;
}

void TstChecker::costOfAnEvent()
{
    QFETCH(const QString, name);
    QFETCH(const int, findings);
    const Checker checker = checkerFor(u"delivery-platform"_s);
    json::Parser parser;
    const auto document =
        parser.parse(R"({"event":"x","properties":{"deliveryId":"del_123","attemptId":"att_9",
        "attemptStatus":"ok","robotName":"Coco 12","batteryPercent":81,"latitude":34.01,"longitude":-118.49,
        "products":[{"sku":"a","unitPrice":1.5,"quantity":2},{"sku":"b","unitPrice":3,"quantity":1}]}})");
    QVERIFY(document);
    const QString source = u"Tracker UI"_s;
    const check::EventView view{CallType::Track, name, source, (*document)->root(), 400, 0};
    std::size_t found = 0;
    QBENCHMARK
    {
        found = checker.check(view).findings.size();
    }
    QCOMPARE(found, std::size_t(findings));
}

QTEST_GUILESS_MAIN(TstChecker)
#include "tst_checker.moc"
