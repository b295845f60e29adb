// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/shortcutsdialog.h"

#include "ui/commands/actionregistry.h"
#include "ui/widgets/keyhint.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

ShortcutsDialog::ShortcutsDialog(const Theme &theme, const ActionRegistry &actions, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setGround(*this, Role::Surface);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::l);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::xxl);
    grid->setVerticalSpacing(6);
    int count = 0;
    const int rows = 11;
    const auto add = [&](const QString &text, const QKeySequence &keys) {
        auto *name = new QLabel(QString(text).remove(u'…'), this);
        dress(*name, theme, FontRole::Body, Role::Text);
        const int column0 = count / rows * 2;
        grid->addWidget(name, count % rows, column0);
        grid->addWidget(new KeyHint(theme, keys, this), count % rows, column0 + 1);
        ++count;
    };
    for (const QAction *action : actions.actions()) {
        if (!action->shortcut().isEmpty())
            add(paletteText(*action), action->shortcut());
    }
    add(tr("Clear the filter"), Qt::Key_Escape);
    add(tr("Earlier filters"), Qt::ALT | Qt::Key_Down);
    column->addLayout(grid);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace ui
