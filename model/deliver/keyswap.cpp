// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/keyswap.h"

#include "json/parser.h"
#include "json/quote.h"

#include <algorithm>

#include <QList>

namespace deliver {

namespace {

/// Byte ranges of the strings under "writeKey" among an object's own members.
void collectKeys(json::Value object, std::vector<json::Value> &keys)
{
    if (!object.isObject()) {
        return;
    }
    for (auto child = object.firstChild(); child; child = child.next()) {
        if (child.value().isString() && child.key() == "writeKey") {
            keys.push_back(child.value());
        }
    }
}

} // namespace

std::optional<QByteArray> withWriteKey(const QByteArray &body, const QByteArray &writeKey)
{
    json::Parser parser;
    const auto parsed = parser.parse(body);
    if (!parsed) {
        return std::nullopt;
    }
    const json::Value root = (*parsed)->root();
    std::vector<json::Value> keys;
    collectKeys(root, keys);
    const json::Value batch = root.find("batch");
    for (auto child = batch.firstChild(); batch.isArray() && child; child = child.next()) {
        collectKeys(child.value(), keys);
    }
    if (keys.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(keys, {}, [](const json::Value &key) { return key.begin(); });
    const QByteArray quoted = json::quoted({writeKey.constData(), static_cast<std::size_t>(writeKey.size())});
    QByteArray swapped;
    swapped.reserve(body.size());
    std::uint32_t at = 0;
    for (const json::Value &key : keys) {
        swapped.append(body.constData() + at, static_cast<qsizetype>(key.begin() - at));
        swapped += quoted;
        at = key.end();
    }
    return swapped + body.sliced(static_cast<qsizetype>(at));
}

QByteArray basicAuthorization(const QByteArray &writeKey)
{
    return "Basic " + (writeKey + ':').toBase64();
}

std::optional<QByteArray> queryWithWriteKey(const QByteArray &query, const QByteArray &event,
                                            const QByteArray &writeKey)
{
    bool hasKey = false;
    QList<QByteArray> pairs = query.split('&');
    for (QByteArray &pair : pairs) {
        if (pair.startsWith("writeKey=")) {
            pair = "writeKey=" + writeKey.toPercentEncoding();
            hasKey = true;
        } else if (pair.startsWith("data=")) {
            if (const auto swapped = withWriteKey(event, writeKey)) {
                pair = "data=" +
                       swapped->toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
                hasKey = true;
            }
        }
    }
    return hasKey ? std::optional(pairs.join('&')) : std::nullopt;
}

} // namespace deliver
