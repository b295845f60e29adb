// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"

#include "app/cli/commands.h"

#include <QLocale>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace cli {

int failed(const base::Error &error)
{
    QTextStream(stderr) << "trackside-cli: " << error.oneLine() << '\n';
    return exitFailed;
}

Arguments::Arguments(const QString &command, const QString &description)
    : m_command(command)
{
    m_parser.setApplicationDescription(description);
    // Not the parser's own, which comes with --help-all for options of Qt this program has none of.
    m_parser.addOption(QCommandLineOption({u"h"_s, u"help"_s}, u"Show this help."_s));
}

void Arguments::addOption(const QString &name, const QString &description, const QString &valueName,
                          const QString &defaultValue)
{
    m_parser.addOption(QCommandLineOption(name.split(u','), description, valueName, defaultValue));
}

void Arguments::addPositional(const QString &name, const QString &description, const QString &syntax)
{
    m_parser.addPositionalArgument(name, description, syntax);
}

std::optional<int> Arguments::parse(const QStringList &arguments)
{
    // The first argument is shown as the program in the help.
    QStringList all = arguments;
    all.first() = u"trackside-cli "_s + m_command;
    if (!m_parser.parse(all)) {
        return failed({base::ErrorCode::BadInput,
                       m_parser.errorText(),
                       {},
                       u"'trackside-cli %1 --help' lists what it takes."_s.arg(m_command)});
    }
    if (m_parser.isSet(u"help"_s)) {
        QString help = m_parser.helpText();
        // The parser prints the application's name where the command belongs.
        const qsizetype lineEnd = help.indexOf(u'\n');
        const qsizetype optionsAt = help.indexOf(u" [options]"_s);
        if (optionsAt >= 0 && optionsAt < lineEnd) {
            help = u"Usage: trackside-cli "_s + m_command + help.mid(optionsAt);
        }
        QTextStream(stdout) << help;
        return exitClean;
    }
    return std::nullopt;
}

base::Result<int> Arguments::number(const QString &name, int least) const
{
    bool isNumber = false;
    const int number = value(name).toInt(&isNumber);
    if (!isNumber || number < least) {
        return base::failure(base::ErrorCode::BadInput, u"--%1 is '%2'."_s.arg(name, value(name)), {},
                             u"Give a whole number of at least %1."_s.arg(least));
    }
    return number;
}

base::Result<QString> Arguments::choice(const QString &name, const QStringList &words) const
{
    if (!words.contains(value(name))) {
        return base::failure(base::ErrorCode::BadInput, u"--%1 is '%2'."_s.arg(name, value(name)), {},
                             u"Choose one of %1."_s.arg(words.join(u", "_s)));
    }
    return value(name);
}

base::Result<std::optional<event::Severity>> failLevel(const Arguments &arguments)
{
    const auto word = arguments.choice(u"fail-on"_s, {u"none"_s, u"error"_s, u"warning"_s, u"info"_s});
    if (!word) {
        return base::Failure(word.error());
    }
    return event::severityFromWord(word->toStdString());
}

std::optional<event::Severity> severityOf(const event::EventState &state)
{
    std::optional<event::Severity> worst;
    if (state.findings > 0) {
        worst = state.worst;
    }
    if (state.status == event::Status::Violation || state.status == event::Status::Rejected) {
        worst = event::Severity::Error;
    } else if (state.status == event::Status::Unplanned) {
        worst = std::max(worst.value_or(event::Severity::Warning), event::Severity::Warning);
    }
    return worst;
}

base::Result<filter::Query> parseFilter(const QString &text)
{
    auto query = filter::parse(text);
    if (!query) {
        const filter::SyntaxError &error = query.error();
        return base::failure(
            base::ErrorCode::BadInput,
            u"The filter has a mistake at character %1: %2"_s.arg(error.position + 1).arg(error.message),
            u"It reads '%1'."_s.arg(text), {});
    }
    return std::move(*query);
}

QString counted(std::uint64_t count, const QString &singular, const QString &plural)
{
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(count)) + u' ' +
           (count == 1 ? singular : plural);
}

} // namespace cli
