// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/curlpart.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

QString shown(const QByteArray &text)
{
    constexpr qsizetype most = 60;
    const QString all = QString::fromUtf8(text);
    return all.size() <= most ? all : all.first(most) + u'\u2026';
}

} // namespace

CurlPart::CurlPart(const ShellCommand &command)
    : m_command(&command)
{
}

void CurlPart::addUrl(const QByteArray &text)
{
    constexpr qsizetype mostUrls = 1'000;
    const bool isUrl = text.contains('.') || text.contains(':') || text.startsWith("localhost");
    if (!isUrl) {
        // Not shown: a stray word may be a key.
        fail(u"A word in it is neither an option nor an address: see whether all quotes are there."_s);
    } else if (m_urls.size() == mostUrls) {
        fail(u"It names more than %1 addresses."_s.arg(mostUrls));
    } else {
        m_urls.append(text.contains("://") ? text : "http://" + text);
    }
}

void CurlPart::fail(const QString &sentence)
{
    if (m_problem.isEmpty()) {
        m_problem = sentence;
    }
}

void CurlPart::add(CurlOption option, const QByteArray &value)
{
    switch (option) {
    case CurlOption::Data:
        addFileOr(value, NewLines::Stripped);
        break;
    case CurlOption::BinaryData:
        addFileOr(value, NewLines::Kept);
        break;
    case CurlOption::RawData:
        addData(value);
        break;
    case CurlOption::EncodedData:
        addData(urlEncoded(value));
        break;
    case CurlOption::Json:
        addJson(value);
        break;
    case CurlOption::Header:
        addHeader(value);
        break;
    case CurlOption::User:
        setDefault("Authorization", "Basic " + (value.contains(':') ? value : value + ':').toBase64());
        break;
    case CurlOption::Bearer:
        setDefault("Authorization", "Bearer " + value);
        break;
    case CurlOption::Method:
        m_method = value;
        break;
    case CurlOption::Get:
        m_isGet = true;
        break;
    case CurlOption::Head:
        m_isHead = true;
        break;
    case CurlOption::Url:
        addUrl(value);
        break;
    case CurlOption::UrlQuery:
        m_query.append(value.startsWith('+') ? value.sliced(1) : urlEncoded(value));
        break;
    case CurlOption::UserAgent:
        setDefault("User-Agent", value);
        break;
    case CurlOption::Referer:
        setDefault("Referer", value);
        break;
    case CurlOption::Cookie:
        if (value.contains('=')) { // else the name of a file
            setDefault("Cookie", value);
        }
        break;
    case CurlOption::Form:
        fail(u"It sends a form (-F), which carries no Segment events."_s);
        break;
    case CurlOption::Upload:
        refuseFile(value);
        break;
    case CurlOption::Config:
        fail(u"It reads its options from the file %1: give them in the command."_s.arg(shown(value)));
        break;
    case CurlOption::Next:
        break;
    }
}

std::vector<WrittenRequest> CurlPart::requests() const
{
    std::vector<WrittenRequest> all;
    for (const QByteArray &address : m_urls) {
        WrittenRequest &one = all.emplace_back();
        const bool isBody = m_hasData && !m_isGet;
        one.method = isBody ? "POST" : m_isHead ? "HEAD" : "GET";
        if (!m_method.isEmpty()) {
            one.method = m_method;
        }
        one.url = withQuery(address);
        one.headers = m_headers;
        for (const http::Header &header : m_defaults) {
            if (!isSetByUser(header.name)) {
                one.headers.push_back(header);
            }
        }
        if (isBody) {
            if (!isSetByUser("Content-Type") && http::header(m_defaults, "Content-Type").isNull()) {
                one.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
            }
            one.body = m_data;
        }
        std::erase_if(one.headers, [](const http::Header &header) { return header.value.isNull(); });
    }
    return all;
}

void CurlPart::refuseFile(const QByteArray &name)
{
    fail(name == "-" || name == "."
             ? u"Its body comes from standard input: put it into the command."_s
             : u"Its body is in the file %1, which is not read: put it into the command."_s.arg(shown(name)));
}

/// "@-" is the here-document, where there is one.
bool CurlPart::isInput(const QByteArray &value) const
{
    return value == "@-" && m_command->input.has_value();
}

void CurlPart::addFileOr(const QByteArray &value, NewLines newLines)
{
    if (isInput(value)) {
        QByteArray input = *m_command->input;
        if (newLines == NewLines::Stripped) {
            input.replace('\n', "").replace('\r', "");
        }
        addData(input);
    } else if (value.startsWith('@')) {
        refuseFile(value.sliced(1));
    } else {
        addData(value);
    }
}

void CurlPart::addData(const QByteArray &value)
{
    m_data += (m_hasData ? "&" : "") + value;
    m_hasData = true;
}

void CurlPart::addJson(const QByteArray &value)
{
    if (value.startsWith('@') && !isInput(value)) {
        refuseFile(value.sliced(1));
        return;
    }
    m_data += isInput(value) ? QByteArray(*m_command->input) : value;
    m_hasData = true;
    setDefault("Content-Type", "application/json");
    setDefault("Accept", "application/json");
}

/// "name=value", "=value" or "value"; of the first the name stays as it is.
QByteArray CurlPart::urlEncoded(const QByteArray &value)
{
    const qsizetype equals = value.indexOf('=');
    const qsizetype at = value.indexOf('@');
    if (at >= 0 && (equals < 0 || at < equals)) {
        refuseFile(value.sliced(at + 1));
        return {};
    }
    const QByteArray name = equals > 0 ? value.first(equals + 1) : QByteArray();
    return name + value.sliced(equals + 1).toPercentEncoding();
}

void CurlPart::addHeader(const QByteArray &value)
{
    if (value.startsWith('@')) {
        fail(u"Its headers are in the file %1, which is not read: put them into the command."_s.arg(
            shown(value.sliced(1))));
        return;
    }
    const qsizetype colon = value.indexOf(':');
    if (colon > 0) {
        // Without a value curl leaves its own header of that name out.
        const QByteArray text = value.sliced(colon + 1).trimmed();
        m_headers.push_back({value.first(colon).trimmed(), text.isEmpty() ? QByteArray() : text});
    } else if (value.size() > 1 && value.endsWith(';')) {
        m_headers.push_back({value.chopped(1).trimmed(), ""});
    }
}

void CurlPart::setDefault(const char *name, const QByteArray &value)
{
    const auto known = std::ranges::find(m_defaults, QByteArray(name), &http::Header::name);
    if (known == m_defaults.end()) {
        m_defaults.push_back({name, value});
    } else {
        known->value = value;
    }
}

bool CurlPart::isSetByUser(const QByteArray &name) const
{
    return std::ranges::any_of(m_headers, [&name](const http::Header &header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QByteArray CurlPart::withQuery(QByteArray address) const
{
    QByteArray fragment;
    if (const qsizetype hash = address.indexOf('#'); hash >= 0) {
        fragment = address.sliced(hash);
        address.truncate(hash);
    }
    QList<QByteArray> more = m_query;
    if (m_isGet && m_hasData) {
        more.prepend(m_data);
    }
    for (const QByteArray &each : more) {
        address += (address.contains('?') ? '&' : '?') + each;
    }
    return address + fragment;
}

} // namespace segment
