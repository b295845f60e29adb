// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "tests/integration/sdkrun.h"
#include "tls/session.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;

/// Real clients that trust the authority: what lies within its constraints they take, what lies outside they
/// refuse, each by its own verifier.
class TstAuthorityClients : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void client_data();
    void client();

private:
    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    std::shared_ptr<const tls::Authority> m_authority;
};

namespace {

/// Answers every HTTPS request with "hello", with a leaf for whatever name was asked. Lives on a thread of
/// its own, since the test waits for the client.
class LeafServer : public QObject
{
public:
    LeafServer(std::shared_ptr<const tls::Authority> authority, const base::Clock &clock,
               const QByteArray &fallbackName)
        : m_contexts(std::move(authority), clock)
        , m_fallbackName(fallbackName)
    {
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("%s", qPrintable(m_server.errorString()));
        }
        connect(&m_server, &QTcpServer::newConnection, this, &LeafServer::serve);
        m_server.moveToThread(&m_thread);
        moveToThread(&m_thread);
        m_thread.start();
    }
    ~LeafServer() override
    {
        // What lives on the thread ends there.
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_server.close();
                qDeleteAll(m_server.findChildren<QTcpSocket *>());
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

private:
    QThread m_thread;
    QTcpServer m_server;
    tls::ServerContexts m_contexts;
    QByteArray m_fallbackName;

    void serve()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            std::shared_ptr<tls::Session> session = tls::Session::accept(m_contexts, m_fallbackName);
            auto request = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, socket, [socket, session, request] {
                session->feed(socket->readAll(), *request);
                const bool isWhole = request->contains("\r\n\r\n");
                if (isWhole) {
                    session->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
                                   "Connection: close\r\n\r\nhello");
                    session->end();
                }
                socket->write(session->takeOutput());
                if (isWhole || session->failure().has_value()) {
                    socket->disconnectFromHost();
                }
            });
        }
    }
};

struct Answer
{
    QString status, text, error;
};

Answer askedWith(const QString &client, quint16 port, const QString &host)
{
    const SdkRun run = runSdk(u"certificate.mjs"_s, client, port, host);
    if (run.said == nullptr) {
        return {u"script failed"_s, {}, QString::fromUtf8(run.err)};
    }
    const auto text = [&](std::string_view key) {
        return QString::fromStdString(std::string(run.at(key).text()));
    };
    return {text("status"), text("text"), text("error")};
}

/// How each client refuses a certificate that breaks its authority's constraints.
struct Client
{
    const char *name;
    const char *status;
    const char *words;
};
constexpr Client clients[] = {
    {"openssl", "1", "permitted subtree violation"},
    {"curl", "60", "permitted subtree violation"},
    {"node", "UNSPECIFIED", "permitted subtree violation"},
    {"chromium", "ERR_CERT_INVALID", "ERR_CERT_INVALID"},
};

} // namespace

void TstAuthorityClients::initTestCase()
{
    auto authority = tls::Authority::create(m_folder.filePath(u"ca"_s), {u"t.shop.example"_s}, m_clock);
    QVERIFY2(authority.has_value(), authority ? "" : qPrintable(authority.error().oneLine()));
    m_authority = *authority;
    qputenv("TRACKSIDE_CA", m_authority->info().certificatePath.toLocal8Bit());
}

void TstAuthorityClients::client_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("refusal");
    QTest::addColumn<QString>("words");
    for (const Client &client : clients) {
        const QString name = QString::fromLatin1(client.name);
        for (const char *host : {"api.segment.io", "a.t.shop.example", "192.168.7.9", "fd00::7"}) {
            QTest::addRow("%s takes %s", client.name, host)
                << name << QString::fromLatin1(host) << u"0"_s << QString();
        }
        for (const char *host :
             {"bank.example", "shop.example", "segment.io.bank.example", "203.0.113.7", "2001:db8::7"}) {
            QTest::addRow("%s refuses %s", client.name, host)
                << name << QString::fromLatin1(host) << QString::fromLatin1(client.status)
                << QString::fromLatin1(client.words);
        }
    }
}

void TstAuthorityClients::client()
{
    QFETCH(QString, client);
    QFETCH(QString, host);
    QFETCH(QString, refusal);
    QFETCH(QString, words);
    const LeafServer server(m_authority, m_clock, host.toLatin1());
    const Answer answer = askedWith(client, server.port(), host);
    QVERIFY2(answer.status == refusal, qPrintable(answer.status + u": "_s + answer.error));
    if (refusal == u"0"_s) {
        QVERIFY(client == u"openssl"_s || answer.text == u"hello"_s);
    } else {
        QVERIFY2(answer.error.contains(words), qPrintable(answer.error));
        QVERIFY(answer.text.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TstAuthorityClients)
#include "tst_authorityclients.moc"
