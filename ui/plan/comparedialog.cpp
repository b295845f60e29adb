// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/comparedialog.h"

#include "ui/itemmodels/planmodel.h"
#include "ui/itemmodels/tabbedtext.h"
#include "ui/plan/changelist.h"
#include "ui/plan/selectionchooser.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int exampleRole = Qt::UserRole + 1;

QString number(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

CompareDialog::CompareDialog(PlanServices &services, event::FindingWords words, const Theme &theme,
                             std::vector<Side> sides, const QString &streamFilter, QWidget *parent)
    : QDialog(parent)
    , m_services(services)
    , m_words(std::move(words))
    , m_theme(theme)
    , m_sides(std::move(sides))
    , m_before(new QComboBox(this))
    , m_after(new QComboBox(this))
    , m_file(new QPushButton(tr("Another file…"), this))
    , m_summary(new ThemedLabel(theme, FontRole::BodyStrong, Role::Text, this, ThemedLabel::Text::Selectable))
    , m_changes(new ChangeList(theme, tr("What differs"), this))
    , m_selection(new SelectionChooser(services, streamFilter, this))
    , m_judge(new QPushButton(tr("Judge by captured events"), this))
    , m_progress(new QProgressBar(this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_verdict(
          new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, this, ThemedLabel::Text::Selectable))
    , m_outcomes(new QTreeWidget(this))
{
    setObjectName(u"compareDialog"_s);
    setWindowTitle(tr("Compare plans"));
    resize(900, 620);
    buildLayout();
    for (const Side &side : m_sides) {
        m_before->addItem(side.title);
        m_after->addItem(side.title);
    }
    connect(m_before, &QComboBox::currentIndexChanged, this, &CompareDialog::refill);
    connect(m_after, &QComboBox::currentIndexChanged, this, &CompareDialog::refill);
    connect(m_file, &QPushButton::clicked, this, &CompareDialog::chooseFile);
    connect(m_changes, &ChangeList::chosen, this, &CompareDialog::changeChosen);
    connect(m_judge, &QPushButton::clicked, this, &CompareDialog::judge);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        stop();
        m_verdict->setText(tr("Stopped."));
    });
    connect(m_outcomes, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        if (const QVariant id = item->data(0, exampleRole); id.isValid()) {
            emit eventWanted(event::EventId(id.toULongLong()));
        }
    });
    connect(this, &QDialog::finished, this, &CompareDialog::stop);
    setSides(0, std::min(1, static_cast<int>(m_sides.size()) - 1));
    stop();
}

CompareDialog::~CompareDialog()
{
    stop();
}

void CompareDialog::buildLayout()
{
    setGround(*this, Role::Surface);
    auto *title = new ThemedLabel(m_theme, FontRole::Title, Role::Text, this);
    title->setText(tr("What changed, and what it breaks"));
    auto *from = new QLabel(tr("&From"), this);
    from->setBuddy(m_before);
    auto *to = new QLabel(tr("&to"), this);
    to->setBuddy(m_after);
    m_before->setObjectName(u"compareBefore"_s);
    m_before->setAccessibleName(tr("From which plan"));
    m_after->setObjectName(u"compareAfter"_s);
    m_after->setAccessibleName(tr("To which plan"));
    m_file->setObjectName(u"compareFile"_s);
    m_file->setAutoDefault(false);
    m_summary->setObjectName(u"compareSummary"_s);
    m_judge->setObjectName(u"judgeButton"_s);
    m_judge->setAutoDefault(false);
    m_judge->setToolTip(tr("Checks captured events against both plans"));
    setButtonKind(*m_judge, ButtonKind::Accent);
    m_progress->setAccessibleName(tr("How far it is"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_stop->setObjectName(u"stopJudging"_s);
    m_stop->setAutoDefault(false);
    m_verdict->setObjectName(u"compareVerdict"_s);
    m_verdict->setWordWrap(true);
    m_outcomes->setObjectName(u"compareOutcomes"_s);
    m_outcomes->setAccessibleName(tr("Events whose verdict changes"));
    m_outcomes->setHeaderLabels({tr("Event and cause"), tr("Events"), tr("Broken"), tr("Mended")});
    m_outcomes->setFrameShape(QFrame::NoFrame);
    m_outcomes->setUniformRowHeights(true);
    m_outcomes->header()->setStretchLastSection(false);
    m_outcomes->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_outcomes->hide();
    auto *copy = new QPushButton(m_theme.icon(Icon::Copy), tr("Copy the list"), this);
    copy->setAutoDefault(false);
    copy->setToolTip(tr("As tabbed text, for a spreadsheet or a ticket"));
    setButtonKind(*copy, ButtonKind::Quiet);
    connect(copy, &QPushButton::clicked, this, &CompareDialog::copyText);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);

    auto *sides = new QHBoxLayout;
    sides->setSpacing(space::s);
    sides->addWidget(from);
    sides->addWidget(m_before, 1);
    sides->addWidget(to);
    sides->addWidget(m_after, 1);
    sides->addWidget(m_file);
    auto *judging = new QHBoxLayout;
    judging->setSpacing(space::s);
    judging->addWidget(m_selection);
    judging->addWidget(m_judge);
    judging->addWidget(m_progress, 1);
    judging->addWidget(m_stop);
    judging->addWidget(m_verdict, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(title);
    column->addLayout(sides);
    column->addWidget(m_summary);
    column->addWidget(m_changes, 3);
    column->addLayout(judging);
    column->addWidget(m_outcomes, 2);
    column->addLayout(buttons);
}

void CompareDialog::setSides(int before, int after)
{
    m_before->setCurrentIndex(before);
    m_after->setCurrentIndex(after);
    refill();
}

void CompareDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Compare with a plan"), {},
                                   tr("Tracking plans (*.json *.yaml *.yml *.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CompareDialog::addFile);
    dialog->open();
}

void CompareDialog::addFile(const QString &path)
{
    m_services.readDocument(path, this, [this, path](const base::Result<plan::Document> &document) {
        if (!document) {
            m_summary->setRole(Role::Violation);
            m_summary->setText(document.error().oneLine());
            return;
        }
        m_sides.push_back({QFileInfo(path).fileName(), std::make_shared<const plan::Document>(*document)});
        m_before->addItem(m_sides.back().title);
        m_after->addItem(m_sides.back().title);
        m_after->setCurrentIndex(m_after->count() - 1);
    });
}

void CompareDialog::refill()
{
    stop();
    m_outcomes->clear();
    m_outcomes->hide();
    m_verdict->clear();
    const int before = m_before->currentIndex();
    const int after = m_after->currentIndex();
    m_summary->setRole(Role::Text);
    m_judge->setEnabled(before >= 0 && after >= 0 && before != after);
    if (before < 0 || after < 0 || before == after) {
        m_changes->setChanges({});
        m_summary->setText(tr("Choose two plans, or another file to compare with."));
        return;
    }
    auto changes = plan::compare(*m_sides[static_cast<std::size_t>(before)].document,
                                 *m_sides[static_cast<std::size_t>(after)].document);
    const auto breaking = static_cast<int>(std::ranges::count_if(changes, [](const plan::Change &change) {
        return change.impact == plan::Impact::Tightens || change.impact == plan::Impact::Both;
    }));
    m_summary->setText(changes.empty()
                           ? tr("They say the same.")
                           : tr("%Ln change(s)", nullptr, static_cast<int>(changes.size())) + u", "_s +
                                 tr("%Ln may break events that were valid", nullptr, breaking));
    m_changes->setChanges(std::move(changes));
}

void CompareDialog::stop()
{
    if (std::exchange(m_isJudging, false)) {
        m_services.cancel(this);
    }
    m_progress->hide();
    m_stop->hide();
    m_verdict->show();
}

void CompareDialog::judge()
{
    stop();
    m_isJudging = true;
    m_verdict->hide();
    m_progress->setValue(0);
    m_progress->show();
    m_stop->show();
    m_services.checkBreaks(
        *m_sides[static_cast<std::size_t>(m_before->currentIndex())].document,
        *m_sides[static_cast<std::size_t>(m_after->currentIndex())].document, m_selection->selection(), this,
        [this](double done) { m_progress->setValue(static_cast<int>(done * 1000)); },
        [this](const base::Result<PlanServices::Breaks> &result) { showOutcomes(result); });
}

void CompareDialog::showOutcomes(const base::Result<PlanServices::Breaks> &result)
{
    m_isJudging = false;
    stop();
    m_outcomes->clear();
    if (!result) {
        m_verdict->setRole(Role::Violation);
        m_verdict->setText(result.error().oneLine());
        return;
    }
    std::uint64_t broken = 0;
    std::uint64_t mended = 0;
    for (const auto &outcome : result->outcomes) {
        broken += outcome.broken;
        mended += outcome.mended;
        if (outcome.broken == 0 && outcome.mended == 0) {
            continue;
        }
        plan::RuleSource rule;
        rule.type = outcome.type;
        rule.name = outcome.name;
        auto *item = new QTreeWidgetItem(m_outcomes, {ruleName(rule), number(outcome.events),
                                                      number(outcome.broken), number(outcome.mended)});
        for (const auto &cause : outcome.causes) {
            auto *below = new QTreeWidgetItem(
                item, {m_words ? m_words(cause.finding).message : QString(), number(cause.events), {}, {}});
            below->setToolTip(0, tr("Enter or a double click shows one of them"));
            below->setData(0, exampleRole, QVariant::fromValue<qulonglong>(event::raw(cause.example)));
        }
        item->setExpanded(outcome.broken > 0);
    }
    for (int column = 1; column < 4; ++column) {
        m_outcomes->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_verdict->setRole(broken > 0 ? Role::Violation : Role::Valid);
    m_verdict->setText(broken + mended == 0
                           ? tr("No verdict changes in %1 events.").arg(number(result->events))
                           : tr("Of %1 events %2 would be broken, %3 mended.")
                                 .arg(number(result->events), number(broken), number(mended)));
    m_outcomes->setVisible(m_outcomes->topLevelItemCount() > 0);
}

void CompareDialog::copyText() const
{
    CellBlock block;
    const ChangeModel &model = m_changes->changes();
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ChangeModel::ColumnCount; ++column) {
            cells += model.index(row, column).data().toString();
        }
        block += cells;
    }
    QGuiApplication::clipboard()->setText(toTabbedText(block));
}

} // namespace ui
