// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/platform.h"

#include "ui/setup/sdk.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

std::vector<Platform::Step> stepsOf(const QJsonValue &array)
{
    std::vector<Platform::Step> steps;
    for (const auto &value : array.toArray()) {
        QStringList lines;
        for (const auto &line : value[u"code"].toArray())
            lines.append(line.toString());
        steps.push_back({value[u"text"].toString(), lines.join(u'\n')});
    }
    return steps;
}

QString quotedForShell(const QString &path)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./+:@%-]+$"_s);
    return plain.match(path).hasMatch() ? path : u'\'' + QString(path).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

std::vector<Platform> loadPlatforms()
{
    QFile file(u":/setup/platforms.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isOpen, "loadPlatforms", "the ui resources are not linked");
    if (!isOpen)
        return {};
    std::vector<Platform> platforms;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto &group : root[u"groups"].toArray()) {
        for (const auto &one : group[u"platforms"].toArray()) {
            platforms.push_back({.id = one[u"id"].toString(),
                                 .group = group[u"id"].toString(),
                                 .name = one[u"name"].toString(),
                                 .searchWords = one[u"searchWords"].toString(),
                                 .isAway = one[u"away"].toBool(),
                                 .trust = stepsOf(one[u"trust"]),
                                 .route = stepsOf(one[u"route"]),
                                 .undo = stepsOf(one[u"undo"])});
        }
    }
    return platforms;
}

QString withFacts(const QString &text, const PlatformFacts &facts)
{
    QString filled = filledIn(text, facts.address);
    filled.replace(u"{{certificate}}"_s, quotedForShell(facts.certificatePath));
    filled.replace(u"{{authority}}"_s, facts.authorityName);
    return filled;
}

} // namespace ui
