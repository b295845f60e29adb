// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// Actions of `plan` that look at one: diff and lint.
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/decodedevents.h"
#include "app/cli/output.h"
#include "app/cli/plancommands.h"
#include "app/cli/planfiles.h"
#include "app/engine/findingwords.h"
#include "check/planlint.h"
#include "plan/compare.h"
#include "plan/sheet.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

using Json = nlohmann::ordered_json;

QString text(std::string_view word)
{
    return QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
}

QString word(plan::Impact impact)
{
    switch (impact) {
    case plan::Impact::None:
        return u"words only"_s;
    case plan::Impact::Loosens:
        return u"loosens"_s;
    case plan::Impact::Tightens:
        return u"tightens"_s;
    case plan::Impact::Both:
        return u"changes"_s;
    }
    return {};
}

bool canBreak(const plan::Change &change)
{
    return change.impact == plan::Impact::Tightens || change.impact == plan::Impact::Both;
}

Json jsonOf(const plan::Change &change)
{
    static constexpr std::array<const char *, 3> kinds{"added", "removed", "changed"};
    Json made{{"change", kinds[static_cast<std::size_t>(change.kind)]},
              {"type", std::string(event::word(change.type))},
              {"event", change.name.toStdString()},
              {"version", change.version}};
    if (!change.path.isEmpty()) {
        made["property"] = plan::shownPath(change.path).toStdString();
    }
    made["what"] = change.what.toStdString();
    made["before"] = change.before.toStdString();
    made["after"] = change.after.toStdString();
    made["impact"] = word(change.impact).toStdString();
    made["sentence"] = plan::sentenceOf(change).toStdString();
    return made;
}

Json jsonOf(const plan::BreakCheck::Outcome &outcome)
{
    Json causes = Json::array();
    for (const auto &cause : outcome.causes) {
        causes.push_back(Json{{"rule", std::string(event::word(cause.finding.rule))},
                              {"at", cause.finding.at.toString().toStdString()},
                              {"message", engine::findingText(cause.finding).message.toStdString()},
                              {"events", cause.events}});
    }
    return Json{{"type", std::string(event::word(outcome.type))},
                {"event", outcome.name.toStdString()},
                {"events", outcome.events},
                {"broken", outcome.broken},
                {"mended", outcome.mended},
                {"causes", std::move(causes)}};
}

int written(const QByteArray &bytes)
{
    auto output = Output::open({});
    if (!output) {
        return failed(output.error());
    }
    output->write(bytes);
    return output->commit() ? exitClean : failed(output->error());
}

QByteArray asJson(const std::vector<plan::Change> &changes, const plan::BreakCheck *breaks)
{
    Json made{{"changes", Json::array()}};
    for (const plan::Change &change : changes) {
        made["changes"].push_back(jsonOf(change));
    }
    if (breaks != nullptr) {
        made["events"] = breaks->events();
        made["outcomes"] = Json::array();
        for (const auto &outcome : breaks->outcomes()) {
            made["outcomes"].push_back(jsonOf(outcome));
        }
    }
    return QByteArray::fromStdString(made.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

QByteArray asText(const std::vector<plan::Change> &changes, const plan::BreakCheck *breaks)
{
    QString made;
    QString event;
    for (const plan::Change &change : changes) {
        plan::RuleSource rule;
        rule.type = change.type;
        rule.name = change.name;
        rule.version = change.version;
        const QString title = plan::titleOf(rule);
        if (title != event) {
            made += title + u'\n';
            event = title;
        }
        static constexpr std::array<char16_t, 3> marks{u'+', u'-', u'~'};
        made += u"  %1 %2 [%3]\n"_s.arg(QChar(marks[static_cast<std::size_t>(change.kind)]),
                                        plan::sentenceOf(change), word(change.impact));
    }
    const auto tightening = static_cast<std::uint64_t>(std::ranges::count_if(changes, canBreak));
    made += u"%1, %2 of them can break events that were valid.\n"_s
                .arg(counted(changes.size(), u"change"_s, u"changes"_s))
                .arg(tightening);
    if (breaks == nullptr) {
        return made.toUtf8();
    }
    std::uint64_t broken = 0;
    std::uint64_t mended = 0;
    for (const auto &outcome : breaks->outcomes()) {
        broken += outcome.broken;
        mended += outcome.mended;
        if (outcome.broken + outcome.mended == 0) {
            continue;
        }
        made +=
            u"\n%1 %2: %3 of %4 break, %5 become valid\n"_s.arg(text(event::word(outcome.type)), outcome.name)
                .arg(outcome.broken)
                .arg(outcome.events)
                .arg(outcome.mended);
        for (const auto &cause : outcome.causes) {
            made += u"    %1 (%2)\n"_s.arg(engine::findingText(cause.finding).message)
                        .arg(counted(cause.events, u"event"_s, u"events"_s));
        }
    }
    made +=
        u"\nOf %1 %2 break and %3 become valid.\n"_s.arg(counted(breaks->events(), u"event"_s, u"events"_s))
            .arg(broken)
            .arg(mended);
    return made.toUtf8();
}

} // namespace

int planDiff(const QStringList &arguments)
{
    Arguments options(
        u"plan diff"_s,
        u"Compares two plans, or two versions of one: events and properties added, removed, changed. "
        "With --events it says which changes break events that were valid."_s);
    options.addOption(u"events"_s, u"Judge the changes by these events; may be given several times."_s,
                      u"EVENTS"_s);
    options.addOption(u"format"_s, u"text or json (default text)."_s, u"FORMAT"_s, u"text"_s);
    options.addOption(u"fail-on"_s,
                      u"Exit 1: error when events break, warning when a change can break some, info for any "
                      "change, none (default error)."_s,
                      u"LEVEL"_s, u"error"_s);
    options.addPositional(u"plans"_s, u"The plan before, and the plan after."_s, u"A B"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto level = failLevel(options);
    const auto format = options.choice(u"format"_s, {u"text"_s, u"json"_s});
    if (!level || !format) {
        return failed(!level ? level.error() : format.error());
    }
    if (options.positional().size() != 2) {
        return failed({base::ErrorCode::BadInput,
                       u"'plan diff' takes two plans."_s,
                       {},
                       u"Name the plan before and the plan after."_s});
    }
    const auto before = readPlan(options.positional()[0]);
    if (!before) {
        return failed(before.error());
    }
    const auto after = readPlan(options.positional()[1]);
    if (!after) {
        return failed(after.error());
    }
    const std::vector<plan::Change> changes = plan::compare(*before, *after);
    std::unique_ptr<plan::BreakCheck> breaks;
    if (options.isSet(u"events"_s)) {
        breaks = std::make_unique<plan::BreakCheck>(*before, *after);
        std::uint64_t number = 0;
        const auto count = decodeAll(options.values(u"events"_s), u"Judged"_s, [&](const InputEvent &input) {
            const event::EventDraft &draft = input.decoded.draft;
            breaks->add(draft.type, draft.name, input.source, event::EventId(++number), input.decoded.merged);
        });
        if (!count) {
            return failed(count.error());
        }
    }
    const int status =
        written(*format == u"json"_s ? asJson(changes, breaks.get()) : asText(changes, breaks.get()));
    if (status != exitClean || !*level) {
        return status;
    }
    std::optional<event::Severity> worst;
    if (!changes.empty()) {
        worst = std::ranges::any_of(changes, canBreak) ? event::Severity::Warning : event::Severity::Info;
    }
    if (breaks != nullptr) {
        for (const auto &outcome : breaks->outcomes()) {
            worst = outcome.broken > 0 ? event::Severity::Error : worst;
        }
    }
    return worst && *worst >= **level ? exitFindings : exitClean;
}

int planLint(const QStringList &arguments)
{
    Arguments options(
        u"plan lint"_s,
        u"Says what is wrong with a plan itself: schemas that can't be used, names that are repeated, "
        "near each other or against the conventions, values that can never come, patterns that run "
        "away."_s);
    options.addOption(u"conventions"_s,
                      u"Naming conventions: a preset or a file ('off': none, the default)."_s,
                      u"NAME|FILE"_s);
    options.addOption(u"format"_s, u"text or json (default text)."_s, u"FORMAT"_s, u"text"_s);
    options.addOption(u"fail-on"_s, u"Exit 1 for what is at or above: none, error, warning or info."_s,
                      u"LEVEL"_s, u"error"_s);
    options.addPositional(u"file"_s, u"The plan: a file or a folder."_s, u"FILE"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto level = failLevel(options);
    const auto format = options.choice(u"format"_s, {u"text"_s, u"json"_s});
    if (!level || !format) {
        return failed(!level ? level.error() : format.error());
    }
    if (options.positional().size() != 1) {
        return failed({base::ErrorCode::BadInput, u"'plan lint' takes one plan."_s, {}, u"Name its file."_s});
    }
    check::Conventions conventions;
    conventions.isOn = false;
    if (const QString wanted = options.value(u"conventions"_s); !wanted.isEmpty() && wanted != u"off"_s) {
        auto loaded = check::Conventions::load(wanted);
        if (!loaded) {
            return failed(loaded.error());
        }
        conventions = std::move(*loaded);
    }
    const auto document = plan::readDocument(options.positional().constFirst());
    if (!document) {
        return failed(document.error());
    }
    const auto compiled = plan::compile(*document);
    const std::vector<check::PlanIssue> issues = check::lintPlan(*document, *compiled, conventions);
    Json list = Json::array();
    QString lines;
    std::optional<event::Severity> worst;
    for (const check::PlanIssue &issue : issues) {
        worst = std::max(worst.value_or(issue.severity), issue.severity);
        plan::RuleSource rule;
        rule.type = issue.type;
        rule.name = issue.name;
        rule.version = issue.version;
        const bool isOfPlan = issue.type == event::CallType::None && issue.name.isEmpty();
        const QString where = isOfPlan ? u"plan"_s : plan::titleOf(rule);
        lines += u"%1: %2%3: %4 [%5]\n    %6\n"_s.arg(
            text(event::word(issue.severity)), where,
            issue.path.isEmpty() ? QString() : u", "_s + plan::shownPath(issue.path), issue.message,
            text(check::word(issue.fault)), issue.fix);
        Json one{{"fault", std::string(check::word(issue.fault))},
                 {"severity", std::string(event::word(issue.severity))}};
        if (!isOfPlan) {
            one["type"] = std::string(event::word(issue.type));
            one["event"] = issue.name.toStdString();
            one["version"] = issue.version;
        }
        if (!issue.path.isEmpty()) {
            one["property"] = plan::shownPath(issue.path).toStdString();
        }
        one["message"] = issue.message.toStdString();
        one["fix"] = issue.fix.toStdString();
        list.push_back(std::move(one));
    }
    lines += u"%1: %2, %3.\n"_s.arg(document->name, counted(document->rules.size(), u"rule"_s, u"rules"_s),
                                    counted(issues.size(), u"problem"_s, u"problems"_s));
    const int status = written(
        *format == u"json"_s ? QByteArray::fromStdString(Json{
                                   {"plan", document->name.toStdString()},
                                   {"rules", document->rules.size()},
                                   {"issues",
                                    std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace)) +
                                   '\n'
                             : lines.toUtf8());
    return status == exitClean && *level && worst && *worst >= **level ? exitFindings : status;
}

} // namespace cli
