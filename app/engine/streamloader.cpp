// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/streamloader.h"

#include "base/log.h"
#include "base/threadname.h"
#include "store/reader.h"

#include <utility>

#include <QSet>

namespace engine {

namespace {

constexpr std::size_t pageRows = 50'000;
/// Soon there, so that the window shows something.
constexpr std::size_t firstPageRows = 2'000;

void load(const QString &path, stream::Stream &stream, const std::stop_token &stop)
{
    base::nameThread("loader");
    auto reader = store::Reader::open(path);
    if (!reader) {
        qCWarning(logStore) << reader.error().oneLine();
        stream::Stream::Loaded nothing;
        nothing.isLast = true;
        stream.load(std::move(nothing));
        return;
    }
    QSet<std::uint32_t> knownNames;
    QSet<std::uint32_t> knownUsers;
    event::EventId after{};
    std::size_t limit = firstPageRows;
    while (!stop.stop_requested()) {
        stream::Stream::Loaded page;
        const auto rows = reader->rows(after, limit);
        if (!rows) {
            qCWarning(logStore) << rows.error().oneLine();
        }
        if (!rows || rows->empty()) {
            page.isLast = true;
            stream.load(std::move(page));
            return;
        }
        for (const store::Reader::Row &row : *rows) {
            page.summaries.push_back(row.summary);
            page.states.push_back(row.state);
            const auto name = event::raw(row.summary.name);
            if (name != 0 && !knownNames.contains(name)) {
                knownNames.insert(name);
                page.names.insert(name, reader->nameText(row.summary.name));
            }
            const auto user = event::raw(row.summary.user);
            if (user != 0 && !knownUsers.contains(user)) {
                knownUsers.insert(user);
                page.users.insert(user, reader->userText(row.summary.user));
            }
        }
        if (const auto sources = reader->sources()) {
            for (const store::Source &source : *sources) {
                page.sources.insert(event::raw(source.id), source.name);
            }
        }
        after = rows->back().summary.id;
        page.isLast = rows->size() < std::exchange(limit, pageRows);
        const bool isLast = page.isLast;
        stream.load(std::move(page));
        if (isLast) {
            return;
        }
    }
}

} // namespace

StreamLoader::StreamLoader(QString storePath, stream::Stream &stream)
{
    // From here on live rows wait: one that came before the first page would shut the older ones out.
    stream.load({});
    m_thread = std::jthread(
        [path = std::move(storePath), &stream](const std::stop_token &stop) { load(path, stream, stop); });
}

} // namespace engine
