// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/captureservices.h"
#include "ui/services.h"
#include "ui/theme/theme.h"

#include <functional>

#include <QElapsedTimer>
#include <QObject>

class QMimeData;

namespace ui {

/// "14 events imported from clipboard, 2 could not be read: line 3: ..."
[[nodiscard]] QString importSentence(const CaptureServices::Imported &imported, const QString &name);

/// The other ways in: text pasted into the window, files and text dropped on it, files chosen. Reads nothing
/// itself; says what came of it. GUI thread.
class ImportRoute final : public QObject
{
    Q_OBJECT
public:
    /// Watches `window` for drops.
    ImportRoute(Services &services, const Theme &theme, QWidget &window);

    void paste();
    void chooseFiles();
    void importFiles(const QStringList &paths);
    void importText(const QByteArray &text, const QString &name);

signals:
    void said(const QString &text);
    /// With something to look at: a word for the button, and what it does.
    void offered(const QString &text, const QString &action, const std::function<void()> &run);
    /// What is under way; empty: nothing.
    void activityChanged(const QString &text);
    /// Events came in: where they are to be seen.
    void imported();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void begin();
    void showProgress(quint64 events);
    void finish(const base::Result<CaptureServices::Imported> &result, const QString &name);
    void showProblems(const segment::ImportReport &report, const QString &name);
    bool take(const QMimeData &data);

    Services &m_services;
    const Theme &m_theme;
    QWidget &m_window;
    int m_running = 0;
    QElapsedTimer m_since; ///< the first of those that run began
};

} // namespace ui
