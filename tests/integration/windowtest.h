// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/windowfixture.h"

#include <QTabBar>
#include <QTemporaryDir>

namespace tests {

constexpr int patienceMs = 60'000;

/// A call the plan has nothing to say of.
inline QByteArray good(const QByteArray &messageId)
{
    return trackerEvent(messageId, R"({"deliveryId":"del_42","loadTimeMs":120})");
}

/// One whose `deliveryId` has another name.
inline QByteArray renamed()
{
    return trackerEvent("m-renamed", R"({"delivery_id":"del_42","loadTimeMs":1.50e3})");
}

/// A fresh program for each test, and what a person does in it again and again.
class WindowTest : public QObject
{
    Q_OBJECT

protected:
    void open(const QString &listen = QStringLiteral(":0"));
    /// Sends a call and waits for its row, which is the last one then.
    void send(const QByteArray &body);
    /// To the stream's table by keyboard, with this row alone selected.
    void select(int row);
    void showTab(ui::Inspector::Tab tab);
    /// A dialog has closed: the offscreen platform gives the focus back to nobody.
    void backToWindow();

    ui::Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;

private slots:
    void initTestCase();
    void init();
    void cleanup();
};

inline void WindowTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_theme.install(*qApp);
}

inline void WindowTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    open();
    QVERIFY(m_program->services().captureState().isListening);
}

inline void WindowTest::open(const QString &listen)
{
    m_program = std::make_unique<Program>(m_theme, m_folder->path(), listen);
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window()));
    QTRY_VERIFY_WITH_TIMEOUT(m_program->isUp(), patienceMs);
}

inline void WindowTest::cleanup()
{
    m_program.reset();
    m_folder.reset();
}

inline void WindowTest::send(const QByteArray &body)
{
    const int rows = m_program->model().rowCount();
    QCOMPARE(postTrack(m_program->port(), body), 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_program->model().rowCount(), rows + 1, patienceMs);
}

inline void WindowTest::select(int row)
{
    m_program->press(Qt::Key_1, Qt::ControlModifier);
    QVERIFY(m_program->table().hasFocus());
    m_program->press(Qt::Key_Home);
    for (int step = 0; step < row; ++step) {
        m_program->press(Qt::Key_Down);
    }
    const auto id = m_program->model().eventId(row);
    QCOMPARE(m_program->table().selectedIds(2), std::vector{id});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_program->inspector().shownId() == id && m_program->inspector().inspected() != nullptr, patienceMs);
}

inline void WindowTest::showTab(ui::Inspector::Tab tab)
{
    const QTabBar &tabs = m_program->inspector().tabBar();
    if (!tabs.hasFocus()) {
        QVERIFY(m_program->table().hasFocus());
        m_program->press(Qt::Key_Return);
    }
    QVERIFY(tabs.hasFocus());
    while (m_program->inspector().currentTab() != tab) {
        const auto before = m_program->inspector().currentTab();
        m_program->press(before < tab ? Qt::Key_Right : Qt::Key_Left);
        QVERIFY(m_program->inspector().currentTab() != before);
    }
}

inline void WindowTest::backToWindow()
{
    m_program->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_program->window()));
}

} // namespace tests
