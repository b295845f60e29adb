// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment/decode.h"
#include "store/reader.h"
#include "store/writer.h"

#include <optional>

#include <nlohmann/json.hpp>
#include <QTemporaryDir>
#include <QTest>

/// QCOMPARE would let nlohmann's values turn into anything it has an overload for.
#define COMPARE_JSON(actual, expected) QCOMPARE(tests::dumped(actual), tests::dumped(expected))

namespace tests {

inline QByteArray dumped(const nlohmann::json &value)
{
    return QByteArray::fromStdString(value.dump());
}

/// A store on disk that takes requests as the SDKs send them.
class ApiStore final : public store::WriteQueue
{
public:
    ApiStore()
    {
        base::Result<store::Writer> opened = store::Writer::open(path(), m_clock);
        if (opened) {
            m_writer.emplace(std::move(*opened));
        }
    }

    [[nodiscard]] bool isOpen() const { return m_writer.has_value(); }
    [[nodiscard]] QString path() const { return m_directory.filePath(QStringLiteral("events.trackside")); }
    store::Writer &writer() { return *m_writer; }

    /// Runs at once, as if the store thread had nothing else to do; or waits for runTasks().
    void post(store::WriteTask task) override
    {
        m_tasks.push_back(std::move(task));
        if (!isHolding) {
            runTasks();
        }
    }
    void runTasks()
    {
        for (const store::WriteTask &task : std::exchange(m_tasks, {})) {
            event::CommitNotice notice;
            task(*m_writer, notice);
            lastSession = notice.newSession;
        }
    }
    [[nodiscard]] std::size_t waitingTasks() const { return m_tasks.size(); }

    /// One request; `edit` may give its events verdicts. The ids of its events.
    std::vector<event::EventId> add(const QByteArray &path, const QByteArray &body,
                                    const std::function<void(event::EventDraft &)> &edit = {})
    {
        event::CapturedRequest captured;
        captured.receivedUs = 1'700'000'000'123'456 + (m_added++) * 1'000'000;
        captured.peer = "127.0.0.1:50000";
        captured.request.method = "POST";
        captured.request.target = path;
        captured.request.head = "POST " + path + " HTTP/1.1\r\n\r\n";
        captured.request.body = body;
        json::Parser parser;
        segment::Decoded decoded = segment::decode(captured, parser, {});
        for (segment::DecodedEvent &event : decoded.events) {
            if (edit) {
                edit(event.draft);
            }
            decoded.request.events.push_back(std::move(event.draft));
        }
        if (decoded.request.events.empty()) {
            event::EventDraft rejected;
            rejected.status = event::Status::Rejected;
            rejected.name = QString::fromUtf8(decoded.request.rejectCode);
            rejected.end = static_cast<std::uint32_t>(decoded.request.body.size());
            decoded.request.events.push_back(std::move(rejected));
        }
        const auto committed = m_writer->commit(std::span(&decoded.request, 1));
        std::vector<event::EventId> ids;
        if (committed && committed->added != nullptr) {
            for (const event::Event &event : *committed->added) {
                ids.push_back(event.summary.id);
            }
        }
        return ids;
    }

    bool isHolding = false;
    event::SessionId lastSession{};

private:
    base::SystemClock m_clock;
    QTemporaryDir m_directory;
    std::optional<store::Writer> m_writer;
    std::vector<store::WriteTask> m_tasks;
    std::int64_t m_added = 0;
};

} // namespace tests
