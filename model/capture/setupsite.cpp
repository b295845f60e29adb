// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/setupsite.h"

#include "segment/querystring.h"
#include "segment/replies.h"
#include "json/quote.h"

#include <algorithm>
#include <array>

#include <QFile>

namespace capture {

using namespace Qt::StringLiterals;

namespace {

using Kind = Observation::Kind;

constexpr QByteArrayView folder = "/trackside/";
/// Nothing from elsewhere; the only other host asked is the test's.
constexpr char contentPolicy[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                                 "'self' https://trackside.segment.io; "
                                 "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Asset
{
    QByteArrayView path;
    const char *file;
    const char *type;
};
constexpr std::array assets{
    Asset{"/trackside/setup.css", ":/setuppage/setup.css", "text/css; charset=utf-8"},
    Asset{"/trackside/setup.js", ":/setuppage/setup.js", "text/javascript; charset=utf-8"},
};

struct Certificate
{
    QByteArrayView path;
    tls::ExportFormat format;
};
constexpr std::array certificates{
    Certificate{"/trackside/ca.pem", tls::ExportFormat::Pem},
    Certificate{"/trackside/ca.crt", tls::ExportFormat::Der},
    Certificate{"/trackside/trackside.mobileconfig", tls::ExportFormat::MobileConfig},
};

http::Response answered(int status, const char *type, const QByteArray &body)
{
    return {status,
            {{"Content-Type", type},
             {"Cache-Control", "no-store"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Content-Security-Policy", contentPolicy}},
            body};
}

http::Response plainText(int status, const QString &text)
{
    return answered(status, "text/plain; charset=utf-8", text.toUtf8() + '\n');
}

http::Response file(const char *name, const char *type)
{
    QFile source(QString::fromLatin1(name));
    if (!source.open(QIODevice::ReadOnly)) {
        return plainText(404, u"This build of Trackside has no setup page."_s);
    }
    return answered(200, type, source.readAll());
}

/// The browser asked a proxy for it: its first line names the host too.
bool isProxied(const http::Request &request, const Arrival &arrival)
{
    const QByteArray target = request.head.left(request.head.indexOf('\r')).split(' ').value(1);
    return arrival.mode == Mode::ProxyHttp || arrival.mode == Mode::ProxyTls ||
           (!target.isEmpty() && !target.startsWith('/'));
}

/// What all programs of one device did.
struct Reached
{
    bool hasUsedProxy = false;
    std::uint64_t refusals = 0, opened = 0, events = 0;
};

Reached reachedBy(const QByteArray &address, const std::vector<Client> &clients)
{
    Reached reached;
    for (const Client &each : clients) {
        if (each.address != address) {
            continue;
        }
        reached.hasUsedProxy = reached.hasUsedProxy || each.cameBy(Mode::ProxyHttp) ||
                               each.cameBy(Mode::ProxyTls) || !each.elsewhere.empty();
        reached.refusals += each.of(Kind::TlsRefused).count + each.of(Kind::TlsBroken).count;
        reached.opened += each.of(Kind::TlsOpened).count;
        reached.events += each.of(Kind::Events).count;
    }
    return reached;
}

QByteArray number(std::uint64_t value)
{
    return QByteArray::number(static_cast<qulonglong>(value));
}

} // namespace

SetupSite::SetupSite(Devices &devices, const ClientLog &clients, AuthoritySource authority)
    : m_devices(devices)
    , m_clients(clients)
    , m_authority(std::move(authority))
{
}

std::optional<http::Response> SetupSite::answer(const http::Request &request, const Arrival &arrival,
                                                std::int64_t nowUs)
{
    const QByteArrayView target = request.target;
    const qsizetype question = target.indexOf('?');
    const QByteArrayView path = question < 0 ? target : target.first(question);
    const QByteArrayView query = question < 0 ? QByteArrayView() : target.sliced(question + 1);

    const bool isPage = path == folder || (arrival.host == testHost && path == QByteArrayView("/"));
    const bool isPageWithoutSlash = path == folder.chopped(1);
    const bool isStatus = path == QByteArrayView("/trackside/status");
    const auto asset =
        std::find_if(assets.begin(), assets.end(), [path](const Asset &each) { return each.path == path; });
    const auto exported = std::find_if(certificates.begin(), certificates.end(),
                                       [path](const Certificate &each) { return each.path == path; });
    if (!isPage && !isPageWithoutSlash && !isStatus && asset == assets.end() &&
        exported == certificates.end()) {
        return std::nullopt;
    }
    if (request.method != "GET" && request.method != "HEAD") {
        http::Response refused = plainText(405, u"This page is only read: GET or HEAD."_s);
        refused.headers.push_back({"Allow", "GET, HEAD"});
        return refused;
    }
    if (isPageWithoutSlash) { // as people type it
        http::Response moved = plainText(302, u"The page is at /trackside/."_s);
        moved.headers.push_back(
            {"Location", folder.toByteArray() + target.sliced(path.size()).toByteArray()});
        return moved;
    }
    if (isPage) {
        return page(request, query, arrival, nowUs);
    }
    if (isStatus) {
        return status(request, arrival, nowUs);
    }
    return exported != certificates.end() ? certificate(exported->format) : file(asset->file, asset->type);
}

bool SetupSite::isAccepted(const http::Request &request, const Arrival &arrival, std::int64_t nowUs)
{
    return arrival.isFromThisMachine() ||
           m_devices.isAccepted(arrival.address(), request.header("User-Agent"), nowUs);
}

http::Response SetupSite::page(const http::Request &request, QByteArrayView query, const Arrival &arrival,
                               std::int64_t nowUs)
{
    if (const auto code = segment::parameter(segment::parameters(query), "code");
        code && !code->isEmpty() && !arrival.isFromThisMachine()) {
        (void)m_devices.pair(arrival.address(), request.header("User-Agent"), *code, nowUs);
    }
    // Whoever has opened the page is listed, so that the user can accept it.
    (void)isAccepted(request, arrival, nowUs);
    return file(":/setuppage/index.html", "text/html; charset=utf-8");
}

http::Response SetupSite::certificate(tls::ExportFormat format) const
{
    const auto authority = m_authority();
    if (!authority) {
        return plainText(500, authority.error().oneLine());
    }
    const QByteArray bytes = (*authority)->exported(format);
    switch (format) {
    case tls::ExportFormat::Pem: {
        http::Response response = answered(200, "application/x-pem-file", bytes);
        response.headers.push_back({"Content-Disposition", "attachment; filename=\"trackside-ca.pem\""});
        return response;
    }
    case tls::ExportFormat::Der: {
        http::Response response = answered(200, "application/x-x509-ca-cert", bytes);
        response.headers.push_back({"Content-Disposition", "attachment; filename=\"trackside-ca.crt\""});
        return response;
    }
    case tls::ExportFormat::MobileConfig:
        break;
    }
    // Without a disposition: Safari offers to install what it shows, and only keeps what it saves.
    return answered(200, "application/x-apple-aspen-config", bytes);
}

/// {"address":"192.168.1.23","accepted":true,"proxy":"this","opened":3,"refusals":0,"captured":12}
/// `proxy`: "this" when the request itself came through it, "device" when another of this address did, or
/// "none". `opened` and `refusals` count TLS handshakes, `captured` events, of all programs of the address.
http::Response SetupSite::status(const http::Request &request, const Arrival &arrival, std::int64_t nowUs)
{
    const QByteArray address = arrival.address();
    const Reached reached = reachedBy(address, m_clients.clients());
    const char *const proxy = isProxied(request, arrival) ? "this" : reached.hasUsedProxy ? "device" : "none";
    const char *const accepted = isAccepted(request, arrival, nowUs) ? "true" : "false";
    return answered(
        200, "application/json",
        "{\"address\":" + json::quoted({address.constData(), static_cast<std::size_t>(address.size())}) +
            ",\"accepted\":" + accepted + ",\"proxy\":\"" + proxy +
            "\",\"opened\":" + number(reached.opened) + ",\"refusals\":" + number(reached.refusals) +
            ",\"captured\":" + number(reached.events) + '}');
}

http::Response SetupSite::notAccepted(const http::Request &request) const
{
    const QString sentence =
        u"This device is not accepted yet. Accept it in Trackside (Setup, Phone), then try again."_s;
    if (request.header("Accept").contains("text/html")) {
        return plainText(403, sentence);
    }
    return segment::refused(request, 403, "device_not_accepted", sentence);
}

} // namespace capture
