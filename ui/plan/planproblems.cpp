// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planproblems.h"

#include "ui/widgets/themedlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::size_t maxLines = 12;
constexpr int iconSize = 16;

} // namespace

PlanProblems::PlanProblems(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_fold(new QToolButton(this))
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, Role::Unplanned, this))
    , m_list(new QWidget(this))
    , m_lines(new QVBoxLayout(m_list))
{
    setObjectName(u"planProblems"_s);
    setAccessibleName(tr("Problems of the plans"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setAccessibleName(tr("Show the problems"));
    m_fold->setToolTip(tr("Show the problems"));
    m_fold->setIcon(theme.icon(Icon::ChevronRight));
    m_lines->setContentsMargins(iconSize + space::s, 0, 0, space::xs);
    m_lines->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addSpacing(iconSize + space::s);
    row->addWidget(m_title, 1);
    row->addWidget(m_fold);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::xs, space::m, space::xs);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_list);
    m_list->hide();
    hide();
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_fold->setIcon(m_theme.icon(isOpen ? Icon::ChevronDown : Icon::ChevronRight));
        m_list->setVisible(isOpen);
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PlanProblems::setPlans(const std::vector<std::shared_ptr<const plan::Plan>> &plans)
{
    while (auto *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    std::size_t count = 0;
    for (const auto &plan : plans) {
        for (const auto &problem : plan->problems) {
            if (++count > maxLines) {
                continue;
            }
            auto *line =
                new ThemedLabel(m_theme, FontRole::Body, Role::Text, m_list, ThemedLabel::Text::Selectable);
            line->setWordWrap(true);
            const QString where = plans.size() > 1 ? plan->name + u" · "_s + problem.where : problem.where;
            line->setText(where.isEmpty() ? problem.message : where + u": "_s + problem.message);
            m_lines->addWidget(line);
        }
    }
    if (count > maxLines) {
        auto *rest = new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, m_list);
        rest->setText(tr("and %Ln more", nullptr, static_cast<int>(count - maxLines)));
        m_lines->addWidget(rest);
    }
    m_title->setText(
        tr("%Ln problem(s): what is wrong in a plan can't be checked", nullptr, static_cast<int>(count)));
    setVisible(count > 0);
}

void PlanProblems::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::UnplannedSoft));
    painter.drawPixmap(space::l, m_title->geometry().center().y() - iconSize / 2 + 1,
                       m_theme.pixmap(Icon::Warning, Role::Unplanned, iconSize, devicePixelRatioF()));
}

} // namespace ui
