// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/engine/doctorwords.h"
#include "capture/address.h"
#include "json/parser.h"

#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr int patienceMs = 10'000;
constexpr qsizetype maxAnswerBytes = qsizetype{64} * 1024 * 1024;
constexpr qsizetype levelLetters = 9;

struct Answer
{
    int status = 0;
    QByteArray body;
};

base::Failure nobodyAnswers(const capture::Address &address, const QString &why)
{
    const QString text = capture::toText(address);
    return base::failure(
        base::ErrorCode::Network, u"No Trackside answers at %1."_s.arg(text), why,
        u"Switch the HTTP API on in Trackside's settings, or start 'trackside-cli serve --api %1'."_s.arg(
            text));
}

/// The whole answer, until the server closes behind it.
base::Result<Answer> ask(const capture::Address &address, const QByteArray &path)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(address.host, address.port);
    const QDeadlineTimer deadline(patienceMs);
    if (!socket.waitForConnected(patienceMs)) {
        return nobodyAnswers(address, socket.errorString() + u'.');
    }
    socket.write("GET " + path + " HTTP/1.1\r\nHost: " + capture::toText(address).toLatin1() +
                 "\r\nConnection: close\r\n\r\n");
    QByteArray received;
    while (socket.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
        received += socket.readAll();
        if (received.size() > maxAnswerBytes) {
            return nobodyAnswers(address, u"What answers there sends without end."_s);
        }
    }
    received += socket.readAll();
    const qsizetype headEnd = received.indexOf("\r\n\r\n");
    const Answer answer{received.left(12).split(' ').value(1).toInt(),
                        headEnd < 0 ? QByteArray() : received.sliced(headEnd + 4)};
    if (!received.startsWith("HTTP/") || headEnd < 0) {
        return nobodyAnswers(address, u"What answers there is no HTTP API."_s);
    }
    return answer;
}

QString textOf(json::Value value)
{
    const std::string_view text = value.isNumber() ? value.raw() : value.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString modesOf(json::Value modes)
{
    using enum capture::Mode;
    QStringList texts;
    for (auto each = modes.firstChild(); each; each = each.next()) {
        for (const capture::Mode mode : {Endpoint, EndpointTls, ProxyHttp, ProxyTls}) {
            if (capture::word(mode) == textOf(each.value())) {
                texts << engine::modeText(mode);
            }
        }
    }
    return texts.join(u"; "_s);
}

/// Spaces and control characters of a stranger's User-Agent do nothing to the terminal.
QByteArray line(const QString &text)
{
    QString plain = text;
    for (QChar &letter : plain) {
        if (letter.category() == QChar::Other_Control) {
            letter = u' ';
        }
    }
    return plain.toUtf8() + '\n';
}

QByteArray clientText(json::Value client)
{
    QByteArray text = line(textOf(client.find("name")));
    if (const QString modes = modesOf(client.find("modes")); !modes.isEmpty()) {
        text += line(u"  "_s + modes);
    }
    for (auto each = client.find("diagnoses").firstChild(); each; each = each.next()) {
        const QString level = textOf(each.value().find("level"));
        const QString shown = level == capture::word(capture::AilmentLevel::Good) ? u"ok"_s : level;
        text += line(u"  "_s + shown.leftJustified(levelLetters) + textOf(each.value().find("what")));
        if (const QString next = textOf(each.value().find("next")); !next.isEmpty()) {
            text += line(u"  "_s + QString(levelLetters, u' ') + next);
        }
    }
    return text;
}

bool hasProblem(json::Value clients)
{
    for (auto client = clients.firstChild(); client; client = client.next()) {
        for (auto each = client.value().find("diagnoses").firstChild(); each; each = each.next()) {
            if (textOf(each.value().find("level")) == capture::word(capture::AilmentLevel::Problem)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

int doctor(const QStringList &arguments)
{
    Arguments options(u"doctor"_s, u"Asks a running Trackside which apps have reached it, what is wrong with "
                                   "each, and what to do next."_s);
    options.addOption(u"api"_s, u"Where its HTTP API listens (default 127.0.0.1:8766)."_s, u"ADDR:PORT"_s,
                      u"127.0.0.1:8766"_s);
    options.addOption(u"json"_s, u"Print what the API answers."_s);
    options.addOption(u"fail-on"_s, u"End with status 1 on a problem: none or error (default none)."_s,
                      u"LEVEL"_s, u"none"_s);
    if (const auto status = options.parse(arguments)) {
        return *status;
    }
    const auto level = options.choice(u"fail-on"_s, {u"none"_s, u"error"_s});
    const auto addresses = capture::parseListen(options.value(u"api"_s));
    if (!level || !addresses || !options.positional().isEmpty()) {
        return failed(!level       ? level.error()
                      : !addresses ? addresses.error()
                                   : base::Error{base::ErrorCode::BadInput,
                                                 u"'doctor' takes options only."_s,
                                                 {},
                                                 u"'trackside-cli doctor --help' lists them."_s});
    }
    const auto answer = ask(addresses->front(), "/api/v1/clients");
    if (!answer) {
        return failed(answer.error());
    }
    json::Parser parser;
    const auto parsed = parser.parse(answer->body);
    const json::Value root = parsed ? (*parsed)->root() : json::Value();
    if (answer->status != 200 || !root.find("clients").isArray()) {
        const QString detail = textOf(root.find("detail"));
        return failed({base::ErrorCode::Network,
                       u"%1 does not tell of its clients."_s.arg(capture::toText(addresses->front())),
                       detail.isEmpty() ? u"It answered with status %1."_s.arg(answer->status) : detail,
                       {}});
    }
    auto output = Output::open({});
    if (!output) {
        return failed(output.error());
    }
    const json::Value clients = root.find("clients");
    if (options.isSet(u"json"_s)) {
        output->write(answer->body);
    } else if (clients.size() == 0) {
        output->write(
            "Nothing has reached Trackside yet. Set an app's host or proxy to it; the window's Setup "
            "page shows the lines to copy.\n");
    } else {
        const char *separator = "";
        for (auto client = clients.firstChild(); client; client = client.next()) {
            output->write(separator + clientText(client.value()));
            separator = "\n";
        }
    }
    if (!output->commit()) {
        return failed(output->error());
    }
    return *level == u"error"_s && hasProblem(clients) ? exitFindings : exitClean;
}

} // namespace cli
