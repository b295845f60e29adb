// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/infer.h"
#include "segment/decode.h"
#include "tests/support/sampletraffic.h"
#include "json/parser.h"

#include <map>
#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using event::CallType;
using plan::Json;

namespace {

/// Events that were shown to an inference, kept for checking what it learnt.
struct Shown
{
    CallType type = CallType::Track;
    QString name;
    std::shared_ptr<const json::Document> document;
    json::Value merged;
};

class Learner
{
public:
    void show(const Json &event, CallType type = CallType::Track, const QString &name = u"Order Loaded"_s,
              const QString &source = u"Tracker"_s, std::int64_t receivedUs = 0)
    {
        showText(QByteArray::fromStdString(event.dump()), type, name, source, receivedUs);
    }

    void showText(const QByteArray &event, CallType type, const QString &name, const QString &source,
                  std::int64_t receivedUs)
    {
        const auto document = m_parser.parse(event);
        Q_ASSERT(document.has_value());
        m_shown.push_back({type, name, *document, (*document)->root()});
        m_inference.add(type, name, source, receivedUs, m_shown.back().merged);
    }

    void show(const segment::MergedEvent &event, CallType type, const QString &name)
    {
        m_shown.push_back({type, name, event.document, event.value});
        m_inference.add(type, name, {}, 0, event.value);
    }

    /// Track events with these properties, as often as said.
    void showProperties(const Json &properties, int times = 1)
    {
        for (int i = 0; i < times; ++i) {
            show(Json{{"event", "Order Loaded"}, {"properties", properties}});
        }
    }

    [[nodiscard]] std::vector<plan::InferredRule> rules(const plan::InferOptions &options = {}) const
    {
        return m_inference.rules(options);
    }
    [[nodiscard]] plan::InferredRule only(const plan::InferOptions &options = {}) const
    {
        auto all = rules(options);
        return all.size() == 1 ? std::move(all.front()) : plan::InferredRule();
    }
    /// Schema of the properties of the only rule.
    [[nodiscard]] Json properties(const plan::InferOptions &options = {}) const
    {
        return only(options).rule.schema.at("properties").at("properties");
    }
    [[nodiscard]] const std::vector<Shown> &shown() const { return m_shown; }
    [[nodiscard]] const plan::Inference &inference() const { return m_inference; }

private:
    json::Parser m_parser;
    plan::Inference m_inference;
    std::vector<Shown> m_shown;
};

/// What of the shown events a plan of the learnt rules does not find valid: must be nothing.
QStringList refused(const Learner &learner, const plan::InferOptions &options)
{
    plan::Document document;
    for (const plan::InferredRule &inferred : learner.rules(options)) {
        document.rules.push_back(std::make_shared<const plan::RuleSource>(inferred.rule));
    }
    const auto compiled = plan::compile(document);
    QStringList refused;
    for (const plan::Problem &problem : compiled->problems) {
        refused += problem.where + u": "_s + problem.message;
    }
    const plan::PlanSet plans({compiled});
    for (const Shown &one : learner.shown()) {
        const plan::Verdict verdict = plans.check(one.type, one.name, {}, one.merged);
        if (verdict.status != event::Status::Valid) {
            refused += u"%1 is %2"_s.arg(one.name).arg(static_cast<int>(verdict.status));
        }
        for (const event::Finding &finding : verdict.findings) {
            refused += one.name + u' ' + finding.at.toString() + u' ' + finding.args.join(u'|');
        }
    }
    return refused;
}

const plan::Evidence *evidenceAt(const plan::InferredRule &rule, const QStringList &path)
{
    const auto found = std::ranges::find(rule.evidence, path, &plan::Evidence::path);
    return found == rule.evidence.end() ? nullptr : &*found;
}

QByteArray shown(const Json &value)
{
    return QByteArray::fromStdString(value.dump());
}

} // namespace

class TstInference : public QObject
{
    Q_OBJECT

private slots:
    void propertySchema_data();
    void propertySchema();
    void wholeSchema();
    void requiredNeedsAllEvents();
    void nestedShapes();
    void tooFewEventsSayTypesOnly();
    void optionsDecideOnEnums_data();
    void optionsDecideOnEnums();
    void traitsOfIdentifyAndGroup();
    void unnamedCallsAreOneRule();
    void rulesInOrder();
    void eventsWithoutProperties();
    void evidenceIsExact();
    void evidenceReads_data();
    void evidenceReads();
    void memoryIsBounded();
    void oddInput();
    void sampleTrafficIsValid();
    void randomEventsAreValid_data();
    void randomEventsAreValid();
};

void TstInference::propertySchema_data()
{
    QTest::addColumn<QString>("values"); // a JSON list, one value an event, all of it twenty times
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("schema");

    const auto row = [](const char *title, const char *values, const char *schema,
                        const char *name = "attemptStatus") {
        QTest::newRow(title) << QString::fromUtf8(values) << QString::fromUtf8(name) << QByteArray(schema);
    };
    row("whole numbers", "[1,2,300]", R"({"type":"integer"})");
    row("fractions", "[1.5,2.25]", R"({"type":"number"})");
    row("both are numbers", "[1,2.25]", R"({"type":"number"})");
    row("1.0 is a whole number", "[1.0,2]", R"({"type":"integer"})");
    row("few numbers are no choice", "[1,2,3]", R"({"type":"integer"})");
    row("true and false", "[true,false]", R"({"type":"boolean"})");
    row("null only", "[null]", R"({"type":"null"})");
    row("text or null", R"(["a b c d e f g",null])", R"({"type":["string","null"]})");
    row("text or number", R"(["a",1])", R"({"type":["string","integer"]})");
    row("few values", R"(["success","failed"])", R"({"type":"string","enum":["failed","success"]})");
    row("few values or null", R"(["success",null,"failed"])",
        R"({"type":["string","null"],"enum":["failed","success",null]})");
    row("one value only is no choice", R"(["success"])", R"({"type":"string"})");
    row("numbered values", R"(["A-113","B-207"])", R"({"type":"string"})");
    row("numbers as texts", R"(["1","2"])", R"({"type":"string"})");
    row("an id by its name", R"(["alpha","beta"])", R"({"type":"string"})", "deliveryId");
    row("an id in snake case", R"(["alpha","beta"])", R"({"type":"string"})", "delivery_id");
    row("an id in capitals", R"(["alpha","beta"])", R"({"type":"string"})", "deliveryID");
    row("a name that ends like one", R"(["alpha","beta"])", R"({"type":"string","enum":["alpha","beta"]})",
        "grid");
    row("someone's name", R"(["Ada","Grace"])", R"({"type":"string"})", "first_name");
    row("sentences", R"(["The robot did not move at all","It rained on the whole way"])",
        R"({"type":"string"})");
    row("lines", R"(["a\nb","c"])", R"({"type":"string"})");
    row("the empty text", R"(["","a"])", R"({"type":"string"})");
    row("date-time", R"(["2026-11-24T10:00:00Z","2026-11-24T10:00:00.5+02:00"])",
        R"({"type":"string","format":"date-time"})");
    row("date", R"(["2026-11-24","2026-11-25"])", R"({"type":"string","format":"date"})");
    row("e-mail", R"(["ada@example.org","grace@example.org"])", R"({"type":"string","format":"email"})");
    row("links", R"(["https://example.org/a","app://open"])", R"({"type":"string","format":"uri"})");
    row("no links", R"(["note:later","note:never"])",
        R"({"type":"string","enum":["note:later","note:never"]})");
    row("uuid", R"(["6e2f1f2a-9a53-4d3c-8f14-0c2c5b2d8a11"])", R"({"type":"string","format":"uuid"})");
    row("ipv4", R"(["10.0.0.1","192.168.1.20"])", R"({"type":"string","format":"ipv4"})");
    row("a format or null", R"(["2026-11-24",null])", R"({"type":["string","null"],"format":"date"})");
    row("a format that not all have", R"(["2026-11-24","soon"])",
        R"({"type":"string","enum":["2026-11-24","soon"]})");
    row("list of texts", R"([["spicy","mild"],["mild"]])",
        R"({"type":"array","items":{"type":"string","enum":["mild","spicy"]}})");
    row("list of what has ids", R"([["a","b"],["b"]])", R"({"type":"array","items":{"type":"string"}})",
        "orderIds");
    row("empty lists", "[[],[]]", R"({"type":"array"})");
    row("mixed list", R"([[1,"a",null]])",
        R"({"type":"array","items":{"type":["string","integer","null"]}})");
    row("list of lists", "[[[1],[2.5]]]",
        R"({"type":"array","items":{"type":"array","items":{"type":"number"}}})");
    row("empty object", "[{}]", R"({"type":"object","properties":{}})");
}

void TstInference::propertySchema()
{
    QFETCH(QString, values);
    QFETCH(QString, name);
    QFETCH(QByteArray, schema);
    Learner learner;
    for (int i = 0; i < 20; ++i) {
        for (const Json &value : Json::parse(values.toStdString())) {
            learner.showProperties(Json{{name.toStdString(), value}});
        }
    }
    QCOMPARE(shown(learner.properties().at("properties").at(name.toStdString())), schema);
    QCOMPARE(refused(learner, {}), QStringList());
}

void TstInference::wholeSchema()
{
    Learner learner;
    learner.showProperties(Json{{"orderId", "a"}, {"total", 3}}, 10);
    learner.showProperties(Json{{"orderId", "b"}, {"total", 3}, {"coupon", "x"}}, 10);
    const plan::InferredRule inferred = learner.only();
    // Not in the macro: moc takes the link for a comment.
    const QByteArray expected =
        R"({"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"properties":{"type":"object","properties":{"orderId":{"type":"string"},"total":{"type":"integer"},"coupon":{"type":"string"}},"required":["orderId","total"]}},"required":["properties"]})"_ba;
    QCOMPARE(shown(inferred.rule.schema), expected);
    QCOMPARE(inferred.rule.type, CallType::Track);
    QCOMPARE(inferred.rule.name, u"Order Loaded"_s);
    QCOMPARE(inferred.rule.scope, plan::Scope::Event);
    QCOMPARE(inferred.events, 20U);
    QVERIFY(inferred.rule.sources.isEmpty());
    QVERIFY(!inferred.isBelowMinSeen);
}

void TstInference::requiredNeedsAllEvents()
{
    Learner learner;
    learner.showProperties(Json{{"always", 1}, {"mostly", 1}, {"null", nullptr}}, 99);
    learner.showProperties(Json{{"always", 1}, {"null", 2}});
    QCOMPARE(shown(learner.properties().at("required")), R"(["always","null"])"_ba);

    // One event without any properties: then none of them is always there.
    learner.show(Json{{"event", "Order Loaded"}});
    QVERIFY(!learner.properties().contains("required"));
    QVERIFY(!learner.only().rule.schema.contains("required"));
    QCOMPARE(refused(learner, {}), QStringList());
}

void TstInference::nestedShapes()
{
    Learner learner;
    for (int i = 0; i < 12; ++i) {
        Json products = Json::array({Json{{"sku", "s"}, {"price", 2.5}}});
        if (i % 2 == 0) {
            products.push_back(Json{{"sku", "t"}});
        }
        learner.showProperties(Json{{"products", products}, {"address", {{"city", "Ulm"}, {"zip", i}}}});
    }
    learner.showProperties(Json{{"products", Json::array()}, {"address", nullptr}});
    QCOMPARE(
        shown(learner.properties()),
        R"({"type":"object","properties":{"products":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string","enum":["s","t"]},"price":{"type":"number"}},"required":["sku"]}},"address":{"type":["object","null"],"properties":{"city":{"type":"string"},"zip":{"type":"integer"}},"required":["city","zip"]}},"required":["products","address"]})"_ba);
    QCOMPARE(refused(learner, {}), QStringList());

    const plan::InferredRule inferred = learner.only();
    QStringList paths;
    for (const plan::Evidence &evidence : inferred.evidence) {
        paths += u"%1 %2/%3"_s.arg(evidence.path.join(u'.')).arg(evidence.seen).arg(evidence.of);
    }
    QCOMPARE(paths, (QStringList{u"products 13/13"_s, u"products.$ 18/18"_s, u"products.$.sku 18/18"_s,
                                 u"products.$.price 12/18"_s, u"address 13/13"_s, u"address.city 12/12"_s,
                                 u"address.zip 12/12"_s}));
}

void TstInference::tooFewEventsSayTypesOnly()
{
    Learner learner;
    learner.showProperties(Json{{"status", "a"}, {"at", "2026-11-24"}}, 5);
    learner.showProperties(Json{{"status", "b"}, {"at", "2026-11-24"}}, 4);
    const plan::InferredRule few = learner.only();
    QVERIFY(few.isBelowMinSeen);
    QCOMPARE(shown(few.rule.schema.at("properties").at("properties")),
             R"({"type":"object","properties":{"status":{"type":"string"},"at":{"type":"string"}}})"_ba);
    learner.showProperties(Json{{"status", "b"}, {"at", "2026-11-24"}});
    QVERIFY(!learner.only().isBelowMinSeen);
    QCOMPARE(shown(learner.properties().at("required")), R"(["status","at"])"_ba);

    // What came in a few of many events is as unsure.
    Learner rare;
    rare.showProperties(Json{{"a", 1}}, 50);
    rare.showProperties(Json{{"a", 1}, {"at", "2026-11-24"}, {"inner", {{"b", 1}}}}, 9);
    QCOMPARE(
        shown(rare.properties().at("properties")),
        R"({"a":{"type":"integer"},"at":{"type":"string"},"inner":{"type":"object","properties":{"b":{"type":"integer"}}}})"_ba);
}

void TstInference::optionsDecideOnEnums_data()
{
    QTest::addColumn<int>("values");
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("isEnum");
    QTest::newRow("twelve values, five each") << 12 << 5 << true;
    QTest::newRow("thirteen values") << 13 << 5 << false;
    QTest::newRow("four each") << 12 << 4 << false;
    QTest::newRow("two values, five each") << 2 << 5 << true;
    QTest::newRow("two values, too few events") << 2 << 4 << false;
}

void TstInference::optionsDecideOnEnums()
{
    QFETCH(int, values);
    QFETCH(int, times);
    QFETCH(bool, isEnum);
    Learner learner;
    for (int value = 0; value < values; ++value) {
        learner.showProperties(Json{{"status", std::string("state ") + static_cast<char>('a' + value)}},
                               times);
    }
    QCOMPARE(learner.properties().at("properties").at("status").contains("enum"), isEnum);
}

void TstInference::traitsOfIdentifyAndGroup()
{
    Learner learner;
    for (const CallType type : {CallType::Identify, CallType::Group}) {
        for (int i = 0; i < 10; ++i) {
            learner.show(Json{{"userId", "u"},
                              {"properties", {{"ignored", 1}}},
                              {"context", {{"traits", {{"ignored", 1}}}}},
                              {"traits", {{"plan", i % 2 == 0 ? "free" : "paid"}}}},
                         type, u"not a name"_s);
        }
    }
    const auto rules = learner.rules();
    QCOMPARE(rules.size(), 2U);
    for (const plan::InferredRule &inferred : rules) {
        QCOMPARE(inferred.rule.name, QString());
        QCOMPARE(
            shown(inferred.rule.schema.at("properties")),
            R"({"traits":{"type":"object","properties":{"plan":{"type":"string","enum":["free","paid"]}},"required":["plan"]}})"_ba);
    }
}

void TstInference::unnamedCallsAreOneRule()
{
    Learner learner;
    learner.show(Json{{"properties", {{"url", "https://example.org"}}}}, CallType::Page, QString());
    learner.show(Json{{"properties", {{"url", "https://example.org"}}}}, CallType::Page, u"Home"_s);
    learner.show(Json{{"userId", "a"}, {"previousId", "b"}}, CallType::Alias, QString());
    learner.show(Json{{"event", ""}}, CallType::Track, QString());
    learner.show(Json{{"event", "x"}}, CallType::None, u"x"_s);
    QStringList titles;
    for (const plan::InferredRule &inferred : learner.rules()) {
        titles += u"%1 %2"_s.arg(int(inferred.rule.type)).arg(inferred.rule.name);
    }
    QCOMPARE(titles, (QStringList{u"2 "_s, u"2 Home"_s, u"6 "_s}));
    QCOMPARE(learner.inference().events(), 3U);
}

void TstInference::rulesInOrder()
{
    Learner learner;
    learner.show(Json::object(), CallType::Identify, {}, u"Web"_s, 50);
    learner.show(Json::object(), CallType::Track, u"Order 4711 Completed"_s, u"Web"_s, 30);
    learner.show(Json::object(), CallType::Track, u"Button Clicked"_s, u"Web"_s, 20);
    learner.show(Json::object(), CallType::Track, u"Button Clicked"_s, u"Backend"_s, 10);
    learner.show(Json::object(), CallType::Track, u"Button Clicked"_s, u"Web"_s, 40);
    const auto rules = learner.rules();
    QCOMPARE(rules.size(), 3U);
    QCOMPARE(rules[0].rule.name, u"Button Clicked"_s);
    QCOMPARE(rules[0].sources, (QStringList{u"Web"_s, u"Backend"_s}));
    QCOMPARE(rules[0].firstUs, 10);
    QCOMPARE(rules[0].lastUs, 40);
    QCOMPARE(rules[1].rule.name, u"Order 4711 Completed"_s);
    QCOMPARE(rules[2].rule.type, CallType::Identify);
}

void TstInference::eventsWithoutProperties()
{
    Learner learner;
    for (int i = 0; i < 20; ++i) {
        learner.show(i % 2 == 0 ? Json{{"event", "a"}} : Json{{"event", "a"}, {"properties", nullptr}});
    }
    QCOMPARE(shown(learner.only().rule.schema.at("properties")), R"({"properties":{"type":"null"}})"_ba);
    QCOMPARE(refused(learner, {}), QStringList());
    Learner none;
    none.show(Json{{"event", "a"}});
    QCOMPARE(shown(none.only().rule.schema.at("properties")), R"({"properties":{"type":"object"}})"_ba);
}

void TstInference::evidenceIsExact()
{
    Learner learner;
    std::mt19937 random(7);
    std::map<std::string, std::uint64_t> words;
    std::uint64_t texts = 0;
    std::uint64_t numbers = 0;
    std::uint64_t nulls = 0;
    int least = 1000;
    int most = -1000;
    for (int i = 0; i < 1000; ++i) {
        Json properties = Json::object();
        switch (random() % 4) {
        case 0: {
            const std::string word = "word " + std::to_string(random() % 30);
            ++words[word];
            ++texts;
            properties["mixed"] = word;
            break;
        }
        case 1: {
            const int number = static_cast<int>(random() % 100) - 50;
            ++numbers;
            least = std::min(least, number);
            most = std::max(most, number);
            properties["mixed"] = number;
            break;
        }
        case 2:
            ++nulls;
            properties["mixed"] = nullptr;
            break;
        default:
            break;
        }
        learner.showProperties(properties);
    }
    const plan::InferredRule inferred = learner.only();
    const plan::Evidence *evidence = evidenceAt(inferred, {u"mixed"_s});
    QVERIFY(evidence != nullptr);
    QCOMPARE(evidence->seen, texts + numbers + nulls);
    QCOMPARE(evidence->of, 1000U);
    std::map<QString, std::uint64_t> types;
    for (std::size_t i = 0; i < evidence->types.size(); ++i) {
        types.insert(evidence->types[i]);
        QVERIFY(i == 0 || evidence->types[i - 1].second >= evidence->types[i].second);
    }
    QCOMPARE(types, (std::map<QString, std::uint64_t>{
                        {u"string"_s, texts}, {u"integer"_s, numbers}, {u"null"_s, nulls}}));
    QCOMPARE(evidence->minimum, QString::number(least));
    QCOMPARE(evidence->maximum, QString::number(most));
    QVERIFY(evidence->isDistinctExact);
    QVERIFY(evidence->distinct > words.size());
    QCOMPARE(evidence->values.size(), 20U);
    std::uint64_t previous = evidence->values.front().second;
    for (const auto &[value, times] : evidence->values) {
        QVERIFY(times <= previous);
        previous = times;
        if (const auto word = words.find(value.toStdString()); word != words.end()) {
            QCOMPARE(times, word->second);
        }
    }
    QCOMPARE(evidence->format, QString());
}

void TstInference::evidenceReads_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("text");
    QTest::newRow("texts") << R"(["a","b","a"])"_ba << u"3 of 4, 2 values"_s;
    QTest::newRow("one text") << R"(["a"])"_ba << u"1 of 2, 1 value"_s;
    QTest::newRow("range") << "[5,99,7.5]"_ba << u"3 of 4, integer 2, number 1, 5..99"_s;
    QTest::newRow("negative") << "[-5,-7,2]"_ba << u"3 of 4, -7..2"_s;
    QTest::newRow("digits as sent") << "[1.50,1.500]"_ba << u"2 of 3, always 1.50"_s;
    QTest::newRow("one number") << "[3,3]"_ba << u"2 of 3, always 3"_s;
    QTest::newRow("types") << R"(["a",null,"b"])"_ba << u"3 of 4, string 2, null 1, 2 values"_s;
    QTest::newRow("format") << R"(["2026-11-24"])"_ba << u"1 of 2, 1 value, date"_s;
    QTest::newRow("true and false") << "[true,false]"_ba << u"2 of 3"_s;
}

void TstInference::evidenceReads()
{
    QFETCH(QByteArray, values);
    QFETCH(QString, text);
    Learner learner;
    learner.showProperties(Json::object());
    // As text: the digits must arrive as they are written.
    for (const QByteArray &value : values.sliced(1, values.size() - 2).split(',')) {
        learner.showText(R"({"properties":{"a":)"_ba + value + "}}"_ba, CallType::Track, u"Order Loaded"_s,
                         {}, 0);
    }
    const plan::InferredRule inferred = learner.only();
    QCOMPARE(plan::evidenceText(inferred.evidence.front()), text);
}

void TstInference::memoryIsBounded()
{
    Learner names;
    for (int i = 0; i < 2'100; ++i) {
        names.show(Json::object(), CallType::Track, u"Event %1"_s.arg(i));
    }
    QCOMPARE(names.rules().size(), 2'000U);
    QCOMPARE(names.inference().events(), 2'000U);

    Learner properties;
    Json many = Json::object();
    for (int i = 0; i < 600; ++i) {
        many["p" + std::to_string(i)] = i;
    }
    for (int i = 0; i < 12; ++i) {
        properties.showProperties(many);
    }
    QCOMPARE(properties.properties().at("properties").size(), 500U);
    QCOMPARE(refused(properties, {}), QStringList());

    Learner values;
    for (int i = 0; i < 1'000; ++i) {
        values.showProperties(Json{{"word", i % 2 == 0 ? "often" : "x" + std::to_string(i)},
                                   {"long", std::string(100'000, 'x')}});
    }
    const plan::InferredRule inferred = values.only();
    const plan::Evidence *word = evidenceAt(inferred, {u"word"_s});
    QVERIFY(word != nullptr);
    QVERIFY(!word->isDistinctExact);
    QCOMPARE(word->distinct, 200U);
    QCOMPARE(word->values.front(), (std::pair<QString, std::uint64_t>(u"often"_s, 500)));
    QCOMPARE(plan::evidenceText(*word), u"1000 of 1000, more than 200 values"_s);
    const plan::Evidence *longOne = evidenceAt(inferred, {u"long"_s});
    QVERIFY(longOne != nullptr);
    QVERIFY(longOne->values.empty());
    QVERIFY(!longOne->isDistinctExact);

    // Nested beyond what is looked at.
    Learner deep;
    Json nested = 1;
    for (int i = 0; i < 300; ++i) {
        nested = i % 2 == 0 ? Json{{"n", nested}} : Json::array({nested});
    }
    for (int i = 0; i < 12; ++i) {
        deep.showProperties(Json{{"n", nested}});
    }
    QVERIFY(deep.only().evidence.size() <= 10);
    QCOMPARE(refused(deep, {}), QStringList());
}

void TstInference::oddInput()
{
    Learner learner;
    for (int i = 0; i < 12; ++i) {
        learner.showText(
            R"({"properties":{"a":1,"a":"two","b":NaN,"c":1e400,"d":123456789012345678901234567890}})"_ba,
            CallType::Track, u"Odd"_s, {}, 0);
        learner.showText(
            R"({"properties":{"a":"\ud800","":"empty name","with.dot":{"$":1},"e":"\u0000"}})"_ba,
            CallType::Track, u"Odd"_s, {}, 0);
        learner.showText(R"([1,2])"_ba, CallType::Track, u"Odd"_s, {}, 0);
    }
    const plan::InferredRule inferred = learner.only();
    QCOMPARE(inferred.events, 24U);
    const Json &properties = inferred.rule.schema.at("properties").at("properties").at("properties");
    QCOMPARE(shown(properties.at("a").at("type")), R"("string")"_ba); // of repeated names the last counts
    QCOMPARE(shown(properties.at("b")), R"({"type":"number"})"_ba);
    QCOMPARE(shown(properties.at("c")), R"({"type":"integer"})"_ba);
    QCOMPARE(shown(properties.at("d")), R"({"type":"integer"})"_ba);
    QVERIFY(properties.contains(""));
    QVERIFY(evidenceAt(inferred, {u"with.dot"_s, u"$"_s}) != nullptr);
}

void TstInference::sampleTrafficIsValid()
{
    support::SampleTraffic traffic(4);
    Learner learner;
    json::Parser parser;
    segment::StoredEvents stored;
    for (int i = 0; i < 400; ++i) {
        const event::RequestDraft request = traffic.next();
        for (const event::EventDraft &draft : request.events) {
            learner.show(stored.merged(request.body, draft.begin, draft.end, parser), draft.type, draft.name);
        }
    }
    QVERIFY(learner.shown().size() > 400);
    QVERIFY(learner.rules().size() > 20);
    QCOMPARE(refused(learner, {}), QStringList());
    QCOMPARE(refused(learner, {.minSeen = 1, .maxEnumValues = 50, .minPerEnumValue = 1}), QStringList());
}

void TstInference::randomEventsAreValid_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 40; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TstInference::randomEventsAreValid()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&random](unsigned bound) { return static_cast<unsigned>(random() % bound); };
    static constexpr std::array<const char *, 10> texts{"card",
                                                        "cash",
                                                        "",
                                                        "2026-11-24",
                                                        "2026-11-24T10:00:00Z",
                                                        "ada@example.org",
                                                        "https://example.org",
                                                        "6e2f1f2a-9a53-4d3c-8f14-0c2c5b2d8a11",
                                                        "10.0.0.1",
                                                        "gr\u00fc\u00df dich"};
    // A name keeps mostly to one kind of value, so that there is something to be learnt.
    const std::function<Json(unsigned, int)> made = [&](unsigned kind, int depth) -> Json {
        switch (below(20) == 0 ? below(8) : kind % 8) {
        case 0:
            return texts[below(2)];
        case 1:
            return texts[below(10)];
        case 2:
            return static_cast<int>(below(1000)) - 500;
        case 3:
            return static_cast<double>(below(1000)) / 8;
        case 4:
            return below(2) == 0;
        case 5:
            return nullptr;
        case 6: {
            Json list = Json::array();
            for (unsigned i = below(4); depth < 4 && i > 0; --i) {
                list.push_back(made(kind / 8, depth + 1));
            }
            return list;
        }
        default: {
            Json object = Json::object();
            for (unsigned i = 0; depth < 4 && i < 5; ++i) {
                if (below(4) != 0) {
                    object["p" + std::to_string(i)] = made(kind / 8 + i, depth + 1);
                }
            }
            return object;
        }
        }
    };
    Learner learner;
    for (int i = 0; i < 300; ++i) {
        const unsigned name = below(4);
        Json properties = Json::object();
        for (unsigned property = 0; property < 12; ++property) {
            if (below(6) != 0) {
                properties["q" + std::to_string(property)] = made(seed * 31 + name * 7 + property * 13, 0);
            }
        }
        learner.show(Json{{"properties", below(50) == 0 ? made(below(64), 0) : properties}}, CallType::Track,
                     u"Event %1"_s.arg(name));
    }
    QCOMPARE(refused(learner, {}), QStringList());
    QCOMPARE(refused(learner, {.minSeen = 1, .maxEnumValues = 100, .minPerEnumValue = 0}), QStringList());
}

QTEST_GUILESS_MAIN(TstInference)
#include "tst_inference.moc"
