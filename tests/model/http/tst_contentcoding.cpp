// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/contentcoding.h"

#include <QTest>
#include <zlib.h>

using namespace Qt::StringLiterals;
using http::Coding;

namespace {

constexpr std::size_t roomy = 64 * 1024 * 1024;

QByteArray deflated(const QByteArray &text, int window)
{
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(text.size()))) + 64, '\0');
    QByteArray in = text;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray gzip(const QByteArray &text)
{
    return deflated(text, MAX_WBITS + 16);
}

} // namespace

class TstContentCoding : public QObject
{
    Q_OBJECT

private slots:
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void tellsHowMuchWasRead();
    void bombIsCutOff();
    void exactlyAtTheCap();
    void everyCutIsSeen();
};

void TstContentCoding::decodes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("coding");

    const QByteArray text = R"({"type":"track","event":"Order Placed"})";
    const auto row = [](const char *name, const QByteArray &body, const char *header, const QByteArray &out,
                        Coding coding) {
        QTest::newRow(name) << body << QByteArray(header) << out << static_cast<int>(coding);
    };
    row("plain", text, "", text, Coding::Identity);
    row("identity", text, "identity", text, Coding::Identity);
    row("empty", {}, "", {}, Coding::Identity);
    row("empty, says gzip", {}, "gzip", {}, Coding::Identity);
    row("gzip", gzip(text), "gzip", text, Coding::Gzip);
    row("gzip, other case", gzip(text), " GZip ", text, Coding::Gzip);
    row("x-gzip", gzip(text), "x-gzip", text, Coding::Gzip);
    row("gzip without a header", gzip(text), "", text, Coding::Gzip);
    row("gzip, says br", gzip(text), "br", text, Coding::Gzip);
    row("plain, says gzip", text, "gzip", text, Coding::Identity);
    row("plain, says deflate", text, "deflate", text, Coding::Identity);
    row("two members", gzip("{\"a\":") + gzip("1}"), "gzip", "{\"a\":1}", Coding::Gzip);
    row("empty member between", gzip("a") + gzip("") + gzip("b"), "gzip", "ab", Coding::Gzip);
    row("gzip of nothing", gzip(""), "gzip", "", Coding::Gzip);
    row("gzip and zeros", gzip(text) + QByteArray(100, '\0'), "gzip", text, Coding::Gzip);
    row("zlib", deflated(text, MAX_WBITS), "deflate", text, Coding::Deflate);
    row("zlib without a header", deflated(text, MAX_WBITS), "", text, Coding::Deflate);
    row("raw deflate", deflated(text, -MAX_WBITS), "deflate", text, Coding::Deflate);
    row("text that looks like zlib", "x\x01 marks the spot", "", "x\x01 marks the spot", Coding::Identity);
    const QByteArray large(5'000'000, 'z');
    row("large", gzip(large), "gzip", large, Coding::Gzip);
}

void TstContentCoding::decodes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, text);
    QFETCH(int, coding);
    const auto decoded = http::decodeBody(body, header, roomy);
    QVERIFY2(decoded.has_value(), decoded ? "" : qPrintable(decoded.error().oneLine()));
    QCOMPARE(decoded->bytes, text);
    QCOMPARE(static_cast<int>(decoded->coding), coding);
}

void TstContentCoding::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("code");

    const QByteArray text = R"({"type":"track"})";
    const auto row = [](const char *name, const QByteArray &body, const char *header, base::ErrorCode code) {
        QTest::newRow(name) << body << QByteArray(header) << static_cast<int>(code);
    };
    QByteArray flipped = gzip(text);
    flipped[14] = static_cast<char>(flipped.at(14) ^ 0x55);
    QByteArray wrongSum = gzip(text);
    wrongSum[wrongSum.size() - 6] = static_cast<char>(wrongSum.at(wrongSum.size() - 6) ^ 1);
    row("cut gzip", gzip(text).chopped(9), "gzip", base::ErrorCode::BadInput);
    row("cut in the trailer", gzip(text).chopped(1), "gzip", base::ErrorCode::BadInput);
    row("cut in the header", gzip(text).first(5), "gzip", base::ErrorCode::BadInput);
    row("magic only", gzip(text).first(2), "gzip", base::ErrorCode::BadInput);
    row("damaged gzip", flipped, "gzip", base::ErrorCode::BadInput);
    row("wrong checksum", wrongSum, "gzip", base::ErrorCode::BadInput);
    row("second member cut", gzip("a") + gzip("b").chopped(4), "gzip", base::ErrorCode::BadInput);
    row("text behind gzip", gzip(text) + "more", "gzip", base::ErrorCode::BadInput);
    row("cut zlib", deflated(text, MAX_WBITS).chopped(4), "deflate", base::ErrorCode::BadInput);
    row("cut raw deflate", deflated(text, -MAX_WBITS).chopped(2), "deflate", base::ErrorCode::BadInput);
    row("br", "\x0b\x02\x80{}\x03", "br", base::ErrorCode::Unsupported);
    row("zstd", "(\xb5/\xfd$", "zstd", base::ErrorCode::Unsupported);
    row("zstd without a header", "(\xb5/\xfd$", "", base::ErrorCode::Unsupported);
    row("two codings", "abc", "gzip, br", base::ErrorCode::Unsupported);
}

void TstContentCoding::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(int, code);
    const auto decoded = http::decodeBody(body, header, roomy);
    QVERIFY(!decoded.has_value());
    QCOMPARE(static_cast<int>(decoded.error().code), code);
    QVERIFY(!decoded.error().what.isEmpty());
    QVERIFY(!decoded.error().why.isEmpty());
    QVERIFY(!decoded.error().fix.isEmpty());
}

void TstContentCoding::tellsHowMuchWasRead()
{
    const QByteArray whole = gzip(QByteArray("0123456789").repeated(1000));
    const QByteArray cut = whole.first(30);
    const auto decoded = http::decodeBody(cut, "gzip", roomy);
    QVERIFY(!decoded);
    QVERIFY2(decoded.error().why.contains(u"after 30 of 30 bytes"_s), qPrintable(decoded.error().why));
}

void TstContentCoding::bombIsCutOff()
{
    // 256 MB of zeros in a quarter of a megabyte.
    const QByteArray bomb = gzip(QByteArray(256 * 1024 * 1024, '\0'));
    QVERIFY(bomb.size() < 300'000);
    const auto decoded = http::decodeBody(bomb, "gzip", 1024 * 1024);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, base::ErrorCode::Limit);
    QVERIFY(decoded.error().why.contains(u"1048576"_s));
    // It was given up long before its end.
    QVERIFY2(!decoded.error().why.contains(u"%1 of its %1"_s.arg(bomb.size())),
             qPrintable(decoded.error().why));
}

void TstContentCoding::exactlyAtTheCap()
{
    const QByteArray text(100'000, 'c');
    QVERIFY(http::decodeBody(gzip(text), "gzip", 100'000));
    const auto over = http::decodeBody(gzip(text), "gzip", 99'999);
    QVERIFY(!over);
    QCOMPARE(over.error().code, base::ErrorCode::Limit);
}

void TstContentCoding::everyCutIsSeen()
{
    const QByteArray whole = gzip("{\"properties\":{\"deliveryId\":\"del_123\",\"total\":12.5}}");
    for (qsizetype size = 2; size < whole.size(); ++size) {
        const auto decoded = http::decodeBody(whole.first(size), "gzip", roomy);
        QVERIFY2(!decoded, QByteArray::number(size).constData());
        QCOMPARE(decoded.error().code, base::ErrorCode::BadInput);
    }
}

QTEST_GUILESS_MAIN(TstContentCoding)
#include "tst_contentcoding.moc"
