// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/contrast.h"
#include "ui/theme/theme.h"

#include <algorithm>

#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::Role;
using ui::Theme;

namespace {

QString nameOf(Role role)
{
    const std::string_view name = ui::roleNames[static_cast<std::size_t>(role)];
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QPalette systemPalette(const QColor &base, const QColor &text)
{
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, text);
    return palette;
}

QImage alphaOf(const Theme &theme, ui::Icon icon)
{
    return theme.pixmap(icon, Role::Text, 16, 1).toImage().convertToFormat(QImage::Format_Alpha8);
}

bool isEmpty(const QImage &alpha)
{
    for (int y = 0; y < alpha.height(); ++y)
        for (int x = 0; x < alpha.width(); ++x)
            if (qAlpha(alpha.pixel(x, y)) != 0)
                return false;
    return true;
}

constexpr std::array grounds{Role::Canvas, Role::Surface, Role::Sunken};
constexpr std::array words{Role::Text,      Role::TextSecondary, Role::TextHint,  Role::Accent,   Role::Valid,
                           Role::Violation, Role::Unplanned,     Role::Unchecked, Role::Rejected, Role::Lint,
                           Role::Privacy,   Role::Protocol,      Role::Identity};
constexpr std::array variants{Theme::Variant::Light, Theme::Variant::Dark};

} // namespace

class TstTheme final : public QObject
{
    Q_OBJECT

private slots:
    void contrast_data();
    void contrast();
    void everyRoleHasAColor();
    void wordsCanBeRead();
    void statusWordsCanBeReadOnTheirSoftGround_data();
    void statusWordsCanBeReadOnTheirSoftGround();
    void accentsCanBeRead();
    void sourceDotsCanBeSeen();
    void tellsDarkFromLight();
    void followsTheSystem();
    void keepsTheUsersChoice();
    void switchesShownWidgetsAtOnce();
    void iconsFollowTheTheme();
    void everyIconIsDrawn();
    void statusIconsDifferInShape();
    void fontsAndRowsHaveTheirSizes();
    void sourcesTakeTheEightInTurn();
    void noColorLiteralsOutsideTheTheme();
};

void TstTheme::contrast_data()
{
    QTest::addColumn<QColor>("first");
    QTest::addColumn<QColor>("second");
    QTest::addColumn<double>("ratio");
    QTest::newRow("black on white") << QColor(Qt::black) << QColor(Qt::white) << 21.0;
    QTest::newRow("white on black") << QColor(Qt::white) << QColor(Qt::black) << 21.0;
    QTest::newRow("the same") << QColor(u"#777777"_s) << QColor(u"#777777"_s) << 1.0;
    QTest::newRow("just too little grey") << QColor(u"#777777"_s) << QColor(Qt::white) << 4.48;
}

void TstTheme::contrast()
{
    QFETCH(QColor, first);
    QFETCH(QColor, second);
    QFETCH(double, ratio);
    QVERIFY(std::abs(ui::contrast(first, second) - ratio) < 0.01);
}

void TstTheme::everyRoleHasAColor()
{
    for (const Theme::Variant variant : variants) {
        const auto colors = Theme::load(variant);
        for (std::size_t index = 0; index < ui::roleCount; ++index)
            QVERIFY2(colors[index].isValid(), qPrintable(nameOf(static_cast<Role>(index))));
    }
    QVERIFY(Theme::load(Theme::Variant::Light) != Theme::load(Theme::Variant::Dark));
}

void TstTheme::wordsCanBeRead()
{
    for (const Theme::Variant variant : variants) {
        const auto colors = Theme::load(variant);
        for (const Role word : words) {
            for (const Role ground : grounds) {
                const double ratio = ui::contrast(colors[static_cast<std::size_t>(word)],
                                                  colors[static_cast<std::size_t>(ground)]);
                QVERIFY2(ratio >= 4.5,
                         qPrintable(u"%1 on %2: %3"_s.arg(nameOf(word), nameOf(ground)).arg(ratio)));
            }
        }
    }
}

void TstTheme::statusWordsCanBeReadOnTheirSoftGround_data()
{
    QTest::addColumn<int>("variant");
    QTest::addColumn<int>("word");
    for (const Theme::Variant variant : variants)
        for (int word = static_cast<int>(Role::Valid); word <= static_cast<int>(Role::Identity); word += 2)
            QTest::addRow("%s, %s", variant == Theme::Variant::Light ? "light" : "dark",
                          qPrintable(nameOf(static_cast<Role>(word))))
                << static_cast<int>(variant) << word;
}

void TstTheme::statusWordsCanBeReadOnTheirSoftGround()
{
    QFETCH(int, variant);
    QFETCH(int, word);
    const auto colors = Theme::load(static_cast<Theme::Variant>(variant));
    const auto index = static_cast<std::size_t>(word);
    QCOMPARE(nameOf(static_cast<Role>(word + 1)), nameOf(static_cast<Role>(word)) + u"Soft"_s);
    QVERIFY(ui::contrast(colors[index], colors[index + 1]) >= 4.5);
}

void TstTheme::accentsCanBeRead()
{
    for (const Theme::Variant variant : variants) {
        const auto colors = Theme::load(variant);
        const auto ratio = [&](Role word, Role ground) {
            return ui::contrast(colors[static_cast<std::size_t>(word)],
                                colors[static_cast<std::size_t>(ground)]);
        };
        QVERIFY(ratio(Role::OnAccent, Role::Accent) >= 4.5);
        QVERIFY(ratio(Role::Text, Role::AccentSoft) >= 4.5);
        QVERIFY(ratio(Role::TextSecondary, Role::AccentSoft) >= 4.5);
        QVERIFY(ratio(Role::Accent, Role::AccentSoft) >= 4.5);
    }
}

void TstTheme::sourceDotsCanBeSeen()
{
    for (const Theme::Variant variant : variants) {
        const auto colors = Theme::load(variant);
        for (int source = static_cast<int>(Role::Source1); source <= static_cast<int>(Role::Source8);
             ++source)
            for (const Role ground : grounds)
                QVERIFY(ui::contrast(colors[static_cast<std::size_t>(source)],
                                     colors[static_cast<std::size_t>(ground)]) >= 3);
    }
}

void TstTheme::tellsDarkFromLight()
{
    QCOMPARE(Theme::variantOf(systemPalette(Qt::white, Qt::black)), Theme::Variant::Light);
    QCOMPARE(Theme::variantOf(systemPalette(Qt::black, Qt::white)), Theme::Variant::Dark);
}

void TstTheme::followsTheSystem()
{
    Theme theme;
    theme.install(*qApp);
    QCOMPARE(theme.choice(), Theme::Choice::System);
    QCOMPARE(theme.variant(), Theme::Variant::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    QApplication::setPalette(systemPalette(Qt::black, Qt::white));
    QCOMPARE(theme.variant(), Theme::Variant::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Base), theme.color(Role::Surface));
    QApplication::setPalette(systemPalette(Qt::white, Qt::black));
    QCOMPARE(theme.variant(), Theme::Variant::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Base), theme.color(Role::Surface));
}

void TstTheme::keepsTheUsersChoice()
{
    Theme theme;
    theme.install(*qApp);
    theme.setChoice(Theme::Choice::Light);
    QApplication::setPalette(systemPalette(Qt::black, Qt::white));
    QCOMPARE(theme.variant(), Theme::Variant::Light);
    theme.toggle();
    QCOMPARE(theme.variant(), Theme::Variant::Dark);
    QCOMPARE(theme.choice(), Theme::Choice::Dark);
    theme.toggle();
    QCOMPARE(theme.variant(), Theme::Variant::Light);
}

void TstTheme::switchesShownWidgetsAtOnce()
{
    Theme theme;
    theme.install(*qApp);
    theme.setChoice(Theme::Choice::Light);
    QWidget window;
    window.resize(200, 100);
    auto *label = new QLabel(u"word"_s, &window);
    ui::dress(*label, theme, ui::FontRole::Body, Role::Violation);
    auto *button = new QPushButton(u"Go"_s, &window);
    button->setGeometry(50, 40, 80, 30);
    ui::setButtonKind(*button, ui::ButtonKind::Accent);
    window.show();
    const auto look = [&] {
        QCoreApplication::processEvents();
        return window.grab().toImage();
    };
    const QImage light = look();
    QCOMPARE(light.pixelColor(5, 95), theme.color(Role::Canvas));
    QCOMPARE(light.pixelColor(55, 55), theme.color(Role::Accent));
    theme.setChoice(Theme::Choice::Dark);
    const QImage dark = look();
    QCOMPARE(dark.pixelColor(5, 95), theme.color(Role::Canvas));
    QCOMPARE(dark.pixelColor(55, 55), theme.color(Role::Accent));
    QCOMPARE(label->palette().color(QPalette::WindowText), theme.color(Role::Violation));
    QVERIFY(light.pixelColor(5, 95) != dark.pixelColor(5, 95));
}

void TstTheme::iconsFollowTheTheme()
{
    Theme theme;
    theme.install(*qApp);
    theme.setChoice(Theme::Choice::Light);
    const QIcon icon = theme.icon(ui::Icon::Stop, Role::Accent);
    const auto strokeColor = [&] {
        // The left edge of the square: a full pixel of colour at this size.
        const QImage image = icon.pixmap(QSize(32, 32)).toImage();
        QColor strongest;
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, image.height() / 2).alpha() == 255)
                strongest = image.pixelColor(x, image.height() / 2);
        return strongest;
    };
    QCOMPARE(strokeColor(), theme.color(Role::Accent));
    theme.setChoice(Theme::Choice::Dark);
    QCOMPARE(strokeColor(), theme.color(Role::Accent));
}

void TstTheme::everyIconIsDrawn()
{
    const Theme theme;
    for (int icon = 0; icon <= static_cast<int>(ui::Icon::Failed); ++icon) {
        const QString name = ui::fileName(static_cast<ui::Icon>(icon));
        QVERIFY(!name.isEmpty());
        QVERIFY2(!isEmpty(alphaOf(theme, static_cast<ui::Icon>(icon))), qPrintable(name));
    }
}

void TstTheme::statusIconsDifferInShape()
{
    const Theme theme;
    std::vector<QImage> shapes;
    for (const auto status : {event::Status::Valid, event::Status::Violation, event::Status::Unplanned,
                              event::Status::Unchecked, event::Status::Rejected}) {
        const QImage shape = alphaOf(theme, ui::iconFor(status));
        QVERIFY(std::ranges::find(shapes, shape) == shapes.end());
        shapes.push_back(shape);
    }
}

void TstTheme::fontsAndRowsHaveTheirSizes()
{
    Theme theme;
    QCOMPARE(theme.font(ui::FontRole::Meta).pixelSize(), 11);
    QCOMPARE(theme.font(ui::FontRole::Body).pixelSize(), 13);
    QCOMPARE(theme.font(ui::FontRole::Title).pixelSize(), 15);
    QCOMPARE(theme.font(ui::FontRole::Figure).pixelSize(), 20);
    QCOMPARE(theme.font(ui::FontRole::Mono).pixelSize(), 12);
    QCOMPARE(theme.rowHeight(), 26);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setDensity(Theme::Density::Compact);
    QCOMPARE(theme.rowHeight(), 22);
    theme.setDensity(Theme::Density::Roomy);
    QCOMPARE(theme.rowHeight(), 32);
    QCOMPARE(theme.durationMs(120), 120);
    theme.setMotion(Theme::Motion::Reduced);
    QCOMPARE(theme.durationMs(120), 0);
    QCOMPARE(changed.count(), 3);
}

void TstTheme::sourcesTakeTheEightInTurn()
{
    QCOMPARE(ui::sourceRole(1), Role::Source1);
    QCOMPARE(ui::sourceRole(8), Role::Source8);
    QCOMPARE(ui::sourceRole(9), Role::Source1);
    QCOMPARE(ui::sourceRole(0), Role::Source8);
}

void TstTheme::noColorLiteralsOutsideTheTheme()
{
    const QRegularExpression literal(
        u"\"#[0-9A-Fa-f]{3,8}\"|Qt::(red|green|blue|white|black|gray|darkGray|lightGray|yellow|cyan|magenta)\\b|QColor\\([0-9]"_s);
    int files = 0;
    QDirIterator sources(QStringLiteral(TRACKSIDE_SOURCE_DIR "/ui"), {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        QFile file(sources.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QRegularExpressionMatch match = literal.match(QString::fromUtf8(file.readAll()));
        QVERIFY2(!match.hasMatch(), qPrintable(file.fileName() + u": "_s + match.captured()));
        ++files;
    }
    QVERIFY(files > 20);
}

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
