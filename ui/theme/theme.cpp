// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

#include "ui/theme/iconengine.h"
#include "ui/theme/proxystyle.h"

#include <cmath>

#include <QApplication>
#include <QDynamicPropertyChangeEvent>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSvgRenderer>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr char kindProperty[] = "tracksideButtonKind";

QFont sized(QFont font, int pixels, QFont::Weight weight)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

std::array<QFont, 6> makeFonts()
{
    const QFont system = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QString wanted = u"JetBrains Mono"_s;
    if (QFontDatabase::hasFamily(wanted))
        mono.setFamily(wanted);
    mono.setStyleHint(QFont::Monospace);
    return {sized(system, 11, QFont::Normal),   sized(system, 13, QFont::Normal),
            sized(system, 13, QFont::DemiBold), sized(system, 15, QFont::DemiBold),
            sized(system, 20, QFont::DemiBold), sized(mono, 12, QFont::Normal)};
}

QByteArray svgBytes(Icon icon, const QColor &color)
{
    QFile file(u":/icons/"_s + fileName(icon) + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_colors(load(Variant::Light))
    , m_fonts(makeFonts())
{
}

Theme::~Theme()
{
    // The application outlives the theme its style is drawn from.
    if (m_application != nullptr && m_style != nullptr)
        QApplication::setStyle(u"fusion"_s);
}

void Theme::install(QApplication &application)
{
    Q_ASSERT(m_application == nullptr);
    m_application = &application;
    m_style = new ProxyStyle(*this);
    QApplication::setStyle(m_style);
    application.installEventFilter(this);
    m_variant = m_choice == Choice::System ? systemVariant()
                                           : (m_choice == Choice::Dark ? Variant::Dark : Variant::Light);
    m_colors = load(m_variant);
    apply();
}

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    switch (choice) {
    case Choice::System:
        setVariant(systemVariant());
        break;
    case Choice::Light:
        setVariant(Variant::Light);
        break;
    case Choice::Dark:
        setVariant(Variant::Dark);
        break;
    }
}

void Theme::toggle()
{
    setChoice(m_variant == Variant::Light ? Choice::Dark : Choice::Light);
}

void Theme::setDensity(Density density)
{
    if (m_density == density)
        return;
    m_density = density;
    emit changed();
}

void Theme::setMotion(Motion motion)
{
    if (m_motion == motion)
        return;
    m_motion = motion;
    emit changed();
}

void Theme::setVariant(Variant variant)
{
    if (m_variant == variant)
        return;
    m_variant = variant;
    m_colors = load(variant);
    m_pixmaps.clear();
    apply();
    emit changed();
}

void Theme::apply()
{
    if (m_application == nullptr)
        return;
    m_isApplying = true;
    QApplication::setPalette(palette());
    QApplication::setFont(font(FontRole::Body));
    m_isApplying = false;
}

QColor Theme::color(Role role, int alpha) const
{
    QColor color = this->color(role);
    color.setAlpha(alpha);
    return color;
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole where, Role role) { palette.setColor(where, color(role)); };
    set(QPalette::Window, Role::Canvas);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::Surface);
    set(QPalette::AlternateBase, Role::Sunken);
    set(QPalette::Text, Role::Text);
    set(QPalette::PlaceholderText, Role::TextHint);
    set(QPalette::Button, Role::Surface);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::BrightText, Role::OnAccent);
    set(QPalette::Highlight, Role::AccentSoft);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Accent);
    set(QPalette::ToolTipBase, Role::Text);
    set(QPalette::ToolTipText, Role::Surface);
    set(QPalette::Light, Role::Surface);
    set(QPalette::Midlight, Role::Border);
    set(QPalette::Mid, Role::Border);
    set(QPalette::Dark, Role::BorderStrong);
    set(QPalette::Shadow, Role::BorderStrong);
    for (const auto where :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, where, color(Role::TextHint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Role::Sunken));
    return palette;
}

int Theme::rowHeight() const
{
    switch (m_density) {
    case Density::Compact:
        return 22;
    case Density::Normal:
        return 26;
    case Density::Roomy:
        return 32;
    }
    return 26;
}

QIcon Theme::icon(Icon icon, Role role) const
{
    return QIcon(new IconEngine(*this, icon, role));
}

QPixmap Theme::pixmap(Icon icon, Role role, int size, qreal devicePixelRatio) const
{
    return pixmap(icon, color(role), size, devicePixelRatio);
}

QPixmap Theme::pixmap(Icon icon, const QColor &color, int size, qreal devicePixelRatio) const
{
    const auto pixels = static_cast<int>(std::lround(size * devicePixelRatio));
    const quint64 key = (static_cast<quint64>(color.rgb() & 0xFFFFFFU) << 32U) |
                        (static_cast<quint64>(icon) << 24U) | static_cast<quint64>(pixels & 0xFFFFFF);
    if (const auto found = m_pixmaps.constFind(key); found != m_pixmaps.constEnd())
        return *found;
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svgBytes(icon, color));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    m_pixmaps.insert(key, pixmap);
    return pixmap;
}

Theme::Variant Theme::variantOf(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness()
               ? Variant::Dark
               : Variant::Light;
}

std::array<QColor, roleCount> Theme::load(Variant variant)
{
    QFile file(variant == Variant::Dark ? u":/themes/dark.json"_s : u":/themes/light.json"_s);
    std::array<QColor, roleCount> colors;
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isOpen, "Theme", "the ui resources are not linked");
    if (!isOpen)
        return colors;
    const QJsonObject values = QJsonDocument::fromJson(file.readAll()).object()[u"colors"].toObject();
    for (std::size_t index = 0; index < roleCount; ++index) {
        const auto name =
            QLatin1StringView(roleNames[index].data(), static_cast<qsizetype>(roleNames[index].size()));
        colors[index] = QColor(values[name].toString());
    }
    return colors;
}

Theme::Variant Theme::systemVariant()
{
    if (m_application == nullptr)
        return variantOf(QPalette());
    // Qt 6.4 mixes the system's palette under the application's: only taking ours off shows it.
    m_isApplying = true;
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const Variant variant = variantOf(QApplication::palette());
    QApplication::setPalette(ours);
    m_isApplying = false;
    return variant;
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (m_isApplying || m_choice != Choice::System)
        return QObject::eventFilter(watched, event);
    if (watched == m_application && event->type() == QEvent::ApplicationPaletteChange) {
        // Not by us: somebody set a palette of their own, which counts as the system's.
        const Variant variant = variantOf(QApplication::palette());
        if (variant != m_variant)
            setVariant(variant);
        else
            apply();
    } else if (event->type() == QEvent::ThemeChange) {
        setVariant(systemVariant());
    }
    return QObject::eventFilter(watched, event);
}

Tone toneFor(event::Status status)
{
    switch (status) {
    case event::Status::Valid:
        return {Role::Valid, Role::ValidSoft, Icon::Valid};
    case event::Status::Violation:
        return {Role::Violation, Role::ViolationSoft, Icon::Violation};
    case event::Status::Unplanned:
        return {Role::Unplanned, Role::UnplannedSoft, Icon::Unplanned};
    case event::Status::Unchecked:
        return {Role::Unchecked, Role::UncheckedSoft, Icon::Unchecked};
    case event::Status::Rejected:
        return {Role::Rejected, Role::RejectedSoft, Icon::Rejected};
    }
    return {};
}

Tone toneFor(event::FindingKind kind)
{
    switch (kind) {
    case event::FindingKind::Violation:
        return {Role::Violation, Role::ViolationSoft, Icon::Violation};
    case event::FindingKind::Lint:
        return {Role::Lint, Role::LintSoft, Icon::Lint};
    case event::FindingKind::Privacy:
        return {Role::Privacy, Role::PrivacySoft, Icon::Privacy};
    case event::FindingKind::Protocol:
        return {Role::Protocol, Role::ProtocolSoft, Icon::Protocol};
    case event::FindingKind::Identity:
        return {Role::Identity, Role::IdentitySoft, Icon::Identity};
    }
    return {};
}

void Theme::setSourceColors(const QHash<quint32, Role> &colors)
{
    if (colors != m_sourceColors) {
        m_sourceColors = colors;
        emit changed();
    }
}

Role Theme::sourceRole(std::uint32_t sourceId) const
{
    return m_sourceColors.value(sourceId, ui::sourceRole(sourceId));
}

Role sourceRole(std::uint32_t sourceId)
{
    const std::uint32_t index = sourceId == 0 ? 7 : (sourceId - 1) % 8;
    return static_cast<Role>(static_cast<std::uint32_t>(Role::Source1) + index);
}

void setButtonKind(QObject &button, ButtonKind kind)
{
    button.setProperty(kindProperty, static_cast<int>(kind));
    if (auto *widget = qobject_cast<QWidget *>(&button))
        widget->update();
}

ButtonKind buttonKind(const QObject &button)
{
    return static_cast<ButtonKind>(button.property(kindProperty).toInt());
}

void dress(QWidget &label, const Theme &theme, FontRole font, Role role)
{
    label.setFont(theme.font(font));
    const auto paint = [&label, &theme, role] {
        QPalette palette = label.palette();
        palette.setColor(QPalette::WindowText, theme.color(role));
        palette.setColor(QPalette::Text, theme.color(role));
        label.setPalette(palette);
    };
    paint();
    QObject::connect(&theme, &Theme::changed, &label, paint);
}

void setGround(QWidget &widget, Role role)
{
    widget.setAutoFillBackground(true);
    switch (role) {
    case Role::Surface:
        widget.setBackgroundRole(QPalette::Base);
        break;
    case Role::Sunken:
        widget.setBackgroundRole(QPalette::AlternateBase);
        break;
    default:
        widget.setBackgroundRole(QPalette::Window);
        break;
    }
}

} // namespace ui
