// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "api/clients.h"

#include "api/jsonwriter.h"
#include "api/problem.h"

#include <array>
#include <utility>

namespace api {

using namespace Qt::StringLiterals;

namespace {

using Kind = capture::Observation::Kind;

constexpr std::array countNames{
    std::pair{Kind::Events, "events"},
    std::pair{Kind::Rejected, "rejected"},
    std::pair{Kind::AnsweredError, "answeredErrors"},
    std::pair{Kind::Settings, "settings"},
    std::pair{Kind::Preflight, "preflights"},
    std::pair{Kind::Metrics, "metrics"},
    std::pair{Kind::Token, "tokens"},
    std::pair{Kind::Script, "scripts"},
    std::pair{Kind::UnknownPath, "unknownPaths"},
    std::pair{Kind::TlsOpened, "tlsOpened"},
    std::pair{Kind::TlsRefused, "tlsRefused"},
    std::pair{Kind::TlsBroken, "tlsBroken"},
    std::pair{Kind::Http2, "http2"},
    std::pair{Kind::TunnelOpened, "tunnels"},
    std::pair{Kind::TunnelRefused, "tunnelsRefused"},
    std::pair{Kind::OtherHost, "otherHosts"},
    std::pair{Kind::HostFailed, "hostsFailed"},
    std::pair{Kind::DeviceRefused, "deviceRefused"},
    std::pair{Kind::SetupPage, "setupPages"},
};
static_assert(countNames.size() == capture::Client::kinds);

QByteArray countsOf(const capture::Client &client)
{
    ObjectWriter counts;
    for (const auto &[kind, name] : countNames) {
        if (const std::uint64_t count = client.of(kind).count; count > 0) {
            counts.number(name, count);
        }
    }
    return counts.take();
}

QStringList modesOf(const capture::Client &client)
{
    QStringList modes;
    using enum capture::Mode;
    for (const capture::Mode mode : {Endpoint, EndpointTls, ProxyHttp, ProxyTls}) {
        if (client.cameBy(mode)) {
            modes << capture::word(mode);
        }
    }
    return modes;
}

QByteArray diagnosesOf(const capture::ClientReport &report, const Services &services)
{
    QByteArray all = "[";
    for (const capture::Diagnosis &diagnosis : report.diagnoses) {
        ObjectWriter one;
        one.text("code", capture::word(diagnosis.ailment));
        one.text("level", capture::word(diagnosis.level));
        if (services.diagnosisText) {
            const capture::DiagnosisText text = services.diagnosisText(diagnosis, report.client);
            one.text("what", text.what);
            one.textIfAny("next", text.next);
        }
        one.text("at", isoTime(diagnosis.atUs));
        all += (all.size() > 1 ? "," : "") + one.take();
    }
    return all + ']';
}

QByteArray clientJson(const capture::ClientReport &report, const Services &services)
{
    const capture::Client &client = report.client;
    ObjectWriter one;
    if (services.clientName) {
        one.text("name", services.clientName(client));
    }
    one.text("address", client.address);
    if (!client.agent.isEmpty()) {
        one.text("agent", client.agent);
    }
    one.text("firstSeen", isoTime(client.firstUs));
    one.text("lastSeen", isoTime(client.lastUs));
    one.raw("modes", textArray(modesOf(client)));
    one.raw("counts", countsOf(client));
    one.raw("diagnoses", diagnosesOf(report, services));
    return one.take();
}

} // namespace

http::Response answerClients(const Services &services)
{
    if (!services.clients) {
        return problem({base::ErrorCode::Unsupported, u"This program keeps no list of clients."_s, {}, {}});
    }
    QByteArray body = "{\"clients\":[";
    const char *separator = "";
    for (const capture::ClientReport &report : services.clients()) {
        body += separator + clientJson(report, services);
        separator = ",\n";
    }
    return jsonResponse(200, body + "]}");
}

} // namespace api
