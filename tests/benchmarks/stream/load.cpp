// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include "tests/benchmarks/ingest/loadgenerator.h"

#include <array>

#include <QString>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array names{
    "Order Loaded",   "Order Tracker Open",    "Robot Unlocked",       "Map Moved",       "Delivery Rated",
    "Order Received", "Order Accepted",        "Pilot Shift Started",  "Robot Requested", "Loading Order",
    "Order Rejected", "Pilot Drive Started",   "Merchant Updated",     "Payout Approved", "Invoice Sent",
    "Robot Loaded",   "Server Order Imported", "Tracking Link Shared", "Tip Added",       "Store Paused",
};

QByteArray event(const QByteArray &name, const QByteArray &userId, const QByteArray &properties)
{
    return R"({"type":"track","event":")" + name +
           R"(","anonymousId":"0f8c6d2e-6a3f-4a8e-9a51-9b7d1f2c3a4b","userId":")" + userId +
           R"(","messageId":"ajs-next-@@@@@@@@@@-5f1c","timestamp":"2026-11-24T01:37:25.672Z","properties":{)" +
           properties +
           R"(},"context":{"app":{"name":"Tracker UI"},"library":{"name":"analytics.js","version":"npm:next-1.84.3"},)"
           R"("locale":"en-US","timezone":"America/Los_Angeles","page":{"path":"/orders/track","title":"Track your order",)"
           R"("url":"https://tracker.example.test/orders/track"}},"integrations":{"Segment.io":true}})";
}

QByteArray request(const QByteArray &path, const QByteArray &body)
{
    return "POST " + path +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nAuthorization: Basic " +
           QByteArray("FAKE_WRITE_KEY_bench_0000:").toBase64() +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

QByteArray batchRequest()
{
    QByteArray body =
        R"({"writeKey":"FAKE_WRITE_KEY_bench_0000","sentAt":"2026-11-24T01:37:26.000Z","batch":[)";
    for (int i = 0; i < eventsPerBatch; ++i) {
        body += (i == 0 ? "" : ",") +
                event(names.at(static_cast<std::size_t>(i) % names.size()),
                      "user_" + QByteArray::number(i * 7 % 50),
                      R"("deliveryId":"del_@@@@@@@@@@","merchantName":"Blue Door Bakery","items":3)");
    }
    return request("/v1/batch", body + "]}");
}

QByteArray probeRequest(const QByteArray &userId)
{
    // deliveryId breaks the plan's pattern.
    QByteArray body = event("Order Loaded", userId, R"("deliveryId":"no delivery")");
    body.replace("@@@@@@@@@@", userId);
    return request("/v1/t", body);
}

int runLoadProcess(quint16 port, double eventsPerSecond, double seconds)
{
    LoadPlan plan;
    plan.port = port;
    plan.connections = 8;
    plan.seconds = seconds;
    plan.request = batchRequest();
    plan.requestsPerSecond = eventsPerSecond / eventsPerBatch;
    LoadResult result = runLoad(plan);
    QTextStream(stdout) << u"%1 events/s, answered p50 %2 ms, p99 %3 ms, %4 failures"_s
                               .arg(result.perSecond() * eventsPerBatch, 0, 'f', 0)
                               .arg(result.percentileMs(0.5), 0, 'f', 1)
                               .arg(result.percentileMs(0.99), 0, 'f', 1)
                               .arg(result.failures);
    return 0;
}
