// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/plancommands.h"

#include <QTextStream>

#include <array>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

struct Action
{
    QString name;
    QString summary;
    int (*run)(const QStringList &arguments);
};

std::array<Action, 5> actions()
{
    return {{
        {u"infer"_s, u"Learn a plan from captured events."_s, planInfer},
        {u"convert"_s, u"Write a plan in another format; says first what that can't hold."_s, planConvert},
        {u"diff"_s, u"Compare two plans, and say which changes break events that were valid."_s, planDiff},
        {u"coverage"_s, u"Say what of a plan really happens, and what happens that is not planned."_s,
         planCoverage},
        {u"lint"_s, u"Say what is wrong with a plan itself."_s, planLint},
    }};
}

} // namespace

int plan(const QStringList &arguments)
{
    const QString name = arguments.value(1);
    for (const Action &action : actions()) {
        if (action.name == name) {
            return action.run(arguments.mid(1));
        }
    }
    if (name == u"--help"_s || name == u"-h"_s || name.isEmpty()) {
        QTextStream out(name.isEmpty() ? stderr : stdout);
        out << "Usage: trackside-cli plan ACTION [options]\n\n"
               "Works on tracking plans. A plan is a file in any of these formats, told by content: "
               "Segment's Public\n"
               "API JSON, CSV or Config API, Typewriter's plan.json, RudderStack YAML, Avo's JSON or CSV, a "
               "JSON\n"
               "Schema or a folder of them.\n\nActions:\n";
        for (const Action &action : actions()) {
            out << "  " << action.name.leftJustified(10) << action.summary << '\n';
        }
        out << "\n'trackside-cli plan ACTION --help' tells more.\n";
        return name.isEmpty() ? exitFailed : exitClean;
    }
    return failed({base::ErrorCode::BadInput,
                   u"'plan' knows no '%1'."_s.arg(name),
                   {},
                   u"Choose one of infer, convert, diff, coverage and lint."_s});
}

} // namespace cli
