// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// Coverage as one page to hand on: no script, nothing loaded, printable.
#include "report/coverage.h"

#include "plan/sheet.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace report {

namespace {

constexpr std::size_t shownValues = 5;

const char style[] = R"css(
:root{--canvas:#F6F7F9;--surface:#FFFFFF;--sunken:#EEF0F3;--border:#E2E5EA;--text:#1B1F27;--second:#525A68;
--hint:#636B78;--accent:#2F5BD7;--valid:#1B7547;--violation:#B3261E;--unplanned:#8A5200;--unchecked:#56606E}
@media (prefers-color-scheme:dark){:root{--canvas:#14171C;--surface:#1B1F26;--sunken:#101317;--border:#2B313B;
--text:#E7EAF0;--second:#A7AFBD;--hint:#8B94A3;--accent:#7FA2FF;--valid:#5FD39A;--violation:#FF8A80;
--unplanned:#F0B64B;--unchecked:#A7AFBD}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1120px;padding:32px 24px;background:var(--canvas);color:var(--text);
font:13px/1.5 system-ui,"Segoe UI",Cantarell,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:20px;margin:0}h2{font-size:15px;margin:32px 0 8px}h3{font-size:13px;margin:24px 0 4px}
p{margin:4px 0;color:var(--second)}
.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:24px 0}
.card{background:var(--surface);border:1px solid var(--border);border-radius:6px;padding:16px}
.card b{display:block;font-size:20px}.card span{color:var(--second)}
table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--border);border-radius:6px}
th{background:var(--sunken);text-align:left;font-weight:600;color:var(--second);font-size:11px}
th,td{padding:4px 10px;border-bottom:1px solid var(--border);vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}td.w{white-space:nowrap}
code{font:12px "JetBrains Mono",monospace}
.bar{display:block;height:8px;background:var(--sunken);border-radius:4px;overflow:hidden;min-width:90px}
.bar i{display:block;height:8px;float:left}
.ok{background:var(--valid)}.bad{background:var(--violation)}.un{background:var(--unplanned)}.no{background:var(--unchecked)}
.seen{color:var(--valid)}.never{color:var(--unchecked)}.unplanned{color:var(--unplanned)}.hint{color:var(--hint)}
.violation{color:var(--violation)}
section{break-inside:avoid-page}
@media print{body{background:#fff;max-width:none;padding:0}thead{display:table-header-group}tr{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

QString number(std::uint64_t value)
{
    return QLocale::c().toString(static_cast<qulonglong>(value));
}

QString percent(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
               ? u"\u2013"_s
               : QString::number(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 1) +
                     u" %"_s;
}

QString timeText(std::int64_t us)
{
    return us == 0 ? u"\u2013"_s
                   : QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString titleOf(const EventCoverage &row)
{
    const std::string_view type = event::word(row.type);
    const QString word = QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size()));
    return row.name.isEmpty() ? word : escaped(row.name) + u" <span class=hint>"_s + word + u"</span>"_s;
}

/// Parts of a whole side by side: class and share.
QString bar(const std::vector<std::pair<QString, std::uint64_t>> &parts, std::uint64_t whole)
{
    QString made = u"<span class=bar>"_s;
    for (const auto &[tone, part] : parts) {
        if (part > 0 && whole > 0) {
            const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
            made += u"<i class=%1 style=\"width:%2%\"></i>"_s.arg(
                tone, QString::number(std::min(share, 100.0), 'f', 2));
        }
    }
    return made + u"</span>"_s;
}

QString card(const QString &figure, const QString &words)
{
    return u"<div class=card><b>%1</b><span>%2</span></div>"_s.arg(figure, words);
}

QString sourcesTable(const Coverage &coverage)
{
    QString made =
        u"<h2>Sources</h2><table><thead><tr><th>Source<th>Planned events that came<th class=n>Seen of planned"
        "<th class=n>Events<th class=n>Violations<th class=n>Unplanned<th>Last seen</thead><tbody>"_s;
    for (const SourceCoverage &source : coverage.sources) {
        made +=
            u"<tr><td>%1<td>%2<td class=n>%3 of %4<td class=n>%5<td class=n>%6<td class=n>%7<td class=w>%8"_s
                .arg(escaped(source.source), bar({{u"ok"_s, source.seenEvents}}, source.plannedEvents),
                     number(source.seenEvents), number(source.plannedEvents), number(source.events),
                     percent(source.violations, source.events), number(source.unplanned),
                     timeText(source.lastUs));
    }
    return made + u"</tbody></table>"_s;
}

QString eventsTable(const QString &title, const QString &none, const std::vector<const EventCoverage *> &rows)
{
    QString made = u"<h2>%1</h2>"_s.arg(title);
    if (rows.empty()) {
        return made + u"<p>%1</p>"_s.arg(none);
    }
    made += u"<table><thead><tr><th>Event<th>State<th class=n>Count<th class=n>Violations<th>First "
            u"seen<th>Last seen<th>"
            "Sources</thead><tbody>"_s;
    for (const EventCoverage *row : rows) {
        QStringList sources;
        for (const auto &[source, count] : row->sources) {
            sources.append(u"%1 (%2)"_s.arg(escaped(source), number(count)));
        }
        const QString state = stateWord(*row);
        made += u"<tr><td>%1<td class=%2>%3%4<td class=n>%5<td class=n>%6<td class=w>%7<td class=w>%8<td>%9"_s
                    .arg(titleOf(*row), state.section(u' ', 0, 0), state,
                         row->isDeprecated ? u", deprecated"_s : QString(), number(row->count),
                         row->violations == 0
                             ? number(0)
                             : u"<span class=violation>%1</span> (%2)"_s.arg(
                                   number(row->violations), percent(row->violations, row->count)),
                         timeText(row->firstUs), timeText(row->lastUs), sources.join(u", "_s));
    }
    return made + u"</tbody></table>"_s;
}

QString valuesText(const PropertyCoverage &property)
{
    QStringList texts;
    for (const auto &[value, count] : property.values) {
        if (static_cast<std::size_t>(texts.size()) == shownValues) {
            texts.append(u"\u2026"_s);
            break;
        }
        texts.append(u"<code>%1</code> (%2%3)"_s.arg(
            escaped(value), property.areValuesExact ? QString() : u"at least "_s, number(count)));
    }
    if (texts.isEmpty() && !property.areValuesExact) {
        texts.append(u"<span class=hint>many different values</span>"_s);
    }
    if (!property.neverSeen.isEmpty()) {
        texts.append(u"<span class=never>never: %1</span>"_s.arg(escaped(property.neverSeen.join(u", "_s))));
    }
    return texts.join(u", "_s);
}

QString propertiesTable(const EventCoverage &row)
{
    QString made = u"<section><h3>%1</h3><table><thead><tr><th>Property<th>Plan<th>Fill rate<th "
                   u"class=n>Filled<th>Types<th>"
                   "Values<th class=n>Violations</thead><tbody>"_s.arg(titleOf(row));
    for (const PropertyCoverage &property : row.properties) {
        QStringList types;
        for (const auto &[type, count] : property.types) {
            types.append(property.types.size() == 1 ? type : u"%1 (%2)"_s.arg(type, number(count)));
        }
        const QString plan = !property.isPlanned   ? u"<span class=unplanned>unplanned</span>"_s
                             : property.isRequired ? u"required"_s
                                                   : u"optional"_s;
        made += u"<tr><td><code>%1</code><td>%2<td>%3<td class=n>%4 of %5<td>%6<td>%7<td class=n>%8"_s.arg(
            escaped(plan::shownPath(property.path)), plan, bar({{u"ok"_s, property.filled}}, property.of),
            number(property.filled), number(property.of), types.join(u", "_s), valuesText(property),
            number(property.violations));
    }
    return made + u"</tbody></table></section>"_s;
}

} // namespace

QByteArray coverageHtml(const Coverage &coverage, const CoverageHead &head)
{
    std::vector<const EventCoverage *> never;
    std::vector<const EventCoverage *> seen;
    std::vector<const EventCoverage *> others;
    for (const EventCoverage &row : coverage.rows) {
        (row.isPlanned ? (row.count > 0 ? seen : never) : others).push_back(&row);
    }
    const auto share = coverage.share();
    QString page =
        u"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport "
        "content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">"
        "<title>Tracking plan coverage: %1</title><style>%2</style></head><body>\n"_s.arg(
            escaped(head.title), QString::fromLatin1(style));
    page += u"<h1>Tracking plan coverage</h1><p>%1%2. Times are UTC.</p>"_s.arg(
        escaped(head.title), head.madeUs == 0 ? QString() : u", as of "_s + timeText(head.madeUs));
    page += u"<div class=cards>"_s +
            card(share ? QString::number(*share * 100, 'f', 0) + u" %"_s : u"\u2013"_s,
                 share ? u"coverage: %1 of %2 planned events came"_s.arg(number(coverage.plannedSeen),
                                                                         number(coverage.plannedEvents))
                       : u"no plan to cover"_s) +
            card(number(coverage.unplannedEvents),
                 u"unplanned event names, in %1 events"_s.arg(number(coverage.unplannedCount))) +
            card(number(coverage.violations),
                 u"events with violations, %1 of %2"_s.arg(percent(coverage.violations, coverage.events),
                                                           number(coverage.events))) +
            card(number(never.size()), u"planned events never seen"_s) + u"</div>\n"_s;
    if (coverage.isCut) {
        page += u"<p>More names came than are counted one by one; the figures above hold all events.</p>"_s;
    }
    page += sourcesTable(coverage);
    page += u'\n' + eventsTable(u"Planned, never seen"_s, u"Every planned event came."_s, never);
    page += u'\n' + eventsTable(u"Seen, not planned"_s, u"Every event that came is planned."_s, others);
    page += u'\n' + eventsTable(u"Planned and seen"_s, u"No planned event came."_s, seen);
    page += u"\n<h2>Properties</h2>"_s;
    for (const std::vector<const EventCoverage *> &list : {seen, others}) {
        for (const EventCoverage *row : list) {
            if (!row->properties.empty()) {
                page += u'\n' + propertiesTable(*row);
            }
        }
    }
    return (page + u"\n</body></html>\n"_s).toUtf8();
}

} // namespace report
