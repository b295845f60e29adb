// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/plananswers.h"

#include "plan/compare.h"
#include "ui/services.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QStringList changesOf(const PlanServices::AllowanceOffer &offer)
{
    plan::Document before;
    before.rules = {offer.before};
    plan::Document after;
    after.rules = {std::make_shared<const plan::RuleSource>(offer.allowance.rule)};
    QStringList lines;
    for (const plan::Change &change : plan::compare(before, after)) {
        lines.append(plan::sentenceOf(change));
    }
    return lines;
}

/// The plan with one rule in place of another, as it is now; nothing when that rule is not there any more.
std::optional<plan::Document> replaced(const plan::Document &document, const plan::RuleSource &from,
                                       const plan::RulePointer &to)
{
    plan::Document made = document;
    const auto found =
        std::ranges::find_if(made.rules, [&from](const plan::RulePointer &rule) { return *rule == from; });
    if (found == made.rules.end()) {
        return std::nullopt;
    }
    *found = to;
    return made;
}

} // namespace

AllowanceDialog::AllowanceDialog(const Theme &theme, const PlanServices::AllowanceOffer &offer,
                                 QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"allowanceDialog"_s);
    setWindowTitle(tr("Allow in the plan"));
    setMinimumWidth(440);
    const auto label = [&](FontRole font, Role role, const QString &text) {
        auto *made = new ThemedLabel(theme, font, role, this, ThemedLabel::Text::Selectable);
        made->setText(text);
        made->setWordWrap(true);
        return made;
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::s);
    column->addWidget(label(FontRole::Title, Role::Text, offer.allowance.what));
    column->addWidget(
        label(FontRole::Body, Role::TextSecondary,
              tr("In %1, %2:").arg(QFileInfo(offer.path).fileName(), plan::titleOf(*offer.before))));
    QStringList lines;
    for (const QString &line : changesOf(offer)) {
        lines.append(u"\u2022 "_s + line);
    }
    auto *changes = label(FontRole::Body, Role::Text, lines.join(u'\n'));
    changes->setObjectName(u"allowanceChanges"_s);
    column->addWidget(changes);
    column->addSpacing(space::s);
    column->addWidget(
        label(FontRole::Meta, Role::TextHint,
              tr("Events are checked again at once. The file changes when you save the plan.")));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *allow = buttons->addButton(tr("Allow"), QDialogButtonBox::AcceptRole);
    allow->setObjectName(u"allowButton"_s);
    allow->setDefault(true);
    setButtonKind(*allow, ButtonKind::Accent);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

PlanAnswers::PlanAnswers(Services &services, const Theme &theme, QWidget &window)
    : QObject(&window)
    , m_services(services)
    , m_theme(theme)
    , m_window(window)
{
}

void PlanAnswers::allow(event::EventId id, const event::Finding &finding)
{
    PlanServices *plans = m_services.planServices();
    if (plans == nullptr) {
        return;
    }
    plans->offerAllowance(id, finding, this, [this](base::Result<PlanServices::AllowanceOffer> offer) {
        if (!offer) {
            emit m_services.failed(offer.error());
            return;
        }
        auto *dialog = new AllowanceDialog(m_theme, *offer, &m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, offer = *offer] { apply(offer); });
        dialog->open();
    });
}

void PlanAnswers::apply(const PlanServices::AllowanceOffer &offer)
{
    PlanServices *plans = m_services.planServices();
    plans->applyAllowance(offer);
    emit undoable(tr("Allowed in the plan: %1").arg(offer.allowance.what), [plans, offer] {
        for (const PlanServices::Open &open : plans->openPlans()) {
            if (open.document->path != offer.path) {
                continue;
            }
            if (const auto before = replaced(*open.document, offer.allowance.rule, offer.before)) {
                plans->edit(offer.path, *before);
            }
        }
    });
}

void PlanAnswers::addToPlan(event::CallType type, const QString &name, const QString &source)
{
    PlanServices *plans = m_services.planServices();
    if (plans == nullptr) {
        return;
    }
    plans->addToPlan(type, name, source, {}, this, [this, name](const base::Result<QString> &added) {
        if (added) {
            emit said(tr("Added \"%1\" to %2").arg(name, QFileInfo(*added).fileName()));
        } else {
            emit m_services.failed(added.error());
        }
    });
}

} // namespace ui
