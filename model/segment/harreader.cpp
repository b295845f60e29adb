// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/harreader.h"

#include "segment/importedrequest.h"
#include "segment/isotime.h"
#include "segment/route.h"

using namespace Qt::StringLiterals;

namespace segment {

namespace {

QByteArray bytesOf(json::Value value)
{
    const std::string_view text = value.text();
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A body of bytes that was written as text, one character for each.
bool isByteText(const QByteArray &text)
{
    return text.startsWith("\x1f\xc2\x8b");
}

/// The same, its bytes lost: each that is no UTF-8 became U+FFFD.
bool isLostGzip(const QByteArray &text)
{
    return text.startsWith("\x1f\xef\xbf\xbd");
}

QByteArray formOf(json::Value params)
{
    QByteArray form;
    for (auto child = params.firstChild(); child; child = child.next()) {
        const QByteArray name = bytesOf(child.value().find("name"));
        const QByteArray value = bytesOf(child.value().find("value"));
        form += (form.isEmpty() ? "" : "&") + name.toPercentEncoding() + '=' + value.toPercentEncoding();
    }
    return form;
}

struct Body
{
    QByteArray bytes;
    QString problem; ///< empty: they are known
};

Body bodyOf(json::Value request)
{
    const json::Value post = request.find("postData");
    const json::Value own = request.find("_content"); // HTTP Toolkit's place for what is no text
    const json::Value holder = post.find("text").isString() ? post : own;
    const QByteArray text = bytesOf(holder.find("text"));
    const json::Value encoding =
        holder.find("encoding").isString() ? holder.find("encoding") : holder.find("_encoding");
    if (encoding.text() == "base64") {
        return {QByteArray::fromBase64(text), {}};
    }
    if (isByteText(text)) {
        return {QString::fromUtf8(text).toLatin1(), {}};
    }
    if (isLostGzip(text)) {
        return {{}, u"Its compressed body was exported as text and is damaged beyond repair."_s};
    }
    if (text.isEmpty() && request.find("_requestBodyStatus").isString()) {
        return {{},
                u"Its body was left out of the export (%1)."_s.arg(
                    QString::fromUtf8(bytesOf(request.find("_requestBodyStatus"))))};
    }
    if (text.isEmpty() && post.find("params").size() > 0) {
        return {formOf(post.find("params")), {}};
    }
    return {text, {}};
}

WrittenRequest writtenOf(json::Value request, QByteArray body)
{
    WrittenRequest written;
    written.method = bytesOf(request.find("method"));
    written.url = bytesOf(request.find("url"));
    for (auto child = request.find("headers").firstChild(); child; child = child.next()) {
        written.headers.push_back(
            {bytesOf(child.value().find("name")), bytesOf(child.value().find("value"))});
    }
    written.body = std::move(body);
    return written;
}

/// Worth a look into its body: most of a browser's traffic is not.
bool mayCarryEvents(json::Value request)
{
    const QByteArray method = bytesOf(request.find("method"));
    const QByteArray url = bytesOf(request.find("url"));
    const RouteKind kind = route(method, url).kind;
    return kind == RouteKind::Ingest || kind == RouteKind::Pixel || kind == RouteKind::Jsonp;
}

} // namespace

void readHar(json::Value entries, const TakeRequest &take, ImportReport &report, const std::stop_token &stop)
{
    json::Parser parser;
    std::uint64_t number = 0;
    for (auto entry = entries.firstChild(); entry && !stop.stop_requested(); entry = entry.next()) {
        ++number;
        const json::Value request = entry.value().find("request");
        if (!mayCarryEvents(request)) {
            ++report.skipped;
            continue;
        }
        const QString place =
            u"entry %1 (%2)"_s.arg(QString::number(number),
                                   shownCall(bytesOf(request.find("method")), bytesOf(request.find("url"))));
        Body body = bodyOf(request);
        const bool isLost = !body.problem.isEmpty();
        auto captured = asCaptured(writtenOf(request, std::move(body.bytes)));
        if (!captured || !carriesEvents(*captured, parser)) {
            ++report.skipped;
        } else if (isLost) {
            report.addProblem(place, body.problem);
        } else {
            captured->receivedUs = parseIsoTimeUs(entry.value().find("startedDateTime").text()).value_or(0);
            take({place, std::move(*captured)});
        }
    }
}

} // namespace segment
