// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/sdkchooser.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int indexRole = Qt::UserRole;

} // namespace

SdkChooser::SdkChooser(const Theme &theme, std::vector<Sdk> sdks, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sdks(std::move(sdks))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_nothing(new QLabel(tr("No SDK of that name. The HTTP API works from any language."), this))
{
    Q_ASSERT(!m_sdks.empty());
    m_search->setObjectName(u"sdkSearch"_s);
    m_search->setAccessibleName(tr("Search SDKs"));
    m_search->setPlaceholderText(tr("Search SDKs"));
    m_search->setClearButtonEnabled(false);
    m_search->addAction(theme.icon(Icon::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setObjectName(u"sdkList"_s);
    m_list->setAccessibleName(tr("SDKs"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(space::s, space::s, space::s, space::s);
    dress(*m_nothing, theme, FontRole::Body, Role::TextSecondary);
    m_nothing->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_search);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);

    connect(m_search, &QLineEdit::textChanged, this, &SdkChooser::fill);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        const QVariant index = item != nullptr ? item->data(indexRole) : QVariant();
        if (!index.isValid() || index.toUInt() == m_current)
            return;
        m_current = index.toUInt();
        emit chosen(m_sdks[m_current].id);
    });
    connect(&theme, &Theme::changed, this, &SdkChooser::dressHeadings);
    fill();
}

void SdkChooser::choose(const QString &id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        const QVariant index = m_list->item(row)->data(indexRole);
        if (index.isValid() && m_sdks[index.toUInt()].id == id)
            m_list->setCurrentRow(row);
    }
}

void SdkChooser::fill()
{
    const QString search = m_search->text();
    const std::size_t before = m_current;
    const auto groupName = [this](const QString &group) {
        return group == "web"_L1 ? tr("Web") : (group == "mobile"_L1 ? tr("Mobile") : tr("Server"));
    };
    m_list->blockSignals(true);
    m_list->clear();
    QString group;
    for (std::size_t index = 0; index < m_sdks.size(); ++index) {
        const Sdk &sdk = m_sdks[index];
        if (!isMatch(sdk, search))
            continue;
        if (sdk.group != group) {
            group = sdk.group;
            auto *heading = new QListWidgetItem(groupName(group), m_list);
            heading->setFlags(Qt::NoItemFlags);
            heading->setSizeHint({0, 30});
            heading->setTextAlignment(Qt::AlignLeft | Qt::AlignBottom);
        }
        auto *item = new QListWidgetItem(sdk.name, m_list);
        item->setData(indexRole, static_cast<uint>(index));
        item->setToolTip(sdk.name);
        item->setSizeHint({0, m_theme.rowHeight() + 2});
        if (index == before)
            m_list->setCurrentItem(item);
    }
    m_list->blockSignals(false);
    m_nothing->setVisible(m_list->count() == 0);
    m_list->setVisible(m_list->count() != 0);
    dressHeadings();
    if (m_list->currentItem() == nullptr && !search.isEmpty() && m_list->count() > 1)
        m_list->setCurrentRow(1);
}

void SdkChooser::dressHeadings()
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        if (item->data(indexRole).isValid())
            continue;
        item->setFont(m_theme.font(FontRole::Meta));
        item->setForeground(m_theme.color(Role::TextHint));
    }
}

bool SdkChooser::eventFilter(QObject *watched, QEvent *event)
{
    // The search keeps the focus while the arrows walk the list.
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            for (int row = m_list->currentRow() + step; row >= 0 && row < m_list->count(); row += step) {
                if (m_list->item(row)->data(indexRole).isValid()) {
                    m_list->setCurrentRow(row);
                    break;
                }
            }
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
