// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/engine/findingwords.h"
#include "store/reader.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString fitted(const QString &text, qsizetype width)
{
    return text.size() <= width ? text.leftJustified(width) : text.first(width - 1) + u'\u2026';
}

QByteArray tableRow(const store::EventDetail &detail)
{
    const event::Event &event = detail.event;
    const auto type = QString::fromStdString(std::string(event::word(event.summary.type)));
    const auto status = QString::fromStdString(std::string(event::word(event.state.status)));
    QString row = QString::number(event::raw(event.summary.id)).rightJustified(8) + u"  "_s +
                  QDateTime::fromMSecsSinceEpoch(event.summary.receivedUs / 1000)
                      .toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) +
                  u"  "_s + fitted(event.source, 20) + u"  "_s + fitted(type, 8) + u"  "_s +
                  fitted(event.name, 32) + u"  "_s + fitted(event.user, 20) + u"  "_s + fitted(status, 9);
    if (event.state.findings > 0) {
        row += u"  "_s + QString::number(event.state.findings) +
               (event.state.findings == 1 ? u" finding"_s : u" findings"_s);
    }
    return row.toUtf8();
}

} // namespace

int query(const QStringList &arguments)
{
    Arguments options(u"query"_s,
                      u"Shows the newest events of a store that match a filter, in the order they came."_s);
    options.addOption(u"store"_s, u"The store to read; a running Trackside may write it meanwhile."_s,
                      u"FILE"_s);
    options.addOption(u"limit"_s, u"At most this many events (default 100)."_s, u"N"_s, u"100"_s);
    options.addOption(u"format"_s, u"table, ndjson or json (default table)."_s, u"FORMAT"_s, u"table"_s);
    options.addPositional(u"filter"_s, u"For example: type:track event:\"Order *\" status:violation"_s,
                          u"FILTER"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto limit = options.number(u"limit"_s, 1);
    const auto format = options.choice(u"format"_s, {u"table"_s, u"ndjson"_s, u"json"_s});
    const auto filterQuery = parseFilter(options.positional().join(u' '));
    auto reader = openStore(options.value(u"store"_s));
    if (!limit || !format || !filterQuery || !reader) {
        return failed(!limit         ? limit.error()
                      : !format      ? format.error()
                      : !filterQuery ? filterQuery.error()
                                     : reader.error());
    }

    std::vector<event::EventId> ids;
    event::EventId before{};
    while (ids.size() < static_cast<std::size_t>(*limit)) {
        const auto page = reader->find(*filterQuery, store::Reader::Order::NewestFirst, before,
                                       static_cast<std::size_t>(*limit) - ids.size(), {}, {});
        if (!page) {
            return failed(page.error());
        }
        ids.insert(ids.end(), page->ids.begin(), page->ids.end());
        if (page->ids.empty() || page->isComplete) {
            break;
        }
        before = page->ids.back();
    }
    std::ranges::reverse(ids);

    auto output = Output::open({});
    if (!output) {
        return failed(output.error());
    }
    ListWriter list(*output, *format == u"json"_s ? ListWriter::Style::Json : ListWriter::Style::Lines);
    for (const event::EventId id : ids) {
        const auto detail = reader->detail(id);
        if (!detail) {
            return failed(detail.error());
        }
        list.add(*format == u"table"_s ? tableRow(*detail) : api::eventLine(*detail, engine::findingText));
    }
    return list.finish() ? exitClean : failed(output->error());
}

} // namespace cli
