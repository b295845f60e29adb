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

void StoredEvents::read(const QByteArray &body, json::Parser &parser)
{
    if (body.constData() == m_body.constData() && body.size() == m_body.size()) {
        return;
    }
    m_body = body;
    m_envelope = {};
    auto whole = parser.parse(body);
    m_document = whole ? std::move(*whole) : nullptr;
    if (m_document != nullptr) {
        const Fields fields = fieldsOf(m_document->root());
        if (fields.batch.isArray()) {
            m_envelope = fields;
        }
    }
    m_follow = m_envelope.batch.firstChild();
}

/// Missing when no event of the batch stands just there.
json::Value StoredEvents::at(std::uint32_t begin, std::uint32_t end)
{
    if (!m_follow || m_follow.value().begin() > begin) {
        m_follow = m_envelope.batch.firstChild();
    }
    for (; m_follow && m_follow.value().begin() <= begin; m_follow = m_follow.next()) {
        const json::Value value = m_follow.value();
        if (value.begin() == begin) {
            return value.end() == end ? value : json::Value();
        }
    }
    return {};
}

MergedEvent StoredEvents::merged(const QByteArray &body, std::uint32_t begin, std::uint32_t end,
                                 json::Parser &parser)
{
    if (begin >= end || end > static_cast<std::size_t>(body.size())) {
        return {};
    }
    Fields envelope;
    MergedEvent found;
    if (begin != 0) {
        read(body, parser);
        // A body of lines is no document: each event stands for itself then.
        envelope = m_envelope;
        found = {m_document, at(begin, end)};
    }
    if (found.value.isMissing()) {
        const bool isWhole = begin == 0 && end == static_cast<std::size_t>(body.size());
        auto parsed = parser.parse(isWhole ? body : body.sliced(begin, end - begin));
        if (!parsed) {
            return {};
        }
        found = {*parsed, (*parsed)->root()};
    }
    if (!found.value.isObject()) {
        return {};
    }
    const QByteArray text = mergedText(found.value, fieldsOf(found.value), envelope);
    if (text.isNull()) {
        return found;
    }
    auto merged = parser.parse(text);
    return merged ? MergedEvent{*merged, (*merged)->root()} : found;
}

MergedEvent mergedEvent(const QByteArray &body, std::uint32_t begin, std::uint32_t end, json::Parser &parser)
{
    return StoredEvents().merged(body, begin, end, parser);
}

} // namespace segment
