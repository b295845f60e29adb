// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "app/engine/engine.h"

namespace engine {
class Preferences;
}

namespace cli {

/// What `serve` takes of proxy, certificate, network, sources and faults.
void addCaptureOptions(Arguments &arguments);

/// From the command line, else from the settings (null: there are none).
[[nodiscard]] base::Result<void> readCaptureOptions(const Arguments &arguments,
                                                    const engine::Preferences *preferences,
                                                    engine::Options &options);

/// `--fault kind=503,times=2,retry-after=3,source=NAME`: kind is 429, 500, 503, close, stall or slow; times,
/// seconds, retry-after (seconds), delay (ms), source (a name of the settings, or the first 16 hex digits of
/// SHA-256 over the write key).
[[nodiscard]] base::Result<std::vector<capture::Fault>> readFaults(const Arguments &arguments,
                                                                   const engine::Preferences *preferences);

/// A line for each domain that is to be decrypted and that the authority there is does not permit.
[[nodiscard]] QString domainWarnings(const tls::Authority &authority, const QStringList &domains);

/// How the faults went, a line each.
[[nodiscard]] QString faultLines(const QList<capture::FaultReport> &reports);

} // namespace cli
