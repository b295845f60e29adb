// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// Mute, solo and names of sources as the stream page shows them.
#include "tests/ui/pagefixture.h"
#include "ui/commands/actionregistry.h"
#include "ui/englishplurals.h"
#include "ui/sources/sourcecatalog.h"
#include "ui/stream/facetpanel.h"
#include "ui/stream/streampage.h"
#include "ui/stream/streamtable.h"
#include "ui/widgets/emptystate.h"

#include <QApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tests;

namespace {

struct Window
{
    ui::EnglishPlurals plurals;
    FakeServices services;
    PageFixture stream{services};
    ui::Theme theme;
    QMainWindow window;
    ui::ActionRegistry actions{theme, &window};
    ui::StreamPage *page = nullptr;
    ui::FacetPanel *panel = nullptr;
    std::vector<event::EventId> ids;

    Window()
    {
        QCoreApplication::installTranslator(&plurals);
        theme.install(*qApp);
        services.sourceList = {source(1, "0123456789abcdef", u"Tracker UI"_s),
                               source(2, "fedcba9876543210", u"Pilot UI"_s)};
    }
    ~Window() { delete page; }

    static store::Source source(quint32 id, const QByteArray &keyHash, const QString &name)
    {
        store::Source source;
        source.id = event::SourceId{id};
        source.keyHash = keyHash;
        source.name = name;
        source.maskedKey = u"…a1b2"_s;
        source.events = 2;
        return source;
    }

    /// Two of the Tracker UI, one of the Pilot UI.
    void open()
    {
        page = new ui::StreamPage(services, theme, actions, &window);
        window.setCentralWidget(page);
        actions.attachTo(window);
        window.resize(1280, 800);
        panel = qobject_cast<ui::FacetPanel *>(page->facets());
        panel->setParent(&window);
        panel->setGeometry(0, 0, 220, 500);
        window.show();
        panel->show();
        panel->raise();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        ids = stream.add({{.name = u"Order Tracked"_s, .body = "{}"},
                          {.name = u"Order Rated"_s, .body = "{}"},
                          {.name = u"Drive Started"_s, .source = u"Pilot UI"_s, .body = "{}"}});
        QTRY_COMPARE(page->table().model()->rowCount(), 3);
        QTRY_COMPARE(panel->facets().rowCount(sources()), 2);
    }

    [[nodiscard]] QModelIndex sources() const
    {
        return panel->facets().index(static_cast<int>(ui::FacetModel::Section::Sources), 0);
    }
    [[nodiscard]] QModelIndex sourceRow(const QString &name) const
    {
        for (int row = 0; row < panel->facets().rowCount(sources()); ++row) {
            const QModelIndex index = panel->facets().index(row, 0, sources());
            if (panel->termAt(index).value == name) {
                return index;
            }
        }
        return {};
    }
    void pressOn(const QString &name, Qt::Key key) const
    {
        panel->setFocus();
        panel->setCurrentIndex(sourceRow(name));
        QTest::keyClick(panel, key);
    }
    [[nodiscard]] QString hidden() const { return page->findChild<QLabel *>(u"hiddenText"_s)->text(); }
    [[nodiscard]] QWidget *bar() const { return page->findChild<QWidget *>(u"hiddenBar"_s); }
    [[nodiscard]] QPushButton *scope() const { return page->findChild<QPushButton *>(u"sourceScope"_s); }
};

} // namespace

class TstStreamSources final : public QObject
{
    Q_OBJECT

private slots:
    void withoutAnyNothingIsAsked();
    void muteHidesAndCounts();
    void mutedRowsAreShownInOneClick();
    void theUsersFilterStaysHisOwn();
    void whatTheFilterAsksForIsShownThoughMuted();
    void soloShowsOnlyThatOne();
    void soloWinsOverMute();
    void mutedFromTheStartItStaysInTheFacets();
    void nothingButMutedRowsOffersThem();
    void renameByKey();
    void theMenuColours();
};

void TstStreamSources::withoutAnyNothingIsAsked()
{
    Window w;
    w.open();
    QVERIFY(w.services.filters.empty());
    QVERIFY(!w.bar()->isVisible());
}

void TstStreamSources::muteHidesAndCounts()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    QCOMPARE(w.services.filters.back().text, u"-source:\"Pilot UI\""_s);
    QVERIFY(w.page->filterText().isEmpty());
    w.stream.filterTo({w.ids[0], w.ids[1]});
    QTRY_VERIFY(w.bar()->isVisible());
    QTRY_COMPARE(w.hidden(), u"1 row of muted sources hidden: Pilot UI"_s);
    QVERIFY(!w.page->findChild<QPushButton *>(u"clearFilter"_s)->isVisible());
}

void TstStreamSources::mutedRowsAreShownInOneClick()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    w.stream.filterTo({w.ids[0], w.ids[1]});
    QTRY_VERIFY(w.scope()->isVisible());
    QTest::mouseClick(w.scope(), Qt::LeftButton);
    QCOMPARE(w.services.filters.back().text, QString());
    w.stream.filterTo(w.ids);
    QTRY_COMPARE(w.page->table().model()->rowCount(), 3);
    QVERIFY(w.bar()->isVisible());
    QVERIFY(w.services.captureFake.sourceConfigs.front().isMuted);
    QTest::mouseClick(w.scope(), Qt::LeftButton);
    QCOMPARE(w.services.filters.back().text, u"-source:\"Pilot UI\""_s);
}

void TstStreamSources::theUsersFilterStaysHisOwn()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    w.page->setFilterText(u"type:track OR type:page"_s);
    QCOMPARE(w.page->filterText(), u"type:track OR type:page"_s);
    QCOMPARE(w.services.filters.back().text, u"(type:track OR type:page) -source:\"Pilot UI\""_s);
    QVERIFY(w.services.filters.back().root != nullptr);
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    QCOMPARE(w.services.filters.back().text, u"type:track OR type:page"_s);
}

void TstStreamSources::whatTheFilterAsksForIsShownThoughMuted()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    w.page->setFilterText(u"source:\"Pilot UI\""_s);
    QCOMPARE(w.services.filters.back().text, u"source:\"Pilot UI\""_s);
}

void TstStreamSources::soloShowsOnlyThatOne()
{
    Window w;
    w.open();
    w.pressOn(u"Tracker UI"_s, Qt::Key_S);
    QCOMPARE(w.services.filters.back().text, u"source:\"Tracker UI\""_s);
    w.stream.filterTo({w.ids[0], w.ids[1]});
    QTRY_VERIFY(w.bar()->isVisible());
    // The solo is said at once, the count once the stream has answered.
    QTRY_COMPARE(w.hidden(), u"Solo: only Tracker UI is shown, 1 row hidden"_s);
    QTest::mouseClick(w.scope(), Qt::LeftButton);
    QCOMPARE(w.services.filters.back().text, QString());
    w.stream.filterTo(w.ids);
    QTRY_VERIFY(!w.bar()->isVisible());
}

void TstStreamSources::soloWinsOverMute()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    w.pressOn(u"Pilot UI"_s, Qt::Key_S);
    QCOMPARE(w.services.filters.back().text, u"source:\"Pilot UI\""_s);
    w.pressOn(u"Pilot UI"_s, Qt::Key_S);
    QCOMPARE(w.services.filters.back().text, u"-source:\"Pilot UI\""_s);
}

void TstStreamSources::mutedFromTheStartItStaysInTheFacets()
{
    Window w;
    intake::SourceConfig config;
    config.id = u"merchant"_s;
    config.name = u"Merchant UI"_s;
    config.match.keyHashes = {u"aaaabbbbccccdddd"_s};
    config.isMuted = true;
    w.services.captureFake.sourceConfigs = {config};
    w.services.sourceList.push_back(Window::source(9, "aaaabbbbccccdddd", u"Merchant UI"_s));
    w.page = new ui::StreamPage(w.services, w.theme, w.actions, &w.window);
    QCOMPARE(w.services.filters.back().text, u"-source:\"Merchant UI\""_s);
    w.panel = qobject_cast<ui::FacetPanel *>(w.page->facets());
    QTRY_VERIFY(w.sourceRow(u"Merchant UI"_s).isValid());
}

void TstStreamSources::nothingButMutedRowsOffersThem()
{
    Window w;
    w.open();
    w.pressOn(u"Tracker UI"_s, Qt::Key_M);
    w.pressOn(u"Pilot UI"_s, Qt::Key_M);
    w.stream.filterTo({});
    auto *empty = w.page->findChild<ui::EmptyState *>(u"noMatch"_s);
    QTRY_VERIFY(empty->isVisible());
    QTest::mouseClick(&empty->button(), Qt::LeftButton);
    QCOMPARE(w.services.filters.back().text, QString());
}

void TstStreamSources::renameByKey()
{
    Window w;
    w.open();
    w.pressOn(u"Pilot UI"_s, Qt::Key_F2);
    auto *dialog = w.page->findChild<QInputDialog *>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->textValue(), u"Pilot UI"_s);
    dialog->setTextValue(u" Pilots "_s);
    dialog->accept();
    QCOMPARE(w.services.renames.size(), 1U);
    QCOMPARE(w.services.renames.front().second, u"Pilots"_s);
    QTRY_VERIFY(w.sourceRow(u"Pilots"_s).isValid());
}

void TstStreamSources::theMenuColours()
{
    Window w;
    w.open();
    const QPoint place = w.panel->visualRect(w.sourceRow(u"Pilot UI"_s)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, w.panel->viewport()->mapToGlobal(place));
    QApplication::sendEvent(w.panel->viewport(), &event);
    auto *menu = w.panel->findChild<QMenu *>(u"facetMenu"_s);
    QVERIFY(menu != nullptr);
    auto *colors = menu->findChild<QMenu *>(u"sourceColors"_s);
    QVERIFY(colors != nullptr);
    colors->actions().at(2)->trigger();
    menu->close();
    QCOMPARE(w.services.captureFake.sourceConfigs.front().color, 3);
    w.theme.setSourceColors(w.page->sources().colors());
    QCOMPARE(w.theme.sourceRole(2), ui::Role::Source3);
    QCOMPARE(w.theme.sourceRole(1), ui::Role::Source1);
}

QTEST_MAIN(TstStreamSources)
#include "tst_streamsources.moc"
