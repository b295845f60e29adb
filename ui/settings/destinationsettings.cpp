// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/destinationsettings.h"

#include "base/secret.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

DestinationCard::DestinationCard(const Theme &theme, deliver::DestinationConfig config, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_config(std::move(config))
    , m_name(new QLineEdit(m_config.name, this))
    , m_url(new QLineEdit(m_config.baseUrl.toString(), this))
    , m_key(new QLineEdit(this))
    , m_live(new QCheckBox(tr("Forward live"), this))
    , m_error(new QLabel(this))
{
    setObjectName(u"destinationCard"_s);
    setAccessibleName(m_config.name.isEmpty() ? tr("New destination")
                                              : tr("Destination %1").arg(m_config.name));
    m_name->setObjectName(u"destinationName"_s);
    m_name->setPlaceholderText(tr("Staging"));
    m_url->setObjectName(u"destinationUrl"_s);
    m_url->setPlaceholderText(u"https://api.segment.io"_s);
    m_key->setObjectName(u"destinationKey"_s);
    m_key->setEchoMode(QLineEdit::Password);
    m_live->setObjectName(u"destinationLive"_s);
    m_live->setChecked(m_config.isLive);
    m_error->setObjectName(u"destinationError"_s);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_error, theme, FontRole::Body, Role::Violation);
    m_error->hide();
    auto *liveHelp = new QLabel(
        tr("Every event is sent on as it comes, with this write key. Off until you switch it on."), this);
    liveHelp->setWordWrap(true);
    dress(*liveHelp, theme, FontRole::Meta, Role::TextSecondary);
    m_live->setAccessibleDescription(liveHelp->text());

    auto *remove = new QToolButton(this);
    remove->setObjectName(u"destinationRemove"_s);
    remove->setIcon(theme.icon(Icon::Trash));
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setAccessibleName(tr("Remove this destination"));
    remove->setToolTip(tr("Remove this destination; can be undone"));

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(space::l);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Base URL"), m_url);
    form->addRow(QString(), m_error);
    form->addRow(tr("Write key"), m_key);
    auto *live = new QVBoxLayout;
    live->setSpacing(2);
    live->addWidget(m_live);
    live->addWidget(liveHelp);
    form->addRow(QString(), live);
    for (QLineEdit *edit : {m_name, m_url, m_key})
        if (const auto *label = qobject_cast<QLabel *>(form->labelForField(edit)))
            edit->setAccessibleName(label->text());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::m, space::s, space::m);
    row->setSpacing(space::s);
    row->addLayout(form, 1);
    row->addWidget(remove, 0, Qt::AlignTop);
    showKey();

    for (QLineEdit *edit : {m_name, m_url, m_key})
        connect(edit, &QLineEdit::editingFinished, this, &DestinationCard::take);
    connect(m_live, &QCheckBox::toggled, this, &DestinationCard::take);
    connect(remove, &QToolButton::clicked, this, &DestinationCard::removeWanted);
}

void DestinationCard::focusName()
{
    m_name->setFocus();
}

void DestinationCard::showKey()
{
    m_key->clear();
    m_key->setPlaceholderText(m_config.writeKey.isEmpty()
                                  ? tr("Write key of the source to send to")
                                  : tr("%1 (type to replace)").arg(base::masked(m_config.writeKey)));
}

void DestinationCard::take()
{
    deliver::DestinationConfig changed = m_config;
    changed.name = m_name->text().trimmed();
    changed.baseUrl = QUrl(m_url->text().trimmed());
    if (!m_key->text().trimmed().isEmpty())
        changed.writeKey = m_key->text().trimmed();
    changed.isLive = m_live->isChecked();
    const bool isSame = changed.name == m_config.name && changed.baseUrl == m_config.baseUrl &&
                        changed.writeKey == m_config.writeKey && changed.isLive == m_config.isLive;
    if (isSame)
        return;
    m_config = changed;
    showKey();
    emit edited();
}

void DestinationCard::showError(const base::Error &error)
{
    m_error->setText(error.oneLine());
    m_error->setAccessibleName(error.oneLine());
    m_error->show();
}

void DestinationCard::clearError()
{
    m_error->clear();
    m_error->hide();
}

QString DestinationCard::errorText() const
{
    return m_error->text();
}

void DestinationCard::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintCard(painter, m_theme, rect());
}

DestinationSettings::DestinationSettings(Services &services, const Theme &theme, QWidget *parent)
    : SettingsGroup(services, theme, tr("Destinations"), parent)
{
    auto *box = new QWidget;
    m_column = new QVBoxLayout(box);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::s);
    m_empty = new QLabel(tr("Send captured events on to Segment, or to anything that speaks its tracking "
                            "API: live, or as a replay."),
                         box);
    m_empty->setWordWrap(true);
    dress(*m_empty, theme, FontRole::Body, Role::TextSecondary);
    m_undo = new UndoLine(u"undoRemove"_s, box);
    auto *add = new QPushButton(theme.icon(Icon::Plus), tr("Add destination"), box);
    add->setObjectName(u"addDestination"_s);
    add->setAutoDefault(false);
    m_column->addWidget(m_empty);
    m_column->addWidget(m_undo);
    m_column->addWidget(add, 0, Qt::AlignLeft);
    m_row = addWide(box, tr("Destinations Segment base URL write key forward live replay"));
    connect(add, &QPushButton::clicked, this, &DestinationSettings::addNew);
    DestinationSettings::refresh();
}

void DestinationSettings::refresh()
{
    for (DestinationCard *card : m_cards)
        card->deleteLater();
    m_cards.clear();
    for (const deliver::DestinationConfig &config : m_services.destinations())
        addCard(config);
    m_empty->setVisible(m_cards.empty());
}

void DestinationSettings::addCard(const deliver::DestinationConfig &config)
{
    auto *card = new DestinationCard(m_theme, config, this);
    m_column->insertWidget(1 + static_cast<int>(m_cards.size()), card);
    m_cards.push_back(card);
    connect(card, &DestinationCard::edited, this, [this, card] { save(card); });
    connect(card, &DestinationCard::removeWanted, this, [this, card] { remove(card); });
}

void DestinationSettings::addNew()
{
    deliver::DestinationConfig config;
    config.baseUrl = QUrl(u"https://api.segment.io"_s);
    addCard(config);
    m_empty->hide();
    m_cards.back()->focusName();
}

std::vector<deliver::DestinationConfig> DestinationSettings::configs() const
{
    std::vector<deliver::DestinationConfig> configs;
    for (const DestinationCard *card : m_cards) {
        // One that is still being filled in is not saved with the others.
        if (card->config().validate())
            configs.push_back(card->config());
    }
    return configs;
}

void DestinationSettings::save(DestinationCard *edited)
{
    const deliver::DestinationConfig &config = edited->config();
    const bool isBegun = config.name.isEmpty() || config.writeKey.isEmpty();
    if (const auto valid = config.validate(); !valid) {
        // A new card is not scolded for the fields its user has not come to.
        if (!isBegun)
            edited->showError(valid.error());
        return;
    }
    edited->clearError();
    if (const auto saved = m_services.setDestinations(configs()); !saved)
        edited->showError(saved.error());
}

void DestinationSettings::remove(DestinationCard *card)
{
    const std::vector<deliver::DestinationConfig> before = m_services.destinations();
    const QString name = card->config().name;
    std::erase(m_cards, card);
    card->deleteLater();
    m_empty->setVisible(m_cards.empty());
    report(m_row, m_services.setDestinations(configs()));
    if (!name.isEmpty())
        offerUndo(tr("Removed “%1”.").arg(name), before);
}

void DestinationSettings::offerUndo(const QString &sentence,
                                    const std::vector<deliver::DestinationConfig> &before)
{
    m_undo->offer(sentence, [this, before] {
        report(m_row, m_services.setDestinations(before));
        refresh();
    });
}

void DestinationSettings::reset()
{
    const std::vector<deliver::DestinationConfig> before = m_services.destinations();
    report(m_row, m_services.setDestinations({}));
    if (!before.empty())
        offerUndo(tr("Removed %n destination(s).", nullptr, static_cast<int>(before.size())), before);
}

} // namespace ui
