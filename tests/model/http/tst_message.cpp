// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <QTest>

class TstMessage : public QObject
{
    Q_OBJECT

private slots:
    void serialize_data();
    void serialize();
    void echoedLineEndsStartNoHeader();
    void everyStatusHasAPhrase();
};

void TstMessage::serialize_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("isKeepAlive");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("ok")
        << 200 << QByteArray("{}") << QByteArray("POST") << true
        << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}");
    QTest::newRow("close")
        << 400 << QByteArray("no") << QByteArray("GET") << false
        << QByteArray("HTTP/1.1 400 Bad Request\r\nA: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    QTest::newRow("head")
        << 200 << QByteArray("{}") << QByteArray("HEAD") << true
        << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n");
    QTest::newRow("empty")
        << 200 << QByteArray() << QByteArray("GET") << true
        << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
    QTest::newRow("no content") << 204 << QByteArray() << QByteArray("OPTIONS") << true
                                << QByteArray(
                                       "HTTP/1.1 204 No Content\r\nA: b\r\nConnection: keep-alive\r\n\r\n");
}

void TstMessage::serialize()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, method);
    QFETCH(bool, isKeepAlive);
    QFETCH(QByteArray, bytes);
    QCOMPARE(http::serialize({status, {{"A", "b"}}, body}, method, isKeepAlive), bytes);
}

void TstMessage::echoedLineEndsStartNoHeader()
{
    const QByteArray bytes =
        http::serialize({200, {{"Origin", "a\r\nSet-Cookie: x"}, {"Vary", "Origin"}}, {}}, "GET", true);
    QVERIFY(!bytes.contains("Set-Cookie"));
    QVERIFY(bytes.contains("\r\nVary: Origin\r\n"));
}

void TstMessage::everyStatusHasAPhrase()
{
    for (int status = 100; status < 600; ++status) {
        QVERIFY2(!http::reasonPhrase(status).isEmpty(), QByteArray::number(status).constData());
    }
    QCOMPARE(http::reasonPhrase(200), QByteArray("OK"));
    QCOMPARE(http::reasonPhrase(418), QByteArray("Client Error"));
}

QTEST_GUILESS_MAIN(TstMessage)
#include "tst_message.moc"
