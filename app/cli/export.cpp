// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/server.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/engine/findingwords.h"
#include "store/reader.h"

using namespace Qt::StringLiterals;

namespace cli {

int exportEvents(const QStringList &arguments)
{
    Arguments options(u"export"_s, u"Writes the events of a store, oldest first. With --raw: the bodies "
                                   u"alone, byte for byte as stored,\n"
                                   "one after the other, each followed by a newline."_s);
    options.addOption(u"store"_s, u"The store to read; a running Trackside may write it meanwhile."_s,
                      u"FILE"_s);
    options.addOption(u"where"_s, u"Only events that match this filter."_s, u"FILTER"_s);
    options.addOption(u"format"_s, u"ndjson or json (default ndjson)."_s, u"FORMAT"_s, u"ndjson"_s);
    options.addOption(u"raw"_s, u"The events' own bytes, without what Trackside says of them."_s);
    options.addOption(u"output"_s, u"Write to this file instead of standard output."_s, u"FILE"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto format = options.choice(u"format"_s, {u"ndjson"_s, u"json"_s});
    const auto filterQuery = parseFilter(options.value(u"where"_s));
    auto reader = openStore(options.value(u"store"_s));
    if (!format || !filterQuery || !reader) {
        return failed(!format ? format.error() : !filterQuery ? filterQuery.error() : reader.error());
    }
    auto output = Output::open(options.value(u"output"_s));
    if (!output) {
        return failed(output.error());
    }

    const bool isRaw = options.isSet(u"raw"_s);
    ListWriter list(*output,
                    *format == u"json"_s && !isRaw ? ListWriter::Style::Json : ListWriter::Style::Lines);
    Progress progress(u"Exported"_s);
    event::EventId after{};
    std::uint64_t written = 0;
    constexpr std::size_t pageRows = 1'000;
    while (true) {
        const auto page =
            reader->find(*filterQuery, store::Reader::Order::OldestFirst, after, pageRows, {}, {});
        if (!page) {
            return failed(page.error());
        }
        for (const event::EventId id : page->ids) {
            const auto detail = reader->detail(id);
            if (!detail) {
                return failed(detail.error());
            }
            list.add(isRaw ? detail->event.body : api::eventLine(*detail, engine::findingText));
            progress.set(++written);
        }
        if (page->ids.empty() || page->isComplete) {
            break;
        }
        after = page->ids.back();
    }
    return list.finish() ? exitClean : failed(output->error());
}

} // namespace cli
