// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/names.h"

#include "tls/authority.h"

#include <algorithm>
#include <arpa/inet.h>
#include <string_view>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr qsizetype mostNameBytes = 253;
constexpr qsizetype mostLabelBytes = 63;

/// Second levels that registries sell names below, as in "co.uk".
constexpr std::array<std::string_view, 14> registryLabels{"ac",  "co",  "com", "edu", "gob", "gov", "go",
                                                          "ltd", "mil", "ne",  "net", "nom", "or",  "org"};
/// Hosters' domains whose names below belong to strangers.
constexpr std::array<std::string_view, 18> sharedDomains{
    "amazonaws.com", "appspot.com",    "azurewebsites.net", "cloudfront.net", "firebaseapp.com",
    "fly.dev",       "github.io",      "gitlab.io",         "herokuapp.com",  "netlify.app",
    "ngrok.io",      "ngrok-free.app", "onrender.com",      "pages.dev",      "run.app",
    "vercel.app",    "web.app",        "workers.dev"};

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

bool isLabel(QByteArrayView label)
{
    const auto isLetterOrDigit = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    };
    // Underscores are no host name's (RFC 952), but DNS and every client take them.
    return !label.isEmpty() && label.size() <= mostLabelBytes && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, [&](char byte) {
               return isLetterOrDigit(byte) || byte == '-' || byte == '_';
           });
}

/// Certificates for all below it would cover strangers' names.
bool isPublicSuffix(const QByteArray &domain)
{
    const QByteArrayList labels = domain.split('.');
    return labels.size() == 1 || std::ranges::find(sharedDomains, viewOf(domain)) != sharedDomains.end() ||
           (labels.size() == 2 && labels.last().size() == 2 &&
            std::ranges::find(registryLabels, viewOf(labels.first())) != registryLabels.end());
}

base::Failure wrongDomain(const QString &domain, QString why, QString fix)
{
    return base::failure(base::ErrorCode::BadInput, u"'%1' can't be a domain of yours."_s.arg(domain),
                         std::move(why), std::move(fix));
}

base::Result<QByteArray> checkedDomain(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.contains(u"://"_s) || trimmed.contains(u'/')) {
        return wrongDomain(text, u"It is a URL."_s, u"Give the host name alone, as in t.example.com."_s);
    }
    if (trimmed.contains(u'*') || trimmed.startsWith(u'.')) {
        return wrongDomain(text, u"It is a pattern."_s,
                           u"Give the domain alone: example.com covers all that lies below it."_s);
    }
    if (std::ranges::any_of(trimmed, [](QChar letter) { return letter.unicode() > 127; })) {
        return wrongDomain(text, u"Certificates know names in ASCII only."_s,
                           u"Write it as DNS does, each label beginning with xn--."_s);
    }
    const QByteArray ascii = trimmed.toLatin1();
    if (!addressBytes(ascii).isEmpty()) {
        return wrongDomain(text, u"It is an address; private and local ones are permitted already."_s,
                           u"Give a host name, as in t.example.com."_s);
    }
    const QByteArray domain = hostName(ascii);
    if (domain.isEmpty()) {
        return wrongDomain(text, u"It is no host name."_s,
                           u"Give a host name without port, as in t.example.com."_s);
    }
    if (domain != "localhost" && isPublicSuffix(domain)) {
        return wrongDomain(text, u"Names of others lie below it."_s,
                           u"Give the whole name of your own host, as in t.example.com."_s);
    }
    return domain;
}

} // namespace

QByteArray addressBytes(QByteArrayView text)
{
    QByteArray literal = text.toByteArray();
    if (const qsizetype zone = literal.indexOf('%'); zone >= 0) {
        literal.truncate(zone);
    }
    QByteArray bytes(16, '\0');
    if (inet_pton(AF_INET, literal.constData(), bytes.data()) == 1) {
        return bytes.first(4);
    }
    if (inet_pton(AF_INET6, literal.constData(), bytes.data()) != 1) {
        return {};
    }
    static constexpr char mapped[] = "\0\0\0\0\0\0\0\0\0\0\xff\xff";
    return bytes.startsWith(QByteArrayView(mapped, 12)) ? bytes.sliced(12) : bytes;
}

QByteArray hostName(QByteArrayView text)
{
    if (text.endsWith('.')) {
        text.chop(1);
    }
    if (text.isEmpty() || text.size() > mostNameBytes) {
        return {};
    }
    QByteArray name = text.toByteArray().toLower();
    const QByteArrayList labels = name.split('.');
    // A last label of digits alone makes it an address, if an odd one, to browsers (WHATWG URL 3.5).
    const QByteArray &last = labels.last();
    const bool isNumber = std::ranges::all_of(last, [](char byte) { return byte >= '0' && byte <= '9'; });
    return !isNumber && std::ranges::all_of(labels, [](const QByteArray &label) { return isLabel(label); })
               ? name
               : QByteArray();
}

bool isWithin(QByteArrayView host, QByteArrayView domain)
{
    return host == domain || (host.size() > domain.size() && host.endsWith(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

bool isWithin(const QByteArray &address, const AddressRange &range)
{
    const QByteArray base = addressBytes(range.address);
    if (address.size() != base.size()) {
        return false;
    }
    const QByteArray mask = maskOf(range);
    for (qsizetype at = 0; at < base.size(); ++at) {
        if (((address[at] ^ base[at]) & mask[at]) != 0) {
            return false;
        }
    }
    return true;
}

QByteArray maskOf(const AddressRange &range)
{
    QByteArray mask(addressBytes(range.address).size(), '\0');
    for (int bit = 0; bit < range.prefixBits; ++bit) {
        mask[bit / 8] = static_cast<char>(mask[bit / 8] | (0x80 >> (bit % 8)));
    }
    return mask;
}

base::Result<QStringList> normalisedDomains(const QStringList &domains)
{
    QByteArrayList checked;
    for (const QString &domain : domains) {
        auto name = checkedDomain(domain);
        if (!name) {
            return base::Failure(name.error());
        }
        checked.append(std::move(*name));
    }
    QStringList normalised;
    for (const QByteArray &domain : checked) {
        const bool isCovered =
            std::ranges::any_of(builtInDomains(),
                                [&](const QString &own) { return isWithin(domain, own.toLatin1()); }) ||
            std::ranges::any_of(
                checked, [&](const QByteArray &other) { return other != domain && isWithin(domain, other); });
        const QString text = QString::fromLatin1(domain);
        if (!isCovered && !normalised.contains(text)) {
            normalised.append(text);
        }
    }
    return normalised;
}

} // namespace tls
