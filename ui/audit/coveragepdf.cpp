// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/audit/coveragepdf.h"

#include "ui/itemmodels/coveragemodel.h"
#include "ui/theme/theme.h"

#include <array>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CoveragePdf", text);
}

QString numberText(std::uint64_t number)
{
    return QLocale().toString(static_cast<qulonglong>(number));
}

QString percentText(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
               ? u"\u2013"_s
               : QLocale().toString(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 1) +
                     u" %"_s;
}

QString timeText(std::int64_t us)
{
    return us == 0 ? QString()
                   : QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString nameOf(const report::EventCoverage &row)
{
    const std::string_view type = event::word(row.type);
    return row.name.isEmpty() ? QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()))
                              : row.name;
}

struct Column
{
    QString title;
    double share; ///< of the page's width
    bool isNumber = false;
};

/// A cell is a text, or a bar of a share.
struct Cell
{
    QString text;
    double share = -1;
    Role role = Role::Text;
};

/// Draws from the top down and begins a page when one is full. Paper is white: the light theme's colours.
class Pages
{
public:
    Pages(QPdfWriter &writer, QFont font, QString footer)
        : m_writer(writer)
        , m_painter(&writer)
        , m_font(std::move(font))
        , m_colors(Theme::load(Theme::Variant::Light))
        , m_footer(std::move(footer))
        , m_unit(writer.logicalDpiY() / 72.0)
        , m_width(m_painter.viewport().width())
        , m_height(m_painter.viewport().height())
    {
        foot();
    }

    [[nodiscard]] bool isActive() const { return m_painter.isActive(); }

    void heading(const QString &text, double points, double before)
    {
        const double height = points * 1.6 * m_unit;
        // A heading stays with what it heads.
        room(height + before * m_unit + 40 * m_unit);
        m_y += m_isAtTop ? 0 : before * m_unit;
        setFont(points, QFont::DemiBold);
        draw(text, QRectF(0, m_y, m_width, height), Role::Text, Qt::AlignLeft);
        m_y += height;
        m_isAtTop = false;
    }

    void words(const QString &text)
    {
        setFont(9, QFont::Normal);
        const double height = 14 * m_unit;
        room(height);
        draw(text, QRectF(0, m_y, m_width, height), Role::TextSecondary, Qt::AlignLeft);
        m_y += height;
        m_isAtTop = false;
    }

    void cards(const std::array<std::pair<QString, QString>, 4> &figures)
    {
        const double height = 46 * m_unit;
        const double gap = 8 * m_unit;
        const double width = (m_width - 3 * gap) / 4;
        room(height + gap);
        m_y += gap;
        double x = 0;
        for (const auto &[figure, text] : figures) {
            const QRectF card(x, m_y, width, height);
            m_painter.setPen(QPen(color(Role::Border), 0.7 * m_unit));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRoundedRect(card, 4 * m_unit, 4 * m_unit);
            const QRectF inside = card.adjusted(8 * m_unit, 6 * m_unit, -8 * m_unit, -6 * m_unit);
            setFont(15, QFont::DemiBold);
            draw(figure, inside, Role::Text, Qt::AlignLeft | Qt::AlignTop);
            setFont(7.5, QFont::Normal);
            draw(text, inside, Role::TextSecondary, Qt::AlignLeft | Qt::AlignBottom);
            x += width + gap;
        }
        m_y += height + gap;
        m_isAtTop = false;
    }

    void table(const std::vector<Column> &columns, const std::vector<std::vector<Cell>> &rows)
    {
        const double height = 14 * m_unit;
        const auto header = [&] {
            m_painter.fillRect(QRectF(0, m_y, m_width, height), color(Role::Sunken));
            setFont(7.5, QFont::DemiBold);
            double x = 0;
            for (const Column &column : columns) {
                draw(column.title, cellRect(x, column, height), Role::TextSecondary,
                     column.isNumber ? Qt::AlignRight : Qt::AlignLeft);
                x += column.share * m_width;
            }
            m_y += height;
            m_isAtTop = false;
        };
        room(3 * height);
        header();
        for (const std::vector<Cell> &row : rows) {
            if (m_y + height > bottom()) {
                next();
                header();
            }
            double x = 0;
            setFont(8, QFont::Normal);
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const QRectF place = cellRect(x, columns[i], height);
                if (row[i].share >= 0) {
                    bar(place, row[i].share);
                } else {
                    draw(row[i].text, place, row[i].role,
                         columns[i].isNumber ? Qt::AlignRight : Qt::AlignLeft);
                }
                x += columns[i].share * m_width;
            }
            m_y += height;
            m_painter.fillRect(QRectF(0, m_y, m_width, 0.5 * m_unit), color(Role::Border));
        }
    }

private:
    [[nodiscard]] const QColor &color(Role role) const { return m_colors[static_cast<std::size_t>(role)]; }
    [[nodiscard]] double bottom() const { return m_height - 24 * m_unit; }
    [[nodiscard]] QRectF cellRect(double x, const Column &column, double height) const
    {
        return {x + 3 * m_unit, m_y, column.share * m_width - 6 * m_unit, height};
    }

    void setFont(double points, QFont::Weight weight)
    {
        QFont font = m_font;
        font.setPointSizeF(points);
        font.setWeight(weight);
        m_painter.setFont(font);
    }

    void draw(const QString &text, const QRectF &place, Role role, Qt::Alignment alignment)
    {
        const bool isVertical = alignment.testAnyFlags(Qt::AlignTop | Qt::AlignBottom);
        m_painter.setPen(color(role));
        m_painter.drawText(
            place,
            static_cast<int>(alignment | (isVertical ? Qt::Alignment() : Qt::AlignVCenter)) |
                Qt::TextSingleLine,
            m_painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(place.width())));
    }

    void bar(const QRectF &place, double share)
    {
        QRectF ground(place.left(), place.center().y() - 2 * m_unit, place.width(), 4 * m_unit);
        m_painter.fillRect(ground, color(Role::Border));
        ground.setWidth(ground.width() * std::clamp(share, 0.0, 1.0));
        m_painter.fillRect(ground, color(Role::Valid));
    }

    void room(double height)
    {
        if (m_y + height > bottom()) {
            next();
        }
    }

    void next()
    {
        m_writer.newPage();
        ++m_page;
        m_y = 0;
        m_isAtTop = true;
        foot();
    }

    void foot()
    {
        setFont(7.5, QFont::Normal);
        const QRectF place(0, m_height - 14 * m_unit, m_width, 14 * m_unit);
        draw(m_footer, place, Role::TextHint, Qt::AlignLeft);
        draw(QString::number(m_page), place, Role::TextHint, Qt::AlignRight);
    }

    QPdfWriter &m_writer;
    QPainter m_painter;
    const QFont m_font;
    const std::array<QColor, roleCount> m_colors;
    const QString m_footer;
    const double m_unit; ///< of a point
    const double m_width, m_height;
    double m_y = 0;
    int m_page = 1;
    bool m_isAtTop = true;
};

void drawSources(Pages &pages, const report::Coverage &coverage)
{
    std::vector<std::vector<Cell>> rows;
    for (const report::SourceCoverage &source : coverage.sources) {
        const double share = source.plannedEvents == 0 ? 0
                                                       : static_cast<double>(source.seenEvents) /
                                                             static_cast<double>(source.plannedEvents);
        rows.push_back({{source.source},
                        {{}, share},
                        {tr("%1 of %2").arg(numberText(source.seenEvents), numberText(source.plannedEvents))},
                        {numberText(source.events)},
                        {percentText(source.violations, source.events)},
                        {numberText(source.unplanned)}});
    }
    pages.heading(tr("Sources"), 12, 10);
    pages.table({{tr("Source"), 0.28},
                 {tr("Planned events seen"), 0.26},
                 {tr("Seen"), 0.12},
                 {tr("Events"), 0.12, true},
                 {tr("Violations"), 0.11, true},
                 {tr("Unplanned"), 0.11, true}},
                rows);
}

void drawEvents(Pages &pages, const QString &title, const std::vector<const report::EventCoverage *> &events)
{
    pages.heading(title, 12, 10);
    if (events.empty()) {
        pages.words(tr("None."));
        return;
    }
    std::vector<std::vector<Cell>> rows;
    for (const report::EventCoverage *row : events) {
        QStringList sources;
        for (const auto &[source, count] : row->sources) {
            sources.append(source);
        }
        rows.push_back({{nameOf(*row)},
                        {CoverageModel::stateText(CoverageModel::stateOf(*row))},
                        {numberText(row->count)},
                        {row->violations == 0 ? QString() : numberText(row->violations), -1, Role::Violation},
                        {timeText(row->firstUs)},
                        {timeText(row->lastUs)},
                        {sources.join(u", "_s)}});
    }
    pages.table({{tr("Event"), 0.27},
                 {tr("State"), 0.11},
                 {tr("Count"), 0.08, true},
                 {tr("Violations"), 0.09, true},
                 {tr("First seen (UTC)"), 0.15},
                 {tr("Last seen (UTC)"), 0.15},
                 {tr("Sources"), 0.15}},
                rows);
}

void drawProperties(Pages &pages, const report::EventCoverage &event)
{
    std::vector<std::vector<Cell>> rows;
    for (const report::PropertyCoverage &property : event.properties) {
        QStringList types;
        for (const auto &[type, count] : property.types) {
            types.append(type);
        }
        QStringList values;
        for (const auto &[value, count] : property.values) {
            values.append(u"%1 (%2)"_s.arg(value, numberText(count)));
        }
        const double share =
            property.of == 0 ? 0 : static_cast<double>(property.filled) / static_cast<double>(property.of);
        rows.push_back({{property.path.join(u'.')},
                        {!property.isPlanned   ? tr("Unplanned")
                         : property.isRequired ? tr("Required")
                                               : tr("Optional"),
                         -1, property.isPlanned ? Role::Text : Role::Unplanned},
                        {{}, share},
                        {tr("%1 of %2").arg(numberText(property.filled), numberText(property.of))},
                        {types.join(u", "_s)},
                        {values.join(u", "_s)}});
    }
    pages.heading(nameOf(event), 9, 8);
    pages.table({{tr("Property"), 0.22},
                 {tr("Plan"), 0.1},
                 {tr("Filled"), 0.12},
                 {QString(), 0.12},
                 {tr("Types"), 0.14},
                 {tr("Most common values"), 0.3}},
                rows);
}

} // namespace

base::Result<void> writeCoveragePdf(const report::Coverage &coverage, const report::CoverageHead &head,
                                    const QFont &font, const QString &path)
{
    QSaveFile file(path);
    const auto failure = [&file] {
        return base::failure(base::ErrorCode::Io, tr("The audit was not written."), file.errorString(),
                             tr("Choose another place."));
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return failure();
    }
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(16, 16, 16, 12), QPageLayout::Millimeter);
        writer.setResolution(300);
        writer.setTitle(tr("Tracking plan coverage: %1").arg(head.title));
        writer.setCreator(u"Trackside"_s);
        Pages pages(writer, font, tr("Tracking plan coverage, %1").arg(head.title));
        if (!pages.isActive()) {
            return failure();
        }
        std::vector<const report::EventCoverage *> never;
        std::vector<const report::EventCoverage *> seen;
        std::vector<const report::EventCoverage *> others;
        for (const report::EventCoverage &row : coverage.rows) {
            (row.isPlanned ? (row.count > 0 ? seen : never) : others).push_back(&row);
        }
        pages.heading(tr("Tracking plan coverage"), 16, 0);
        pages.words(coverage.lastUs == 0
                        ? head.title
                        : tr("%1, from %2 to %3 UTC")
                              .arg(head.title, timeText(coverage.firstUs), timeText(coverage.lastUs)));
        pages.cards(
            {{{percentText(coverage.plannedSeen, coverage.plannedEvents),
               tr("coverage: %1 of %2 planned")
                   .arg(numberText(coverage.plannedSeen), numberText(coverage.plannedEvents))},
              {numberText(coverage.unplannedEvents), tr("unplanned event names")},
              {numberText(coverage.violations),
               tr("events with violations (%1)").arg(percentText(coverage.violations, coverage.events))},
              {numberText(never.size()), tr("planned, never seen")}}});
        drawSources(pages, coverage);
        drawEvents(pages, tr("Planned, never seen"), never);
        drawEvents(pages, tr("Seen, not planned"), others);
        drawEvents(pages, tr("Planned and seen"), seen);
        pages.heading(tr("Properties"), 12, 10);
        for (const std::vector<const report::EventCoverage *> &list : {seen, others}) {
            for (const report::EventCoverage *row : list) {
                if (!row->properties.empty()) {
                    drawProperties(pages, *row);
                }
            }
        }
    }
    if (!file.commit()) {
        return failure();
    }
    return {};
}

} // namespace ui
