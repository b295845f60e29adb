// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/sourcecard.h"

#include "ui/settings/keylist.h"
#include "ui/settings/settingsgroup.h"
#include "ui/settings/sourceeditor.h"
#include "ui/widgets/themedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// "…a1b2, analytics.js*": what recognises it, in short.
QString matchText(const intake::SourceConfig &config)
{
    QStringList parts = config.maskedKeys;
    parts += config.match.libraries;
    parts += config.match.apps;
    parts += config.match.userAgents;
    parts += config.match.hosts;
    if (!config.match.filter.isEmpty())
        parts.append(config.match.filter);
    return parts.join(u", "_s);
}

} // namespace

SourceDot::SourceDot(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(12, 12);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SourceDot::setRole(Role role)
{
    m_role = role;
    update();
}

void SourceDot::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(m_role));
    painter.drawEllipse(QRectF(2, 2, 8, 8));
}

SourceCard::SourceCard(const Theme &theme, const intake::SourceConfig &config,
                       const QStringList &destinations, const std::vector<KnownKey> &seenKeys,
                       QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_dot(new SourceDot(theme, this))
    , m_name(new ElidedLabel(theme, FontRole::BodyStrong, Role::Text, Qt::ElideRight, this))
    , m_about(new ElidedLabel(theme, FontRole::Meta, Role::TextSecondary, Qt::ElideRight, this))
    , m_solo(nullptr)
    , m_editor(new SourceEditor(theme, config, destinations, seenKeys, this))
    , m_error(new QLabel(this))
{
    setObjectName(u"sourceCard"_s);
    const auto addButton = [this](const QString &name, const QString &text) {
        auto *button = new QToolButton(this);
        button->setObjectName(name);
        button->setText(text);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAutoRaise(true);
        return button;
    };
    m_solo = addButton(u"soloSource"_s, tr("Solo"));
    m_mute = addButton(u"muteSource"_s, tr("Mute"));
    m_mute->setCheckable(true);
    m_edit = addButton(u"editSource"_s, tr("Edit"));
    m_edit->setCheckable(true);
    m_remove = addButton(u"removeSource"_s, {});
    m_remove->setIcon(theme.icon(Icon::Trash));
    m_error->setObjectName(u"sourceError"_s);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dress(*m_error, theme, FontRole::Body, Role::Violation);
    m_error->hide();
    m_editor->hide();

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_name);
    texts->addWidget(m_about);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s);
    head->addWidget(m_dot);
    head->addLayout(texts, 1);
    for (QToolButton *button : {m_solo, m_mute, m_edit, m_remove})
        head->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::s, space::s, space::s);
    column->setSpacing(space::s);
    column->addLayout(head);
    column->addWidget(m_error);
    column->addWidget(m_editor);
    refresh();

    connect(m_solo, &QToolButton::clicked, this, &SourceCard::soloWanted);
    connect(m_mute, &QToolButton::clicked, m_editor, &SourceEditor::toggleMuted);
    connect(m_edit, &QToolButton::toggled, m_editor, &QWidget::setVisible);
    connect(m_remove, &QToolButton::clicked, this, &SourceCard::removeWanted);
    connect(m_editor, &SourceEditor::edited, this, [this] {
        refresh();
        emit edited();
    });
}

const intake::SourceConfig &SourceCard::config() const
{
    return m_editor->config();
}

void SourceCard::setSeen(Role byOrder, std::uint64_t events)
{
    m_byOrder = byOrder;
    m_events = events;
    refresh();
}

void SourceCard::open()
{
    m_edit->setChecked(true);
    m_editor->focusName();
}

void SourceCard::refresh()
{
    const intake::SourceConfig &now = config();
    const QString name = now.name.isEmpty() ? tr("New source") : now.name;
    m_dot->setRole(now.color >= 1 && now.color <= 8
                       ? static_cast<Role>(static_cast<int>(Role::Source1) + now.color - 1)
                       : m_byOrder);
    m_name->setFullText(name);
    QStringList about;
    if (m_events > 0)
        about.append(tr("%Ln event(s)", nullptr, static_cast<int>(m_events)));
    if (now.isMuted)
        about.append(tr("muted"));
    about.append(matchText(now));
    about.removeAll(QString());
    m_about->setFullText(about.join(u"  ·  "_s));
    setAccessibleName(tr("Source %1").arg(name));
    m_mute->setChecked(now.isMuted);
    m_mute->setText(now.isMuted ? tr("Unmute") : tr("Mute"));
    m_solo->setEnabled(m_events > 0);
    m_solo->setAccessibleName(tr("Solo %1").arg(name));
    m_solo->setToolTip(tr("Show only this one in the stream, or all again"));
    m_mute->setAccessibleName((now.isMuted ? tr("Unmute %1") : tr("Mute %1")).arg(name));
    m_mute->setToolTip(tr("Captured as before, but hidden in the stream"));
    m_edit->setAccessibleName(tr("Edit %1").arg(name));
    m_remove->setAccessibleName(tr("Remove %1").arg(name));
    m_remove->setToolTip(tr("Remove this definition; its events stay, and this can be undone"));
}

void SourceCard::showError(const base::Error &error)
{
    m_error->setText(error.oneLine());
    m_error->setAccessibleName(error.oneLine());
    m_error->show();
}

void SourceCard::clearError()
{
    m_error->clear();
    m_error->hide();
}

QString SourceCard::errorText() const
{
    return m_error->text();
}

void SourceCard::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintCard(painter, m_theme, rect());
}

} // namespace ui
