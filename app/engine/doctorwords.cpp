// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/doctorwords.h"

#include "app/engine/doctoradvice.h"
#include "capture/useragent.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using capture::Ailment;
using capture::Client;
using capture::Diagnosis;

struct Doctor
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

QString argument(const Diagnosis &diagnosis, qsizetype index)
{
    return diagnosis.args.value(index);
}

/// "40 s", "12 min", "3 h", "2 d".
QString span(const QString &seconds)
{
    const qlonglong value = seconds.toLongLong();
    constexpr qlonglong minute = 60;
    constexpr qlonglong hour = 60 * minute;
    constexpr qlonglong day = 24 * hour;
    return value < 2 * minute ? Doctor::tr("%1 s").arg(value)
           : value < 2 * hour ? Doctor::tr("%1 min").arg(value / minute)
           : value < 2 * day  ? Doctor::tr("%1 h").arg(value / hour)
                              : Doctor::tr("%1 d").arg(value / day);
}

QString counted(const QString &count)
{
    return count == u"1"_s ? Doctor::tr("1 event")
                           : Doctor::tr("%1 events").arg(QLocale().toString(count.toULongLong()));
}

/// A name, or a word for none.
QString hostOr(const QString &host)
{
    return host.isEmpty() ? Doctor::tr("a host") : host;
}

/// The path as it can be read in a sentence.
QString pathOr(const QString &path)
{
    return path.isEmpty() ? Doctor::tr("its path") : path;
}

DiagnosisText notTrusted(const Diagnosis &diagnosis, const Client &client)
{
    if (argument(diagnosis, 1) == u"certificate_expired"_s) {
        return {
            Doctor::tr("It says that Trackside's certificate for %1 is not valid at this time.")
                .arg(hostOr(argument(diagnosis, 0))),
            Doctor::tr(
                "Check the date of the device. If Trackside's certificate is a year old, make a new one in "
                "Settings, and install it.")};
    }
    return {Doctor::tr("It does not trust Trackside's certificate yet, so nothing for %1 was sent.")
                .arg(hostOr(argument(diagnosis, 0))),
            trustAdvice(client)};
}

DiagnosisText onlySettings(const Diagnosis &diagnosis, const Client &client)
{
    const QString ago = span(argument(diagnosis, 0));
    if (argument(diagnosis, 1) == u"token"_s) {
        return {
            Doctor::tr("It fetched a token %1 ago and has sent nothing since.").arg(ago),
            Doctor::tr(
                "Do something in the app that is tracked, and wait for its batch or call flush(). If nothing "
                "comes, only its authServer leads here: set the host too, as Setup shows.")};
    }
    if (diagnosis.level == capture::AilmentLevel::Note) {
        return {
            Doctor::tr("The SDK fetched its settings %1 ago and has sent nothing since.").arg(ago),
            Doctor::tr(
                "Do something in the app that is tracked. Mobile SDKs send after 30 seconds or 20 events.")};
    }
    return {Doctor::tr("The SDK fetched its settings %1 ago and has sent nothing since.").arg(ago),
            silenceAdvice(client)};
}

DiagnosisText badBody(const Diagnosis &diagnosis)
{
    const QString code = argument(diagnosis, 0);
    switch (diagnosis.ailment) {
    case Ailment::BadEncoding:
        return code == u"unsupported_encoding"_s
                   ? DiagnosisText{Doctor::tr(
                                       "Its body has a content coding that Segment does not take either."),
                                   Doctor::tr("Send it plain or as gzip.")}
                   : DiagnosisText{
                         Doctor::tr("Its gzip body is broken or cut short."),
                         Doctor::tr("Compress the whole body once, and send all of it; or switch compression "
                                    "off to see whether it is that.")};
    case Ailment::EmptyBody:
        return {
            Doctor::tr("It called %1 without a body.").arg(pathOr(code)),
            Doctor::tr(
                "Send the event as JSON in the body of a POST. A redirect on the way may have made a GET of "
                "it.")};
    case Ailment::NotSegment:
        return {Doctor::tr("What it sent to %1 is no Segment event and no batch of them.").arg(pathOr(code)),
                diagnosis.level == capture::AilmentLevel::Note
                    ? QString()
                    : Doctor::tr(
                          "Send an object with a type, or {\"batch\": [..]}, to /v1/batch. If it is another "
                          "service's call, leave it out.")};
    case Ailment::TooLarge:
        return {Doctor::tr("A request was larger than Trackside takes."),
                Doctor::tr("Segment takes 500 KB a batch and 32 KB an event: send smaller batches.")};
    default: {
        const bool isPixel = argument(diagnosis, 1) == u"bad_pixel"_s;
        const bool isOne = code == u"1"_s;
        return {
            isPixel ? Doctor::tr("The data of its pixel is no base64 of JSON.")
            : isOne
                ? Doctor::tr("A request was no JSON, so none of its events could be read.")
                : Doctor::tr("%1 requests were no JSON, so none of their events could be read.").arg(code),
            isPixel
                ? Doctor::tr("Encode the JSON as base64, then percent-encode it.")
                : Doctor::tr("Open the rejected request in the stream: it shows where the JSON breaks off.")};
    }
    }
}

DiagnosisText brokenHttp(const Diagnosis &diagnosis)
{
    const QString code = argument(diagnosis, 0);
    if (code == u"incomplete"_s || code == u"timeout"_s) {
        return {Doctor::tr("It went away in the middle of a request."),
                Doctor::tr("Nothing to do if the app was closed or a page left; else look at its timeout.")};
    }
    if (code == u"tls"_s) {
        return {Doctor::tr("It began with TLS, which Trackside can't answer without a certificate."),
                Doctor::tr("Make the certificate under Setup, Use the proxy, or use http:// in the app.")};
    }
    if (code == u"tunnel"_s) {
        return {
            Doctor::tr("It asked for a proxy tunnel that Trackside can't open."),
            Doctor::tr("Reach the proxy by http://, not https://; make the certificate under Setup, Use the "
                       "proxy, if there is none.")};
    }
    return {Doctor::tr("What it sent is no HTTP that can be read."),
            Doctor::tr("Open the rejected request in the stream. Something else may be set to this port.")};
}

DiagnosisText answeredErrors(const Diagnosis &diagnosis)
{
    const QString status = argument(diagnosis, 0);
    const QString by = argument(diagnosis, 2);
    if (by == u"fault"_s) {
        return {Doctor::tr("Its last call was answered with a fault you asked for (%1).").arg(status),
                Doctor::tr("Wait for the SDK to send it again; the fault's report counts what is missing.")};
    }
    if (by == u"upstream"_s) {
        return {
            Doctor::tr("The real host answered its last call with status %1.").arg(status),
            Doctor::tr(
                "The events are kept here, but Segment did not take them: open the request in the stream.")};
    }
    return {
        Doctor::tr("Its last call could not be stored, and was answered with status %1.").arg(status),
        Doctor::tr("Look at the disk's free space and at Trackside's messages. The SDK will send it again.")};
}

DiagnosisText missing(const Diagnosis &diagnosis, const Client &client)
{
    switch (diagnosis.ailment) {
    case Ailment::OnlyTunnels:
        return {
            Doctor::tr("It uses the proxy, but nothing of it was for Segment: %1.")
                .arg(diagnosis.args.join(u", "_s)),
            Doctor::tr(
                "Do something in the app that is tracked. If its events go to a domain of your own, add that "
                "under Setup, Use the proxy.")};
    case Ailment::OnlyPreflights:
        return {
            Doctor::tr("The browser asked whether it may send, and then sent nothing."),
            Doctor::tr(
                "Look in its console. An extension or a content policy (connect-src) may have stopped the "
                "call behind the question.")};
    case Ailment::OnlyMetrics:
        return {
            Doctor::tr("Only the SDK's own telemetry has come, no events."),
            Doctor::tr(
                "Do something in the app that is tracked. If nothing comes, events go elsewhere: check the "
                "host set for them.")};
    case Ailment::OnlyScript:
        return {
            Doctor::tr("It asked for %1 here, but Trackside does not ship analytics.js.")
                .arg(pathOr(argument(diagnosis, 0))),
            Doctor::tr(
                "Leave the script's address at Segment's CDN, and set analytics._cdn and apiHost, as Setup "
                "shows.")};
    case Ailment::WrongPath:
        return {
            Doctor::tr("It called %1, which is no path of Segment's.").arg(pathOr(argument(diagnosis, 0))),
            Doctor::tr(
                "Check the host or endpoint set in the app. Most SDKs add /v1 themselves; analytics.js wants "
                "it in apiHost.")};
    case Ailment::NoWriteKey:
        return {
            Doctor::tr("Its events carry no write key."),
            Doctor::tr(
                "Segment would drop them. Give the SDK its write key; a settings reply without apiKey loses "
                "it in the browser.")};
    case Ailment::Silent:
        return {
            Doctor::tr("%1 came, and none for %2.")
                .arg(counted(argument(diagnosis, 1)), span(argument(diagnosis, 0))),
            Doctor::tr(
                "Nothing to do if the app is idle. Else check that it is still connected, and that nothing "
                "stopped it.")};
    case Ailment::SetupOnly:
        return {Doctor::tr("It has opened the setup page, and nothing more has come."),
                Doctor::tr("Follow its steps and use \"Test this device\": it says what is missing.")};
    default:
        return onlySettings(diagnosis, client);
    }
}

DiagnosisText tlsAndProxy(const Diagnosis &diagnosis, const Client &client)
{
    const QString host = hostOr(argument(diagnosis, 0));
    const QString why = argument(diagnosis, 1);
    switch (diagnosis.ailment) {
    case Ailment::Pinned:
        return {
            Doctor::tr("It refuses Trackside's certificate for %1, though the device trusts it.").arg(host),
            pinningAdvice(client)};
    case Ailment::NotPermitted:
        return {Doctor::tr(
                    "It refused the certificate for %1: Trackside's authority may not vouch for that name.")
                    .arg(host),
                Doctor::tr("If it is your own domain for Segment, add it under Setup, Use the proxy; "
                           "Trackside makes a new "
                           "certificate, "
                           "to be installed again.")};
    case Ailment::TlsTooOld:
        return {
            Doctor::tr("It and Trackside have no version of TLS in common."),
            Doctor::tr(
                "Trackside speaks TLS 1.2 and 1.3. Update the system or the HTTP library, or use http://.")};
    case Ailment::LeftHandshake:
        return {
            Doctor::tr("It left again and again before the connection to %1 was made.").arg(host),
            Doctor::tr("Most programs that do so don't trust the certificate. %1").arg(trustAdvice(client))};
    case Ailment::TlsFailed:
        return {
            why.isEmpty() ? Doctor::tr("TLS with it failed for %1.").arg(host)
                          : Doctor::tr("TLS with it failed for %1: %2.").arg(host, why),
            Doctor::tr(
                "Try again. If it stays, use http:// in the app, or another version of its HTTP library.")};
    case Ailment::TunnelNotAllowed:
        return {Doctor::tr("It asked the proxy for %1, which Trackside connects nobody to.").arg(host),
                Doctor::tr("Reach this machine's own addresses without the proxy.")};
    case Ailment::HostUnreachable:
        return {why.isEmpty() ? Doctor::tr("%1 could not be reached for it.").arg(host)
                              : Doctor::tr("%1 could not be reached for it. %2").arg(host, why),
                Doctor::tr(
                    "Check this machine's connection, and the upstream proxy under Setup, Use the proxy, if "
                    "your network needs one.")};
    case Ailment::Http2:
        return {Doctor::tr("It speaks HTTP/2 without asking first, which Trackside does not."),
                Doctor::tr("Switch prior knowledge off (h2c); by TLS both agree on HTTP/1.1 themselves.")};
    case Ailment::NotAccepted:
        return {Doctor::tr("This device waits to be accepted, so nothing of it is captured."),
                Doctor::tr("Accept it under Setup, Use a phone, or let it open the page of the QR code.")};
    default:
        return notTrusted(diagnosis, client);
    }
}

QString programName(const capture::UserAgent &agent)
{
    using capture::Runtime;
    if (agent.program == u"Dalvik"_s || agent.program == u"okhttp"_s) {
        return Doctor::tr("An Android app");
    }
    if (agent.program == u"Dart"_s) {
        return Doctor::tr("A Flutter app");
    }
    if (agent.program.isEmpty()) {
        return Doctor::tr("A program");
    }
    // What Node's SDK calls itself since version 1.
    const QString name = agent.program == u"analytics-node-next"_s ? u"analytics-node"_s : agent.program;
    return agent.version.isEmpty() ? name : name + u' ' + agent.version;
}

} // namespace

DiagnosisText diagnosisText(const Diagnosis &diagnosis, const Client &client)
{
    switch (diagnosis.ailment) {
    case Ailment::Well:
        return {Doctor::tr("Captured: %1, the last %2 ago.")
                    .arg(counted(argument(diagnosis, 0)), span(argument(diagnosis, 1))),
                {}};
    case Ailment::Connected:
        return {Doctor::tr("It has connected, but no event of it has come yet."),
                Doctor::tr("Do something in the app that is tracked.")};
    case Ailment::BadJson:
    case Ailment::BadEncoding:
    case Ailment::EmptyBody:
    case Ailment::NotSegment:
    case Ailment::TooLarge:
        return badBody(diagnosis);
    case Ailment::BrokenHttp:
        return brokenHttp(diagnosis);
    case Ailment::AnsweredErrors:
        return answeredErrors(diagnosis);
    case Ailment::NotTrusted:
    case Ailment::Pinned:
    case Ailment::NotPermitted:
    case Ailment::TlsTooOld:
    case Ailment::LeftHandshake:
    case Ailment::TlsFailed:
    case Ailment::TunnelNotAllowed:
    case Ailment::HostUnreachable:
    case Ailment::Http2:
    case Ailment::NotAccepted:
        return tlsAndProxy(diagnosis, client);
    case Ailment::OnlyTunnels:
    case Ailment::OnlySettings:
    case Ailment::OnlyPreflights:
    case Ailment::OnlyMetrics:
    case Ailment::OnlyScript:
    case Ailment::WrongPath:
    case Ailment::NoWriteKey:
    case Ailment::Silent:
    case Ailment::SetupOnly:
        return missing(diagnosis, client);
    }
    return {};
}

QString clientName(const Client &client)
{
    const capture::UserAgent agent = capture::readUserAgent(client.agent);
    const QString address = QString::fromLatin1(client.address);
    const QString program = programName(agent);
    if (QHostAddress(address).isLoopback()) {
        return Doctor::tr("%1 on this machine").arg(program);
    }
    if (agent.system == u"iPhone"_s) {
        return Doctor::tr("%1 on an iPhone, %2").arg(program, address);
    }
    if (agent.system == u"iPad"_s) {
        return Doctor::tr("%1 on an iPad, %2").arg(program, address);
    }
    return agent.system.isEmpty() ? Doctor::tr("%1 at %2").arg(program, address)
                                  : Doctor::tr("%1 on %2, %3").arg(program, agent.system, address);
}

QString modeText(capture::Mode mode)
{
    switch (mode) {
    case capture::Mode::Endpoint:
        return Doctor::tr("by its host setting");
    case capture::Mode::EndpointTls:
        return Doctor::tr("by its host setting, over TLS");
    case capture::Mode::ProxyHttp:
        return Doctor::tr("through the proxy, plain");
    case capture::Mode::ProxyTls:
        return Doctor::tr("through the proxy, decrypted");
    }
    return {};
}

} // namespace engine
