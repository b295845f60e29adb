// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/formats/avocsv.h"
#include "plan/formats/segmentcsv.h"
#include "plan/schematree.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plan;

/// QCOMPARE would let nlohmann's values turn into anything it has an overload for.
#define SAME_JSON(actual, expected)                                                                          \
    QVERIFY2((actual) == (expected), (Json(actual).dump() + " is not " + Json(expected).dump()).c_str())

namespace {

QByteArray contents(const QString &name)
{
    QFile file(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/plan/csv/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const RuleSource *ruleOf(const Document &document, event::CallType type, const QString &name, int version = 1)
{
    for (const RulePointer &rule : document.rules) {
        if (rule->type == type && rule->name == name && rule->version == version) {
            return rule.get();
        }
    }
    return nullptr;
}

Json propertyOf(const RuleSource *rule, const QString &path)
{
    Json found;
    if (rule != nullptr) {
        eachProperty(*rule, [&](const TreeProperty &property) {
            if (dotted(property.path) == path) {
                found = property.schema;
            }
        });
    }
    return found;
}

QStringList requiredOf(const RuleSource *rule)
{
    QStringList names;
    if (rule != nullptr) {
        eachProperty(*rule, [&](const TreeProperty &property) {
            if (property.isRequired) {
                names.append(dotted(property.path));
            }
        });
    }
    return names;
}

QString lossText(const std::vector<Loss> &losses)
{
    QStringList lines;
    for (const Loss &loss : losses) {
        lines.append(loss.where + u": "_s + loss.what);
    }
    return lines.join(u'\n');
}

Document richDocument()
{
    RuleSource rule;
    rule.name = u"Order Completed"_s;
    rule.sources = {u"Tracker UI"_s};
    rule.schema =
        Json::parse(R"({"type":"object","description":"Paid","labels":{"owner":"growth"},"properties":{
        "context":{"type":"object"},
        "properties":{"type":"object","required":["orderId"],"additionalProperties":false,"properties":{
            "orderId":{"type":"string","minLength":3},
            "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
            "when":{"type":"string","format":"date-time"},
            "tags":{"type":"array","items":{"type":"string"}}}}}})");
    Document document;
    document.name = u"Shop"_s;
    document.rules.push_back(std::make_shared<const RuleSource>(rule));
    return document;
}

} // namespace

class TstTableFormats : public QObject
{
    Q_OBJECT

private slots:
    void segmentColumns();
    void segmentRoundTrip();
    void segmentLossesAreExact();
    void segmentProblemsNameTheirLine();
    void avoColumns();
    void avoRoundTrip();
    void avoLossesAreExact();
    void templatesOfOthers();
    void toldApart();
    void valuesInCells_data();
    void valuesInCells();
};

void TstTableFormats::segmentColumns()
{
    const auto document = formats::readSegmentCsv(contents(u"segment.csv"_s), u"shop.csv"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->name, u"shop"_s);
    QCOMPARE(document->rules.size(), std::size_t{4});
    const RuleSource *order = ruleOf(*document, event::CallType::Track, u"Order Completed"_s);
    QVERIFY(order != nullptr);
    SAME_JSON(order->schema["description"], Json("An order was paid, and confirmed"));
    SAME_JSON(order->schema["labels"], Json::parse(R"({"owner":"growth"})"));
    SAME_JSON(propertyOf(order, u"coupon"_s),
              Json::parse(R"({"type":["string","null"],"pattern":"fall|winter|spring"})"));
    SAME_JSON(propertyOf(order, u"method"_s)["enum"], Json::parse(R"(["card","cash","points, gold"])"));
    SAME_JSON(propertyOf(order, u"products.$.sku"_s)["description"], Json("With \"quotes\""));
    SAME_JSON(propertyOf(order, u"products.$.quantity"_s)["type"], Json("integer"));
    // Without a Status column a type with ",null" is optional.
    QCOMPARE(requiredOf(order), (QStringList{u"orderId"_s, u"total"_s, u"method"_s, u"products"_s,
                                             u"products.$.sku"_s, u"products.$.quantity"_s}));
    QVERIFY(ruleOf(*document, event::CallType::Track, u"Order Completed"_s, 2) != nullptr);
    QVERIFY(ruleOf(*document, event::CallType::Identify, QString()) != nullptr);
    SAME_JSON(propertyOf(ruleOf(*document, event::CallType::Page, u"Checkout"_s), u"step"_s)["enum"],
              Json::parse("[1,2,3]"));
    QCOMPARE(document->problems.size(), std::size_t{1});
    QVERIFY(document->problems.front().message.contains(u"Owner"_s));
}

void TstTableFormats::segmentRoundTrip()
{
    const auto document = formats::readSegmentCsv(contents(u"segment.csv"_s), u"shop.csv"_s);
    QVERIFY(document);
    QCOMPARE(lossText(formats::segmentCsvLosses(*document)), QString());
    const auto files = formats::writeSegmentCsv(*document);
    QVERIFY(files);
    const auto again = formats::readSegmentCsv(files->front().bytes, u"shop.csv"_s);
    QVERIFY(again);
    QCOMPARE(again->rules.size(), document->rules.size());
    for (std::size_t i = 0; i < again->rules.size(); ++i) {
        QVERIFY2(*again->rules[i] == *document->rules[i], again->rules[i]->schema.dump().c_str());
    }
    QCOMPARE(formats::writeSegmentCsv(*again)->front().bytes, files->front().bytes);
}

void TstTableFormats::segmentLossesAreExact()
{
    QCOMPARE(lossText(formats::segmentCsvLosses(richDocument())),
             u"track \"Order Completed\": The sources it belongs to (Tracker UI) are left out.\n"
             "track \"Order Completed\", properties: Whether other properties may come is left out.\n"
             "track \"Order Completed\", orderId: \"minLength\": 3 is left out.\n"
             "track \"Order Completed\", currency: The pattern ^[A-Z]{3}$ is left out."_s);
}

void TstTableFormats::segmentProblemsNameTheirLine()
{
    const auto document = formats::readSegmentCsv("Event Type,Event Name,Property Name,Property Data Type\n"
                                                  "Track,A,p,strin\nClick,B,,\nTrack,,q,string\n",
                                                  u"x.csv"_s);
    QVERIFY(document);
    QCOMPARE(document->rules.size(), std::size_t{1});
    QStringList places;
    for (const Problem &problem : document->problems) {
        places.append(problem.where);
    }
    QCOMPARE(places, (QStringList{u"line 2"_s, u"line 3"_s, u"line 4"_s}));
    QVERIFY(!formats::readSegmentCsv("Event Type,Event Name,Property Name,Property Data Type\n", u"x.csv"_s));
}

void TstTableFormats::avoColumns()
{
    const auto document = formats::readAvoCsv(contents(u"avo.csv"_s), u"avo.csv"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->rules.size(), std::size_t{3});
    const RuleSource *page = ruleOf(*document, event::CallType::Track, u"page_viewed"_s);
    QCOMPARE(page->sources, (QStringList{u"Web"_s, u"iOS"_s}));
    SAME_JSON(page->schema["labels"], Json::parse(R"({"category":"Navigation","tags":"core; web"})"));
    SAME_JSON(propertyOf(page, u"tags"_s),
              Json::parse(R"({"type":"array","items":{"type":"string","enum":["a","b"]}})"));
    QCOMPARE(requiredOf(page), QStringList{u"page_title"_s});
    const RuleSource *order = ruleOf(*document, event::CallType::Track, u"order_paid"_s);
    SAME_JSON(propertyOf(order, u"currency"_s),
              Json::parse(R"({"type":"string","pattern":"^[A-Z]{3}$","const":"EUR"})"));
    SAME_JSON(propertyOf(order, u"plan"_s)["x-avo-property-type"], Json("User"));
    QVERIFY(ruleOf(*document, event::CallType::Track, u"app_opened"_s) != nullptr);
}

void TstTableFormats::avoRoundTrip()
{
    const auto document = formats::readAvoCsv(contents(u"avo.csv"_s), u"avo.csv"_s);
    QVERIFY(document);
    QCOMPARE(lossText(formats::avoCsvLosses(*document)), QString());
    const auto files = formats::writeAvoCsv(*document);
    const auto again = formats::readAvoCsv(files->front().bytes, u"avo.csv"_s);
    QVERIFY(again);
    for (std::size_t i = 0; i < document->rules.size(); ++i) {
        QVERIFY2(again->rules[i]->schema == document->rules[i]->schema,
                 again->rules[i]->schema.dump().c_str());
    }
    QCOMPARE(formats::writeAvoCsv(*again)->front().bytes, files->front().bytes);
}

void TstTableFormats::avoLossesAreExact()
{
    Document document = richDocument();
    RuleSource page;
    page.type = event::CallType::Page;
    page.name = u"Checkout"_s;
    document.rules.push_back(std::make_shared<const RuleSource>(page));
    QCOMPARE(lossText(formats::avoCsvLosses(document)),
             u"track \"Order Completed\": The labels ({\"owner\":\"growth\"}) are left out.\n"
             "track \"Order Completed\", properties: Whether other properties may come is left out.\n"
             "track \"Order Completed\", orderId: \"minLength\": 3 is left out.\n"
             "track \"Order Completed\", when: The format \"date-time\" is left out.\n"
             "page \"Checkout\": The rule is left out."_s);
}

void TstTableFormats::templatesOfOthers()
{
    const auto amplitude =
        formats::readAvoCsv("Event Name,Trigger + Event Description,Event Category,Platform,Property "
                            "Name,Property Description,Property "
                            "Type,Sample Values\nSong Played,When play is "
                            "pressed,Player,iOS,genre,,String,\"rock, pop\"\n,,,,length,,"
                            "Number,\"120, 200\"\n",
                            u"a.csv"_s);
    QVERIFY(amplitude);
    const RuleSource *song = ruleOf(*amplitude, event::CallType::Track, u"Song Played"_s);
    QVERIFY(song != nullptr);
    SAME_JSON(propertyOf(song, u"genre"_s)["type"], Json("string"));
    SAME_JSON(propertyOf(song, u"length"_s)["examples"], Json::parse("[120,200]"));
    const auto mixpanel = formats::readAvoCsv(
        "Event Name,Event Definition,Platform,Property Name,Property Definition,Data Type,Sample Values\n"
        "Song Played,Play was pressed,iOS,paid,,Boolean,true\n",
        u"m.csv"_s);
    QVERIFY(mixpanel);
    SAME_JSON(propertyOf(ruleOf(*mixpanel, event::CallType::Track, u"Song Played"_s), u"paid"_s)["type"],
              Json("boolean"));
}

void TstTableFormats::toldApart()
{
    QVERIFY(formats::looksLikeSegmentCsv(contents(u"segment.csv"_s)));
    QVERIFY(!formats::looksLikeAvoCsv(contents(u"segment.csv"_s)));
    QVERIFY(formats::looksLikeAvoCsv(contents(u"avo.csv"_s)));
    QVERIFY(!formats::looksLikeSegmentCsv("name,price\nx,1\n"));
}

void TstTableFormats::valuesInCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("values");
    QTest::newRow("plain") << u"a, b,c"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("quoted comma") << u"a, \"b, c\""_s << QStringList{u"a"_s, u"b, c"_s};
    QTest::newRow("quote in quotes") << u"\"say \\\"hi\\\"\""_s << QStringList{u"say \"hi\""_s};
    QTest::newRow("empty text") << u"\"\", a"_s << QStringList{QString(u""_s), u"a"_s};
    QTest::newRow("spaces kept in quotes") << u"\" a \""_s << QStringList{u" a "_s};
    QTest::newRow("trailing comma") << u"a,"_s << QStringList{u"a"_s};
}

void TstTableFormats::valuesInCells()
{
    QFETCH(QString, text);
    QFETCH(QStringList, values);
    QCOMPARE(splitValues(text), values);
    QCOMPARE(splitValues(joinedValues(values)), values);
}

QTEST_GUILESS_MAIN(TstTableFormats)
#include "tst_tableformats.moc"
