// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/ecmaregex.h"
#include "schema/pattern.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using schema::Match;
using schema::Pattern;

class TstPattern : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void asV8Does();
    void refused_data();
    void refused();
    void goSyntaxIsReadAndSaid();
    void engineIsTheCheapest_data();
    void engineIsTheCheapest();
    void runawaysEnd_data();
    void runawaysEnd();
    void longInnocentTexts();
    void cacheGivesOneForAll();
};

void TstPattern::matches_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isMatch");
    const auto row = [](const char *pattern, const char *text, bool isMatch) {
        QTest::addRow("/%s/ on \"%s\"", pattern, text) << QByteArray(pattern) << QByteArray(text) << isMatch;
    };
    row("b", "abc", true); // searches, is not anchored
    row("^abc$", "abc", true);
    row("^abc$", "abc\n", false); // $ is the very end
    row("^$", "", true);
    row("a.c", "a\nc", false);
    row("a.c",
        "a\xe2\x80\xa8"
        "c",
        false);                         // U+2028 ends a line
    row("^\\S$", "\xc2\xa0", false);    // a no-break space is space in ECMA-262
    row("^\\s$", "\xef\xbb\xbf", true); // so is the byte order mark
    row("^[\\s]+$", " \xe3\x80\x80\t", true);
    row("^[^\\S]$", "\xc2\xa0", true);
    row("^[\\S]$", "\xc3\xa9", true);
    row("^\\d$", "\xd9\xa3", false); // ASCII digits only
    row("^\\w+$", "caf\xc3\xa9", false);
    row("^\\W$", "\xc3\xa9", true);
    row("^\\p{Letter}+$", "caf\xc3\xa9", true);
    row("^\\p{Lu}$", "\xc3\x89", true);
    row("^\\p{Script=Greek}+$", "\xce\xb1\xce\xb2", true);
    row("^\\P{L}$", "1", true);
    row("^\\cJ$", "\n", true);
    row("^\\u0041$", "A", true);
    row("^\\u{1F600}$", "\xf0\x9f\x98\x80", true);
    row("^\\uD83D\\uDE00$", "\xf0\x9f\x98\x80", true);
    row("^.$", "\xf0\x9f\x98\x80", true); // one code point
    row("^[\xf0\x9f\x98\x80]$", "\xf0\x9f\x98\x80", true);
    row("^\\x41\\0?$", "A", true);
    row("^[\\b]$", "\b", true);
    row("^[^]$", "\n", true);
    row("[]", "a", false);
    row("^a{2,3}$", "aaaa", false);
    row("^a{2,}$", "aaaa", true);
    row("^a{,3}$", "a{,3}", true); // no quantifier in ECMA-262
    row("^x{$", "x{", true);
    row("^]$", "]", true);
    row("^[\\w-]+$", "a-b", true);
    row("^[a\\-z]$", "b", false);
    row("^[\\d-x]+$", "1-x", true);
    row("^(?:ab)+?$", "abab", true);
    row("^(?<year>[0-9]{4})$", "2026", true);
    row("^(a)(?=b)", "ab", true);
    row("^(?!foo)", "foobar", false);
    row("(?<=\\$)42", "$42", true);
    row("(?<!\\$)42", "$42", false);
    row("^(['\"]).*\\1$", "'a'", true);
    row("^(['\"]).*\\1$", "'a\"", false);
    row("^(?<q>.)\\k<q>$", "aa", true);
    row("^(?:(a)|b)\\1$", "b", true); // a group that took no part matches the empty text
    row("\\bfoo\\b", "a foo b", true);
    row("^\\/\\-\\@$", "/-@", true);
    row("^a{1,5000}$", "aaa", true); // beyond RE2's repetitions
    row("\\uD800", "\xef\xbf\xbd", false);
}

void TstPattern::matches()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(bool, isMatch);
    const auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY2(compiled.has_value(), compiled ? "" : qPrintable(compiled.error().oneLine()));
    QVERIFY(!(*compiled)->isGoSyntax());
    QVERIFY((*compiled)->search(text.toStdString()) == (isMatch ? Match::Yes : Match::No));
}

void TstPattern::asV8Does()
{
    // Random patterns and texts with the verdicts of Node's `new RegExp(pattern, "u").test(text)`.
    QFile file(QString::fromLatin1(TRACKSIDE_TEST_DATA) + u"/schema/patterns.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto cases = nlohmann::json::parse(file.readAll().toStdString());
    QVERIFY(cases.size() >= 500);
    for (const auto &one : cases) {
        const auto compiled = Pattern::compile(one["pattern"]);
        QVERIFY2(compiled.has_value(), one.dump().c_str());
        const Match expected = one["matches"] ? Match::Yes : Match::No;
        QVERIFY2((*compiled)->search(one["text"].get<std::string>()) == expected, one.dump().c_str());
    }
}

void TstPattern::refused_data()
{
    QTest::addColumn<QByteArray>("pattern");
    for (const char *pattern : {"(",
                                ")",
                                "[a",
                                "a**",
                                "*a",
                                "a{3,1}",
                                "[z-a]",
                                "(?<>a)",
                                "\\",
                                "a\\",
                                "\\2(a)",
                                "\\k<x>",
                                "\\u12",
                                "\\x1",
                                "\\u{110000}",
                                "(?>a)",
                                "a++",
                                "\\p",
                                "\\p{Nonsense}",
                                "[a\\",
                                "(?"}) {
        QTest::addRow("/%s/", pattern) << QByteArray(pattern);
    }
}

void TstPattern::refused()
{
    QFETCH(QByteArray, pattern);
    const auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY(!compiled.has_value());
    QVERIFY(compiled.error().what.contains(QString::fromUtf8(pattern)));
    QVERIFY(!compiled.error().why.isEmpty());
}

void TstPattern::goSyntaxIsReadAndSaid()
{
    const auto compiled = Pattern::compile("(?i)^spring|fall\\z");
    QVERIFY(compiled.has_value());
    QVERIFY((*compiled)->isGoSyntax());
    QVERIFY((*compiled)->search("SPRING") == Match::Yes);
}

void TstPattern::engineIsTheCheapest_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("needsBacktracking");
    QTest::newRow("plain") << "^del_[0-9]+$"_ba << false;
    QTest::newRow("nested repetition") << "^(a|a)*$"_ba << false;
    QTest::newRow("look-ahead") << "^(?=a)"_ba << true;
    QTest::newRow("back-reference") << "(a)\\1"_ba << true;
}

void TstPattern::engineIsTheCheapest()
{
    QFETCH(QByteArray, pattern);
    QFETCH(bool, needsBacktracking);
    const auto translated = schema::translateEcmaPattern(pattern.toStdString());
    QVERIFY(translated.has_value());
    QCOMPARE(translated->needsBacktracking, needsBacktracking);
}

void TstPattern::runawaysEnd_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("expected");
    const QByteArray letters(30, 'a');
    // An automaton has no runaways; V8 takes seconds for the first two, std::regex crashes on the last.
    QTest::newRow("ambiguous repetition") << "^(a|a)*$"_ba << letters + "!" << int(Match::No);
    QTest::newRow("nested repetition") << "^(([a-z])+.)+[A-Z]([a-z])+$"_ba << letters + "!" << int(Match::No);
    QTest::newRow("long text") << "^(a|b)*$"_ba << QByteArray(200'000, 'a') + "!" << int(Match::No);
    // These only backtracking holds: the step limit, which is no verdict.
    QTest::newRow("look-ahead with nested repetition")
        << "^(?=(a+)+$)b"_ba << letters + "!" << int(Match::Limit);
    QTest::newRow("back-reference after nested repetition")
        << "^(a+)+\\1\\1\\1b"_ba << QByteArray(64, 'a') + "!b"_ba << int(Match::Limit);
    QTest::newRow("negative look-ahead") << "^(?!(x+x+)+y).*$"_ba << QByteArray(40, 'x') << int(Match::Limit);
}

void TstPattern::runawaysEnd()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(int, expected);
    const auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY(compiled.has_value());
    QCOMPARE(int((*compiled)->search(text.toStdString())), expected);
}

void TstPattern::longInnocentTexts()
{
    const std::string megabyte(1 << 20, 'a');
    QVERIFY((*Pattern::compile("^[a-z]*$"))->search(megabyte) == Match::Yes);
    QVERIFY((*Pattern::compile("^(?=a)[a-z]*$"))->search(megabyte) == Match::Yes);
    QVERIFY((*Pattern::compile("(a)\\1$"))->search("xxaa") == Match::Yes);
}

void TstPattern::cacheGivesOneForAll()
{
    schema::PatternCache cache;
    const auto one = cache.get("^a+$");
    const auto other = cache.get("^a+$");
    QVERIFY(one.has_value() && other.has_value());
    QVERIFY(one->get() == other->get());
    QVERIFY(!cache.get("(").has_value());
}

QTEST_GUILESS_MAIN(TstPattern)
#include "tst_pattern.moc"
