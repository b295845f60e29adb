// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"

#include <QCoreApplication>
#include <QTextStream>

#include <array>
#include <csignal>

using namespace Qt::StringLiterals;

namespace {

struct Command
{
    QString name;
    QString summary;
    int (*run)(const QStringList &arguments);
};

std::array<Command, 8> commands()
{
    return {{
        {u"serve"_s, u"Capture events on a port, check them, forward them; ends with a verdict."_s,
         cli::serve},
        {u"check"_s, u"Check events of a file against tracking plans and naming conventions."_s, cli::check},
        {u"plan"_s, u"Learn, convert, compare, lint tracking plans, and hold them against events."_s,
         cli::plan},
        {u"query"_s, u"Show the events of a store that match a filter."_s, cli::query},
        {u"export"_s, u"Write the events of a store as NDJSON, JSON, or their own bytes."_s,
         cli::exportEvents},
        {u"import"_s, u"Put events of files into a store, as if they had been captured."_s,
         cli::importEvents},
        {u"doctor"_s, u"Say what is wrong with the apps that a running Trackside sees."_s, cli::doctor},
        {u"ca"_s, u"Make, export, show or remove the certificate authority for HTTPS."_s,
         cli::certificateAuthority},
    }};
}

void printUsage(QTextStream &out)
{
    out << "Usage: trackside-cli COMMAND [options]\n\n"
           "Captures and checks Segment analytics events, with no window.\n\n"
           "Commands:\n";
    for (const Command &command : commands()) {
        out << "  " << command.name.leftJustified(10) << command.summary << '\n';
    }
    out << "\n'trackside-cli COMMAND --help' tells more. Exit status: 0 nothing found at the level asked "
           "for,\n"
           "1 findings at or above it, 2 the command could not do its work.\n";
}

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"trackside-cli"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TRACKSIDE_VERSION));

    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString name = arguments.value(0);
    if (name == u"--version"_s || name == u"-v"_s) {
        QTextStream(stdout) << "trackside-cli " TRACKSIDE_VERSION "\n";
        return cli::exitClean;
    }
    if (name == u"--help"_s || name == u"-h"_s || name == u"help"_s) {
        QTextStream out(stdout);
        printUsage(out);
        return cli::exitClean;
    }
    for (const Command &command : commands()) {
        if (command.name == name) {
            return command.run(arguments);
        }
    }
    if (name.isEmpty()) {
        QTextStream out(stderr);
        printUsage(out);
        return cli::exitFailed;
    }
    return cli::failed({base::ErrorCode::BadInput,
                        u"There is no command '%1'."_s.arg(name),
                        {},
                        u"'trackside-cli --help' lists the commands."_s});
}
