// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/merge.h"

#include <algorithm>
#include <vector>

namespace segment {

namespace {

struct Edit
{
    std::uint32_t begin;
    std::uint32_t end;
    QByteArray text;
};

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

bool isEmptyArray(json::Value value)
{
    return value.isArray() && value.size() == 0;
}

/// The members of the envelope's object that the event's own does not have.
QByteArray missingMembers(json::Value own, json::Value envelopes)
{
    QByteArray members;
    for (auto child = envelopes.firstChild(); child; child = child.next()) {
        if (own.find(child.key()).isMissing()) {
            members += members.isEmpty() ? "" : ",";
            members += bytes(child.keyValue().raw()) + ':' + bytes(child.value().raw());
        }
    }
    return members;
}

/// Adds members in front of an object's closing brace.
Edit appendTo(json::Value object, const QByteArray &members)
{
    const std::uint32_t brace = object.end() - 1;
    return {brace, brace, (object.size() == 0 ? QByteArray() : QByteArray(",")) + members};
}

} // namespace

QByteArray mergedText(json::Value event, const Fields &fields, const Fields &envelope)
{
    std::vector<Edit> edits;
    QByteArray added;
    const auto merge = [&](const char *key, json::Value own, json::Value envelopes) {
        if (!envelopes.isObject() || envelopes.size() == 0) {
            if (isEmptyArray(own)) {
                edits.push_back({own.begin(), own.end(), "{}"});
            }
        } else if (own.isMissing()) {
            added += (added.isEmpty() ? QByteArray() : QByteArray(",")) + '"' + key +
                     "\":" + bytes(envelopes.raw());
        } else if (isEmptyArray(own)) {
            edits.push_back({own.begin(), own.end(), bytes(envelopes.raw())});
        } else if (own.isObject()) {
            if (const QByteArray members = missingMembers(own, envelopes); !members.isEmpty()) {
                edits.push_back(appendTo(own, members));
            }
        }
    };
    merge("context", fields.context, envelope.context);
    merge("integrations", fields.integrations, envelope.integrations);
    merge("properties", fields.properties, {});
    merge("traits", fields.traits, {});
    if (!added.isEmpty()) {
        edits.push_back(appendTo(event, added));
    }
    if (edits.empty()) {
        return {};
    }
    std::ranges::sort(edits, {}, &Edit::begin);
    const char *const source = event.document()->source().constData();
    QByteArray text;
    std::uint32_t at = event.begin();
    for (const Edit &edit : edits) {
        text.append(source + at, static_cast<qsizetype>(edit.begin - at));
        text += edit.text;
        at = edit.end;
    }
    text.append(source + at, static_cast<qsizetype>(event.end() - at));
    return text;
}

} // namespace segment
