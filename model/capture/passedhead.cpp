// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/passedhead.h"

#include "capture/hostport.h"

#include <algorithm>
#include <utility>

namespace capture {

namespace {

struct Line
{
    QByteArray text; ///< "Name: value", without its end

    [[nodiscard]] QByteArray name() const { return text.first(colon()).trimmed(); }
    [[nodiscard]] QByteArray value() const { return text.sliced(colon() + 1).trimmed(); }
    [[nodiscard]] bool isNamed(QByteArrayView wanted) const
    {
        return name().compare(wanted, Qt::CaseInsensitive) == 0;
    }

private:
    [[nodiscard]] qsizetype colon() const { return text.indexOf(':'); }
};

/// The lines of the headers; a folded one is one line (RFC 9112 5.2).
std::vector<Line> linesOf(const http::Request &request)
{
    std::vector<Line> lines;
    if (request.head.isEmpty()) {
        for (const http::Header &each : request.headers) {
            lines.push_back({each.name + ": " + each.value});
        }
        return lines;
    }
    qsizetype begin = request.head.indexOf('\n') + 1;
    while (begin < request.head.size()) {
        qsizetype end = request.head.indexOf('\n', begin);
        end = end < 0 ? request.head.size() : end;
        QByteArray line = request.head.sliced(begin, end - begin);
        begin = end + 1;
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        const bool isFolded = line.startsWith(' ') || line.startsWith('\t');
        if (isFolded && !lines.empty()) {
            lines.back().text += ' ' + line.trimmed();
        } else if (line.contains(':')) {
            lines.push_back({line});
        }
    }
    return lines;
}

QByteArray authorityOf(const DialTarget &target)
{
    QByteArray authority = HostPort{target.host, target.port}.text();
    if (target.port == 80) {
        authority.chop(3);
    }
    return authority;
}

bool isForUs(const Line &line)
{
    return line.name().toLower().startsWith("proxy-") || line.isNamed("HTTP2-Settings") ||
           (line.isNamed("Expect") && line.value().compare("100-continue", Qt::CaseInsensitive) == 0) ||
           (line.isNamed("Upgrade") && line.value().toLower().contains("h2c"));
}

} // namespace

QByteArray passedHead(const http::Request &request, const DialTarget &target,
                      const std::optional<UpstreamProxy> &proxy)
{
    const std::optional<AbsoluteTarget> absolute = readAbsoluteTarget(request.target);
    const std::vector<Line> lines = linesOf(request);
    const bool isChunked =
        std::ranges::any_of(lines, [](const Line &line) { return line.isNamed("Transfer-Encoding"); });

    QByteArray head = request.method + ' ';
    const bool isToProxy = proxy && target.kind == DialTarget::Kind::Http;
    if (isToProxy) {
        head += "http://" + (absolute ? absolute->authority : authorityOf(target));
    }
    const QByteArray origin = absolute ? absolute->origin : request.target;
    const bool isServerWide = isToProxy && origin == "*"; // RFC 9112 3.2.4
    head += (isServerWide ? QByteArray() : origin) + " HTTP/" + QByteArray::number(request.versionMajor) +
            '.' + QByteArray::number(request.versionMinor) + "\r\n";

    bool hasHost = false;
    bool hasLength = false;
    if (absolute && request.header("Host").isNull()) {
        head += "Host: " + absolute->authority + "\r\n";
    }
    for (const Line &line : lines) {
        if (isForUs(line)) {
            continue;
        }
        if (line.isNamed("Host")) {
            if (!std::exchange(hasHost, true)) {
                const bool isOther = absolute && line.value() != absolute->authority;
                head += (isOther ? line.name() + ": " + absolute->authority : line.text) + "\r\n";
            }
        } else if (isChunked && (line.isNamed("Transfer-Encoding") || line.isNamed("Content-Length"))) {
            if (!std::exchange(hasLength, true)) {
                head += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
            }
        } else {
            head += line.text + "\r\n";
        }
    }
    if (isToProxy && !proxy->authorization.isEmpty()) {
        head += "Proxy-Authorization: " + proxy->authorization + "\r\n";
    }
    return head + "\r\n";
}

} // namespace capture
