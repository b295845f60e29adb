// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/diagnosis.h"
#include "observations.h"

#include <set>

#include <QTest>

using namespace Qt::StringLiterals;
using capture::Ailment;
using capture::AilmentLevel;
using capture::Client;
using capture::ClientLog;
using capture::Diagnosis;
using capture::Mode;
using Kind = capture::Observation::Kind;
using tests::observation;
using tests::secondUs;
using tests::Seen;

using SeenList = std::vector<Seen>;
Q_DECLARE_METATYPE(SeenList)

class TstDiagnosis : public QObject
{
    Q_OBJECT

private slots:
    void ailments_data();
    void ailments();
    void otherClients_data();
    void otherClients();
    void worstFirst();
    void timesAreOfTheLast();
    void withoutAnAuthority();
    void wordsDiffer();
};

namespace {

constexpr char api[] = "api.segment.io";
constexpr char phone[] = "192.168.1.23";
constexpr char chrome[] =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0";

Seen proxied(Kind kind, int second, const QByteArray &host = api)
{
    return {.kind = kind, .second = second, .mode = Mode::ProxyTls, .host = host};
}

Seen refused(int second, const QByteArray &host, int alert, const QByteArray &detail,
             Mode mode = Mode::ProxyTls)
{
    return {.kind = Kind::TlsRefused,
            .second = second,
            .mode = mode,
            .host = host,
            .detail = detail,
            .alert = alert};
}

Seen of(Seen seen, const QByteArray &agent, const QByteArray &address = "127.0.0.1")
{
    seen.agent = agent;
    seen.address = address;
    return seen;
}

Seen at(Seen seen, const QByteArray &path)
{
    seen.path = path;
    return seen;
}

Seen rejected(int second, const QByteArray &code, const QByteArray &path = "/v1/track")
{
    return {.kind = Kind::Rejected, .second = second, .detail = code, .path = path, .status = 400};
}

capture::DiagnosisFacts factsAt(int second)
{
    capture::DiagnosisFacts facts;
    facts.nowUs = (second + 1) * secondUs;
    facts.isPermitted = [](const QByteArray &host) {
        return host.endsWith("segment.io") || host == "cdn.segment.com" || host == "127.0.0.1" ||
               host == phone;
    };
    return facts;
}

/// "not_trusted problem api.segment.io|unknown_ca"
QString told(const Diagnosis &diagnosis)
{
    return capture::word(diagnosis.ailment) + u' ' + capture::word(diagnosis.level) + u' ' +
           diagnosis.args.join(u'|');
}

QStringList told(const std::vector<Diagnosis> &diagnoses)
{
    QStringList all;
    for (const Diagnosis &each : diagnoses) {
        all << told(each).trimmed();
    }
    return all;
}

std::vector<Client> logged(const SeenList &seen)
{
    ClientLog log;
    for (const Seen &each : seen) {
        log.observe(observation(each));
    }
    return log.clients();
}

} // namespace

void TstDiagnosis::ailments_data()
{
    QTest::addColumn<SeenList>("seen");
    QTest::addColumn<int>("now");
    QTest::addColumn<QStringList>("expected");

    const auto row = [](const char *name, const SeenList &seen, int now, const QStringList &expected) {
        QTest::newRow(name) << seen << now << expected;
    };
    const Seen events{.kind = Kind::Events, .second = 1, .count = 3, .key = "0123456789abcdef"};
    const auto eventsAt = [&events](int second, std::uint32_t count = 1) {
        Seen seen = events;
        seen.second = second;
        seen.count = count;
        return seen;
    };

    row("well", {events}, 5, {u"well good 3|4"_s});
    row("well after its settings", {{.kind = Kind::Settings, .second = 0}, events}, 5, {u"well good 3|4"_s});
    row("no write key", {{.kind = Kind::Events, .second = 1, .key = "none"}}, 2,
        {u"no_write_key note"_s, u"well good 1|1"_s});

    // TLS
    row("unknown CA", {refused(1, api, 48, "unknown_ca")}, 2,
        {u"not_trusted problem api.segment.io|unknown_ca"_s});
    row("bad certificate", {refused(1, api, 42, "bad_certificate")}, 2,
        {u"not_trusted problem api.segment.io|bad_certificate"_s});
    row("certificate unknown", {refused(1, api, 46, "certificate_unknown")}, 2,
        {u"not_trusted problem api.segment.io|certificate_unknown"_s});
    row("certificate expired", {refused(1, api, 45, "certificate_expired")}, 2,
        {u"not_trusted problem api.segment.io|certificate_expired"_s});
    row("endpoint over TLS", {refused(1, "127.0.0.1", 48, "unknown_ca", Mode::EndpointTls)}, 2,
        {u"not_trusted problem 127.0.0.1|unknown_ca"_s});
    row("trusted later",
        {refused(1, api, 48, "unknown_ca"), proxied(Kind::TlsOpened, 2), proxied(Kind::Events, 3)}, 4,
        {u"well good 1|1"_s});
    row("another way later", {refused(1, "127.0.0.1", 48, "unknown_ca", Mode::EndpointTls), eventsAt(3)}, 4,
        {u"well good 1|1"_s});
    row("no longer trusted",
        {proxied(Kind::TlsOpened, 1), proxied(Kind::Events, 2), refused(3, api, 48, "unknown_ca")}, 4,
        {u"not_trusted problem api.segment.io|unknown_ca"_s});
    row("Chromium leaves", {of(refused(1, api, -1, "left"), chrome), of(refused(2, api, -1, "left"), chrome)},
        3, {u"not_trusted problem api.segment.io|left"_s});
    row("Chromium's spare connection", {of(refused(1, api, -1, "left"), chrome), of(events, chrome)}, 3,
        {u"well good 3|2"_s});
    row("Node leaves",
        {of(refused(1, api, -1, "left"), "analytics-node/6.2.0"),
         of(refused(2, api, -1, "left"), "analytics-node/6.2.0")},
        3, {u"not_trusted problem api.segment.io|left"_s});
    row("OkHttp leaves",
        {of(refused(1, api, -1, "left"), "okhttp/4.12.0"), of(refused(2, api, -1, "left"), "okhttp/4.12.0")},
        3, {u"not_trusted problem api.segment.io|left"_s});
    row("who knows who leaves",
        {refused(1, api, -1, "left"), refused(2, api, -1, "left"), refused(3, api, -1, "left")}, 4,
        {u"left_handshake problem api.segment.io"_s});
    row("left twice", {refused(1, api, -1, "left"), refused(2, api, 90, "user_canceled")}, 4,
        {u"connected note"_s});
    row("pinned beside another host",
        {proxied(Kind::TlsOpened, 1, "cdn.segment.com"), proxied(Kind::Settings, 2, "cdn.segment.com"),
         refused(3, api, 42, "bad_certificate")},
        4, {u"pinned problem api.segment.io"_s});
    row("outside the constraints", {refused(1, "t.example.com", 42, "bad_certificate")}, 2,
        {u"not_permitted problem t.example.com"_s});
    row("too old", {refused(1, api, 70, "protocol_version")}, 2, {u"tls_too_old problem protocol_version"_s});
    row("no cipher", {refused(1, api, 40, "handshake_failure")}, 2,
        {u"tls_too_old problem handshake_failure"_s});
    row("we refuse its version",
        {{.kind = Kind::TlsBroken,
          .second = 1,
          .mode = Mode::EndpointTls,
          .host = "127.0.0.1",
          .detail = "unsupported protocol"}},
        2, {u"tls_too_old problem unsupported protocol"_s});
    row("TLS broken",
        {{.kind = Kind::TlsBroken,
          .second = 1,
          .mode = Mode::EndpointTls,
          .host = "127.0.0.1",
          .detail = "wrong record"}},
        2, {u"tls_failed problem 127.0.0.1|wrong record"_s});
    row("another alert", {refused(1, api, 51, "decrypt_error")}, 2,
        {u"tls_failed problem api.segment.io|decrypt_error"_s});
    row("TLS was broken",
        {{.kind = Kind::TlsBroken,
          .second = 1,
          .mode = Mode::ProxyTls,
          .host = api,
          .detail = "wrong record"},
         proxied(Kind::TlsOpened, 2),
         proxied(Kind::Events, 3)},
        4, {u"well good 1|1"_s});
    row("handshake and no more", {proxied(Kind::TlsOpened, 1)}, 2, {u"connected note"_s});

    // Proxy
    row("only other hosts", {proxied(Kind::TunnelOpened, 1, "a.com"), proxied(Kind::OtherHost, 2, "b.com")},
        3, {u"only_tunnels note b.com|a.com"_s});
    row("other hosts beside ours", {proxied(Kind::TunnelOpened, 1, "a.com"), proxied(Kind::Events, 2)}, 3,
        {u"well good 1|1"_s});
    row("other hosts, ours refused",
        {proxied(Kind::TunnelOpened, 1, "a.com"), refused(2, api, 48, "unknown_ca")}, 3,
        {u"not_trusted problem api.segment.io|unknown_ca"_s});
    Seen tunnelRefused = proxied(Kind::TunnelRefused, 1, "169.254.169.254");
    tunnelRefused.detail = "not allowed";
    row("tunnel refused", {tunnelRefused}, 2, {u"tunnel_not_allowed note 169.254.169.254|not allowed"_s});
    row("tunnel refused, then well", {tunnelRefused, proxied(Kind::Events, 2)}, 3, {u"well good 1|1"_s});
    Seen unreachable = proxied(Kind::HostFailed, 2);
    unreachable.detail = "no route";
    row("Segment unreachable", {proxied(Kind::Events, 1), at(unreachable, "/v1/batch")}, 3,
        {u"host_unreachable problem api.segment.io|no route"_s});
    row("Segment reached again", {at(unreachable, "/v1/batch"), proxied(Kind::Events, 3)}, 4,
        {u"well good 1|1"_s});
    unreachable.host = "a.com";
    row("another host unreachable", {unreachable}, 3, {u"host_unreachable note a.com|no route"_s});
    row("another host reached again", {unreachable, proxied(Kind::TunnelOpened, 3, "a.com")}, 4,
        {u"only_tunnels note a.com"_s});

    // Something came, but no events
    row("settings just now", {{.kind = Kind::Settings, .second = 1}}, 11, {u"only_settings note 10"_s});
    row("only settings", {{.kind = Kind::Settings, .second = 1}}, 31, {u"only_settings problem 30"_s});
    row("only a token", {{.kind = Kind::Token, .second = 1}}, 41, {u"only_settings problem 40|token"_s});
    row("page loaded anew", {eventsAt(1), {.kind = Kind::Settings, .second = 5}}, 20, {u"well good 1|19"_s});
    row("page loaded anew and silent", {eventsAt(1), {.kind = Kind::Settings, .second = 5}}, 80,
        {u"only_settings note 75"_s});
    row("only preflights", {{.kind = Kind::Settings, .second = 1}, {.kind = Kind::Preflight, .second = 2}}, 8,
        {u"only_preflights problem"_s});
    row("preflight just now", {{.kind = Kind::Settings, .second = 1}, {.kind = Kind::Preflight, .second = 2}},
        3, {u"only_settings note 2"_s});
    row("preflight, then event", {{.kind = Kind::Preflight, .second = 2}, eventsAt(2), eventsAt(3)}, 10,
        {u"well good 2|7"_s});
    row("only metrics", {{.kind = Kind::Metrics, .second = 1}}, 40, {u"only_metrics problem"_s});
    row("metrics just now", {{.kind = Kind::Metrics, .second = 1}}, 10, {u"only_metrics note"_s});
    row("only the script", {at({.kind = Kind::Script, .second = 1}, "/platform/analytics.min.js")}, 2,
        {u"only_script problem /platform/analytics.min.js"_s});
    row("script from elsewhere in the end",
        {at({.kind = Kind::Script, .second = 1}, "/platform/analytics.min.js"),
         {.kind = Kind::Settings, .second = 2},
         eventsAt(3)},
        4, {u"well good 1|1"_s});
    row("wrong path", {at({.kind = Kind::UnknownPath, .second = 1}, "/v2/track")}, 2,
        {u"wrong_path problem /v2/track"_s});
    row("right path in the end", {at({.kind = Kind::UnknownPath, .second = 1}, "/v2/track"), eventsAt(2)}, 3,
        {u"well good 1|1"_s});

    // Something came that can't be used
    row("broken JSON", {rejected(1, "invalid_json"), rejected(2, "invalid_json")}, 3,
        {u"bad_json problem 2|invalid_json"_s});
    row("broken pixel", {rejected(1, "bad_pixel")}, 3, {u"bad_json problem 1|bad_pixel"_s});
    row("broken gzip", {rejected(1, "bad_gzip")}, 3, {u"bad_encoding problem bad_gzip"_s});
    row("brotli", {rejected(1, "unsupported_encoding")}, 3, {u"bad_encoding problem unsupported_encoding"_s});
    row("empty body", {rejected(1, "empty_body", "/v1/batch")}, 3, {u"empty_body problem /v1/batch"_s});
    row("no batch", {rejected(1, "no_batch", "/v1/batch")}, 3, {u"not_segment problem /v1/batch"_s});
    row("something else", {rejected(1, "not_an_event", "/collect")}, 3, {u"not_segment problem /collect"_s});
    row("empty batch", {rejected(1, "empty_batch", "/v1/b")}, 3, {u"not_segment note /v1/b"_s});
    row("too large", {rejected(1, "body_too_large")}, 3, {u"too_large problem body_too_large"_s});
    row("HTTP/2", {{.kind = Kind::Http2, .second = 1}, rejected(1, "http2", {})}, 3,
        {u"http2 problem http2"_s});
    row("HTTP/2 alone", {{.kind = Kind::Http2, .second = 1}}, 3, {u"http2 problem"_s});
    row("HTTP/1.1 in the end", {{.kind = Kind::Http2, .second = 1}, eventsAt(2)}, 3, {u"well good 1|1"_s});
    row("no HTTP", {rejected(1, "bad_request", {})}, 3, {u"broken_http problem bad_request"_s});
    row("cut short", {rejected(1, "incomplete", {})}, 3, {u"broken_http note incomplete"_s});
    row("mended", {rejected(1, "invalid_json"), eventsAt(2)}, 3, {u"well good 1|1"_s});
    row("broken again", {eventsAt(1), rejected(2, "invalid_json")}, 3,
        {u"bad_json problem 1|invalid_json"_s});
    row("bad body explains the silence", {{.kind = Kind::Settings, .second = 1}, rejected(2, "invalid_json")},
        60, {u"bad_json problem 1|invalid_json"_s});

    // Answered with an error
    row("store could not take it",
        {{.kind = Kind::AnsweredError, .second = 1, .detail = "store", .status = 503},
         {.kind = Kind::AnsweredError, .second = 2, .detail = "store", .status = 503}},
        3, {u"answered_errors problem 503|2|store"_s});
    row("a fault was asked for",
        {eventsAt(0), {.kind = Kind::AnsweredError, .second = 1, .detail = "fault", .status = 429}}, 3,
        {u"answered_errors note 429|1|fault"_s});
    row("the real host answered so",
        {eventsAt(0), {.kind = Kind::AnsweredError, .second = 1, .detail = "upstream", .status = 400}}, 3,
        {u"answered_errors problem 400|1|upstream"_s});
    row("answered well since",
        {{.kind = Kind::AnsweredError, .second = 1, .detail = "store", .status = 503}, eventsAt(2)}, 3,
        {u"well good 1|1"_s});

    // Silence
    row("silent", {eventsAt(1), eventsAt(5), eventsAt(9)}, 80, {u"silent note 71|3"_s});
    row("not yet silent", {eventsAt(1), eventsAt(5), eventsAt(9)}, 60, {u"well good 3|51"_s});
    row("seldom anyway", {eventsAt(1), eventsAt(101), eventsAt(201)}, 400, {u"well good 3|199"_s});
    row("once only", {eventsAt(1)}, 400, {u"well good 1|399"_s});

    // Network
    row("waits to be accepted",
        {of({.kind = Kind::SetupPage, .second = 0}, "Safari", phone),
         of({.kind = Kind::DeviceRefused, .second = 1}, "Safari", phone)},
        2, {u"not_accepted problem"_s});
    row("accepted",
        {of({.kind = Kind::DeviceRefused, .second = 1}, "Safari", phone), of(eventsAt(2), "Safari", phone)},
        3, {u"well good 1|1"_s});
    row("no longer accepted",
        {of(eventsAt(1), "Safari", phone), of({.kind = Kind::DeviceRefused, .second = 2}, "Safari", phone)},
        3, {u"not_accepted problem"_s});
    row("only the setup page", {of({.kind = Kind::SetupPage, .second = 0}, "Safari", phone)}, 2,
        {u"setup_only note"_s});
    row("pinned on a phone",
        {of(proxied(Kind::TlsOpened, 1, "trackside.segment.io"), {}, phone),
         of(refused(2, api, 46, "certificate_unknown"), {}, phone)},
        3, {u"pinned problem api.segment.io"_s});
}

void TstDiagnosis::ailments()
{
    QFETCH(SeenList, seen);
    QFETCH(int, now);
    QFETCH(QStringList, expected);
    const auto clients = logged(seen);
    QCOMPARE(clients.size(), std::size_t{1});
    QCOMPARE(told(capture::diagnose(clients.front(), clients, factsAt(now))), expected);
}

/// What one client is told when others of its address are known; the last observation is of the one asked.
void TstDiagnosis::otherClients_data()
{
    QTest::addColumn<SeenList>("seen");
    QTest::addColumn<QStringList>("expected");

    const Seen trustsPhone = of(proxied(Kind::Events, 1), "Safari", phone);
    QTest::newRow("another app of the phone trusts us")
        << SeenList{trustsPhone, of(refused(2, api, 46, "certificate_unknown"), "okhttp/4.12.0", phone)}
        << QStringList{u"pinned problem api.segment.io"_s};
    QTest::newRow("another phone trusts us")
        << SeenList{of(proxied(Kind::Events, 1), "Safari", "192.168.1.99"),
                    of(refused(2, api, 46, "certificate_unknown"), "okhttp/4.12.0", phone)}
        << QStringList{u"not_trusted problem api.segment.io|certificate_unknown"_s};
    QTest::newRow("another program here has a store of its own")
        << SeenList{of(proxied(Kind::Events, 1), chrome), of(refused(2, api, 48, "unknown_ca"), "node")}
        << QStringList{u"not_trusted problem api.segment.io|unknown_ca"_s};
    Seen settings{.kind = Kind::Settings, .second = 1};
    settings.key = "0123456789abcdef";
    Seen sent{.kind = Kind::Events, .second = 5};
    sent.key = "0123456789abcdef";
    Seen other = sent;
    other.key = "fedcba9876543210";
    QTest::newRow("its events come under another agent")
        << SeenList{of(settings, "CFNetwork", phone), of(sent, "analytics-ios/1.9.4", phone),
                    of({.kind = Kind::SetupPage, .second = 50}, "CFNetwork", phone)}
        << QStringList{u"well good 1|55"_s};
    QTest::newRow("the events are of another source")
        << SeenList{of(settings, "CFNetwork", phone), of(other, "analytics-ios/1.9.4", phone),
                    of({.kind = Kind::SetupPage, .second = 50}, "CFNetwork", phone)}
        << QStringList{u"only_settings problem 59"_s};
}

void TstDiagnosis::otherClients()
{
    QFETCH(SeenList, seen);
    QFETCH(QStringList, expected);
    const auto clients = logged(seen);
    QCOMPARE(clients.size(), std::size_t{2});
    QCOMPARE(clients.front().agent, seen.back().agent);
    QCOMPARE(told(capture::diagnose(clients.front(), clients, factsAt(60))), expected);
}

void TstDiagnosis::worstFirst()
{
    Seen failed = proxied(Kind::HostFailed, 1, "a.com");
    failed.detail = "no route";
    const auto clients = logged({failed, refused(2, api, 48, "unknown_ca"), rejected(3, "incomplete", {})});
    const auto diagnoses = capture::diagnose(clients.front(), clients, factsAt(4));
    QCOMPARE(told(diagnoses),
             (QStringList{u"not_trusted problem api.segment.io|unknown_ca"_s,
                          u"broken_http note incomplete"_s, u"host_unreachable note a.com|no route"_s}));
}

void TstDiagnosis::timesAreOfTheLast()
{
    const auto clients = logged({rejected(1, "invalid_json"), rejected(7, "invalid_json")});
    QCOMPARE(capture::diagnose(clients.front(), clients, factsAt(9)).front().atUs, 8 * secondUs);
}

void TstDiagnosis::withoutAnAuthority()
{
    const auto clients = logged({refused(1, "t.example.com", 42, "bad_certificate")});
    QCOMPARE(told(capture::diagnose(clients.front(), clients, {})),
             QStringList{u"not_trusted problem t.example.com|bad_certificate"_s});
}

void TstDiagnosis::wordsDiffer()
{
    std::set<QString> words;
    for (int i = 0; i <= static_cast<int>(Ailment::Connected); ++i) {
        const QString word = capture::word(static_cast<Ailment>(i));
        QVERIFY(!word.isEmpty());
        QVERIFY2(words.insert(word).second, qPrintable(word));
    }
}

QTEST_GUILESS_MAIN(TstDiagnosis)
#include "tst_diagnosis.moc"
