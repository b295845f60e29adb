// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/useragent.h"

#include <QTest>

using capture::Runtime;

class TstUserAgent : public QObject
{
    Q_OBJECT

private slots:
    void agents_data();
    void agents();
};

void TstUserAgent::agents_data()
{
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<int>("runtime");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const char *agent, Runtime runtime, const char *expected) {
        QTest::newRow(name) << QByteArray(agent) << static_cast<int>(runtime)
                            << QString::fromLatin1(expected);
    };
    row("Chrome",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 "
        "Safari/537.36",
        Runtime::Chromium, "Chrome|156|Linux");
    row("headless",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 "
        "Safari/537.36",
        Runtime::Chromium, "Chrome|156|Linux");
    row("Edge",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
        "Safari/537.36 Edg/126.0.1.2",
        Runtime::Chromium, "Edge|126|Windows");
    row("Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", Runtime::Firefox,
        "Firefox|153|Linux");
    row("Safari",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Safari/605.1.15",
        Runtime::Safari, "Safari|17.5|a Mac");
    row("iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Mobile/15E148 Safari/604.1",
        Runtime::Safari, "Safari|17.5|iPhone");
    row("Chrome on an iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1",
        Runtime::Safari, "Chrome|126.0.6478.35|iPhone");
    row("Chrome on Android",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
        "Safari/537.36",
        Runtime::Chromium, "Chrome|126|Android");
    row("node 3", "analytics-node-next/latest", Runtime::Node, "analytics-node-next||");
    row("node 6", "analytics-node/6.2.0", Runtime::Node, "analytics-node|6.2.0|");
    row("axios", "axios/0.27.2", Runtime::Node, "axios|0.27.2|");
    row("fetch of Node", "node", Runtime::Node, "node||");
    row("python", "analytics-python/2.3.4", Runtime::Python, "analytics-python|2.3.4|");
    row("requests", "python-requests/2.28.1", Runtime::Python, "python-requests|2.28.1|");
    row("go", "analytics-go (version: 3.0.0)", Runtime::Go, "analytics-go|3.0.0|");
    row("Go", "Go-http-client/1.1", Runtime::Go, "Go-http-client|1.1|");
    row("java", "analytics-java/3.5.5", Runtime::Java, "analytics-java|3.5.5|");
    row("ruby", "analytics-ruby/2.5.0", Runtime::Ruby, "analytics-ruby|2.5.0|");
    row("Ruby", "Ruby", Runtime::Ruby, "Ruby||");
    row("php", "analytics-php/3.8.2", Runtime::Php, "analytics-php|3.8.2|");
    row("kotlin", "analytics-kotlin/1.25.0", Runtime::Android, "analytics-kotlin|1.25.0|");
    row("OkHttp", "okhttp/4.12.0", Runtime::Android, "okhttp|4.12.0|");
    row("Dalvik", "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 7 Build/UQ1A.240105.004)", Runtime::Android,
        "Dalvik|2.1.0|Android, Pixel 7");
    row("swift", "analytics-ios/1.9.4", Runtime::Apple, "analytics-ios|1.9.4|");
    row("URLSession", "Shop/12 CFNetwork/1496.0.7 Darwin/23.5.0", Runtime::Apple, "Shop|12|");
    row("flutter", "analytics-flutter/1.1.10", Runtime::Flutter, "analytics-flutter|1.1.10|");
    row("Dart", "Dart/3.4 (dart:io)", Runtime::Flutter, "Dart|3.4|");
    row("curl", "curl/7.88.1", Runtime::Curl, "curl|7.88.1|");
    row("C++", "AnalyticsCPP/0.0", Runtime::Unknown, "AnalyticsCPP|0.0|");
    row("none", "", Runtime::Unknown, "||");
    row("unknown Mozilla", "Mozilla/5.0", Runtime::Unknown, "||");
    row("signs", "/// ;;", Runtime::Unknown, "||");
}

void TstUserAgent::agents()
{
    QFETCH(QByteArray, agent);
    QFETCH(int, runtime);
    QFETCH(QString, expected);
    const capture::UserAgent read = capture::readUserAgent(agent);
    QCOMPARE(QStringList({read.program, read.version, read.system}).join(u'|'), expected);
    QCOMPARE(static_cast<int>(read.runtime), runtime);
}

QTEST_GUILESS_MAIN(TstUserAgent)
#include "tst_useragent.moc"
