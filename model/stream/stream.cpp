// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "stream/stream.h"

#include "base/threadname.h"
#include "stream/worker.h"

#include <thread>

namespace stream {

struct Stream::Impl
{
    std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
    Audience audience;
    Worker worker;
    std::jthread thread; ///< last: it stops before what it uses goes

    Impl(BodySearch search, std::size_t maxRows)
        : worker(inbox, audience, std::move(search), maxRows)
        , thread([this](const std::stop_token &stop) {
            base::nameThread("stream");
            worker.run(stop);
        })
    {
    }
};

Stream::Stream(BodySearch search, std::size_t maxRows)
    : m_impl(std::make_unique<Impl>(std::move(search), maxRows))
{
}

Stream::~Stream() = default;

void Stream::load(Loaded rows)
{
    m_impl->inbox->post([&rows](Inbox::Contents &contents) { contents.loads.push_back(std::move(rows)); });
}

void Stream::post(event::CommitNotice notice)
{
    m_impl->inbox->post(
        [&notice](Inbox::Contents &contents) { contents.notices.push_back(std::move(notice)); });
}

void Stream::setSourceName(event::SourceId id, const QString &name)
{
    m_impl->inbox->post([&](Inbox::Contents &contents) { contents.sourceNames.emplace_back(id, name); });
}

void Stream::subscribe(Subscriber *subscriber)
{
    m_impl->audience.add(subscriber);
    m_impl->inbox->post([](Inbox::Contents &contents) { contents.hasSubscriber = true; });
}

void Stream::unsubscribe(Subscriber *subscriber)
{
    m_impl->audience.remove(subscriber);
}

void Stream::setFilter(const filter::Query &query, event::SessionId session, std::uint64_t generation)
{
    m_impl->inbox->post([&](Inbox::Contents &contents) {
        if (!contents.filter || contents.filter->generation <= generation) {
            contents.filter = FilterRequest{query, session, generation};
        }
    });
}

} // namespace stream
