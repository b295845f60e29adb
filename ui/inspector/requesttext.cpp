// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/requesttext.h"

#include "base/secret.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

bool isCredential(const QByteArray &name)
{
    static constexpr std::array names{"authorization"_L1, "proxy-authorization"_L1, "cookie"_L1,
                                      "set-cookie"_L1, "x-api-key"_L1};
    const QString lower = QString::fromLatin1(name).toLower();
    return std::ranges::any_of(names, [&lower](QLatin1StringView known) { return lower == known; });
}

/// Set by curl itself, or true only of the connection the request came by.
bool isLeftToCurl(const QByteArray &name)
{
    static constexpr std::array names{
        "host"_L1,   "content-length"_L1,    "connection"_L1,       "keep-alive"_L1,
        "expect"_L1, "transfer-encoding"_L1, "content-encoding"_L1, "accept-encoding"_L1};
    const QString lower = QString::fromLatin1(name).toLower();
    return std::ranges::any_of(names, [&lower](QLatin1StringView known) { return lower == known; });
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\'';
}

const QRegularExpression &keyInTarget()
{
    static const QRegularExpression pattern(
        uR"((?:/projects/|/analytics\.js/v1/|[?&](?:writeKey|write_key)=)([^/?&#]+))"_s);
    return pattern;
}

QString replacedKey(QString target, const std::function<QString(const QString &)> &replacement)
{
    const auto match = keyInTarget().match(target);
    if (match.hasMatch()) {
        target.replace(match.capturedStart(1), match.capturedLength(1), replacement(match.captured(1)));
    }
    return target;
}

/// `'...'` with each write key taken out of the quotes, for the shell to fill in.
QString bodyArgument(const QByteArray &body)
{
    static const QRegularExpression pattern(uR"re(("writeKey"\s*:\s*")([^"\\]+)("))re"_s);
    const QString text = QString::fromUtf8(body);
    QString argument = u"'"_s;
    qsizetype from = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        argument += text.mid(from, match.capturedStart(2) - from).replace(u"'"_s, u"'\\''"_s);
        argument += u"'\"$WRITE_KEY\"'"_s;
        from = match.capturedEnd(2);
    }
    return argument + text.mid(from).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

} // namespace

std::vector<http::Header> headersOf(const QByteArray &head)
{
    std::vector<http::Header> headers;
    qsizetype from = head.indexOf('\n') + 1;
    while (from > 0 && from < head.size()) {
        qsizetype to = head.indexOf('\n', from);
        if (to < 0) {
            to = head.size();
        }
        const QByteArray line = head.sliced(from, to - from).trimmed();
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            headers.push_back({line.first(colon), line.sliced(colon + 1).trimmed()});
        }
        from = to + 1;
    }
    return headers;
}

QString shownHeaderValue(const http::Header &header)
{
    const QString value = QString::fromUtf8(header.value);
    if (!isCredential(header.name)) {
        return value;
    }
    const qsizetype space = value.indexOf(u' ');
    if (space < 0) {
        return base::masked(value);
    }
    const QString scheme = value.first(space);
    QString secret = value.sliced(space + 1);
    if (scheme.compare("basic"_L1, Qt::CaseInsensitive) == 0) {
        // The base64 of "key:" would give the key away to whoever decodes its tail.
        secret = QString::fromUtf8(QByteArray::fromBase64(secret.toLatin1()));
        secret.truncate(secret.indexOf(u':') < 0 ? secret.size() : secret.indexOf(u':'));
    }
    return scheme + u' ' + base::masked(secret);
}

QString shownTarget(const QByteArray &target)
{
    return replacedKey(QString::fromUtf8(target), [](const QString &key) { return base::masked(key); });
}

QByteArray withMaskedWriteKeys(QByteArray bytes)
{
    static constexpr char name[] = "\"writeKey\"";
    qsizetype at = 0;
    while ((at = bytes.indexOf(name, at)) >= 0) {
        at += static_cast<qsizetype>(sizeof name) - 1;
        while (at < bytes.size() &&
               (bytes[at] == ' ' || bytes[at] == ':' || bytes[at] == '\t' || bytes[at] == '\n')) {
            ++at;
        }
        if (at >= bytes.size() || bytes[at] != '"') {
            continue;
        }
        const qsizetype begin = at + 1;
        const qsizetype end =
            std::max(begin, bytes.indexOf('"', begin) < 0 ? bytes.size() : bytes.indexOf('"', begin));
        const qsizetype kept = std::min<qsizetype>(4, (end - begin) / 3);
        std::fill(bytes.begin() + begin, bytes.begin() + (end - kept), '*');
        at = end;
    }
    return bytes;
}

QString curlCommand(const store::EventDetail &detail)
{
    const auto headers = headersOf(detail.head);
    const QByteArray host = http::header(headers, "host");
    QString url = QString::fromUtf8(detail.target);
    if (url.startsWith(u'/')) {
        url.prepend(u"http://"_s + (host.isEmpty() ? u"127.0.0.1:8765"_s : QString::fromUtf8(host)));
    }
    QString quotedUrl = quoted(url);
    const auto match = keyInTarget().match(url);
    if (match.hasMatch()) {
        quotedUrl =
            quoted(url.first(match.capturedStart(1))) + u"\"$WRITE_KEY\""_s +
            (match.capturedEnd(1) < url.size() ? quoted(url.sliced(match.capturedEnd(1))) : QString());
    }
    QStringList parts{u"curl -X "_s + QString::fromLatin1(detail.method) + u' ' + quotedUrl};
    for (const auto &header : headers) {
        const QString name = QString::fromUtf8(header.name);
        if (name.compare("authorization"_L1, Qt::CaseInsensitive) == 0) {
            const bool isBasic = header.value.toLower().startsWith("basic ");
            parts += isBasic ? u"-u \"$WRITE_KEY:\""_s : u"-H \"Authorization: Bearer $TOKEN\""_s;
        } else if (!isLeftToCurl(header.name) && !isCredential(header.name)) {
            parts += u"-H "_s + quoted(name + u": "_s + QString::fromUtf8(header.value));
        }
    }
    QString before;
    if (!detail.requestBody.isEmpty()) {
        if (isReadableText(detail.requestBody)) {
            parts += u"--data-binary "_s + bodyArgument(detail.requestBody);
        } else {
            before =
                u"printf %s '"_s + QString::fromLatin1(detail.requestBody.toBase64()) + u"' | base64 -d | "_s;
            parts += u"--data-binary @-"_s;
        }
    }
    return before + parts.join(u" \\\n  "_s);
}

QString hexDump(QByteArrayView bytes, qsizetype maxBytes)
{
    constexpr qsizetype width = 16;
    const QByteArrayView shown = bytes.first(std::min(bytes.size(), maxBytes));
    QString text;
    for (qsizetype from = 0; from < shown.size(); from += width) {
        const QByteArrayView line = shown.sliced(from, std::min(width, shown.size() - from));
        QString characters;
        text += u"%1  "_s.arg(from, 6, 16, QLatin1Char('0'));
        for (qsizetype i = 0; i < width; ++i) {
            if (i < line.size()) {
                const auto byte = static_cast<unsigned char>(line[i]);
                text += u"%1 "_s.arg(byte, 2, 16, QLatin1Char('0'));
                characters += byte >= 0x20 && byte < 0x7f ? QChar::fromLatin1(line[i]) : QChar(u'·');
            } else {
                text += u"   "_s;
            }
            if (i == width / 2 - 1) {
                text += u' ';
            }
        }
        text += u' ' + characters + u'\n';
    }
    return text;
}

bool isReadableText(QByteArrayView bytes)
{
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    if (std::ranges::any_of(bytes, isControl)) {
        return false;
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder.decode(bytes);
    return !decoder.hasError();
}

std::optional<qsizetype> offsetNamedIn(const QByteArray &reason, const QByteArray &body)
{
    static const QRegularExpression pattern(uR"(\b(?:byte|offset)\s+(\d+))"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(QString::fromUtf8(reason));
    if (match.hasMatch()) {
        const qsizetype offset = match.captured(1).toLongLong();
        return offset < body.size() ? std::optional(offset) : std::nullopt;
    }
    static const QRegularExpression place(uR"(\bline\s+(\d+),\s*column\s+(\d+))"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const auto placed = place.match(QString::fromUtf8(reason));
    if (!placed.hasMatch()) {
        return std::nullopt;
    }
    qsizetype begin = 0;
    for (qsizetype line = 1; line < placed.captured(1).toLongLong(); ++line) {
        const qsizetype end = body.indexOf('\n', begin);
        if (end < 0) {
            return std::nullopt;
        }
        begin = end + 1;
    }
    const qsizetype offset = begin + placed.captured(2).toLongLong() - 1;
    return offset >= 0 && offset < body.size() ? std::optional(offset) : std::nullopt;
}

} // namespace ui
