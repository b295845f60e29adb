// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/decodedevents.h"
#include "app/cli/output.h"
#include "app/cli/plancommands.h"
#include "app/engine/checkloading.h"
#include "report/coverage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString nameOf(const report::EventCoverage &row)
{
    const std::string_view word = event::word(row.type);
    const QString type = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    return row.name.isEmpty() ? type : type + u' ' + row.name;
}

QString rate(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
               ? u"0 %"_s
               : QString::number(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 1) +
                     u" %"_s;
}

QByteArray asText(const report::Coverage &coverage)
{
    QString made;
    const auto list = [&](const QString &title, auto wanted) {
        bool isFirst = true;
        for (const report::EventCoverage &row : coverage.rows) {
            if (!wanted(row)) {
                continue;
            }
            made += isFirst ? title + u'\n' : QString();
            isFirst = false;
            made += u"  %1"_s.arg(nameOf(row));
            if (row.count > 0) {
                made += u": %1, %2 with violations (%3)"_s.arg(counted(row.count, u"event"_s, u"events"_s))
                            .arg(row.violations)
                            .arg(rate(row.violations, row.count));
            }
            made += u'\n';
            for (const report::PropertyCoverage &property : row.properties) {
                if (row.count > 0 && property.isPlanned && property.filled < property.of) {
                    made += u"      %1: in %2 of %3\n"_s.arg(property.path.join(u'.'))
                                .arg(property.filled)
                                .arg(property.of);
                }
                if (row.count > 0 && !property.isPlanned && row.isPlanned) {
                    made += u"      %1: not planned, in %2 of %3\n"_s.arg(property.path.join(u'.'))
                                .arg(property.filled)
                                .arg(property.of);
                }
                if (row.count > 0 && !property.neverSeen.isEmpty()) {
                    made += u"      %1: never %2\n"_s.arg(property.path.join(u'.'),
                                                          property.neverSeen.join(u", "_s));
                }
            }
        }
        made += isFirst ? QString() : u"\n"_s;
    };
    list(u"Planned and seen"_s, [](const auto &row) { return row.isPlanned && row.count > 0; });
    list(u"Planned, never seen"_s, [](const auto &row) { return row.isPlanned && row.count == 0; });
    list(u"Seen, not planned"_s, [](const auto &row) { return !row.isPlanned && !row.isUnchecked; });
    list(u"Seen, covered by no plan"_s, [](const auto &row) { return row.isUnchecked; });
    for (const report::SourceCoverage &source : coverage.sources) {
        made += u"%1: %2 of %3 planned events, %4, %5 with violations, %6 unplanned\n"_s
                    .arg(source.source.isEmpty() ? u"(no source)"_s : source.source)
                    .arg(source.seenEvents)
                    .arg(source.plannedEvents)
                    .arg(counted(source.events, u"event"_s, u"events"_s))
                    .arg(source.violations)
                    .arg(source.unplanned);
    }
    made += u"Coverage: %1 of %2 planned events%3.\n"_s.arg(coverage.plannedSeen)
                .arg(coverage.plannedEvents)
                .arg(coverage.share() ? u" ("_s + rate(coverage.plannedSeen, coverage.plannedEvents) + u')'
                                      : QString());
    return made.toUtf8();
}

} // namespace

int planCoverage(const QStringList &arguments)
{
    Arguments options(
        u"plan coverage"_s,
        u"Says what of a plan really happens: planned and seen, planned and never seen, seen and "
        "unplanned, per source, with fill rates and values of each property. EVENTS is a file or - "
        "(standard input): NDJSON, a JSON array, a Segment batch body, a HAR, curl commands, or a "
        "Trackside store."_s);
    options.addOption(u"plan"_s, u"The plan; may be given several times."_s, u"FILE"_s);
    options.addOption(u"format"_s, u"text, json, csv or html (default text)."_s, u"FORMAT"_s, u"text"_s);
    options.addOption(u"o,output"_s, u"Write to this file, not to standard output."_s, u"FILE"_s);
    options.addOption(u"fail-under"_s, u"Exit 1 when less than this share of the planned events came."_s,
                      u"PERCENT"_s);
    options.addPositional(u"events"_s, u"Files with events, or -."_s, u"EVENTS..."_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto format = options.choice(u"format"_s, {u"text"_s, u"json"_s, u"csv"_s, u"html"_s});
    bool isShare = true;
    const double least =
        options.isSet(u"fail-under"_s) ? options.value(u"fail-under"_s).toDouble(&isShare) : 0;
    if (!format) {
        return failed(format.error());
    }
    if (!isShare || least < 0 || least > 100) {
        return failed({base::ErrorCode::BadInput,
                       u"--fail-under is '%1'."_s.arg(options.value(u"fail-under"_s)),
                       {},
                       u"Give a number from 0 to 100."_s});
    }
    if (options.values(u"plan"_s).isEmpty() || options.positional().isEmpty()) {
        return failed({base::ErrorCode::BadInput,
                       options.positional().isEmpty() ? u"No events were named."_s : u"No plan was named."_s,
                       {},
                       options.positional().isEmpty() ? u"Name a file, or - for standard input."_s
                                                      : u"Name one with --plan FILE."_s});
    }
    const auto checker = engine::loadChecker(options.values(u"plan"_s), {});
    if (!checker) {
        return failed(checker.error());
    }
    report::CoverageBuilder builder(*checker);
    const auto count = decodeAll(options.positional(), u"Counted"_s, [&](const InputEvent &input) {
        const event::EventDraft &draft = input.decoded.draft;
        plan::Verdict verdict = (*checker)->check({draft.type, draft.name, input.source, input.decoded.merged,
                                                   draft.end - draft.begin, input.receivedUs});
        builder.add({{},
                     draft.type,
                     draft.name,
                     input.source,
                     input.receivedUs,
                     verdict.status,
                     std::move(verdict.findings),
                     input.decoded.merged});
    });
    if (!count) {
        return failed(count.error());
    }
    const report::Coverage coverage = builder.coverage();
    auto output = Output::open(options.value(u"output"_s));
    if (!output) {
        return failed(output.error());
    }
    QStringList names;
    for (const auto &plan : (*checker)->plans().plans()) {
        names.append(plan->name);
    }
    output->write(*format == u"json"_s   ? report::coverageJson(coverage) + '\n'
                  : *format == u"csv"_s  ? report::coverageCsv(coverage)
                  : *format == u"html"_s ? report::coverageHtml(coverage, {names.join(u", "_s), 0})
                                         : asText(coverage));
    if (!output->commit()) {
        return failed(output->error());
    }
    return coverage.share().value_or(1) * 100 < least ? exitFindings : exitClean;
}

} // namespace cli
