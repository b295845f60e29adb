// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/importroute.h"

#include "ui/importproblems.h"

#include <algorithm>

#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QStringList localFiles(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

bool canTake(const QMimeData &data)
{
    return data.hasText() || !localFiles(data).isEmpty();
}

} // namespace

QString importSentence(const CaptureServices::Imported &imported, const QString &name)
{
    const auto &problems = imported.report.problems;
    const auto events = static_cast<int>(std::min<std::uint64_t>(imported.events, 1'000'000'000));
    QString text = ImportRoute::tr("%Ln event(s) imported from %1", nullptr, events).arg(name);
    if (!problems.empty())
        text += u", "_s +
                ImportRoute::tr("%Ln could not be read: %1: %2", nullptr, static_cast<int>(problems.size()))
                    .arg(problems.front().place, problems.front().message);
    else if (imported.report.skipped > 0)
        text += u", "_s + ImportRoute::tr("%Ln of other hosts left out", nullptr,
                                          static_cast<int>(std::min<std::uint64_t>(imported.report.skipped,
                                                                                   1'000'000'000)));
    return text;
}

ImportRoute::ImportRoute(Services &services, const Theme &theme, QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_theme(theme)
    , m_window(window)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
    if (CaptureServices *capture = services.captureServices())
        connect(capture, &CaptureServices::importProgressed, this, &ImportRoute::showProgress);
}

void ImportRoute::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (data == nullptr || !take(*data))
        emit said(tr("The clipboard holds no text to import"));
}

bool ImportRoute::take(const QMimeData &data)
{
    // A copied file is text too, but only its name.
    if (const QStringList files = localFiles(data); !files.isEmpty()) {
        importFiles(files);
        return true;
    }
    const QString text = data.text();
    if (text.trimmed().isEmpty())
        return false;
    importText(text.toUtf8(), &data == QGuiApplication::clipboard()->mimeData() ? tr("the clipboard")
                                                                                : tr("what was dropped"));
    return true;
}

void ImportRoute::chooseFiles()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import events"), {},
                                   tr("Events (*.json *.ndjson *.jsonl *.har *.txt *.sh);;All files (*)"));
    dialog->setObjectName(u"importDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ImportRoute::importFiles);
    dialog->open();
}

void ImportRoute::importFiles(const QStringList &paths)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    for (const QString &path : paths) {
        begin();
        capture->importFile(
            path, this,
            [this, name = QFileInfo(path).fileName()](const base::Result<CaptureServices::Imported> &result) {
                finish(result, name);
            });
    }
}

void ImportRoute::importText(const QByteArray &text, const QString &name)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    begin();
    capture->importText(
        text, name, this,
        [this, name](const base::Result<CaptureServices::Imported> &result) { finish(result, name); });
}

/// What is over within a second is only told when it is done.
void ImportRoute::showProgress(quint64 events)
{
    constexpr int quickMs = 1'000;
    if (m_running == 0 || !m_since.hasExpired(quickMs))
        return;
    emit offered(tr("Importing: %n event(s) so far", nullptr, static_cast<int>(events)), tr("Cancel"),
                 [this] { m_services.captureServices()->cancelImports(); });
}

void ImportRoute::begin()
{
    if (m_running++ == 0)
        m_since.start();
    emit activityChanged(tr("Importing…"));
}

void ImportRoute::finish(const base::Result<CaptureServices::Imported> &result, const QString &name)
{
    if (--m_running == 0)
        emit activityChanged({});
    if (!result && result.error().code == base::ErrorCode::Cancelled) {
        emit said(tr("The import was cancelled; what had come by then stays"));
        emit imported();
        return;
    }
    if (!result) {
        emit m_services.failed(result.error());
        return;
    }
    const QString sentence = importSentence(*result, name);
    if (result->report.problems.empty())
        emit said(sentence);
    else
        emit offered(sentence, tr("Show"),
                     [this, report = result->report, name] { showProblems(report, name); });
    if (result->events > 0)
        emit imported();
}

void ImportRoute::showProblems(const segment::ImportReport &report, const QString &name)
{
    auto *dialog = new ImportProblems(m_theme, report, name, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

bool ImportRoute::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove)) {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        // What the window itself is dragged around with is no import.
        if (drag->source() == nullptr && canTake(*drag->mimeData()))
            drag->acceptProposedAction();
        return true;
    }
    if (watched == &m_window && event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (drop->source() == nullptr && take(*drop->mimeData()))
            drop->acceptProposedAction();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
