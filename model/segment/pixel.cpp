// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/pixel.h"

#include "segment/querystring.h"
#include "json/quote.h"

#include <algorithm>
#include <memory>

#include <QList>

namespace segment {

namespace {

constexpr qsizetype maxLevels = 50;

/// A parameter's place in the object; made in the order sent. A repeated text comes out twice, as a
/// duplicate key that the checks will name.
struct Member
{
    QByteArray key;
    QByteArray text;
    std::vector<std::unique_ptr<Member>> members; ///< an object when not empty
};

QByteArray quoted(const QByteArray &text)
{
    return json::quoted({text.constData(), static_cast<std::size_t>(text.size())});
}

void insert(Member &root, const QByteArray &name, QByteArray text)
{
    Member *at = &root;
    QList<QByteArray> keys = name.split('.');
    if (keys.size() > maxLevels || keys.contains(QByteArray())) {
        keys = {name};
    }
    for (qsizetype i = 0; i + 1 < keys.size(); ++i) {
        const auto known = std::ranges::find_if(at->members, [&](const auto &member) {
            return !member->members.empty() && member->key == keys[i];
        });
        if (known == at->members.end()) {
            at = at->members.emplace_back(std::make_unique<Member>(Member{keys[i], {}, {}})).get();
        } else {
            at = known->get();
        }
    }
    at->members.push_back(std::make_unique<Member>(Member{keys.back(), std::move(text), {}}));
}

/// At most maxLevels deep.
void write(const Member &object, QByteArray &json)
{
    json += '{';
    for (std::size_t i = 0; i < object.members.size(); ++i) {
        const Member &member = *object.members[i];
        json += i == 0 ? "" : ",";
        json += quoted(member.key) + ':';
        if (member.members.empty()) {
            json += quoted(member.text);
        } else {
            write(member, json);
        }
    }
    json += '}';
}

} // namespace

std::optional<QByteArray> eventOfQuery(QByteArrayView query)
{
    const std::vector<Parameter> all = parameters(query);
    const auto data = std::ranges::find_if(all, [](const Parameter &each) { return each.name == "data"; });
    if (data != all.end()) {
        // A bare '+' may have become a space on its way.
        QByteArray coded = percentDecoded(data->rawValue, PlusSign::Itself).replace(' ', '+');
        coded.replace('-', '+').replace('_', '/');
        while (coded.endsWith('=')) {
            coded.chop(1);
        }
        const auto decoded = QByteArray::fromBase64Encoding(
            coded, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        return decoded && !(*decoded).isEmpty() ? std::optional(*decoded) : std::nullopt;
    }
    Member root;
    for (const Parameter &each : all) {
        if (each.name != "callback") {
            insert(root, each.name, percentDecoded(each.rawValue, PlusSign::Space));
        }
    }
    if (root.members.empty()) {
        return std::nullopt;
    }
    QByteArray json;
    write(root, json);
    return json;
}

} // namespace segment
