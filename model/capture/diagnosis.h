// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/clientlog.h"

#include <functional>

#include <QStringList>

namespace capture {

/// What the doctor has to say of a client, as a code with arguments; worded by app/engine/doctorwords.
enum class Ailment : std::uint8_t {
    Well,             ///< events come and are answered: count, how long ago
    NotTrusted,       ///< TLS refused, the authority is not trusted: host, alert name or "left"
    Pinned,           ///< TLS refused although another client or host of the device trusts us: host
    NotPermitted,     ///< TLS refused for a name outside the authority's constraints: host
    TlsTooOld,        ///< no protocol or cipher in common: detail
    LeftHandshake,    ///< left in mid-handshake without an alert, again and again: host
    OnlyTunnels,      ///< uses the proxy, but for hosts that are not Segment's: hosts
    TunnelNotAllowed, ///< CONNECT refused: host, why
    HostUnreachable,  ///< the real host can't be reached: host, why
    OnlySettings,     ///< fetched its settings (or a token: "token") and sent nothing since: seconds, "token"
    OnlyPreflights,   ///< the browser asked for permission and then sent nothing
    OnlyMetrics,
    OnlyScript, ///< asked for analytics.min.js in endpoint mode, which we don't have: path
    WrongPath,  ///< path
    NoWriteKey,
    BadJson,     ///< count, reject reason
    BadEncoding, ///< content coding that can't be read: reject code
    EmptyBody,   ///< path
    NotSegment,  ///< POSTs that are no Segment event: path
    TooLarge,    ///< reject code
    Http2,
    BrokenHttp,     ///< HTTP itself could not be read: reject code
    AnsweredErrors, ///< status, count, by what ("store", "fault", "upstream")
    Silent,         ///< sent events before and has been silent since: seconds, count
    NotAccepted,    ///< a device of the network that waits to be accepted
    SetupOnly,      ///< opened the setup page and went no further
    TlsFailed,      ///< TLS went wrong in another way: host, detail
    Connected,      ///< opened a connection and has asked nothing yet
};

enum class AilmentLevel : std::uint8_t { Good, Note, Problem };

[[nodiscard]] QString word(Ailment ailment);    ///< "not_trusted": for programs, stable
[[nodiscard]] QString word(AilmentLevel level); ///< "good", "note", "problem"
[[nodiscard]] QString word(Mode mode);          ///< "endpoint", "endpoint-tls", "proxy-http", "proxy-tls"

struct Diagnosis
{
    Ailment ailment = Ailment::Well;
    AilmentLevel level = AilmentLevel::Good;
    QStringList args;
    std::int64_t atUs = 0; ///< when it was last seen
};

struct DiagnosisFacts
{
    std::int64_t nowUs = 0;
    /// Within the authority's constraints; empty: no authority yet.
    std::function<bool(const QByteArray &host)> isPermitted;
};

/// Worst first; never empty. Of what later went well, what went wrong before is told no more. Pure.
[[nodiscard]] std::vector<Diagnosis> diagnose(const Client &client, const std::vector<Client> &all,
                                              const DiagnosisFacts &facts);

/// A diagnosis in words: what is so, and what to do next (empty when there is nothing to do).
struct DiagnosisText
{
    QString what, next;
};

/// A client as the window, the API and the command line show it.
struct ClientReport
{
    Client client;
    std::vector<Diagnosis> diagnoses;
};

} // namespace capture
