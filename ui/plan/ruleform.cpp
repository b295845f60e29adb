// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/plan/ruleform.h"

#include "ui/itemmodels/planmodel.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostVersions = 9'999;

QString shownLabels(const plan::RuleSource &rule)
{
    QStringList parts;
    for (const auto &[name, value] : plan::labelsOf(rule)) {
        parts += value.isEmpty() ? name : name + u": "_s + value;
    }
    return parts.join(u", "_s);
}

std::vector<std::pair<QString, QString>> typedLabels(const QString &text)
{
    std::vector<std::pair<QString, QString>> labels;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const auto colon = part.indexOf(u':');
        const QString name = (colon < 0 ? part : part.left(colon)).trimmed();
        if (!name.isEmpty()) {
            labels.emplace_back(name, colon < 0 ? QString() : part.mid(colon + 1).trimmed());
        }
    }
    return labels;
}

QStringList typedList(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        if (const QString name = part.trimmed(); !name.isEmpty() && !parts.contains(name)) {
            parts += name;
        }
    }
    return parts;
}

} // namespace

RuleForm::RuleForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_type(new StatusChip(theme, this))
    , m_title(new ElidedLabel(theme, FontRole::Title, Role::Text, Qt::ElideRight, this))
    , m_name(new QLineEdit(this))
    , m_inStream(new QPushButton(theme.icon(Icon::Stream), tr("Show in the stream"), this))
    , m_description(new QLineEdit(this))
    , m_version(new QSpinBox(this))
    , m_labels(new QLineEdit(this))
    , m_sources(new QLineEdit(this))
    , m_deprecated(new QCheckBox(tr("Deprecated"), this))
    , m_others(new QCheckBox(tr("Others may come"), this))
{
    const auto field = [&theme](QWidget *widget, const QString &objectName, const QString &name,
                                const QString &tip) {
        widget->setObjectName(objectName);
        widget->setAccessibleName(name);
        widget->setToolTip(tip);
        widget->setFont(theme.font(FontRole::Body));
    };
    field(m_name, u"ruleName"_s, tr("Name of the event"), tr("Name of the event"));
    m_name->setFont(theme.font(FontRole::Title));
    field(m_description, u"ruleDescription"_s, tr("Description of the event"),
          tr("When it is sent, and what it means"));
    m_description->setPlaceholderText(tr("When it is sent, and what it means"));
    field(m_version, u"ruleVersion"_s, tr("Version"),
          tr("Of several versions context.protocols.event_version picks one"));
    m_version->setRange(1, mostVersions);
    m_version->setPrefix(tr("Version "));
    m_version->setKeyboardTracking(false);
    field(m_labels, u"ruleLabels"_s, tr("Labels"), tr("\"owner: growth, priority: high\""));
    m_labels->setPlaceholderText(tr("Labels: owner: growth"));
    field(m_sources, u"ruleSources"_s, tr("Sources the event belongs to"),
          tr("Sources the event belongs to, with commas between; empty: all of the plan's"));
    m_sources->setPlaceholderText(tr("Sources: all of the plan's"));
    field(m_deprecated, u"ruleDeprecated"_s, tr("Deprecated"),
          tr("Still checked, but not to be sent any more"));
    field(m_others, u"ruleOthers"_s, tr("Other properties may come"),
          tr("Off: a property that is not in the sheet is a violation"));
    m_title->setObjectName(u"planRuleName"_s);
    m_inStream->setObjectName(u"planInStream"_s);
    setButtonKind(*m_inStream, ButtonKind::Quiet);

    auto *title = new QHBoxLayout;
    title->setSpacing(space::s);
    title->addWidget(m_type);
    title->addWidget(m_title, 1);
    title->addWidget(m_name, 1);
    title->addWidget(m_version);
    title->addWidget(m_inStream);
    auto *third = new QHBoxLayout;
    third->setSpacing(space::s);
    third->addWidget(m_labels, 1);
    third->addWidget(m_sources, 1);
    third->addWidget(m_deprecated);
    third->addWidget(m_others);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::s, space::m, space::s);
    column->setSpacing(space::xs);
    column->addLayout(title);
    column->addWidget(m_description);
    column->addLayout(third);

    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const QString name = m_name->text().trimmed();
        if (m_rule != nullptr && !name.isEmpty() && name != m_rule->name) {
            emit renameWanted(m_rule, name);
        }
    });
    connect(m_description, &QLineEdit::editingFinished, this, [this] {
        if (m_rule != nullptr && m_description->text() != plan::descriptionOf(*m_rule)) {
            change(tr("description"), [this](const plan::RuleSource &rule) {
                return plan::withDescription(rule, m_description->text());
            });
        }
    });
    connect(m_labels, &QLineEdit::editingFinished, this, [this] {
        if (m_rule != nullptr && m_labels->text() != shownLabels(*m_rule)) {
            change(tr("labels"), [this](const plan::RuleSource &rule) {
                return plan::withLabels(rule, typedLabels(m_labels->text()));
            });
        }
    });
    connect(m_sources, &QLineEdit::editingFinished, this, [this] {
        change(tr("sources"), [this](plan::RuleSource rule) {
            rule.sources = typedList(m_sources->text());
            return rule;
        });
    });
    connect(m_version, &QSpinBox::valueChanged, this, [this](int version) {
        change(tr("version"), [version](plan::RuleSource rule) {
            rule.version = version;
            return rule;
        });
    });
    connect(m_deprecated, &QCheckBox::toggled, this, [this](bool isOn) {
        change(tr("deprecated"), [isOn](plan::RuleSource rule) {
            rule.isDeprecated = isOn;
            return rule;
        });
    });
    connect(m_others, &QCheckBox::toggled, this, [this](bool isOn) {
        change(tr("other properties"), [isOn](const plan::RuleSource &rule) {
            return plan::withOthers(rule, isOn ? plan::Others::Allowed : plan::Others::Unplanned);
        });
    });
    connect(m_inStream, &QPushButton::clicked, this, &RuleForm::streamWanted);
    connect(&theme, &Theme::changed, this, [this, &theme] {
        for (QWidget *widget : std::initializer_list<QWidget *>{m_description, m_version, m_labels, m_sources,
                                                                m_deprecated, m_others}) {
            widget->setFont(theme.font(FontRole::Body));
        }
        m_name->setFont(theme.font(FontRole::Title));
    });
    setRule(nullptr);
}

template <typename Change>
void RuleForm::change(const QString &what, Change change)
{
    if (m_rule == nullptr || m_isFilling) {
        return;
    }
    auto after = std::make_shared<const plan::RuleSource>(change(*m_rule));
    if (*after != *m_rule) {
        const plan::RulePointer before = m_rule;
        m_rule = after;
        emit edited(before, after, tr("%1 of %2").arg(what, ruleName(*before)));
    }
}

void RuleForm::setRule(const plan::RulePointer &rule)
{
    const bool isOther =
        m_rule != nullptr && (rule == nullptr || rule->type != m_rule->type || rule->name != m_rule->name ||
                              rule->version != m_rule->version);
    if (auto *typed = qobject_cast<QLineEdit *>(focusWidget());
        isOther && typed != nullptr && typed->hasFocus() && typed->isModified()) {
        typed->setModified(false);
        emit typed->editingFinished(); // of the event that is left
    }
    m_rule = rule;
    fill();
}

/// Fields are only set when they say something else, so that what is being typed stays.
void RuleForm::fill()
{
    m_isFilling = true;
    const bool hasRule = m_rule != nullptr;
    const bool isNamed = hasRule && hasName(m_rule->type);
    const auto set = [](QLineEdit *edit, const QString &text) {
        if (edit->text() != text) {
            edit->setText(text);
            edit->setCursorPosition(0);
        }
    };
    m_type->setVisible(hasRule && m_rule->type != event::CallType::None);
    m_title->setVisible(!isNamed);
    m_name->setVisible(isNamed);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_inStream, m_description, m_version, m_labels,
                                                            m_sources, m_deprecated, m_others}) {
        widget->setVisible(hasRule);
    }
    m_title->setFullText(hasRule ? ruleName(*m_rule) : tr("No event selected"));
    if (hasRule) {
        m_type->setTone({Role::Unchecked, Role::UncheckedSoft, Icon::Plan}, callTypeText(m_rule->type));
        set(m_name, m_rule->name);
        set(m_description, plan::descriptionOf(*m_rule));
        set(m_labels, shownLabels(*m_rule));
        set(m_sources, m_rule->sources.join(u", "_s));
        m_version->setValue(m_rule->version);
        m_deprecated->setChecked(m_rule->isDeprecated);
        m_others->setChecked(plan::allowsOthers(*m_rule));
        m_inStream->setVisible(m_rule->type != event::CallType::None);
    }
    m_isFilling = false;
}

} // namespace ui
