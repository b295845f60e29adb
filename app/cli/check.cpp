// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/eventinput.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/totals.h"
#include "app/engine/engine.h"
#include "app/engine/findingwords.h"
#include "base/clock.h"
#include "segment/decode.h"
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

/// What the file says, else the app's name in the event; empty when neither tells: then every plan is asked.
QString sourceOf(const InputEvent &input, json::Value merged)
{
    if (!input.source.isEmpty()) {
        return input.source;
    }
    const std::string_view app = merged.find("context").find("app").find("name").text();
    return QString::fromUtf8(app.data(), static_cast<qsizetype>(app.size()));
}

/// An event from a file goes through the same decoding as one from a socket: as a batch of one.
class FileChecker
{
public:
    explicit FileChecker(std::shared_ptr<const check::Checker> checker)
        : m_checker(std::move(checker))
    {
    }

    [[nodiscard]] CheckedEvent check(const InputEvent &input)
    {
        event::CapturedRequest captured;
        captured.receivedUs = input.receivedUs != 0 ? input.receivedUs : m_clock.nowUs();
        captured.request.method = "POST";
        captured.request.target = "/v1/batch";
        captured.request.body = "{\"batch\":[" + input.body + ']';
        if (input.envelope.size() > 2) {
            captured.request.body += ',' + input.envelope.mid(1, input.envelope.lastIndexOf('}') - 1);
        }
        captured.request.body += '}';

        segment::Decoded decoded = segment::decode(captured, m_parser, {});
        CheckedEvent checked;
        checked.place = input.place;
        if (decoded.events.empty()) {
            if (!decoded.request.events.empty()) {
                checked.draft = std::move(decoded.request.events.front());
            }
            checked.draft.status = event::Status::Rejected;
            checked.draft.name = QString::fromUtf8(decoded.request.rejectReason);
        } else {
            segment::DecodedEvent &one = decoded.events.front();
            checked.draft = std::move(one.draft);
            const QString source = sourceOf(input, one.merged);
            plan::Verdict verdict = m_checker->check(
                check::EventView{checked.draft.type, checked.draft.name, source, one.merged,
                                 static_cast<std::uint32_t>(input.body.size()), captured.receivedUs});
            checked.draft.status = verdict.status;
            std::vector<event::Finding> &findings = checked.draft.findings;
            // A file says nothing of the write key, little of the sending, and without its arrival nothing of
            // the clock.
            std::erase_if(findings, [&input](const event::Finding &finding) {
                using enum event::RuleId;
                const bool isOfTheClock = finding.rule == ProtocolClockSkew || finding.rule == ProtocolLate;
                return finding.rule == ProtocolNoWriteKey || finding.rule == ProtocolWriteKeyShort ||
                       finding.rule == ProtocolNoMessageId || finding.rule == ProtocolNoSentAt ||
                       (isOfTheClock && input.receivedUs == 0);
            });
            findings.insert(findings.end(), std::make_move_iterator(verdict.findings.begin()),
                            std::make_move_iterator(verdict.findings.end()));
            std::ranges::stable_sort(findings, std::ranges::greater{}, &event::Finding::severity);
        }
        checked.state = event::stateFor(checked.draft.status, checked.draft.findings, 0);
        return checked;
    }

private:
    std::shared_ptr<const check::Checker> m_checker;
    json::Parser m_parser;
    base::SystemClock m_clock;
};

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
                      "NDJSON, a JSON array, a Segment batch body, a HAR, or a Trackside store."_s);
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
    FileChecker files(std::move(*checker));
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
        const auto report = readEvents(path, [&](const InputEvent &input) {
            write(files.check(input));
            progress.set(++seen);
        });
        if (!report) {
            return failed(report.error());
        }
        for (const InputProblem &problem : report->problems) {
            CheckedEvent rejected;
            rejected.place = problem.place;
            rejected.draft.status = event::Status::Rejected;
            rejected.draft.name = problem.message;
            rejected.state = event::stateFor(event::Status::Rejected, {}, 0);
            write(rejected);
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
