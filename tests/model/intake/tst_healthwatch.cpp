// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/healthwatch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using enum event::RuleId;

namespace {

constexpr std::int64_t beganUs = 1'795'483'045'000'000; // 2026-11-24T01:17:25Z
constexpr std::int64_t second = 1'000'000;

/// Decodes events and shows them to the watch, one after the other.
class Watched
{
public:
    explicit Watched(segment::HealthOptions options = {})
        : m_options(std::move(options))
    {
    }

    /// "word arg|arg" of every finding the watch made of a batch of one, one a line.
    QByteArray look(const QByteArray &event, std::int64_t receivedUs = beganUs)
    {
        event::CapturedRequest captured;
        captured.receivedUs = receivedUs;
        captured.request.method = "POST";
        captured.request.target = "/v1/batch";
        captured.request.body = "{\"batch\":[" + event + "],\"writeKey\":\"FAKE_WRITE_KEY_0001\"}";
        segment::Decoded decoded = segment::decode(captured, m_parser, {});
        segment::DecodedEvent &one = decoded.events.front();
        one.draft.findings.clear();
        m_watch.look(intake::watchedCall(one, receivedUs), m_options, one.draft);
        QByteArray text;
        for (const event::Finding &finding : one.draft.findings) {
            const std::string_view word = event::word(finding.rule);
            text += QByteArray(word.data(), static_cast<qsizetype>(word.size())) + ' ' +
                    finding.args.join(u'|').toUtf8() + '\n';
        }
        return text;
    }

private:
    segment::HealthOptions m_options;
    json::Parser m_parser;
    intake::HealthWatch m_watch;
};

QByteArray clicked(int number, const QByteArray &properties = "{\"a\":1}")
{
    return R"({"type":"track","event":"Button Clicked","userId":"u","messageId":"m-)" +
           QByteArray::number(number) + R"(","properties":)" + properties + '}';
}

} // namespace

class TstHealthWatch final : public QObject
{
    Q_OBJECT

private slots:
    void sameCallTwice_data();
    void sameCallTwice();
    void itsOwnTimeCounts();
    void repeatsCanBeOff();
    void burstIsFoundOnce();
    void burstAcrossWindows();
    void slowCallsAreNoBurst();
    void othersAreNoBurst();
    void serversAreNoBurst();
    void versionsOfOneDay();
    void mutedIsNotAdded();
};

void TstHealthWatch::sameCallTwice_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<std::int64_t>("apartUs");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char *name, const QByteArray &first, const QByteArray &second,
                        std::int64_t apartUs, const QByteArray &found) {
        QTest::newRow(name) << first << second << apartUs << found;
    };
    row("at once", clicked(1), clicked(2), 20'000, "protocol/repeated-call 20\n");
    row("just within", clicked(1), clicked(2), second, "protocol/repeated-call 1000\n");
    row("later", clicked(1), clicked(2), second + 1, "");
    row("second delivery", clicked(1), clicked(1), 20'000, "");
    row("other properties", clicked(1), clicked(2, "{\"a\":2}"), 20'000, "");
    row("no properties", R"({"type":"page","userId":"u","messageId":"1"})",
        R"({"type":"page","userId":"u","messageId":"2"})", 0, "protocol/repeated-call 0\n");
    row("without messageId", R"({"type":"page","userId":"u"})", R"({"type":"page","userId":"u"})", 0,
        "protocol/repeated-call 0\n");
    row("other person", R"({"type":"page","userId":"u"})", R"({"type":"page","userId":"v"})", 0, "");
    row("other type", R"({"type":"page","userId":"u"})", R"({"type":"screen","userId":"u"})", 0, "");
    row("other traits", R"({"type":"identify","userId":"u","traits":{"a":1}})",
        R"({"type":"identify","userId":"u","traits":{"a":2}})", 0, "");
    row("properties as traits", R"({"type":"identify","userId":"u","traits":{"a":1}})",
        R"({"type":"identify","userId":"u","properties":{"a":1}})", 0, "");
    row("other source", R"({"type":"page","userId":"u","writeKey":"FAKE_WRITE_KEY_0002"})",
        R"({"type":"page","userId":"u"})", 0, "");
}

void TstHealthWatch::sameCallTwice()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, second);
    QFETCH(const std::int64_t, apartUs);
    Watched watched;
    QCOMPARE(watched.look(first), QByteArray());
    QTEST(watched.look(second, beganUs + apartUs), "found");
}

void TstHealthWatch::itsOwnTimeCounts()
{
    // A queue sent at once after a time offline holds no repeated calls.
    Watched watched;
    const QByteArray page = R"({"type":"page","userId":"u","timestamp":"2026-11-24T01:17:0)";
    QCOMPARE(watched.look(page + R"(1Z"})"), QByteArray());
    QCOMPARE(watched.look(page + R"(5Z"})"), QByteArray());
    QCOMPARE(watched.look(page + R"(5.5Z"})", beganUs + 60 * second), "protocol/repeated-call 500\n"_ba);
}

void TstHealthWatch::repeatsCanBeOff()
{
    segment::HealthOptions options;
    options.repeatMilliseconds = 0;
    Watched watched(options);
    QCOMPARE(watched.look(clicked(1)), QByteArray());
    QCOMPARE(watched.look(clicked(2)), QByteArray());
}

void TstHealthWatch::burstIsFoundOnce()
{
    Watched watched;
    for (int i = 1; i <= 95; ++i) {
        const QByteArray found =
            watched.look(clicked(i, QByteArray::number(i)), beganUs + i * second / 20); // 20 a second
        const bool isDue = i == 30 || i == 60 || i == 90;
        QCOMPARE(found, isDue ? "protocol/burst " + QByteArray::number(i) + "|10\n" : QByteArray());
    }
}

void TstHealthWatch::burstAcrossWindows()
{
    // One in the first second, the burst around the end of its window.
    Watched watched;
    QCOMPARE(watched.look(clicked(0, "0")), QByteArray());
    int findings = 0;
    for (int i = 1; i <= 40; ++i) {
        const std::int64_t atUs = beganUs + 9 * second + i * second / 20;
        findings += watched.look(clicked(i, QByteArray::number(i)), atUs).isEmpty() ? 0 : 1;
    }
    QCOMPARE(findings, 1);
}

void TstHealthWatch::slowCallsAreNoBurst()
{
    Watched watched;
    for (int i = 1; i <= 200; ++i) {
        QCOMPARE(watched.look(clicked(i, QByteArray::number(i)), beganUs + i * second / 2), QByteArray());
    }
}

void TstHealthWatch::othersAreNoBurst()
{
    Watched watched;
    for (int i = 1; i <= 60; ++i) {
        const QByteArray person = QByteArray::number(i % 6);
        const QByteArray event = R"({"type":"track","event":"E","userId":")" + person + R"(","messageId":")" +
                                 QByteArray::number(i) + R"(","properties":)" + QByteArray::number(i) + '}';
        QCOMPARE(watched.look(event, beganUs + i * second / 20), QByteArray());
    }
}

void TstHealthWatch::serversAreNoBurst()
{
    Watched watched;
    for (int i = 1; i <= 60; ++i) {
        const QByteArray event = R"({"type":"track","event":"Server Load Order","anonymousId":"system",)"
                                 R"("context":{"library":{"name":"@segment/analytics-node"}},"properties":)" +
                                 QByteArray::number(i) + '}';
        QCOMPARE(watched.look(event, beganUs + i * second / 20), QByteArray());
    }
}

void TstHealthWatch::versionsOfOneDay()
{
    constexpr std::int64_t hour = 3'600 * second;
    Watched watched;
    int number = 0;
    const auto from = [&](const QByteArray &library, const QByteArray &version, std::int64_t atUs) {
        return watched.look(R"({"type":"page","messageId":")" + QByteArray::number(++number) +
                                R"(","context":{"library":{"name":")" + library + R"(","version":")" +
                                version + R"("}}})",
                            atUs);
    };
    QCOMPARE(from("analytics.js", "next-1.84.3", beganUs), QByteArray());
    QCOMPARE(from("analytics.js", "npm:next-1.84.3", beganUs + hour), QByteArray());
    QCOMPARE(from("analytics-kotlin", "1.25.0", beganUs + hour + 9 * second), QByteArray());
    QCOMPARE(from("analytics.js", "npm:next-1.81.2", beganUs + 2 * hour),
             "protocol/mixed-versions analytics.js 1.81.2|1.84.3\n"_ba);
    // Said once, however they take turns.
    QCOMPARE(from("analytics.js", "next-1.84.3", beganUs + 3 * hour), QByteArray());
    QCOMPARE(from("analytics.js", "npm:next-1.81.2", beganUs + 4 * hour), QByteArray());
    // An update is none: the old one was last seen days ago.
    QCOMPARE(from("analytics.js", "next-1.90.0", beganUs + 72 * hour), QByteArray());
}

void TstHealthWatch::mutedIsNotAdded()
{
    segment::HealthOptions options;
    options.mutes = {{u"protocol/repeated-call"_s, {}, u"Button*"_s}};
    Watched watched(options);
    QCOMPARE(watched.look(clicked(1)), QByteArray());
    QCOMPARE(watched.look(clicked(2)), QByteArray());
    QCOMPARE(watched.look(R"({"type":"page","userId":"u"})"), QByteArray());
    QCOMPARE(watched.look(R"({"type":"page","userId":"u"})"), "protocol/repeated-call 0\n"_ba);
}

QTEST_GUILESS_MAIN(TstHealthWatch)
#include "tst_healthwatch.moc"
