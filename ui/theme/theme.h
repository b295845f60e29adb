// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/icon.h"
#include "ui/theme/role.h"

#include <array>

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QPointer>
#include <QStyle>

class QApplication;

namespace ui {

/// Which of the type sizes. Weight carries hierarchy before size.
enum class FontRole : std::uint8_t {
    Meta,       ///< 11
    Body,       ///< 13
    BodyStrong, ///< 13, semibold
    Title,      ///< 15, semibold: page and event titles
    Figure,     ///< 20, semibold: figures on cards
    Mono,       ///< 12: JSON, ids, urls
};

/// Spacing steps in device independent pixels.
namespace space {
inline constexpr int xs = 4, s = 8, m = 12, l = 16, xl = 24, xxl = 32;
} // namespace space

/// Fixed measures in device independent pixels.
namespace measure {
inline constexpr int controlRadius = 4, cardRadius = 6, toolbarHeight = 40, statusBarHeight = 24,
                     sidebarWidth = 200, sidebarCollapsed = 56, timelineHeight = 56, inspectorMinimum = 360,
                     focusRing = 2;
} // namespace measure

/// Colours, fonts and icons of the whole window. Follows the system's light or dark, or the user's choice,
/// and switches at once. Owned by the application, passed by reference; GUI thread only. Whoever caches
/// something made of its colours drops it on `changed`.
class Theme final : public QObject
{
    Q_OBJECT
public:
    enum class Choice : std::uint8_t { System, Light, Dark };
    enum class Variant : std::uint8_t { Light, Dark };
    enum class Density : std::uint8_t { Compact, Normal, Roomy };
    enum class Motion : std::uint8_t { Full, Reduced };

    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    /// Installs style, palette and font, and follows the system from then on. Once, after the application
    /// is made and before the first widget is.
    void install(QApplication &application);

    [[nodiscard]] Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    [[nodiscard]] Variant variant() const { return m_variant; }
    /// To the other variant than the one shown: what the toggle does.
    void toggle();
    [[nodiscard]] Density density() const { return m_density; }
    void setDensity(Density density);
    [[nodiscard]] Motion motion() const { return m_motion; }
    void setMotion(Motion motion);

    [[nodiscard]] const QColor &color(Role role) const { return m_colors[static_cast<std::size_t>(role)]; }
    [[nodiscard]] QColor color(Role role, int alpha) const;
    [[nodiscard]] QFont font(FontRole role) const { return m_fonts[static_cast<std::size_t>(role)]; }
    [[nodiscard]] QPalette palette() const;
    /// Those the user chose for sources, by SourceId; the others have theirs by their order.
    void setSourceColors(const QHash<quint32, Role> &colors);
    [[nodiscard]] Role sourceRole(std::uint32_t sourceId) const;
    /// Of a table's row: 22, 26 or 32.
    [[nodiscard]] int rowHeight() const;
    /// `full` milliseconds, or 0 with reduced motion.
    [[nodiscard]] int durationMs(int full) const { return m_motion == Motion::Reduced ? 0 : full; }

    /// Follows the theme by itself: made once, right in every variant and at every scale. Disabled states
    /// are drawn in BorderStrong.
    [[nodiscard]] QIcon icon(Icon icon, Role role = Role::TextSecondary) const;
    /// A sharp pixmap of `size` device independent pixels, cached per colour and scale: for delegates.
    [[nodiscard]] QPixmap pixmap(Icon icon, Role role, int size, qreal devicePixelRatio) const;
    [[nodiscard]] QPixmap pixmap(Icon icon, const QColor &color, int size, qreal devicePixelRatio) const;

    /// A palette is dark when its base is darker than its text: Qt 6.4 can't tell otherwise.
    [[nodiscard]] static Variant variantOf(const QPalette &palette);
    /// The colours of a theme file; for tests and for pictures of the other variant.
    [[nodiscard]] static std::array<QColor, roleCount> load(Variant variant);

signals:
    /// Colours, density or motion are others now.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setVariant(Variant variant);
    void apply();
    [[nodiscard]] Variant systemVariant();

    QApplication *m_application = nullptr;
    QPointer<QStyle> m_style; ///< the application's, ours while it lives
    Choice m_choice = Choice::System;
    Variant m_variant = Variant::Light;
    Density m_density = Density::Normal;
    Motion m_motion = Motion::Full;
    bool m_isApplying = false;
    std::array<QColor, roleCount> m_colors;
    std::array<QFont, 6> m_fonts;
    QHash<quint32, Role> m_sourceColors;
    mutable QHash<quint64, QPixmap> m_pixmaps;
};

/// The word's role, its soft ground, and the icon of a status or a kind of finding.
struct Tone
{
    Role word = Role::Text;
    Role soft = Role::Sunken;
    Icon icon = Icon::Unchecked;
};
[[nodiscard]] Tone toneFor(event::Status status);
[[nodiscard]] Tone toneFor(event::FindingKind kind);
/// The colour of a source whose user chose none, by its id: the eight in turn.
[[nodiscard]] Role sourceRole(std::uint32_t sourceId);

/// How a push button looks. One Accent a page.
enum class ButtonKind : std::uint8_t { Plain, Accent, Quiet, Danger };
void setButtonKind(QObject &button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QObject &button);

/// Gives a label its font and the colour of its text, now and whenever the theme changes.
void dress(QWidget &label, const Theme &theme, FontRole font, Role role);

/// Makes a widget paint its whole ground with a colour of the palette's: Canvas, Surface or Sunken.
void setGround(QWidget &widget, Role role);

} // namespace ui
