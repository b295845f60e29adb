// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/openssl.h"

#include <openssl/err.h>

namespace tls {

QString takeReason()
{
    const unsigned long code = ERR_peek_error();
    ERR_clear_error();
    const char *reason = ERR_reason_error_string(code);
    return reason == nullptr ? QStringLiteral("OpenSSL gives no reason.")
                             : QString::fromLatin1(reason) + u'.';
}

Certificate certificateOf(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

QByteArray derOf(const X509 *certificate)
{
    QByteArray der(i2d_X509(certificate, nullptr), Qt::Uninitialized);
    auto *bytes = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(certificate, &bytes);
    return der;
}

} // namespace tls
