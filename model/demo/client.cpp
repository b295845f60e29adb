// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "demo/client.h"

#include <array>

#include <QUuid>
#include <zlib.h>

namespace demo {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array callKeys{"track", "page", "screen", "identify", "group", "alias"};

/// The call type a step is of: the key it holds.
std::string typeOf(const Json &call)
{
    for (const char *key : callKeys) {
        if (call.contains(key)) {
            return key;
        }
    }
    return {};
}

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int gzipWindow = MAX_WBITS + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    QByteArray input = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int status = deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return status == Z_STREAM_END ? packed : QByteArray();
}

QByteArray bytesOf(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

std::string language(const std::string &locale)
{
    return locale.substr(0, locale.find('-'));
}

} // namespace

Client::Client(Actor actor, quint16 port)
    : m_actor(std::move(actor))
    , m_host("127.0.0.1:"_qba + QByteArray::number(port))
{
}

std::vector<QByteArray> Client::send(const Json &call, const QDateTime &now)
{
    std::vector<QByteArray> requests;
    if (call.contains("raw")) {
        addRaw(requests, call.at("raw"), now);
        return requests;
    }
    const bool isRetry = call.contains("again");
    if (isRetry && m_last.is_null()) {
        return requests;
    }
    Json built = isRetry ? m_last : event(call, now);
    m_last = built;
    if (m_actor.source.sdk != Sdk::Node) {
        addSettingsFetch(requests);
    }
    if (m_actor.source.sdk == Sdk::Browser) {
        addBrowserPost(requests, std::move(built), now);
        return requests;
    }
    m_batch.push_back(std::move(built));
    if (m_batch.size() >= m_actor.source.flushAt || call.value("flush", false)) {
        for (QByteArray &request : flush(now)) {
            requests.push_back(std::move(request));
        }
    }
    return requests;
}

std::vector<QByteArray> Client::flush(const QDateTime &now)
{
    if (m_batch.empty()) {
        return {};
    }
    Json envelope;
    envelope["batch"] = std::exchange(m_batch, Json::array());
    if (m_actor.source.sdk == Sdk::Node) {
        envelope["writeKey"] = m_actor.source.writeKey;
        envelope["sentAt"] = isoTime(now);
        return {request("POST"_qba, "/v1/batch"_qba,
                        {{"Content-Type"_qba, "application/json"_qba},
                         {"User-Agent"_qba, "analytics-node-next/latest"_qba},
                         {"Authorization"_qba, basicAuth()},
                         {"Accept"_qba, "*/*"_qba}},
                        bytesOf(envelope))};
    }
    envelope["sentAt"] = isoTime(now);
    envelope["writeKey"] = m_actor.source.writeKey;
    const QByteArray userAgent = QByteArray::fromStdString(m_actor.client.at("userAgent").get<std::string>());
    if (m_actor.client.value("isGzip", false)) {
        return {request("POST"_qba, "/v1/b"_qba,
                        {{"Content-Type"_qba, "text/plain"_qba},
                         {"Content-Encoding"_qba, "gzip"_qba},
                         {"User-Agent"_qba, userAgent}},
                        gzip(bytesOf(envelope)))};
    }
    return {request("POST"_qba, "/v1/b"_qba,
                    {{"Content-Type"_qba, "application/json; charset=utf-8"_qba},
                     {"Accept"_qba, "*/*"_qba},
                     {"User-Agent"_qba, userAgent}},
                    bytesOf(envelope))};
}

Json Client::event(const Json &call, const QDateTime &now) const
{
    const std::string type = typeOf(call);
    Json event;
    event["timestamp"] = isoTime(now);
    event["integrations"] =
        m_actor.source.sdk == Sdk::Browser ? Json{{"Segment.io", true}} : Json(Json::value_t::object);
    const std::string named = call.at(type).is_string() ? call.at(type).get<std::string>() : std::string();
    if (type == "track") {
        if (!named.empty()) {
            event["event"] = named;
        }
        event["type"] = type;
        event["properties"] = call.value("properties", Json::object());
    } else if (type == "page" || type == "screen") {
        event["type"] = type;
        Json properties = type == "page" ? pageOf(call) : Json::object();
        properties.update(call.value("properties", Json::object()));
        properties["name"] = named;
        event["properties"] = std::move(properties);
        event["name"] = named;
    } else if (type == "identify") {
        event["type"] = type;
        event["traits"] = call.at(type);
    } else if (type == "group") {
        event["type"] = type;
        event["traits"] = call.at("traits");
        event["groupId"] = named;
    } else {
        event["type"] = type;
        event["previousId"] = named;
    }
    event["context"] = contextFor(call);
    event["messageId"] = newMessageId(now);
    addIdentity(event, call);
    if (m_actor.source.sdk == Sdk::Node) {
        event["_metadata"] = {{"nodeVersion", "v20.20.2"}, {"jsRuntime", "node"}};
    }
    fillMoments(event, now);
    return event;
}

void Client::addIdentity(Json &event, const Json &call) const
{
    event["anonymousId"] = m_actor.person.at("anonymousId");
    if (call.contains("userId")) {
        event["userId"] = call.at("userId");
    } else if (m_actor.person.contains("userId") && !call.value("anonymous", false)) {
        event["userId"] = m_actor.person.at("userId");
    }
}

Json Client::pageOf(const Json &call) const
{
    const std::string path = call.value("path", m_path);
    return {{"path", path},
            {"referrer", ""},
            {"search", ""},
            {"title", call.value("title", m_title)},
            {"url", m_actor.source.origin + path}};
}

Json Client::contextFor(const Json &call) const
{
    Json context;
    switch (m_actor.source.sdk) {
    case Sdk::Browser:
        context["page"] = pageOf(call);
        context["userAgent"] = m_actor.client.at("userAgent");
        if (m_actor.client.contains("platform")) {
            context["userAgentData"] = {
                {"brands", Json::array({{{"brand", "Chromium"}, {"version", "142"}}})},
                {"mobile", m_actor.client.value("isMobile", false)},
                {"platform", m_actor.client.at("platform")}};
        }
        context["locale"] = m_actor.person.at("locale");
        context["library"] = {{"name", "analytics.js"}, {"version", "npm:next-1.84.3"}};
        context["timezone"] = m_actor.person.at("timezone");
        break;
    case Sdk::Mobile:
        context = m_actor.client.at("context");
        context["library"] = m_actor.client.at("library");
        context["locale"] = m_actor.person.at("locale");
        context["timezone"] = m_actor.person.at("timezone");
        break;
    case Sdk::Node:
        context["library"] = {{"name", "@segment/analytics-node"}, {"version", "3.1.0"}};
        break;
    }
    if (call.contains("context")) {
        context.update(call.at("context"));
    }
    return context;
}

std::string Client::newMessageId(const QDateTime &now) const
{
    std::string uuid = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    const std::string milliseconds = std::to_string(now.toMSecsSinceEpoch());
    switch (m_actor.source.sdk) {
    case Sdk::Browser:
        return "ajs-next-" + milliseconds + '-' + uuid;
    case Sdk::Node:
        return "node-next-" + milliseconds + '-' + uuid;
    case Sdk::Mobile:
        break;
    }
    return uuid;
}

void Client::addSettingsFetch(std::vector<QByteArray> &requests)
{
    if (m_hasSettings) {
        return;
    }
    m_hasSettings = true;
    const QByteArray path =
        "/v1/projects/"_qba + QByteArray::fromStdString(m_actor.source.writeKey) + "/settings"_qba;
    const QByteArray userAgent = QByteArray::fromStdString(m_actor.client.at("userAgent").get<std::string>());
    requests.push_back(
        request("GET"_qba, path,
                m_actor.source.sdk == Sdk::Browser
                    ? browserHeaders()
                    : Headers{{"User-Agent"_qba, userAgent}, {"Cache-Control"_qba, "no-cache"_qba}},
                {}));
}

void Client::addBrowserPost(std::vector<QByteArray> &requests, Json event, const QDateTime &now)
{
    // The page that is shown stays the context of what follows.
    const Json &page = event.at("context").at("page");
    m_path = page.at("path").get<std::string>();
    m_title = page.at("title").get<std::string>();

    const std::string path = "/v1/" + event.at("type").get<std::string>().substr(0, 1);
    const QByteArray target = QByteArray::fromStdString(path);
    if (m_preflighted.insert(path).second) {
        Headers headers = browserHeaders();
        headers.emplace_back("Access-Control-Request-Method"_qba, "POST"_qba);
        headers.emplace_back("Access-Control-Request-Headers"_qba, "authorization"_qba);
        requests.push_back(request("OPTIONS"_qba, target, headers, {}));
    }
    event["writeKey"] = m_actor.source.writeKey;
    event["sentAt"] = isoTime(now);
    event["_metadata"] = {{"bundled", Json::array({"Segment.io"})},
                          {"unbundled", Json::array()},
                          {"bundledIds", Json::array()}};
    Headers headers = browserHeaders();
    headers.emplace_back("Content-Type"_qba, "text/plain"_qba);
    headers.emplace_back("Authorization"_qba, basicAuth());
    requests.push_back(request("POST"_qba, target, headers, bytesOf(event)));
}

void Client::addRaw(std::vector<QByteArray> &requests, const Json &raw, const QDateTime &now) const
{
    Json body = raw.at("body");
    fillMoments(body, now);
    requests.push_back(request("POST"_qba, QByteArray::fromStdString(raw.at("path").get<std::string>()),
                               {{"Content-Type"_qba, "application/json"_qba},
                                {"User-Agent"_qba, "analytics-python/2.3.4"_qba},
                                {"Authorization"_qba, basicAuth()},
                                {"Accept"_qba, "*/*"_qba}},
                               QByteArray::fromStdString(body.get<std::string>())));
}

Client::Headers Client::browserHeaders() const
{
    const std::string locale = m_actor.person.at("locale").get<std::string>();
    Headers headers;
    headers.emplace_back("User-Agent"_qba,
                         QByteArray::fromStdString(m_actor.client.at("userAgent").get<std::string>()));
    headers.emplace_back("Accept"_qba, "*/*"_qba);
    headers.emplace_back("Accept-Language"_qba,
                         QByteArray::fromStdString(locale + ',' + language(locale) + ";q=0.9"));
    headers.emplace_back("Origin"_qba, QByteArray::fromStdString(m_actor.source.origin));
    headers.emplace_back("Sec-Fetch-Site"_qba, "cross-site"_qba);
    headers.emplace_back("Sec-Fetch-Mode"_qba, "cors"_qba);
    headers.emplace_back("Sec-Fetch-Dest"_qba, "empty"_qba);
    headers.emplace_back("Referer"_qba, QByteArray::fromStdString(m_actor.source.origin + '/'));
    return headers;
}

QByteArray Client::request(const QByteArray &method, const QByteArray &path, const Headers &headers,
                           const QByteArray &body) const
{
    QByteArray bytes =
        method + ' ' + path + " HTTP/1.1\r\nHost: "_qba + m_host + "\r\nConnection: keep-alive\r\n"_qba;
    for (const auto &[name, value] : headers) {
        bytes += name + ": "_qba + value + "\r\n"_qba;
    }
    if (method == "POST"_qba) {
        bytes += "Content-Length: "_qba + QByteArray::number(body.size()) + "\r\n"_qba;
    }
    return bytes + "\r\n"_qba + body;
}

QByteArray Client::basicAuth() const
{
    return "Basic "_qba + QByteArray::fromStdString(m_actor.source.writeKey + ':').toBase64();
}

} // namespace demo
