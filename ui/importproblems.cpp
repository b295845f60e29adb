// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/importproblems.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// A file that is no events at all has one on every line.
constexpr std::size_t mostShown = 1'000;

} // namespace

ImportProblems::ImportProblems(const Theme &theme, const segment::ImportReport &report, const QString &name,
                               QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setObjectName(u"importProblems"_s);
    setWindowTitle(tr("What could not be read"));
    resize(640, 420);
    const auto count = report.problems.size();
    auto *title = new QLabel(
        tr("%Ln place(s) of %1 could not be read", nullptr, static_cast<int>(count)).arg(name), this);
    dress(*title, theme, FontRole::Title, Role::Text);
    auto *sentence = new QLabel(tr("The rest was imported. Mend these and import them again."), this);
    dress(*sentence, theme, FontRole::Body, Role::TextSecondary);
    m_list->setAccessibleName(title->text());
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(count, mostShown); ++i) {
        const segment::ImportProblem &problem = report.problems[i];
        lines.append(u"%1: %2"_s.arg(problem.place, problem.message));
        m_list->addItem(lines.constLast());
    }
    if (count > mostShown)
        m_list->addItem(tr("and %Ln more", nullptr, static_cast<int>(count - mostShown)));
    auto *copy = new QPushButton(theme.icon(Icon::Copy), tr("Copy"), this);
    copy->setObjectName(u"copyProblems"_s);
    copy->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(copy, &QPushButton::clicked, this,
            [lines] { QGuiApplication::clipboard()->setText(lines.join(u'\n')); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace ui
