// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/responseframe.h"

#include <random>

#include <QTest>

using http::ResponseFrame;

namespace {

struct Fed
{
    QByteArray taken; ///< the bytes that were said to belong to the answer
    ResponseFrame::State state = ResponseFrame::State::Head;
    int status = 0;
    bool isKeepAlive = false;
    QByteArray reason;
};

enum class End : std::uint8_t { Open, Closed };

/// Feeds in pieces of the given sizes, the last one repeated.
Fed feed(const QByteArray &method, const QByteArray &bytes, const std::vector<qsizetype> &sizes, End end)
{
    ResponseFrame frame(method);
    Fed fed;
    qsizetype from = 0;
    for (std::size_t piece = 0; from < bytes.size(); ++piece) {
        const qsizetype size = std::min(sizes[std::min(piece, sizes.size() - 1)], bytes.size() - from);
        // A copy, so that reading past its end is seen by the address sanitizer.
        const QByteArray part(bytes.constData() + from, size);
        const auto taken = static_cast<qsizetype>(frame.feed(part));
        fed.taken += part.first(taken);
        from += size;
        if (taken < size) {
            break;
        }
    }
    if (end == End::Closed) {
        frame.finish();
    }
    fed.state = frame.state();
    fed.status = frame.status();
    fed.isKeepAlive = frame.isKeepAlive();
    fed.reason = frame.reason();
    return fed;
}

} // namespace

class TstResponseFrame : public QObject
{
    Q_OBJECT

private slots:
    void findsTheEnd_data();
    void findsTheEnd();
    void breaks_data();
    void breaks();
    void takesAHeadOfItsLimit();
    void countsEachInterimHeadAlone();
    void streamsALargeBody();
    void nothingBelongsBehindTheEnd();
};

void TstResponseFrame::findsTheEnd_data()
{
    using State = ResponseFrame::State;
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("keepsAlive");

    const auto row = [](const char *name, const QByteArray &method, const QByteArray &answer,
                        const QByteArray &behind, bool closes, State state, int status, bool keepsAlive) {
        QTest::newRow(name) << method << answer << behind << closes << static_cast<int>(state) << status
                            << keepsAlive;
    };
    const QByteArray next = "HTTP/1.1 200 OK\r\n";
    row("content-length", "POST", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", next, false,
        State::Complete, 200, true);
    row("content-length of 0", "POST", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", next, false,
        State::Complete, 200, true);
    row("half of a content-length", "POST", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "", false,
        State::Body, 200, true);
    row("chunked", "POST",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n",
        next, false, State::Complete, 200, true);
    row("chunked with a trailer", "POST",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nDigest: y\r\n\r\n", next, false,
        State::Complete, 200, true);
    row("a chunk that looks like a head", "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n13\r\nHTTP/1.1 100 ok\r\n\r\n\r\n0\r\n\r\n",
        next, false, State::Complete, 200, true);
    row("until the connection closes", "GET", "HTTP/1.1 200 OK\r\n\r\nhello\r\n\r\nHTTP/1.1", "", true,
        State::Complete, 200, false);
    row("until the connection closes, still open", "GET", "HTTP/1.1 200 OK\r\n\r\nhello", "", false,
        State::Body, 200, false);
    row("another coding than chunked", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxyz", "",
        true, State::Complete, 200, false);
    row("HEAD with a length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", next, false,
        State::Complete, 200, true);
    row("HEAD with chunks announced", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", next,
        false, State::Complete, 200, true);
    row("HEAD without a length", "HEAD", "HTTP/1.1 200 OK\r\n\r\n", next, false, State::Complete, 200, true);
    row("204", "POST", "HTTP/1.1 204 No Content\r\n\r\n", next, false, State::Complete, 204, true);
    row("304 with a length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n", next, false,
        State::Complete, 304, true);
    row("Connection: close", "POST", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "", false, State::Complete, 200, false);
    row("HTTP/1.0", "POST", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "", false, State::Complete, 200,
        false);
    row("HTTP/1.0 kept alive", "POST",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", "", false,
        State::Complete, 200, true);
    row("no reason phrase", "POST", "HTTP/1.1 429\r\nContent-Length: 0\r\n\r\n", "", false, State::Complete,
        429, true);
    row("100 before the answer", "POST",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", next, false,
        State::Complete, 200, true);
    row("102 and 103 before the answer", "POST",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        next, false, State::Complete, 201, true);
    row("100 alone", "POST", "HTTP/1.1 100 Continue\r\n\r\n", "", false, State::Head, 0, false);
    row("101", "GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        QByteArray("\x81\x02hi", 4), false, State::Upgraded, 101, false);
    row("Upgrade said by a plain answer", "GET",
        "HTTP/1.1 200 OK\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nok", next, false,
        State::Complete, 200, true);
    row("CONNECT granted", "CONNECT", "HTTP/1.1 200 Connection established\r\nContent-Length: 4\r\n\r\n",
        "\x16\x03\x01", false, State::Upgraded, 200, false);
    row("CONNECT refused", "CONNECT",
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\nauth", "", false,
        State::Complete, 407, true);
    row("half a head", "GET", "HTTP/1.1 200 OK\r\nContent-Le", "", false, State::Head, 0, false);
}

void TstResponseFrame::findsTheEnd()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, behind);
    QFETCH(bool, closes);
    const QByteArray all = answer + behind;
    const End end = closes ? End::Closed : End::Open;

    std::vector<std::vector<qsizetype>> splits{{all.size()}, {1}, {answer.size(), 1}};
    std::mt19937 random(20261125);
    std::uniform_int_distribution<qsizetype> sizes(1, 30);
    for (int times = 0; times < 20; ++times) {
        std::vector<qsizetype> split;
        for (int piece = 0; piece < 40; ++piece) {
            split.push_back(sizes(random));
        }
        splits.push_back(split);
    }
    for (const std::vector<qsizetype> &split : splits) {
        const Fed fed = feed(method, all, split, end);
        QCOMPARE(fed.taken, answer);
        QTEST(static_cast<int>(fed.state), "state");
        QTEST(fed.status, "status");
        QTEST(fed.isKeepAlive, "keepsAlive");
        QCOMPARE(fed.reason, QByteArray());
    }
}

void TstResponseFrame::breaks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");

    QTest::newRow("text") << QByteArray("it works\r\n\r\n") << false;
    QTest::newRow("HTTP/0.9") << QByteArray("<html>hello</html>") << false;
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7) << false;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false;
    QTest::newRow("HTTP/2") << QByteArray("\0\0\x12\4\0\0\0\0\0", 9) << false;
    QTest::newRow("a request") << QByteArray("GET / HTTP/1.1\r\n\r\n") << false;
    QTest::newRow("a chunk size that is none")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") << false;
    QTest::newRow("both lengths")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n")
        << false;
    QTest::newRow("two lengths")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc") << false;
    QTest::newRow("closed without a byte") << QByteArray() << true;
    QTest::newRow("closed in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-") << true;
    QTest::newRow("closed behind 100") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << true;
    QTest::newRow("closed in the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell") << true;
    QTest::newRow("closed between chunks")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n") << true;
    QTest::newRow("a head without end") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(200 * 1024, 'x') << false;
}

void TstResponseFrame::breaks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closes);
    for (const qsizetype size : {qsizetype{1} << 20, qsizetype{1}, qsizetype{7}}) {
        const Fed fed = feed("POST", bytes, {size}, closes ? End::Closed : End::Open);
        QCOMPARE(fed.state, ResponseFrame::State::Broken);
        QVERIFY(!fed.reason.isEmpty());
        QVERIFY(!fed.isKeepAlive);
    }
}

void TstResponseFrame::takesAHeadOfItsLimit()
{
    const QByteArray start = "HTTP/1.1 200 OK\r\nX: ";
    const QByteArray end = "\r\nContent-Length: 1\r\n\r\n";
    const qsizetype room = qsizetype{128} * 1024 - start.size() - end.size();
    const QByteArray fits = start + QByteArray(room, 'x') + end + 'b';
    const Fed fed = feed("GET", fits, {4096}, End::Open);
    QCOMPARE(fed.state, ResponseFrame::State::Complete);
    QCOMPARE(fed.taken, fits);
    QCOMPARE(feed("GET", start + QByteArray(room + 1, 'x') + end + 'b', {4096}, End::Open).state,
             ResponseFrame::State::Broken);
}

void TstResponseFrame::countsEachInterimHeadAlone()
{
    QByteArray bytes;
    for (int times = 0; times < 5; ++times) {
        bytes += "HTTP/1.1 103 Early Hints\r\nLink: " + QByteArray(60 * 1024, 'x') + "\r\n\r\n";
    }
    bytes += "HTTP/1.1 204 No Content\r\n\r\n";
    const Fed fed = feed("GET", bytes, {10'000}, End::Open);
    QCOMPARE(fed.state, ResponseFrame::State::Complete);
    QCOMPARE(fed.taken, bytes);
}

void TstResponseFrame::streamsALargeBody()
{
    const QByteArray piece(64 * 1024, 'x');
    const qsizetype pieces = 512;
    ResponseFrame frame("GET");
    const QByteArray head =
        "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(piece.size() * pieces) + "\r\n\r\n";
    QCOMPARE(frame.feed(head), static_cast<std::size_t>(head.size()));
    for (qsizetype count = 0; count < pieces; ++count) {
        QCOMPARE(frame.state(), ResponseFrame::State::Body);
        QCOMPARE(frame.feed(piece), static_cast<std::size_t>(piece.size()));
    }
    QCOMPARE(frame.state(), ResponseFrame::State::Complete);
}

void TstResponseFrame::nothingBelongsBehindTheEnd()
{
    ResponseFrame frame("GET");
    QCOMPARE(frame.feed("HTTP/1.1 204 No Content\r\n\r\nextra"), std::size_t{27});
    QCOMPARE(frame.feed("more"), std::size_t{0});
    frame.finish();
    QCOMPARE(frame.state(), ResponseFrame::State::Complete);
}

QTEST_GUILESS_MAIN(TstResponseFrame)
#include "tst_responseframe.moc"
