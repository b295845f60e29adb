// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// From an event's bytes to its verdict, beside ajv (compiled, formats on), as whole processes in pairs: CPU
// time and peak memory. Ratios only; a round's two processes run one after the other on the same machine.
//
//     bench_validate --node-modules FOLDER [--events N] [--rounds N] [--node PROGRAM]
//
// FOLDER holds node_modules with ajv and ajv-formats (npm install ajv@8.20.0 ajv-formats@3.0.1).
#include "traffic.h"

#include "schema/schema.h"
#include "json/parser.h"

#include <algorithm>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

struct Cost
{
    double cpuSeconds = 0;
    long peakKib = 0;
    bool isDone = false;
};

/// Runs a program to its end and takes what the kernel says it used.
Cost run(const QStringList &command)
{
    std::vector<QByteArray> words;
    std::ranges::transform(command, std::back_inserter(words),
                           [](const QString &word) { return word.toLocal8Bit(); });
    std::vector<char *> arguments;
    std::ranges::transform(words, std::back_inserter(arguments),
                           [](QByteArray &word) { return word.data(); });
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        execvp(arguments.front(), arguments.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    Cost cost;
    cost.isDone = wait4(child, &status, 0, &usage) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    cost.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    cost.peakKib = usage.ru_maxrss;
    return cost;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The subject: this program again, as `--own SCHEMA EVENTS COUNT`.
int validate(const QStringList &arguments)
{
    json::Parser parser;
    const auto schemaText = parser.parse(contents(arguments.value(0)));
    if (!schemaText) {
        return 2;
    }
    const auto schema = schema::compile(*schemaText, {});
    if (!schema) {
        return 2;
    }
    QList<QByteArray> events = contents(arguments.value(1)).split('\n');
    events.removeAll(QByteArray());
    const int count = arguments.value(2).toInt();
    int valid = 0;
    for (int i = 0; i < count; ++i) {
        const auto event = parser.parse(events.at(i % events.size()));
        valid += event && schema->isValid((*event)->root()) ? 1 : 0;
    }
    QTextStream(stdout) << valid << Qt::endl;
    return valid == count ? 0 : 1;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--own"_s) {
        return validate(application.arguments().mid(2));
    }
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption(
        {u"node-modules"_s, u"Folder whose node_modules has ajv and ajv-formats."_s, u"folder"_s, u"."_s});
    options.addOption({u"events"_s, u"Events a process checks."_s, u"n"_s, u"200000"_s});
    options.addOption({u"rounds"_s, u"Pairs of processes."_s, u"n"_s, u"5"_s});
    options.addOption({u"node"_s, u"Node 20 or newer."_s, u"program"_s, u"node"_s});
    options.process(application);

    constexpr int distinctEvents = 500;
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    };
    const QString schema = write(u"schema.json"_s, bench::schema());
    QTextStream out(stdout);
    for (const auto &[name, shape] :
         {std::pair{u"one shape"_s, bench::Shape::Uniform}, {u"mixed shapes"_s, bench::Shape::Mixed}}) {
        const QString events = write(u"events.ndjson"_s, bench::events(shape, distinctEvents));
        const QString count = options.value(u"events"_s);
        std::vector<double> ratios;
        std::vector<double> ownMicroseconds;
        Cost own;
        Cost peer;
        for (int round = 0; round < options.value(u"rounds"_s).toInt(); ++round) {
            own = run({application.applicationFilePath(), u"--own"_s, schema, events, count});
            peer = run({options.value(u"node"_s),
                        QString::fromLatin1(TRACKSIDE_SOURCE_DIR) + u"/tests/benchmarks/validate/ajv.mjs"_s,
                        options.value(u"node-modules"_s), schema, events, count});
            if (!own.isDone || !peer.isDone) {
                QTextStream(stderr) << "A process failed: are ajv and ajv-formats in --node-modules?"
                                    << Qt::endl;
                return 2;
            }
            ratios.push_back(own.cpuSeconds / peer.cpuSeconds);
            ownMicroseconds.push_back(own.cpuSeconds * 1e6 / count.toDouble());
        }
        const auto [least, most] = std::ranges::minmax(ratios);
        out << name << ": CPU " << QString::number(median(ratios), 'f', 3) << " of ajv's ("
            << QString::number(least, 'f', 3) << " to " << QString::number(most, 'f', 3) << "), "
            << QString::number(median(ownMicroseconds), 'f', 2) << " us an event; peak memory "
            << own.peakKib / 1024 << " MiB against " << peer.peakKib / 1024 << Qt::endl;
    }
    return 0;
}
