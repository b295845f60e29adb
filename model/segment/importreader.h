// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/captured.h"

#include <functional>
#include <stop_token>

namespace segment {

enum class ImportFormat : std::uint8_t { Unknown, Json, NdJson, Batch, Har, Curl };

/// One request made of what was read, as if an app had sent it, with its place for messages.
struct ImportedRequest
{
    QString place;                  ///< "line 12", "event 3", "entry 2 (POST https://api.segment.io/v1/t)"
    event::CapturedRequest request; ///< receivedUs 0: not known; the token is not set
};

struct ImportProblem
{
    QString place;
    QString message;
};

/// More of them say nothing new, and must not fill the memory.
inline constexpr std::size_t maxImportProblems = 1'000;

struct ImportReport
{
    ImportFormat format = ImportFormat::Unknown;
    std::uint64_t requests = 0;
    std::uint64_t skipped = 0;           ///< HAR entries of other hosts and paths
    std::uint64_t unreadable = 0;        ///< lines, entries and commands that hold no request
    std::vector<ImportProblem> problems; ///< of the first of them

    void addProblem(const QString &place, const QString &message);
};

using TakeRequest = std::function<void(ImportedRequest)>;

/// Pasted, dropped or read text as requests: Segment events as JSON (one, an array, a batch body) or NDJSON,
/// Trackside's own lines (body and envelope as they were), a HAR (its Segment-shaped requests, in order),
/// curl commands (bash and cmd quoting, -d, --data-raw, --data-binary, --json, -H, -u, -X, -G; @files are
/// refused). Told apart by content. A bad line is a problem, not the end; text without a single request is
/// BadInput, which says what it looked like; Cancelled when stopped. Bounded memory over the text itself.
/// What is known of bodies alone gets the time its event names as its arrival. Pure.
[[nodiscard]] base::Result<ImportReport> readImport(const QByteArray &text, const TakeRequest &take,
                                                    const std::stop_token &stop = {});

} // namespace segment
