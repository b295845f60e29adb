// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// Actions of `plan` that write one: infer and convert.
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/decodedevents.h"
#include "app/cli/plancommands.h"
#include "app/cli/planfiles.h"
#include "plan/compare.h"
#include "plan/infer.h"

using namespace Qt::StringLiterals;

namespace cli {

int planInfer(const QStringList &arguments)
{
    Arguments options(
        u"plan infer"_s,
        u"Learns a plan from events: types, what is always there, few values, formats, nested shapes. "
        "EVENTS is a file or - (standard input): NDJSON, a JSON array, a Segment batch body, a HAR, "
        "curl commands, or a Trackside store."_s);
    options.addOption(u"min-seen"_s,
                      u"Events of a name before anything of it is required or an enum (default 10)."_s,
                      u"N"_s, u"10"_s);
    options.addOption(u"o,output"_s, u"Write to this file or folder, not to standard output."_s, u"FILE"_s);
    options.addOption(u"format"_s, u"Format to write: %1 (default segment)."_s.arg(formatWords()),
                      u"FORMAT"_s, u"segment"_s);
    options.addOption(u"name"_s, u"Name of the plan (default 'Inferred plan')."_s, u"NAME"_s,
                      u"Inferred plan"_s);
    options.addOption(
        u"into"_s, u"Merge into this plan: what it has stays, what it lacks is added. Written to --output."_s,
        u"FILE"_s);
    options.addOption(u"evidence"_s, u"Say on standard error what each property was learnt from."_s);
    options.addPositional(u"events"_s, u"Files with events, or -."_s, u"EVENTS..."_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto minSeen = options.number(u"min-seen"_s, 1);
    const auto format = planFormat(options, u"format"_s);
    if (!minSeen || !format) {
        return failed(!minSeen ? minSeen.error() : format.error());
    }
    if (options.positional().isEmpty()) {
        return failed({base::ErrorCode::BadInput,
                       u"No events were named."_s,
                       {},
                       u"Name a file, or - for standard input."_s});
    }
    plan::Document into;
    into.name = options.value(u"name"_s);
    if (options.isSet(u"into"_s)) {
        auto document = readPlan(options.value(u"into"_s));
        if (!document) {
            return failed(document.error());
        }
        into = std::move(*document);
    }
    plan::Inference inference;
    const auto count =
        decodeAll(options.positional(), u"Learnt from"_s, [&inference](const InputEvent &input) {
            const event::EventDraft &draft = input.decoded.draft;
            inference.add(draft.type, draft.name, input.source, input.receivedUs, input.decoded.merged);
        });
    if (!count) {
        return failed(count.error());
    }
    plan::InferOptions inferOptions;
    inferOptions.minSeen = static_cast<std::uint64_t>(*minSeen);
    std::vector<plan::RulePointer> rules;
    for (const plan::InferredRule &inferred : inference.rules(inferOptions)) {
        rules.push_back(std::make_shared<const plan::RuleSource>(inferred.rule));
        if (options.isSet(u"evidence"_s)) {
            say(u"%1: %2%3"_s.arg(plan::titleOf(inferred.rule),
                                  counted(inferred.events, u"event"_s, u"events"_s),
                                  inferred.isBelowMinSeen ? u", too few to require anything"_s : QString()));
            for (const plan::Evidence &evidence : inferred.evidence) {
                say(u"    %1: %2"_s.arg(evidence.path.join(u'.'), plan::evidenceText(evidence)));
            }
        }
    }
    const auto steps = plan::mergeSteps(into, rules, plan::MergeMode::AddOnly);
    const auto losses = writePlan(plan::merged(into, steps), *format, options.value(u"output"_s));
    if (!losses) {
        return failed(losses.error());
    }
    say(u"%1 from %2."_s.arg(counted(rules.size(), u"rule"_s, u"rules"_s),
                             counted(*count, u"event"_s, u"events"_s)));
    return exitClean;
}

int planConvert(const QStringList &arguments)
{
    Arguments options(
        u"plan convert"_s,
        u"Writes a plan in another format. What that can't hold is listed on standard error."_s);
    options.addOption(u"to"_s, u"Format to write: %1."_s.arg(formatWords()), u"FORMAT"_s);
    options.addOption(u"o,output"_s, u"Write to this file or folder, not to standard output."_s, u"FILE"_s);
    options.addOption(u"strict"_s, u"Write nothing and exit 1 when something would be lost."_s);
    options.addPositional(u"file"_s, u"The plan: a file or a folder."_s, u"FILE"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto format = planFormat(options, u"to"_s);
    if (!format) {
        return failed(format.error());
    }
    if (options.positional().size() != 1) {
        return failed(
            {base::ErrorCode::BadInput, u"'plan convert' takes one plan."_s, {}, u"Name its file."_s});
    }
    const auto document = readPlan(options.positional().constFirst());
    if (!document) {
        return failed(document.error());
    }
    if (options.isSet(u"strict"_s)) {
        const auto losses = plan::lossesOf(*document, *format);
        for (const plan::Loss &loss : losses) {
            say(u"Would be lost: %1: %2"_s.arg(loss.where, loss.what));
        }
        if (!losses.empty()) {
            return exitFindings;
        }
    }
    const auto losses = writePlan(*document, *format, options.value(u"output"_s));
    return losses ? exitClean : failed(losses.error());
}

} // namespace cli
