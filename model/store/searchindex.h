// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/requestloader.h"

#include "json/parser.h"

namespace store {

/// "<store>-search": which words are in which events up to a watermark (what and how: schema.h). It can
/// always be made again from the store, so it is written without waiting for the disk, and thrown away when
/// it is damaged or belongs to another store.
class SearchIndex
{
public:
    [[nodiscard]] static QString pathFor(const QString &storePath)
    {
        return storePath + QStringLiteral("-search");
    }

    /// To read: fails when there is none that fits `storeDatabase`.
    [[nodiscard]] static base::Result<SearchIndex> openToRead(Database &storeDatabase);
    /// To write: makes it when missing, and anew when it does not fit or is damaged.
    [[nodiscard]] static base::Result<SearchIndex> openToWrite(Database &storeDatabase);

    /// Events up to this id are in it.
    [[nodiscard]] std::int64_t watermark() const { return m_watermark; }

    /// Adds the next events of the store, at most `maxEvents`; how many there were.
    [[nodiscard]] base::Result<std::int64_t> advance(Database &storeDatabase, RequestLoader &loader,
                                                     std::int64_t maxEvents);

    /// Ids whose words match, between two ids (both included), in this order; at most `limit`.
    enum class Order : std::uint8_t { Ascending, Descending };
    [[nodiscard]] base::Result<std::vector<std::int64_t>>
    match(const QString &expression, Order order, std::int64_t first, std::int64_t last, std::int64_t limit);
    [[nodiscard]] Database &database() { return m_database; }

private:
    Database m_database;
    std::int64_t m_watermark = 0;
    std::unique_ptr<json::Parser> m_parser;
};

} // namespace store
