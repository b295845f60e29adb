// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/route.h"

#include "segment/querystring.h"

#include <array>

namespace segment {

namespace {

using event::CallType;

struct TypedPath
{
    QByteArrayView name;
    CallType type;
};

/// The last part of the paths behind /v1/ that say a call's type; browsers send the letters.
constexpr std::array typedPaths{
    TypedPath{"t", CallType::Track},    TypedPath{"track", CallType::Track},
    TypedPath{"p", CallType::Page},     TypedPath{"page", CallType::Page},
    TypedPath{"i", CallType::Identify}, TypedPath{"identify", CallType::Identify},
    TypedPath{"g", CallType::Group},    TypedPath{"group", CallType::Group},
    TypedPath{"a", CallType::Alias},    TypedPath{"alias", CallType::Alias},
    TypedPath{"s", CallType::Screen},   TypedPath{"screen", CallType::Screen},
};

CallType typeOf(QByteArrayView name)
{
    for (const TypedPath &path : typedPaths) {
        if (path.name == name) {
            return path.type;
        }
    }
    return CallType::None;
}

/// Splits a target into path and query; a proxy's client sends scheme and host in front of them.
void splitTarget(QByteArrayView target, Route &route)
{
    const qsizetype scheme = target.indexOf("://");
    if (scheme > 0 && !target.startsWith('/')) {
        const QByteArrayView rest = target.sliced(scheme + 3);
        const qsizetype slash = rest.indexOf('/');
        const qsizetype question = rest.indexOf('?');
        const bool hasPath = slash >= 0 && (question < 0 || slash < question);
        target = hasPath ? rest.sliced(slash) : question < 0 ? QByteArrayView{} : rest.sliced(question);
    }
    const qsizetype question = target.indexOf('?');
    route.path = (question < 0 ? target : target.first(question)).toByteArray();
    route.query = question < 0 ? QByteArray() : target.sliced(question + 1).toByteArray();
    if (route.path.isEmpty()) {
        route.path = "/";
    }
}

bool isScript(QByteArrayView path)
{
    // Only the prefix differs between a snippet that names us and one behind a path of a proxy.
    return path.indexOf("/analytics.js/v1/") >= 0 || path.endsWith("/platform/analytics.min.js") ||
           path.indexOf("/analytics-next/bundles/") >= 0 || path.indexOf("/next-integrations/") >= 0;
}

/// The write key between ".../projects/" and "/settings".
std::optional<QByteArrayView> settingsKey(QByteArrayView path)
{
    constexpr QByteArrayView front = "/projects/";
    constexpr QByteArrayView back = "/settings";
    if (!path.endsWith(back)) {
        return std::nullopt;
    }
    const QByteArrayView before = path.chopped(back.size());
    const qsizetype slash = before.lastIndexOf('/');
    if (slash < 0 || !before.first(slash + 1).endsWith(front)) {
        return std::nullopt;
    }
    return before.sliced(slash + 1);
}

void routeGet(QByteArrayView path, QByteArrayView name, QByteArrayView parent, Route &route)
{
    if (const auto key = settingsKey(path)) {
        route.kind = RouteKind::Settings;
        route.writeKey = QString::fromUtf8(percentDecoded(*key, PlusSign::Itself));
    } else if (parent.endsWith("/v1/pixel") && name.size() > 1 && typeOf(name) != CallType::None) {
        route.kind = RouteKind::Pixel;
        route.type = typeOf(name);
    } else if (parent.endsWith("/v1") && typeOf(name) != CallType::None &&
               parameter(parameters(route.query), "data").has_value()) {
        route.kind = RouteKind::Jsonp;
        route.type = typeOf(name);
    } else if (path.isEmpty()) {
        route.kind = RouteKind::Health;
    } else if (isScript(path)) {
        route.kind = RouteKind::Script;
    }
}

void routePost(QByteArrayView path, QByteArrayView name, QByteArrayView parent, Route &route)
{
    if (name == "m" && (parent.isEmpty() || parent.endsWith("/v1"))) {
        route.kind = RouteKind::Metrics;
    } else if (path.endsWith("/token")) {
        route.kind = RouteKind::Token;
    } else {
        // Node's `path` option and React Native's `proxy` post to any path: what is no event is
        // shown as a rejected request, so nothing is missed.
        route.kind = RouteKind::Ingest;
        if (parent.endsWith("/v1") || parent.endsWith("/v1/pixel")) {
            route.type = typeOf(name);
        }
    }
}

} // namespace

Route route(QByteArrayView method, QByteArrayView target)
{
    Route route;
    splitTarget(target, route);
    if (method == "OPTIONS") {
        route.kind = RouteKind::Preflight;
        return route;
    }
    QByteArrayView path = route.path;
    if (path.endsWith('/')) {
        path.chop(1);
    }
    const qsizetype slash = path.lastIndexOf('/');
    const QByteArrayView name = path.sliced(slash + 1);
    const QByteArrayView parent = slash < 0 ? QByteArrayView{} : path.first(slash);
    if (method == "GET" || method == "HEAD") {
        routeGet(path, name, parent, route);
    } else if (method == "POST") {
        routePost(path, name, parent, route);
    }
    return route;
}

} // namespace segment
