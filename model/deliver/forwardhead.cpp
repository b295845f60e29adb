// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/forwardhead.h"

#include "base/secret.h"
#include "segment/writekeys.h"

#include <algorithm>
#include <array>

#include <QList>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

constexpr std::array<const char *, 16> ofTheConnection{"connection",
                                                       "keep-alive",
                                                       "proxy-connection",
                                                       "proxy-authenticate",
                                                       "proxy-authorization",
                                                       "te",
                                                       "trailer",
                                                       "transfer-encoding",
                                                       "upgrade",
                                                       "host",
                                                       "content-length",
                                                       "origin",
                                                       "cookie",
                                                       "accept-encoding",
                                                       "expect",
                                                       "http2-settings"};

bool isOfTheConnection(const QByteArray &lowerName)
{
    return std::ranges::any_of(ofTheConnection, [&](const char *name) { return lowerName == name; });
}

QByteArray masked(const QByteArray &secret)
{
    return base::masked(QString::fromUtf8(secret)).toUtf8();
}

/// The value of a writeKey parameter, masked; `data` may hold a key, so only its length is told.
QByteArray maskedQuery(const QByteArray &url)
{
    const qsizetype question = url.indexOf('?');
    if (question < 0) {
        return url;
    }
    QByteArray shown = url.first(question);
    char separator = '?';
    for (const QByteArray &pair : url.sliced(question + 1).split('&')) {
        shown += separator;
        separator = '&';
        if (pair.startsWith("writeKey=")) {
            shown += "writeKey=" + masked(pair.sliced(9));
        } else if (pair.startsWith("data=")) {
            shown += "data=(" + QByteArray::number(pair.size() - 5) + " bytes)";
        } else {
            shown += pair;
        }
    }
    return shown;
}

} // namespace

std::vector<http::Header> headersOf(const QByteArray &head)
{
    std::vector<http::Header> headers;
    bool isRequestLine = true;
    for (QByteArray line : head.split('\n')) {
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        if (std::exchange(isRequestLine, false)) {
            continue;
        }
        if (!headers.empty() && (line.startsWith(' ') || line.startsWith('\t'))) {
            headers.back().value += ' ' + line.trimmed();
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            headers.push_back({line.first(colon).trimmed(), line.sliced(colon + 1).trimmed()});
        }
    }
    return headers;
}

std::vector<http::Header> forwardable(const std::vector<http::Header> &headers)
{
    QList<QByteArray> named;
    for (const http::Header &header : headers) {
        if (header.name.compare("connection", Qt::CaseInsensitive) == 0) {
            for (const QByteArray &name : header.value.toLower().split(',')) {
                named += name.trimmed();
            }
        }
    }
    std::vector<http::Header> kept;
    for (const http::Header &header : headers) {
        const QByteArray name = header.name.toLower();
        if (!isOfTheConnection(name) && !named.contains(name)) {
            kept.push_back(header);
        }
    }
    return kept;
}

QByteArray shownHead(const QByteArray &method, const QByteArray &url,
                     const std::vector<http::Header> &headers)
{
    QByteArray shown = method + ' ' + maskedQuery(url) + " HTTP/1.1\r\n";
    for (const http::Header &header : headers) {
        shown += header.name + ": ";
        if (header.name.compare("authorization", Qt::CaseInsensitive) == 0) {
            const QByteArray key = segment::basicWriteKey(header.value);
            shown += key.isEmpty() ? "(hidden)"_ba : "Basic " + masked(key);
        } else {
            shown += header.value;
        }
        shown += "\r\n";
    }
    return shown;
}

} // namespace deliver
