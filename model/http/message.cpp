// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <algorithm>
#include <array>

namespace http {

namespace {

struct Phrase
{
    int status;
    const char *text;
};

constexpr std::array phrases{
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{204, "No Content"},
    Phrase{206, "Partial Content"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{426, "Upgrade Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{507, "Insufficient Storage"},
};

const char *classPhrase(int status)
{
    switch (status / 100) {
    case 1:
        return "Informational";
    case 2:
        return "Success";
    case 3:
        return "Redirection";
    case 4:
        return "Client Error";
    default:
        return "Server Error";
    }
}

bool isFieldText(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

} // namespace

QByteArray header(const std::vector<Header> &headers, QByteArrayView name)
{
    for (const Header &each : headers) {
        if (each.name.size() == name.size() && each.name.compare(name, Qt::CaseInsensitive) == 0) {
            // Present but empty is not the same as absent.
            return each.value.isNull() ? QByteArray("") : each.value;
        }
    }
    return {};
}

QByteArray reasonPhrase(int status)
{
    const auto found = std::find_if(phrases.begin(), phrases.end(),
                                    [status](const Phrase &phrase) { return phrase.status == status; });
    return found != phrases.end() ? QByteArray(found->text) : QByteArray(classPhrase(status));
}

QByteArray serialize(const Response &response, QByteArrayView method, bool isKeepAlive)
{
    const bool hasNoLength = response.status < 200 || response.status == 204 || response.status == 304;
    const bool isBodySent = !hasNoLength && method != QByteArrayView("HEAD");

    qsizetype size = 128 + (isBodySent ? response.body.size() : 0);
    for (const Header &each : response.headers) {
        size += each.name.size() + each.value.size() + 4;
    }
    QByteArray bytes;
    bytes.reserve(size);
    bytes += "HTTP/1.1 ";
    bytes += QByteArray::number(response.status);
    bytes += ' ';
    bytes += reasonPhrase(response.status);
    bytes += "\r\n";
    for (const Header &each : response.headers) {
        // Values may echo what a client sent: a line end in one would start a header of its making.
        if (isFieldText(each.name) && isFieldText(each.value)) {
            bytes += each.name;
            bytes += ": ";
            bytes += each.value;
            bytes += "\r\n";
        }
    }
    if (!hasNoLength) {
        bytes += "Content-Length: ";
        bytes += QByteArray::number(response.body.size());
        bytes += "\r\n";
    }
    bytes += isKeepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (isBodySent) {
        bytes += response.body;
    }
    return bytes;
}

} // namespace http
