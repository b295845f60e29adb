// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/replies.h"

#include "segment/querystring.h"
#include "json/quote.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

constexpr char jsonType[] = "application/json";

QByteArray quoted(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return json::quoted({utf8.constData(), static_cast<std::size_t>(utf8.size())});
}

/// What a browser needs to let the page read the answer; harmless for all others.
std::vector<http::Header> corsHeaders(const http::Request &request)
{
    const QByteArray origin = request.header("Origin");
    std::vector<http::Header> headers{{"Access-Control-Allow-Origin", origin.isEmpty() ? "*"_ba : origin}};
    if (!origin.isEmpty()) {
        headers.push_back({"Access-Control-Allow-Credentials", "true"});
    }
    headers.push_back({"Access-Control-Expose-Headers", "Retry-After, X-RateLimit-Reset"});
    headers.push_back({"Vary", "Origin"});
    return headers;
}

http::Response reply(const http::Request &request, int status, const QByteArray &contentType,
                     const QByteArray &body)
{
    http::Response response{status, corsHeaders(request), body};
    response.headers.insert(response.headers.begin(), {"Content-Type", contentType});
    return response;
}

/// Browsers name themselves; mobile SDKs would make https:// of an apiHost, so they get none.
bool isBrowser(const http::Request &request)
{
    return !request.header("Origin").isEmpty() || !request.header("Sec-Fetch-Mode").isEmpty();
}

} // namespace

http::Response accepted(const http::Request &request)
{
    return reply(request, 200, jsonType, "{\"success\":true}");
}

http::Response jsonp(const http::Request &request, QByteArrayView query)
{
    const QByteArray callback = parameter(parameters(query), "callback").value_or(QByteArray());
    // Anything but a name would be a script of the sender's own in the page.
    const bool isName = !callback.isEmpty() && std::ranges::all_of(callback, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '$' || c == '.';
    });
    if (!isName) {
        return accepted(request);
    }
    return reply(request, 200, "application/javascript", callback + "({\"success\":true});");
}

http::Response pixel(const http::Request &request)
{
    static constexpr unsigned char gif[] = {
        'G', 'I', 'F', '8', '9', 'a',  1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0, 0,    0, 0x21, 0xF9, 4,
        1,   0,   0,   0,   0,   0x2C, 0, 0, 0, 0, 1,    0, 1, 0, 0, 2, 2, 0x44, 1, 0,    0x3B};
    http::Response response =
        reply(request, 200, "image/gif", QByteArray(reinterpret_cast<const char *>(gif), sizeof gif));
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
}

http::Response refused(const http::Request &request, int status, QByteArrayView code, const QString &message)
{
    const QByteArray text = quoted(message);
    return reply(request, status, jsonType,
                 "{\"success\":false,\"error\":" + text +
                     ",\"code\":" + json::quoted({code.data(), static_cast<std::size_t>(code.size())}) +
                     ",\"message\":" + text + '}');
}

http::Response preflight(const http::Request &request)
{
    http::Response response{204, corsHeaders(request), {}};
    const QByteArray asked = request.header("Access-Control-Request-Headers");
    response.headers.push_back({"Access-Control-Allow-Methods", "GET, POST, OPTIONS"});
    response.headers.push_back({"Access-Control-Allow-Headers",
                                asked.isEmpty() ? "authorization, content-type, x-retry-count"_ba : asked});
    response.headers.push_back({"Access-Control-Max-Age", "600"});
    if (request.header("Access-Control-Request-Private-Network") == "true") {
        response.headers.push_back({"Access-Control-Allow-Private-Network", "true"});
    }
    return response;
}

http::Response settings(const http::Request &request, const QString &writeKey, Redirect redirect)
{
    QByteArray apiHost;
    const QByteArray host = request.header("Host");
    if (redirect != Redirect::None && isBrowser(request) && !host.isEmpty()) {
        apiHost = ",\"apiHost\":" +
                  json::quoted({host.constData(), static_cast<std::size_t>(host.size())}).chopped(1) +
                  "/v1\",\"protocol\":" + (redirect == Redirect::Https ? "\"https\"" : "\"http\"");
    }
    // One integration only: more would make the browser load a chunk that is not shipped. A sample rate
    // of 0 stops the SDK's own telemetry.
    http::Response response =
        reply(request, 200, jsonType,
              "{\"integrations\":{\"Segment.io\":{\"apiKey\":" + quoted(writeKey) +
                  ",\"unbundledIntegrations\":[],\"addBundledMetadata\":true,\"maybeBundledConfigIds\":{},"
                  "\"versionSettings\":{\"version\":\"4.4.7\",\"componentTypes\":[\"browser\"]}" +
                  apiHost +
                  "}},\"plan\":{\"track\":{\"__default\":{\"enabled\":true,\"integrations\":{}}}},"
                  "\"edgeFunction\":{},"
                  "\"analyticsNextEnabled\":true,\"middlewareSettings\":{},\"enabledMiddleware\":{},"
                  "\"metrics\":{\"sampleRate\":0},\"legacyVideoPluginsEnabled\":false,\"remotePlugins\":[]}");
    response.headers.push_back({"Cache-Control", "no-cache"});
    return response;
}

http::Response token(const http::Request &request)
{
    http::Response response =
        reply(request, 200, jsonType,
              "{\"access_token\":\"trackside\",\"token_type\":\"Bearer\",\"expires_in\":86400,"
              "\"scope\":\"tracking_api:write\"}");
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
}

http::Response health(const http::Request &request)
{
    return reply(request, 200, "text/plain; charset=utf-8", "Trackside is listening for Segment events.\n");
}

http::Response unknownPath(const http::Request &request, const Route &route)
{
    const QString reason =
        route.kind == RouteKind::Script
            ? u"Trackside does not ship analytics.js. Leave the script's address at Segment's CDN and only "
              u"set "
              "analytics._cdn and apiHost to this port."_s
            : u"No such path here. SDKs use: POST /v1/batch, /v1/import, /v1/b, /v1/track, /v1/page, "
              u"/v1/screen, "
              "/v1/identify, /v1/group, /v1/alias (or their first letter); GET /v1/pixel/<type>; "
              "GET /v1/projects/<write key>/settings."_s;
    return refused(request, 404, "unknown_path", reason);
}

} // namespace segment
