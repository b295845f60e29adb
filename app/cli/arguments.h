// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/event.h"
#include "filter/query.h"

#include <QCommandLineParser>
#include <QStringList>

namespace cli {

/// Ends the command with status 2 after one line on standard error.
[[nodiscard]] int failed(const base::Error &error);

/// What a command understands, its help, and one-line errors instead of the parser's own exits.
class Arguments
{
public:
    Arguments(const QString &command, const QString &description);

    void addOption(const QString &name, const QString &description, const QString &valueName = {},
                   const QString &defaultValue = {});
    void addPositional(const QString &name, const QString &description, const QString &syntax);

    /// Nothing to do any more (help was printed, or usage was wrong): the status to end with.
    [[nodiscard]] std::optional<int> parse(const QStringList &arguments);

    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] bool isSet(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QStringList positional() const { return m_parser.positionalArguments(); }
    /// A count of at least `least`.
    [[nodiscard]] base::Result<int> number(const QString &name, int least) const;
    /// One of the words given.
    [[nodiscard]] base::Result<QString> choice(const QString &name, const QStringList &words) const;

private:
    QString m_command;
    QCommandLineParser m_parser;
};

/// `--fail-on`: nothing for "none".
[[nodiscard]] base::Result<std::optional<event::Severity>> failLevel(const Arguments &arguments);
/// What an event counts as for `--fail-on`: its worst finding, error for a violation or a rejected request,
/// warning for an unplanned event; nothing when it is clean.
[[nodiscard]] std::optional<event::Severity> severityOf(const event::EventState &state);

/// A filter from the command line; the error shows the text with a mark under the mistake.
[[nodiscard]] base::Result<filter::Query> parseFilter(const QString &text);

/// "3 violations": a count with its word.
[[nodiscard]] QString counted(std::uint64_t count, const QString &singular, const QString &plural);

} // namespace cli
