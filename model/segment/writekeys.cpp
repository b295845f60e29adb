// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/writekeys.h"

#include "base/secret.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace segment {

namespace {

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "analytics-node" of "@segment/analytics-node".
std::string_view withoutScope(std::string_view name)
{
    const std::size_t slash = name.starts_with('@') ? name.find('/') : std::string_view::npos;
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// "1.84.3" of "npm:next-1.84.3": the browser's builds put their own name in front.
std::string_view plainVersion(std::string_view version)
{
    const std::size_t digit = version.find_first_of("0123456789");
    return digit == std::string_view::npos ? version : version.substr(digit);
}

/// "curl 7.88.1" of "curl/7.88.1"; "analytics-go 3.0.0" of "analytics-go (version: 3.0.0)".
QString fromUserAgent(QByteArrayView userAgent)
{
    const std::string_view all(userAgent.data(), static_cast<std::size_t>(userAgent.size()));
    if (all.empty()) {
        return {};
    }
    if (all.starts_with("Mozilla/")) {
        return u"browser"_s;
    }
    const std::size_t nameEnd = all.find_first_of("/ ");
    const std::string_view name = all.substr(0, nameEnd);
    const std::string_view rest =
        nameEnd == std::string_view::npos ? std::string_view{} : all.substr(nameEnd + 1);
    const std::string_view version = rest.substr(std::min(rest.find_first_of("0123456789"), rest.size()));
    const std::size_t versionEnd = version.find_first_not_of("0123456789.");
    const QString number = toString(version.substr(0, versionEnd));
    return number.isEmpty() ? toString(name) : toString(name) + u' ' + number;
}

} // namespace

QByteArray basicWriteKey(QByteArrayView authorization)
{
    constexpr qsizetype schemeLength = 6;
    if (authorization.size() < schemeLength ||
        authorization.first(schemeLength).compare("basic ", Qt::CaseInsensitive) != 0) {
        return {};
    }
    const QByteArray user =
        QByteArray::fromBase64(authorization.sliced(schemeLength).trimmed().toByteArray());
    const qsizetype colon = user.indexOf(':');
    return colon < 0 ? user : user.first(colon);
}

QString sdkName(json::Value context, QByteArrayView userAgent)
{
    const json::Value library = context.find("library");
    const std::string_view name = library.find("name").text();
    if (name.empty()) {
        return fromUserAgent(userAgent);
    }
    const std::string_view version = plainVersion(library.find("version").text());
    return version.empty() ? toString(withoutScope(name))
                           : toString(withoutScope(name)) + u' ' + toString(version);
}

SourceNamer::SourceNamer(const DecodeOptions &options, QByteArray userAgent)
    : m_options(options)
    , m_userAgent(std::move(userAgent))
{
}

event::SourceKey SourceNamer::source(std::string_view writeKey, json::Value context)
{
    const json::Value library = context.find("library");
    const std::string_view libraryName = library.find("name").text();
    const std::string_view libraryVersion = library.find("version").text();
    const std::string_view appName = context.find("app").find("name").text();
    if (m_last && m_writeKey == writeKey && m_libraryName == libraryName &&
        m_libraryVersion == libraryVersion && m_appName == appName) {
        return *m_last;
    }
    m_writeKey = writeKey;
    m_libraryName = libraryName;
    m_libraryVersion = libraryVersion;
    m_appName = appName;

    constexpr qsizetype hashDigits = 16;
    const QString key = toString(writeKey);
    event::SourceKey source;
    source.library = sdkName(context, m_userAgent);
    if (m_options.sourceName) {
        source.suggestedName = m_options.sourceName(key);
    }
    if (writeKey.empty()) {
        source.keyHash = "none";
        if (source.suggestedName.isEmpty()) {
            source.suggestedName = u"No write key"_s;
        }
    } else {
        const QByteArrayView bytes(writeKey.data(), static_cast<qsizetype>(writeKey.size()));
        source.keyHash = QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256)
                             .toHex()
                             .first(hashDigits);
        source.maskedKey = base::masked(key);
        if (source.suggestedName.isEmpty()) {
            source.suggestedName = toString(appName).trimmed();
        }
        if (source.suggestedName.isEmpty()) {
            const QString sdk = source.library.section(u' ', 0, 0);
            source.suggestedName = (sdk.isEmpty() ? u"source"_s : sdk) + u' ' + source.maskedKey;
        }
    }
    m_last = source;
    return source;
}

} // namespace segment
