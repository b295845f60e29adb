// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/destination.h"

#include "deliver/segmentdestination.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include <QFile>

using namespace Qt::StringLiterals;

namespace deliver {

namespace {

constexpr qint64 largestFileBytes = 1024 * 1024;
constexpr std::array<const char *, 4> fileKeys{"kind", "name", "baseUrl", "writeKey"};

base::Failure badConfig(const QString &name, const QString &why, const QString &fix)
{
    return base::failure(base::ErrorCode::BadInput,
                         name.isEmpty() ? u"The destination can't be used."_s
                                        : u"The destination %1 can't be used."_s.arg(name),
                         why, fix);
}

base::Failure badFile(const QString &path, const QString &why)
{
    return base::failure(
        base::ErrorCode::BadInput, u"%1 is no destination file."_s.arg(path), why,
        u"Write {\"kind\":\"segment\",\"name\":\"..\",\"baseUrl\":\"https://api.segment.io\",\"writeKey\":\"..\"}."_s);
}

} // namespace

base::Result<DestinationConfig> DestinationConfig::fromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::failure(file.exists() ? base::ErrorCode::Permission : base::ErrorCode::NotFound,
                             u"The destination file %1 can't be read."_s.arg(path), file.errorString(),
                             u"Check the path and its permissions."_s);
    }
    const auto parsed = nlohmann::json::parse(file.read(largestFileBytes).toStdString(), nullptr, false);
    if (parsed.is_discarded()) {
        return badFile(path, u"It is not valid JSON."_s);
    }
    if (!parsed.is_object()) {
        return badFile(path, u"It holds JSON, but no object."_s);
    }
    for (const auto &[key, value] : parsed.items()) {
        const QString shown = QString::fromStdString(key);
        if (std::ranges::none_of(fileKeys, [&key](const char *known) { return key == known; })) {
            return badFile(path, u"The key \"%1\" is not known."_s.arg(shown));
        }
        if (!value.is_string()) {
            return badFile(path, u"\"%1\" must be text."_s.arg(shown));
        }
    }
    DestinationConfig config;
    for (const char *key : {"name", "baseUrl", "writeKey"}) {
        if (!parsed.contains(key)) {
            return badFile(path, u"\"%1\" is missing."_s.arg(QLatin1StringView(key)));
        }
    }
    const auto text = [&parsed](const char *key) {
        return QString::fromStdString(parsed[key].get<std::string>());
    };
    if (parsed.contains("kind")) {
        config.kind = text("kind");
    }
    config.name = text("name");
    config.baseUrl = QUrl(text("baseUrl"), QUrl::StrictMode);
    config.writeKey = text("writeKey");
    if (auto valid = config.validate(); !valid) {
        return base::Failure(std::move(valid.error()));
    }
    return config;
}

base::Result<void> DestinationConfig::validate() const
{
    if (name.trimmed().isEmpty()) {
        return badConfig(name, u"It has no name."_s, u"Set \"name\"."_s);
    }
    if (kind != u"segment"_s) {
        return badConfig(name, u"\"kind\" is \"%1\", which this Trackside does not know."_s.arg(kind),
                         u"Use \"segment\"."_s);
    }
    const QString scheme = baseUrl.scheme();
    if (!baseUrl.isValid() || baseUrl.host().isEmpty() || (scheme != u"https"_s && scheme != u"http"_s)) {
        return badConfig(name, u"\"baseUrl\" is no http or https address."_s,
                         u"Use https://api.segment.io, or https://events.eu1.segmentapis.com for the EU."_s);
    }
    if (baseUrl.hasQuery() || baseUrl.hasFragment() || !baseUrl.userInfo().isEmpty()) {
        return badConfig(name, u"\"baseUrl\" must be an address only, without user, query or fragment."_s,
                         u"Use https://api.segment.io, or https://events.eu1.segmentapis.com for the EU."_s);
    }
    const bool isKey = !writeKey.isEmpty() && std::ranges::all_of(writeKey, [](QChar c) {
        return c > u' ' && c < u'\x7F' && c != u':';
    });
    if (!isKey) {
        return badConfig(name,
                         writeKey.isEmpty() ? u"\"writeKey\" is empty."_s
                                            : u"\"writeKey\" holds characters that no write key has."_s,
                         u"Copy the write key from the source's settings in Segment."_s);
    }
    return {};
}

base::Result<std::unique_ptr<Destination>> makeDestination(const DestinationConfig &config)
{
    if (auto valid = config.validate(); !valid) {
        return base::Failure(std::move(valid.error()));
    }
    return std::unique_ptr<Destination>(std::make_unique<SegmentDestination>(config));
}

} // namespace deliver
