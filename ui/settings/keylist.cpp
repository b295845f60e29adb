// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/keylist.h"

#include "base/secret.h"
#include "ui/sources/sourcecatalog.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

KeyList::KeyList(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(name)
    , m_column(new QVBoxLayout(this))
    , m_typed(new QLineEdit(this))
    , m_seen(new QToolButton(this))
{
    setAccessibleName(name);
    m_typed->setObjectName(u"typedKey"_s);
    m_typed->setEchoMode(QLineEdit::Password);
    m_typed->setPlaceholderText(tr("Paste a write key"));
    m_typed->setAccessibleName(tr("%1: add").arg(name));
    m_seen->setObjectName(u"seenKeys"_s);
    m_seen->setText(tr("Seen"));
    m_seen->setToolTip(tr("Choose the write key of a source that was seen"));
    m_seen->setAccessibleName(tr("%1: choose a seen one").arg(name));
    m_seen->setFocusPolicy(Qt::StrongFocus);
    m_seen->setPopupMode(QToolButton::InstantPopup);
    m_seen->setMenu(new QMenu(m_seen));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::xs);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::xs);
    line->addWidget(m_typed, 1);
    line->addWidget(m_seen);
    m_column->addLayout(line);
    connect(m_typed, &QLineEdit::editingFinished, this, [this] {
        const QString key = m_typed->text().trimmed();
        m_typed->clear();
        if (!key.isEmpty())
            add({writeKeyHash(key), base::masked(key)});
    });
    setOffered({});
}

void KeyList::setKeys(const std::vector<KnownKey> &keys)
{
    m_keys = keys;
    rebuild();
}

void KeyList::setOffered(const std::vector<KnownKey> &offered)
{
    m_seen->menu()->clear();
    for (const KnownKey &key : offered)
        connect(m_seen->menu()->addAction(key.shown), &QAction::triggered, this, [this, key] { add(key); });
    m_seen->setVisible(!offered.empty());
}

void KeyList::add(const KnownKey &key)
{
    if (std::ranges::find(m_keys, key.hash, &KnownKey::hash) != m_keys.end())
        return;
    m_keys.push_back(key);
    rebuild();
    emit edited();
}

void KeyList::rebuild()
{
    if (m_rows != nullptr)
        m_rows->deleteLater();
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const KnownKey &key : m_keys) {
        auto *row = new QHBoxLayout;
        auto *text = new ThemedLabel(m_theme, FontRole::Mono, Role::Text, m_rows);
        text->setText(key.shown);
        auto *remove = new QToolButton(m_rows);
        remove->setObjectName(u"removeKey"_s);
        remove->setIcon(m_theme.icon(Icon::Close));
        remove->setAutoRaise(true);
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setAccessibleName(tr("Remove the write key %1").arg(key.shown));
        remove->setToolTip(remove->accessibleName());
        row->addWidget(text, 1);
        row->addWidget(remove);
        column->addLayout(row);
        connect(remove, &QToolButton::clicked, this, [this, hash = key.hash] {
            std::erase_if(m_keys, [&hash](const KnownKey &other) { return other.hash == hash; });
            rebuild();
            emit edited();
        });
    }
    m_rows->setVisible(!m_keys.empty());
    m_column->insertWidget(0, m_rows);
}

} // namespace ui
