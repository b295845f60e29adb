// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

namespace ui {

class ActionRegistry;

/// F1: every action with its keys.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
public:
    ShortcutsDialog(const Theme &theme, const ActionRegistry &actions, QWidget *parent);
};

} // namespace ui
