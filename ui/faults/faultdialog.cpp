// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/faults/faultdialog.h"

#include "ui/captureservices.h"
#include "ui/faults/faultcard.h"
#include "ui/faults/faultwords.h"

#include <algorithm>
#include <utility>

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Kind = capture::Fault::Kind;

namespace ui {

namespace {

enum class Limit : std::uint8_t { Requests, Seconds };

constexpr qsizetype hashDigits = 16;
constexpr int mostRequests = 1'000'000;
constexpr int mostSeconds = 86'400;

/// What the app under test meets.
QString explained(Kind kind)
{
    switch (kind) {
    case Kind::Status429:
        return FaultDialog::tr("The SDK is told to wait and has to send the same events again afterwards.");
    case Kind::Status500:
    case Kind::Status503:
        return FaultDialog::tr("The SDK has to keep the events and send them again later.");
    case Kind::Close:
        return FaultDialog::tr("The connection ends without an answer: the SDK has to send again.");
    case Kind::Stall:
        return FaultDialog::tr(
            "Stored, but never answered: an SDK that sends again sends doubles, told apart by "
            "their messageId.");
    case Kind::Slow:
        return FaultDialog::tr("Stored, and answered late: an SDK with a shorter timeout sends doubles.");
    }
    return {};
}

} // namespace

QHash<QByteArray, QString> faultSources(const std::vector<store::Source> &sources)
{
    QHash<QByteArray, QString> names;
    for (const store::Source &source : sources)
        if (source.keyHash.size() == hashDigits)
            names.insert(source.keyHash, source.name);
    return names;
}

FaultDialog::FaultDialog(Services &services, const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_services(services)
    , m_theme(theme)
    , m_source(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_limit(new QComboBox(this))
    , m_amount(new QSpinBox(this))
    , m_retryAfter(new QSpinBox(this))
    , m_delay(new QSpinBox(this))
    , m_what(new QLabel(this))
    , m_error(new QLabel(this))
    , m_play(new QPushButton(tr("Play the fault"), this))
    , m_clear(new QPushButton(tr("Clear ended"), this))
    , m_none(new QLabel(this))
    , m_cardColumn(nullptr)
{
    setObjectName(u"faultDialog"_s);
    setWindowTitle(tr("Fault injection"));
    resize(600, 640);
    setGround(*this, Role::Surface);
    auto *title = new QLabel(tr("Does the SDK keep every event?"), this);
    dress(*title, theme, FontRole::Title, Role::Text);
    auto *sentence =
        new QLabel(tr("Play a fault on the calls of a source, use the app meanwhile, and see here what "
                      "became of its events."),
                   this);
    sentence->setWordWrap(true);
    dress(*sentence, theme, FontRole::Body, Role::TextSecondary);
    auto *form = new QFormLayout;
    buildForm(*form);
    m_error->setObjectName(u"faultError"_s);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    dress(*m_error, theme, FontRole::Body, Role::Violation);
    m_error->hide();
    m_play->setObjectName(u"playFault"_s);
    m_play->setDefault(true);
    setButtonKind(*m_play, ButtonKind::Accent);
    m_clear->setObjectName(u"clearFaults"_s);
    m_clear->setAutoDefault(false);
    setButtonKind(*m_clear, ButtonKind::Quiet);
    m_none->setText(
        tr("Nothing has been played yet. What was hit, sent again, lost or doubled stands here."));
    m_none->setWordWrap(true);
    dress(*m_none, theme, FontRole::Body, Role::TextSecondary);

    auto *content = new QWidget;
    setGround(*content, Role::Surface);
    m_cardColumn = new QVBoxLayout(content);
    m_cardColumn->setContentsMargins(0, 0, space::s, 0);
    m_cardColumn->setSpacing(space::s);
    m_cardColumn->addWidget(m_none);
    m_cardColumn->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_play);
    buttons->addStretch(1);
    buttons->addWidget(m_clear);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addSpacing(space::s);
    column->addLayout(form);
    column->addWidget(m_error);
    column->addLayout(buttons);
    column->addSpacing(space::s);
    column->addWidget(scroll, 1);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &FaultDialog::showKind);
    connect(m_limit, &QComboBox::currentIndexChanged, this, &FaultDialog::showKind);
    connect(m_play, &QPushButton::clicked, this, &FaultDialog::play);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        if (CaptureServices *capture = m_services.captureServices())
            capture->clearEndedFaults();
    });
    if (const CaptureServices *capture = services.captureServices())
        connect(capture, &CaptureServices::faultsChanged, this, &FaultDialog::refresh);
    m_services.fetchSources(this,
                            [this](const std::vector<store::Source> &sources) { takeSources(sources); });
    showKind();
    refresh();
}

void FaultDialog::buildForm(QFormLayout &form)
{
    form.setHorizontalSpacing(space::l);
    form.setVerticalSpacing(space::s);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto name = [](QWidget *widget, const QString &objectName, const QString &spoken) {
        widget->setObjectName(objectName);
        widget->setAccessibleName(spoken);
    };
    name(m_source, u"faultSource"_s, tr("Source"));
    m_source->addItem(tr("Every source"), QByteArray());
    name(m_kind, u"faultKind"_s, tr("Fault"));
    for (const Kind kind :
         {Kind::Status500, Kind::Status503, Kind::Status429, Kind::Close, Kind::Stall, Kind::Slow})
        m_kind->addItem(faultKindText(kind), static_cast<int>(kind));
    name(m_amount, u"faultAmount"_s, tr("How many"));
    m_amount->setRange(1, mostRequests);
    m_amount->setValue(3);
    name(m_limit, u"faultLimit"_s, tr("Requests or seconds"));
    m_limit->addItem(tr("requests"), static_cast<int>(Limit::Requests));
    m_limit->addItem(tr("seconds"), static_cast<int>(Limit::Seconds));
    name(m_retryAfter, u"faultRetryAfter"_s, tr("Retry-After"));
    m_retryAfter->setRange(0, 3'600);
    m_retryAfter->setValue(5);
    m_retryAfter->setSuffix(tr(" s"));
    m_retryAfter->setSpecialValueText(tr("none"));
    name(m_delay, u"faultDelay"_s, tr("Delay"));
    m_delay->setRange(1, 600'000);
    m_delay->setSingleStep(1'000);
    m_delay->setValue(5'000);
    m_delay->setGroupSeparatorShown(true);
    m_delay->setSuffix(tr(" ms"));
    m_what->setWordWrap(true);
    dress(*m_what, m_theme, FontRole::Meta, Role::TextSecondary);
    auto *limit = new QHBoxLayout;
    limit->setSpacing(space::s);
    limit->addWidget(m_amount, 1);
    limit->addWidget(m_limit, 1);
    form.addRow(tr("Source"), m_source);
    form.addRow(tr("Fault"), m_kind);
    form.addRow(QString(), m_what);
    form.addRow(tr("For"), limit);
    form.addRow(tr("Retry-After"), m_retryAfter);
    form.addRow(tr("Delay"), m_delay);
}

void FaultDialog::takeSources(const std::vector<store::Source> &sources)
{
    m_names = faultSources(sources);
    const QByteArray chosen = m_source->currentData().toByteArray();
    while (m_source->count() > 1)
        m_source->removeItem(1);
    for (const store::Source &source : sources)
        if (m_names.contains(source.keyHash))
            m_source->addItem(u"%1  %2"_s.arg(source.name, source.maskedKey).trimmed(), source.keyHash);
    m_source->setCurrentIndex(std::max(0, m_source->findData(chosen)));
    refresh();
}

void FaultDialog::showKind()
{
    const auto kind = static_cast<Kind>(m_kind->currentData().toInt());
    m_what->setText(explained(kind));
    m_retryAfter->setEnabled(kind == Kind::Status429 || kind == Kind::Status503);
    m_delay->setEnabled(kind == Kind::Stall || kind == Kind::Slow);
    const bool isCounted = m_limit->currentData().toInt() == static_cast<int>(Limit::Requests);
    m_amount->setMaximum(isCounted ? mostRequests : mostSeconds);
}

void FaultDialog::play()
{
    CaptureServices *capture = m_services.captureServices();
    if (capture == nullptr)
        return;
    capture::Fault fault;
    fault.kind = static_cast<Kind>(m_kind->currentData().toInt());
    fault.source = m_source->currentData().toByteArray();
    const bool isCounted = m_limit->currentData().toInt() == static_cast<int>(Limit::Requests);
    (isCounted ? fault.times : fault.seconds) = m_amount->value();
    if (m_retryAfter->isEnabled())
        fault.retryAfterSeconds = m_retryAfter->value();
    if (m_delay->isEnabled())
        fault.delayMs = m_delay->value();
    const auto started = capture->startFault(fault);
    m_error->setVisible(!started);
    m_error->setText(started ? QString() : started.error().oneLine());
    m_error->setAccessibleName(m_error->text());
}

void FaultDialog::refresh()
{
    const CaptureServices *capture = m_services.captureServices();
    const QList<capture::FaultReport> reports =
        capture == nullptr ? QList<capture::FaultReport>() : capture->faults();
    const bool isSame = std::ranges::equal(reports, m_cards, {}, &capture::FaultReport::id, &FaultCard::id);
    if (!isSame) {
        for (FaultCard *card : std::exchange(m_cards, {}))
            card->deleteLater();
        for (qsizetype i = 0; i < reports.size(); ++i) {
            auto *card = new FaultCard(m_theme, this);
            connect(card, &FaultCard::stopWanted, this, [this](std::uint32_t id) {
                if (CaptureServices *services = m_services.captureServices())
                    services->stopFault(id);
            });
            m_cardColumn->insertWidget(static_cast<int>(i), card);
            m_cards.push_back(card);
        }
    }
    for (qsizetype i = 0; i < reports.size(); ++i)
        m_cards[static_cast<std::size_t>(i)]->setReport(reports[i], m_names.value(reports[i].fault.source));
    m_none->setVisible(reports.isEmpty());
    m_clear->setVisible(
        std::ranges::any_of(reports, [](const capture::FaultReport &report) { return report.endedUs != 0; }));
}

} // namespace ui
