// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/searchtext.h"

#include "filter/pattern.h"

#include <algorithm>

namespace store {

namespace {

void addUnicode(QByteArray &out, std::string_view utf8)
{
    const QString folded = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toCaseFolded();
    qsizetype at = 0;
    while (at < folded.size()) {
        const qsizetype begin = at;
        while (at < folded.size() && filter::isWordCharacter(folded, at)) {
            ++at;
        }
        if (at > begin) {
            out.append(QStringView(folded).sliced(begin, at - begin).toUtf8()).append(' ');
        } else {
            ++at;
        }
    }
}

/// Most texts are ASCII: folding and splitting them needs no detour over UTF-16.
void addText(QByteArray &out, std::string_view utf8)
{
    if (std::ranges::any_of(utf8, [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; })) {
        addUnicode(out, utf8);
        return;
    }
    bool isInWord = false;
    for (const char byte : utf8) {
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            out.append(byte);
            isInWord = true;
        } else if (byte >= 'A' && byte <= 'Z') {
            out.append(static_cast<char>(byte - 'A' + 'a'));
            isInWord = true;
        } else if (isInWord) {
            out.append(' ');
            isInWord = false;
        }
    }
    if (isInWord) {
        out.append(' ');
    }
}

void addScalar(QByteArray &out, json::Value value)
{
    if (value.isString()) {
        addText(out, value.text());
    } else if (value.isNumber() || value.isBool()) {
        addText(out, value.raw());
    }
}

void addLeaves(QByteArray &out, json::Value value)
{
    // Without recursion: an event may be nested thousands of levels deep.
    std::vector<json::Value::Child> open{value.firstChild()};
    while (!open.empty()) {
        const json::Value::Child child = open.back();
        if (!child) {
            open.pop_back();
            continue;
        }
        open.back() = child.next();
        const json::Value inner = child.value();
        if (inner.isObject() || inner.isArray()) {
            open.push_back(inner.firstChild());
        } else {
            addScalar(out, inner);
        }
    }
}

} // namespace

QByteArray searchText(const QString &name, const QByteArray &body, json::Parser &parser)
{
    QByteArray out;
    const QByteArray utf8 = name.toUtf8();
    addText(out, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    const auto parsed = parser.parse(body);
    if (parsed) {
        const json::Value root = (*parsed)->root();
        for (const char *key : {"userId", "anonymousId", "messageId", "previousId", "groupId"}) {
            addScalar(out, root.find(key));
        }
        addLeaves(out, root.find("properties"));
        addLeaves(out, root.find("traits"));
    }
    return out;
}

} // namespace store
