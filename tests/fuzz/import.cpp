// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "segment/decode.h"
#include "segment/importreader.h"

namespace fuzz {

namespace {

void requireSoundHead(const http::Request &request)
{
    require(request.target.startsWith('/'), "a target is in origin form");
    require(request.head.endsWith("\r\n\r\n"), "a head is closed");
    const auto lines = static_cast<qsizetype>(request.headers.size()) + 2;
    require(request.head.count('\n') == lines && request.head.count('\r') == lines,
            "a head has a line for each header");
    require(!request.head.contains('\0'), "a head is text");
}

} // namespace

/// Any text as requests: counted, placed, sound, and fit for the pipeline.
void importText(QByteArrayView input)
{
    json::Parser parser;
    segment::DecodeOptions options;
    options.maxInflatedBytes = std::size_t{256} * 1024;
    std::uint64_t taken = 0;
    const auto report =
        segment::readImport(input.toByteArray(), [&](const segment::ImportedRequest &imported) {
            ++taken;
            require(!imported.place.isEmpty(), "a request has its place");
            requireSoundHead(imported.request.request);
            const segment::Decoded decoded = segment::decode(imported.request, parser, options);
            require(decoded.events.size() + decoded.request.events.size() >= 1, "nothing is lost");
        });
    if (report) {
        require(report->requests == taken, "requests are counted");
        require(report->format != segment::ImportFormat::Unknown, "what was read has a format");
        require(report->problems.size() <= segment::maxImportProblems &&
                    report->problems.size() <= report->unreadable,
                "problems are counted and bounded");
    } else {
        require(report.error().code == base::ErrorCode::BadInput, "text that can't be read is bad input");
        require(!report.error().why.isEmpty(), "text that can't be read has a reason");
        require(taken == 0, "nothing was taken of text that can't be read");
    }
}

} // namespace fuzz
