// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/load.h"
#include "tests/support/cliprocess.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::ExportedEvent;

/// An event that was answered with success is there after a crash.
class TstDurability : public QObject
{
    Q_OBJECT

private slots:
    void answeredEventsSurviveAKill();
    void manyConnectionsLoseNothing();
};

void TstDurability::answeredEventsSurviveAKill()
{
    CliProcess server;
    QVERIFY(server.isListening());
    for (int round = 0; round < 3; ++round) {
        Load load(server.port(), 8);
        QVERIFY(load.runUntilAnswered(300 + 250 * round));
        server.kill();
        load.drain();
        server.start();
        QVERIFY(server.isListening());
        QSet<QString> stored;
        for (const ExportedEvent &event : server.events()) {
            stored.insert(event.text("messageId"));
        }
        for (const QString &answered : load.answered()) {
            QVERIFY2(stored.contains(answered), qPrintable(answered));
        }
    }
}

void TstDurability::manyConnectionsLoseNothing()
{
    CliProcess server;
    QVERIFY(server.isListening());
    Load load(server.port(), 200);
    QVERIFY(load.runUntilAnswered(5'000));
    load.finish();
    QSet<QString> stored;
    const std::vector<ExportedEvent> events = server.events();
    for (const ExportedEvent &event : events) {
        stored.insert(event.text("messageId"));
    }
    QCOMPARE(static_cast<std::size_t>(stored.size()), events.size());
    for (const QString &answered : load.answered()) {
        QVERIFY(stored.contains(answered));
    }
}

QTEST_GUILESS_MAIN(TstDurability)
#include "tst_durability.moc"
