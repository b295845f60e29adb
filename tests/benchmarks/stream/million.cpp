// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "million.h"

#include "app/engine/engine.h"
#include "figures.h"
#include "store/reader.h"
#include "store/upkeep.h"
#include "store/writer.h"
#include "tests/support/sampletraffic.h"

#include <thread>

#include <QDateTime>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

constexpr int eventsPerRequest = 25;
constexpr std::size_t requestsPerCommit = 80;
constexpr std::size_t groupCount = 12;
constexpr std::int64_t dayUs = 86'400'000'000;

using Group = std::vector<event::RequestDraft>;

/// Made beforehand and used again and again: making them costs more than storing them.
std::vector<Group> makeGroups()
{
    support::SampleTraffic traffic(5, 20'000);
    std::vector<Group> groups(groupCount);
    for (Group &group : groups) {
        for (std::size_t i = 0; i < requestsPerCommit; ++i) {
            group.push_back(traffic.batch(eventsPerRequest));
        }
    }
    return groups;
}

} // namespace

QString planPath()
{
    return QStringLiteral(TRACKSIDE_SOURCE_DIR) + u"/resources/samples/delivery-platform.plan.json"_s;
}

QString conventions()
{
    return u"delivery-platform"_s;
}

base::Result<void> makeStore(const QString &path, std::size_t events)
{
    if (QFile::exists(path)) {
        auto reader = store::Reader::open(path);
        if (!reader) {
            return base::Failure(reader.error());
        }
        const auto counts = reader->counts({});
        if (counts && counts->total >= events) {
            return {};
        }
    }
    const Clock::time_point start = Clock::now();
    const base::SystemClock clock;
    {
        auto writer = store::Writer::open(path, clock);
        if (!writer) {
            return base::Failure(writer.error());
        }
        std::vector<Group> groups = makeGroups();
        std::int64_t receivedUs = QDateTime::currentMSecsSinceEpoch() * 1000 - dayUs;
        const std::int64_t stepUs = dayUs * eventsPerRequest / static_cast<std::int64_t>(events);
        std::size_t stored = 0;
        for (std::size_t turn = 0; stored < events; ++turn) {
            Group &group = groups[turn % groups.size()];
            for (event::RequestDraft &request : group) {
                request.receivedUs = receivedUs;
                receivedUs += stepUs;
            }
            const auto notice = writer->commit(group);
            if (!notice) {
                return base::Failure(notice.error());
            }
            stored += notice->added->size();
        }
        // As if the window's own checks had judged them: then it need not check a million events again.
        const auto checker = engine::loadChecker({planPath()}, conventions());
        if (!checker) {
            return base::Failure(checker.error());
        }
        if (auto noted = writer->noteCheckedBy((*checker)->fingerprint()); !noted) {
            return noted;
        }
    }
    const Clock::time_point written = Clock::now();
    store::Upkeep upkeep(path);
    do {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    } while (upkeep.lag() != 0 || msBetween(written, Clock::now()) < 1000);
    printLine(u"store made"_s, u"%1 s, text index %2 s"_s.arg(msBetween(start, written) / 1000, 0, 'f', 1)
                                   .arg(msBetween(written, Clock::now()) / 1000, 0, 'f', 1));
    return {};
}
