// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/filterbox.h"

#include <memory>

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TstFilterBox final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void emitsWhatItUnderstood();
    void enterEmitsAtOnce();
    void underlinesAMistakeWhereItStands();
    void saysTheMistakeBelow();
    void escapeClears();
    void tableKeys_data();
    void tableKeys();
    void enterAppliesThenOpens();
    void offersFieldsAndValues();
    void theOffersAreDrivenByTheKeyboard();
    void escapeClosesTheOffersFirst();
    void remembersFilters();
    void togglesATerm();

private:
    ui::Theme m_theme;
    std::unique_ptr<QWidget> m_window;
    ui::FilterBox *m_box = nullptr;
};

void TstFilterBox::initTestCase()
{
    m_theme.install(*qApp);
    m_theme.setChoice(ui::Theme::Choice::Light);
}

void TstFilterBox::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(700, 400);
    m_box = new ui::FilterBox(m_theme, m_window.get());
    m_box->setGeometry(20, 6, 500, 28);
    m_box->setSeenValues([](filter::Field field, const QString & /*path*/, const QString &prefix) {
        QStringList values;
        if (field == filter::Field::Event)
            values = {u"Order Completed"_s, u"Order Cancelled"_s};
        return values.filter(prefix, Qt::CaseInsensitive);
    });
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_box->setFocus();
}

void TstFilterBox::cleanup()
{
    m_window.reset();
}

void TstFilterBox::emitsWhatItUnderstood()
{
    QSignalSpy changed(m_box, &ui::FilterBox::queryChanged);
    QTest::keyClicks(m_box, u"type:track "_s);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(m_box->query().text.trimmed(), u"type:track"_s);
    QVERIFY(m_box->query().root != nullptr);
}

void TstFilterBox::enterEmitsAtOnce()
{
    QSignalSpy changed(m_box, &ui::FilterBox::queryChanged);
    QTest::keyClicks(m_box, u"checkout"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
}

void TstFilterBox::underlinesAMistakeWhereItStands()
{
    QSignalSpy changed(m_box, &ui::FilterBox::queryChanged);
    m_box->setFilter(u"type:trak"_s);
    QVERIFY(m_box->mistake().has_value());
    QCOMPARE(changed.count(), 0);
    const QImage image = m_box->grab().toImage();
    int red = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 30; x < 200; ++x) {
            const QColor color = image.pixelColor(x, y);
            red += color.red() > color.green() + 80 && color.red() > color.blue() + 80 ? 1 : 0;
        }
    QVERIFY(red > 10);
    QVERIFY(!m_box->accessibleDescription().isEmpty());
    m_box->setFilter(u"type:track"_s);
    QVERIFY(!m_box->mistake().has_value());
    QVERIFY(m_box->accessibleDescription().isEmpty());
    QCOMPARE(changed.count(), 1);
}

void TstFilterBox::saysTheMistakeBelow()
{
    m_box->setFilter(u"type:trak"_s);
    const QLabel *message = nullptr;
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        if (label->isVisible() && !label->text().isEmpty())
            message = label;
    QVERIFY(message != nullptr);
    QVERIFY(message->text().contains(u"track"_s));
    QVERIFY(!message->text().contains(u'`'));
    QVERIFY(message->y() >= m_box->geometry().bottom());
    m_box->setFilter({});
    QVERIFY(!message->isVisible());
}

void TstFilterBox::escapeClears()
{
    m_box->setFilter(u"checkout"_s);
    QSignalSpy changed(m_box, &ui::FilterBox::queryChanged);
    QTest::keyClick(m_box, Qt::Key_Escape);
    QVERIFY(m_box->text().isEmpty());
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_box->query().root == nullptr);
}

void TstFilterBox::tableKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("up") << static_cast<int>(Qt::Key_Up);
    QTest::newRow("down") << static_cast<int>(Qt::Key_Down);
    QTest::newRow("page up") << static_cast<int>(Qt::Key_PageUp);
    QTest::newRow("page down") << static_cast<int>(Qt::Key_PageDown);
}

void TstFilterBox::tableKeys()
{
    QFETCH(int, key);
    QSignalSpy pressed(m_box, &ui::FilterBox::tableKeyPressed);
    QTest::keyClicks(m_box, u"checkout"_s);
    QTest::keyClick(m_box, static_cast<Qt::Key>(key));
    QCOMPARE(pressed.count(), 1);
    QCOMPARE(pressed.front().front().toInt(), key);
    QCOMPARE(m_box->text(), u"checkout"_s);
}

void TstFilterBox::enterAppliesThenOpens()
{
    QSignalSpy changed(m_box, &ui::FilterBox::queryChanged);
    QSignalSpy pressed(m_box, &ui::FilterBox::tableKeyPressed);
    QTest::keyClicks(m_box, u"checkout"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(pressed.count(), 0);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(pressed.count(), 1);
    QCOMPARE(pressed.front().front().toInt(), static_cast<int>(Qt::Key_Return));
}

void TstFilterBox::offersFieldsAndValues()
{
    QTest::keyClicks(m_box, u"sta"_s);
    QVERIFY(m_box->isOffering());
    QTest::keyClick(m_box, Qt::Key_Tab);
    QVERIFY(m_box->text().startsWith(u"status:"_s));
    QVERIFY(m_box->hasFocus());
}

void TstFilterBox::theOffersAreDrivenByTheKeyboard()
{
    QSignalSpy pressed(m_box, &ui::FilterBox::tableKeyPressed);
    QTest::keyClicks(m_box, u"event:ord"_s);
    QVERIFY(m_box->isOffering());
    QTest::keyClick(m_box, Qt::Key_Down);
    QTest::keyClick(m_box, Qt::Key_Down);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(m_box->text().trimmed(), u"event:\"Order Cancelled\""_s);
    QVERIFY(!m_box->isOffering());
    QCOMPARE(pressed.count(), 0);
}

void TstFilterBox::escapeClosesTheOffersFirst()
{
    QTest::keyClicks(m_box, u"sta"_s);
    QVERIFY(m_box->isOffering());
    QTest::keyClick(m_box, Qt::Key_Escape);
    QVERIFY(!m_box->isOffering());
    QCOMPARE(m_box->text(), u"sta"_s);
    QTest::keyClick(m_box, Qt::Key_Escape);
    QVERIFY(m_box->text().isEmpty());
}

void TstFilterBox::remembersFilters()
{
    m_box->setFilter(u"type:track"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    m_box->setFilter(u"status:violation"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    m_box->setFilter(u"type:track"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(m_box->history(), (QStringList{u"type:track"_s, u"status:violation"_s}));
    m_box->setFilter({});
    QTest::keyClick(m_box, Qt::Key_Down, Qt::AltModifier);
    QVERIFY(m_box->isOffering());
    QTest::keyClick(m_box, Qt::Key_Down);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(m_box->text(), u"status:violation"_s);
}

void TstFilterBox::togglesATerm()
{
    m_box->toggleTerm(u"type:track"_s);
    m_box->toggleTerm(u"status:violation"_s);
    QCOMPARE(m_box->text(), u"type:track status:violation"_s);
    m_box->toggleTerm(u"type:track"_s);
    QCOMPARE(m_box->text(), u"status:violation"_s);
}

QTEST_MAIN(TstFilterBox)
#include "tst_filterbox.moc"
