// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "app/engine/findingwords.h"
#include "plan/plan.h"
#include "json/parser.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

/// What each violation should say, from a tracking plan and an event to the sentences. tests/data/violations
/// has a file of rules and events for each theme, and beside it the accepted sentences, to be read as a
/// product manager would. TRACKSIDE_ACCEPT=1 rewrites those with what is said now; the change is then to be
/// read in the diff.
class TstViolationCorpus final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void sentences_data();
    void sentences();
    void isLarge();
    void namesAreDifferent();

private:
    struct Case
    {
        QString theme;
        QString name;
        QString said; ///< what Trackside says now
    };
    std::vector<Case> m_cases;
    QMap<QString, QMap<QString, QString>> m_accepted; ///< by theme and name
};

namespace {

QDir folder()
{
    return QDir(QStringLiteral(TRACKSIDE_TEST_DATA) + u"/violations"_s);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray dumped(const Json &value)
{
    return QByteArray::fromStdString(value.dump());
}

/// What of the event the reader needs: its payload, and what else the case is about.
QByteArray shownEvent(const Json &event)
{
    return event.size() == 2 && event.contains("event") && event.contains("properties")
               ? dumped(event.at("properties"))
               : dumped(event);
}

/// "the message", "    the fix", "    expected .. | sent .. | /properties/at"
QString saidOf(const std::vector<event::Finding> &findings)
{
    QString said;
    for (const event::Finding &finding : findings) {
        const event::FindingText text = engine::findingText(finding);
        said += u"- "_s + text.message + u"\n  "_s + text.fix + u"\n  "_s;
        said += u"expected: %1 | sent: %2 | %3\n"_s.arg(text.expected, text.actual, finding.at.toString());
    }
    return said;
}

/// Blocks of an accepted file: "## name", the event, what is said.
QMap<QString, QString> readAccepted(const QString &path)
{
    QMap<QString, QString> said;
    const QStringList blocks = QString::fromUtf8(contents(path)).split(u"## "_s, Qt::SkipEmptyParts);
    for (const QString &block : blocks) {
        const qsizetype nameEnd = block.indexOf(u'\n');
        const qsizetype eventEnd = block.indexOf(u'\n', nameEnd + 1);
        said.insert(block.left(nameEnd), block.sliced(eventEnd + 1).trimmed() + u'\n');
    }
    return said;
}

} // namespace

void TstViolationCorpus::initTestCase()
{
    const bool isAccepting = qEnvironmentVariableIsSet("TRACKSIDE_ACCEPT");
    for (const QString &name : folder().entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const QString path = folder().filePath(name);
        const QString theme = name.chopped(5);
        const Json file = Json::parse(contents(path).toStdString(), nullptr, false);
        QVERIFY2(!file.is_discarded(), qPrintable(path));
        const auto plan = plan::parse(dumped(Json{{"rules", file.at("rules")}}), path);
        QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().oneLine()));
        QVERIFY2(std::ranges::all_of((*plan)->rules,
                                     [](const plan::Rule &rule) { return rule.schema.has_value(); }),
                 qPrintable(path));
        const plan::PlanSet set({*plan});
        QByteArray accepted;
        for (const Json &one : file.at("cases")) {
            const QString caseName = QString::fromStdString(one.at("name").get<std::string>());
            const Json &event = one.at("event");
            json::Parser parser;
            const auto document = parser.parse(dumped(event));
            QVERIFY2(document.has_value(), qPrintable(caseName));
            const auto type = event::callTypeFromWord(event.value("type", std::string("track")));
            QVERIFY2(type.has_value(), qPrintable(caseName));
            const bool isTrack = *type == event::CallType::Track;
            const QString eventName =
                QString::fromStdString(event.value(isTrack ? "event" : "name", std::string()));
            const plan::Verdict verdict = set.check(*type, eventName, {}, (*document)->root());
            const QString said = saidOf(verdict.findings);
            accepted += "## " + caseName.toUtf8() + '\n' + shownEvent(event) + '\n' + said.toUtf8() + '\n';
            m_cases.push_back({theme, caseName, said});
        }
        const QString acceptedPath = folder().filePath(theme + u".accepted"_s);
        if (isAccepting) {
            QFile out(acceptedPath);
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(accepted.trimmed() + '\n');
        }
        m_accepted.insert(theme, isAccepting ? QMap<QString, QString>() : readAccepted(acceptedPath));
    }
}

void TstViolationCorpus::sentences_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("accepted");
    for (const Case &one : m_cases) {
        QTest::addRow("%s: %s", qPrintable(one.theme), qPrintable(one.name))
            << one.said << m_accepted.value(one.theme).value(one.name);
    }
}

void TstViolationCorpus::sentences()
{
    QFETCH(const QString, said);
    QFETCH(const QString, accepted);
    QVERIFY2(!said.isEmpty(), "the event is valid");
    if (!qEnvironmentVariableIsSet("TRACKSIDE_ACCEPT")) {
        QCOMPARE(said.trimmed(), accepted.trimmed());
    }
}

void TstViolationCorpus::isLarge()
{
    QVERIFY2(m_cases.size() >= 300, qPrintable(QString::number(m_cases.size())));
}

void TstViolationCorpus::namesAreDifferent()
{
    QSet<QString> names;
    for (const Case &one : m_cases) {
        const QString name = one.theme + u": "_s + one.name;
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
    }
}

QTEST_GUILESS_MAIN(TstViolationCorpus)
#include "tst_violationcorpus.moc"
