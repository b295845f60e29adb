// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/message.h"
#include "store/store.h"

#include <optional>

#include <QString>

namespace ui {

/// Headers of a stored head ("POST /v1/t HTTP/1.1\r\nHost: ..."), in the order sent; what is no header line
/// is skipped.
[[nodiscard]] std::vector<http::Header> headersOf(const QByteArray &head);

/// A header's value as it may be shown: credentials keep their scheme and lose the secret.
[[nodiscard]] QString shownHeaderValue(const http::Header &header);

/// The target with write keys in its path or query masked.
[[nodiscard]] QString shownTarget(const QByteArray &target);

/// Bytes with every `"writeKey": "..."` masked by stars, length unchanged, so that offsets still hold.
[[nodiscard]] QByteArray withMaskedWriteKeys(QByteArray bytes);

/// A shell command that sends the request again. The write key stands as $WRITE_KEY; a coded body is sent
/// plain.
[[nodiscard]] QString curlCommand(const store::EventDetail &detail);

/// Classic dump: offset, sixteen bytes, characters. At most `maxBytes` of it.
[[nodiscard]] QString hexDump(QByteArrayView bytes, qsizetype maxBytes);

/// True when the bytes are text worth showing as such (UTF-8, no control characters but white space).
[[nodiscard]] bool isReadableText(QByteArrayView bytes);

/// The byte a reason speaks of ("... at byte 17"), if it names one within the body.
[[nodiscard]] std::optional<qsizetype> offsetNamedIn(const QByteArray &reason, const QByteArray &body);

} // namespace ui
