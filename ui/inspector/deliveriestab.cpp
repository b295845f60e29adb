// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/deliveriestab.h"

#include "ui/inspector/requesttext.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/jsonformat.h"
#include "ui/widgets/jsonview.h"
#include "ui/widgets/statuschip.h"
#include "ui/widgets/themedlabel.h"
#include "ui/widgets/timetext.h"
#include "json/parser.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::size_t maxDispatches = 50;
constexpr std::size_t maxAttempts = 20;
constexpr qsizetype maxShownBytes = 64 * 1024;
constexpr int textLines = 8;

Tone toneOf(event::DeliveryState state)
{
    switch (state) {
    case event::DeliveryState::Delivered:
        return {Role::Valid, Role::ValidSoft, Icon::Delivered};
    case event::DeliveryState::Failed:
        return {Role::Violation, Role::ViolationSoft, Icon::Failed};
    case event::DeliveryState::Pending:
    case event::DeliveryState::None:
        break;
    }
    return {Role::Unchecked, Role::UncheckedSoft, Icon::Pending};
}

/// Laid out when it is JSON, as it came otherwise.
QString shownBody(const QByteArray &bytes)
{
    const QByteArray masked = withMaskedWriteKeys(bytes.left(maxShownBytes));
    json::Parser parser;
    if (const auto parsed = parser.parse(masked)) {
        return formatJson((*parsed)->root(), {.maxStringChars = 2'000});
    }
    return isReadableText(masked) ? QString::fromUtf8(masked) : hexDump(masked, maxShownBytes);
}

QString shownHead(const QByteArray &head)
{
    QStringList lines{
        QString::fromUtf8(head.left(head.indexOf('\n') < 0 ? head.size() : head.indexOf('\n'))).trimmed()};
    for (const auto &header : headersOf(head)) {
        lines += QString::fromUtf8(header.name) + u": "_s + shownHeaderValue(header);
    }
    return lines.join(u'\n').trimmed();
}

class Card final : public QWidget
{
public:
    Card(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(Role::Border));
        painter.setBrush(m_theme.color(Role::Surface));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                                measure::cardRadius);
    }

private:
    const Theme &m_theme;
};

/// A fold with a text in it: shut until asked, because requests and answers are long.
void addFold(QVBoxLayout &column, const Theme &theme, QWidget *parent, const QString &title,
             const QString &text)
{
    if (text.isEmpty()) {
        return;
    }
    auto *fold = new QToolButton(parent);
    fold->setText(title);
    fold->setCheckable(true);
    fold->setAutoRaise(true);
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setIcon(theme.icon(Icon::ChevronRight));
    fold->setIconSize({12, 12});
    column.addWidget(fold);
    const auto *theTheme = &theme;
    QObject::connect(fold, &QToolButton::toggled, parent,
                     [&column, theTheme, fold, parent, title, text](bool isOpen) {
                         fold->setIcon(theTheme->icon(isOpen ? Icon::ChevronDown : Icon::ChevronRight));
                         const int place = column.indexOf(fold) + 1;
                         if (!isOpen) {
                             delete column.takeAt(place)->widget();
                             return;
                         }
                         auto *view = new JsonTextEdit(*theTheme, parent);
                         view->setAccessibleName(title);
                         view->setPlainText(text);
                         setGround(*view, Role::Sunken);
                         const int lines = std::min(textLines, view->document()->blockCount() + 1);
                         view->setFixedHeight(lines * view->fontMetrics().lineSpacing() + 2 * space::s);
                         column.insertWidget(place, view);
                     });
}

ThemedLabel *addText(QVBoxLayout &column, const Theme &theme, FontRole font, Role role, const QString &text,
                     QWidget *parent)
{
    auto *label = new ThemedLabel(theme, font, role, parent, ThemedLabel::Text::Selectable);
    label->setWordWrap(true);
    label->setText(text);
    column.addWidget(label);
    return label;
}

void addAttempt(QVBoxLayout &column, const Theme &theme, QWidget *parent, const store::Attempt &attempt,
                std::size_t number)
{
    const bool isAnswered = attempt.status != 0;
    const QString outcome = isAnswered ? QString::number(attempt.status) + u' ' +
                                             QString::fromLatin1(http::reasonPhrase(attempt.status))
                                       : attempt.error;
    const QString line = DeliveriesTab::tr("Attempt %1  ·  %2  ·  %3 ms  ·  %4")
                             .arg(QLocale().toString(number), localClock(attempt.startedUs),
                                  QLocale().toString(attempt.durationUs / 1000), outcome);
    const bool isGood = attempt.status >= 200 && attempt.status < 300;
    addText(column, theme, FontRole::Body, isGood ? Role::TextSecondary : Role::Violation, line, parent)
        ->setToolTip(utcAndAge(attempt.startedUs, nowUs()));
    QString answer = shownHead(attempt.answerHead);
    if (!attempt.answer.isEmpty()) {
        answer += (answer.isEmpty() ? QString() : u"\n\n"_s) + shownBody(attempt.answer);
    }
    addFold(column, theme, parent, DeliveriesTab::tr("Answer received"), answer);
}

QWidget *cardFor(const store::Dispatch &dispatch, const Theme &theme, QWidget *parent)
{
    auto *card = new Card(theme, parent);
    card->setObjectName(u"dispatchCard"_s);
    card->setAccessibleName(dispatch.destination);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(space::m, space::m, space::m, space::m);
    column->setSpacing(space::xs);

    auto *heading = new QHBoxLayout;
    auto *name = new ElidedLabel(theme, FontRole::BodyStrong, Role::Text, Qt::ElideRight, card);
    name->setFullText(dispatch.destination);
    auto *chip = new StatusChip(theme, card);
    chip->setTone(toneOf(dispatch.state), deliveryText(dispatch.state));
    heading->addWidget(name, 1);
    heading->addWidget(chip);
    column->addLayout(heading);

    const auto count = static_cast<int>(dispatch.events.size());
    QString about = dispatch.isReplay
                        ? DeliveriesTab::tr("Replay of %Ln event(s)", nullptr, std::max(1, count))
                        : DeliveriesTab::tr("Forwarded live");
    about += DeliveriesTab::tr("  ·  queued %1").arg(localClock(dispatch.createdUs));
    if (dispatch.state == event::DeliveryState::Pending && dispatch.nextAttemptUs > 0) {
        about += DeliveriesTab::tr("  ·  next try %1").arg(localClock(dispatch.nextAttemptUs));
    }
    addText(*column, theme, FontRole::Meta, Role::TextHint, about, card);

    const auto attempts = dispatch.attempts.size();
    const auto first = attempts > maxAttempts ? attempts - maxAttempts : 0;
    if (attempts == 0) {
        addText(*column, theme, FontRole::Body, Role::TextSecondary, DeliveriesTab::tr("Not tried yet."),
                card);
    }
    for (auto i = first; i < attempts; ++i) {
        addAttempt(*column, theme, card, dispatch.attempts[i], i + 1);
    }
    QString sent = QString::fromUtf8(dispatch.sentHead).remove(u'\r').trimmed(); // masked when it was kept
    if (!sent.isEmpty()) {
        sent +=
            u"\n\n"_s + (dispatch.sentBody.isEmpty() ? DeliveriesTab::tr("(the body as it came, see JSON)")
                                                     : shownBody(dispatch.sentBody));
    }
    addFold(*column, theme, card, DeliveriesTab::tr("Request sent"), sent);
    return card;
}

} // namespace

DeliveriesTab::DeliveriesTab(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"deliveriesTab"_s);
    setAccessibleName(tr("Deliveries"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    clear();
}

void DeliveriesTab::clear()
{
    display(nullptr);
}

void DeliveriesTab::display(const InspectedPtr &inspected)
{
    if (inspected && inspected->detail.dispatches.empty()) {
        auto *empty = new EmptyState(m_theme, Icon::Replay);
        empty->setTexts(tr("Not sent anywhere"), tr("Forward events as they come, or replay this one (R): "
                                                    "each try and its answer would stand here."));
        empty->setButton(tr("Destinations…"));
        connect(empty, &EmptyState::activated, this, &DeliveriesTab::destinationsWanted);
        setWidget(empty);
        return;
    }
    auto *content = new QWidget;
    setGround(*content, Role::Canvas);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(space::m, space::m, space::m, space::m);
    column->setSpacing(space::s);
    if (inspected) {
        const auto &dispatches = inspected->detail.dispatches;
        // The newest first: that is the one being waited for.
        for (std::size_t i = 0; i < std::min(dispatches.size(), maxDispatches); ++i) {
            column->addWidget(cardFor(dispatches[dispatches.size() - 1 - i], m_theme, content));
        }
    }
    column->addStretch();
    setWidget(content); // deletes the one before
}

} // namespace ui
