// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "filter/query.h"

#include <random>

#include <QTest>

using namespace Qt::StringLiterals;
using filter::Node;

namespace {

QString dump(const filter::Term &term)
{
    constexpr std::array compares{"=", ">", ">=", "<", "<=", ".."};
    QString text = u"%1|%2|%3|%4"_s.arg(static_cast<int>(term.field))
                       .arg(term.path, QLatin1StringView(compares.at(static_cast<std::size_t>(term.compare))),
                            term.value);
    if (!term.upper.isEmpty()) {
        text += u'|' + term.upper;
    }
    return term.isQuoted ? text + u" quoted"_s : text;
}

/// The tree as text, everything that parse() read included.
QString dump(const filter::NodePtr &node)
{
    if (!node) {
        return u"all"_s;
    }
    if (node->kind == Node::Kind::Term) {
        return u'<' + dump(node->term) + u'>';
    }
    QStringList parts;
    for (const filter::NodePtr &child : node->children) {
        parts.append(dump(child));
    }
    const QString name = node->kind == Node::Kind::And  ? u"and"_s
                         : node->kind == Node::Kind::Or ? u"or"_s
                                                        : u"not"_s;
    return name + u'(' + parts.join(u' ') + u')';
}

/// Shape only: words by their value, the rest as field=value.
QString shape(const filter::NodePtr &node)
{
    if (!node) {
        return u"all"_s;
    }
    if (node->kind == Node::Kind::Term) {
        return node->term.value;
    }
    QStringList parts;
    for (const filter::NodePtr &child : node->children) {
        parts.append(shape(child));
    }
    const QString name = node->kind == Node::Kind::And  ? u"and"_s
                         : node->kind == Node::Kind::Or ? u"or"_s
                                                        : u"not"_s;
    return name + u'(' + parts.join(u' ') + u')';
}

} // namespace

class TstParse : public QObject
{
    Q_OBJECT

private slots:
    void structure_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << u""_s << u"all"_s;
        QTest::newRow("spaces") << u"  \t "_s << u"all"_s;
        QTest::newRow("word") << u"order"_s << u"order"_s;
        QTest::newRow("words") << u"order completed"_s << u"and(order completed)"_s;
        QTest::newRow("quoted words") << u"\"order completed\""_s << u"order completed"_s;
        QTest::newRow("or") << u"a OR b"_s << u"or(a b)"_s;
        QTest::newRow("three branches") << u"a OR b OR c"_s << u"or(a b c)"_s;
        QTest::newRow("all binds tighter") << u"a b OR c d"_s << u"or(and(a b) and(c d))"_s;
        QTest::newRow("parentheses") << u"a (b OR c) d"_s << u"and(a or(b c) d)"_s;
        QTest::newRow("tight parentheses") << u"a(b OR c)d"_s << u"and(a or(b c) d)"_s;
        QTest::newRow("needless parentheses") << u"((a))"_s << u"a"_s;
        QTest::newRow("not") << u"-a"_s << u"not(a)"_s;
        QTest::newRow("not group") << u"-(a OR b)"_s << u"not(or(a b))"_s;
        QTest::newRow("not not") << u"--a"_s << u"not(not(a))"_s;
        QTest::newRow("not binds tightest") << u"-a b"_s << u"and(not(a) b)"_s;
        QTest::newRow("hyphen inside") << u"order-id"_s << u"order-id"_s;
        QTest::newRow("and between") << u"a AND b"_s << u"and(a b)"_s;
        QTest::newRow("small or is a word") << u"a or b"_s << u"and(a or b)"_s;
        QTest::newRow("quoted OR is a word") << u"a \"OR\" b"_s << u"and(a OR b)"_s;
        QTest::newRow("escaped OR is a word") << u"a \\OR b"_s << u"and(a OR b)"_s;
        QTest::newRow("fields") << u"type:track status:violation"_s << u"and(track violation)"_s;
        QTest::newRow("not a field") << u"-type:page"_s << u"not(page)"_s;
    }
    void structure()
    {
        QFETCH(QString, text);
        const auto query = filter::parse(text);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
        QCOMPARE(query->text, text);
        QTEST(shape(query->root), "expected");
    }

    void terms_data()
    {
        using enum filter::Field;
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &text, filter::Field field, const QString &rest) {
            QTest::newRow(name) << text << u"<%1|%2>"_s.arg(static_cast<int>(field)).arg(rest);
        };
        row("word", u"order"_s, Word, u"|=|order"_s);
        row("quoted word", u"\"order id\""_s, Word, u"|=|order id quoted"_s);
        row("type", u"type:track"_s, Type, u"|=|track"_s);
        row("field name in capitals", u"TYPE:track"_s, Type, u"|=|track"_s);
        row("event", u"event:\"Order *\""_s, Event, u"|=|Order * quoted"_s);
        row("literal star", u"event:Order\\*"_s, Event, u"|=|Order\\*"_s);
        row("literal star in quotes", u"event:\"a \\* b\""_s, Event, u"|=|a \\* b quoted"_s);
        row("backslash", u"event:a\\\\b"_s, Event, u"|=|a\\\\b"_s);
        row("backslash at the end", u"event:a\\"_s, Event, u"|=|a\\\\"_s);
        row("escaped space", u"event:Order\\ Completed"_s, Event, u"|=|Order Completed"_s);
        row("escaped quote", u"event:\"say \\\"hi\\\"\""_s, Event, u"|=|say \"hi\" quoted"_s);
        row("quote in the middle", u"event:Order\" Completed\""_s, Event, u"|=|Order Completed"_s);
        row("colon in a value", u"event:a:b"_s, Event, u"|=|a:b"_s);
        row("minus in a value", u"prop.delta:-5"_s, Prop, u"delta|=|-5"_s);
        row("prop", u"prop.deliveryId:del_123"_s, Prop, u"deliveryId|=|del_123"_s);
        row("nested prop", u"prop.products.0.sku:X"_s, Prop, u"products.0.sku|=|X"_s);
        row("prop with a dot in its key", u"prop.a\\.b.c:1"_s, Prop, u"a\\.b.c|=|1"_s);
        row("prop in quotes", u"prop.\"order id\":1"_s, Prop, u"order id|=|1"_s);
        row("prop with colon in its key", u"prop.\"a:b\":1"_s, Prop, u"a:b|=|1"_s);
        row("greater", u"prop.price:>10"_s, Prop, u"price|>|10"_s);
        row("greater equal", u"prop.price:>=10"_s, Prop, u"price|>=|10"_s);
        row("less", u"prop.price:<10"_s, Prop, u"price|<|10"_s);
        row("less equal", u"prop.price:<=10"_s, Prop, u"price|<=|10"_s);
        row("range", u"prop.price:1.5..20"_s, Prop, u"price|..|1.5|20"_s);
        row("negative range", u"prop.price:-5..-1"_s, Prop, u"price|..|-5|-1"_s);
        row("no range in quotes", u"prop.price:\"1..2\""_s, Prop, u"price|=|1..2 quoted"_s);
        row("half a range is a text", u"prop.path:../x"_s, Prop, u"path|=|../x"_s);
        row("no range in texts", u"event:a..b"_s, Event, u"|=|a..b"_s);
        row("quoted comparison is a text", u"prop.x:\">5\""_s, Prop, u"x|=|>5 quoted"_s);
        row("trait", u"trait.plan:pro"_s, Trait, u"plan|=|pro"_s);
        row("ctx", u"ctx.os.name:iOS"_s, Ctx, u"os.name|=|iOS"_s);
        row("delivery", u"delivery.Amplitude:failed"_s, Delivery, u"Amplitude|=|failed"_s);
        row("delivery with a space", u"delivery.\"Data lake\":failed"_s, Delivery, u"Data lake|=|failed"_s);
        row("time", u"time:>10:30"_s, Time, u"|>|10:30"_s);
        row("time range", u"time:10:30..11:00"_s, Time, u"|..|10:30|11:00"_s);
        row("session", u"session:>=2"_s, Session, u"|>=|2"_s);
        row("has", u"has:delivery-error"_s, Has, u"|=|delivery-error"_s);
        row("rule", u"rule:plan/*"_s, Rule, u"|=|plan/*"_s);
        row("emoji", u"event:\U0001F355"_s, Event, u"|=|\U0001F355"_s);
    }
    void terms()
    {
        QFETCH(QString, text);
        const auto query = filter::parse(text);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
        QTEST(dump(query->root), "expected");
    }

    void errors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &text, int position, int length,
                            const QString &says) {
            QTest::newRow(name) << text << position << length << says;
        };
        row("near field", u"type:track evnt:x"_s, 11, 4, u"Did you mean `event`?"_s);
        row("field by Segment's name", u"userId:7"_s, 0, 6, u"Did you mean `user`?"_s);
        row("properties", u"properties.x:7"_s, 0, 10, u"Did you mean `prop`?"_s);
        row("far field", u"zzzzzz:7"_s, 0, 6, u"The fields are type, event,"_s);
        row("address", u"https://example.com"_s, 0, 5, u"Text with a colon goes in quotes"_s);
        row("no field", u"a :b"_s, 2, 1, u"A field is missing"_s);
        row("unclosed quote", u"event:\"Order"_s, 6, 6, u"quote is not closed"_s);
        row("unclosed word", u"a \""_s, 2, 1, u"quote is not closed"_s);
        row("missing value", u"a event: b"_s, 2, 6,
            u"`event:` needs a value right behind the colon, as in event:\"Order Completed\""_s);
        row("missing value at the end", u"time:"_s, 0, 5, u"as in time:10:30"_s);
        row("empty value", u"event:\"\""_s, 0, 8, u"needs a value"_s);
        row("missing value after operator", u"prop.x:>"_s, 0, 8, u"`prop.x:` needs a value"_s);
        row("missing status", u"status:"_s, 0, 7, u"valid, violation, unplanned, unchecked or rejected"_s);
        row("bad status", u"a status:broken"_s, 9, 6,
            u"`status` is valid, violation, unplanned, unchecked or rejected."_s);
        row("bad type", u"type:tracks"_s, 5, 6, u"track, page, screen, identify, group or alias"_s);
        row("bad has", u"has:dog"_s, 4, 3, u"bookmark or delivery-error"_s);
        row("bad delivery", u"delivery.A:lost"_s, 11, 4, u"none, pending, delivered or failed"_s);
        row("bad time", u"time:>10:3x"_s, 6, 5, u"`10:3x` is no time. Write 10:30"_s);
        row("bad day", u"time:2026-02-30"_s, 5, 10, u"is no time"_s);
        row("bad hour", u"time:25:00"_s, 5, 5, u"is no time"_s);
        row("bad upper time", u"time:10:30..x"_s, 12, 1, u"`x` is no time"_s);
        row("bad lower time", u"time:x..10:30"_s, 5, 1, u"`x` is no time"_s);
        row("bad session", u"session:first"_s, 8, 5, u"a session's number"_s);
        row("compared text", u"event:>a"_s, 6, 2, u"`event` can't be compared"_s);
        row("prop without path", u"prop:x"_s, 0, 5, u"prop.orderId:123"_s);
        row("prop with a lone dot", u"prop.:x"_s, 0, 6, u"needs the path"_s);
        row("empty key", u"prop.a..b:x"_s, 5, 4, u"Between two dots"_s);
        row("delivery without destination", u"delivery:failed"_s, 0, 9, u"delivery.Amplitude:failed"_s);
        row("parts of a field", u"event.name:x"_s, 5, 5, u"`event` has no parts"_s);
        row("unclosed parenthesis", u"a (b OR c"_s, 2, 1, u"parenthesis is not closed"_s);
        row("unopened parenthesis", u"a) b"_s, 1, 1, u"No parenthesis is open"_s);
        row("nothing inside", u"a ()"_s, 2, 2, u"nothing between these parentheses"_s);
        row("or at the end", u"a OR"_s, 2, 2, u"the one after it is missing"_s);
        row("or at the start", u"OR a"_s, 0, 2, u"the one before it is missing"_s);
        row("or twice", u"a OR OR b"_s, 2, 2, u"the one after it is missing"_s);
        row("or before a parenthesis", u"(a OR) b"_s, 3, 2, u"the one after it is missing"_s);
        row("and at the end", u"a AND"_s, 2, 3, u"AND stands between two terms"_s);
        row("lone minus", u"a -"_s, 2, 1, u"without a space between"_s);
        row("minus and space", u"- a"_s, 0, 1, u"without a space between"_s);
        row("empty quotes", u"\"\""_s, 0, 2, u"nothing between these quotes"_s);
        row("value in parentheses", u"event:(a OR b)"_s, 0, 6, u"needs a value"_s);
        row("too deep", QString(200, u'(') + u'a' + QString(200, u')'), 100, 1, u"nested too deeply"_s);
        row("too many minus signs", QString(500, u'-') + u'a', 100, 1, u"nested too deeply"_s);
    }
    void errors()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto query = filter::parse(text);
        QVERIFY(!query);
        QVERIFY2(query.error().message.contains(says), qPrintable(query.error().message));
        QTEST(static_cast<int>(query.error().position), "position");
        QTEST(static_cast<int>(query.error().length), "length");
    }

    void roundTrip_data()
    {
        QTest::addColumn<QString>("text");
        const QStringList texts{
            u"a"_s,
            u"a b OR -c"_s,
            u"-(a OR b) c"_s,
            u"(a b) c"_s,
            u"a OR (b OR c)"_s,
            u"-(-(a b))"_s,
            u"type:track event:\"Order *\" has:violation prop.deliveryId:del_123 time:>10:30"_s,
            u"event:\"a \\\"b\\\" \\* \\\\ *\""_s,
            u"event:a\\ b\\(c\\)"_s,
            u"a\\:b"_s,
            u"\\-a"_s,
            u"\\OR"_s,
            u"\\AND"_s,
            u"prop.a\\.b.\"c d:e\".\"f\\\"\\\\\":x"_s,
            u"delivery.\"A \\\\ b.c\":failed"_s,
            u"prop.x:1..2"_s,
            u"prop.x:\"1..2\""_s,
            u"prop.x:1\\..2"_s,
            u"prop.x:\\>5"_s,
            u"prop.x:>\\=5"_s,
            u"prop.x:a\"b\"..c\\ d"_s,
            u"prop.x:..a"_s,
            u"event:a\\"_s,
            u"-type:* OR user:\"\u00e4 \u00df\""_s,
        };
        for (const QString &text : texts) {
            QTest::newRow(qPrintable(text)) << text;
        }
    }
    void roundTrip()
    {
        QFETCH(QString, text);
        const auto query = filter::parse(text);
        QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
        const QString written = filter::toString(query->root);
        const auto again = filter::parse(written);
        QVERIFY2(again.has_value(), qPrintable(written));
        QCOMPARE(dump(again->root), dump(query->root));
        QCOMPARE(filter::toString(again->root), written);
    }

    void literalMeansItself_data()
    {
        QTest::addColumn<QString>("value");
        for (const char16_t *value : {u"Order Completed", u"plain", u"a*b", u"a\\b", u"say \"hi\"", u"-x",
                                      u"OR", u">5", u"a..b", u"(x)", u"\\*", u"1:2", u"\u00e9t\u00e9"}) {
            QTest::newRow(qPrintable(QString::fromUtf16(value))) << QString::fromUtf16(value);
        }
    }
    void literalMeansItself()
    {
        QFETCH(QString, value);
        for (const QString &field : {u"event:"_s, u"prop.x:"_s, QString()}) {
            const auto query = filter::parse(field + filter::literal(value));
            QVERIFY2(query.has_value(), query ? "" : qPrintable(query.error().message));
            QCOMPARE(query->root->kind, Node::Kind::Term);
            QCOMPARE(query->root->term.pattern.plain(), value);
            QVERIFY(!query->root->term.pattern.hasWildcard());
            QCOMPARE(query->root->term.compare, filter::Compare::Equal);
        }
    }

    /// Whatever is typed is a tree or an error inside the text; a tree is written and read again.
    void randomText()
    {
        std::mt19937 random(20260101);
        const QStringList pieces{
            u"a"_s,           u"\""_s,     u"("_s,     u")"_s,          u"-"_s,
            u" "_s,           u":"_s,      u"OR"_s,    u"AND"_s,        u"\\"_s,
            u"*"_s,           u".."_s,     u">"_s,     u"<="_s,         u"type"_s,
            u"prop"_s,        u"."_s,      u"track"_s, u"10:30"_s,      u"time"_s,
            u"event:"_s,      u"5"_s,      u"\t"_s,    u"\U0001F355"_s, QString(QChar(0xD800)),
            u"delivery.x:"_s, u"prop.x:"_s};
        std::uniform_int_distribution<qsizetype> pick(0, pieces.size() - 1);
        std::uniform_int_distribution<int> count(0, 14);
        int trees = 0;
        for (int i = 0; i < 60'000; ++i) {
            QString text;
            for (int n = count(random); n > 0; --n) {
                text += pieces[pick(random)];
            }
            const auto query = filter::parse(text);
            if (!query) {
                const filter::SyntaxError &error = query.error();
                QVERIFY2(!error.message.isEmpty() && error.position >= 0 && error.length > 0 &&
                             error.position + error.length <= text.size(),
                         qPrintable(text + u" -> "_s + error.message));
                continue;
            }
            ++trees;
            const QString written = filter::toString(query->root);
            const auto again = filter::parse(written);
            QVERIFY2(again.has_value(), qPrintable(text + u" -> "_s + written));
            QCOMPARE(dump(again->root), dump(query->root));
        }
        QVERIFY(trees > 1000);
    }
};

QTEST_GUILESS_MAIN(TstParse)
#include "tst_parse.moc"
