// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
// What the page does with plans as a whole: its actions, dialogs and questions.
#include "ui/commands/actionregistry.h"
#include "ui/plan/comparedialog.h"
#include "ui/plan/exportdialog.h"
#include "ui/plan/mergedialog.h"
#include "ui/plan/planpage.h"
#include "ui/services.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString plansFilter()
{
    return PlanPage::tr("Tracking plans (*.json *.yaml *.yml *.csv);;All files (*)");
}

} // namespace

void PlanPage::addActions()
{
    using Run = void (PlanPage::*)();
    const auto add = [this](const QString &name, const QString &text, const QKeySequence &shortcut, Icon icon,
                            Run run) {
        QAction &action = m_actions.add(name, text, shortcut, icon);
        connect(&action, &QAction::triggered, this, run);
        return &action;
    };
    connect(&m_actions.action(Command::OpenPlan), &QAction::triggered, this, &PlanPage::choosePlans);
    add(u"plan.new"_s, tr("New plan…"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, Icon::Plus, &PlanPage::createPlan);
    add(u"plan.openFolder"_s, tr("Open a folder of JSON Schemas…"), {}, Icon::Folder,
        &PlanPage::chooseFolder);
    add(u"plan.learn"_s, tr("Learn from captured events…"), Qt::CTRL | Qt::SHIFT | Qt::Key_L, Icon::Session,
        &PlanPage::learn);
    m_planActions = {
        add(u"plan.save"_s, tr("Save the plan"), QKeySequence::Save, Icon::Check, &PlanPage::save),
        add(u"plan.merge"_s, tr("Merge a plan's file…"), Qt::CTRL | Qt::SHIFT | Qt::Key_M, Icon::Plus,
            &PlanPage::mergeFile),
        add(u"plan.compare"_s, tr("Compare plans…"), Qt::CTRL | Qt::SHIFT | Qt::Key_D, Icon::Note,
            &PlanPage::compare),
        add(u"plan.export"_s, tr("Export the plan…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E, Icon::Replay,
            &PlanPage::exportPlan),
        add(u"plan.close"_s, tr("Close the plan"), {}, Icon::Close, &PlanPage::closePlan),
        add(u"plan.addEvent"_s, tr("Add an event to the plan…"), Qt::CTRL | Qt::SHIFT | Qt::Key_A, Icon::Plus,
            &PlanPage::addEvent),
        add(u"plan.duplicateEvent"_s, tr("Duplicate the planned event"), Qt::CTRL | Qt::Key_D, Icon::Copy,
            &PlanPage::duplicateEvent),
        add(u"plan.removeEvents"_s, tr("Remove the planned event"), {}, Icon::Trash, &PlanPage::removeEvents),
    };
    QAction &undo = m_actions.add(u"plan.undo"_s, tr("Undo the plan's last edit"), {}, Icon::Replay);
    connect(&undo, &QAction::triggered, this, [this] {
        if (m_editor != nullptr) {
            m_editor->steps().undo();
        }
    });
    QAction &redo = m_actions.add(u"plan.redo"_s, tr("Redo the plan's edit"),
                                  Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Icon::Replay);
    connect(&redo, &QAction::triggered, this, [this] {
        if (m_editor != nullptr) {
            m_editor->steps().redo();
        }
    });
}

void PlanPage::openDialog(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void PlanPage::choosePlans()
{
    auto *dialog = new QFileDialog(this, tr("Open tracking plans"), {}, plansFilter());
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &chosen) {
        QStringList paths = openPaths();
        for (const QString &path : chosen) {
            if (!paths.contains(path)) {
                paths += path;
            }
        }
        if (PlanEditor *known = editorOf(chosen.value(0)); known != nullptr && paths == openPaths()) {
            showPlan(known->path());
            return;
        }
        m_wantedPath = chosen.value(0);
        m_services.openPlans(paths);
    });
    openDialog(dialog);
}

void PlanPage::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open a folder of JSON Schemas"));
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        if (!openPaths().contains(folder)) {
            m_wantedPath = folder;
            m_services.openPlans(openPaths() << folder);
        }
    });
    openDialog(dialog);
}

void PlanPage::createPlan()
{
    createFor({});
}

void PlanPage::createFor(const std::vector<plan::MergeStep> &steps)
{
    auto *dialog = new QFileDialog(this, tr("Where the new plan is kept"), {}, tr("Tracking plans (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"tracking-plan.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, steps](const QString &path) {
        if (PlanServices *services = plans()) {
            m_wantedPath = path;
            m_wantedSteps = steps;
            services->createPlan(path, QFileInfo(path).completeBaseName());
        }
    });
    openDialog(dialog);
}

void PlanPage::learn()
{
    if (plans() == nullptr) {
        return;
    }
    auto *dialog =
        new InferDialog(*plans(), m_theme, m_editor == nullptr ? plan::Document() : m_editor->document(),
                        m_streamFilter, this);
    connect(dialog, &InferDialog::merged, this, [this](const std::vector<plan::MergeStep> &steps) {
        if (m_editor == nullptr) {
            createFor(steps);
        } else {
            applySteps(steps);
        }
    });
    openDialog(dialog);
}

void PlanPage::applySteps(const std::vector<plan::MergeStep> &steps)
{
    if (m_editor == nullptr || steps.empty()) {
        return;
    }
    m_editor->replaceDocument(plan::merged(m_editor->document(), steps), tr("merge"));
    emit said(tr("%Ln event(s) merged into “%1”", nullptr, static_cast<int>(steps.size()))
                  .arg(m_editor->document().name));
}

void PlanPage::mergeFile()
{
    auto *dialog = new QFileDialog(this, tr("Merge a plan's file"), {}, plansFilter());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        plans()->readDocument(path, this, [this](const base::Result<plan::Document> &document) {
            if (!document) {
                emit m_services.failed(document.error());
                return;
            }
            if (m_editor != nullptr) {
                auto *merge = new MergeDialog(m_theme, m_editor->document(), *document, this);
                connect(merge, &MergeDialog::merged, this, &PlanPage::applySteps);
                openDialog(merge);
            }
        });
    });
    openDialog(dialog);
}

void PlanPage::compare()
{
    if (m_editor == nullptr) {
        return;
    }
    std::vector<CompareDialog::Side> sides;
    const QString name = m_editor->document().name;
    int before = -1;
    if (m_editor->changedOnDisk() != nullptr) {
        sides.push_back({tr("%1, as its file is now").arg(name), m_editor->changedOnDisk()});
        before = 0;
    }
    if (m_editor->saved() != nullptr && m_editor->isModified()) {
        before = before < 0 ? static_cast<int>(sides.size()) : before;
        sides.push_back({tr("%1, as it was saved").arg(name), m_editor->saved()});
    }
    const auto here = static_cast<int>(sides.size());
    for (const auto &editor : m_editors) {
        auto document = std::make_shared<const plan::Document>(editor->document());
        if (editor.get() == m_editor) {
            sides.insert(sides.begin() + here, {tr("%1, as it is here").arg(name), std::move(document)});
        } else {
            sides.push_back({document->name, std::move(document)});
        }
    }
    const auto words = [services = &m_services](const event::Finding &finding) {
        return services->words(finding);
    };
    auto *dialog = new CompareDialog(*plans(), words, m_theme, std::move(sides), m_streamFilter, this);
    dialog->setSides(before < 0 ? here : before, here);
    connect(dialog, &CompareDialog::eventWanted, this, [this, dialog](event::EventId id) {
        dialog->accept();
        emit eventWanted(id);
    });
    connect(dialog, &CompareDialog::changeChosen, this, [this, dialog](const plan::Change &change) {
        dialog->accept();
        showRule(change.type, change.name, change.path);
    });
    openDialog(dialog);
}

void PlanPage::exportPlan()
{
    if (m_editor == nullptr) {
        return;
    }
    auto *dialog = new ExportDialog(m_theme, m_editor->document(), this);
    connect(dialog, &ExportDialog::chosen, this, [this, path = m_editor->path()](plan::Format format) {
        const QString ending = fileEnding(format);
        auto *files = new QFileDialog(this, tr("Export as %1").arg(plan::formatTitle(format)));
        if (ending.isEmpty()) {
            files->setFileMode(QFileDialog::Directory);
        } else {
            files->setAcceptMode(QFileDialog::AcceptSave);
            files->setNameFilter(u"*.%1"_s.arg(ending));
            files->setDefaultSuffix(ending);
            files->selectFile(QFileInfo(path).completeBaseName() + u'.' + ending);
        }
        connect(files, &QFileDialog::fileSelected, this, [this, path, format](const QString &to) {
            plans()->exportPlan(path, format, to, this, [this, to](const base::Result<void> &result) {
                if (result) {
                    emit said(tr("Exported to %1").arg(to));
                } else {
                    emit m_services.failed(result.error());
                }
            });
        });
        openDialog(files);
    });
    openDialog(dialog);
}

void PlanPage::save()
{
    if (m_editor == nullptr) {
        return;
    }
    commitTyped();
    saveThen(m_editor->path(),
             [this, name = m_editor->document().name] { emit said(tr("“%1” saved").arg(name)); });
}

void PlanPage::saveThen(const QString &path, std::function<void()> then)
{
    plans()->save(path, this, [this, then = std::move(then)](const base::Result<void> &result) {
        if (result) {
            then();
        } else {
            emit m_services.failed(result.error());
        }
    });
}

void PlanPage::closeNow(const QString &path)
{
    QStringList paths = openPaths();
    paths.removeAll(path);
    m_services.openPlans(paths);
}

void PlanPage::closePlan()
{
    if (m_editor == nullptr) {
        return;
    }
    commitTyped();
    const QString path = m_editor->path();
    if (!m_editor->isModified()) {
        closeNow(path);
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Close the plan"),
                                     tr("“%1” has edits that are not saved.").arg(m_editor->document().name),
                                     QMessageBox::NoButton, this);
    question->setObjectName(u"closeQuestion"_s);
    question->setInformativeText(tr("Without saving they are lost."));
    auto *saveIt = question->addButton(tr("Save"), QMessageBox::AcceptRole);
    auto *lose = question->addButton(tr("Don't save"), QMessageBox::DestructiveRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(saveIt);
    connect(question, &QMessageBox::buttonClicked, this,
            [this, path, saveIt, lose](const QAbstractButton *button) {
                if (button == saveIt) {
                    saveThen(path, [this, path] { closeNow(path); });
                } else if (button == lose) {
                    closeNow(path);
                }
            });
    openDialog(question);
}

bool PlanPage::mayClose()
{
    commitTyped();
    QStringList names;
    QStringList paths;
    for (const auto &editor : m_editors) {
        if (editor->isModified()) {
            names += editor->document().name;
            paths += editor->path();
        }
    }
    if (m_mayClose || paths.isEmpty()) {
        return true;
    }
    if (findChild<QMessageBox *>(u"quitQuestion"_s) != nullptr) {
        return false;
    }
    auto *question = new QMessageBox(
        QMessageBox::Warning, tr("Unsaved plans"),
        tr("%Ln plan(s) have edits that are not saved: %1", nullptr, static_cast<int>(names.size()))
            .arg(names.join(u", "_s)),
        QMessageBox::NoButton, this);
    question->setObjectName(u"quitQuestion"_s);
    question->setInformativeText(tr("Without saving they are lost."));
    auto *saveAll = question->addButton(tr("Save"), QMessageBox::AcceptRole);
    auto *lose = question->addButton(tr("Don't save"), QMessageBox::DestructiveRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(saveAll);
    connect(question, &QMessageBox::buttonClicked, this,
            [this, paths, saveAll, lose](const QAbstractButton *button) {
                if (button == saveAll) {
                    auto left = std::make_shared<qsizetype>(paths.size());
                    for (const QString &path : paths) {
                        saveThen(path, [this, left] {
                            if (--*left == 0) {
                                emit closeAllowed();
                            }
                        });
                    }
                } else if (button == lose) {
                    m_mayClose = true;
                    emit closeAllowed();
                }
            });
    openDialog(question);
    return false;
}

} // namespace ui
