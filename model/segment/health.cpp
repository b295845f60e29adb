// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/health.h"

#include <algorithm>
#include <array>
#include <limits>

#include <nlohmann/json.hpp>

namespace segment {

namespace {

using Json = nlohmann::json;

template <typename Number>
struct Limit
{
    const char *key;
    Number HealthOptions::*member;
};

constexpr std::array sizes{Limit<std::uint32_t>{"maxEventBytes", &HealthOptions::maxEventBytes},
                           Limit<std::uint32_t>{"maxBatchBytes", &HealthOptions::maxBatchBytes},
                           Limit<std::uint32_t>{"maxBatchEvents", &HealthOptions::maxBatchEvents}};
constexpr std::array counts{Limit<int>{"maxMessageIdCharacters", &HealthOptions::maxMessageIdCharacters},
                            Limit<int>{"clockSkewSeconds", &HealthOptions::clockSkewSeconds},
                            Limit<int>{"lateSeconds", &HealthOptions::lateSeconds},
                            Limit<int>{"repeatMilliseconds", &HealthOptions::repeatMilliseconds},
                            Limit<int>{"burstCount", &HealthOptions::burstCount},
                            Limit<int>{"burstSeconds", &HealthOptions::burstSeconds}};

template <typename Limits>
void writeLimits(Json &stored, const HealthOptions &options, const Limits &limits)
{
    const HealthOptions defaults;
    for (const auto &limit : limits) {
        if (options.*limit.member != defaults.*limit.member) {
            stored[limit.key] = options.*limit.member;
        }
    }
}

template <typename Number, std::size_t Count>
void readLimits(const Json &stored, HealthOptions &options, const std::array<Limit<Number>, Count> &limits)
{
    for (const Limit<Number> &limit : limits) {
        const auto found = stored.find(limit.key);
        if (found == stored.end() || !found->is_number_unsigned()) {
            continue;
        }
        const auto value = found->template get<std::uint64_t>();
        if (value <= std::uint64_t{std::numeric_limits<Number>::max()}) {
            options.*limit.member = static_cast<Number>(value);
        }
    }
}

QString textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

QStringList textsOf(const Json &object, const char *key)
{
    QStringList texts;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) {
        return texts;
    }
    for (const Json &one : *found) {
        if (one.is_string()) {
            texts += QString::fromStdString(one.get<std::string>());
        }
    }
    return texts;
}

Json toList(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts) {
        list.push_back(text.toStdString());
    }
    return list;
}

bool isGivenAndDiffers(const QString &pattern, const QString &text)
{
    return !pattern.isEmpty() && !matchesName(pattern, text);
}

} // namespace

bool matchesName(QStringView pattern, QStringView text)
{
    // The last star takes as little as it can, and one character more each time what follows it fails.
    qsizetype at = 0;
    qsizetype patternAt = 0;
    qsizetype star = -1;
    qsizetype starText = 0;
    while (at < text.size()) {
        if (patternAt < pattern.size() && pattern[patternAt] == u'*') {
            star = patternAt++;
            starText = at;
        } else if (patternAt < pattern.size() &&
                   pattern[patternAt].toCaseFolded() == text[at].toCaseFolded()) {
            ++patternAt;
            ++at;
        } else if (star >= 0) {
            patternAt = star + 1;
            at = ++starText;
        } else {
            return false;
        }
    }
    return pattern.sliced(patternAt).count(u'*') == pattern.size() - patternAt;
}

bool HealthOptions::isMuted(event::RuleId rule, const QString &source, const QString &event) const
{
    if (mutes.empty()) {
        return false;
    }
    const std::string_view word = event::word(rule);
    const QString ruleWord = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    return std::ranges::any_of(mutes, [&](const Mute &mute) {
        return matchesName(mute.rule, ruleWord) && !isGivenAndDiffers(mute.source, source) &&
               !isGivenAndDiffers(mute.event, event);
    });
}

QByteArray toJson(const HealthOptions &options)
{
    Json stored = Json::object();
    writeLimits(stored, options, sizes);
    writeLimits(stored, options, counts);
    if (!options.developmentKeys.isEmpty()) {
        stored["developmentKeys"] = toList(options.developmentKeys);
    }
    if (!options.productionApps.isEmpty()) {
        stored["productionApps"] = toList(options.productionApps);
    }
    for (const Mute &mute : options.mutes) {
        Json one{{"rule", mute.rule.toStdString()}};
        if (!mute.source.isEmpty()) {
            one["source"] = mute.source.toStdString();
        }
        if (!mute.event.isEmpty()) {
            one["event"] = mute.event.toStdString();
        }
        stored["mutes"].push_back(std::move(one));
    }
    return QByteArray::fromStdString(stored.dump(-1, ' ', false, Json::error_handler_t::replace));
}

HealthOptions healthOptionsFromJson(const QByteArray &json)
{
    HealthOptions options;
    const Json stored = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!stored.is_object()) {
        return options;
    }
    readLimits(stored, options, sizes);
    readLimits(stored, options, counts);
    options.developmentKeys = textsOf(stored, "developmentKeys");
    options.productionApps = textsOf(stored, "productionApps");
    const auto mutes = stored.find("mutes");
    if (mutes == stored.end() || !mutes->is_array()) {
        return options;
    }
    for (const Json &one : *mutes) {
        Mute mute{textOf(one, "rule"), textOf(one, "source"), textOf(one, "event")};
        if (!mute.rule.isEmpty()) {
            options.mutes.push_back(std::move(mute));
        }
    }
    return options;
}

} // namespace segment
