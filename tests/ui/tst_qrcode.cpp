// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/qrcode.h"

#include <set>

#include <QApplication>
#include <QImage>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int quiet = 4;

/// The finder pattern that stands in three corners: 7 by 7, rings of dark, light, dark.
bool isFinder(const ui::QrCode &code, int top, int left)
{
    for (int row = 0; row < 7; ++row) {
        for (int column = 0; column < 7; ++column) {
            const int ring = std::min({row, column, 6 - row, 6 - column});
            if (code.isDark(top + row, left + column) != (ring != 1))
                return false;
        }
    }
    return true;
}

QString address()
{
    return u"http://192.168.1.20:8765/trackside/?code=7KQ2M9XP"_s;
}

} // namespace

class TstQrCode final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void hasTheThreeFinders();
    void otherTextsAreOtherCodes();
    void tooLongOrEmptyIsEmpty_data();
    void tooLongOrEmptyIsEmpty();
    void isDarkOnLightInBothThemes();
    void isSharp_data();
    void isSharp();
    void saysWhatItHolds();

private:
    ui::Theme m_theme;
};

void TstQrCode::initTestCase()
{
    m_theme.install(*qApp);
}

void TstQrCode::cleanup()
{
    m_theme.setChoice(ui::Theme::Choice::Light);
}

void TstQrCode::hasTheThreeFinders()
{
    ui::QrCode code(m_theme);
    code.setText(address());
    QVERIFY(!code.isEmpty());
    QCOMPARE((code.side() - 17) % 4, 0); // every version of the standard has 17 + 4 n modules
    QVERIFY(isFinder(code, 0, 0));
    QVERIFY(isFinder(code, 0, code.side() - 7));
    QVERIFY(isFinder(code, code.side() - 7, 0));
    // The timing pattern between them, and the module that is always dark.
    for (int at = 8; at < code.side() - 8; ++at)
        QCOMPARE(code.isDark(6, at), at % 2 == 0);
    QVERIFY(code.isDark(code.side() - 8, 8));
}

void TstQrCode::otherTextsAreOtherCodes()
{
    ui::QrCode one(m_theme), other(m_theme);
    one.setText(address());
    other.setText(address() + u'A');
    int differing = 0;
    QCOMPARE(one.side(), other.side());
    for (int row = 0; row < one.side(); ++row) {
        for (int column = 0; column < one.side(); ++column)
            differing += one.isDark(row, column) != other.isDark(row, column) ? 1 : 0;
    }
    QVERIFY(differing > 20);
    one.setText({});
    QVERIFY(one.isEmpty());
}

void TstQrCode::tooLongOrEmptyIsEmpty_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("isEmpty");
    QTest::newRow("nothing") << 0 << true;
    QTest::newRow("one") << 1 << false;
    QTest::newRow("the most at level M") << 2331 << false;
    QTest::newRow("one more") << 2332 << true;
}

void TstQrCode::tooLongOrEmptyIsEmpty()
{
    QFETCH(int, length);
    QFETCH(bool, isEmpty);
    ui::QrCode code(m_theme);
    code.setText(QString(length, u'x'));
    QCOMPARE(code.isEmpty(), isEmpty);
    code.resize(code.sizeHint());
    QCOMPARE(code.grab().isNull(), false); // painting it does no harm either way
}

void TstQrCode::isDarkOnLightInBothThemes()
{
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        m_theme.setChoice(choice);
        ui::QrCode code(m_theme);
        code.setText(address());
        code.resize(code.sizeHint());
        const QImage picture = code.grab().toImage();
        const int module = 208 / (code.side() + 2 * quiet);
        const int offset = (208 - module * code.side()) / 2;
        const auto lightness = [&](int row, int column) {
            return picture
                .pixelColor(offset + column * module + module / 2, offset + row * module + module / 2)
                .lightness();
        };
        for (int row = -3; row < code.side() + 3; ++row) {
            for (int column = -3; column < code.side() + 3; ++column) {
                const bool isInside = row >= 0 && column >= 0 && row < code.side() && column < code.side();
                if (isInside && code.isDark(row, column))
                    QVERIFY(lightness(row, column) < 60);
                else
                    QVERIFY(lightness(row, column) > 240);
            }
        }
    }
}

void TstQrCode::isSharp_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("150 %") << 1.5;
    QTest::newRow("200 %") << 2.0;
}

void TstQrCode::isSharp()
{
    QFETCH(double, scale);
    ui::QrCode code(m_theme);
    code.setText(address());
    code.resize(code.sizeHint());
    QImage picture((QSizeF(code.size()) * scale).toSize(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(scale);
    picture.fill(Qt::white);
    code.render(&picture);
    // Inside the quiet zone there are two colours and nothing between them.
    std::set<QRgb> colors;
    for (int y = picture.height() / 10; y < picture.height() * 9 / 10; ++y) {
        for (int x = picture.width() / 10; x < picture.width() * 9 / 10; ++x)
            colors.insert(picture.pixel(x, y));
    }
    QCOMPARE(colors.size(), std::size_t(2));
}

void TstQrCode::saysWhatItHolds()
{
    ui::QrCode code(m_theme);
    code.setText(address());
    QVERIFY(!code.accessibleName().isEmpty());
    QCOMPARE(code.accessibleDescription(), address());
}

QTEST_MAIN(TstQrCode)
#include "tst_qrcode.moc"
