// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "storetest.h"

#include "store/bodycodec.h"

#include <QDir>

#include <zstd.h>

using namespace Qt::StringLiterals;
using namespace storetest;

class TstBodyCodec : public QObject
{
    Q_OBJECT

private slots:
    void shipsItsDictionary();
    void packsSmallRequestsWithTheDictionary();
    void packsBytesByThemselves_data();
    void packsBytesByThemselves();
    void saysWhatIsDamaged_data();
    void saysWhatIsDamaged();
};

void TstBodyCodec::shipsItsDictionary()
{
    const QStringList names = QDir(u":/store"_s).entryList({u"*.zdict"_s});
    QVERIFY(!names.isEmpty());
    std::vector<unsigned> ids;
    for (const QString &name : names) {
        QFile file(u":/store/"_s + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QCOMPARE(bytes.size(), 32 * 1024);
        const unsigned id =
            ZSTD_getDictID_fromDict(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        QCOMPARE(id, 40'000 + name.left(4).toUInt());
        // Trained on made-up traffic: whoever looks into it finds nobody.
        for (qsizetype at = bytes.indexOf('@'); at >= 0; at = bytes.indexOf('@', at + 1)) {
            const QByteArray around = bytes.mid(at, 13);
            QVERIFY2(around.startsWith("@example.test") || !around.contains('.') ||
                         around.startsWith("@segment"),
                     around.constData());
        }
    }
}

void TstBodyCodec::packsSmallRequestsWithTheDictionary()
{
    store::BodyCodec codec;
    support::SampleTraffic traffic(99);
    qsizetype plain = 0;
    qsizetype packed = 0;
    for (int i = 0; i < 200; ++i) {
        const event::RequestDraft request = traffic.single();
        const store::PackedRequest stored = codec.pack(request);
        QCOMPARE(static_cast<int>(stored.codec), static_cast<int>(store::Codec::Zstd));
        QVERIFY(ZSTD_getDictID_fromFrame(stored.packed.constData(),
                                         static_cast<std::size_t>(stored.packed.size())) > 40'000);
        const auto unpacked =
            require(codec.unpack(stored, request.coding, static_cast<std::size_t>(request.head.size()),
                                 static_cast<std::size_t>(request.body.size())));
        QCOMPARE(unpacked.head, request.head);
        QCOMPARE(unpacked.body, request.body);
        QCOMPARE(unpacked.wireBody, request.body);
        plain += request.head.size() + request.body.size();
        packed += stored.packed.size();
    }
    QVERIFY(packed * 4 < plain);
}

void TstBodyCodec::packsBytesByThemselves_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("one") << QByteArray("x");
    QTest::newRow("text") << QByteArray(500, 'x');
    QTest::newRow("a megabyte") << QByteArray(1024 * 1024, 'y');
    QByteArray noise;
    for (quint32 i = 0; noise.size() < 5'000; ++i) {
        const quint32 word = i * 2'654'435'761U ^ i << 13U;
        noise.append(static_cast<char>(word >> 11U)).append(static_cast<char>(word >> 23U));
    }
    QTest::newRow("noise") << noise;
}

void TstBodyCodec::packsBytesByThemselves()
{
    QFETCH(const QByteArray, bytes);
    store::BodyCodec codec;
    const QByteArray packed = codec.packBytes(bytes);
    QVERIFY(packed.size() <= bytes.size() + 1);
    QCOMPARE(require(codec.unpackBytes(packed)), bytes);
}

void TstBodyCodec::saysWhatIsDamaged_data()
{
    QTest::addColumn<int>("codec");
    QTest::addColumn<QByteArray>("packed");
    const auto number = [](store::Codec codec) { return static_cast<int>(codec); };
    store::BodyCodec codec;
    const QByteArray frame = codec.pack(draft(QByteArray(200, 'x'))).packed;
    QByteArray foreign = frame;
    // Magic number, then the frame header's descriptor, then the dictionary's id.
    foreign[5] = '\x77';
    QTest::newRow("no frame") << number(store::Codec::Zstd) << QByteArray("nonsense");
    QTest::newRow("empty") << number(store::Codec::Zstd) << QByteArray();
    QTest::newRow("cut frame") << number(store::Codec::Zstd) << frame.chopped(5);
    QTest::newRow("unknown dictionary") << number(store::Codec::Zstd) << foreign;
    QTest::newRow("another length") << number(store::Codec::Raw) << QByteArray("short");
    QTest::newRow("no gzip") << number(store::Codec::Wire) << QByteArray("not gzip at all");
    QTest::newRow("a later codec") << 77 << frame;
}

void TstBodyCodec::saysWhatIsDamaged()
{
    QFETCH(const int, codec);
    QFETCH(const QByteArray, packed);
    store::BodyCodec reader;
    const store::PackedRequest stored{static_cast<store::Codec>(codec), {}, packed};
    const auto unpacked = reader.unpack(stored, http::Coding::Gzip, 40, 200);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().code, base::ErrorCode::Corrupt);
    QVERIFY(!unpacked.error().why.isEmpty());
}

QTEST_GUILESS_MAIN(TstBodyCodec)
#include "tst_bodycodec.moc"
