// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/decode.h"

namespace segment {

/// The write key of an `Authorization: Basic` header (scheme in any case, the colon may be missing);
/// empty for anything else, also for a Bearer token.
[[nodiscard]] QByteArray basicWriteKey(QByteArrayView authorization);

/// Sources as the store knows them. Events of one request mostly share theirs, so the last is kept.
class SourceNamer
{
public:
    SourceNamer(const DecodeOptions &options, QByteArray userAgent);

    /// `context` is the event's merged one.
    [[nodiscard]] event::SourceKey source(std::string_view writeKey, json::Value context);

private:
    const DecodeOptions &m_options;
    QByteArray m_userAgent;
    std::string m_writeKey, m_appName, m_libraryName, m_libraryVersion;
    std::optional<event::SourceKey> m_last;
};

} // namespace segment
