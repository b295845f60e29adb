// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planpage.h"

#include "ui/commands/actionregistry.h"
#include "ui/plan/changelist.h"
#include "ui/plan/eventlist.h"
#include "ui/plan/examplestab.h"
#include "ui/plan/planhead.h"
#include "ui/plan/planproblems.h"
#include "ui/plan/propertysheet.h"
#include "ui/plan/ruleform.h"
#include "ui/plan/schemaeditor.h"
#include "ui/plan/sheetview.h"
#include "ui/services.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int seenEveryMs = 2'000;
constexpr int changesDelayMs = 300;
/// Narrower than this, the sheet stands below the events.
constexpr int sideBySideWidth = 820;

} // namespace

QString filterFor(event::CallType type, const QString &name)
{
    const auto word = event::word(type);
    QString filter = u"type:"_s + QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    if (!name.isEmpty()) {
        QString quoted = name;
        quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        filter += u" event:\""_s + quoted + u'"';
    }
    return filter;
}

PlanPage::PlanPage(Services &services, const Theme &theme, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_theme(theme)
    , m_actions(actions)
{
    setObjectName(u"planPage"_s);
    setAccessibleName(tr("Plan"));
    addActions();
    buildLayout();
    connectParts();
    m_seenTimer.setInterval(seenEveryMs);
    m_changesTimer.setSingleShot(true);
    m_changesTimer.setInterval(changesDelayMs);
    connect(&m_seenTimer, &QTimer::timeout, this, &PlanPage::refreshSeen);
    connect(&m_changesTimer, &QTimer::timeout, this, &PlanPage::updateChanges);
    sync();
}

PlanPage::~PlanPage()
{
    // Parts and editors outlive what their signals reach here.
    for (QObject *part : findChildren<QObject *>()) {
        part->disconnect(this);
    }
    for (const auto &editor : m_editors) {
        editor->disconnect(this);
        editor->steps().disconnect(this);
    }
}

PlanServices *PlanPage::plans() const
{
    return m_services.planServices();
}

QStringList PlanPage::openPaths() const
{
    QStringList paths;
    for (const auto &editor : m_editors) {
        paths += editor->path();
    }
    return paths;
}

PlanEditor *PlanPage::editorOf(const QString &path) const
{
    const auto found =
        std::ranges::find_if(m_editors, [&path](const auto &editor) { return editor->path() == path; });
    return found == m_editors.end() ? nullptr : found->get();
}

/// What is open, as the services say it now.
void PlanPage::sync()
{
    const auto open = plans() == nullptr ? std::vector<PlanServices::Open>() : plans()->openPlans();
    std::vector<std::unique_ptr<PlanEditor>> editors;
    std::vector<PlanEditor *> known;
    for (const PlanServices::Open &one : open) {
        const auto found = std::ranges::find_if(m_editors, [&one](const auto &editor) {
            return editor != nullptr && editor->path() == one.document->path;
        });
        if (found != m_editors.end()) {
            known.push_back(found->get());
            editors.push_back(std::move(*found));
            continue;
        }
        auto editor = std::make_unique<PlanEditor>(*plans(), one);
        known.push_back(nullptr);
        PlanEditor *made = editor.get();
        connect(made, &PlanEditor::changed, this, [this, made] {
            if (made == m_editor) {
                showDocument();
            }
            updateHead();
        });
        connect(made, &PlanEditor::ruleTouched, this, [this, made](const plan::RulePointer &rule) {
            if (made == m_editor && rule != nullptr && m_events->currentRule() != rule) {
                m_events->select(rule);
            }
        });
        connect(&made->steps(), &QUndoStack::indexChanged, this, &PlanPage::updateHead);
        editors.push_back(std::move(editor));
    }
    if (std::ranges::none_of(editors, [this](const auto &editor) { return editor.get() == m_editor; })) {
        m_editor = nullptr;
    }
    m_editors.swap(editors);
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (known[i] != nullptr) {
            known[i]->take(open[i]);
        }
    }
    m_place->setCurrentIndex(m_editors.empty() ? 0 : 1);
    if (PlanEditor *wanted = editorOf(m_wantedPath); wanted != nullptr && wanted != m_editor) {
        showPlan(std::exchange(m_wantedPath, QString()));
        if (!m_wantedSteps.empty()) {
            applySteps(std::exchange(m_wantedSteps, {}));
        }
    } else if (m_editor == nullptr) {
        showPlan(m_editors.empty() ? QString() : m_editors.front()->path());
    } else {
        updateHead();
        showConflict();
    }
}

void PlanPage::showPlan(const QString &path)
{
    m_editor = editorOf(path);
    showDocument();
    showProblems();
    updateHead();
    refreshSeen();
}

void PlanPage::showDocument()
{
    const plan::RulePointer before = m_events->currentRule();
    m_events->model().setRules(m_editor == nullptr ? std::vector<plan::RulePointer>()
                                                   : m_editor->document().rules);
    if (before != nullptr) {
        // A file read again has other rules of the same names, maybe at other places.
        const PlanModel &model = m_events->model();
        const plan::RulePointer same = model.ruleAt(model.rowOf(before->type, before->name, before->version));
        if (same != nullptr && same != m_events->currentRule()) {
            m_events->select(same);
        }
    }
    if (m_events->currentRule() == nullptr) {
        m_events->selectFirst();
    }
    showCurrentRule();
    showConflict();
    m_changesTimer.start();
}

void PlanPage::showCurrentRule()
{
    const plan::RulePointer rule = m_events->currentRule();
    m_form->setRule(rule);
    m_sheet->setRule(rule);
    m_schema->setRule(rule);
    m_examples->setEvent(plans(), rule == nullptr ? event::CallType::None : rule->type,
                         rule == nullptr ? QString() : rule->name);
}

void PlanPage::showProblems()
{
    const auto problems = m_editor == nullptr || plans() == nullptr ? std::vector<check::PlanIssue>()
                                                                    : plans()->issues(m_editor->path());
    m_events->model().setProblems(problems);
    m_problems->setProblems(problems);
}

void PlanPage::showConflict()
{
    if (m_editor == nullptr || m_editor->changedOnDisk() == nullptr) {
        m_conflict->hide();
        return;
    }
    if (m_conflict->isHidden()) {
        m_conflict->showText(
            Notice::Weight::Warning, tr("The file was changed by someone else while you edited here."),
            tr("Take the file's and lose the edits made here, or keep yours: the next save then "
               "overwrites the file."),
            tr("Show the difference"), tr("Take the file's"), tr("Keep mine"));
    }
}

void PlanPage::showTab(int tab)
{
    m_tabPages->setCurrentIndex(tab);
    if (tab == static_cast<int>(Tab::Changes)) {
        updateChanges();
    }
}

void PlanPage::updateChanges()
{
    const bool isKnown = m_editor != nullptr && m_editor->saved() != nullptr;
    std::vector<plan::Change> changes;
    if (isKnown) {
        changes = changesBetween(*m_editor->saved(), m_editor->document());
    }
    const auto count = static_cast<int>(changes.size());
    m_tabs->setTabText(static_cast<int>(Tab::Changes),
                       count == 0 ? tr("Changes") : tr("Changes (%L1)").arg(count));
    m_changes->setVisible(count > 0);
    m_noChanges->setVisible(count == 0);
    m_noChanges->setText(
        isKnown || m_editor == nullptr
            ? tr("Nothing was edited since the file was saved.")
            : tr("The plan was edited before this page was open: what its file held is not known "
                 "here. Use Compare."));
    m_changes->setChanges(std::move(changes));
}

void PlanPage::updateHead()
{
    std::vector<PlanHead::Choice> choices;
    for (const auto &editor : m_editors) {
        const QString name = editor->document().name;
        choices.push_back(
            {editor->path(), name.isEmpty() ? editor->path().section(u'/', -1) : name, editor->isModified()});
    }
    m_head->setChoices(choices, m_editor == nullptr ? QString() : m_editor->path());
    for (QAction *action : m_planActions) {
        action->setEnabled(m_editor != nullptr);
    }
    const auto enable = [this](const QString &name, bool isEnabled) {
        m_actions.find(name)->setEnabled(m_editor != nullptr && isEnabled);
    };
    enable(u"plan.save"_s, m_editor != nullptr && m_editor->isModified());
    enable(u"plan.undo"_s, m_editor != nullptr && m_editor->steps().canUndo());
    enable(u"plan.redo"_s, m_editor != nullptr && m_editor->steps().canRedo());
}

void PlanPage::refreshSeen()
{
    if (m_editor == nullptr || !isVisible()) {
        return;
    }
    m_services.fetchSeen(this, [this](const std::vector<store::Reader::Seen> &seen) {
        const plan::RulePointer rule = m_events->currentRule();
        const int row = rule == nullptr ? -1 : m_events->model().rowOf(rule->type, rule->name);
        const auto seenOfCurrent = [this, row] {
            return m_events->model().index(row, 0).data(PlanModel::SeenRole).toULongLong();
        };
        const auto before = seenOfCurrent();
        m_events->model().setSeen(seen);
        m_events->updateSummary();
        if (before != seenOfCurrent()) {
            m_examples->refresh();
        }
    });
}

void PlanPage::editRule(const plan::RulePointer &before, const plan::RulePointer &after, const QString &what,
                        PlanEditor::Step step)
{
    if (m_editor != nullptr) {
        m_editor->replaceRule(before, after, what, step);
    }
}

void PlanPage::showRule(event::CallType type, const QString &name, const QStringList &path)
{
    const auto find = [&](const PlanEditor &editor) -> plan::RulePointer {
        const auto found = std::ranges::find_if(editor.document().rules, [&](const plan::RulePointer &rule) {
            return rule->type == type && rule->name == name;
        });
        return found == editor.document().rules.end() ? nullptr : *found;
    };
    plan::RulePointer rule = m_editor == nullptr ? nullptr : find(*m_editor);
    for (auto editor = m_editors.begin(); rule == nullptr && editor != m_editors.end(); ++editor) {
        if ((rule = find(**editor)) != nullptr) {
            showPlan((*editor)->path());
        }
    }
    if (m_events->select(rule)) {
        m_events->view().setFocus();
        if (!path.isEmpty() && m_sheet->goTo(path)) {
            m_sheet->view().setFocus();
        }
    }
}

/// What is being typed in a field counts, when the plan is saved or closed.
void PlanPage::commitTyped()
{
    m_schema->commit();
    QWidget *focus = QApplication::focusWidget();
    if (qobject_cast<QLineEdit *>(focus) != nullptr && isAncestorOf(focus)) {
        const QPointer<QWidget> field(focus);
        focus->clearFocus();
        if (field != nullptr && field->parentWidget() != m_sheet->view().viewport()) {
            field->setFocus();
        } else if (m_sheet->view().isVisible()) {
            m_sheet->view().setFocus();
        }
    }
}

void PlanPage::setStreamFilter(const QString &filter)
{
    m_streamFilter = filter;
}

void PlanPage::focusFirst()
{
    if (m_editor == nullptr) {
        m_empty->button().setFocus();
    } else {
        m_events->view().setFocus();
    }
}

void PlanPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshSeen();
    m_seenTimer.start();
}

void PlanPage::hideEvent(QHideEvent *event)
{
    m_seenTimer.stop();
    QWidget::hideEvent(event);
}

void PlanPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < sideBySideWidth ? Qt::Vertical : Qt::Horizontal);
}

/// Undo is the window's; with the focus here it is the plan's.
bool PlanPage::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_editor != nullptr) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlanPage::keyPressEvent(QKeyEvent *event)
{
    if (m_editor != nullptr && event->matches(QKeySequence::Undo)) {
        m_editor->steps().undo();
    } else if (m_editor != nullptr && event->matches(QKeySequence::Redo)) {
        m_editor->steps().redo();
    } else if (event->key() == Qt::Key_F6 && m_editor != nullptr) {
        stepPane(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

/// F6: from the events to the form, the sheet, and what is below it. Tab stays in the sheet.
void PlanPage::stepPane(int by)
{
    const std::vector<QWidget *> panes{m_events, m_form, m_sheet, m_tabPages};
    const QWidget *focus = QApplication::focusWidget();
    const auto at = std::ranges::find_if(
        panes, [focus](const QWidget *pane) { return pane == focus || pane->isAncestorOf(focus); });
    const auto count = std::ssize(panes);
    std::ptrdiff_t next = at == panes.end() ? 0 : at - panes.begin() + by;
    next = (next + count) % count;
    QWidget *target = panes[static_cast<std::size_t>(next)];
    if (target == m_events) {
        target = &m_events->view();
    } else if (target == m_sheet) {
        target = m_sheet->model().rowCount() > 0 ? static_cast<QWidget *>(&m_sheet->view()) : m_sheet;
    } else if (target == m_tabPages) {
        target = m_tabPages->currentWidget();
    }
    if (target->focusPolicy() == Qt::NoFocus && target->focusProxy() == nullptr) {
        const auto inside = target->findChildren<QWidget *>();
        const auto first = std::ranges::find_if(inside, [](const QWidget *widget) {
            return widget->isVisible() && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus &&
                   widget->focusPolicy() != Qt::ClickFocus;
        });
        target = first == inside.end() ? target : *first;
    }
    target->setFocus(Qt::TabFocusReason);
}

} // namespace ui
