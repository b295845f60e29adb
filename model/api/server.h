// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "capture/diagnosis.h"
#include "capture/faults.h"
#include "capture/server.h"
#include "check/checker.h"
#include "event/finding.h"
#include "store/writer.h"
#include "json/parser.h"

#include <QObject>

namespace api {

struct Services
{
    QString storePath;
    store::WriteQueue *writes = nullptr;
    event::FindingWords words;
    QString version;
    std::function<std::vector<capture::Address>()> captureAddresses;
    std::function<QStringList()> planNames;
    /// What events are checked against now; asked on any thread. Null: no plan.
    std::function<std::shared_ptr<const check::Checker>()> checker;
    QString token; ///< empty: loopback only, no token asked

    // The capture doctor, asked on the API's thread; without `clients` it is not there.
    std::function<std::vector<capture::ClientReport>()> clients; ///< as of now, latest first
    std::function<capture::DiagnosisText(const capture::Diagnosis &, const capture::Client &)> diagnosisText;
    std::function<QString(const capture::Client &)> clientName;

    // Fault injection, asked on any thread; all three or none.
    std::function<base::Result<std::uint32_t>(const capture::Fault &)> startFault;
    std::function<void(std::uint32_t id)> stopFault;
    std::function<QList<capture::FaultReport>()> faults; ///< latest first
};

/// The HTTP API under /api/v1 (status, summary, events, events/{id}, coverage, clients, faults, reset).
/// Loopback only unless a token is set; the Host header is checked against rebinding; no CORS; errors are
/// application/problem+json (RFC 9457). Lives on its own thread with a Qt loop; reads through its own
/// connection.
class Server final : public QObject
{
    Q_OBJECT
public:
    explicit Server(Services services, QObject *parent = nullptr);
    ~Server() override;

    [[nodiscard]] base::Result<void> listen(const std::vector<capture::Address> &addresses);
    [[nodiscard]] std::vector<capture::Address> addresses() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// One event as the API, NDJSON exports and `query --format ndjson` write it (one line, no newline).
[[nodiscard]] QByteArray eventLine(const store::EventDetail &detail, const event::FindingWords &words);
/// The same, with a parser kept from line to line.
[[nodiscard]] QByteArray eventLine(const store::EventDetail &detail, const event::FindingWords &words,
                                   json::Parser &parser);

} // namespace api
