// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/healthwatch.h"

#include "segment/isotime.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace intake {

namespace {

using event::RuleId;

constexpr std::size_t callPlaces = 16'384; // a power of two, as the other
constexpr std::size_t streamPlaces = 4'096;
constexpr qsizetype mostSources = 1'024;
constexpr std::size_t mostLibraries = 16; // of one source
constexpr std::int64_t dayUs = 24LL * 3'600 * 1'000'000;

/// What beside its name and person tells one call from another.
constexpr std::array<std::string_view, 5> contents{"properties", "traits", "groupId", "previousId",
                                                   "category"};

std::uint64_t mixed(std::uint64_t hash, std::uint64_t more)
{
    constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15;
    hash ^= more + odd + (hash << 6U) + (hash >> 2U);
    return hash * odd;
}

std::uint64_t mixed(std::uint64_t hash, std::string_view text)
{
    return mixed(hash, std::hash<std::string_view>()(text));
}

std::uint64_t mixed(std::uint64_t hash, const QString &text)
{
    return mixed(hash, qHash(text, 0x5eed));
}

void add(RuleId rule, json::Pointer at, QStringList args, const segment::HealthOptions &health,
         event::EventDraft &draft)
{
    if (!health.isMuted(rule, draft.source.suggestedName, draft.name)) {
        draft.findings.push_back({rule, event::defaultSeverity(rule), std::move(at), std::move(args)});
    }
}

} // namespace

WatchedCall watchedCall(const segment::DecodedEvent &decoded, std::int64_t receivedUs)
{
    const event::EventDraft &draft = decoded.draft;
    WatchedCall call;
    const std::string_view timestamp(draft.timestamp.constData(),
                                     static_cast<std::size_t>(draft.timestamp.size()));
    call.happenedUs = segment::parseIsoTimeUs(timestamp).value_or(receivedUs);
    if (!draft.messageId.isEmpty()) {
        call.messageId = mixed(1, draft.messageId);
    }
    std::uint64_t hash = mixed(static_cast<std::uint64_t>(draft.type), qHash(draft.source.keyHash, 0x5eed));
    hash = mixed(mixed(mixed(hash, draft.name), draft.userId), draft.anonymousId);
    const bool isSomebody = !draft.userId.isEmpty() || !draft.anonymousId.isEmpty();
    const std::uint64_t person = hash;
    bool isOnADevice = false;
    for (auto child = decoded.merged.firstChild(); decoded.merged.isObject() && child; child = child.next()) {
        const std::string_view key = child.key();
        if (key == "context") {
            const json::Value context = child.value();
            isOnADevice = !context.find("device").isMissing() || !context.find("page").isMissing();
        } else if (std::ranges::find(contents, key) != contents.end()) {
            // The order in which a library writes its fields does not change from call to call.
            hash = mixed(mixed(hash, key), child.value().raw());
        }
    }
    // Servers send the calls of many under one made-up person, as "system": no loop of one app.
    call.stream = isSomebody && (isOnADevice || !draft.userId.isEmpty()) ? person : 0;
    call.call = hash;
    return call;
}

HealthWatch::HealthWatch()
    : m_calls(callPlaces)
    , m_streams(streamPlaces)
{
}

void HealthWatch::look(const WatchedCall &call, const segment::HealthOptions &health,
                       event::EventDraft &draft)
{
    if (call.call == 0) {
        return;
    }
    repeated(call, health, draft);
    if (call.stream != 0) {
        burst(call, health, draft);
    }
    versions(call, health, draft);
}

void HealthWatch::repeated(const WatchedCall &call, const segment::HealthOptions &health,
                           event::EventDraft &draft)
{
    Call &before = m_calls[call.call % callPlaces];
    const std::int64_t apartUs = std::abs(call.happenedUs - before.happenedUs);
    // An equal messageId is a second delivery, which has a rule of its own.
    const bool isAnother = call.messageId == 0 || call.messageId != before.messageId;
    if (before.call == call.call && isAnother && apartUs <= health.repeatMilliseconds * 1'000LL &&
        health.repeatMilliseconds > 0) {
        add(RuleId::ProtocolRepeatedCall, {}, {QString::number(apartUs / 1'000)}, health, draft);
    }
    before = {call.call, call.messageId, call.happenedUs};
}

void HealthWatch::burst(const WatchedCall &call, const segment::HealthOptions &health,
                        event::EventDraft &draft)
{
    const std::int64_t windowUs = health.burstSeconds * 1'000'000LL;
    if (health.burstCount <= 0 || windowUs <= 0) {
        return;
    }
    Stream &stream = m_streams[call.stream % streamPlaces];
    std::int64_t passedUs = std::max<std::int64_t>(call.happenedUs - stream.beganUs, 0);
    if (stream.stream != call.stream || passedUs >= 2 * windowUs) {
        stream = {call.stream, call.happenedUs, 0, 0, 0};
        passedUs = 0;
    } else if (passedUs >= windowUs) {
        stream.beganUs += windowUs;
        passedUs -= windowUs;
        stream.countBefore = std::exchange(stream.count, 0);
    }
    ++stream.count;
    ++stream.sinceFinding;
    const std::int64_t still = stream.countBefore * (windowUs - passedUs) / windowUs;
    const std::int64_t calls = stream.count + still;
    // One finding for as many calls as make a burst, not for each of them.
    if (calls >= health.burstCount && stream.sinceFinding >= health.burstCount) {
        stream.sinceFinding = 0;
        add(RuleId::ProtocolBurst, {}, {QString::number(calls), QString::number(health.burstSeconds)}, health,
            draft);
    }
}

void HealthWatch::versions(const WatchedCall &call, const segment::HealthOptions &health,
                           event::EventDraft &draft)
{
    const QString &library = draft.source.library;
    const qsizetype nameEnd = library.indexOf(u' ');
    if (nameEnd < 0) {
        return;
    }
    if (m_libraries.size() > mostSources) {
        m_libraries.clear();
    }
    std::vector<Library> &seen = m_libraries[draft.source.keyHash];
    const auto known = std::ranges::find(seen, library, &Library::nameAndVersion);
    const bool isFresh = known != seen.end() && call.happenedUs - known->lastUs <= dayUs;
    if (!isFresh) {
        const QStringView nameAndSpace = QStringView(library).first(nameEnd + 1);
        const auto other = std::ranges::find_if(seen, [&](const Library &one) {
            return one.nameAndVersion != library && one.nameAndVersion.startsWith(nameAndSpace) &&
                   std::abs(call.happenedUs - one.lastUs) <= dayUs;
        });
        if (other != seen.end()) {
            add(RuleId::ProtocolMixedVersions, json::Pointer("/context/library"),
                {library, other->nameAndVersion.sliced(nameEnd + 1)}, health, draft);
        }
    }
    if (known != seen.end()) {
        known->lastUs = call.happenedUs;
        return;
    }
    if (seen.size() == mostLibraries) {
        seen.erase(std::ranges::min_element(seen, {}, &Library::lastUs));
    }
    seen.push_back({library, call.happenedUs});
}

} // namespace intake
