// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/parser.h"

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

namespace support {

/// A line of an export, parsed.
struct ExportedEvent
{
    std::shared_ptr<const json::Document> line;

    [[nodiscard]] json::Value at(std::string_view key) const { return line->root().find(key); }
    [[nodiscard]] json::Value body() const { return at("body"); }
    [[nodiscard]] QString text(std::string_view key) const;
    [[nodiscard]] bool hasFinding(std::string_view rule) const;
};

struct Finished
{
    int exitCode = -1;
    QByteArray out, err;
};

/// The program's answer to one finished command; fails the test when it hangs.
[[nodiscard]] Finished runCli(const QStringList &arguments, const QByteArray &input = {});
/// The same of any program. `more` is added to the environment, from which the machine's proxies are left
/// out.
[[nodiscard]] Finished runProgram(const QString &program, const QStringList &arguments,
                                  const QMap<QString, QString> &more = {}, const QByteArray &input = {});

/// Makes a certificate authority in `folder`, for `domains` beside Segment's, and gives back the path of its
/// certificate; `serve --ca FOLDER` uses it.
[[nodiscard]] QString makeAuthority(const QString &folder, const QStringList &domains = {});

/// A running `trackside-cli serve` on free ports, with store, settings and authority in a folder of its own.
class CliProcess
{
public:
    explicit CliProcess(const QStringList &moreArguments = {});
    ~CliProcess();

    [[nodiscard]] bool isListening() const { return m_port != 0; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] quint16 apiPort() const { return m_apiPort; }
    [[nodiscard]] QString storePath() const { return m_folder.filePath(QStringLiteral("events.trackside")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] qint64 residentKib() const; ///< memory it holds; 0 when it has ended

    /// What is stored, oldest first; the server may run on.
    [[nodiscard]] std::vector<ExportedEvent> events() const;
    /// The API's JSON for a path.
    [[nodiscard]] std::shared_ptr<const json::Document> api(const QByteArray &path) const;
    /// SIGTERM and wait.
    Finished stop();
    /// Waits for it to end by itself: --duration, --until-idle.
    Finished waitForEnd();
    /// SIGKILL and wait: what a crash leaves behind.
    void kill();
    /// A second start on the same store.
    void start(const QStringList &moreArguments = {});

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_err;
    quint16 m_port = 0;
    quint16 m_apiPort = 0;
};

enum class Pace : std::uint8_t {
    Whole,      ///< all bytes in one write
    ByteByByte, ///< a segment for each
};

/// Sends bytes over one connection to 127.0.0.1 and gives back all that comes until `responses` whole
/// responses with Content-Length were read or the peer closed.
[[nodiscard]] QByteArray converse(quint16 port, const QByteArray &bytes, int responses,
                                  Pace pace = Pace::Whole);

/// Status of the first response in it; 0 when there is none.
[[nodiscard]] int statusOf(const QByteArray &response);

} // namespace support
