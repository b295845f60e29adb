// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "capture/server.h"
#include "check/checker.h"
#include "demo/demo.h"
#include "demo/script.h"
#include "segment/decode.h"
#include "segment/replies.h"
#include "json/parser.h"

#include <map>
#include <mutex>
#include <set>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using demo::Player;
using event::CallType;

class TstPlayer final : public QObject
{
    Q_OBJECT

private slots:
    void scriptIsFilled();
    void sameSeedSameScript();
    void noRealPeople();
    void namesOfSources();
    void playsEverythingAtOnce();
    void verdictsAreMixed();
    void playsAgainWithNewIds();
    void endsWhenNobodyListens();
    void stops();
    void survivesClosedConnections();
};

namespace {

constexpr int longestPlayMs = 60'000;

/// Names sources by their write keys.
class NamesOfKeys final : public segment::SourceResolver
{
public:
    explicit NamesOfKeys(QHash<QString, QString> names)
        : m_names(std::move(names))
    {
    }
    [[nodiscard]] segment::KnownSource source(const segment::SourceFacts &facts) const override
    {
        return {{}, m_names.value(QString::fromStdString(std::string(facts.writeKey)))};
    }
    [[nodiscard]] Reads reads() const override { return Reads::Key; }

private:
    QHash<QString, QString> m_names;
};

/// Takes what the pipeline would, and answers as it does.
class Pipeline final : public event::RequestSink
{
public:
    void post(event::CapturedRequest request) override
    {
        const http::Response response = segment::accepted(request.request);
        const event::ReplyToken token = request.token;
        requests.push_back(std::move(request));
        server->post({event::Reply{token, response, 0, {}, {}}});
    }
    bool isFull() const override { return false; }

    std::vector<event::CapturedRequest> requests;
    capture::Server *server = nullptr;
};

struct Played
{
    std::vector<event::CapturedRequest> requests;
    std::vector<segment::Decoded> decoded;
    int answered = 0;
    int settingsFetches = 0;
    int preflights = 0;
};

std::optional<Played> play()
{
    Pipeline pipeline;
    const base::SystemClock clock;
    capture::Server server(pipeline, clock);
    pipeline.server = &server;
    Played played;
    QObject::connect(&server, &capture::Server::sighted, &server, [&](const capture::Sighting &sighting) {
        played.settingsFetches += sighting.kind == capture::Sighting::Kind::SettingsFetched ? 1 : 0;
        played.preflights += sighting.kind == capture::Sighting::Kind::Preflight ? 1 : 0;
    });
    if (!server.listen({{QHostAddress(QHostAddress::LocalHost), 0}})) {
        return std::nullopt;
    }
    Player player(server.addresses().front().port);
    QSignalSpy finished(&player, &Player::finished);
    player.play(Player::Pace::AtOnce);
    if (!finished.wait(longestPlayMs)) {
        return std::nullopt;
    }
    played.answered = finished.front().front().toInt();
    played.requests = std::move(pipeline.requests);
    json::Parser parser;
    for (const event::CapturedRequest &request : played.requests) {
        played.decoded.push_back(segment::decode(request, parser, {}));
    }
    return played;
}

} // namespace

void TstPlayer::scriptIsFilled()
{
    const auto script = demo::loadScript(1);
    QVERIFY2(script, script ? "" : qPrintable(script.error().oneLine()));
    QVERIFY(script->steps.size() > 250);
    QVERIFY(script->actors.size() >= 15);
    QVERIFY(script->steps.back().atMs > 75'000 && script->steps.back().atMs < 110'000);
    static const QRegularExpression placeholder(uR"(\$\{(?!now\}|now:-?\d+\}|uuid\})[^}]*\})"_s);
    for (const demo::Step &step : script->steps) {
        const QString text = QString::fromStdString(step.call.dump());
        QVERIFY2(!text.contains(placeholder), qPrintable(text));
        demo::Json call = step.call;
        demo::fillMoments(call, QDateTime::fromMSecsSinceEpoch(1'795'484'424'156, Qt::UTC));
        QVERIFY2(call.dump().find("${") == std::string::npos, call.dump().c_str());
    }
}

void TstPlayer::sameSeedSameScript()
{
    const auto one = demo::loadScript(7);
    const auto same = demo::loadScript(7);
    const auto other = demo::loadScript(8);
    QVERIFY(one && same && other);
    const auto times = [](const demo::Script &script) {
        std::vector<qint64> all;
        std::ranges::transform(script.steps, std::back_inserter(all), &demo::Step::atMs);
        return all;
    };
    QCOMPARE(times(*one), times(*same));
    QVERIFY(times(*one) != times(*other));
    QVERIFY(std::ranges::is_sorted(times(*one)));
}

void TstPlayer::noRealPeople()
{
    // Domains of RFC 2606 only, and nothing that looks like a phone number.
    static const QRegularExpression domain(uR"((?:@|https?://)([A-Za-z0-9.-]+))"_s);
    static const QRegularExpression phone(uR"(\+\d{7,})"_s);
    const auto script = demo::loadScript(1);
    QVERIFY(script);
    QString text;
    for (const demo::Step &step : script->steps) {
        text += QString::fromStdString(step.call.dump());
    }
    for (const demo::Actor &actor : script->actors) {
        text += QString::fromStdString(actor.person.dump() + actor.source.origin + ' ');
        QVERIFY(actor.source.writeKey.starts_with("DEMO_KEY_"));
    }
    QVERIFY(!text.contains(phone));
    auto matches = domain.globalMatch(text);
    QVERIFY(matches.hasNext());
    while (matches.hasNext()) {
        const QString name = matches.next().captured(1);
        QVERIFY2(name.endsWith(u"example.com"_s) || name.endsWith(u".test"_s), qPrintable(name));
    }
}

void TstPlayer::namesOfSources()
{
    const QHash<QString, QString> names = Player::sourceNames();
    QStringList sorted = names.values();
    sorted.sort();
    QCOMPARE(sorted, (QStringList{u"Backend Services"_s, u"Coco Marketplace App"_s, u"MX Manager UI"_s,
                                  u"Merchant UI"_s, u"Pilot UI"_s, u"Tracker UI"_s}));
}

void TstPlayer::playsEverythingAtOnce()
{
    const auto played = play();
    QVERIFY(played);

    // Every answer came, and every request that is no preflight or settings fetch reached the pipeline.
    QCOMPARE(played->answered, int(played->requests.size()) + played->settingsFetches + played->preflights);
    QVERIFY2(played->answered > 200 && played->answered < 330, qPrintable(QString::number(played->answered)));
    QVERIFY(played->settingsFetches >= 12);
    QVERIFY(played->preflights >= 20);

    std::map<CallType, int> calls;
    std::set<QString> names;
    std::set<QString> libraries;
    std::set<QString> messageIds;
    int events = 0;
    int rejected = 0;
    int gzipped = 0;
    for (const segment::Decoded &decoded : played->decoded) {
        rejected += decoded.request.rejectCode.isEmpty() ? 0 : 1;
        gzipped += decoded.request.coding == http::Coding::Gzip ? 1 : 0;
        for (const segment::DecodedEvent &event : decoded.events) {
            ++events;
            ++calls[event.draft.type];
            names.insert(event.draft.name);
            libraries.insert(event.draft.source.library);
            messageIds.insert(event.draft.messageId);
        }
    }
    QCOMPARE(rejected, 1);
    QVERIFY(gzipped >= 5);
    const auto script = demo::loadScript(1);
    QVERIFY(script);
    QCOMPARE(events, int(script->steps.size()) - rejected);
    QCOMPARE(int(messageIds.size()), events - 1); // one came twice
    for (const CallType type : {CallType::Track, CallType::Page, CallType::Screen, CallType::Identify,
                                CallType::Group, CallType::Alias}) {
        QVERIFY2(calls[type] > 0, std::string(event::word(type)).c_str());
    }
    QVERIFY(libraries.size() >= 4);

    // One step of every journey.
    for (const char *name :
         {"Order Completed", "Order Accepted", "Menu Item Edited", "Server Delivery Completed",
          "Pilot Shift Started", "Pilot Drive Ended", "Pilot Shift Ended", "Robot Unlocked",
          "Receipt Requested", "Signed Up", "Merchant Created", "Server Robot Heartbeat Lost",
          "Order Complete", "button_click"}) {
        QVERIFY2(names.contains(QString::fromLatin1(name)), name);
    }
    for (const demo::Step &step : script->steps) {
        if (step.call.contains("track")) {
            const QString name = QString::fromStdString(step.call.at("track").get<std::string>());
            QVERIFY2(names.contains(name), qPrintable(name));
        }
    }
}

void TstPlayer::verdictsAreMixed()
{
    std::vector<std::shared_ptr<const plan::Plan>> plans;
    for (const QString &name : {u"delivery-platform"_s, u"marketplace"_s}) {
        auto loaded = plan::load(QStringLiteral(TRACKSIDE_SOURCE_DIR) + u"/resources/samples/"_s + name +
                                 u".plan.json"_s);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().oneLine()));
        plans.push_back(*loaded);
    }
    auto conventions = check::Conventions::load(u"delivery-platform"_s);
    QVERIFY(conventions);
    const check::Checker checker(plans, *conventions);
    const QHash<QString, QString> sourceNames = Player::sourceNames();

    const auto played = play();
    QVERIFY(played);
    std::map<event::Status, int> statuses;
    std::set<event::RuleId> rules;
    json::Parser parser;
    int flawed = 0;
    segment::DecodeOptions options;
    options.sources = std::make_shared<const NamesOfKeys>(sourceNames);
    int events = 0;
    for (const event::CapturedRequest &request : played->requests) {
        const segment::Decoded decoded = segment::decode(request, parser, options);
        for (const segment::DecodedEvent &event : decoded.events) {
            ++events;
            QVERIFY(sourceNames.values().contains(event.draft.source.suggestedName));
            const plan::Verdict verdict = checker.check(
                {event.draft.type, event.draft.name, event.draft.source.suggestedName, event.merged, 0, 0});
            ++statuses[verdict.status];
            for (const event::Finding &finding : verdict.findings) {
                rules.insert(finding.rule);
            }
            for (const event::Finding &finding : event.draft.findings) {
                rules.insert(finding.rule);
            }
            flawed += event.draft.findings.empty() ? 0 : 1;
        }
    }
    const int valid = statuses[event::Status::Valid];
    QVERIFY2(valid * 100 >= events * 72 && valid * 100 <= events * 88,
             qPrintable(u"%1 of %2 are valid"_s.arg(valid).arg(events)));
    QVERIFY(statuses[event::Status::Violation] > 10);
    QVERIFY(statuses[event::Status::Unplanned] > 5);
    using enum event::RuleId;
    for (const event::RuleId rule :
         {PlanRequired,   PlanType,    PlanEnum,        PlanPattern,           PlanFormat,
          PlanRange,      PlanUnique,  PlanItems,       PlanUnplannedProperty, PlanUnplannedEvent,
          PlanDependency, NameCasing,  NameTense,       NameObjectAction,      NamePropertyCasing,
          NameWhitespace, NameDynamic, ProtocolNotJson, ProtocolBigInteger,    ProtocolNoEventName}) {
        QVERIFY2(rules.contains(rule), std::string(event::word(rule)).c_str());
    }
    // The flaws of the wire are the script's few; what its SDKs send in good order has none.
    QVERIFY2(flawed <= 8, qPrintable(QString::number(flawed)));
}

void TstPlayer::playsAgainWithNewIds()
{
    std::set<QString> messageIds;
    int twice = 0;
    for (int round = 0; round < 2; ++round) {
        const auto played = play();
        QVERIFY(played);
        for (const segment::Decoded &decoded : played->decoded) {
            for (const segment::DecodedEvent &event : decoded.events) {
                twice += messageIds.insert(event.draft.messageId).second ? 0 : 1;
            }
        }
    }
    QCOMPARE(twice, 2); // the one of each play
}

void TstPlayer::endsWhenNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
    const quint16 port = server.serverPort();
    server.close();
    Player player(port);
    QSignalSpy finished(&player, &Player::finished);
    player.play(Player::Pace::AtOnce);
    QVERIFY(player.isPlaying());
    QVERIFY(finished.wait(longestPlayMs));
    QCOMPARE(finished.front().front().toInt(), 0);
    QVERIFY(!player.isPlaying());
}

void TstPlayer::stops()
{
    QTcpServer server; // takes connections and never answers
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
    QSignalSpy connected(&server, &QTcpServer::newConnection);
    Player player(server.serverPort());
    QSignalSpy finished(&player, &Player::finished);
    player.play(Player::Pace::Lifelike);
    QVERIFY(connected.wait(longestPlayMs));
    QVERIFY(player.isPlaying());
    player.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(!player.isPlaying());
    player.stop();
    QCOMPARE(finished.size(), 1);
}

void TstPlayer::survivesClosedConnections()
{
    // Answers each request and closes: the next one needs a new connection.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
    int requests = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            socket->setParent(&server);
            auto bytes = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, socket, [&requests, socket, bytes] {
                *bytes += socket->readAll();
                const qsizetype headEnd = bytes->indexOf("\r\n\r\n");
                const qsizetype at = bytes->indexOf("Content-Length: ");
                const qsizetype length =
                    at < 0 ? 0 : bytes->sliced(at + 16, bytes->indexOf('\r', at) - at - 16).toLongLong();
                if (headEnd >= 0 && bytes->size() >= headEnd + 4 + length) {
                    ++requests;
                    bytes->clear();
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 16\r\nConnection: "
                                  "close\r\n\r\n{\"success\":true}");
                    socket->disconnectFromHost();
                }
            });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    Player player(server.serverPort());
    QSignalSpy finished(&player, &Player::finished);
    player.play(Player::Pace::AtOnce);
    QVERIFY(finished.wait(longestPlayMs));
    QVERIFY(finished.front().front().toInt() > 200);
    QVERIFY(requests >= finished.front().front().toInt());
}

QTEST_GUILESS_MAIN(TstPlayer)
#include "tst_player.moc"
