// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/importroute.h"

#include "tests/support/fakeservices.h"
#include "ui/englishplurals.h"
#include "ui/importproblems.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TstImportRoute final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void sentences_data();
    void sentences();
    void pastesText();
    void pastesACurlCommand();
    void pastesCopiedFiles();
    void anEmptyClipboardIsSaid();
    void takesDroppedFiles();
    void takesDroppedText();
    void filesAreChosenWithoutWaiting();
    void whatFailedIsSaid();
    void problemsAreListedAndCopied();
    void activityIsSaidAndEnds();
    void aLongImportCanBeCancelled();

private:
    void drop(const QMimeData &data);

    ui::Theme m_theme;
    ui::EnglishPlurals m_plurals;
    std::unique_ptr<tests::FakeServices> m_services;
    std::unique_ptr<QWidget> m_window;
    ui::ImportRoute *m_route = nullptr;
};

void TstImportRoute::initTestCase()
{
    QCoreApplication::installTranslator(&m_plurals);
    m_theme.install(*qApp);
}

void TstImportRoute::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_services->captureFake.imported.events = 14;
    m_window = std::make_unique<QWidget>();
    m_route = new ui::ImportRoute(*m_services, m_theme, *m_window);
    m_window->resize(400, 300);
    m_window->show();
}

void TstImportRoute::cleanup()
{
    m_window.reset();
    m_services.reset();
}

void TstImportRoute::drop(const QMimeData &data)
{
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
}

void TstImportRoute::sentences_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<int>("problems");
    QTest::addColumn<int>("skipped");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("all") << 14 << 0 << 0 << u"14 events imported from walk.har"_s;
    QTest::newRow("one") << 1 << 0 << 0 << u"1 event imported from walk.har"_s;
    QTest::newRow("problems") << 14 << 2 << 0
                              << u"14 events imported from walk.har, 2 could not be read: line 3: no JSON"_s;
    QTest::newRow("other hosts") << 5 << 0 << 80
                                 << u"5 events imported from walk.har, 80 of other hosts left out"_s;
}

void TstImportRoute::sentences()
{
    QFETCH(const int, events);
    QFETCH(const int, problems);
    QFETCH(const int, skipped);
    ui::CaptureServices::Imported imported;
    imported.events = static_cast<std::uint64_t>(events);
    imported.report.skipped = static_cast<std::uint64_t>(skipped);
    for (int i = 0; i < problems; ++i)
        imported.report.problems.push_back({u"line %1"_s.arg(i + 3), u"no JSON"_s});
    QTEST(ui::importSentence(imported, u"walk.har"_s), "sentence");
}

void TstImportRoute::pastesText()
{
    QGuiApplication::clipboard()->setText(u"{\"type\":\"track\",\"event\":\"Größe\"}"_s);
    QSignalSpy said(m_route, &ui::ImportRoute::said);
    QSignalSpy imported(m_route, &ui::ImportRoute::imported);
    m_route->paste();
    QCOMPARE(m_services->captureFake.importedTexts.size(), 1U);
    QCOMPARE(m_services->captureFake.importedTexts.front().first,
             QByteArray("{\"type\":\"track\",\"event\":\"Größe\"}"));
    QCOMPARE(said.size(), 1);
    QCOMPARE(said.front().front().toString(), u"14 events imported from the clipboard"_s);
    QCOMPARE(imported.size(), 1);
}

void TstImportRoute::pastesACurlCommand()
{
    const QString command = u"curl -u key: https://api.segment.io/v1/t \\\n  -d '{\"event\":\"A\"}'"_s;
    QGuiApplication::clipboard()->setText(command);
    m_route->paste();
    QCOMPARE(m_services->captureFake.importedTexts.front().first, command.toUtf8());
}

void TstImportRoute::pastesCopiedFiles()
{
    auto *data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(u"/tmp/walk.har"_s)});
    data->setText(u"/tmp/walk.har"_s);
    QGuiApplication::clipboard()->setMimeData(data);
    m_route->paste();
    QCOMPARE(m_services->captureFake.importedFiles, QStringList{u"/tmp/walk.har"_s});
    QVERIFY(m_services->captureFake.importedTexts.empty());
}

void TstImportRoute::anEmptyClipboardIsSaid()
{
    QGuiApplication::clipboard()->setText(u"  \n"_s);
    QSignalSpy said(m_route, &ui::ImportRoute::said);
    m_route->paste();
    QVERIFY(m_services->captureFake.importedTexts.empty());
    QCOMPARE(said.size(), 1);
}

void TstImportRoute::takesDroppedFiles()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(u"/tmp/one.ndjson"_s), QUrl::fromLocalFile(u"/tmp/two.har"_s)});
    drop(data);
    QCOMPARE(m_services->captureFake.importedFiles, (QStringList{u"/tmp/one.ndjson"_s, u"/tmp/two.har"_s}));
}

void TstImportRoute::takesDroppedText()
{
    QMimeData data;
    data.setText(u"{\"type\":\"page\"}"_s);
    drop(data);
    QCOMPARE(m_services->captureFake.importedTexts.size(), 1U);
    QCOMPARE(m_services->captureFake.importedTexts.front().second, u"what was dropped"_s);
}

void TstImportRoute::filesAreChosenWithoutWaiting()
{
    m_route->chooseFiles();
    auto *dialog = m_window->findChild<QFileDialog *>(u"importDialog"_s);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
    emit dialog->filesSelected({u"/tmp/walk.har"_s});
    dialog->close();
    QCOMPARE(m_services->captureFake.importedFiles, QStringList{u"/tmp/walk.har"_s});
}

void TstImportRoute::whatFailedIsSaid()
{
    m_services->captureFake.importError =
        base::Error{base::ErrorCode::BadInput, u"This is no event."_s, u"It looks like HTML."_s, {}};
    QSignalSpy failed(m_services.get(), &ui::Services::failed);
    QSignalSpy imported(m_route, &ui::ImportRoute::imported);
    m_route->importText("<html>", u"clipboard"_s);
    QCOMPARE(failed.size(), 1);
    QVERIFY(imported.isEmpty());
}

void TstImportRoute::problemsAreListedAndCopied()
{
    m_services->captureFake.imported.report.problems = {{u"line 3"_s, u"a comma is missing"_s},
                                                        {u"line 9"_s, u"no type"_s}};
    std::function<void()> show;
    connect(m_route, &ui::ImportRoute::offered, this,
            [&show](const QString &, const QString &, const std::function<void()> &run) { show = run; });
    m_route->importFiles({u"/tmp/walk.ndjson"_s});
    QVERIFY(show);
    show();
    auto *dialog = m_window->findChild<ui::ImportProblems *>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->list().count(), 2);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"copyProblems"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"line 3: a comma is missing\nline 9: no type"_s);
    dialog->close();
}

void TstImportRoute::activityIsSaidAndEnds()
{
    QSignalSpy activity(m_route, &ui::ImportRoute::activityChanged);
    m_route->importText("{}", u"clipboard"_s);
    QCOMPARE(activity.size(), 2);
    QVERIFY(!activity.front().front().toString().isEmpty());
    QVERIFY(activity.back().front().toString().isEmpty());
}

void TstImportRoute::aLongImportCanBeCancelled()
{
    m_services->captureFake.isImportHeld = true;
    std::function<void()> cancel;
    QString text;
    connect(m_route, &ui::ImportRoute::offered, this,
            [&](const QString &offer, const QString &action, const std::function<void()> &run) {
                QCOMPARE(action, u"Cancel"_s);
                text = offer;
                cancel = run;
            });
    QSignalSpy said(m_route, &ui::ImportRoute::said);
    m_route->importText("{}", u"clipboard"_s);
    emit m_services->captureFake.importProgressed(1);
    QVERIFY(!cancel); // what is over within a second needs no button
    const auto isOffered = [&] {
        emit m_services->captureFake.importProgressed(12'000);
        return static_cast<bool>(cancel);
    };
    QTRY_VERIFY(isOffered());
    QVERIFY2(text.contains(u"12000"_s), qPrintable(text));
    cancel();
    QCOMPARE(m_services->captureFake.importCancels, 1);
    m_services->captureFake.heldImport(base::failure(base::ErrorCode::Cancelled, u"Cancelled."_s));
    QCOMPARE(said.size(), 1);
    emit m_services->captureFake.importProgressed(12'001);
    QCOMPARE(m_services->captureFake.importCancels, 1);
}

QTEST_MAIN(TstImportRoute)
#include "tst_importroute.moc"
