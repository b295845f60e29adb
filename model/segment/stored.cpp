// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/secret.h"
#include "segment/decode.h"
#include "segment/merge.h"
#include "json/quote.h"

namespace segment {

namespace {

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

QByteArray envelopeOf(const QByteArray &body)
{
    json::Parser parser;
    const auto parsed = parser.parse(body);
    if (!parsed || !(*parsed)->root().find("batch").isArray()) {
        return {};
    }
    QByteArray envelope = "{";
    for (auto child = (*parsed)->root().firstChild(); child; child = child.next()) {
        if (child.key() == "batch") {
            continue;
        }
        envelope += envelope.size() == 1 ? "" : ",";
        envelope += bytes(child.keyValue().raw()) + ':';
        if (child.key() == "writeKey" && child.value().isString()) {
            const std::string_view key = child.value().text();
            const QString text = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
            envelope += json::quoted(base::masked(text).toStdString());
        } else {
            envelope += bytes(child.value().raw());
        }
    }
    return envelope + '}';
}

MergedEvent StoredEvents::merged(const QByteArray &body, std::uint32_t begin, std::uint32_t end,
                                 json::Parser &parser)
{
    if (begin >= end || end > static_cast<std::size_t>(body.size())) {
        return {};
    }
    Fields envelope;
    if (begin != 0) {
        if (body.constData() != m_body.constData() || body.size() != m_body.size()) {
            m_body = body;
            auto whole = parser.parse(body);
            m_document = whole ? std::move(*whole) : nullptr;
        }
        // A body of lines is no document: each event stands for itself then.
        if (m_document != nullptr) {
            envelope = fieldsOf(m_document->root());
            if (!envelope.batch.isArray()) {
                envelope = {};
            }
        }
    }
    auto parsed = parser.parse(body.sliced(begin, end - begin));
    if (!parsed || !(*parsed)->root().isObject()) {
        return {};
    }
    const json::Value event = (*parsed)->root();
    const QByteArray text = mergedText(event, fieldsOf(event), envelope);
    if (text.isNull()) {
        return {*parsed, event};
    }
    auto merged = parser.parse(text);
    if (!merged) {
        return {*parsed, event};
    }
    return {*merged, (*merged)->root()};
}

MergedEvent mergedEvent(const QByteArray &body, std::uint32_t begin, std::uint32_t end, json::Parser &parser)
{
    return StoredEvents().merged(body, begin, end, parser);
}

} // namespace segment
