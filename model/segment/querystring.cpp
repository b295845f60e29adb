// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/querystring.h"

#include <algorithm>

namespace segment {

namespace {

/// -1: no hex digit.
int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

QByteArray percentDecoded(QByteArrayView text, PlusSign plus)
{
    QByteArray decoded;
    decoded.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const int high = c == '%' && at + 2 < text.size() ? hexValue(text[at + 1]) : -1;
        const int low = high >= 0 ? hexValue(text[at + 2]) : -1;
        if (low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            decoded += c == '+' && plus == PlusSign::Space ? ' ' : c;
        }
    }
    return decoded;
}

std::vector<Parameter> parameters(QByteArrayView query)
{
    std::vector<Parameter> all;
    while (!query.isEmpty()) {
        const qsizetype ampersand = query.indexOf('&');
        const QByteArrayView pair = ampersand < 0 ? query : query.first(ampersand);
        query = ampersand < 0 ? QByteArrayView{} : query.sliced(ampersand + 1);
        if (pair.isEmpty()) {
            continue;
        }
        const qsizetype equals = pair.indexOf('=');
        all.push_back({percentDecoded(equals < 0 ? pair : pair.first(equals), PlusSign::Space),
                       equals < 0 ? QByteArray() : pair.sliced(equals + 1).toByteArray()});
    }
    return all;
}

std::optional<QByteArray> parameter(const std::vector<Parameter> &all, QByteArrayView name)
{
    const auto found = std::ranges::find_if(all, [&](const Parameter &each) { return each.name == name; });
    return found == all.end() ? std::nullopt
                              : std::optional(percentDecoded(found->rawValue, PlusSign::Space));
}

} // namespace segment
