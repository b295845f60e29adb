// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "sheettest.h"

#include <QFile>
#include <QTest>

using namespace sheettest;

class TstSheetCells : public QObject
{
    Q_OBJECT

private slots:
    void types_data();
    void types();
    void badTypes_data();
    void badTypes();
    void allowed_data();
    void allowed();
    void allowedIsReadAsShown_data();
    void allowedIsReadAsShown();
    void ranges_data();
    void ranges();
    void badRanges_data();
    void badRanges();
    void patternAndFormat();
    void labels();
    void everyCellIsReadAsShown();
};

void TstSheetCells::types_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("property");
    const auto add = [](const char *text, const char *property) {
        QTest::newRow(*text == 0 ? "empty" : text) << QString::fromUtf8(text) << QByteArray(property);
    };
    add("string", R"({"type":"string"})");
    add(" String ", R"({"type":"string"})");
    add("text", R"({"type":"string"})");
    add("strings", R"({"type":"string"})");
    add("int", R"({"type":"integer"})");
    add("whole number", R"({"type":"integer"})");
    add("float", R"({"type":"number"})");
    add("bool", R"({"type":"boolean"})");
    add("yes/no", R"({"type":"boolean"})");
    add("map", R"({"type":"object"})");
    add("list", R"({"type":"array"})");
    add("string?", R"({"type":["string","null"]})");
    add("string, null", R"({"type":["string","null"]})");
    add("string or null", R"({"type":["string","null"]})");
    add("string | null", R"({"type":["string","null"]})");
    add("string/null", R"({"type":["string","null"]})");
    add("string; integer, null", R"({"type":["string","integer","null"]})");
    add("integer, integer", R"({"type":"integer"})");
    add("date-time", R"({"type":"string","format":"date-time"})");
    add("timestamp", R"({"type":"string","format":"date-time"})");
    add("date-time?", R"({"type":["string","null"],"format":"date-time"})");
    add("null or date", R"({"type":["null","string"],"format":"date"})");
    add("uuid", R"({"type":"string","format":"uuid"})");
    add("url", R"({"type":"string","format":"uri"})");
    add("email", R"({"type":"string","format":"email"})");
    add("date, date-time", R"({"type":"string"})");
    add("string, date", R"({"type":"string"})");
    add("list of strings", R"({"type":"array","items":{"type":"string"}})");
    add("list of string", R"({"type":"array","items":{"type":"string"}})");
    add("array of ints or null", R"({"type":["array","null"],"items":{"type":"integer"}})");
    add("list of strings and numbers", R"({"type":"array","items":{"type":["string","number"]}})");
    add("list of dates", R"({"type":"array","items":{"type":"string","format":"date"}})");
    add("list of lists of numbers", R"({"type":"array","items":{"type":"array","items":{"type":"number"}}})");
    add("string[]", R"({"type":"array","items":{"type":"string"}})");
    add("string[]?", R"({"type":["array","null"],"items":{"type":"string"}})");
    add("array<integer>", R"({"type":"array","items":{"type":"integer"}})");
    add("any", "{}");
    add("", "{}");
    add("string, any", "{}");
}

void TstSheetCells::types()
{
    QFETCH(QString, text);
    const auto rule = plan::withField(ruleWith("{}"), {u"a"_s}, Field::Type, text);
    QVERIFY(rule.has_value());
    QTEST(QByteArray::fromStdString(propertyOf(*rule)), "property");
}

void TstSheetCells::badTypes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("what");
    QTest::newRow("typing error") << u"strng"_s << u"\"strng\" is no type. Is \"string\" meant?"_s;
    QTest::newRow("unknown") << u"banana"_s << u"\"banana\" is no type."_s;
    QTest::newRow("one of several") << u"string, quux"_s << u"\"quux\" is no type."_s;
    QTest::newRow("of items") << u"list of wombats"_s << u"\"wombats\" is no type."_s;
}

void TstSheetCells::badTypes()
{
    QFETCH(QString, text);
    const auto rule = plan::withField(ruleWith("{}"), {u"a"_s}, Field::Type, text);
    QVERIFY(!rule.has_value());
    QTEST(rule.error().what, "what");
    QVERIFY(rule.error().why.contains(u"string, integer, number, boolean, object, array and null"_s));
    QVERIFY(!rule.error().fix.isEmpty());
}

void TstSheetCells::allowed_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("after"); ///< empty: refused
    const auto add = [](const char *name, const char *before, const char *text, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(text) << QByteArray(after);
    };
    add("texts", R"({"type":"string"})", R"(a, b, "c, d")", R"({"type":"string","enum":["a","b","c, d"]})");
    add("lines", R"({"type":"string"})", "a\nb\r\n", R"({"type":"string","enum":["a","b"]})");
    add("digits are text", R"({"type":"string"})", "1, 2", R"({"type":"string","enum":["1","2"]})");
    add("numbers", R"({"type":"integer"})", "1, 2", R"({"type":"integer","enum":[1,2]})");
    add("fractions", R"({"type":"number"})", "0.5, -1", R"({"type":"number","enum":[0.5,-1]})");
    add("null among texts", R"({"type":["string","null"]})", R"(a, null, "null")",
        R"({"type":["string","null"],"enum":["a",null,"null"]})");
    add("booleans", R"({"type":"boolean"})", "true", R"({"type":"boolean","enum":[true]})");
    add("any type", "{}", R"(a, 1, "1", true)", R"({"enum":["a",1,"1",true]})");
    add("lists and objects", "{}", R"([1, 2], {"a": "b, c"})", R"({"enum":[[1,2],{"a":"b, c"}]})");
    add("no list after all", R"({"type":"string"})", "[draft], x",
        R"({"type":"string","enum":["[draft]","x"]})");
    add("repeated", R"({"type":"string"})", "a, a, b,", R"({"type":"string","enum":["a","b"]})");
    add("quotes inside", R"({"type":"string"})", R"(5" display, "say ""hi""", "back\\slash \"q\"")",
        R"({"type":"string","enum":["5\" display","say \"hi\"","back\\slash \"q\""]})");
    add("the empty text", R"({"type":"string"})", R"("", a)", R"({"type":"string","enum":["","a"]})");
    add("in its place", R"({"enum":["a"],"type":"string"})", "b", R"({"enum":["b"],"type":"string"})");
    add("kept as written", R"({"enum":[1.0,{"x":[1]}]})", R"(1.0, {"x":[1]}, 2)",
        R"({"enum":[1.0,{"x":[1]},2]})");
    add("a const", R"({"const":"a","type":"string"})", "b", R"({"const":"b","type":"string"})");
    add("a const of several", R"({"const":"a","type":"string"})", "a, b",
        R"({"enum":["a","b"],"type":"string"})");
    add("none", R"({"type":"string","enum":["a"]})", "", R"({"type":"string"})");
    add("no const", R"({"const":"a"})", " ", "{}");
    add("text for a number", R"({"type":"integer"})", "1, x", "");
    add("fraction for an integer", R"({"type":"integer"})", "1.5", "");
    add("open quote", R"({"type":"string"})", "a, \"b, c", "");
}

void TstSheetCells::allowed()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, text);
    QFETCH(QByteArray, after);
    const auto rule = plan::withField(ruleWith(before.constData()), {u"a"_s}, Field::Allowed, text);
    QCOMPARE(rule.has_value(), !after.isEmpty());
    if (rule) {
        QCOMPARE(QByteArray::fromStdString(propertyOf(*rule)), after);
    } else {
        QVERIFY(!rule.error().what.isEmpty() && !rule.error().why.isEmpty() && !rule.error().fix.isEmpty());
    }
}

void TstSheetCells::allowedIsReadAsShown_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::newRow("plain") << QByteArray(R"(["a","b c","d-e"])");
    QTest::newRow("commas and quotes")
        << QByteArray(R"(["a,b","\"","\"a\"","a\"b","\\","a\\n","\n","\t x"])");
    QTest::newRow("spaces") << QByteArray(R"([" a","b ",""," "])");
    QTest::newRow("like other values")
        << QByteArray(R"(["1",1,"true",true,"null",null,"1.0",1.0,"[","{}",{},[],"[1]"])");
    QTest::newRow("structures") << QByteArray(R"([{"a":"x, \"y\" ]","b":[1,{"c":""}]},["",[",","}"]]])");
    QTest::newRow("other scripts") << QByteArray(R"(["größer","日本語","😀"])");
}

void TstSheetCells::allowedIsReadAsShown()
{
    QFETCH(QByteArray, values);
    for (const char *type :
         {"", R"("type":["string","integer","null","object","array","boolean","number"],)"}) {
        const RuleSource rule =
            ruleWith((std::string("{") + type + R"("enum":)" + values.toStdString() + "}").c_str());
        const QString text = rowOf(rule, {u"a"_s}).text(Field::Allowed);
        // Through another property, so that nothing is known of the values but their text.
        const auto copied =
            plan::withField(ruleWith((std::string("{") + type + R"("enum":["before"]})").c_str()), {u"a"_s},
                            Field::Allowed, text);
        QVERIFY(copied.has_value());
        QCOMPARE(propertyOf(*copied), propertyOf(rule));
    }
}

void TstSheetCells::ranges_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("isDraft4");
    const auto add = [](const char *name, const char *before, const char *text, const char *after,
                        bool isDraft4 = false) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(text) << QByteArray(after) << isDraft4;
    };
    const char *integer = R"({"type":"integer"})";
    add("at least", integer, ">= 0", R"({"type":"integer","minimum":0})");
    add("at least, close", integer, ">=0", R"({"type":"integer","minimum":0})");
    add("at least, in words", integer, "at least 3", R"({"type":"integer","minimum":3})");
    add("min", integer, "min: 3", R"({"type":"integer","minimum":3})");
    add("and up", integer, "3+", R"({"type":"integer","minimum":3})");
    add("at most", integer, "<= 5", R"({"type":"integer","maximum":5})");
    add("up to", integer, "..5", R"({"type":"integer","maximum":5})");
    add("between", integer, "0..100", R"({"type":"integer","minimum":0,"maximum":100})");
    add("between, dash", integer, "0-100", R"({"type":"integer","minimum":0,"maximum":100})");
    add("between, long dash", integer, "0 – 100", R"({"type":"integer","minimum":0,"maximum":100})");
    add("between, words", integer, "between 1 and 5", R"({"type":"integer","minimum":1,"maximum":5})");
    add("between, to", integer, "1 to 5", R"({"type":"integer","minimum":1,"maximum":5})");
    add("negative", integer, "-10..-5", R"({"type":"integer","minimum":-10,"maximum":-5})");
    add("negative, dash", integer, "-10--5", R"({"type":"integer","minimum":-10,"maximum":-5})");
    add("exactly", integer, "5", R"({"type":"integer","minimum":5,"maximum":5})");
    add("fractions", R"({"type":"number"})", "0.1..99.95",
        R"({"type":"number","minimum":0.1,"maximum":99.95})");
    add("short fraction", R"({"type":"number"})", ">= .5", R"({"type":"number","minimum":0.5})");
    add("two comparisons", integer, "> 0, < 10",
        R"({"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10})");
    add("mixed comparisons", integer, ">= 0 and < 10",
        R"({"type":"integer","minimum":0,"exclusiveMaximum":10})");
    add("draft-04 above", integer, "> 0", R"({"type":"integer","minimum":0,"exclusiveMinimum":true})", true);
    add("draft-04 from above", R"({"minimum":0,"exclusiveMinimum":true,"type":"integer"})", ">= 0",
        R"({"minimum":0,"type":"integer"})", true);
    add("draft-04 both", integer, "> 0, <= 9",
        R"({"type":"integer","minimum":0,"exclusiveMinimum":true,"maximum":9})", true);
    add("in its place", R"({"minimum":1,"maximum":9,"type":"integer"})", "1..5",
        R"({"minimum":1,"maximum":5,"type":"integer"})");
    add("exclusive in its place", R"({"minimum":1,"type":"integer"})", "> 1",
        R"({"exclusiveMinimum":1,"type":"integer"})");
    add("written otherwise", R"({"minimum":1.0,"type":"number"})", ">= 1",
        R"({"minimum":1.0,"type":"number"})");
    add("length", R"({"type":"string"})", "1..80", R"({"type":"string","minLength":1,"maxLength":80})");
    add("length above", R"({"type":"string"})", "> 2", R"({"type":"string","minLength":3})");
    add("length below", R"({"type":"string"})", "< 2", R"({"type":"string","maxLength":1})");
    add("length of text or null", R"({"type":["null","string"]})", "<= 9",
        R"({"type":["null","string"],"maxLength":9})");
    add("items", R"({"type":"array"})", ">= 1", R"({"type":"array","minItems":1})");
    add("of any type", "{}", ">= 1", R"({"minimum":1})");
    add("of any type with a length", R"({"minLength":2})", "<= 9", R"({"maxLength":9})");
    add("the one it has", R"({"type":["number","string"],"maxLength":5})", "<= 6",
        R"({"type":["number","string"],"maxLength":6})");
    add("none", R"({"type":"integer","minimum":0,"exclusiveMaximum":5})", "", R"({"type":"integer"})");
    add("one less", R"({"type":"integer","minimum":0,"maximum":5})", ">= 0",
        R"({"type":"integer","minimum":0})");
    add("large", integer, "<= 9007199254740993", R"({"type":"integer","maximum":9007199254740993})");
}

void TstSheetCells::ranges()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, text);
    QFETCH(bool, isDraft4);
    const char *dialect = isDraft4 ? R"("$schema":"http://json-schema.org/draft-04/schema#",)" : "";
    const auto rule = plan::withField(ruleWith(before.constData(), dialect), {u"a"_s}, Field::Range, text);
    QVERIFY2(rule.has_value(), rule ? "" : qPrintable(rule.error().oneLine()));
    QTEST(QByteArray::fromStdString(propertyOf(*rule)), "after");
    // What is shown then says the same.
    const QString shownRange = rowOf(*rule, {u"a"_s}).text(Field::Range);
    const auto again =
        plan::withField(ruleWith(before.constData(), dialect), {u"a"_s}, Field::Range, shownRange);
    QVERIFY(again.has_value());
    QCOMPARE(propertyOf(*again), propertyOf(*rule));
}

void TstSheetCells::badRanges_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QString>("text");
    const QByteArray integer = R"({"type":"integer"})";
    QTest::newRow("words") << integer << u"many"_s;
    QTest::newRow("empty") << integer << u"10..5"_s;
    QTest::newRow("empty, exclusive") << integer << u"> 5, < 5"_s;
    QTest::newRow("two of one side") << integer << u"> 5, >= 7"_s;
    QTest::newRow("no number") << integer << u">= x"_s;
    QTest::newRow("points") << integer << u"1.2.3"_s;
    QTest::newRow("too large") << integer << u"<= 1e400"_s;
    QTest::newRow("too many digits") << integer << u"<= 123456789012345678901234"_s;
    QTest::newRow("negative length") << QByteArray(R"({"type":"string"})") << u">= -1"_s;
    QTest::newRow("fraction of an item") << QByteArray(R"({"type":"array"})") << u"<= 1.5"_s;
    QTest::newRow("shorter than nothing") << QByteArray(R"({"type":"string"})") << u"< 0"_s;
    QTest::newRow("of an object") << QByteArray(R"({"type":"object"})") << u">= 1"_s;
    QTest::newRow("of yes or no") << QByteArray(R"({"type":"boolean"})") << u">= 1"_s;
}

void TstSheetCells::badRanges()
{
    QFETCH(QByteArray, property);
    QFETCH(QString, text);
    const auto rule = plan::withField(ruleWith(property.constData()), {u"a"_s}, Field::Range, text);
    QVERIFY(!rule.has_value());
    QVERIFY(!rule.error().what.isEmpty() && !rule.error().why.isEmpty() && !rule.error().fix.isEmpty());
}

void TstSheetCells::patternAndFormat()
{
    const RuleSource rule = ruleWith(R"({"type":"string"})");
    const PropertyPath path{u"a"_s};
    const auto pattern = plan::withField(rule, path, Field::Pattern, u"^[a-z]+$"_s);
    QVERIFY(pattern.has_value());
    QCOMPARE(propertyOf(*pattern), std::string(R"({"type":"string","pattern":"^[a-z]+$"})"));
    QCOMPARE(propertyOf(*plan::withField(*pattern, path, Field::Pattern, {})), propertyOf(rule));
    QVERIFY(!plan::withField(rule, path, Field::Pattern, u"[a-"_s).has_value());
    QVERIFY(!plan::withField(ruleWith(R"({"type":"integer"})"), path, Field::Pattern, u"^a"_s).has_value());

    const auto format = plan::withField(rule, path, Field::Format, u" Date-Time "_s);
    QVERIFY(format.has_value());
    QCOMPARE(propertyOf(*format), std::string(R"({"type":"string","format":"date-time"})"));
    QCOMPARE(propertyOf(*plan::withField(*format, path, Field::Format, {})), propertyOf(rule));
    const auto wrong = plan::withField(rule, path, Field::Format, u"datetime"_s);
    QVERIFY(!wrong.has_value());
    QCOMPARE(wrong.error().what, u"\"datetime\" is no format. Is \"date-time\" meant?"_s);
    QVERIFY(wrong.error().fix.contains(u"uuid"_s));
    QVERIFY(!plan::withField(ruleWith(R"({"type":"integer"})"), path, Field::Format, u"date"_s).has_value());
    // A format nobody knows stays where it is and can be taken away.
    const RuleSource own = ruleWith(R"({"type":"string","format":"our-id"})");
    QCOMPARE(propertyOf(*plan::withField(own, path, Field::Format, u"our-id"_s)), propertyOf(own));
    QCOMPARE(propertyOf(*plan::withField(own, path, Field::Format, {})), propertyOf(rule));
}

void TstSheetCells::labels()
{
    const PropertyPath path{u"a"_s};
    const auto rule = plan::withField(ruleWith("{}"), path, Field::Labels,
                                      u"owner: growth, pii: yes, url: mailto:a@b/c, \"x:y\": \"1, 2\""_s);
    QVERIFY(rule.has_value());
    QCOMPARE(propertyOf(*rule),
             std::string(R"({"labels":{"owner":"growth","pii":"yes","url":"mailto:a@b/c","x:y":"1, 2"}})"));
    QCOMPARE(rowOf(*rule, path).labels, u"owner: growth, pii: yes, url: mailto:a@b/c, \"x:y\": \"1, 2\""_s);
    QCOMPARE(propertyOf(*plan::withField(*rule, path, Field::Labels, {})), std::string("{}"));

    // What is no text stays what it is.
    const RuleSource typed = ruleWith(R"({"labels":{"pii":true,"weight":1.0}})");
    QCOMPARE(propertyOf(*plan::withField(typed, path, Field::Labels, u"pii: true, weight: 1.0, owner: me"_s)),
             std::string(R"({"labels":{"pii":true,"weight":1.0,"owner":"me"}})"));
    QVERIFY(!plan::withField(typed, path, Field::Labels, u"pii"_s).has_value());
    QVERIFY(!plan::withField(typed, path, Field::Labels, u": yes"_s).has_value());
    QVERIFY(
        !plan::withField(ruleWith(R"({"labels":["pii"]})"), path, Field::Labels, u"pii: yes"_s).has_value());
}

/// Every cell of the samples, typed as it is shown, changes nothing; and typed into an empty property gives
/// the same cell.
void TstSheetCells::everyCellIsReadAsShown()
{
    int cells = 0;
    for (const QString &name : {u"delivery-platform"_s, u"marketplace"_s}) {
        QFile file(QStringLiteral(TRACKSIDE_SOURCE_DIR "/resources/samples/%1.plan.json").arg(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Json plan = Json::parse(file.readAll().toStdString());
        for (const Json &one : plan["data"]["rules"]) {
            RuleSource rule = ruleOf("{}");
            rule.schema = one["jsonSchema"];
            const std::string type = one["type"];
            rule.type = type == "IDENTIFY" ? event::CallType::Identify
                        : type == "COMMON" ? event::CallType::None
                                           : event::CallType::Track;
            for (const plan::SheetRow &row : plan::sheetOf(rule)) {
                RuleSource copy = ruleWith("{}");
                for (const Field field : {Field::Type, Field::Description, Field::Allowed, Field::Pattern,
                                          Field::Format, Field::Range, Field::Labels}) {
                    const QString text = row.text(field);
                    const auto same = plan::withField(rule, row.path, field, text);
                    QVERIFY(same.has_value());
                    QCOMPARE(*same, rule);
                    const auto typed = plan::withField(copy, {u"a"_s}, field, text);
                    QVERIFY2(typed.has_value(), typed ? "" : qPrintable(typed.error().oneLine()));
                    QCOMPARE(rowOf(*typed, {u"a"_s}).text(field), text);
                    copy = *typed;
                    ++cells;
                }
            }
        }
    }
    QVERIFY(cells > 500);
}

QTEST_GUILESS_MAIN(TstSheetCells)
#include "tst_sheetcells.moc"
