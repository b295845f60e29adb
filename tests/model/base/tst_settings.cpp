// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "base/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using base::Settings;

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

constexpr auto forOthers =
    QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;

} // namespace

class TstSettings : public QObject
{
    Q_OBJECT

private slots:
    void fallbacksUntilChanged()
    {
        const QTemporaryDir folder;
        const auto settings = Settings::open(folder.filePath(u"new/deep"_s));
        QVERIFY(settings.has_value());
        QCOMPARE((*settings)->text(base::keys::theme, u"system"_s), u"system"_s);
        QCOMPARE((*settings)->number("x", 7), 7);
        QCOMPARE((*settings)->flag(base::keys::apiOn, true), true);
        QVERIFY((*settings)->list(base::keys::plans).isEmpty());
        QVERIFY((*settings)->json(base::keys::window).isEmpty());
        QVERIFY((*settings)->secret(u"amplitude"_s).isEmpty());
        QVERIFY(!QFile::exists(
            folder.filePath(u"new/deep/settings.json"_s))); // only what the user changed is kept
    }

    void everythingIsThereAgain()
    {
        const QTemporaryDir folder;
        {
            const auto settings = Settings::open(folder.path());
            QVERIFY((*settings)->setText(base::keys::theme, u"d\u00e4rk"_s));
            QVERIFY((*settings)->setNumber("x", -3));
            QVERIFY((*settings)->setFlag(base::keys::apiOn, false));
            QVERIFY((*settings)->setList(base::keys::plans, {u"/a b/plan.json"_s, u"c"_s}));
            QVERIFY((*settings)->setJson(base::keys::window, R"({"width":1280})"));
            QVERIFY((*settings)->setText(base::keys::density, u"roomy"_s));
            QVERIFY((*settings)->remove(base::keys::density));
            QVERIFY((*settings)->remove("never there"));
            QVERIFY((*settings)->setSecret(u"one"_s, u"key-1"_s));
            QVERIFY((*settings)->setSecret(u"two"_s, u"key-2"_s));
            QVERIFY((*settings)->setSecret(u"two"_s, QString()));
        }
        const auto settings = Settings::open(folder.path());
        QVERIFY(settings.has_value());
        QCOMPARE((*settings)->text(base::keys::theme), u"d\u00e4rk"_s);
        QCOMPARE((*settings)->number("x", 0), -3);
        QCOMPARE((*settings)->flag(base::keys::apiOn, true), false);
        QCOMPARE((*settings)->list(base::keys::plans), (QStringList{u"/a b/plan.json"_s, u"c"_s}));
        QCOMPARE((*settings)->json(base::keys::window), QByteArray(R"({"width":1280})"));
        QCOMPARE((*settings)->text(base::keys::density, u"normal"_s), u"normal"_s);
        QCOMPARE((*settings)->secret(u"one"_s), u"key-1"_s);
        QVERIFY((*settings)->secret(u"two"_s).isEmpty());
    }

    void secretsAreTheirOwnersOnly()
    {
        const QTemporaryDir folder;
        const auto settings = Settings::open(folder.path());
        QVERIFY((*settings)->setText("x", u"y"_s));
        QVERIFY((*settings)->setSecret(u"one"_s, u"the-write-key"_s));
        const QString secrets = folder.filePath(u"secrets.json"_s);
        QVERIFY(!(QFileInfo(secrets).permissions() & forOthers));
        QVERIFY(read(secrets).contains("the-write-key"));
        QVERIFY(!read(folder.filePath(u"settings.json"_s)).contains("the-write-key"));
    }

    void otherTypesGiveTheFallback()
    {
        const QTemporaryDir folder;
        write(folder.filePath(u"settings.json"_s),
              R"({"look.theme":5,"api.on":"yes","x":1.5,"check.plans":"one"})");
        const auto settings = Settings::open(folder.path());
        QCOMPARE((*settings)->text(base::keys::theme, u"system"_s), u"system"_s);
        QCOMPARE((*settings)->flag(base::keys::apiOn, true), true);
        QCOMPARE((*settings)->number("x", 7), 7);
        QVERIFY((*settings)->list(base::keys::plans).isEmpty());
    }

    void damagedFileIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no JSON") << QByteArray("{\"look.theme\":");
        QTest::newRow("no object") << QByteArray("[1,2]");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("binary") << QByteArray("\xff\x00\xfe", 3);
    }
    void damagedFileIsKeptAside()
    {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.json"_s);
        write(path, bytes);
        const auto settings = Settings::open(folder.path());
        QVERIFY(settings.has_value());
        QCOMPARE((*settings)->text(base::keys::theme, u"system"_s), u"system"_s);
        QVERIFY((*settings)->setText(base::keys::theme, u"light"_s));
        QCOMPARE(read(path + u".damaged"_s), bytes);
        QCOMPARE((*settings)->damagedCopy(), path + u".damaged"_s);
        QVERIFY(read(path).contains("light"));
    }

    void unusableFolderIsAnError()
    {
        const QTemporaryDir folder;
        write(folder.filePath(u"file"_s), "x");
        const auto settings = Settings::open(folder.filePath(u"file/below"_s));
        QVERIFY(!settings.has_value());
        QCOMPARE(settings.error().code, base::ErrorCode::Permission);
        QVERIFY(!settings.error().fix.isEmpty());
    }

    void failedSaveSaysSo()
    {
        QTemporaryDir folder;
        const auto settings = Settings::open(folder.filePath(u"below"_s));
        QVERIFY(settings.has_value());
        QVERIFY(QDir(folder.filePath(u"below"_s)).removeRecursively());
        const auto saved = (*settings)->setText("x", u"y"_s);
        QVERIFY(!saved.has_value());
        QCOMPARE(saved.error().code, base::ErrorCode::Io);
        QVERIFY(saved.error().what.contains(u"settings.json"_s));
    }
};

QTEST_GUILESS_MAIN(TstSettings)
#include "tst_settings.moc"
