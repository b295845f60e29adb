// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/seeds.h"

#include <QProcess>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;

/// The fuzz targets without a fuzzer: their seeds, what once broke them, and a few damaged copies.
class TstFuzz : public QObject
{
    Q_OBJECT

private slots:
    void holds_data();
    void holds();
    void propertiesAreChecked();
    void piecesMakeTheWhole();
};

void TstFuzz::holds_data()
{
    QTest::addColumn<int>("target");
    int index = 0;
    for (const fuzz::Target &target : fuzz::targets()) {
        QTest::newRow(target.name) << index++;
    }
}

void TstFuzz::holds()
{
    QFETCH(int, target);
    const fuzz::Target &tried = fuzz::targets()[static_cast<std::size_t>(target)];
    std::vector<QByteArray> inputs = fuzz::seeds(tried.name);
    QVERIFY2(inputs.size() >= 10, "the recordings are among the seeds");
    for (QByteArray &input : fuzz::regressions(tried.name)) {
        inputs.push_back(std::move(input));
    }
    tried.run({});
    std::mt19937 random(1);
    for (const QByteArray &input : inputs) {
        tried.run(input);
        QByteArray damaged = input;
        for (int i = 0; i < 4 && !damaged.isEmpty(); ++i) {
            damaged[static_cast<qsizetype>(random() % static_cast<std::size_t>(damaged.size()))] =
                static_cast<char>(random());
            tried.run(damaged);
        }
        tried.run(QByteArrayView(input).first(input.size() / 2));
    }
}

void TstFuzz::propertiesAreChecked()
{
    // One that does not hold ends the program: another one finds that out.
    if (qEnvironmentVariableIsSet("TRACKSIDE_BREAK_A_PROPERTY")) {
        fuzz::require(false, "nothing");
    }
    QProcess broken;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TRACKSIDE_BREAK_A_PROPERTY"_s, u"1"_s);
    environment.insert(u"QTEST_DISABLE_STACK_DUMP"_s, u"1"_s);
    broken.setProcessEnvironment(environment);
    broken.start(QCoreApplication::applicationFilePath(), {u"propertiesAreChecked"_s});
    QVERIFY(broken.waitForFinished());
    QVERIFY(broken.exitStatus() == QProcess::CrashExit || broken.exitCode() != 0);
    QVERIFY(broken.readAllStandardOutput().contains("Does not hold: nothing"));
}

void TstFuzz::piecesMakeTheWhole()
{
    const QByteArray input = QByteArray("0123456789").repeated(50);
    for (std::uint32_t seed = 1; seed < 100; ++seed) {
        QByteArray seen;
        fuzz::inPieces(input, seed, [&seen](QByteArrayView piece) {
            seen += piece.toByteArray();
            return true;
        });
        QCOMPARE(seen, input);
    }
}

QTEST_GUILESS_MAIN(TstFuzz)
#include "tst_fuzz.moc"
