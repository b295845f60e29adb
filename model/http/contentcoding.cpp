// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/contentcoding.h"

#include <algorithm>
#include <limits>

#include <zlib.h>

namespace http {

using namespace Qt::StringLiterals;

namespace {

constexpr int gzipWindow = MAX_WBITS + 16;
constexpr int zlibWindow = MAX_WBITS;
constexpr int rawWindow = -MAX_WBITS;

bool isGzip(QByteArrayView body)
{
    return body.size() >= 2 && body.at(0) == '\x1f' && body.at(1) == '\x8b';
}

bool isZlib(QByteArrayView body)
{
    if (body.size() < 2) {
        return false;
    }
    // RFC 1950 2.2: method 8, and the two header bytes are a multiple of 31.
    const unsigned first = static_cast<unsigned char>(body.at(0));
    const unsigned second = static_cast<unsigned char>(body.at(1));
    return (first & 0x0fU) == 8 && (first >> 4U) <= 7 && ((first << 8U) | second) % 31 == 0;
}

bool isZstd(QByteArrayView body)
{
    return body.startsWith(QByteArrayView("\x28\xb5\x2f\xfd", 4));
}

bool looksLikeJson(QByteArrayView body)
{
    const QByteArrayView text = body.trimmed();
    return text.startsWith('{') || text.startsWith('[');
}

QString byteCount(qsizetype bytes)
{
    return QString::number(bytes);
}

/// Owns a z_stream.
class Inflater
{
public:
    explicit Inflater(int window) { m_isReady = inflateInit2(&m_stream, window) == Z_OK; }
    ~Inflater()
    {
        if (m_isReady) {
            inflateEnd(&m_stream);
        }
    }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    [[nodiscard]] bool isReady() const { return m_isReady; }
    z_stream &stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_isReady = false;
};

base::Failure damaged(const QString &coding, qsizetype read, qsizetype all, qsizetype given,
                      const QString &why)
{
    return base::failure(base::ErrorCode::BadInput, u"The %1 body is damaged."_s.arg(coding),
                         u"%1 after %2 of %3 bytes; %4 bytes could be inflated."_s.arg(
                             why, byteCount(read), byteCount(all), byteCount(given)),
                         u"Send the body again, whole, or without Content-Encoding."_s);
}

base::Result<QByteArray> inflated(const QByteArray &body, int window, const QString &coding,
                                  std::size_t maxBytes)
{
    Inflater inflater(window);
    if (!inflater.isReady()) {
        return base::failure(base::ErrorCode::Internal, u"The %1 body could not be inflated."_s.arg(coding),
                             u"There is not enough memory for it."_s);
    }
    z_stream &stream = inflater.stream();
    // zlib counts in unsigned int, and reads only.
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(body.constData()));
    qsizetype left = body.size();
    const auto refill = [&stream, &left] {
        constexpr qsizetype most = std::numeric_limits<uInt>::max();
        const qsizetype now = std::min(left, most);
        stream.avail_in = static_cast<uInt>(now);
        left -= now;
    };
    refill();

    const auto cap = static_cast<qsizetype>(
        std::min<std::size_t>(maxBytes, static_cast<std::size_t>(std::numeric_limits<qsizetype>::max() / 4)));
    QByteArray out(std::clamp<qsizetype>(body.size() * 4, 4096, cap + 1), Qt::Uninitialized);
    qsizetype filled = 0;
    for (;;) {
        if (filled == out.size()) {
            out.resize(std::min(out.size() * 2, cap + 1));
        }
        const qsizetype room = std::min<qsizetype>(out.size() - filled, std::numeric_limits<uInt>::max());
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + filled);
        stream.avail_out = static_cast<uInt>(room);
        const int status = inflate(&stream, Z_NO_FLUSH);
        filled += room - static_cast<qsizetype>(stream.avail_out);
        const qsizetype unread = left + static_cast<qsizetype>(stream.avail_in);
        if (filled > cap) {
            return base::failure(base::ErrorCode::Limit, u"The %1 body is too large."_s.arg(coding),
                                 u"It inflates to more than %1 bytes; %2 of its %3 bytes were read."_s.arg(
                                     byteCount(cap), byteCount(body.size() - unread), byteCount(body.size())),
                                 u"Send smaller batches."_s);
        }
        if (stream.avail_in == 0 && left > 0) {
            refill();
        }
        if (status == Z_STREAM_END) {
            const QByteArrayView rest =
                QByteArrayView(body).last(left + static_cast<qsizetype>(stream.avail_in));
            if (window == gzipWindow && isGzip(rest)) { // the next member (RFC 1952 2.2)
                inflateReset(&stream);
                continue;
            }
            // Some writers pad to a block; zeros mean nothing.
            if (!std::all_of(rest.begin(), rest.end(), [](char c) { return c == '\0'; })) {
                return damaged(coding, body.size() - rest.size(), body.size(), filled,
                               u"Something else follows the end of the stream,"_s);
            }
            out.truncate(filled);
            return out;
        }
        if (status == Z_BUF_ERROR || status == Z_OK) {
            if (unread == 0 && stream.avail_out != 0) {
                return damaged(coding, body.size(), body.size(), filled,
                               u"It is cut off: it ends in mid-stream,"_s);
            }
            continue;
        }
        return damaged(coding, body.size() - unread, body.size(), filled,
                       stream.msg != nullptr ? u"It can't be read (%1)"_s.arg(QLatin1StringView(stream.msg))
                                             : u"It can't be read"_s);
    }
}

base::Result<Decoded> decoded(const QByteArray &body, int window, Coding coding, const QString &name,
                              std::size_t maxBytes)
{
    base::Result<QByteArray> bytes = inflated(body, window, name, maxBytes);
    if (!bytes) {
        return base::Failure(bytes.error());
    }
    return Decoded{std::move(*bytes), coding};
}

} // namespace

base::Result<Decoded> decodeBody(const QByteArray &body, QByteArrayView contentEncoding, std::size_t maxBytes)
{
    const QByteArray named = contentEncoding.trimmed().toByteArray().toLower();
    const bool saysDeflate = named == "deflate";

    if (isGzip(body)) {
        return decoded(body, gzipWindow, Coding::Gzip, u"gzip"_s, maxBytes);
    }
    if (isZlib(body)) {
        base::Result<Decoded> result = decoded(body, zlibWindow, Coding::Deflate, u"deflate"_s, maxBytes);
        // Two bytes are little to go by: without a header that agrees, only a whole stream counts.
        if (result || saysDeflate || result.error().code == base::ErrorCode::Limit) {
            return result;
        }
    } else if (saysDeflate && !body.isEmpty()) {
        // Microsoft's servers read "deflate" as the stream without the zlib wrapper, and some clients write
        // it so.
        base::Result<Decoded> result = decoded(body, rawWindow, Coding::Deflate, u"deflate"_s, maxBytes);
        if (result || !looksLikeJson(body)) {
            return result;
        }
    }

    const bool isKnown =
        named.isEmpty() || named == "identity" || named == "gzip" || named == "x-gzip" || saysDeflate;
    if (!isKnown && !body.isEmpty()) {
        return base::failure(base::ErrorCode::Unsupported,
                             u"The body is coded with \"%1\"."_s.arg(QString::fromLatin1(named.left(100))),
                             u"Only gzip and deflate are understood here, as by Segment."_s,
                             u"Send the body with Content-Encoding: gzip, or without one."_s);
    }
    if (isZstd(body)) {
        return base::failure(base::ErrorCode::Unsupported, u"The body is coded with zstd."_s,
                             u"Only gzip and deflate are understood here, as by Segment."_s,
                             u"Send the body with Content-Encoding: gzip, or without one."_s);
    }
    return Decoded{body, Coding::Identity};
}

} // namespace http
