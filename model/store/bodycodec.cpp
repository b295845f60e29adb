// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "store/bodycodec.h"

#include "base/log.h"

#include <limits>

#include <QDir>
#include <QFile>

#include <zstd.h>

using namespace Qt::StringLiterals;

namespace store {

namespace {

// Level 1: measured, a higher one costs more time than the fewer pages give back.
constexpr int level = 1;
// Above this a dictionary gains nothing: the text itself has taught the compressor by then.
constexpr std::size_t dictionaryMaxBytes = 64 * 1024;
// Below this a frame is larger than what it packs.
constexpr qsizetype minBytes = 32;

base::Failure damaged(QString why)
{
    return base::failure(
        base::ErrorCode::Corrupt, u"The bytes of a stored request can't be read."_s, std::move(why),
        u"The other events are not affected; put a copy of the store in its place to get this one back."_s);
}

QByteArrayView nameOf(http::Coding coding)
{
    return coding == http::Coding::Gzip ? QByteArrayView("gzip") : QByteArrayView("deflate");
}

/// Whether the wire's bytes give the body again. Of an understood request they do; a rejected one may have
/// been cut or damaged, or inflate without end.
bool isReadAgain(const event::RequestDraft &draft)
{
    if (draft.body.isEmpty() || draft.rejectCode.isEmpty()) {
        return !draft.body.isEmpty();
    }
    const auto decoded =
        http::decodeBody(draft.wireBody, nameOf(draft.coding), static_cast<std::size_t>(draft.body.size()));
    return decoded && decoded->bytes == draft.body;
}

} // namespace

struct BodyCodec::Impl
{
    struct Dictionary
    {
        unsigned id = 0;
        std::unique_ptr<ZSTD_DDict, decltype(&ZSTD_freeDDict)> decompress{nullptr, &ZSTD_freeDDict};
    };

    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> compressor{ZSTD_createCCtx(), &ZSTD_freeCCtx};
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> decompressor{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    std::unique_ptr<ZSTD_CDict, decltype(&ZSTD_freeCDict)> compress{nullptr, &ZSTD_freeCDict};
    std::vector<Dictionary> dictionaries;
    QByteArray joined;
    QByteArray scratch;

    Impl()
    {
        // Every dictionary ever shipped can be read; the one with the last name packs.
        const QDir folder(u":/store"_s);
        for (const QString &name : folder.entryList({u"*.zdict"_s}, QDir::Files, QDir::Name)) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly)) {
                continue;
            }
            const QByteArray bytes = file.readAll();
            const auto size = static_cast<std::size_t>(bytes.size());
            Dictionary dictionary;
            dictionary.id = ZSTD_getDictID_fromDict(bytes.constData(), size);
            dictionary.decompress.reset(ZSTD_createDDict(bytes.constData(), size));
            if (dictionary.id == 0 || dictionary.decompress == nullptr) {
                qCWarning(logStore) << "not a zstd dictionary:" << name;
                continue;
            }
            dictionaries.push_back(std::move(dictionary));
            compress.reset(ZSTD_createCDict(bytes.constData(), size, level));
        }
    }

    /// The frame in `scratch`; false when packing gains nothing.
    bool deflate(QByteArrayView bytes)
    {
        if (bytes.size() < minBytes) {
            return false;
        }
        const auto size = static_cast<std::size_t>(bytes.size());
        const std::size_t bound = ZSTD_compressBound(size);
        if (static_cast<std::size_t>(scratch.size()) < bound) {
            scratch.resize(static_cast<qsizetype>(bound));
        }
        const std::size_t written =
            compress != nullptr && size <= dictionaryMaxBytes
                ? ZSTD_compress_usingCDict(compressor.get(), scratch.data(), bound, bytes.data(), size,
                                           compress.get())
                : ZSTD_compressCCtx(compressor.get(), scratch.data(), bound, bytes.data(), size, level);
        if (ZSTD_isError(written) != 0 || written >= size) {
            return false;
        }
        scratchBytes = static_cast<qsizetype>(written);
        return true;
    }

    [[nodiscard]] base::Result<QByteArray> inflate(QByteArrayView frame) const
    {
        const auto size = static_cast<std::size_t>(frame.size());
        const unsigned long long content = ZSTD_getFrameContentSize(frame.data(), size);
        if (content == ZSTD_CONTENTSIZE_ERROR || content == ZSTD_CONTENTSIZE_UNKNOWN ||
            content > static_cast<unsigned long long>(std::numeric_limits<int>::max())) {
            return damaged(u"They are not packed as Trackside does it."_s);
        }
        const unsigned id = ZSTD_getDictID_fromFrame(frame.data(), size);
        const ZSTD_DDict *dictionary = nullptr;
        for (const Dictionary &known : dictionaries) {
            if (known.id == id) {
                dictionary = known.decompress.get();
            }
        }
        if (id != 0 && dictionary == nullptr) {
            return damaged(
                u"They were packed with dictionary %1, which this Trackside does not have."_s.arg(id));
        }
        QByteArray bytes(static_cast<qsizetype>(content), Qt::Uninitialized);
        const std::size_t read =
            ZSTD_decompress_usingDDict(decompressor.get(), bytes.data(), static_cast<std::size_t>(content),
                                       frame.data(), size, dictionary);
        if (ZSTD_isError(read) != 0 || read != content) {
            return damaged(u"They are damaged."_s);
        }
        return bytes;
    }

    qsizetype scratchBytes = 0; ///< of `scratch`, after deflate()
};

BodyCodec::BodyCodec()
    : m_impl(std::make_unique<Impl>())
{
}
BodyCodec::~BodyCodec() = default;
BodyCodec::BodyCodec(BodyCodec &&) noexcept = default;
BodyCodec &BodyCodec::operator=(BodyCodec &&) noexcept = default;

PackedRequest BodyCodec::pack(const event::RequestDraft &draft)
{
    PackedRequest stored;
    if (draft.coding != http::Coding::Identity && !draft.wireBody.isEmpty() && draft.body != draft.wireBody) {
        // Compressed already, and a transparent forward wants these very bytes.
        stored.codec = isReadAgain(draft) ? Codec::Wire : Codec::WireOnly;
        stored.head = packBytes(draft.head);
        stored.packed = draft.wireBody;
        return stored;
    }
    // Head and body in one frame: a single call, and the heads of one app are alike.
    m_impl->joined.resize(0);
    m_impl->joined.append(draft.head).append(draft.body);
    if (m_impl->deflate(m_impl->joined)) {
        stored.codec = Codec::Zstd;
        // A view into the scratch buffer would do for the insert, but not for a caller that keeps it.
        stored.packed = m_impl->scratch.first(m_impl->scratchBytes);
    } else {
        stored.codec = Codec::Raw;
        stored.packed = m_impl->joined;
    }
    return stored;
}

base::Result<UnpackedRequest> BodyCodec::unpack(const PackedRequest &stored, http::Coding coding,
                                                std::size_t headBytes, std::size_t bodyBytes)
{
    UnpackedRequest request;
    const auto head = static_cast<qsizetype>(headBytes);
    switch (stored.codec) {
    case Codec::Raw:
    case Codec::Zstd: {
        base::Result<QByteArray> joined = stored.packed;
        if (stored.codec == Codec::Zstd) {
            joined = m_impl->inflate(stored.packed);
        }
        if (!joined) {
            return base::Failure(std::move(joined.error()));
        }
        if (joined->size() != head + static_cast<qsizetype>(bodyBytes)) {
            return damaged(u"Their length is not what was stored."_s);
        }
        request.head = joined->first(head);
        request.body = joined->sliced(head);
        request.wireBody = request.body;
        return request;
    }
    case Codec::Wire:
    case Codec::WireOnly:
        break;
    default:
        return damaged(u"They are packed in a way this Trackside does not know."_s);
    }
    base::Result<QByteArray> unpackedHead = unpackBytes(stored.head);
    if (!unpackedHead) {
        return base::Failure(std::move(unpackedHead.error()));
    }
    request.head = *std::move(unpackedHead);
    request.wireBody = stored.packed;
    if (stored.codec == Codec::Wire) {
        base::Result<http::Decoded> decoded = http::decodeBody(stored.packed, nameOf(coding), bodyBytes);
        if (!decoded) {
            return damaged(decoded.error().why);
        }
        request.body = std::move(decoded->bytes);
        if (request.body.size() != static_cast<qsizetype>(bodyBytes)) {
            return damaged(u"Their length is not what was stored."_s);
        }
    }
    return request;
}

QByteArray BodyCodec::packBytes(const QByteArray &bytes)
{
    if (bytes.isEmpty()) {
        return {};
    }
    QByteArray packed;
    if (m_impl->deflate(bytes)) {
        packed.reserve(m_impl->scratchBytes + 1);
        packed.append(static_cast<char>(Codec::Zstd))
            .append(m_impl->scratch.constData(), m_impl->scratchBytes);
    } else {
        packed.append(static_cast<char>(Codec::Raw)).append(bytes);
    }
    return packed;
}

base::Result<QByteArray> BodyCodec::unpackBytes(QByteArrayView packed)
{
    if (packed.isEmpty()) {
        return QByteArray();
    }
    const QByteArrayView rest = packed.sliced(1);
    switch (static_cast<Codec>(packed.front())) {
    case Codec::Raw:
        return rest.toByteArray();
    case Codec::Zstd:
        return m_impl->inflate(rest);
    default:
        return damaged(u"They are packed in a way this Trackside does not know."_s);
    }
}

} // namespace store
