// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/sources/sourcecatalog.h"

#include "tests/support/fakeservices.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

store::Source seen(quint32 id, const QByteArray &keyHash, const QString &name)
{
    store::Source source;
    source.id = event::SourceId{id};
    source.keyHash = keyHash;
    source.name = name;
    source.maskedKey = u"…a1b2"_s;
    source.events = 12;
    return source;
}

} // namespace

class TstSourceCatalog final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aTypedKeyBecomesItsHash();
    void idsArePlainAndOwn_data();
    void idsArePlainAndOwn();
    void mutingDefinesTheSource();
    void mutingTwiceLetsItBack();
    void aMutedSourceHidesAllItsNames();
    void aSourceWithoutKeyIsKnownByItsLibrary();
    void soloIsOfOneAndEnds();
    void renamingChangesDefinitionAndRow();
    void renamingAnUndefinedOneDefinesNothing();
    void coloursAreTheThemes();
    void aRefusalIsSaid();

private:
    std::unique_ptr<tests::FakeServices> m_services;
};

void TstSourceCatalog::init()
{
    m_services = std::make_unique<tests::FakeServices>();
    m_services->sourceList = {seen(1, "0123456789abcdef", u"Tracker UI"_s),
                              seen(2, "fedcba9876543210", u"Pilot UI"_s)};
}

void TstSourceCatalog::aTypedKeyBecomesItsHash()
{
    // printf abc | sha256sum
    QCOMPARE(ui::writeKeyHash(u" abc \n"_s), u"ba7816bf8f01cfea"_s);
}

void TstSourceCatalog::idsArePlainAndOwn_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::newRow("words") << u"Tracker UI"_s << u"tracker-ui"_s;
    QTest::newRow("marks at the ends") << u" (Web) "_s << u"web"_s;
    QTest::newRow("taken") << u"Pilot"_s << u"pilot-2"_s;
    QTest::newRow("no letter we keep") << u"日本"_s << u"source"_s;
}

void TstSourceCatalog::idsArePlainAndOwn()
{
    QFETCH(const QString, name);
    intake::SourceConfig taken;
    taken.id = u"pilot"_s;
    QTEST(ui::sourceId(name, {taken}), "id");
}

void TstSourceCatalog::mutingDefinesTheSource()
{
    ui::SourceCatalog catalog(*m_services);
    QVERIFY(catalog.mutedNames().isEmpty());
    catalog.toggleMuted(event::SourceId{2});
    const auto &configs = m_services->captureFake.sourceConfigs;
    QCOMPARE(configs.size(), 1U);
    QCOMPARE(configs.front().id, u"pilot-ui"_s);
    QCOMPARE(configs.front().match.keyHashes, QStringList{u"fedcba9876543210"_s});
    QCOMPARE(configs.front().maskedKeys, QStringList{u"…a1b2"_s});
    QVERIFY(configs.front().isMuted);
    QVERIFY(catalog.isMuted(event::SourceId{2}));
    QVERIFY(!catalog.isMuted(event::SourceId{1}));
}

void TstSourceCatalog::mutingTwiceLetsItBack()
{
    ui::SourceCatalog catalog(*m_services);
    catalog.toggleMuted(event::SourceId{2});
    catalog.toggleMuted(event::SourceId{2});
    QCOMPARE(m_services->captureFake.sourceConfigs.size(), 1U);
    QVERIFY(!catalog.isMuted(event::SourceId{2}));
}

void TstSourceCatalog::aMutedSourceHidesAllItsNames()
{
    intake::SourceConfig config;
    config.id = u"pilot"_s;
    config.name = u"Pilots"_s;
    config.match.keyHashes = {u"fedcba9876543210"_s};
    config.isMuted = true;
    m_services->captureFake.sourceConfigs = {config};
    // Rows that came before it was defined carry the old name, later ones lie under the rule.
    m_services->sourceList.push_back(seen(3, "rule:pilot", u"Pilots"_s));
    const ui::SourceCatalog catalog(*m_services);
    QCOMPARE(catalog.mutedNames(), (QStringList{u"Pilots"_s, u"Pilot UI"_s}));
    QCOMPARE(catalog.mutedIds(), (std::vector<std::uint32_t>{2, 3}));
}

void TstSourceCatalog::aSourceWithoutKeyIsKnownByItsLibrary()
{
    store::Source source = seen(4, "none", u"No write key"_s);
    source.library = u"analytics-node 2.3.0"_s;
    const intake::SourceConfig config = ui::definitionOf(source, {});
    QVERIFY(config.match.keyHashes.isEmpty());
    QCOMPARE(config.match.libraries, QStringList{u"analytics-node*"_s});
    source.library.clear();
    QCOMPARE(ui::definitionOf(source, {}).match, intake::SourceMatch{});
}

void TstSourceCatalog::soloIsOfOneAndEnds()
{
    ui::SourceCatalog catalog(*m_services);
    QSignalSpy changed(&catalog, &ui::SourceCatalog::changed);
    catalog.toggleSolo(event::SourceId{1});
    QCOMPARE(catalog.soloNames(), QStringList{u"Tracker UI"_s});
    catalog.toggleSolo(event::SourceId{2});
    QCOMPARE(catalog.soloNames(), QStringList{u"Pilot UI"_s});
    QVERIFY(!catalog.isSoloed(event::SourceId{1}));
    catalog.toggleSolo(event::SourceId{2});
    QVERIFY(catalog.soloNames().isEmpty());
    catalog.toggleSolo(event::SourceId{2});
    catalog.endSolo();
    QVERIFY(catalog.soloNames().isEmpty());
    QCOMPARE(changed.size(), 5);
    QVERIFY(m_services->captureFake.sourceConfigs.empty());
}

void TstSourceCatalog::renamingChangesDefinitionAndRow()
{
    ui::SourceCatalog catalog(*m_services);
    catalog.setColor(event::SourceId{1}, 4);
    catalog.rename(event::SourceId{1}, u"Order tracker"_s);
    QCOMPARE(m_services->captureFake.sourceConfigs.front().name, u"Order tracker"_s);
    QCOMPARE(m_services->renames.size(), 1U);
    QCOMPARE(m_services->renames.front().second, u"Order tracker"_s);
    QCOMPARE(catalog.find(event::SourceId{1})->name, u"Order tracker"_s);
}

void TstSourceCatalog::renamingAnUndefinedOneDefinesNothing()
{
    ui::SourceCatalog catalog(*m_services);
    catalog.rename(event::SourceId{1}, u"Order tracker"_s);
    QVERIFY(m_services->captureFake.sourceConfigs.empty());
    QCOMPARE(m_services->renames.size(), 1U);
}

void TstSourceCatalog::coloursAreTheThemes()
{
    ui::SourceCatalog catalog(*m_services);
    QVERIFY(catalog.colors().isEmpty());
    catalog.setColor(event::SourceId{2}, 3);
    QCOMPARE(catalog.colors(), (QHash<quint32, ui::Role>{{2, ui::Role::Source3}}));
    catalog.setColor(event::SourceId{2}, 0);
    QVERIFY(catalog.colors().isEmpty());
}

void TstSourceCatalog::aRefusalIsSaid()
{
    ui::SourceCatalog catalog(*m_services);
    m_services->captureFake.sourcesError =
        base::Error{base::ErrorCode::Io, u"The settings could not be saved."_s, {}, {}};
    QSignalSpy failed(m_services.get(), &ui::Services::failed);
    catalog.toggleMuted(event::SourceId{1});
    QCOMPARE(failed.size(), 1);
    QVERIFY(!catalog.isMuted(event::SourceId{1}));
}

QTEST_GUILESS_MAIN(TstSourceCatalog)
#include "tst_sourcecatalog.moc"
