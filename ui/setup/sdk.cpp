// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/sdk.h"

#include <algorithm>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace ui {

std::vector<Sdk> loadSdks()
{
    QFile file(u":/setup/sdks.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isOpen, "loadSdks", "the ui resources are not linked");
    if (!isOpen)
        return {};
    std::vector<Sdk> sdks;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto &groupValue : root[u"groups"].toArray()) {
        const QJsonObject group = groupValue.toObject();
        for (const auto &value : group[u"sdks"].toArray()) {
            const QJsonObject object = value.toObject();
            QStringList lines;
            for (const auto &line : object[u"code"].toArray())
                lines.append(line.toString());
            sdks.push_back({.id = object[u"id"].toString(),
                            .group = group[u"id"].toString(),
                            .name = object[u"name"].toString(),
                            .where = object[u"where"].toString(),
                            .code = lines.join(u'\n'),
                            .note = object[u"note"].toString(),
                            .searchWords = object[u"searchWords"].toString(),
                            .isTried = object[u"tried"].toBool()});
        }
    }
    return sdks;
}

QString filledIn(const QString &text, const capture::Address &address)
{
    const QString port = QString::number(address.port);
    const QString ip = address.host.isNull() ? u"THIS-MACHINE"_s : address.host.toString();
    const QString host =
        (address.host.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + ip + u']' : ip) + u':' + port;
    // Loopback of an Android emulator is the emulator itself; any other address reaches this machine as it
    // is.
    const QString emulator = address.host.isLoopback() ? u"10.0.2.2:"_s + port : host;
    QString filled = text;
    filled.replace(u"{{url}}"_s, u"http://"_s + host);
    filled.replace(u"{{host}}"_s, host);
    filled.replace(u"{{ip}}"_s, ip);
    filled.replace(u"{{port}}"_s, port);
    filled.replace(u"{{emulator}}"_s, emulator);
    return filled;
}

capture::Address appAddress(const Services::CaptureState &state)
{
    capture::Address address{QHostAddress(QHostAddress::LocalHost), 8765};
    if (!state.addresses.empty()) {
        const auto version4 = std::ranges::find_if(state.addresses, [](const capture::Address &one) {
            return one.host.protocol() == QAbstractSocket::IPv4Protocol;
        });
        address = version4 != state.addresses.end() ? *version4 : state.addresses.front();
    }
    // Listening on every interface is no address to send to.
    if (address.host == QHostAddress(QHostAddress::AnyIPv4) ||
        address.host == QHostAddress(QHostAddress::Any))
        address.host = QHostAddress(QHostAddress::LocalHost);
    return address;
}

} // namespace ui
