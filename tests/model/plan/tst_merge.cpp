// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/compare.h"

#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using event::CallType;
using plan::ChangeKind;
using plan::Document;
using plan::Json;
using plan::MergeMode;
using plan::MergeStep;
using plan::RulePointer;
using plan::RuleSource;

Q_DECLARE_METATYPE(plan::MergeMode)

namespace {

constexpr std::array modes{MergeMode::AddOnly, MergeMode::AddAndUpdate, MergeMode::AddUpdateAndRemove};

RuleSource rule(const QString &name, Json schema, CallType type = CallType::Track)
{
    RuleSource made;
    made.type = type;
    made.name = name;
    made.schema = std::move(schema);
    return made;
}

/// A rule as Segment has it, over an event with these properties.
RuleSource over(const Json &properties, const QString &name = u"Order Loaded"_s)
{
    return rule(name, Json{{"type", "object"}, {"properties", {{"properties", properties}}}});
}

std::vector<RulePointer> pointers(std::vector<RuleSource> rules)
{
    std::vector<RulePointer> made;
    for (RuleSource &one : rules) {
        made.push_back(std::make_shared<const RuleSource>(std::move(one)));
    }
    return made;
}

Document planOf(std::vector<RuleSource> rules)
{
    Document document;
    document.rules = pointers(std::move(rules));
    return document;
}

Document mergedWhole(const Document &into, const std::vector<RulePointer> &from, MergeMode mode)
{
    return plan::merged(into, plan::mergeSteps(into, from, mode));
}

QStringList names(const Document &document)
{
    QStringList names;
    for (const RulePointer &one : document.rules) {
        names += one->name;
    }
    return names;
}

QByteArray text(const Json &value)
{
    return QByteArray::fromStdString(value.dump());
}

} // namespace

class TstMerge : public QObject
{
    Q_OBJECT

private slots:
    void schemas_data();
    void schemas();
    void eventsInTheThreeModes();
    void stepsCanBeChosen();
    void stepsOfAPlanThatWentOn();
    void whatARuleSaysOfItself();
    void eventAroundTheProperties();
    void scopesMeet();
    void commonRules();
    void repeatedRules();
    void sharedDefinitionsComeAlong();
    void extrasStayInTheirFormat();
    void untouchedRulesStayTheSame();
    void mergingAgainChangesNothing_data();
    void mergingAgainChangesNothing();
};

void TstMerge::schemas_data()
{
    // Schemas of the event's properties: what there is, what comes, and what becomes of it in each mode.
    QTest::addColumn<QByteArray>("into");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("added");
    QTest::addColumn<QByteArray>("updated");
    QTest::addColumn<QByteArray>("replaced");

    const auto row = [](const char *title, const char *into, const char *from, const char *added,
                        const char *updated, const char *replaced) {
        QTest::newRow(title) << QByteArray(into) << QByteArray(from) << QByteArray(added)
                             << QByteArray(updated) << QByteArray(replaced);
    };
    row("new and gone properties",
        R"({"properties":{"b":{"type":"string"},"a":{"type":"null"}},"required":["b"]})",
        R"({"properties":{"c":{"type":"object"},"a":{"type":"null"}},"required":["c"]})",
        R"({"properties":{"b":{"type":"string"},"a":{"type":"null"},"c":{"type":"object"}},"required":["b","c"]})",
        R"({"properties":{"b":{"type":"string"},"a":{"type":"null"},"c":{"type":"object"}},"required":["b","c"]})",
        R"({"properties":{"a":{"type":"null"},"c":{"type":"object"}},"required":["c"]})");
    row("another type", R"({"properties":{"a":{"type":"string","enum":["x"],"description":"A."}}})",
        R"({"properties":{"a":{"type":"integer"}}})",
        R"({"properties":{"a":{"type":"string","enum":["x"],"description":"A."}}})",
        R"({"properties":{"a":{"type":"integer","description":"A."}}})",
        R"({"properties":{"a":{"type":"integer","description":"A."}}})");
    row("the same type in other words", R"({"properties":{"a":{"type":["null","string"]}}})",
        R"({"properties":{"a":{"type":["string","null"]}}})",
        R"({"properties":{"a":{"type":["null","string"]}}})",
        R"({"properties":{"a":{"type":["null","string"]}}})",
        R"({"properties":{"a":{"type":["null","string"]}}})");
    row("required and optional", R"({"properties":{"a":{},"b":{},"c":{}},"required":["a","c"]})",
        R"({"properties":{"a":{},"b":{}},"required":["b"]})",
        R"({"properties":{"a":{},"b":{},"c":{}},"required":["a","c"]})",
        R"({"properties":{"a":{},"b":{},"c":{}},"required":["c","b"]})",
        R"({"properties":{"a":{},"b":{}},"required":["b"]})");
    row("nothing required any more", R"({"properties":{"a":{}},"required":["a"]})",
        R"({"properties":{"a":{}}})", R"({"properties":{"a":{}},"required":["a"]})",
        R"({"properties":{"a":{}}})", R"({"properties":{"a":{}}})");
    row("demands", R"({"properties":{"a":{"type":"string","pattern":"x","format":"date","maxLength":3}}})",
        R"({"properties":{"a":{"type":"string","format":"uuid","minLength":1}}})",
        R"({"properties":{"a":{"type":"string","pattern":"x","format":"date","maxLength":3}}})",
        R"({"properties":{"a":{"type":"string","pattern":"x","format":"uuid","maxLength":3,"minLength":1}}})",
        R"({"properties":{"a":{"type":"string","format":"uuid","minLength":1}}})");
    row("values for a constant", R"({"properties":{"a":{"const":1},"b":{"enum":[1,2]}}})",
        R"({"properties":{"a":{"enum":[1,2]},"b":{"enum":[2,1]}}})",
        R"({"properties":{"a":{"const":1},"b":{"enum":[1,2]}}})",
        R"({"properties":{"a":{"enum":[1,2]},"b":{"enum":[1,2]}}})",
        R"({"properties":{"a":{"enum":[1,2]},"b":{"enum":[1,2]}}})");
    row("one end of a range", R"({"properties":{"a":{"exclusiveMinimum":5,"maximum":9}}})",
        R"({"properties":{"a":{"minimum":0}}})", R"({"properties":{"a":{"exclusiveMinimum":5,"maximum":9}}})",
        R"({"properties":{"a":{"maximum":9,"minimum":0}}})", R"({"properties":{"a":{"minimum":0}}})");
    row("words for people", R"({"properties":{"a":{"description":"Old.","title":"T","labels":{"x":"y"}}}})",
        R"({"properties":{"a":{"description":"New.","title":""}}})",
        R"({"properties":{"a":{"description":"Old.","title":"T","labels":{"x":"y"}}}})",
        R"({"properties":{"a":{"description":"New.","title":"T","labels":{"x":"y"}}}})",
        R"({"properties":{"a":{"description":"New.","title":"T","labels":{"x":"y"}}}})");
    row("nested",
        R"({"properties":{"o":{"type":"object","properties":{"a":{"type":"null"}},"required":["a"]}}})",
        R"({"properties":{"o":{"type":"object","properties":{"b":{"type":"null"},"a":{"type":"string"}},"required":["b"]}}})",
        R"({"properties":{"o":{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}},"required":["a","b"]}}})",
        R"({"properties":{"o":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"null"}},"required":["b"]}}})",
        R"({"properties":{"o":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"null"}},"required":["b"]}}})");
    row("a shape for what had none", R"({"properties":{"o":{"type":"object"},"l":{"type":"array"}}})",
        R"({"properties":{"o":{"type":"object","properties":{"a":{}},"required":["a"]},"l":{"type":"array","items":{"type":"string"}}}})",
        R"({"properties":{"o":{"type":"object","properties":{"a":{}},"required":["a"]},"l":{"type":"array","items":{"type":"string"}}}})",
        R"({"properties":{"o":{"type":"object","required":["a"],"properties":{"a":{}}},"l":{"type":"array","items":{"type":"string"}}}})",
        R"({"properties":{"o":{"type":"object","required":["a"],"properties":{"a":{}}},"l":{"type":"array","items":{"type":"string"}}}})");
    row("no shape for what is planned as text", R"({"properties":{"o":{"type":"string"}}})",
        R"({"properties":{"o":{"type":["object","array"],"properties":{"a":{}},"items":{}}}})",
        R"({"properties":{"o":{"type":"string"}}})",
        R"({"properties":{"o":{"type":["object","array"],"properties":{"a":{}},"items":{}}}})",
        R"({"properties":{"o":{"type":["object","array"],"properties":{"a":{}},"items":{}}}})");
    row("items",
        R"({"properties":{"l":{"type":"array","items":{"properties":{"sku":{"type":"string"},"old":{}}}}}})",
        R"({"properties":{"l":{"type":"array","items":{"properties":{"sku":{"type":"integer"},"new":{}}}}}})",
        R"({"properties":{"l":{"type":"array","items":{"properties":{"sku":{"type":"string"},"old":{},"new":{}}}}}})",
        R"({"properties":{"l":{"type":"array","items":{"properties":{"sku":{"type":"integer"},"old":{},"new":{}}}}}})",
        R"({"properties":{"l":{"type":"array","items":{"properties":{"sku":{"type":"integer"},"new":{}}}}}})");
    row("reference", R"({"properties":{"a":{"$ref":"#/definitions/x","description":"A."}}})",
        R"({"properties":{"a":{"type":"string"}}})",
        R"({"properties":{"a":{"$ref":"#/definitions/x","description":"A."}}})",
        R"({"properties":{"a":{"type":"string","description":"A."}}})",
        R"({"properties":{"a":{"type":"string","description":"A."}}})");
    row("others", R"({"properties":{},"additionalProperties":false})",
        R"({"properties":{},"additionalProperties":true})",
        R"({"properties":{},"additionalProperties":false})",
        R"({"properties":{},"additionalProperties":true})",
        R"({"properties":{},"additionalProperties":true})");
    row("a schema that is true or false", R"({"properties":{"a":true,"b":{"type":"string"}}})",
        R"({"properties":{"a":{"type":"string"},"b":false}})",
        R"({"properties":{"a":true,"b":{"type":"string"}}})",
        R"({"properties":{"a":{"type":"string"},"b":false}})",
        R"({"properties":{"a":{"type":"string"},"b":false}})");
    row("keywords nobody knows", R"({"properties":{"a":{"zap":1,"x-tool":1,"if":{}}}})",
        R"({"properties":{"a":{"zap":2,"then":{}}}})", R"({"properties":{"a":{"zap":1,"x-tool":1,"if":{}}}})",
        R"({"properties":{"a":{"zap":2,"x-tool":1,"if":{},"then":{}}}})",
        R"({"properties":{"a":{"zap":2,"x-tool":1,"then":{}}}})");
}

void TstMerge::schemas()
{
    QFETCH(QByteArray, into);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, added);
    QFETCH(QByteArray, updated);
    QFETCH(QByteArray, replaced);
    const Document target = planOf({over(Json::parse(into.toStdString()))});
    const auto others = pointers({over(Json::parse(from.toStdString()))});
    const std::array expected{added, updated, replaced};
    for (std::size_t i = 0; i < modes.size(); ++i) {
        const Document made = mergedWhole(target, others, modes[i]);
        QCOMPARE(text(made.rules.front()->schema["properties"]["properties"]), expected[i]);
        QVERIFY(plan::mergeSteps(made, others, modes[i]).empty());
    }
    // What comes is what there is after all is updated and removed, but for words and order.
    const Document made = mergedWhole(target, others, MergeMode::AddUpdateAndRemove);
    for (const plan::Change &change : plan::compare(made, [&others] {
             Document document;
             document.rules = others;
             return document;
         }())) {
        QCOMPARE(change.impact, plan::Impact::None);
    }
}

void TstMerge::eventsInTheThreeModes()
{
    const Document into = planOf({over(Json::object(), u"Kept"_s), over(Json::object(), u"Gone"_s),
                                  over(Json::object(), u"Changed"_s)});
    const auto from =
        pointers({over(Json::object(), u"New"_s), over(Json{{"minProperties", 1}}, u"Changed"_s),
                  over(Json::object(), u"Kept"_s)});
    const auto titles = [&](MergeMode mode) {
        QStringList told;
        for (const MergeStep &step : plan::mergeSteps(into, from, mode)) {
            static constexpr std::array<QChar, 3> marks{u'+', u'-', u'~'};
            told +=
                marks[static_cast<std::size_t>(step.kind)] + (step.after ? step.after : step.before)->name;
            Q_ASSERT((step.before == nullptr) == (step.kind == ChangeKind::Added));
            Q_ASSERT((step.after == nullptr) == (step.kind == ChangeKind::Removed));
            Q_ASSERT(step.changes.size() == 1);
            told += plan::sentenceOf(step.changes.front());
        }
        return told;
    };
    QCOMPARE(titles(MergeMode::AddOnly), (QStringList{u"+New"_s, u"the event is new"_s}));
    const QStringList updates{u"+New"_s, u"the event is new"_s, u"~Changed"_s,
                              u"the number of properties of the event must now be >= 1"_s};
    QCOMPARE(titles(MergeMode::AddAndUpdate), updates);
    QCOMPARE(titles(MergeMode::AddUpdateAndRemove),
             (updates + QStringList{u"-Gone"_s, u"the event is no longer planned"_s}));

    // The plan's order stays; what is new comes last.
    QCOMPARE(names(mergedWhole(into, from, MergeMode::AddOnly)),
             (QStringList{u"Kept"_s, u"Gone"_s, u"Changed"_s, u"New"_s}));
    QCOMPARE(names(mergedWhole(into, from, MergeMode::AddUpdateAndRemove)),
             (QStringList{u"Kept"_s, u"Changed"_s, u"New"_s}));
}

void TstMerge::stepsCanBeChosen()
{
    const Document into =
        planOf({over(Json::object(), u"A"_s), over(Json::object(), u"B"_s), over(Json::object(), u"C"_s)});
    const auto from =
        pointers({over(Json{{"minProperties", 1}}, u"A"_s), over(Json{{"minProperties", 1}}, u"B"_s),
                  over(Json::object(), u"D"_s), over(Json::object(), u"E"_s)});
    const auto steps = plan::mergeSteps(into, from, MergeMode::AddUpdateAndRemove);
    QCOMPARE(steps.size(), 5U);
    const Document made = plan::merged(into, {steps[1], steps[3]});
    QCOMPARE(names(made), (QStringList{u"A"_s, u"B"_s, u"C"_s, u"E"_s}));
    QCOMPARE(made.rules[0], into.rules[0]);
    QCOMPARE(made.rules[1], steps[1].after);
    QCOMPARE(names(plan::merged(into, {})), names(into));
    QCOMPARE(names(plan::merged(into, {steps[4]})), (QStringList{u"A"_s, u"B"_s}));
}

void TstMerge::stepsOfAPlanThatWentOn()
{
    const Document into = planOf({over(Json::object(), u"A"_s), over(Json::object(), u"B"_s)});
    const auto from = pointers({over(Json{{"minProperties", 1}}, u"A"_s), over(Json::object(), u"C"_s)});
    const auto steps = plan::mergeSteps(into, from, MergeMode::AddUpdateAndRemove);
    // Meanwhile A was edited and moved, B removed, C added.
    const Document now = planOf({over(Json{{"title", "C"}}, u"C"_s), over(Json{{"title", "A"}}, u"A"_s)});
    const Document made = plan::merged(now, steps);
    QCOMPARE(names(made), (QStringList{u"C"_s, u"A"_s}));
    QCOMPARE(made.rules[1], steps[0].after);
}

void TstMerge::whatARuleSaysOfItself()
{
    RuleSource into = over(Json::object());
    into.sources = {u"Web"_s};
    into.extra = {{"createdAt", "then"}};
    into.schema["description"] = "Old.";
    RuleSource from = over(Json::object());
    from.isDeprecated = true;
    from.extra = {{"createdAt", "now"}};
    QVERIFY(plan::mergeSteps(planOf({into}), pointers({from}), MergeMode::AddOnly).empty());
    for (const MergeMode mode : {MergeMode::AddAndUpdate, MergeMode::AddUpdateAndRemove}) {
        const RuleSource made = *mergedWhole(planOf({into}), pointers({from}), mode).rules.front();
        QVERIFY(made.isDeprecated);
        QCOMPARE(made.sources, QStringList{u"Web"_s});
        QCOMPARE(text(made.extra), R"({"createdAt":"then"})"_ba);
        QCOMPARE(text(made.schema["description"]), R"("Old.")"_ba);
    }
    from.sources = {u"App"_s};
    QCOMPARE(mergedWhole(planOf({into}), pointers({from}), MergeMode::AddAndUpdate).rules.front()->sources,
             QStringList{u"App"_s});
    QCOMPARE(mergedWhole(planOf({into}), pointers({from}), MergeMode::AddAndUpdate).rules.size(), 1U);
}

void TstMerge::eventAroundTheProperties()
{
    // An inferred rule says nothing of the context: what is planned of it stays in every mode.
    RuleSource into = over(Json::parse(R"({"properties":{"a":{}}})"));
    into.schema["properties"]["context"] = {{"required", {"locale"}}};
    into.schema["required"] = {"context"};
    into.schema["$schema"] = "http://json-schema.org/draft-06/schema#";
    RuleSource from = over(Json::parse(R"({"properties":{"b":{}},"required":["b"]})"));
    from.schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    from.schema["required"] = {"properties"};
    const Json made =
        mergedWhole(planOf({into}), pointers({from}), MergeMode::AddUpdateAndRemove).rules.front()->schema;
    QCOMPARE(
        text(made["properties"]),
        R"({"properties":{"properties":{"b":{}},"required":["b"]},"context":{"required":["locale"]}})"_ba);
    QCOMPARE(text(made["required"]), R"(["context","properties"])"_ba);
    QVERIFY(text(made["$schema"]).contains("draft-06"));
}

void TstMerge::scopesMeet()
{
    RuleSource alone = rule(
        u"Order Loaded"_s,
        Json::parse(
            R"({"description":"Loaded.","type":"object","properties":{"a":{"$ref":"#/definitions/x"},"b":{"$ref":"#/properties/a"}},"required":["a"],"definitions":{"x":{"type":"string"}}})"));
    alone.scope = plan::Scope::Properties;
    // Into a rule over the event.
    const RuleSource intoEvent = *mergedWhole(planOf({over(Json::parse(R"({"properties":{"c":{}}})"))}),
                                              pointers({alone}), MergeMode::AddAndUpdate)
                                      .rules.front();
    QCOMPARE(intoEvent.scope, plan::Scope::Event);
    QCOMPARE(
        text(intoEvent.schema),
        R"({"type":"object","properties":{"properties":{"properties":{"c":{},"a":{"$ref":"#/definitions/x"},"b":{"$ref":"#/properties/properties/properties/a"}},"type":"object","required":["a"]}},"description":"Loaded.","required":["properties"],"definitions":{"x":{"type":"string"}}})"_ba);
    // And the other way.
    RuleSource event = over(Json::parse(R"({"properties":{"c":{"type":"null"}},"required":["c"]})"));
    event.schema["description"] = "Over the event.";
    const RuleSource intoAlone =
        *mergedWhole(planOf({alone}), pointers({event}), MergeMode::AddAndUpdate).rules.front();
    QCOMPARE(intoAlone.scope, plan::Scope::Properties);
    QCOMPARE(
        text(intoAlone.schema),
        R"({"description":"Over the event.","type":"object","properties":{"a":{"$ref":"#/definitions/x"},"b":{"$ref":"#/properties/a"},"c":{"type":"null"}},"required":["a","c"],"definitions":{"x":{"type":"string"}}})"_ba);
}

void TstMerge::commonRules()
{
    const auto common = [](const char *schema) { return rule({}, Json::parse(schema), CallType::None); };
    const Document into =
        planOf({common(R"({"properties":{"a":{"type":"string"}}})"), common(R"({"title":"second"})")});
    const auto from = pointers({common(R"({"properties":{"a":{"type":"null"},"b":{}}})")});
    Document made = mergedWhole(into, from, MergeMode::AddOnly);
    QCOMPARE(made.rules.size(), 2U);
    QCOMPARE(text(made.rules[0]->schema), R"({"properties":{"a":{"type":"string"},"b":{}}})"_ba);
    QCOMPARE(made.rules[1], into.rules[1]);
    made = mergedWhole(into, from, MergeMode::AddUpdateAndRemove);
    QCOMPARE(made.rules.size(), 1U);
    QCOMPARE(text(made.rules[0]->schema), R"({"properties":{"a":{"type":"null"},"b":{}}})"_ba);
    // New ones are added, each.
    QCOMPARE(mergedWhole(planOf({}), into.rules, MergeMode::AddOnly).rules.size(), 2U);
}

void TstMerge::repeatedRules()
{
    const auto from = pointers({over(Json{{"title", "first"}}), over(Json{{"title", "second"}})});
    const Document made = mergedWhole(planOf({}), from, MergeMode::AddAndUpdate);
    QCOMPARE(made.rules.size(), 1U);
    QCOMPARE(made.rules.front(), from.front());
}

void TstMerge::sharedDefinitionsComeAlong()
{
    Document from =
        planOf({over(Json::parse(R"({"properties":{"a":{"$ref":"#/definitions/order~1id"}}})"), u"A"_s),
                over(Json::object(), u"B"_s)});
    from.shared = Json::parse(
        R"({"definitions":{"order/id":{"items":{"$ref":"#/$defs/inner"}},"unused":{}},"$defs":{"inner":{"$ref":"#/definitions/order~1id"}}})");
    const Document made =
        plan::merged({}, plan::mergeSteps({}, plan::rulesFor({}, from), MergeMode::AddOnly));
    QCOMPARE(made.rules.size(), 2U);
    QCOMPARE(text(made.rules[0]->schema["definitions"]),
             R"({"order/id":{"items":{"$ref":"#/$defs/inner"}}})"_ba);
    QCOMPARE(text(made.rules[0]->schema["$defs"]), R"({"inner":{"$ref":"#/definitions/order~1id"}})"_ba);
    QCOMPARE(made.rules[1], from.rules[1]);
    // Into a rule that is there, too.
    const Document there = planOf({over(Json::object(), u"A"_s)});
    const Document grown =
        plan::merged(there, plan::mergeSteps(there, plan::rulesFor(there, from), MergeMode::AddOnly));
    QVERIFY(grown.rules.front()->schema.contains("definitions"));
    // Not those that the plan has already.
    Document alike = there;
    alike.shared = from.shared;
    alike.shared["$defs"]["inner"]["title"] = "another";
    const Json own =
        plan::merged(alike, plan::mergeSteps(alike, plan::rulesFor(alike, from), MergeMode::AddOnly))
            .rules.front()
            ->schema;
    QVERIFY(!own.contains("definitions"));
    QCOMPARE(text(own["$defs"]), R"({"inner":{"$ref":"#/definitions/order~1id"}})"_ba);
}

void TstMerge::extrasStayInTheirFormat()
{
    RuleSource tagged = over(Json::object());
    tagged.extra = {{"tags", {"checkout"}}};
    Document from = planOf({tagged});
    from.format = plan::Format::AvoJson;
    Document into;
    into.format = plan::Format::AvoJson;
    QCOMPARE(plan::merged(into, plan::mergeSteps(into, plan::rulesFor(into, from), MergeMode::AddOnly))
                 .rules.front(),
             from.rules.front());
    into.format = plan::Format::SegmentApi;
    QVERIFY(plan::merged(into, plan::mergeSteps(into, plan::rulesFor(into, from), MergeMode::AddOnly))
                .rules.front()
                ->extra.empty());
}

void TstMerge::untouchedRulesStayTheSame()
{
    Document into =
        planOf({over(Json::parse(R"({"zap":{"deep":[1,{"a":1e3}]},"properties":{"a":{}}})"), u"A"_s),
                over(Json::object(), u"B"_s)});
    into.name = u"Plan"_s;
    into.extra = {{"id", "tp_1"}};
    const Document made = mergedWhole(
        into,
        pointers({over(Json::parse(R"({"properties":{"a":{}}})"), u"A"_s), over(Json::object(), u"C"_s)}),
        MergeMode::AddAndUpdate);
    QCOMPARE(made.rules[0], into.rules[0]); // the same pointer
    QCOMPARE(made.rules[1], into.rules[1]);
    QCOMPARE(made.name, into.name);
    QCOMPARE(text(made.extra), text(into.extra));
}

void TstMerge::mergingAgainChangesNothing_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 60; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void TstMerge::mergingAgainChangesNothing()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&random](unsigned bound) { return static_cast<unsigned>(random() % bound); };
    const auto oneOf = [&below](std::initializer_list<Json> choices) {
        return *(choices.begin() + below(static_cast<unsigned>(choices.size())));
    };
    const std::function<Json(int)> schema = [&](int depth) -> Json {
        if (below(12) == 0) {
            return below(2) == 0;
        }
        Json made = Json::object();
        if (below(3) != 0) {
            made["type"] = oneOf(
                {"string", "integer", "object", "array", Json{"string", "null"}, Json{"null", "object"}});
        }
        if (below(4) == 0) {
            made["enum"] = oneOf({Json{"a", "b"}, Json{"b", "a"}, Json{1, 2.0}});
        }
        if (below(8) == 0) {
            made["const"] = oneOf({"a", 1, nullptr});
        }
        for (const char *keyword : {"minimum", "exclusiveMinimum", "maximum"}) {
            if (below(6) == 0) {
                made[keyword] = below(4);
            }
        }
        for (const char *keyword : {"description", "x-tool", "zap", "pattern"}) {
            if (below(6) == 0) {
                made[keyword] = oneOf({"", "one", "two"});
            }
        }
        if (below(12) == 0) {
            made["$ref"] = oneOf({"#/definitions/a", "#/definitions/b"});
        }
        if (below(8) == 0) {
            made["additionalProperties"] = below(2) == 0;
        }
        if (depth < 3 && below(2) == 0) {
            Json properties = Json::object();
            Json required = Json::array();
            for (const char *name : {"d", "a", "c", "b"}) {
                if (below(2) == 0) {
                    properties[name] = schema(depth + 1);
                }
                if (below(3) == 0) {
                    required.push_back(name);
                }
            }
            made["properties"] = properties;
            made["required"] = required;
        }
        if (depth < 3 && below(4) == 0) {
            made["items"] = below(6) == 0 ? Json::array({schema(depth + 1)}) : schema(depth + 1);
        }
        return made;
    };
    const auto rules = [&] {
        std::vector<RuleSource> made;
        for (const QString &name : {u"A"_s, u"B"_s, u"C"_s, u"D"_s}) {
            if (below(3) == 0) {
                continue;
            }
            made.push_back(below(3) == 0 ? rule(name, schema(0)) : over(schema(0), name));
            made.back().scope = made.back().schema.contains("properties") &&
                                        made.back().schema["properties"].contains("properties")
                                    ? plan::Scope::Event
                                    : plan::Scope::Properties;
        }
        return made;
    };
    for (int round = 0; round < 20; ++round) {
        const Document into = planOf(rules());
        const auto from = pointers(rules());
        for (const MergeMode mode : modes) {
            const Document made = mergedWhole(into, from, mode);
            for (const MergeStep &step : plan::mergeSteps(made, from, mode)) {
                qInfo() << text(step.before ? step.before->schema : Json())
                        << text(step.after ? step.after->schema : Json());
            }
            QVERIFY(plan::mergeSteps(made, from, mode).empty());
        }
        // A plan merged into itself is itself.
        for (const MergeMode mode : modes) {
            QVERIFY(plan::mergeSteps(into, into.rules, mode).empty());
        }
        QVERIFY(plan::compare(into, into).empty());
    }
}

QTEST_GUILESS_MAIN(TstMerge)
#include "tst_merge.moc"
