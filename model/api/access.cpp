// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/access.h"

#include "api/problem.h"
#include "base/constanttime.h"

#include <algorithm>

namespace api {

using namespace Qt::StringLiterals;

namespace {

/// "host:port" without the port; an IPv6 address without its brackets.
QString hostName(const QByteArray &authority)
{
    const QString text = QString::fromLatin1(authority).trimmed().toLower();
    if (text.startsWith(u'[')) {
        return text.sliced(1, std::max<qsizetype>(text.indexOf(u']') - 1, 0));
    }
    const qsizetype colon = text.lastIndexOf(u':');
    return colon < 0 ? text : text.first(colon);
}

bool isOurs(const QString &host, const std::vector<capture::Address> &listening, bool hasToken)
{
    if (host == u"localhost"_s) {
        return true;
    }
    const QHostAddress address(host);
    if (address.isNull()) {
        return false;
    }
    // A name can be pointed anywhere, an address can't: with a token any of this machine's will do.
    return address.isLoopback() || hasToken ||
           std::any_of(listening.begin(), listening.end(),
                       [&address](const capture::Address &each) { return each.host == address; });
}

} // namespace

std::optional<http::Response> refusedAccess(const http::Request &request,
                                            const std::vector<capture::Address> &listening,
                                            const QString &token)
{
    const QByteArray host = request.header("Host");
    if (!isOurs(hostName(host), listening, !token.isEmpty())) {
        return problem(
            421, {base::ErrorCode::Permission,
                  u"The API does not answer for the host \"%1\"."_s.arg(QString::fromUtf8(host.left(200))),
                  u"It answers for this machine's own addresses only, so that no web page can reach it."_s,
                  u"Ask 127.0.0.1 or localhost."_s});
    }
    if (!request.header("Origin").isEmpty()) {
        return problem(403, {base::ErrorCode::Permission, u"The API does not answer web pages."_s,
                             u"The request carries an Origin header."_s,
                             u"Ask from a script or a test outside the browser."_s});
    }
    if (!token.isEmpty() &&
        !base::isSameSecret(request.header("Authorization"), "Bearer " + token.toUtf8())) {
        http::Response response = problem(401, {base::ErrorCode::Permission,
                                                u"The token is missing or wrong."_s,
                                                {},
                                                u"Send it as `Authorization: Bearer TOKEN`."_s});
        response.headers.push_back({"WWW-Authenticate", "Bearer"});
        return response;
    }
    return std::nullopt;
}

} // namespace api
