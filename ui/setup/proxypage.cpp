// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/setup/proxypage.h"

#include "ui/setup/card.h"
#include "ui/setup/certificatecard.h"
#include "ui/setup/chooser.h"
#include "ui/setup/codeblock.h"
#include "ui/setup/copyline.h"
#include "ui/setup/guide.h"
#include "ui/setup/proxychoices.h"
#include "ui/setup/sdk.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString groupName(const QString &group)
{
    if (group == "system"_L1)
        return ProxyPage::tr("Whole system");
    if (group == "browser"_L1)
        return ProxyPage::tr("Browser");
    return group == "runtime"_L1 ? ProxyPage::tr("Program") : ProxyPage::tr("Mobile");
}

std::vector<Chooser::Entry> entriesOf(const std::vector<Platform> &platforms)
{
    std::vector<Chooser::Entry> entries;
    entries.reserve(platforms.size());
    for (const Platform &platform : platforms)
        entries.push_back({platform.id, groupName(platform.group), platform.name, platform.searchWords});
    return entries;
}

} // namespace

ProxyPage::ProxyPage(Services &services, CaptureServices &capture, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_capture(capture)
    , m_theme(theme)
    , m_platforms(loadPlatforms())
    , m_chooser(new Chooser(theme, u"platform"_s,
                            {.search = tr("Search clients"),
                             .list = tr("Clients"),
                             .nothing = tr("No client of that name. Whatever takes an HTTP proxy works.")},
                            entriesOf(m_platforms), this))
    , m_guide(new Guide(theme, this))
    , m_title(paragraph(theme, FontRole::Title, Role::Text, {}, m_guide->sheet()))
    , m_away(new Advice(theme, {Role::Lint, Role::LintSoft, Icon::Note}, m_guide->sheet()))
    , m_address(new CodeBlock(theme, m_guide->sheet()))
    , m_copy(new QPushButton(tr("Copy the address"), m_guide->sheet()))
    , m_certificate(new CertificateCard(capture, theme, m_guide->sheet()))
{
    setObjectName(u"proxyPage"_s);
    setAccessibleName(tr("Use the proxy"));
    layOut(*this, theme, tr("Which client?"), *m_chooser, *m_guide);
    buildGuide();

    connect(m_chooser, &Chooser::chosen, this, [this](const QString &id) {
        if (const auto saved = m_services.settings().setText(base::keys::setupPlatform, id); !saved)
            emit m_services.failed(saved.error());
        showPlatform();
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(address());
        emit said(tr("Copied"));
    });
    connect(m_away, &Advice::activated, this, &ProxyPage::phoneWanted);
    connect(m_certificate, &CertificateCard::said, this, &ProxyPage::said);
    connect(m_certificate, &CertificateCard::failed, &services, &Services::failed);
    connect(m_certificate, &CertificateCard::saved, this,
            [this](tls::ExportFormat format, const QString &path) {
                if (format == tls::ExportFormat::Pem)
                    m_savedPem = path;
                showPlatform();
            });
    const auto refreshSeen = [this] {
        if (isVisible())
            refresh();
    };
    connect(&capture, &CaptureServices::proxyChanged, this, refreshSeen);
    connect(&capture, &CaptureServices::authorityChanged, this, refreshSeen);
    connect(&capture, &CaptureServices::networkChanged, this, refreshSeen);
    connect(&services, &Services::captureStateChanged, this, refreshSeen);
    m_chooser->choose(services.settings().text(base::keys::setupPlatform));
    refresh();
}

void ProxyPage::buildGuide()
{
    auto *heading = new QVBoxLayout;
    heading->setSpacing(space::s);
    heading->addWidget(m_title);
    heading->addWidget(
        paragraph(m_theme, FontRole::Body, Role::TextSecondary,
                  tr("For an app whose host you can’t change: it keeps calling Segment, through Trackside. "
                     "The proxy is:"),
                  m_guide->sheet()));
    auto *line = new QHBoxLayout;
    line->setSpacing(space::s);
    m_address->setAccessibleName(tr("Proxy address"));
    m_address->setObjectName(u"proxyAddress"_s);
    m_copy->setObjectName(u"copyProxy"_s);
    setButtonKind(*m_copy, ButtonKind::Accent);
    line->addWidget(m_address, 1);
    line->addWidget(m_copy, 0, Qt::AlignVCenter);
    heading->addLayout(line);
    m_away->setObjectName(u"awayAdvice"_s);
    heading->addWidget(m_away);
    m_guide->column().addLayout(heading);

    m_trust = &m_guide->addStep(1, tr("Trust the certificate"));
    m_trust->body().addWidget(m_certificate);
    m_route = &m_guide->addStep(2, tr("Set the proxy"));
    GuideStep &start = m_guide->addStep(3, tr("Start the app"));
    start.addText(tr("A certificate that is refused, a host that is not known, a client that only opens "
                     "tunnels: the doctor names it, with what to do."));
    auto *doctor = new QPushButton(tr("Open the doctor"), &start);
    doctor->setObjectName(u"openDoctor"_s);
    connect(doctor, &QPushButton::clicked, this, &ProxyPage::doctorWanted);
    start.body().addWidget(doctor, 0, Qt::AlignLeft);
    m_undo = &m_guide->addStep(4, tr("Take both back when you are done"));
    addBlindSpots();
    m_settings = new ProxyChoices(m_capture, m_theme, *m_guide);
}

void ProxyPage::addBlindSpots()
{
    GuideStep &blind = m_guide->addStep(0, tr("What Trackside can’t see"));
    const auto add = [&](const QString &who, const QString &why) {
        auto *texts = new QVBoxLayout;
        texts->setSpacing(2);
        texts->addWidget(paragraph(m_theme, FontRole::Body, Role::Text, who, &blind));
        texts->addWidget(paragraph(m_theme, FontRole::Body, Role::TextSecondary, why, &blind));
        blind.body().addLayout(texts);
    };
    add(tr("A public page in Chromium 142 and later"),
        tr("The browser forbids it to call this machine until its user allows “local network access”, and an "
           "http page can’t even ask. Nothing arrives then, not even an error. Allow it in the address bar, "
           "or use this proxy: the page keeps its hosts."));
    add(tr("An app that ignores the proxy"),
        tr("Fetch in Node before 24, Flutter, PHP’s socket consumer, many games. Nothing arrives; set the "
           "SDK’s host under “Connect an app” instead."));
    add(tr("An app that pins its certificates, or trusts none its user installs"),
        tr("The doctor sees it leave, but not what it would have sent; only another build of the app "
           "helps."));
    add(tr("React Native 2.24 and later"),
        tr("It takes an http:// address in its proxy option only with allowInsecureProxy: true. Without it, "
           "events go quietly to the real Segment."));
}

QString ProxyPage::address() const
{
    return m_address->toPlainText();
}

void ProxyPage::focusFirst()
{
    m_chooser->search().setFocus();
}

void ProxyPage::focusUpstream()
{
    m_settings->focusUpstream();
}

void ProxyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void ProxyPage::refresh()
{
    m_certificate->refresh();
    m_settings->refresh();
    showPlatform();
}

PlatformFacts ProxyPage::facts() const
{
    PlatformFacts facts{.address = appAddress(m_services.captureState()),
                        .certificatePath = m_savedPem,
                        .authorityName = m_capture.authorityState().info.name};
    if (facts.certificatePath.isEmpty())
        facts.certificatePath = m_capture.authorityState().info.certificatePath;
    if (facts.certificatePath.isEmpty())
        facts.certificatePath = u"trackside-ca.pem"_s;
    if (facts.authorityName.isEmpty())
        facts.authorityName = u"Trackside CA"_s;
    if (m_platforms[m_chooser->currentIndex()].isAway) {
        const CaptureServices::NetworkState network = m_capture.networkState();
        if (network.isOn) {
            facts.address = {network.address, network.port};
        } else {
            const std::vector<capture::Interface> interfaces = m_capture.networkInterfaces();
            facts.address.host = interfaces.empty() ? QHostAddress() : interfaces.front().address;
        }
    }
    return facts;
}

void ProxyPage::showPlatform()
{
    const Platform &platform = m_platforms[m_chooser->currentIndex()];
    const PlatformFacts facts = this->facts();
    m_title->setText(platform.name);
    const QString address = withFacts(u"{{host}}"_s, facts);
    if (address != this->address())
        m_address->setCode(address, {});
    const bool isNetworkOn = m_capture.networkState().isOn;
    m_away->setVisible(platform.isAway && !isNetworkOn);
    m_away->setTexts(tr("It runs on another machine, and Trackside does not listen on the network."),
                     tr("Switch that on first; these lines hold the address it will have."),
                     tr("Listen on the network"));
    QString all = platform.id;
    for (const auto *steps : {&platform.trust, &platform.route, &platform.undo}) {
        for (const Platform::Step &step : *steps)
            all += withFacts(step.text + step.code, facts);
    }
    if (all == m_filled)
        return;
    m_filled = all;
    fill(*m_trust, m_trustSteps, platform.trust, facts);
    fill(*m_route, m_routeSteps, platform.route, facts);
    fill(*m_undo, m_undoSteps, platform.undo, facts);
}

void ProxyPage::fill(GuideStep &step, QWidget *&holder, const std::vector<Platform::Step> &steps,
                     const PlatformFacts &facts)
{
    if (holder != nullptr) {
        holder->hide();
        holder->deleteLater();
    }
    holder = new QWidget(&step);
    auto *column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    for (const Platform::Step &one : steps) {
        column->addWidget(
            paragraph(m_theme, FontRole::Body, Role::TextSecondary, withFacts(one.text, facts), holder));
        if (one.code.isEmpty())
            continue;
        auto *lines = new CopyLine(m_theme, tr("the lines below “%1”").arg(one.text.left(60)), holder);
        lines->setCode(withFacts(one.code, facts),
                       {withFacts(u"{{url}}"_s, facts), withFacts(u"{{host}}"_s, facts),
                        withFacts(u"{{ip}}"_s, facts), withFacts(u"{{certificate}}"_s, facts)});
        connect(lines, &CopyLine::copied, this, [this] { emit said(tr("Copied")); });
        column->addWidget(lines);
    }
    step.body().addWidget(holder);
    holder->show(); // a layout would show it a moment later, and the page would jump
}

} // namespace ui
