// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/kinds.h"

#include <cstdint>

#include <QString>

namespace ui {

/// Our own set: resources/icons, on a 16 grid, drawn from roles at the moment of painting.
enum class Icon : std::uint8_t {
    Valid,     ///< check in a circle
    Violation, ///< cross in an octagon
    Unplanned, ///< question in a diamond
    Unchecked, ///< dash in a circle
    Rejected,  ///< slash in a square
    Lint,
    Privacy,
    Protocol,
    Identity,
    Stream,
    Plan,
    Audit,
    Setup,
    Play,
    Pause,
    Stop,
    Copy,
    Search,
    Filter,
    Sun,
    Moon,
    Settings,
    Replay,
    Plus,
    Minus,
    Folder,
    Warning,
    Close,
    Check,
    ChevronUp,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Sidebar,
    Trash,
    Session,
    Bookmark,
    Note,
    More,
    Command,
    Delivered,
    Pending,
    Failed,
};

/// Its file's name in :/icons, without the ending.
[[nodiscard]] QString fileName(Icon icon);
[[nodiscard]] Icon iconFor(event::Status status);
[[nodiscard]] Icon iconFor(event::FindingKind kind);

} // namespace ui
