// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/faults/faultcard.h"

#include "ui/faults/faultwords.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

Tone toneOf(FaultOutcome outcome)
{
    switch (outcome) {
    case FaultOutcome::Open:
        return toneFor(event::Status::Unchecked);
    case FaultOutcome::Kept:
        return toneFor(event::Status::Valid);
    case FaultOutcome::Doubled:
        return toneFor(event::Status::Unplanned);
    case FaultOutcome::Missing:
        return toneFor(event::Status::Violation);
    }
    return {};
}

} // namespace

FaultCard::FaultCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(u"faultCard"_s);
    m_title->setWordWrap(true);
    m_verdict->setObjectName(u"faultVerdict"_s);
    m_verdict->setWordWrap(true);
    m_stop->setObjectName(u"stopFault"_s);
    m_stop->setAutoDefault(false);
    for (QLabel *label : {m_title, m_progress, m_verdict}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    dress(*m_title, theme, FontRole::BodyStrong, Role::Text);
    dress(*m_progress, theme, FontRole::Meta, Role::TextSecondary);
    dress(*m_verdict, theme, FontRole::Body, Role::Text);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(space::m, space::m, space::m, space::m);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::xs);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_stop, 0, 2, 2, 1, Qt::AlignTop);
    grid->addWidget(m_progress, 1, 0, 1, 2);
    grid->addWidget(m_icon, 2, 0, Qt::AlignTop);
    grid->addWidget(m_verdict, 2, 1, 1, 2);
    auto *figures = new QHBoxLayout;
    figures->setSpacing(space::xl);
    for (const QString &name :
         {tr("events hit"), tr("sent again"), tr("missing"), tr("came twice"), tr("most attempts")}) {
        auto *column = new QVBoxLayout;
        column->setSpacing(0);
        auto *figure = new QLabel(this);
        dress(*figure, theme, FontRole::Title, Role::Text);
        auto *caption = new QLabel(name, this);
        dress(*caption, theme, FontRole::Meta, Role::TextSecondary);
        column->addWidget(figure);
        column->addWidget(caption);
        figures->addLayout(column);
        m_figures.push_back(figure);
    }
    figures->addStretch(1);
    grid->addLayout(figures, 3, 0, 1, 3);
    connect(m_stop, &QPushButton::clicked, this, [this] { emit stopWanted(m_report.id); });
    connect(&theme, &Theme::changed, this, &FaultCard::refresh);
}

void FaultCard::setReport(const capture::FaultReport &report, const QString &source)
{
    m_report = report;
    m_source = source;
    refresh();
}

void FaultCard::refresh()
{
    const QString title = faultText(m_report.fault, m_source);
    const QLocale locale;
    m_title->setText(title);
    m_progress->setText(faultProgress(m_report));
    m_verdict->setText(faultVerdict(m_report));
    const Tone tone = toneOf(faultOutcome(m_report));
    m_icon->setPixmap(m_theme.pixmap(tone.icon, tone.word, 16, devicePixelRatioF()));
    const std::array<std::uint64_t, 5> numbers{m_report.events, m_report.sentAgain, m_report.missing,
                                               m_report.doubled, m_report.attempts};
    for (std::size_t i = 0; i < numbers.size(); ++i)
        m_figures[i]->setText(locale.toString(static_cast<qulonglong>(numbers[i])));
    m_stop->setVisible(m_report.endedUs == 0);
    m_stop->setAccessibleName(tr("Stop: %1").arg(title));
    setAccessibleName(title);
    setAccessibleDescription(m_verdict->text());
    update();
}

QString FaultCard::verdict() const
{
    return m_verdict->text();
}

void FaultCard::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Role::Border), 1));
    painter.setBrush(m_theme.color(Role::Canvas));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius,
                            measure::cardRadius);
}

} // namespace ui
