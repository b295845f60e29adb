// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/doctoradvice.h"

#include "capture/useragent.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using capture::Runtime;

struct Advice
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

QString onAPhone(const capture::UserAgent &agent)
{
    return agent.system.startsWith(u"Android"_s)
               ? Advice::tr(
                     "Install Trackside's certificate on the device as a CA certificate: Settings, Security, "
                     "Install a certificate. The setup page has it.")
               : Advice::tr(
                     "Install the profile of the setup page, then switch it on: Settings, General, About, "
                     "Certificate Trust Settings. Without that switch it is not trusted.");
}

bool isOfPhone(const capture::UserAgent &agent)
{
    return agent.system.startsWith(u'i') || agent.system.startsWith(u"Android"_s);
}

/// Nothing is known of the program; a device of the network is a phone, most of the time.
QString anyTrust(const capture::Client &client)
{
    return QHostAddress(QString::fromLatin1(client.address)).isLoopback()
               ? Advice::tr("Install Trackside's certificate where this program looks for it; Setup shows "
                            "how for each "
                            "platform.")
               : Advice::tr("Install Trackside's certificate on the device: open the setup page on it. On an "
                            "iPhone also "
                            "switch it on under Certificate Trust Settings; an Android app must allow it in "
                            "its network "
                            "security config.");
}

} // namespace

QString trustAdvice(const capture::Client &client)
{
    const capture::UserAgent agent = capture::readUserAgent(client.agent);
    switch (agent.runtime) {
    case Runtime::Chromium:
        return isOfPhone(agent) ? onAPhone(agent)
               : agent.system == u"Linux"_s
                   ? Advice::tr(
                         "Import Trackside's certificate at chrome://certificate-manager (Custom, Trusted "
                         "Certificates), then start the browser anew.")
                   : Advice::tr("Install Trackside's certificate in the system's store and trust it for TLS, "
                                "then start "
                                "the browser anew. Setup shows how.");
    case Runtime::Firefox:
        return agent.system.startsWith(u"Android"_s)
                   ? Advice::tr("Firefox has a store of its own: in its Secret Settings, switch on \"Use "
                                "third party CA "
                                "certificates\".")
                   : Advice::tr(
                         "Firefox has a store of its own: Settings, Privacy and Security, View Certificates, "
                         "Authorities, Import.");
    case Runtime::Safari:
        return isOfPhone(agent)
                   ? onAPhone(agent)
                   : Advice::tr("Add Trackside's certificate to the keychain, and set its trust to Always "
                                "Trust.");
    case Runtime::Android:
        return Advice::tr(
            "Install Trackside's certificate on the device, and allow it in the app's debug build: "
            "certificates src=\"user\" in res/xml/network_security_config.xml. Apps trust no user "
            "certificates by themselves.");
    case Runtime::Apple:
        return Advice::tr(
            "Install the profile of the setup page on the device, then switch it on: Settings, General, "
            "About, Certificate Trust Settings.");
    case Runtime::Flutter:
        return Advice::tr(
            "Give it to the debug build: SecurityContext.defaultContext.setTrustedCertificatesBytes(). Dart "
            "does not look where the system does on every platform.");
    case Runtime::Node:
        return Advice::tr(
            "Start it with NODE_EXTRA_CA_CERTS set to Trackside's certificate (.pem). Node reads no other "
            "store.");
    case Runtime::Python:
        return Advice::tr(
            "Start it with REQUESTS_CA_BUNDLE set to a file that holds Trackside's certificate (.pem).");
    case Runtime::Go:
    case Runtime::Ruby:
        return Advice::tr(
            "Start it with SSL_CERT_FILE set to a file that holds Trackside's certificate (.pem).");
    case Runtime::Java:
        return Advice::tr("Put it into a truststore with keytool -importcert, and start with "
                          "-Djavax.net.ssl.trustStore. The JVM does not look into the system's.");
    case Runtime::Php:
        return Advice::tr("Set curl.cainfo to Trackside's certificate (.pem), in php.ini or with php -d.");
    case Runtime::DotNet:
        return Advice::tr(
            "Install Trackside's certificate in the system's store (on Linux SSL_CERT_FILE works too); .NET "
            "reads it from there.");
    case Runtime::Curl:
        return Advice::tr("Give curl --cacert with Trackside's certificate (.pem), or set CURL_CA_BUNDLE.");
    case Runtime::Unknown:
        break;
    }
    return anyTrust(client);
}

QString pinningAdvice(const capture::Client &client)
{
    switch (capture::readUserAgent(client.agent).runtime) {
    case Runtime::Android:
        return Advice::tr("Allow user certificates in the app's debug build: certificates src=\"user\" in "
                          "res/xml/network_security_config.xml. If it does, look for certificate pinning "
                          "(CertificatePinner), and switch that off.");
    case Runtime::Apple:
        return Advice::tr(
            "Look for certificate pinning in the app (NSPinnedDomains, a URLSession delegate), and switch "
            "it off in this build; or set the app's host to Trackside.");
    case Runtime::Firefox:
        return trustAdvice(client);
    default:
        return Advice::tr(
            "Switch certificate pinning off in this build, or set the app's host to Trackside instead of "
            "using the proxy. An Android app must also allow user certificates in its network security "
            "config; Firefox has a store of its own.");
    }
}

QString silenceAdvice(const capture::Client &client)
{
    const capture::UserAgent agent = capture::readUserAgent(client.agent);
    if (agent.isBrowser()) {
        return Advice::tr(
            "Do something in the page that is tracked. If it was: look in the browser's console. An ad "
            "blocker, a consent tool or a content policy may stop the call, and a plugin or apiHost in the "
            "page's own code may lead it elsewhere.");
    }
    const bool isProxied = client.cameBy(capture::Mode::ProxyTls) || client.cameBy(capture::Mode::ProxyHttp);
    switch (agent.runtime) {
    case Runtime::Android:
    case Runtime::Apple:
        return isProxied
                   ? Advice::tr(
                         "Mobile SDKs gather up to 20 events or 30 seconds: use the app, then wait or call "
                         "flush(). If nothing comes, the calls may be refused or go round the proxy: look "
                         "for "
                         "another line of this device here.")
                   : Advice::tr(
                         "Mobile SDKs gather up to 20 events or 30 seconds: use the app, then wait or call "
                         "flush(). If nothing comes, events go elsewhere: Kotlin and Swift make https:// of "
                         "apiHost, and React Native refuses an http:// proxy option without "
                         "allowInsecureProxy: "
                         "true and then sends to Segment. The HTTP proxy takes them all.");
    case Runtime::Flutter:
        return Advice::tr(
            "Use the app, then wait 20 seconds or call flush(). If nothing comes: Flutter takes no notice of "
            "the system's proxy; set one with HttpOverrides, or the host in its Configuration.");
    default:
        return Advice::tr(
            "Do something in the app that is tracked, and wait for its batch or call flush(). If nothing "
            "comes, only its settings lead here: set the host or endpoint for events too, as Setup shows.");
    }
}

} // namespace engine
