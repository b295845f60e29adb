// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/sources/sourcemenu.h"

#include "ui/sources/sourcecatalog.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ui::SourceMenu", text);
}

} // namespace

std::array<QString, 8> sourceColorNames()
{
    return {words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Blue")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Orange")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Green")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Pink")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Teal")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Violet")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Olive")),
            words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Grey"))};
}

QIcon sourceColorIcon(const Theme &theme, int color)
{
    constexpr int side = 16;
    constexpr int scale = 2;
    QPixmap dot(side * scale, side * scale);
    dot.setDevicePixelRatio(scale);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(static_cast<Role>(static_cast<int>(Role::Source1) + color - 1)));
    painter.drawEllipse(QPointF(side / 2.0, side / 2.0), 5, 5);
    return QIcon(dot);
}

void addSourceActions(QMenu &menu, const Theme &theme, SourceCatalog &sources, event::SourceId id)
{
    QAction *solo = menu.addAction(words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Solo (S)")));
    solo->setObjectName(u"sourceSolo"_s);
    solo->setCheckable(true);
    solo->setChecked(sources.isSoloed(id));
    QObject::connect(solo, &QAction::triggered, &sources, [&sources, id] { sources.toggleSolo(id); });
    QAction *mute = menu.addAction(words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Mute (M)")));
    mute->setObjectName(u"sourceMute"_s);
    mute->setCheckable(true);
    mute->setChecked(sources.isMuted(id));
    QObject::connect(mute, &QAction::triggered, &sources, [&sources, id] { sources.toggleMuted(id); });

    QMenu *colors = menu.addMenu(words(QT_TRANSLATE_NOOP("ui::SourceMenu", "Colour")));
    colors->setObjectName(u"sourceColors"_s);
    const intake::SourceConfig *config = sources.configOf(id);
    const int current = config == nullptr ? 0 : config->color;
    const auto offer = [&](const QString &text, int color) {
        QAction *action = colors->addAction(text);
        if (color > 0)
            action->setIcon(sourceColorIcon(theme, color));
        action->setCheckable(true);
        action->setChecked(color == current);
        QObject::connect(action, &QAction::triggered, &sources,
                         [&sources, id, color] { sources.setColor(id, color); });
    };
    const auto names = sourceColorNames();
    for (std::size_t i = 0; i < names.size(); ++i)
        offer(names[i], static_cast<int>(i) + 1);
    offer(words(QT_TRANSLATE_NOOP("ui::SourceMenu", "By its order")), 0);
}

} // namespace ui
