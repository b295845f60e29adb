// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/writekeys.h"

#include "base/secret.h"

#include <algorithm>

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

QByteArray keyHash(std::string_view writeKey)
{
    if (writeKey.empty()) {
        return "none";
    }
    constexpr qsizetype hashDigits = 16;
    const QByteArrayView bytes(writeKey.data(), static_cast<qsizetype>(writeKey.size()));
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256)
        .toHex()
        .first(hashDigits);
}

std::string_view hostOf(std::string_view url)
{
    constexpr std::string_view mark = "://";
    const std::size_t scheme = url.find(mark);
    if (scheme == std::string_view::npos) {
        return {};
    }
    std::string_view authority = url.substr(scheme + mark.size());
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const std::size_t user = authority.rfind('@');
    return user == std::string_view::npos ? authority : authority.substr(user + 1);
}

namespace {

/// What of a context decides its source's name, library first.
std::array<std::string_view, 6> partsOf(json::Value context)
{
    std::array<std::string_view, 6> parts;
    auto &[library, version, app, appNamespace, userAgent, host] = parts;
    for (auto child = context.firstChild(); context.isObject() && child; child = child.next()) {
        const std::string_view key = child.key();
        const json::Value value = child.value();
        if (key == "library") {
            library = value.find("name").text();
            version = value.find("version").text();
        } else if (key == "app") {
            app = value.find("name").text();
            appNamespace = value.find("namespace").text();
        } else if (key == "userAgent") {
            userAgent = value.text();
        } else if (key == "page") {
            host = hostOf(value.find("url").text());
        }
    }
    return parts;
}

} // namespace

SourceNamer::SourceNamer(const DecodeOptions &options, const event::CapturedRequest &captured)
    : m_options(options)
    , m_isBodyOnly(captured.known == event::Known::Body)
    , m_sourceOfFile(captured.source)
    , m_userAgent(captured.request.header("User-Agent"))
    , m_host(captured.request.header("Host"))
    , m_origin(captured.request.header("Origin"))
{
}

bool SourceNamer::isAsLast(std::string_view writeKey, json::Value context)
{
    const auto parts = partsOf(context);
    const bool isSame = m_last && m_writeKey == writeKey && std::ranges::equal(parts, m_lastParts);
    if (!isSame) {
        std::ranges::copy(parts, m_lastParts.begin());
    }
    return isSame;
}

const event::SourceKey &SourceNamer::source(std::string_view writeKey, json::Value event, json::Value context)
{
    const bool readsAll =
        m_options.sources != nullptr && m_options.sources->reads() == SourceResolver::Reads::Event;
    if (isAsLast(writeKey, context) && !readsAll) {
        return *m_last;
    }
    if (m_keyHash.isEmpty() || m_writeKey != writeKey) {
        m_writeKey = writeKey;
        m_keyHash = keyHash(writeKey);
        m_maskedKey = writeKey.empty() ? QString() : base::masked(toString(writeKey));
    }
    event::SourceKey source{m_keyHash, m_maskedKey, {}, sdkName(context, m_userAgent)};
    if (m_options.sources != nullptr) {
        KnownSource known =
            m_options.sources->source({writeKey, event, m_userAgent, m_host, m_origin, m_keyHash});
        if (!known.keyHash.isEmpty()) {
            source.keyHash = std::move(known.keyHash);
        }
        source.suggestedName = std::move(known.name);
    }
    if (m_isBodyOnly && writeKey.empty() && source.keyHash == m_keyHash) {
        nameAfterFile(source, context);
    }
    if (source.suggestedName.isEmpty()) {
        source.suggestedName = m_sourceOfFile;
    }
    if (source.suggestedName.isEmpty()) {
        source.suggestedName = writeKey.empty() ? u"No write key"_s : ownName(context);
    }
    if (source.suggestedName.isEmpty()) {
        const QString sdk = source.library.section(u' ', 0, 0);
        source.suggestedName = (sdk.isEmpty() ? u"source"_s : sdk) + u' ' + source.maskedKey;
    }
    m_last = std::move(source);
    return *m_last;
}

/// Nobody left the key out: a file of bodies has none. Its sources are told apart by name.
void SourceNamer::nameAfterFile(event::SourceKey &source, json::Value context) const
{
    QString name = m_sourceOfFile;
    if (name.isEmpty()) {
        name = ownName(context);
    }
    if (name.isEmpty()) {
        name = source.library.section(u' ', 0, 0);
    }
    source.suggestedName = name.isEmpty() ? u"Imported"_s : name;
    const QByteArray utf8 = source.suggestedName.toUtf8();
    source.keyHash = "name:" + keyHash({utf8.constData(), static_cast<std::size_t>(utf8.size())});
}

/// An app says its name, a browser where it is.
QString SourceNamer::ownName(json::Value context) const
{
    if (QString app = toString(context.find("app").find("name").text()).trimmed(); !app.isEmpty()) {
        return app;
    }
    const std::string_view library = context.find("library").find("name").text();
    const bool isBrowser =
        library == "analytics.js" || (library.empty() && m_userAgent.startsWith("Mozilla/"));
    if (!isBrowser) {
        return {};
    }
    const std::string_view page = hostOf(context.find("page").find("url").text());
    const bool isOnTheWeb = page.empty() && m_origin.startsWith("http");
    return toString(isOnTheWeb ? hostOf({m_origin.constData(), static_cast<std::size_t>(m_origin.size())})
                               : page);
}

} // namespace segment
