// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/address.h"

#include <algorithm>
#include <cerrno>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QSet>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

/// Asked of the system, not of /proc: a port of another user's program is as taken as one of ours.
bool canBind(quint16 port)
{
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    six.sin6_addr = in6addr_loopback;
    const auto binds = [](int family, const auto &address) {
        const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return true; // a machine without IPv6: nobody can have it there
        }
        const int on = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        const bool isBound =
            ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 ||
            errno == EADDRNOTAVAIL;
        ::close(socket);
        return isBound;
    };
    return binds(AF_INET, four) && binds(AF_INET6, six);
}

base::Failure badAddress(const QString &text, const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"\"%1\" is no address to listen on."_s.arg(text), why,
                         u"Write it as 127.0.0.1:8765, [::1]:8765 or 8765 (both loopback addresses)."_s);
}

std::optional<quint16> portFrom(const QString &text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port > 65535 || text.startsWith(u'+')) {
        return std::nullopt;
    }
    return static_cast<quint16>(port);
}

std::vector<Address> loopbacks(quint16 port)
{
    return {{QHostAddress(QHostAddress::LocalHost), port}, {QHostAddress(QHostAddress::LocalHostIPv6), port}};
}

/// Inodes of the sockets that listen on a port, from a table of /proc/net.
void collectListeners(const QString &table, quint16 port, QSet<QByteArray> &inodes)
{
    constexpr int localField = 1, stateField = 3, inodeField = 9;
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.size() > inodeField && fields.at(localField).endsWith(wanted) &&
            fields.at(stateField) == "0A") {
            inodes.insert(fields.at(inodeField));
        }
    }
}

bool holdsOneOf(const QString &process, const QSet<QByteArray> &inodes)
{
    const QString folder = u"/proc/"_s + process + u"/fd"_s;
    const QStringList descriptors = QDir(folder).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &descriptor : descriptors) {
        std::array<char, 64> target{};
        const QByteArray path = QFile::encodeName(folder + u'/' + descriptor);
        const ssize_t length = readlink(path.constData(), target.data(), target.size());
        const QByteArrayView link(target.data(), static_cast<qsizetype>(std::max<ssize_t>(length, 0)));
        if (link.startsWith("socket:[") && link.endsWith(']') &&
            inodes.contains(link.sliced(8, link.size() - 9).toByteArray())) {
            return true;
        }
    }
    return false;
}

base::Result<std::vector<Address>> parseOne(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return badAddress(text, u"It is empty."_s);
    }
    QString host;
    QString portText = trimmed;
    if (trimmed.startsWith(u'[')) {
        const qsizetype end = trimmed.indexOf(u"]:"_s);
        if (end < 0) {
            return badAddress(text, u"After the address in brackets a colon and the port are missing."_s);
        }
        host = trimmed.sliced(1, end - 1);
        portText = trimmed.sliced(end + 2);
    } else if (const qsizetype colon = trimmed.lastIndexOf(u':'); colon >= 0) {
        host = trimmed.first(colon);
        portText = trimmed.sliced(colon + 1);
        if (host.contains(u':')) {
            return badAddress(text, u"An IPv6 address stands in brackets before its port."_s);
        }
    } else if (trimmed.contains(u'.') || !trimmed.at(0).isDigit()) {
        return badAddress(text, u"The port is missing."_s);
    }

    const std::optional<quint16> port = portFrom(portText);
    if (!port) {
        return badAddress(text, u"\"%1\" is no port: a port is a number from 0 to 65535."_s.arg(portText));
    }
    if (host.isEmpty() || host.compare(u"localhost"_s, Qt::CaseInsensitive) == 0) {
        return loopbacks(*port);
    }
    if (host == u"*"_s) {
        return std::vector<Address>{{QHostAddress(QHostAddress::Any), *port}};
    }
    const QHostAddress address(host);
    if (address.isNull()) {
        return badAddress(text,
                          u"\"%1\" is no IP address of this machine; names are not looked up."_s.arg(host));
    }
    return std::vector<Address>{{address, *port}};
}

} // namespace

base::Result<std::vector<Address>> parseListen(const QString &text)
{
    std::vector<Address> all;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        auto parsed = parseOne(part);
        if (!parsed) {
            return parsed;
        }
        for (const Address &address : *parsed) {
            const bool isThere = std::ranges::any_of(all, [&address](const Address &each) {
                return each.host == address.host && each.port == address.port;
            });
            if (!isThere) {
                all.push_back(address);
            }
        }
    }
    return all;
}

QString toText(const Address &address)
{
    const QString host = address.host.toString();
    const bool isSix = address.host.protocol() == QAbstractSocket::IPv6Protocol;
    return (isSix ? u'[' + host + u']' : host) + u':' + QString::number(address.port);
}

QString portHolder(quint16 port)
{
    QSet<QByteArray> inodes;
    collectListeners(u"/proc/net/tcp"_s, port, inodes);
    collectListeners(u"/proc/net/tcp6"_s, port, inodes);
    if (inodes.isEmpty()) {
        return {};
    }
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &process : entries) {
        if (!process.at(0).isDigit() || !holdsOneOf(process, inodes)) {
            continue;
        }
        QFile name(u"/proc/"_s + process + u"/comm"_s);
        const QString program =
            name.open(QIODevice::ReadOnly) ? QString::fromUtf8(name.readAll()).trimmed() : u"process"_s;
        return u"%1 (pid %2)"_s.arg(program, process);
    }
    return {};
}

quint16 nextFreePort(quint16 taken)
{
    for (uint port = taken + 1U; port <= 65535 && port <= taken + 100U; ++port) {
        if (canBind(static_cast<quint16>(port))) {
            return static_cast<quint16>(port);
        }
    }
    return 0;
}

} // namespace capture
