// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/event.h"
#include "filter/pattern.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>
#include <QVariant>

namespace filter {

/// The filter language:
///
///     query  = all { "OR" all }
///     all    = one { one }                     an AND between is allowed and says nothing
///     one    = "-" one | "(" query ")" | term
///     term   = [ field ":" ] value             without a field: a word of the full text
///     value  = text with * wildcards | ">" v | ">=" v | "<" v | "<=" v | v ".." v
///
/// "Quotes" keep spaces, parentheses and everything else but the star; a backslash makes the next character
/// an ordinary one, in quotes and outside. A text field's value is the whole text, whatever the case;
/// `field:*` asks that there is one. A word stands at the beginning of a word of the text; in quotes it also
/// ends with one.
enum class Field : std::uint8_t {
    Word,
    Type,
    Event,
    Source,
    User,
    Anonymous,
    Message,
    Session,
    Status,
    Has,
    Rule,
    Library,
    App,
    Platform,
    Time,
    Prop,
    Trait,
    Ctx,
    Delivery,
};

enum class Compare : std::uint8_t { Equal, Greater, GreaterEqual, Less, LessEqual, Range };

/// A stretch of time, in microseconds UTC. A date is its whole day, 10:30 its whole minute.
struct Span
{
    std::int64_t fromUs = 0;
    std::int64_t untilUs = 0; ///< first microsecond after it
    bool isDay = false;       ///< > and <= count from the end of a day, but from the first moment of 10:30
};

/// One term: `field:value`, or a word.
struct Term
{
    Field field = Field::Word;
    QString path; ///< of prop., trait., ctx.: keys with dots between, a backslash before a key's own dot; the
                  ///< destination of delivery.
    Compare compare = Compare::Equal;
    QString value; ///< * is a wildcard; a literal star or backslash has a backslash before it
    QString upper; ///< of a Range
    bool isQuoted = false;

    // What parse() makes of these, for evaluation.
    Pattern pattern;
    std::vector<std::string> keys;             ///< of the path, UTF-8
    std::uint32_t choices = 0;                 ///< bit per CallType, Status, Has or DeliveryState meant
    std::optional<double> number, upperNumber; ///< the values, when they are numbers
    std::optional<Span> span, upperSpan;       ///< the values, when they are times
};

/// What `has:` can ask for.
enum class Has : std::uint8_t {
    Violation,
    Lint,
    Pii,
    Privacy,
    Protocol,
    Identity,
    Note,
    Bookmark,
    DeliveryError
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;
struct Node
{
    enum class Kind : std::uint8_t { Term, And, Or, Not } kind = Kind::Term;
    Term term;
    std::vector<NodePtr> children;
};

/// A mistake, with its place in the text (UTF-16 units) and a sentence that says what was expected.
struct SyntaxError
{
    qsizetype position = 0;
    qsizetype length = 0;
    QString message;
};

/// A filter as typed and as understood; a null root matches everything. Made by parse(). Value; any thread.
struct Query
{
    QString text;
    NodePtr root;
};

/// `10:30` means today's, local, at the moment of parsing.
[[nodiscard]] tl::expected<Query, SyntaxError> parse(const QString &text);
/// The language's text for a tree; parse() gives the same tree again.
[[nodiscard]] QString toString(const NodePtr &root);
/// A value as text that means exactly this value, quoted where needed.
[[nodiscard]] QString literal(const QString &value);

/// The parts of an event that a term may ask for beyond its summary; computed only when asked.
class Subject
{
public:
    virtual ~Subject() = default;
    [[nodiscard]] virtual const event::EventSummary &summary() const = 0;
    [[nodiscard]] virtual event::EventState state() const = 0;
    [[nodiscard]] virtual QString name() const = 0;
    [[nodiscard]] virtual QString source() const = 0;
    [[nodiscard]] virtual QString user() const = 0;
    [[nodiscard]] virtual QByteArray body() const = 0; ///< the event's own JSON
    [[nodiscard]] virtual std::vector<event::Finding> findings() const = 0;
    /// State of its delivery to a destination ("pending", "delivered", "failed"); empty when none.
    [[nodiscard]] virtual QString delivery(const QString &destination) const = 0;
};

/// True when the query reads only what every row of the EventLog holds (type, event, source, user,
/// status, session, time, has): then it runs over the log without touching the store.
[[nodiscard]] bool isSummaryOnly(const Query &query);
[[nodiscard]] bool matches(const Query &query, const Subject &subject);

/// matches() for many events: keeps the parser's buffers between them. One thread at a time.
class Matcher
{
public:
    explicit Matcher(Query query);
    ~Matcher();
    Matcher(Matcher &&) noexcept;
    Matcher &operator=(Matcher &&) noexcept;

    [[nodiscard]] const Query &query() const;
    [[nodiscard]] bool matches(const Subject &subject);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The query as an SQL condition over the store's `event` table (alias e), with its bound values
/// (QString, qint64, double or QByteArray). `exact` false: the condition lets more through than the
/// query means, so each row must still be put through matches(). Column and function names are those
/// of the store's schema: see store/schema.h.
struct Sql
{
    QString where; ///< "1" when nothing narrows
    std::vector<QVariant> values;
    bool exact = true;
    QString fullText; ///< FTS5 MATCH expression that narrows the candidates; empty when none can
};
[[nodiscard]] Sql toSql(const Query &query);

/// What could stand at the cursor. `seen` gives values seen for a field, most frequent first; of Prop, Trait
/// and Ctx with an empty path, and of Delivery, it gives paths (destinations) that begin with the prefix.
struct Completion
{
    qsizetype from = 0; ///< replace the text from here to the cursor
    QStringList candidates;
};
using SeenValues = std::function<QStringList(Field field, const QString &path, const QString &prefix)>;
[[nodiscard]] Completion complete(const QString &text, qsizetype cursor, const SeenValues &seen);

} // namespace filter
