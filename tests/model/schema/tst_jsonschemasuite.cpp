// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/schema.h"
#include "json/parser.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr char suiteVariable[] = "TRACKSIDE_JSON_SCHEMA_SUITE";
constexpr char debianSuite[] = "/usr/share/json-schema-test-suite";

std::shared_ptr<const json::Document> parsedFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    json::Parser parser;
    auto document = parser.parse(file.readAll());
    return document ? *document : nullptr;
}

QString text(json::Value value)
{
    return QString::fromUtf8(value.text().data(), static_cast<qsizetype>(value.text().size()));
}

/// What is known to fail, and why it stays so: "file: group: test".
const QStringList &accepted()
{
    static const QStringList tests{
        // `contentEncoding` and `contentMediaType` are annotations since draft 2019-09, and Segment ignores
        // them.
        u"optional/content.json: validation of string-encoded content based on media type: an invalid JSON document"_s,
        u"optional/content.json: validation of binary string-encoding: an invalid base64 string (% is not a valid character)"_s,
        u"optional/content.json: validation of binary-encoded media type documents: a validly-encoded invalid JSON document"_s,
        u"optional/content.json: validation of binary-encoded media type documents: an invalid base64 string that is valid JSON"_s,
        // A document of draft 2019-09 behind a `$ref`: other drafts come with the plan engine.
        u"optional/cross-draft.json: refs to future drafts are processed as future drafts: missing bar is invalid"_s,
    };
    return tests;
}

} // namespace

/// The official suite, draft-07, in both modes. The folder: TRACKSIDE_JSON_SCHEMA_SUITE, else Debian's
/// package.
class TstJsonSchemaSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void suite_data();
    void suite();
    void cleanupTestCase();

private:
    struct Figures
    {
        int passed = 0;
        int total = 0;
        QStringList failed;
    };

    QString m_root;
    std::vector<schema::NamedDocument> m_remotes;
    QMap<QString, Figures> m_figures;
};

void TstJsonSchemaSuite::initTestCase()
{
    m_root = qEnvironmentVariable(suiteVariable, QString::fromLatin1(debianSuite));
    QVERIFY2(QFileInfo::exists(m_root + u"/tests/draft7"_s),
             qPrintable(u"No JSON Schema test suite in %1: install json-schema-test-suite or set %2"_s.arg(
                 m_root, QString::fromLatin1(suiteVariable))));
    const QString remotes = m_root + u"/remotes/"_s;
    QDirIterator files(remotes, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        m_remotes.push_back(
            {(u"http://localhost:1234/"_s + path.mid(remotes.size())).toStdString(), parsedFile(path)});
    }
}

void TstJsonSchemaSuite::suite_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("part");
    const QString tests = m_root + u"/tests/draft7/"_s;
    QDirIterator files(tests, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString name = path.mid(tests.size());
        const QString part = name.startsWith(u"optional/format"_s) ? u"format"_s
                             : name.startsWith(u"optional/"_s)     ? u"optional"_s
                                                                   : u"required"_s;
        QTest::newRow(qPrintable(name)) << path << part;
    }
}

void TstJsonSchemaSuite::suite()
{
    QFETCH(QString, path);
    QFETCH(QString, part);
    const QString name = path.mid(m_root.size() + 1 + int(qstrlen("tests/draft7/")));
    const auto document = parsedFile(path);
    QVERIFY(document != nullptr);
    Figures &figures = m_figures[part];
    QStringList unexpected;
    // Debian's older suite keeps a test of `format: regex` outside the folder of formats.
    const bool hasFormats = part == u"format"_s || name == u"optional/ecmascript-regex.json"_s;

    std::uint32_t groupIndex = 0;
    for (auto group = document->root().firstChild(); group; group = group.next()) {
        schema::CompileOptions options;
        options.formats = hasFormats ? schema::FormatAssertion::On : schema::FormatAssertion::Off;
        options.documents = m_remotes;
        const auto compiled =
            schema::compile(document, json::Pointer().child(groupIndex++).child("schema"), options);
        const json::Value tests = group.value().find("tests");
        for (auto test = tests.firstChild(); test; test = test.next()) {
            const QString title = u"%1: %2: %3"_s.arg(name, text(group.value().find("description")),
                                                      text(test.value().find("description")));
            const json::Value data = test.value().find("data");
            const bool expected = test.value().find("valid").toBool();
            ++figures.total;
            if (compiled && compiled->isValid(data) == expected &&
                compiled->violations(data, json::Pointer()).empty() == expected) {
                ++figures.passed;
            } else {
                figures.failed.append(title + (compiled ? QString() : u" ("_s + compiled.error().why + u')'));
                if (!accepted().contains(title)) {
                    unexpected.append(figures.failed.last());
                }
            }
        }
    }
    QVERIFY2(unexpected.isEmpty(), qPrintable(unexpected.join(u'\n')));
}

void TstJsonSchemaSuite::cleanupTestCase()
{
    for (auto part = m_figures.cbegin(); part != m_figures.cend(); ++part) {
        qInfo("draft-07 %s: %d of %d", qPrintable(part.key()), part->passed, part->total);
    }
    // Guards against a folder that holds next to nothing.
    QVERIFY(m_figures.value(u"required"_s).total >= 400);
    QCOMPARE(m_figures.value(u"required"_s).failed, QStringList());
    QVERIFY(m_figures.value(u"format"_s).total >= 100);
}

QTEST_GUILESS_MAIN(TstJsonSchemaSuite)
#include "tst_jsonschemasuite.moc"
