// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/conventionsbox.h"

#include "check/conventions.h"

#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The presets' own names are ids of files; people get words.
QString conventionsText(const QString &name)
{
    if (name == "segment"_L1)
        return ConventionsBox::tr("Segment’s own");
    if (name == "delivery-platform"_L1)
        return ConventionsBox::tr("Delivery platform");
    if (name == "off"_L1)
        return ConventionsBox::tr("Off");
    return QFileInfo(name).fileName();
}

constexpr int fileRole = Qt::UserRole + 1;

} // namespace

ConventionsBox::ConventionsBox(const QString &inherited, QWidget *parent)
    : QComboBox(parent)
    , m_inherited(inherited)
{
    connect(this, &QComboBox::activated, this, &ConventionsBox::take);
    setChoice({});
}

void ConventionsBox::setChoice(const QString &choice)
{
    m_choice = choice;
    clear();
    QStringList choices = check::Conventions::presetNames();
    choices.append(u"off"_s);
    if (!choice.isEmpty() && !choices.contains(choice))
        choices.append(choice);
    if (!m_inherited.isEmpty())
        addItem(m_inherited, QString());
    for (const QString &one : choices)
        addItem(conventionsText(one), one);
    addItem(tr("Choose a file…"));
    setItemData(count() - 1, true, fileRole);
    setCurrentIndex(choice.isEmpty() && m_inherited.isEmpty() ? -1 : findData(choice));
}

void ConventionsBox::take(int index)
{
    if (itemData(index, fileRole).toBool()) {
        askForFile();
        return;
    }
    m_choice = itemData(index).toString();
    emit chosen(m_choice);
}

void ConventionsBox::askForFile()
{
    setChoice(m_choice);
    auto *dialog =
        new QFileDialog(this, tr("Choose conventions"), {}, tr("Conventions (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        setChoice(path);
        emit chosen(path);
    });
    dialog->open();
}

} // namespace ui
