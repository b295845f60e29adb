// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.h"

#include <QString>

namespace segment {

/// What is known of an event when its source is asked for.
struct SourceFacts
{
    std::string_view writeKey;
    json::Value event; ///< merged with its envelope; missing for a rejected request
    QByteArrayView userAgent, host, origin;
    QByteArrayView keyHash; ///< of the write key; "none" without one
};

/// A source that the settings know.
struct KnownSource
{
    QByteArray keyHash; ///< what the store knows it by; empty: by its write key
    QString name;       ///< empty: not known
};

/// Knows the user's sources. Immutable or with a lock of its own: asked by every pipeline thread.
class SourceResolver
{
public:
    virtual ~SourceResolver() = default;
    [[nodiscard]] virtual KnownSource source(const SourceFacts &facts) const = 0;

    /// What of an event its answer hangs on; what is equal in that is asked for once in a request.
    enum class Reads : std::uint8_t {
        Key,     ///< the write key
        Context, ///< that, the request's head, the page's address and the context's library, app, user agent
        Event,   ///< any part
    };
    [[nodiscard]] virtual Reads reads() const = 0;
};

/// "shop.example.com:8080" of "https://shop.example.com:8080/cart"; empty when it holds no host.
[[nodiscard]] std::string_view hostOf(std::string_view url);

} // namespace segment
