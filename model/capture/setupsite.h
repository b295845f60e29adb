// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/arrival.h"
#include "capture/clientlog.h"
#include "capture/devices.h"
#include "http/message.h"
#include "tls/authority.h"

#include <functional>
#include <optional>

namespace capture {

/// The pages a phone opens: device-specific steps, the certificate, and a test that says what is missing.
/// Answered to this machine and to devices of the network listened on, accepted or not. Files come from the
/// resources by a fixed table, so no path leads elsewhere. Capture thread.
///
///   GET /trackside/              the page (?code=PAIRING accepts the device); also / of `testHost`
///   GET /trackside/setup.css, setup.js
///   GET /trackside/ca.pem, ca.crt (DER), trackside.mobileconfig     the certificate, never the key
///   GET /trackside/status        JSON: what this device has reached so far, see setupsite.cpp
///   HEAD of all of them
class SetupSite
{
public:
    using AuthoritySource = std::function<base::Result<std::shared_ptr<const tls::Authority>>()>;

    SetupSite(Devices &devices, const ClientLog &clients, AuthoritySource authority);

    /// Nothing when the request is not for it: any path but those above, also in odd spellings. The target is
    /// in origin-form; `head` tells whether it came so.
    [[nodiscard]] std::optional<http::Response> answer(const http::Request &request, const Arrival &arrival,
                                                       std::int64_t nowUs);
    /// What a device that is not accepted gets for everything else: 403 with a sentence (JSON for SDKs).
    [[nodiscard]] http::Response notAccepted(const http::Request &request) const;

private:
    [[nodiscard]] http::Response page(const http::Request &request, QByteArrayView query,
                                      const Arrival &arrival, std::int64_t nowUs);
    [[nodiscard]] http::Response certificate(tls::ExportFormat format) const;
    [[nodiscard]] http::Response status(const http::Request &request, const Arrival &arrival,
                                        std::int64_t nowUs);
    [[nodiscard]] bool isAccepted(const http::Request &request, const Arrival &arrival, std::int64_t nowUs);

    Devices &m_devices;
    const ClientLog &m_clients;
    AuthoritySource m_authority;
};

/// The made-up host that the page's test calls: it only resolves through the proxy, and lies within the
/// authority's constraints. Requests to it are answered here, never passed on.
inline constexpr char testHost[] = "trackside.segment.io";

} // namespace capture
