// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// The lint configuration is on: a typo in .clang-tidy switches checks off without a word.
class TstLint : public QObject
{
    Q_OBJECT

private slots:
    void checksAreOn_data();
    void checksAreOn();
    void sourcesAreFormatted();

private:
    QByteArray m_checks;
};

namespace {

QByteArray output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(TRACKSIDE_SOURCE_DIR));
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(200'000)) {
        return "did not run: " + process.errorString().toUtf8();
    }
    return process.readAll();
}

} // namespace

void TstLint::checksAreOn_data()
{
    QTest::addColumn<QByteArray>("check");
    for (const char *check :
         {"bugprone-use-after-move", "bugprone-dangling-handle", "bugprone-unused-return-value",
          "clang-analyzer-core.NullDereference", "misc-definitions-in-headers", "modernize-use-override",
          "performance-unnecessary-copy-initialization", "performance-for-range-copy"}) {
        QTest::newRow(check) << QByteArray(check);
    }
}

void TstLint::checksAreOn()
{
    QFETCH(QByteArray, check);
    if (m_checks.isEmpty()) {
        m_checks = output(u"clang-tidy"_s, {u"--list-checks"_s, u"model/base/result.cpp"_s});
    }
    QVERIFY2(m_checks.contains(check), m_checks.constData());
}

void TstLint::sourcesAreFormatted()
{
    QStringList files;
    for (const QString &folder : {u"app"_s, u"model"_s, u"ui"_s, u"tests"_s}) {
        QDirIterator it(QStringLiteral(TRACKSIDE_SOURCE_DIR) + u'/' + folder, {u"*.cpp"_s, u"*.h"_s},
                        QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            files.append(it.next());
        }
    }
    QVERIFY(files.size() > 100);
    const QByteArray said = output(u"clang-format"_s, QStringList{u"--dry-run"_s, u"-Werror"_s} + files);
    QVERIFY2(said.isEmpty(), said.left(4'000).constData());
}

QTEST_GUILESS_MAIN(TstLint)
#include "tst_lint.moc"
