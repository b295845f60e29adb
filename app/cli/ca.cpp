// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "tls/authority.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QString timeOf(std::int64_t us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

int written(const QByteArray &bytes, const QString &path)
{
    auto output = Output::open(path);
    if (!output) {
        return failed(output.error());
    }
    output->write(bytes);
    return output->commit() ? exitClean : failed(output->error());
}

QString described(const tls::Authority &authority, const base::Clock &clock)
{
    const tls::AuthorityInfo &info = authority.info();
    const QString text = QStringLiteral(R"(Name:         %1
SHA-256:      %2
Valid:        %3 to %4%5
Your domains: %6
Certificate:  %7
Key:          %8 (never give it away)

It can vouch for these, and for what lies below these names:
  %9
  127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1, fc00::/7, fe80::/10
Clients that trust it refuse it for every other name and address.
)");
    return text.arg(info.name, QString::fromLatin1(info.sha256.toHex(':').toUpper()),
                    timeOf(info.notBeforeUs), timeOf(info.notAfterUs),
                    authority.isExpired(clock) ? u", expired: make a new one with 'create --replace'"_s
                                               : QString(),
                    info.domains.isEmpty() ? u"none"_s : info.domains.join(u", "_s), info.certificatePath,
                    info.keyPath, (tls::builtInDomains() + info.domains).join(u", "_s));
}

int create(const QString &folder, const Arguments &options)
{
    const base::SystemClock clock;
    const auto old = tls::Authority::load(folder);
    const bool isThere = old || old.error().code != base::ErrorCode::NotFound;
    if (isThere && !options.isSet(u"replace"_s)) {
        return failed({base::ErrorCode::InUse,
                       u"There is a certificate authority in %1 already."_s.arg(folder),
                       u"A new one would replace it: where the old certificate is installed, calls over "
                       "HTTPS can't be captured until the new one is installed there."_s,
                       u"To do that, add --replace. 'trackside-cli ca show' shows what there is."_s});
    }
    const auto authority = tls::Authority::create(folder, options.values(u"domain"_s), clock);
    if (!authority) {
        return failed(authority.error());
    }
    QString text = described(**authority, clock);
    if (isThere) {
        text += u"\nThe old one is gone. Where its certificate is installed, install this one instead.\n"_s;
    }
    return written(text.toUtf8(), {});
}

int exportCertificate(const QString &folder, const Arguments &options)
{
    const auto format = options.choice(u"format"_s, {u"pem"_s, u"der"_s, u"mobileconfig"_s});
    if (!format) {
        return failed(format.error());
    }
    const base::SystemClock clock;
    const auto authority = tls::Authority::loadOrCreate(folder, {}, clock);
    if (!authority) {
        return failed(authority.error());
    }
    const auto exportFormat = *format == u"der"_s            ? tls::ExportFormat::Der
                              : *format == u"mobileconfig"_s ? tls::ExportFormat::MobileConfig
                                                             : tls::ExportFormat::Pem;
    return written((*authority)->exported(exportFormat), options.value(u"output"_s));
}

int show(const QString &folder)
{
    const auto authority = tls::Authority::load(folder);
    return authority ? written(described(**authority, base::SystemClock()).toUtf8(), {})
                     : failed(authority.error());
}

int remove(const QString &folder)
{
    const auto old = tls::Authority::load(folder);
    if (!old && old.error().code == base::ErrorCode::NotFound) {
        return written("There was no certificate authority.\n", {});
    }
    if (const auto removed = tls::Authority::remove(folder); !removed) {
        return failed(removed.error());
    }
    return written("The certificate authority is deleted. Remove its certificate wherever it is installed; "
                   "without the key it is harmless there.\n",
                   {});
}

} // namespace

int certificateAuthority(const QStringList &arguments)
{
    Arguments options(u"ca"_s,
                      u"Makes, exports, shows or removes the certificate authority that lets Trackside read "
                      u"HTTPS calls. It "
                      "can vouch for Segment's hosts, your own domains and private addresses only."_s);
    options.addOption(u"domain"_s, u"create: permit this host name and all below it, too. Repeatable."_s,
                      u"NAME"_s);
    options.addOption(u"replace"_s,
                      u"create: put a new one in place of the old, which is good for nothing then."_s);
    options.addOption(u"format"_s, u"export: pem, der or mobileconfig (default pem)."_s, u"FORMAT"_s,
                      u"pem"_s);
    options.addOption(u"output"_s, u"export: write to this file, not to standard output."_s, u"FILE"_s);
    options.addOption(u"folder"_s, u"Where it is kept, if not in the user's data folder."_s, u"DIR"_s);
    options.addPositional(u"action"_s, u"create, export (makes one when there is none), show, or remove."_s,
                          u"create|export|show|remove"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const QString action = options.positional().join(u' ');
    const QString folder =
        options.isSet(u"folder"_s) ? options.value(u"folder"_s) : tls::defaultAuthorityFolder();
    const std::pair<QString, QString> ofOneAction[] = {{u"domain"_s, u"create"_s},
                                                       {u"replace"_s, u"create"_s},
                                                       {u"format"_s, u"export"_s},
                                                       {u"output"_s, u"export"_s}};
    for (const auto &[option, itsAction] : ofOneAction) {
        if (options.isSet(option) && action != itsAction) {
            return failed({base::ErrorCode::BadInput,
                           u"--%1 has no meaning here."_s.arg(option),
                           {},
                           u"It belongs to 'trackside-cli ca %1'."_s.arg(itsAction)});
        }
    }
    if (action == u"create"_s) {
        return create(folder, options);
    }
    if (action == u"export"_s) {
        return exportCertificate(folder, options);
    }
    if (action == u"show"_s) {
        return show(folder);
    }
    if (action == u"remove"_s) {
        return remove(folder);
    }
    return failed(
        {base::ErrorCode::BadInput,
         action.isEmpty() ? u"'ca' wants to know what to do."_s : u"'ca' knows no '%1'."_s.arg(action),
         {},
         u"Choose one of create, export, show and remove."_s});
}

} // namespace cli
