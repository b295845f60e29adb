// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/seeds.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace fuzz {

namespace {

using Json = nlohmann::ordered_json;

/// Larger ones teach the fuzzer nothing and make it slow.
constexpr qsizetype largestSeed = qsizetype{8} * 1024;

std::vector<QByteArray> filesIn(const QString &folder)
{
    std::vector<QByteArray> all;
    const QDir dir(folder);
    for (const QString &name : dir.entryList(QDir::Files, QDir::Name)) {
        if (QFile file(dir.filePath(name)); file.open(QIODevice::ReadOnly)) {
            all.push_back(file.readAll());
        }
    }
    return all;
}

struct Exchange
{
    QByteArray method, target, request, body, answer;
    Json har;
};

QByteArray textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QByteArray::fromStdString(found->get<std::string>())
                                                       : QByteArray();
}

QByteArray headersOf(const Json &message, const QByteArray &body)
{
    QByteArray lines;
    for (const Json &header : message.value("headers", Json::array())) {
        const QByteArray name = QByteArray::fromStdString(header.at(0).get<std::string>());
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0 && !name.startsWith(':')) {
            lines += name + ": " + QByteArray::fromStdString(header.at(1).get<std::string>()) + "\r\n";
        }
    }
    return lines + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

std::vector<Exchange> recorded()
{
    std::vector<Exchange> all;
    for (const QByteArray &file : filesIn(QStringLiteral(TRACKSIDE_TEST_DATA "/segment/recordings"))) {
        const Json exchanges = Json::parse(file.toStdString()).value("exchanges", Json::array());
        for (const Json &exchange : exchanges) {
            const Json request = exchange.value("request", Json::object());
            Exchange one;
            one.method = textOf(request, "method");
            one.target = textOf(request, "target");
            one.body = textOf(request, "body");
            one.request = one.method + ' ' + one.target + " HTTP/1.1\r\n" + headersOf(request, one.body);
            if (const auto answer = exchange.find("response");
                answer != exchange.end() && answer->is_object()) {
                const int status = answer->value("status", 200);
                one.answer = "HTTP/1.1 " + QByteArray::number(status) + " OK\r\n" +
                             headersOf(*answer, textOf(*answer, "body"));
            }
            one.har = {{"startedDateTime", "2026-11-24T01:37:25.672Z"},
                       {"request",
                        {{"method", one.method.toStdString()},
                         {"url", "https://api.segment.io" + one.target.toStdString()},
                         {"headers", Json::array()},
                         {"postData", {{"text", one.body.toStdString()}}}}}};
            all.push_back(std::move(one));
        }
    }
    return all;
}

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return {};
    }
    QByteArray input = bytes;
    QByteArray coded(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), '\0');
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    stream.next_out = reinterpret_cast<Bytef *>(coded.data());
    stream.avail_out = static_cast<uInt>(coded.size());
    deflate(&stream, Z_FINISH);
    coded.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return coded;
}

QByteArray chunked(const QByteArray &body)
{
    const qsizetype half = body.size() / 2;
    QByteArray framed;
    for (const QByteArray &chunk : {body.first(half), body.sliced(half)}) {
        if (!chunk.isEmpty()) {
            framed += QByteArray::number(chunk.size(), 16) + ";name=value\r\n" + chunk + "\r\n";
        }
    }
    return framed + "0\r\nX-Trailer: 1\r\n\r\n";
}

QByteArray curlOf(const Exchange &one)
{
    QByteArray quoted = one.body;
    quoted.replace('\'', "'\\''");
    return "curl 'https://api.segment.io" + one.target + "' \\\n  -X " + one.method +
           " -H 'Content-Type: application/json' -u KEY: --data-raw '" + quoted + "'\n";
}

void addByHand(const QByteArray &target, std::vector<QByteArray> &all)
{
    if (target == "requestparser") {
        all.push_back('\0' +
                      QByteArray("CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\n\r\n"));
        all.push_back(
            '\0' + QByteArray("POST /v1/b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: "
                              "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
        all.push_back('\1' + QByteArray("GET / HTTP/1.1\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    } else if (target == "responseframe") {
        all.push_back('\0' + QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                        "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"));
        all.push_back('\2' + QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n"));
        all.push_back('\0' +
                      QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                                 "Upgrade\r\n\r\nbytes"));
        all.push_back('\0' + QByteArray("HTTP/1.0 200 OK\r\n\r\nuntil the end"));
    } else if (target == "decode") {
        all.push_back(
            "\1{\"batch\":[{\"type\":\"track\"},[],1,null],\"context\":{\"a\":1},\"writeKey\":\"k\"}");
        all.push_back("\1{\"batch\":[{\"type\":\"track\",\"context\":{}}],\"context\":[],\"integrations\":{"
                      "\"All\":NaN}}");
        all.push_back("\x24{\"type\":\"track\"}\n{\"type\":\"page\"}\n");
        all.push_back("\1data=%7B%22type%22%3A%22track%22%7D");
    } else if (target == "pixel") {
        all.push_back("data=eyJldmVudCI6IkEifQ");
        all.push_back("writeKey=k&userId=u&event=A&properties.a.b=1&context.ip=0.0.0.0&x");
    } else if (target == "curlcommand") {
        all.push_back("curl ^\"https://api.segment.io/v1/t^\" ^\n  -H ^\"content-type: text/plain^\" ^\n  "
                      "--data-raw ^\"^{^\\^\"a^\\^\":1^}^\"");
        all.push_back(
            "$ K=1 curl h.io -sSXPUT --json $'{\"a\":\"\\u0021\\x41\\ud83d\\ude00\"}' --next -G x.io "
            "--data-urlencode 'a=b c' | jq . # end\n");
        all.push_back("cat <<-'END' | curl h.io -d @-\n\t{}\n\tEND\n");
        all.push_back("curl \"https://h.io/\" -d \"{\"\"a\"\":1}\"");
    } else if (target == "import") {
        all.push_back(R"({"id":1,"receivedAt":"2026-11-24T01:37:25.672Z","status":"valid","type":"track",)"
                      R"("source":"S","body":{"type":"track"},"envelope":{"context":{},"writeKey":"x"}})");
        all.push_back(R"({"id":1,"receivedAt":"2026-11-24T01:37:25Z","status":"rejected","rejected":)"
                      R"({"code":"bad_gzip","reason":"r","status":400},"bodyBase64":"H4s="})");
        all.push_back("{\"type\":\"track\",\"userId\":\"u\"}\n{\"event\":\"A\",\"userId\":\"u\"}\n");
    }
}

} // namespace

std::vector<QByteArray> seeds(const QByteArray &target)
{
    std::vector<QByteArray> all;
    Json entries = Json::array();
    QByteArray lines;
    for (const Exchange &one : recorded()) {
        if (target == "requestparser") {
            all.push_back('\0' + one.request);
        } else if (target == "responseframe" && !one.answer.isEmpty()) {
            all.push_back('\0' + one.answer);
        } else if (target == "contentcoding" && !one.body.isEmpty()) {
            all.push_back('\1' + gzip(one.body));
            all.push_back('\0' + chunked(one.body));
        } else if (target == "decode" && !one.body.isEmpty()) {
            all.push_back('\0' + one.body);
        } else if (target == "pixel" && one.target.contains('?')) {
            all.push_back(one.target.sliced(one.target.indexOf('?') + 1));
        } else if (target == "pixel" && !one.body.isEmpty()) {
            all.push_back("data=" + one.body.toBase64(QByteArray::Base64UrlEncoding));
        } else if (target == "curlcommand" && !one.body.isEmpty()) {
            all.push_back(curlOf(one));
        } else if (target == "import" && !one.body.isEmpty()) {
            all.push_back(curlOf(one));
            all.push_back(QByteArray::fromStdString(Json{{"log", {{"entries", {one.har}}}}}.dump()));
            all.push_back(one.body);
        }
    }
    if (target == "import") {
        const auto samples = filesIn(QStringLiteral(TRACKSIDE_TEST_DATA "/import"));
        all.insert(all.end(), samples.begin(), samples.end());
    }
    addByHand(target, all);
    std::erase_if(all, [](const QByteArray &seed) { return seed.size() > largestSeed; });
    return all;
}

std::vector<QByteArray> regressions(const QByteArray &target)
{
    return filesIn(QStringLiteral(TRACKSIDE_SOURCE_DIR "/tests/fuzz/regressions/") +
                   QString::fromLatin1(target));
}

} // namespace fuzz
