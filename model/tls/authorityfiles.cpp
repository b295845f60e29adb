// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/authorityfiles.h"

#include <openssl/pem.h>

#include <QDir>
#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace tls {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto everyonesToRead = ownerOnly | QFileDevice::ReadGroup | QFileDevice::ReadOther;
constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                        QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
constexpr int lockTimeoutMs = 2000;
constexpr qint64 mostFileBytes = 1'000'000;

QByteArray contentsOf(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<qsizetype>(size)};
}

QByteArray keyPem(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return contentsOf(bio.get());
}

Bio bioOf(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

/// A key with a password is none of ours: OpenSSL would ask for it on the terminal.
int noPassword(char * /*buffer*/, int /*size*/, int /*isWriting*/, void * /*user*/)
{
    return -1;
}

base::Result<void> writeFile(const QString &path, const QByteArray &bytes,
                             QFileDevice::Permissions permissions)
{
    QSaveFile file(path);
    // Closed to others before the first byte is in it.
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(permissions) &&
                           file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten) {
        return base::failure(base::ErrorCode::Io,
                             u"The certificate authority could not be saved to %1."_s.arg(path),
                             file.errorString() + u'.', u"Free some space, or make the folder writable."_s);
    }
    return {};
}

base::Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(base::ErrorCode::Permission,
                             u"The certificate authority in %1 can't be read."_s.arg(path),
                             file.errorString() + u'.', u"Give yourself the right to read the file."_s);
    }
    return file.read(mostFileBytes);
}

} // namespace

QByteArray certificatePem(const X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return contentsOf(bio.get());
}

AuthorityFiles::AuthorityFiles(const QString &folder, Use use)
    : m_folder(folder)
    , m_lock(folder + u"/lock"_s)
{
    if (use == Use::Write) {
        QDir().mkpath(folder); // write() tells when it can't be made
    }
    static_cast<void>(m_lock.tryLock(lockTimeoutMs));
}

QString AuthorityFiles::certificatePath() const
{
    return m_folder + u"/ca.pem"_s;
}

QString AuthorityFiles::keyPath() const
{
    return m_folder + u"/ca-key.pem"_s;
}

base::Failure AuthorityFiles::corrupt(const QString &why) const
{
    return base::failure(base::ErrorCode::Corrupt,
                         u"The certificate authority in %1 is damaged."_s.arg(m_folder), why,
                         u"Make a new one (trackside-cli ca create --replace) and install it where the old "
                         "one was."_s);
}

base::Result<AuthorityFiles::Contents> AuthorityFiles::read() const
{
    const bool hasCertificate = QFile::exists(certificatePath());
    const bool hasKey = QFile::exists(keyPath());
    if (!hasCertificate && !hasKey) {
        return base::failure(base::ErrorCode::NotFound,
                             u"There is no certificate authority in %1 yet."_s.arg(m_folder), {},
                             u"Make one with: trackside-cli ca create"_s);
    }
    if (!hasCertificate || !hasKey) {
        return corrupt(u"Its %1 is missing."_s.arg(hasKey ? u"certificate"_s : u"key"_s));
    }
    const auto certificateBytes = readFile(certificatePath());
    const auto keyBytes = readFile(keyPath());
    if (!certificateBytes || !keyBytes) {
        return base::Failure(certificateBytes ? keyBytes.error() : certificateBytes.error());
    }
    const Bio rootBio = bioOf(*certificateBytes);
    const Bio keyBio = bioOf(*keyBytes);
    Contents contents;
    contents.certificates.root.reset(PEM_read_bio_X509(rootBio.get(), nullptr, noPassword, nullptr));
    if (contents.certificates.root == nullptr) {
        return corrupt(u"Its certificate can't be read: %1"_s.arg(takeReason()));
    }
    contents.key.reset(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, noPassword, nullptr));
    contents.certificates.issuer.reset(PEM_read_bio_X509(keyBio.get(), nullptr, noPassword, nullptr));
    if (contents.key == nullptr || contents.certificates.issuer == nullptr) {
        return corrupt(u"Its key can't be read: %1"_s.arg(takeReason()));
    }
    X509 *issuer = contents.certificates.issuer.get();
    if (X509_check_private_key(issuer, contents.key.get()) != 1 ||
        X509_verify(issuer, X509_get0_pubkey(contents.certificates.root.get())) != 1) {
        static_cast<void>(takeReason());
        return corrupt(u"Its key belongs to another certificate."_s);
    }
    if (const auto permissions = QFile::permissions(keyPath()); (permissions & others) != 0) {
        QFile::setPermissions(keyPath(), ownerOnly);
    }
    return contents;
}

base::Result<void> AuthorityFiles::write(const Contents &contents)
{
    if (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, ownerOnly | QFileDevice::ExeOwner)) {
        return base::failure(base::ErrorCode::Permission, u"The folder %1 can't be made."_s.arg(m_folder), {},
                             u"Make the folder above it writable, or set XDG_DATA_HOME to one that is."_s);
    }
    const auto isKeyWritten =
        writeFile(keyPath(), keyPem(contents.key.get()) + certificatePem(contents.certificates.issuer.get()),
                  ownerOnly);
    return isKeyWritten ? writeFile(certificatePath(), certificatePem(contents.certificates.root.get()),
                                    everyonesToRead)
                        : isKeyWritten;
}

base::Result<void> AuthorityFiles::remove()
{
    for (const QString &path : {keyPath(), certificatePath()}) {
        QFile file(path);
        if (file.exists() && !file.remove()) {
            return base::failure(base::ErrorCode::Permission, u"%1 could not be deleted."_s.arg(path),
                                 file.errorString() + u'.', u"Make its folder writable."_s);
        }
    }
    m_lock.unlock();
    QDir().rmdir(m_folder);
    return {};
}

} // namespace tls
