// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/authority.h"

#include "tls/authorityfiles.h"
#include "tls/certificates.h"
#include "tls/names.h"

#include <algorithm>

#include <QDateTime>
#include <QStandardPaths>
#include <QSysInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr qsizetype mostHostCharacters = 32; // a common name ends at 64

/// Of this machine and day, so that one knows it again in a list of certificates.
QString placeAt(std::int64_t nowUs)
{
    const QString host = QSysInfo::machineHostName().section(u'.', 0, 0).left(mostHostCharacters);
    return u"%1, %2"_s.arg(host.isEmpty() ? u"localhost"_s : host,
                           QDateTime::fromMSecsSinceEpoch(nowUs / 1000).toString(u"yyyy-MM-dd"_s));
}

QString commonNameOf(const X509 *certificate)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) {
        return {};
    }
    unsigned char *text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    QString name = size < 0 ? QString() : QString::fromUtf8(reinterpret_cast<char *>(text), size);
    OPENSSL_free(text);
    return name;
}

QByteArray fingerprintOf(const X509 *certificate)
{
    QByteArray sha256(32, '\0');
    unsigned int size = 0;
    X509_digest(certificate, EVP_sha256(), reinterpret_cast<unsigned char *>(sha256.data()), &size);
    return sha256;
}

QByteArray pkcs8Of(EVP_PKEY *key)
{
    using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Release<PKCS8_PRIV_KEY_INFO_free>>;
    const Pkcs8 packed(EVP_PKEY2PKCS8(key));
    QByteArray der(i2d_PKCS8_PRIV_KEY_INFO(packed.get(), nullptr), Qt::Uninitialized);
    auto *bytes = reinterpret_cast<unsigned char *>(der.data());
    i2d_PKCS8_PRIV_KEY_INFO(packed.get(), &bytes);
    return der;
}

/// Apple takes a profile with a known identifier and UUID for the same one, so it replaces the old.
QString profileUuid(const QByteArray &sha256, QLatin1StringView part)
{
    static constexpr QUuid space(0x7f6a3f0e, 0x2a51, 0x4c0b, 0x9d, 0x3c, 0x54, 0x1b, 0x6e, 0x0d, 0x92, 0xa7);
    return QUuid::createUuidV5(space, sha256 + QByteArray(part.data(), part.size()))
        .toString(QUuid::WithoutBraces)
        .toUpper();
}

/// Apple's configuration profile with one root certificate (Configuration Profile Reference,
/// com.apple.security.root).
QByteArray mobileConfig(const AuthorityInfo &info, const QByteArray &der)
{
    const QString pattern = QStringLiteral(R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadCertificateFileName</key>
			<string>trackside-ca.cer</string>
			<key>PayloadContent</key>
			<data>%1</data>
			<key>PayloadDescription</key>
			<string>Lets Trackside on that computer read this device's calls to Segment. It can vouch for Segment's hosts, your own domains and private addresses only.</string>
			<key>PayloadDisplayName</key>
			<string>%2</string>
			<key>PayloadIdentifier</key>
			<string>trackside.ca.%3.root</string>
			<key>PayloadType</key>
			<string>com.apple.security.root</string>
			<key>PayloadUUID</key>
			<string>%4</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
		</dict>
	</array>
	<key>PayloadDescription</key>
	<string>The certificate of Trackside, a debugger for Segment analytics events.</string>
	<key>PayloadDisplayName</key>
	<string>%2</string>
	<key>PayloadIdentifier</key>
	<string>trackside.ca.%3</string>
	<key>PayloadRemovalDisallowed</key>
	<false/>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>%5</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
)");
    return pattern
        .arg(QString::fromLatin1(der.toBase64()), info.name.toHtmlEscaped(),
             QString::fromLatin1(info.sha256.first(8).toHex()), profileUuid(info.sha256, "root"_L1),
             profileUuid(info.sha256, "profile"_L1))
        .toUtf8();
}

} // namespace

struct Authority::Impl
{
    AuthorityFiles::Contents contents;
    Key leafKey = newKey();
    QByteArray leafKeyDer = pkcs8Of(leafKey.get());
    QByteArray rootDer;
    QByteArray issuerDer;
    AuthorityInfo info;

    /// Corrupt when it is no authority with our constraints: another one in its place could do harm.
    static base::Result<std::unique_ptr<Impl>> of(const AuthorityFiles &files,
                                                  AuthorityFiles::Contents contents)
    {
        auto impl = std::make_unique<Impl>();
        impl->contents = std::move(contents);
        X509 *root = impl->contents.certificates.root.get();
        X509 *issuer = impl->contents.certificates.issuer.get();
        const auto permitted = permittedDomains(root);
        if (!permitted || permittedDomains(issuer) != permitted || X509_check_ca(root) != 1 ||
            X509_check_ca(issuer) != 1) {
            static_cast<void>(takeReason());
            return files.corrupt(u"Its certificate is not one that Trackside made: it is not limited to "
                                 "Segment's and your own domains."_s);
        }
        impl->rootDer = derOf(root);
        impl->issuerDer = derOf(issuer);
        impl->info = {.name = commonNameOf(root),
                      .sha256 = fingerprintOf(root),
                      .notBeforeUs = microsecondsOf(X509_get0_notBefore(root)),
                      .notAfterUs = microsecondsOf(X509_get0_notAfter(root)),
                      .domains = {},
                      .certificatePath = files.certificatePath(),
                      .keyPath = files.keyPath()};
        std::ranges::copy_if(*permitted, std::back_inserter(impl->info.domains),
                             [](const QString &domain) { return !builtInDomains().contains(domain); });
        return impl;
    }

    static base::Result<std::unique_ptr<Impl>> load(const AuthorityFiles &files)
    {
        auto contents = files.read();
        if (!contents) {
            return base::Failure(contents.error());
        }
        return of(files, std::move(*contents));
    }

    static base::Result<std::unique_ptr<Impl>> create(AuthorityFiles &files, const QStringList &domains,
                                                      std::int64_t nowUs)
    {
        const auto normalised = normalisedDomains(domains);
        if (!normalised) {
            return base::Failure(normalised.error());
        }
        AuthorityFiles::Contents contents;
        contents.key = newKey();
        auto certificates = makeAuthority(contents.key.get(), placeAt(nowUs), *normalised, nowUs);
        if (!certificates) {
            return base::Failure(certificates.error());
        }
        contents.certificates = std::move(*certificates);
        if (const auto written = files.write(contents); !written) {
            return base::Failure(written.error());
        }
        return of(files, std::move(contents));
    }
};

Authority::Authority() = default;
Authority::~Authority() = default;

std::shared_ptr<Authority> Authority::make(std::unique_ptr<Impl> impl)
{
    std::shared_ptr<Authority> authority(new Authority);
    authority->m_impl = std::move(impl);
    return authority;
}

base::Result<std::shared_ptr<const Authority>>
Authority::create(const QString &folder, const QStringList &domains, const base::Clock &clock)
{
    AuthorityFiles files(folder, AuthorityFiles::Use::Write);
    auto impl = Impl::create(files, domains, clock.nowUs());
    if (!impl) {
        return base::Failure(impl.error());
    }
    return make(std::move(*impl));
}

base::Result<std::shared_ptr<const Authority>>
Authority::loadOrCreate(const QString &folder, const QStringList &domains, const base::Clock &clock)
{
    AuthorityFiles files(folder, AuthorityFiles::Use::Write);
    auto impl = Impl::load(files);
    if (!impl && impl.error().code == base::ErrorCode::NotFound) {
        impl = Impl::create(files, domains, clock.nowUs());
    }
    if (!impl) {
        return base::Failure(impl.error());
    }
    return make(std::move(*impl));
}

base::Result<std::shared_ptr<const Authority>> Authority::load(const QString &folder)
{
    auto impl = Impl::load(AuthorityFiles(folder, AuthorityFiles::Use::Read));
    if (!impl) {
        return base::Failure(impl.error());
    }
    return make(std::move(*impl));
}

base::Result<void> Authority::remove(const QString &folder)
{
    return AuthorityFiles(folder, AuthorityFiles::Use::Read).remove();
}

const AuthorityInfo &Authority::info() const
{
    return m_impl->info;
}

bool Authority::isExpired(const base::Clock &clock) const
{
    return clock.nowUs() >= m_impl->info.notAfterUs;
}

QByteArray Authority::certificateDer() const
{
    return m_impl->rootDer;
}

QList<QByteArray> Authority::chainDer() const
{
    return {m_impl->issuerDer, m_impl->rootDer};
}

QByteArray Authority::exported(ExportFormat format) const
{
    switch (format) {
    case ExportFormat::Pem:
        return certificatePem(m_impl->contents.certificates.root.get());
    case ExportFormat::Der:
        return m_impl->rootDer;
    case ExportFormat::MobileConfig:
        return mobileConfig(m_impl->info, m_impl->rootDer);
    }
    return {};
}

bool Authority::isPermitted(const QByteArray &nameOrAddress) const
{
    if (const QByteArray address = addressBytes(nameOrAddress); !address.isEmpty()) {
        return std::ranges::any_of(permittedRanges,
                                   [&](const AddressRange &range) { return isWithin(address, range); });
    }
    const QByteArray host = hostName(nameOrAddress);
    const auto covers = [&](const QString &domain) { return isWithin(host, domain.toLatin1()); };
    return !host.isEmpty() && (std::ranges::any_of(builtInDomains(), covers) ||
                               std::ranges::any_of(m_impl->info.domains, covers));
}

base::Result<Leaf> Authority::mint(const QByteArray &nameOrAddress, const base::Clock &clock) const
{
    if (isExpired(clock)) {
        return base::failure(base::ErrorCode::Unsupported, u"The certificate authority has expired."_s,
                             u"It was good for one year."_s,
                             u"Make a new one (trackside-cli ca create --replace) and install it where the "
                             "old one was."_s);
    }
    const auto certificate = makeLeaf(m_impl->leafKey.get(), m_impl->contents.certificates.issuer.get(),
                                      m_impl->contents.key.get(), nameOrAddress, clock.nowUs());
    if (!certificate) {
        return base::Failure(certificate.error());
    }
    return Leaf{derOf(certificate->get()), m_impl->leafKeyDer};
}

QString defaultAuthorityFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/trackside/ca"_s;
}

const QStringList &builtInDomains()
{
    static const QStringList domains{u"segment.io"_s, u"segment.com"_s, u"segmentapis.com"_s, u"localhost"_s};
    return domains;
}

} // namespace tls
