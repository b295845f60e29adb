// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/findingstab.h"

#include "ui/theme/theme.h"
#include "ui/widgets/themedlabel.h"

#include <algorithm>

#include <QGridLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// An event with more says how many are left out: each is a widget.
constexpr std::size_t maxCards = 100;
constexpr int iconSize = 16;

ThemedLabel *wrapped(const Theme &theme, FontRole font, Role role, const QString &text, QWidget *parent)
{
    auto *label = new ThemedLabel(theme, font, role, parent, ThemedLabel::Text::Selectable);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

/// "`orderId`" stands in mono by itself.
QString withoutQuotes(const QString &text)
{
    const bool isOne = text.size() > 2 && text.startsWith(u'`') && text.indexOf(u'`', 1) == text.size() - 1;
    return isOne ? text.sliced(1, text.size() - 2) : text;
}

QString pathText(const json::Pointer &pointer)
{
    QStringList parts;
    for (const auto &token : pointer.tokens()) {
        parts += QString::fromStdString(token);
    }
    return parts.join(u'.');
}

} // namespace

FindingCard::FindingCard(const Theme &theme, const event::Finding &finding, const event::FindingText &text,
                         QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_tone(toneFor(event::kindOf(finding.rule)))
{
    const auto word = event::word(finding.rule);
    const QString rule = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()));
    m_rule = rule;
    setObjectName(u"findingCard"_s);
    setAccessibleName(rule);
    setAccessibleDescription(text.message + u' ' + text.fix);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Show it in the event (Enter)"));

    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(space::m + iconSize + space::s, space::m, space::m, space::m);
    m_column->setSpacing(space::s);
    auto *grid = new QGridLayout;
    m_column->addLayout(grid);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(1, 1);

    auto *heading = new QHBoxLayout;
    m_heading = heading;
    auto *name = new ThemedLabel(theme, FontRole::BodyStrong, m_tone.word, this);
    name->setText(rule);
    heading->addWidget(name);
    if (!finding.at.isRoot()) {
        auto *path = new ElidedLabel(theme, FontRole::Mono, Role::TextHint, Qt::ElideMiddle, this);
        path->setFullText(pathText(finding.at));
        path->setAlignment(Qt::AlignTrailing);
        heading->addSpacing(space::s);
        heading->addWidget(path, 1);
    } else {
        heading->addStretch(1);
    }
    grid->addLayout(heading, 0, 0, 1, 2);
    grid->addWidget(wrapped(theme, FontRole::Body, Role::Text, text.message, this), 1, 0, 1, 2);
    int row = 2;
    const auto addFact = [&](const QString &label, const QString &value) {
        if (value.isEmpty()) {
            return;
        }
        auto *caption = new ThemedLabel(theme, FontRole::Meta, Role::TextHint, this);
        caption->setText(label);
        grid->addWidget(caption, row, 0, Qt::AlignTop);
        grid->addWidget(wrapped(theme, FontRole::Mono, Role::Text, value, this), row, 1);
        ++row;
    };
    addFact(tr("Expected"), withoutQuotes(text.expected));
    addFact(tr("Actual"), withoutQuotes(text.actual));
    if (!text.fix.isEmpty()) {
        grid->addWidget(wrapped(theme, FontRole::Body, Role::TextSecondary, text.fix, this), row, 0, 1, 2);
    }
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FindingCard::offerMutes(const QString &source, const QString &event)
{
    auto *button = new QToolButton(this);
    button->setObjectName(u"muteFinding"_s);
    button->setText(tr("Mute"));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAccessibleName(tr("Mute %1").arg(m_rule));
    button->setToolTip(tr("Mute this finding"));
    auto *menu = new QMenu(button);
    const auto offer = [&](const QString &text, const segment::Mute &mute, const QString &sentence) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, mute, sentence] { emit muteWanted(mute, sentence); });
    };
    offer(tr("Mute this rule everywhere"), {m_rule, {}, {}}, tr("%1 is muted").arg(m_rule));
    if (!source.isEmpty()) {
        offer(tr("Mute it for %1").arg(source), {m_rule, source, {}},
              tr("%1 is muted for %2").arg(m_rule, source));
    }
    if (!event.isEmpty()) {
        offer(tr("Mute it for the event %1").arg(event), {m_rule, {}, event},
              tr("%1 is muted for %2").arg(m_rule, event));
    }
    button->setMenu(menu);
    m_heading->addSpacing(space::s);
    m_heading->addWidget(button);
}

void FindingCard::offerPlan(event::RuleId rule)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::xs);
    const auto offer = [&](const QString &text, const char *name, void (FindingCard::*signal)()) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(QString::fromLatin1(name));
        setButtonKind(*button, ButtonKind::Quiet);
        connect(button, &QPushButton::clicked, this, signal);
        row->addWidget(button);
    };
    if (rule == event::RuleId::PlanUnplannedEvent) {
        offer(tr("Add to the plan"), "addToPlan", &FindingCard::addWanted);
    } else {
        offer(tr("Allow in the plan…"), "allowInPlan", &FindingCard::allowWanted);
        offer(tr("Show in the plan"), "showInPlan", &FindingCard::planWanted);
    }
    row->addStretch(1);
    m_column->addLayout(row);
}

void FindingCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(m_theme.color(Role::Accent), measure::focusRing)
                              : QPen(m_theme.color(Role::Border)));
    painter.setBrush(m_theme.color(Role::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::cardRadius, measure::cardRadius);
    painter.drawPixmap(space::m, space::m + 1,
                       m_theme.pixmap(m_tone.icon, m_tone.word, iconSize, devicePixelRatioF()));
}

void FindingCard::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        emit chosen();
    }
    QFrame::mouseReleaseEvent(event);
}

void FindingCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit chosen();
        return;
    }
    QFrame::keyPressEvent(event);
}

FindingsTab::FindingsTab(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"findingsTab"_s);
    setAccessibleName(tr("Findings"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    clear();
}

void FindingsTab::clear()
{
    display(nullptr, {});
}

void FindingsTab::display(const InspectedPtr &inspected, const std::vector<event::FindingText> &texts)
{
    auto *content = new QWidget;
    setGround(*content, Role::Canvas);
    auto *cards = new QVBoxLayout(content);
    cards->setContentsMargins(space::m, space::m, space::m, space::m);
    cards->setSpacing(space::s);
    const auto count = inspected ? std::min(texts.size(), inspected->detail.event.findings.size()) : 0;
    for (std::size_t i = 0; i < std::min(count, maxCards); ++i) {
        const auto &finding = inspected->detail.event.findings[i];
        auto *card = new FindingCard(m_theme, finding, texts[i], content);
        connect(card, &FindingCard::chosen, this, [this, at = finding.at] { emit propertyChosen(at); });
        connect(card, &FindingCard::muteWanted, this, &FindingsTab::muteWanted);
        if (event::kindOf(finding.rule) == event::FindingKind::Protocol) {
            card->offerMutes(inspected->detail.event.source, inspected->detail.event.name);
        } else if (event::kindOf(finding.rule) == event::FindingKind::Violation) {
            card->offerPlan(finding.rule);
            connect(card, &FindingCard::allowWanted, this, [this, finding] { emit allowWanted(finding); });
            connect(card, &FindingCard::planWanted, this, [this, finding] { emit planWanted(finding); });
            connect(card, &FindingCard::addWanted, this, &FindingsTab::addWanted);
        }
        cards->addWidget(card);
    }
    if (count > maxCards) {
        auto *rest = new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, content);
        rest->setText(tr("and %Ln more finding(s)", nullptr, static_cast<int>(count - maxCards)));
        cards->addWidget(rest);
    }
    if (count == 0 && inspected) {
        auto *none = new ThemedLabel(m_theme, FontRole::Body, Role::TextSecondary, content);
        none->setAlignment(Qt::AlignCenter);
        none->setWordWrap(true);
        const auto status = inspected->detail.event.state.status;
        none->setText(status == event::Status::Rejected
                          ? tr("The request could not be used: the Request tab says why.")
                      : status == event::Status::Unchecked
                          ? tr("No plan covers this source, and the naming conventions have nothing to say.")
                          : tr("Nothing to mend: the event is as planned."));
        cards->addSpacing(space::xl);
        cards->addWidget(none);
    }
    cards->addStretch();
    setWidget(content); // deletes the one before
}

} // namespace ui
