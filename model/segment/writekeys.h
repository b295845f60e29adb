// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/decode.h"

#include <array>
#include <optional>

namespace segment {

/// The write key of an `Authorization: Basic` header (scheme in any case, the colon may be missing);
/// empty for anything else, also for a Bearer token.
[[nodiscard]] QByteArray basicWriteKey(QByteArrayView authorization);

/// First 16 hex digits of SHA-256(write key); "none" without a key.
[[nodiscard]] QByteArray keyHash(std::string_view writeKey);

/// Sources as the store knows them. Events of one request mostly share theirs, so the last is kept.
class SourceNamer
{
public:
    SourceNamer(const DecodeOptions &options, const event::CapturedRequest &captured);

    /// `event` is merged with its envelope, and this is its context; both missing for a rejected request.
    [[nodiscard]] const event::SourceKey &source(std::string_view writeKey, json::Value event,
                                                 json::Value context);
    /// Of the last write key asked for, whatever source it led to.
    [[nodiscard]] const QByteArray &writeKeyHash() const { return m_keyHash; }

private:
    [[nodiscard]] bool isAsLast(std::string_view writeKey, json::Value context);
    [[nodiscard]] QString ownName(json::Value context) const;
    void nameAfterFile(event::SourceKey &source, json::Value context) const;

    const DecodeOptions &m_options;
    const bool m_isBodyOnly;
    const QString m_sourceOfFile;
    QByteArray m_userAgent, m_host, m_origin;
    std::string m_writeKey;
    QByteArray m_keyHash;
    QString m_maskedKey;
    std::array<std::string, 6> m_lastParts; ///< of the context, see partsOf()
    std::optional<event::SourceKey> m_last;
};

} // namespace segment
