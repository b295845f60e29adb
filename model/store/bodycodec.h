// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "event/captured.h"

#include <memory>

namespace store {

/// How a request's bytes lie in request.packed. Numbers are in files: never change one.
enum class Codec : std::uint8_t {
    Raw = 0,      ///< head and body, one after the other
    Zstd = 1,     ///< the same, as one zstd frame; a frame made with a dictionary names it
    Wire = 2,     ///< the body as received, still gzip or deflate; the head is in request.head, packed
    WireOnly = 3, ///< likewise, but nothing could be decoded: the body is empty
};

/// A request as it lies in the store.
struct PackedRequest
{
    Codec codec = Codec::Raw;
    QByteArray head; ///< empty unless the codec says that it lies apart
    QByteArray packed;
};

struct UnpackedRequest
{
    QByteArray head, wireBody, body;
};

/// Compresses for the store, with the dictionary Trackside ships (trained on made-up traffic, so it keeps
/// nothing of real people). Without the resource it packs without one. Keeps its buffers: one per thread.
class BodyCodec
{
public:
    BodyCodec();
    ~BodyCodec();
    BodyCodec(BodyCodec &&) noexcept;
    BodyCodec &operator=(BodyCodec &&) noexcept;

    [[nodiscard]] PackedRequest pack(const event::RequestDraft &draft);
    [[nodiscard]] base::Result<UnpackedRequest> unpack(const PackedRequest &stored, http::Coding coding,
                                                       std::size_t headBytes, std::size_t bodyBytes);

    /// Bytes by themselves (heads, answers): one byte tells how the rest is packed.
    [[nodiscard]] QByteArray packBytes(const QByteArray &bytes);
    [[nodiscard]] base::Result<QByteArray> unpackBytes(QByteArrayView packed);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace store
