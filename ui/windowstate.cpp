// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/windowstate.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QByteArray bytes(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

QString WindowState::screenLayout()
{
    QStringList screens;
    for (const QScreen *screen : QGuiApplication::screens()) {
        const QRect area = screen->geometry();
        screens.append(u"%1x%2+%3+%4"_s.arg(area.width()).arg(area.height()).arg(area.x()).arg(area.y()));
    }
    return screens.join(u' ');
}

WindowState WindowState::load(const base::Settings &settings, const QString &layout)
{
    const QJsonObject all = QJsonDocument::fromJson(settings.json(base::keys::window)).object();
    const QJsonObject object = all[layout].toObject();
    WindowState state;
    state.geometry = bytes(object[u"geometry"]);
    state.stream = bytes(object[u"stream"]);
    state.page = object[u"page"].toString();
    state.isSidebarCollapsed = object[u"sidebarCollapsed"].toBool();
    for (const QJsonValue &filter : object[u"filters"].toArray())
        state.filterHistory.append(filter.toString());
    return state;
}

base::Result<void> WindowState::save(base::Settings &settings, const QString &layout) const
{
    QJsonObject all = QJsonDocument::fromJson(settings.json(base::keys::window)).object();
    all[layout] = QJsonObject{{u"geometry"_s, text(geometry)},
                              {u"stream"_s, text(stream)},
                              {u"page"_s, page},
                              {u"sidebarCollapsed"_s, isSidebarCollapsed},
                              {u"filters"_s, QJsonArray::fromStringList(filterHistory)}};
    return settings.setJson(base::keys::window, QJsonDocument(all).toJson(QJsonDocument::Compact));
}

} // namespace ui
