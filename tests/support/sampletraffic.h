// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/captured.h"

#include <random>

namespace support {

/// Requests as the SDKs of browsers, servers and phones send them, made up and varied: vocabularies of
/// delivery, shop, software and media apps, no real person in them. The same seed gives the same requests.
/// What stores are filled with in tests and benchmarks, and what their dictionary is trained on.
class SampleTraffic
{
public:
    explicit SampleTraffic(std::uint64_t seed, std::size_t people = 500);

    /// One event, as a browser sends it.
    [[nodiscard]] event::RequestDraft single();
    /// So many events in one body, as servers and phones send them.
    [[nodiscard]] event::RequestDraft batch(int events);
    /// Any of these.
    [[nodiscard]] event::RequestDraft next();
    /// A request that could not be understood.
    [[nodiscard]] event::RequestDraft rejected();

private:
    enum class Sdk : std::uint8_t { Browser, Node, Python, Kotlin, Swift };
    struct Person
    {
        QByteArray userId, anonymousId, email, firstName;
    };

    [[nodiscard]] std::size_t below(std::size_t bound);
    [[nodiscard]] bool oneIn(std::size_t chance) { return below(chance) == 0; }
    [[nodiscard]] QByteArray hex(int digits);
    [[nodiscard]] QByteArray uuid();
    [[nodiscard]] QByteArray isoTime();
    [[nodiscard]] QByteArray value(const QByteArray &key);
    [[nodiscard]] QByteArray properties();
    [[nodiscard]] QByteArray context(Sdk sdk);
    [[nodiscard]] QByteArray page();
    /// Appends an event to the draft's body, with its draft.
    void addEvent(event::RequestDraft &draft, Sdk sdk);
    void addHead(event::RequestDraft &draft, Sdk sdk);
    [[nodiscard]] event::RequestDraft start();

    std::mt19937_64 m_random;
    std::vector<Person> m_people;
    std::int64_t m_nowUs = 1'795'484'245'672'000; // 2026-11-24T01:37:25.672Z
};

} // namespace support
