// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "tls/certificates.h"

#include <QLockFile>

namespace tls {

/// Where an authority lives: its folder (0700) with "ca.pem", the root that clients are to trust, and
/// "ca-key.pem" (0600), the issuer's key and certificate. The issuer is in no file that one could install: as
/// a trusted root, some clients would overlook its constraints. Holds the
/// folder's lock as long as it lives, so that no other program sees a pair half replaced. Any thread.
class AuthorityFiles
{
public:
    enum class Use : std::uint8_t {
        Read,
        Write, ///< makes the folder, to lock it before there is anything in it
    };
    /// The lock is best effort: a folder that can't be written is read without.
    AuthorityFiles(const QString &folder, Use use);

    struct Contents
    {
        AuthorityCertificates certificates;
        Key key; ///< the issuer's
    };
    /// NotFound without either file, Permission, Corrupt when they are damaged or don't fit each other. A key
    /// that others may read is closed to them.
    [[nodiscard]] base::Result<Contents> read() const;
    [[nodiscard]] base::Result<void> write(const Contents &contents);
    [[nodiscard]] base::Result<void> remove();

    [[nodiscard]] QString certificatePath() const;
    [[nodiscard]] QString keyPath() const;

    [[nodiscard]] base::Failure corrupt(const QString &why) const;

private:
    QString m_folder;
    QLockFile m_lock;
};

[[nodiscard]] QByteArray certificatePem(const X509 *certificate);

} // namespace tls
