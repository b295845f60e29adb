// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/planeditor.h"

#include <algorithm>
#include <unordered_set>

namespace ui {

namespace {

/// A step of a plan of 2,000 events keeps 32 KB of pointers.
constexpr int mostSteps = 500;
constexpr int typingId = 1;

using RuleSet = std::unordered_set<const plan::RuleSource *>;

RuleSet rulesOf(const plan::Document &document)
{
    RuleSet rules;
    rules.reserve(document.rules.size());
    for (const plan::RulePointer &rule : document.rules) {
        rules.insert(rule.get());
    }
    return rules;
}

bool isSameRest(const plan::Document &a, const plan::Document &b)
{
    return a.name == b.name && a.description == b.description && a.sources == b.sources &&
           a.shared == b.shared;
}

bool isSameRules(const plan::Document &a, const plan::Document &b)
{
    return std::ranges::equal(a.rules, b.rules,
                              [](const plan::RulePointer &one, const plan::RulePointer &other) {
                                  return one == other || *one == *other;
                              });
}

} // namespace

plan::RulePointer touchedRule(const plan::Document &before, const plan::Document &after)
{
    const auto known = rulesOf(before);
    const auto found = std::ranges::find_if(
        after.rules, [&known](const plan::RulePointer &rule) { return !known.contains(rule.get()); });
    return found == after.rules.end() ? nullptr : *found;
}

std::vector<plan::Change> changesBetween(const plan::Document &before, const plan::Document &after)
{
    const auto without = [](plan::Document document, const RuleSet &known) {
        std::erase_if(document.rules,
                      [&known](const plan::RulePointer &rule) { return known.contains(rule.get()); });
        return document;
    };
    return plan::compare(without(before, rulesOf(after)), without(after, rulesOf(before)));
}

class PlanEditor::DocumentStep final : public QUndoCommand
{
public:
    DocumentStep(PlanEditor &editor, DocumentPointer after, const QString &what, Step step, Tell tell)
        : QUndoCommand(what)
        , m_editor(editor)
        , m_before(editor.m_document)
        , m_after(std::move(after))
        , m_step(step)
        , m_tell(tell)
    {
    }

    void undo() override { show(m_before, *m_after); }
    void redo() override
    {
        const Tell tell = std::exchange(m_tell, Tell::Services);
        m_editor.become(m_after, tell);
        if (tell == Tell::Services) {
            emit m_editor.ruleTouched(touchedRule(*m_before, *m_after));
        }
    }
    [[nodiscard]] int id() const override { return m_step == Step::Typing ? typingId : -1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const DocumentStep *>(other);
        // Typing in another event is another step.
        const bool isSameRule = next->m_before->rules.size() == m_before->rules.size() &&
                                changedAt(*next->m_before, *next->m_after) == changedAt(*m_before, *m_after);
        if (!isSameRule) {
            return false;
        }
        m_after = next->m_after;
        return true;
    }

private:
    void show(const DocumentPointer &document, const plan::Document &was)
    {
        m_editor.become(document, Tell::Services);
        emit m_editor.ruleTouched(touchedRule(was, *document));
    }
    [[nodiscard]] static std::ptrdiff_t changedAt(const plan::Document &before, const plan::Document &after)
    {
        return std::ranges::mismatch(before.rules, after.rules).in1 - before.rules.begin();
    }

    PlanEditor &m_editor;
    DocumentPointer m_before, m_after;
    Step m_step;
    Tell m_tell; ///< of the first time
};

PlanEditor::PlanEditor(PlanServices &services, const PlanServices::Open &open, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_path(open.document->path)
    , m_document(open.document)
    , m_saved(open.isModified ? nullptr : open.document)
    , m_changedOnDisk(open.changedOnDisk)
    , m_isModified(open.isModified)
{
    m_steps.setUndoLimit(mostSteps);
}

int PlanEditor::indexOf(const plan::RulePointer &rule) const
{
    const auto found = std::ranges::find(m_document->rules, rule);
    return found == m_document->rules.end() ? -1 : static_cast<int>(found - m_document->rules.begin());
}

void PlanEditor::take(const PlanServices::Open &open)
{
    const bool isSame = m_document == open.document && m_isModified == open.isModified &&
                        m_changedOnDisk == open.changedOnDisk;
    m_isModified = open.isModified;
    m_changedOnDisk = open.changedOnDisk;
    if (!open.isModified) {
        m_saved = open.document;
    }
    if (isSame) {
        return;
    }
    if (m_document == open.document || m_document->rules == open.document->rules ||
        isSameRules(*m_document, *open.document)) {
        if (isSameRest(*m_document, *open.document)) {
            m_document = open.document;
            emit changed();
            return;
        }
    }
    m_steps.push(new DocumentStep(*this, open.document, tr("change from outside"), Step::New, Tell::Nobody));
}

void PlanEditor::become(const DocumentPointer &document, Tell tell)
{
    m_document = document;
    if (tell == Tell::Services) {
        m_services.edit(m_path, *document); // take() follows
    }
    emit changed();
}

void PlanEditor::replaceDocument(plan::Document document, const QString &what, Step step)
{
    m_steps.push(new DocumentStep(*this, std::make_shared<const plan::Document>(std::move(document)), what,
                                  step, Tell::Services));
}

void PlanEditor::replaceRule(const plan::RulePointer &before, const plan::RulePointer &after,
                             const QString &what, Step step)
{
    const int index = indexOf(before);
    if (index < 0) {
        return; // it went meanwhile
    }
    plan::Document document = *m_document;
    document.rules[static_cast<std::size_t>(index)] = after;
    replaceDocument(std::move(document), what, step);
}

void PlanEditor::insertRule(int position, const plan::RulePointer &rule, const QString &what)
{
    plan::Document document = *m_document;
    const auto at = std::clamp<std::ptrdiff_t>(position + 1, 0, std::ssize(document.rules));
    document.rules.insert(document.rules.begin() + at, rule);
    replaceDocument(std::move(document), what);
}

void PlanEditor::removeRules(const std::vector<plan::RulePointer> &rules, const QString &what)
{
    plan::Document document = *m_document;
    const auto gone = std::erase_if(document.rules, [&rules](const plan::RulePointer &rule) {
        return std::ranges::find(rules, rule) != rules.end();
    });
    if (gone > 0) {
        replaceDocument(std::move(document), what);
    }
}

} // namespace ui
