// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "segment/curlcommand.h"

#include <QTest>

using namespace Qt::StringLiterals;
using segment::ShellCommand;

namespace {

QByteArray describe(const segment::WrittenRequest &request)
{
    QByteArray text = request.method + ' ' + request.url;
    for (const http::Header &header : request.headers) {
        text += '|' + header.name + ':' + header.value;
    }
    return text + "|[" + request.body + ']';
}

/// Requests of every curl command in the text, or why there are none.
QByteArrayList requestsOf(const QByteArray &text)
{
    QByteArrayList all;
    for (const ShellCommand &command : segment::shellCommands(text)) {
        if (!segment::isCurl(command)) {
            continue;
        }
        const auto requests = segment::curlRequests(command);
        if (!requests) {
            all << requests.error().what.toUtf8();
            continue;
        }
        for (const segment::WrittenRequest &request : *requests) {
            all << describe(request);
        }
    }
    return all;
}

} // namespace

/// Commands as people write them, and as browsers copy them for bash and for cmd: what curl would send.
class TstCurlCommand : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void words();
    void requests_data();
    void requests();
    void refusals_data();
    void refusals();
    void tellsCurlByItsLine_data();
    void tellsCurlByItsLine();
};

void TstCurlCommand::words_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected"); // of the last command
    const auto row = [](const char *name, const char *text, const QByteArrayList &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("plain", "a b\tc", {"a", "b", "c"});
    row("single quotes keep everything", R"(a '$x "\n" # ; & |')", {"a", R"($x "\n" # ; & |)"});
    row("double quotes escape few letters", R"(a "\"\\\$\`\n")", {"a", R"("\$`\n)"});
    row("quotes join with what is beside them", R"(a'b'"c"d)", {"abcd"});
    row("an apostrophe the POSIX way", R"('it'\''s')", {"it's"});
    row("an empty word", "a '' \"\"", {"a", "", ""});
    row("ANSI-C letters", R"(a $'\n\t\\\'\"\e')", {"a", "\n\t\\'\"\x1b"});
    row("ANSI-C numbers", R"(a $'\x41\101\u0021\u00e9\U0001F600')", {"a", "AA!\u00e9\U0001F600"});
    row("ANSI-C surrogates as browsers write them", R"(a $'\ud83d\ude00')", {"a", "\U0001F600"});
    row("ANSI-C lone surrogate", R"(a $'\ud83d!')", {"a", "\uFFFD!"});
    row("ANSI-C unknown letter stays", R"(a $'\q')", {"a", "\\q"});
    row("a line goes on", "a \\\n b \\\r\n c", {"a", "b", "c"});
    row("a comment ends with its line", "a b # c 'd\n", {"a", "b"});
    row("a hash within a word is none", "a b#c", {"a", "b#c"});
    row("variables stay as they are", "a $KEY \"${KEY}:\" $", {"a", "$KEY", "${KEY}:", "$"});
    row("commands end at separators", "x y; a b", {"a", "b"});
    row("commands end at and", "x && a", {"a"});
    row("commands end at line ends", "x\n\na", {"a"});
    row("redirections are left out", "a b 2>&1 >out.txt &> all.txt", {"a", "b"});
    row("cmd carets join lines", "a ^\n b ^\r\n c", {"a", "b", "c"});
    row("cmd quotes with carets", R"(a ^"b c^" ^"^{^\^"d^\^":1^}^")", {"a", "b c", R"({"d":1})"});
    row("cmd line end in a value", "a ^\"b^\n\nc^\"", {"a", "b\nc"});
    row("cmd percent", R"(a ^"50^%^2F^" ^"50%^41^")", {"a", "50%2F", "50%41"});
    row("cmd doubled backslashes", R"(a ^"^\^\n ^\^\^\^"^")", {"a", R"(\n \")"});
    row("cmd doubled quotes of Firefox", R"(a "{""b"":""c d""}")", {"a", R"({"b":"c d"})"});
    row("cmd separators within quotes", "a ^\n ^\"b&c|d^\" ^& e", {"a", "b&c|d", "&", "e"});
}

void TstCurlCommand::words()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    const std::vector<ShellCommand> commands = segment::shellCommands(text);
    QVERIFY(!commands.empty());
    QCOMPARE(commands.back().problem, QString());
    QCOMPARE(commands.back().words, expected);
}

void TstCurlCommand::requests_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const char *text, const QByteArrayList &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    const QByteArray form = "|Content-Type:application/x-www-form-urlencoded";
    const QByteArray basic = "|Authorization:Basic S0VZOg==";
    row("of Segment's documentation",
        "curl https://api.segment.io/v1/track -u KEY: -H 'Content-Type: application/json' -X POST -d '{\n"
        "  \"event\": \"A\"\n}'",
        {"POST https://api.segment.io/v1/track|Content-Type:application/json" + basic +
         "|[{\n  \"event\": \"A\"\n}]"});
    row("a user without a colon", "curl h.io -u KEY", {"GET http://h.io" + basic + "|[]"});
    row("Chrome for bash",
        "curl 'https://api.segment.io/v1/t' \\\n  -H 'content-type: text/plain' \\\n"
        "  --data-raw $'{\"event\":\"It\\'s \\u0021\"}' \\\n  --compressed",
        {"POST https://api.segment.io/v1/t|content-type:text/plain|[{\"event\":\"It's !\"}]"});
    row("Chrome for cmd",
        "curl ^\"https://api.segment.io/v1/t?a=1^&b=2^\" ^\n  -H ^\"content-type: text/plain^\" ^\n"
        "  --data-raw ^\"^{^\\^\"event^\\^\":^\\^\"50^% ^& more^\\^\"^}^\" ^\n  --insecure",
        {"POST https://api.segment.io/v1/t?a=1&b=2|content-type:text/plain|[{\"event\":\"50% & more\"}]"});
    row("Firefox for bash",
        "curl 'https://api.segment.io/v1/p' --compressed -X POST -H 'User-Agent: Mozilla/5.0' "
        "-H 'Content-Type: text/plain' --data-raw '{\"a\":1}'",
        {"POST https://api.segment.io/v1/p|User-Agent:Mozilla/5.0|Content-Type:text/plain|[{\"a\":1}]"});
    row("Postman",
        "curl --location --globoff 'https://api.segment.io/v1/track' \\\n--header 'Authorization: Basic "
        "S0VZOg==' \\\n--data '{\"a\":1}'",
        {"POST https://api.segment.io/v1/track" + basic + form + "|[{\"a\":1}]"});
    row("options in one word", "curl -sSkXPUT -d1 h.io", {"PUT http://h.io" + form + "|[1]"});
    row("options of no interest",
        "curl -o /dev/null -w '%{http_code}' --max-time 5 -x proxy:1 --retry 3 --no-progress-meter h.io",
        {"GET http://h.io|[]"});
    row("several -d are joined", "curl h.io -d a=1 -d b=2", {"POST http://h.io" + form + "|[a=1&b=2]"});
    row("--json", "curl h.io --json '{\"a\":' --json '1}'",
        {"POST http://h.io|Content-Type:application/json|Accept:application/json|[{\"a\":1}]"});
    row("--data-raw with an at sign", "curl h.io --data-raw @x", {"POST http://h.io" + form + "|[@x]"});
    row("--data-urlencode", "curl h.io --data-urlencode 'data={\"a\":1}' --data-urlencode '=b c'",
        {"POST http://h.io" + form + "|[data=%7B%22a%22%3A1%7D&b%20c]"});
    row("-G puts the data into the address", "curl -G 'h.io/v1/pixel/track?x=1#top' -d event=A",
        {"GET http://h.io/v1/pixel/track?x=1&event=A#top|[]"});
    row("--url and --url-query", "curl --url h.io/a --url-query 'q=a b'", {"GET http://h.io/a?q=a%20b|[]"});
    row("a header left out and an empty one", "curl h.io -H 'User-Agent:' -H 'X-Empty;' -A agent",
        {"GET http://h.io|X-Empty:|[]"});
    row("agent, referer, cookie, bearer", "curl h.io -A a/1 -e r.io -b c=1 --oauth2-bearer T",
        {"GET http://h.io|User-Agent:a/1|Referer:r.io|Cookie:c=1|Authorization:Bearer T|[]"});
    row("two addresses", "curl -d 1 a.io b.io",
        {"POST http://a.io" + form + "|[1]", "POST http://b.io" + form + "|[1]"});
    row("--next begins anew", "curl -d 1 a.io --next b.io",
        {"POST http://a.io" + form + "|[1]", "GET http://b.io|[]"});
    row("several commands among others", "export KEY=1\ncurl a.io\n# then\nsleep 1 && curl b.io | jq .",
        {"GET http://a.io|[]", "GET http://b.io|[]"});
    row("behind a prompt and assignments", "$ curl a.io\nKEY=1 sudo /usr/bin/curl b.io\ncurl.exe c.io",
        {"GET http://a.io|[]", "GET http://b.io|[]", "GET http://c.io|[]"});
    row("a here-document as the body", "curl h.io -d @- <<'END'\n{\"a\":\n1}\nEND\ncurl b.io",
        {"POST http://h.io" + form + "|[{\"a\":1}]", "GET http://b.io|[]"});
    row("a here-document kept whole", "curl h.io --data-binary @- <<-END\n\t{\n\t}\n\tEND\n",
        {"POST http://h.io" + form + "|[{\n}\n]"});
    row("a here-document through a pipe", "cat <<END | curl h.io -d @-\n{}\nEND\n",
        {"POST http://h.io" + form + "|[{}]"});
    row("a here-string", "curl h.io -d @- <<< '{}'", {"POST http://h.io" + form + "|[{}]"});
}

void TstCurlCommand::requests()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    QCOMPARE(requestsOf(text), expected);
}

void TstCurlCommand::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const char *text, const char *says) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(says);
    };
    row("a file", "curl h.io -d @/etc/passwd", "Its body is in the file /etc/passwd, which is not read");
    row("a file of --json", "curl h.io --json @a.json", "Its body is in the file a.json");
    row("a file of --data-urlencode", "curl h.io --data-urlencode name@a.txt",
        "Its body is in the file a.txt");
    row("a file to upload", "curl h.io -T a.json", "Its body is in the file a.json");
    row("standard input", "curl h.io -d @-", "Its body comes from standard input");
    row("a file behind <", "curl h.io -d @- < a.json", "It reads the file a.json");
    row("headers of a file", "curl h.io -H @a.txt", "Its headers are in the file a.txt");
    row("options of a file", "curl -K a.conf", "It reads its options from the file a.conf");
    row("a form", "curl h.io -F a=b", "It sends a form");
    row("another command", "curl h.io -d \"$(cat a.json)\"", "It takes a part from another command");
    row("another command in backticks", "curl h.io -d `date`", "It takes a part from another command");
    row("an open quote", "curl h.io -d '{\"a\":1}", "A quote (') is not closed.");
    row("an open quote of cmd", "curl ^\"h.io^\" ^\n -d ^\"a", "A quote (\") is not closed.");
    row("no address", "curl -d 1", "The command names no address.");
    row("no value", "curl h.io -d", "Its last option has no value.");
    row("a stray word", "curl h.io stray", "A word in it is neither an option nor an address");
}

void TstCurlCommand::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const QByteArrayList answers = requestsOf(text);
    QCOMPARE(answers.size(), 1);
    QVERIFY2(answers.front().startsWith(says), answers.front().constData());
}

void TstCurlCommand::tellsCurlByItsLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isCurl");
    QTest::newRow("first line") << QByteArray("curl h.io") << true;
    QTest::newRow("behind a prompt") << QByteArray("  $ curl h.io") << true;
    QTest::newRow("behind other lines") << QByteArray("# send it\nKEY=1\ncurl \\\n h.io") << true;
    QTest::newRow("of Windows") << QByteArray("curl.exe h.io") << true;
    QTest::newRow("prose about it") << QByteArray("Use curl for it") << false;
    QTest::newRow("another word") << QByteArray("curly") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TstCurlCommand::tellsCurlByItsLine()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isCurl);
    QCOMPARE(segment::looksLikeCurl(text), isCurl);
}

QTEST_GUILESS_MAIN(TstCurlCommand)
#include "tst_curlcommand.moc"
