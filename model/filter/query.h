// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/event.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>
#include <QVariant>

namespace filter {

enum class Field : std::uint8_t {
    Word, Type, Event, Source, User, Anonymous, Message, Session, Status, Has, Rule, Library, App,
    Platform, Time, Prop, Trait, Ctx, Delivery,
};

enum class Compare : std::uint8_t { Equal, Greater, GreaterEqual, Less, LessEqual, Range };

/// One term: `field:value`, or a word.
struct Term {
    Field field = Field::Word;
    QString path;  ///< of prop., trait., ctx.; the destination of delivery.
    Compare compare = Compare::Equal;
    QString value; ///< may hold * wildcards when it was not quoted
    QString upper; ///< of a Range
    bool isQuoted = false;
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;
struct Node {
    enum class Kind : std::uint8_t { Term, And, Or, Not } kind = Kind::Term;
    Term term;
    std::vector<NodePtr> children;
};

/// A mistake, with its place in the text (UTF-16 units) and a sentence that says what was expected.
struct SyntaxError {
    qsizetype position = 0;
    qsizetype length = 0;
    QString message;
};

/// A filter as typed and as understood; a null root matches everything. Value; any thread.
struct Query {
    QString text;
    NodePtr root;
};

[[nodiscard]] tl::expected<Query, SyntaxError> parse(const QString &text);

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
/// status, session, time, most of has): then it runs over the log without touching the store.
[[nodiscard]] bool isSummaryOnly(const Query &query);
[[nodiscard]] bool matches(const Query &query, const Subject &subject);

/// The query as an SQL condition over the store's `event` table (alias e), with its bound values
/// (QString, qint64, double or QByteArray). `exact` false: the condition lets more through than the
/// query means, so each row must still be put through matches(). Column and function names are those
/// of the store's schema: see store/schema.h.
struct Sql {
    QString where; ///< "1" when nothing narrows
    std::vector<QVariant> values;
    bool exact = true;
    QString fullText; ///< FTS5 MATCH expression that narrows the candidates; empty when none can
};
[[nodiscard]] Sql toSql(const Query &query);

/// What could stand at the cursor. `seen` gives values seen for a field, most frequent first.
struct Completion {
    qsizetype from = 0; ///< replace the text from here to the cursor
    QStringList candidates;
};
using SeenValues = std::function<QStringList(Field field, const QString &path, const QString &prefix)>;
[[nodiscard]] Completion complete(const QString &text, qsizetype cursor, const SeenValues &seen);

} // namespace filter
