// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/importing.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using engine::Importer;
using engine::ImportTotals;

namespace {

constexpr std::int64_t nowUs = 1'795'483'045'000'000;

class FixedClock final : public base::Clock
{
public:
    [[nodiscard]] std::int64_t nowUs() const override { return ::nowUs; }
};

/// Capture's side: what replies reach it.
class Others final : public event::ReplySink
{
public:
    void post(std::vector<event::Reply> replies) override
    {
        for (const event::Reply &reply : replies) {
            connections.push_back(reply.token.connection);
        }
    }
    std::vector<std::uint64_t> connections;
};

/// A pipeline that answers on a thread of its own, a few requests at a time, once it may.
class Pipeline final : public event::RequestSink
{
public:
    ~Pipeline() override { stop(); }

    void start(event::ReplySink &replies)
    {
        m_thread = std::jthread([this, &replies](const std::stop_token &stop) { run(replies, stop); });
    }
    void stop()
    {
        if (m_thread.joinable()) {
            m_thread.request_stop();
            m_thread.join();
        }
    }

    void post(event::CapturedRequest request) override
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(request.token);
        mostWaiting = std::max(mostWaiting, m_waiting.size());
        arrivals.push_back(request.receivedUs);
        m_changed.notify_all();
    }
    [[nodiscard]] bool isFull() const override { return false; }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    /// Waits until as many requests wait.
    void waitFor(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_waiting.size() >= count; });
    }

    std::atomic<bool> isStoreFailing = false;
    std::size_t mostWaiting = 0;
    std::vector<std::int64_t> arrivals;

private:
    void run(event::ReplySink &replies, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return m_isOpen && !m_waiting.empty(); })) {
            std::vector<event::Reply> answers;
            // Others' replies come in between.
            answers.push_back({{7, 1}, {}, 1, {}, {}});
            for (const event::ReplyToken &token : m_waiting) {
                const bool isRejected = token.request % 5 == 0;
                const QByteArray code = isStoreFailing ? "store" : isRejected ? "bad_gzip" : "";
                answers.push_back({token, {}, code.isEmpty() ? 2U : 0U, code, {}});
            }
            m_waiting.clear();
            lock.unlock();
            replies.post(std::move(answers));
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<event::ReplyToken> m_waiting;
    bool m_isOpen = false;
    std::jthread m_thread;
};

segment::ImportedRequest requestAt(std::int64_t receivedUs, qsizetype bytes = 10)
{
    segment::ImportedRequest imported;
    imported.place = u"line 1"_s;
    imported.request.receivedUs = receivedUs;
    imported.request.request.body = QByteArray(bytes, 'x');
    return imported;
}

/// Reads `count` requests, as long as nobody stops it.
engine::ReadRequests reading(std::uint64_t count, qsizetype bytes = 10)
{
    return [count, bytes](const segment::TakeRequest &take,
                          const std::stop_token &stop) -> base::Result<segment::ImportReport> {
        segment::ImportReport report;
        for (std::uint64_t i = 0; i < count && !stop.stop_requested(); ++i) {
            ++report.requests;
            take(requestAt(nowUs, bytes));
        }
        return report;
    };
}

} // namespace

/// Requests through the pipeline, beside those of capture.
class TstImporting : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatWasStored();
    void passesOthersRepliesOn();
    void keepsFewOnTheirWay_data();
    void keepsFewOnTheirWay();
    void arrivesWhenItDid();
    void stops();
    void endsWithItsOwner();
    void tellsOfAStoreThatFails();
    void tellsOfTextThatFails();
    void severalAtOnce();
};

void TstImporting::countsWhatWasStored()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    pipeline.open();
    std::uint64_t told = 0;
    const auto totals = importer.run(reading(100), [&told](std::uint64_t events) { told = events; }, {});
    QVERIFY(totals);
    QCOMPARE(totals->report.requests, std::uint64_t{100});
    QCOMPARE(totals->rejected, std::uint64_t{20});
    QCOMPARE(totals->events, std::uint64_t{160});
    QCOMPARE(told, std::uint64_t{160});
}

void TstImporting::passesOthersRepliesOn()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    std::vector<event::Reply> replies;
    replies.push_back({{3, 1}, {}, 1, {}, {}});
    replies.push_back({{Importer::connection, 1}, {}, 1, {}, {}}); // of an import that is over
    replies.push_back({{2, 9}, {}, 1, {}, {}});
    importer.post(std::move(replies));
    QCOMPARE(others.connections, (std::vector<std::uint64_t>{3, 2}));
}

void TstImporting::keepsFewOnTheirWay_data()
{
    QTest::addColumn<quint64>("requests");
    QTest::addColumn<qsizetype>("bytes");
    QTest::addColumn<quint64>("most");
    QTest::newRow("many small ones") << quint64{25'000} << qsizetype{10} << quint64{10'000};
    QTest::newRow("large ones") << quint64{40} << qsizetype{1024 * 1024} << quint64{8};
    QTest::newRow("one that is larger than all room")
        << quint64{3} << qsizetype{9 * 1024 * 1024} << quint64{1};
}

void TstImporting::keepsFewOnTheirWay()
{
    QFETCH(quint64, requests);
    QFETCH(qsizetype, bytes);
    QFETCH(quint64, most);
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    base::Result<ImportTotals> totals;
    std::jthread running([&] { totals = importer.run(reading(requests, bytes), {}, {}); });
    pipeline.waitFor(most);
    pipeline.open();
    running.join();
    pipeline.stop();
    QVERIFY(totals);
    QCOMPARE(totals->report.requests, requests);
    QCOMPARE(static_cast<quint64>(pipeline.mostWaiting), most);
}

void TstImporting::arrivesWhenItDid()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    pipeline.open();
    const auto read = [](const segment::TakeRequest &take,
                         const std::stop_token &) -> base::Result<segment::ImportReport> {
        take(requestAt(0));
        take(requestAt(5));
        take(requestAt(nowUs + 1)); // nobody sends from the future: a clock that is wrong
        return segment::ImportReport{};
    };
    QVERIFY(importer.run(read, {}, {}));
    pipeline.stop();
    QCOMPARE(pipeline.arrivals, (std::vector<std::int64_t>{nowUs, 5, nowUs}));
}

void TstImporting::stops()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    std::stop_source source;
    base::Result<ImportTotals> totals;
    std::jthread running(
        [&, stop = source.get_token()] { totals = importer.run(reading(1'000'000), {}, stop); });
    pipeline.waitFor(10'000);
    source.request_stop();
    pipeline.open();
    running.join();
    QVERIFY(!totals);
    QCOMPARE(totals.error().code, base::ErrorCode::Cancelled);
    QVERIFY(totals.error().why.startsWith(u"16000 events were stored"_s));
}

void TstImporting::endsWithItsOwner()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    base::Result<ImportTotals> totals;
    std::jthread running([&] { totals = importer.run(reading(1'000'000), {}, {}); });
    pipeline.waitFor(10'000);
    pipeline.open();
    importer.close();
    running.join();
    QVERIFY(!totals);
    QCOMPARE(totals.error().code, base::ErrorCode::Cancelled);
    const auto later = importer.run(reading(1), {}, {});
    QVERIFY(!later);
    QCOMPARE(later.error().code, base::ErrorCode::Cancelled);
}

void TstImporting::tellsOfAStoreThatFails()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.isStoreFailing = true;
    pipeline.start(importer);
    pipeline.open();
    const auto totals = importer.run(reading(1'000'000), {}, {});
    QVERIFY(!totals);
    QCOMPARE(totals.error().code, base::ErrorCode::Io);
}

void TstImporting::tellsOfTextThatFails()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    const auto totals =
        importer.run([](const segment::TakeRequest &take,
                        const std::stop_token &stop) { return segment::readImport("Dear all", take, stop); },
                     {}, {});
    QVERIFY(!totals);
    QCOMPARE(totals.error().code, base::ErrorCode::BadInput);
}

void TstImporting::severalAtOnce()
{
    Others others;
    Pipeline pipeline;
    const FixedClock clock;
    Importer importer(pipeline, others, clock);
    pipeline.start(importer);
    base::Result<ImportTotals> first;
    base::Result<ImportTotals> second;
    {
        const std::jthread one([&] { first = importer.run(reading(5), {}, {}); });
        const std::jthread two([&] { second = importer.run(reading(10), {}, {}); });
        pipeline.waitFor(15);
        pipeline.open();
    }
    QVERIFY(first && second);
    QCOMPARE(first->events, std::uint64_t{8});
    QCOMPARE(second->events, std::uint64_t{16});
}

QTEST_GUILESS_MAIN(TstImporting)
#include "tst_importing.moc"
