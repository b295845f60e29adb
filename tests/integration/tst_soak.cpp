// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/load.h"
#include "tests/support/cliprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;

/// Long runs: packaging/test --soak.
class TstSoak : public QObject
{
    Q_OBJECT

private slots:
    void fiftyKillsLoseNothing();
    void aMinuteOnTwoHundredConnections();
};

void TstSoak::fiftyKillsLoseNothing()
{
    CliProcess server;
    QVERIFY(server.isListening());
    QRandomGenerator random(7);
    QSet<QString> answered;
    for (int round = 0; round < 50; ++round) {
        Load load(server.port(), 16);
        QVERIFY(load.runUntilAnswered(20 + random.bounded(400)));
        server.kill();
        load.drain();
        answered.unite(load.answered());
        server.start();
        QVERIFY(server.isListening());
    }
    QSet<QString> stored;
    for (const ExportedEvent &event : server.events()) {
        stored.insert(event.text("messageId"));
    }
    QVERIFY(stored.contains(answered));
    qInfo("%lld answered events over 50 kills, none lost", static_cast<long long>(answered.size()));
}

void TstSoak::aMinuteOnTwoHundredConnections()
{
    CliProcess server;
    QVERIFY(server.isListening());
    QElapsedTimer running;
    running.start();
    Load load(server.port(), 200);
    while (running.elapsed() < 60'000) {
        QVERIFY(load.runUntilAnswered(5'000));
    }
    load.finish();
    QSet<QString> stored;
    const std::vector<ExportedEvent> events = server.events();
    for (const ExportedEvent &event : events) {
        stored.insert(event.text("messageId"));
    }
    QCOMPARE(static_cast<std::size_t>(stored.size()), events.size());
    QVERIFY(stored.contains(load.answered()));
    QFile status(u"/proc/%1/status"_s.arg(server.pid()));
    QVERIFY(status.open(QIODevice::ReadOnly));
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:");
    qInfo("%zu events in %lld ms, %s", events.size(), running.elapsed(),
          text.mid(at, text.indexOf('\n', at) - at).constData());
}

QTEST_GUILESS_MAIN(TstSoak)
#include "tst_soak.moc"
