// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/plan/plantest.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using plan::Document;
using plan::Format;
using plan::Json;
using plan::RuleSource;

class TstDocument : public QObject
{
    Q_OBJECT

private slots:
    void formats();
    void titles_data();
    void titles();
    void backAsItWas_data();
    void backAsItWas();
    void throughSegmentsFormat_data();
    void throughSegmentsFormat();
    void sameVerdictsInEveryFormat_data();
    void sameVerdictsInEveryFormat();
    void numbers_data();
    void numbers();
    void numbersThatCannotBeKept_data();
    void numbersThatCannotBeKept();
    void repeatedNames();
    void referencesBetweenRules();
    void referencesToTheRoot_data();
    void referencesToTheRoot();
    void compilerKeepsWhatDidNotChange();
    void compilerSeesWhatReferencesLeadTo();
    void problemsNameTheirRule();
    void repeatedRulesOfOtherSources();
    void writeAndReadAgain_data();
    void writeAndReadAgain();
    void writeWhereItCannotBe();
};

void TstDocument::formats()
{
    QCOMPARE(plan::allFormats().size(), std::size_t{9});
    for (const Format format : plan::allFormats()) {
        QVERIFY(!plan::word(format).empty());
        QVERIFY(plan::formatFromWord(plan::word(format)) == format);
        QVERIFY(!plan::formatTitle(format).isEmpty());
    }
    QVERIFY(!plan::formatFromWord("excel"));
}

void TstDocument::titles_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("title");
    using event::CallType;
    QTest::newRow("track") << int(CallType::Track) << u"Order Loaded"_s << 1 << u"track \"Order Loaded\""_s;
    QTest::newRow("version") << int(CallType::Track) << u"A"_s << 3 << u"track \"A\", version 3"_s;
    QTest::newRow("identify") << int(CallType::Identify) << QString() << 1 << u"identify"_s;
    QTest::newRow("common") << int(CallType::None) << QString() << 1 << u"every event"_s;
}

void TstDocument::titles()
{
    QFETCH(const int, type);
    QFETCH(const QString, name);
    QFETCH(const int, version);
    QFETCH(const QString, title);
    RuleSource rule;
    rule.type = event::CallType(type);
    rule.name = name;
    rule.version = version;
    QCOMPARE(plan::titleOf(rule), title);
}

namespace {

void addFiles()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("format");
    const auto add = [](const char *name, const QString &path, Format format) {
        QTest::newRow(name) << path << int(format);
    };
    using plantest::dataFile;
    add("rules answer", dataFile(u"rules-answer.json"_s), Format::SegmentApi);
    add("plan with rules", dataFile(u"plan-with-rules.json"_s), Format::SegmentApi);
    add("answers in a list", dataFile(u"pair-in-a-list.json"_s), Format::SegmentApi);
    add("answers in an object", dataFile(u"pair-in-an-object.json"_s), Format::SegmentApi);
    add("bare rules", dataFile(u"bare-rules.json"_s), Format::SegmentApi);
    add("delivery platform", plantest::sampleFile(u"delivery-platform.plan.json"_s), Format::SegmentApi);
    add("marketplace", plantest::sampleFile(u"marketplace.plan.json"_s), Format::SegmentApi);
    add("Typewriter, in our shape", dataFile(u"typewriter.json"_s), Format::Typewriter);
    add("Typewriter", dataFile(u"typewriter-plan.json"_s), Format::Typewriter);
    add("Config API", dataFile(u"config-api.json"_s), Format::ConfigApi);
    add("Config API v1", dataFile(u"config-api-v1.json"_s), Format::ConfigApi);
    add("Avo", dataFile(u"avo-export.json"_s), Format::AvoJson);
    add("one schema", dataFile(u"titled.json"_s), Format::SchemaFolder);
    add("one schema over the event", dataFile(u"whole-event.json"_s), Format::SchemaFolder);
    add("one schema named by its file", dataFile(u"Signed Up.schema.json"_s), Format::SchemaFolder);
}

} // namespace

void TstDocument::backAsItWas_data()
{
    addFiles();
    QTest::newRow("rules that can't be read")
        << plantest::dataFile(u"broken-rule.json"_s) << int(Format::SegmentApi);
    QTest::newRow("one page of two") << plantest::dataFile(u"one-page-of-two.json"_s)
                                     << int(Format::SegmentApi);
}

void TstDocument::backAsItWas()
{
    QFETCH(const QString, file);
    QFETCH(const int, format);
    const Document document = plantest::read(file);
    QCOMPARE(int(document.format), format);
    QVERIFY(!document.rules.empty());
    const QByteArray written = plantest::text(document);
    QCOMPARE(written, plantest::indented(plantest::bytesOf(file)));
    const Document again = plantest::parsed(written, file);
    QCOMPARE(again.name, document.name);
    QCOMPARE(again.description, document.description);
    QCOMPARE(again.sources, document.sources);
    QCOMPARE(again.rules.size(), document.rules.size());
    for (std::size_t number = 0; number < document.rules.size(); ++number) {
        QVERIFY2(*again.rules[number] == *document.rules[number],
                 qPrintable(plan::titleOf(*document.rules[number])));
    }
    QVERIFY(again.shared == document.shared);
    QCOMPARE(plantest::text(again), written);
    QCOMPARE(plantest::lines(plan::lossesOf(document, document.format)), QStringList());
}

void TstDocument::throughSegmentsFormat_data()
{
    addFiles();
}

void TstDocument::throughSegmentsFormat()
{
    QFETCH(const QString, file);
    QFETCH(const int, format);
    const Document document = plantest::read(file);
    const QByteArray segment = plantest::text(document, Format::SegmentApi);
    QCOMPARE(plantest::lines(plan::lossesOf(document, Format::SegmentApi)), QStringList());
    const Document middle = plantest::parsed(segment, file);
    QCOMPARE(int(middle.format), int(Format::SegmentApi));
    QCOMPARE(plantest::titles(middle), plantest::titles(document));
    QCOMPARE(middle.name, document.name);
    QCOMPARE(middle.sources, document.sources);
    const QByteArray back = plantest::text(middle, Format(format));
    QVERIFY(!back.isEmpty());
    const auto expected = plantest::unordered(plantest::bytesOf(file));
    const auto actual = plantest::unordered(back);
    QVERIFY2(actual == expected, nlohmann::json::diff(expected, actual).dump(1).c_str());
}

void TstDocument::sameVerdictsInEveryFormat_data()
{
    addFiles();
}

/// What is written in another format and read again asks the same of events.
void TstDocument::sameVerdictsInEveryFormat()
{
    QFETCH(const QString, file);
    const Document document = plantest::read(file);
    const auto plan = plan::compile(document);
    for (const Format format : {Format::SegmentApi, Format::Typewriter, Format::AvoJson}) {
        const Document again = plantest::parsed(plantest::text(document, format), file);
        const auto other = plan::compile(again);
        for (const plan::Rule &rule : plan->rules) {
            const auto same = std::ranges::find_if(other->rules, [&rule](const plan::Rule &one) {
                return one.type == rule.type && one.name == rule.name && one.version == rule.version;
            });
            if (same == other->rules.end()) {
                QVERIFY2(format == Format::AvoJson, qPrintable(rule.name));
                continue;
            }
            QCOMPARE(same->schema.has_value(), rule.schema.has_value());
            QStringList before;
            QStringList after;
            for (const plan::Property &property : rule.properties) {
                before.append(property.name + (property.isRequired ? u"!"_s : u""_s) +
                              property.types.join(u'|') + property.allowed.join(u',') + property.pattern +
                              property.format + property.description);
            }
            for (const plan::Property &property : same->properties) {
                after.append(property.name + (property.isRequired ? u"!"_s : u""_s) +
                             property.types.join(u'|') + property.allowed.join(u',') + property.pattern +
                             property.format + property.description);
            }
            QCOMPARE(after, before);
        }
    }
}

void TstDocument::numbers_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<QByteArray>("written");
    const auto add = [](const char *digits, const char *written) {
        QTest::newRow(digits) << QByteArray(digits) << QByteArray(written);
    };
    add("0", "0");
    add("-1", "-1");
    add("9223372036854775807", "9223372036854775807");
    add("18446744073709551615", "18446744073709551615");
    add("0.1", "0.1");
    add("1.0", "1.0");
    add("1.50", "1.5");
    add("1e2", "100.0");
    add("1.7976931348623157e308", "1.7976931348623157e+308");
    add("0.000001", "1e-06");
}

void TstDocument::numbers()
{
    QFETCH(const QByteArray, digits);
    QFETCH(const QByteArray, written);
    const auto plan = [](const QByteArray &number) {
        return R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"properties":{"properties":{"maximum":)" +
               number + "}}},\"version\":1}]}";
    };
    const QByteArray text = plantest::text(plantest::parsed(plan(digits)));
    QVERIFY2(text.contains("\"maximum\": " + written + '\n'), text.constData());
}

void TstDocument::numbersThatCannotBeKept_data()
{
    QTest::addColumn<QByteArray>("digits");
    for (const char *digits : {"1e400", "-1e400", "12345678901234567890123", "0.12345678901234567890123",
                               "18446744073709551617", "1e-400", "NaN", "Infinity"}) {
        QTest::newRow(digits) << QByteArray(digits);
    }
}

void TstDocument::numbersThatCannotBeKept()
{
    QFETCH(const QByteArray, digits);
    const auto document = plan::parseDocument(
        "{\"rules\":[\n {\"type\":\"TRACK\",\"key\":\"A\",\"jsonSchema\":{\"maximum\": " + digits + "}}]}",
        u"plan.json"_s);
    QVERIFY(!document.has_value());
    QVERIFY2(document.error().why.contains(u"line 2, column 53"_s), qPrintable(document.error().oneLine()));
    QVERIFY(!document.error().fix.isEmpty());
}

void TstDocument::repeatedNames()
{
    const Document document =
        plantest::parsed("{\"rules\":[{\"type\":\"TRACK\",\"key\":\"A\",\n\"key\":\"B\",\"jsonSchema\":{"
                         "\"type\":\"object\",\"x\":1,\"x\":2}}]}");
    QCOMPARE(plantest::titles(document), QStringList{u"track \"B\""_s});
    QVERIFY(document.rules.front()->schema.at("x") == Json(2));
    QCOMPARE(document.problems.size(), std::size_t{2});
    QCOMPARE(document.problems.front().where, u"line 2, column 1"_s);
}

void TstDocument::referencesBetweenRules()
{
    const auto plan = plan::parse(
        R"({"rules":[
        {"type":"TRACK","key":"Paid","jsonSchema":{"properties":{"properties":{"properties":{
            "total":{"$ref":"https://plan.example/money"}}}}}},
        {"type":"TRACK","key":"Refunded","jsonSchema":{"$id":"https://plan.example/money","type":"object",
            "required":["amount"]}}]})"_ba,
        u"plan.json"_s);
    QVERIFY(plan.has_value());
    QCOMPARE(plantest::lines((*plan)->problems), QStringList());
    QVERIFY((*plan)->rules[0].schema.has_value());
    const Json event = Json::parse(R"({"properties":{"total":{}}})");
    QCOMPARE((*plan)->rules[0].schema->violations(event, {}).size(), std::size_t{1});
}

void TstDocument::referencesToTheRoot_data()
{
    QTest::addColumn<QByteArray>("json");
    const QByteArray rule =
        R"({"type":"TRACK","key":"Paid","jsonSchema":{"properties":{"properties":{"properties":{"total":{"$ref":"#AT"}}}}}})";
    const auto at = [&rule](const QByteArray &pointer) { return QByteArray(rule).replace("#AT", pointer); };
    const QByteArray money = R"({"type":"object","required":["amount"]})";
    QTest::newRow("definitions") << QByteArray(R"({"definitions":{"money":)" + money + R"(},"rules":[)" +
                                               at("#/definitions/money") + "]}");
    QTest::newRow("a definition that leads to another")
        << QByteArray(R"({"definitions":{"total":{"$ref":"#/definitions/money"},"money":)" + money +
                      R"(},"rules":[)" + at("#/definitions/total") + "]}");
    QTest::newRow("deeper") << QByteArray(R"({"data":{"types":{"money":)" + money + R"(},"rules":[)" +
                                          at("#/data/types/money") + "]}}");
    QTest::newRow("in another rule") << QByteArray(
        R"({"rules":[)" + at("#/rules/1/jsonSchema/definitions/money") +
        R"(,{"type":"TRACK","key":"B","jsonSchema":{"definitions":{"money":)" + money + "}}}]}");
}

void TstDocument::referencesToTheRoot()
{
    QFETCH(const QByteArray, json);
    const Document document = plantest::parsed(json);
    const auto plan = plan::compile(document);
    QCOMPARE(plantest::lines(plan->problems), QStringList());
    const Json event = Json::parse(R"({"properties":{"total":{}}})");
    QVERIFY(plan->rules[0].schema.has_value());
    QCOMPARE(plan->rules[0].schema->violations(event, {}).size(), std::size_t{1});
    QCOMPARE(plantest::text(document), plantest::indented(json));
}

void TstDocument::compilerKeepsWhatDidNotChange()
{
    Document document = plantest::read(plantest::sampleFile(u"delivery-platform.plan.json"_s));
    plan::Compiler compiler;
    const auto before = compiler.compile(document);
    const auto same = [](const plan::Plan &one, const plan::Plan &other) {
        if (one.rules.size() != other.rules.size() || one.common.size() != other.common.size()) {
            return false;
        }
        for (std::size_t number = 0; number < one.rules.size(); ++number) {
            if (one.rules[number].fingerprint != other.rules[number].fingerprint ||
                one.rules[number].schemaJson != other.rules[number].schemaJson ||
                one.rules[number].schema.has_value() != other.rules[number].schema.has_value()) {
                return false;
            }
        }
        return true;
    };
    QVERIFY(same(*before, *plan::compile(document)));
    document.rules[3] = plantest::changed(document.rules[3], [](RuleSource &rule) {
        rule.schema["properties"]["properties"]["required"] = Json::array({"somethingNew"});
    });
    document.rules.erase(document.rules.begin() + 1);
    const auto after = compiler.compile(document);
    QVERIFY(same(*after, *plan::compile(document)));
    QVERIFY(!same(*after, *before));
    // The bytes of a rule that was kept are the very same.
    QCOMPARE(after->rules.back().schemaJson.constData(), before->rules.back().schemaJson.constData());
}

void TstDocument::compilerSeesWhatReferencesLeadTo()
{
    Document document = plantest::parsed(
        R"({"definitions":{"a":{"type":"string"}},"rules":[
        {"type":"TRACK","key":"Root","jsonSchema":{"properties":{"properties":{"$ref":"#/definitions/a"}}}},
        {"type":"TRACK","key":"Other","jsonSchema":{"properties":{"properties":{"$ref":"named"}}}},
        {"type":"TRACK","key":"Named","jsonSchema":{"$id":"named","type":"string"}}]})");
    plan::Compiler compiler;
    const Json event = Json::parse(R"({"properties":{}})");
    const auto wrong = [&event](const plan::Plan &plan) {
        QStringList names;
        for (const plan::Rule &rule : plan.rules) {
            if (rule.schema && !rule.schema->isValid(event)) {
                names.append(rule.name);
            }
        }
        return names;
    };
    QCOMPARE(wrong(*compiler.compile(document)), (QStringList{u"Root"_s, u"Other"_s, u"Named"_s}));
    document.shared["definitions"]["a"]["type"] = "object";
    QCOMPARE(wrong(*compiler.compile(document)), (QStringList{u"Other"_s, u"Named"_s}));
    document.rules[2] =
        plantest::changed(document.rules[2], [](RuleSource &rule) { rule.schema["type"] = "object"; });
    QCOMPARE(wrong(*compiler.compile(document)), QStringList());
}

void TstDocument::problemsNameTheirRule()
{
    const auto plan = plan::parse(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"properties":{"properties":{"type":"text"}}}},
        {"type":"TRACK","key":"B","jsonSchema":{"properties":{"properties":{"pattern":"(?<n>"}}}},
        {"type":"IDENTIFY"}]})"_ba,
        u"plan.json"_s);
    QVERIFY(plan.has_value());
    QCOMPARE((*plan)->problems.size(), std::size_t{3});
    QCOMPARE((*plan)->problems[0].where, u"track \"A\" (/rules/0/jsonSchema)"_s);
    QVERIFY((*plan)->problems[0].message.contains(u"/rules/0/jsonSchema/properties/properties/type: "_s));
    QVERIFY2((*plan)->problems[1].where.startsWith(u"track \"B\" (/rules/1/jsonSchema"_s),
             qPrintable((*plan)->problems[1].where));
    QCOMPARE((*plan)->problems[2].where, u"identify (/rules/2)"_s);
}

void TstDocument::repeatedRulesOfOtherSources()
{
    const auto plan = plan::parse(
        R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":{"x-sources":["Web"]}},
        {"type":"TRACK","key":"A","jsonSchema":{"x-sources":["iOS"]}},
        {"type":"TRACK","key":"A","jsonSchema":{"x-sources":["ios","Backend"]}}]})"_ba,
        u"plan.json"_s);
    QVERIFY(plan.has_value());
    QCOMPARE((*plan)->rules.size(), std::size_t{2});
    QCOMPARE((*plan)->problems.size(), std::size_t{1});
}

void TstDocument::writeAndReadAgain_data()
{
    addFiles();
}

void TstDocument::writeAndReadAgain()
{
    QFETCH(const QString, file);
    const Document document = plantest::read(file);
    const QTemporaryDir folder;
    for (const Format format : plan::allFormats()) {
        const std::string_view word = plan::word(format);
        const QString path = folder.filePath(QString::fromLatin1(word.data(), qsizetype(word.size())));
        const auto files = plan::written(document, format);
        QVERIFY(files.has_value());
        QVERIFY(!files->empty());
        const auto done = plan::writeDocument(document, format, path);
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().oneLine()));
        const auto again = plan::readDocument(path);
        if (!again) {
            // It holds none of the plan's rules, and says so.
            QVERIFY2(plan::lossesOf(document, format).size() >= document.rules.size(), word.data());
            continue;
        }
        QVERIFY2(again->format == format, word.data());
        const auto twice = plan::written(*again, format);
        QVERIFY(twice.has_value());
        QCOMPARE(twice->size(), files->size());
        for (std::size_t number = 0; number < files->size(); ++number) {
            QCOMPARE((*twice)[number].name, (*files)[number].name);
            QCOMPARE((*twice)[number].bytes, (*files)[number].bytes);
        }
    }
}

void TstDocument::writeWhereItCannotBe()
{
    const QTemporaryDir folder;
    const Document document = plantest::read(plantest::dataFile(u"rules-answer.json"_s));
    const auto missing =
        plan::writeDocument(document, Format::SegmentApi, folder.filePath(u"no/plan.json"_s));
    QVERIFY(!missing.has_value());
    QVERIFY(!missing.error().fix.isEmpty());
    const auto overFolder = plan::writeDocument(document, Format::SegmentApi, folder.path());
    QVERIFY(!overFolder.has_value());
    QFile file(folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto overFile = plan::writeDocument(document, Format::SchemaFolder, file.fileName());
    QVERIFY(!overFile.has_value());
    QVERIFY(overFile.error().fix.contains(u"folder"_s));
    QCOMPARE(plantest::bytesOf(file.fileName()), QByteArray());
}

QTEST_GUILESS_MAIN(TstDocument)
#include "tst_document.moc"
