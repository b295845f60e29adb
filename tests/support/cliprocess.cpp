// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <csignal>

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace support {

namespace {

constexpr int patienceMs = 60'000;

QString program()
{
    return QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s;
}

/// Without what would lead to a proxy of this machine.
QProcessEnvironment environment(const QMap<QString, QString> &more)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}) {
        environment.remove(QString::fromLatin1(name));
        environment.remove(QString::fromLatin1(name).toLower());
    }
    for (auto one = more.begin(); one != more.end(); ++one) {
        environment.insert(one.key(), one.value());
    }
    // What AddressSanitizer keeps of freed memory is no growth of the program's.
    const auto sanitizer = u"ASAN_OPTIONS"_s;
    environment.insert(sanitizer, environment.value(sanitizer) + u":quarantine_size_mb=4"_s);
    return environment;
}

/// Bytes of the first whole response in `bytes`; 0 when it is not whole yet.
qsizetype responseBytes(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        return 0;
    }
    const QByteArray head = bytes.first(headEnd).toLower();
    if (head.startsWith("http/1.1 100")) {
        return headEnd + 4;
    }
    qsizetype length = 0;
    if (const qsizetype at = head.indexOf("content-length:"); at >= 0) {
        length = head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    }
    const qsizetype whole = headEnd + 4 + length;
    return bytes.size() >= whole ? whole : 0;
}

} // namespace

QString ExportedEvent::text(std::string_view key) const
{
    const std::string_view text = at(key).text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool ExportedEvent::hasFinding(std::string_view rule) const
{
    for (auto finding = at("findings").firstChild(); finding; finding = finding.next()) {
        if (finding.value().find("rule").text() == rule) {
            return true;
        }
    }
    return false;
}

Finished runCli(const QStringList &arguments, const QByteArray &input)
{
    return runProgram(program(), arguments, {}, input);
}

Finished runProgram(const QString &program, const QStringList &arguments, const QMap<QString, QString> &more,
                    const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment(more));
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patienceMs)) {
        process.kill();
        return {-1, {}, "did not end"};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString makeAuthority(const QString &folder, const QStringList &domains)
{
    QStringList arguments{u"ca"_s, u"create"_s, u"--folder"_s, folder};
    for (const QString &domain : domains) {
        arguments << u"--domain"_s << domain;
    }
    if (const Finished made = runCli(arguments); made.exitCode != 0) {
        qWarning("no authority: %s", made.err.constData());
    }
    return folder + u"/ca.pem"_s;
}

CliProcess::CliProcess(const QStringList &moreArguments)
{
    start(moreArguments);
}

CliProcess::~CliProcess()
{
    kill();
}

void CliProcess::start(const QStringList &moreArguments)
{
    m_port = 0;
    m_apiPort = 0;
    m_err.clear();
    m_process.setProcessEnvironment(environment({{u"XDG_DATA_HOME"_s, m_folder.filePath(u"data"_s)},
                                                 {u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"config"_s)}}));
    m_process.start(program(),
                    QStringList{u"serve"_s, u"--listen"_s, u":0"_s, u"--api"_s, u"127.0.0.1:0"_s,
                                u"--store"_s, storePath(), u"--quiet"_s, u"--fail-on"_s, u"none"_s} +
                        moreArguments);
    static const QRegularExpression capturing(u"Capturing on http://[0-9.]+:(\\d+)"_s);
    static const QRegularExpression api(u"HTTP API on http://127\\.0\\.0\\.1:(\\d+)"_s);
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < patienceMs && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(100);
        m_err += m_process.readAllStandardError();
        const QString text = QString::fromUtf8(m_err);
        const auto portMatch = capturing.match(text);
        const auto apiMatch = api.match(text);
        if (portMatch.hasMatch() && apiMatch.hasMatch()) {
            m_port = portMatch.captured(1).toUShort();
            m_apiPort = apiMatch.captured(1).toUShort();
            return;
        }
    }
    qWarning("trackside-cli did not start: %s", m_err.constData());
}

std::vector<ExportedEvent> CliProcess::events() const
{
    const Finished exported = runCli({u"export"_s, u"--store"_s, storePath()});
    std::vector<ExportedEvent> events;
    if (exported.exitCode != 0) {
        qWarning("export failed: %s", exported.err.constData());
        return events;
    }
    json::Parser parser;
    for (const QByteArray &line : exported.out.split('\n')) {
        if (line.isEmpty()) {
            continue;
        }
        const auto parsed = parser.parse(line);
        if (!parsed) {
            qWarning("export wrote no JSON: %s", line.constData());
            return {};
        }
        events.push_back({*parsed});
    }
    return events;
}

std::shared_ptr<const json::Document> CliProcess::api(const QByteArray &path) const
{
    const QByteArray response =
        converse(m_apiPort,
                 "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_apiPort) +
                     "\r\nConnection: close\r\n\r\n",
                 1);
    json::Parser parser;
    const auto parsed = parser.parse(response.mid(response.indexOf("\r\n\r\n") + 4));
    return parsed ? *parsed : nullptr;
}

qint64 CliProcess::residentKib() const
{
    QFile status(u"/proc/%1/status"_s.arg(pid()));
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:") + 6;
    return text.mid(at, text.indexOf(" kB", at) - at).trimmed().toLongLong();
}

Finished CliProcess::stop()
{
    m_process.terminate();
    return waitForEnd();
}

Finished CliProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patienceMs)) {
        m_process.kill();
        return {-1, {}, "did not end"};
    }
    return {m_process.exitCode(), m_process.readAllStandardOutput(),
            m_err + m_process.readAllStandardError()};
}

void CliProcess::kill()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(patienceMs);
    }
}

QByteArray converse(quint16 port, const QByteArray &bytes, int responses, Pace pace)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(patienceMs)) {
        return {};
    }
    if (pace == Pace::ByteByByte) {
        socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        for (const char byte : bytes) {
            socket.write(&byte, 1);
            socket.flush();
        }
    } else {
        socket.write(bytes);
    }
    QByteArray all;
    qsizetype readTo = 0;
    for (int seen = 0; seen < responses;) {
        if (const qsizetype whole = responseBytes(all.mid(readTo)); whole > 0) {
            readTo += whole;
            ++seen;
            continue;
        }
        if (!socket.waitForReadyRead(patienceMs)) {
            all += socket.readAll();
            break;
        }
        all += socket.readAll();
    }
    return all;
}

int statusOf(const QByteArray &response)
{
    return response.startsWith("HTTP/1.") ? response.mid(9, 3).toInt() : 0;
}

} // namespace support
