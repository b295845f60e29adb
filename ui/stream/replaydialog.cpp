// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/stream/replaydialog.h"

#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int destinationHeight = 32;
constexpr int mostShown = 6;

} // namespace

ReplayDialog::ReplayDialog(const Theme &theme, const std::vector<deliver::DestinationConfig> &destinations,
                           int eventCount, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"replayDialog"_s);
    setWindowTitle(tr("Replay"));
    setMinimumWidth(440);
    const bool hasDestination = !destinations.empty();

    auto *title = new ThemedLabel(theme, FontRole::Title, Role::Text, this);
    title->setText(hasDestination ? tr("Replay %Ln event(s)", nullptr, eventCount)
                                  : tr("There is nowhere to replay to yet"));
    auto *sentence = new ThemedLabel(theme, FontRole::Body, Role::TextSecondary, this);
    sentence->setWordWrap(true);
    sentence->setText(
        hasDestination
            ? tr("They are sent again as new events: with a new messageId, at their original time, and with "
                 "the destination's write key. What they were before stays as it is.")
            : tr("A replay sends events again, to a Segment workspace or anything that speaks its API. "
                 "Add a destination with its address and write key in the settings."));

    m_replay = new QPushButton(this);
    m_replay->setObjectName(u"replayButton"_s);
    m_replay->setDefault(true);
    setButtonKind(*m_replay, ButtonKind::Accent);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addSpacing(space::s);
    if (hasDestination) {
        m_list = new QListWidget(this);
        m_list->setObjectName(u"replayDestinations"_s);
        m_list->setAccessibleName(tr("Destination"));
        for (const auto &destination : destinations) {
            auto *item = new QListWidgetItem(
                tr("%1  ·  %2").arg(destination.name, destination.baseUrl.host()), m_list);
            item->setData(Qt::UserRole, destination.name);
            item->setSizeHint({0, destinationHeight});
            item->setToolTip(destination.baseUrl.toString());
        }
        m_list->setCurrentRow(0);
        m_list->setFixedHeight(std::min(m_list->count(), mostShown) * destinationHeight + 2 * space::xs);
        column->addWidget(m_list);
        const auto accepted = [this] {
            if (const auto *item = m_list->currentItem()) {
                emit chosen(item->data(Qt::UserRole).toString());
                accept();
            }
        };
        const auto name = [this, eventCount] {
            const auto *item = m_list->currentItem();
            m_replay->setEnabled(item != nullptr);
            if (item != nullptr) {
                m_replay->setText(tr("Replay %Ln event(s) to %1", nullptr, eventCount)
                                      .arg(item->data(Qt::UserRole).toString()));
            }
        };
        connect(m_list, &QListWidget::currentRowChanged, this, name);
        connect(m_list, &QListWidget::itemActivated, this, accepted);
        connect(m_replay, &QPushButton::clicked, this, accepted);
        name();
        m_list->setFocus();
    } else {
        m_replay->setText(tr("Open settings"));
        connect(m_replay, &QPushButton::clicked, this, [this] {
            emit settingsWanted();
            accept();
        });
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_replay);
    column->addSpacing(space::m);
    column->addLayout(buttons);
}

} // namespace ui
