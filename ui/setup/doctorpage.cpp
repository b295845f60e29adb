// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/doctorpage.h"

#include "ui/setup/clientcard.h"
#include "ui/setup/guide.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/timetext.h"

#include <algorithm>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastMs = 250;    ///< between two refreshes
constexpr int listWidth = 1000; ///< of the cards: longer lines read badly
constexpr int clockMs = 1'000;

bool hasProblem(const capture::ClientReport &report)
{
    return std::ranges::any_of(report.diagnoses, [](const capture::Diagnosis &diagnosis) {
        return diagnosis.level == capture::AilmentLevel::Problem;
    });
}

} // namespace

std::size_t problemCount(const std::vector<capture::ClientReport> &reports)
{
    return static_cast<std::size_t>(std::ranges::count_if(reports, hasProblem));
}

DoctorPage::DoctorPage(CaptureServices &capture, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_capture(capture)
    , m_theme(theme)
    , m_summary(paragraph(theme, FontRole::Body, Role::TextSecondary, {}, this))
    , m_onlyProblems(new QCheckBox(tr("Only problems"), this))
    , m_forget(new QPushButton(tr("Forget clients"), this))
    , m_guide(new Guide(theme, this))
    , m_empty(new EmptyState(theme, Icon::Setup, this))
{
    setObjectName(u"doctorPage"_s);
    setAccessibleName(tr("Doctor"));
    buildLayout();
    m_soon.setSingleShot(true);
    m_clock.setInterval(clockMs);
    connect(&m_soon, &QTimer::timeout, this, [this] { refresh(Order::Kept); });
    connect(&m_clock, &QTimer::timeout, this, [this] { refresh(Order::Kept); });
    connect(&capture, &CaptureServices::clientsChanged, this, &DoctorPage::schedule);
    connect(&theme, &Theme::changed, this, &DoctorPage::schedule);
    connect(m_onlyProblems, &QCheckBox::toggled, this, [this] { refresh(Order::Kept); });
    connect(m_forget, &QPushButton::clicked, &capture, &CaptureServices::forgetClients);
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_onlyProblems->isChecked() && !m_keys.empty())
            m_onlyProblems->setChecked(false);
        else
            emit connectWanted();
    });
    refresh(Order::Anew);
}

void DoctorPage::buildLayout()
{
    setGround(*this, Role::Surface);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(paragraph(m_theme, FontRole::Title, Role::Text, tr("Doctor"), this));
    texts->addWidget(m_summary);
    m_summary->setObjectName(u"doctorSummary"_s);
    m_onlyProblems->setObjectName(u"onlyProblems"_s);
    m_forget->setObjectName(u"forgetClients"_s);
    m_forget->setToolTip(tr("Begins the list anew; events stay, and devices keep what they may do"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::xxl, space::l, space::xxl, 0);
    head->setSpacing(space::l);
    head->addLayout(texts, 1);
    head->addWidget(m_onlyProblems, 0, Qt::AlignVCenter);
    head->addWidget(m_forget, 0, Qt::AlignVCenter);
    m_guide->column().setSpacing(space::m);
    m_guide->sheet()->setMaximumWidth(listWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_guide, 1);
    column->addWidget(m_empty, 1);
}

void DoctorPage::focusFirst()
{
    m_onlyProblems->setFocus();
}

void DoctorPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh(Order::Anew);
    m_clock.start();
}

void DoctorPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
    m_soon.stop();
}

void DoctorPage::schedule()
{
    if (!isVisible() || m_soon.isActive())
        return;
    m_soon.start(static_cast<int>(std::clamp<qint64>(leastMs - m_sinceRefresh.elapsed(), 0, leastMs)));
}

void DoctorPage::refresh(Order order)
{
    m_sinceRefresh.start();
    std::vector<capture::ClientReport> reports = m_capture.clients();
    const std::int64_t now = nowUs();
    if (order == Order::Anew) {
        std::stable_partition(reports.begin(), reports.end(), hasProblem);
        m_keys.clear();
    }
    std::vector<const capture::ClientReport *> placed; // in the order of the cards
    for (std::size_t index = 0; index < m_keys.size();) {
        const auto found = std::ranges::find_if(reports, [&](const capture::ClientReport &report) {
            return Key{report.client.address, report.client.agent} == m_keys[index];
        });
        if (found == reports.end()) {
            m_keys.erase(m_keys.begin() + static_cast<std::ptrdiff_t>(index));
            continue;
        }
        placed.push_back(&*found);
        ++index;
    }
    for (const capture::ClientReport &report : reports) {
        const Key key{report.client.address, report.client.agent};
        if (std::ranges::find(m_keys, key) == m_keys.end()) {
            m_keys.push_back(key);
            placed.push_back(&report);
        }
    }
    while (m_cards.size() > placed.size()) {
        m_cards.back()->hide();
        m_cards.back()->deleteLater();
        m_cards.pop_back();
    }
    std::size_t shown = 0;
    for (std::size_t index = 0; index < placed.size(); ++index) {
        if (index == m_cards.size()) {
            auto *card = new ClientCard(m_capture, m_theme, m_guide->sheet());
            connect(card, &ClientCard::remedyWanted, this, &DoctorPage::remedyWanted);
            m_guide->column().addWidget(card);
            m_cards.push_back(card);
        }
        const bool isShown = !m_onlyProblems->isChecked() || hasProblem(*placed[index]);
        m_cards[index]->show(*placed[index], now);
        m_cards[index]->setVisible(isShown);
        shown += isShown ? 1 : 0;
    }
    const auto problems = static_cast<int>(problemCount(reports));
    const auto clients = static_cast<int>(reports.size());
    const QString came = tr("%Ln client(s) came to the port", nullptr, clients);
    m_summary->setText(problems == 0 ? tr("%1; nothing is wrong with any of them.").arg(came)
                                     : tr("%1, %Ln with a problem.", nullptr, problems).arg(came));
    m_summary->setVisible(clients > 0);
    m_forget->setEnabled(clients > 0);
    showEmptiness(reports.size(), shown);
}

void DoctorPage::showEmptiness(std::size_t clients, std::size_t shown)
{
    m_guide->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    if (shown > 0)
        return;
    if (clients == 0) {
        m_empty->setTexts(tr("No client has come yet"),
                          tr("Every app, browser or device that reaches the port stands here, with what is "
                             "wrong and what to do. When the app runs and it stays empty, it does not reach "
                             "Trackside at all: its host or proxy is another one, or its browser forbids "
                             "it."));
        m_empty->setButton(tr("Connect an app"));
    } else {
        m_empty->setTexts(tr("No problems"), tr("Every client that came gets its events here."));
        m_empty->setButton(tr("Show all clients"));
    }
}

} // namespace ui
