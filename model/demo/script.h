// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <vector>

#include <nlohmann/json.hpp>
#include <QDateTime>

namespace demo {

/// Keeps the order of keys, as SDKs send them.
using Json = nlohmann::ordered_json;

enum class Sdk : std::uint8_t { Browser, Node, Mobile };

struct Source
{
    std::string name;
    std::string writeKey;
    Sdk sdk = Sdk::Browser;
    std::string origin;      ///< browsers: where the page comes from
    std::size_t flushAt = 1; ///< the others: calls in a batch
};

/// One browser window, one app on a phone, or a backend: what has a connection of its own.
struct Actor
{
    Source source;
    Json person; ///< of people.json
    Json client; ///< of clients.json: the browser, or the device; null for backends
};

/// One call at its time. Its placeholders are filled but for times and ids, which `fillMoments` does.
struct Step
{
    qint64 atMs = 0;
    std::size_t actor = 0; ///< index in the script's actors
    std::string journey;
    Json call;
};

struct Script
{
    std::vector<Actor> actors;
    std::vector<Step> steps; ///< by time
};

/// Reads resources/demo and plays its runs through: who does what, when. The same seed gives the same script.
[[nodiscard]] base::Result<Script> loadScript(quint32 seed);
[[nodiscard]] base::Result<std::vector<Source>> loadSources();

/// Fills "${now}", "${now:SECONDS}" and "${uuid}" in a value, in place.
void fillMoments(Json &value, const QDateTime &now);
/// As JavaScript's toISOString() writes it.
[[nodiscard]] std::string isoTime(const QDateTime &time);

} // namespace demo
