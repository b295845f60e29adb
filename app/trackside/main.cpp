// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/preferences.h"
#include "app/trackside/guiservices.h"
#include "ui/mainwindow.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QTextStream>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int exitFailed = 2;

trackside::GuiServices::Options parse(const QApplication &application)
{
    QCommandLineParser options;
    options.setApplicationDescription(
        u"Trackside shows every Segment event the apps under test send, checked against the tracking plan."_s);
    options.addHelpOption();
    options.addVersionOption();
    options.addOption({u"store"_s, u"Open this store instead of your own."_s, u"FILE"_s});
    options.addOption({u"listen"_s, u"Capture on this address instead of the settings'."_s, u"ADDR:PORT"_s});
    options.addOption(
        {u"plan"_s, u"Check against this tracking plan instead of the settings'."_s, u"FILE"_s});
    options.addOption({u"conventions"_s,
                       u"Naming conventions instead of the settings': a preset or a file."_s,
                       u"NAME|FILE"_s});
    options.process(application);
    return {options.value(u"store"_s), options.value(u"listen"_s), options.values(u"plan"_s),
            options.value(u"conventions"_s)};
}

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN);
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"trackside"_s);
    QApplication::setApplicationDisplayName(u"Trackside"_s);
    QApplication::setApplicationVersion(QStringLiteral(TRACKSIDE_VERSION));
    QApplication::setDesktopFileName(u"trackside"_s);
    trackside::GuiServices::Options options = parse(application);

    auto preferences = engine::Preferences::open();
    if (!preferences) {
        const base::Error &error = preferences.error();
        QTextStream(stderr) << "trackside: " << error.oneLine() << '\n';
        QMessageBox::critical(nullptr, u"Trackside"_s,
                              error.what + u"\n\n"_s + error.why + u'\n' + error.fix);
        return exitFailed;
    }

    ui::Theme theme;
    theme.install(application);
    trackside::GuiServices services(std::move(*preferences), std::move(options));
    ui::MainWindow window(services, theme);
    window.show();
    services.start();
    return QApplication::exec();
}
