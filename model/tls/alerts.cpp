// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tls/alerts.h"

#include <algorithm>

#include <openssl/ssl.h>

namespace tls {

namespace {

struct AlertName
{
    int alert;
    const char *name;
};

constexpr AlertName alertNames[] = {{0, "close_notify"},
                                    {10, "unexpected_message"},
                                    {20, "bad_record_mac"},
                                    {21, "decryption_failed"},
                                    {22, "record_overflow"},
                                    {30, "decompression_failure"},
                                    {40, "handshake_failure"},
                                    {41, "no_certificate"},
                                    {42, "bad_certificate"},
                                    {43, "unsupported_certificate"},
                                    {44, "certificate_revoked"},
                                    {45, "certificate_expired"},
                                    {46, "certificate_unknown"},
                                    {47, "illegal_parameter"},
                                    {48, "unknown_ca"},
                                    {49, "access_denied"},
                                    {50, "decode_error"},
                                    {51, "decrypt_error"},
                                    {60, "export_restriction"},
                                    {70, "protocol_version"},
                                    {71, "insufficient_security"},
                                    {80, "internal_error"},
                                    {86, "inappropriate_fallback"},
                                    {90, "user_canceled"},
                                    {100, "no_renegotiation"},
                                    {109, "missing_extension"},
                                    {110, "unsupported_extension"},
                                    {111, "certificate_unobtainable"},
                                    {112, "unrecognized_name"},
                                    {113, "bad_certificate_status_response"},
                                    {114, "bad_certificate_hash_value"},
                                    {115, "unknown_psk_identity"},
                                    {116, "certificate_required"},
                                    {120, "no_application_protocol"}};

} // namespace

QByteArray nameOfAlert(int alert)
{
    const auto *found = std::ranges::find(alertNames, alert, &AlertName::alert);
    return found == std::end(alertNames) ? "alert_" + QByteArray::number(alert) : QByteArray(found->name);
}

bool isOurRefusal(int reason)
{
    switch (reason) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_GROUPS:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
    case SSL_R_NO_SUITABLE_GROUPS:
    case SSL_R_DH_KEY_TOO_SMALL:
    case SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED:
    case SSL_R_CALLBACK_FAILED:
        return true;
    default:
        return false;
    }
}

} // namespace tls
