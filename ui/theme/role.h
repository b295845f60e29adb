// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ui {

/// What a colour is for. Widgets and delegates ask for roles; the literals stand in resources/themes.
enum class Role : std::uint8_t {
    Canvas,       ///< windows
    Surface,      ///< tables, cards
    Sunken,       ///< headers, wells
    Border,       ///< hairlines
    BorderStrong, ///< edges of controls
    Text,
    TextSecondary,
    TextHint, ///< not on AccentSoft: too faint there
    Accent,
    OnAccent,
    AccentSoft, ///< selection
    Valid,
    ValidSoft,
    Violation,
    ViolationSoft,
    Unplanned,
    UnplannedSoft,
    Unchecked,
    UncheckedSoft,
    Rejected,
    RejectedSoft,
    Lint,
    LintSoft,
    Privacy,
    PrivacySoft,
    Protocol,
    ProtocolSoft,
    Identity,
    IdentitySoft,
    Source1, ///< dots of sources; at least 3:1, so for marks, not for text
    Source2,
    Source3,
    Source4,
    Source5,
    Source6,
    Source7,
    Source8,
};

inline constexpr std::size_t roleCount = static_cast<std::size_t>(Role::Source8) + 1;

/// The keys of the theme files, in the order of Role.
inline constexpr std::array<std::string_view, roleCount> roleNames{
    "canvas",        "surface",   "sunken",        "border",    "borderStrong",  "text",
    "textSecondary", "textHint",  "accent",        "onAccent",  "accentSoft",    "valid",
    "validSoft",     "violation", "violationSoft", "unplanned", "unplannedSoft", "unchecked",
    "uncheckedSoft", "rejected",  "rejectedSoft",  "lint",      "lintSoft",      "privacy",
    "privacySoft",   "protocol",  "protocolSoft",  "identity",  "identitySoft",  "source1",
    "source2",       "source3",   "source4",       "source5",   "source6",       "source7",
    "source8",
};

} // namespace ui
