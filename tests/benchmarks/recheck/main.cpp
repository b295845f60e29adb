// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// A million stored events get their new verdict after a change of the plan, through the real pipeline and the
// real store: how long it takes, what it costs, how many verdicts changed, and how long captured calls wait
// for their answer meanwhile.
//
//     bench_recheck [--store FILE] [--events N]
#include "intake/intake.h"
#include "plan.h"
#include "store/upkeep.h"
#include "tests/support/sampletraffic.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTextStream>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

using Steady = std::chrono::steady_clock;

QTextStream out(stdout);

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double memoryMb()
{
    QFile status(u"/proc/self/status"_s);
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("RssAnon:")) {
                return line.mid(8).simplified().split(' ').front().toDouble() / 1024;
            }
        }
    }
    return 0;
}

template <typename Value>
Value require(base::Result<Value> result)
{
    if (!result) {
        out << result.error().oneLine() << Qt::endl;
        std::exit(2);
    }
    return *std::move(result);
}

/// Where answers and commits go.
class Ends final : public event::ReplySink, public event::CommitSink
{
public:
    void post(std::vector<event::Reply> replies) override
    {
        const auto now = Steady::now();
        const std::lock_guard lock(m_mutex);
        for (const event::Reply &reply : replies) {
            const auto sent = m_sent.find(reply.token.request);
            if (sent != m_sent.end()) {
                m_waitsMs.push_back(std::chrono::duration<double, std::milli>(now - sent->second).count());
                m_sent.erase(sent);
            }
        }
    }
    void post(event::CommitNotice notice) override { changed += notice.changed.size(); }

    void noteSent(std::uint64_t request)
    {
        const std::lock_guard lock(m_mutex);
        m_sent.emplace(request, Steady::now());
    }
    [[nodiscard]] std::vector<double> takeWaits()
    {
        const std::lock_guard lock(m_mutex);
        std::ranges::sort(m_waitsMs);
        return std::exchange(m_waitsMs, {});
    }

    std::atomic<std::uint64_t> changed = 0;

private:
    std::mutex m_mutex;
    std::map<std::uint64_t, Steady::time_point> m_sent;
    std::vector<double> m_waitsMs;
};

/// Track calls with the names of the made-up traffic, 200 a second.
class Load
{
public:
    Load(intake::Intake &intake, Ends &ends)
        : m_thread([this, &intake, &ends](const std::stop_token &stop) {
            auto next = Steady::now();
            while (!stop.stop_requested()) {
                ends.noteSent(++m_number);
                intake.post(call(m_number));
                next += std::chrono::milliseconds(5);
                std::this_thread::sleep_until(next);
            }
        })
    {
    }

private:
    static event::CapturedRequest call(std::uint64_t number)
    {
        event::CapturedRequest captured;
        captured.token = {number % 8, number};
        captured.receivedUs = base::SystemClock().nowUs();
        captured.request.method = "POST";
        captured.request.target = "/v1/track";
        captured.request.headers = {
            {"Authorization", "Basic " + QByteArray("FAKE_WRITE_KEY_0001:").toBase64()}};
        captured.request.body =
            R"({"event":"Order Loaded","userId":"user_1","properties":{"orderId":"ord_1","price":4.5},"messageId":"m)" +
            QByteArray::number(qulonglong{number}) + "\"}";
        return captured;
    }

    std::uint64_t m_number = 0;
    std::jthread m_thread;
};

base::Result<void> makeStore(const QString &path, std::uint64_t events)
{
    if (QFileInfo::exists(path)) {
        return {};
    }
    out << u"making a store of %1 events"_s.arg(events) << Qt::endl;
    const base::SystemClock clock;
    auto writer = store::Writer::open(path, clock);
    if (!writer) {
        return base::Failure(writer.error());
    }
    support::SampleTraffic traffic(17, 20'000);
    std::vector<std::vector<event::RequestDraft>> groups(40);
    for (auto &group : groups) {
        for (int i = 0; i < 250; ++i) {
            group.push_back(traffic.next());
        }
    }
    std::uint64_t stored = 0;
    for (std::size_t turn = 0; stored < events; ++turn) {
        auto committed = writer->commit(groups[turn % groups.size()]);
        if (!committed) {
            return base::Failure(committed.error());
        }
        stored += committed->added->size();
    }
    // Its text index as well: making it would be measured with the rest.
    const store::Upkeep upkeep(path);
    const auto start = Steady::now();
    do {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    } while (upkeep.lag() != 0 || secondsSince(start) < 2);
    return {};
}

class Run
{
public:
    explicit Run(const QString &path)
        : m_path(path)
        , m_upkeep(path)
    {
        auto reader = require(store::Reader::open(path));
        m_events = require(reader.counts({})).total;
        for (const store::Reader::Seen &seen : require(reader.seenEvents({}))) {
            if (seen.type == event::CallType::Track) {
                m_names.append(seen.name);
            }
        }
        m_intake = std::make_unique<intake::Intake>(require(store::Writer::open(path, m_clock)),
                                                    checker(std::nullopt, u"off"_s),
                                                    std::make_unique<intake::KeepAll>(), intake::Options{});
        m_intake->connectTo(&m_ends, &m_ends);
        m_intake->onCommit([this] { m_upkeep.wake(); });
        m_intake->start();
        out << u"%1 events, %2 MB, a plan of %3 rules"_s.arg(m_events)
                   .arg(QFileInfo(path).size() / 1'000'000)
                   .arg(m_names.size() + 3)
            << Qt::endl;
    }

    void all()
    {
        waits(u"without a recheck"_s);
        change(u"first plan: verdicts of made-up traffic"_s, bench::Edition::First, u"segment"_s);
        change(u"every rule changed"_s, bench::Edition::EveryRuleChanged, u"segment"_s);
        change(u"every rule changed back"_s, bench::Edition::First, u"segment"_s);
        change(u"one rule changed"_s, bench::Edition::OneRuleChanged, u"segment"_s);
        change(u"conventions switched off"_s, bench::Edition::OneRuleChanged, u"off"_s);
        {
            const Load load(*m_intake, m_ends);
            change(u"every rule changed, 200 calls/s"_s, bench::Edition::EveryRuleChanged, u"segment"_s);
        }
        printWaits(u"beside a recheck"_s);
        m_intake->stop();
    }

private:
    std::shared_ptr<const check::Checker> checker(std::optional<bench::Edition> edition,
                                                  const QString &conventions)
    {
        std::vector<std::shared_ptr<const plan::Plan>> plans;
        QByteArray json;
        if (edition) {
            json = bench::planJson(m_names, *edition);
            plans.push_back(require(plan::parse(json, u"plan.json"_s)));
        }
        check::Conventions names;
        names.isOn = false;
        if (conventions != u"off"_s) {
            names = require(check::Conventions::load(conventions));
        }
        return std::make_shared<const check::Checker>(std::move(plans), names,
                                                      QByteArray::number(qHash(json)) + conventions.toUtf8());
    }

    void change(const QString &what, bench::Edition edition, const QString &conventions)
    {
        auto next = checker(edition, conventions);
        m_ends.changed = 0;
        const double cpu = cpuSeconds();
        const auto start = Steady::now();
        m_intake->setChecker(std::move(next));
        double memory = memoryMb();
        while (m_intake->recheckBacklog() != 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            memory = std::max(memory, memoryMb());
        }
        const double seconds = secondsSince(start);
        out << u"  %1 %2 s, %3 events/s, CPU %4 s, %5 verdicts changed, at most %6 MB"_s.arg(what, -42)
                   .arg(seconds, 6, 'f', 2)
                   .arg(static_cast<double>(m_events) / seconds, 0, 'f', 0)
                   .arg(cpuSeconds() - cpu, 0, 'f', 1)
                   .arg(m_ends.changed.load())
                   .arg(memory, 0, 'f', 0)
            << Qt::endl;
    }

    void waits(const QString &what)
    {
        {
            const Load load(*m_intake, m_ends);
            std::this_thread::sleep_for(std::chrono::seconds(5));
        }
        printWaits(what);
    }

    void printWaits(const QString &what)
    {
        const std::vector<double> waits = m_ends.takeWaits();
        if (waits.empty()) {
            return;
        }
        out << u"  call to durable answer, %1 p50 %2 ms, p99 %3 ms, worst %4 ms (%5 calls)"_s.arg(what, -20)
                   .arg(waits[waits.size() / 2], 0, 'f', 1)
                   .arg(waits[waits.size() * 99 / 100], 0, 'f', 1)
                   .arg(waits.back(), 0, 'f', 1)
                   .arg(waits.size())
            << Qt::endl;
    }

    QString m_path;
    base::SystemClock m_clock;
    Ends m_ends;
    store::Upkeep m_upkeep;
    std::uint64_t m_events = 0;
    QStringList m_names;
    std::unique_ptr<intake::Intake> m_intake;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({u"store"_s, u"Keep the store here; each run works on a copy."_s, u"FILE"_s});
    options.addOption({u"events"_s, u"Events in the store."_s, u"N"_s, u"1000000"_s});
    options.process(application);

    const QTemporaryDir folder;
    const QString made =
        options.isSet(u"store"_s) ? options.value(u"store"_s) : folder.filePath(u"made.trackside"_s);
    QDir().mkpath(QFileInfo(made).path());
    if (const auto filled = makeStore(made, options.value(u"events"_s).toULongLong()); !filled) {
        out << filled.error().oneLine() << Qt::endl;
        return 1;
    }
    const QString path = folder.filePath(u"events.trackside"_s);
    if (!QFile::copy(made, path) || !QFile::copy(made + u"-search"_s, path + u"-search"_s)) {
        out << "the store could not be copied" << Qt::endl;
        return 1;
    }
    Run(path).all();
    return 0;
}
