// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "event/ids.h"

#include <array>

#include <QIcon>

class QMenu;

namespace ui {

class SourceCatalog;
class Theme;

/// "Blue", "Orange": what the theme's eight source colours are called, in their order.
[[nodiscard]] std::array<QString, 8> sourceColorNames();
/// A dot of that colour (1-8), following the theme.
[[nodiscard]] QIcon sourceColorIcon(const Theme &theme, int color);

/// Solo, Mute and the colours of a source, wherever it has a menu.
void addSourceActions(QMenu &menu, const Theme &theme, SourceCatalog &sources, event::SourceId id);

} // namespace ui
