// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/decodedevents.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/totals.h"
#include "app/engine/engine.h"
#include "app/engine/findingwords.h"
#include "json/quote.h"

#include <QTextStream>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

struct CheckedEvent
{
    QString place;
    event::EventDraft draft;
    event::EventState state;
};

/// Gives each event its verdict.
class FileChecker
{
public:
    explicit FileChecker(std::shared_ptr<const check::Checker> checker)
        : m_checker(std::move(checker))
    {
    }

    [[nodiscard]] CheckedEvent check(InputEvent input) const
    {
        CheckedEvent checked{std::move(input.place), std::move(input.decoded.draft), {}};
        event::EventDraft &draft = checked.draft;
        plan::Verdict verdict =
            m_checker->check(check::EventView{draft.type, draft.name, input.source, input.decoded.merged,
                                              draft.end - draft.begin, input.receivedUs});
        draft.status = verdict.status;
        draft.findings.insert(draft.findings.end(), std::make_move_iterator(verdict.findings.begin()),
                              std::make_move_iterator(verdict.findings.end()));
        std::ranges::stable_sort(draft.findings, std::ranges::greater{}, &event::Finding::severity);
        checked.state = event::stateFor(draft.status, draft.findings, 0);
        return checked;
    }

private:
    std::shared_ptr<const check::Checker> m_checker;
};

CheckedEvent rejectedPart(const QString &place, const QString &reason)
{
    CheckedEvent rejected{place, {}, {}};
    rejected.draft.status = event::Status::Rejected;
    rejected.draft.name = reason;
    rejected.state = event::stateFor(event::Status::Rejected, {}, 0);
    return rejected;
}

QByteArray wordOf(auto value)
{
    const std::string_view text = event::word(value);
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray quoted(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return json::quoted(std::string_view(utf8.data(), static_cast<std::size_t>(utf8.size())));
}

QByteArray asJson(const CheckedEvent &checked)
{
    QByteArray line = "{\"at\":" + quoted(checked.place);
    if (checked.draft.type != event::CallType::None) {
        line += ",\"type\":\"" + wordOf(checked.draft.type) + '"';
    }
    if (!checked.draft.name.isEmpty()) {
        line += ",\"event\":" + quoted(checked.draft.name);
    }
    line += ",\"status\":\"" + wordOf(checked.draft.status) + "\",\"findings\":[";
    bool isFirst = true;
    for (const event::Finding &finding : checked.draft.findings) {
        const event::FindingText text = engine::findingText(finding);
        line += (isFirst ? "" : ",") + ("{\"rule\":\"" + wordOf(finding.rule)) + "\",\"kind\":\"" +
                wordOf(event::kindOf(finding.rule)) + "\",\"severity\":\"" + wordOf(finding.severity) +
                "\",\"at\":" + quoted(finding.at.toString()) + ",\"message\":" + quoted(text.message) +
                ",\"fix\":" + quoted(text.fix) + '}';
        isFirst = false;
    }
    return line + "]}";
}

QByteArray asText(const CheckedEvent &checked)
{
    const QString call = QString::fromUtf8(wordOf(checked.draft.type)) + u' ' + checked.draft.name;
    QString text = checked.place + u": "_s + call.trimmed() + u" \u2013 "_s +
                   QString::fromUtf8(wordOf(checked.draft.status));
    for (const event::Finding &finding : checked.draft.findings) {
        const event::FindingText words = engine::findingText(finding);
        text += u"\n    %1: %2 [%3%4]\n        %5"_s.arg(
            QString::fromUtf8(wordOf(finding.severity)), words.message,
            QString::fromUtf8(wordOf(finding.rule)),
            finding.at.isRoot() ? QString() : u' ' + finding.at.toString(), words.fix);
    }
    return text.toUtf8();
}

} // namespace

int check(const QStringList &arguments)
{
    Arguments options(u"check"_s,
                      u"Checks events against tracking plans and naming conventions. EVENTS is a file or - "
                      u"(standard input):\n"
                      "NDJSON, a JSON array, a Segment batch body, a HAR, curl commands, or a Trackside "
                      "store."_s);
    options.addOption(u"plan"_s, u"Check against this tracking plan; may be given several times."_s,
                      u"FILE"_s);
    options.addOption(u"conventions"_s,
                      u"Naming conventions: a preset or a file ('off': none, the default)."_s,
                      u"NAME|FILE"_s);
    options.addOption(u"format"_s, u"text or json (default text)."_s, u"FORMAT"_s, u"text"_s);
    options.addOption(u"fail-on"_s, u"Exit 1 for findings at or above: none, error, warning or info."_s,
                      u"LEVEL"_s, u"error"_s);
    options.addPositional(u"events"_s, u"Files with events, or -."_s, u"EVENTS..."_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto level = failLevel(options);
    const auto format = options.choice(u"format"_s, {u"text"_s, u"json"_s});
    if (!level || !format) {
        return failed(!level ? level.error() : format.error());
    }
    if (options.positional().isEmpty()) {
        return failed({base::ErrorCode::BadInput,
                       u"No events were named."_s,
                       {},
                       u"Name a file, or - for standard input."_s});
    }
    auto checker = engine::loadChecker(options.values(u"plan"_s), options.value(u"conventions"_s));
    if (!checker) {
        return failed(checker.error());
    }
    for (const auto &plan : (*checker)->plans().plans()) {
        for (const plan::Problem &problem : plan->problems) {
            QTextStream(stderr) << plan->path << ": " << problem.where << ": " << problem.message << '\n';
        }
    }
    auto output = Output::open({});
    if (!output) {
        return failed(output.error());
    }

    const bool isJson = *format == u"json"_s;
    const FileChecker files(std::move(*checker));
    Totals totals;
    Progress progress(u"Checked"_s);
    bool isFirst = true;
    if (isJson) {
        output->write("{\"events\":[");
    }
    const auto write = [&](const CheckedEvent &checked) {
        totals.add(checked.state);
        if (isJson) {
            output->write((isFirst ? "\n" : ",\n") + asJson(checked));
            isFirst = false;
        } else if (!checked.draft.findings.empty() || checked.state.status == event::Status::Rejected) {
            output->write(asText(checked) + '\n');
        }
    };
    for (const QString &path : options.positional()) {
        std::uint64_t seen = 0;
        const auto take = [&](const CheckedEvent &event) {
            write(event);
            progress.set(++seen);
        };
        const auto report = decodeEvents(
            path, {[&](InputEvent input) { take(files.check(std::move(input))); },
                   [&](const QString &place, const QString &reason) { take(rejectedPart(place, reason)); }});
        if (!report) {
            return failed(report.error());
        }
        for (const segment::ImportProblem &problem : report->problems) {
            write(rejectedPart(problem.place, problem.message));
        }
        for (std::uint64_t i = report->problems.size(); i < report->unreadable; ++i) {
            totals.add(rejectedPart({}, {}).state);
        }
    }
    if (isJson) {
        output->write("\n],\"summary\":" + totals.json() + "}\n");
    } else {
        output->write((totals.line() + u"; "_s).toUtf8() +
                      QByteArray::number(totals.of(event::Status::Rejected)) + " not readable.\n");
    }
    if (!output->commit()) {
        return failed(output->error());
    }
    return totals.exitStatus(*level);
}

} // namespace cli
