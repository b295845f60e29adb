// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sampletraffic.h"

#include <array>
#include <string_view>

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace support {

namespace {

constexpr std::array<std::string_view, 64> eventNames{"Button Clicked",
                                                      "Order Loaded",
                                                      "Robot Unlocked",
                                                      "Loading Order",
                                                      "Unlocking Robot",
                                                      "Order Tracker Open",
                                                      "Order Unlock Coco",
                                                      "Server Load Order Success",
                                                      "Server Load Order Failed",
                                                      "Server Robot Assigned",
                                                      "Pilot Session Started",
                                                      "Pilot Takeover Requested",
                                                      "Pilot Takeover Completed",
                                                      "Robot Stopped",
                                                      "Robot Arrived",
                                                      "Delivery Completed",
                                                      "Delivery Cancelled",
                                                      "Delivery Rated",
                                                      "Products Searched",
                                                      "Product List Viewed",
                                                      "Product List Filtered",
                                                      "Promotion Viewed",
                                                      "Promotion Clicked",
                                                      "Product Clicked",
                                                      "Product Viewed",
                                                      "Product Added",
                                                      "Product Removed",
                                                      "Cart Viewed",
                                                      "Checkout Started",
                                                      "Checkout Step Viewed",
                                                      "Checkout Step Completed",
                                                      "Payment Info Entered",
                                                      "Order Completed",
                                                      "Order Updated",
                                                      "Order Refunded",
                                                      "Order Cancelled",
                                                      "Coupon Entered",
                                                      "Coupon Applied",
                                                      "Coupon Denied",
                                                      "Coupon Removed",
                                                      "Product Added to Wishlist",
                                                      "Product Shared",
                                                      "Product Reviewed",
                                                      "Signed Up",
                                                      "Signed In",
                                                      "Signed Out",
                                                      "Trial Started",
                                                      "Trial Ended",
                                                      "Account Created",
                                                      "Account Deleted",
                                                      "Invite Sent",
                                                      "Application Installed",
                                                      "Application Opened",
                                                      "Application Backgrounded",
                                                      "Application Updated",
                                                      "Push Notification Received",
                                                      "Push Notification Tapped",
                                                      "Video Playback Started",
                                                      "Video Playback Paused",
                                                      "Video Content Completed",
                                                      "Form Submitted",
                                                      "Link Clicked",
                                                      "Experiment Viewed",
                                                      "Error Shown"};

constexpr std::array<std::string_view, 88> propertyNames{"deliveryId",
                                                         "orderId",
                                                         "attemptId",
                                                         "attemptStatus",
                                                         "merchantName",
                                                         "merchantId",
                                                         "buttonName",
                                                         "robotId",
                                                         "pilotId",
                                                         "deliveryStatus",
                                                         "etaMinutes",
                                                         "distanceMeters",
                                                         "batteryPercent",
                                                         "speedKmh",
                                                         "latitude",
                                                         "longitude",
                                                         "checkoutId",
                                                         "affiliation",
                                                         "total",
                                                         "subtotal",
                                                         "revenue",
                                                         "shipping",
                                                         "tax",
                                                         "discount",
                                                         "coupon",
                                                         "currency",
                                                         "products",
                                                         "productId",
                                                         "sku",
                                                         "category",
                                                         "name",
                                                         "brand",
                                                         "variant",
                                                         "price",
                                                         "quantity",
                                                         "position",
                                                         "url",
                                                         "imageUrl",
                                                         "cartId",
                                                         "listId",
                                                         "filters",
                                                         "sorts",
                                                         "query",
                                                         "promotionId",
                                                         "creative",
                                                         "step",
                                                         "shippingMethod",
                                                         "paymentMethod",
                                                         "reviewId",
                                                         "rating",
                                                         "wishlistId",
                                                         "shareVia",
                                                         "experimentId",
                                                         "experimentName",
                                                         "variationId",
                                                         "variationName",
                                                         "videoPlayer",
                                                         "sessionId",
                                                         "contentAssetId",
                                                         "adType",
                                                         "bitrate",
                                                         "framerate",
                                                         "sound",
                                                         "fullScreen",
                                                         "quality",
                                                         "reason",
                                                         "errorCode",
                                                         "errorMessage",
                                                         "durationMs",
                                                         "isFirst",
                                                         "isGuest",
                                                         "hasTip",
                                                         "tipAmount",
                                                         "plan",
                                                         "seats",
                                                         "billingPeriod",
                                                         "teamId",
                                                         "role",
                                                         "formName",
                                                         "fieldCount",
                                                         "linkText",
                                                         "destination",
                                                         "source",
                                                         "screenName",
                                                         "previousScreen",
                                                         "retries",
                                                         "createdAt",
                                                         "scheduledAt"};

constexpr std::array<std::string_view, 40> words{"Pizza Margherita",
                                                 "Burger House",
                                                 "Sushi Bar",
                                                 "Green Salad",
                                                 "Corner Bakery",
                                                 "Coffee Roasters",
                                                 "unlock",
                                                 "retry",
                                                 "success",
                                                 "failed",
                                                 "pending",
                                                 "in_transit",
                                                 "arrived",
                                                 "delivered",
                                                 "cancelled",
                                                 "card",
                                                 "cash",
                                                 "apple_pay",
                                                 "google_pay",
                                                 "standard",
                                                 "express",
                                                 "main",
                                                 "header",
                                                 "footer",
                                                 "sidebar",
                                                 "hero banner",
                                                 "checkout",
                                                 "settings",
                                                 "profile",
                                                 "Continue",
                                                 "Cancel",
                                                 "Try again",
                                                 "Pay now",
                                                 "Track order",
                                                 "monthly",
                                                 "yearly",
                                                 "admin",
                                                 "member",
                                                 "timeout",
                                                 "not found"};

constexpr std::array<std::string_view, 12> firstNames{"Ada",   "Ben",  "Chloë", "Dmitri", "Elif", "Farid",
                                                      "Grace", "Hiro", "Inès",  "Jan",    "Kofi", "Łucja"};

constexpr std::array<std::string_view, 6> browsers{
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"};

constexpr std::array<std::string_view, 8> locales{"en-US", "en-GB", "de-DE", "fr-FR",
                                                  "es-ES", "pt-BR", "pl-PL", "ja-JP"};
constexpr std::array<std::string_view, 6> timezones{"America/Los_Angeles", "America/New_York",
                                                    "Europe/Berlin",       "Europe/London",
                                                    "Europe/Helsinki",     "Asia/Tokyo"};
constexpr std::array<std::string_view, 8> paths{"/",     "/orders",  "/orders/track",  "/checkout",
                                                "/menu", "/account", "/pilot/console", "/merchant/orders"};
constexpr std::array<std::string_view, 5> sourceNames{"Tracker UI", "Server", "Analytics jobs",
                                                      "Marketplace Android", "Marketplace iOS"};
constexpr std::array<std::string_view, 5> libraries{"analytics.js npm:next-1.84.3",
                                                    "@segment/analytics-node 3.1.0", "analytics-python 2.3.4",
                                                    "analytics-kotlin 1.25.0", "analytics-swift 1.9.4"};

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray quoted(const QByteArray &text)
{
    return '"' + text + '"';
}

} // namespace

SampleTraffic::SampleTraffic(std::uint64_t seed, std::size_t people)
    : m_random(seed)
{
    for (std::size_t i = 0; i < people; ++i) {
        const QByteArray number = QByteArray::number(static_cast<qulonglong>(below(1'000'000)));
        m_people.push_back({"user_" + number, uuid(), "user" + number + "@example.test",
                            bytes(firstNames.at(below(firstNames.size())))});
    }
}

// Not std::uniform_int_distribution: its numbers differ between libraries, and files are made with these.
std::size_t SampleTraffic::below(std::size_t bound)
{
    return static_cast<std::size_t>(m_random() % bound);
}

QByteArray SampleTraffic::hex(int digits)
{
    QByteArray text;
    while (text.size() < digits) {
        text.append(QByteArray::number(static_cast<qulonglong>(m_random()), 16).rightJustified(16, '0'));
    }
    return text.first(digits);
}

QByteArray SampleTraffic::uuid()
{
    return hex(8) + '-' + hex(4) + "-4" + hex(3) + "-a" + hex(3) + '-' + hex(12);
}

QByteArray SampleTraffic::isoTime()
{
    return QDateTime::fromMSecsSinceEpoch(m_nowUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

QByteArray SampleTraffic::value(const QByteArray &key)
{
    const auto number = [this](std::size_t bound) {
        return QByteArray::number(static_cast<qulonglong>(below(bound)));
    };
    if (key == "products") {
        QByteArray list = "[";
        for (std::size_t i = 0, count = 1 + below(4); i < count; ++i) {
            list += (i == 0 ? "" : ",") + QByteArray("{\"productId\":\"") + hex(10) + "\",\"sku\":\"G-" +
                    number(1000) + "\",\"name\":\"" + bytes(words.at(below(6))) +
                    "\",\"price\":" + number(90) + ".5,\"quantity\":" + number(5) + ",\"category\":\"food\"}";
        }
        return list + ']';
    }
    if (key == "filters" || key == "sorts") {
        return R"([{"type":"department","value":"food"},{"type":"price","value":"under-)" + number(50) +
               "\"}]";
    }
    if (key == "deliveryId" || key == "orderId") {
        return quoted((key == "orderId" ? "ord_" : "del_") + number(100'000));
    }
    if (key.endsWith("Id") || key == "sku") {
        return quoted(oneIn(2) ? hex(12) : key.left(3).toLower() + '_' + number(10'000));
    }
    if (key.endsWith("At")) {
        return quoted(isoTime());
    }
    if (key.startsWith("is") || key.startsWith("has") || key == "fullScreen") {
        return oneIn(2) ? "true" : "false";
    }
    if (key.endsWith("rl")) {
        return quoted("https://app.example.test" + bytes(paths.at(below(paths.size()))) + '/' + hex(6));
    }
    if (key == "currency") {
        return quoted(oneIn(2) ? "USD" : "EUR");
    }
    if (key == "latitude" || key == "longitude") {
        return number(90) + '.' + number(1'000'000);
    }
    switch (below(6)) {
    case 0:
        return number(100);
    case 1:
        return number(1000) + '.' + number(99);
    case 2:
        return oneIn(4) ? "null" : number(100'000);
    default:
        return quoted(bytes(words.at(below(words.size()))));
    }
}

QByteArray SampleTraffic::properties()
{
    QByteArray object = "{";
    std::vector<std::size_t> used;
    for (std::size_t i = 0, count = 1 + below(9); i < count; ++i) {
        const std::size_t which = below(propertyNames.size());
        if (std::find(used.begin(), used.end(), which) != used.end()) {
            continue;
        }
        used.push_back(which);
        const QByteArray key = bytes(propertyNames.at(which));
        object += (object.size() == 1 ? "\"" : ",\"") + key + "\":" + value(key);
    }
    return object + '}';
}

QByteArray SampleTraffic::page()
{
    const QByteArray path = bytes(paths.at(below(paths.size())));
    const QByteArray search = oneIn(3) ? "?utm_source=newsletter&utm_medium=email&utm_campaign=spring" : "";
    return R"({"path":")" + path + R"(","referrer":")" + (oneIn(2) ? "https://www.google.com/" : "") +
           R"(","search":")" + search + R"(","title":"Order Tracker","url":"https://app.example.test)" +
           path + search + "\"}";
}

QByteArray SampleTraffic::context(Sdk sdk)
{
    const QByteArray locale = bytes(locales.at(below(locales.size())));
    const QByteArray timezone = bytes(timezones.at(below(timezones.size())));
    switch (sdk) {
    case Sdk::Browser: {
        const QByteArray agent = bytes(browsers.at(below(browsers.size())));
        return R"({"page":)" + page() + R"(,"userAgent":")" + agent +
               R"(","userAgentData":{"brands":[{"brand":"Chromium","version":"131"},{"brand":"Google Chrome","version":"131"},{"brand":"Not_A Brand","version":"24"}],"mobile":false,"platform":"Linux"},"locale":")" +
               locale + R"(","library":{"name":"analytics.js","version":"npm:next-1.84.3"},)" +
               (oneIn(3) ? R"("campaign":{"source":"newsletter","medium":"email","name":"spring"},)" : "") +
               R"("timezone":")" + timezone + "\"}";
    }
    case Sdk::Node:
        return R"({"app":{"name":"orders-service","version":"4.12.)" +
               QByteArray::number(static_cast<int>(below(30))) +
               R"("},"library":{"name":"@segment/analytics-node","version":"3.1.0"}})";
    case Sdk::Python:
        return R"({"ip": "203.0.113.)" + QByteArray::number(static_cast<int>(below(255))) +
               R"(", "library": {"name": "analytics-python", "version": "2.3.4"}})";
    case Sdk::Kotlin:
        return R"({"app":{"name":"Marketplace","version":"8.3.1","namespace":"com.example.marketplace","build":"831"},"device":{"id":")" +
               hex(32) +
               R"(","manufacturer":"Google","model":"Pixel 8","name":"shiba","type":"android"},"os":{"name":"Android","version":"15"},"screen":{"width":1080,"height":2400,"density":2.625},"network":{"cellular":)" +
               (oneIn(2) ? "true" : "false") +
               R"(,"wifi":true,"bluetooth":false},"library":{"name":"analytics-kotlin","version":"1.25.0"},"locale":")" +
               locale +
               R"~(","userAgent":"Dalvik/2.1.0 (Linux; U; Android 15; Pixel 8 Build/AP3A.241105.007)","timezone":")~" +
               timezone + R"(","instanceId":")" + uuid() + "\"}";
    case Sdk::Swift:
        return R"({"app":{"build":"412","name":"Marketplace","namespace":"com.example.Marketplace","version":"8.3.0"},"device":{"id":")" +
               uuid().toUpper() +
               R"(","manufacturer":"Apple","model":"iPhone16,1","name":"iPhone","type":"ios"},"os":{"name":"iOS","version":"18.1"},"screen":{"height":852,"width":393},"network":{"bluetooth":false,"cellular":false,"wifi":true},"library":{"name":"analytics-swift","version":"1.9.4"},"locale":")" +
               locale + R"(","timezone":")" + timezone + R"(","instanceId":")" + uuid().toUpper() + "\"}";
    }
    return "{}";
}

event::RequestDraft SampleTraffic::start()
{
    event::RequestDraft draft;
    m_nowUs += static_cast<std::int64_t>(1000 + below(200'000));
    draft.receivedUs = m_nowUs;
    draft.peer = "127.0.0.1:" + QByteArray::number(static_cast<int>(32'768 + below(28'000)));
    draft.method = "POST";
    return draft;
}

event::RequestDraft SampleTraffic::single()
{
    event::RequestDraft draft = start();
    addEvent(draft, Sdk::Browser);
    addHead(draft, Sdk::Browser);
    draft.wireBody = draft.body;
    return draft;
}

event::RequestDraft SampleTraffic::batch(int events)
{
    constexpr std::array sdks{Sdk::Node, Sdk::Python, Sdk::Kotlin, Sdk::Swift};
    const Sdk sdk = sdks.at(below(sdks.size()));
    event::RequestDraft draft = start();
    draft.body = "{\"batch\":[";
    for (int i = 0; i < events; ++i) {
        draft.body += i == 0 ? "" : ",";
        addEvent(draft, sdk);
    }
    draft.body += R"(],"sentAt":")" + isoTime() + R"(","writeKey":"FAKE_WRITE_KEY_)" +
                  QByteArray::number(static_cast<int>(sdk)) + "\"}";
    addHead(draft, sdk);
    draft.wireBody = draft.body;
    return draft;
}

event::RequestDraft SampleTraffic::next()
{
    return oneIn(3) ? batch(1 + static_cast<int>(below(12))) : single();
}

event::RequestDraft SampleTraffic::rejected()
{
    event::RequestDraft draft = start();
    draft.body = R"({"type":"track","event":"Half )" + hex(8);
    draft.wireBody = draft.body;
    draft.rejectCode = "not-json";
    draft.rejectReason = "The body ends inside a text.";
    draft.reply.status = 400;
    event::EventDraft rejected;
    rejected.status = event::Status::Rejected;
    rejected.name = u"not-json"_s;
    rejected.source = {"none", {}, {}, {}};
    rejected.end = static_cast<std::uint32_t>(draft.body.size());
    draft.events.push_back(rejected);
    addHead(draft, Sdk::Browser);
    return draft;
}

void SampleTraffic::addEvent(event::RequestDraft &draft, Sdk sdk)
{
    const Person &person = m_people.at(below(m_people.size()));
    const bool isKnown = !oneIn(3);
    event::EventDraft made;
    made.begin = static_cast<std::uint32_t>(draft.body.size());
    const QByteArray time = isoTime();
    made.timestamp = time;
    QByteArray json = R"({"timestamp":")" + time + R"(","integrations":{},)";
    switch (below(10)) {
    case 0: {
        made.type = event::CallType::Identify;
        json += R"("type":"identify","traits":{"email":")" + person.email + R"(","firstName":")" +
                person.firstName + R"(","plan":"pro","createdAt":")" + time + "\"},";
        break;
    }
    case 1:
    case 2: {
        const bool isPhone = sdk == Sdk::Kotlin || sdk == Sdk::Swift;
        made.type = isPhone ? event::CallType::Screen : event::CallType::Page;
        const QByteArray name = oneIn(2) ? "Order Tracker" : "Menu";
        made.name = QString::fromUtf8(name);
        json += R"("type":")" + QByteArray(isPhone ? "screen" : "page") + R"(","name":")" + name +
                R"(","properties":)" + (isPhone ? properties() : page()) + ',';
        break;
    }
    default: {
        made.type = event::CallType::Track;
        // A few names come often, most now and then.
        const QByteArray name = bytes(eventNames.at(below(1 + below(eventNames.size()))));
        made.name = QString::fromUtf8(name);
        json += R"("type":"track","event":")" + name + R"(","properties":)" + properties() + ',';
        break;
    }
    }
    const QByteArray messageId = (sdk == Sdk::Browser ? QByteArray("ajs-next-1795484424156-")
                                  : sdk == Sdk::Node  ? QByteArray("node-next-1795484245673-")
                                                      : QByteArray()) +
                                 uuid();
    json += R"("context":)" + context(sdk) + R"(,"messageId":")" + messageId + R"(","anonymousId":")" +
            person.anonymousId + '"';
    if (isKnown) {
        json += R"(,"userId":")" + person.userId + '"';
        made.userId = QString::fromUtf8(person.userId);
    }
    if (sdk == Sdk::Browser) {
        json += R"(,"writeKey":"FAKE_WRITE_KEY_0","sentAt":")" + time +
                R"(","_metadata":{"bundled":["Segment.io"],"unbundled":[],"bundledIds":[]})";
    } else if (sdk == Sdk::Node) {
        json += R"(,"_metadata":{"nodeVersion":"v22.11.0","jsRuntime":"node"})";
    }
    draft.body += json + '}';
    made.end = static_cast<std::uint32_t>(draft.body.size());
    made.anonymousId = QString::fromUtf8(person.anonymousId);
    made.messageId = QString::fromUtf8(messageId);
    const auto index = static_cast<std::size_t>(sdk);
    made.source.keyHash = "000000000000000" + QByteArray::number(static_cast<int>(index));
    made.source.maskedKey = u"\u2026EY_%1"_s.arg(index);
    made.source.suggestedName = QString::fromUtf8(bytes(sourceNames.at(index)));
    made.source.library = QString::fromUtf8(bytes(libraries.at(index)));
    // One in ten has something wrong with it, one in thirty is not in the plan.
    made.status = event::Status::Valid;
    if (oneIn(10)) {
        made.status = event::Status::Violation;
        made.findings.push_back({event::RuleId::PlanRequired,
                                 event::Severity::Error,
                                 json::Pointer("/properties/orderId"),
                                 {u"orderId"_s, u"deliveryId"_s}});
    } else if (oneIn(30)) {
        made.status = event::Status::Unplanned;
        made.findings.push_back({event::RuleId::PlanUnplannedEvent,
                                 event::Severity::Warning,
                                 json::Pointer("/event"),
                                 {made.name, u"Order Loaded"_s}});
    }
    if (oneIn(25)) {
        made.findings.push_back({event::RuleId::NamePropertyCasing,
                                 event::Severity::Warning,
                                 json::Pointer("/properties/order_id"),
                                 {u"order_id"_s, u"camelCase"_s, u"orderId"_s}});
    }
    draft.events.push_back(std::move(made));
}

void SampleTraffic::addHead(event::RequestDraft &draft, Sdk sdk)
{
    const QByteArray length = QByteArray::number(draft.body.size());
    const QByteArray authorization =
        "Basic " + ("FAKE_WRITE_KEY_" + QByteArray::number(static_cast<int>(sdk)) + ':').toBase64();
    switch (sdk) {
    case Sdk::Browser:
        draft.target = "/v1/t";
        draft.head =
            "POST /v1/t HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nConnection: keep-alive\r\nContent-Length: " +
            length + "\r\nsec-ch-ua-platform: \"Linux\"\r\nAuthorization: " + authorization +
            "\r\nUser-Agent: " + bytes(browsers.at(below(browsers.size()))) +
            "\r\nsec-ch-ua: \"Not_A Brand\";v=\"24\", \"Chromium\";v=\"131\"\r\nContent-Type: text/plain\r\n"
            "sec-ch-ua-mobile: ?0\r\nAccept: */*\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: "
            "same-site\r\n"
            "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nReferer: http://localhost:3000/\r\n"
            "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n";
        return;
    case Sdk::Node:
        draft.target = "/v1/batch";
        draft.head =
            "POST /v1/batch HTTP/1.1\r\nhost: 127.0.0.1:8765\r\nconnection: keep-alive\r\n"
            "Content-Type: application/json\r\nUser-Agent: analytics-node-next/latest\r\nAuthorization: " +
            authorization +
            "\r\naccept: */*\r\naccept-language: *\r\nsec-fetch-mode: cors\r\naccept-encoding: gzip, "
            "deflate\r\ncontent-length: " +
            length + "\r\n\r\n";
        return;
    case Sdk::Python:
        draft.target = "/v1/batch";
        draft.head =
            "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nUser-Agent: analytics-python/2.3.4\r\n"
            "Accept-Encoding: gzip, deflate\r\nAccept: */*\r\nConnection: keep-alive\r\nContent-Type: "
            "application/json\r\nContent-Length: " +
            length + "\r\nAuthorization: " + authorization + "\r\n\r\n";
        return;
    case Sdk::Kotlin:
        draft.target = "/v1/b";
        draft.head =
            "POST /v1/b HTTP/1.1\r\nContent-Type: text/plain\r\nUser-Agent: analytics-kotlin/1.25.0\r\nHost: "
            "10.0.2.2:8765\r\nConnection: Keep-Alive\r\nAccept-Encoding: gzip\r\nContent-Length: " +
            length + "\r\n\r\n";
        return;
    case Sdk::Swift:
        draft.target = "/v1/b";
        draft.head =
            "POST /v1/b HTTP/1.1\r\nHost: 192.168.1.20:8765\r\nContent-Type: application/json; "
            "charset=utf-8\r\n"
            "Connection: keep-alive\r\nAccept: */*\r\nUser-Agent: analytics-ios/1.9.4\r\nContent-Length: " +
            length + "\r\nAccept-Language: en-US,en;q=0.9\r\nAccept-Encoding: gzip, deflate\r\n\r\n";
        return;
    }
}

} // namespace support
