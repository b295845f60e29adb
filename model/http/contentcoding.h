// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace http {

/// What a body turned out to be coded with.
enum class Coding : std::uint8_t { Identity, Gzip, Deflate };

struct Decoded
{
    QByteArray bytes;
    Coding coding = Coding::Identity;
};

/// Decodes a body by its magic bytes, the header being a hint only: gzip bytes with no header and a
/// header over plain bytes both occur. All members of a gzip stream are read. `maxBytes` caps the
/// inflated size (code Limit); a cut or damaged stream is BadInput; an unknown coding Unsupported.
[[nodiscard]] base::Result<Decoded> decodeBody(const QByteArray &body, QByteArrayView contentEncoding,
                                               std::size_t maxBytes);

} // namespace http
