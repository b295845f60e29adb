// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/windowtest.h"
#include "ui/inspector/deliveriestab.h"
#include "ui/stream/replaydialog.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/statusbarview.h"

#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace tests;
using Page = ui::MainWindow::Page;
using Model = ui::StreamModel;
using Tab = ui::Inspector::Tab;

namespace {

/// The notice on top of the window; null when there is none.
const ui::Notice *shownNotice(const Program &program)
{
    const auto notices = program.window().findChildren<ui::Notice *>();
    const auto shown = std::ranges::find_if(notices, [](const ui::Notice *one) { return one->isVisible(); });
    return shown == notices.end() ? nullptr : *shown;
}

} // namespace

/// The real window and what is beside it: destinations, other programs on its port, its own next start.
class TstWindowPeers final : public WindowTest
{
    Q_OBJECT

private slots:
    void aReplayByKeyboardIsDelivered();
    void liveForwardingSendsTheSameBytes();
    void aLoopIsRefused();
    void aRestartShowsTheSameRows();
    void aTakenPortOffersTheNext();
    void aMoveToATakenPortStaysWhereItWas();
};

void TstWindowPeers::aReplayByKeyboardIsDelivered()
{
    const Program &program = *m_program;
    Workspace staging;
    QVERIFY(program.services().setDestinations({staging.config(u"Staging"_s)}).has_value());
    send(good("m-original"));
    select(0);
    program.press(Qt::Key_R);
    auto *dialog = program.window().findChild<ui::ReplayDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QTRY_VERIFY(dialog->list()->hasFocus());
    program.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!staging.requests.empty(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(0).delivery, event::DeliveryState::Delivered, patienceMs);
    QCOMPARE(staging.requests.size(), 1U);

    json::Parser parser;
    const auto parsed = parser.parse(staging.requests.front().body);
    QVERIFY2(parsed.has_value(), staging.requests.front().body.constData());
    json::Value sent = (*parsed)->root();
    if (const json::Value batch = sent.find("batch"); batch.isArray()) {
        sent = batch.firstChild().value();
    }
    QVERIFY(sent.find("messageId").text() != "m-original" && !sent.find("messageId").text().empty());
    QCOMPARE(sent.find("context").find("replay").find("originalMessageId").text(),
             std::string_view("m-original"));
    QCOMPARE(sent.find("event").text(), std::string_view("Order Loaded"));
    QCOMPARE(sent.find("properties").raw(), std::string_view(R"({"deliveryId":"del_42","loadTimeMs":120})"));

    // Its try and its answer stand at the event, which the inspector showed all the while.
    backToWindow();
    program.press(Qt::Key_1, Qt::ControlModifier);
    showTab(Tab::Deliveries);
    const auto folds = [&program] {
        return program.inspector().deliveriesTab().findChildren<QToolButton *>();
    };
    QTRY_COMPARE_WITH_TIMEOUT(folds().size(), 2, patienceMs);
    for (QToolButton *fold : folds()) {
        fold->setFocus();
        program.press(Qt::Key_Space);
    }
    const QString texts = Program::textsOf(program.inspector().deliveriesTab());
    QVERIFY2(texts.contains(u"Staging"_s) && texts.contains(u"Replay of 1 event"_s) &&
                 texts.contains(u"200 OK"_s) && texts.contains(u"\"success\": true"_s) &&
                 texts.contains(u"originalMessageId"_s),
             qPrintable(texts));
    QVERIFY2(!texts.contains(u"FAKE_STAGING_KEY_0000"_s), qPrintable(texts));
}

void TstWindowPeers::liveForwardingSendsTheSameBytes()
{
    const Program &program = *m_program;
    Workspace live;
    deliver::DestinationConfig config = live.config(u"Production"_s);
    QVERIFY(program.services().setDestinations({config}).has_value());
    send(good("m-before"));
    config.isLive = true;
    QVERIFY(program.services().setDestinations({config}).has_value());
    send(renamed());
    QTRY_COMPARE_WITH_TIMEOUT(live.requests.size(), 1U, patienceMs);
    QCOMPARE(live.requests.front().body, renamed());
    QVERIFY2(live.requests.front().head.startsWith("POST /v1/track HTTP/1.1"),
             live.requests.front().head.constData());
    QCOMPARE(live.requests.front().header("Authorization"),
             "Basic " + QByteArray("FAKE_STAGING_KEY_0000:").toBase64());
    QTRY_COMPARE_WITH_TIMEOUT(program.state(1).delivery, event::DeliveryState::Delivered, patienceMs);
    QCOMPARE(program.state(0).delivery, event::DeliveryState::None);
    QTRY_VERIFY2_WITH_TIMEOUT(program.window().status().summary().contains(u"Production"_s),
                              qPrintable(program.window().status().summary()), patienceMs);
}

void TstWindowPeers::aLoopIsRefused()
{
    const Program &program = *m_program;
    deliver::DestinationConfig config;
    config.name = u"Myself"_s;
    config.baseUrl = QUrl(u"http://localhost:%1"_s.arg(program.port()));
    config.writeKey = u"FAKE_STAGING_KEY_0000"_s;
    config.isLive = true;
    const auto applied = program.services().setDestinations({config});
    QVERIFY(!applied.has_value());
    QVERIFY2(applied.error().oneLine().contains(u"Myself"_s), qPrintable(applied.error().oneLine()));
    QVERIFY(program.services().destinations().empty());
    send(good("m-1"));
    QCOMPARE(program.state(0).delivery, event::DeliveryState::None);

    // Nor by moving to where a destination is: the capture stays where it was, and says why.
    const quint16 before = program.port();
    config.baseUrl = QUrl(u"http://127.0.0.1:%1"_s.arg(before + 1));
    QVERIFY(program.services().setDestinations({config}).has_value());
    program.services().listenOn(QString::number(before + 1));
    QTRY_VERIFY_WITH_TIMEOUT(shownNotice(program) != nullptr, patienceMs);
    QVERIFY2(shownNotice(program)->text().contains(u"Myself"_s), qPrintable(shownNotice(program)->text()));
    QVERIFY(program.services().captureState().isListening);
    QCOMPARE(program.port(), before);
    QVERIFY(program.services().setDestinations({}).has_value());
    send(good("m-2"));
}

void TstWindowPeers::aRestartShowsTheSameRows()
{
    send(good("m-1"));
    send(renamed());
    send(trackerEvent("m-2", R"({"deliveryId":"del_9"})", "Order Vanished"));
    const auto snapshot = [this] {
        QStringList rows;
        for (int row = 0; row < m_program->model().rowCount(); ++row) {
            rows +=
                u"%1 %2 %3 %4"_s.arg(event::raw(m_program->model().eventId(row)))
                    .arg(m_program->cell(row, Model::EventColumn), m_program->cell(row, Model::SourceColumn))
                    .arg(static_cast<int>(m_program->state(row).status));
        }
        return rows;
    };
    const QStringList before = snapshot();
    m_program.reset();
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), 3, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(snapshot(), before, patienceMs);
    QTRY_COMPARE(m_program->window().page(), Page::Stream);
    // And goes on behind them.
    send(good("m-3"));
    QCOMPARE(snapshot().first(3), before);
}

void TstWindowPeers::aTakenPortOffersTheNext()
{
    const quint16 taken = m_program->port();
    const QTemporaryDir folder;
    const Program second(m_theme, folder.path(), QString::number(taken));
    QTRY_VERIFY_WITH_TIMEOUT(second.isUp(), patienceMs);
    const auto state = second.services().captureState();
    QVERIFY(!state.isListening);
    QVERIFY(state.suggestedPort > taken);
    const ui::Notice *shown = shownNotice(second);
    QVERIFY(shown != nullptr);
    QVERIFY2(shown->text().contains(QString::number(taken)) && shown->text().contains(u"tst_windowpeers"_s),
             qPrintable(shown->text()));
    quint16 offered = 0;
    // Another program may be quicker to the port that was free a moment ago: then the next one is offered.
    for (int tries = 0; tries < 10 && !second.services().captureState().isListening; ++tries) {
        offered = second.services().captureState().suggestedPort;
        QCOMPARE(shown->button().text(), u"Use port %1"_s.arg(offered));
        shown->button().setFocus();
        QSignalSpy changed(&second.services(), &ui::Services::captureStateChanged);
        QTest::keyClick(&shown->button(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), patienceMs);
    }
    QVERIFY(second.services().captureState().isListening);
    QCOMPARE(second.port(), offered);
    QVERIFY(!shown->isVisible());
    QCOMPARE(postTrack(second.port(), good("m-1")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(second.model().rowCount(), 1, patienceMs);
}

void TstWindowPeers::aMoveToATakenPortStaysWhereItWas()
{
    const Program &program = *m_program;
    const Workspace other;
    const quint16 before = program.port();
    program.services().listenOn(QString::number(other.serverPort()));
    QTRY_VERIFY_WITH_TIMEOUT(shownNotice(program) != nullptr, patienceMs);
    QVERIFY2(shownNotice(program)->text().contains(QString::number(other.serverPort())),
             qPrintable(shownNotice(program)->text()));
    QVERIFY(program.services().captureState().isListening);
    QCOMPARE(program.port(), before);
    send(good("m-1"));
    program.services().listenOn(QString::number(before));
    QTRY_VERIFY_WITH_TIMEOUT(shownNotice(program) == nullptr, patienceMs);
}

QTEST_MAIN(TstWindowPeers)
#include "tst_windowpeers.moc"
