// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/servecapture.h"

#include "app/engine/preferences.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

base::Failure badFault(const QString &spec, const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"--fault '%1' can't be understood."_s.arg(spec), why,
                         u"Write it as kind=503,times=2,retry-after=3. Kinds are 429, 500, 503, close, stall "
                         "and slow; further parts are seconds, delay (ms) and source."_s);
}

base::Result<QByteArray> sourceOf(const QString &text, const engine::Preferences *preferences)
{
    static const QRegularExpression hash(u"^([0-9a-f]{16}|none)$"_s);
    if (hash.match(text).hasMatch()) {
        return text.toLatin1();
    }
    if (preferences != nullptr) {
        const QHash<QString, QString> names = preferences->sourceNames();
        if (const QString known = names.key(text); !known.isEmpty()) {
            return known.toLatin1();
        }
        for (const intake::SourceConfig &config : preferences->sources()) {
            if (config.name == text && !config.match.keyHashes.isEmpty()) {
                return config.match.keyHashes.first().toLatin1();
            }
        }
    }
    return base::failure(base::ErrorCode::NotFound,
                         u"There is no source '%1' with a write key in the settings."_s.arg(text), {},
                         u"Name its key by the first 16 hex digits of SHA-256 over the write key."_s);
}

base::Result<capture::Fault> readFault(const QString &spec, const engine::Preferences *preferences)
{
    capture::Fault fault;
    bool hasKind = false;
    const QStringList parts = spec.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString key = part.section(u'=', 0, 0).trimmed();
        const QString value = part.section(u'=', 1).trimmed();
        if (key == u"kind") {
            const auto kind = capture::faultKindFromWord(value);
            if (!kind) {
                return badFault(spec, u"'%1' is no kind of fault."_s.arg(value));
            }
            fault.kind = *kind;
            hasKind = true;
            continue;
        }
        if (key == u"source") {
            auto source = sourceOf(value, preferences);
            if (!source) {
                return base::Failure(source.error());
            }
            fault.source = std::move(*source);
            continue;
        }
        int *const target = key == u"times"         ? &fault.times
                            : key == u"seconds"     ? &fault.seconds
                            : key == u"retry-after" ? &fault.retryAfterSeconds
                            : key == u"delay"       ? &fault.delayMs
                                                    : nullptr;
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        if (target == nullptr || !isNumber) {
            return badFault(spec, target == nullptr ? u"'%1' is no part of a fault."_s.arg(key)
                                                    : u"%1 must be a whole number."_s.arg(key));
        }
        *target = number;
    }
    if (!hasKind) {
        return badFault(spec, u"The kind is missing."_s);
    }
    return fault;
}

} // namespace

void addCaptureOptions(Arguments &arguments)
{
    arguments.addOption(u"proxy-answer"_s,
                        u"Calls through the proxy: answered 'here' (default), or passed on to the real host "
                        "('pass-on')."_s,
                        u"WHO"_s);
    arguments.addOption(
        u"proxy-domain"_s,
        u"Decrypt this domain too; may be given several times. The authority must permit it: see 'ca create'."_s,
        u"NAME"_s);
    arguments.addOption(
        u"upstream-proxy"_s,
        u"Reach real hosts through this proxy ('none': directly; default: the environment's)."_s, u"URL"_s);
    arguments.addOption(u"trust"_s, u"Trust this PEM file of certificates for real hosts too."_s, u"FILE"_s);
    arguments.addOption(u"ca"_s, u"Folder of the certificate authority, made there on first use."_s,
                        u"FOLDER"_s);
    arguments.addOption(
        u"devices"_s,
        u"Who of the network may send, when --listen names a network address: 'everyone' (default) or those "
        "'accepted' in the settings."_s,
        u"WHO"_s);
    arguments.addOption(u"sources"_s, u"Sources from this file instead of the settings'."_s, u"FILE"_s);
    arguments.addOption(
        u"fault"_s,
        u"Play a fault on calls, as kind=503,times=2,retry-after=3 (kinds 429, 500, 503, close, stall, slow; "
        "also seconds=, delay=MS, source=); may be given several times."_s,
        u"SPEC"_s);
}

base::Result<void> readCaptureOptions(const Arguments &arguments, const engine::Preferences *preferences,
                                      engine::Options &options)
{
    if (preferences != nullptr) {
        options.sourceNames = preferences->sourceNames();
        options.proxy = preferences->proxy();
        options.sources = preferences->sources();
        options.health = preferences->health();
        options.devices = preferences->devices();
    }
    if (arguments.isSet(u"proxy-answer"_s)) {
        const auto who = arguments.choice(u"proxy-answer"_s, {u"here"_s, u"pass-on"_s});
        if (!who) {
            return base::Failure(who.error());
        }
        options.proxy.answer = *who == u"here" ? capture::ProxyAnswer::Here : capture::ProxyAnswer::PassOn;
    }
    if (arguments.isSet(u"proxy-domain"_s)) {
        options.proxy.domains = arguments.values(u"proxy-domain"_s);
    }
    if (arguments.isSet(u"upstream-proxy"_s)) {
        options.proxy.upstreamProxy = arguments.value(u"upstream-proxy"_s);
    }
    if (arguments.isSet(u"trust"_s)) {
        options.proxy.trustedPem = arguments.value(u"trust"_s);
    }
    options.authorityFolder = arguments.value(u"ca"_s);
    options.deviceAccess = capture::Devices::Access::Everyone;
    if (arguments.isSet(u"devices"_s)) {
        const auto who = arguments.choice(u"devices"_s, {u"everyone"_s, u"accepted"_s});
        if (!who) {
            return base::Failure(who.error());
        }
        options.deviceAccess =
            *who == u"everyone" ? capture::Devices::Access::Everyone : capture::Devices::Access::Accepted;
    }
    if (arguments.isSet(u"sources"_s)) {
        const QString path = arguments.value(u"sources"_s);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return base::failure(base::ErrorCode::NotFound, u"The sources in %1 can't be read."_s.arg(path),
                                 file.errorString() + u'.', u"Check the path."_s);
        }
        auto sources = intake::sourcesFromJson(file.readAll());
        if (!sources) {
            return base::Failure(sources.error());
        }
        options.sources = std::move(*sources);
    }
    return {};
}

base::Result<std::vector<capture::Fault>> readFaults(const Arguments &arguments,
                                                     const engine::Preferences *preferences)
{
    std::vector<capture::Fault> faults;
    const QStringList specs = arguments.values(u"fault"_s);
    for (const QString &spec : specs) {
        auto fault = readFault(spec, preferences);
        if (!fault) {
            return base::Failure(fault.error());
        }
        faults.push_back(std::move(*fault));
    }
    return faults;
}

QString domainWarnings(const tls::Authority &authority, const QStringList &domains)
{
    QString lines;
    for (const QString &domain : domains) {
        if (!authority.isPermitted(domain.toLatin1())) {
            lines +=
                u"The certificate authority may not vouch for %1, so clients will refuse it. Make a new one "
                u"with "
                "'trackside-cli ca create --replace --domain %1', and install it on your devices.\n"_s.arg(
                    domain);
        }
    }
    return lines;
}

QString faultLines(const QList<capture::FaultReport> &reports)
{
    QString lines;
    for (auto report = reports.rbegin(); report != reports.rend(); ++report) {
        lines += u"Fault %1: played on %2 with %3: %4 sent again, %5 missing, %6 stored more than once.\n"_s
                     .arg(capture::word(report->fault.kind),
                          counted(report->requests, u"request"_s, u"requests"_s),
                          counted(report->events, u"event"_s, u"events"_s))
                     .arg(report->sentAgain)
                     .arg(report->missing)
                     .arg(report->doubled);
    }
    return lines;
}

} // namespace cli
