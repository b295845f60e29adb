// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/pathedit.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

PathEdit::PathEdit(Count count, const QString &name, const QString &filter, QWidget *parent)
    : QWidget(parent)
    , m_count(count)
    , m_name(name)
    , m_filter(filter)
    , m_field(new QLineEdit(this))
{
    m_field->setAccessibleName(name);
    setFocusProxy(m_field);
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setAccessibleName(tr("Choose: %1").arg(name));
    choose->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_field, 1);
    row->addWidget(choose);
    connect(m_field, &QLineEdit::editingFinished, this, &PathEdit::edited);
    connect(choose, &QPushButton::clicked, this, &PathEdit::choose);
}

void PathEdit::setPaths(const QStringList &paths)
{
    m_field->setText(paths.join(u"; "_s));
    m_field->setToolTip(paths.join(u'\n'));
}

QStringList PathEdit::paths() const
{
    QStringList paths;
    for (const QString &part : m_field->text().split(u';', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            paths.append(part.trimmed());
    return m_count == Count::One ? paths.mid(0, 1) : paths;
}

void PathEdit::choose()
{
    auto *dialog = new QFileDialog(this, m_name, {}, m_filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_count == Count::One ? QFileDialog::ExistingFile : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &chosen) {
        QStringList all = m_count == Count::One ? chosen : paths() + chosen;
        all.removeDuplicates();
        setPaths(all);
        emit edited();
    });
    dialog->open();
}

} // namespace ui
