// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planproblems.h"

#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int iconSize = 16;
constexpr int mostLines = 7;

Tone toneOf(int severity)
{
    switch (static_cast<event::Severity>(severity)) {
    case event::Severity::Error:
        return {Role::Violation, Role::ViolationSoft, Icon::Violation};
    case event::Severity::Warning:
        return {Role::Unplanned, Role::UnplannedSoft, Icon::Warning};
    case event::Severity::Info:
        return {Role::Lint, Role::LintSoft, Icon::Note};
    }
    return {};
}

class ProblemDelegate final : public QStyledItemDelegate
{
public:
    ProblemDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem & /*option*/,
                                 const QModelIndex & /*index*/) const override
    {
        return {100, m_theme.rowHeight()};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        constexpr int markSize = 14;
        painter->save();
        const bool isGroup = index.data(ProblemModel::IsGroupRole).toBool();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, m_theme.color(Role::AccentSoft));
        }
        QRect area = option.rect.adjusted(space::l, 0, -space::m, 0);
        if (isGroup) {
            painter->setFont(m_theme.font(FontRole::BodyStrong));
        } else {
            const Tone tone = toneOf(index.data(ProblemModel::SeverityRole).toInt());
            painter->drawPixmap(
                area.left() + iconSize + space::s - markSize, area.center().y() + 1 - markSize / 2,
                m_theme.pixmap(tone.icon, tone.word, markSize, painter->device()->devicePixelRatioF()));
            area.setLeft(area.left() + iconSize + 2 * space::s);
            const QString where = index.data(ProblemModel::WhereRole).toString();
            if (!where.isEmpty()) {
                painter->setFont(m_theme.font(FontRole::BodyStrong));
                painter->setPen(m_theme.color(Role::Text));
                const int width =
                    std::min(painter->fontMetrics().horizontalAdvance(where) + 2, area.width() / 2);
                painter->drawText(QRect(area.left(), area.top(), width, area.height()),
                                  Qt::AlignVCenter | Qt::TextSingleLine,
                                  painter->fontMetrics().elidedText(where, Qt::ElideRight, width));
                area.setLeft(area.left() + width + space::s);
            }
            painter->setFont(m_theme.font(FontRole::Body));
        }
        painter->setPen(m_theme.color(isGroup ? Role::TextSecondary : Role::Text));
        painter->drawText(
            area, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        if (option.state.testFlag(QStyle::State_HasFocus) && !isGroup) {
            painter->setPen(QPen(m_theme.color(Role::Accent), measure::focusRing));
            painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

PlanProblems::PlanProblems(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new ProblemModel(this))
    , m_fold(new QToolButton(this))
    , m_title(new ElidedLabel(theme, FontRole::BodyStrong, Role::Unplanned, Qt::ElideRight, this))
    , m_list(new QListView(this))
{
    setObjectName(u"planProblems"_s);
    setAccessibleName(tr("Problems of the plan"));
    m_fold->setObjectName(u"foldProblems"_s);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setAccessibleName(tr("Show the problems"));
    m_fold->setToolTip(tr("Show the problems"));
    m_fold->setIcon(theme.icon(Icon::ChevronRight));
    m_list->setObjectName(u"problemList"_s);
    m_list->setAccessibleName(tr("Problems of the plan"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProblemDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::l + iconSize + space::s, space::xs, space::m, space::xs);
    row->setSpacing(space::s);
    row->addWidget(m_title, 1);
    row->addWidget(m_fold);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_list);
    hide();
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_fold->setIcon(m_theme.icon(isOpen ? Icon::ChevronDown : Icon::ChevronRight));
        m_list->setVisible(isOpen);
    });
    const auto choose = [this](const QModelIndex &index) {
        if (const check::PlanIssue *problem = m_model->problemAt(index.row())) {
            emit chosen(*problem);
        }
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PlanProblems::setUnfolded(Qt::CheckState state)
{
    m_fold->setChecked(state == Qt::Checked);
}

void PlanProblems::setProblems(std::vector<check::PlanIssue> problems)
{
    const int scrolled = m_list->verticalScrollBar()->value();
    m_model->setProblems(std::move(problems));
    m_list->verticalScrollBar()->setValue(scrolled);
    m_title->setFullText(m_model->summary());
    m_list->setFixedHeight(std::min(m_model->rowCount(), mostLines) * m_theme.rowHeight());
    setVisible(m_model->count() > 0);
}

void PlanProblems::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::UnplannedSoft));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Role::Border));
    painter.drawPixmap(space::l, m_title->geometry().center().y() - iconSize / 2 + 1,
                       m_theme.pixmap(Icon::Warning, Role::Unplanned, iconSize, devicePixelRatioF()));
}

} // namespace ui
