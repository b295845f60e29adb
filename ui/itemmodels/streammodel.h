// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mailbox.h"
#include "base/textcache.h"
#include "stream/stream.h"
#include "ui/itemmodels/positionlist.h"

#include <deque>
#include <unordered_set>

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QTimer>

namespace ui {

/// Which dictionary an id belongs to.
enum class TextKind : std::uint8_t { Name, User, Source };

/// The stream as a table: one row an event that matches the filter, in arrival order. Lives on the GUI
/// thread; post() comes from the stream thread. Subscribe it after it is made, unsubscribe it before it goes.
///
/// Updates wait in a mailbox and are taken at most every 16 ms: all appended rows in one insert, a changed
/// filter in one reset. The view keeps its selection and place by EventId over aboutToSwap() and swapped().
class StreamModel final : public QAbstractTableModel, public stream::Subscriber
{
    Q_OBJECT
public:
    enum Column : int {
        TimeColumn,
        SourceColumn,
        TypeColumn,
        EventColumn,
        UserColumn,
        FindingsColumn,
        DeliveryColumn,
        ColumnCount,
    };

    /// All roles answer the same for every column of a row.
    enum Role : int {
        EventIdRole = Qt::UserRole + 1, ///< quint64
        ReceivedUsRole,                 ///< qint64, microseconds UTC
        TypeRole,                       ///< int of event::CallType
        StatusRole,                     ///< int of event::Status
        FindingCountRole,               ///< int
        WorstRole,                      ///< int of event::Severity; only with findings
        TopRuleRole,                    ///< int of event::RuleId; 0: no findings
        FlagsRole,                      ///< int, event::Flag bits
        DeliveryRole,                   ///< int of event::DeliveryState
        SourceIdRole,                   ///< uint
        SessionIdRole,                  ///< uint
        IsNewRole,                      ///< bool: came less than 600 ms ago
    };

    /// Everything a delegate paints of a row, without a QVariant for each.
    struct Row
    {
        event::EventSummary summary;
        event::EventState state;
        bool isNew = false;
    };

    explicit StreamModel(QObject *parent = nullptr);
    ~StreamModel() override;

    void post(stream::StreamUpdate update) override; ///< any thread

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    void multiData(const QModelIndex &index, QModelRoleDataSpan roleDataSpan) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] Row rowAt(int row) const;
    [[nodiscard]] event::EventId eventId(int row) const; ///< 0: no such row
    [[nodiscard]] int rowOf(event::EventId id) const;    ///< -1: not shown
    /// The row of the id, else of the first shown event after it, else the last one; -1 when empty.
    [[nodiscard]] int nearestRow(event::EventId id) const;
    /// First row received at or after this time; rowCount() when there is none.
    [[nodiscard]] int rowAtTime(std::int64_t receivedUs) const;

    /// Text of a dictionary id; empty while it is not known: then textsWanted() follows.
    [[nodiscard]] QString text(TextKind kind, std::uint32_t id) const;
    /// The answer to textsWanted(), or a renamed source.
    void putText(TextKind kind, std::uint32_t id, const QString &text);
    /// Local "HH:MM:SS.mmm".
    [[nodiscard]] QString timeText(std::int64_t receivedUs) const;

    /// Freezes what is shown, never the capture.
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Matches that came while paused.
    [[nodiscard]] quint64 heldBack() const { return m_held.size(); }

    [[nodiscard]] quint64 filterGeneration() const { return m_filterGeneration; }
    /// False while older rows are still being searched.
    [[nodiscard]] bool isFilterComplete() const { return m_isFilterComplete; }
    /// Rows in the log, shown or not: "1,204 of 80,113".
    [[nodiscard]] quint64 loggedRows() const;
    /// The latest of each, for widgets made later than the model.
    [[nodiscard]] const stream::FacetCounts &facets() const { return m_facets; }
    [[nodiscard]] const stream::Timeline &timeline() const { return m_timeline; }
    [[nodiscard]] const stream::Totals &totals() const { return m_totals; }

signals:
    /// The rows are about to be replaced by those of another filter: remember selection and place by id.
    void aboutToSwap();
    void swapped();
    /// At the end of a tick that inserted rows.
    void rowsAppended(int count);
    void heldBackChanged(quint64 count);
    void pausedChanged(bool isPaused);
    void filterProgressed(bool isComplete);
    void facetsChanged();
    void timelineChanged();
    void totalsChanged();
    /// Texts a shown row needs and the cache has lost: answer with putText().
    void textsWanted(ui::TextKind kind, const QList<quint32> &ids);
    /// State of shown events changed (a new verdict, a delivery): what shows their details may fetch again.
    void eventsChanged(const QList<quint64> &eventIds);

private:
    using Position = event::EventLog::Position;

    void wake();
    void tick();
    void take(stream::StreamUpdate &update);
    void dropLeftRows();
    void insertAppended();
    void replaceRows();
    void announceChanged();
    void expireNew();
    void announceWanted();
    [[nodiscard]] QString columnText(const Row &row, int column) const;
    [[nodiscard]] QString accessibleText(const Row &row, int column) const;
    [[nodiscard]] QVariant value(const QModelIndex &index, int role) const;
    [[nodiscard]] base::TextCache &cache(TextKind kind) const;

    base::Mailbox<stream::StreamUpdate> m_mailbox;
    std::deque<stream::StreamUpdate> m_waiting; ///< taken out of the mailbox, left over by the 4 ms
    QTimer m_tick;
    QElapsedTimer m_clock;
    qint64 m_lastTickMs = -1000;

    event::EventLog::Snapshot m_log;    ///< of the rows shown: frozen while paused
    event::EventLog::Snapshot m_latest; ///< of the last update
    PositionList m_rows;
    PositionList m_held;
    Position m_pausedAt = 0;
    bool m_isPaused = false;

    // Collected over the updates of one tick.
    stream::Positions m_newReset;
    std::vector<Position> m_newRows;
    std::vector<event::EventId> m_newChanged;

    quint64 m_filterGeneration = 0;
    bool m_isFilterComplete = true;
    stream::FacetCounts m_facets;
    stream::Timeline m_timeline;
    stream::Totals m_totals;

    /// Rows from this position on came at that time (ms of m_clock).
    struct Arrival
    {
        Position from;
        qint64 atMs;
    };
    std::deque<Arrival> m_arrivals;
    Position m_newFrom = 0;
    QTimer m_tint;

    mutable base::TextCache m_names, m_users, m_sources;
    mutable std::array<std::unordered_set<std::uint32_t>, 3> m_wanted; ///< not announced yet
    mutable std::array<std::unordered_set<std::uint32_t>, 3> m_asked;
    mutable QTimer m_want;

    mutable std::int64_t m_offsetHour = -1; ///< the hour m_offsetUs was looked up for
    mutable std::int64_t m_offsetUs = 0;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::TextKind)
