// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/planservices.h"

#include <QUndoStack>

namespace ui {

/// One open plan while it is edited: the document as it is here, what its file holds, and every step that can
/// be undone. A step keeps the document before and after it: both share the rules they did not touch. What
/// others change (the file, "Add to plan") is a step too. GUI thread.
class PlanEditor final : public QObject
{
    Q_OBJECT
public:
    using DocumentPointer = PlanServices::DocumentPointer;

    PlanEditor(PlanServices &services, const PlanServices::Open &open, QObject *parent = nullptr);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const plan::Document &document() const { return *m_document; }
    [[nodiscard]] const DocumentPointer &saved() const { return m_saved; } ///< null: not known
    [[nodiscard]] bool isModified() const { return m_isModified; }
    [[nodiscard]] const DocumentPointer &changedOnDisk() const { return m_changedOnDisk; }
    [[nodiscard]] QUndoStack &steps() { return m_steps; }
    [[nodiscard]] int indexOf(const plan::RulePointer &rule) const; ///< -1: not in the document

    /// What the services say of the plan now.
    void take(const PlanServices::Open &open);
    /// Typing goes on in one step, everything else is a step of its own.
    enum class Step : std::uint8_t { New, Typing };
    void replaceRule(const plan::RulePointer &before, const plan::RulePointer &after, const QString &what,
                     Step step = Step::New);
    /// Behind the rule at `position`; -1: the first.
    void insertRule(int position, const plan::RulePointer &rule, const QString &what);
    void removeRules(const std::vector<plan::RulePointer> &rules, const QString &what);
    void replaceDocument(plan::Document document, const QString &what, Step step = Step::New);

signals:
    void changed();
    /// A step was done here, undone or done again; the rule it is about, null when it went.
    void ruleTouched(const plan::RulePointer &rule);

private:
    class DocumentStep;
    enum class Tell : std::uint8_t { Services, Nobody };
    void become(const DocumentPointer &document, Tell tell);

    PlanServices &m_services;
    QString m_path;
    DocumentPointer m_document;
    DocumentPointer m_saved;
    DocumentPointer m_changedOnDisk;
    bool m_isModified = false;
    QUndoStack m_steps;
};

/// The first rule of `after` that `before` does not have; null: rules only went.
[[nodiscard]] plan::RulePointer touchedRule(const plan::Document &before, const plan::Document &after);
/// As plan::compare(), but of two documents that share most of their rules: costs what was edited.
[[nodiscard]] std::vector<plan::Change> changesBetween(const plan::Document &before,
                                                       const plan::Document &after);

} // namespace ui
