// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cliprocess.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using support::CliProcess;
using support::Finished;
using support::runCli;

/// What trackside-cli prints, against accepted outputs in tests/data/cli. TRACKSIDE_ACCEPT=1 rewrites them
/// with what it prints now; the change is then to be read in the diff.
class TstCli final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void help_data();
    void help();
    void mistakes_data();
    void mistakes();
    void check_data();
    void check();
    void checkExitStatus_data();
    void checkExitStatus();
    void plan_data();
    void plan();
    void planInferIsAPlan();
    void planConvertsThereAndBack_data();
    void planConvertsThereAndBack();
    void planStrictConversion();
    void planFormatsAreChecked();
    void query_data();
    void query();
    void exportNdjson();
    void exportIsReadBack();
    void rawExportIsReadBack();
    void exportIsImported();
    void importsWhatPeopleHave_data();
    void importsWhatPeopleHave();
    void importOfNothingFails();
    void serveExitStatus_data();
    void serveExitStatus();

private:
    /// The store of a server that took the sample events.
    [[nodiscard]] QString filledStore();

    std::unique_ptr<CliProcess> m_server;
};

namespace {

QString data(const QString &name)
{
    return QStringLiteral(TRACKSIDE_TEST_DATA) + u"/cli/"_s + name;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Without what differs from run to run and from place to place.
QByteArray normalised(const QByteArray &output)
{
    static const QRegularExpression isoTime(uR"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)"_s);
    static const QRegularExpression tableTime(uR"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})"_s);
    QString text = QString::fromUtf8(output);
    text.replace(isoTime, u"<time>"_s).replace(tableTime, u"<time>"_s);
    text.replace(QStringLiteral(TRACKSIDE_TEST_DATA), u"<data>"_s);
    return text.toUtf8();
}

void compareWithAccepted(const QString &name, const QByteArray &output)
{
    const QString path = data(name + u".accepted"_s);
    const QByteArray text = normalised(output);
    if (qEnvironmentVariableIsSet("TRACKSIDE_ACCEPT")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        return;
    }
    if (text != contents(path)) {
        // Whole, so that it can be read and compared; QCOMPARE shows the first line only.
        qWarning("%s", text.constData());
    }
    QCOMPARE(text, contents(path));
}

QByteArrayList sampleEvents()
{
    return contents(data(u"events.ndjson"_s)).trimmed().split('\n');
}

/// Each app has a write key of its own, and each call type its path.
QByteArray postOf(const QByteArray &body)
{
    json::Parser parser;
    const auto parsed = parser.parse(body);
    QByteArray type = "track";
    QByteArray key = "FAKE_SHOP_KEY_000000:";
    if (parsed) {
        type = QByteArray::fromStdString(std::string((*parsed)->root().find("type").text()));
        if (body.contains("Warehouse")) {
            key = "FAKE_WAREHOUSE_KEY_000000:";
        }
    }
    return "POST /v1/" + type +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Basic " +
           key.toBase64() + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// "place or id: status" of every event of a JSON report or an export.
QByteArrayList statusesOf(const QByteArray &lines)
{
    QByteArrayList statuses;
    json::Parser parser;
    for (const QByteArray &line : lines.split('\n')) {
        const auto parsed = parser.parse(line.endsWith(',') ? line.chopped(1) : line);
        if (!parsed || !(*parsed)->root().find("status").isString()) {
            continue;
        }
        const json::Value root = (*parsed)->root();
        QByteArray entry = QByteArray::fromStdString(std::string(root.find("status").text()));
        for (auto finding = root.find("findings").firstChild(); finding; finding = finding.next()) {
            const std::string_view rule = finding.value().find("rule").text();
            entry += ' ' + QByteArray(rule.data(), static_cast<qsizetype>(rule.size()));
        }
        statuses.append(entry);
    }
    return statuses;
}

} // namespace

void TstCli::initTestCase()
{
    qputenv("TZ", "UTC");
}

QString TstCli::filledStore()
{
    if (m_server == nullptr) {
        m_server = std::make_unique<CliProcess>(
            QStringList{u"--plan"_s, data(u"shop.plan.json"_s), u"--conventions"_s, u"segment"_s});
        for (const QByteArray &event : sampleEvents()) {
            const int status = support::statusOf(support::converse(m_server->port(), postOf(event), 1));
            if (status != 200) {
                qWarning("answered %d", status);
                return {};
            }
        }
        m_server->stop();
    }
    return m_server->storePath();
}

void TstCli::help_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("help") << QStringList{u"--help"_s};
    QTest::newRow("help-serve") << QStringList{u"serve"_s, u"--help"_s};
    QTest::newRow("help-check") << QStringList{u"check"_s, u"--help"_s};
    QTest::newRow("help-query") << QStringList{u"query"_s, u"--help"_s};
    QTest::newRow("help-export") << QStringList{u"export"_s, u"--help"_s};
    QTest::newRow("help-plan") << QStringList{u"plan"_s, u"--help"_s};
    for (const QString &action : {u"infer"_s, u"convert"_s, u"diff"_s, u"coverage"_s, u"lint"_s}) {
        QTest::newRow(qPrintable(u"help-plan-"_s + action)) << QStringList{u"plan"_s, action, u"--help"_s};
    }
    QTest::newRow("help-import") << QStringList{u"import"_s, u"--help"_s};
}

void TstCli::help()
{
    QFETCH(QStringList, arguments);
    const Finished finished = runCli(arguments);
    QCOMPARE(finished.exitCode, 0);
    QCOMPARE(finished.err, QByteArray());
    compareWithAccepted(QString::fromUtf8(QTest::currentDataTag()), finished.out);
}

void TstCli::mistakes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("mistake-command") << QStringList{u"chekc"_s};
    QTest::newRow("mistake-option") << QStringList{u"check"_s, u"--plam"_s, u"x"_s};
    QTest::newRow("mistake-level") << QStringList{u"check"_s, u"--fail-on"_s, u"all"_s, u"x"_s};
    QTest::newRow("mistake-no-events") << QStringList{u"check"_s};
    QTest::newRow("mistake-no-file") << QStringList{u"check"_s, u"missing.ndjson"_s};
    QTest::newRow("mistake-plan") << QStringList{u"check"_s, u"--plan"_s, data(u"events.ndjson"_s),
                                                 data(u"events.ndjson"_s)};
    QTest::newRow("mistake-filter") << QStringList{u"query"_s, u"--store"_s, u"x"_s, u"type:trak"_s};
    QTest::newRow("mistake-no-store") << QStringList{u"query"_s, u"type:track"_s};
    QTest::newRow("mistake-import-no-store") << QStringList{u"import"_s, data(u"events.ndjson"_s)};
    QTest::newRow("mistake-import-no-events") << QStringList{u"import"_s, u"--store"_s, u"x"_s};
    QTest::newRow("mistake-plan-action") << QStringList{u"plan"_s, u"merge"_s};
    QTest::newRow("mistake-plan-format")
        << QStringList{u"plan"_s, u"convert"_s, u"--to"_s, u"excel"_s, u"x"_s};
    QTest::newRow("mistake-plan-file") << QStringList{u"plan"_s, u"lint"_s, u"missing.json"_s};
    QTest::newRow("mistake-plan-none") << QStringList{u"plan"_s, u"coverage"_s, data(u"events.ndjson"_s)};
    QTest::newRow("mistake-plan-one") << QStringList{u"plan"_s, u"diff"_s, data(u"shop.plan.json"_s)};
    QTest::newRow("mistake-plan-events") << QStringList{u"plan"_s, u"infer"_s};
    QTest::newRow("mistake-plan-share")
        << QStringList{u"plan"_s, u"coverage"_s, u"--fail-under"_s, u"most"_s, u"x"_s};
    QTest::newRow("mistake-seconds") << QStringList{u"serve"_s, u"--duration"_s, u"soon"_s};
    QTest::newRow("mistake-destination") << QStringList{u"serve"_s, u"--forward"_s, u"Nowhere"_s};
}

void TstCli::mistakes()
{
    QFETCH(QStringList, arguments);
    const Finished finished = runCli(arguments);
    QCOMPARE(finished.exitCode, 2);
    QCOMPARE(finished.out, QByteArray());
    QVERIFY2(finished.err.count('\n') == 1, finished.err.constData());
    compareWithAccepted(QString::fromUtf8(QTest::currentDataTag()), finished.err);
}

void TstCli::check_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("check-text") << u"text"_s;
    QTest::newRow("check-json") << u"json"_s;
}

void TstCli::check()
{
    QFETCH(QString, format);
    const QByteArray input = contents(data(u"events.ndjson"_s)) + "{\"type\":\"track\"\n[1]\n";
    const Finished finished = runCli({u"check"_s, u"--plan"_s, data(u"shop.plan.json"_s), u"--conventions"_s,
                                      u"segment"_s, u"--format"_s, format, u"-"_s},
                                     input);
    QCOMPARE(finished.exitCode, 1);
    QCOMPARE(finished.err, QByteArray());
    if (format == u"json"_s) {
        json::Parser parser;
        QVERIFY(parser.parse(finished.out).has_value());
    }
    compareWithAccepted(QString::fromUtf8(QTest::currentDataTag()), finished.out);
}

void TstCli::checkExitStatus_data()
{
    QTest::addColumn<int>("event"); // line of events.ndjson
    QTest::addColumn<QString>("level");
    QTest::addColumn<int>("expected");
    QTest::newRow("valid at info") << 0 << u"info"_s << 0;
    QTest::newRow("violation at error") << 1 << u"error"_s << 1;
    QTest::newRow("violation at none") << 1 << u"none"_s << 0;
    QTest::newRow("unplanned at error") << 2 << u"error"_s << 0;
    QTest::newRow("unplanned at warning") << 2 << u"warning"_s << 1;
    QTest::newRow("big number at error") << 4 << u"error"_s << 0;
    QTest::newRow("big number at warning") << 4 << u"warning"_s << 1;
}

void TstCli::checkExitStatus()
{
    QFETCH(int, event);
    QFETCH(QString, level);
    QFETCH(int, expected);
    const Finished finished =
        runCli({u"check"_s, u"--plan"_s, data(u"shop.plan.json"_s), u"--fail-on"_s, level, u"-"_s},
               sampleEvents().at(event));
    QVERIFY2(finished.exitCode == expected, (finished.out + finished.err).constData());
}

void TstCli::plan_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    const QString shop = data(u"shop.plan.json"_s);
    const QString next = data(u"shop-next.plan.json"_s);
    const QString events = data(u"events.ndjson"_s);
    QTest::newRow("plan-diff") << QStringList{u"diff"_s, shop, next} << 0;
    QTest::newRow("plan-diff-warning")
        << QStringList{u"diff"_s, shop, next, u"--fail-on"_s, u"warning"_s} << 1;
    QTest::newRow("plan-diff-events") << QStringList{u"diff"_s, shop, next, u"--events"_s, events} << 1;
    QTest::newRow("plan-diff-json") << QStringList{u"diff"_s, shop,          next,     u"--events"_s,
                                                   events,    u"--format"_s, u"json"_s}
                                    << 1;
    QTest::newRow("plan-diff-none") << QStringList{u"diff"_s, shop, shop, u"--fail-on"_s, u"info"_s} << 0;
    QTest::newRow("plan-coverage") << QStringList{u"coverage"_s, u"--plan"_s, shop, events} << 0;
    QTest::newRow("plan-coverage-csv")
        << QStringList{u"coverage"_s, u"--plan"_s, shop, u"--format"_s, u"csv"_s, events} << 0;
    QTest::newRow("plan-coverage-under")
        << QStringList{u"coverage"_s, u"--plan"_s, shop, u"--fail-under"_s, u"80"_s, events} << 1;
    QTest::newRow("plan-lint") << QStringList{u"lint"_s, next, u"--conventions"_s, u"segment"_s} << 0;
    QTest::newRow("plan-lint-json") << QStringList{u"lint"_s, next,           u"--format"_s,
                                                   u"json"_s, u"--fail-on"_s, u"warning"_s}
                                    << 1;
    QTest::newRow("plan-convert-csv") << QStringList{u"convert"_s, shop, u"--to"_s, u"segment-csv"_s} << 0;
    QTest::newRow("plan-infer") << QStringList{u"infer"_s, u"--min-seen"_s, u"1"_s, u"--evidence"_s, events}
                                << 0;
}

void TstCli::plan()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const Finished finished = runCli(QStringList{u"plan"_s} + arguments);
    QVERIFY2(finished.exitCode == exitCode, (finished.out + finished.err).constData());
    compareWithAccepted(QString::fromUtf8(QTest::currentDataTag()),
                        finished.out + "---- standard error\n" + finished.err);
}

void TstCli::planInferIsAPlan()
{
    const QTemporaryDir folder;
    const QString plan = folder.filePath(u"learnt.json"_s);
    const Finished inferred =
        runCli({u"plan"_s, u"infer"_s, u"--min-seen"_s, u"1"_s, u"-o"_s, plan, data(u"events.ndjson"_s)});
    QVERIFY2(inferred.exitCode == 0, inferred.err.constData());
    // What it was learnt from is valid by it.
    const Finished checked = runCli({u"check"_s, u"--plan"_s, plan, u"--fail-on"_s, u"warning"_s,
                                     u"--format"_s, u"json"_s, data(u"events.ndjson"_s)});
    QVERIFY2(!statusesOf(checked.out).isEmpty(), checked.err.constData());
    for (const QByteArray &status : statusesOf(checked.out)) {
        QVERIFY2(status.startsWith("valid"), checked.out.constData());
    }
    // Into a plan that has some of it: that stays.
    const Finished into = runCli({u"plan"_s, u"infer"_s, u"--min-seen"_s, u"1"_s, u"--into"_s,
                                  data(u"shop.plan.json"_s), data(u"events.ndjson"_s)});
    QCOMPARE(into.exitCode, 0);
    QVERIFY(into.out.contains("^ord_[0-9]+$"));
    QVERIFY(into.out.contains("Door Opened"));
}

void TstCli::planConvertsThereAndBack_data()
{
    QTest::addColumn<QString>("format");
    for (const QString &format :
         {u"segment"_s, u"segment-csv"_s, u"config-api"_s, u"typewriter"_s, u"rudderstack"_s,
          u"rudderstack-legacy"_s, u"avo"_s, u"avo-csv"_s, u"json-schema"_s}) {
        QTest::newRow(qPrintable(format)) << format;
    }
}

void TstCli::planConvertsThereAndBack()
{
    QFETCH(QString, format);
    const QTemporaryDir folder;
    const QString there = folder.filePath(u"there"_s);
    const QString back = folder.filePath(u"back.json"_s);
    const Finished converted =
        runCli({u"plan"_s, u"convert"_s, data(u"shop.plan.json"_s), u"--to"_s, format, u"-o"_s, there});
    QVERIFY2(converted.exitCode == 0, converted.err.constData());
    const Finished returned =
        runCli({u"plan"_s, u"convert"_s, there, u"--to"_s, u"segment"_s, u"-o"_s, back});
    QVERIFY2(returned.exitCode == 0, returned.err.constData());
    // Nothing is lost that was not announced. Avo has sources for each event and a member of its own in each
    // schema.
    const Finished diff =
        runCli({u"plan"_s, u"diff"_s, data(u"shop.plan.json"_s), back, u"--fail-on"_s, u"info"_s});
    const bool isAnnounced = converted.err.contains("Not in the new file");
    const bool isSame =
        format == u"avo"_s || format == u"typewriter"_s ? !diff.out.contains("\n  - ") : diff.exitCode == 0;
    QVERIFY2(isSame != isAnnounced, (diff.out + converted.err).constData());
}

void TstCli::planStrictConversion()
{
    const QTemporaryDir folder;
    const QString csv = folder.filePath(u"plan.csv"_s);
    const Finished refused = runCli({u"plan"_s, u"convert"_s, data(u"shop.plan.json"_s), u"--to"_s,
                                     u"segment-csv"_s, u"--strict"_s, u"-o"_s, csv});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY(refused.err.contains("Would be lost"));
    QVERIFY(!QFile::exists(csv));
}

void TstCli::planFormatsAreChecked()
{
    const QTemporaryDir folder;
    for (const QString &format : {u"typewriter"_s, u"rudderstack"_s, u"json-schema"_s}) {
        const QString path = folder.filePath(format);
        QCOMPARE(
            runCli({u"plan"_s, u"convert"_s, data(u"shop.plan.json"_s), u"--to"_s, format, u"-o"_s, path})
                .exitCode,
            0);
        const Finished checked =
            runCli({u"check"_s, u"--plan"_s, path, u"--format"_s, u"json"_s, data(u"events.ndjson"_s)});
        const QByteArrayList statuses = statusesOf(checked.out);
        QVERIFY2(statuses.size() == sampleEvents().size(), (format.toUtf8() + checked.err).constData());
        QVERIFY2(statuses[0].startsWith("valid"), (format.toUtf8() + ' ' + statuses[0]).constData());
        QVERIFY2(statuses[1].startsWith("violation"), (format.toUtf8() + ' ' + statuses[1]).constData());
    }
}

void TstCli::query_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("query-table") << QStringList{};
    QTest::newRow("query-table-filtered")
        << QStringList{u"status:violation"_s, u"OR"_s, u"status:unplanned"_s};
    QTest::newRow("query-table-limit") << QStringList{u"--limit"_s, u"2"_s, u"type:track"_s};
    QTest::newRow("query-ndjson") << QStringList{u"--format"_s, u"ndjson"_s, u"prop.order_id:ord_2"_s};
    QTest::newRow("query-json") << QStringList{u"--format"_s, u"json"_s, u"type:page"_s};
    QTest::newRow("query-json-nothing") << QStringList{u"--format"_s, u"json"_s, u"event:Nothing"_s};
}

void TstCli::query()
{
    QFETCH(QStringList, arguments);
    const Finished finished = runCli(QStringList{u"query"_s, u"--store"_s, filledStore()} + arguments);
    QCOMPARE(finished.err, QByteArray());
    QCOMPARE(finished.exitCode, 0);
    compareWithAccepted(QString::fromUtf8(QTest::currentDataTag()), finished.out);
}

void TstCli::exportNdjson()
{
    const Finished finished = runCli({u"export"_s, u"--store"_s, filledStore()});
    QCOMPARE(finished.err, QByteArray());
    QCOMPARE(finished.exitCode, 0);
    compareWithAccepted(u"export-ndjson"_s, finished.out);
}

void TstCli::exportIsReadBack()
{
    const Finished exported = runCli({u"export"_s, u"--store"_s, filledStore()});
    const Finished checked = runCli({u"check"_s, u"--plan"_s, data(u"shop.plan.json"_s), u"--conventions"_s,
                                     u"segment"_s, u"--format"_s, u"json"_s, u"-"_s},
                                    exported.out);
    QCOMPARE(checked.err, QByteArray());
    QCOMPARE(statusesOf(checked.out).size(), sampleEvents().size());
    QCOMPARE(statusesOf(checked.out), statusesOf(exported.out));
    // A store is read as well.
    const Finished stored = runCli({u"check"_s, u"--plan"_s, data(u"shop.plan.json"_s), u"--conventions"_s,
                                    u"segment"_s, u"--format"_s, u"json"_s, filledStore()});
    QCOMPARE(statusesOf(stored.out), statusesOf(exported.out));
}

void TstCli::rawExportIsReadBack()
{
    const Finished exported = runCli({u"export"_s, u"--raw"_s, u"--store"_s, filledStore()});
    QCOMPARE(exported.out, contents(data(u"events.ndjson"_s)));
    const QStringList arguments{u"check"_s, u"--plan"_s, data(u"shop.plan.json"_s), u"--format"_s, u"json"_s};
    const Finished checked = runCli(arguments + QStringList{u"-"_s}, exported.out);
    const Finished direct = runCli(arguments + QStringList{data(u"events.ndjson"_s)});
    QCOMPARE(statusesOf(checked.out).size(), sampleEvents().size());
    QCOMPARE(checked.out, direct.out);
}

void TstCli::exportIsImported()
{
    const Finished exported = runCli({u"export"_s, u"--store"_s, filledStore()});
    const QTemporaryDir folder;
    for (const QString &input : {u"-"_s, filledStore()}) {
        const QString store = folder.filePath(input == u"-"_s ? u"lines.trackside"_s : u"store.trackside"_s);
        const Finished imported = runCli({u"import"_s, u"--store"_s, store, u"--plan"_s,
                                          data(u"shop.plan.json"_s), u"--conventions"_s, u"segment"_s, input},
                                         exported.out);
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(imported.err, QByteArray("7 events imported.\n"));
        // With the times, sources and findings of the capture.
        QCOMPARE(runCli({u"export"_s, u"--store"_s, store}).out, exported.out);
    }
}

void TstCli::importsWhatPeopleHave_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("says");
    const auto sample = [](const char *name) {
        return contents(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/import/"_s + QString::fromLatin1(name));
    };
    QTest::newRow("devtools") << sample("devtools.har")
                              << QByteArray("3 events imported; 4 other requests skipped.\n");
    QTest::newRow("httptoolkit")
        << sample("httptoolkit.har")
        << QByteArray(
               "standard input: entry 2 (POST https://api.segment.io/v1/batch): Its body was left out of "
               "the export (discarded:too-large).\n3 events imported; 1 part not readable.\n");
    QTest::newRow("curl") << QByteArray("curl https://api.segment.io/v1/track -u KEY: -d '{\"event\":\"A\"}'")
                          << QByteArray("1 event imported.\n");
    QTest::newRow("curl that is refused")
        << QByteArray("curl https://api.segment.io/v1/track -u KEY: -d '{\"event\":'")
        << QByteArray("0 events imported; 1 request rejected.\n");
    QTest::newRow("a bad line") << sampleEvents().at(0) + "\n" + sampleEvents().at(1) + "\n{}\n"
                                << QByteArray(
                                       "standard input: line 3: This JSON is no Segment event: it has no "
                                       "type, event, userId or anonymousId.\n2 events imported; 1 part "
                                       "not readable.\n");
}

void TstCli::importsWhatPeopleHave()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, says);
    const QTemporaryDir folder;
    const Finished finished =
        runCli({u"import"_s, u"--store"_s, folder.filePath(u"a.trackside"_s), u"-"_s}, input);
    QCOMPARE(finished.err, says);
    QCOMPARE(finished.out, QByteArray());
    QCOMPARE(finished.exitCode, 0);
}

void TstCli::importOfNothingFails()
{
    const QTemporaryDir folder;
    const Finished finished =
        runCli({u"import"_s, u"--store"_s, folder.filePath(u"a.trackside"_s), u"-"_s}, "Dear all");
    QCOMPARE(finished.exitCode, 2);
    QVERIFY2(finished.err.count('\n') == 1 && finished.err.contains("It looks like plain text."),
             finished.err.constData());
}

void TstCli::serveExitStatus_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("level");
    QTest::addColumn<int>("expected");
    QTest::addColumn<QByteArray>("says");
    const QByteArrayList events = sampleEvents();
    QTest::newRow("valid at warning") << events[0] << u"warning"_s << 0 << QByteArray("1 event: 1 valid");
    QTest::newRow("violation at error") << events[1] << u"error"_s << 1 << QByteArray("1 violation,");
    QTest::newRow("violation at none") << events[1] << u"none"_s << 0 << QByteArray("1 violation,");
    QTest::newRow("unplanned at error") << events[2] << u"error"_s << 0 << QByteArray("1 unplanned");
    QTest::newRow("unplanned at warning") << events[2] << u"warning"_s << 1 << QByteArray("1 unplanned");
    QTest::newRow("rejected at error")
        << QByteArray("{\"type\":") << u"error"_s << 1 << QByteArray("1 rejected request.");
}

void TstCli::serveExitStatus()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, level);
    QFETCH(int, expected);
    QFETCH(QByteArray, says);
    CliProcess server(
        {u"--plan"_s, data(u"shop.plan.json"_s), u"--fail-on"_s, level, u"--until-idle"_s, u"1"_s});
    QVERIFY(server.isListening());
    QVERIFY(!support::converse(server.port(), postOf(body), 1).isEmpty());
    const Finished finished = server.waitForEnd();
    QVERIFY2(finished.exitCode == expected && finished.err.contains(says), finished.err.constData());
}

QTEST_GUILESS_MAIN(TstCli)
#include "tst_cli.moc"
