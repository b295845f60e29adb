// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/mergereview.h"

#include "plan/sheet.h"
#include "ui/itemmodels/planmodel.h"
#include "ui/plan/changelist.h"
#include "ui/plan/eventlist.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QComboBox>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// "string, required, 3 values": what the rule says of a property, in one cell.
QString says(const plan::SheetRow &row)
{
    QStringList parts{row.types.isEmpty() ? MergeReview::tr("any") : row.text(plan::Field::Type)};
    if (row.isRequired) {
        parts += MergeReview::tr("required");
    }
    for (const plan::Field field : {plan::Field::Allowed, plan::Field::Format, plan::Field::Range}) {
        if (const QString text = row.text(field); !text.isEmpty()) {
            parts += text;
        }
    }
    return parts.join(u", "_s);
}

} // namespace

MergeReview::MergeReview(const Theme &theme, const plan::Document &into, QWidget *parent)
    : QWidget(parent)
    , m_into(into)
    , m_model(new MergeModel(this))
    , m_mode(new QComboBox(this))
    , m_count(new ThemedLabel(theme, FontRole::Meta, Role::TextSecondary, this))
    , m_steps(new QTableView(this))
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, Role::Text, this))
    , m_evidence(new QTreeWidget(this))
    , m_changes(new ChangeList(theme, tr("What changes of the event"), this))
{
    m_mode->setObjectName(u"mergeMode"_s);
    m_mode->setAccessibleName(tr("How to merge"));
    m_mode->addItem(tr("Only add what is new"), static_cast<int>(plan::MergeMode::AddOnly));
    m_mode->addItem(tr("Add, and update what differs"), static_cast<int>(plan::MergeMode::AddAndUpdate));
    m_mode->addItem(tr("Add, update and remove the rest"),
                    static_cast<int>(plan::MergeMode::AddUpdateAndRemove));
    auto *all = new QPushButton(tr("All"), this);
    all->setToolTip(tr("Choose every event"));
    auto *none = new QPushButton(tr("None"), this);
    none->setToolTip(tr("Choose no event"));
    all->setAutoDefault(false);
    none->setAutoDefault(false);
    setButtonKind(*all, ButtonKind::Quiet);
    setButtonKind(*none, ButtonKind::Quiet);

    dressTable(*m_steps, theme, u"mergeSteps"_s, tr("Events to merge"));
    m_steps->setModel(m_model);
    m_steps->horizontalHeader()->setSectionResizeMode(MergeModel::EventColumn, QHeaderView::Stretch);
    m_steps->horizontalHeader()->resizeSection(MergeModel::ChangeColumn, 96);
    m_steps->horizontalHeader()->resizeSection(MergeModel::SeenColumn, 64);
    m_evidence->setObjectName(u"mergeEvidence"_s);
    m_evidence->setAccessibleName(tr("Properties and their evidence"));
    m_evidence->setHeaderLabels({tr("Property"), tr("Learnt"), tr("Evidence")});
    m_evidence->setRootIsDecorated(false);
    m_evidence->setFrameShape(QFrame::NoFrame);
    m_evidence->setUniformRowHeights(true);
    m_evidence->header()->resizeSection(0, 170);
    m_evidence->header()->resizeSection(1, 180);
    m_changes->setObjectName(u"mergeChanges"_s);
    m_changes->horizontalHeader()->resizeSection(ChangeModel::EventColumn, 130);

    auto *top = new QHBoxLayout;
    top->setSpacing(space::s);
    top->addWidget(m_mode);
    top->addWidget(m_count, 1);
    top->addWidget(all);
    top->addWidget(none);
    auto *right = new QWidget(this);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(space::m, 0, 0, 0);
    rightColumn->setSpacing(space::xs);
    rightColumn->addWidget(m_title);
    rightColumn->addWidget(m_evidence, 3);
    rightColumn->addWidget(m_changes, 2);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_steps);
    splitter->addWidget(right);
    splitter->setSizes({330, 470});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addLayout(top);
    column->addWidget(splitter, 1);

    connect(m_mode, &QComboBox::currentIndexChanged, this, &MergeReview::refill);
    connect(all, &QPushButton::clicked, m_model, [this] { m_model->choose(MergeModel::Choice::All); });
    connect(none, &QPushButton::clicked, m_model, [this] { m_model->choose(MergeModel::Choice::None); });
    connect(m_steps->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MergeReview::showStep);
    connect(m_model, &MergeModel::choiceChanged, this, [this] {
        m_count->setText(m_model->rowCount() == 0
                             ? tr("Nothing to do: the plan says it all already.")
                             : tr("%1 of %Ln event(s) chosen", nullptr, m_model->rowCount())
                                   .arg(QLocale().toString(m_model->chosenCount())));
    });
    m_evidence->hide();
}

void MergeReview::setRules(const std::vector<plan::RulePointer> &from)
{
    m_from = from;
    refill();
}

void MergeReview::setInferred(const std::vector<plan::InferredRule> &inferred)
{
    m_inferred = inferred;
    std::vector<plan::RulePointer> rules;
    std::vector<MergeModel::Seen> seen;
    for (const plan::InferredRule &one : inferred) {
        rules.push_back(std::make_shared<const plan::RuleSource>(one.rule));
        seen.push_back({one.rule.type, one.rule.name, one.events, one.isBelowMinSeen});
    }
    m_model->setSeen(std::move(seen));
    m_evidence->show();
    setRules(rules);
}

void MergeReview::refill()
{
    m_model->setSteps(
        plan::mergeSteps(m_into, m_from, static_cast<plan::MergeMode>(m_mode->currentData().toInt())));
    m_steps->setColumnHidden(MergeModel::SeenColumn, m_inferred.empty());
    m_steps->setCurrentIndex(m_model->index(0, MergeModel::EventColumn));
    showStep();
}

void MergeReview::showStep()
{
    const plan::MergeStep *step = m_model->stepAt(m_steps->currentIndex().row());
    m_evidence->clear();
    if (step == nullptr) {
        m_title->clear();
        m_changes->setChanges({});
        return;
    }
    m_title->setText(ruleName(step->after != nullptr ? *step->after : *step->before));
    m_changes->setChanges(step->changes);
    m_changes->setVisible(step->kind == plan::ChangeKind::Changed || m_inferred.empty());
    if (step->after != nullptr) {
        fillEvidence(*step->after);
    }
}

void MergeReview::fillEvidence(const plan::RuleSource &rule)
{
    const auto found = std::ranges::find_if(m_inferred, [&rule](const plan::InferredRule &one) {
        return one.rule.type == rule.type && one.rule.name == rule.name;
    });
    if (found == m_inferred.end()) {
        return;
    }
    m_title->setText(tr("%1: seen %Ln time(s), %2, last %3", nullptr,
                        static_cast<int>(std::min<std::uint64_t>(found->events, 1'000'000'000)))
                         .arg(ruleName(rule), found->sources.join(u", "_s), ageText(found->lastUs, nowUs())));
    for (const plan::SheetRow &row : plan::sheetOf(found->rule)) {
        const auto evidence = std::ranges::find(found->evidence, row.path, &plan::Evidence::path);
        const QString why = evidence == found->evidence.end() ? QString() : plan::evidenceText(*evidence);
        auto *item = new QTreeWidgetItem(m_evidence, {plan::shownPath(row.path), says(row), why});
        for (int column = 0; column < 3; ++column) {
            item->setToolTip(column, item->text(column));
        }
        if (evidence != found->evidence.end()) {
            QStringList values;
            for (const auto &[value, times] : evidence->values) {
                values += u"%1 (%2)"_s.arg(value, QLocale().toString(static_cast<qulonglong>(times)));
            }
            item->setToolTip(2, values.isEmpty() ? why : why + u'\n' + values.join(u'\n'));
        }
    }
}

} // namespace ui
