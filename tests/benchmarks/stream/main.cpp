// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// The window with a million events in its store: start, filters, and frames while events keep coming. Makes
// the store first (kept with --store), then starts itself again: once as the window, which is measured from
// the start of its process, and from there once for each phase as the load.
//
//     bench_stream [--store FILE] [--rows N] [--rate EVENTS] [--seconds S]
#include "load.h"
#include "million.h"
#include "windowrun.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

void addOptions(QCommandLineParser &options)
{
    options.addHelpOption();
    options.addOption({u"store"_s, u"Keep the store here."_s, u"FILE"_s});
    options.addOption({u"rows"_s, u"Events in the store."_s, u"N"_s, u"1000000"_s});
    options.addOption({u"rate"_s, u"Events per second of load."_s, u"EVENTS"_s, u"10000"_s});
    options.addOption({u"seconds"_s, u"Length of each phase."_s, u"S"_s, u"5"_s});
    options.addOption({u"window"_s, u"Be the window, started at this time."_s, u"NS"_s});
    options.addOption({u"load"_s, u"Be the load on this port."_s, u"PORT"_s});
}

/// The phases write to the store: each run works on a copy.
bool copyStore(const QString &from, const QString &folder)
{
    const QFileInfo original(from);
    for (const QFileInfo &file :
         original.dir().entryInfoList({original.fileName() + u'*'}, QDir::Files | QDir::Hidden)) {
        if (!file.fileName().endsWith(u".lock"_s) &&
            !QFile::copy(file.filePath(), folder + u'/' + file.fileName())) {
            return false;
        }
    }
    return true;
}

int runWindow(int argc, char *argv[])
{
    FrameApplication application(argc, argv);
    QCommandLineParser options;
    addOptions(options);
    options.process(application);
    WindowPlan plan;
    plan.store = options.value(u"store"_s);
    plan.rows = options.value(u"rows"_s).toULongLong();
    plan.seconds = options.value(u"seconds"_s).toDouble();
    plan.eventsPerSecond = options.value(u"rate"_s).toDouble();
    plan.started = Clock::time_point(Clock::duration(options.value(u"window"_s).toLongLong()));
    return WindowRun(application, plan).run();
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    for (int i = 1; i < argc; ++i) {
        if (QByteArrayView(argv[i]) == "--window") {
            return runWindow(argc, argv);
        }
    }
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    addOptions(options);
    options.process(application);
    if (options.isSet(u"load"_s)) {
        return runLoadProcess(options.value(u"load"_s).toUShort(), options.value(u"rate"_s).toDouble(),
                              options.value(u"seconds"_s).toDouble());
    }

    const QTemporaryDir folder;
    const QString store =
        options.isSet(u"store"_s) ? options.value(u"store"_s) : folder.filePath(u"made/events.trackside"_s);
    QDir().mkpath(QFileInfo(store).path());
    if (const auto made = makeStore(store, options.value(u"rows"_s).toULongLong()); !made) {
        QTextStream(stderr) << made.error().oneLine() << '\n';
        return 1;
    }
    if (!copyStore(store, folder.path())) {
        QTextStream(stderr) << "the store could not be copied\n";
        return 1;
    }
    QStringList arguments{u"--window"_s,  QString::number(Clock::now().time_since_epoch().count()),
                          u"--store"_s,   folder.filePath(QFileInfo(store).fileName()),
                          u"--rows"_s,    options.value(u"rows"_s),
                          u"--rate"_s,    options.value(u"rate"_s),
                          u"--seconds"_s, options.value(u"seconds"_s)};
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedChannels);
    window.start(QCoreApplication::applicationFilePath(), arguments);
    window.waitForFinished(-1);
    return window.exitStatus() == QProcess::NormalExit ? window.exitCode() : 1;
}
