// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "store/reader.h"
#include "store/writer.h"
#include "tests/support/sampletraffic.h"

#include <functional>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace storetest {

class FixedClock final : public base::Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override { return 1'795'484'245'000'000; }
};

/// A folder with a store in it, and what opens it.
struct Place
{
    QTemporaryDir folder;
    FixedClock clock;

    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("capture.trackside")); }
    [[nodiscard]] base::Result<store::Writer> open() const { return store::Writer::open(path(), clock); }
};

/// The value, or the test ends with what went wrong.
template <typename Value>
Value require(base::Result<Value> result)
{
    if (!result) {
        qFatal("%s", qUtf8Printable(result.error().oneLine()));
    }
    return *std::move(result);
}

inline void require(const base::Result<void> &result)
{
    if (!result) {
        qFatal("%s", qUtf8Printable(result.error().oneLine()));
    }
}

/// One track call as the whole body of a request.
inline event::RequestDraft draft(const QByteArray &body, const QString &name = QStringLiteral("Order Loaded"))
{
    event::RequestDraft request;
    request.receivedUs = 1'795'484'245'672'000;
    request.peer = "127.0.0.1:40822";
    request.method = "POST";
    request.target = "/v1/track";
    request.head = "POST /v1/track HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n";
    request.body = body;
    request.wireBody = body;
    event::EventDraft event;
    event.type = event::CallType::Track;
    event.status = event::Status::Valid;
    event.name = name;
    event.source = {"00112233aabbccdd", QStringLiteral("\u2026a1b2"), QStringLiteral("Tracker UI"),
                    QStringLiteral("analytics.js 1.84.3")};
    event.end = static_cast<std::uint32_t>(body.size());
    request.events.push_back(std::move(event));
    return request;
}

inline std::vector<event::Event> commit(store::Writer &writer, std::vector<event::RequestDraft> drafts)
{
    return *require(writer.commit(drafts)).added;
}

/// Fills a store with made-up traffic; the events as the writer gave them back.
inline std::vector<event::Event> fill(store::Writer &writer, std::size_t atLeast, std::uint64_t seed = 1)
{
    support::SampleTraffic traffic(seed, 40);
    std::vector<event::Event> all;
    while (all.size() < atLeast) {
        std::vector<event::RequestDraft> drafts;
        for (int i = 0; i < 20; ++i) {
            drafts.push_back(i == 19 ? traffic.rejected() : traffic.next());
        }
        for (event::Event &event : commit(writer, std::move(drafts))) {
            all.push_back(std::move(event));
        }
    }
    return all;
}

/// Runs in a process of its own, as a user whom file permissions bind; what it returns.
inline int asOrdinaryUser(const std::function<int()> &work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t nobody = 65'534;
        if (::geteuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0)) {
            ::_exit(99);
        }
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace storetest
