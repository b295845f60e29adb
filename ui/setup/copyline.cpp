// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/copyline.h"

#include "ui/setup/codeblock.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>

namespace ui {

CopyLine::CopyLine(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_code(new CodeBlock(theme, this))
    , m_button(new QToolButton(this))
{
    m_code->setAccessibleName(name);
    m_button->setIcon(theme.icon(Icon::Copy));
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setAccessibleName(tr("Copy %1").arg(name));
    m_button->setToolTip(tr("Copy"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::xs);
    row->addWidget(m_code, 1);
    row->addWidget(m_button, 0, Qt::AlignTop);
    connect(m_button, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(code());
        emit copied();
    });
}

void CopyLine::setCode(const QString &code, const QStringList &marked)
{
    m_code->setCode(code, marked);
}

QString CopyLine::code() const
{
    return m_code->toPlainText();
}

} // namespace ui
