// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

#include "event/event.h"

#include <set>

#include <QTest>

using namespace Qt::StringLiterals;
using event::Finding;
using event::RuleId;
using event::Severity;

namespace {

std::vector<Finding> someFindings()
{
    return {{RuleId::PlanRequired,
             Severity::Error,
             json::Pointer("/properties/order~1id"),
             {u"order/id"_s, u""_s},
             json::Pointer("/properties/properties/required")},
            {RuleId::NameCasing,
             Severity::Warning,
             {},
             {u"order_done"_s, u"Title Case"_s, u"Gr\u00fc\u00dfe \U0001F355"_s}},
            {RuleId::PrivacyEmailAnonymous, Severity::Warning, json::Pointer("/traits/email"), {}}};
}

} // namespace

class TstEvent : public QObject
{
    Q_OBJECT

private slots:
    void stateFollowsFindings()
    {
        const event::EventState state = event::stateFor(event::Status::Violation, someFindings(),
                                                        static_cast<std::uint8_t>(event::Flag::Bookmark));
        QCOMPARE(state.status, event::Status::Violation);
        QCOMPARE(state.findings, 3);
        QCOMPARE(state.worst, Severity::Error);
        QCOMPARE(state.topRule, static_cast<std::uint16_t>(RuleId::PlanRequired));
        QVERIFY(state.has(event::Flag::Lint) && state.has(event::Flag::Privacy) &&
                state.has(event::Flag::Bookmark));
        QVERIFY(!state.has(event::Flag::Protocol) && !state.has(event::Flag::Note));
        QCOMPARE(event::stateFor(event::Status::Valid, {}, 0).topRule, 0);
    }

    void findingsOfOlderStoresAreRead()
    {
        // As written before findings knew their place in the schema.
        const QByteArray old =
            QByteArrayLiteral("\x09plan/type\x02\x0d/properties/q\x03\x07integer\x06string\x01"
                              "2"
                              "\x0bname/casing\x01\x00\x00");
        const std::vector<Finding> findings{{RuleId::PlanType,
                                             Severity::Error,
                                             json::Pointer("/properties/q"),
                                             {u"integer"_s, u"string"_s, u"2"_s}},
                                            {RuleId::NameCasing, Severity::Warning, {}, {}}};
        QCOMPARE(event::decodeFindings(old), findings);
        QCOMPARE(event::encodeFindings(findings), old);
    }

    void topRuleIsTheFirstOfTheWorst()
    {
        const std::vector<Finding> findings{{RuleId::ProtocolTimestamp, Severity::Info, {}, {}},
                                            {RuleId::NameTense, Severity::Warning, {}, {}},
                                            {RuleId::NameCasing, Severity::Warning, {}, {}}};
        const event::EventState state = event::stateFor(event::Status::Valid, findings, 0);
        QCOMPARE(state.topRule, static_cast<std::uint16_t>(RuleId::NameTense));
        QCOMPARE(state.worst, Severity::Warning);
    }

    void findingsSurviveTheStore()
    {
        QCOMPARE(event::decodeFindings(event::encodeFindings(someFindings())), someFindings());
        QVERIFY(event::encodeFindings({}).isEmpty());
        QVERIFY(event::decodeFindings({}).empty());
    }

    void damagedFindingsGiveWhatIsLeft()
    {
        const QByteArray whole = event::encodeFindings(someFindings());
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const std::vector<Finding> read = event::decodeFindings(QByteArrayView(whole).first(size));
            QVERIFY(read.size() < someFindings().size());
            for (std::size_t i = 0; i < read.size(); ++i) {
                QCOMPARE(read[i], someFindings()[i]);
            }
        }
        QByteArray noise = whole;
        for (qsizetype i = 0; i < noise.size(); ++i) {
            noise[i] = '\xff';
            QVERIFY(event::decodeFindings(noise).size() <= 3U);
        }
    }

    void digest()
    {
        const event::FindingsDigest digest = event::digest(someFindings());
        QVERIFY(digest.hasAny);
        QCOMPARE(digest.worst, Severity::Error);
        QCOMPARE(digest.kinds, 0b111U);
        QVERIFY(!event::digest({}).hasAny);
    }

    void ruleWordsAreUniqueAndReadBack()
    {
        std::set<std::string_view> words;
        for (std::uint16_t i = 0; i < event::ruleCount(); ++i) {
            const auto rule = static_cast<RuleId>(i);
            QVERIFY(words.insert(event::word(rule)).second);
            QCOMPARE(event::ruleFromWord(event::word(rule)), rule);
        }
        QCOMPARE(event::ruleFromWord("plan/of-tomorrow"), RuleId::Unknown);
        QCOMPARE(event::word(static_cast<RuleId>(60'000)), std::string_view("unknown"));
    }

    void wordsReadBack()
    {
        for (int i = 1; i < 7; ++i) {
            const auto type = static_cast<event::CallType>(i);
            QCOMPARE(event::callTypeFromWord(event::word(type)), std::optional(type));
        }
        for (int i = 0; i < 5; ++i) {
            const auto status = static_cast<event::Status>(i);
            QCOMPARE(event::statusFromWord(event::word(status)), std::optional(status));
        }
        for (int i = 0; i < 3; ++i) {
            const auto severity = static_cast<Severity>(i);
            QCOMPARE(event::severityFromWord(event::word(severity)), std::optional(severity));
        }
        QVERIFY(!event::callTypeFromWord("") && !event::callTypeFromWord("Track") &&
                !event::statusFromWord("ok"));
    }
};

QTEST_GUILESS_MAIN(TstEvent)
#include "tst_event.moc"
