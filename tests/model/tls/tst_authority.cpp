// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/model/tls/tlstest.h"

#include <QCryptographicHash>
#include <QDir>
#include <QXmlStreamReader>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;
using tls::Authority;
using tls::ExportFormat;
using tlstest::contents;
using tlstest::overwrite;
using tlstest::require;

class TstAuthority : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsItsKeyToItself();
    void isWhatTheStandardAsks();
    void vouchesForServersAlone_data();
    void vouchesForServersAlone();
    void isReadBack();
    void takesDomains_data();
    void takesDomains();
    void refusesDomains_data();
    void refusesDomains();
    void wrongDomainLeavesTheOldOne();
    void replacesTheOld();
    void loadOrCreateMakesOneOnly();
    void closesAKeyOthersMayRead();
    void damageIsTold_data();
    void damageIsTold();
    void folderThatCantBeMade();
    void removes();
    void exportsPemAndDer();
    void exportsMobileConfig();
    void leafIsWhatTheStandardAsks_data();
    void leafIsWhatTheStandardAsks();
    void leafNeverOutlivesTheAuthority();
    void expires();
    void mintsForNamesOnly_data();
    void mintsForNamesOnly();
    void permits_data();
    void permits();

private:
    [[nodiscard]] QString caFolder() const { return m_folder->filePath(u"data/ca"_s); }
    [[nodiscard]] std::shared_ptr<const Authority> created(const QStringList &domains = {}) const
    {
        return require(Authority::create(caFolder(), domains, m_clock));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    tlstest::MovableClock m_clock;
};

namespace {

struct Releasing
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509_STORE *store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX *context) const { X509_STORE_CTX_free(context); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
};
using Certificate = std::unique_ptr<X509, Releasing>;
using Key = std::unique_ptr<EVP_PKEY, Releasing>;

constexpr std::int64_t secondsOfDay = 86'400;

Certificate certificateOf(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

/// As `openssl x509 -text` shows it.
QByteArray textOf(X509 *certificate)
{
    const std::unique_ptr<BIO, Releasing> bio(BIO_new(BIO_s_mem()));
    X509_print(bio.get(), certificate);
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<qsizetype>(size)};
}

std::int64_t daysOf(const X509 *certificate)
{
    int days = 0;
    int seconds = 0;
    ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate), X509_get0_notAfter(certificate));
    return days;
}

/// X509_V_OK, or why a client that trusts `root` refuses a certificate that comes with its issuers.
int verified(X509 *root, X509 *certificate, std::initializer_list<X509 *> issuers,
             int purpose = X509_PURPOSE_SSL_SERVER)
{
    const std::unique_ptr<X509_STORE, Releasing> store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), root);
    STACK_OF(X509) *between = sk_X509_new_null();
    for (X509 *issuer : issuers) {
        sk_X509_push(between, issuer);
    }
    const std::unique_ptr<X509_STORE_CTX, Releasing> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), certificate, between);
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_verify_cert(context.get());
    sk_X509_free(between);
    return X509_STORE_CTX_get_error(context.get());
}

/// What clients see of an authority.
struct Chain
{
    explicit Chain(const Authority &authority)
        : issuer(certificateOf(authority.chainDer().value(0)))
        , root(certificateOf(authority.certificateDer()))
    {
    }

    Certificate issuer, root;

    [[nodiscard]] int verified(X509 *certificate, int purpose = X509_PURPOSE_SSL_SERVER) const
    {
        return ::verified(root.get(), certificate, {issuer.get()}, purpose);
    }
};

/// What a thief of the key could sign with OpenSSL's own means.
struct Forged
{
    Certificate certificate{X509_new()};
    Key key{EVP_EC_gen("P-256")};

    Forged(const tls::AuthorityInfo &info, X509 *authority, const QByteArray &commonName,
           const QList<std::pair<int, QByteArray>> &extensions)
    {
        X509 *made = certificate.get();
        X509_set_version(made, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made), 77);
        X509_gmtime_adj(X509_getm_notBefore(made), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made), 3600);
        if (!commonName.isEmpty()) {
            X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char *>(commonName.constData()),
                                       static_cast<int>(commonName.size()), -1, 0);
        }
        X509_set_issuer_name(made, X509_get_subject_name(authority));
        X509_set_pubkey(made, key.get());
        X509V3_CTX context;
        X509V3_set_ctx(&context, authority, made, nullptr, nullptr, 0);
        for (const auto &[nid, value] : extensions) {
            const std::unique_ptr<X509_EXTENSION, Releasing> extension(
                X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
            X509_add_ext(made, extension.get(), -1);
        }
        const QByteArray pem = contents(info.keyPath);
        const std::unique_ptr<BIO, Releasing> bio(
            BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
        const Key stolen(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
        X509_sign(made, stolen.get(), EVP_sha256());
    }
};

} // namespace

void TstAuthority::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = {};
}

void TstAuthority::keepsItsKeyToItself()
{
    const auto authority = created();
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    constexpr auto user = QFileDevice::ReadUser | QFileDevice::WriteUser | QFileDevice::ExeUser;
    QCOMPARE(QFile::permissions(authority->info().keyPath) & ~user, owner);
    QCOMPARE(QFile::permissions(caFolder()) & ~user, owner | QFileDevice::ExeOwner);
    QCOMPARE(QDir(caFolder()).entryList(QDir::Files | QDir::Hidden),
             (QStringList{u"ca-key.pem"_s, u"ca.pem"_s}));
    const QByteArray key = contents(authority->info().keyPath);
    QVERIFY(key.startsWith("-----BEGIN PRIVATE KEY-----"));
    const QByteArray secret = key.split('\n').value(1);
    for (const ExportFormat format : {ExportFormat::Pem, ExportFormat::Der, ExportFormat::MobileConfig}) {
        QVERIFY(!authority->exported(format).contains("PRIVATE KEY"));
        QVERIFY(!authority->exported(format).contains(secret));
    }
}

void TstAuthority::isWhatTheStandardAsks()
{
    const auto authority = created({u"t.shop.example"_s});
    const Chain chain(*authority);
    const QByteArray rootText = textOf(chain.root.get());
    const QByteArray issuerText = textOf(chain.issuer.get());
    QVERIFY(rootText.contains("critical\n                CA:TRUE, pathlen:1\n"));
    QVERIFY(issuerText.contains("critical\n                CA:TRUE, pathlen:0\n"));
    QCOMPARE(chain.verified(chain.issuer.get(), X509_PURPOSE_ANY), X509_V_OK);
    QCOMPARE(daysOf(chain.root.get()), 365);
    QCOMPARE(daysOf(chain.issuer.get()), 365);
    for (const char *part : {"Version: 3",
                             "ASN1 OID: prime256v1",
                             "ecdsa-with-SHA256",
                             "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign",
                             "X509v3 Extended Key Usage: \n                TLS Web Server Authentication",
                             "X509v3 Subject Key Identifier",
                             "X509v3 Authority Key Identifier",
                             "X509v3 Name Constraints: critical\n                Permitted:\n",
                             "DNS:segment.io\n",
                             "DNS:segment.com\n",
                             "DNS:segmentapis.com\n",
                             "DNS:localhost\n",
                             "DNS:t.shop.example\n",
                             "IP:127.0.0.0/255.0.0.0\n",
                             "IP:10.0.0.0/255.0.0.0\n",
                             "IP:172.16.0.0/255.240.0.0\n",
                             "IP:192.168.0.0/255.255.0.0\n",
                             "IP:169.254.0.0/255.255.0.0\n",
                             "IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF\n",
                             "IP:FC00:0:0:0:0:0:0:0/FE00:0:0:0:0:0:0:0\n",
                             "IP:FE80:0:0:0:0:0:0:0/FFC0:0:0:0:0:0:0:0\n",
                             "email:trackside.invalid\n",
                             "URI:trackside.invalid\n"}) {
        QVERIFY2(rootText.contains(part), (part + ("\n" + rootText)).constData());
        QVERIFY2(issuerText.contains(part), (part + ("\n" + issuerText)).constData());
    }
    const auto nowUs = m_clock.nowUs();
    QVERIFY(authority->info().notBeforeUs < nowUs);
    QCOMPARE(authority->info().notAfterUs - authority->info().notBeforeUs, 365 * secondsOfDay * 1'000'000);
    QVERIFY(authority->info().name.startsWith(u"Trackside CA of "_s));
    QVERIFY(authority->info().name.size() <= 64);
    QCOMPARE(authority->info().sha256,
             QCryptographicHash::hash(authority->certificateDer(), QCryptographicHash::Sha256));
}

void TstAuthority::vouchesForServersAlone_data()
{
    using Extensions = QList<std::pair<int, QByteArray>>;
    QTest::addColumn<QByteArray>("commonName");
    QTest::addColumn<Extensions>("extensions");
    QTest::addColumn<int>("purpose");
    QTest::addColumn<int>("verdict");
    const std::pair<int, QByteArray> segment{NID_subject_alt_name, "DNS:api.segment.io"};
    const auto row = [](const char *name, const QByteArray &commonName, const Extensions &extensions,
                        int verdict, int purpose = X509_PURPOSE_SSL_SERVER) {
        QTest::newRow(name) << commonName << extensions << purpose << verdict;
    };
    row("a server of Segment", {}, {segment}, X509_V_OK);
    row("another server", {}, {{NID_subject_alt_name, "DNS:bank.example"}}, X509_V_ERR_PERMITTED_VIOLATION);
    row("another server beside Segment's", {},
        {{NID_subject_alt_name, "DNS:api.segment.io,DNS:bank.example"}}, X509_V_ERR_PERMITTED_VIOLATION);
    row("wildcard over all", {}, {{NID_subject_alt_name, "DNS:*.example"}}, X509_V_ERR_PERMITTED_VIOLATION);
    row("common name alone", "bank.example", {}, X509_V_ERR_PERMITTED_VIOLATION);
    row("common name beside an address", "bank.example", {{NID_subject_alt_name, "IP:127.0.0.1"}},
        X509_V_ERR_PERMITTED_VIOLATION);
    row("public address", {}, {{NID_subject_alt_name, "IP:203.0.113.7"}}, X509_V_ERR_PERMITTED_VIOLATION);
    row("public address in IPv6 form of IPv4", {}, {{NID_subject_alt_name, "IP:::ffff:203.0.113.7"}},
        X509_V_ERR_PERMITTED_VIOLATION);
    row("mail address", {}, {{NID_subject_alt_name, "email:boss@bank.example"}},
        X509_V_ERR_PERMITTED_VIOLATION);
    row("mail address at Segment", {}, {{NID_subject_alt_name, "email:boss@segment.io"}},
        X509_V_ERR_PERMITTED_VIOLATION);
    row("URI", {}, {{NID_subject_alt_name, "URI:https://bank.example/"}}, X509_V_ERR_PERMITTED_VIOLATION);
    row("client", {}, {segment, {NID_ext_key_usage, "clientAuth"}}, X509_V_ERR_INVALID_PURPOSE,
        X509_PURPOSE_SSL_CLIENT);
    row("signer of mail", {}, {segment, {NID_ext_key_usage, "emailProtection"}}, X509_V_ERR_INVALID_PURPOSE,
        X509_PURPOSE_SMIME_SIGN);
}

void TstAuthority::vouchesForServersAlone()
{
    using Extensions = QList<std::pair<int, QByteArray>>;
    QFETCH(QByteArray, commonName);
    QFETCH(Extensions, extensions);
    QFETCH(int, purpose);
    QFETCH(int, verdict);
    const auto authority = created();
    const Chain chain(*authority);
    const Forged forged(authority->info(), chain.issuer.get(), commonName, extensions);
    const auto words = [](int error) { return QByteArray(X509_verify_cert_error_string(error)); };
    QCOMPARE(words(chain.verified(forged.certificate.get(), purpose)), words(verdict));

    // Java and Android do not look at the constraints of what they trust.
    const Certificate overlooked(X509_dup(chain.root.get()));
    X509_EXTENSION_free(
        X509_delete_ext(overlooked.get(), X509_get_ext_by_NID(overlooked.get(), NID_name_constraints, -1)));
    QCOMPARE(words(verified(overlooked.get(), forged.certificate.get(), {chain.issuer.get()}, purpose)),
             words(verdict));
}

void TstAuthority::isReadBack()
{
    const auto made = created({u"t.shop.example"_s, u"collect.other.example"_s});
    const auto read = require(Authority::load(caFolder()));
    QCOMPARE(read->certificateDer(), made->certificateDer());
    QCOMPARE(read->info().name, made->info().name);
    QCOMPARE(read->info().sha256, made->info().sha256);
    QCOMPARE(read->info().notAfterUs, made->info().notAfterUs);
    QCOMPARE(read->info().domains, (QStringList{u"t.shop.example"_s, u"collect.other.example"_s}));
    const Certificate leaf = certificateOf(require(read->mint("x.t.shop.example", m_clock)).certificateDer);
    QCOMPARE(Chain(*made).verified(leaf.get()), X509_V_OK);
}

void TstAuthority::takesDomains_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("taken");
    QTest::newRow("none") << QStringList{} << QStringList{};
    QTest::newRow("as DNS has it") << QStringList{u" T.Shop.Example. "_s} << QStringList{u"t.shop.example"_s};
    QTest::newRow("twice") << QStringList{u"a.example"_s, u"A.example"_s} << QStringList{u"a.example"_s};
    QTest::newRow("Trackside's own") << QStringList{u"api.segment.io"_s, u"localhost"_s, u"app.localhost"_s}
                                     << QStringList{};
    QTest::newRow("one below another")
        << QStringList{u"t.a.example"_s, u"a.example"_s} << QStringList{u"a.example"_s};
    QTest::newRow("punycode") << QStringList{u"xn--bcher-kva.example"_s}
                              << QStringList{u"xn--bcher-kva.example"_s};
    QTest::newRow("host at a hoster")
        << QStringList{u"shop.herokuapp.com"_s} << QStringList{u"shop.herokuapp.com"_s};
    QTest::newRow("below a country's second level")
        << QStringList{u"shop.co.uk"_s} << QStringList{u"shop.co.uk"_s};
}

void TstAuthority::takesDomains()
{
    QFETCH(QStringList, given);
    QFETCH(QStringList, taken);
    QCOMPARE(created(given)->info().domains, taken);
}

void TstAuthority::refusesDomains_data()
{
    QTest::addColumn<QString>("domain");
    QTest::newRow("empty") << QString();
    QTest::newRow("top level") << u"com"_s;
    QTest::newRow("country's second level") << u"co.uk"_s;
    QTest::newRow("a hoster's") << u"herokuapp.com"_s;
    QTest::newRow("wildcard") << u"*.example.com"_s;
    QTest::newRow("leading dot") << u".example.com"_s;
    QTest::newRow("URL") << u"https://t.example.com/v1"_s;
    QTest::newRow("port") << u"t.example.com:443"_s;
    QTest::newRow("address") << u"10.0.0.1"_s;
    QTest::newRow("IPv6 address") << u"2001:db8::1"_s;
    QTest::newRow("odd address") << u"10.1"_s;
    QTest::newRow("umlaut") << u"bücher.example"_s;
    QTest::newRow("empty label") << u"a..example"_s;
    QTest::newRow("hyphen first") << u"-a.example"_s;
    QTest::newRow("label too long") << QString(64, u'a') + u".example"_s;
    QTest::newRow("name too long") << QString(u"abcdefgh."_s).repeated(29) + u"example"_s;
}

void TstAuthority::refusesDomains()
{
    QFETCH(QString, domain);
    const auto authority = Authority::create(caFolder(), {u"fine.example.com"_s, domain}, m_clock);
    QVERIFY(!authority.has_value());
    QCOMPARE(authority.error().code, base::ErrorCode::BadInput);
    QVERIFY(authority.error().what.contains(domain));
    QVERIFY(!authority.error().why.isEmpty() && !authority.error().fix.isEmpty());
    QCOMPARE(Authority::load(caFolder()).error().code, base::ErrorCode::NotFound);
}

void TstAuthority::wrongDomainLeavesTheOldOne()
{
    const auto old = created();
    QVERIFY(!Authority::create(caFolder(), {u"com"_s}, m_clock).has_value());
    QCOMPARE(require(Authority::load(caFolder()))->info().sha256, old->info().sha256);
}

void TstAuthority::replacesTheOld()
{
    const auto old = created();
    const auto now = created({u"t.shop.example"_s});
    QVERIFY(now->info().sha256 != old->info().sha256);
    QCOMPARE(require(Authority::load(caFolder()))->info().sha256, now->info().sha256);
    const Chain chain(*now);
    const Certificate leaf = certificateOf(require(now->mint("localhost", m_clock)).certificateDer);
    QCOMPARE(chain.verified(leaf.get()), X509_V_OK);
    QVERIFY(verified(Chain(*old).root.get(), leaf.get(), {chain.issuer.get(), chain.root.get()}) !=
            X509_V_OK);
}

void TstAuthority::loadOrCreateMakesOneOnly()
{
    const auto first = require(Authority::loadOrCreate(caFolder(), {u"t.shop.example"_s}, m_clock));
    const auto second = require(Authority::loadOrCreate(caFolder(), {}, m_clock));
    QCOMPARE(second->info().sha256, first->info().sha256);
    QCOMPARE(second->info().domains, QStringList{u"t.shop.example"_s});
    overwrite(first->info().certificatePath, "damaged");
    const auto third = Authority::loadOrCreate(caFolder(), {}, m_clock);
    QVERIFY(!third.has_value());
    QCOMPARE(third.error().code, base::ErrorCode::Corrupt);
}

void TstAuthority::closesAKeyOthersMayRead()
{
    const QString path = created()->info().keyPath;
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup |
                                    QFileDevice::ReadOther);
    QVERIFY(Authority::load(caFolder()).has_value());
    QVERIFY((QFile::permissions(path) & (QFileDevice::ReadGroup | QFileDevice::ReadOther)) == 0);
}

void TstAuthority::damageIsTold_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("damage");
    for (const QString &file : {u"ca.pem"_s, u"ca-key.pem"_s}) {
        for (const QString &damage : {u"missing"_s, u"empty"_s, u"half"_s, u"noise"_s, u"of another"_s}) {
            QTest::addRow("%s %s", qPrintable(file), qPrintable(damage)) << file << damage;
        }
    }
    QTest::newRow("key with a password") << u"ca-key.pem"_s << u"password"_s;
    QTest::newRow("another kind of certificate") << u"both"_s << u"unconstrained"_s;
}

void TstAuthority::damageIsTold()
{
    QFETCH(QString, file);
    QFETCH(QString, damage);
    const auto authority = created();
    const QString path = caFolder() + u'/' + file;
    const QByteArray bytes = contents(path);
    if (damage == u"missing"_s) {
        QVERIFY(QFile::remove(path));
    } else if (damage == u"empty"_s) {
        overwrite(path, {});
    } else if (damage == u"half"_s) {
        overwrite(path, bytes.first(bytes.size() / 2));
    } else if (damage == u"noise"_s) {
        overwrite(path, QByteArray("\0\xff\x30\x82", 4).repeated(500));
    } else if (damage == u"of another"_s) {
        const QString other = m_folder->filePath(u"other"_s);
        QVERIFY(Authority::create(other, {}, m_clock).has_value());
        overwrite(path, contents(other + u'/' + file));
    } else if (damage == u"password"_s) {
        overwrite(path, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgAAAAAAAAAAAICCAAw\n"
                        "-----END ENCRYPTED PRIVATE KEY-----\n");
    } else {
        // Somebody put an authority without limits in its place.
        const Key key(EVP_EC_gen("P-256"));
        const Certificate certificate(X509_new());
        X509_set_version(certificate.get(), 2);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        const std::unique_ptr<X509_EXTENSION, Releasing> isAuthority(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE"));
        X509_add_ext(certificate.get(), isAuthority.get(), -1);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
        const auto pem = [](auto write) {
            const std::unique_ptr<BIO, Releasing> bio(BIO_new(BIO_s_mem()));
            write(bio.get());
            char *start = nullptr;
            const long size = BIO_get_mem_data(bio.get(), &start);
            return QByteArray(start, static_cast<qsizetype>(size));
        };
        overwrite(authority->info().certificatePath,
                  pem([&](BIO *bio) { PEM_write_bio_X509(bio, certificate.get()); }));
        overwrite(authority->info().keyPath, pem([&](BIO *bio) {
                      PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
                      PEM_write_bio_X509(bio, certificate.get());
                  }));
    }
    const auto read = Authority::load(caFolder());
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, base::ErrorCode::Corrupt);
    QVERIFY(read.error().what.contains(caFolder()));
    QVERIFY(read.error().fix.contains(u"--replace"_s));
    QCOMPARE(read.error().why.contains(u"not limited"_s), damage == u"unconstrained"_s);
    QVERIFY(Authority::create(caFolder(), {}, m_clock).has_value());
    QVERIFY(Authority::load(caFolder()).has_value());
}

void TstAuthority::folderThatCantBeMade()
{
    overwrite(m_folder->filePath(u"data"_s), "a file");
    const auto authority = Authority::create(caFolder(), {}, m_clock);
    QVERIFY(!authority.has_value());
    QCOMPARE(authority.error().code, base::ErrorCode::Permission);
    QCOMPARE(Authority::load(caFolder()).error().code, base::ErrorCode::NotFound);
}

void TstAuthority::removes()
{
    static_cast<void>(created());
    QVERIFY(Authority::remove(caFolder()).has_value());
    QVERIFY(!QFile::exists(caFolder()));
    QCOMPARE(Authority::load(caFolder()).error().code, base::ErrorCode::NotFound);
    QVERIFY(Authority::remove(caFolder()).has_value());
    static_cast<void>(created());
    overwrite(caFolder() + u"/somebody's"_s, "file");
    QVERIFY(Authority::remove(caFolder()).has_value());
    QCOMPARE(QDir(caFolder()).entryList(QDir::Files | QDir::Hidden), QStringList{u"somebody's"_s});
}

void TstAuthority::exportsPemAndDer()
{
    const auto authority = created();
    QCOMPARE(authority->exported(ExportFormat::Pem), contents(authority->info().certificatePath));
    QCOMPARE(authority->exported(ExportFormat::Pem).count("-----BEGIN CERTIFICATE-----"), 1);
    QCOMPARE(authority->exported(ExportFormat::Der), authority->certificateDer());
}

void TstAuthority::exportsMobileConfig()
{
    const auto authority = created();
    const QByteArray profile = authority->exported(ExportFormat::MobileConfig);
    QXmlStreamReader xml(profile);
    QList<std::pair<QString, QString>> entries;
    QString key;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() == u"plist"_s ||
            xml.name() == u"dict"_s || xml.name() == u"array"_s) {
            continue;
        }
        const bool isKey = xml.name() == u"key"_s;
        const QString text = xml.readElementText();
        if (isKey) {
            key = text;
        } else {
            entries.append({key, text});
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    const auto valuesOf = [&](const QString &name) {
        QStringList values;
        for (const auto &[entry, value] : entries) {
            if (entry == name) {
                values.append(value);
            }
        }
        return values;
    };
    QCOMPARE(valuesOf(u"PayloadType"_s), (QStringList{u"com.apple.security.root"_s, u"Configuration"_s}));
    QCOMPARE(QByteArray::fromBase64(valuesOf(u"PayloadContent"_s).value(0).toLatin1()),
             authority->certificateDer());
    QCOMPARE(valuesOf(u"PayloadDisplayName"_s), QStringList(2, authority->info().name));
    const QStringList uuids = valuesOf(u"PayloadUUID"_s);
    QCOMPARE(uuids.size(), 2);
    QVERIFY(uuids[0] != uuids[1] && uuids[0].size() == 36);
    QCOMPARE(require(Authority::load(caFolder()))->exported(ExportFormat::MobileConfig), profile);
    QVERIFY(!created()->exported(ExportFormat::MobileConfig).contains(uuids[0].toLatin1()));
}

void TstAuthority::leafIsWhatTheStandardAsks_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("alternative");
    QTest::newRow("name") << QByteArray("API.segment.io") << QByteArray("DNS:api.segment.io");
    QTest::newRow("long name") << QByteArray(60, 'a') + ".api.segment.io"
                               << "DNS:" + QByteArray(60, 'a') + ".api.segment.io";
    QTest::newRow("address") << QByteArray("192.168.1.2") << QByteArray("IP Address:192.168.1.2");
    QTest::newRow("loopback address")
        << QByteArray("127.0.0.1") << QByteArray("IP Address:127.0.0.1, DNS:localhost");
    QTest::newRow("IPv6 address") << QByteArray("fd00::7") << QByteArray("IP Address:FD00:0:0:0:0:0:0:7");
    QTest::newRow("loopback IPv6 address")
        << QByteArray("::1") << QByteArray("IP Address:0:0:0:0:0:0:0:1, DNS:localhost");
    QTest::newRow("IPv4 address in IPv6 form")
        << QByteArray("::ffff:10.0.0.9") << QByteArray("IP Address:10.0.0.9");
}

void TstAuthority::leafIsWhatTheStandardAsks()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, alternative);
    const auto authority = created();
    const tls::Leaf leaf = require(authority->mint(name, m_clock));
    const tls::Leaf second = require(authority->mint(name, m_clock));
    QCOMPARE(second.keyDer, leaf.keyDer);
    const Certificate certificate = certificateOf(leaf.certificateDer);
    const QByteArray text = textOf(certificate.get());
    for (const QByteArray &part :
         {QByteArray("X509v3 Basic Constraints: critical\n                CA:FALSE"),
          QByteArray("X509v3 Key Usage: critical\n                Digital Signature\n"),
          QByteArray("X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n"),
          "X509v3 Subject Alternative Name: \n                " + alternative + "\n",
          QByteArray("X509v3 Authority Key Identifier")}) {
        QVERIFY2(text.contains(part), (part + "\n" + text).constData());
    }
    QCOMPARE(daysOf(certificate.get()), 90);
    QCOMPARE(X509_cmp_current_time(X509_get0_notBefore(certificate.get())), -1);
    const int serialBytes = ASN1_STRING_length(X509_get0_serialNumber(certificate.get()));
    QVERIFY(serialBytes >= 12 && serialBytes <= 16);
    QVERIFY(ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate.get()),
                             X509_get0_serialNumber(certificateOf(second.certificateDer).get())) != 0);
    const auto *bytes = reinterpret_cast<const unsigned char *>(leaf.keyDer.constData());
    const Key key(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(leaf.keyDer.size())));
    QCOMPARE(X509_check_private_key(certificate.get(), key.get()), 1);
    const Chain chain(*authority);
    QCOMPARE(chain.verified(certificate.get()), X509_V_OK);

    // It vouches for nobody itself.
    tls::AuthorityInfo thief = authority->info();
    thief.keyPath = m_folder->filePath(u"leaf-key.pem"_s);
    const std::unique_ptr<BIO, Releasing> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char *pem = nullptr;
    const long pemBytes = BIO_get_mem_data(bio.get(), &pem);
    overwrite(thief.keyPath, QByteArray(pem, static_cast<qsizetype>(pemBytes)));
    const Forged forged(thief, certificate.get(), {}, {{NID_subject_alt_name, "DNS:api.segment.io"}});
    QCOMPARE(verified(chain.root.get(), forged.certificate.get(), {certificate.get(), chain.issuer.get()}),
             X509_V_ERR_INVALID_CA);
}

void TstAuthority::leafNeverOutlivesTheAuthority()
{
    const auto authority = created();
    m_clock.moveDays(300);
    const Certificate leaf = certificateOf(require(authority->mint("localhost", m_clock)).certificateDer);
    const Certificate root = certificateOf(authority->certificateDer());
    QCOMPARE(ASN1_TIME_compare(X509_get0_notAfter(leaf.get()), X509_get0_notAfter(root.get())), 0);
}

void TstAuthority::expires()
{
    static_cast<void>(created());
    m_clock.moveDays(363);
    QVERIFY(!require(Authority::load(caFolder()))->isExpired(m_clock));
    m_clock.moveDays(2);
    const auto authority = require(Authority::load(caFolder()));
    QVERIFY(authority->isExpired(m_clock));
    const auto leaf = authority->mint("localhost", m_clock);
    QVERIFY(!leaf.has_value());
    QCOMPARE(leaf.error().code, base::ErrorCode::Unsupported);
    QCOMPARE(require(Authority::loadOrCreate(caFolder(), {}, m_clock))->info().sha256,
             authority->info().sha256);
}

void TstAuthority::mintsForNamesOnly_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("space") << QByteArray("api segment.io");
    QTest::newRow("zero byte") << QByteArray("api.segment.io\0.evil.example", 28);
    QTest::newRow("comma") << QByteArray("a.segment.io,DNS:bank.example");
    QTest::newRow("wildcard") << QByteArray("*.segment.io");
    QTest::newRow("port") << QByteArray("api.segment.io:443");
    QTest::newRow("brackets") << QByteArray("[::1]");
    QTest::newRow("not ASCII") << QByteArray("b\xc3\xbc.segment.io");
    QTest::newRow("odd address") << QByteArray("127.1");
}

void TstAuthority::mintsForNamesOnly()
{
    QFETCH(QByteArray, name);
    const auto authority = created();
    const auto leaf = authority->mint(name, m_clock);
    QVERIFY(!leaf.has_value());
    QCOMPARE(leaf.error().code, base::ErrorCode::BadInput);
    QVERIFY(!authority->isPermitted(name));
}

void TstAuthority::permits_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isPermitted");
    QTest::newRow("Segment") << QByteArray("api.segment.io") << true;
    QTest::newRow("Segment, upper case and dot") << QByteArray("API.SEGMENT.IO.") << true;
    QTest::newRow("own domain") << QByteArray("t.shop.example") << true;
    QTest::newRow("below own domain") << QByteArray("a.t.shop.example") << true;
    QTest::newRow("above own domain") << QByteArray("shop.example") << false;
    QTest::newRow("beside own domain") << QByteArray("xt.shop.example") << false;
    QTest::newRow("another") << QByteArray("bank.example") << false;
    QTest::newRow("private address") << QByteArray("10.9.8.7") << true;
    QTest::newRow("first behind a range") << QByteArray("172.32.0.0") << false;
    QTest::newRow("last of a range") << QByteArray("172.31.255.255") << true;
    QTest::newRow("link-local with zone") << QByteArray("fe80::1%eth0") << true;
    QTest::newRow("public IPv6") << QByteArray("2001:db8::1") << false;
    QTest::newRow("loopback IPv6") << QByteArray("::1") << true;
    QTest::newRow("unspecified") << QByteArray("::") << false;
}

void TstAuthority::permits()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isPermitted);
    QCOMPARE(created({u"t.shop.example"_s})->isPermitted(name), isPermitted);
}

QTEST_GUILESS_MAIN(TstAuthority)
#include "tst_authority.moc"
