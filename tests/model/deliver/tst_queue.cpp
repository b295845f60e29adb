// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "deliver/queue.h"

#include "receiver.h"
#include "segment/decode.h"
#include "store/reader.h"

#include <QSignalSpy>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <atomic>
#include <future>

using namespace Qt::StringLiterals;
using event::DeliveryState;
using tests::Receiver;

namespace {

const QString target = u"Staging"_s;

/// A store whose writes happen at once, in the caller's thread.
class Store final : public store::WriteQueue
{
public:
    explicit Store(const QString &path)
        : m_path(path)
        , m_writer(std::move(*store::Writer::open(path, clock)))
    {
    }

    void post(store::WriteTask task) override
    {
        event::CommitNotice notice;
        task(m_writer, notice);
        for (const event::StateChange &change : notice.changed) {
            states[change.id] = change.state.delivery;
        }
    }

    /// Captures a request that is to be forwarded, as the pipeline would.
    std::vector<event::EventId> capture(const QByteArray &body, const QByteArray &headers = {},
                                        bool isForwarded = true)
    {
        event::CapturedRequest captured;
        captured.receivedUs = 1'795'483'045'000'000;
        captured.request.method = "POST";
        captured.request.target = "/v1/batch";
        captured.request.head = "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n" + headers + "\r\n";
        captured.request.body = body;
        segment::Decoded decoded = segment::decode(captured, m_parser, {});
        for (segment::DecodedEvent &one : decoded.events) {
            decoded.request.events.push_back(std::move(one.draft));
        }
        if (isForwarded) {
            decoded.request.destinations = {target};
        }
        std::vector<event::EventId> ids;
        const auto notice = m_writer.commit({&decoded.request, 1});
        if (notice) {
            for (const event::Event &event : *notice->added) {
                ids.push_back(event.summary.id);
            }
        }
        return ids;
    }

    [[nodiscard]] std::vector<store::Dispatch> dispatches(event::EventId id) const
    {
        auto reader = store::Reader::open(m_path);
        auto detail = reader->detail(id);
        return detail ? detail->dispatches : std::vector<store::Dispatch>{};
    }

    [[nodiscard]] DeliveryState stateOf(event::EventId id) const
    {
        auto reader = store::Reader::open(m_path);
        return reader->event(id)->event.state.delivery;
    }

    base::SystemClock clock;
    std::map<event::EventId, DeliveryState> states; ///< as the stream was told

private:
    QString m_path;
    store::Writer m_writer;
    json::Parser m_parser;
};

QByteArray body(const QByteArray &name)
{
    return "{\"batch\":[{\"type\":\"track\",\"event\":\"" + name + "\",\"userId\":\"u\",\"messageId\":\"id-" +
           name + "\"}],\"writeKey\":\"SOURCE_KEY_1\"}";
}

QByteArray nameIn(const http::Request &request)
{
    const auto parsed = nlohmann::json::parse(request.body.toStdString(), nullptr, false);
    return parsed.is_discarded() ? QByteArray()
                                 : QByteArray::fromStdString(parsed["batch"][0]["event"].get<std::string>());
}

QByteArray namesIn(const Receiver &receiver)
{
    QByteArray names;
    for (const http::Request &request : receiver.requests()) {
        names += nameIn(request) + ' ';
    }
    return names;
}

std::vector<deliver::DestinationConfig> to(const QUrl &url)
{
    return {{target, u"segment"_s, url, u"TARGET_KEY_1"_s, true}};
}

deliver::QueueOptions quick()
{
    deliver::QueueOptions options;
    options.firstRetryMs = 5;
    options.longestRetryMs = 20;
    options.timeoutMs = 5'000;
    return options;
}

} // namespace

class TstQueue : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void forwardsWhatWasCaptured();
    void worksOnAThreadOfItsOwn();
    void failsWhatIsRefused();
    void triesAgainInOrder();
    void waitsAsLongAsAsked();
    void givesUpAfterItsAttempts();
    void noAnswerIsAnError();
    void goesOnAfterARestart();
    void sendsFourAtATime();
    void replaysInOrder();
    void replaysSplitAtTheLimits();
    void replaysOnlyEvents();
    void unknownDestinationsWait();
    void finishWaitsForWhatIsDue();
    void closeStartsNothing();
    void tellsItsHealth();
    void refusesLoops_data();
    void refusesLoops();
    void refusesBadDestinations();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Store> m_store;

    [[nodiscard]] QString path() const { return m_directory->filePath(u"events.trackside"_s); }
    [[nodiscard]] std::unique_ptr<deliver::Queue> queue(const deliver::QueueOptions &options = quick()) const
    {
        return std::make_unique<deliver::Queue>(path(), *m_store, m_store->clock, nullptr, options);
    }
};

void TstQueue::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(path());
}

void TstQueue::cleanup()
{
    m_store.reset();
    m_directory.reset();
}

void TstQueue::forwardsWhatWasCaptured()
{
    Receiver receiver;
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    QCOMPARE(sender->liveDestinations(), std::vector<QString>{target});
    const auto ids = m_store->capture(
        body("A"),
        "User-Agent: analytics-node-next/latest\r\nContent-Type: text/plain\r\nOrigin: http://x\r\n");
    QCOMPARE(ids.size(), std::size_t{1});
    sender->wake();
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Delivered);
    QCOMPARE(receiver.requests().size(), std::size_t{1});
    const http::Request &request = receiver.requests().front();
    QCOMPARE(request.method, "POST"_ba);
    QCOMPARE(request.target, "/v1/batch"_ba);
    QCOMPARE(int(request.versionMinor), 1);
    QCOMPARE(request.body, body("A").replace("SOURCE_KEY_1", "TARGET_KEY_1"));
    QCOMPARE(request.header("User-Agent"), "analytics-node-next/latest"_ba);
    QCOMPARE(request.header("Content-Type"), "text/plain"_ba);
    QVERIFY(request.header("Origin").isNull());
    QCOMPARE(request.header("Host"), "127.0.0.1:" + QByteArray::number(receiver.port()));
    QCOMPARE(m_store->states[ids[0]], DeliveryState::Delivered);

    const auto dispatches = m_store->dispatches(ids[0]);
    QCOMPARE(dispatches.size(), std::size_t{1});
    QCOMPARE(dispatches[0].attempts.size(), std::size_t{1});
    QCOMPARE(dispatches[0].attempts[0].status, 200);
    QCOMPARE(dispatches[0].attempts[0].answer, "{\"success\":true}"_ba);
    QVERIFY(dispatches[0].attempts[0].answerHead.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(dispatches[0].sentHead.startsWith("POST http://127.0.0.1:"));
    // No write key is kept, neither the app's nor the target's.
    QVERIFY(!dispatches[0].sentHead.contains("TARGET_KEY_1"));
    QVERIFY(dispatches[0].sentBody.isEmpty());
}

void TstQueue::worksOnAThreadOfItsOwn()
{
    Receiver receiver;
    const auto ids = m_store->capture(body("A"));
    QThread thread;
    auto sender = queue();
    sender->moveToThread(&thread);
    thread.start();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Delivered);
    auto finished = std::async(std::launch::async, [&] { return sender->finish(5'000); });
    QTRY_COMPARE(finished.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QVERIFY(finished.get());
    sender->close(5'000);
    QMetaObject::invokeMethod(
        sender.get(), [&sender] { sender.reset(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    QCOMPARE(namesIn(receiver), "A "_ba);
}

void TstQueue::failsWhatIsRefused()
{
    Receiver receiver([](const http::Request &, std::size_t) {
        return Receiver::answer(400, R"({"error":"x","message":"Malformed JSON"})");
    });
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto ids = m_store->capture(body("A"));
    sender->wake();
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Failed);
    const auto dispatches = m_store->dispatches(ids[0]);
    QCOMPARE(dispatches[0].attempts.size(), std::size_t{1});
    QCOMPARE(dispatches[0].attempts[0].status, 400);
    QVERIFY(dispatches[0].attempts[0].answer.contains("Malformed JSON"));
    QCOMPARE(receiver.requests().size(), std::size_t{1});
}

void TstQueue::triesAgainInOrder()
{
    Receiver receiver(
        [](const http::Request &, std::size_t number) { return Receiver::answer(number <= 2 ? 500 : 200); });
    deliver::QueueOptions options = quick();
    options.concurrency = 1;
    const auto sender = queue(options);
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto first = m_store->capture(body("A"));
    const auto second = m_store->capture(body("B"));
    const auto third = m_store->capture(body("C"));
    sender->wake();
    QTRY_COMPARE(m_store->stateOf(third[0]), DeliveryState::Delivered);
    QCOMPARE(namesIn(receiver), "A A A B C "_ba);
    const auto dispatches = m_store->dispatches(first[0]);
    QCOMPARE(dispatches[0].attempts.size(), std::size_t{3});
    QCOMPARE(dispatches[0].attempts[0].status, 500);
    QCOMPARE(dispatches[0].attempts[2].status, 200);
    QCOMPARE(m_store->stateOf(second[0]), DeliveryState::Delivered);
}

void TstQueue::waitsAsLongAsAsked()
{
    Receiver receiver([](const http::Request &, std::size_t) {
        return Receiver::answer(429, "{}", {{"Retry-After", "600"}});
    });
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto first = m_store->capture(body("A"));
    sender->wake();
    QTRY_COMPARE(m_store->dispatches(first[0])[0].attempts.size(), std::size_t{1});
    const store::Dispatch dispatch = m_store->dispatches(first[0])[0];
    QCOMPARE(dispatch.state, DeliveryState::Pending);
    QVERIFY(dispatch.nextAttemptUs - dispatch.attempts[0].startedUs >= 600'000'000);
    // The destination asked for rest: what comes later waits as well.
    const auto second = m_store->capture(body("B"));
    sender->wake();
    auto finished = std::async(std::launch::async, [&] { return sender->finish(5'000); });
    QTRY_COMPARE(finished.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QVERIFY(finished.get());
    QCOMPARE(receiver.requests().size(), std::size_t{1});
    QCOMPARE(m_store->stateOf(second[0]), DeliveryState::Pending);
}

void TstQueue::givesUpAfterItsAttempts()
{
    quint16 port = 0;
    {
        const Receiver gone;
        port = gone.port();
    }
    deliver::QueueOptions options = quick();
    options.maxAttempts = 3;
    const auto sender = queue(options);
    QVERIFY(sender->setDestinations(to(QUrl(u"http://127.0.0.1:%1"_s.arg(port))), {}).has_value());
    const auto ids = m_store->capture(body("A"));
    sender->wake();
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Failed);
    const auto attempts = m_store->dispatches(ids[0])[0].attempts;
    QCOMPARE(attempts.size(), std::size_t{3});
    QCOMPARE(attempts[0].status, 0);
    QVERIFY(attempts[0].error.contains(u"refused"_s));
    QVERIFY(attempts[2].error.startsWith(u"Given up after 3 attempts."_s));
}

void TstQueue::noAnswerIsAnError()
{
    Receiver receiver([](const http::Request &, std::size_t) { return QByteArray(); });
    deliver::QueueOptions options = quick();
    options.timeoutMs = 50;
    options.maxAttempts = 1;
    const auto sender = queue(options);
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto ids = m_store->capture(body("A"));
    sender->wake();
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Failed);
    QVERIFY(m_store->dispatches(ids[0])[0].attempts[0].error.contains(u"no answer"_s));
}

void TstQueue::goesOnAfterARestart()
{
    Receiver receiver([](const http::Request &, std::size_t) { return QByteArray(); });
    const auto ids = m_store->capture(body("A"));
    {
        const auto sender = queue();
        QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
        QTRY_COMPARE(receiver.requests().size(), std::size_t{1});
    } // ends in the middle, as a crash would: nothing was noted
    QCOMPARE(m_store->stateOf(ids[0]), DeliveryState::Pending);
    m_store.reset();
    m_store = std::make_unique<Store>(path());
    receiver.setAnswer({});
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Delivered);
    QCOMPARE(receiver.requests().size(), std::size_t{2});
    QCOMPARE(receiver.requests()[1].body, receiver.requests()[0].body);
}

void TstQueue::sendsFourAtATime()
{
    Receiver receiver([](const http::Request &, std::size_t) { return QByteArray(); });
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    std::vector<event::EventId> ids;
    for (int i = 0; i < 10; ++i) {
        ids.push_back(m_store->capture(body(QByteArray::number(i)))[0]);
    }
    sender->wake();
    QTRY_COMPARE(receiver.requests().size(), std::size_t{4});
    // A fifth would be on its way by the time a whole round trip is over.
    QTcpSocket probe;
    probe.connectToHost(QHostAddress::LocalHost, receiver.port());
    QTRY_COMPARE(probe.state(), QAbstractSocket::ConnectedState);
    probe.write("POST /v1/batch HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(receiver.requests().size(), std::size_t{5});
    QCOMPARE(receiver.requests().back().body, QByteArray());
    receiver.setAnswer({});
    receiver.release(Receiver::answer(200));
    QTRY_COMPARE(m_store->stateOf(ids.back()), DeliveryState::Delivered);
    QTRY_VERIFY(std::ranges::all_of(
        ids, [&](event::EventId id) { return m_store->stateOf(id) == DeliveryState::Delivered; }));
    QCOMPARE(receiver.requests().size(), std::size_t{11});
}

void TstQueue::replaysInOrder()
{
    Receiver receiver(
        [](const http::Request &, std::size_t number) { return Receiver::answer(number == 1 ? 503 : 200); });
    const auto sender = queue();
    auto configs = to(receiver.url());
    configs[0].isLive = false;
    QVERIFY(sender->setDestinations(configs, {}).has_value());
    QVERIFY(sender->liveDestinations().empty());
    const auto a = m_store->capture(body("A"), {}, false);
    const auto b = m_store->capture(body("B"), {}, false);
    QCOMPARE(m_store->stateOf(a[0]), DeliveryState::None);
    sender->replay(target, {b[0], a[0]});
    QTRY_COMPARE(m_store->stateOf(a[0]), DeliveryState::Delivered);
    QCOMPARE(m_store->stateOf(b[0]), DeliveryState::Delivered);
    QCOMPARE(receiver.requests().size(), std::size_t{2});
    const auto first = nlohmann::json::parse(receiver.requests()[0].body.toStdString());
    const auto again = nlohmann::json::parse(receiver.requests()[1].body.toStdString());
    QCOMPARE(first["batch"].size(), std::size_t{2});
    QCOMPARE(first["batch"][0]["event"].get<std::string>(), "B");
    QCOMPARE(first["batch"][1]["event"].get<std::string>(), "A");
    QCOMPARE(first["batch"][0]["context"]["replay"]["originalMessageId"].get<std::string>(), "id-B");
    const std::string newId = first["batch"][0]["messageId"].get<std::string>();
    QVERIFY(newId != "id-B");
    QVERIFY(newId != first["batch"][1]["messageId"].get<std::string>());
    // The same at the second attempt: Segment keeps one of them.
    QCOMPARE(again["batch"][0]["messageId"].get<std::string>(), newId);
    QCOMPARE(receiver.requests()[0].header("Authorization"),
             "Basic " + QByteArray("TARGET_KEY_1:").toBase64());
    QVERIFY(!receiver.requests()[0].body.contains("KEY_1"));

    const auto dispatches = m_store->dispatches(a[0]);
    QCOMPARE(dispatches.size(), std::size_t{1});
    QVERIFY(dispatches[0].isReplay);
    QCOMPARE(dispatches[0].events, (std::vector<event::EventId>{b[0], a[0]}));
    QCOMPARE(dispatches[0].sentBody, receiver.requests()[1].body);
    QVERIFY(dispatches[0].sentHead.contains("Authorization: Basic "));
    QVERIFY(!dispatches[0].sentHead.contains(QByteArray("TARGET_KEY_1:").toBase64()));
}

void TstQueue::replaysSplitAtTheLimits()
{
    Receiver receiver;
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    std::vector<event::EventId> ids;
    for (int i = 0; i < 40; ++i) {
        const QByteArray name = QByteArray::number(i) + '-' + QByteArray(7'000, 'x');
        ids.push_back(m_store->capture(body(name), {}, false)[0]);
    }
    sender->replay(target, ids);
    QTRY_COMPARE(m_store->stateOf(ids.back()), DeliveryState::Delivered);
    QCOMPARE(receiver.requests().size(), std::size_t{2});
    int expected = 0;
    for (const http::Request &request : receiver.requests()) {
        QVERIFY(request.body.size() <= 500 * 1024);
        const auto parsed = nlohmann::json::parse(request.body.toStdString());
        for (const auto &event : parsed["batch"]) {
            QVERIFY(QByteArray::fromStdString(event["event"].get<std::string>())
                        .startsWith(QByteArray::number(expected++) + '-'));
        }
    }
    QCOMPARE(expected, 40);
}

void TstQueue::replaysOnlyEvents()
{
    Receiver receiver;
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto rejected = m_store->capture("{broken", {}, false);
    const auto good = m_store->capture(body("A"), {}, false);
    QCOMPARE(rejected.size(), std::size_t{1});
    sender->replay(target, {rejected[0], static_cast<event::EventId>(999), good[0]});
    QTRY_COMPARE(m_store->stateOf(good[0]), DeliveryState::Delivered);
    QCOMPARE(namesIn(receiver), "A "_ba);
    QCOMPARE(m_store->stateOf(rejected[0]), DeliveryState::None);
}

void TstQueue::unknownDestinationsWait()
{
    Receiver receiver;
    const auto sender = queue();
    const auto ids = m_store->capture(body("A"));
    QVERIFY(sender->setDestinations({}, {}).has_value());
    auto finished = std::async(std::launch::async, [&] { return sender->finish(5'000); });
    QTRY_COMPARE(finished.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QVERIFY(finished.get());
    QCOMPARE(m_store->stateOf(ids[0]), DeliveryState::Pending);
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    QTRY_COMPARE(m_store->stateOf(ids[0]), DeliveryState::Delivered);
}

void TstQueue::finishWaitsForWhatIsDue()
{
    Receiver receiver([](const http::Request &, std::size_t) { return QByteArray(); });
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto a = m_store->capture(body("A"));
    const auto early = std::async(std::launch::async, [&] { return sender->finish(50); });
    QTRY_COMPARE(early.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QTRY_COMPARE(receiver.requests().size(), std::size_t{1});
    auto finished = std::async(std::launch::async, [&] { return sender->finish(20'000); });
    receiver.setAnswer({});
    receiver.release(Receiver::answer(200));
    QTRY_COMPARE(finished.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QVERIFY(finished.get());
    QCOMPARE(m_store->stateOf(a[0]), DeliveryState::Delivered);
}

void TstQueue::closeStartsNothing()
{
    Receiver receiver([](const http::Request &, std::size_t) { return QByteArray(); });
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    const auto a = m_store->capture(body("A"));
    sender->wake();
    QTRY_COMPARE(receiver.requests().size(), std::size_t{1});
    auto closed = std::async(std::launch::async, [&] { sender->close(20'000); });
    receiver.setAnswer({});
    receiver.release(Receiver::answer(200));
    QTRY_COMPARE(closed.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QCOMPARE(m_store->stateOf(a[0]), DeliveryState::Delivered);
    const auto b = m_store->capture(body("B"));
    sender->wake();
    auto finished = std::async(std::launch::async, [&] { return sender->finish(5'000); });
    QTRY_COMPARE(finished.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    QCOMPARE(receiver.requests().size(), std::size_t{1});
    QCOMPARE(m_store->stateOf(b[0]), DeliveryState::Pending);
}

void TstQueue::tellsItsHealth()
{
    Receiver receiver(
        [](const http::Request &, std::size_t number) { return Receiver::answer(number == 1 ? 400 : 200); });
    deliver::QueueOptions options = quick();
    options.concurrency = 1;
    const auto sender = queue(options);
    QList<deliver::DestinationHealth> last;
    connect(sender.get(), &deliver::Queue::healthChanged, this,
            [&last](const QList<deliver::DestinationHealth> &health) { last = health; });
    m_store->capture(body("A"));
    m_store->capture(body("B"));
    QVERIFY(sender->setDestinations(to(receiver.url()), {}).has_value());
    QTRY_VERIFY(last.size() == 1 && last[0].delivered == 1);
    QCOMPARE(last[0].name, target);
    QCOMPARE(last[0].failed, 1U);
    QCOMPARE(last[0].pending, 0U);
    QVERIFY(last[0].lastError.startsWith(u"400 Bad Request"_s));
}

void TstQueue::refusesLoops_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("itself") << u"http://127.0.0.1:8765"_s << true;
    QTest::newRow("localhost") << u"http://localhost:8765"_s << true;
    QTest::newRow("localhost in capitals, with a dot") << u"http://LOCALHOST.:8765"_s << true;
    QTest::newRow("below localhost") << u"http://app.localhost:8765"_s << true;
    QTest::newRow("IPv6 loopback") << u"http://[::1]:8765"_s << true;
    QTest::newRow("mapped loopback") << u"http://[::ffff:127.0.0.1]:8765"_s << true;
    QTest::newRow("another loopback") << u"http://127.0.0.2:8765"_s << true;
    QTest::newRow("any address") << u"http://0.0.0.0:8765"_s << true;
    QTest::newRow("any IPv6 address") << u"http://[::]:8765"_s << true;
    QTest::newRow("short form") << u"http://127.1:8765"_s << true;
    QTest::newRow("https") << u"https://127.0.0.1:8765/v1"_s << true;
    QTest::newRow("another port") << u"http://127.0.0.1:9000"_s << false;
    QTest::newRow("default port") << u"http://127.0.0.1"_s << false;
    QTest::newRow("another machine") << u"http://192.0.2.1:8765"_s << false;
    QTest::newRow("Segment") << u"https://api.segment.io"_s << false;
}

void TstQueue::refusesLoops()
{
    QFETCH(QString, url);
    QFETCH(bool, isRefused);
    const auto sender = queue();
    const auto applied =
        sender->setDestinations(to(QUrl(url)), {{QHostAddress(QHostAddress::LocalHost), 8765},
                                                {QHostAddress(QHostAddress::LocalHostIPv6), 8765}});
    QCOMPARE(applied.has_value(), !isRefused);
    QCOMPARE(sender->liveDestinations().empty(), isRefused);
    if (isRefused) {
        QVERIFY(applied.error().why.contains(u"Trackside itself"_s));
    }
}

void TstQueue::refusesBadDestinations()
{
    const auto sender = queue();
    QVERIFY(sender->setDestinations(to(QUrl(u"https://one.example"_s)), {}).has_value());
    auto twice = to(QUrl(u"https://one.example"_s));
    twice.push_back(twice.front());
    QVERIFY(!sender->setDestinations(twice, {}).has_value());
    auto bad = to(QUrl(u"ftp://one.example"_s));
    QVERIFY(!sender->setDestinations(bad, {}).has_value());
    // What was there stays.
    QCOMPARE(sender->liveDestinations(), std::vector<QString>{target});
}

QTEST_GUILESS_MAIN(TstQueue)
#include "tst_queue.moc"
