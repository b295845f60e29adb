// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/mergedialog.h"

#include "ui/plan/mergereview.h"
#include "ui/plan/selectionchooser.h"
#include "ui/widgets/themedlabel.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// Title, sentence, whatever stands between, and the buttons: alike in both dialogs.
QVBoxLayout *frame(QDialog &dialog, const Theme &theme, const QString &title, const QString &sentence)
{
    setGround(dialog, Role::Surface);
    auto *titleLabel = new ThemedLabel(theme, FontRole::Title, Role::Text, &dialog);
    titleLabel->setText(title);
    auto *sentenceLabel = new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, &dialog);
    sentenceLabel->setWordWrap(true);
    sentenceLabel->setText(sentence);
    auto *column = new QVBoxLayout(&dialog);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(titleLabel);
    column->addWidget(sentenceLabel);
    return column;
}

QPushButton *acceptButton(QDialog &dialog, MergeReview &review, QVBoxLayout &column)
{
    auto *merge = new QPushButton(&dialog);
    merge->setObjectName(u"mergeButton"_s);
    merge->setDefault(true);
    setButtonKind(*merge, ButtonKind::Accent);
    auto *cancel = new QPushButton(MergeDialog::tr("Close"), &dialog);
    cancel->setAutoDefault(false);
    QObject::connect(cancel, &QPushButton::clicked, &dialog, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(merge);
    column.addLayout(buttons);
    const auto name = [merge, &review] {
        const int count = review.model().chosenCount();
        merge->setText(MergeDialog::tr("Merge %Ln event(s)", nullptr, count));
        merge->setEnabled(count > 0);
    };
    QObject::connect(&review.model(), &MergeModel::choiceChanged, merge, name);
    name();
    return merge;
}

} // namespace

MergeDialog::MergeDialog(const Theme &theme, const plan::Document &into, const plan::Document &from,
                         QWidget *parent)
    : QDialog(parent)
    , m_review(new MergeReview(theme, into, this))
{
    setObjectName(u"mergeDialog"_s);
    setWindowTitle(tr("Merge a plan"));
    resize(880, 560);
    auto *column = frame(*this, theme, tr("Merge “%1” into “%2”").arg(from.name, into.name),
                         tr("Nothing is changed until you merge, and the merge is one step to undo."));
    column->addWidget(m_review, 1);
    m_merge = acceptButton(*this, *m_review, *column);
    m_review->setRules(from.rules);
    connect(m_merge, &QPushButton::clicked, this, [this] {
        emit merged(m_review->model().chosen());
        accept();
    });
    m_review->steps().setFocus();
}

InferDialog::InferDialog(PlanServices &services, const Theme &theme, const plan::Document &into,
                         const QString &streamFilter, QWidget *parent)
    : QDialog(parent)
    , m_services(services)
    , m_selection(new SelectionChooser(services, streamFilter, this))
    , m_minSeen(new QSpinBox(this))
    , m_learn(new QPushButton(tr("Learn"), this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Stop"), this))
    , m_message(
          new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, this, ThemedLabel::Text::Selectable))
    , m_review(new MergeReview(theme, into, this))
{
    setObjectName(u"inferDialog"_s);
    setWindowTitle(tr("Learn from captured events"));
    resize(920, 600);
    auto *column = frame(
        *this, theme, tr("Learn a plan from captured events"),
        tr("Types, what is always there, the few values a property has, formats and ranges. What is learnt "
           "stands here with its evidence; you choose what goes into the plan."));
    auto *events = new QLabel(tr("&Events"), this);
    events->setBuddy(m_selection);
    auto *least = new QLabel(tr("at &least"), this);
    least->setBuddy(m_minSeen);
    m_minSeen->setObjectName(u"minSeen"_s);
    m_minSeen->setAccessibleName(tr("Events an event needs before more than types is learnt"));
    m_minSeen->setToolTip(tr("With fewer, only types are learnt"));
    m_minSeen->setRange(1, 1'000'000);
    m_minSeen->setValue(static_cast<int>(plan::InferOptions().minSeen));
    m_minSeen->setSuffix(tr(" of a name"));
    m_learn->setObjectName(u"learnButton"_s);
    m_cancel->setObjectName(u"stopLearning"_s);
    m_cancel->setAutoDefault(false);
    m_progress->setAccessibleName(tr("How far learning is"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_message->setObjectName(u"inferMessage"_s);
    m_message->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addWidget(events);
    row->addWidget(m_selection, 1);
    row->addWidget(least);
    row->addWidget(m_minSeen);
    row->addWidget(m_learn);
    auto *second = new QHBoxLayout;
    second->setSpacing(space::s);
    second->addWidget(m_message, 1);
    second->addWidget(m_progress, 1);
    second->addWidget(m_cancel);
    column->addLayout(row);
    column->addLayout(second);
    column->addWidget(m_review, 1);
    column->addStretch(0);
    m_merge = acceptButton(*this, *m_review, *column);
    m_review->setVisible(false);
    m_merge->setVisible(false);
    m_learn->setDefault(true);
    stop();
    connect(m_learn, &QPushButton::clicked, this, &InferDialog::learn);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        stop();
        m_message->setText(tr("Stopped. Nothing was learnt."));
    });
    connect(m_merge, &QPushButton::clicked, this, [this] {
        emit merged(m_review->model().chosen());
        accept();
    });
    connect(this, &QDialog::finished, this, &InferDialog::stop);
}

InferDialog::~InferDialog()
{
    stop();
}

void InferDialog::stop()
{
    if (std::exchange(m_isLearning, false)) {
        m_services.cancel(this);
    }
    m_progress->hide();
    m_cancel->hide();
    m_learn->setEnabled(true);
}

void InferDialog::learn()
{
    stop();
    m_isLearning = true;
    m_learn->setEnabled(false);
    m_progress->setValue(0);
    m_progress->show();
    m_cancel->show();
    m_message->setRole(Role::TextSecondary);
    m_message->setText(tr("Learning…"));
    plan::InferOptions options;
    options.minSeen = static_cast<std::uint64_t>(m_minSeen->value());
    m_services.infer(
        m_selection->selection(), options, this,
        [this](double done) { m_progress->setValue(static_cast<int>(done * 1000)); },
        [this](const base::Result<std::vector<plan::InferredRule>> &result) { showResult(result); });
}

void InferDialog::showResult(const base::Result<std::vector<plan::InferredRule>> &result)
{
    m_isLearning = false;
    stop();
    if (!result) {
        m_message->setRole(Role::Violation);
        m_message->setText(result.error().oneLine());
        return;
    }
    std::uint64_t events = 0;
    for (const plan::InferredRule &rule : *result) {
        events += rule.events;
    }
    const bool hasAny = !result->empty();
    m_message->setText(hasAny
                           ? tr("%Ln name(s)", nullptr, static_cast<int>(result->size())) + u", "_s +
                                 tr("%Ln event(s)", nullptr, static_cast<int>(events))
                           : tr("No event was found there. Let the app send some, or choose other events."));
    m_review->setVisible(hasAny);
    m_merge->setVisible(hasAny);
    if (hasAny) {
        m_review->setInferred(*result);
        m_merge->setDefault(true);
        m_review->steps().setFocus();
    }
}

} // namespace ui
