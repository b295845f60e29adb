// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/certificates.h"

#include "tls/authority.h"
#include "tls/names.h"

#include <openssl/ec.h>

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr std::int64_t secondsOfDay = 86'400;
constexpr std::int64_t authorityDays = 365;
constexpr std::int64_t leafDays = 90;
constexpr int serialBits = 128;
constexpr qsizetype mostCommonNameBytes = 64; // RFC 5280 appendix A.1, ub-common-name
constexpr long version3 = 2;

using GeneralName = std::unique_ptr<GENERAL_NAME, Release<GENERAL_NAME_free>>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;
using Subtree = std::unique_ptr<GENERAL_SUBTREE, Release<GENERAL_SUBTREE_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// Of type GEN_DNS, GEN_EMAIL, GEN_URI (all IA5 text) or GEN_IPADD (octets).
GeneralName generalName(int type, const QByteArray &value)
{
    GeneralName name(GENERAL_NAME_new());
    ASN1_STRING *text = ASN1_STRING_type_new(type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
    if (name == nullptr || text == nullptr ||
        ASN1_STRING_set(text, value.constData(), static_cast<int>(value.size())) != 1) {
        ASN1_STRING_free(text);
        return {};
    }
    GENERAL_NAME_set0_value(name.get(), type, text);
    return name;
}

bool permit(NAME_CONSTRAINTS *constraints, int type, const QByteArray &value)
{
    Subtree subtree(GENERAL_SUBTREE_new());
    GeneralName base = generalName(type, value);
    if (subtree == nullptr || base == nullptr) {
        return false;
    }
    GENERAL_NAME_free(subtree->base);
    subtree->base = base.release();
    if (sk_GENERAL_SUBTREE_push(constraints->permittedSubtrees, subtree.get()) <= 0) {
        return false;
    }
    static_cast<void>(subtree.release()); // the stack's now
    return true;
}

/// Of a type with a permitted name, all else is excluded (RFC 5280 4.2.1.10). Mail addresses and URIs are
/// thus excluded by permitting them for a name that can't exist (RFC 6761): OpenSSL does not read an empty
/// excluded subtree as "all". Distinguished names are left alone: Go and rustls refuse an authority that
/// constrains them, and what counts of a server's certificate are its alternative names (RFC 9525); OpenSSL
/// holds a common name that stands in for one to the same constraints.
bool addConstraints(X509 *certificate, const QStringList &domains)
{
    static constexpr char nowhere[] = "trackside.invalid";
    const Constraints constraints(NAME_CONSTRAINTS_new());
    if (constraints == nullptr ||
        (constraints->permittedSubtrees = sk_GENERAL_SUBTREE_new_null()) == nullptr) {
        return false;
    }
    for (const QString &domain : builtInDomains() + domains) {
        if (!permit(constraints.get(), GEN_DNS, domain.toLatin1())) {
            return false;
        }
    }
    for (const AddressRange &range : permittedRanges) {
        if (!permit(constraints.get(), GEN_IPADD, addressBytes(range.address) + maskOf(range))) {
            return false;
        }
    }
    return permit(constraints.get(), GEN_EMAIL, nowhere) && permit(constraints.get(), GEN_URI, nowhere) &&
           X509_add1_ext_i2d(certificate, NID_name_constraints, constraints.get(), 1, X509V3_ADD_DEFAULT) ==
               1;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool addAlternativeNames(X509 *certificate, const QByteArray &name, const QByteArray &address)
{
    const GeneralNames names(sk_GENERAL_NAME_new_null());
    const auto add = [&](int type, const QByteArray &value) {
        GeneralName one = generalName(type, value);
        if (names == nullptr || one == nullptr || sk_GENERAL_NAME_push(names.get(), one.get()) <= 0) {
            return false;
        }
        static_cast<void>(one.release()); // the stack's now
        return true;
    };
    // Java sends no name for one without a dot, so for https://localhost it gets the address's certificate.
    const bool isLoopback = isWithin(address, loopbackRanges[0]) || isWithin(address, loopbackRanges[1]);
    return (address.isEmpty() ? add(GEN_DNS, name) : add(GEN_IPADD, address)) &&
           (!isLoopback || add(GEN_DNS, "localhost")) &&
           X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

bool setRandomSerial(X509 *certificate)
{
    const Number number(BN_new());
    return number != nullptr && BN_rand(number.get(), serialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool addName(X509_NAME *name, const char *field, const QByteArray &value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytesOf(value),
                                      static_cast<int>(value.size()), -1, 0) == 1;
}

bool setValidity(X509 *certificate, std::int64_t fromSeconds, std::int64_t toSeconds)
{
    return ASN1_TIME_set(X509_getm_notBefore(certificate), fromSeconds) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), toSeconds) != nullptr;
}

struct AuthorityTraits
{
    QString commonName;
    std::int64_t nowUs;
    const char *basicConstraints;
};

bool fillAuthority(X509 *made, X509 *issuer, EVP_PKEY *key, EVP_PKEY *issuerKey, const QStringList &domains,
                   const AuthorityTraits &traits)
{
    const std::int64_t fromSeconds = traits.nowUs / 1'000'000 - secondsOfDay;
    // Good for servers alone: verifiers hold an authority's extended key usage against what it signs.
    return made != nullptr && issuer != nullptr && X509_set_version(made, version3) == 1 &&
           setRandomSerial(made) &&
           setValidity(made, fromSeconds, fromSeconds + authorityDays * secondsOfDay) &&
           addName(X509_get_subject_name(made), "O", "Trackside") &&
           addName(X509_get_subject_name(made), "CN", traits.commonName.toUtf8()) &&
           X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1 &&
           X509_set_pubkey(made, key) == 1 &&
           addExtension(made, issuer, NID_basic_constraints, traits.basicConstraints) &&
           addExtension(made, issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           addExtension(made, issuer, NID_ext_key_usage, "serverAuth") && addConstraints(made, domains) &&
           addExtension(made, issuer, NID_subject_key_identifier, "hash") &&
           addExtension(made, issuer, NID_authority_key_identifier, "keyid:always") &&
           X509_sign(made, issuerKey, EVP_sha256()) > 0;
}

base::Failure notMade(const QString &what)
{
    return base::failure(base::ErrorCode::Internal, what, takeReason(),
                         u"Report this as a fault, with the version of OpenSSL."_s);
}

} // namespace

Key newKey()
{
    return Key(EVP_EC_gen("P-256"));
}

std::int64_t microsecondsOf(const ASN1_TIME *time)
{
    std::tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? std::int64_t{timegm(&parts)} * 1'000'000 : 0;
}

base::Result<AuthorityCertificates> makeAuthority(EVP_PKEY *issuerKey, const QString &place,
                                                  const QStringList &domains, std::int64_t nowUs)
{
    const Key rootKey = newKey();
    AuthorityCertificates made{Certificate(X509_new()), Certificate(X509_new())};
    const bool isMade =
        fillAuthority(made.root.get(), made.root.get(), rootKey.get(), rootKey.get(), domains,
                      {u"Trackside CA of "_s + place, nowUs, "critical,CA:TRUE,pathlen:1"}) &&
        fillAuthority(made.issuer.get(), made.root.get(), issuerKey, rootKey.get(), domains,
                      {u"Trackside issuer of "_s + place, nowUs, "critical,CA:TRUE,pathlen:0"});
    if (!isMade) {
        return notMade(u"The certificate authority could not be made."_s);
    }
    return made;
}

base::Result<Certificate> makeLeaf(EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey,
                                   QByteArrayView nameOrAddress, std::int64_t nowUs)
{
    const QByteArray address = addressBytes(nameOrAddress);
    const QByteArray name = address.isEmpty() ? hostName(nameOrAddress) : QByteArray();
    if (address.isEmpty() && name.isEmpty()) {
        return base::failure(
            base::ErrorCode::BadInput,
            u"There can be no certificate for '%1'."_s.arg(QString::fromUtf8(
                nameOrAddress.first(std::min<qsizetype>(nameOrAddress.size(), mostCommonNameBytes)))),
            u"It is neither a host name nor an address."_s);
    }
    Certificate certificate(X509_new());
    X509 *made = certificate.get();
    const std::int64_t nowSeconds = nowUs / 1'000'000;
    const std::int64_t toSeconds = std::min(nowSeconds + (leafDays - 1) * secondsOfDay,
                                            microsecondsOf(X509_get0_notAfter(issuer)) / 1'000'000);
    const bool isMade = made != nullptr && X509_set_version(made, version3) == 1 && setRandomSerial(made) &&
                        setValidity(made, nowSeconds - secondsOfDay, toSeconds) &&
                        addName(X509_get_subject_name(made), "O", "Trackside") &&
                        // An address as common name would be read as a host name by OpenSSL, and be refused.
                        (name.isEmpty() || name.size() > mostCommonNameBytes ||
                         addName(X509_get_subject_name(made), "CN", name)) &&
                        X509_set_issuer_name(made, X509_get_subject_name(issuer)) == 1 &&
                        X509_set_pubkey(made, key) == 1 &&
                        addExtension(made, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                        addExtension(made, issuer, NID_key_usage, "critical,digitalSignature") &&
                        addExtension(made, issuer, NID_ext_key_usage, "serverAuth") &&
                        addAlternativeNames(made, name, address) &&
                        addExtension(made, issuer, NID_subject_key_identifier, "hash") &&
                        addExtension(made, issuer, NID_authority_key_identifier, "keyid:always") &&
                        X509_sign(made, issuerKey, EVP_sha256()) > 0;
    if (!isMade) {
        return notMade(u"A certificate could not be made."_s);
    }
    return certificate;
}

std::optional<QStringList> permittedDomains(const X509 *authority)
{
    int isCritical = 0;
    const Constraints constraints(static_cast<NAME_CONSTRAINTS *>(
        X509_get_ext_d2i(authority, NID_name_constraints, &isCritical, nullptr)));
    if (constraints == nullptr || isCritical != 1) {
        return {};
    }
    QStringList domains;
    bool hasAddresses = false;
    for (int at = 0; at < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++at) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, at)->base;
        if (base->type == GEN_DNS) {
            domains.append(
                QString::fromLatin1(reinterpret_cast<const char *>(ASN1_STRING_get0_data(base->d.dNSName)),
                                    ASN1_STRING_length(base->d.dNSName)));
        }
        hasAddresses = hasAddresses || base->type == GEN_IPADD;
    }
    if (domains.isEmpty() || domains.contains(QString()) || !hasAddresses) {
        return {};
    }
    return domains;
}

} // namespace tls
