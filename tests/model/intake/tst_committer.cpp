// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/committer.h"

#include "store/reader.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t beganUs = 1'795'483'045'000'000;
constexpr std::int64_t minute = 60'000'000;

/// Keeps what it is told.
class Outcome final : public event::ReplySink, public event::CommitSink
{
public:
    void post(std::vector<event::Reply> replies) override
    {
        m_replies.insert(m_replies.end(), replies.begin(), replies.end());
    }
    void post(event::CommitNotice notice) override
    {
        if (notice.added != nullptr) {
            m_added.insert(m_added.end(), notice.added->begin(), notice.added->end());
        }
        m_changed.insert(m_changed.end(), notice.changed.begin(), notice.changed.end());
    }

    std::vector<event::Reply> m_replies;
    std::vector<event::Event> m_added;
    std::vector<event::StateChange> m_changed;
};

} // namespace

class TstCommitter final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void refusedRequestIsListedOnce();
    void inOneCommitToo();
    void otherRefusalsHaveRowsOfTheirOwn_data();
    void otherRefusalsHaveRowsOfTheirOwn();
    void faultsAreNotCounted();
    void newSessionListsAnew();
    void failedCommitCountsNothing();
    void understoodRequestsAreNeverCounted();
    void repliesSayWhatBecame();
    void repeatedCallIsFound();
    void duplicateIsNoRepeatedCall();
    void filesWithoutTimesRepeatNothing();
    void mutedIsNotStored();
    void renamedConfigRenamesItsSource();

private:
    intake::CheckedRequest checked(const QByteArray &body, std::int64_t receivedUs = beganUs);
    void commit(std::vector<intake::CheckedRequest> requests) { m_committer->commit(requests); }
    [[nodiscard]] std::vector<event::Finding> stored(event::EventId id);

    std::unique_ptr<QTemporaryDir> m_folder;
    base::SystemClock m_clock;
    json::Parser m_parser;
    intake::Processing m_processing;
    std::unique_ptr<Outcome> m_outcome;
    std::unique_ptr<intake::Committer> m_committer;
    std::uint64_t m_count = 0;
};

void TstCommitter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto writer = store::Writer::open(m_folder->filePath(u"events.trackside"_s), m_clock);
    QVERIFY(writer.has_value());
    m_outcome = std::make_unique<Outcome>();
    m_committer = std::make_unique<intake::Committer>(std::move(*writer));
    m_committer->ends().replies = m_outcome.get();
    m_committer->ends().commits = m_outcome.get();
    check::Conventions none;
    none.isOn = false;
    m_processing = {};
    m_processing.checks = intake::checksOf(
        std::make_shared<const check::Checker>(std::vector<std::shared_ptr<const plan::Plan>>(), none),
        std::make_shared<const segment::HealthOptions>(), 0);
    m_count = 0;
}

void TstCommitter::cleanup()
{
    m_committer.reset();
    m_outcome.reset();
    m_folder.reset();
}

intake::CheckedRequest TstCommitter::checked(const QByteArray &body, std::int64_t receivedUs)
{
    event::CapturedRequest request;
    request.token = {1, ++m_count};
    request.receivedUs = receivedUs;
    request.request.method = "POST";
    request.request.target = "/v1/batch";
    request.request.headers = {{"Authorization", "Basic " + QByteArray("FAKE_WRITE_KEY_0001:").toBase64()}};
    request.request.body = body;
    return intake::process(request, m_parser, m_processing, intake::KeepAll(), {});
}

std::vector<event::Finding> TstCommitter::stored(event::EventId id)
{
    auto reader = store::Reader::open(m_folder->filePath(u"events.trackside"_s));
    const auto detail = reader ? reader->detail(id) : base::Failure(reader.error());
    return detail ? detail->event.findings : std::vector<event::Finding>();
}

void TstCommitter::refusedRequestIsListedOnce()
{
    for (int attempt = 0; attempt < 10; ++attempt) {
        commit({checked("{\"batch\":[NaNa]}", beganUs + attempt * 9 * minute)});
    }
    QCOMPARE(m_outcome->m_added.size(), std::size_t{1});
    QCOMPARE(m_outcome->m_replies.size(), std::size_t{10});
    for (const event::Reply &reply : m_outcome->m_replies) {
        QCOMPARE(reply.response.status, 400);
    }
    const event::EventId id = m_outcome->m_added.front().summary.id;
    QCOMPARE(m_outcome->m_changed.size(), std::size_t{9});
    QCOMPARE(m_outcome->m_changed.back().id, id);
    QCOMPARE(m_outcome->m_changed.back().state.status, event::Status::Rejected);
    const std::vector<event::Finding> findings = stored(id);
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(findings.front().rule, event::RuleId::ProtocolRepeatedRequest);
    QCOMPARE(findings.front().args, QStringList{u"10"_s});

    commit({checked("{\"batch\":[NaNa]}", beganUs + 92 * minute)});
    QCOMPARE(m_outcome->m_added.size(), std::size_t{2});
}

void TstCommitter::inOneCommitToo()
{
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked("{\"type\":\"page\",\"userId\":\"u\"}"));
    requests.push_back(checked("nonsense"));
    requests.push_back(checked("nonsense"));
    requests.push_back(checked("{\"type\":\"page\",\"userId\":\"v\"}"));
    requests.push_back(checked("nonsense"));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added.size(), std::size_t{3});
    QCOMPARE(m_outcome->m_added[1].summary.type, event::CallType::None);
    QCOMPARE(m_outcome->m_replies.size(), std::size_t{5});
    QCOMPARE(stored(m_outcome->m_added[1].summary.id).front().args, QStringList{u"3"_s});
    QVERIFY(std::ranges::none_of(stored(m_outcome->m_added[2].summary.id), [](const event::Finding &finding) {
        return finding.rule == event::RuleId::ProtocolRepeatedRequest;
    }));
}

void TstCommitter::otherRefusalsHaveRowsOfTheirOwn_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("other bytes") << "nonsense"_ba
                                 << "nonsense "_ba;
    QTest::newRow("other reason") << "{\"batch\":[]}"_ba
                                  << "{\"batch\":{}}"_ba;
    QTest::newRow("other source") << R"({"batch":{},"writeKey":"FAKE_WRITE_KEY_0001"})"_ba
                                  << R"({"batch":{},"writeKey":"FAKE_WRITE_KEY_0002"})"_ba;
}

void TstCommitter::otherRefusalsHaveRowsOfTheirOwn()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, second);
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(first));
    requests.push_back(checked(second));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added.size(), std::size_t{2});
    QVERIFY(m_outcome->m_changed.empty());
}

void TstCommitter::faultsAreNotCounted()
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        event::CapturedRequest request;
        request.request.method = "POST";
        request.request.target = "/v1/batch";
        request.request.body = "{}";
        request.rejectCode = "fault";
        request.rejectReason = "Answered 429, as asked.";
        request.rejectStatus = 429;
        std::vector<intake::CheckedRequest> requests;
        requests.push_back(intake::process(request, m_parser, m_processing, intake::KeepAll(), {}));
        commit(std::move(requests));
    }
    QCOMPARE(m_outcome->m_added.size(), std::size_t{2});
}

void TstCommitter::newSessionListsAnew()
{
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked("nonsense"));
    commit(std::move(requests));
    m_committer->run([](store::Writer &writer, event::CommitNotice &) {
        QVERIFY(writer.beginSession(u"another"_s, {}).has_value());
    });
    requests.clear();
    requests.push_back(checked("nonsense"));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added.size(), std::size_t{2});
}

void TstCommitter::failedCommitCountsNothing()
{
    // No JSON, and nothing that would pack small enough for the room there is.
    QByteArray body(1'000'000, 'x');
    QRandomGenerator random(7);
    for (char &byte : body) {
        byte = static_cast<char>('a' + random.bounded(26));
    }
    m_committer->writer().limitTo(m_committer->writer().sizeBytes());
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(body));
    requests.push_back(checked(body));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_replies.size(), std::size_t{2});
    for (const event::Reply &reply : m_outcome->m_replies) {
        QCOMPARE(reply.response.status, 503);
        QCOMPARE(reply.rejectCode, "store"_ba);
    }
    m_committer->writer().limitTo(0);
    requests.clear();
    requests.push_back(checked(body));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added.size(), std::size_t{1});
    QVERIFY(stored(m_outcome->m_added.front().summary.id).empty());
}

void TstCommitter::understoodRequestsAreNeverCounted()
{
    const QByteArray body = R"({"type":"page","userId":"u","messageId":"m"})";
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(body));
    requests.push_back(checked(body));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added.size(), std::size_t{2});
    QVERIFY(m_outcome->m_added[1].state.has(event::Flag::Duplicate));
}

void TstCommitter::repliesSayWhatBecame()
{
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(R"({"batch":[{"type":"page","userId":"u"},{"type":"page","userId":"v"}]})"));
    requests.push_back(checked("nonsense"));
    const QByteArray keyHash = requests.front().draft.events.front().source.keyHash;
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_replies.size(), std::size_t{2});
    QCOMPARE(m_outcome->m_replies[0].events, 2U);
    QCOMPARE(m_outcome->m_replies[0].rejectCode, QByteArray());
    QCOMPARE(m_outcome->m_replies[0].keyHash, keyHash);
    QCOMPARE(m_outcome->m_replies[1].events, 0U);
    QCOMPARE(m_outcome->m_replies[1].rejectCode, "invalid_json"_ba);
    QCOMPARE(m_outcome->m_replies[1].keyHash, keyHash);
}

void TstCommitter::repeatedCallIsFound()
{
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(R"({"type":"page","userId":"u","messageId":"1"})"));
    requests.push_back(checked(R"({"type":"page","userId":"u","messageId":"2"})", beganUs + 5'000));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added[0].findings.size(), std::size_t{0});
    QCOMPARE(m_outcome->m_added[1].findings.size(), std::size_t{1});
    QCOMPARE(m_outcome->m_added[1].findings.front().rule, event::RuleId::ProtocolRepeatedCall);
    QCOMPARE(m_outcome->m_added[1].findings.front().args, QStringList{u"5"_s});
    QVERIFY(m_outcome->m_added[1].state.has(event::Flag::Protocol));
}

void TstCommitter::duplicateIsNoRepeatedCall()
{
    const QByteArray body = R"({"type":"page","userId":"u","messageId":"1"})";
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(body));
    requests.push_back(checked(body));
    commit(std::move(requests));
    QCOMPARE(m_outcome->m_added[1].findings.size(), std::size_t{1});
    QCOMPARE(m_outcome->m_added[1].findings.front().rule, event::RuleId::ProtocolDuplicateMessage);
}

void TstCommitter::filesWithoutTimesRepeatNothing()
{
    event::CapturedRequest file;
    file.receivedUs = beganUs;
    file.known = event::Known::Body;
    file.request.method = "POST";
    file.request.target = "/v1/batch";
    const auto isFound = [&](const QByteArray &event) {
        file.request.body = "{\"batch\":[" + event + ',' + event + "]}";
        commit({intake::process(file, m_parser, m_processing, intake::KeepAll(), {})});
        return std::ranges::any_of(m_outcome->m_added.back().findings, [](const event::Finding &finding) {
            return finding.rule == event::RuleId::ProtocolRepeatedCall;
        });
    };
    QVERIFY(!isFound(R"({"type":"page","userId":"u"})"));
    QVERIFY(isFound(R"({"type":"page","userId":"u","timestamp":"2026-11-24T01:17:20Z"})"));
}

void TstCommitter::mutedIsNotStored()
{
    segment::HealthOptions health;
    health.mutes = {{u"protocol/duplicate-message"_s, {}, {}}, {u"protocol/no-identity"_s, {}, {}}};
    m_processing.checks = intake::checksOf(m_processing.checks.checker,
                                           std::make_shared<const segment::HealthOptions>(health), 1);
    const QByteArray body = R"({"type":"page","messageId":"1"})";
    std::vector<intake::CheckedRequest> requests;
    requests.push_back(checked(body));
    requests.push_back(checked(body));
    commit(std::move(requests));
    for (const event::Event &event : m_outcome->m_added) {
        QVERIFY(event.findings.empty());
        QVERIFY(!event.state.has(event::Flag::Protocol));
    }
    QVERIFY(m_outcome->m_added[1].state.has(event::Flag::Duplicate));
}

void TstCommitter::renamedConfigRenamesItsSource()
{
    const auto as = [&](const QString &name) {
        /// One source under a name that its user changes.
        class Named final : public segment::SourceResolver
        {
        public:
            explicit Named(QString name)
                : m_name(std::move(name))
            {
            }
            [[nodiscard]] segment::KnownSource source(const segment::SourceFacts &) const override
            {
                return {"rule:shop", m_name};
            }
            [[nodiscard]] Reads reads() const override { return Reads::Key; }

        private:
            QString m_name;
        };
        m_processing.decode.sources = std::make_shared<const Named>(name);
        std::vector<intake::CheckedRequest> requests;
        requests.push_back(checked(R"({"type":"page","userId":"u"})", beganUs + ++m_count * minute));
        commit(std::move(requests));
        return m_outcome->m_added.back();
    };
    const event::Event first = as(u"Shop"_s);
    QCOMPARE(first.source, u"Shop"_s);
    const event::Event second = as(u"Web shop"_s);
    QCOMPARE(second.source, u"Web shop"_s);
    QCOMPARE(second.summary.source, first.summary.source);
    auto reader = store::Reader::open(m_folder->filePath(u"events.trackside"_s));
    QVERIFY(reader.has_value());
    QCOMPARE(reader->detail(first.summary.id)->event.source, u"Web shop"_s);
}

QTEST_GUILESS_MAIN(TstCommitter)
#include "tst_committer.moc"
