// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using support::Finished;

/// `trackside-cli ca` as one works with it; its outputs lie beside those of tst_cli.
class TstCa : public QObject
{
    Q_OBJECT

private slots:
    void printsWhatWasAccepted_data();
    void printsWhatWasAccepted();
    void makesShowsAndRemoves();
    void refusesToReplaceUnasked();
    void serveNamesADomainItMayNotVouchFor();
    void exportMakesOneWhenThereIsNone();
    void exportsEachFormat_data();
    void exportsEachFormat();
    void damagedOneIsToldAndCanBeReplaced();
    void livesInTheDataFolder();

private:
    QTemporaryDir m_place;

    [[nodiscard]] QString folder(const QString &name) const { return m_place.filePath(name); }
    [[nodiscard]] Finished run(const QStringList &arguments, const QString &name) const
    {
        return support::runCli(QStringList{u"ca"_s} + arguments + QStringList{u"--folder"_s, folder(name)});
    }
};

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Without what differs from run to run and from place to place.
QByteArray normalised(const QByteArray &output, const QString &folder)
{
    static const QRegularExpression name(u"Trackside CA of .*, \\d{4}-\\d\\d-\\d\\d"_s);
    static const QRegularExpression fingerprint(u"([0-9A-F]{2}:){31}[0-9A-F]{2}"_s);
    static const QRegularExpression time(u"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC"_s);
    QString text = QString::fromUtf8(output);
    text.replace(name, u"<name>"_s).replace(fingerprint, u"<fingerprint>"_s).replace(time, u"<time>"_s);
    return text.replace(folder, u"<folder>"_s).toUtf8();
}

} // namespace

void TstCa::printsWhatWasAccepted_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    const auto row = [](const char *name, const QStringList &before, const QStringList &arguments,
                        int exitCode) { QTest::newRow(name) << before << arguments << exitCode; };
    row("help-ca", {}, {u"--help"_s}, 0);
    row("ca-create", {}, {u"create"_s}, 0);
    row("ca-create-domains", {},
        {u"create"_s, u"--domain"_s, u"T.Shop.Example"_s, u"--domain"_s, u"collect.example.org"_s}, 0);
    row("ca-create-again", {u"create"_s}, {u"create"_s}, 2);
    row("ca-create-replace", {u"create"_s}, {u"create"_s, u"--replace"_s}, 0);
    row("ca-show", {u"create"_s}, {u"show"_s}, 0);
    row("ca-show-none", {}, {u"show"_s}, 2);
    row("ca-remove", {u"create"_s}, {u"remove"_s}, 0);
    row("ca-remove-none", {}, {u"remove"_s}, 0);
    row("ca-mistake-none", {}, {}, 2);
    row("ca-mistake-action", {}, {u"renew"_s}, 2);
    row("ca-mistake-domain", {}, {u"create"_s, u"--domain"_s, u"*.example.com"_s}, 2);
    row("ca-mistake-format", {}, {u"export"_s, u"--format"_s, u"p12"_s}, 2);
    row("ca-mistake-option", {}, {u"show"_s, u"--domain"_s, u"example.com"_s}, 2);
}

void TstCa::printsWhatWasAccepted()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    if (!before.isEmpty()) {
        QCOMPARE(run(before, name).exitCode, 0);
    }
    const Finished finished = run(arguments, name);
    QCOMPARE(finished.exitCode, exitCode);
    QCOMPARE(finished.out.isEmpty(), exitCode == 2);
    QCOMPARE(finished.err.isEmpty(), exitCode != 2);
    const QByteArray text = normalised(finished.out + finished.err, folder(name));
    const QString path = QStringLiteral(TRACKSIDE_TEST_DATA) + u"/cli/"_s + name + u".accepted"_s;
    if (qEnvironmentVariableIsSet("TRACKSIDE_ACCEPT")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        return;
    }
    if (text != contents(path)) {
        // Whole, so that it can be read and compared; QCOMPARE shows the first line only.
        qWarning("%s", text.constData());
    }
    QCOMPARE(text, contents(path));
}

void TstCa::makesShowsAndRemoves()
{
    const Finished made = run({u"create"_s, u"--domain"_s, u"t.shop.example"_s}, u"cycle"_s);
    QCOMPARE(made.exitCode, 0);
    const QString path = folder(u"cycle"_s);
    QCOMPARE(QDir(path).entryList(QDir::Files), (QStringList{u"ca-key.pem"_s, u"ca.pem"_s}));
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY((QFile::permissions(path + u"/ca-key.pem"_s) & others) == 0);
    QCOMPARE(run({u"show"_s}, u"cycle"_s).out, made.out);
    QVERIFY(!made.out.contains("PRIVATE"));
    QCOMPARE(run({u"remove"_s}, u"cycle"_s).exitCode, 0);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(run({u"show"_s}, u"cycle"_s).exitCode, 2);
}

void TstCa::refusesToReplaceUnasked()
{
    QCOMPARE(run({u"create"_s}, u"kept"_s).exitCode, 0);
    const QByteArray before = contents(folder(u"kept"_s) + u"/ca.pem"_s);
    QCOMPARE(run({u"create"_s, u"--domain"_s, u"t.shop.example"_s}, u"kept"_s).exitCode, 2);
    QCOMPARE(contents(folder(u"kept"_s) + u"/ca.pem"_s), before);
    QCOMPARE(run({u"create"_s, u"--replace"_s}, u"kept"_s).exitCode, 0);
    QVERIFY(contents(folder(u"kept"_s) + u"/ca.pem"_s) != before);
}

void TstCa::serveNamesADomainItMayNotVouchFor()
{
    QCOMPARE(run({u"create"_s, u"--domain"_s, u"t.shop.example"_s}, u"served"_s).exitCode, 0);
    const Finished served =
        support::runCli({u"serve"_s, u"--listen"_s, u"0"_s, u"--api"_s, u"off"_s, u"--duration"_s, u"1"_s,
                         u"--ca"_s, folder(u"served"_s), u"--proxy-domain"_s, u"t.shop.example"_s,
                         u"--proxy-domain"_s, u"t.other.example"_s});
    QCOMPARE(served.exitCode, 0);
    QVERIFY2(served.err.contains("may not vouch for t.other.example"), served.err);
    QVERIFY2(!served.err.contains("t.shop.example"), served.err);
}

void TstCa::exportMakesOneWhenThereIsNone()
{
    const Finished first = run({u"export"_s}, u"new"_s);
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(first.out, contents(folder(u"new"_s) + u"/ca.pem"_s));
    QCOMPARE(run({u"export"_s}, u"new"_s).out, first.out);
}

void TstCa::exportsEachFormat_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("pem") << u"pem"_s << QByteArray("-----BEGIN CERTIFICATE-----\n");
    QTest::newRow("der") << u"der"_s << QByteArray("\x30\x82", 2);
    QTest::newRow("mobileconfig") << u"mobileconfig"_s << QByteArray("<?xml version=\"1.0\"");
}

void TstCa::exportsEachFormat()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, beginning);
    const Finished printed = run({u"export"_s, u"--format"_s, format}, u"formats"_s);
    QCOMPARE(printed.exitCode, 0);
    QVERIFY(printed.out.startsWith(beginning));
    QVERIFY(!printed.out.contains("PRIVATE KEY"));
    const QString path = m_place.filePath(u"exported."_s + format);
    const Finished written = run({u"export"_s, u"--format"_s, format, u"--output"_s, path}, u"formats"_s);
    QCOMPARE(written.exitCode, 0);
    QCOMPARE(written.out, QByteArray());
    QCOMPARE(contents(path), printed.out);
}

void TstCa::damagedOneIsToldAndCanBeReplaced()
{
    QCOMPARE(run({u"create"_s}, u"damaged"_s).exitCode, 0);
    QVERIFY(QFile::remove(folder(u"damaged"_s) + u"/ca.pem"_s));
    for (const QString &action : {u"show"_s, u"export"_s}) {
        const Finished told = run({action}, u"damaged"_s);
        QCOMPARE(told.exitCode, 2);
        QVERIFY2(told.err.contains("is damaged"), told.err.constData());
    }
    QCOMPARE(run({u"create"_s}, u"damaged"_s).exitCode, 2);
    QCOMPARE(run({u"create"_s, u"--replace"_s}, u"damaged"_s).exitCode, 0);
    QCOMPARE(run({u"show"_s}, u"damaged"_s).exitCode, 0);
}

void TstCa::livesInTheDataFolder()
{
    qputenv("XDG_DATA_HOME", folder(u"share"_s).toLocal8Bit());
    const Finished made = support::runCli({u"ca"_s, u"create"_s});
    qunsetenv("XDG_DATA_HOME");
    QCOMPARE(made.exitCode, 0);
    QVERIFY(QFile::exists(folder(u"share"_s) + u"/trackside/ca/ca.pem"_s));
}

QTEST_GUILESS_MAIN(TstCa)
#include "tst_ca.moc"
