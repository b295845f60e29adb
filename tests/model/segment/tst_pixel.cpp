// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/pixel.h"

#include <QtTest>

using namespace Qt::StringLiterals;

class TstPixel : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void boundsDepth();
};

void TstPixel::reads_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("json"); ///< null: no event
    const QByteArray event = R"({"a":"??>>~~","b":"~?~>"})";
    const QByteArray standard = event.toBase64();
    QVERIFY(standard.contains('+') && standard.contains('/'));
    const QByteArray urlSafe = event.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QTest::newRow("url-safe, no padding") << "data=" + urlSafe << event;
    QTest::newRow("standard, percent-encoded") << "data=" + standard.toPercentEncoding() << event;
    QTest::newRow("standard, bare") << "data=" + standard << event;
    QTest::newRow("plus became a space") << "data=" + QByteArray(standard).replace('+', ' ') << event;
    QTest::newRow("plus became %20") << "data=" + QByteArray(standard).replace("+", "%20") << event;
    QTest::newRow("with a write key beside") << "writeKey=k&data=" + standard << event;
    QTest::newRow("broken base64") << "data=e30*"_ba << QByteArray();
    QTest::newRow("empty data") << "data="_ba << QByteArray();
    QTest::newRow("nothing") << ""_ba << QByteArray();
    QTest::newRow("only a callback") << "callback=cb"_ba << QByteArray();
    QTest::newRow("dots")
        << "properties.subject=The%20Electric+Daily&context.page.url=https%3A%2F%2Fx%2F&userId=u"
           "&properties.email=j%40x&writeKey=k"_ba
        << R"({"properties":{"subject":"The Electric Daily","email":"j@x"},"context":{"page":{"url":)"
           R"("https://x/"}},"userId":"u","writeKey":"k"})"_ba;
    QTest::newRow("no value") << "userId&event="_ba
                              << R"({"userId":"","event":""})"_ba;
    QTest::newRow("twice") << "a=1&a=2"_ba
                           << R"({"a":"1","a":"2"})"_ba;
    QTest::newRow("text and object") << "a=1&a.b=2"_ba
                                     << R"({"a":"1","a":{"b":"2"}})"_ba;
    QTest::newRow("empty parts of a name") << ".a=1&b..c=2"_ba
                                           << R"({".a":"1","b..c":"2"})"_ba;
    QTest::newRow("half a percent code") << "a=50%&b=%zz"_ba
                                         << R"({"a":"50%","b":"%zz"})"_ba;
    QTest::newRow("quotes") << "a=%22%5C%0A"_ba
                            << "{\"a\":\"\\\"\\\\\\n\"}"_ba;
}

void TstPixel::reads()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, json);
    const auto event = segment::eventOfQuery(query);
    QCOMPARE(event.has_value(), !json.isNull());
    QCOMPARE(event.value_or(QByteArray()), json);
}

void TstPixel::boundsDepth()
{
    const QByteArray name = QByteArray("a.").repeated(30'000) + 'z';
    const auto event = segment::eventOfQuery(name + "=1");
    QVERIFY(event.has_value());
    QCOMPARE(*event, "{\"" + name + "\":\"1\"}");
}

QTEST_GUILESS_MAIN(TstPixel)
#include "tst_pixel.moc"
