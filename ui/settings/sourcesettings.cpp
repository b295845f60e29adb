// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/sourcesettings.h"

#include "ui/captureservices.h"
#include "ui/settings/keylist.h"
#include "ui/settings/sourcecard.h"
#include "ui/sources/sourcecatalog.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

bool isSameSource(const store::Source &one, const store::Source &other)
{
    return one.id == other.id && one.name == other.name && one.keyHash == other.keyHash;
}

/// A card whose user has not come to all it needs is neither saved nor scolded.
bool isUnfinished(const intake::SourceConfig &config)
{
    return config.name.isEmpty() || config.match == intake::SourceMatch{};
}

} // namespace

SourceSettings::SourceSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Sources"), parent)
    , m_catalog(new SourceCatalog(services, this))
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    m_empty =
        new QLabel(tr("Each write key seen becomes a source by itself. Defined here, a source is recognised "
                      "by its key, library, app, user agent, host or a filter, and has a name, a colour, "
                      "and its own plans and destinations."),
                   box);
    m_empty->setWordWrap(true);
    dress(*m_empty, theme, FontRole::Body, Role::TextSecondary);
    m_undo = new UndoLine(u"undoSource"_s, box);
    m_cardColumn = new QVBoxLayout;
    m_cardColumn->setSpacing(space::s);
    auto *add = new QPushButton(theme.icon(Icon::Plus), tr("Add source"), box);
    add->setObjectName(u"addSource"_s);
    auto *preset = new QPushButton(tr("Add the delivery platform’s sources"), box);
    preset->setObjectName(u"addSourcePreset"_s);
    preset->setToolTip(tr("Tracker UI, Pilot UI, Merchant UI, MX Manager UI, the Marketplace App and backend "
                          "services"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {add, preset}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_seenHeading = new QLabel(tr("Seen, not defined yet"), box);
    dress(*m_seenHeading, theme, FontRole::BodyStrong, Role::Text);
    m_seenColumn = new QVBoxLayout;
    m_seenColumn->setSpacing(space::xs);
    column->addWidget(m_empty);
    column->addWidget(m_undo);
    column->addLayout(m_cardColumn);
    column->addLayout(buttons);
    column->addSpacing(space::s);
    column->addWidget(m_seenHeading);
    column->addLayout(m_seenColumn);
    m_row =
        addWide(box, tr("Sources names rename colour mute solo write keys library app namespace user agent "
                        "host filter plans conventions destinations"));
    connect(add, &QPushButton::clicked, this, &SourceSettings::addNew);
    connect(preset, &QPushButton::clicked, this, &SourceSettings::addPreset);
    connect(m_catalog, &SourceCatalog::changed, this, &SourceSettings::fill);
    fill();
}

void SourceSettings::refresh()
{
    m_catalog->refresh();
}

std::vector<intake::SourceConfig> SourceSettings::configs() const
{
    std::vector<intake::SourceConfig> configs;
    for (const SourceCard *card : m_cards)
        if (!isUnfinished(card->config()))
            configs.push_back(card->config());
    return configs;
}

void SourceSettings::fill()
{
    // One's own change comes back here: what is shown stands then, and so does the focus.
    if (configs() == m_catalog->configs() && std::ranges::equal(m_shownSeen, m_catalog->seen(), isSameSource))
        return;
    m_shownSeen = m_catalog->seen();
    std::vector<intake::SourceConfig> unfinished;
    for (SourceCard *card : std::exchange(m_cards, {})) {
        if (isUnfinished(card->config()))
            unfinished.push_back(card->config());
        card->deleteLater();
    }
    for (QWidget *row : std::exchange(m_seenRows, {}))
        row->deleteLater();
    for (const intake::SourceConfig &config : m_catalog->configs())
        addCard(config);
    for (const intake::SourceConfig &config : unfinished)
        addCard(config);
    for (const store::Source &source : m_shownSeen)
        if (m_catalog->configOf(source) == nullptr)
            addSeen(source);
    m_seenHeading->setVisible(!m_seenRows.empty());
}

std::vector<KnownKey> SourceSettings::seenKeys() const
{
    std::vector<KnownKey> keys;
    for (const store::Source &source : m_catalog->seen())
        if (!source.maskedKey.isEmpty() && !source.keyHash.startsWith("rule:"))
            keys.push_back({QString::fromLatin1(source.keyHash), source.maskedKey + u"  "_s + source.name});
    return keys;
}

const store::Source *SourceSettings::seenAs(const intake::SourceConfig &config) const
{
    const auto &seen = m_catalog->seen();
    const auto found = std::ranges::find_if(seen, [&](const store::Source &source) {
        const intake::SourceConfig *known = m_catalog->configOf(source);
        return known != nullptr && known->id == config.id;
    });
    return found == seen.end() ? nullptr : &*found;
}

void SourceSettings::addCard(const intake::SourceConfig &config)
{
    QStringList destinations;
    for (const deliver::DestinationConfig &destination : m_services.destinations())
        destinations.append(destination.name);
    auto *card = new SourceCard(m_theme, config, destinations, seenKeys(), this);
    if (const store::Source *source = seenAs(config)) {
        card->setSeen(sourceRole(event::raw(source->id)), source->events);
        connect(card, &SourceCard::soloWanted, this, [this, id = source->id] { emit soloWanted(id); });
    }
    m_cardColumn->addWidget(card);
    m_cards.push_back(card);
    connect(card, &SourceCard::edited, this, [this, card] { save(card); });
    connect(card, &SourceCard::removeWanted, this, [this, card] { remove(card); });
}

void SourceSettings::addSeen(const store::Source &source)
{
    auto *box = new QWidget(this);
    box->setObjectName(u"seenSource"_s);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(space::m, 0, space::s, 0);
    row->setSpacing(space::s);
    auto *dot = new SourceDot(m_theme, box);
    dot->setRole(sourceRole(event::raw(source.id)));
    auto *name = new QLineEdit(source.name, box);
    name->setObjectName(u"seenName"_s);
    name->setAccessibleName(tr("Name of the source %1").arg(source.name));
    name->setFixedWidth(200);
    auto *about = new QLabel(box);
    QStringList parts{source.maskedKey.isEmpty() ? tr("no write key") : source.maskedKey,
                      tr("%Ln event(s)", nullptr, static_cast<int>(source.events)), source.library};
    parts.removeAll(QString());
    about->setText(parts.join(u"  ·  "_s));
    dress(*about, m_theme, FontRole::Meta, Role::TextSecondary);
    auto *nameIt = new QPushButton(tr("Name it"), box);
    nameIt->setObjectName(u"defineSource"_s);
    nameIt->setAutoDefault(false);
    nameIt->setAccessibleName(tr("Name the source %1").arg(source.name));
    nameIt->setToolTip(tr("Makes it a source of its own, with a name, a colour and rules"));
    row->addWidget(dot);
    row->addWidget(name);
    row->addWidget(about, 1);
    row->addWidget(nameIt);
    m_seenColumn->addWidget(box);
    m_seenRows.push_back(box);
    connect(name, &QLineEdit::editingFinished, this, [this, name, id = source.id, before = source.name] {
        const QString wanted = name->text().trimmed();
        if (!wanted.isEmpty() && wanted != before)
            m_services.renameSource(id, wanted);
    });
    connect(nameIt, &QPushButton::clicked, this, [this, id = source.id] { define(id); });
}

void SourceSettings::define(event::SourceId id)
{
    const store::Source *source = m_catalog->find(id);
    if (source == nullptr)
        return;
    const intake::SourceConfig config = definitionOf(*source, configs());
    if (isUnfinished(config)) {
        // Nothing to recognise it by: its user has to say.
        addCard(config);
    } else {
        std::vector<intake::SourceConfig> all = configs();
        all.push_back(config);
        replaceAll(all);
    }
    const auto card =
        std::ranges::find(m_cards, config.id, [](const SourceCard *one) { return one->config().id; });
    if (card != m_cards.end())
        (*card)->open();
}

void SourceSettings::addNew()
{
    intake::SourceConfig config;
    config.id = sourceId(u"source"_s, configs());
    addCard(config);
    m_cards.back()->open();
}

void SourceSettings::addPreset()
{
    const auto preset = intake::sourcePreset(u"delivery-platform"_s);
    if (!preset) {
        showError(m_row, preset.error());
        return;
    }
    std::vector<intake::SourceConfig> all = m_catalog->configs();
    for (const intake::SourceConfig &config : *preset)
        if (std::ranges::find(all, config.id, &intake::SourceConfig::id) == all.end())
            all.push_back(config);
    replaceAll(all);
}

void SourceSettings::replaceAll(const std::vector<intake::SourceConfig> &configs)
{
    if (CaptureServices *capture = m_services.captureServices())
        report(m_row, capture->setSources(configs));
}

void SourceSettings::save(SourceCard *edited)
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr || isUnfinished(edited->config()))
        return;
    if (const auto saved = capture->setSources(configs()); !saved)
        edited->showError(saved.error());
    else
        edited->clearError();
}

void SourceSettings::remove(SourceCard *card)
{
    const std::vector<intake::SourceConfig> before = m_catalog->configs();
    const QString name = card->config().name;
    const QString id = card->config().id;
    std::erase(m_cards, card);
    card->deleteLater();
    std::vector<intake::SourceConfig> rest = before;
    std::erase_if(rest, [&id](const intake::SourceConfig &config) { return config.id == id; });
    if (rest.size() == before.size())
        return;
    replaceAll(rest);
    m_undo->offer(tr("Removed “%1”.").arg(name), [this, before] { replaceAll(before); });
}

void SourceSettings::reset()
{
    const std::vector<intake::SourceConfig> before = m_catalog->configs();
    if (before.empty())
        return;
    replaceAll({});
    m_undo->offer(tr("Removed %n source(s).", nullptr, static_cast<int>(before.size())),
                  [this, before] { replaceAll(before); });
}

} // namespace ui
