// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settingsgroup.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int controlWidth = 260;

} // namespace

SettingsGroup::SettingsGroup(Services &services, const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_title(new QLabel(title, this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_rows(new QVBoxLayout)
{
    setAccessibleName(title);
    dress(*m_title, theme, FontRole::Title, Role::Text);
    setButtonKind(*m_reset, ButtonKind::Quiet);
    m_reset->setAccessibleName(tr("Reset %1").arg(title));
    m_reset->setToolTip(tr("Back to how this group was at first"));
    m_reset->setAutoDefault(false);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_reset);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::l);
    column->setSpacing(space::s);
    column->addLayout(head);
    column->addWidget(line);
    column->addLayout(m_rows);
    m_rows->setSpacing(space::m);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        reset();
        refresh();
    });
}

QString SettingsGroup::title() const
{
    return m_title->text();
}

int SettingsGroup::addRow(const QString &label, const QString &help, QWidget *control)
{
    Row row;
    row.box = new QWidget(this);
    row.searchWords = label + u' ' + help;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::xl);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto *name = new QLabel(label, row.box);
    name->setBuddy(control);
    dress(*name, m_theme, FontRole::Body, Role::Text);
    texts->addWidget(name);
    if (!help.isEmpty()) {
        auto *meaning = new QLabel(help, row.box);
        meaning->setWordWrap(true);
        dress(*meaning, m_theme, FontRole::Meta, Role::TextSecondary);
        texts->addWidget(meaning);
    }
    line->addLayout(texts, 1);
    control->setParent(row.box);
    control->setAccessibleName(label);
    control->setAccessibleDescription(help);
    control->setFixedWidth(controlWidth);
    line->addWidget(control, 0, Qt::AlignTop);
    column->addLayout(line);
    return finishRow(row, column);
}

int SettingsGroup::addWide(QWidget *content, const QString &searchWords)
{
    Row row;
    row.box = new QWidget(this);
    row.searchWords = searchWords;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(content);
    return finishRow(row, column);
}

int SettingsGroup::finishRow(Row row, QVBoxLayout *column)
{
    row.error = new QLabel(row.box);
    row.error->setTextFormat(Qt::PlainText);
    row.error->setWordWrap(true);
    row.error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*row.error, m_theme, FontRole::Body, Role::Violation);
    row.error->hide();
    column->addWidget(row.error);
    m_rows->addWidget(row.box);
    m_all.push_back(row);
    return static_cast<int>(m_all.size()) - 1;
}

void SettingsGroup::showError(int row, const base::Error &error)
{
    QLabel *label = m_all[static_cast<std::size_t>(row)].error;
    label->setText(error.oneLine());
    label->setAccessibleName(error.oneLine());
    label->show();
}

void SettingsGroup::clearError(int row)
{
    QLabel *label = m_all[static_cast<std::size_t>(row)].error;
    label->clear();
    label->hide();
}

void SettingsGroup::report(int row, const base::Result<void> &result)
{
    if (result)
        clearError(row);
    else
        showError(row, result.error());
}

QString SettingsGroup::errorText(int row) const
{
    return m_all[static_cast<std::size_t>(row)].error->text();
}

void SettingsGroup::hideReset()
{
    m_reset->hide();
}

int SettingsGroup::applySearch(const QString &search)
{
    const bool isWhole = title().contains(search, Qt::CaseInsensitive);
    int shown = 0;
    for (const Row &row : m_all) {
        const bool isShown = isWhole || row.searchWords.contains(search, Qt::CaseInsensitive);
        row.box->setVisible(isShown);
        shown += isShown ? 1 : 0;
    }
    setVisible(shown != 0);
    return shown;
}

} // namespace ui
