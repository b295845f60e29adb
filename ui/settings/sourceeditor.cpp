// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/sourceeditor.h"

#include "ui/settings/conventionsbox.h"
#include "ui/settings/keylist.h"
#include "ui/settings/pathedit.h"
#include "ui/settings/settingsgroup.h"
#include "ui/sources/sourcemenu.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

std::vector<KnownKey> keysOf(const intake::SourceConfig &config)
{
    std::vector<KnownKey> keys;
    for (qsizetype i = 0; i < config.match.keyHashes.size(); ++i) {
        const QString &hash = config.match.keyHashes[i];
        const QString shown = config.maskedKeys.value(i);
        keys.push_back({hash, shown.isEmpty() ? SourceEditor::tr("key %1…").arg(hash.left(6)) : shown});
    }
    return keys;
}

} // namespace

QStringList listOf(const QString &text)
{
    QStringList list;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty())
            list.append(part.trimmed());
    return list;
}

SourceEditor::SourceEditor(const Theme &theme, intake::SourceConfig config, const QStringList &destinations,
                           const std::vector<KnownKey> &seenKeys, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_config(std::move(config))
    , m_name(nullptr)
    , m_color(new QComboBox(this))
    , m_plans(new PathEdit(PathEdit::Count::Several, tr("Own plans"),
                           tr("Tracking plans (*.json);;All files (*)"), this))
    , m_conventions(new ConventionsBox(tr("As in Checks"), this))
{
    setObjectName(u"sourceEditor"_s);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(space::l);
    form->setVerticalSpacing(space::s);
    m_name = addField(*form, tr("Name"), u"sourceName"_s, m_config.name, tr("Tracker UI"));
    m_color->setObjectName(u"sourceColor"_s);
    m_color->setAccessibleName(tr("Colour"));
    leaveWheelToPage(*m_color);
    fillColors();
    form->addRow(tr("Colour"), m_color);

    auto *how =
        new QLabel(tr("An event is of this source when every part given here matches; of several texts "
                      "with commas between, any. * stands for anything."),
                   this);
    how->setWordWrap(true);
    dress(*how, theme, FontRole::Meta, Role::TextSecondary);
    form->addRow(how);
    addMatchRows(*form, seenKeys);

    auto *own = new QLabel(tr("Left empty, what stands in Checks and Destinations holds."), this);
    own->setWordWrap(true);
    dress(*own, theme, FontRole::Meta, Role::TextSecondary);
    form->addRow(own);
    m_plans->setObjectName(u"sourcePlans"_s);
    m_plans->setPaths(m_config.plans);
    form->addRow(tr("Own plans"), m_plans);
    m_conventions->setObjectName(u"sourceConventions"_s);
    m_conventions->setAccessibleName(tr("Own conventions"));
    leaveWheelToPage(*m_conventions);
    m_conventions->setChoice(m_config.conventions);
    form->addRow(tr("Conventions"), m_conventions);
    if (!destinations.isEmpty()) {
        auto *boxes = new QWidget(this);
        auto *column = new QVBoxLayout(boxes);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        for (const QString &name : destinations) {
            auto *box = new QCheckBox(name, boxes);
            box->setChecked(m_config.destinations.contains(name));
            column->addWidget(box);
            m_destinations.push_back(box);
            connect(box, &QCheckBox::toggled, this, &SourceEditor::take);
        }
        boxes->setToolTip(tr("None ticked: every destination that forwards live"));
        form->addRow(tr("Sent on only to"), boxes);
    }

    connect(m_color, &QComboBox::activated, this, &SourceEditor::take);
    connect(m_keys, &KeyList::edited, this, &SourceEditor::take);
    connect(m_plans, &PathEdit::edited, this, &SourceEditor::take);
    connect(m_conventions, &ConventionsBox::chosen, this, &SourceEditor::take);
    connect(&theme, &Theme::changed, this, &SourceEditor::fillColors);
}

QLineEdit *SourceEditor::addField(QFormLayout &form, const QString &label, const QString &name,
                                  const QString &text, const QString &example)
{
    auto *field = new QLineEdit(text, this);
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(example);
    form.addRow(label, field);
    connect(field, &QLineEdit::editingFinished, this, &SourceEditor::take);
    return field;
}

void SourceEditor::addMatchRows(QFormLayout &form, const std::vector<KnownKey> &seenKeys)
{
    const intake::SourceMatch &match = m_config.match;
    const QString comma = u", "_s;
    m_keys = new KeyList(m_theme, tr("Write keys"), this);
    m_keys->setObjectName(u"sourceKeys"_s);
    m_keys->setKeys(keysOf(m_config));
    m_keys->setOffered(seenKeys);
    form.addRow(tr("Write keys"), m_keys);
    m_libraries = addField(form, tr("Library"), u"sourceLibraries"_s, match.libraries.join(comma),
                           u"analytics.js*, analytics-node*"_s);
    m_apps = addField(form, tr("App or namespace"), u"sourceApps"_s, match.apps.join(comma),
                      u"Marketplace, com.example.*"_s);
    m_agents = addField(form, tr("User agent"), u"sourceAgents"_s, match.userAgents.join(comma),
                        u"*iPhone*, okhttp/*"_s);
    m_hosts = addField(form, tr("Host"), u"sourceHosts"_s, match.hosts.join(comma),
                       u"track.example.com, *.local"_s);
    m_filter = addField(form, tr("Filter"), u"sourceFilter"_s, match.filter, u"ctx.page.path:/merchant*"_s);
}

void SourceEditor::fillColors()
{
    m_color->clear();
    m_color->addItem(tr("By its order"), 0);
    const auto names = sourceColorNames();
    for (int color = 1; color <= static_cast<int>(names.size()); ++color)
        m_color->addItem(sourceColorIcon(m_theme, color), names[static_cast<std::size_t>(color) - 1], color);
    m_color->setCurrentIndex(m_color->findData(m_config.color));
}

void SourceEditor::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

void SourceEditor::toggleMuted()
{
    m_config.isMuted = !m_config.isMuted;
    emit edited();
}

void SourceEditor::take()
{
    intake::SourceConfig changed = m_config;
    changed.name = m_name->text().trimmed();
    changed.color = m_color->currentData().toInt();
    changed.match.keyHashes.clear();
    changed.maskedKeys.clear();
    for (const KnownKey &key : m_keys->keys()) {
        changed.match.keyHashes.append(key.hash);
        changed.maskedKeys.append(key.shown);
    }
    changed.match.libraries = listOf(m_libraries->text());
    changed.match.apps = listOf(m_apps->text());
    changed.match.userAgents = listOf(m_agents->text());
    changed.match.hosts = listOf(m_hosts->text());
    changed.match.filter = m_filter->text().trimmed();
    changed.plans = m_plans->paths();
    changed.conventions = m_conventions->choice();
    changed.destinations.clear();
    for (const QCheckBox *box : m_destinations)
        if (box->isChecked())
            changed.destinations.append(box->text());
    if (changed == m_config)
        return;
    m_config = changed;
    emit edited();
}

} // namespace ui
