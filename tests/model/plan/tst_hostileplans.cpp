// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "plan/document.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray utf16(const QString &text, bool isBigEndian)
{
    QByteArray bytes = isBigEndian ? "\xFE\xFF"_ba : "\xFF\xFE"_ba;
    for (const QChar c : text) {
        const char high = static_cast<char>(c.unicode() >> 8U);
        const char low = static_cast<char>(c.unicode() & 0xFFU);
        bytes += isBigEndian ? high : low;
        bytes += isBigEndian ? low : high;
    }
    return bytes;
}

const QByteArray smallPlan =
    R"({"rules":[{"type":"TRACK","key":"Order Completed","jsonSchema":{"type":"object"}}]})";

QByteArray planOf(const QByteArray &schema)
{
    return R"({"rules":[{"type":"TRACK","key":"A","jsonSchema":)" + schema + "}]}";
}

} // namespace

/// Files that people open by mistake, and files that are made to hurt.
class TstHostilePlans : public QObject
{
    Q_OBJECT

private slots:
    void otherEncodingsAreRead_data();
    void otherEncodingsAreRead();
    void refused_data();
    void refused();
    void deepNesting_data();
    void deepNesting();
    void schemasThatLeadNowhere_data();
    void schemasThatLeadNowhere();
    void hugeTable();
    void aliasBomb();
    void folders();
    void thousandsOfRules();
};

void TstHostilePlans::otherEncodingsAreRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8") << smallPlan;
    QTest::newRow("UTF-8 with a mark") << "\xEF\xBB\xBF" + smallPlan;
    QTest::newRow("UTF-16 little endian") << utf16(QString::fromUtf8(smallPlan), false);
    QTest::newRow("UTF-16 big endian") << utf16(QString::fromUtf8(smallPlan), true);
}

void TstHostilePlans::otherEncodingsAreRead()
{
    QFETCH(QByteArray, bytes);
    const auto document = plan::parseDocument(bytes, u"plan.json"_s);
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    QCOMPARE(document->rules.size(), std::size_t{1});
}

void TstHostilePlans::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("spaces") << "  \n\n "_ba;
    QTest::newRow("Latin-1") << "Event Name,Property Name,Data Type\nCaf\xE9 Opened,x,string\n"_ba;
    QTest::newRow("binary") << QByteArray(4096, '\0');
    QTest::newRow("zip") << "PK\x03\x04\x14\x00\x06\x00"_ba + QByteArray(512, '\x01');
    QTest::newRow("web page") << "<!DOCTYPE html><html><body>Sign in</body></html>"_ba;
    QTest::newRow("events")
        << "{\"type\":\"track\",\"event\":\"A\"}\n{\"type\":\"track\",\"event\":\"B\"}\n"_ba;
    QTest::newRow("one event") << R"({"type":"track","event":"A","messageId":"m"})"_ba;
    QTest::newRow("a number") << "42"_ba;
    QTest::newRow("half a file") << smallPlan.left(60);
    QTest::newRow("other JSON") << R"({"dependencies":{"react":"18"}})"_ba;
    QTest::newRow("other YAML") << "name: build\non: push\njobs:\n  test: {}\n"_ba;
    QTest::newRow("other CSV") << "name,price\nshoe,3\n"_ba;
    QTest::newRow("prose") << "Dear all,\nplease find the plan attached.\n"_ba;
}

void TstHostilePlans::refused()
{
    QFETCH(QByteArray, bytes);
    const auto document = plan::parseDocument(bytes, u"plan"_s);
    QVERIFY(!document);
    QVERIFY2(!document.error().why.isEmpty() && !document.error().fix.isEmpty(),
             qPrintable(document.error().oneLine()));
}

void TstHostilePlans::deepNesting_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray schema = "{}";
    for (int i = 0; i < 10'000; ++i) {
        schema = "{\"not\":" + schema + '}';
    }
    QTest::newRow("schema") << planOf(schema);
    QTest::newRow("lists") << QByteArray(100'000, '[') + QByteArray(100'000, ']');
    QTest::newRow("YAML") << "version: rudder/v1\nkind: tp\nspec: "_ba + QByteArray(10'000, '[') +
                                 QByteArray(10'000, ']');
}

void TstHostilePlans::deepNesting()
{
    QFETCH(QByteArray, bytes);
    const auto document = plan::parseDocument(bytes, u"plan"_s);
    QVERIFY(!document);
    QVERIFY2(document.error().why.contains(u"nest"_s), qPrintable(document.error().oneLine()));
}

void TstHostilePlans::schemasThatLeadNowhere_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("to itself") << R"({"$ref":"#"})"_ba;
    QTest::newRow("in a circle")
        << R"({"allOf":[{"$ref":"#/definitions/a"}],"definitions":{"a":{"$ref":"#/definitions/b"},
        "b":{"$ref":"#/definitions/a"}}})"_ba;
    QTest::newRow("to the network") << R"({"$ref":"https://example.test/schema.json"})"_ba;
    QTest::newRow("to nothing") << R"({"$ref":"#/definitions/gone"})"_ba;
    QTest::newRow("bad type") << R"({"type":"strin"})"_ba;
    QTest::newRow("bad pattern") << R"({"properties":{"a":{"pattern":"("}}})"_ba;
    QTest::newRow("no schema") << R"("none")"_ba;
}

void TstHostilePlans::schemasThatLeadNowhere()
{
    QFETCH(QByteArray, schema);
    const auto document = plan::parseDocument(planOf(schema), u"plan.json"_s);
    // Kept, so that it can be mended; what is wrong is a problem of the plan.
    QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().oneLine()));
    const auto compiled = plan::compile(*document);
    QVERIFY(!compiled->problems.empty());
    QVERIFY2(compiled->problems.front().where.contains(u"\"A\""_s),
             qPrintable(compiled->problems.front().where));
    QVERIFY(!compiled->rules.front().schema);
}

void TstHostilePlans::hugeTable()
{
    QByteArray text = "Event Type,Event Name,Property Name,Property Data Type\n";
    text.reserve(101'000'000);
    while (text.size() < 100'000'000) {
        text += "Track,Order Completed,orderId,string\nTrack,Order Completed,total,float\n";
    }
    const auto document = plan::parseDocument(text, u"plan.csv"_s);
    QVERIFY(!document);
    QCOMPARE(document.error().code, base::ErrorCode::Limit);
}

void TstHostilePlans::aliasBomb()
{
    QByteArray yaml = "version: rudder/v1\nkind: tracking-plan\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 10; ++i) {
        const QByteArray one = "*a" + QByteArray::number(i - 1);
        yaml += 'a' + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" +
                (one + ',').repeated(9) + one + "]\n";
    }
    const auto document = plan::parseDocument(yaml, u"plan.yaml"_s);
    QVERIFY(!document);
    QVERIFY2(document.error().why.contains(u"aliases"_s), qPrintable(document.error().oneLine()));
}

void TstHostilePlans::folders()
{
    const QTemporaryDir folder;
    const auto empty = plan::readDocument(folder.path());
    QVERIFY(!empty);
    QVERIFY(!empty.error().fix.isEmpty());
    QFile readme(folder.filePath(u"README.md"_s));
    QVERIFY(readme.open(QIODevice::WriteOnly));
    readme.write("# Plans\n");
    readme.close();
    QVERIFY(!plan::readDocument(folder.path()));
    const auto gone = plan::readDocument(folder.filePath(u"gone.json"_s));
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, base::ErrorCode::NotFound);
}

void TstHostilePlans::thousandsOfRules()
{
    QByteArray rules;
    for (int i = 0; i < 2'000; ++i) {
        rules +=
            (i > 0 ? "," : "") + R"({"type":"TRACK","key":"Event )"_ba + QByteArray::number(i) +
            R"(","jsonSchema":{"type":"object","properties":{"properties":{"type":"object","properties":{)";
        for (int j = 0; j < 15; ++j) {
            rules += (j > 0 ? "," : "") + "\"property"_ba + QByteArray::number(j) +
                     R"(":{"type":"string","pattern":"^[a-z]+$"})";
        }
        rules += "}}}}}";
    }
    const auto document = plan::parseDocument("{\"rules\":[" + rules + "]}", u"plan.json"_s);
    QVERIFY(document);
    const auto compiled = plan::compile(*document);
    QCOMPARE(compiled->rules.size(), std::size_t{2'000});
    QVERIFY(compiled->problems.empty());
    QVERIFY(compiled->rules.back().schema.has_value());
}

QTEST_GUILESS_MAIN(TstHostilePlans)
#include "tst_hostileplans.moc"
