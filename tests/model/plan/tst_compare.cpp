// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"
#include "json/parser.h"

#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using event::CallType;
using plan::Change;
using plan::ChangeKind;
using plan::Document;
using plan::Impact;
using plan::Json;
using plan::RuleSource;

namespace {

QString word(Impact impact)
{
    static constexpr std::array<QStringView, 4> words{u"none", u"loosens", u"tightens", u"both"};
    return words[static_cast<std::size_t>(impact)].toString();
}

QString word(ChangeKind kind)
{
    static constexpr std::array<QStringView, 3> words{u"added", u"removed", u"changed"};
    return words[static_cast<std::size_t>(kind)].toString();
}

/// "changed tightens a.b type: string -> integer"
QString line(const Change &change)
{
    return u"%1 %2 %3 %4: %5 -> %6"_s.arg(word(change.kind), word(change.impact), change.path.join(u'.'),
                                          change.what, change.before, change.after);
}

QStringList lines(const std::vector<Change> &changes)
{
    QStringList lines;
    for (const Change &change : changes) {
        lines += line(change);
    }
    return lines;
}

QStringList sentences(const std::vector<Change> &changes)
{
    QStringList sentences;
    for (const Change &change : changes) {
        sentences += plan::sentenceOf(change);
    }
    return sentences;
}

RuleSource rule(const QString &name, Json schema, CallType type = CallType::Track, int version = 1)
{
    RuleSource made;
    made.type = type;
    made.name = name;
    made.version = version;
    made.schema = std::move(schema);
    return made;
}

/// A rule as Segment has it, over an event with these properties.
RuleSource over(const Json &properties, const QString &name = u"Order Loaded"_s)
{
    return rule(name, Json{{"type", "object"}, {"properties", {{"properties", properties}}}});
}

Document planOf(std::vector<RuleSource> rules)
{
    Document document;
    for (RuleSource &one : rules) {
        document.rules.push_back(std::make_shared<const RuleSource>(std::move(one)));
    }
    return document;
}

std::vector<Change> changes(const RuleSource &before, const RuleSource &after)
{
    return plan::compare(planOf({before}), planOf({after}));
}

} // namespace

class TstCompare : public QObject
{
    Q_OBJECT

private slots:
    void property_data();
    void property();
    void object_data();
    void object();
    void sameIsNoChange_data();
    void sameIsNoChange();
    void eventsComeAndGo();
    void eventIsRenamed();
    void versionsAreRulesOfTheirOwn();
    void whatARuleSaysOfItself();
    void commonRules();
    void besideTheProperties();
    void scopesMeet();
    void sharedDefinitionsAndSources();
    void inTheOrderOfTheNewPlan();
    void largePlans();
    void impactsHold_data();
    void impactsHold();
};

void TstCompare::property_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QStringList>("sentences");

    // `q` is the property; lines and sentences leave "`q`" to the row.
    const auto row = [](const char *title, const char *before, const char *after, const char16_t *line,
                        const char16_t *sentence) {
        QTest::newRow(title) << QByteArray(before) << QByteArray(after)
                             << QStringList{QString::fromUtf16(line)}
                             << QStringList{QString::fromUtf16(sentence)};
    };
    row("type widened", R"({"type":"integer"})", R"({"type":["integer","string"]})",
        u"changed loosens q type: integer -> integer or string", u"`q` may now also be text");
    row("null allowed", R"({"type":"string"})", R"({"type":["string","null"]})",
        u"changed loosens q type: string -> string or null", u"`q` may now also be null");
    row("integer to number", R"({"type":"integer"})", R"({"type":"number"})",
        u"changed loosens q type: integer -> number", u"`q` may now also be a fraction");
    row("number to integer", R"({"type":"number"})", R"({"type":"integer"})",
        u"changed tightens q type: number -> integer", u"`q` must now be a whole number instead of a number");
    row("type narrowed", R"({"type":["string","null"]})", R"({"type":"string"})",
        u"changed tightens q type: string or null -> string", u"`q` may no longer be null");
    row("another type", R"({"type":"string"})", R"({"type":"integer"})",
        u"changed both q type: string -> integer", u"`q` must now be a whole number instead of text");
    row("a type at last", R"({})", R"({"type":["boolean","null"]})",
        u"changed tightens q type: any -> boolean or null", u"`q` must now be true or false or null");
    row("no type any more", R"({"type":"array"})", R"({})", u"changed loosens q type: array -> any",
        u"`q` may now be anything");
    row("type said twice", R"({"type":["integer","number"]})", R"({"type":"number"})",
        u"changed none q type: integer or number -> number", u"the types of `q` are written otherwise");
    row("value added", R"({"enum":["a","b"]})", R"({"enum":["b","a","c"]})",
        u"added loosens q enum:  -> \"c\"", u"`q` may now also be \"c\"");
    row("values removed", R"({"enum":["a",1,"b, c"]})", R"({"enum":["a"]})",
        u"removed tightens q enum: 1, \"b, c\" -> ", u"`q` may no longer be 1, \"b, c\"");
    row("values at last", R"({})", R"({"enum":["a","b"]})", u"changed tightens q enum:  -> \"a\", \"b\"",
        u"`q` must now be one of \"a\", \"b\"");
    row("any value", R"({"const":"a"})", R"({})", u"changed loosens q enum: \"a\" -> ",
        u"`q` may now have any value, not only \"a\"");
    row("constant to values", R"({"const":"a"})", R"({"enum":["a","b"]})", u"added loosens q enum:  -> \"b\"",
        u"`q` may now also be \"b\"");
    row("pattern added", R"({})", R"({"pattern":"^%1$"})", u"changed tightens q pattern:  -> ^%1$",
        u"`q` must now match the pattern ^%1$");
    row("pattern removed", R"({"pattern":"a"})", R"({})", u"changed loosens q pattern: a -> ",
        u"`q` need no longer match the pattern a");
    row("pattern changed", R"({"pattern":"%2"})", R"({"pattern":"b"})", u"changed both q pattern: %2 -> b",
        u"`q` must now match the pattern b instead of %2");
    row("format added", R"({})", R"({"format":"date"})", u"changed tightens q format:  -> date",
        u"`q` must now have the format date");
    row("format removed", R"({"format":"date"})", R"({})", u"changed loosens q format: date -> ",
        u"`q` need no longer have the format date");
    row("format changed", R"({"format":"date"})", R"({"format":"uuid"})",
        u"changed both q format: date -> uuid", u"`q` must now have the format uuid instead of date");
    row("minimum added", R"({})", R"({"minimum":0})", u"changed tightens q range:  -> >= 0",
        u"`q` must now be in the range >= 0");
    row("minimum lower", R"({"minimum":5})", R"({"minimum":4.5})", u"changed loosens q range: >= 5 -> >= 4.5",
        u"the range of `q` is now >= 4.5 instead of >= 5");
    row("minimum itself excluded", R"({"minimum":5})", R"({"exclusiveMinimum":5})",
        u"changed tightens q range: >= 5 -> > 5", u"the range of `q` is now > 5 instead of >= 5");
    row("minimum excluded as in draft 4", R"({"minimum":5})", R"({"minimum":5,"exclusiveMinimum":true})",
        u"changed tightens q range: >= 5 -> > 5", u"the range of `q` is now > 5 instead of >= 5");
    row("maximum higher", R"({"minimum":1,"maximum":9})", R"({"minimum":1,"maximum":10})",
        u"changed loosens q range: 1..9 -> 1..10", u"the range of `q` is now 1..10 instead of 1..9");
    row("maximum lower", R"({"exclusiveMaximum":10})", R"({"exclusiveMaximum":9})",
        u"changed tightens q range: < 10 -> < 9", u"the range of `q` is now < 9 instead of < 10");
    row("range moved", R"({"minimum":1,"maximum":9})", R"({"minimum":2,"maximum":10})",
        u"changed both q range: 1..9 -> 2..10", u"the range of `q` is now 2..10 instead of 1..9");
    row("no range", R"({"minimum":1,"maximum":9})", R"({})", u"changed loosens q range: 1..9 -> ",
        u"`q` need no longer be in the range 1..9");
    row("length", R"({"maxLength":9})", R"({"maxLength":8})", u"changed tightens q length: <= 9 -> <= 8",
        u"the length of `q` must now be <= 8 instead of <= 9");
    row("items", R"({})", R"({"minItems":1})", u"changed tightens q items:  -> >= 1",
        u"the number of items in `q` must now be >= 1");
    row("number of properties", R"({"maxProperties":1})", R"({})", u"changed loosens q properties: <= 1 -> ",
        u"the number of properties of `q` need no longer be <= 1");
    row("multiple added", R"({})", R"({"multipleOf":5})", u"changed tightens q multipleOf:  -> 5",
        u"`q` must now be a multiple of 5");
    row("multiple coarser", R"({"multipleOf":5})", R"({"multipleOf":10})",
        u"changed tightens q multipleOf: 5 -> 10", u"`q` must now be a multiple of 10 instead of 5");
    row("multiple finer", R"({"multipleOf":10})", R"({"multipleOf":5})",
        u"changed loosens q multipleOf: 10 -> 5", u"`q` must now be a multiple of 5 instead of 10");
    row("another multiple", R"({"multipleOf":4})", R"({"multipleOf":6})",
        u"changed both q multipleOf: 4 -> 6", u"`q` must now be a multiple of 6 instead of 4");
    row("unique items", R"({"uniqueItems":false})", R"({"uniqueItems":true})",
        u"changed tightens q uniqueItems:  -> true", u"`q` must now hold each item once");
    row("items twice", R"({"uniqueItems":true})", R"({})", u"changed loosens q uniqueItems: true -> ",
        u"`q` may now hold an item twice");
    row("description", R"({"description":"Old."})", R"({"description":"New."})",
        u"changed none q description: Old. -> New.", u"the description of `q` is changed");
    row("labels", R"({})", R"({"labels":{"owner":"growth","pii":true}})",
        u"changed none q labels:  -> owner: growth, pii: true", u"the labels of `q` are added");
    row("title removed", R"({"title":"T"})", R"({})", u"changed none q title: T -> ",
        u"the title of `q` is removed");
    row("a tool's annotation", R"({"x-owner":"a"})", R"({"x-owner":"b"})", u"changed none q x-owner: a -> b",
        u"the x-owner of `q` is changed");
    row("condition added", R"({})", R"({"not":{"const":1}})",
        u"changed both q schema:  -> {\"not\":{\"const\":1}}",
        u"`q` has other conditions in its JSON Schema");
    row("condition changed", R"({"anyOf":[{"type":"null"}]})", R"({"anyOf":[]})",
        u"changed both q schema: {\"anyOf\":[{\"type\":\"null\"}]} -> {\"anyOf\":[]}",
        u"`q` has other conditions in its JSON Schema");
    row("a keyword nobody knows", R"({"zap":1})", R"({"zap":2})",
        u"changed both q schema: {\"zap\":1} -> {\"zap\":2}", u"`q` has other conditions in its JSON Schema");
    row("reference", R"({"$ref":"#/definitions/a"})", R"({"$ref":"#/definitions/b"})",
        u"changed both q schema: {\"$ref\":\"#/definitions/a\"} -> {\"$ref\":\"#/definitions/b\"}",
        u"`q` has other conditions in its JSON Schema");
    row("anything to nothing", "true", "false", u"changed tightens q schema: true -> false",
        u"`q` has other conditions in its JSON Schema");
    row("nothing to text", "false", R"({"type":"string"})",
        u"changed loosens q schema: false -> {\"type\":\"string\"}",
        u"`q` has other conditions in its JSON Schema");
    row("type of items", R"({"type":"array"})", R"({"type":"array","items":{"type":"string"}})",
        u"changed tightens q.$ type: any -> string", u"`q.$` must now be text");
    row("a property of items", R"({"items":{"properties":{"sku":{"type":"string"}}}})",
        R"({"items":{"properties":{"sku":{"type":["string","null"]}}}})",
        u"changed loosens q.$.sku type: string -> string or null", u"`q.$.sku` may now also be null");
    row("list of fixed places", R"({"items":[{"type":"string"}]})", R"({"items":[{"type":"null"}]})",
        u"changed both q schema: {\"items\":[{\"type\":\"string\"}]} -> {\"items\":[{\"type\":\"null\"}]}",
        u"`q` has other conditions in its JSON Schema");
    row("others no longer", R"({})", R"({"additionalProperties":false})",
        u"changed tightens q additionalProperties: allowed -> not allowed",
        u"properties that are not planned may no longer come in `q`");
    row("others of a kind", R"({"additionalProperties":false})",
        R"({"additionalProperties":{"type":"string"}})",
        u"changed loosens q additionalProperties: not allowed -> string",
        u"properties that are not planned in `q` must now be text");
}

void TstCompare::property()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QStringList, lines);
    QFETCH(QStringList, sentences);
    const auto with = [](const QByteArray &schema) {
        return over(Json{{"properties", {{"q", Json::parse(schema.toStdString())}}}});
    };
    const auto found = changes(with(before), with(after));
    QCOMPARE(::lines(found), lines);
    QCOMPARE(::sentences(found), sentences);
    QCOMPARE(found.front().name, u"Order Loaded"_s);
    QCOMPARE(found.front().type, CallType::Track);
}

void TstCompare::object_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QStringList>("sentences");

    QTest::newRow("required") << R"({"properties":{"a":{}}})"_ba
                              << R"({"properties":{"a":{}},"required":["a"]})"_ba
                              << QStringList{u"changed tightens a required:  -> required"_s}
                              << QStringList{u"`a` is now required"_s};
    QTest::newRow("optional") << R"({"properties":{"a":{}},"required":["a"]})"_ba
                              << R"({"properties":{"a":{}}})"_ba
                              << QStringList{u"changed loosens a required: required -> "_s}
                              << QStringList{u"`a` is now optional"_s};
    QTest::newRow("required without a schema")
        << R"({"required":["a"]})"_ba
        << R"({"required":["b"]})"_ba
        << QStringList{u"changed loosens a required: required -> "_s,
                       u"changed tightens b required:  -> required"_s}
        << QStringList{u"`a` is now optional"_s, u"`b` is now required"_s};
    QTest::newRow("added to an open schema")
        << R"({"properties":{}})"_ba
        << R"({"properties":{"a":{"type":"string"}}})"_ba
        << QStringList{u"added tightens a property:  -> string"_s} << QStringList{u"`a` is new: text"_s};
    QTest::newRow("added without a demand")
        << R"({"properties":{}})"_ba
        << R"({"properties":{"a":{"description":"A."}}})"_ba
        << QStringList{u"added none a property:  -> any"_s} << QStringList{u"`a` is new: anything"_s};
    QTest::newRow("added to a closed schema")
        << R"({"properties":{},"additionalProperties":false})"_ba
        << R"({"properties":{"a":{"type":"string"}},"additionalProperties":false})"_ba
        << QStringList{u"added loosens a property:  -> string"_s} << QStringList{u"`a` is new: text"_s};
    QTest::newRow("added to a closed schema and required")
        << R"({"properties":{},"additionalProperties":false})"_ba
        << R"({"properties":{"a":{"type":["string","null"]}},"required":["a"],"additionalProperties":false})"_ba
        << QStringList{u"added both a property:  -> string or null, required"_s}
        << QStringList{u"`a` is new: text or null, required"_s};
    QTest::newRow("added where patterns may have planned it")
        << R"({"patternProperties":{"^a":{"type":"integer"}}})"_ba
        << R"({"patternProperties":{"^a":{"type":"integer"}},"properties":{"a":{"type":"string"}}})"_ba
        << QStringList{u"added both a property:  -> string"_s} << QStringList{u"`a` is new: text"_s};
    QTest::newRow("removed from an open schema")
        << R"({"properties":{"a":{"type":"integer"}},"required":["a"]})"_ba
        << R"({"properties":{}})"_ba << QStringList{u"removed loosens a property: integer, required -> "_s}
        << QStringList{u"`a` is no longer planned; it was a whole number, required"_s};
    QTest::newRow("removed from a closed schema")
        << R"({"properties":{"a":{}},"additionalProperties":false})"_ba
        << R"({"properties":{},"additionalProperties":false})"_ba
        << QStringList{u"removed tightens a property: any -> "_s}
        << QStringList{u"`a` is no longer planned; it was anything"_s};
    QTest::newRow("renamed") << R"({"properties":{"deliveryId":{"type":"string"},"b":{}}})"_ba
                             << R"({"properties":{"delivery_id":{"type":"string"},"b":{}}})"_ba
                             << QStringList{u"changed both delivery_id renamed: deliveryId -> delivery_id"_s}
                             << QStringList{u"`delivery_id` is renamed: it was `deliveryId`"_s};
    QTest::newRow("renamed and required")
        << R"({"properties":{"deliveryId":{}}})"_ba
        << R"({"properties":{"delivery_id":{}},"required":["delivery_id"]})"_ba
        << QStringList{u"changed both delivery_id renamed: deliveryId -> delivery_id"_s,
                       u"changed tightens delivery_id required:  -> required"_s}
        << QStringList{u"`delivery_id` is renamed: it was `deliveryId`"_s,
                       u"`delivery_id` is now required"_s};
    QTest::newRow("a near name with another schema is another property")
        << R"({"properties":{"deliveryId":{"type":"string"}}})"_ba
        << R"({"properties":{"delivery_id":{"type":"integer"}}})"_ba
        << QStringList{u"added tightens delivery_id property:  -> integer"_s,
                       u"removed loosens deliveryId property: string -> "_s}
        << QStringList{u"`delivery_id` is new: a whole number"_s,
                       u"`deliveryId` is no longer planned; it was text"_s};
    QTest::newRow("order") << R"({"properties":{"a":{},"b":{},"c":{}}})"_ba
                           << R"({"properties":{"b":{},"a":{},"d":{}}})"_ba
                           << QStringList{u"added none d property:  -> any"_s,
                                          u"removed none c property: any -> "_s,
                                          u"changed none  order: a, b -> b, a"_s}
                           << QStringList{u"`d` is new: anything"_s,
                                          u"`c` is no longer planned; it was anything"_s,
                                          u"the properties of the event stand in another order"_s};
    QTest::newRow("others of the event")
        << R"({"additionalProperties":false})"_ba
        << R"({})"_ba << QStringList{u"changed loosens  additionalProperties: not allowed -> allowed"_s}
        << QStringList{u"properties that are not planned may now come"_s};
    QTest::newRow("others of a later draft")
        << R"({})"_ba
        << R"({"unevaluatedProperties":false})"_ba
        << QStringList{u"changed tightens  additionalProperties: allowed -> not allowed"_s}
        << QStringList{u"properties that are not planned may no longer come"_s};
    QTest::newRow("nested")
        << R"({"properties":{"a":{"properties":{"b":{"properties":{"c":{"type":"null"}}}}}}})"_ba
        << R"({"properties":{"a":{"properties":{"b":{"properties":{"c":{}}}}}}})"_ba
        << QStringList{u"changed loosens a.b.c type: null -> any"_s}
        << QStringList{u"`a.b.c` may now be anything"_s};
}

void TstCompare::object()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QStringList, lines);
    QFETCH(QStringList, sentences);
    const auto found =
        changes(over(Json::parse(before.toStdString())), over(Json::parse(after.toStdString())));
    QCOMPARE(::lines(found), lines);
    QCOMPARE(::sentences(found), sentences);
    // The same for traits, and for rules over the properties alone.
    for (const CallType type : {CallType::Identify, CallType::Group}) {
        const auto traits = [type](const QByteArray &schema) {
            return rule({}, Json{{"properties", {{"traits", Json::parse(schema.toStdString())}}}}, type);
        };
        QCOMPARE(::lines(changes(traits(before), traits(after))), lines);
    }
    const auto alone = [](const QByteArray &schema) {
        RuleSource made = rule(u"Order Loaded"_s, Json::parse(schema.toStdString()));
        made.scope = plan::Scope::Properties;
        return made;
    };
    QCOMPARE(::lines(changes(alone(before), alone(after))), lines);
}

void TstCompare::sameIsNoChange_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("order of keywords") << R"({"type":"string","minLength":1})"_ba
                                       << R"({"minLength":1,"type":"string"})"_ba;
    QTest::newRow("order of types") << R"({"type":["string","null"]})"_ba
                                    << R"({"type":["null","string"]})"_ba;
    QTest::newRow("one type in a list") << R"({"type":["string"]})"_ba
                                        << R"({"type":"string"})"_ba;
    QTest::newRow("order of values") << R"({"enum":["a","b"]})"_ba
                                     << R"({"enum":["b","a"]})"_ba;
    QTest::newRow("constant and one value") << R"({"const":1})"_ba
                                            << R"({"enum":[1.0]})"_ba;
    QTest::newRow("1 and 1.0") << R"({"minimum":1})"_ba
                               << R"({"minimum":1.0})"_ba;
    QTest::newRow("anything") << "true"_ba
                              << "{}"_ba;
    QTest::newRow("others allowed") << R"({"additionalProperties":true})"_ba
                                    << "{}"_ba;
    QTest::newRow("no properties") << R"({"properties":{},"required":[]})"_ba
                                   << "{}"_ba;
    QTest::newRow("order of required") << R"({"required":["a","b"]})"_ba
                                       << R"({"required":["b","a"]})"_ba;
    QTest::newRow("not unique") << R"({"uniqueItems":false})"_ba
                                << "{}"_ba;
    QTest::newRow("an empty description") << R"({"description":""})"_ba
                                          << "{}"_ba;
}

void TstCompare::sameIsNoChange()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto with = [](const QByteArray &schema) {
        return over(Json{{"properties", {{"q", Json::parse(schema.toStdString())}}}});
    };
    QCOMPARE(lines(changes(with(before), with(after))), QStringList());
    QCOMPARE(lines(changes(with(after), with(before))), QStringList());
}

void TstCompare::eventsComeAndGo()
{
    const RuleSource order = over(Json{{"properties", {{"a", {{"type", "string"}}}}}}, u"Order Loaded"_s);
    const RuleSource robot = over(Json{{"properties", {{"b", {{"type", "string"}}}}}}, u"Robot Unlocked"_s);
    const RuleSource page = rule(u"Home"_s, Json::object(), CallType::Page);
    const RuleSource identify = rule({}, Json::object(), CallType::Identify);
    const auto found = plan::compare(planOf({order}), planOf({robot, page, identify}));
    QCOMPARE(lines(found), (QStringList{u"added loosens  event:  -> "_s, u"added both  event:  -> "_s,
                                        u"added both  event:  -> "_s, u"removed tightens  event:  -> "_s}));
    QCOMPARE(found[0].name, u"Robot Unlocked"_s);
    QCOMPARE(found[1].type, CallType::Page);
    QCOMPARE(found[3].name, u"Order Loaded"_s);
    QCOMPARE(sentences(found), (QStringList{u"the event is new"_s, u"the event is new"_s,
                                            u"the event is new"_s, u"the event is no longer planned"_s}));
    QVERIFY(plan::compare(planOf({order}), planOf({order})).empty());
}

void TstCompare::eventIsRenamed()
{
    const Json properties{{"properties", {{"a", {{"type", "string"}}}}}};
    const auto found =
        plan::compare(planOf({over(properties, u"Order Loaded"_s), over(properties, u"Pizza Eaten"_s)}),
                      planOf({over(properties, u"order_loaded"_s), over(properties, u"Robot Lost"_s)}));
    QCOMPARE(lines(found),
             (QStringList{u"changed both  renamed: Order Loaded -> order_loaded"_s,
                          u"added loosens  event:  -> "_s, u"removed tightens  event:  -> "_s}));
    QCOMPARE(plan::sentenceOf(found.front()), u"the event is renamed: it was `Order Loaded`"_s);
    // With another schema it is another event.
    QCOMPARE(lines(plan::compare(planOf({over(properties, u"Order Loaded"_s)}),
                                 planOf({over(Json{{"properties", {{"b", {}}}}}, u"order_loaded"_s)}))),
             (QStringList{u"added loosens  event:  -> "_s, u"removed tightens  event:  -> "_s}));
}

void TstCompare::versionsAreRulesOfTheirOwn()
{
    const auto version = [](int number, const char *type) {
        RuleSource made = over(Json{{"properties", {{"a", {{"type", type}}}}}});
        made.version = number;
        return made;
    };
    auto found =
        plan::compare(planOf({version(1, "string")}), planOf({version(1, "string"), version(2, "integer")}));
    QCOMPARE(lines(found), QStringList{u"added both  event:  -> "_s});
    QCOMPARE(found.front().version, 2);

    found = plan::compare(planOf({version(1, "string"), version(2, "null")}),
                          planOf({version(1, "string"), version(2, "integer")}));
    QCOMPARE(lines(found), QStringList{u"changed both a type: null -> integer"_s});
    QCOMPARE(found.front().version, 2);

    found = plan::compare(planOf({version(1, "string")}), planOf({version(3, "integer")}));
    QCOMPARE(lines(found),
             (QStringList{u"changed none  version: 1 -> 3"_s, u"changed both a type: string -> integer"_s}));
    QCOMPARE(plan::sentenceOf(found.front()), u"the version of the event is now 3 instead of 1"_s);
}

void TstCompare::whatARuleSaysOfItself()
{
    RuleSource before = over(Json::object());
    before.sources = {u"Web"_s};
    before.schema["description"] = "Old.";
    RuleSource after = over(Json::object());
    after.sources = {u"web"_s, u"App"_s};
    after.isDeprecated = true;
    after.schema["labels"] = {{"owner", "growth"}};
    after.extra = {{"updatedAt", "today"}};
    QCOMPARE(lines(changes(before, after)), (QStringList{u"changed loosens  sources: Web -> web, App"_s,
                                                         u"changed none  deprecated:  -> deprecated"_s,
                                                         u"changed none  description: Old. -> "_s,
                                                         u"changed none  labels:  -> owner: growth"_s}));
    QCOMPARE(
        sentences(changes(before, after)),
        (QStringList{u"the event now belongs to web, App instead of Web"_s, u"the event is now deprecated"_s,
                     u"the description of the event is removed"_s, u"the labels of the event are added"_s}));
    after.sources.clear();
    QCOMPARE(sentences(changes(after, before)).first(),
             u"the event now belongs to Web instead of all sources"_s);
    QCOMPARE(changes(after, before).front().impact, Impact::Tightens);
    before.sources = {u"A"_s};
    after.sources = {u"B"_s};
    QCOMPARE(changes(after, before).front().impact, Impact::Both);
}

void TstCompare::commonRules()
{
    const Json one =
        Json::parse(R"({"properties":{"messageId":{"type":"string"}},"required":["messageId"]})");
    const Json other = Json::parse(
        R"({"properties":{"messageId":{"type":"string","maxLength":100}},"required":["messageId"]})");
    const RuleSource common = rule({}, one, CallType::None);
    const auto found = changes(common, rule({}, other, CallType::None));
    QCOMPARE(lines(found), QStringList{u"changed tightens messageId length:  -> <= 100"_s});
    QCOMPARE(found.front().type, CallType::None);

    QCOMPARE(lines(plan::compare(planOf({}), planOf({common}))),
             QStringList{u"added tightens  event:  -> "_s});
    QCOMPARE(lines(plan::compare(planOf({common}), planOf({}))),
             QStringList{u"removed loosens  event:  -> "_s});
    QCOMPARE(sentences(plan::compare(planOf({common}), planOf({}))),
             QStringList{u"the common rule is no longer planned"_s});
    // Several are told apart by their place.
    QCOMPARE(
        lines(plan::compare(planOf({common, common}), planOf({common, rule({}, other, CallType::None)}))),
        QStringList{u"changed tightens messageId length:  -> <= 100"_s});
}

void TstCompare::besideTheProperties()
{
    RuleSource before = over(Json::object());
    RuleSource after = before;
    after.schema["properties"]["context"] = {{"properties", {{"locale", {{"type", "string"}}}}}};
    after.schema["required"] = {"context", "properties"};
    auto found = changes(before, after);
    QCOMPARE(lines(found), (QStringList{u"changed tightens .properties required:  -> required"_s,
                                        u"added tightens .context property:  -> any, required"_s}));
    QCOMPARE(found[1].path, (QStringList{QString(), u"context"_s}));
    QCOMPARE(sentences(found),
             (QStringList{u"`properties` is now required"_s, u"`context` is new: anything, required"_s}));

    before = after;
    after.schema["properties"]["context"]["properties"]["locale"]["type"] = "integer";
    QCOMPARE(lines(changes(before, after)),
             QStringList{u"changed both .context.locale type: string -> integer"_s});

    after = before;
    after.schema["properties"].erase("properties");
    after.schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    QCOMPARE(
        lines(changes(before, after)),
        QStringList{
            u"changed both  $schema: http://json-schema.org/draft-07/schema -> https://json-schema.org/draft/2020-12/schema"_s});
}

void TstCompare::scopesMeet()
{
    // Typewriter's rule over the properties alone beside Segment's over the event.
    RuleSource typewriter =
        rule(u"Order Loaded"_s, Json::parse(R"({"$schema":"http://json-schema.org/draft-07/schema#",
        "description":"Loaded.","type":"object","properties":{"a":{"type":"string"}},"required":["a"]})"));
    typewriter.scope = plan::Scope::Properties;
    RuleSource segment =
        over(Json::parse(R"({"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]})"));
    segment.schema["description"] = "Loaded.";
    segment.schema["required"] = {"properties"};
    QCOMPARE(lines(changes(typewriter, segment)), QStringList{u"changed both a type: string -> integer"_s});
    QCOMPARE(lines(changes(segment, typewriter)), QStringList{u"changed both a type: integer -> string"_s});
}

void TstCompare::sharedDefinitionsAndSources()
{
    Document before = planOf({over(Json::object())});
    Document after = before;
    after.shared = {{"definitions", {{"id", {{"type", "string"}}}}}};
    after.sources = {u"Web"_s};
    after.name = u"Another"_s;
    const auto found = plan::compare(before, after);
    QCOMPARE(
        lines(found),
        (QStringList{u"changed tightens  sources:  -> Web"_s,
                     u"changed both  definitions:  -> {\"definitions\":{\"id\":{\"type\":\"string\"}}}"_s}));
    QCOMPARE(sentences(found), (QStringList{u"the plan now covers Web instead of all sources"_s,
                                            u"definitions that schemas refer to are changed"_s}));
    RuleSource own = over(Json::object());
    own.schema["definitions"] = {{"id", {{"type", "string"}}}};
    QCOMPARE(lines(changes(over(Json::object()), own)),
             QStringList{u"changed both  definitions:  -> {\"id\":{\"type\":\"string\"}}"_s});
}

void TstCompare::inTheOrderOfTheNewPlan()
{
    const auto typed = [](const QString &name, const char *type) {
        return over(Json{{"properties", {{"a", {{"type", type}}}}}}, name);
    };
    const auto found =
        plan::compare(planOf({typed(u"A"_s, "string"), typed(u"B"_s, "string"), typed(u"C"_s, "null")}),
                      planOf({typed(u"B"_s, "null"), typed(u"D"_s, "array"), typed(u"A"_s, "null")}));
    QStringList names;
    for (const Change &change : found) {
        names += change.name;
    }
    QCOMPARE(names, (QStringList{u"B"_s, u"D"_s, u"A"_s, u"C"_s}));
}

void TstCompare::largePlans()
{
    // 2,000 events of 15 properties: one change is found among them, and plans without a common name are,
    // too.
    const auto large = [](const QString &prefix) {
        std::vector<RuleSource> rules;
        for (int event = 0; event < 2'000; ++event) {
            Json properties = Json::object();
            for (int property = 0; property < 15; ++property) {
                properties["property" + std::to_string(property)] = {{"type", "string"},
                                                                     {"description", "What it is."}};
            }
            rules.push_back(over(Json{{"properties", properties}}, u"%1 %2"_s.arg(prefix).arg(event)));
        }
        return rules;
    };
    const Document before = planOf(large(u"Event"_s));
    auto edited = large(u"Event"_s);
    edited[1234].schema["properties"]["properties"]["properties"]["property7"]["type"] = "integer";
    const auto found = plan::compare(before, planOf(edited));
    QCOMPARE(lines(found), QStringList{u"changed both property7 type: string -> integer"_s});
    QCOMPARE(found.front().name, u"Event 1234"_s);
    QVERIFY(plan::compare(before, planOf(large(u"Completely Other Thing"_s))).size() >= 2'000);
}

void TstCompare::impactsHold_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 25; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TstCompare::impactsHold()
{
    // What loosens refuses nothing that was valid, what tightens accepts nothing that was not: by validating.
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    const auto oneOf = [&below](std::initializer_list<Json> choices) {
        return *(choices.begin() + below(choices.size()));
    };
    const std::function<void(Json &, int)> alter = [&](Json &schema, int depth) {
        if (!schema.is_object()) {
            schema = Json::object();
        }
        const auto put = [&](const char *keyword, const Json &value) {
            if (below(4) == 0) {
                schema.erase(keyword);
            } else {
                schema[keyword] = value;
            }
        };
        switch (below(16)) {
        case 0:
            put("type", oneOf({"string", "integer", "number", "object", Json{"string", "null"},
                               Json{"object", "integer"}, Json{"array", "object", "string"}}));
            break;
        case 1:
            put("enum",
                oneOf({Json{"a", "b"}, Json{"b", "a"}, Json{"a", 1}, Json{1.0, "b", "a"}, Json{nullptr}}));
            break;
        case 2:
            put("const", oneOf({"a", 1, nullptr}));
            break;
        case 3:
            put(below(2) == 0 ? "minimum" : "exclusiveMinimum", oneOf({0, 1, 1.5, 2}));
            break;
        case 4:
            put(below(2) == 0 ? "maximum" : "exclusiveMaximum", oneOf({1, 2, 2.5}));
            break;
        case 5:
            put(below(2) == 0 ? "minLength" : "maxLength", oneOf({0, 1, 2}));
            break;
        case 6:
            put("pattern", oneOf({"a", "^b"}));
            break;
        case 7:
            put("multipleOf", oneOf({1, 2, 4, 3}));
            break;
        case 8:
            put(below(2) == 0 ? "minItems" : "maxItems", oneOf({0, 1, 2}));
            break;
        case 9:
            put("uniqueItems", below(2) == 0);
            break;
        case 10:
            put("additionalProperties", oneOf({true, false, Json{{"type", "string"}}}));
            break;
        case 11:
            put("required", oneOf({Json::array(), Json{"a"}, Json{"b"}, Json{"a", "b"}}));
            break;
        case 12:
            put(below(2) == 0 ? "minProperties" : "maxProperties", oneOf({0, 1, 2}));
            break;
        case 13:
            put("description", oneOf({"one", "two"}));
            break;
        case 14:
            if (depth < 2) {
                alter(schema["items"], depth + 1);
            }
            break;
        default:
            if (depth < 2) {
                Json &properties = schema["properties"];
                const std::string name = oneOf({"a", "b", "A"});
                if (below(3) == 0 && properties.is_object()) {
                    properties.erase(name);
                } else {
                    alter(properties[name], depth + 1);
                }
                if (!properties.is_object()) {
                    schema.erase("properties");
                }
            }
        }
    };
    const std::function<Json(int)> instance = [&](int depth) -> Json {
        switch (below(depth < 3 ? 10 : 7)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return below(6);
        case 3:
            return static_cast<double>(below(8)) / 2;
        case 4:
        case 5:
            return oneOf({"", "a", "b", "ab"});
        case 6:
            return -1;
        case 7: {
            Json list = Json::array();
            for (std::size_t i = below(4); i > 0; --i) {
                list.push_back(instance(depth + 1));
            }
            return list;
        }
        default: {
            Json object = Json::object();
            for (const char *name : {"a", "b", "A", "c"}) {
                if (below(2) == 0) {
                    object[name] = instance(depth + 1);
                }
            }
            return object;
        }
        }
    };
    json::Parser parser;
    const auto parsed = [&parser](const Json &value) {
        return *parser.parse(QByteArray::fromStdString(value.dump()));
    };
    std::size_t changed = 0;
    for (int round = 0; round < 60; ++round) {
        Json before = Json::object();
        for (std::size_t i = below(10); i > 0; --i) {
            alter(before, 0);
        }
        Json after = before;
        for (std::size_t i = 1 + below(2); i > 0; --i) {
            alter(after, 0);
        }
        bool canLoosen = false;
        bool canTighten = false;
        // Both at the property, so that its schema can be anything.
        const auto found =
            changes(over(Json{{"properties", {{"q", before}}}}), over(Json{{"properties", {{"q", after}}}}));
        for (const Change &change : found) {
            canLoosen = canLoosen || change.impact == Impact::Loosens || change.impact == Impact::Both;
            canTighten = canTighten || change.impact == Impact::Tightens || change.impact == Impact::Both;
            QVERIFY(!plan::sentenceOf(change).isEmpty());
        }
        const auto old = schema::compile(parsed(before), {});
        const auto now = schema::compile(parsed(after), {});
        QVERIFY(old.has_value() && now.has_value());
        for (int i = 0; i < 200; ++i) {
            const auto value = parsed(instance(0));
            const bool was = old->isValid(value->root());
            const bool is = now->isValid(value->root());
            changed += was != is ? 1U : 0U;
            const QByteArray what = QByteArray::fromStdString(before.dump()) + " -> " +
                                    QByteArray::fromStdString(after.dump()) + ": " + value->source();
            QVERIFY2(was == is || (was ? canTighten : canLoosen), what.constData());
        }
    }
    QVERIFY(changed > 0);
}

QTEST_GUILESS_MAIN(TstCompare)
#include "tst_compare.moc"
