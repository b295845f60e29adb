// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/casing.h"
#include "check/conventions.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using check::Casing;
using check::Conventions;

class TstConventions final : public QObject
{
    Q_OBJECT

private slots:
    void presetsLoad_data();
    void presetsLoad();
    void everyKeyIsRead();
    void absentKeysKeepTheirDefaults();
    void mistakes_data();
    void mistakes();
    void unknownPreset();
    void folder();
    void casings_data();
    void casings();
    void words_data();
    void words();
};

namespace {

base::Result<Conventions> loadText(const QByteArray &json)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"house.json"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size()) {
        return base::failure(base::ErrorCode::Io, u"no test file"_s);
    }
    file.close();
    return Conventions::load(path);
}

} // namespace

void TstConventions::presetsLoad_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("name");
    QTest::addColumn<Casing>("eventCasing");
    QTest::addColumn<Casing>("propertyCasing");
    QTest::newRow("segment") << u"segment"_s << u"Segment"_s << Casing::TitleCase << Casing::SnakeCase;
    QTest::newRow("delivery-platform")
        << u"delivery-platform"_s << u"Delivery platform"_s << Casing::TitleCase << Casing::CamelCase;
    QTest::newRow("snake-case") << u"snake-case"_s << u"Snake case"_s << Casing::SnakeCase
                                << Casing::SnakeCase;
}

void TstConventions::presetsLoad()
{
    QFETCH(const QString, preset);
    QVERIFY(Conventions::presetNames().contains(preset));
    const auto loaded = Conventions::load(preset);
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().oneLine()));
    QTEST(loaded->name, "name");
    QTEST(loaded->eventCasing, "eventCasing");
    QTEST(loaded->propertyCasing, "propertyCasing");
    QCOMPARE(loaded->traitCasing, Casing::Any);
}

void TstConventions::everyKeyIsRead()
{
    const auto loaded = loadText(R"({"$schema": "https://example.test/conventions.json", "name": "House",
        "description": "ours", "enabled": false,
        "events": {"casing": "snake", "structure": "any", "tense": "any", "gerundFirst": true,
                   "prefixes": ["web", "app"], "requirePrefix": true, "maxLength": 40},
        "properties": {"casing": "camel"}, "traits": {"casing": "kebab"}, "exceptions": ["legacy", "SKU"],
        "rules": {"name/casing": "error", "name/tense": "off", "plan/unplanned-event": "error"}})");
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().oneLine()));
    QCOMPARE(loaded->name, u"House"_s);
    QVERIFY(!loaded->isOn);
    QCOMPARE(loaded->eventCasing, Casing::SnakeCase);
    QVERIFY(!loaded->wantsObjectAction);
    QVERIFY(!loaded->wantsPastTense);
    QVERIFY(loaded->allowsGerundFirst);
    QCOMPARE(loaded->prefixes, (QStringList{u"web"_s, u"app"_s}));
    QVERIFY(loaded->requiresPrefix);
    QCOMPARE(loaded->maxNameLength, 40);
    QCOMPARE(loaded->propertyCasing, Casing::CamelCase);
    QCOMPARE(loaded->traitCasing, Casing::KebabCase);
    QCOMPARE(loaded->exceptions, (QStringList{u"legacy"_s, u"SKU"_s}));
    QCOMPARE(loaded->severities.size(), 2);
    QCOMPARE(loaded->severities.value(event::RuleId::NameCasing), event::Severity::Error);
    QCOMPARE(loaded->severities.value(event::RuleId::PlanUnplannedEvent), event::Severity::Error);
    QCOMPARE(loaded->off, QList<event::RuleId>{event::RuleId::NameTense});
}

void TstConventions::absentKeysKeepTheirDefaults()
{
    const auto loaded = loadText("{}");
    QVERIFY(loaded);
    const Conventions defaults;
    QCOMPARE(loaded->name, u"house"_s);
    QCOMPARE(loaded->isOn, defaults.isOn);
    QCOMPARE(loaded->eventCasing, defaults.eventCasing);
    QCOMPARE(loaded->maxNameLength, defaults.maxNameLength);
    QVERIFY(loaded->prefixes.isEmpty());
}

void TstConventions::mistakes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("why"); // a part of it
    QTest::addColumn<QString>("fix");

    QTest::newRow("empty file") << ""_qba << u"not valid JSON"_s << u"Mend the JSON"_s;
    QTest::newRow("no JSON") << "{\n  \"name\": House\n}"_qba << u"line 2"_s << u"Mend the JSON"_s;
    QTest::newRow("cut off") << R"({"events": {)"_qba << u"not valid JSON"_s << u"Mend the JSON"_s;
    QTest::newRow("invalid UTF-8") << "{\"name\":\"\xff\"}"_qba << u"not valid JSON"_s << u"Mend the JSON"_s;
    QTest::newRow("a list") << "[]"_qba << u"The file holds a list."_s << u"name, description"_s;
    QTest::newRow("unknown key") << R"({"event": {}})"_qba << u"\"event\", which is not known"_s
                                 << u"Did you mean \"events\"?"_s;
    QTest::newRow("unknown key in a section")
        << R"({"events": {"caseing": "title"}})"_qba << u"\"events.caseing\""_s
        << u"Did you mean \"events.casing\"?"_s;
    QTest::newRow("unknown key, none near")
        << R"({"zzzzzzzzzzzz": 1})"_qba << u"\"zzzzzzzzzzzz\""_s << u"Use one of \"name\""_s;
    QTest::newRow("unknown rule") << R"({"rules": {"name/tenses": "off"}})"_qba << u"\"rules.name/tenses\""_s
                                  << u"Did you mean \"rules.name/tense\"?"_s;
    QTest::newRow("a rule of the wire") << R"({"rules": {"protocol/no-identity": "off"}})"_qba
                                        << u"\"rules.protocol/no-identity\""_s << u"Use one of"_s;
    QTest::newRow("rule's level") << R"({"rules": {"name/tense": "fatal"}})"_qba
                                  << u"\"rules.name/tense\" is \"fatal\"."_s
                                  << u"one of \"error\", \"warning\", \"info\", \"off\"."_s;
    QTest::newRow("plan rule switched off")
        << R"({"rules": {"plan/type": "off"}})"_qba << u"\"rules.plan/type\" is \"off\"."_s
        << u"one of \"error\", \"warning\", \"info\"."_s;
    QTest::newRow("rules a list") << R"({"rules": []})"_qba << u"\"rules\" is a list."_s << u"an object"_s;
    QTest::newRow("casing")
        << R"({"events": {"casing": "Title Case"}})"_qba << u"\"events.casing\" is \"Title Case\"."_s
        << u"\"any\", \"title\", \"sentence\", \"camel\", \"pascal\", \"snake\", \"kebab\""_s;
    QTest::newRow("casing no text") << R"({"properties": {"casing": 1}})"_qba
                                    << u"\"properties.casing\" is 1."_s << u"one of"_s;
    QTest::newRow("structure") << R"({"events": {"structure": "action-object"}})"_qba
                               << u"\"events.structure\""_s << u"\"object-action\", \"any\""_s;
    QTest::newRow("tense") << R"({"events": {"tense": null}})"_qba << u"\"events.tense\" is null."_s
                           << u"\"past\""_s;
    QTest::newRow("flag") << R"({"events": {"gerundFirst": "yes"}})"_qba
                          << u"\"events.gerundFirst\" is \"yes\"."_s << u"true or false"_s;
    QTest::newRow("enabled") << R"({"enabled": 1})"_qba << u"\"enabled\" is 1."_s << u"true or false"_s;
    QTest::newRow("name") << R"({"name": {}})"_qba << u"\"name\" is an object."_s << u"a text"_s;
    QTest::newRow("section no object")
        << R"({"traits": "snake"})"_qba << u"\"traits\" is \"snake\"."_s << u"casing"_s;
    QTest::newRow("prefixes no list")
        << R"({"events": {"prefixes": "pilot"}})"_qba << u"\"events.prefixes\""_s << u"a list of texts"_s;
    QTest::newRow("prefix empty") << R"({"events": {"prefixes": ["pilot", ""]}})"_qba
                                  << u"\"events.prefixes[1]\" is \"\"."_s << u"not empty"_s;
    QTest::newRow("exception a number")
        << R"({"exceptions": [7]})"_qba << u"\"exceptions[0]\" is 7."_s << u"a text"_s;
    QTest::newRow("prefix demanded, none given") << R"({"events": {"requirePrefix": true}})"_qba
                                                 << u"no \"events.prefixes\""_s << u"List the prefixes"_s;
    QTest::newRow("length zero") << R"({"events": {"maxLength": 0}})"_qba << u"\"events.maxLength\" is 0."_s
                                 << u"from 1 to 10000"_s;
    QTest::newRow("length broken") << R"({"events": {"maxLength": 40.5}})"_qba
                                   << u"\"events.maxLength\" is 40.5."_s << u"a whole number"_s;
    QTest::newRow("length huge") << R"({"events": {"maxLength": 18446744073709551615}})"_qba
                                 << u"\"events.maxLength\" is 18446744073709551615."_s
                                 << u"from 1 to 10000"_s;
}

void TstConventions::mistakes()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, why);
    QFETCH(const QString, fix);
    const auto loaded = loadText(json);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, base::ErrorCode::BadInput);
    QVERIFY2(loaded.error().what.contains(u"house.json"_s), qPrintable(loaded.error().what));
    QVERIFY2(loaded.error().why.contains(why), qPrintable(loaded.error().why));
    QVERIFY2(loaded.error().fix.contains(fix), qPrintable(loaded.error().fix));
}

void TstConventions::unknownPreset()
{
    const auto near = Conventions::load(u"delivery_platform"_s);
    QVERIFY(!near);
    QCOMPARE(near.error().code, base::ErrorCode::NotFound);
    QCOMPARE(near.error().fix, u"Did you mean the preset \"delivery-platform\"?"_s);
    const auto far = Conventions::load(u"/nowhere/at/all.json"_s);
    QVERIFY(!far);
    QVERIFY(far.error().fix.contains(u"\"segment\""_s));
}

void TstConventions::folder()
{
    const QTemporaryDir folder;
    const auto loaded = Conventions::load(folder.path());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().why, u"It is a folder."_s);
}

void TstConventions::casings_data()
{
    QTest::addColumn<Casing>("casing");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isSo");
    QTest::newRow("any") << Casing::Any << u"wHat_Ever"_s << true;
    QTest::newRow("title") << Casing::TitleCase << u"Product Added to Wishlist"_s << true;
    QTest::newRow("title, small word last") << Casing::TitleCase << u"Signed in"_s << false;
    QTest::newRow("title, own capitals") << Casing::TitleCase << u"iOS App Opened"_s << true;
    QTest::newRow("title, digit first") << Casing::TitleCase << u"2FA Enabled"_s << true;
    QTest::newRow("title shouted") << Casing::TitleCase << u"ORDER COMPLETED"_s << false;
    QTest::newRow("title glued") << Casing::TitleCase << u"OrderCompleted"_s << false;
    QTest::newRow("title with underscore") << Casing::TitleCase << u"Order_Completed"_s << false;
    QTest::newRow("title umlaut") << Casing::TitleCase << u"Äpfel Bestellt"_s << true;
    QTest::newRow("sentence") << Casing::SentenceCase << u"Order completed by API"_s << true;
    QTest::newRow("sentence in title") << Casing::SentenceCase << u"Order Completed"_s << false;
    QTest::newRow("camel") << Casing::CamelCase << u"orderCompleted2"_s << true;
    QTest::newRow("camel from capital") << Casing::CamelCase << u"OrderCompleted"_s << false;
    QTest::newRow("camel with dot") << Casing::CamelCase << u"order.completed"_s << false;
    QTest::newRow("pascal") << Casing::PascalCase << u"OrderCompleted"_s << true;
    QTest::newRow("pascal from small") << Casing::PascalCase << u"orderCompleted"_s << false;
    QTest::newRow("snake") << Casing::SnakeCase << u"order_completed_2"_s << true;
    QTest::newRow("snake doubled") << Casing::SnakeCase << u"order__completed"_s << false;
    QTest::newRow("snake at the end") << Casing::SnakeCase << u"order_"_s << false;
    QTest::newRow("snake at the start") << Casing::SnakeCase << u"_order"_s << false;
    QTest::newRow("snake in capitals") << Casing::SnakeCase << u"ORDER_ID"_s << false;
    QTest::newRow("kebab") << Casing::KebabCase << u"order-completed"_s << true;
    QTest::newRow("kebab with underscore") << Casing::KebabCase << u"order_completed"_s << false;
}

void TstConventions::casings()
{
    QFETCH(const Casing, casing);
    QFETCH(const QString, text);
    QFETCH(const bool, isSo);
    QCOMPARE(check::follows(casing, text), isSo);
    QCOMPARE(check::keyFollows(casing, text.toStdString()), isSo);
    QCOMPARE(check::casingFromWord(check::word(casing)), casing);
    // What is put together in a casing follows it.
    QVERIFY(check::follows(casing, check::inCasing(casing, check::wordsOf(text))));
}

void TstConventions::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("title") << u"Order Completed"_s << u"Order|Completed"_s;
    QTest::newRow("stray spaces") << u"  Order \t Completed "_s << u"Order|Completed"_s;
    QTest::newRow("snake") << u"order_completed"_s << u"order|completed"_s;
    QTest::newRow("kebab") << u"order-completed"_s << u"order|completed"_s;
    QTest::newRow("hyphen in a title") << u"Opt-In Changed"_s << u"Opt-In|Changed"_s;
    QTest::newRow("camel") << u"orderCompleted"_s << u"order|Completed"_s;
    QTest::newRow("abbreviation last") << u"orderID"_s << u"order|ID"_s;
    QTest::newRow("abbreviation first") << u"HTMLParserFailed"_s << u"HTML|Parser|Failed"_s;
    QTest::newRow("digits stay") << u"del123Added"_s << u"del123|Added"_s;
    QTest::newRow("capitals with underscores") << u"ORDER_ID"_s << u"ORDER|ID"_s;
    QTest::newRow("dots") << u"order.completed"_s << u"order|completed"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TstConventions::words()
{
    QFETCH(const QString, text);
    QTEST(check::wordsOf(text).join(u'|'), "words");
}

QTEST_GUILESS_MAIN(TstConventions)
#include "tst_conventions.moc"
