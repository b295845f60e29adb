// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "intake/sourcebook.h"

#include "segment/decode.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Reads = segment::SourceResolver::Reads;

namespace {

const QByteArray key = "FAKE_WRITE_KEY_0001";

intake::SourceConfig source(const QString &name, intake::SourceMatch match)
{
    intake::SourceConfig config;
    config.id = name.toLower().replace(u' ', u'-');
    config.name = name;
    config.match = std::move(match);
    return config;
}

intake::SourceMatch filtered(const QString &filter)
{
    intake::SourceMatch match;
    match.filter = filter;
    return match;
}

std::shared_ptr<const intake::SourceBook> book(std::vector<intake::SourceConfig> configs)
{
    auto compiled = intake::SourceBook::compile(std::move(configs));
    return compiled ? *compiled : nullptr;
}

} // namespace

class TstSourceBook final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void everyPartMustMatch();
    void firstMatchWins();
    void saysWhatItReads();
    void findsByKeyAndName();
    void refuses_data();
    void refuses();
    void decodedEventsAreOfTheirSource();
    void rejectedRequestsHaveOneToo();
    void survivesItsJson();
    void refusesJson_data();
    void refusesJson();
    void presetIsUsable();

private:
    event::SourceKey sourceOf(std::shared_ptr<const segment::SourceResolver> sources, const QByteArray &body,
                              std::vector<http::Header> headers = {})
    {
        segment::DecodeOptions options;
        options.sources = std::move(sources);
        event::CapturedRequest captured;
        captured.request.method = "POST";
        captured.request.target = "/v1/batch";
        captured.request.headers = std::move(headers);
        captured.request.body = body;
        segment::Decoded decoded = segment::decode(captured, m_parser, options);
        return decoded.events.empty() ? decoded.request.events.front().source
                                      : decoded.events.back().draft.source;
    }

    json::Parser m_parser;
};

void TstSourceBook::finds_data()
{
    QTest::addColumn<int>("part"); ///< 0 keys, 1 libraries, 2 apps, 3 user agents, 4 hosts, 5 filter
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<bool>("isFound");
    const QByteArray context =
        R"({"type":"track","event":"Order Paid","userId":"u","properties":{"shop":"north"},"context":{)"
        R"("library":{"name":"@segment/analytics-node","version":"3.1.0"},"app":{"name":"Coco Shop",)"
        R"("namespace":"com.example.coco"},"userAgent":"Mozilla/5.0 X11","page":{"url":)"
        R"("https://shop.example.com:8443/cart"}}})";
    const auto row = [&](const char *name, int part, const QString &pattern, bool isFound) {
        QTest::newRow(name) << part << pattern << context << isFound;
    };
    row("another key", 0, u"0123456789abcdef"_s, false);
    row("library and version", 1, u"analytics-node 3*"_s, true);
    row("library as it calls itself", 1, u"@segment/*"_s, true);
    row("library without its version", 1, u"@segment/analytics-node"_s, true);
    row("another library", 1, u"analytics.js*"_s, false);
    row("app", 2, u"coco*"_s, true);
    row("namespace", 2, u"com.example.coco"_s, true);
    row("another app", 2, u"coco"_s, false);
    row("user agent of the request", 3, u"curl/*"_s, true);
    row("user agent of the context", 3, u"mozilla*x11*"_s, true);
    row("another user agent", 3, u"okhttp*"_s, false);
    row("page", 4, u"shop.example.com"_s, true);
    row("page with its port", 4, u"shop.example.com:8443"_s, true);
    row("origin", 4, u"*.origin.test"_s, true);
    row("request's host", 4, u"events.example.com"_s, true);
    row("another host", 4, u"example.com"_s, false);
    row("filter", 5, u"prop.shop:north"_s, true);
    row("filter on the name", 5, u"event:\"Order *\" type:track"_s, true);
    row("another filter", 5, u"prop.shop:south"_s, false);
    row("filter that excludes", 5, u"-user:u"_s, false);
}

void TstSourceBook::finds()
{
    QFETCH(const int, part);
    QFETCH(const QString, pattern);
    QFETCH(const QByteArray, event);
    QFETCH(const bool, isFound);
    intake::SourceMatch match;
    if (part == 5) {
        match.filter = pattern;
    } else {
        QStringList *const lists[] = {&match.keyHashes, &match.libraries, &match.apps, &match.userAgents,
                                      &match.hosts};
        *lists[part] = {u"no such thing"_s, pattern};
    }
    const auto compiled = book({source(u"Shop"_s, match)});
    QVERIFY(compiled != nullptr);
    auto parsed = m_parser.parse(event);
    QVERIFY(parsed.has_value());
    const segment::SourceFacts facts{key.toStdString(),        (*parsed)->root(),      "curl/7.88.1",
                                     "events.example.com:443", "http://a.origin.test", "fedcba9876543210"};
    QCOMPARE(compiled->find(facts) != nullptr, isFound);
}

void TstSourceBook::everyPartMustMatch()
{
    intake::SourceMatch match;
    match.apps = {u"Shop"_s};
    match.filter = u"type:page"_s;
    const auto named =
        std::make_shared<intake::NamedSources>(book({source(u"Pages"_s, match)}), QHash<QString, QString>());
    const QByteArray app = R"(,"context":{"app":{"name":"Shop"}}})";
    QCOMPARE(sourceOf(named, R"({"type":"page")" + app).suggestedName, u"Pages"_s);
    QCOMPARE(sourceOf(named, R"({"type":"track","writeKey":"FAKE_WRITE_KEY_0001")" + app).suggestedName,
             u"Shop"_s);
    QCOMPARE(sourceOf(named, R"({"type":"page","writeKey":"FAKE_WRITE_KEY_0001"})").suggestedName,
             u"source …0001"_s);
}

void TstSourceBook::firstMatchWins()
{
    const auto compiled =
        book({source(u"Tracks"_s, filtered(u"type:track"_s)), source(u"All"_s, filtered(u"type:*"_s)),
              source(u"Never"_s, filtered(u"type:track"_s))});
    QVERIFY(compiled != nullptr);
    const auto named = std::make_shared<intake::NamedSources>(compiled, QHash<QString, QString>());
    QCOMPARE(sourceOf(named, R"({"type":"track","event":"E"})").suggestedName, u"Tracks"_s);
    QCOMPARE(sourceOf(named, R"({"type":"page"})").suggestedName, u"All"_s);
    // Of one request, each event for itself.
    QCOMPARE(sourceOf(named, R"({"batch":[{"type":"track","event":"E"},{"type":"page"}]})").suggestedName,
             u"All"_s);
}

void TstSourceBook::saysWhatItReads()
{
    intake::SourceMatch byKey;
    byKey.keyHashes = {u"0123456789abcdef"_s};
    intake::SourceMatch byApp = byKey;
    byApp.apps = {u"Shop"_s};
    QCOMPARE(book({})->reads(), Reads::Key);
    QCOMPARE(book({source(u"A"_s, byKey)})->reads(), Reads::Key);
    QCOMPARE(book({source(u"A"_s, byKey), source(u"B"_s, byApp)})->reads(), Reads::Context);
    QCOMPARE(book({source(u"B"_s, byApp), source(u"C"_s, filtered(u"shoes"_s))})->reads(), Reads::Event);
}

void TstSourceBook::findsByKeyAndName()
{
    intake::SourceMatch byKey;
    byKey.keyHashes = {u"0123456789abcdef"_s};
    intake::SourceMatch byApp = byKey;
    byApp.apps = {u"Shop"_s};
    const auto compiled = book({source(u"App"_s, byApp), source(u"Key"_s, byKey)});
    QCOMPARE(compiled->findByKey("0123456789abcdef")->name, u"Key"_s);
    QVERIFY(compiled->findByKey("0000000000000000") == nullptr);
    QCOMPARE(compiled->findByName(u"aPP"_s)->name, u"App"_s);
    QVERIFY(compiled->findByName(u"Kiosk"_s) == nullptr);
}

void TstSourceBook::refuses_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("ids");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("says");
    QTest::newRow("no name") << QStringList{u" "_s} << QStringList{u"a"_s} << u"type:page"_s << u"no name"_s;
    QTest::newRow("no id") << QStringList{u"A"_s} << QStringList{QString()} << u"type:page"_s << u"no id"_s;
    QTest::newRow("two of one id") << QStringList{u"A"_s, u"B"_s} << QStringList{u"a"_s, u"a"_s}
                                   << u"type:page"_s << u"\"A\" has the same id"_s;
    QTest::newRow("two of one name") << QStringList{u"A"_s, u"a"_s} << QStringList{u"a"_s, u"b"_s}
                                     << u"type:page"_s << u"same name"_s;
    QTest::newRow("nothing to match by")
        << QStringList{u"A"_s} << QStringList{u"a"_s} << u" "_s << u"Nothing says"_s;
    QTest::newRow("broken filter") << QStringList{u"A"_s} << QStringList{u"a"_s} << u"type:nonsense"_s
                                   << u"no filter expression"_s;
}

void TstSourceBook::refuses()
{
    QFETCH(const QStringList, names);
    QFETCH(const QStringList, ids);
    QFETCH(const QString, filter);
    QFETCH(const QString, says);
    std::vector<intake::SourceConfig> configs;
    for (qsizetype i = 0; i < names.size(); ++i) {
        configs.push_back(source(names[i], filtered(filter)));
        configs.back().id = ids[i];
    }
    const auto compiled = intake::SourceBook::compile(configs);
    QVERIFY(!compiled.has_value());
    QCOMPARE(compiled.error().code, base::ErrorCode::BadInput);
    QVERIFY2(compiled.error().why.contains(says), qPrintable(compiled.error().oneLine()));
    QVERIFY(!compiled.error().fix.isEmpty());
}

void TstSourceBook::decodedEventsAreOfTheirSource()
{
    const QByteArray body = R"({"type":"page","writeKey":")" + key + R"("})";
    const QString hash = QString::fromLatin1(sourceOf(nullptr, body).keyHash);
    intake::SourceMatch match;
    match.keyHashes = {hash};
    const auto configured = std::make_shared<intake::NamedSources>(
        book({source(u"Tracker UI"_s, match)}), QHash<QString, QString>{{hash, u"old name"_s}});
    const event::SourceKey found = sourceOf(configured, body);
    QCOMPARE(found.keyHash, "rule:tracker-ui"_ba);
    QCOMPARE(found.suggestedName, u"Tracker UI"_s);
    QCOMPARE(found.maskedKey, u"…0001"_s);

    const auto named =
        std::make_shared<intake::NamedSources>(nullptr, QHash<QString, QString>{{hash, u"Web shop"_s}});
    QCOMPARE(sourceOf(named, body).suggestedName, u"Web shop"_s);
    QCOMPARE(sourceOf(named, body).keyHash, hash.toLatin1());
}

void TstSourceBook::rejectedRequestsHaveOneToo()
{
    intake::SourceMatch byHost;
    byHost.hosts = {u"shop.example.com"_s};
    const auto named = std::make_shared<intake::NamedSources>(
        book({source(u"Filtered"_s, filtered(u"type:*"_s)), source(u"Shop"_s, byHost)}),
        QHash<QString, QString>());
    QCOMPARE(sourceOf(named, "{", {{"Origin", "https://shop.example.com"}}).suggestedName, u"Shop"_s);
}

void TstSourceBook::survivesItsJson()
{
    intake::SourceConfig full;
    full.id = u"küche"_s;
    full.name = u"Küche \"x\""_s;
    full.match = {{u"0123456789abcdef"_s}, {u"a*"_s}, {u"b"_s, u"c"_s}, {u"d"_s}, {u"e"_s}, u"type:page"_s};
    full.color = 8;
    full.isMuted = true;
    full.plans = {u"/a/plan.json"_s};
    full.conventions = u"segment"_s;
    full.destinations = {u"Amplitude"_s};
    full.maskedKeys = {u"…a1b2"_s};
    const std::vector<intake::SourceConfig> configs{full, source(u"Small"_s, filtered(u"x"_s))};
    const auto read = intake::sourcesFromJson(intake::toJson(configs));
    QVERIFY(read.has_value());
    QCOMPARE(*read, configs);
}

void TstSourceBook::refusesJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << "{"_ba << u"not valid JSON"_s;
    QTest::newRow("no list") << "{\"sources\":{}}"_ba << u"no list \"sources\""_s;
    QTest::newRow("unknown member") << R"({"sources":[{"id":"a","colour":1}]})"_ba
                                    << u"\"sources[0].colour\" is not known"_s;
    QTest::newRow("unknown match") << R"({"sources":[{},{"match":{"hosts":[],"paths":[]}}]})"_ba
                                   << u"\"sources[1].match.paths\" is not known"_s;
    QTest::newRow("unknown beside the list") << R"({"sources":[],"version":2})"_ba << u"\"version\""_s;
    QTest::newRow("another type") << R"({"sources":[{"plans":"x"}]})"_ba
                                  << u"\"sources[0].plans\" should be a list of texts"_s;
    QTest::newRow("another colour") << R"({"sources":[{"color":9}]})"_ba << u"from 0 to 8"_s;
    QTest::newRow("no object") << R"({"sources":["Shop"]})"_ba << u"\"sources[0]\" should be an object"_s;
}

void TstSourceBook::refusesJson()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, says);
    const auto read = intake::sourcesFromJson(json);
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().why.contains(says), qPrintable(read.error().oneLine()));
}

void TstSourceBook::presetIsUsable()
{
    for (const QString &name : intake::sourcePresets()) {
        const auto preset = intake::sourcePreset(name);
        QVERIFY(preset.has_value());
        QVERIFY(intake::SourceBook::compile(*preset).has_value());
    }
    QVERIFY(!intake::sourcePreset(u"nonsense"_s).has_value());

    const auto named = std::make_shared<intake::NamedSources>(
        book(*intake::sourcePreset(u"delivery-platform"_s)), QHash<QString, QString>());
    const auto at = [&](const QByteArray &host) {
        return sourceOf(named, R"({"type":"page","context":{"page":{"url":"https://)" + host +
                                   R"(/x"},"library":{"name":"analytics.js","version":"npm:next-1.84.3"}}})")
            .suggestedName;
    };
    QCOMPARE(at("tracker.example.com"), u"Tracker UI"_s);
    QCOMPARE(at("pilot.example.com"), u"Pilot UI"_s);
    QCOMPARE(at("merchants.example.com"), u"Merchant UI"_s);
    QCOMPARE(at("mx.example.com"), u"MX Manager UI"_s);
    QCOMPARE(sourceOf(named, R"({"type":"screen","context":{"app":{"namespace":"test.example.coco"}}})")
                 .suggestedName,
             u"Coco Marketplace App"_s);
    QCOMPARE(sourceOf(named, R"({"type":"track","context":{"library":{"name":"@segment/analytics-node"}}})")
                 .suggestedName,
             u"Backend Services"_s);
}

QTEST_GUILESS_MAIN(TstSourceBook)
#include "tst_sourcebook.moc"
