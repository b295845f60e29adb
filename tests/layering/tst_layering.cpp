// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// Who may include whom: docs/architecture.md has the table.
class TstLayering : public QObject
{
    Q_OBJECT

private slots:
    void modulesIncludeOnlyWhatStandsFurtherLeft();
    void engineKnowsNoGui();
    void pagesDoNotIncludeEachOther();
    void qtHeadersHaveNoModulePrefix();
    void everyFileNamesItsLicence();
    void commandLineLinksNoGui();
};

namespace {

struct Include
{
    QString file;
    QString header;
    bool isOwn = false; ///< with quotes
};

QString root()
{
    return QStringLiteral(TRACKSIDE_SOURCE_DIR);
}

QStringList sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(root() + u'/' + folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files.append(it.next().mid(root().size() + 1));
    }
    return files;
}

QList<Include> includes(const QString &folder)
{
    static const QRegularExpression pattern(u"^#include ([<\"])([^>\"]+)[>\"]"_s,
                                            QRegularExpression::MultilineOption);
    QList<Include> found;
    for (const QString &path : sources(folder)) {
        QFile file(root() + u'/' + path);
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            found.append({path, match.captured(2), match.captured(1) == u"\""_s});
        }
    }
    return found;
}

const QHash<QString, int> &columns()
{
    static const QHash<QString, int> table{
        {u"base"_s, 1},    {u"json"_s, 2},     {u"http"_s, 2},   {u"event"_s, 3},   {u"schema"_s, 4},
        {u"filter"_s, 4},  {u"segment"_s, 4},  {u"tls"_s, 4},    {u"plan"_s, 5},    {u"privacy"_s, 5},
        {u"check"_s, 6},   {u"store"_s, 6},    {u"stream"_s, 6}, {u"capture"_s, 7}, {u"intake"_s, 7},
        {u"deliver"_s, 7}, {u"scenario"_s, 7}, {u"report"_s, 8}, {u"demo"_s, 8},    {u"api"_s, 9},
    };
    return table;
}

} // namespace

void TstLayering::modulesIncludeOnlyWhatStandsFurtherLeft()
{
    QStringList wrong;
    int seen = 0;
    for (const Include &include : includes(u"model"_s)) {
        if (!include.isOwn) {
            continue;
        }
        const QString module = include.file.section(u'/', 1, 1);
        const QString other = include.header.section(u'/', 0, 0);
        QVERIFY2(columns().contains(module), qPrintable(module));
        ++seen;
        const bool isAllowed = other == module || (columns().contains(other) &&
                                                   columns().value(other) < columns().value(module));
        if (!isAllowed) {
            wrong.append(include.file + u" includes "_s + include.header);
        }
    }
    QVERIFY(seen > 50);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TstLayering::engineKnowsNoGui()
{
    static const QRegularExpression gui(
        u"^(Q(Widget|Application|GuiApplication|MainWindow|Painter|Color|Icon|Pixmap|Font|Palette|Image|Pen|"
        "Brush|Style|Action|Dialog|Label|Table|Tree|Svg).*|QtGui.*|QtWidgets.*)$"_s);
    for (const QString &folder : {u"model"_s, u"app/engine"_s, u"app/cli"_s}) {
        for (const Include &include : includes(folder)) {
            QVERIFY2(!gui.match(include.header).hasMatch(),
                     qPrintable(include.file + u" includes "_s + include.header));
            QVERIFY2(!include.header.startsWith(u"ui/"_s),
                     qPrintable(include.file + u" includes "_s + include.header));
        }
    }
    for (const Include &include : includes(u"ui/itemmodels"_s)) {
        QVERIFY2(!gui.match(include.header).hasMatch(),
                 qPrintable(include.file + u" includes "_s + include.header));
    }
    for (const Include &include : includes(u"ui"_s)) {
        QVERIFY2(!include.header.startsWith(u"app/"_s),
                 qPrintable(include.file + u" includes "_s + include.header));
    }
}

void TstLayering::pagesDoNotIncludeEachOther()
{
    const QStringList pages{u"stream"_s, u"plan"_s, u"setup"_s, u"settings"_s, u"faults"_s, u"audit"_s};
    for (const QString &page : pages) {
        for (const Include &include : includes(u"ui/"_s + page)) {
            const QString other = include.header.section(u'/', 1, 1);
            const bool isOtherPage =
                include.header.startsWith(u"ui/"_s) && other != page && pages.contains(other);
            QVERIFY2(!isOtherPage, qPrintable(include.file + u" includes "_s + include.header));
        }
    }
}

void TstLayering::qtHeadersHaveNoModulePrefix()
{
    for (const QString &folder : {u"model"_s, u"ui"_s, u"app"_s, u"tests"_s}) {
        for (const Include &include : includes(folder)) {
            QVERIFY2(!include.header.startsWith(u"Qt"_s) || !include.header.contains(u'/'),
                     qPrintable(include.file + u" includes "_s + include.header));
        }
    }
}

void TstLayering::everyFileNamesItsLicence()
{
    int seen = 0;
    for (const QString &folder : {u"model"_s, u"ui"_s, u"app"_s, u"tests"_s}) {
        for (const QString &path : sources(folder)) {
            QFile file(root() + u'/' + path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.read(200).contains("SPDX-License-Identifier: Apache-2.0"), qPrintable(path));
            ++seen;
        }
    }
    QVERIFY(seen > 100);
}

void TstLayering::commandLineLinksNoGui()
{
    QProcess readelf;
    readelf.start(u"readelf"_s, {u"-d"_s, QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s});
    QVERIFY(readelf.waitForFinished());
    const QByteArray dynamic = readelf.readAllStandardOutput();
    QVERIFY2(dynamic.contains("libQt6Core"), dynamic.constData());
    for (const char *library : {"libQt6Gui", "libQt6Widgets", "libQt6Svg", "libX11", "libxcb"}) {
        QVERIFY2(!dynamic.contains(library), library);
    }
}

QTEST_GUILESS_MAIN(TstLayering)
#include "tst_layering.moc"
